"""What a file is by its first bytes, whatever its name says; and for each kind that holds no article a sentence.

Pure, and quick enough for the event loop: only beginnings and ends are looked at, or one search for a few bytes.
"""

import enum
import re

READABLE = "Hand in a text, Markdown, HTML, PDF, .docx, .odt or .eml file."


class Kind(enum.StrEnum):
    """What reads a file."""

    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    PDF = "pdf"
    PACKAGE = "package"  # a ZIP: what is in it is known when it is opened
    MAIL = "mail"  # also a page that was saved as MHTML
    OTHER = "other"  # `refusal_of` says what


HEAD = 4096
_PICTURE = "This is a picture ({}), and text in pictures is not read. Hand in the article's text or its link."
_RECORDING = "This is a recording ({}), and recordings are not listened to. Hand in the article's text or its link."
_ARCHIVE = "This is an archive ({}). Unpack it and hand in the file with the article itself."
_DATA = "This is data ({}), not an article. " + READABLE
_SAVE_AS = "This is {}, which is not read. Save it as PDF, .docx or plain text and hand that in."
_PROGRAM = "This is a program ({}), not an article. " + READABLE

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURE.format("PNG")),
    (b"\xff\xd8\xff", _PICTURE.format("JPEG")),
    (b"GIF8", _PICTURE.format("GIF")),
    (b"II*\0", _PICTURE.format("TIFF")),
    (b"MM\0*", _PICTURE.format("TIFF")),
    (b"8BPS", _PICTURE.format("Photoshop")),
    (b"AT&TFORM", _PICTURE.format("DjVu")),
    (b"ID3", _RECORDING.format("MP3")),
    (b"\xff\xfb", _RECORDING.format("MP3")),
    (b"\xff\xf3", _RECORDING.format("MP3")),
    (b"\x30\x26\xb2\x75", _RECORDING.format("Windows Media")),
    (b"\0\0\1\0", _PICTURE.format("ICO")),
    (b"OggS", _RECORDING.format("Ogg")),
    (b"fLaC", _RECORDING.format("FLAC")),
    (b"\x1aE\xdf\xa3", _RECORDING.format("Matroska or WebM")),
    (b"\x1f\x8b", _ARCHIVE.format("GZIP")),
    (b"7z\xbc\xaf", _ARCHIVE.format("7-Zip")),
    (b"Rar!", _ARCHIVE.format("RAR")),
    (b"BZh", _ARCHIVE.format("BZIP2")),
    (b"\xfd7zXZ", _ARCHIVE.format("XZ")),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE.format("Zstandard")),
    (b"PK\x05\x06", "This ZIP archive is empty."),
    (b"{\\rtf", _SAVE_AS.format("an RTF document")),
    (b"%!PS", _SAVE_AS.format("a PostScript document")),
    (b"bplist00", "This is a web archive or settings of a Mac. Save the page as HTML or PDF and hand that in."),
    (b"SQLite format 3", _DATA.format("an SQLite database")),
    (b"BEGIN:VCALENDAR", _DATA.format("a calendar")),
    (b"BEGIN:VCARD", _DATA.format("an address card")),
    (b"\x7fELF", _PROGRAM.format("ELF")),
    (b"MZ", _PROGRAM.format("Windows")),
    (b"\xca\xfe\xba\xbe", _PROGRAM.format("Java or Mac")),
    (b"\0asm", _PROGRAM.format("WebAssembly")),
)
_RIFF = {b"WEBP": _PICTURE.format("WebP"), b"WAVE": _RECORDING.format("WAV"), b"AVI ": _RECORDING.format("AVI")}
_FTYP_PICTURES = (b"heic", b"heix", b"mif1", b"avif")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of the container that old Office programs and Outlook write, by their names in its directory.
_IN_OLE = {
    "EncryptedPackage": "This document is protected by a password. Save it without the password and hand that in.",
    "WordDocument": _SAVE_AS.format("an old Word document (.doc)"),
    "Workbook": _DATA.format("an old Excel workbook"),
    "PowerPoint Document": _SAVE_AS.format("an old PowerPoint presentation"),
    "__nameid_version1.0": "This is an Outlook message (.msg), which is not read. Save it as .eml and hand that in.",
}
_HTML_ELEMENT = re.compile(
    r"<(?:!doctype\s+html|html|head|body|main|article|aside|section|header|footer|nav|div|p|h[1-6]|title|meta|link|script"
    r"|style|table|span|center|font|a|b|i|u|em|strong|small|img|figure|ul|ol|blockquote|br|hr|form|iframe)[\s/>]",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body)[\s>]", re.IGNORECASE)
_FEED_ELEMENT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s{0,9}:\s{0,9}"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')
_JSON = re.compile(r'[{\[]\s{0,99}(?:"[^"\n]{0,200}"\s{0,9}[:,\]]|[{\[}\]])')
_ELEMENT = re.compile(r"<([a-z_][\w.-]{0,99}:)?([a-z_][\w.-]{0,99})(?:\s+[\w:.-]{1,99}\s?=|\s?/?>)", re.IGNORECASE)
_XML = {
    "opml": "This is a list of feeds (OPML), not an article. `/source import` follows the feeds in it.",
    "urlset": _DATA.format("a sitemap"),
    "sitemapindex": _DATA.format("a sitemap"),
    "svg": _PICTURE.format("SVG"),
}
_HEADER_LINE = re.compile(r"([!-9;-~]{1,76}):(?:[ \t]|$)")
_OF_TRANSPORT = {
    *("from", "received", "return-path", "delivered-to", "message-id", "mime-version", "x-original-to"),
    *("snapshot-content-location", "dkim-signature", "arc-seal"),
}
_OF_MAIL = _OF_TRANSPORT | {"to", "cc", "subject", "date", "sender", "reply-to", "content-type", "list-unsubscribe"}


