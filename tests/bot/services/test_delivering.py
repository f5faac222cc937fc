"""What cannot be known about a part, and what is done then (FAULTS 33, 34, 36, 37)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.services.delivering import NONCE_WINDOW
from bot.services.holds import HOLD
from bot.services.ports import ActionDenied, DestinationLost, Remedy, SendRefused, Sent, TryLater
from storage import DeliveryState, Digest, EditionState
from tests.bot.services.office import Office
from tests.factories import SERVER
from tests.fakes import LOST_ANSWER, THREADS

TOLD = ["The harbour opens", "that was all"]
FORUM = 9
LATER = NONCE_WINDOW + timedelta(minutes=5)


class Killed(BaseException):
    """The process ends here: nothing of it runs any more."""


async def due(office: Office, **changes: object) -> Digest:
    """A digest whose slot has come."""
    await office.take_in("harbour")
    digest = await office.add(**changes)
    office.clock.wind(minutes=30)
    return digest


async def go_on(office: Office, after: timedelta) -> None:
    """Let the next process take over what was left."""
    office.clock.time += after
    await office.restarted().editions.run_due()


async def lose_the_first(office: Office, *, stored: bool) -> None:
    """Post, but the answer to the first part is lost."""
    office.publisher.failures = [LOST_ANSWER]
    office.publisher.after_store = stored
    await office.editions.run_due()


@pytest.mark.parametrize("stored", [True, False])
async def test_with_a_closed_history_the_nonce_decides_while_it_is_remembered(office: Office, stored: bool):
    digest = await due(office)
    office.publisher.history_readable = False
    await lose_the_first(office, stored=stored)
    await go_on(office, timedelta(seconds=60))
    assert office.told == TOLD
    assert office.causes == []
    assert await office.states(digest) == [EditionState.SENT]


@pytest.mark.parametrize("stored", [True, False])
async def test_with_a_closed_history_a_doubtful_part_is_not_sent_again_and_the_rest_is(office: Office, stored: bool):
    digest = await due(office)
    office.publisher.history_readable = False
    await lose_the_first(office, stored=stored)
    await go_on(office, LATER)
    assert office.told == TOLD[0 if stored else 1 :]
    assert office.causes == ["uncertain:1"]
    (edition,) = await office.editions_of(digest)
    assert edition.state is EditionState.SENT
    assert [part.state for part in await office.parts_of(edition)] == [DeliveryState.FAILED, DeliveryState.SENT]


async def test_in_a_forum_there_is_no_nonce_to_rely_on(office: Office):
    await due(office, channel_id=FORUM)
    office.publisher.forums.add(FORUM)
    office.publisher.history_readable = False
    await lose_the_first(office, stored=True)
    await go_on(office, timedelta(seconds=60))
    assert office.told == TOLD
    assert office.causes == ["uncertain:1"]


@pytest.mark.parametrize("deleted", [True, False])
async def test_what_is_not_found_later_is_sent_again_and_told_when_it_may_have_been_deleted(
    office: Office, deleted: bool
):
    digest = await due(office)
    await lose_the_first(office, stored=deleted)
    office.publisher.posted.clear()
    await go_on(office, LATER)
    assert office.told == TOLD
    assert office.causes == (["sent-again:1"] if deleted else [])
    assert await office.states(digest) == [EditionState.SENT]


async def test_what_was_deleted_while_its_nonce_is_known_counts_as_delivered(office: Office):
    """FAULTS 37: Discord answers 10008."""
    digest = await due(office)
    await lose_the_first(office, stored=True)
    office.publisher.posted.clear()
    await go_on(office, timedelta(seconds=60))
    assert office.told == TOLD[1:]
    assert office.causes == []
    (edition,) = await office.editions_of(digest)
    first, _ = await office.parts_of(edition)
    assert (first.state, first.message_id) == (DeliveryState.SENT, None)


@pytest.mark.parametrize("stored", [True, False])
async def test_a_forum_gets_one_post_with_all_parts(office: Office, stored: bool):
    digest = await due(office, channel_id=FORUM)
    office.publisher.forums.add(FORUM)
    await lose_the_first(office, stored=stored)
    await go_on(office, timedelta(seconds=60))
    assert office.told == TOLD
    (thread,) = {message.channel_id for message in office.publisher.posted}
    assert thread > THREADS
    (edition,) = await office.editions_of(digest)
    assert [part.posted_in for part in await office.parts_of(edition)] == [thread] * 2


async def test_a_post_that_was_deleted_between_its_parts_ends_the_edition(office: Office):
    digest = await due(office, channel_id=FORUM)
    office.publisher.forums.add(FORUM)
    real = office.publisher.send

    async def send(channel_id: int, body: dict, nonce: str) -> Sent:
        if channel_id != FORUM:
            raise DestinationLost("The channel was deleted.")
        return await real(channel_id, body, nonce)

    office.publisher.send = send  # type: ignore[method-assign]
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.SENT]
    assert office.causes == []


async def test_what_certainly_was_not_sent_was_never_attempted(office: Office):
    """FAULTS 34: after ten minutes of rate limits, without the right to look, both parts are there once."""
    digest = await due(office)
    office.publisher.history_readable = False
    office.publisher.failures = [TryLater("429", timedelta(minutes=10), unsent=True)]
    await office.editions.run_due()
    (edition,) = await office.editions_of(digest)
    first, _ = await office.parts_of(edition)
    assert (first.state, first.attempts, first.first_attempt_at) == (DeliveryState.PENDING, 0, None)
    await go_on(office, timedelta(minutes=9))
    assert office.told == []
    await go_on(office, timedelta(minutes=2))
    assert office.told == TOLD
    assert office.causes == []


async def test_a_doubtful_attempt_stays_doubtful_when_the_next_is_refused(office: Office):
    await due(office)
    office.publisher.history_readable = False
    await lose_the_first(office, stored=True)
    office.publisher.failures = [TryLater("429", timedelta(minutes=10), unsent=True)]
    office.publisher.after_store = False
    await go_on(office, timedelta(seconds=60))
    await go_on(office, timedelta(minutes=11))
    assert office.told == TOLD
    assert office.causes == ["uncertain:1"]


async def test_a_lost_destination_is_told_once_with_its_remedies_and_its_news_come_later(office: Office):
    """FAULTS 36."""
    digest = await due(office)
    office.publisher.failures = [DestinationLost("The channel was deleted.")]
    for _ in range(3):
        await office.editions.run_due()
        office.clock.wind(minutes=5)
    ((server_id, concern),) = office.admins.told
    assert (server_id, concern.cause) == (SERVER, f"destination-lost:{digest.digest_id}")
    assert concern.remedies[0] == (Remedy.CHOOSE_CHANNEL, digest.digest_id)
    office.clock.wind(days=4)  # nobody mends it for days
    async with office.storage.begin() as tx:
        await tx.digests.resume(SERVER, digest.digest_id, office.clock.now())
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert office.told == TOLD
    assert (SERVER, concern.cause) in office.admins.settled


async def test_an_edition_that_is_given_up_is_told_and_settled(office: Office):
    digest = await due(office)
    office.publisher.failures = [SendRefused("400 50035")] * 2
    await office.editions.run_due()
    assert office.causes == [f"edition-failed:{digest.digest_id}"]
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert office.told == TOLD
    assert (SERVER, f"edition-failed:{digest.digest_id}") in office.admins.settled


async def test_of_a_part_that_is_refused_the_bare_text_is_sent(office: Office):
    """FAULTS, what discord.py does: 400 50035 is our mistake; the readers get the text all the same."""
    digest = await due(office)
    office.publisher.failures = [SendRefused("400 50035")]
    await office.editions.run_due()
    assert office.told == TOLD
    (edition,) = await office.editions_of(digest)
    first, _ = await office.parts_of(edition)
    assert first.body == office.publisher.posted[0].body
    assert (first.body["form"], first.body["buttons"]) == ("embeds", [])
    assert office.causes == []


async def test_missed_editions_are_told_with_their_number(office: Office):
    """FAULTS 30."""
    digest = await due(office)
    office.clock.wind(days=3, hours=7)
    await office.editions.run_due()
    ((_, concern),) = office.admins.told
    assert concern.cause == f"edition-missed:{digest.digest_id}"
    assert concern.text.startswith("“Morning”: 4 editions were missed")
    assert concern.remedies == ((Remedy.POST_NOW, digest.digest_id),)


async def test_an_edition_is_published_and_pinned_in_place_of_the_one_before(office: Office):
    await due(office, published=True, pinned=True)
    await office.editions.run_due()
    first = [Sent(message.message_id, message.channel_id) for message in office.publisher.posted]
    assert office.publisher.announced == first
    assert office.publisher.pinned == first[:1]
    await office.take_in("bridge")
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert [pinned.message_id for pinned in office.publisher.pinned] == [office.publisher.posted[2].message_id]


async def test_a_publishing_that_fails_is_tried_again_and_nothing_is_posted_again(office: Office):
    digest = await due(office, published=True)
    office.publisher.refusing = [TryLater("503")] * 3
    for _ in range(4):
        await office.editions.run_due()
        assert office.told == TOLD
        office.clock.wind(minutes=1)
    assert len(office.publisher.announced) == 2
    assert await office.states(digest) == [EditionState.SENT]


async def test_where_pinning_is_not_allowed_the_edition_goes_all_the_same(office: Office):
    digest = await due(office, pinned=True)
    office.publisher.refusing = [ActionDenied("It needs the permission Pin Messages there.")]
    await office.editions.run_due()
    assert office.told == TOLD
    assert office.causes == [f"pin-denied:{digest.digest_id}"]
    assert await office.states(digest) == [EditionState.SENT]


async def test_killed_before_it_is_published_the_next_process_does_it(office: Office):
    """FAULTS 27."""
    digest = await due(office, published=True)
    office.publisher.refusing = [Killed()]
    await office.editions.run_due()
    await go_on(office, HOLD + timedelta(seconds=1))
    assert office.told == TOLD
    assert len(office.publisher.announced) == 2
    assert await office.states(digest) == [EditionState.SENT]


async def test_of_an_edition_that_fails_half_way_only_what_does_not_stand_there_is_told_again(office: Office):
    await office.take_in("harbour", "bridge")
    digest = await office.add()
    office.editions._making._render = lambda edition, digest, told: [
        {"blocks": [story.headline], "stories": [place]} for place, story in enumerate(told.stories)
    ]
    office.clock.wind(minutes=30)
    real = office.publisher.send

    async def send(*arguments: Any) -> Sent:
        if office.publisher.posted:
            raise SendRefused("400 50035")
        return await real(*arguments)

    office.publisher.send = send  # type: ignore[method-assign]
    await office.editions.run_due()
    office.publisher.send = real  # type: ignore[method-assign]
    assert await office.states(digest) == [EditionState.FAILED]
    (first,) = office.told
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert sorted(office.told) == ["The bridge opens", "The harbour opens"]
    assert office.told[0] == first
