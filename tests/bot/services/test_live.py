"""A live digest over the real composing, the real ledger and a database: each story once, as it comes."""

import itertools
from datetime import timedelta

import pytest

from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.editions import Editions
from bot.services.live import Live
from bot.services.ports import DestinationLost, TryLater
from bot.services.stories import Composition
from bot.services.turns import WAITS
from storage import SHARED, Digest, EditionState, NewArticle, Storage
from tests.factories import DAILY, NOON, SERVER, a_digest, a_source, an_article
from tests.fakes import LOST_ANSWER, THREADS, FakeAdmins, FakeClock, FakeCondenser, FakePublisher, Posted
from tests.newsroom import NEWS

CHANNEL, ROLE = 7, 99
SUBJECTS = tuple(NEWS)[:8]
FIRE = (
    "A fire broke out in the old mill of Norrby on Friday evening. Two people were taken to hospital. The street along"
    " the river is closed for traffic."
)
LATER = (
    "A fire broke out in the old mill of Norrby on Friday evening. Two people were taken to hospital. Investigators"
    " found a broken heater on the third floor, the police of Norrby said on Saturday."
)


def one_message(edition, digest: Digest, composition: Composition) -> list[dict[str, object]]:
    """Enough of a renderer: a headline, whom it calls, and what it says of itself."""
    (story,) = composition.stories
    said = {"update": story.is_update, "over": composition.passed_over, "degraded": composition.degraded}
    return [{"blocks": [story.headline], "mention": digest.mention_role_id, **said}]


def of_one_subject(documents) -> list[list[int]]:
    """Puts reports on the mill together, and nothing else."""
    mill = [at for at, document in enumerate(documents) if "mill" in document.text]
    return [mill, *([at] for at in range(len(documents)) if at not in mill)]


class Desk:
    """A live service with its neighbours; `restarted` is the next process over the same database and Discord."""

    numbers = itertools.count()

    def __init__(self, storage: Storage, clock: FakeClock, publisher: FakePublisher, admins: FakeAdmins) -> None:
        self.storage, self.clock, self.publisher, self.admins = storage, clock, publisher, admins
        self.condenser = FakeCondenser(cluster=of_one_subject)
        briefing = Briefing(storage, self.condenser, clock)
        self.composing = Composing(storage, self.condenser, briefing, clock, patience=timedelta(seconds=2))
        owner = f"process {next(self.numbers)}"
        tick = timedelta(seconds=0.01)
        self.editions = Editions(storage, self.composing, publisher, admins, one_message, clock, owner=owner, tick=tick)
        self.live = Live(storage, self.composing, self.editions, clock)

    def restarted(self) -> "Desk":
        return Desk(self.storage, self.clock, self.publisher, self.admins)

    async def follow(self) -> None:
        self.source_id = await a_source(self.storage, "https://example.org/feed", SERVER)

    async def add(self, **changes: object) -> Digest:
        async with self.storage.begin() as tx:
            new = a_digest(channel_id=CHANNEL, schedule="live", timezone="UTC", **changes)
            return await tx.digests.add(SERVER, new, self.clock.now())

    async def take_in(self, *subjects: str) -> None:
        await self.take_in_articles(*(an_article(each, text=NEWS[each]) for each in subjects))

    async def take_in_articles(self, *articles: NewArticle) -> None:
        async with self.storage.begin() as tx:
            await tx.articles.keep(articles, scope=SHARED, source_id=self.source_id, now=self.clock.now())

    async def pass_time(self, **duration: float) -> None:
        """Every minute the timetable wakes both services."""
        end = self.clock.now() + timedelta(**duration)
        while self.clock.now() < end:
            self.clock.wind(minutes=1)
            await self.wake()

    async def wake(self) -> None:
        await self.live.run_due()
        await self.editions.run_due()

    async def change(self, digest: Digest, **changes: object) -> None:
        async with self.storage.begin() as tx:
            new = a_digest(**({"channel_id": CHANNEL, "schedule": "live", "timezone": "UTC"} | changes))
            await tx.digests.replace(SERVER, digest.digest_id, new, self.clock.now())

    @property
    def told(self) -> list[str]:
        return [
            text.removeprefix("The ").removesuffix(" opens") for post in self.posted for text in post.body["blocks"]
        ]

    @property
    def posted(self) -> list[Posted]:
        return self.publisher.posted


@pytest.fixture
async def desk(storage: Storage) -> Desk:
    clock = FakeClock(NOON)
    made = Desk(storage, clock, FakePublisher(clock), FakeAdmins())
    await made.follow()
    return made


