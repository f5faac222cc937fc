"""Simple HTML without a parser gives what the parser gives."""

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.fragments import BLOCKS, SKIPPED, text_of_simple
from bot.ingest.markup import plain_text, text_of_tree

PIECES = (
    *(
        "The council voted",
        " nine to four ",
        "&amp;",
        "&nbsp;",
        "&lt;b&gt;",
        "3 < 5",
        "a > b",
        "\n",
        "  ",
        "<br>",
        "<br/>",
    ),
    *(
        "<p>",
        "</p>",
        "<P class='a'>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<a href='/x'>",
        "</a>",
        "<li>",
        "</li>",
        "<ul>",
    ),
    *(
        "<img src=x alt='a > b'>",
        '<img alt="<b>">',
        '<img alt="it\'s">',
        "<table><tr><td>One</td><td>Two</td></tr></table>",
    ),
    *(
        "<!-- no -->",
        "<!-- open",
        "<script>no()</script>",
        "<script>",
        "<style>p {}</style>",
        "<figcaption>no</figcaption>",
    ),
    *("<pre>a\nb</pre>", "<pre>a\n<code>b\nc</code></pre>", "<p hidden>no</p>", "<p style='display : none'>no</p>"),
    *(
        "<p style='overflow:hidden'>yes</p>",
        "<o:p>x</o:p>",
        "<?php no ?>",
        "<svg><title>no</title></svg>",
        "<iframe src=x>",
    ),
    *(
        "</iframe>",
        "<button>no</button>",
        "<input value=x>",
        "<h2>Head</h2>",
        "<blockquote>Said</blockquote>",
        "<3",
        "<>",
    ),
)
WITHIN_LINES = ("b", "i", "span", "em")
WITHIN = dict.fromkeys(("div", "blockquote"), ("p", "div", "blockquote", "h2", *WITHIN_LINES, "a"))
"""What may stand in an element. A parser mends what stands where it must not, and what comes of that is no rule."""


def written(random_: random.Random, depth: int = 0, around: str = "div") -> str:
    """Markup whose elements are opened and closed as they should be, each where it may stand."""
    if depth > 3 or random_.random() < 0.3:
        return random_.choice(("word ", "two words", "&amp; ", "\n", "<br>", "<img src='x'>", "<!-- no -->", "ä€ "))
    name = random_.choice(WITHIN.get(around, WITHIN_LINES))
    inner = "".join(written(random_, depth + 1, name) for _ in range(random_.randrange(4)))
    attribute = random_.choice(("", " class=x", " title='a b'"))
    return f"<{name}{attribute}>{inner}</{name}>"


def words(text: str) -> list[str]:
    return re.findall(r"\S+", text)


@given(st.randoms(use_true_random=False))
def test_well_formed_markup_reads_the_same_both_ways(random_: random.Random) -> None:
    markup = f"<div>{''.join(written(random_) for _ in range(6))}</div>"
    text = text_of_simple(markup)
    assert text is not None
    assert words(text) == words(text_of_tree(markup))


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_skipped_or_hidden_is_read(markup: str) -> None:
    """FAULTS case 40."""
    text = text_of_simple(markup)
    assert text is None or "no" not in words(text)


def test_what_is_simple_and_what_is_not() -> None:
    for markup in (
        "<p>One</p>",
        "<img alt='x'>One",
        "<p style='overflow:hidden'>One</p>",
        "<figcaption>x</figcaption>One",
    ):
        assert text_of_simple(markup) == "One"
    for markup in (
        "<p hidden>x</p>",
        "<img alt='<b>'>",
        "<a title=it's>x</a>",
        "<script>x",
        "<!-- x",
        "<p",
        "<o:p>x</o:p>",
    ):
        assert text_of_simple(markup) is None


def test_preformatted_lines_are_kept_both_ways() -> None:
    markup = "<p>One\ntwo</p><pre><code>three\nfour</code>\nfive</pre>six\nseven"
    assert plain_text(markup) == text_of_tree(markup) == "One two\n\nthree\nfour\nfive\n\nsix seven"


def test_every_element_is_either_a_block_or_skipped_or_neither() -> None:
    assert not BLOCKS & SKIPPED
