"""Whatever stands in titles, points, labels and rules: it is read, it does nothing, and it pings nobody (FAULTS 39)."""

import pytest

from bot.services.stories import (
    Composition,
    Difference,
    Evidence,
    Figure,
    LeftOut,
    Story,
    StoryArticle,
    StoryPoint,
    quote,
)
from bot.ui.bodies import Body
from bot.ui.choosing import point_menus, story_menus
from bot.ui.editions import edition_bodies, preview_bodies
from bot.ui.evidence import edition_evidence, evidence_page
from bot.ui.text import address_link, one_line, plain
from bot.ui.why import why_bodies
from storage import Article, Size, fingerprint
from tests.bot.ui.naughty import naughty_strings
from tests.bot.ui.seeing import effects
from tests.bot.ui.test_bodies import sent
from tests.factories import NOON, a_kept_digest, an_edition
from tests.wire.limits import violations

NAUGHTY = naughty_strings()
ROLE = 77


def told(hostile: str) -> Composition:
    """A hostile string wherever text from outside can stand."""
    evidence = Evidence(1, 0, len(hostile), quote(hostile, 0, len(hostile)))
    article = StoryArticle(1, hostile, "https://a.example/x", hostile, NOON.isoformat())
    other = StoryArticle(2, hostile, hostile, hostile + " 2", None)
    story = Story(
        hostile,
        (StoryPoint(hostile, (evidence,)),),
        (article, other),
        (Difference(hostile, (Figure(1, hostile), Figure(2, hostile))),),
        reason=hostile,
    )
    return Composition(
        (story,), 3, degraded=True, left_out=(LeftOut(hostile, hostile, hostile),), failing=(hostile,) * 5
    )


def messages(hostile: str, size: Size) -> list[Body]:
    digest, composition = a_kept_digest(name=hostile, size=size), told(hostile)
    return [
        *edition_bodies(an_edition(), digest, composition),
        *preview_bodies(digest, composition, NOON, NOON),
        *why_bodies(composition),
        Body(tuple(edition_evidence(composition, {}, Size.FULL))),
    ]


def test_there_are_more_than_five_hundred():
    assert len(NAUGHTY) >= 500


@pytest.mark.parametrize("size", Size)
def test_no_message_breaks_a_limit_or_pings(size):
    for hostile in NAUGHTY:
        payloads = sent(messages(hostile, size))  # which asserts that nobody may be mentioned
        assert [violations(payload) for payload in payloads] == [[]] * len(payloads), hostile


def test_text_from_outside_has_no_effect():
    assert {hostile: effects(plain(hostile)) for hostile in NAUGHTY if effects(plain(hostile))} == {}


def test_what_stays_is_readable():
    for hostile in NAUGHTY:
        letters = {character for character in hostile if character.isalnum()}
        assert letters <= set(plain(hostile)), hostile


def test_a_mention_of_a_role_lets_no_other_through():
    for hostile in NAUGHTY:
        bodies = edition_bodies(an_edition(), a_kept_digest(name=hostile, mention_role_id=ROLE), told(hostile))
        messages = [body.message() for body in bodies]
        first, *others = [message["allowed_mentions"].to_dict() for message in messages]
        assert first == {"parse": [], "roles": [ROLE]}
        assert all(other == {"parse": []} for other in others)
        assert messages[0]["content"].startswith(f"<@&{ROLE}>")
        assert effects(messages[0]["content"].removeprefix(f"<@&{ROLE}>")) == []
        assert len(messages[0]["content"]) <= 2000


def test_menus_hold_one_visible_line_each():
    for hostile in NAUGHTY:
        for menus in (story_menus(1, told(hostile), Size.FULL).menus, point_menus(1, told(hostile), Size.FULL).menus):
            for option in menus[0].options if menus else ():
                assert 1 <= len(option.label) <= 100
                assert "\n" not in option.label
        assert len(edition_bodies(an_edition(), a_kept_digest(name=hostile), told(hostile))[0].title) <= 100


@pytest.mark.parametrize(
    "address",
    [
        "https://user:secret@bank.example",
        "https://bank.example@evil.example/x",
        "http://[broken",
        "https://evil.example/)](http://other.example)",
        "https://evil.example/\u202e@everyone",
        "https://*b*_u_.example/",
        "https://" + "bank.example." * 30 + "evil.example/x",
    ],
)
def test_no_address_masks_where_it_leads(address):
    link = address_link(address)
    label, _, target = link.removeprefix("[").partition("](")
    assert effects(label) == []
    assert "secret" not in link
    assert "evil.example" in label or "bank.example/" not in address
    assert not target or target.removesuffix(")").startswith(("http://", "https://"))


def test_one_line_is_shown_as_it_is_in_menus():
    assert one_line("  *a*\n\u202eb  @everyone ", 100) == "*a* b @everyone"


@pytest.mark.parametrize("letter", ["a", "*", "\N{GRINNING FACE}", "漢", "🇦"])
@pytest.mark.parametrize("reports", [1, 2, 8])
def test_the_sources_of_a_point_fit_however_many_and_long_they_are(letter, reports):
    """FAULTS 38, for what opens under an edition."""
    text = f"{letter * 60} " * 20
    articles = {
        n: Article(n, "shared", None, None, text, None, NOON, "en", text, fingerprint(text), NOON)
        for n in range(reports)
    }
    evidence = tuple(Evidence(n, 300, 1300, quote(text, 300, 1300)) for n in articles)
    reference = StoryArticle(1, text, None, text, None)
    composition = Composition((Story(text, (StoryPoint(text, evidence),) * 2, (reference,)),), 1, degraded=False)
    blocks = edition_evidence(composition, articles, Size.FULL)
    pages = [evidence_page(blocks, page, str) for page in range(40)]
    last = next(number for number, page in enumerate(pages) if "Next" not in [b.label for b in page.buttons])
    assert [violations(payload) for payload in sent(pages[: last + 1])] == [[]] * (last + 1)
    shown = "".join(block for page in pages[: last + 1] for block in page.blocks)
    assert shown.count("> ") == 2 * reports