async def test_it_starts_from_now_and_tells_what_comes(desk):
    await desk.take_in(*SUBJECTS[2:])
    desk.clock.wind(minutes=1)
    await desk.add()
    await desk.pass_time(minutes=5)
    assert desk.told == []
    await desk.take_in("harbour")
    await desk.pass_time(minutes=1)
    assert desk.told == ["harbour"]
    await desk.take_in("bridge")
    await desk.pass_time(minutes=30)
    assert desk.told == ["harbour", "bridge"]


@pytest.mark.both_databases
async def test_what_is_over_the_cap_waits_the_best_first(desk):
    await desk.add(per_hour=3)
    desk.clock.wind(minutes=1)
    short = [
        an_article("hut", text="A hut was painted green."),
        an_article("goat", text="Somebody lost a goat near Sundvik."),
    ]
    await desk.take_in_articles(*short)
    await desk.take_in(*SUBJECTS[:4])
    await desk.pass_time(minutes=30)
    assert len(desk.told) == 3
    assert set(desk.told) <= set(SUBJECTS[:4])
    await desk.pass_time(minutes=40)
    assert len(desk.told) == 6
    assert set(desk.told[:4]) == set(SUBJECTS[:4])
    await desk.pass_time(hours=3)
    assert len(desk.told) == len(set(desk.told)) == 6


async def test_what_waited_too_long_is_passed_over_and_counted(desk):
    await desk.add(per_hour=1)
    desk.clock.wind(minutes=1)
    await desk.take_in(*SUBJECTS)
    await desk.pass_time(hours=WAITS.total_seconds() / 3600 + 1)
    waited = len(desk.told)
    assert waited <= 7
    await desk.take_in("lighthouse")
    await desk.pass_time(hours=1)
    assert desk.told[waited:] == ["lighthouse"]
    assert desk.posted[-1].body["over"] == len(SUBJECTS) - waited
    await desk.take_in("observatory")
    await desk.pass_time(hours=1, minutes=1)
    assert desk.posted[-1].body["over"] == 0


async def test_quiet_hours_are_kept_and_what_came_in_them_is_told_afterwards(desk):
    await desk.add(quiet_hours="13:00-20:00", per_hour=2)
    desk.clock.wind(minutes=60)
    await desk.take_in(*SUBJECTS[:3])
    await desk.pass_time(hours=6, minutes=59)
    assert desk.told == []
    await desk.pass_time(minutes=1)
    assert len(desk.told) == 2
    await desk.pass_time(hours=1)
    assert sorted(desk.told) == sorted(SUBJECTS[:3])


async def test_an_alert_breaks_quiet_and_cap_and_mentions_the_role(desk):
    await desk.add(quiet_hours="12:00-20:00", per_hour=1, alert_words="tsunami, Fire alarm", mention_role_id=ROLE)
    desk.clock.wind(minutes=5)
    await desk.take_in("harbour")
    await desk.pass_time(minutes=2)
    assert desk.told == []
    await desk.take_in_articles(
        an_article("mole", title="TSUNAMI at the mole"),
        an_article("pier", title="Fire in it", text="Guests of the pier left its café in the smoke of a pan."),
    )
    await desk.pass_time(minutes=2)
    assert desk.told == ["TSUNAMI at the mole"]
    assert desk.posted[-1].body["mention"] == ROLE
    await desk.take_in_articles(an_article("dyke", text="A fire alarm rang at the dyke of Norrby on Friday evening."))
    await desk.pass_time(minutes=2)
    assert desk.told[1:] == ["dyke"]
    await desk.pass_time(hours=10)
    assert {"harbour", "Fire in it"} <= set(desk.told)
    assert [post.body["mention"] for post in desk.posted] == [ROLE, ROLE, None, None]


async def test_without_alert_words_every_new_story_mentions_the_role(desk):
    await desk.add(mention_role_id=ROLE)
    desk.clock.wind(minutes=1)
    await desk.take_in("harbour")
    await desk.pass_time(minutes=1)
    assert [post.body["mention"] for post in desk.posted] == [ROLE]


def mill(number: int, text: str) -> NewArticle:
    return an_article(f"mill{number}", text=text, title="Fire in the old mill of Norrby")


@pytest.mark.both_databases
async def test_an_update_is_a_reply_to_the_first_telling_and_a_second_report_is_silent(desk):
    await desk.add(mention_role_id=ROLE)
    desk.clock.wind(minutes=1)
    await desk.take_in_articles(mill(1, FIRE))
    await desk.pass_time(minutes=2)
    await desk.take_in_articles(
        mill(2, FIRE + " "), mill(3, FIRE.replace("Friday evening", "Friday evening, police said"))
    )
    await desk.pass_time(minutes=5)
    assert len(desk.posted) == 1
    await desk.take_in_articles(mill(4, LATER))
    await desk.pass_time(minutes=5)
    first, update = desk.posted
    assert (update.body["update"], update.body["reply_to"]) == (True, first.message_id)
    assert update.body["mention"] is None
    await desk.take_in_articles(
        mill(5, LATER + " The mayor of Norrby, Ada Berg, promised 40,000 crowns for the owners.")
    )
    await desk.pass_time(minutes=5)
    assert [post.body["reply_to"] for post in desk.posted[1:]] == [first.message_id] * 2


