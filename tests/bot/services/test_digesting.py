"""What admins do with digests reaches the slots, and what was made ahead, at once."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from bot.errors import DigestError
from bot.services.digestforms import DigestForm, as_form
from bot.services.digesting import Digesting
from storage import EditionState, NotFound, Size
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest
from tests.fakes import FakeTimetable

SCHEDULES = ("daily 13:30", "daily 13:30 and 18:00", "weekdays 12:30", "cron 30 13,14 * * *", "daily 0:00, 14:30")
ZONES = ("Europe/Berlin", "Europe/Lisbon", "Asia/Tokyo", "Pacific/Apia", "America/New_York")


@pytest.fixture
def timetable() -> FakeTimetable:
    return FakeTimetable()


@pytest.fixture
def digesting(office, timetable) -> Digesting:
    return Digesting(office.storage, office.composing, office.editions, timetable, office.clock)


def a_form(**changes: object) -> DigestForm:
    fields = {"name": "Morning", "channel_id": 7, "when": "daily 13:30", "timezone": "Europe/Berlin"}
    return DigestForm(**(fields | changes))


async def local_times(office, digest) -> list[str]:
    """Date and time, on the clock of its zone, of every edition that came or was passed over."""
    return [edition.slot.partition(" ")[0] for edition in await office.editions_of(digest)]


async def test_a_digest_is_added_and_woken(digesting, timetable):
    new = await digesting.understand(SERVER, a_form())
    digest = await digesting.add(SERVER, new)
    assert await digesting.get(SERVER, digest.digest_id) == digest
    assert timetable.scheduled == {digest.digest_id: True}
    with pytest.raises(DigestError, match="“MORNING” already"):
        await digesting.understand(SERVER, a_form(name="MORNING"))
    with pytest.raises(DigestError, match="“Morning” already"):
        await digesting.add(SERVER, new)


async def test_understanding_keeps_nothing_and_takes_the_servers_zone(digesting, office):
    with pytest.raises(DigestError, match="Whose clock is meant"):
        await digesting.understand(SERVER, a_form(timezone=""))
    async with office.storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        await tx.servers.change(SERVER, timezone="Asia/Tokyo")
    assert (await digesting.understand(SERVER, a_form(timezone=""))).timezone == "Asia/Tokyo"
    assert await digesting.list_all(SERVER) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "\u200b\u2060"}, "needs a name"),
        ({"name": "x" * 61}, "at most 60 characters"),
        ({"when": "soon"}, "is not a schedule"),
        ({"timezone": "Berlin"}, "Europe/Berlin"),
        ({"stories": "0"}, "from 1 to 15"),
        ({"stories": "٣"}, "from 1 to 15"),
        ({"per_source": "16"}, "from 0 to 15"),
        ({"per_hour": "31"}, "from 1 to 30"),
        ({"quiet_hours": "night"}, "are not hours"),
        ({"rules": "nonsense"}, "nonsense"),
        ({"alert_words": "a" * 200}, "no word or short phrase"),
    ],
)
def test_what_is_not_understood_is_refused(changes, sentence):
    with pytest.raises(DigestError, match=sentence):
        a_form(**changes).parsed()


def test_a_configuration_is_the_same_after_a_round_through_the_form():
    new = a_digest(
        schedule="first-mon,last-fri 08:30,19:00",
        size=Size.SHORT,
        per_source=2,
        rules="- kelp",
        says_when_empty=True,
        mention_role_id=5,
        silent=True,
        pinned=True,
        published=True,
        per_hour=3,
        quiet_hours="22:00-07:00",
        alert_words="flood, power cut",
    )
    assert as_form(new).parsed() == new


async def test_a_time_that_went_out_does_not_go_out_again_the_same_day_in_another_zone(digesting, office):
    """FAULTS 32."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)  # 13:30 in Berlin
    await office.editions.run_due()
    await digesting.edit(SERVER, digest.digest_id, timezone="Europe/Lisbon")
    await office.take_in("bridge")
    office.clock.wind(hours=1)  # 13:30 in Lisbon
    await office.editions.run_due()
    assert await local_times(office, digest) == ["2026-11-20T13:30"]
    await digesting.edit(SERVER, digest.digest_id, when="daily 13:30 and 18:00")
    office.clock.wind(hours=4, minutes=30)
    await office.editions.run_due()
    assert await local_times(office, digest) == ["2026-11-20T13:30", "2026-11-20T18:00"]
    assert Counter(office.told)["The harbour opens"] == 1


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_is_edited_and_whenever_each_local_date_and_time_has_one_edition(digesting, office, seed):
    """FAULTS 29 and 32: zones, times and pauses change while the clock goes on, and sometimes jumps back (31)."""
    choice = random.Random(seed)
    digest = await office.add()
    for _ in range(200):
        office.clock.wind(minutes=choice.choice([-60, 3, 10, 30, 60, 180, 480]))
        match choice.randrange(16):
            case 0:
                await digesting.edit(SERVER, digest.digest_id, timezone=choice.choice(ZONES))
            case 1:
                await digesting.edit(SERVER, digest.digest_id, when=choice.choice(SCHEDULES))
            case 2:
                await digesting.pause(SERVER, digest.digest_id, choice.choice(["", "2 hours"]))
            case 3:
                await digesting.resume(SERVER, digest.digest_id)
        await office.editions.run_due()
    times = await local_times(office, digest)
    assert len(times) > 3
    assert [again for again, count in Counter(times).items() if count > 1] == []


