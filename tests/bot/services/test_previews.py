"""What a feed is like, worked out of its entries alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.parsers import Feed, FeedEntry
from bot.services.previews import Headline, articles_per_day, delivers, preview_of
from storage.types import Delivers
from tests.factories import NOON

LONG, SHORT = "The ferry sailed again on Monday. " * 20, "The ferry sailed again."


def an_entry(title: str, *, hours_ago: float | None = 1, text: str = LONG, language: str | None = None) -> FeedEntry:
    published = None if hours_ago is None else NOON - timedelta(hours=hours_ago)
    return FeedEntry(None, None, title, None, published, text, language)


def a_feed(*entries: FeedEntry, language: str | None = None) -> Feed:
    return Feed("Island Post", "https://island.example", language, entries, ())


def test_the_newest_headlines_come_first_each_with_its_moment():
    entries = [an_entry(str(hours), hours_ago=hours) for hours in (5, 1, 9, 3)]
    shown = preview_of(a_feed(*entries, an_entry("undated", hours_ago=None)), NOON)
    assert [headline.title for headline in shown.headlines] == ["1", "3", "5"]
    assert shown.headlines[0] == Headline("1", NOON - timedelta(hours=1))
    assert shown.entries == 5


def test_the_language_is_the_feeds_own_or_that_of_its_entries():
    entries = [an_entry("a", language="de"), an_entry("b", language="de"), an_entry("c", language="en")]
    assert preview_of(a_feed(*entries, language="fr"), NOON).language == "fr"
    assert preview_of(a_feed(*entries), NOON).language == "de"
    assert preview_of(a_feed(an_entry("a")), NOON).language is None


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        ([], Delivers.UNKNOWN),
        ([LONG] * 3, Delivers.FULL),
        ([SHORT] * 3, Delivers.TEASERS),
        ([f"{SHORT}\n\n{SHORT}"] * 3, Delivers.FULL),  # a letter to the editor
        ([LONG, LONG, SHORT], Delivers.FULL),
        ([LONG.strip() + " […]"] * 2, Delivers.TEASERS),
        ([LONG + "Read more »"] * 2, Delivers.TEASERS),
        ([LONG + "Read more about it at noon."] * 2, Delivers.FULL),
    ],
)
def test_whole_articles_are_told_from_beginnings(texts, kind):
    assert delivers(texts) is kind


def every(hours: float, count: int) -> list[datetime]:
    return [NOON - timedelta(hours=hours * number) for number in range(count)]


@pytest.mark.parametrize(
    ("dates", "low", "high"),
    [
        (every(2, 24), 11, 13),
        (every(24 * 3.5, 10), 0.2, 0.4),  # twice a week
        (every(24 * 30, 6), 0.03, 0.05),  # monthly
        (every(0.1, 30), 29, 31),  # thirty since this morning are thirty a day at least
        ([*every(1, 48), *(NOON - timedelta(days=900 + n) for n in range(5))], 23, 25),  # years ago is no rhythm
    ],
)
def test_how_often_it_publishes_follows_from_the_dates(dates, low, high):
    assert low < articles_per_day(dates, NOON) < high


@pytest.mark.parametrize("dates", [[], [NOON], [NOON] * 30, [None] * 3, [NOON + timedelta(days=1)] * 2])
def test_dates_that_say_nothing_give_no_rhythm(dates):
    assert articles_per_day(dates, NOON) is None


def test_a_feed_that_ceased_is_slow_however_busy_it_was():
    long_ago = [date - timedelta(days=1000) for date in every(1, 48)]
    assert articles_per_day(long_ago, NOON) < 0.06


moments = st.integers(0, 2 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.lists(st.one_of(st.none(), moments), max_size=30))
def test_no_dates_break_it(dates):
    """FAULTS 22."""
    rate = articles_per_day(dates, NOON)
    assert rate is None or 0 < rate <= len(dates)