def kind_of(body: bytes) -> Kind:
    """What reads this file. Anything that is none of the others is called text; whether it is shows when it is read."""
    if is_pdf(body):
        return Kind.PDF
    if body.startswith(b"PK\x03\x04"):
        return Kind.PACKAGE
    if looks_like_feed(body):
        return Kind.FEED
    if refusal_of(body):
        return Kind.OTHER
    if _HTML_ELEMENT.match(_prolog_end(_head(body))):
        return Kind.HTML
    return Kind.MAIL if looks_like_mail(body) else Kind.TEXT


def looks_like_feed(body: bytes) -> bool:
    """Whether a file begins like an RSS, Atom, RDF or JSON feed. Looks at the first 4 KB only."""
    head = _prolog_end(_head(body))
    if head.startswith("{"):
        return _JSON_FEED.search(head) is not None
    return _FEED_ELEMENT.match(head) is not None


def is_whole_page(body: bytes) -> bool:
    """Whether HTML has the parts of a page, and is no fragment of one."""
    return _PAGE.search(_head(body)) is not None


def is_pdf(body: bytes) -> bool:
    """A PDF begins with its mark; readers allow for a kilobyte of other things before it."""
    return body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") or (
        b"%PDF-" in body[:1024] and b"startxref" in body[-2048:]
    )


def looks_like_mail(body: bytes) -> bool:
    """Whether a file begins with the headers of a mail, of which one at least is no author's but a mail program's."""
    names = []
    for line in _head(body).removeprefix(">").split("\n")[:-1]:
        line = line.rstrip("\r")
        if not line.strip():
            break
        found = _HEADER_LINE.match(line)
        if found:
            names.append(found[1].lower())
        elif not line.startswith((" ", "\t", "From ")) or (not names and not line.startswith("From ")):
            return False
    known = [name for name in names if name in _OF_MAIL]
    return len(known) >= 2 and not _OF_TRANSPORT.isdisjoint(known)


def refusal_of(body: bytes) -> str | None:
    """Why this file holds no article that can be read, and what to do; None for what may hold one."""
    if body.startswith(_OLE):
        return _of_ole(body)
    if body[:4] == b"RIFF" and body[8:12] in _RIFF:
        return _RIFF[body[8:12]]
    if body[4:8] == b"ftyp":
        return _PICTURE.format("HEIC or AVIF") if body[8:12] in _FTYP_PICTURES else _RECORDING.format("MP4")
    if body[257:262] == b"ustar":
        return _ARCHIVE.format("TAR")
    if body[:2] == b"BM" and body[6:10] == b"\0\0\0\0":
        return _PICTURE.format("BMP")
    if sentence := next((sentence for magic, sentence in _MAGIC if body.startswith(magic)), None):
        return sentence if not body.startswith((b"MZ", b"BZh", b"ID3")) or b"\0" in body[:512] else None
    return _of_markup(body)


def _of_ole(body: bytes) -> str:
    named = (sentence for stream, sentence in _IN_OLE.items() if stream.encode("utf-16-le") in body)
    return next(named, _SAVE_AS.format("a document of an old Office program"))


def _of_markup(body: bytes) -> str | None:
    """Data that is written as text: XML of other kinds, JSON."""
    if looks_like_feed(body):
        return None
    head = _prolog_end(_head(body))
    if _JSON.match(head) and _tail(body).endswith((b"}", b"]")):
        return _DATA.format("JSON")
    element = _ELEMENT.match(head)
    is_declared = _head(body).lstrip().startswith(("<?xml", "<!DOCTYPE"))
    if is_declared and not head:  # its document type is longer than what is looked at
        return _DATA.format("XML")
    is_xml = is_declared or _tail(body).endswith(b">")
    if element is None or not is_xml or _HTML_ELEMENT.match(head):
        return None
    return _XML.get(element[2].lower(), _DATA.format("XML"))


def _head(body: bytes) -> str:
    """The beginning in characters; the zero bytes of UTF-16 are left out, so markup reads the same."""
    return body[:HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1")


def _tail(body: bytes) -> bytes:
    return body[-HEAD:].rstrip(b"\0\r\n\t ")


def _prolog_end(head: str) -> str:
    """What follows XML's declaration, comments and document type; an HTML document type is kept.

    A loop and not one expression, whose backtracking would be exponential in the number of comments.
    """
    head = head.lstrip()
    while head.startswith(("<?", "<!")) and not _HTML_ELEMENT.match(head):
        end = {"<?": "?>", "<!": ">"}[head[:2]] if not head.startswith("<!--") else "-->"
        head = head.partition(end)[2].lstrip("]> \t\r\n")  # "]>" ends the entities of a document type
    return head
