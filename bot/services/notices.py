"""Notices: what the admins of a server are told, once per cause, and what became of it.

A notice goes into the server's channel for notices, else to its owner by direct message, never into a channel in which
a digest is posted. Its message is edited as the matter goes on. After a crash between sending and recording it may be
sent twice, which a person forgives; that it is lost, they would not.
"""

import asyncio
import hashlib
import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from bot.services.ports import Clock, Concern, DestinationLost, Publisher, Remedy, SendRefused, Sent, TryLater
from storage import NotFound, Notice, NoticeState, Storage
from storage.leases import Lease

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
UNREACHABLE = timedelta(hours=6)
"""When neither the channel nor the owner takes anything, they are asked again so much later."""
AT_ONCE = 8
MOST_ACTS = 5


@dataclass(frozen=True)
class Act:
    """What was done about a matter, and by whom; None: by nobody, it came about."""

    words: str
    user_id: int | None
    at: str  # ISO 8601


@dataclass(frozen=True)
class Matter:
    """What a notice says, as it is kept."""

    text: str
    remedies: tuple[tuple[Remedy, int], ...]
    acts: tuple[Act, ...] = ()

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The value that `to_json` was called on."""
        remedies = tuple((Remedy(remedy), subject) for remedy, subject in data["remedies"])
        return cls(data["text"], remedies, tuple(Act(**act) for act in data["acts"]))

    def to_json(self) -> dict[str, Any]:
        """Plain data for storage."""
        data = asdict(self)
        return {**data, "remedies": [list(pair) for pair in data["remedies"]], "acts": list(data["acts"])}

    def with_act(self, words: str, user_id: int | None, now: datetime) -> Self:
        """One more thing was done; the oldest are forgotten."""
        acts = (*self.acts, Act(words, user_id, now.isoformat()))
        return replace(self, acts=acts[-MOST_ACTS:])

    def raised_again(self, concern: Concern) -> Self:
        """As it is now."""
        return replace(self, text=concern.text, remedies=concern.remedies)


@dataclass(frozen=True)
class Place:
    """Where a notice is shown: the server's own channel, or the owner's direct messages."""

    server_name: str | None
    is_direct: bool


Render = Callable[[Notice, Matter, Place], dict[str, Any]]
"""Turns a notice into the body of its message."""


class Notices:
    """The port `Admins` over the ledger of notices."""

    def __init__(self, storage: Storage, publisher: Publisher, render: Render, clock: Clock, *, owner: str) -> None:
        self._storage = storage
        self._publisher = publisher
        self._render = render
        self._clock = clock
        self._owner = owner

    async def tell(self, server_id: int, concern: Concern) -> None:
        """Tell the admins in a while; a cause that stands is only brought up to date."""
        async with self._storage.reading() as tx:
            standing = await tx.notices.find(server_id, concern.cause)
        if standing is not None and standing.state is not NoticeState.CLOSED and _says(standing, concern):
            return
        async with self._storage.begin() as tx:
            try:
                await tx.servers.get(server_id)
            except NotFound:  # it was left meanwhile
                return
            now = self._clock.now()
            new = Matter(concern.text, concern.remedies).to_json()
            if not await tx.notices.open(server_id, concern.cause, new, now):
                standing = await tx.notices.find(server_id, concern.cause)
                assert standing is not None
                body = Matter.from_json(standing.body).raised_again(concern).to_json()
                await tx.notices.revise(server_id, standing.notice_id, body, now)

    async def settle(self, server_id: int, cause: str, outcome: str = "It is over") -> None:
        """The cause is gone; nothing happens when it does not stand."""
        async with self._storage.reading() as tx:
            standing = await tx.notices.find(server_id, cause)
        if standing is not None and standing.state is not NoticeState.CLOSED:
            await self._record(standing, outcome, None, settles=True)

    async def get(self, server_id: int, notice_id: int) -> Notice:
        """One notice of that server. Raises storage.NotFound."""
        async with self._storage.reading() as tx:
            return await tx.notices.get(server_id, notice_id)

    async def list_standing(self, server_id: int) -> list[Notice]:
        """What stands in a server, oldest first."""
        async with self._storage.reading() as tx:
            return await tx.notices.list_standing(server_id)

    async def record_act(self, notice: Notice, words: str, user_id: int, *, settles: bool) -> None:
        """Somebody did something about it: its message says so at once, without buttons when that settled it."""
        await self._record(notice, words, user_id, settles=settles)
        await self.run_due(notice.notice_id)

    async def run_due(self, notice_id: int | None = None) -> None:
        """Send and edit all that is due, or just one."""
        while True:
            lease = Lease(f"{self._owner}:{uuid.uuid4().hex[:6]}", self._clock.now(), HOLD)
            async with self._storage.begin() as tx:
                due = await tx.notices.claim_due(lease, AT_ONCE, notice_id)
            await asyncio.gather(*(self._show(notice, lease.owner) for notice in due))
            if len(due) < AT_ONCE:
                return

    async def release(self) -> None:
        """Give back all notices this process holds."""
        async with self._storage.begin() as tx:
            await tx.notices.release_all(self._owner)

    async def _record(self, notice: Notice, words: str, user_id: int | None, *, settles: bool) -> None:
        now = self._clock.now()
        async with self._storage.begin() as tx:
            present = await tx.notices.get(notice.server_id, notice.notice_id)
            body = Matter.from_json(present.body).with_act(words, user_id, now).to_json()
            change = tx.notices.close if settles else tx.notices.revise
            await change(notice.server_id, notice.notice_id, body, now)

    async def _show(self, notice: Notice, owner: str) -> None:
        try:
            sent = await self._shown(notice)
        except TryLater as error:
            await self._postpone(notice, owner, max(error.delay, _wait(notice.attempts)), error)
        except (DestinationLost, SendRefused) as error:
            await self._postpone(notice, owner, UNREACHABLE, error)
        except Exception as error:  # the edge of one notice: the others must be told
            log.error("notice %s", notice.notice_id, exc_info=error)
            await self._postpone(notice, owner, LONGEST_WAIT, error)
        else:
            async with self._storage.begin() as tx:
                message = sent.channel_id, sent.message_id
                await tx.notices.record_shown(notice, owner, message, self._clock.now())

    async def _shown(self, notice: Notice) -> Sent:
        channel_id = await self._channel(notice.server_id)
        if notice.channel_id is not None:
            told = Sent(notice.message_id, notice.channel_id)
            return await self._edited(told, self._body(notice, is_direct=notice.channel_id != channel_id))
        if channel_id is not None:
            try:
                body = self._body(notice, is_direct=False)
                return await self._publisher.send(channel_id, body, _nonce(notice, channel_id))
            except (DestinationLost, SendRefused) as error:
                log.warning("notice %s goes to the owner of server %s: %s", notice.notice_id, notice.server_id, error)
        body = self._body(notice, is_direct=True)
        return await self._publisher.send_to_owner(notice.server_id, body, _nonce(notice, 0))

    async def _edited(self, told: Sent, body: dict[str, Any]) -> Sent:
        """The message after it was edited; what cannot be reached any more is let go."""
        try:
            if told.message_id is not None:
                await self._publisher.edit(told, body)
        except (DestinationLost, SendRefused) as error:
            log.warning("message %s in channel %s is not edited: %s", told.message_id, told.channel_id, error)
            return Sent(None, told.channel_id)
        return told

    async def _channel(self, server_id: int) -> int | None:
        """Where the server wants its notices; None when a digest is posted there, for news and notices do not mix."""
        async with self._storage.reading() as tx:
            channel_id = (await tx.servers.get(server_id)).notices_channel_id
            digests = await tx.digests.list_all(server_id)
        return None if channel_id in {digest.channel_id for digest in digests} else channel_id

    def _body(self, notice: Notice, *, is_direct: bool) -> dict[str, Any]:
        place = Place(self._publisher.server_name(notice.server_id), is_direct)
        return self._render(notice, Matter.from_json(notice.body), place)

    async def _postpone(self, notice: Notice, owner: str, wait: timedelta, error: Exception) -> None:
        log.warning("notice %s of server %s is not shown yet: %s", notice.notice_id, notice.server_id, error)
        async with self._storage.begin() as tx:
            await tx.notices.postpone(notice.notice_id, owner, self._clock.now() + wait)


def _says(notice: Notice, concern: Concern) -> bool:
    matter = Matter.from_json(notice.body)
    return matter == matter.raised_again(concern)


def _wait(attempts: int) -> timedelta:
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts, 10)
    return min(doubled, LONGEST_WAIT)


def _nonce(notice: Notice, channel_id: int) -> str:
    identity = f"{notice.notice_id}|{notice.raised_at.isoformat()}|{channel_id}"
    return hashlib.sha256(identity.encode()).hexdigest()[:24]
