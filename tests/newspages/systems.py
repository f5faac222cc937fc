"""Pages as well-known kinds of publishing systems build them, with the classes and boxes that are typical of each."""

from datetime import UTC, datetime

from tests.newspages.prose import STORIES
from tests.newspages.shapes import FOOTER, NAV, NewsPage, document, paragraphs

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)


def weblog() -> NewsPage:
    """A weblog system: share buttons, related posts and comments as its plugins write them."""
    story = STORIES["bakery"]
    body = (
        '<div id="page" class="site"><header id="masthead" class="site-header"><p class="site-title">Lantern '
        "Street</p></header>"
        '<main id="main" class="site-main"><article id="post-17" class="post-17 post type-post status-publish hentry '
        'category-trades tag-bread comments-open"><header class="entry-header"><h1 class="entry-title">The oven '
        "that went cold</h1>"
        '<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" '
        'datetime="2026-11-20T12:00:00+00:00">November 20, 2026</time></span><span class="byline"> by <span '
        'class="author '
        f'vcard"><a class="url fn n" href="/author/jana">Jana Novak</a></span></span></div></header><div '
        f'class="entry-content">'
        f'{"".join(paragraphs(story))}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share '
        f"this:</h3><ul><li>"
        '<a href="#">Twitter</a></li><li><a href="#">Facebook</a></li></ul></div><div id="jp-relatedposts" '
        'class="jp-relatedposts"><h3>Related</h3><p><a href="/1">Bread by night</a> In "Trades"</p></div></div><footer '
        'class="entry-footer"><span class="cat-links">Posted in <a href="/c">Trades</a></span></footer></article><nav '
        'class="navigation post-navigation"><a href="/p">Previous: Bread by night</a></nav><div id="comments" '
        'class="comments-area"><h2 class="comments-title">2 thoughts on “The oven that went cold”</h2><ol '
        'class="comment-list">'
        '<li id="comment-1" class="comment even"><article class="comment-body"><p>He baked the rolls for my '
        "wedding, and "
        "they were still warm when we came back from the church.</p></article></li></ol><div id='respond' "
        'class="comment-respond"><h3>Leave a Reply</h3><p>Your email address will not be published. Required '
        "fields are marked *"
        '</p></div></div></main><aside id="secondary" class="widget-area"><section class="widget"><h2>Recent '
        "Posts</h2><ul><li>"
        '<a href="/2">A list on the door</a></li></ul></section></aside></div>'
    )
    head = "<title>The oven that went cold – Lantern Street</title>"
    return NewsPage(
        "weblog",
        document(body, head),
        story,
        title="The oven that went cold",
        byline="Jana Novak",
        published=NOON,
        language="en",
        absent=("wedding", "Required fields", "Bread by night"),
    )


def fields() -> NewsPage:
    """A system of fields: every paragraph list in three divisions, the lead in a field of its own."""
    story = STORIES["rail"]
    body = (
        f'{NAV}<div class="region region-content"><div class="node node--type-article node--view-mode-full"><h1 '
        f'class="page-header">'
        '<span class="field field--name-title">Closure in July</span></h1><div class="node__content"><div class="field '
        'field--name-field-author field--type-string"><div class="field__label">Author</div><div '
        'class="field__item">Jon Weld</div>'
        '</div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary '
        "field--label-hidden "
        f'field__item">{"".join(paragraphs(story))}</div><div class="field field--name-field-tags"><div '
        f'class="field__label">Tags'
        '</div><div class="field__item"><a href="/t">Rail</a></div></div></div></div></div>' + FOOTER
    )
    return NewsPage(
        "fields",
        document(body, "<title>Closure in July | Valley Post</title>"),
        story,
        title="Closure in July",
        byline="Jon Weld",
        language="en",
    )


