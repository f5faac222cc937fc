"""Which slots of a digest are to be served now. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.slots import Schedule, Slot

AHEAD = timedelta(minutes=3)
"""So long before its slot an edition is composed."""
LATEST = timedelta(hours=6)
"""What could not be posted for so long, because the bot or Discord was down, is not posted by surprise any more."""
FARTHEST = timedelta(days=31)
"""Slots longer ago than this are not even recorded as missed."""


@dataclass(frozen=True)
class Due:
    """The slots without an edition, each a list that is mostly empty."""

    missed: list[Slot]  # too late now, or followed by a later one
    now: list[Slot]  # at most one: after downtime a digest catches up with one edition
    ahead: list[Slot]  # at most one, to be made before it is due


def due_slots(schedule: Schedule, since: datetime, now: datetime, served: Collection[str]) -> Due:
    """What is to be done at `now` for slots after `since`, of which those with the keys `served` are done.

    A local date and time that was served in one zone is not served again in another.
    """
    done = {local_time(key) for key in served}
    slots = schedule.slots_between(since, now + AHEAD)
    unserved = [slot for slot in slots if local_time(slot.key) not in done]
    past = [slot for slot in unserved if slot.at <= now]
    caught_up = [slot for slot in past[-1:] if now - slot.at <= LATEST]
    missed = past[: len(past) - len(caught_up)]
    return Due(missed, caught_up, [slot for slot in unserved if slot.at > now][:1])


def local_time(key: str) -> str:
    """Date and time of a slot's key, without the zone."""
    return key.partition(" ")[0]
