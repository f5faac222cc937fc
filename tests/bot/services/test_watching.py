"""What goes wrong slowly is told once per server and cause, and taken back; healthy sources are left in peace."""

from datetime import timedelta

import pytest

from bot.services.habits import silence
from bot.services.ports import Remedy
from bot.services.watching import FAILURES, Watching, dropped_in_a_row
from storage import EditionState
from storage.observations import Result
from storage.types import PollResult
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease, a_source, an_article
from tests.fakes import FakeAdmins, FakeClock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def every(gap, times, count=1, end=NOON):
    """Arrivals at even distances, the last one at the end."""
    return [(end - gap * number, count) for number in range(times)][::-1]


def working_days(weeks, end=NOON):
    """Twelve articles each from Monday to Friday; noon is on a Friday."""
    days = [end - DAY * number for number in range(7 * weeks)]
    return [(day.replace(hour=hour), 1) for day in days[::-1] if day.weekday() < 5 for hour in range(6, 18)]


IN_PEACE = {
    "a busy feed over a long weekend": (every(2 * HOUR, 600), 2.9 * DAY),
    "a paper that rests at weekends, over a longer one": (working_days(8), 4 * DAY),
    "a weekly, a day late": (every(7 * DAY, 11), 8 * DAY),
    "a weekly that skips one": (every(7 * DAY, 11), 13.9 * DAY),
    "a monthly: three arrivals are no habit": (every(30 * DAY, 3), 60 * DAY),
    "known for a week only": (every(HOUR, 7 * 24), 5 * DAY),
    "a feed that held much when it was added, and nothing since": ([(NOON, 200)], 30 * DAY),
    "irregular, with long pauses before": ([(NOON - DAY * n, 1) for n in (70, 69, 50, 31, 30, 12, 0)], 30 * DAY),
    "nothing is known": ([], 30 * DAY),
}
SILENT = {
    "a busy feed": (every(2 * HOUR, 600), 3 * DAY, "12 a day", 3),
    "one that paused once": ([*every(DAY, 20, 3, NOON - 9 * DAY), *every(DAY, 9, 3)], 3 * DAY, "3 a day", 3),
    "a paper that rests at weekends": (working_days(8), 6 * DAY, "9 a day", 6),
    "a weekly": (every(7 * DAY, 11), 14 * DAY, "one a week", 14),
    "two a week": (every(3.5 * DAY, 20), 8 * DAY, "2 a week", 8),
    "every nine days": (every(9 * DAY, 9), 19 * DAY, "one every 9 days", 19),
}


@pytest.mark.parametrize("case", IN_PEACE)
def test_healthy_sources_are_left_in_peace(case):
    arrivals, quiet = IN_PEACE[case]
    assert silence(arrivals, NOON + quiet) is None


@pytest.mark.parametrize("case", SILENT)
def test_silence_against_the_habit_is_seen(case):
    arrivals, quiet, usually, days = SILENT[case]
    found = silence(arrivals, arrivals[-1][0] + quiet)
    assert (found.usually, found.days, found.since) == (usually, days, arrivals[-1][0])


def test_what_a_feed_held_when_it_was_added_is_no_habit():
    arrivals = [(NOON - 21 * DAY, 500), *every(DAY, 21)]
    assert silence(arrivals, NOON + 3 * DAY).usually == "1 a day"


def result(filtered=None, considered=None, name="Morning"):
    content = None if filtered is None else {"filtered": filtered, "considered": considered}
    return Result(SERVER, 1, name, NOON, has_told=filtered is None, content=content)


TOLD = result()
DROPPED = [
    ("three in a row", [result(10, 10), result(30, 30), result(1, 1)], 41),
    ("looked at does not count what was filtered", [result(10, 0), result(30, 0), result(1, 0)], 41),
    ("quiet days between do not count", [result(10, 10), result(0, 0), result(30, 30), result(0, 0), result(1, 1)], 41),
    ("older ones do not count", [result(10, 10), result(30, 30), result(1, 1), TOLD], 41),
    ("only two", [result(10, 10), result(30, 30)], 0),
    ("something was told", [result(10, 10), TOLD, result(30, 30), result(1, 1)], 0),
    ("something was told last", [TOLD, result(10, 10), result(30, 30), result(1, 1)], 0),
    ("not all was filtered", [result(10, 10), result(29, 30), result(1, 1)], 0),
    ("nothing ever came", [result(0, 0)] * 5, 0),
    ("no editions", [], 0),
    ("content of an earlier version", [Result(SERVER, 1, "Morning", NOON, False, {"stories": []})] * 3, 0),
    ("no content", [Result(SERVER, 1, "Morning", NOON, False, None)] * 3, 0),
]


