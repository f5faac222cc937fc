"""Web pages in the parsing child: the article of a page.

A function raises Unreadable with a sentence for people; any other exception means that the body was beyond its parser.
"""

from copy import copy
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bot.ingest.encodings import decoded, without_controls
from bot.ingest.hiding import drop_hidden
from bot.ingest.markup import plain_text
from bot.ingest.pages.embedded import embedded_text
from bot.ingest.pages.extraction import body_of
from bot.ingest.pages.layout import readable
from bot.ingest.pages.metadata import Metadata, metadata_of
from bot.ingest.pages.pruning import check_bounds, collapsed, prune
from bot.ingest.pages.walls import wall
from bot.ingest.texts.readings import reading
from bot.ingest.values import DECLARATION, Unreadable
from summarizer.languages import told_language

MAX_DOCUMENT_ELEMENTS = 300_000
"""Of a document that is read as a whole; a book of 500 pages has a third of that."""
MIN_PAGE_TEXT = 100
"""Characters below which what a page shows may be less than what it carries."""


def page(url: str | None, charset: str | None, body: bytes) -> dict[str, Any]:
    """The article of a web page, as the fields of `parsers.Page`."""
    root = _document(body, charset)
    stated = metadata_of(root, url)
    before = copy(root)
    prune(root)
    text = body_of(root, url, stated.title)
    if stated.is_free is not False:
        text = _in_full(text, stated.body, before)
    if reason := wall(before, stated, text):
        raise Unreadable(reason)
    return _fields(stated, text)


def _in_full(text: str, stated: str, root: Any) -> str:
    """The text that was found, or that which the page carries as data where far less is shown."""
    if len(stated) > MIN_PAGE_TEXT and len(text) < len(stated) / 3:
        return plain_text(stated)
    if len(text) < MIN_PAGE_TEXT:
        return max(text, embedded_text(root), key=len)
    return text


def article_of_html(html: str, url: str | None = None) -> dict[str, Any]:
    """The article that a whole document of HTML is, as the fields of `parsers.Document`: the body of a mail, a text
    document, a page that was saved from a reader. Nothing but hidden text is left out.
    """
    root = _tree(html)
    check_bounds(root, MAX_DOCUMENT_ELEMENTS)
    stated = metadata_of(root, url)
    drop_hidden(root)
    text = readable(root)
    first, _, rest = text.partition("\n\n")
    if rest and " ".join(first.split()) == stated.title:
        text = rest
    if not text:
        raise Unreadable("This document holds no text.")
    return _fields(stated, text)


def _fields(stated: Metadata, text: str) -> dict[str, Any]:
    return {
        "title": stated.title,
        "byline": stated.byline,
        "published": stated.published and stated.published.isoformat(),
        "language": _language(stated.language, text),
        "url": stated.url,
        "site_name": stated.site_name,
        **reading(text, stated.published),
    }


def _language(stated: str | None, text: str) -> str | None:
    """The language that a page states; that of its text where it states English and is in another one, since many
    systems state that whatever they print.
    """
    if stated != "en" or len(text) < MIN_PAGE_TEXT:
        return stated
    return told_language(text) or stated


def _document(body: bytes, charset: str | None) -> Any:
    return _tree(collapsed(decoded(body, charset)))


def _tree(html: str) -> Any:
    text = DECLARATION.sub("", without_controls(html), count=1)
    try:
        root = lxml_html.document_fromstring(
            text, parser=lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except etree.ParserError:
        raise Unreadable("This page is empty.") from None
    return root
