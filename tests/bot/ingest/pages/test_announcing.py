"""What a page tells of its feeds: as it is written in the wild, and as an attacker would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentRefused
from bot.ingest.discovery import Link
from bot.ingest.pages.announcing import MOST_LINKS, announcements
from bot.ingest.parsers import ParseLimits, Parsers

PAGE = "https://www.island.example/news/"


def told(head: str, body: str = "") -> dict:
    return announcements(PAGE, None, f"<html><head>{head}</head><body>{body}</body></html>".encode())


def links(head: str, body: str = "") -> list[Link]:
    return [Link(**link) for link in told(head, body)["links"]]


@pytest.mark.parametrize(
    ("head", "feed"),
    [
        ('<link rel="alternate" type="application/rss+xml" title="News" href="/rss">', Link(f"{PAGE[:-5]}rss", "News")),
        ("<LINK REL='Alternate Nofollow' TYPE='application/atom+xml; charset=utf-8' HREF=a>", Link(f"{PAGE}a")),
        ('<link rel="feed" type="application/feed+json" href="//x.example/f">', Link("https://x.example/f")),
        ('<link rel="alternate" type="text/xml" href="/rss/all">', Link("https://www.island.example/rss/all")),
        (
            '<base href="https://cdn.example/x/"><link rel=alternate type=text/rss href=f>',
            Link("https://cdn.example/x/f"),
        ),
        ('<link rel="alternate" type="application/rss+xml" title="A &amp; <b>B</b>" href="/f">', None),
    ],
)
def test_announced_feeds_are_found(head, feed):
    (found,) = links(head)
    assert found == (feed or Link("https://www.island.example/f", "A & B"))


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="stylesheet" type="application/rss+xml" href="/rss">',
        '<link rel="alternate" type="text/html" hreflang="de" href="/de/feed">',
        '<link rel="alternate" type="application/json" href="/wp-json/posts/1">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">',
        '<link rel="alternate" type="application/rss+xml" href="https://reader:tide@x.example/f">',
        '<link rel="alternate" type="application/rss+xml">',
    ],
)
def test_other_links_are_not(head):
    assert links(head) == []


def test_ordinary_links_come_after_announced_ones_and_once():
    found = links(
        '<link rel="alternate" type="application/rss+xml" href="/rss">',
        '<a href="/rss">RSS</a><a href="/atom.xml"><img alt="x"></a><a href="/about">About</a>',
    )
    assert [(link.address.rpartition("/")[2], link.announced) for link in found] == [("rss", True), ("atom.xml", False)]


def test_a_page_says_what_it_is_and_what_made_it():
    found = told(
        '<meta name="Generator" content="WordPress 6.9"><meta property="og:type" content="article">'
        '<link rel="canonical" href="https://www.youtube.com/@island">'
        '<meta itemprop="channelId" content="UCabcdefghijklmnopqrstuv"><meta itemprop="channelId" content="../evil">'
    )
    assert (found["software"], found["is_article"]) == ("WordPress 6.9", True)
    assert found["identities"] == (
        "https://www.youtube.com/@island",
        "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
    )
    assert told("", "<article>a</article>")["is_article"]
    assert not told("", "<article>a</article><article>b</article>")["is_article"]


def test_a_page_of_nothing_but_feeds_gives_a_few():
    """FAULTS 44's rule for pages: no page makes many requests or a long menu."""
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(10_000))
    assert len(links(head)) == MOST_LINKS
    assert len(links("", "".join(f'<a href="/{n}/feed">x</a>' for n in range(10_000)))) == MOST_LINKS


@given(st.binary(max_size=300))
def test_no_bytes_break_it(noise):
    """FAULTS 17."""
    found = announcements(PAGE, "utf-8", b"<html><head><link rel=alternate type=text/rss href=/f></head>" + noise)
    assert found["links"]


async def test_of_a_huge_page_the_beginning_is_read():
    parsers = Parsers(processes=1, limits=ParseLimits(page_bytes=1_000))
    try:
        page = b'<html><link rel="alternate" type="application/rss+xml" href="/rss">' + b"<p>x</p>" * 1_000
        assert [link.address for link in (await parsers.announcements(page, PAGE)).links] == [f"{PAGE[:-5]}rss"]
        with pytest.raises(ContentRefused, match="empty"):
            await parsers.announcements(b" ", PAGE)
    finally:
        await parsers.close()
