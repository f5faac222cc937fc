"""The shapes: each takes a story of ours and puts it where a kind of site puts its articles, among what stands there.

`text` is what a reader would copy as the article: no title, byline, date, caption, box, or comment. `absent` are words
of the page that must not be taken for it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.newspages.prose import STORIES


@dataclass(frozen=True)
class NewsPage:
    """A page, and what it holds."""

    name: str
    html: str
    text: tuple[str, ...]
    title: str = "Channel to be widened"
    byline: str | None = None
    published: datetime | None = None
    site_name: str | None = None
    language: str | None = None
    absent: tuple[str, ...] = field(default=())


def shapes() -> Iterator[NewsPage]:
    """All of them."""
    for shape in _SHAPES:
        yield shape()


_SHAPES: list[Callable[[], NewsPage]] = []
NAV = (
    '<nav class="site-nav"><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">'
    'Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav>'
)
FOOTER = (
    "<footer><p>© 2026 Harbour News. All rights reserved. No part of this site may be copied without our "
    "permission.</p>"
    '<ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>'
)
_COOKIES = (
    '<div id="cookie-banner" class="cc-window"><p>We and our 214 partners store and access information on your '
    "device, such "
    "as cookies, to show you personalised advertising and to measure what you read. You can change your mind at "
    "any time.</p>"
    "<button>Accept all</button><button>Settings</button></div>"
)
_RELATED = (
    '<div class="related"><h3>Related stories</h3><ul><li><a href="/1">Ferry captain retires after forty years</a></li>'
    '<li><a href="/2">Why the lighthouse went dark for a night</a></li><li><a href="/3">Herring prices fall '
    "again</a></li>"
    "</ul></div>"
)
_COMMENTS = (
    '<section id="comments" class="comments"><h2>Comments (3)</h2><div class="comment"><p '
    'class="who">netmender</p><p>I have '
    "fished that channel for thirty years and nobody ever asked me anything. This will end in court, mark my "
    "words, and we "
    'will all pay for it in the end.</p></div><div class="comment"><p class="who">gull_watch</p><p>Finally! The '
    "old channel "
    "was a danger to everybody, and those who complain now never came to a single meeting about it.</p></div></section>"
)
_DAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def _shape(builder: Callable[[], NewsPage]) -> Callable[[], NewsPage]:
    _SHAPES.append(builder)
    return builder


def paragraphs(texts: tuple[str, ...], tag: str = "p", attributes: str = "") -> list[str]:
    """Texts as elements."""
    return [f"<{tag}{attributes}>{text}</{tag}>" for text in texts]


def document(body: str, head: str = "<title>Channel to be widened</title>", lang: str = "en") -> str:
    """A whole page."""
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


@_shape
def semantic() -> NewsPage:
    """As the standard has it: header, main, article, aside."""
    story = STORIES["harbour"]
    head = (
        '<title>Channel to be widened | Harbour News</title><meta property="og:site_name" content="Harbour News">'
        '<meta property="article:published_time" content="2026-11-20T14:00:00+02:00"><meta name="author" '
        'content="Ada Quay">'
    )
    body = (
        f"<header>{NAV}</header><main><article><header><h1>Channel to be widened</h1><p class='byline'>By Ada Quay</p>"
        f"<time datetime='2026-11-20T14:00:00+02:00'>20 November "
        f"2026</time></header>{''.join(paragraphs(story))}</article>"
        f"<aside>{_RELATED}</aside></main>{FOOTER}"
    )
    return NewsPage(
        "semantic",
        document(body, head),
        story,
        byline="Ada Quay",
        published=_DAY,
        site_name="Harbour News",
        language="en",
        absent=("Ferry captain", "All rights reserved", "Weather"),
    )


@_shape
def div_soup() -> NewsPage:
    """Nothing but divisions with names that machines gave them."""
    story = STORIES["rail"]
    blocks = paragraphs(story, "div", ' class="css-1k9x2bar e1q7"')
    blocks.insert(2, '<div class="css-77ads"><div>Advertisement</div></div>')
    body = (
        '<div id="root"><div class="css-0a1"><div class="css-9zz"><a href="/">Home</a><a href="/rail">Rail</a><a '
        'href="/road">Road</a></div><div class="css-4kk"><div class="css-5t"><h1 class="css-h1">Bridge to be '
        "lifted by a "
        f'centimetre</h1><div class="css-by"><span>Jon Weld</span></div></div><div '
        f'class="css-body">{"".join(blocks)}</div>'
        '</div><div class="css-9ft"><a href="/a">About us</a><a href="/b">Advertise</a><a '
        'href="/c">Careers</a></div></div></div>'
    )
    return NewsPage(
        "div soup",
        document(body, "<title>Bridge to be lifted by a centimetre - The Valley Post</title>"),
        story,
        title="Bridge to be lifted by a centimetre",
        language="en",
        absent=("Advertise", "Careers"),
    )


@_shape
def boxes_in_the_middle() -> NewsPage:
    """Related stories, a newsletter form and a share line between the paragraphs."""
    story = STORIES["glacier"]
    blocks = paragraphs(story)
    blocks.insert(3, '<p><strong>Read more:</strong> <a href="/spring">How the town found its spring</a></p>')
    blocks.insert(2, _RELATED)
    blocks.insert(
        2,
        '<div class="newsletter-signup"><h4>The Morning Tide</h4><p>Sign up for our newsletter and get the most '
        "important "
        'stories of the day in your inbox every morning.</p><input type="email"><button>Sign up</button></div>',
    )
    blocks.insert(
        1, '<p class="share"><a href="#">Share on Facebook</a> <a href="#">Tweet</a> <a href="#">Email</a></p>'
    )
    body = f"{NAV}<article><h1>A river behind a wall</h1>{''.join(blocks)}</article>{_COMMENTS}{FOOTER}"
    return NewsPage(
        "boxes in the middle",
        document(body, "<title>A river behind a wall</title>"),
        story,
        title="A river behind a wall",
        language="en",
        absent=("Ferry captain", "inbox", "Tweet", "netmender", "How the town found"),
    )


@_shape
def comments_longer_than_the_story() -> NewsPage:
    """A short story, and readers who say more than it does."""
    story = STORIES["bakery"][:2]
    body = (
        f"{NAV}<div class='post'><h1>The oven that went cold</h1><div "
        f"class='entry-content'>{''.join(paragraphs(story))}</div>"
        f"</div>{_COMMENTS.replace('</section>', '')}{_COMMENTS[60:]}{FOOTER}"
    )
    return NewsPage(
        "comments longer than the story",
        document(body, "<title>The oven that went cold</title>"),
        story,
        title="The oven that went cold",
        language="en",
        absent=("fished that channel", "Finally!"),
    )


@_shape
def cookie_notice_first() -> NewsPage:
    """A banner above everything, longer than any paragraph."""
    story = STORIES["library"]
    body = f"{_COOKIES}{NAV}<main><h1>The last loan</h1>{''.join(paragraphs(story))}</main>{FOOTER}"
    return NewsPage(
        "cookie notice first",
        document(body, "<title>The last loan – Hill Gazette</title>"),
        story,
        title="The last loan",
        language="en",
        absent=("214 partners", "Accept all"),
    )


@_shape
def live_blog() -> NewsPage:
    """Entries with times, the newest first."""
    story = STORIES["rail"]
    entries = "".join(
        f'<div class="live-entry"><h3>{title}</h3><span class="stamp">{9 + number}:15</span><p>{text}</p></div>'
        for number, (title, text) in enumerate(
            zip(("First buses have left", "Bridge is up", "What comes next"), story[:3], strict=True)
        )
    )
    body = f"{NAV}<article><h1>Bridge day: as it happened</h1><div class='live'>{entries}</div></article>{FOOTER}"
    return NewsPage(
        "live blog",
        document(body, "<title>Bridge day: as it happened</title>"),
        ("First buses have left", story[0], "Bridge is up", story[1], "What comes next", story[2]),
        title="Bridge day: as it happened",
        language="en",
        absent=("Weather",),
    )


@_shape
def lists() -> NewsPage:
    """A guide whose substance are lists."""
    steps = (
        "Take the 7:40 bus from the north gate, not the one from the square.",
        "Change at the mill, where the driver waits for late passengers.",
        "Keep the ticket: it is valid for the way back until midnight.",
    )
    things = ("A coat against the wind on the bridge", "Coins, since no machine takes cards", "Patience")
    intro, middle = STORIES["rail"][0], STORIES["rail"][4]
    body = (
        f"{NAV}<article><h1>How to get across in "
        f"July</h1><p>{intro}</p><ol>{''.join(paragraphs(steps, 'li'))}</ol><p>{middle}</p>"
        f"<h2>What to bring</h2><ul>{''.join(paragraphs(things, 'li'))}</ul></article>{FOOTER}"
    )
    return NewsPage(
        "lists",
        document(body, "<title>How to get across in July</title>"),
        (intro, *steps, middle, "What to bring", *things),
        title="How to get across in July",
        language="en",
    )


@_shape
def table() -> NewsPage:
    """Results of a vote in a table."""
    rows = (
        ("Ward", "For", "Against"),
        ("North quay", "412", "96"),
        ("Old town", "377", "401"),
        ("Mill hill", "208", "55"),
    )
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    story = STORIES["harbour"]
    body = (
        f"{NAV}<article><h1>Channel to be "
        f"widened</h1><p>{story[0]}</p><p>{story[1]}</p><table>{cells}</table><p>{story[4]}</p>"
        f"</article>{FOOTER}"
    )
    return NewsPage(
        "table", document(body), (story[0], story[1], *(" ".join(row) for row in rows), story[4]), language="en"
    )


@_shape
def pictures() -> NewsPage:
    """Figures with captions and credits, as elements made for them and as paragraphs with a class."""
    story = STORIES["library"]
    blocks = paragraphs(story)
    blocks.insert(
        3,
        '<div class="image-wrap"><img src="/b.jpg"><p class="caption">Margit Olsen at her desk in 1994. Photo: '
        "Hill Archive</p></div>",
    )
    blocks.insert(
        1,
        '<figure><img src="/a.jpg"><figcaption>The library in snow. <span>Photograph: Ivar '
        "Lund</span></figcaption></figure>",
    )
    body = f"{NAV}<article><h1>The last loan</h1>{''.join(blocks)}</article>{FOOTER}"
    return NewsPage(
        "pictures",
        document(body, "<title>The last loan</title>"),
        story,
        title="The last loan",
        language="en",
        absent=("Ivar Lund", "Hill Archive"),
    )


@_shape
def embedded_post() -> NewsPage:
    """A post of somebody else in the middle, and a quotation that belongs to the story."""
    story = STORIES["glacier"]
    quote = "We listened for nine weeks, and the wall never fell silent."
    blocks = paragraphs(story)
    blocks.insert(3, f"<blockquote><p>{quote}</p></blockquote>")
    blocks.insert(
        2,
        '<blockquote class="twitter-tweet"><p>Nine weeks on the ice and I miss my bath tub #sarn</p>&mdash; Ice Group '
        '(@icegroup) <a href="https://twitter.example/1">November 3, 2026</a></blockquote><script async '
        'src="/w.js"></script>',
    )
    body = f"{NAV}<article><h1>A river behind a wall</h1>{''.join(blocks)}</article>{FOOTER}"
    return NewsPage(
        "embedded post",
        document(body, "<title>A river behind a wall</title>"),
        (*story[:2], story[2], quote, story[3]),
        title="A river behind a wall",
        language="en",
    )


@_shape
def line_breaks_only() -> NewsPage:
    """A page without one paragraph element, as it was done in 1999."""
    story = STORIES["bakery"]
    body = (
        "<table width=100%><tr><td width=150><a href=/>Home</a><br><a href=/n>News</a><br><a href=/l>Links</a></td><td>"
        f"<font size=5><b>The oven that went cold</b></font><br><br>{'<br><br>'.join(story)}<br><br></td></tr></table>"
        "<center><font size=1>Best viewed with 800 x 600</font></center>"
    )
    return NewsPage(
        "line breaks only",
        document(body, "<title>The oven that went cold</title>"),
        story,
        title="The oven that went cold",
        language="en",
        absent=("800 x 600",),
    )


@_shape
def whole_page_in_a_form() -> NewsPage:
    """As some servers build every page."""
    story = STORIES["rail"]
    body = (
        f'<form method="post" action="./a.aspx" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" '
        f'value="x">{NAV}<div id="ctl00_Main">'
        f"<h1>Bridge to be lifted by a centimetre</h1>{''.join(paragraphs(story))}</div>{FOOTER}</form>"
    )
    return NewsPage(
        "whole page in a form",
        document(body, "<title>Bridge to be lifted by a centimetre</title>"),
        story,
        title="Bridge to be lifted by a centimetre",
        language="en",
    )


@_shape
def marked_up_words() -> NewsPage:
    """Times, names and abbreviations in elements of their own, a large first letter, a name in a link."""
    story = STORIES["harbour"]
    blocks = paragraphs(story)
    blocks[0] = (
        blocks[0]
        .replace("<p>T", '<p><span class="dropcap">T</span>', 1)
        .replace("Tuesday", '<time datetime="2026-11-17">Tuesday</time>')
    )
    blocks[2] = (
        blocks[2]
        .replace("Ilse Brandt", '<a href="/people/brandt">Ilse Brandt</a>')
        .replace("herring", "<abbr title='Clupea'>herring</abbr>")
    )
    blocks[4] = blocks[4].replace("the mayor", "<label>the mayor</label>")
    body = f"{NAV}<article><h1>Channel to be widened</h1>{''.join(blocks)}</article>{FOOTER}"
    return NewsPage("marked up words", document(body), story, language="en")


@_shape
def short_news() -> NewsPage:
    """Two sentences, as agencies send them."""
    story = STORIES["council"]
    body = f"{NAV}<article><h1>Roof of the school to be mended</h1>{''.join(paragraphs(story))}</article>"
    body += _RELATED + FOOTER
    return NewsPage(
        "short news",
        document(body, "<title>Roof of the school to be mended</title>"),
        story,
        title="Roof of the school to be mended",
        language="en",
        absent=("Herring prices",),
    )


@_shape
def interview() -> NewsPage:
    """Questions in bold, answers below them."""
    questions = ("When did you first notice that the oven was cold?", "And what did your customers say?")
    answers = STORIES["bakery"][2:4]
    pairs = "".join(f"<p><strong>{q}</strong></p><p>{a}</p>" for q, a in zip(questions, answers, strict=True))
    body = f"{NAV}<article><h1>A list on the door</h1><p>{STORIES['bakery'][1]}</p>{pairs}</article>{FOOTER}"
    return NewsPage(
        "interview",
        document(body, "<title>A list on the door</title>"),
        (STORIES["bakery"][1], questions[0], answers[0], questions[1], answers[1]),
        title="A list on the door",
        language="en",
    )


@_shape
def second_article_below() -> NewsPage:
    """A page that loads the next story under the first one."""
    story, other = STORIES["harbour"], STORIES["library"]
    body = (
        f"{NAV}<article class='story'><h1>Channel to be widened</h1>{''.join(paragraphs(story))}</article>"
        f"<div class='infinite-scroll'><article class='story'><h2>The last "
        f"loan</h2>{''.join(paragraphs(other))}</article></div>{FOOTER}"
    )
    return NewsPage(
        "second article below",
        document(body),
        story,
        language="en",
        absent=("Margit Olsen", "eleven thousand volumes"),
    )


@_shape
def cards_above() -> NewsPage:
    """Teasers of other stories in `article` elements before the story itself."""
    story = STORIES["glacier"]
    cards = "".join(
        f'<article class="card"><a href="/{n}"><h3>{title}</h3><p>{text}</p></a></article>'
        for n, (title, text) in enumerate(
            (
                ("Ferry captain retires", "After forty years he goes ashore."),
                ("Herring falls", "Prices are down by a fifth."),
            )
        )
    )
    article = f"<article><h1>A river behind a wall</h1>{''.join(paragraphs(story))}</article>"
    body = f"{NAV}<section class='top'>{cards}</section>{article}{FOOTER}"
    return NewsPage(
        "cards above",
        document(body, "<title>A river behind a wall</title>"),
        story,
        title="A river behind a wall",
        language="en",
        absent=("goes ashore", "down by a fifth"),
    )


@_shape
def code_in_the_text() -> NewsPage:
    """A technical post."""
    story = (
        "The release of the tide table library changes how stations are named, which breaks programs that relied "
        "on numbers.",
        "Stations are now looked up by a short name, and an unknown name raises an error instead of returning nothing:",
        'station = tides.find("sarn")\nprint(station.next_high_water())',
        "Those who cannot change their programs yet may pin the old version, which will get corrections until June.",
    )
    body = (
        f"{NAV}<article class='post-content'><h1>Tide tables "
        f"3.0</h1><p>{story[0]}</p><p>{story[1]}</p><pre><code>{story[2]}</code></pre>"
        f"<p>{story[3]}</p></article>{FOOTER}"
    )
    return NewsPage(
        "code in the text",
        document(body, "<title>Tide tables 3.0</title>"),
        story,
        title="Tide tables 3.0",
        language="en",
    )


@_shape
def press_release() -> NewsPage:
    """With whom to call at its end."""
    story = STORIES["rail"]
    contact = "<p>Media contact: Dana Roth, +49 30 0000000, press@valley-rail.example</p>"
    body = f"{NAV}<main><h1>Closure in July</h1>{''.join(paragraphs(story))}{contact}</main>{FOOTER}"
    return NewsPage(
        "press release",
        document(body, "<title>Closure in July</title>"),
        story,
        title="Closure in July",
        language="en",
        absent=("press@valley-rail.example",),
    )


@_shape
def tags_and_author_box() -> NewsPage:
    """What follows a story: topics, who wrote it, what to read next, where to follow."""
    story = STORIES["bakery"]
    body = (
        f"{NAV}<article><h1>The oven that went cold</h1><div class='content__body'>{''.join(paragraphs(story))}"
        "<p>Topics: <a href='/t/1'>Bread</a>, <a href='/t/2'>Energy</a>, <a href='/t/3'>Lantern Street</a></p>"
        "<p>Follow us on <a href='#'>Mastodon</a> and <a href='#'>Instagram</a> for more stories.</p>"
        "<p><em>Jana Novak writes about trades and what becomes of them. She lives above a shop.</em></p>"
        f"</div></article>{FOOTER}"
    )
    return NewsPage(
        "tags and author box",
        document(body, "<title>The oven that went cold</title>"),
        story,
        title="The oven that went cold",
        language="en",
        absent=("Mastodon", "Topics:"),
    )


@_shape
def wide_site() -> NewsPage:
    """A long list of links on both sides, as portals have it."""
    story = STORIES["harbour"]
    links = "".join(
        f'<li><a href="/l/{n}">Something that happened in district number {n} last week</a></li>' for n in range(120)
    )
    body = (
        f"<div class='left'><ul>{links}</ul></div><div class='middle'><h1>Channel to be "
        f"widened</h1>{''.join(paragraphs(story))}</div>"
        f"<div class='right'><ul>{links}</ul></div>{FOOTER}"
    )
    return NewsPage("wide site", document(body), story, language="en", absent=("district number 7",))


@_shape
def sections() -> NewsPage:
    """A long read under headings, each part in a division of its own."""
    harbour, library = STORIES["harbour"], STORIES["library"]
    parts = "".join(
        f"<div class='chunk'><h2>{head}</h2>{''.join(paragraphs(texts))}</div>"
        for head, texts in (("The vote", harbour[:3]), ("The money", harbour[3:]), ("The hills", library[:3]))
    )
    body = f"{NAV}<main><h1>What a valley decides</h1><div class='longread'>{parts}</div></main>{FOOTER}"
    return NewsPage(
        "sections",
        document(body, "<title>What a valley decides</title>"),
        ("The vote", *harbour[:3], "The money", *harbour[3:], "The hills", *library[:3]),
        title="What a valley decides",
        language="en",
    )


def _in_language(name: str, lang: str, title: str, more: str, related: str, tail: str) -> NewsPage:
    """A story in another language with a line to another story, a related one and a last line in it."""
    story = STORIES[name]
    blocks = paragraphs(story)
    blocks.insert(3, f'<p>{more}: <a href="/x">{related}</a></p>')
    direction = ' dir="rtl"' if lang == "ar" else ""
    body = f"{NAV}<article{direction}><h1>{title}</h1>{''.join(blocks)}<p>{tail}</p></article>{FOOTER}"
    return NewsPage(
        name,
        document(body, f"<title>{title}</title>", lang),
        story,
        title=title,
        language=lang,
        absent=(related, tail),
    )


_LANGUAGES = (
    (
        "german",
        "de",
        "Tiefenau behält seine Fähre",
        "Lesen Sie auch",
        "Warum Neustadt keine Brücke wollte",
        "Quelle: dpa",
    ),
    (
        "french",
        "fr",
        "Vallombreuse rouvre sa source",
        "Lire aussi",
        "Les fontaines oubliées de la vallée",
        "Partager cet article",
    ),
    (
        "spanish",
        "es",
        "Peñalba vuelve a las encinas",
        "Te puede interesar",
        "El verano en que ardió la sierra",
        "Suscríbete a nuestro boletín",
    ),
    (
        "italian",
        "it",
        "La torre ricomincia a contare",
        "Leggi anche",
        "Gli emigrati che pagarono la campana",
        "© Riproduzione riservata",
    ),
    (
        "portuguese",
        "pt",
        "Do cinema à escola de música",
        "Leia também",
        "O último filme da praça",
        "Siga-nos no Facebook",
    ),
    (
        "dutch",
        "nl",
        "Waterhorn stopt met verven",
        "Lees ook",
        "De brug die niemand rood wilde",
        "Volg ons op Instagram",
    ),
    (
        "russian",
        "ru",
        "Мельница снова будет молоть",
        "Читайте также",
        "Сорок лет без воды",
        "Подписывайтесь на наш канал",
    ),
    ("arabic", "ar", "السوق القديمة تفتح أبوابها", "اقرأ أيضا", "تجار ينتظرون منذ سنوات", "تابعونا على فيسبوك"),
    ("chinese", "zh", "旧渡口将重新开放", "延伸阅读", "老人为什么怕过桥", "责任编辑：王小明"),
    ("japanese", "ja", "灯台を公開へ", "関連記事", "嵐の夜に光った灯台", "【関連ニュース】"),
)


def _language_shape(arguments: tuple[str, str, str, str, str, str]) -> Callable[[], NewsPage]:
    return lambda: _in_language(*arguments)


_SHAPES += [_language_shape(arguments) for arguments in _LANGUAGES]
