"""Whose turn it is: cap, quiet hours, alerts, and from when on a live digest tells."""

from datetime import timedelta

import pytest

from bot.services.quiet import QuietHours
from bot.services.stories import Story, StoryArticle
from bot.services.turns import MOST_ALERTS, WAITS, Room, due, mentioned_role, room, slot_of, window_start
from tests.factories import NOON, a_kept_digest

AROUND_NOON = QuietHours.of("11:00-13:00", "UTC")
LONG_AGO = NOON - timedelta(days=30)


def a_story(*article_ids: int, **changes: object) -> Story:
    articles = tuple(StoryArticle(n, f"Title {n}", None, "Post", None) for n in article_ids)
    return Story(f"Story {article_ids}", (), articles, **changes)


def minutes_ago(*minutes: int):
    return [NOON - timedelta(minutes=n) for n in minutes]


@pytest.mark.parametrize(
    ("told", "quiet", "expected"),
    [
        ([], None, Room(3, MOST_ALERTS)),
        (minutes_ago(5, 59), None, Room(1, MOST_ALERTS - 2)),
        (minutes_ago(5, 30, 60, 90), None, Room(1, MOST_ALERTS - 2)),
        (minutes_ago(1, 2, 3, 4), None, Room(0, MOST_ALERTS - 4)),
        (minutes_ago(5), AROUND_NOON, Room(0, MOST_ALERTS - 1)),
        (minutes_ago(*[5] * MOST_ALERTS), None, Room(0, 0)),
    ],
)
def test_room_is_what_cap_and_quiet_leave(told, quiet, expected):
    assert room(3, told, quiet, NOON) == expected


def test_a_clock_that_was_put_back_opens_no_second_hour():
    """FAULTS 31: what was told a little ahead of now counts."""
    assert room(2, [NOON + timedelta(minutes=40)] * 2, None, NOON).ordinary == 0


def test_the_best_come_first_up_to_the_room():
    stories = [a_story(n) for n in range(5)]
    assert due(stories, (), Room(2, 9)) == stories[:2]
    assert due(stories, (), Room(0, 9)) == []


def test_an_alert_breaks_quiet_and_cap_and_takes_room_from_others():
    stories = [a_story(n) for n in range(5)]
    assert due(stories, {3}, Room(0, 9)) == [stories[3]]
    assert due(stories, {3}, Room(2, 9)) == [stories[3], stories[0]]
    assert due(stories, {3, 4}, Room(1, 9)) == [stories[3], stories[4]]


def test_too_many_alerts_wait_like_other_stories():
    stories = [a_story(n) for n in range(5)]
    assert due(stories, set(range(5)), Room(0, 2)) == stories[:2]
    assert due(stories, set(range(5)), Room(3, 2)) == stories[:3]


def test_a_story_is_named_after_its_oldest_article():
    assert slot_of(a_story(9, 4, 7)) == slot_of(a_story(4)) == "live:4"


def test_whom_a_brief_mentions():
    every, some = a_kept_digest(mention_role_id=7), a_kept_digest(mention_role_id=7, alert_words="fire")
    assert mentioned_role(every, a_story(1), ()) == 7
    assert mentioned_role(some, a_story(1), ()) is None
    assert mentioned_role(some, a_story(1), {1}) == 7
    assert mentioned_role(every, a_story(1, is_update=True), {1}) is None
    assert mentioned_role(a_kept_digest(alert_words="fire"), a_story(1), {1}) is None


def start_of(has_told: bool = True, **changes: object):
    return window_start(a_kept_digest(**changes), has_told=has_told, quiet=None, now=NOON)


def test_a_new_one_starts_from_now():
    assert start_of(False, created_at=NOON, active_since=NOON) == NOON
    assert start_of(False, created_at=LONG_AGO, active_since=NOON - timedelta(minutes=9)) == NOON - timedelta(minutes=9)


def test_an_edit_loses_nothing_that_waits():
    assert start_of(created_at=LONG_AGO, active_since=NOON) == NOON - WAITS


def test_after_a_pause_it_goes_on_from_there():
    assert start_of(created_at=LONG_AGO, active_since=LONG_AGO, resumed_at=NOON) == NOON
    holiday = NOON - timedelta(hours=1)
    assert start_of(created_at=LONG_AGO, active_since=LONG_AGO, server_paused_until=holiday) == holiday
