"""Mails, and web pages that were saved as MHTML, to articles, in the parsing child.

The structure is read with the library's oldest policy: its newer one takes malformed headers apart, and fails on some.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bot.ingest.encodings import decoded, find_codec, without_controls
from bot.ingest.files.kinds import Kind, kind_of
from bot.ingest.files.mailtexts import ENOUGH, is_forwarded, told, unwrapped
from bot.ingest.markup import title_line
from bot.ingest.pages.page import article_of_html, page
from bot.ingest.texts.readings import reading
from bot.ingest.values import Unreadable, language_code, valid_date

MOST_PARTS = 200
MOST_ATTACHMENTS = 10
DEEPEST = 12  # parts within parts
MOST_MAILS = 6  # within one another
LONGEST_HEADER = 5000

_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|sv|enc|回复|转发)\s?(?:\[\d{1,2}\])?\s?[:：]\s{0,9})+", re.IGNORECASE)
_ENCRYPTED = "This mail is encrypted ({}). Open it in your mail program and paste its text."
_NO_ARTICLES = ("image/", "audio/", "video/", "font/")
_NO_DOCUMENTS = {
    *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "text/calendar"),
    *("application/ics", "text/vcard", "text/x-vcard", "application/pgp-keys", "application/ms-tnef", "text/css"),
    *("message/delivery-status", "text/rfc822-headers", "message/disposition-notification", "text/x-amp-html"),
}
_PLAIN, _HTML = "text/plain", "text/html"


@dataclass
class _Found:
    """What is in a mail, mails within it left out."""

    texts: list[str] = field(default_factory=list)
    attachments: list[tuple[str, Message]] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    encrypted: str = ""
    parts: int = 0


def mail(body: bytes) -> dict[str, Any]:
    """The articles that a mail is and forwards, as fields of `parsers.Document`, and the names of what is attached."""
    message = email.message_from_bytes(body)
    if saved := _saved_page(message):
        return {"articles": [saved], "attachments": []}
    _refuse_mailboxes(body)
    articles, attachments, encrypted = [], [], ""
    for each in _with_forwarded(message):
        found = _found(each)
        attachments += [name for name, _ in found.attachments]
        encrypted = encrypted or found.encrypted
        if article := _article(each, "\n\n".join(found.texts)):
            articles.append(article)
    if not articles and not attachments:
        raise Unreadable(_ENCRYPTED.format(encrypted) if encrypted else "This mail holds no text.")
    long = [article for article in articles if sum(map(str.isalpha, article["text"])) >= ENOUGH]
    return {
        "articles": long or (articles[:1] if not attachments else []),
        "attachments": attachments[:MOST_ATTACHMENTS],
    }


def attached(number: int, body: bytes) -> tuple[str, bytes]:
    """Name and content of one of the attachments that `mail` named."""
    mails = _with_forwarded(email.message_from_bytes(body))
    name, part = [each for message in mails for each in _found(message).attachments][number]
    return name, _payload(part)


def _refuse_mailboxes(body: bytes) -> None:
    if body.startswith(b"From ") and re.search(rb"\n\r?\nFrom \S{1,200} .{10,60}\r?\n[A-Za-z-]{2,40}: ", body):
        raise Unreadable("This is a mailbox of several mails. Save the one with the article as .eml and hand that in.")


def _with_forwarded(message: Message) -> Iterator[Message]:
    """The mail, and those that are attached to it as mails."""
    waiting, count = [message], 0
    while waiting and count < MOST_MAILS:
        each, count = waiting.pop(0), count + 1
        yield each
        waiting += _found(each).mails


def _found(message: Message) -> _Found:
    found = _Found()
    found.texts = _texts(message, found, 0)
    return found


def _texts(part: Message, found: _Found, depth: int) -> list[str]:
    """The texts of a part in their order; what is attached is put aside."""
    found.parts += 1
    if depth > DEEPEST or found.parts > MOST_PARTS:
        return []
    kind = part.get_content_type()
    if kind == "message/rfc822":
        found.mails += _children(part)[:1]
    elif kind == "multipart/encrypted":
        found.encrypted = "PGP or MIME"
    elif kind in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        found.encrypted = "S/MIME"
    elif part.is_multipart():
        return _of_many(kind, [_texts(inner, found, depth + 1) for inner in _children(part)[:MOST_PARTS]])
    elif kind in (_PLAIN, _HTML) and part.get_content_disposition() != "attachment" and not _name(part):
        return _of_text(part, kind, found)
    elif kind not in _NO_DOCUMENTS and not kind.startswith(_NO_ARTICLES) and _payload(part).strip():
        found.attachments.append((_name(part) or "attachment", part))
    return []


def _of_many(kind: str, texts: list[list[str]]) -> list[str]:
    """Of alternatives the last that tells nearly as much as any: programs put the richest one last, and HTML has whole
    paragraphs; a plain part that only says to look elsewhere is short.
    """
    if kind == "multipart/alternative":
        longest = max((sum(map(len, text)) for text in texts), default=0)
        return next((text for text in reversed(texts) if 2 * sum(map(len, text)) >= longest), [])
    if kind == "multipart/signed":
        return next(iter(texts), [])
    return [text for some in texts for text in some]


def _of_text(part: Message, kind: str, found: _Found) -> list[str]:
    data = _payload(part)
    text = _decoded(data, part.get_content_charset())
    if "-----BEGIN PGP MESSAGE-----" in text[:2000]:
        found.encrypted = "PGP"
        return []
    if kind == _HTML or kind_of(data) is Kind.HTML:
        try:
            return [article_of_html(_without_quotations(text))["text"]]
        except Unreadable:
            return []
    return [unwrapped(text, part.get_param("format") == "flowed")] if text.strip() else []


def _without_quotations(html: str) -> str:
    """Mail programs mark what a reply quotes; of a forwarded mail the same marks hold all there is."""
    try:
        root = lxml_html.document_fromstring(without_controls(html), parser=lxml_html.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError):
        return html
    heading = root.find(".//h1")
    for quotation in root.xpath("//blockquote[@type='cite']"):
        if not is_forwarded(quotation.text_content()[:300]):
            quotation.drop_tree()
    if heading is not None and heading.getparent() is not None:
        heading.tag = "h2"  # the title of a mail is its subject; its heading belongs to the text
    kept = lxml_html.tostring(root, encoding="unicode")
    return str(kept) if sum(map(str.isalpha, root.text_content())) >= ENOUGH else html


def _article(message: Message, text: str) -> dict[str, Any] | None:
    article = told(without_controls(text), message.get("list-unsubscribe") is not None)
    if not any(map(str.isalnum, article.text)):
        return None
    stated = article.fields.get("date") or _header(message, "date")
    published = valid_date(_moment(stated) or _moment(_header(message, "date")))
    subject = article.fields.get("subject") or _header(message, "subject")
    return {
        "title": title_line(_PREFIX.sub("", subject.strip(), count=1)) or None,
        "byline": _sender(article.fields.get("from") or _header(message, "from")),
        "published": published and published.isoformat(),
        "language": language_code(_header(message, "content-language").partition(",")[0]),
        **reading(re.sub(r"\n{3,}", "\n\n", article.text), published),
    }


def _sender(stated: str) -> str | None:
    """The name of who sent a mail, or else the address."""
    try:
        name, address = parseaddr(stated)
    except RecursionError:  # comments within comments
        return None
    return title_line(name or address, 200) or None


def _saved_page(message: Message) -> dict[str, Any] | None:
    """The article of a page that a browser saved as one file."""
    address = _header(message, "snapshot-content-location")
    if not address and ("saved by" not in _header(message, "from").lower()):
        return None
    for number, part in enumerate(message.walk()):
        if number > MOST_PARTS:
            break
        if part.get_content_type() == _HTML:
            url = address or _header(part, "content-location")
            return page(url or None, part.get_content_charset(), _payload(part))
    return None


def _children(part: Message) -> list[Message]:
    inner = part.get_payload()
    return [child for child in inner if isinstance(child, Message)] if isinstance(inner, list) else []


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _decoded(data: bytes, charset: str | None) -> str:
    """Encodings of seven bits that shift with an escape are valid UTF-8, and mean something else."""
    codec = find_codec(charset)
    return data.decode(codec, "replace") if codec and b"\x1b$" in data else decoded(data, charset)


def _name(part: Message) -> str:
    try:
        return title_line(_words(part.get_filename() or ""), 100)
    except (LookupError, ValueError):
        return ""


def _header(message: Message, name: str) -> str:
    """A header as people read it, whatever it was written in."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    return _words(raw[:LONGEST_HEADER])


def _words(raw: str) -> str:
    text = decoded(raw.encode("utf-8", "surrogateescape"))
    text = re.sub(r"\r?\n[ \t]", " ", text)
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(map(_piece, *zip(*pieces, strict=True))).strip()


def _piece(piece: str | bytes, charset: str | None) -> str:
    """One piece of a header; what stood between encoded words comes as escapes of Python's own."""
    if isinstance(piece, str):
        return piece
    return _decoded(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")


def _moment(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