async def test_options_change_no_slot_and_another_schedule_holds_from_now_on(digesting, office):
    digest = await office.add()
    office.clock.wind(minutes=31)  # the slot has come, and nobody was there
    await digesting.edit(SERVER, digest.digest_id, silent=True)
    await office.editions.run_due()
    assert await local_times(office, digest) == ["2026-11-20T13:30"]
    office.clock.wind(minutes=30)
    edited = await digesting.edit(SERVER, digest.digest_id, when="daily 13:45")
    assert edited.active_since == office.clock.now()
    await office.editions.run_due()
    assert await local_times(office, digest) == ["2026-11-20T13:30"]


@pytest.mark.parametrize("action", ["edit", "pause", "remove", "move"])
async def test_what_was_made_ahead_is_withdrawn(digesting, office, action):
    await office.take_in("harbour")
    digest = await office.ahead()
    assert await office.states(digest) == [EditionState.READY]
    match action:
        case "edit":
            await digesting.edit(SERVER, digest.digest_id, stories="3")
        case "pause":
            await digesting.pause(SERVER, digest.digest_id, "3 days")
        case "remove":
            await digesting.remove(SERVER, digest.digest_id)
        case "move":
            await digesting.move(SERVER, digest.digest_id, 8)
    assert EditionState.READY not in await office.states(digest)
    await office.come()
    expected = [] if action in ("pause", "remove") else ["The harbour opens", "that was all"]
    assert office.told == expected
    assert {message.channel_id for message in office.publisher.posted} <= {8 if action == "move" else 7}


async def test_a_pause_until_a_date_ends_by_itself(digesting, office, timetable):
    digest = await office.add()
    paused = await digesting.pause(SERVER, digest.digest_id, "22 Nov")
    assert paused.paused_until is not None
    assert paused.paused_until.isoformat() == "2026-11-21T23:00:00+00:00"
    for _ in range(3):
        office.clock.wind(days=1)
        await office.take_in(f"pier {office.clock.now():%d}")
        await office.editions.run_due()
    assert await local_times(office, digest) == ["2026-11-22T13:30"]


async def test_a_pause_for_good_is_over_when_somebody_says_so(digesting, office, timetable):
    digest = await office.add()
    await digesting.pause(SERVER, digest.digest_id)
    assert timetable.scheduled == {digest.digest_id: False}
    office.clock.wind(days=2)
    await office.editions.run_due()
    back = await digesting.resume(SERVER, digest.digest_id)
    assert timetable.scheduled == {digest.digest_id: True}
    assert (back.resumed_at, back.paused) == (office.clock.now(), False)
    assert await local_times(office, digest) == []


async def test_a_digest_that_lost_its_channel_goes_on_in_another(digesting, office):
    digest = await office.add()
    async with office.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id, "The channel was deleted.")
    moved = await digesting.move(SERVER, digest.digest_id, 8)
    assert (moved.channel_id, moved.paused, moved.trouble) == (8, False, None)
    by_hand = await digesting.pause(SERVER, digest.digest_id)
    assert (await digesting.move(SERVER, by_hand.digest_id, 9)).paused


async def test_a_removed_digest_leaves_its_editions(digesting, office, timetable):
    await office.take_in("harbour")
    digest = await digesting.add(SERVER, a_form().parsed())
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    ((edition, parts),) = (await digesting.history(digest)).records
    await digesting.remove(SERVER, digest.digest_id)
    assert timetable.scheduled == {}
    with pytest.raises(NotFound):
        await digesting.get(SERVER, digest.digest_id)
    assert (await digesting.as_sent(SERVER, edition.edition_id))[1] == parts


async def test_a_manual_edition_moves_the_window_only_if_asked(digesting, office):
    await office.take_in("harbour")
    digest = await office.add()
    before = await office.editions.window(digest, office.clock.now())
    await digesting.post(digest, 1)
    assert await office.editions.window(digest, office.clock.now()) == before
    with pytest.raises(DigestError, match="just posted by hand"):
        await digesting.post(digest, 2, moves_window=True)
    office.clock.wind(minutes=1)
    posted = await digesting.post(digest, 3, moves_window=True)
    assert (await office.editions.window(digest, office.clock.now()))[0] == posted.window_end


async def test_a_live_digest_has_no_editions_to_look_ahead_at(digesting, office):
    digest = await office.add(schedule="live")
    for look in (digesting.preview(digest), digesting.post(digest, 1)):
        with pytest.raises(DigestError, match="“Morning” tells stories as they come"):
            await look


async def test_another_server_reaches_nothing(digesting, office):
    """FAULTS 41."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    ((edition, _),) = (await digesting.history(digest)).records
    for act in (
        digesting.get(OTHER_SERVER, digest.digest_id),
        digesting.edit(OTHER_SERVER, digest.digest_id, name="Mine"),
        digesting.move(OTHER_SERVER, digest.digest_id, 8),
        digesting.pause(OTHER_SERVER, digest.digest_id),
        digesting.resume(OTHER_SERVER, digest.digest_id),
        digesting.remove(OTHER_SERVER, digest.digest_id),
        digesting.as_sent(OTHER_SERVER, edition.edition_id),
    ):
        with pytest.raises(NotFound):
            await act
    with pytest.raises(DigestError, match="no digest named “Morning”"):
        await digesting.find(OTHER_SERVER, "Morning")
    assert await digesting.list_all(OTHER_SERVER) == []
    assert await digesting.get(SERVER, digest.digest_id) == digest
    assert digest.created_at + timedelta(minutes=30) == office.clock.now()
