"""Digests: what a server's admins do with them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import DigestError
from bot.services.composing import Composing
from bot.services.editions import Editions
from bot.services.ports import Clock
from bot.services.schedules import parse_days, parse_time, parse_timezone
from bot.services.stories import Composition
from storage import Digest, Edition, NameTaken, NewDigest, Storage

LONGEST_NAME = 60
STORIES = range(1, 16)
SECOND_THOUGHTS = timedelta(seconds=30)


class Timetable(Protocol):
    """Whatever wakes us when a digest is due."""

    def schedule(self, digest: Digest) -> None:
        """Wake for this digest from now on, with its present configuration; not at all when it is paused."""
        ...

    def forget(self, digest_id: int) -> None:
        """Do not wake for this digest any more."""
        ...


@dataclass(frozen=True)
class DigestForm:
    """What an admin typed."""

    name: str
    channel_id: int
    time: str
    days: str
    timezone: str
    stories: int = 8

    def parsed(self) -> NewDigest:
        """As a configuration. Raises DigestError for whatever cannot be understood."""
        name = " ".join(self.name.split())
        if not name or len(name) > LONGEST_NAME:
            raise DigestError(f"A digest needs a name of at most {LONGEST_NAME} characters.")
        if self.stories not in STORIES:
            raise DigestError(f"A digest tells {STORIES[0]} to {STORIES[-1]} stories.")
        return NewDigest(
            name=name,
            channel_id=self.channel_id,
            schedule=f"{parse_days(self.days)} {parse_time(self.time)}",
            timezone=parse_timezone(self.timezone),
            stories=self.stories,
        )


class Digesting:
    """Use cases around digests; each acts within one server."""

    def __init__(
        self, storage: Storage, composing: Composing, editions: Editions, timetable: Timetable, clock: Clock
    ) -> None:
        self._storage = storage
        self._composing = composing
        self._editions = editions
        self._timetable = timetable
        self._clock = clock

    async def add(self, server_id: int, form: DigestForm) -> Digest:
        """Keep a new digest. Raises DigestError."""
        new = form.parsed()
        now = self._clock.now()
        try:
            async with self._storage.begin() as tx:
                await tx.servers.ensure(server_id, now)
                digest = await tx.digests.add(server_id, new, now)
        except NameTaken:
            raise _name_taken(new.name) from None
        self._timetable.schedule(digest)
        return digest

    async def edit(self, server_id: int, digest_id: int, form: DigestForm) -> Digest:
        """Give a digest another configuration. Raises DigestError, storage.NotFound."""
        new = form.parsed()
        try:
            async with self._storage.begin() as tx:
                digest = await tx.digests.replace(server_id, digest_id, new, self._clock.now())
        except NameTaken:
            raise _name_taken(new.name) from None
        self._timetable.schedule(digest)
        return digest

    async def list_all(self, server_id: int) -> list[Digest]:
        """All digests of a server, by name."""
        async with self._storage.reading() as tx:
            return await tx.digests.list_all(server_id)

    async def get(self, server_id: int, digest_id: int) -> Digest:
        """One digest of that server. Raises storage.NotFound."""
        async with self._storage.reading() as tx:
            return await tx.digests.get(server_id, digest_id)

    async def find(self, server_id: int, name: str) -> Digest:
        """The digest with that name. Raises DigestError."""
        async with self._storage.reading() as tx:
            digest = await tx.digests.find(server_id, name)
        if digest is None:
            raise DigestError(f"This server has no digest named “{name}”. `/digest list` shows them all.")
        return digest

    async def set_paused(self, server_id: int, digest_id: int, paused: bool) -> Digest:
        """Stop or go on. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            if paused:
                digest = await tx.digests.pause(server_id, digest_id)
            else:
                digest = await tx.digests.resume(server_id, digest_id, self._clock.now())
        self._timetable.schedule(digest)
        return digest

    async def remove(self, server_id: int, digest_id: int) -> None:
        """Forget a digest. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            await tx.editions.abandon(digest_id)
            await tx.digests.remove(server_id, digest_id)
        self._timetable.forget(digest_id)

    async def preview(self, digest: Digest) -> Composition:
        """What the next edition would tell as of now; nothing is kept."""
        return await self._composing.for_digest(digest, await self._window(digest))

    async def post(self, digest: Digest, request_id: int) -> Edition:
        """Post an edition now, once per request, beside the schedule: the scheduled window does not move.

        Raises DigestError when one was posted a moment ago, or is on its way.
        """
        async with self._storage.reading() as tx:
            just_now = self._clock.now() - SECOND_THOUGHTS
            if await tx.editions.has_manual_since(digest.digest_id, just_now):
                raise DigestError("An edition was just posted by hand, or is on its way. Try again in half a minute.")
        return await self._editions.post_now(digest, f"manual:{request_id}", await self._window(digest))

    async def _window(self, digest: Digest) -> tuple[datetime, datetime]:
        return await self._editions.window(digest, self._clock.now())


def as_form(digest: NewDigest, **changes: object) -> DigestForm:
    """A configuration as an admin would type it, with changes."""
    days, _, time = digest.schedule.partition(" ")
    form = DigestForm(digest.name, digest.channel_id, time, days, digest.timezone, digest.stories)
    return replace(form, **changes)  # type: ignore[arg-type]


def _name_taken(name: str) -> DigestError:
    return DigestError(f"There is a digest named “{name}” already. Choose another name.")
