"""Feeds in the parsing child: RSS, Atom, RDF and JSON Feed to plain values.

A function raises Unreadable with a sentence for people; any other exception means that the body was beyond its parser.
"""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from bot.ingest.encodings import clean_text
from bot.ingest.feeds.dates import first_date
from bot.ingest.feeds.entries import entry_of, find_address
from bot.ingest.feeds.identities import identify
from bot.ingest.feeds.jsonfeeds import json_feed
from bot.ingest.feeds.rawfeeds import RawEntry, RawFeed
from bot.ingest.feeds.xmlfeeds import xml_feed
from bot.ingest.markup import title_line
from bot.ingest.values import DECLARATION, Unreadable, language_code

MOST_BYTES = 4_000_000
"""Of all entries of one feed together: their way into the event loop takes some hundredths of a second."""
_BYTES_OF_A_DATE = 40  # as text, in an answer

_HTML_HEAD = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_START = re.compile(r"<(?:\?xml|rss|feed|rdf:rdf)\b", re.IGNORECASE)
_JUNK = 8_192  # characters in which a feed may begin: some servers print warnings before it
_WELL_DATED = 0.9  # of the entries; fewer dates say nothing about their order
_UNDATED = datetime.min.replace(tzinfo=UTC)


def feed(
    url: str | None, charset: str | None, limit: int, known: Collection[str] | None, body: bytes
) -> dict[str, Any]:
    """The feed in `body`, as the fields of `parsers.Feed`: its `limit` newest entries.

    `known` are the fingerprints of texts that need no reading (`bot.ingest.texts.readings`); None leaves all of
    them unread, and unrecognisable.
    """
    raw = _raw(DECLARATION.sub("", clean_text(body, charset).lstrip(), count=1).lstrip(), url)
    title = title_line(raw.title)
    language = language_code(raw.language)
    site_url = find_address(raw.links)
    entries, refused = _entries(raw, limit, None if known is None else frozenset(known))
    for entry in entries:
        entry["language"] = entry["language"] or language
    if known is not None:
        identify(entries, site_url)
    return {
        "title": title,
        "site_url": site_url,
        "language": language,
        "entries": entries,
        "refused": refused,
        "interval": raw.interval,
    }


def _raw(text: str, url: str | None) -> RawFeed:
    if _HTML_HEAD.match(text):
        raise Unreadable("This is a web page, not a feed.")
    if text.startswith("{"):
        return json_feed(text)
    start = _START.search(text, 0, _JUNK)
    if not text.startswith("<") and start is None:
        raise Unreadable("This is not a feed: it is neither XML nor JSON.")
    # A body is never handed on as a name or an address, whatever it looks like: only as a document.
    return xml_feed(text if text.startswith("<") or start is None else text[start.start() :], url)


def _entries(raw: RawFeed, limit: int, known: frozenset[str] | None) -> tuple[list[dict[str, Any]], list[str]]:
    """Entries in the order of the feed, and a sentence for what was left out."""
    now = datetime.now(UTC)
    dates = [first_date(entry.dates, now) for entry in raw.entries]
    newest = _newest(dates)
    found, empty, room = {}, [], MOST_BYTES
    for at in newest[:limit]:
        entry = entry_of(_with_authors(raw.entries[at], raw), dates[at], known)
        room -= _size(entry)
        if room < 0:
            break
        if entry["text"]:
            found[at] = entry
        else:
            empty.append(at)
    return [found[at] for at in sorted(found)], [*_left_out(len(newest), len(found) + len(empty), limit), *_told(empty)]


def _size(entry: dict[str, Any]) -> int:
    fields = ("guid", "url", "title", "text")
    return sum(len((entry[name] or "").encode()) for name in fields) + _BYTES_OF_A_DATE * len(
        entry["facts"].get("dates", ())
    )


def _newest(dates: list[datetime | None]) -> list[int]:
    """Which entries are newest, by their dates where nearly all have one, else by their order."""
    places = list(range(len(dates)))
    if sum(date is not None for date in dates) < _WELL_DATED * len(dates):
        return places
    return sorted(places, key=lambda at: dates[at] or _UNDATED, reverse=True)


def _left_out(there: int, taken: int, limit: int) -> list[str]:
    if there <= taken:
        return []
    beyond = f"the newest {taken:,}" if taken >= limit else f"{MOST_BYTES / 1e6:g} MB of text"
    return [f"{there - taken:,} older entries beyond {beyond} were left out."]


def _told(empty: list[int]) -> list[str]:
    return [f"Entry {at + 1} has neither a title nor a text." for at in sorted(empty)]


def _with_authors(entry: RawEntry, raw: RawFeed) -> RawEntry:
    """Atom: who wrote the feed wrote the entries that name nobody."""
    if not entry.authors:
        entry.authors = raw.authors
    return entry