def blocks() -> NewsPage:
    """A broadcaster: every paragraph is a block of its own, with an image and a block of links among them."""
    story = STORIES["glacier"]
    made = [
        f'<div data-component="text-block" class="ssrcss-7uxr49-RichTextContainer e5tfeyi1"><p '
        f'class="ssrcss-1q0x1qg-Paragraph eq5iqo00">{text}</p></div>'
        for text in story
    ]
    made.insert(
        1,
        '<figure data-component="image-block"><img src="/i.jpg"><figcaption><span class="visually-hidden">Image '
        "caption, </span>The ice above Sarn in March</figcaption></figure>",
    )
    made.insert(
        3,
        '<div data-component="links-block" class="ssrcss-LinksBlock"><ul><li><a href="/1">Town with two '
        'springs</a></li><li><a href="/2">How ice is measured</a></li></ul></div>',
    )
    body = (
        f'{NAV}<main id="main-content"><article class="ssrcss-pv1rh6-ArticleWrapper"><header><h1 '
        f'id="main-heading">A river behind a wall</h1>'
        f'<div data-component="byline-block"><span>By <strong>Ada Quay</strong></span></div></header>{"".join(made)}'
        '<section data-component="topic-list"><h2>More on this story</h2></section></article></main>' + FOOTER
    )
    return NewsPage(
        "blocks",
        document(body, "<title>A river behind a wall - Valley Broadcasting</title>"),
        story,
        title="A river behind a wall",
        language="en",
        absent=("Town with two springs", "ice above Sarn"),
        byline="Ada Quay",
    )


def letter() -> NewsPage:
    """A newsletter platform: buttons and widgets to subscribe between the paragraphs."""
    story = STORIES["library"]
    made = paragraphs(story)
    made.insert(
        2,
        '<div class="subscription-widget-wrap"><div class="subscription-widget"><div class="preamble"><p '
        'class="cta-caption">Hill Letters is a reader-supported publication. To receive new posts and support my '
        "work, consider becoming a free or paid subscriber.</p></div><form><input "
        'type="email"><button>Subscribe</button></form></div></div>',
    )
    made.append('<p class="button-wrapper"><a class="button primary" href="/share"><span>Share</span></a></p>')
    body = (
        f'<div class="main-menu"><a href="/">Hill Letters</a></div><article class="typography newsletter-post '
        f'post"><div class="post-header"><h1 class="post-title published">The last loan</h1>'
        f'<h3 class="subtitle">On a library in the hills</h3></div><div><div class="available-content"><div '
        f'dir="auto" class="body markup">{"".join(made)}</div></div></div></article>'
        '<div class="comments-page"><h4>Discussion about this post</h4><p>I borrowed my first book there in the '
        "winter of the great snow, on a sledge.</p></div>"
    )
    return NewsPage(
        "letter",
        document(body, "<title>The last loan - by Margit - Hill Letters</title>"),
        ("On a library in the hills", *story),
        title="The last loan",
        language="en",
        absent=("reader-supported", "great snow"),
    )


def tabloid() -> NewsPage:
    """A tabloid: teasers with pictures in the text, a poll, a video player."""
    story = STORIES["harbour"]
    made = paragraphs(story, "p", ' class="mol-para-with-font"')
    made.insert(
        1,
        '<div class="artSplitter mol-img-group"><div class="mol-img"><img src="/i.jpg"></div><p '
        'class="imageCaption">The channel at low tide, where herring pass</p></div>',
    )
    made.insert(
        3,
        '<div class="mol-article-teaser related-carousel"><h3>RELATED ARTICLES</h3><ul><li><a href="/1">Captain, '
        '61, bought ferry on a bet</a></li><li><a href="/2">Lighthouse keeper found letter in '
        "bottle</a></li></ul></div>",
    )
    made.insert(
        5,
        '<div class="vjs-video-container"><p class="vjs-no-js">To view this video please enable JavaScript, and '
        "consider upgrading to a web browser that supports HTML5 video</p></div>",
    )
    made.insert(
        6,
        '<div class="poll"><h4>Poll</h4><p>Should the channel be '
        "widened?</p><button>Yes</button><button>No</button></div>",
    )
    body = (
        f'{NAV}<div class="article-text wide"><h1>Channel to be widened</h1><p class="author-section '
        f'byline-plain">By <a href="/ada" class="author" rel="nofollow">Ada Quay</a></p><p '
        f'class="byline-section"><span class="article-timestamp article-timestamp-published">Published: <time '
        f'datetime="2026-11-20T12:00:00+0000">12:00 GMT, 20 November 2026</time></span></p><div '
        f'itemprop="articleBody">{"".join(made)}</div></div><div class="reader-comments"><p>What a waste of '
        f"money, as always in this town, says everybody I know.</p></div>{FOOTER}"
    )
    return NewsPage(
        "tabloid",
        document(body, "<title>Channel to be widened | Harbour Mail Online</title>"),
        story,
        title="Channel to be widened",
        byline="Ada Quay",
        published=NOON,
        language="en",
        absent=("bought ferry", "upgrading", "low tide", "waste of money"),
    )


