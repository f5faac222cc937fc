"""Files that members upload or operators name: text, Markdown or a saved web page, told apart by their content.

Only the first bytes are looked at here; the whole is read in a parsing child.
"""

import re

from bot.errors import ContentRefused
from bot.ingest.parsers import Document as Document
from bot.ingest.parsers import Parsers

MAX_BYTES = 8_000_000

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP or Office"),
    (b"\x89PNG", "a PNG"),
    (b"\xff\xd8\xff", "a JPEG"),
    (b"GIF8", "a GIF"),
    (b"RIFF", "an image or sound"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x1f\x8b", "a GZIP"),
    (b"7z\xbc\xaf", "a 7-Zip"),
    (b"Rar!", "a RAR"),
    (b"\xd0\xcf\x11\xe0", "an old Office"),
    (b"{\\rtf", "an RTF"),
    (b"SQLite format 3", "an SQLite"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_HTML_ELEMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|main|article|section|div|p|h1)[\s>]", re.IGNORECASE)
_FEED_ELEMENT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>]", re.IGNORECASE)
_JSON_FEED = re.compile(r'"version"\s{0,9}:\s{0,9}"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org')


async def read_document(parsers: Parsers, name: str, body: bytes) -> Document:
    """The article in an uploaded file. `name` tells Markdown from plain text, and nothing else.

    Raises ContentRefused when it is empty, too large, no text, or a feed.
    """
    _check_bytes(body)
    if looks_like_feed(body):
        raise ContentRefused("This file is a feed, not an article. Add it as a source instead.")
    head = _prolog_end(_head(body))
    if _HTML_ELEMENT.match(head):
        page = await parsers.page(body)
        return Document(page.title, page.text, page.published, page.language)
    return await parsers.text(body, markdown=name.lower().endswith((".md", ".markdown")))


def looks_like_feed(body: bytes) -> bool:
    """Whether a file begins like an RSS, Atom, RDF or JSON feed. Looks at the first 4 KB only."""
    head = _prolog_end(_head(body))
    if head.startswith("{"):
        return _JSON_FEED.search(head) is not None
    return _FEED_ELEMENT.match(head) is not None


def _head(body: bytes) -> str:
    """The beginning in characters; the zero bytes of UTF-16 are left out, so markup reads the same."""
    return body[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1")


def _prolog_end(head: str) -> str:
    """What follows XML's declaration, comments and document type; an HTML document type is kept.

    A loop and not one expression, whose backtracking would be exponential in the number of comments.
    """
    head = head.lstrip()
    while head.startswith(("<?", "<!")) and not _HTML_ELEMENT.match(head):
        end = {"<?": "?>", "<!": ">"}[head[:2]] if not head.startswith("<!--") else "-->"
        head = head.partition(end)[2].lstrip("]> \t\r\n")  # "]>" ends the entities of a document type
    return head


def _check_bytes(body: bytes) -> None:
    if not body.strip(b"\0\t\n\r "):
        raise ContentRefused("This file is empty.")
    if len(body) > MAX_BYTES:
        raise ContentRefused(f"This file is larger than {MAX_BYTES / 1e6:g} MB.")
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            raise ContentRefused(f"This looks like {kind} file, not text. Upload .txt, .md or .html.")
