"""What runs in the parsing child: bytes of strangers in, plain values for JSON out.

Only `CALLS` is used from outside, through `bot.ingest.parsers`. Whatever hangs, explodes or crashes here is ended from
there. A function raises Unreadable with a sentence for people; any other exception means that the body was beyond its
parser.
"""

import hashlib
import html
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bot.ingest.encodings import clean_text
from bot.ingest.markup import drop_hidden, plain_text, shortened, tidied, title_line
from bot.ingest.plaintext import plain_document
from bot.ingest.urls import find_url, same_site
from bot.ingest.values import Unreadable, as_text, language_code, valid_date

MAX_ENTRIES = 2_000
"""Entries taken from one feed: the newest ones."""
MAX_TEXT = 200_000
"""Characters taken of one text, about 30,000 words."""
MIN_PAGE_TEXT = 100
"""Characters below which a page is a consent notice, a login form or a teaser, but no article."""
MAX_FEED_LINKS = 20

_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>", re.IGNORECASE)
_HTML_HEAD = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_XML_BASE = re.compile(
    r"""<(?:\w+:)?(?:feed|rss|rdf|channel)\b[^>]{0,2000}?\sxml:base\s{0,9}=\s{0,9}["']([^"']+)""", re.I
)
_CHANNEL_LANGUAGE = re.compile(r"<(?:dc:)?language>\s{0,99}(?:<!\[CDATA\[)?\s{0,9}([\w-]{2,20})", re.IGNORECASE)
_XHTML = re.compile(
    r"""<(title|summary)(?=\s)[^<>]{0,200}?\stype\s?=\s?["']xhtml["'][^<>]{0,200}>(.*?)</\1\s*>""", re.DOTALL
)
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s*\(([^()]+)\)")


def feed(url: str | None, charset: str | None, body: bytes) -> dict[str, Any]:
    """The feed in `body`, as the fields of `parsers.Feed`."""
    import fastfeedparser

    text = _DECLARATION.sub("", clean_text(body, charset).lstrip(), count=1).lstrip()
    if _HTML_HEAD.match(text):
        raise Unreadable("This is a web page, not a feed.")
    if not text.startswith(("<", "{")):
        raise Unreadable("This is not a feed: it is neither XML nor JSON.")
    text = _XHTML.sub(_as_html, text)
    # As bytes: a str that begins with "http" would be fetched by the library.
    parsed = fastfeedparser.parse(text.encode(), include_tags=False, include_media=False, include_enclosures=False)
    about = parsed["feed"]
    declared = _XML_BASE.search(text[:4096])
    site_url = find_url(as_text(about.get("link")), url)
    base = find_url(declared[1], url) if declared else url or site_url
    language = language_code(about.get("language")) or _rss_language(text)
    entries, refused = _entries(parsed["entries"], base, language)
    title = title_line(as_text(about.get("title")))
    return {"title": title, "site_url": site_url, "language": language, "entries": entries, "refused": refused}


def _as_html(element: re.Match[str]) -> str:
    """An XHTML title or summary of Atom with its markup escaped; fastfeedparser takes elements in content only."""
    return f'<{element[1]} type="html">{html.escape(element[2])}</{element[1]}>'


def _rss_language(text: str) -> str | None:
    """The channel's `<language>`, which fastfeedparser leaves out (it knows `xml:lang`)."""
    found = _CHANNEL_LANGUAGE.search(text, 0, 16_384)
    return language_code(found[1]) if found else None


def _entries(raw: list[Any], base: str | None, language: str | None) -> tuple[list[dict[str, Any]], list[str]]:
    refused = []
    if len(raw) > MAX_ENTRIES:
        refused.append(f"{len(raw) - MAX_ENTRIES} entries beyond the newest {MAX_ENTRIES:,} were left out.")
        newest = sorted(range(len(raw)), key=lambda i: as_text(raw[i].get("published")), reverse=True)[:MAX_ENTRIES]
        raw = [raw[index] for index in sorted(newest)]
    entries = []
    for number, item in enumerate(raw, start=1):
        entry = _entry(item, base, language)
        if entry["text"]:
            entries.append(entry)
        else:
            refused.append(f"Entry {number} has neither a title nor a text.")
    return entries, refused


