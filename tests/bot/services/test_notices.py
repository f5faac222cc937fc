"""Admins are told once per cause, where they want it or else the owner, and see what became of it."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.notices import HOLD, UNREACHABLE, Notices
from bot.services.ports import Concern, DestinationLost, Remedy, SendRefused, TryLater
from bot.ui.notices import notice_body
from storage import NotFound, NoticeState
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest
from tests.fakes import FakeClock, FakePublisher

CHANNEL, NEWS = 50, 7
OWNER = -SERVER  # where the fake keeps the owner's direct messages
FAILING = Concern("source-failing:3", "“Coast Courier” could not be read.", ((Remedy.TRY_SOURCE, 3),))
ADMIN = 42


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def publisher(clock):
    return FakePublisher(clock)


def rendered(notice, matter, place):
    return notice_body(notice, matter, place).to_json()


@pytest.fixture
async def notices(storage, publisher, clock):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        await tx.servers.change(SERVER, notices_channel_id=CHANNEL)
    return Notices(storage, publisher, rendered, clock, owner="here")


def texts(publisher, channel_id=CHANNEL):
    return ["\n".join(message.body["blocks"]) for message in publisher.posted if message.channel_id == channel_id]


def labels(publisher):
    return [button["label"] for button in publisher.posted[-1].body["buttons"]]


async def told(notices, concern=FAILING):
    await notices.tell(SERVER, concern)
    await notices.run_due()
    (notice,) = await notices.list_standing(SERVER)
    return notice


async def test_a_cause_is_told_once_however_often_it_is_raised(notices, publisher, clock):
    for _ in range(3):
        await told(notices)
        clock.wind(hours=1)
    assert len(texts(publisher)) == 1
    assert "“Coast Courier” could not be read." in texts(publisher)[0]
    assert labels(publisher) == ["Try again"]


async def test_each_cause_is_told(notices, publisher):
    await notices.tell(SERVER, FAILING)
    await notices.tell(SERVER, Concern("source-failing:4", "“Hill Herald” could not be read."))
    await notices.run_due()
    assert len(texts(publisher)) == 2


async def test_many_causes_are_all_told(notices, publisher):
    for number in range(20):
        await notices.tell(SERVER, Concern(f"source-failing:{number}", "It could not be read."))
    await notices.run_due()
    assert len(texts(publisher)) == 20


async def test_what_changed_is_edited_in_and_not_told_again(notices, publisher):
    await told(notices)
    await told(notices, Concern(FAILING.cause, "“Coast Courier” could not be read 9 times.", FAILING.remedies))
    (text,) = texts(publisher)
    assert "9 times" in text


async def test_settled_it_says_so_and_loses_its_buttons(notices, publisher, clock):
    await told(notices)
    clock.wind(hours=2)
    await notices.settle(SERVER, FAILING.cause, "It can be read again")
    await notices.run_due()
    (text,) = texts(publisher)
    assert f"It can be read again · <t:{int(clock.time.timestamp())}:f>" in text
    assert labels(publisher) == []
    assert await notices.list_standing(SERVER) == []


async def test_raised_again_after_it_was_over_it_is_told_again(notices, publisher, clock):
    await told(notices)
    await notices.settle(SERVER, FAILING.cause)
    clock.wind(minutes=1)
    await told(notices)
    assert len(texts(publisher)) == 2
    assert labels(publisher) == ["Try again"]


async def test_what_is_over_before_it_was_told_is_not_told(notices, publisher):
    await notices.tell(SERVER, FAILING)
    await notices.settle(SERVER, FAILING.cause)
    await notices.run_due()
    assert publisher.posted == []


async def test_settling_what_never_stood_does_nothing(notices, publisher):
    await notices.settle(SERVER, "source-failing:99")
    await notices.run_due()
    assert publisher.posted == []


async def test_without_a_channel_the_owner_is_told(notices, publisher, storage):
    async with storage.begin() as tx:
        await tx.servers.change(SERVER, notices_channel_id=None)
    await told(notices)
    assert len(texts(publisher, OWNER)) == 1
    assert f"You own Server {SERVER}" in publisher.posted[0].body["footer"]


async def test_a_notice_never_goes_where_a_digest_is_posted(notices, publisher, storage):
    async with storage.begin() as tx:
        await tx.servers.change(SERVER, notices_channel_id=NEWS)
        await tx.digests.add(SERVER, a_digest(channel_id=NEWS), NOON)
    await told(notices)
    assert texts(publisher, NEWS) == []
    assert len(texts(publisher, OWNER)) == 1


@pytest.mark.parametrize("failure", [DestinationLost("The channel was deleted."), SendRefused("400")])
async def test_a_lost_channel_falls_back_to_the_owner(notices, publisher, failure):
    """FAULTS 36: told once, and not lost with the channel."""
    publisher.failures = [failure]
    await told(notices)
    assert (texts(publisher), len(texts(publisher, OWNER))) == ([], 1)


async def test_when_nobody_can_be_reached_it_stays_open_and_is_tried_again(notices, publisher, clock):
    publisher.failures = [DestinationLost("gone"), DestinationLost("takes no messages")]
    notice = await told(notices)
    assert notice.state is NoticeState.OPEN
    await notices.run_due()
    assert publisher.posted == []
    clock.wind(seconds=UNREACHABLE.total_seconds())
    assert (await told(notices)).state is NoticeState.TOLD
    assert len(texts(publisher)) == 1


async def test_a_lost_answer_gives_one_notice(notices, publisher, clock):
    publisher.failures, publisher.after_store = [TryLater("no answer")], True
    await told(notices)
    clock.wind(seconds=31)
    assert (await told(notices)).state is NoticeState.TOLD
    assert len(texts(publisher)) == 1


class Killed(BaseException):
    """The process ends in the middle."""


async def test_a_process_that_died_in_mid_send_is_followed_by_another(notices, publisher, storage, clock):
    publisher.failures, publisher.after_store = [Killed()], True
    await notices.tell(SERVER, FAILING)
    with pytest.raises(Killed):
        await notices.run_due()
    heir = Notices(storage, publisher, rendered, clock, owner="there")
    await heir.run_due()
    assert (await heir.list_standing(SERVER))[0].state is NoticeState.OPEN  # held by the dead one for a while
    clock.wind(seconds=HOLD.total_seconds())
    await heir.run_due()
    assert (await heir.list_standing(SERVER))[0].state is NoticeState.TOLD
    assert len(texts(publisher)) == 1


async def test_waits_grow(notices, publisher, clock):
    waits = []
    publisher.failures = [TryLater("no answer") for _ in range(5)]
    await notices.tell(SERVER, FAILING)
    while publisher.failures:
        waiting, begun = len(publisher.failures), clock.time
        while len(publisher.failures) == waiting:
            clock.wind(seconds=10)
            await notices.run_due()
        waits.append(clock.time - begun)
    assert waits == sorted(waits)
    assert waits[-1] >= timedelta(minutes=4)


async def test_a_failure_of_one_does_not_keep_the_others_back(notices, publisher):
    publisher.failures = [RuntimeError("a bug")]
    await notices.tell(SERVER, FAILING)
    await notices.tell(SERVER, Concern("source-failing:4", "“Hill Herald” could not be read."))
    await notices.run_due()
    assert len(texts(publisher)) == 1


@pytest.mark.both_databases
async def test_two_processes_tell_each_cause_once(notices, publisher, storage, clock):
    """FAULTS 28, for notices: raised and told by two at the same time."""
    other = Notices(storage, publisher, rendered, clock, owner="there")
    concerns = [Concern(f"source-failing:{number}", f"Source {number} could not be read.") for number in range(30)]
    for concern in concerns:
        await asyncio.gather(notices.tell(SERVER, concern), other.tell(SERVER, concern))
    await asyncio.gather(notices.run_due(), other.run_due(), notices.run_due())
    await notices.run_due()
    assert sorted(texts(publisher)) == sorted(f"### A source fails\n{concern.text}" for concern in concerns)


@pytest.mark.both_databases
async def test_told_settled_and_told_again_on_either_database(notices, publisher, clock):
    for number in range(1, 4):
        await told(notices)
        await notices.settle(SERVER, FAILING.cause, "It can be read again")
        await notices.run_due()
        assert labels(publisher) == []
        assert len(texts(publisher)) == number
        clock.wind(hours=1)


async def test_an_act_is_shown_with_who_and_when(notices, publisher, clock):
    notice = await told(notices)
    clock.wind(minutes=5)
    await notices.record_act(notice, "tried it again: “503”", ADMIN, settles=False)
    (text,) = texts(publisher)
    assert f"<@{ADMIN}> tried it again: “503” · <t:{int(clock.time.timestamp())}:f>" in text
    assert labels(publisher) == ["Try again"]
    await notices.record_act(notice, "removed the source", ADMIN, settles=True)
    (text,) = texts(publisher)
    assert "removed the source" in text
    assert "tried it again" in text
    assert labels(publisher) == []


async def test_acts_survive_an_update_of_the_text(notices, publisher):
    notice = await told(notices)
    await notices.record_act(notice, "tried it again", ADMIN, settles=False)
    await told(notices, Concern(FAILING.cause, "It still fails.", FAILING.remedies))
    (text,) = texts(publisher)
    assert "It still fails." in text
    assert "tried it again" in text


async def test_a_message_whose_channel_is_gone_is_let_go(notices, publisher, storage):
    notice = await told(notices)

    async def edit(sent, body):
        raise DestinationLost("The channel was deleted.")

    publisher.edit = edit
    await notices.record_act(notice, "removed the source", ADMIN, settles=True)
    async with storage.reading() as tx:
        closed = await tx.notices.get(SERVER, notice.notice_id)
    assert (closed.state, closed.message_id) == (NoticeState.CLOSED, None)


async def test_nothing_is_told_to_a_server_that_was_left(notices, publisher):
    await notices.tell(OTHER_SERVER, FAILING)
    await notices.run_due()
    assert publisher.posted == []
    with pytest.raises(NotFound):
        await notices.get(OTHER_SERVER, 1)
