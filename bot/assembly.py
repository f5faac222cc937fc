"""The one place where parts are chosen and wired together."""

import asyncio
import logging
import socket
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot import __version__
from bot.errors import DigestError, SettingsError
from bot.ingest.parsers import Parsers
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from bot.services.administration import Administration
from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.digesting import Digesting
from bot.services.due import AHEAD
from bot.services.editions import Editions
from bot.services.following import Following
from bot.services.importing import Importing
from bot.services.intake import Intake
from bot.services.live import Live
from bot.services.longer import Longer
from bot.services.notices import Matter, Notices, Place
from bot.services.polling import Polling
from bot.services.ports import Clock, Publisher, SystemClock
from bot.services.quotas import Quotas
from bot.services.reports import Reports
from bot.services.revisions import Revisions
from bot.services.statuses import Statuses
from bot.services.stories import Composition
from bot.services.watching import Watching
from bot.settings import Settings
from bot.timetable import Timetable
from bot.ui.bodies import Body
from bot.ui.editions import edition_bodies, revised_bodies
from bot.ui.notices import notice_body
from storage import Digest, Edition, Notice, Storage, Unavailable
from summarizer.worker import Worker

log = logging.getLogger(__name__)

STOP_GRACE = timedelta(seconds=15)
SWEEP = timedelta(seconds=30)
FAILURE_TICK = timedelta(minutes=5)
SILENCE_TICK = timedelta(hours=1)
POLL_TICK = timedelta(seconds=15)


@dataclass(frozen=True)
class Library:
    """What works without Discord: intake, briefs and composition over one database."""

    settings: Settings
    clock: Clock
    owner: str  # of the leases this process takes
    storage: Storage
    worker: Worker
    fetcher: Fetcher
    parsers: Parsers
    intake: Intake
    briefing: Briefing
    composing: Composing


@dataclass(frozen=True)
class Dateline:
    """Everything the cogs call."""

    library: Library
    polling: Polling
    following: Following
    importing: Importing
    notices: Notices
    editions: Editions
    revisions: Revisions
    reports: Reports
    longer: Longer
    digesting: Digesting
    watching: Watching
    administration: Administration
    statuses: Statuses
    live: Live
    timetable: Timetable
    quotas: Quotas = field(default_factory=Quotas)

    @property
    def storage(self) -> Storage:
        """The database."""
        return self.library.storage

    @property
    def clock(self) -> Clock:
        """The time."""
        return self.library.clock

    async def start(self) -> None:
        """Begin to poll sources and to post digests."""
        async with self.storage.reading() as tx:
            digests = await tx.digests.list_active()
        for digest in digests:
            try:
                self.timetable.schedule(digest)
            except DigestError as error:  # its zone is gone from this machine; the sweep pauses it and says so
                log.error("digest %s cannot be scheduled: %s", digest.digest_id, error)
        self.timetable.repeat("sweep", self.editions.run_due, SWEEP)
        self.timetable.repeat("live", self.live.run_due, SWEEP)
        self.timetable.repeat("notices", self.notices.run_due, SWEEP)
        self.timetable.repeat("failures", self.watching.look_for_failures, FAILURE_TICK)
        self.timetable.repeat("silence", self.watching.look_for_silence, SILENCE_TICK)
        self.timetable.repeat("revisions", self.revisions.run_due, SWEEP)
        self.timetable.repeat("reports", self.reports.run_due, FAILURE_TICK)
        self.timetable.repeat("polls", self._poll, POLL_TICK)
        self.timetable.start()

    async def _poll(self) -> None:
        """Read sources that are due, and tell at once in live digests what that brought."""
        await self.polling.poll_due(self.live.run_due)

    async def stop(self) -> None:
        """Let what has begun come to its end, then give back what this process holds."""
        self.polling.close()
        await asyncio.gather(self.timetable.stop(STOP_GRACE), self.editions.stop(STOP_GRACE))
        try:
            await self.polling.release()
            await self.notices.release()
            await self.editions.release()
        except Unavailable as outage:
            log.warning("what this process holds is free for others when it expires: %s", outage)