@pytest.mark.parametrize(("case", "results", "dropped"), DROPPED)
def test_editions_of_which_all_was_filtered_are_counted(case, results, dropped):
    assert dropped_in_a_row(results) == dropped


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def admins(storage, clock):
    return StoringAdmins(storage, clock)


@pytest.fixture
def watching(storage, admins, clock):
    return Watching(storage, admins, clock)


class StoringAdmins(FakeAdmins):
    """Also keeps what stands, which watching compares with."""

    def __init__(self, storage, clock):
        super().__init__()
        self.storage, self.clock = storage, clock

    async def tell(self, server_id, concern):
        await super().tell(server_id, concern)
        async with self.storage.begin() as tx:
            await tx.notices.open(server_id, concern.cause, {}, self.clock.now())

    async def settle(self, server_id, cause, outcome="It is over"):
        self.settled.append((server_id, cause, outcome))
        async with self.storage.begin() as tx:
            notice = await tx.notices.find(server_id, cause)
            await tx.notices.close(server_id, notice.notice_id, {}, self.clock.now())


async def fails(storage, source_id, times=FAILURES, next_poll_at=NOON + 12 * HOUR):
    async with storage.begin() as tx:
        for _ in range(times):
            await tx.sources.record_polls(
                [(source_id, PollResult(NOON, next_poll_at, error="The server answered “503”."))]
            )


async def works(storage, source_id, at=NOON):
    async with storage.begin() as tx:
        await tx.sources.record_polls([(source_id, PollResult(at, at))])


async def test_a_failing_source_is_told_to_every_server_that_follows_it(storage, watching, admins):
    source_id = await a_source(storage, "https://coast.example/feed", SERVER, OTHER_SERVER)
    await works(storage, source_id)
    await fails(storage, source_id, FAILURES - 1)
    await watching.look_for_failures()
    assert admins.told == []
    await fails(storage, source_id, 1)
    await watching.look_for_failures()
    assert [server_id for server_id, _ in admins.told] == [SERVER, OTHER_SERVER]
    concern = admins.told[0][1]
    assert concern.cause == f"source-failing:{source_id}"
    assert concern.text == (
        f"“https://coast.example/feed” could not be read 8 times in a row since <t:{int(NOON.timestamp())}:f>. "
        "“The server answered ‘503’.” It is asked again about every 12 hours."
    )
    remedies = [Remedy.TRY_SOURCE, Remedy.CHANGE_ADDRESS, Remedy.REMOVE_SOURCE]
    assert concern.remedies == tuple((remedy, source_id) for remedy in remedies)


async def test_what_is_gone_for_good_is_told_at_once(storage, watching, admins):
    """FAULTS 23: 410 pauses at once, and the admins hear of it."""
    source_id = await a_source(storage, "https://coast.example/feed", SERVER)
    await fails(storage, source_id, 1, next_poll_at=None)
    await watching.look_for_failures()
    ((_, concern),) = admins.told
    assert "is paused." in concern.text
    assert "It is not asked any more, unless you try it again." in concern.text


async def test_a_source_that_works_again_is_settled(storage, watching, admins):
    source_id = await a_source(storage, "https://coast.example/feed", SERVER)
    await fails(storage, source_id)
    await watching.look_for_failures()
    await works(storage, source_id)
    for _ in range(2):
        await watching.look_for_failures()
    assert admins.settled == [(SERVER, f"source-failing:{source_id}", "It can be read again")]


async def test_a_source_that_is_not_followed_any_more_is_settled_honestly(storage, watching, admins):
    source_id = await a_source(storage, "https://coast.example/feed", SERVER, OTHER_SERVER)
    await fails(storage, source_id)
    await watching.look_for_failures()
    async with storage.begin() as tx:
        await tx.sources.unsubscribe(SERVER, source_id)
        await tx.sources.set_paused(OTHER_SERVER, source_id, True)
    await watching.look_for_failures()
    assert [(server, outcome) for server, _, outcome in admins.settled] == [
        (SERVER, "It is not there any more"),
        (OTHER_SERVER, "It is paused"),
    ]


