"""The ingest path over shared data, where it exists: `make check-data DATA=folder`."""

import csv
import html
import json
import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import AddressRefused, ContentRefused
from bot.ingest.encodings import clean_text
from bot.ingest.feeds.dates import first_date
from bot.ingest.feeds.entries import entry_of
from bot.ingest.feeds.xmlfeeds import xml_feed
from bot.ingest.markup import plain_text, title_line
from bot.ingest.pages.bylines import byline_of
from bot.ingest.parsers import MOST_ENTRIES, Feed, Parsers
from bot.ingest.values import Unreadable
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.urls import canonical_url, find_url

DATA = Path(os.environ.get("DATA", "not-given"))
pytestmark = [
    pytest.mark.data,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not DATA.is_dir(), reason="DATA names no folder"),
]


async def feed_of(parsers: Parsers, file: Path) -> Feed | None:
    """The feed in a file, or None where it is refused, which must be in words."""
    try:
        return await parsers.feed(file.read_bytes(), url="https://feeds.example/feed.xml", limit=MOST_ENTRIES)
    except ContentRefused as refusal:
        if "Traceback" in str(refusal) or not str(refusal).endswith("."):
            raise
        return None


async def test_live_feeds_keep_their_entries(parsers: Parsers) -> None:
    """FAULTS case 16: 3,172 entries of 87 feeds by count, three of which hold neither a title nor a text."""
    feeds = [await feed_of(parsers, file) for file in sorted((DATA / "feeds/real").glob("*.xml"))]
    entries = [entry for feed in feeds if feed for entry in feed.entries]
    texts = {" ".join(entry.text.casefold().split()) for entry in entries}
    assert len(feeds) == 87
    assert None not in feeds
    assert len(entries) >= 3_169
    assert len(texts) >= 3_000
    assert sum(entry.published is not None for entry in entries) >= 3_140
    assert len({canonical_url(entry.url) for entry in entries if entry.url}) >= 2_000
    assert all(entry.text and "\n" not in entry.title and "\0" not in entry.text for entry in entries)
    assert sum("<p>" in text or "&amp;" in text for text in texts) < len(texts) / 100


async def test_every_test_feed_is_read_or_refused(parsers: Parsers) -> None:
    """FAULTS cases 16 and 17."""
    files = sorted((DATA / "feeds/gofeed").rglob("*.xml"))
    feeds = [await feed_of(parsers, file) for file in files]
    assert len(files) > 500
    assert sum(feed is not None for feed in feeds) >= 525
    for file in sorted((DATA / "feeds/gofeed").rglob("*.json")):
        await feed_of(parsers, file)


def stated(value: Any) -> str:
    """What the corpus expects of a field, which it states as a text or as an object around one."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("name")
    return title_line(value) if isinstance(value, str) else ""


def expectations(item: dict[str, Any]) -> dict[str, str]:
    """The fields of an item that the corpus expects and that we keep, in our words; without those it leaves out."""
    links = [link["href"] for link in item.get("links", []) if isinstance(link, dict) and "href" in link]
    authors = item.get("authors") or [item.get("author")]
    date = next((item[name] for name in ("publishedParsed", "pubDateParsed", "updatedParsed") if item.get(name)), "")
    text = stated(item.get("content") or item.get("description") or item.get("summary"))
    fields = {
        "title": stated(item.get("title")),
        "link": find_url(stated(item.get("link")) or next(iter(links), "")) or "",
        "guid": " ".join(html.unescape(str(stated(item.get("guid") or item.get("id")))).split()),
        "date": str(datetime.fromisoformat(date).astimezone(UTC)) if date else "",
        "author": byline_of([stated(authors[0])]) or "",
        "text": " ".join(plain_text(plain_text(text)).split()),
    }
    return {name: value for name, value in fields.items() if value}


async def test_fields_of_test_feeds_are_those_that_are_expected() -> None:
    """FAULTS case 16: entries of 1,092 files beside what another reader makes of them, field by field.

    What differs was looked at: we take the longer of summary and content and no file in base64, and a guid for what
    stands there.
    """
    agreed: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for file in sorted((DATA / "feeds/gofeed").rglob("*.xml")):
        expected = file.with_suffix(".json")
        if not expected.exists():
            continue
        told = json.loads(expected.read_text())
        items = told.get("items") or told.get("entries") or []
        try:
            raw = xml_feed(clean_text(file.read_bytes()).lstrip(), "http://feeds.example/feed.xml")
        except Unreadable:
            differing["readable"] += bool(items)
            continue
        (agreed if len(items) == len(raw.entries) else differing)["count"] += 1
        for item, entry in zip(items, raw.entries, strict=False):
            ours = entry_of(entry, first_date(entry.dates, datetime.now(UTC)), None)
            got = {
                "title": ours["title"],
                "link": ours["url"],
                "guid": ours["guid"],
                "date": str(datetime.fromisoformat(ours["published"])) if ours["published"] else "",
                "author": ours["byline"],
                "text": " ".join(ours["text"].split()),
            }
            for name, value in expectations(item).items():
                same = value in (got[name] or "") if name in ("author", "text") else value == got[name]
                (agreed if same else differing)[name] += 1
    assert agreed["count"] >= 522
    assert differing == {"guid": 5, "text": 3, "readable": 0}
    least = {"title": 50, "link": 17, "date": 11, "guid": 7, "author": 23, "text": 56}
    assert {name: agreed[name] for name in least} == least


async def test_no_xml_bomb_passes(parsers: Parsers) -> None:
    """FAULTS case 15."""
    files = [file for file in sorted((DATA / "security/xml").rglob("*")) if file.suffix in (".xml", ".xsl", ".xsd")]
    assert files
    for file in files:
        feed = await feed_of(parsers, file)
        assert feed is None or not feed.entries


async def test_articles_of_real_pages(parsers: Parsers) -> None:
    folders = sorted(file.parent for file in (DATA / "pages").glob("*/source.html"))
    shares = []
    for folder in folders:
        page = await parsers.page((folder / "source.html").read_bytes(), url="https://pages.example/a")
        expected = (folder / "expected.html").read_bytes()
        wanted = await parsers.feed(
            b"<rss><channel><item><description><![CDATA[" + expected + b"]]></description></item>"
        )
        words = set(wanted.entries[0].text.casefold().split())
        shares.append(len(words & set(page.text.casefold().split())) / len(words))
    assert len(shares) == len(folders) >= 40
    assert sorted(shares)[len(shares) // 2] > 0.9


async def test_addresses() -> None:
    """FAULTS case 1."""
    with (DATA / "security/addresses.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) > 40
    for row in rows:
        assert _verdict(row["address"]) == row["expected"], row["address"]


def _verdict(address: str) -> str:
    try:
        AddressPolicy().check(address, 443)
    except AddressRefused:
        return "refused"
    return "allowed"
