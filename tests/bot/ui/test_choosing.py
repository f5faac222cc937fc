"""Menus of stories and points: all of them in menus that Discord takes, and none that was removed."""

from dataclasses import replace

import pytest

from bot.services.longer import LongerStory
from bot.ui.choosing import longer_bodies, point_menus, story_menus
from bot.ui.editions import texts
from storage import Size
from tests.bot.ui.test_editions import a_composition, a_story, payload
from tests.factories import NOON
from tests.wire.limits import violations


@pytest.mark.parametrize("count", [1, 25, 26, 60])
def test_every_story_and_point_can_be_chosen(count):
    composition = a_composition(count)
    for body, most in (
        (story_menus(5, composition, Size.SHORT), count),
        (point_menus(5, composition, Size.SHORT), count),
    ):
        values = [option.value for menu in body.menus for option in menu.options]
        assert len(values) == len(set(values)) == most
        assert len({menu.custom_id for menu in body.menus}) == len(body.menus)
        assert violations(payload(body)) == []


def test_a_full_edition_offers_its_points_and_its_headlines():
    menus = point_menus(5, a_composition(7), Size.FULL).menus
    labels = [option.label for menu in menus for option in menu.options]
    assert labels == [*(f"Point {at} of story {n}." for n in range(5) for at in range(2)), "Headline 5", "Headline 6"]


@pytest.mark.parametrize("size", Size)
def test_what_was_removed_is_not_offered(size):
    composition = a_composition(2)
    hidden = tuple(replace(point, hidden_at=NOON.isoformat()) for point in composition.stories[0].points)
    composition = replace(composition, stories=(replace(composition.stories[0], points=hidden), composition.stories[1]))
    for body in (story_menus(5, composition, size), point_menus(5, composition, size)):
        values = [option.value for menu in body.menus for option in menu.options]
        assert values
        assert all(value.startswith("1") for value in values)


def test_a_longer_story_says_how_it_was_made():
    story = a_story(1, points=7, is_update=True)
    told = texts(longer_bodies(LongerStory(story, degraded=False)))
    assert told.startswith("### Headline 1\n")
    assert told.count("Point ") == 7
    assert "every point is a sentence of its source" in told
    assert "the model was not available" in texts(longer_bodies(LongerStory(story, degraded=True)))