def _entry(item: Any, base: str | None, language: str | None) -> dict[str, Any]:
    contents = item.get("content") or [{}]
    text = max(_content_text(contents[0]), plain_text(as_text(item.get("description"))), key=len)
    title = title_line(as_text(item.get("title")))
    published = valid_date(item.get("published")) or valid_date(item.get("updated"))
    return {
        "guid": _guid(as_text(item.get("id"))),
        "url": _link(item, base),
        "title": title,
        "byline": _byline(as_text(item.get("author"))),
        "published": published and published.isoformat(),
        "text": shortened(text, MAX_TEXT) or title,
        "language": language_code(contents[0].get("language")) or language,
    }


def _content_text(content: dict[str, Any]) -> str:
    value = as_text(content.get("value"))
    if content.get("type") in ("text", "text/plain"):
        return tidied(value)
    return plain_text(value)


def _link(item: Any, base: str | None) -> str | None:
    """The entry's own link; failing that its id where that is an address, as feeds without links mean it."""
    candidates = [as_text(item.get("link")), *(as_text(link.get("href")) for link in item.get("links") or [])]
    for candidate in candidates:
        if url := find_url(candidate, base):
            return url
    return find_url(as_text(item.get("id")))


def _guid(value: str) -> str | None:
    value = " ".join(value.split())
    return value or None if len(value) <= 500 else "sha256:" + hashlib.sha256(value.encode()).hexdigest()


def _byline(value: str) -> str | None:
    named = _MAIL_AND_NAME.fullmatch(value[:500].strip())
    return title_line(named[1] if named else value, 200).removeprefix("By ").removeprefix("by ") or None


def page(url: str | None, charset: str | None, body: bytes) -> dict[str, Any]:
    """The article of a web page, as the fields of `parsers.Page`."""
    import trafilatura

    root = _document(body, charset)
    feeds = _feed_links(root, url)
    canonical = _canonical(root, url)
    published = _published(root)
    tag = root.get("lang")
    drop_hidden(root)
    found: Any = trafilatura.bare_extraction(
        root, url=url, favor_precision=True, include_comments=False, with_metadata=True
    )
    text = "\n\n".join(line.strip() for line in (found.text or "").splitlines() if line.strip()) if found else ""
    if not found or len(text) < MIN_PAGE_TEXT:
        raise Unreadable("No article text was found on this page. It may be empty, a list of links, or behind a login.")
    published = published or valid_date(found.date)
    return {
        "title": title_line(found.title or "") or None,
        "byline": title_line(found.author or "", 200) or None,
        "published": published and published.isoformat(),
        "language": language_code(tag),
        "url": canonical,
        "site_name": title_line(found.sitename or "", 200) or None,
        "text": shortened(tidied(text), MAX_TEXT),
        "feeds": feeds,
    }


def feed_links(url: str | None, charset: str | None, body: bytes) -> list[str]:
    """Addresses of the feeds that a page announces."""
    return _feed_links(_document(body, charset), url)


def _document(body: bytes, charset: str | None) -> Any:
    text = _DECLARATION.sub("", clean_text(body, charset), count=1)
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True))
    except etree.ParserError:
        raise Unreadable("This page is empty.") from None
    return root


def _feed_links(root: Any, url: str | None) -> list[str]:
    bases = [find_url(base.get("href"), url) for base in root.iter("base")]
    links = [
        find_url(link.get("href"), next(filter(None, bases), url))
        for link in root.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split()
        and (link.get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES
    ]
    return list(dict.fromkeys(filter(None, links)))[:MAX_FEED_LINKS]


def _canonical(root: Any, url: str | None) -> str | None:
    """The address that the page gives as its own; `url` when it gives none, or one of somebody else."""
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    stated = next(filter(None, (find_url(link, url) for link in links)), None)
    return stated if stated and (url is None or same_site(stated, url)) else url


def _published(root: Any) -> datetime | None:
    """The moment that the page states; trafilatura only knows the day."""
    for meta in root.iter("meta"):
        if "article:published_time" in (meta.get("property"), meta.get("name")):
            return valid_date((meta.get("content") or "").strip())
    return None


CALLS: dict[str, Callable[..., Any]] = {"feed": feed, "page": page, "feed_links": feed_links, "text": plain_document}
