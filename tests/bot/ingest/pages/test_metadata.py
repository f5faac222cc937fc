"""What a page states of itself, in all the ways in which pages do."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import html as lxml_html

from bot.ingest.pages.bylines import byline_of, name_in
from bot.ingest.pages.linkeddata import LinkedData
from bot.ingest.pages.metadata import Metadata, metadata_of
from bot.ingest.pages.timestamps import best_timestamp, day_in_path, find_timestamp

URL = "https://www.harbour.example/2026/11/20/channel"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def stated(head: str = "", body: str = "<p>Text.</p>", url: str | None = URL, attributes: str = "") -> Metadata:
    page = f"<html{attributes}><head>{head}</head><body>{body}</body></html>"
    return metadata_of(lxml_html.document_fromstring(page), url)


def linked(*nodes: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(nodes[0] if len(nodes) == 1 else nodes)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Channel to be widened",
    "author": [{"@type": "Person", "name": "Ada Quay"}, {"@type": "Person", "name": "Bo Dyke"}],
    "datePublished": "2026-11-20T14:00:00+02:00",
    "dateModified": "2026-11-21T14:00:00+02:00",
    "publisher": {"@type": "Organization", "name": "Harbour News"},
    "inLanguage": "en-GB",
    "isAccessibleForFree": "False",
}
AS_STATED = ("Channel to be widened", "Ada Quay, Bo Dyke", NOON, "Harbour News", "en")


def fields(found: Metadata) -> tuple[Any, ...]:
    return found.title, found.byline, found.published, found.site_name, found.language


@pytest.mark.parametrize(
    "nodes",
    [
        (ARTICLE,),
        ({"@graph": [{"@type": "WebSite", "name": "Harbour News"}, {"@type": "WebPage"}, ARTICLE]},),
        ({"@type": "WebPage", "mainEntity": ARTICLE},),
        (ARTICLE | {"@type": ["Thing", "https://schema.org/NewsArticle"]},),
        (ARTICLE | {"author": [{"@id": "#a"}, "Bo Dyke"]}, {"@id": "#a", "@type": "Person", "name": "Ada Quay"}),
        (ARTICLE | {"author": ["By Ada Quay", {"givenName": "Bo", "familyName": "Dyke"}]},),
        (ARTICLE | {"headline": {"@value": "Channel to be widened", "@language": "en"}},),
    ],
)
def test_an_article_in_linked_data(nodes: tuple[Any, ...]) -> None:
    found = stated(linked(*nodes))
    assert fields(found) == AS_STATED
    assert (found.is_free, found.is_article) == (False, True)


def test_linked_data_that_is_wrapped_or_slightly_broken_is_read() -> None:
    text = json.dumps(ARTICLE)
    for broken in (
        f"<![CDATA[ {text} ]]>",
        f"//<![CDATA[\n{text}\n//]]>",
        f"<!-- {text} -->",
        f"{text};",
        text[:-1] + ",}",
        text.replace("Channel to", "Channel\n to"),
        text.replace('"', "&quot;"),
    ):
        assert fields(stated(f'<script type="application/ld+json">{broken}</script>')) == AS_STATED, broken


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 300_000,
        '{"a":' * 100_000,
        "9" * 5_000,
        '{"@type": "NewsArticle", "headline": [], "author": {"name": []}}',
        '"x"',
        "{]",
    ],
)
def test_hostile_linked_data_costs_nothing_but_itself(hostile: str) -> None:
    """FAULTS 17."""
    found = stated(f'<script type="application/ld+json">{hostile}</script>{linked(ARTICLE)}')
    assert fields(found) == AS_STATED


def test_linked_data_is_read_up_to_a_limit() -> None:
    many = "".join(linked({"@type": "Thing", "name": str(number)}) for number in range(60))
    assert stated(many + linked(ARTICLE)).title is None
    assert stated(linked({"@type": "Thing", "name": "x" * 700_000}) + linked(ARTICLE)).title is None
    root = lxml_html.document_fromstring(
        linked([{"@type": "Article", "headline": str(n)} for n in range(9_000)]) + "<p>"
    )
    assert LinkedData(root).article(None, ["8999"]) == {}
    assert LinkedData(root).article(None, ["2000"])["headline"] == "2000"


def test_of_several_articles_that_of_the_page_is_taken() -> None:
    other = ARTICLE | {"headline": "Herring falls", "url": "https://www.harbour.example/herring"}
    own = ARTICLE | {"mainEntityOfPage": {"@id": "https://harbour.example/2026/11/20/channel?utm_source=x"}}
    assert stated(linked(other, own)).title == "Channel to be widened"
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": other}]}
    assert stated(linked(listed) + "<title>All news</title>").title == "All news"
    heading = "<h1>Channel to be widened</h1>"
    assert stated(linked(other, ARTICLE), heading).title == "Channel to be widened"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (meta("author", "Ada Quay"), "Ada Quay"),
        (
            '<meta property="article:author" content="https://facebook.com/ada"><meta name="byl" content="By ADA '
            'QUAY">',
            "ADA QUAY",
        ),
        (meta("parsely-author", "Ada Quay"), "Ada Quay"),
        (meta("sailthru.author", "Ada Quay"), "Ada Quay"),
        (meta("DC.creator", "Ada Quay"), "Ada Quay"),
        (meta("citation_author", "Quay, Ada") + meta("citation_author", "Dyke, Bo"), "Quay, Ada, Dyke, Bo"),
        (meta("author", "Harbour News") + meta("og:site_name", "Harbour News"), None),
        (meta("author", "admin"), None),
    ],
)
def test_authors_in_meta_elements(head: str, expected: str | None) -> None:
    assert stated(head).byline == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a rel="author" href="/ada">Ada Quay</a>', "Ada Quay"),
        (
            '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Ada '
            "Quay</b> (42)</span>",
            "Ada Quay",
        ),
        (
            '<h1>T</h1><div class="article__byline">By <a href="/ada">Ada Quay</a><br>Published 20 November 2026</div>',
            "Ada Quay",
        ),
        ("<h1>T</h1><p>By Ada Quay, Staff Writer</p><p>Text.</p>", "Ada Quay"),
        ("<h1>T</h1><p>Von Ada Quay und Bo Deich</p><p>Text.</p>", "Ada Quay und Bo Deich"),
        ("<h1>T</h1><p>By Tuesday the water had reached the second step of the church.</p>", None),
        ('<div class="comments"><a rel="author">netmender</a></div>', None),
        ('<aside><p class="author">Ada Quay</p></aside>', None),
        ('<div class="related-card"><span class="author">Ada Quay</span></div>', None),
    ],
)
def test_authors_that_only_readers_see(body: str, expected: str | None) -> None:
    assert stated(body=body).byline == expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("By Ada Quay", "Ada Quay"),
        ("Written by Ada Quay", "Ada Quay"),
        ("Par Ada Quay avec AFP", "Ada Quay avec AFP"),
        ("Автор: Иван Петров", "Иван Петров"),
        ("作者：王小明", "王小明"),
        ("Ada Quay, Staff Writer", "Ada Quay"),
        ("Ada Quay | Harbour News", "Ada Quay"),
        ("Ada Quay @adaquay", "Ada Quay"),
        ("Ada Quay Published 20 November 2026 at 14:00", "Ada Quay"),
        ("Ada Quay Jr.", "Ada Quay Jr."),
        ("Ada Quay, MA\n     Harbour Health", "Ada Quay, MA"),
        ("<b>Ada</b> &amp; Bo", "Ada & Bo"),
        ("Von Miller", "Von Miller"),
        ("Byron Quay", "Byron Quay"),
        ("Reuters", "Reuters"),
        ("https://harbour.example/ada", None),
        ("ada@harbour.example", None),
        ("April 28, 2026 at 6:01 am", None),
        ("Last Updated: January 7, 2026", None),
        ("Staff", None),
        ("By the editors", None),
        ("Redaktion", None),
        ("La rédaction", None),
        ("редакция", None),
        ("Because every harbour matters.", None),
        ("Get the latest news delivered to your inbox every day", None),
        ("{{ author.name }}", None),
        ("By", None),
        ("7", None),
        ("", None),
        ("x" * 5_000, None),
    ],
)
def test_a_byline_is_a_name_or_nothing(written: str, name: str | None) -> None:
    assert name_in(written) == name


def test_names_are_joined_once_each() -> None:
    assert byline_of(["Ada Quay", "By Ada Quay", "Bo Dyke", "Staff"]) == "Ada Quay, Bo Dyke"
    assert byline_of(["Harbour News"], "Harbour News") is None
    assert byline_of(["Ada Quay, Harbour News"], "Harbour News") == "Ada Quay"
    own = linked(ARTICLE | {"author": {"@type": "Person", "name": "Ada Quay"}, "publisher": {"name": "Ada Quay"}})
    assert stated(own).byline == "Ada Quay"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (
            "<title>Channel to be widened | Harbour News</title>" + meta("og:site_name", "Harbour News"),
            "",
            "Channel to be widened",
        ),
        ("<title>Channel to be widened - harbour.example</title>", "", "Channel to be widened"),
        (
            "<title>Harbour: Channel to be widened</title>",
            "<h1>Channel to be widened</h1>",
            "Harbour: Channel to be widened",
        ),
        (
            "<title>Channel to be widened – Local – Harbour News</title>",
            "<h1>Channel to be widened</h1>",
            "Channel to be widened",
        ),
        (
            meta("og:title", "Channel to be widened | Ada Quay") + meta("author", "Ada Quay"),
            "",
            "Channel to be widened",
        ),
        (
            meta("og:title", "You will not believe what the council did") + "<title>Channel to be widened</title>",
            "<h1>Channel to be widened</h1>",
            "Channel to be widened",
        ),
        (
            "<title>Harbour News</title>" + meta("og:site_name", "Harbour News"),
            "<h1>Channel to be widened</h1>",
            "Channel to be widened",
        ),
        ("", "<h1>Channel <i>to be</i> widened</h1>", "Channel to be widened"),
        ("<title>Spain - France 2:1</title>", "", "Spain - France 2:1"),
        (
            linked(
                ARTICLE
                | {
                    "headline": "Channel to be widened, the council decided on Tuesday with nine votes to four, "
                    "after a meeting that lasted…"
                }
            )
            + meta(
                "og:title",
                "Channel to be widened, the council decided on Tuesday with nine votes to four, after a meeting "
                "that lasted until midnight",
            ),
            "",
            "Channel to be widened, the council decided on Tuesday with nine votes to four, after a meeting that "
            "lasted until midnight",
        ),
        ("<title></title><svg><title>logo</title></svg>", "", None),
        ("", "", None),
    ],
)
def test_titles_without_the_names_of_sites(head: str, body: str, title: str | None) -> None:
    assert stated(head, body or "<p>Text.</p>").title == title


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (meta("og:site_name", "Harbour News"), "Harbour News"),
        (meta("og:site_name", "Harbour News - all that floats, every day of the year"), "Harbour News"),
        (
            linked(ARTICLE | {"publisher": {"name": "Quay Media Ltd"}}) + meta("og:site_name", "Harbour News"),
            "Harbour News",
        ),
        (linked(ARTICLE | {"publisher": {"name": "Quay Media Ltd"}}), "Quay Media Ltd"),
        ("<title>Channel to be widened | The Harbour</title>", "The Harbour"),
        (meta("og:site_name", "https://harbour.example"), None),
        ("<title>Channel | Wide</title>", None),
    ],
)
def test_the_name_of_the_site(head: str, name: str | None) -> None:
    assert stated(head).site_name == name


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-20T14:00:00+02:00", NOON),
        ("2026-11-20T14:00:00+0200", NOON),
        ("2026-11-20 12:00:00.000000", NOON),
        ("2026-11-20 12:00 UTC", NOON),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("20261120", datetime(2026, 11, 20, tzinfo=UTC)),
        ("20261120T120000Z", NOON),
        ("2026/11/20 12:00", NOON),
        ("Fri, 20 Nov 2026 14:00:00 +0200", NOON),
        ("1795176000", NOON),
        ("1795176000000", NOON),
        ("November 20, 2026 at 7:00 am EST", NOON),
        ("Published 20 November 2026, 12:00 GMT", NOON),
        ("Freitag, 20. November 2026, 12.00 Uhr", NOON),
        ("20 novembre 2026 à 12h00", NOON),
        ("20 ноября 2026, 12:00", NOON),
        ("2026年11月20日 12:00", NOON),
        ("yesterday", None),
        ("2026-13-45", None),
        ("0000-00-00T00:00:00Z", None),
        ("2235-01-01", None),
        ("9" * 5_000, None),
        ("1 " * 50_000, None),
    ],
)
def test_dates_as_pages_write_them(written: str, moment: datetime | None) -> None:
    """FAULTS 22."""
    found = find_timestamp(written)
    assert (found and found.at) == moment


def test_the_more_exact_statement_of_the_same_day_is_taken() -> None:
    assert best_timestamp(["2026-11-20", "2026-11-20T14:00:00+02:00"]) == NOON
    assert best_timestamp(["2026-11-20T12:00:00", "2026-11-21T14:00:00+02:00"]) == NOON
    assert best_timestamp(["nonsense", "", "2026-11-20"]) == datetime(2026, 11, 20, tzinfo=UTC)
    assert best_timestamp([]) is None


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta("article:published_time", "2026-11-20T14:00:00+02:00"), ""),
        (meta("parsely-pub-date", "2026-11-20T12:00:00Z"), ""),
        (meta("DC.date.issued", "2026-11-20T12:00:00Z"), ""),
        (meta("sailthru.date", "2026-11-20T12:00:00Z"), ""),
        (meta("date", "2026-11-20T12:00:00Z") + meta("article:modified_time", "2026-11-22T12:00:00Z"), ""),
        ("", '<span itemprop="datePublished" content="2026-11-20T12:00:00Z">today</span>'),
        (
            "",
            '<h1>T</h1><time datetime="2026-11-20T12:00:00Z">now</time><p>On <time datetime="2020-01-01">that '
            "day</time> it began, she said.</p>",
        ),
        (
            "",
            '<h1>T</h1><p>On <time datetime="2020-01-01">that day</time> it began, she said, and she laughed '
            'about it.</p><time datetime="2026-11-20T12:00:00Z"></time>',
        ),
        ("", '<h1>T</h1><div class="entry-date">20 November 2026, 12:00</div>'),
        (
            "",
            '<h1>T</h1><aside><time datetime="2020-01-01">old</time></aside><time '
            'datetime="2026-11-20T12:00Z">new</time>',
        ),
    ],
)
def test_when_a_page_was_published(head: str, body: str) -> None:
    assert stated(head, body or "<p>Text.</p>").published == NOON


def test_the_day_in_an_address_is_the_last_resort() -> None:
    assert stated().published == datetime(2026, 11, 20, tzinfo=UTC)
    assert stated(url="https://harbour.example/channel").published is None
    assert day_in_path("https://harbour.example/20261120/x") == "2026-11-20"
    assert day_in_path("https://harbour.example/a/20269999/x") == ""


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        (' lang="de-AT"', "", "de"),
        (' xml:lang="fr"', "", "fr"),
        ("", linked(ARTICLE), "en"),
        ("", '<meta http-equiv="content-language" content="es, en">', "es"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt"),
        (' lang="{{lang}}"', "", None),
    ],
)
def test_the_language(attributes: str, head: str, language: str | None) -> None:
    assert stated(head, attributes=attributes).language == language


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="/channel">', "https://www.harbour.example/channel"),
        ('<meta property="og:url" content="https://harbour.example/channel">', "https://harbour.example/channel"),
        ('<link rel="canonical" href="https://wire.example/channel">', URL),
        ('<link rel="canonical" href="https://www.harbour.example/">', URL),
        ('<link rel="canonical" href="javascript:alert(1)">', URL),
        ("", URL),
    ],
)
def test_the_address_of_a_page_is_its_own(head: str, url: str) -> None:
    assert stated(head).url == url


def test_names_of_one_property_stand_apart() -> None:
    head = '<meta property="x:title dc:title" content="Channel to be widened">'
    head += '<meta property="dc:creator x" content="Ada Quay">'
    found = stated(head)
    assert (found.title, found.byline) == ("Channel to be widened", "Ada Quay")