async def test_in_a_forum_an_update_goes_into_the_post_of_its_story(desk):
    desk.publisher.forums.add(CHANNEL)
    await desk.add()
    desk.clock.wind(minutes=1)
    await desk.take_in_articles(mill(1, FIRE), an_article("harbour"))
    await desk.pass_time(minutes=2)
    await desk.take_in_articles(mill(2, LATER))
    await desk.pass_time(minutes=2)
    threads = {post.body["blocks"][0]: post.channel_id for post in desk.posted[:2]}
    assert len(set(threads.values())) == 2
    assert all(thread > THREADS for thread in threads.values())
    assert desk.posted[2].channel_id == threads["Fire in the old mill of Norrby"]


async def test_a_forum_post_that_was_deleted_takes_its_updates_with_it_and_not_the_digest(desk):
    desk.publisher.forums.add(CHANNEL)
    digest = await desk.add()
    desk.clock.wind(minutes=1)
    await desk.take_in_articles(mill(1, FIRE))
    await desk.pass_time(minutes=2)
    await desk.take_in_articles(mill(2, LATER))
    desk.publisher.failures = [DestinationLost("The channel was deleted.")]
    await desk.pass_time(minutes=2)
    await desk.take_in("harbour")
    await desk.pass_time(minutes=2)
    assert desk.told[1:] == ["harbour"]
    async with desk.storage.reading() as tx:
        assert not (await tx.digests.get(SERVER, digest.digest_id)).paused


async def test_a_lost_channel_pauses_it(desk):
    """FAULTS 36."""
    digest = await desk.add()
    desk.clock.wind(minutes=1)
    await desk.take_in("harbour", "bridge")
    desk.publisher.failures = [DestinationLost("The channel was deleted.")]
    await desk.pass_time(minutes=9)
    assert desk.told == []
    async with desk.storage.reading() as tx:
        assert (await tx.digests.get(SERVER, digest.digest_id)).paused
    assert [concern.cause for _, concern in desk.admins.told] == [f"destination-lost:{digest.digest_id}"]


async def test_a_pause_and_a_holiday_hold_and_it_goes_on_from_there(desk):
    digest = await desk.add()
    desk.clock.wind(minutes=1)
    async with desk.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id, until=desk.clock.now() + timedelta(hours=1))
    await desk.take_in("harbour")
    await desk.pass_time(hours=1, minutes=5)
    assert desk.told == []
    await desk.take_in("bridge")
    await desk.pass_time(minutes=2)
    assert desk.told == ["bridge"]


@pytest.mark.both_databases
async def test_an_edit_loses_nothing_and_repeats_nothing(desk):
    digest = await desk.add(per_hour=1)
    desk.clock.wind(minutes=1)
    await desk.take_in("harbour", "bridge")
    await desk.pass_time(minutes=5)
    assert len(desk.told) == 1
    await desk.change(digest, per_hour=5)
    await desk.pass_time(minutes=5)
    assert sorted(desk.told) == ["bridge", "harbour"]


async def test_one_that_becomes_live_does_not_tell_the_hours_before(desk):
    digest = await desk.add()
    await desk.change(digest, schedule="mon 08:30")
    desk.clock.wind(minutes=10)
    await desk.take_in(*SUBJECTS)
    desk.clock.wind(hours=1)
    await desk.change(digest)
    await desk.pass_time(minutes=5)
    assert desk.told == []


@pytest.mark.parametrize("failure", [TryLater("503"), TryLater("429", timedelta(minutes=10)), LOST_ANSWER])
@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not stored"])
async def test_in_an_outage_nothing_is_lost_or_doubled(desk, failure, stored):
    """FAULTS 34, 33: one brief is tried again; after the outage the others come, under the cap."""
    digest = await desk.add(per_hour=2)
    desk.clock.wind(minutes=1)
    await desk.take_in(*SUBJECTS[:6])
    desk.publisher.failures = [failure] * 300
    desk.publisher.after_store = stored
    await desk.pass_time(minutes=60)
    assert len(desk.told) == (2 if stored else 0)  # what arrived is found there before it would be sent again
    desk.publisher.failures = []
    await desk.pass_time(minutes=30)
    assert len(desk.told) == (4 if stored else 3)
    await desk.pass_time(hours=2)
    assert sorted(desk.told) == sorted(SUBJECTS[:6])
    async with desk.storage.reading() as tx:
        states = {edition.state for edition in await tx.editions.list_of_digest(digest.digest_id)}
    assert states == {EditionState.SENT}


