"""Feeds as they are written: every format, every habit, and what is broken in them. Parsed in a real child."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import ContentRefused
from bot.ingest.parsers import FeedEntry, Parsers

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "The harbour council voted nine to four on Tuesday to widen the northern channel before next winter."
NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def rss(inner: str, attributes: str = NAMESPACES) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0" {attributes}><channel>{inner}</channel></rss>'.encode()


def atom(inner: str, attributes: str = "", namespace: str = "http://www.w3.org/2005/Atom") -> bytes:
    return f'<feed xmlns="{namespace}" {attributes}>{inner}</feed>'.encode()


async def entry(parsers: Parsers, body: bytes, **options: Any) -> FeedEntry:
    (found,) = (await parsers.feed(body, **options)).entries
    return found


async def item(parsers: Parsers, inner: str, **options: Any) -> FeedEntry:
    return await entry(parsers, rss(f"<item>{inner}</item>"), **options)


@pytest.mark.parametrize(
    "body",
    [
        '<rss version="0.91"><channel><title>Harbour</title>{item}</channel></rss>',
        '<rss version="2.0"><channel><title>Harbour</title></channel>{item}</rss>',
        '<RSS version="2.0"><Channel><Title>Harbour</Title>{item}</Channel></RSS>',
        '<rss:rss xmlns:rss="http://backend.userland.com/rss2"><rss:channel><rss:title>Harbour</rss:title>{rss}'
        "</rss:channel></rss:rss>",
        "<rss rss:version=2.0><rss:channel><rss:title>Harbour</rss:title>{rss}</rss:channel></rss>",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
        "<channel><title>Harbour</title></channel>{item}</rdf:RDF>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title>{entry}</feed>',
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour</title>{entry}</feed>',
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Harbour</a:title>{prefixed}</a:feed>',
        "<feed><title>Harbour</title>{entry}</feed>",
        "Warning: too many of us\n<?xml version='1.0'?><rss><channel><title>Harbour</title>{item}</channel></rss>",
        "<?xml?xml version='1.0' ??><rss><channel><title>Harbour</title>{item}</channel></rss><script>1</script>",
        "<rss><channel><title>Harbour</title>{item}",
        '{{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [{{"title": "Vote", '
        '"url": "https://harbour.example/1", "content_text": "{story}"}}]}}',
    ],
)
async def test_every_format_and_what_is_left_of_it(parsers: Parsers, body: str) -> None:
    """FAULTS case 16."""
    link = "https://harbour.example/1"
    text = body.format(
        item=f"<item><title>Vote</title><link>{link}</link><description>{STORY}</description></item>",
        rss=f"<rss:item><rss:title>Vote</rss:title><rss:link>{link}</rss:link><rss:description>{STORY}"
        "</rss:description></rss:item>",
        entry=f'<entry><title>Vote</title><link href="{link}"/><summary>{STORY}</summary></entry>',
        prefixed=f'<a:entry><a:title>Vote</a:title><a:link href="{link}"/><a:summary>{STORY}</a:summary></a:entry>',
        story=STORY,
    )
    feed = await parsers.feed(text.encode())
    assert feed.title == "Harbour"
    assert [(entry.title, entry.url, entry.text) for entry in feed.entries] == [("Vote", link, STORY)]


async def test_items_that_are_not_closed_are_items_all_the_same(parsers: Parsers) -> None:
    """FAULTS case 16."""
    body = "".join(f"<item><title>News {number}</title>" for number in range(4))
    feed = await parsers.feed(f"<rss><channel>{body}</channel></rss>".encode())
    assert [found.title for found in feed.entries] == [f"News {number}" for number in range(4)]


@pytest.mark.parametrize(
    ("inner", "url"),
    [
        ("<link>https://harbour.example/1</link>", "https://harbour.example/1"),
        ("<link><![CDATA[ https://harbour.example/1 ]]></link>", "https://harbour.example/1"),
        ("<link>news/1</link>", "https://harbour.example/feeds/news/1"),
        ("<link>//cdn.example/1</link>", "https://cdn.example/1"),
        ("<link/><guid>https://harbour.example/2</guid>", "https://harbour.example/2"),
        ('<guid isPermaLink="false">https://harbour.example/2</guid>', None),
        ("<guid>2</guid>", None),
        ('<atom:link rel="self" href="/self"/><link>/1</link>', "https://harbour.example/1"),
        ('<atom:link href="/1"/>', "https://harbour.example/1"),
        (
            "<link>https://p.example/x</link><feedburner:origLink>https://h.example/1</feedburner:origLink>",
            "https://h.example/1",
        ),
        ("<link>javascript:alert(1)</link><guid>https://harbour.example/3</guid>", "https://harbour.example/3"),
        ("<link>ftp://harbour.example/1</link>", None),
        ("<link>https://harbour.example/1</link><link>https://harbour.example/2</link>", "https://harbour.example/1"),
        ('<enclosure url="https://harbour.example/1.mp3" type="audio/mpeg"/>', None),
    ],
)
async def test_the_link_of_an_item(parsers: Parsers, inner: str, url: str | None) -> None:
    found = await item(parsers, f"<title>x</title>{inner}", url="https://harbour.example/feeds/rss.xml")
    assert found.url == url


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ('<link rel="self" href="/s"/><link rel="alternate" href="/a"/>', "https://harbour.example/a"),
        ('<link rel="enclosure" href="/e"/><content src="/c"/>', "https://harbour.example/c"),
        ('<link rel="edit" href="/e"/><id>https://harbour.example/i</id>', "https://harbour.example/i"),
        ("<link>https://harbour.example/t</link>", "https://harbour.example/t"),
    ],
)
async def test_the_link_of_an_atom_entry(parsers: Parsers, links: str, url: str) -> None:
    body = atom(f"<entry><title>x</title>{links}</entry>")
    assert (await entry(parsers, body, url="https://harbour.example/f")).url == url


async def test_bases_are_nested(parsers: Parsers) -> None:
    body = atom(
        '<entry xml:base="news/"><title>x</title><link href="1"/></entry>'
        '<entry xml:base="/sport/"><title>y</title><link xml:base="cup/" href="2"/></entry>'
        '<entry><title>z</title><link href="3"/></entry>',
        'xml:base="https://harbour.example/en/"',
    )
    feed = await parsers.feed(body, url="https://cdn.example/feed")
    assert [found.url for found in feed.entries] == [
        "https://harbour.example/en/news/1",
        "https://harbour.example/sport/cup/2",
        "https://harbour.example/en/3",
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            "<description>Short.</description><content:encoded>&lt;p&gt;The whole.&lt;/p&gt;</content:encoded>",
            "The whole.",
        ),
        ("<description>The longer of both</description><content:encoded>Short</content:encoded>", "The longer of both"),
        ("<itunes:summary>An episode on ports.</itunes:summary>", "An episode on ports."),
        ("<media:group><media:description>A film on ports.</media:description></media:group>", "A film on ports."),
        ("<description><p>Naked</p><p>markup &amp; more</p></description>", "Naked\n\nmarkup & more"),
        ("<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description>", "One\n\nTwo"),
        ("<description>&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two</description>", "One\n\nTwo"),
        ("<description><![CDATA[<p>A &lt;p&gt; is a tag.</p>]]></description>", "A <p> is a tag."),
        ("<description>A &nbsp; B &amp;nbsp; C</description>", "A B C"),
        ("<description>Fish & chips <3 you</description>", "Fish & chips <3 you"),
        ("<title>Only a title</title>", "Only a title"),
        ('<title>Episode 9</title><enclosure url="https://h.example/9.mp3" type="audio/mpeg"/>', "Episode 9"),
    ],
)
async def test_the_text_of_an_item(parsers: Parsers, inner: str, text: str) -> None:
    assert (await item(parsers, inner)).text == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<content type="text">A &lt; B</content>', "A < B"),
        ('<summary type="text">Wrongly &lt;b&gt;said&lt;/b&gt; to be text</summary>', "Wrongly said to be text"),
        ('<content type="html">&lt;p&gt;One&lt;/p&gt;Two</content>', "One\n\nTwo"),
        ('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p>Two</div></content>', "One\n\nTwo"),
        ('<content mode="base64" type="text/html">PHA+T25lPC9wPlR3bw==</content>', "One\n\nTwo"),
        ('<content mode="base64">no base64 at all</content><summary>One</summary>', "One"),
        ('<content type="image/png">iVBORw0KGgo=</content><summary>One</summary>', "One"),
    ],
)
async def test_the_content_of_an_atom_entry(parsers: Parsers, content: str, text: str) -> None:
    assert (await entry(parsers, atom(f"<entry>{content}</entry>"))).text == text


@pytest.mark.parametrize(
    ("inner", "byline"),
    [
        ("<author>desk@harbour.example (Ada Quay)</author>", "Ada Quay"),
        ("<author>Ada Quay &lt;desk@harbour.example&gt;</author>", "Ada Quay"),
        ("<author>desk@harbour.example</author>", None),
        ("<dc:creator><![CDATA[Ada Quay]]></dc:creator><dc:creator>Ben Dock</dc:creator>", "Ada Quay, Ben Dock"),
        ("<author>By Ada Quay</author><dc:creator>Ada Quay</dc:creator>", "Ada Quay"),
        ("<itunes:author>Ada Quay</itunes:author>", "Ada Quay"),
        ("<atom:author><atom:name>Ada Quay</atom:name><atom:email>a@b.example</atom:email></atom:author>", "Ada Quay"),
        ("", None),
    ],
)
async def test_the_authors_of_an_item(parsers: Parsers, inner: str, byline: str | None) -> None:
    assert (await item(parsers, f"<title>x</title>{inner}")).byline == byline


async def test_who_wrote_an_atom_feed_wrote_the_entries_that_name_nobody(parsers: Parsers) -> None:
    named = "<entry><title>y</title><author><name>Ben Dock</name></author></entry>"
    body = atom(f"<author><name>Ada Quay</name></author><entry><title>x</title></entry>{named}")
    assert [found.byline for found in (await parsers.feed(body)).entries] == ["Ada Quay", "Ben Dock"]


NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Fri, 20 Nov 2026 12:00:00 GMT", NOON),
        ("20 Nov 2026 12:00 UT", NOON),
        ("Fri, 20 Nov 26 07:00:00 EST", NOON),
        ("Fri, 20 Nov 2026 13:00:00 CET", NOON),
        ("Fri, 20 November 2026 13:00:00 +01:00", NOON),
        ("Fri, 20 Nov 2026 12:00:00 +9900", NOON),
        ("Fri, 20 Nov 2026 12:00:00 Nowhere", NOON),
        ("Fri,20-Nov-2026 13:00:00 GMT+1", NOON),
        ("Monday, 20 Nov 2026 12:00:00 Z", NOON),
        ("Fri, 20 Nov 2026 24:00:00 GMT", NOON + timedelta(hours=12)),
        ("2026-11-20T13:00:00+01:00", NOON),
        ("2026-11-20T12:00:00.123456789Z", NOON + timedelta(microseconds=123456)),
        ("2026-11-20 12:00:00", NOON),
        ("20. November 2026, 12:00 Uhr", NOON),
        ("20 novembre 2026 12:00", NOON),
        ("20 ноября 2026, 12:00", NOON),
        ("Tue, 20 Nov 73 12:00:00 GMT", datetime(1973, 11, 20, 12, tzinfo=UTC)),
        ("Fri, 31 Feb 2026 12:00:00 GMT", None),
        ("Fri, 20 Nov 2026 25:00:00 GMT", None),
        ("Sat, 01 Jan 2035 00:00:00 GMT", None),
        ("Sat, 01 Jan 0000 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("0", None),
        ("Invalid Date", None),
        ("{{ post.date }}", None),
    ],
)
async def test_dates_of_every_kind(parsers: Parsers, written: str, expected: datetime | None) -> None:
    """FAULTS case 22."""
    found = await item(parsers, f"<title>x</title><pubDate>{written}</pubDate>")
    if expected and found.published and expected.microsecond == 0:
        assert found.published.replace(microsecond=0) == expected
    else:
        assert found.published == expected


@pytest.mark.parametrize(
    "inner",
    [
        "<dc:date>2026-11-20T12:00:00Z</dc:date>",
        "<pubDate>never</pubDate><dc:date>2026-11-20T12:00:00Z</dc:date>",
        "<atom:updated>2026-11-21T12:00:00Z</atom:updated><atom:published>2026-11-20T12:00:00Z</atom:published>",
        "<atom:updated>2026-11-20T12:00:00Z</atom:updated>",
        "<dcterms:modified>2026-11-20T12:00:00Z</dcterms:modified>",
    ],
)
async def test_dates_of_every_name(parsers: Parsers, inner: str) -> None:
    """FAULTS case 22."""
    assert (await item(parsers, f"<title>x</title>{inner}")).published == NOON


async def test_a_language_of_its_own(parsers: Parsers) -> None:
    body = atom(
        '<entry xml:lang="fr"><title>x</title></entry><entry><title>y</title><content xml:lang="de">Z</content></entry>'
        "<entry><title>z</title></entry>",
        'xml:lang="en-GB"',
    )
    feed = await parsers.feed(body)
    assert [feed.language, *(found.language for found in feed.entries)] == ["en", "fr", "de", "en"]
    assert (await item(parsers, "<title>x</title><dc:language>pt-BR</dc:language>")).language == "pt"


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("", None),
        ("<ttl>45</ttl>", 45),
        ("<ttl> 45 </ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 6 * 60),
        ("<sy:updatePeriod> Weekly </sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 7 * 24 * 60),
        ("<sy:updateFrequency>4</sy:updateFrequency>", None),
        ("<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(18)) + "</skipHours>", 4 * 60),
        ("<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in range(24)) + "</skipHours>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>999999</ttl>", 7 * 24 * 60),
        (f"<ttl>{'9' * 5000}</ttl>", None),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 7 * 24 * 60),
    ],
)
async def test_how_often_a_feed_asks_to_be_read(parsers: Parsers, channel: str, minutes: int | None) -> None:
    feed = await parsers.feed(rss(f"<title>H</title>{channel}<item><title>x</title></item>"))
    assert feed.interval == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "This is a web page"),
        (b"<opml version='2.0'><body/></opml>", "This is a list of feeds"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "This is a map of a site"),
        (b"<rss version='2.0'/>", "not a feed that can be read"),
        (b"<!DOCTYPE rss [ <!ENTITY a 'b> <rss/>", "document type declaration is broken"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [}', "broken JSON"),
        (b'{"hello": "there"}', "JSON, but not a feed"),
        (b"[" * 100_000, "neither XML nor JSON"),
        (b'{"items": ' + b"[" * 100_000, "not a feed that can be read"),
        (b"%PDF-1.7 ...", "neither XML nor JSON"),
    ],
)
async def test_what_looks_like_a_feed_and_is_none_is_named(parsers: Parsers, body: bytes, reason: str) -> None:
    """FAULTS case 17."""
    with pytest.raises(ContentRefused, match=reason):
        await parsers.feed(body)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "koi8-r"])
@pytest.mark.parametrize("declared", ["", "utf-8", "utf-16", "iso-8859-1", "no-such-charset"])
@pytest.mark.parametrize("form", ["rss", "json"])
async def test_every_encoding_with_every_declaration(parsers: Parsers, encoding: str, declared: str, form: str) -> None:
    """FAULTS case 17."""
    letters = "Москва" if encoding == "koi8-r" else "Größe – „Café“"
    told = f' encoding="{encoding if encoding == "koi8-r" else declared}"' if declared or encoding == "koi8-r" else ""
    text = f'<?xml version="1.0"{told}?><rss><channel><item><title>{letters}</title></item></channel></rss>'
    if form == "json":
        text = f'{{"items": [{{"title": "{letters}"}}]}}'
    charset = "koi8-r" if encoding == "koi8-r" else None
    assert (await entry(parsers, text.encode(encoding), charset=charset)).title == letters


@pytest.mark.parametrize("noise", ["\0", "\x0b\x1f", "\ufeff", "\ufffe\uffff", "\x85"])
async def test_what_belongs_in_no_text_is_taken_out(parsers: Parsers, noise: str) -> None:
    """FAULTS case 17."""
    found = await item(parsers, f"<title>Vo{noise}te</title><description>&lt;p&gt;{noise}{STORY}{noise}</description>")
    assert (found.title.replace(" ", ""), found.text) == ("Vote", STORY)


async def test_lone_surrogates_are_no_letters(parsers: Parsers) -> None:
    """FAULTS case 17."""
    body = rss("<item><title>Vote\ud800</title></item>".replace("\ud800", "\uffff")).replace(
        b"\xef\xbf\xbf", b"\xed\xa0\x80"
    )
    (await entry(parsers, body)).title.encode()
    found = await entry(parsers, b'{"items": [{"title": "Vote \\ud800", "content_text": "\\ud83d\\ude00 \\udfff x"}]}')
    assert (found.title, found.text) == ("Vote", "😀 x")
