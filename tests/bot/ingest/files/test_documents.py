"""Files of members, told apart by content."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentRefused
from bot.ingest.files.documents import Document, is_page, looks_like_feed, read_document
from bot.ingest.files.kinds import Kind, kind_of, refusal_of
from bot.ingest.parsers import ParseLimits, Parsers
from tests.printing import Printed, docx, odt, paragraph, zipped

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


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
"""So begins the container of old Office programs; its directory names the streams in UTF-16."""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "This file is empty"),
        (b" \n\t\0", "This file is empty"),
        (b"\xef\xbb\xbf\n", "This file is empty"),
        (zipped({"a.txt": STORY.encode()}), "is a ZIP archive. Unpack it"),
        (b"%PDF-1.7\n1 0 obj", "This PDF is damaged"),
        (b"\x89PNG\r\n\x1a\n", "is a picture .PNG."),
        (b"\xff\xd8\xff\xe0", "is a picture .JPEG."),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "is a picture .WebP."),
        (b"\0\0\0\x18ftypheic", "is a picture .HEIC"),
        (b"\0\0\0\x18ftypisom", "is a recording .MP4."),
        (b"ID3\x04\0\0\0", "is a recording .MP3."),
        (gzip.compress(b"x", mtime=0), "is an archive .GZIP.. Unpack it"),
        (b"\x7fELF\x02\x01\x01", "is a program"),
        (b"article.txt".ljust(257, b"\0") + b"ustar\x0000", "is an archive .TAR."),
        (b"\0\0\1\0\1\0\x10\x10", "is a picture .ICO."),
        (b"SQLite format 3\0", "is data .an SQLite database."),
        (b"{\\rtf1\\ansi Text}", "an RTF document, which is not read. Save it as PDF"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Word document .\\.doc.*Save it as PDF"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password. Save it without"),
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook"),
        (OLE + "__nameid_version1.0".encode("utf-16-le"), "an Outlook message .*Save it as .eml"),
        (OLE, "an old Office program"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "is an Excel workbook"),
        (zipped({"ppt/slide.xml": b"<a/>"}), "a PowerPoint presentation.* Save it as PDF"),
        (zipped({"mimetype": b"application/epub+zip"}), "is an e-book"),
        (zipped({"Index/Document.iwa": b"a"}), "Apple Pages"),
        (b'{"articles": [1, 2]}', "is data .JSON."),
        (b"<?xml version='1.0'?><opml version='2.0'></opml>", "list of feeds .OPML.*/source import"),
        (b"<urlset xmlns='a'><url/></urlset>", "is data .a sitemap."),
        (b"<!DOCTYPE lolz [<!ENTITY lol 'lol'>]><lolz>&lol;</lolz>", "is data .XML."),
        (b"<!DOCTYPE a [<!ENTITY b '" + b"c" * 90_000 + b"'>]><a>&b;&b;</a>", "is data .XML."),
        (b"<svg xmlns='a'><text>A</text></svg>", "is a picture .SVG."),
        (bytes(range(256)) * 20, "no text, nor a file of another kind"),
        (b"x" * 8_000_001, "larger than 8 MB"),
        (b"# Only a title", "a title here, but no text"),
    ],
)
async def test_what_is_no_article_is_refused_in_words(parsers: Parsers, body: bytes, reason: str) -> None:
    with pytest.raises(ContentRefused, match=reason):
        await read_document(parsers, "article.txt", body)


FEED = """<?xml version='1.0'?><!-- a --><rss version='2.0'><channel><title>Island Post</title>
<item><title>Ferry sails</title><description>It sails again.</description></item>
<item><title>Frost</title><description>It froze.</description></item></channel></rss>"""


async def test_a_feed_is_named_and_not_read_as_an_article(parsers: Parsers) -> None:
    with pytest.raises(ContentRefused, match="a feed with 2 entries, “Island Post”, not an article. `/source add`"):
        await read_document(parsers, "article.txt", FEED.encode())
    one = FEED.replace("<item><title>Frost</title><description>It froze.</description></item>", "")
    with pytest.raises(ContentRefused, match="a feed with one entry"):
        await read_document(parsers, "article.txt", one.encode())


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


TEXTS = (
    STORY,
    "From the harbour: the council voted.\nSubject to approval: work begins in May.\n\nMore.",
    "Date: 20 November 2026\nPlace: Marrowport\n\nThe council voted.",
    "[Coastwire] The council voted.",
    "{Note} The council voted.",
    "<Editor's note: this story was corrected.>\nThe council voted.",
    "BM Harbour works voted on Tuesday.",
    "MZ is the code of the port.",
    "PK is short for the harbour's park.",
)


@pytest.mark.parametrize("text", TEXTS)
async def test_texts_are_texts_whatever_they_begin_with(text: str) -> None:
    assert kind_of(text.encode()) is Kind.TEXT


@pytest.mark.parametrize(
    ("content_type", "body", "is_one"),
    [
        ("text/html", b"<html><body>", True),
        ("text/plain", b"<!doctype html><html>", True),
        ("text/html; charset=utf-8", b"<custom-page><p>Text", True),
        ("text/html", b"%PDF-1.7", False),
        ("text/html", b"<rss version='2.0'>", False),
        ("application/octet-stream", b"The council voted.", False),
        ("text/plain", b"The council voted.", False),
    ],
)
async def test_a_page_is_known_by_its_content(content_type: str, body: bytes, is_one: bool) -> None:
    assert is_page(content_type, body) is is_one


@pytest.mark.parametrize("start", ["<p>", "<b>Marrowport.</b> ", "<h2>Vote</h2><p>", "<div class=a><p>", "<br>"])
async def test_a_fragment_of_html_is_read_as_what_it_shows(parsers: Parsers, start: str) -> None:
    found = await read_document(parsers, "a.txt", f"{start}{STORY}<p>It <i>costs</i> 12 million.</p>".encode())
    assert found.text.endswith(f"{STORY}\n\nIt costs 12 million.")


STARTS = (
    b"",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    OLE,
    b"From: a@b.example\nSubject: c\n",
    b"<html>",
    b"{",
    b"<?xml",
    b"\x89PNG",
)


async def test_any_bytes_can_be_sniffed() -> None:
    @given(st.sampled_from(STARTS), st.binary(max_size=200))
    def sniff(start: bytes, rest: bytes) -> None:
        body = start + rest
        assert looks_like_feed(body) in (True, False)
        assert kind_of(body) in Kind
        assert (kind_of(body) is Kind.OTHER) <= (refusal_of(body) is not None)

    sniff()


async def test_any_bytes_are_an_article_or_refused_in_a_sentence(parsers: Parsers) -> None:
    """FAULTS 17. Files of each kind, cut and damaged anywhere, among them."""
    whole = [printed().to_bytes(), docx(paragraph(STORY)), odt(f"<text:p>{STORY}</text:p>"), MAIL, STORY.encode()]
    random = Random(5)
    for number in range(120):
        body = bytearray(random.choice(whole))
        for _ in range(random.choice((0, 1, 5, 40))):
            body[random.randrange(len(body))] = random.randrange(256)
        cut = body[: random.randrange(len(body) + 1)] if number % 3 == 0 else body
        said = await told(parsers, bytes(cut))
        assert re.fullmatch(r"[A-Z“].{10,}[.!]", said, re.DOTALL), said


async def told(parsers: Parsers, body: bytes) -> str:
    """What a member is told about a file: that it is an article, or why it is none."""
    try:
        document = await read_document(parsers, "a.bin", body)
    except ContentRefused as refusal:
        return str(refusal)
    return f"An article of {len(document.text)} characters." if document.text.strip() else ""


MAIL = b"From: Ada Quill <ada@harbour.example>\r\nSubject: The vote\r\n\r\n" + STORY.encode()


def printed() -> Printed:
    page = Printed()
    page.put(60, 700, 12, STORY[:70])
    page.put(60, 685, 12, STORY[70:].strip())
    return page


async def test_a_bomb_among_files_is_stopped_and_the_next_file_is_read() -> None:
    """FAULTS 13: what is too much for its parser is ended in its child."""
    parsers = Parsers(processes=1, limits=ParseLimits(page_time=timedelta(seconds=2)))
    deep = b"<w:r>" * 200_000 + b"</w:r>" * 200_000
    try:
        with pytest.raises(ContentRefused):
            await read_document(parsers, "a.docx", docx(deep.decode()))
        assert (await read_document(parsers, "a.docx", docx(paragraph(STORY)))).text == STORY
    finally:
        await parsers.close()