@pytest.mark.both_databases
async def test_two_processes_tell_each_story_once(desk):
    """FAULTS 28."""
    await desk.add(per_hour=60)
    other = desk.restarted()
    desk.clock.wind(minutes=1)
    for subject in SUBJECTS:
        await desk.take_in(subject)
        desk.clock.wind(minutes=1)
        for each in (desk, other):
            await each.wake()
    other.clock.wind(minutes=1)
    assert sorted(desk.told) == sorted(SUBJECTS)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not stored"])
async def test_a_killed_process_is_followed_by_the_next(desk, stored):
    """FAULTS 27."""
    await desk.add()
    desk.clock.wind(minutes=1)
    await desk.take_in(*SUBJECTS[:3])
    desk.publisher.failures, desk.publisher.after_store = [Killed()], stored
    with pytest.raises(Killed):
        await desk.live.run_due()
    after = desk.restarted()
    await after.pass_time(minutes=10)
    assert sorted(desk.told) == sorted(SUBJECTS[:3])


async def test_without_the_model_it_tells_all_the_same_and_says_so(desk):
    """FAULTS 48."""
    await desk.add()
    desk.clock.wind(minutes=1)
    desk.condenser.broken = True
    await desk.take_in("harbour")
    await desk.pass_time(minutes=1)
    assert desk.told == ["harbour"]
    assert desk.posted[0].body["degraded"]


@pytest.mark.parametrize("per_hour", [1, 6], ids=["without room", "with room"])
async def test_nothing_is_composed_while_nothing_comes(desk, per_hour):
    await desk.add(per_hour=per_hour)
    desk.clock.wind(minutes=1)
    await desk.take_in_articles(mill(1, FIRE))
    await desk.pass_time(minutes=2)
    await desk.take_in_articles(mill(2, FIRE.replace("Friday evening", "Friday evening, police said")))
    await desk.pass_time(minutes=5)  # it says nothing new, and stays untold
    assert len(desk.posted) == 1
    asked = len(desk.condenser.requests)
    clustered: list[int] = []
    desk.condenser.cluster = lambda documents: clustered.append(len(documents)) or of_one_subject(documents)
    await desk.pass_time(minutes=50)
    assert clustered == []
    assert len(desk.condenser.requests) == asked


async def test_feeds_that_name_the_day_alone_are_told_too(desk):
    await desk.add()
    desk.clock.wind(minutes=1)
    day = NOON.replace(hour=0)
    await desk.take_in_articles(
        an_article("harbour", text=NEWS["harbour"], published=day),
        an_article("bridge", text=NEWS["bridge"], published=NOON - timedelta(days=3)),
    )
    await desk.pass_time(minutes=5)
    assert desk.told == ["harbour"]


@pytest.mark.both_databases
async def test_what_waits_when_it_becomes_a_scheduled_digest_is_told_at_the_slot(desk):
    """FAULTS 32."""
    digest = await desk.add(per_hour=1)
    desk.clock.wind(minutes=1)
    await desk.take_in(*SUBJECTS[:4])
    await desk.pass_time(minutes=65)
    assert len(desk.told) == 2
    desk.editions._making._render = lambda edition, digest, told: [{"blocks": [one.headline for one in told.stories]}]
    await desk.change(digest, schedule=f"{DAILY} 13:30")
    await desk.pass_time(minutes=30)
    assert len(desk.told) == 4
    assert set(desk.told) == set(SUBJECTS[:4])


@pytest.mark.parametrize("change", ["pause", "move", "remove"])
async def test_what_an_admin_does_while_stories_are_composed_and_posted_holds_from_the_next_one_on(desk, change):
    digest = await desk.add(per_hour=12)
    desk.clock.wind(minutes=1)
    await desk.take_in(*SUBJECTS[:3])
    real = desk.publisher.send

    async def send(*arguments):
        if len(desk.posted) == 1:
            async with desk.storage.begin() as tx:
                if change == "pause":
                    await tx.digests.pause(SERVER, digest.digest_id)
                elif change == "remove":
                    await tx.digests.remove(SERVER, digest.digest_id)
        if len(desk.posted) == 1 and change == "move":
            await desk.change(digest, channel_id=8)
        return await real(*arguments)

    desk.publisher.send = send
    await desk.pass_time(minutes=3)
    assert [message.channel_id for message in desk.posted] == [CHANNEL, CHANNEL, *([8] if change == "move" else [])]
    assert len(desk.told) == len(set(desk.told))