def user_agent(contact: str | None) -> str:
    """How this bot introduces itself to web servers: its name, its version, and whom to write to about it."""
    about = f"+{contact}" if contact else "self-hosted news digest bot"
    return f"Dateline/{__version__} ({about})"


@asynccontextmanager
async def open_library(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Library]:
    """A library over the configured database, migrated; everything is closed at the end."""
    if settings.database_url is None:
        try:
            settings.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError(f"The data folder {settings.home} cannot be made: {error.strerror}.") from None
    clock = clock or SystemClock()
    storage, worker, parsers = Storage(settings.database), Worker(settings.options), Parsers()
    policy = AddressPolicy(settings.fetch_allow_networks)
    fetcher = Fetcher(policy, user_agent=user_agent(settings.contact), now=clock.now)
    try:
        await storage.open()
        briefing = Briefing(storage, worker, clock, settings.options)
        yield Library(
            settings=settings,
            clock=clock,
            owner=f"{socket.gethostname()[:20]}-{uuid.uuid4().hex[:12]}",
            storage=storage,
            worker=worker,
            fetcher=fetcher,
            parsers=parsers,
            intake=Intake(storage, fetcher, parsers, clock),
            briefing=briefing,
            composing=Composing(storage, worker, briefing, clock),
        )
    finally:
        await worker.close()
        await parsers.close()
        await fetcher.close()
        await storage.close()


@asynccontextmanager
async def open_dateline(
    settings: Settings, publisher: Publisher, clock: Clock | None = None
) -> AsyncIterator[Dateline]:
    """All services, not started yet. Raises ModelUnavailable for a model that is not fit to be loaded."""
    await asyncio.to_thread(settings.options.check_models)
    async with open_library(settings, clock) as library:
        polling = Polling(
            library.storage,
            library.fetcher,
            library.parsers,
            library.intake,
            library.clock,
            owner=library.owner,
            interval=timedelta(minutes=settings.poll_minutes),
        )
        following = Following(library.storage, library.fetcher, library.parsers, polling, library.clock)
        notices = Notices(library.storage, publisher, _notice, library.clock, owner=library.owner)
        editions = Editions(
            library.storage, library.composing, publisher, notices, _render, library.clock, owner=library.owner
        )
        revisions = Revisions(library.storage, publisher, _revise, library.clock)
        reports = Reports(library.storage, notices, revisions, library.clock)
        live = Live(library.storage, library.composing, editions, library.clock)

        async def serve(digest: Digest) -> None:
            await (live.serve(digest) if digest.is_live else editions.serve(digest))

        timetable = Timetable(serve, AHEAD)
        digesting = Digesting(library.storage, library.composing, editions, timetable, library.clock)
        yield Dateline(
            library=library,
            polling=polling,
            following=following,
            importing=Importing(library.storage, library.fetcher, library.parsers, library.clock),
            notices=notices,
            editions=editions,
            revisions=revisions,
            reports=reports,
            longer=Longer(library.storage, library.briefing),
            digesting=digesting,
            watching=Watching(library.storage, notices, library.clock),
            administration=Administration(library.storage, editions, library.clock),
            statuses=Statuses(
                library.storage,
                library.clock,
                database=library.storage.database,
                probe=library.worker.warm_up,
            ),
            live=live,
            timetable=timetable,
        )


def _render(edition: Edition, digest: Digest, composition: Composition) -> list[dict[str, Any]]:
    return [body.to_json() for body in edition_bodies(edition, digest, composition)]


def _revise(sent: Sequence[dict[str, Any]], composition: Composition) -> list[dict[str, Any]]:
    return [body.to_json() for body in revised_bodies([Body.from_json(body) for body in sent], composition)]


def _notice(notice: Notice, matter: Matter, place: Place) -> dict[str, Any]:
    return notice_body(notice, matter, place).to_json()
