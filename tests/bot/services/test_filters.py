"""Rules at work: what is let in, what is kept out and why; patterns that take too long."""

import pytest

from bot.services.filters import Level, Sifted, sift
from bot.services.rules import Rules, parse_rules
from storage import SHARED, Article, Carrier
from tests.factories import NOON

COURIER, POST = (
    Carrier(1, source_id, name, title, f"https://{source_id}.example", 1.0, "")
    for source_id, name, title in ((1, "Courier", "Coast Courier"), (2, "Post", "Island Post"))
)
NESTED = ("(a+)+[!?]", "(a|aa)+[!?]", "([a-z]+)*[!?]", r"(\w+\s?)+[!?]", "(?:(?:a{1,9}){1,9}){1,9}[!?]", "(.+)+[!?]$")
"""Patterns that need a time without end for a text like the one below."""
BOMBED = "a" * 4000


def article(text: str = "The harbour opened.", title: str = "Big day", language: str | None = "en") -> Article:
    return Article(1, SHARED, None, None, title, None, None, language, text, "f", NOON)


def judged(rules: str, *, carriers=(COURIER,), digest: str = "", of_sources: str = "", **changes: str) -> Sifted:
    levels = [Level("this server", parse_rules(rules)), Level("this digest", parse_rules(digest))]
    own = {1: parse_rules(of_sources), 2: Rules()}
    return sift([article(**changes)], {1: carriers}, levels, own)


def reason(*arguments: str, **changes) -> str | None:
    """Why the article is kept out; None when it is let in."""
    sifted = judged(*arguments, **changes)
    return sifted.kept_out[0].reason if sifted.kept_out else None


@pytest.mark.parametrize(
    ("rules", "lets_in"),
    [
        ("", True),
        ("+ harbour", True),
        ("+ bridge", False),
        ("+ bridge\n+ harbour", True),
        ("- harbour", False),
        ("- bridge", True),
        ("+ harbour\n- opened", False),  # a minus wins
        ("+ harbour opened", True),
        ("+ harbour closed", False),
        ('+ "harbour opened"', True),
        ('+ "opened harbour"', False),
        ("+ title:big", True),
        ("+ title:harbour", False),
        ("- title:harbour", True),
        (r"- /harb\w+ open/", False),
        (r"- title:/harb/", True),
        ("+ lang:en", True),
        ("+ lang:de", False),
        ("- lang:en", False),
        ("+ harbour\n+ lang:de", False),  # of every kind of plus one must fit
        ("+ source:coast courier", True),  # by the name of the source
        ("+ source:COURIER", True),  # and by the server's own
        ("+ source:Island Post", False),
        ("- source:Island Post", True),
        ("- source:Coast Courier", False),
    ],
)
def test_what_a_rule_lets_in(rules, lets_in):
    assert (reason(rules) is None) is lets_in
    assert (reason("", digest=rules) is None) is lets_in


def test_verdicts_name_the_rule_and_its_owner():
    assert reason("- /HARB/") == "kept out by the rule “- /HARB/” of this server"
    assert reason("", digest="- harbour") == "kept out by the rule “- harbour” of this digest"
    assert reason("", of_sources="- harbour") == "kept out by the rule “- harbour” of the source Courier"
    assert reason("+ a1\n+ b1\n+ c1\n+ d1") == ("no rule of this server lets it in: “+ a1”, “+ b1”, “+ c1” and 1 more")


def test_a_source_that_is_not_wanted_takes_nothing_from_the_others():
    kept = judged("- source:Coast Courier", carriers=(COURIER, POST)).passed[0]
    assert kept.carriers == (POST,)
    assert judged("", carriers=(COURIER, POST), of_sources="+ bridge").passed[0].carriers == (POST,)
    assert reason("- source:Courier\n- source:Post", carriers=(COURIER, POST)) is not None


def test_what_asked_for_an_article_is_known():
    passed = judged("+ harbour\n+ bridge", digest="+ lang:en").passed[0]
    assert [str(rule) for rule in passed.asked_for] == ["+ harbour", "+ lang:en"]


def test_an_article_without_a_language_is_read_for_it():
    german = "Der Hafen wurde am Freitag nach zwei Jahren wieder eröffnet, und die Stadt feierte das mit einem Fest."
    assert reason("+ lang:de", text=german, language=None) is None
    assert reason("+ lang:en", text=german, language=None) is not None


@pytest.mark.parametrize("pattern", NESTED)
def test_a_pattern_without_end_is_given_up_and_named(pattern):
    """The rest of the rules are applied as if it were not there."""
    sifted = judged(f"- /{pattern}/\n- bridge", text=BOMBED)
    assert [str(rule) for rule in sifted.too_slow] == [f"- /{pattern}/"]
    assert len(sifted.passed) == 1
    assert judged(f"- /{pattern}/\n- aaaa*", text=BOMBED).kept_out
    assert judged(f"+ /{pattern}/", text=BOMBED).passed  # it cannot be what nothing passes
    assert judged(f"+ /{pattern}/\n+ bridge", text=BOMBED).kept_out


def test_all_patterns_together_have_some_seconds_for_an_edition():
    """The clock is the test's own: every look at it takes 0.3 seconds."""
    time = iter(0.3 * tick for tick in range(1000))
    articles = [article(f"News number {number} of the harbour.") for number in range(20)]
    levels = [Level("this server", parse_rules("- /quay/\n- opened"))]
    sifted = sift(articles, {1: (COURIER,)}, levels, {}, clock=lambda: next(time))
    assert [str(rule) for rule in sifted.too_slow] == ["- /quay/"]
    assert next(time) < 20 * 0.3  # after seven texts of 0.3 seconds nobody looked any more
    assert len(sifted.passed) == 20


def test_a_source_that_is_not_taken_asked_for_nothing():
    """The reason of a story names the rules that let it in."""
    sifted = judged("", carriers=(COURIER, POST), of_sources="+ harbour\n+ lang:de")
    (passed,) = sifted.passed
    assert (passed.carriers, passed.asked_for) == ((POST,), ())