async def brings(storage, source_id, at):
    async with storage.begin() as tx:
        await tx.articles.keep([an_article(f"harbour{at:%m%d}")], scope="shared", source_id=source_id, now=at)


async def test_a_source_that_falls_silent_is_told_and_settled(storage, watching, admins, clock):
    source_id = await a_source(storage, "https://coast.example/feed", SERVER)
    for day in range(20):
        await brings(storage, source_id, NOON + DAY * day)
    clock.time = NOON + 21.5 * DAY
    await works(storage, source_id, clock.time)
    await watching.look_for_silence()
    assert admins.told == []
    clock.time = NOON + 23 * DAY
    await works(storage, source_id, clock.time)
    await watching.look_for_silence()
    ((server_id, concern),) = admins.told
    assert (server_id, concern.cause) == (SERVER, f"source-silent:{source_id}")
    assert "usually 1 a day, none for 4 days" in concern.text
    await brings(storage, source_id, clock.time)
    await watching.look_for_silence()
    assert admins.settled == [(SERVER, concern.cause, "It brings articles again")]


async def test_a_source_nobody_read_meanwhile_is_not_called_silent(storage, watching, admins, clock):
    source_id = await a_source(storage, "https://coast.example/feed", SERVER)
    for day in range(20):
        await brings(storage, source_id, NOON + DAY * day)
    await works(storage, source_id, NOON + 19 * DAY)
    clock.time = NOON + 40 * DAY  # the bot was down
    await watching.look_for_silence()
    assert admins.told == []


async def an_edition(storage, digest, day, content, article_ids=()):
    due_at = NOON + DAY * day
    async with storage.begin() as tx:
        edition = await tx.editions.claim_slot(
            digest.server_id, digest.digest_id, f"slot {day}", due_at, (NOON, due_at), a_lease()
        )
        await tx.editions.freeze(edition.edition_id, "first", content, article_ids, [])
        await tx.editions.finish(
            edition.edition_id, "first", EditionState.EMPTY if not article_ids else EditionState.SENT
        )


async def test_filters_that_drop_everything_are_told_and_settled(storage, watching, admins, clock):
    source_id = await a_source(storage, "https://coast.example/feed", SERVER)
    await brings(storage, source_id, NOON)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest("Morning"), NOON)
    clock.time = NOON + 10 * DAY
    for day, filtered in enumerate((10, 30)):
        await an_edition(storage, digest, day, {"filtered": filtered, "considered": filtered})
    await watching.look_for_silence()
    assert admins.told == []
    await an_edition(storage, digest, 3, {"filtered": 1, "considered": 1})
    await watching.look_for_silence()
    ((server_id, concern),) = admins.told
    assert (server_id, concern.cause) == (SERVER, f"nothing-matched:{digest.digest_id}")
    assert "“Morning” had nothing to tell 3 times in a row: your filters dropped 41 of 41 articles." in concern.text
    assert concern.remedies == ((Remedy.EDIT_RULES, digest.digest_id),)
    await an_edition(storage, digest, 4, {"stories": "one"}, [1])
    await watching.look_for_silence()
    assert admins.settled == [(SERVER, concern.cause, "Something got through again")]


@pytest.mark.parametrize("says_when_empty", [False, True])
async def test_real_editions_of_a_digest_that_filters_everything_are_noticed(office, says_when_empty):
    watching = Watching(office.storage, office.admins, office.clock)
    digest = await office.add(rules="- opened", says_when_empty=says_when_empty)
    for day in range(3):
        await watching.look_for_silence()
        assert office.causes == []
        await office.take_in(f"harbour{day}", f"bridge{day}")
        office.clock.wind(minutes=30)
        await office.editions.run_due()
        office.clock.wind(hours=23, minutes=30)
    await watching.look_for_silence()
    assert office.causes == [f"nothing-matched:{digest.digest_id}"]
    assert "dropped 6 of 6 articles" in office.admins.told[0][1].text
