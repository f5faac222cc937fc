"""A story that is told live: short, with its source and age, and nothing of a page around it."""

from datetime import timedelta

import pytest

from bot.services.stories import Composition, Evidence, Quote, Story, StoryArticle, StoryPoint
from bot.ui.editions import edition_bodies
from tests.factories import NOON, a_kept_digest, an_edition

SENTENCE = "The ferry to Sundvik sails again on Friday after nine years."


def a_brief(**changes: object) -> Composition:
    published = (NOON - timedelta(minutes=7)).isoformat()
    article = StoryArticle(3, "Ferry sails again", "https://post.example/ferry", "Norrby Post", published)
    point = StoryPoint(SENTENCE, (Evidence(3, 0, len(SENTENCE), Quote("", SENTENCE, "")),))
    story = Story("Ferry sails again", (point,), (article,))
    return Composition(**({"stories": (story,), "considered": 1, "degraded": False} | changes))


def live_body(composition: Composition | None = None, **changes: object):
    digest = a_kept_digest(name="As it comes", schedule="live", **changes)
    (body,) = edition_bodies(an_edition(slot="live:3"), digest, composition or a_brief())
    return body


def test_it_is_one_story_without_a_date_line():
    body = live_body()
    (block,) = body.blocks
    assert block.startswith("### Ferry sails again")
    assert SENTENCE in block
    assert f"<t:{int((NOON - timedelta(minutes=7)).timestamp())}" in block
    assert "post.example" in block
    assert body.title == "Ferry sails again"


def test_its_buttons_and_small_print():
    body = live_body()
    assert [button.label for button in body.buttons] == ["Sources", "More", "Report"]
    assert body.small_print == "As it comes"


@pytest.mark.parametrize(("over", "said"), [(1, "1 story passed over"), (9, "9 stories passed over")])
def test_it_says_how_many_found_no_room(over, said):
    assert live_body(a_brief(passed_over=over), per_hour=4).footer == f"As it comes · {said}: at most 4 an hour"


def test_it_says_when_the_model_was_away():
    assert "the model was not available" in live_body(a_brief(degraded=True)).footer
