"""What is taken out of a page before its text is looked for, and what must stay."""

import pytest

from bot.ingest.pages.page import page
from bot.ingest.pages.pruning import MAX_DEPTH, MAX_ELEMENTS, collapsed
from bot.ingest.values import Unreadable
from tests.newspages import STORIES

STORY = STORIES["harbour"]
BEFORE, AFTER = ("".join(f"<p>{paragraph}</p>" for paragraph in part) for part in (STORY[:3], STORY[3:]))
SENTENCE = "The ferry to the northern quay will not run on the days on which the dredger works, the council said."


def text_with(markup: str, *, around: str = "<article><h1>Channel to be widened</h1>{}</article>") -> str:
    body = around.format(f"{BEFORE}{markup}{AFTER}")
    found: str = page(None, None, f"<html><body>{body}</body></html>".encode())["text"]
    return found


BOXES = [
    '<div class="comments"><p>{}</p></div>',
    '<section id="comments"><p>{}</p></section>',
    '<ol class="comment-list"><li>{}</li></ol>',
    '<div id="disqus_thread"><p>{}</p></div>',
    '<div class="post-comments"><p>{}</p></div>',
    '<div class="related-stories"><p>{}</p></div>',
    '<div class="box newsletter-signup"><p>{}</p></div>',
    '<p class="wp-caption-text">{}</p>',
    '<div class="image-credit">{}</div>',
    '<blockquote class="twitter-tweet"><p>{}</p></blockquote>',
    '<div class="cookie-notice"><p>{}</p></div>',
    '<div class="author-bio"><p>{}</p></div>',
    '<div class="advertisement"><p>{}</p></div>',
    '<p class="footer-note">{}</p>',
    '<p class="site_copyright">{}</p>',
    '<div class="relatedStories"><p>{}</p></div>',
    '<p class="imageCaption">{}</p>',
    "<noscript><p>{}</p></noscript>",
    "<template><p>{}</p></template>",
    "<button>{}</button>",
    "<select><option>{}</option></select>",
    '<div style="display:none"><p>{}</p></div>',
    '<div aria-hidden="true"><p>{}</p></div>',
    '<article class="card"><a href="/x"><h3>Ferry</h3><p>{}</p></a></article>',
]


@pytest.mark.parametrize("box", BOXES)
def test_boxes_around_an_article_go(box: str) -> None:
    assert text_with(box.format(SENTENCE)) == "\n\n".join(STORY)


STAYING = [
    '<p class="bar-meta embed">{}</p>',
    '<p class="author-widget">{}</p>',
    '<div class="comments-open"><p>{}</p></div>',
    '<div class="has-comments"><p>{}</p></div>',
    '<div class="no_caption"><p>{}</p></div>',
    '<div class="commentary"><p>{}</p></div>',
    "<p><i class='icon'></i>{}</p>",
    "<p><span></span>{}</p>",
    '<blockquote class="quote"><p>{}</p></blockquote>',
]


@pytest.mark.parametrize("box", STAYING)
def test_paragraphs_stay_whatever_their_class_is(box: str) -> None:
    assert text_with(box.format(SENTENCE)) == "\n\n".join([*STORY[:3], SENTENCE, *STORY[3:]])


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (SENTENCE.replace("ferry", "<!-- a --><a href=/x>ferry</a><!-- b -->"), SENTENCE),
        (SENTENCE.replace("the days", '<time datetime="2026-11-20">the days</time>'), SENTENCE),
        (SENTENCE.replace("council", "<label>council</label>"), SENTENCE),
        (SENTENCE.replace("ferry", "<abbr>ferry</abbr>"), SENTENCE),
        (SENTENCE.replace("ferry", "<wbr>ferry<script>x</script>"), SENTENCE),
        (SENTENCE.replace("ferry", "<span hidden>or not</span>ferry"), SENTENCE),
        (f"{SENTENCE} &amp;amp; so on, it said.", f"{SENTENCE} & so on, it said."),
        (f"{SENTENCE} Write &amp;lt;b&amp;gt; here.", f"{SENTENCE} Write &lt;b&gt; here."),
    ],
)
def test_no_word_of_a_paragraph_is_lost(markup: str, text: str) -> None:
    assert text_with(f"<p>{markup}</p>").split("\n\n")[3] == text


def test_headings_that_link_to_themselves_stay() -> None:
    text = text_with(f'<h2 id="money"><a href="#money">The money</a></h2><p>{SENTENCE}</p>')
    assert f"The money\n\n{SENTENCE}" in text


def test_comments_in_a_listing_are_code() -> None:
    code = '<pre><code><span class="token comment"># the tide</span>\n<span class="tag">print</span>(1)</code></pre>'
    assert "# the tide\nprint(1)" in text_with(code)


def test_a_class_does_not_take_most_of_a_page_away() -> None:
    around = '<h1>Channel to be widened</h1><div class="teaser promo social">{}</div>'
    assert text_with(f"<p>{SENTENCE}</p>", around=around).count("\n\n") == len(STORY)


LEAD = " ".join([SENTENCE] * 3)
"""Long enough to pass for a whole article."""


def _in_parts(first: str, between: str = "") -> str:
    paragraphs = [*STORY, *STORIES["library"], *STORIES["rail"]]
    parts = "".join(
        f"<section><div><div class='article-text'><p>{text}</p></div></div></section>" for text in paragraphs
    )
    lead = f"<section><div class='article-text'><p>{first}</p></div></section>"
    body = f"<html><body><h1>The vote</h1>{lead}{between}<div>{parts}</div></body></html>"
    found: str = page(None, None, body.encode())["text"]
    return found


def test_an_article_in_many_parts_is_found_whole() -> None:
    assert _in_parts(LEAD).split("\n\n") == [LEAD, *STORY, *STORIES["library"], *STORIES["rail"]]


def test_a_lead_that_stands_apart_is_found_too() -> None:
    links = "".join(f"<li><a href='/{n}'>What else happened in district {n}</a></li>" for n in range(20))
    found = _in_parts(LEAD, f"<ul>{links}</ul>").split("\n\n")
    assert found == [LEAD, *STORY, *STORIES["library"], *STORIES["rail"]]


def test_line_breaks_in_long_runs_are_cut_and_others_left() -> None:
    assert collapsed("a<br><br>b" * 300) == "a<br><br>b" * 300
    assert collapsed("a" + "<BR />\n" * 600 + "b") == "a<br><br>b"


def test_bounds_are_wide_enough_for_what_people_write() -> None:
    deep = "<div>" * (MAX_DEPTH - 60) + f"<p>{SENTENCE}</p>" + "</div>" * (MAX_DEPTH - 60)
    assert SENTENCE in text_with(deep)
    assert STORY[0] in text_with("<i>x</i> " * (MAX_ELEMENTS // 20))
    with pytest.raises(Unreadable, match="too many parts"):
        text_with("<div>" * MAX_DEPTH)
    with pytest.raises(Unreadable, match="too many parts"):
        text_with("<i>x</i> " * MAX_ELEMENTS)
