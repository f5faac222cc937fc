"""What one member and one server may ask for (FAULTS 43)."""

from datetime import timedelta

import pytest

from bot.services import quotas
from bot.services.quotas import Quota, Quotas, TooMuchAsked
from tests.factories import NOON, OTHER_SERVER, SERVER

SMALL = Quota(3, timedelta(minutes=10))
LARGE = Quota(5, timedelta(minutes=10))


def minute(n: float):
    return NOON + timedelta(minutes=n)


def granted(counting: Quotas, times: int, user_id: int = 1, server_id: int | None = SERVER, now=NOON) -> int:
    count = 0
    for _ in range(times):
        try:
            counting.take(user_id, server_id, now)
        except TooMuchAsked:
            continue
        count += 1
    return count


def test_of_two_hundred_requests_of_a_member_the_quota_runs():
    counting = Quotas()
    assert granted(counting, 200) == quotas.OF_A_MEMBER.most
    assert granted(counting, 1, user_id=2) == 1


def test_a_refusal_says_when_to_try_again():
    counting = Quotas(SMALL, LARGE)
    for n in range(3):
        counting.take(1, SERVER, minute(n))
    with pytest.raises(TooMuchAsked, match=r"^You asked for 3 briefs in 10 minutes, .* Try again in 8 minutes\.$"):
        counting.take(1, SERVER, minute(2.5))
    with pytest.raises(TooMuchAsked, match=r"Try again in 30 seconds\.$"):
        counting.take(1, SERVER, minute(9.5))
    assert granted(counting, 2, now=minute(10)) == 1


def test_waiting_as_long_as_it_says_is_enough():
    counting = Quotas(SMALL, LARGE)
    granted(counting, 3)
    with pytest.raises(TooMuchAsked) as refused:
        counting.take(1, SERVER, minute(1))
    counting.take(1, SERVER, minute(1) + refused.value.wait)


def test_a_server_has_a_quota_for_all_its_members_and_others_have_theirs():
    counting = Quotas(SMALL, LARGE)
    assert [granted(counting, 2, user_id=user_id) for user_id in (1, 2, 3)] == [2, 2, 1]
    with pytest.raises(TooMuchAsked, match="This server asked for 5 briefs"):
        counting.take(4, SERVER, NOON)
    counting.take(4, OTHER_SERVER, NOON)
    counting.take(4, None, NOON)  # in direct messages


def test_a_refused_request_counts_for_nobody():
    counting = Quotas(SMALL, LARGE)
    granted(counting, 200)
    assert granted(counting, 9, user_id=2) == 2  # of the server's five


def test_those_who_asked_for_nothing_lately_are_forgotten(monkeypatch):
    monkeypatch.setattr(quotas, "MOST_REMEMBERED", 50)
    counting = Quotas(SMALL, Quota(1000, SMALL.span))
    for user_id in range(200):
        counting.take(user_id, SERVER, minute(user_id))
    assert len(counting._asked) <= 51