def agency() -> NewsPage:
    """A news agency: dateline, signs of the desk, credits behind the last paragraph, terms of use."""
    story = STORIES["rail"]
    body = (
        f'{NAV}<div class="story"><h1>Bridge to close for eleven days</h1><div class="article-date">20 November '
        f"2026 12:00 UTC</div>{''.join(paragraphs(story))}<p>Reporting by Ada Quay; Editing by Bo Dyke</p><p>Our "
        f"Standards: The Valley Wire Principles.</p><p>© 2026 Valley Wire. All rights reserved.</p></div>{FOOTER}"
    )
    return NewsPage(
        "agency",
        document(body, "<title>Bridge to close for eleven days | Valley Wire</title>"),
        story,
        title="Bridge to close for eleven days",
        published=NOON,
        language="en",
        absent=("Bo Dyke", "Principles"),
    )


def magazine() -> NewsPage:
    """A magazine: drop cap, pull quote that repeats the text, section breaks, footnotes, an end note on the author."""
    story = STORIES["library"]
    made = [f"<p>{text}</p>" for text in story]
    made[0] = (
        '<p class="has-dropcap"><span class="first-letter">A</span> library'
        + story[0].removeprefix("A library")
        + "</p>"
    )
    made.insert(2, '<aside class="pullquote"><p>Children came on foot, over the pass</p></aside>')
    made.insert(4, "<p>***</p>")
    body = (
        f'{NAV}<article><h1>The last loan</h1><div class="article__body">{"".join(made)}<p '
        f'class="article__author-note"><em>Margit Lund is a writer who lives in the '
        f"hills.</em></p></div></article>{FOOTER}"
    )
    return NewsPage(
        "magazine",
        document(body, "<title>The last loan</title>"),
        story,
        title="The last loan",
        language="en",
        absent=("Margit Lund",),
    )


def government() -> NewsPage:
    """A ministry: breadcrumb, language links, the text in a cell of a table, contacts and a print link below."""
    story = STORIES["german"]
    body = (
        f'<div id="skip"><a href="#content">Zum Inhalt springen</a></div>{NAV}<p class="breadcrumb">Sie sind '
        f'hier: <a href="/">Start</a> &gt; <a href="/p">Presse</a></p><table><tr><td><ul><li><a '
        f'href="/de">Deutsch</a></li><li><a href="/en">English</a></li></ul></td><td id="content"><h1>Tiefenau '
        f"behält seine Fähre</h1><p>20.11.2026</p>{''.join(paragraphs(story))}<p>Pressekontakt: Gemeinde "
        f'Tiefenau, Telefon 0000 000000, presse@tiefenau.example</p><p><a href="#">Seite drucken</a> | <a '
        f'href="#top">nach oben</a></p></td></tr></table>{FOOTER}'
    )
    return NewsPage(
        "government",
        document(body, "<title>Tiefenau behält seine Fähre - Gemeinde Tiefenau</title>", "de"),
        story,
        title="Tiefenau behält seine Fähre",
        published=MIDNIGHT,
        language="de",
        absent=("Pressekontakt", "drucken", "Sie sind hier"),
    )


SYSTEMS = (weblog, fields, blocks, letter, tabloid, agency, magazine, government)
