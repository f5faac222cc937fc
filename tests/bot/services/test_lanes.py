"""A host with many sources, or slow ones, holds up only itself."""

import pytest

from bot.services.lanes import Lanes
from tests.bot.services.test_rhythms import a_source


@pytest.fixture
def lanes():
    return Lanes(per_host=2, waiting=3)


def of_host(source_id, host):
    return a_source(source_id, address=f"https://{host}.example/{source_id}")


def test_of_one_host_two_run_three_wait_and_the_rest_is_sent_away(lanes):
    """FAULTS 25."""
    added = [lanes.add(of_host(n, "slow")) for n in range(7)]
    assert added == [True] * 5 + [False] * 2
    assert (len(lanes), lanes.ready) == (5, 2)
    assert lanes.add(of_host(7, "quick"))
    assert [lanes.take().source_id for _ in range(3)] == [0, 1, 7]
    assert lanes.take() is None


def test_who_is_done_lets_the_next_of_its_host_run(lanes):
    sources = [of_host(n, "slow") for n in range(5)]
    for source in sources:
        lanes.add(source)
    running = [lanes.take(), lanes.take()]
    taken = [*running]
    while running:
        lanes.done(running.pop(0))
        if (following := lanes.take()) is not None:
            running.append(following)
            taken.append(following)
        assert len(running) <= 2
    assert taken == sources
    assert len(lanes) == 0
    assert [lanes.add(source) for source in sources] == [True] * 5  # nothing is remembered of who was there


def test_a_login_makes_no_other_host(lanes):
    for n in range(5):
        lanes.add(a_source(n, address=f"https://reader{n}@slow.example/feed"))
    assert lanes.ready == 2


def test_nobody_waits_after_all_were_sent_away(lanes):
    for n in range(5):
        lanes.add(of_host(n, "slow"))
    running = lanes.take()
    lanes.clear()
    assert (len(lanes), lanes.take()) == (0, None)
    lanes.done(running)
    assert [lanes.add(of_host(n, "slow")) for n in range(2)] == [True, True]
    assert lanes.ready == 2
