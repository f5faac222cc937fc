"""Digests: what a server's admins do with them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import DigestError
from bot.services.composing import Composing
from bot.services.digestforms import DigestForm, as_form
from bot.services.editions import Editions
from bot.services.moments import parse_until
from bot.services.ports import Clock
from bot.services.stories import Composition
from storage import Delivery, Digest, Edition, NameTaken, NewDigest, NotFound, Storage
from storage.types import MANUAL

SECOND_THOUGHTS = timedelta(seconds=30)
REMEMBERED = 48
"""So many editions are shown in a history, a few at a time."""
PAGE = 4


class Timetable(Protocol):
    """Whatever wakes us when a digest is due."""

    def schedule(self, digest: Digest) -> None:
        """Wake for this digest from now on, with its present configuration; not at all when it is paused for good."""
        ...

    def forget(self, digest_id: int) -> None:
        """Do not wake for this digest any more."""
        ...


@dataclass(frozen=True)
class History:
    """A page of the last editions of a digest with their messages, newest first."""

    records: list[tuple[Edition, list[Delivery]]]
    page: int  # from 0
    pages: int


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

    # before anything is kept

    async def usual_timezone(self, server_id: int) -> str | None:
        """The zone that the server chose for all it sets up."""
        try:
            async with self._storage.reading() as tx:
                return (await tx.servers.get(server_id)).timezone
        except NotFound:
            return None

    async def understand(self, server_id: int, form: DigestForm) -> NewDigest:
        """What a form means, its zone left out being the server's own. Raises DigestError; nothing is kept."""
        if not form.timezone:
            usual = await self.usual_timezone(server_id)
            if usual is None:
                raise DigestError(
                    "Whose clock is meant? Choose a `timezone` like `Europe/Berlin`, or set the server's own with "
                    "`/dateline settings`."
                )
            form = replace(form, timezone=usual)
        new = form.parsed()
        async with self._storage.reading() as tx:
            if await tx.digests.find(server_id, new.name) is not None:
                raise _name_taken(new.name)
        return new

    # what is kept

    async def add(self, server_id: int, new: NewDigest) -> Digest:
        """Keep a new digest. Raises DigestError."""
        now = self._clock.now()
        try:
            async with self._storage.begin() as tx:
                await tx.servers.ensure(server_id, now)
                digest = await tx.digests.add(server_id, new, now)
        except NameTaken:
            raise _name_taken(new.name) from None
        self._timetable.schedule(digest)
        return digest

    async def edit(self, server_id: int, digest_id: int, **changes: object) -> Digest:
        """Give a digest what an admin typed for some fields of its form; one that stopped because its channel was lost
        goes on in another. Raises DigestError, storage.NotFound.
        """
        before = await self.get(server_id, digest_id)
        new = as_form(before, **changes).parsed()
        try:
            async with self._storage.begin() as tx:
                digest = await tx.digests.replace(server_id, digest_id, new, self._clock.now())
                if before.paused and before.trouble is not None and new.channel_id != before.channel_id:
                    digest = await tx.digests.resume(server_id, digest_id, self._clock.now())
        except NameTaken:
            raise _name_taken(new.name) from None
        return await self._changed(digest)

    async def move(self, server_id: int, digest_id: int, channel_id: int) -> Digest:
        """Post in another channel from now on. Raises DigestError, storage.NotFound."""
        return await self.edit(server_id, digest_id, channel_id=channel_id)

    async def pause(self, server_id: int, digest_id: int, until: str = "") -> Digest:
        """Stop until what was typed, or until somebody resumes. Raises DigestError, storage.NotFound."""
        digest = await self.get(server_id, digest_id)
        end = parse_until(until, digest.timezone, self._clock.now())
        async with self._storage.begin() as tx:
            digest = await tx.digests.pause(server_id, digest_id, until=end)
        return await self._changed(digest)

    async def resume(self, server_id: int, digest_id: int) -> Digest:
        """Go on, with slots from now on. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            digest = await tx.digests.resume(server_id, digest_id, self._clock.now())
        return await self._changed(digest)

    async def remove(self, server_id: int, digest_id: int) -> None:
        """Forget a digest; its editions stay. Raises storage.NotFound."""
        await self._editions.withdraw(await self.get(server_id, digest_id))
        async with self._storage.begin() as tx:
            await tx.editions.abandon(digest_id)
            await tx.digests.remove(server_id, digest_id)
        self._timetable.forget(digest_id)

    # what is there

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

    async def history(self, digest: Digest, page: int = 0) -> History:
        """A page of the newest editions; the last one where there are not so many."""
        recent = await self._editions.list_recent(digest.server_id, digest.digest_id, REMEMBERED)
        pages = max(1, -(-len(recent) // PAGE))
        page = min(page, pages - 1)
        shown = recent[page * PAGE : (page + 1) * PAGE]
        async with self._storage.reading() as tx:
            records = [(edition, await tx.editions.list_deliveries(edition.edition_id)) for edition in shown]
        return History(records, page, pages)

    async def as_sent(self, server_id: int, edition_id: int) -> tuple[Edition, list[Delivery]]:
        """An edition of that server as it was frozen. Raises storage.NotFound."""
        async with self._storage.reading() as tx:
            edition = await tx.editions.get(server_id, edition_id)
            return edition, await tx.editions.list_deliveries(edition_id)

    async def preview(self, digest: Digest) -> Composition:
        """What the next edition would tell as of now; nothing is kept. Raises DigestError for a live digest."""
        _check_has_editions(digest)
        return await self._composing.for_digest(digest, await self._window(digest))

    async def post(self, digest: Digest, request_id: int, *, moves_window: bool = False) -> Edition:
        """Post an edition now, once per request, beside the schedule. Unless `moves_window`, the next scheduled one
        tells what it would have told anyway.

        Raises DigestError when one was posted a moment ago, or is on its way; and for a live digest.
        """
        _check_has_editions(digest)
        async with self._storage.reading() as tx:
            just_now = self._clock.now() - SECOND_THOUGHTS
            if await tx.editions.has_manual_since(digest.digest_id, just_now):
                raise DigestError("An edition was just posted by hand, or is on its way. Try again in half a minute.")
        window = await self._window(digest)
        return await self._editions.post_now(digest, f"{MANUAL}{request_id}", window, moves_window=moves_window)

    async def _changed(self, digest: Digest) -> Digest:
        """What was made ahead was made for the configuration of before."""
        await self._editions.withdraw(digest)
        self._timetable.schedule(digest)
        return digest

    async def _window(self, digest: Digest) -> tuple[datetime, datetime]:
        return await self._editions.window(digest, self._clock.now())


def _check_has_editions(digest: Digest) -> None:
    if digest.is_live:
        raise DigestError(f"“{digest.name}” tells stories as they come, so there is no next edition.")


def _name_taken(name: str) -> DigestError:
    return DigestError(f"There is a digest named “{name}” already. Choose another name.")
