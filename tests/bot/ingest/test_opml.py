"""OPML: what readers export is understood, what attackers write costs little (FAULTS 44), and what we write is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentRefused
from bot.ingest.opml import DEEPEST, MOST_OUTLINES, Outline, opml, tidy_category, written
from bot.ingest.parsers import Parsers
from bot.ingest.values import Unreadable


def outlines(body: str | bytes) -> list[Outline]:
    found = opml(None, body.encode() if isinstance(body, str) else body)
    return [Outline(**outline) for outline in found["outlines"]]


def listed(inner: str) -> str:
    return f'<?xml version="1.0"?><opml version="1.1"><head><title>Mine</title></head><body>{inner}</body></opml>'


def test_folders_become_categories():
    found = outlines(
        listed(
            '<outline text="News"><outline text="Local">'
            '<outline text="Harbour Post" xmlUrl="https://p.example/feed" htmlUrl="https://p.example"/></outline>'
            '<outline text="Courier" xmlUrl="https://c.example/feed"/></outline>'
            '<outline title="Alone" xmlUrl="https://a.example/feed" category="/Science/Sea,/Other"/>'
        )
    )
    assert found == [
        Outline("https://p.example/feed", "Harbour Post", "News/Local", "https://p.example", 1),
        Outline("https://c.example/feed", "Courier", "News", "", 2),
        Outline("https://a.example/feed", "Alone", "Science/Sea", "", 3),
    ]


def test_other_spellings_of_the_same_are_understood():
    found = outlines('\ufeff<OPML><BODY><Outline TEXT="A" XMLURL=" https://a.example "></Outline></BODY></OPML>')
    assert found == [Outline("https://a.example", "A", number=1)]
    latin = listed('<outline text="Höhe" xmlUrl="https://a.example"/>').replace("?>", ' encoding="iso-8859-1"?>', 1)
    assert outlines(latin.encode("latin-1"))[0].title == "Höhe"
    assert outlines(latin.replace("iso-8859-1", "utf-16").encode("utf-16"))[0].title == "Höhe"


def test_bare_ampersands_and_names_of_html_are_mended():
    (found,) = outlines(
        listed('<outline text="A & B &eacute;&nbsp;&copy &foo; &lt;&#65;" xmlUrl="https://a.example?a=1&b=2"/>')
    )
    assert found.address == "https://a.example?a=1&b=2"
    assert found.title == "A & B é &copy &foo; <A"


def test_a_feed_without_an_address_is_a_line_that_is_told():
    found = outlines(listed('<outline text="F"><outline text="A" type="rss" htmlUrl="https://a.example"/></outline>'))
    assert found == [Outline("", "A", "F", "https://a.example", 1)]


def test_a_list_without_feeds_is_a_list():
    assert outlines(listed('<outline text="Empty"/>')) == []


REFUSED = {
    "a document type": ('<!DOCTYPE opml [<!ENTITY a "x">]>' + listed(""), "declares a document type"),
    "laughs": (
        '<!DOCTYPE o [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><opml><body><outline text="&b;"/></body></opml>',
        "declares a document type",
    ),
    "an outside document type": ('<!DOCTYPE o SYSTEM "http://127.0.0.1/x.dtd">' + listed(""), "document type"),
    "depth": (listed("<outline text='x'>" * 100_000 + "</outline>" * 100_000), f"more than {DEEPEST} deep"),
    "unclosed depth": ("<opml>" + "<a>" * 1_000_000, f"more than {DEEPEST} deep"),
    "a feed": ("<rss version='2.0'><channel/></rss>", "This is a feed"),
    "an atom feed": ("<feed xmlns='http://www.w3.org/2005/Atom'/>", "This is a feed"),
    "a page": ("<html><body>x</body></html>", "web page"),
    "another document": ("<catalogue/>", "not an OPML file"),
    "no XML": ("News, https://example.org/feed", "not an OPML file"),
    "a cut file": (listed("<outline text='a' xmlUrl='https://a.example'/>")[:-20], "damaged in line 1"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_list_or_an_attack_is_refused_in_words(case):
    """FAULTS 15 and 44."""
    body, reason = REFUSED[case]
    body = body.replace('<?xml version="1.0"?>', "") if body.startswith("<!DOCTYPE") else body
    with pytest.raises(Unreadable, match=reason):
        outlines(body)


def test_two_hundred_thousand_feeds_are_counted_and_few_are_taken():
    """FAULTS 44: 6 MB, 200,000 outlines."""
    many = listed("".join(f"<outline xmlUrl='http://e.example/{i}'/>" for i in range(200_000)))
    found = opml(None, many.encode())
    assert len(found["outlines"]) == MOST_OUTLINES
    assert found["left_out"] == 200_000 - MOST_OUTLINES


def test_what_one_feed_says_is_cut_to_size():
    """FAULTS 44: no field of a file gets longer than what it is kept in."""
    long = "x" * 100_000
    folder = f"<outline text='{long}'>" * 5
    body = listed(
        f"{folder}<outline text='{long}' xmlUrl='https://e.example/{long}' htmlUrl='{long}'/>{'</outline>' * 5}"
    )
    (found,) = outlines(body)
    assert [len(found.title), len(found.category), len(found.site_url)] == [80, 100, 2_000]
    assert len(found.address) == 2_001, "still too long for an address, so that it is refused and not another one"


async def test_it_is_read_in_a_child_process_with_limits():
    """FAULTS 44: nothing that a file holds is parsed in the bot's own process, or larger than the cap."""
    parsers = Parsers(processes=1)
    try:
        found = await parsers.opml(listed('<outline text="A" xmlUrl="https://a.example"/>').encode())
        assert found.outlines == (Outline("https://a.example", "A", number=1),)
        with pytest.raises(ContentRefused, match="document type"):
            await parsers.opml(REFUSED["a document type"][0].encode())
        with pytest.raises(ContentRefused, match="larger than 8 MB"):
            await parsers.opml(b"<opml>" + b" " * 8_000_001 + b"</opml>")
        with pytest.raises(ContentRefused, match="empty"):
            await parsers.opml(b"")
    finally:
        await parsers.close()


LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(
    lambda text: next(iter(outlines(listed_exactly(text))), Outline("x")).title
)
"""Titles as they come out of a file: one line, no control characters."""


def listed_exactly(title: str) -> bytes:
    return written("", [Outline("https://e.example", title)])


CATEGORIES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=4).map(
    lambda parts: tidy_category("/".join(parts))
)


@given(st.lists(st.builds(Outline, st.just("https://e.example/?a=1&b=<>\"'"), LINES, CATEGORIES, LINES), max_size=12))
def test_what_is_written_is_read_as_the_same(feeds):
    order = {category: number for number, category in reversed(list(enumerate(f.category for f in feeds)))}
    read = outlines(written("Sources of “Marrowport”", feeds))
    assert sorted(map(told, read)) == sorted(map(told, feeds))
    for category in order:
        assert [o.title for o in read if o.category == category] == [o.title for o in feeds if o.category == category]
    assert written("x", read) == written("x", outlines(written("x", read)))


def told(outline: Outline) -> tuple[str, ...]:
    return outline.address, outline.title, outline.category, outline.site_url
