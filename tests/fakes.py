"""The outside world, as ordinary implementations of its ports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.services.ports import Concern, LookupDenied, Sent, TryLater
from summarizer import Brief, CallError, Request, StoryDocument, brief_without_model
from summarizer.storybriefs import StoryBrief, story_without_model
from tests.factories import NOON


@dataclass
class FakeClock:
    """Stands still until it is wound."""

    time: datetime = NOON

    def now(self) -> datetime:
        return self.time

    def wind(self, **duration: float) -> None:
        self.time += timedelta(**duration)


@dataclass
class Posted:
    """A message in a fake channel."""

    message_id: int
    channel_id: int
    body: dict[str, Any]
    nonce: str


@dataclass
class FakePublisher:
    """Channels that remember nonces for a while, as Discord does, and fail as told.

    `failures` are raised by the next sends, before the message is stored; with `after_store` it is stored all the same,
    as when only the answer is lost.
    """

    clock: FakeClock
    nonce_window: timedelta = timedelta(minutes=5)
    history_readable: bool = True
    failures: list[BaseException] = field(default_factory=list)
    after_store: bool = False
    posted: list[Posted] = field(default_factory=list)
    pinned: list[Sent] = field(default_factory=list)
    announced: list[Sent] = field(default_factory=list)
    _nonces: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    async def send(self, channel_id: int, body: dict[str, Any], nonce: str) -> Sent:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None and not self.after_store:
            raise failure
        message_id = self._store(channel_id, body, nonce)
        if failure is not None:
            raise failure
        return Sent(message_id, channel_id)

    async def find(self, channel_id: int, marker: str, since: datetime) -> Sent | None:
        if not self.history_readable:
            raise LookupDenied
        matching = (p for p in self.posted if p.channel_id == channel_id and p.body["marker"] == marker)
        return next((Sent(message.message_id, channel_id) for message in matching), None)

    async def edit(self, sent: Sent, body: dict[str, Any]) -> None:
        for message in self.posted:
            if message.message_id == sent.message_id:
                message.body = body

    async def pin(self, sent: Sent, instead_of: Sent | None) -> None:
        self.pinned = [each for each in self.pinned if each != instead_of] + [sent]

    async def announce(self, sent: Sent) -> None:
        self.announced.append(sent)

    async def send_to_owner(self, server_id: int, body: dict[str, Any], nonce: str) -> Sent:
        return await self.send(-server_id, body, nonce)

    def _store(self, channel_id: int, body: dict[str, Any], nonce: str) -> int:
        known = self._nonces.get(nonce)
        if known is not None and self.clock.time - known[1] < self.nonce_window:
            return known[0]
        message = Posted(1000 + len(self.posted), channel_id, body, nonce)
        self.posted.append(message)
        self._nonces[nonce] = (message.message_id, self.clock.time)
        return message.message_id


@dataclass
class FakeCondenser:
    """Condenses without the model; `broken` makes it fail as a dead model does."""

    broken: bool = False
    requests: list[Request] = field(default_factory=list)
    cluster: Callable[[Sequence[StoryDocument]], list[list[int]]] = lambda documents: [
        [i] for i in range(len(documents))
    ]

    async def brief(self, request: Request) -> Brief:
        self.requests.append(request)
        if self.broken:
            raise CallError("the process running brief ended unexpectedly")
        return brief_without_model(request)

    async def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        if self.broken:
            raise CallError("the process running stories ended unexpectedly")
        return self.cluster(documents)

    async def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        self.requests.extend(requests)
        if self.broken:
            raise CallError("the process running story ended unexpectedly")
        return story_without_model(requests, points)


@dataclass
class FakeAdmins:
    """Remembers what it was told."""

    told: list[tuple[int, Concern]] = field(default_factory=list)
    settled: list[tuple[int, str]] = field(default_factory=list)

    async def tell(self, server_id: int, concern: Concern) -> None:
        self.told.append((server_id, concern))

    async def settle(self, server_id: int, cause: str) -> None:
        self.settled.append((server_id, cause))


class FakeTimetable:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.scheduled: dict[int, bool] = {}

    def schedule(self, digest: Any) -> None:
        self.scheduled[digest.digest_id] = not digest.paused

    def forget(self, digest_id: int) -> None:
        self.scheduled.pop(digest_id, None)


LOST_ANSWER = TryLater("Discord did not answer: ServerDisconnectedError")
