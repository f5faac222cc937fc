"""Feeds in the parsing child: RSS, Atom, RDF and JSON Feed to plain values.

A function raises Unreadable with a sentence for people; any other exception means that the body was beyond its parser.
"""

import hashlib
import html
import re
from typing import Any

from bot.ingest.encodings import clean_text
from bot.ingest.identities import identify
from bot.ingest.markup import plain_text, tidied, title_line
from bot.ingest.readings import reading
from bot.ingest.urls import find_url
from bot.ingest.values import DECLARATION, Unreadable, as_text, language_code, valid_date

MAX_ENTRIES = 2_000
"""Entries taken from one feed: the newest ones."""

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

    text = DECLARATION.sub("", clean_text(body, charset).lstrip(), count=1).lstrip()
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
    identify(entries, site_url)
    title = title_line(as_text(about.get("title")))
    return {
        "title": title,
        "site_url": site_url,
        "language": language,
        "entries": entries,
        "refused": refused,
        "interval": None,
    }


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
        **reading(text or title, published),
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
