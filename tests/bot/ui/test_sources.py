"""Sources in words: what was found, what is kept, lists of any length; hostile names do nothing (FAULTS 39)."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.opml import Outline
from bot.services.finding import FoundFeed
from bot.services.following import Kept
from bot.services.importing import Export, Imported, Line, Plan
from bot.services.previews import Headline, Preview
from bot.ui.imports import export_text, imported_text, plan_text, report
from bot.ui.previews import rhythm
from bot.ui.sources import (
    follow_question,
    followed_already,
    followed_body,
    found_feed_text,
    removed_body,
    source_list,
    source_pages,
    source_panel,
)
from storage import Source, SourceKind, Subscription
from storage.types import Delivers
from tests.bot.ui.naughty import naughty_strings
from tests.bot.ui.seeing import effects
from tests.factories import NOON, SERVER

PREVIEW = Preview(
    title="Island Post",
    site_url="https://island.example",
    language="de",
    entries=40,
    headlines=(Headline("Ferry sails again", NOON), Headline("Frost halves orchards", None)),
    delivers=Delivers.TEASERS,
    per_day=12.2,
)
FOUND = FoundFeed("https://www.island.example/feed", PREVIEW)


def a_source(number: int = 1, **changes: object) -> Source:
    fields = {
        "source_id": number,
        "kind": SourceKind.FEED,
        "address": f"https://island.example/{number}",
        "title": "Island Post",
        "site_url": None,
        "language": "en",
        "for_everyone": False,
        "etag": None,
        "last_modified": None,
        "added_at": NOON,
        "next_poll_at": NOON + timedelta(minutes=15),
        "last_polled_at": NOON,
        "last_success_at": NOON,
        "last_error": None,
        "failures": 0,
        "per_day": 3.0,
        "delivers": Delivers.FULL,
    }
    return Source(**(fields | changes))  # type: ignore[arg-type]


def followed(number: int = 1, *, source: Source | None = None, **changes: object) -> Subscription:
    fields = {"label": f"Paper {number}", "paused": False, "added_at": NOON, "weight": 1.0, "rules": ""}
    return Subscription(SERVER, source or a_source(number), **(fields | changes))  # type: ignore[arg-type]


def panel_text(subscription: Subscription) -> str:
    preview = replace(PREVIEW, entries=None)
    return "\n".join(source_panel(Kept(subscription, preview), 7).blocks)


def test_what_was_found_is_told_before_it_is_kept():
    assert found_feed_text(FOUND, "Follow it?") == (
        "### Island Post\n"
        "[island.example](https://www.island.example/feed)\n"
        "40 entries · German · about 12 a day · beginnings of articles, completed from their pages\n"
        f"- Ferry sails again · <t:{int(NOON.timestamp())}:R>\n"
        "- Frost halves orchards\n\n"
        "Follow it?"
    )


def test_of_a_feed_with_a_login_the_host_alone_is_shown():
    told = found_feed_text(replace(FOUND, login="reader:tide"), "Follow it?")
    assert "island.example, with a login" in told
    assert "reader" not in told
    assert "tide" not in told
    assert "https:" not in told
    kept = followed(source=a_source(address="https://reader@island.example/feed", login="reader:tide"))
    for shown in (panel_text(kept), "\n".join(removed_body(kept).blocks), "\n".join(source_list([kept], 7).blocks)):
        assert "reader" not in shown
        assert "tide" not in shown
    assert "with its address, name and password" in "\n".join(removed_body(kept).blocks)


def test_an_empty_feed_says_so():
    empty = replace(FOUND, preview=replace(PREVIEW, entries=0, headlines=(), per_day=None, delivers=Delivers.UNKNOWN))
    assert "0 entries · German\nIt is empty just now." in found_feed_text(empty, "")


@pytest.mark.parametrize(
    ("per_day", "words"),
    [
        (None, ""),
        (1234.0, "about 1,234 a day"),
        (1.0, "about 1 a day"),
        (0.96, "about 1 a day"),
        (0.9, "about 6 a week"),
        (2 / 7, "about 2 a week"),
        (0.1, "about 3 a month"),
        (0.01, "about 4 a year"),
        (0.0, "hardly anything"),
    ],
)
def test_a_rhythm_is_told_in_the_period_that_suits_it(per_day, words):
    assert rhythm(per_day) == words


def test_the_panel_tells_how_a_source_is_doing():
    well = panel_text(followed())
    assert "State: well, read <t:" in well
    assert "Next look: <t:" in well
    assert "about 12 a day" in well
    failing = a_source(last_error="island.example refuses access to this page (HTTP 403).", failures=3)
    assert "State: failed 3 times in a row" in panel_text(followed(source=failing))
    assert "Last problem: island.example refuses access to this page (HTTP 403)." in panel_text(
        followed(source=failing)
    )
    assert "Last read well: <t:" in panel_text(followed(source=failing))
    listed = "\n".join(source_list([followed(source=failing)], 7).blocks)
    assert "failed 3 times in a row, read well <t:" in listed
    given_up = panel_text(followed(source=replace(failing, next_poll_at=None)))
    assert "not asked any more" in given_up
    assert "*Test now* asks once more" in given_up
    assert "Next look" not in given_up
    assert "State: paused" in panel_text(followed(paused=True))


def test_a_list_of_any_length_is_told_whole_page_by_page():
    many = [followed(n, category=f"Folder {n % 7}" if n % 3 else "") for n in range(500)]
    pages = source_pages(many)
    told = "\n".join("\n".join(page.blocks) for page in pages)
    assert all(page.fits for page in pages)
    assert all(f"**{each.label}**" in told for each in many)
    bodies = [source_list(many, 7, number) for number in range(len(pages))]
    assert all(body.fits for body in bodies)
    assert [body.buttons[0].disabled for body in bodies[:2]] == [True, False]
    assert bodies[-1].buttons[1].disabled
    assert source_list(many, 7, 10**4) == bodies[-1]
    assert bodies[3].blocks[1].startswith("**"), "a page begins with the name of the category"


@given(st.lists(st.tuples(st.text(min_size=1, max_size=80), st.text(max_size=100)), max_size=40))
def test_names_of_any_kind_fit_their_pages(names):
    many = [followed(n, label=label, category=category) for n, (label, category) in enumerate(names)]
    assert all(page.fits for page in source_pages(many))


def everything_told_of(hostile: str) -> list[str]:
    """A hostile string wherever text from outside can stand."""
    preview = replace(PREVIEW, title=hostile, headlines=(Headline(hostile, NOON),))
    kept = followed(label=hostile, category=hostile, source=a_source(title=hostile, last_error=hostile))
    plan = Plan((Outline("https://e.example", hostile, hostile),), (), (Line(1, hostile, hostile, hostile),), 0)
    return [
        found_feed_text(FoundFeed("https://island.example/feed", preview), follow_question(hostile, hostile)),
        found_feed_text(FoundFeed("https://island.example/feed", preview), followed_already(kept)),
        "\n".join(source_panel(Kept(kept, preview), 7).blocks),
        "\n".join(source_list([kept], 7).blocks),
        "\n".join(removed_body(kept).blocks),
        "\n".join(followed_body(kept).blocks),
        plan_text(plan),
        imported_text(Imported(1, plan, timedelta(minutes=1))),
    ]


def test_hostile_names_do_nothing():
    """FAULTS 39: of a feed, its headlines, its label, its category, its error, and of lines of an OPML file."""
    for hostile in naughty_strings():
        for text in everything_told_of(hostile):
            never = {"a mention", "an emoji", "a hidden link", "an invisible character"}
            assert not never & set(effects(text)), text
            labels = re.findall(r"\[([^\]]*)\]\(", re.sub(r"\\([^\w\s])", "", text))
            assert set(labels) <= {"island.example"}, text


def test_an_import_is_told_before_and_after():
    new = tuple(an_outline(n) for n in range(3))
    plan = Plan(new, (Line(4, "Old", "https://o.example", "It is followed already, as “Old”."),), (), 0)
    assert plan_text(plan) == (
        "### What the list holds\n"
        "- 3 sources that this server does not follow yet\n"
        "- 1 followed already\n\n"
        "Categories: News (3)\n\n"
        "Follow these 3?"
    )
    told = imported_text(Imported(3, plan, timedelta(minutes=1.15)))
    assert "**3 sources** are followed now." in told
    assert "within the next minute" in told
    assert report(plan) == "4 | Old | https://o.example | It is followed already, as “Old”.\n"
    assert "nothing to import" in plan_text(Plan((), (), (), 0))


def an_outline(number: int) -> Outline:
    return Outline(f"https://e.example/{number}", str(number), "News", number=number)


def test_a_report_is_a_line_for_each_refusal_and_short_ones_need_none():
    lines = tuple(Line(n, f"Title {n}\nof two lines", "javascript:alert(1)", "No.") for n in range(1, 9))
    told = report(Plan((), (), lines, 5))
    assert told.count("\n") == 8
    assert told.startswith("1 | Title 1 of two lines | javascript:alert(1) | No.\n")
    assert report(Plan((), (), lines[:5], 0)) == ""
    assert "… and 3 more" in plan_text(Plan((), (), lines, 5))
    assert "5 left out" in plan_text(Plan((), (), lines, 5))


def test_an_export_says_what_it_holds_and_what_not():
    assert export_text(Export(b"", 1, 0)).startswith("1 source with labels")
    assert "The login with which 2 of them are read is not in it." in export_text(Export(b"", 9, 2))
