"""The ingest path over shared data, where it exists: `make check-data DATA=folder`."""

import csv
import os
from pathlib import Path

import pytest

from bot.errors import AddressRefused, ContentRefused
from bot.ingest.addresses import AddressPolicy
from bot.ingest.parsers import Feed, Parsers
from bot.ingest.urls import canonical_url

DATA = Path(os.environ.get("DATA", "not-given"))
pytestmark = [
    pytest.mark.data,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not DATA.is_dir(), reason="DATA names no folder"),
]


async def feed_of(parsers: Parsers, file: Path) -> Feed | None:
    """The feed in a file, or None where it is refused, which must be in words."""
    try:
        return await parsers.feed(file.read_bytes(), url="https://feeds.example/feed.xml")
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
