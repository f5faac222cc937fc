"""Dates of entries that lie ahead: a little is another's clock, much is no date."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.ingest.feeds.dates import first_date


@pytest.mark.parametrize("ahead", [timedelta(minutes=5), timedelta(hours=13), timedelta(hours=47)])
def test_what_is_a_little_ahead_counts_as_now(ahead: timedelta) -> None:
    """FAULTS 22: else such an entry would stand above all others for days."""
    now = datetime.now(UTC)
    written = (now + ahead).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert first_date([written], now) == now
    assert first_date([(now + ahead).isoformat()], now) == now


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(days=4_000)])
def test_what_is_far_ahead_is_no_date_and_the_next_one_counts(ahead: timedelta) -> None:
    """FAULTS 22."""
    now = datetime.now(UTC)
    yesterday = now - timedelta(days=1)
    assert first_date([(now + ahead).isoformat(), yesterday.isoformat()], now) == yesterday
    assert first_date([(now + ahead).isoformat()], now) is None
