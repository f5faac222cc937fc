"""A megabyte of anything is read or refused within the time of a child: nothing of ours is worse than linear."""

import pytest

from bot.errors import ContentRefused
from bot.ingest.parsers import Parsers

pytestmark = pytest.mark.asyncio(loop_scope="module")

SIZE = 1_000_000
DEEP = 50_000


def much(unit: str) -> str:
    return unit * (SIZE // len(unit))


def item(inner: str) -> str:
    return f"<rss><channel><item><title>Vote</title>{inner}</item></channel></rss>"


def described(markup: str) -> str:
    return item(f"<description><![CDATA[{markup}]]></description>")


DOCUMENTS = {
    "comments opened": much("<!--") + "<rss/>",
    "comments": much("<!---->") + "<rss/>",
    "instructions opened": much("<?a ") + "<rss/>",
    "instructions": much("<?a?>") + "<rss/>",
    "document types": much("<!DOCTYPE a>") + "<rss/>",
    "document types opened": much("<!DOCTYPE "),
    "document type of quotes": "<!DOCTYPE a " + much("'"),
    "document type of odd quotes": "<!DOCTYPE a [" + much("'\"'"),
    "document type of brackets": "<!DOCTYPE a [" + much("<!a "),
    "document type of comments": "<!DOCTYPE a [" + much("<!--"),
    "blank lines": much("\n") + item(""),
    "blank lines inside": item(much("\n")),
    "sections opened": item(much("<![CDATA[")),
    "sections": item(much("<![CDATA[]]>")),
    "section ends": item(much("]]>")),
    "ampersands": item(much("&")),
    "half entities": item(much("&a")),
    "entities": item(f"<description>{much('&nbsp;')}</description>"),
    "unknown entities": item(f"<description>{much('&unknown;')}</description>"),
    "numbers": item(f"<description>{much('&#')}</description>"),
    "signs": item(much("<")),
    "names without end": item(much("<item")),
    "links without end": item(much("<link ")),
    "one tag": item("<link " + much("a")),
    "attributes": "<rss " + much(" a=1") + ">",
    "first tags": much("<rss a="),
    "items": item(much("<item/>")),
    "items in items": item("<item>" * DEEP),
    "elements in elements": item("<x>" * DEEP),
    "names of all kinds": item("".join(f"<n{number}/>" for number in range(SIZE // 10))),
    "links": item("".join(f"<link>/{number}</link>" for number in range(SIZE // 20))),
    "no links": item(much("<link>x y</link>")),
    "authors": item("".join(f"<author>Ada {number}</author>" for number in range(SIZE // 25))),
    "descriptions": item("".join(f"<description>{number}</description>" for number in range(SIZE // 30))),
    "dates": item(much("<pubDate>x</pubDate>")),
    "languages": item(much("<dc:language>x</dc:language>")),
    "hours": f"<rss><channel><skipHours>{much('<hour>1</hour>')}</skipHours>{item('')}</channel></rss>",
    "JSON in JSON": '{"items": ' + much("["),
    "JSON of items": '{"items": [' + ",".join(['{"title": "x"}'] * (SIZE // 15)) + "]}",
    "zeros": "<rss>" + much("\0"),
}
FIELDS = (
    *(
        "a",
        "a@",
        "a@a ",
        "<",
        "(",
        "a@a (",
        "a <a@a",
        "By ",
        "a,",
        "a.",
        " ",
        "\n",
        "\u00a0",
        "&amp;lt;",
        "&lt;b ",
        "1 ",
        "1",
    ),
    *("Mon, ", "2026-", "Nov ", "http://", "/", "../", "?a=", "%", "#", ".", ":", "ä", "\U0001f600"),
)
MARKUP = (
    *(
        "<",
        ">",
        "<>",
        "<a",
        "<a ",
        "<a>",
        "</a>",
        "<p>",
        "</p>",
        "<br>",
        "<b><i>",
        "<p a='",
        '<p a="',
        "<p a='\"",
        "<p a=b",
        "<!--",
    ),
    *(
        "<!-->",
        "-->",
        "<!",
        "<?",
        "<script>",
        "</script>",
        "<script",
        "<style></style>",
        "<pre>",
        "<pre></pre>",
        "</pre>",
    ),
    *(
        "<svg><svg>",
        "<td>",
        "<table><tr><td>",
        "<a hidden>",
        "<a hidden ",
        "hidden",
        "<a display: none",
        "<o:p>",
        "&",
        "&#",
    ),
    *(
        "&amp;",
        "&lt;p&gt;",
        "&lt;/p&gt;",
        " ",
        "\n",
        "\n\n\n",
        "\t \n",
        "\u00a0",
        "word ",
        "W. ",
        "\ue001",
        "PARIS (AP) - ",
        "July 28 ",
    ),
    *(
        "Updated: ",
        "EMBARGOED ",
        "Read more\n",
        "(",
        '"',
        "on Tuesday ",
        "---\n",
        "By Ada Quay\n",
        "© 2026 ",
        "Editor's note: ",
    ),
)


async def is_bearable(parsers: Parsers, body: str) -> bool:
    """Whether the body is read, or refused for what it is and not for the time it takes."""
    try:
        await parsers.feed(body.encode())
    except ContentRefused as refusal:
        return "too long" not in str(refusal) and "broke its parser" not in str(refusal)
    return True


@pytest.mark.parametrize("name", DOCUMENTS)
async def test_a_document_of_a_megabyte(parsers: Parsers, name: str) -> None:
    """FAULTS cases 13 and 15."""
    assert await is_bearable(parsers, DOCUMENTS[name])


@pytest.mark.parametrize("unit", FIELDS, ids=repr)
async def test_a_field_of_a_megabyte(parsers: Parsers, unit: str) -> None:
    """FAULTS case 13, finding 1."""
    text = much(unit).replace("&", "&amp;").replace("<", "&lt;")
    for names in (("title", "link", "guid"), ("author", "pubDate", "ttl")):
        assert await is_bearable(parsers, item("".join(f"<{name}>{text[:SIZE]}</{name}>" for name in names)))


@pytest.mark.parametrize("unit", MARKUP, ids=repr)
async def test_a_text_of_a_megabyte(parsers: Parsers, unit: str) -> None:
    """FAULTS cases 13 and 26."""
    assert await is_bearable(parsers, described(much(unit)))
