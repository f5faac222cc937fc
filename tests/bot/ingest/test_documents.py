"""Files of members, told apart by content."""

import gzip
import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentRefused
from bot.ingest.documents import Document, looks_like_feed, read_document
from bot.ingest.parsers import Parsers

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "The harbour council voted nine to four on Tuesday to widen the northern channel. Work begins in May."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
async def test_plain_text_in_any_usual_encoding(parsers: Parsers, encoding: str) -> None:
    """FAULTS case 17."""
    text = STORY + "\n\nDer Bürgermeister sagte: „Größe“."
    assert await read_document(parsers, "a.txt", text.encode(encoding)) == Document(None, text)


async def test_the_first_line_of_a_text_is_its_title_when_it_stands_alone(parsers: Parsers) -> None:
    found = await read_document(parsers, "a.txt", f"Channel to be widened\r\n\r\n{STORY}\r\n\r\nMore.".encode())
    assert found == Document("Channel to be widened", f"{STORY}\n\nMore.")


async def test_a_wire_text_keeps_its_header_and_states_its_date(parsers: Parsers) -> None:
    text = f"date 2026-11-20 HARBOUR TOWN, Nov. 20 -- {STORY}\n\nMore of it."
    assert await read_document(parsers, "a.txt", text.encode()) == Document(
        None, text, datetime(2026, 11, 20, tzinfo=UTC)
    )
    impossible = await read_document(parsers, "a.txt", f"date 2026-13-45 {STORY}".encode())
    assert impossible.published is None


MARKDOWN = """---
date: 2026-11-20
layout: post
---
# Channel *to be* widened

The **harbour council** voted `nine` to four, [says the paper](https://harbour.example/1 "t").
![A ship](ship.png)

- Work begins in _May_.
> It costs 2 * 3 millions in snake_case_money.

---
## After
More.
"""


@pytest.mark.parametrize("name", ["a.md", "a.MARKDOWN", "a.txt"])
async def test_markdown_loses_its_marks(parsers: Parsers, name: str) -> None:
    assert await read_document(parsers, name, MARKDOWN.encode()) == Document(
        "Channel to be widened",
        "The harbour council voted nine to four, says the paper.\n\n"
        "Work begins in May.\nIt costs 2 * 3 millions in snake_case_money.\n\nAfter\nMore.",
        datetime(2026, 11, 20, tzinfo=UTC),
    )


async def test_markdown_titles_in_front_matter_and_underlined(parsers: Parsers) -> None:
    stated = await read_document(parsers, "a.md", f'---\ntitle: "A: stated"\n---\n# Other\n{STORY}'.encode())
    assert (stated.title, stated.text) == ("A: stated", STORY)
    underlined = await read_document(parsers, "a.md", f"Underlined\n=====\n{STORY}".encode())
    assert (underlined.title, underlined.text) == ("Underlined", STORY)
    assert (await read_document(parsers, "a.md", STORY.encode())).title is None


async def test_a_saved_web_page_whatever_its_name(parsers: Parsers) -> None:
    head = "<!doctype html><html lang=en><head><title>Vote</title></head>"
    page = f"{head}<body><article><p>{STORY}</p><p>{STORY[::-1]}</p>"
    found = await read_document(parsers, "page.txt", page.encode("utf-16"))
    assert (found.title, found.language) == ("Vote", "en")
    assert found.text.startswith(STORY)


def zipped() -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", STORY)
        return file.getvalue()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "This file is empty"),
        (b" \n\t\0", "This file is empty"),
        (b"\xef\xbb\xbf\n", "This file is empty"),
        (zipped(), "looks like a ZIP or Office file, not text"),
        (b"%PDF-1.7\n1 0 obj", "looks like a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "looks like a PNG file"),
        (b"\xff\xd8\xff\xe0", "looks like a JPEG file"),
        (gzip.compress(b"x", mtime=0), "looks like a GZIP file"),
        (bytes(range(256)) * 20, "could not be read as text"),
        (b"x" * 8_000_001, "larger than 8 MB"),
        (b"<?xml version='1.0'?><!-- a --><rss version='2.0'/>", "This file is a feed, not an article"),
        (b"# Only a title", "a title but no text"),
    ],
)
async def test_what_is_no_article_is_refused_in_words(parsers: Parsers, body: bytes, reason: str) -> None:
    with pytest.raises(ContentRefused, match=reason):
        await read_document(parsers, "article.txt", body)


async def test_text_that_is_costly_to_strip_is_read_in_time(parsers: Parsers) -> None:
    for unit in ("**", "[a](", "![", "_", "> ", "`a", "# "):
        body = ("Start of it.\n" + unit * (100_000 // len(unit))).encode()
        assert (await read_document(parsers, "a.md", body)).text.startswith("Start of it.")


@pytest.mark.parametrize(
    ("body", "is_feed"),
    [
        (b"<rss version='2.0'>", True),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?>\n<?xml-stylesheet href='a'?><!-- > --><feed xmlns='a'>", True),
        ('<?xml version="1.0" encoding="utf-16"?><rss>'.encode("utf-16"), True),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]>\n<rss>", True),
        (b"<rdf:RDF xmlns:rdf='a'>", True),
        (b"<atom:feed xmlns:atom='a'>", True),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', True),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', True),
        (b'{"items": []}', False),
        (b"<!DOCTYPE html><html><body><rss>", False),
        (b"<html>", False),
        (b"Text about <rss> feeds", False),
        (b"<feedback>", False),
        (b"", False),
        (b"<!--" * 2000, False),
    ],
)
async def test_feeds_are_told_from_articles(body: bytes, is_feed: bool) -> None:
    assert looks_like_feed(body) is is_feed


async def test_any_bytes_can_be_sniffed() -> None:
    @given(st.binary(max_size=200))
    def sniff(body: bytes) -> None:
        assert looks_like_feed(body) in (True, False)

    sniff()
