"""The outside world, as ordinary implementations of its ports."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.services.ports import Concern, LookupDenied, Sent, TryLater
from summarizer import Brief, CallError, Request, StoryDocument, brief_without_model
from summarizer.freshness import fresh_by_words
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


THREADS = 500_000
"""Added to the id of a message that opens a thread in a forum, it is the id of that thread."""


@dataclass
class Posted:
    """A message in a fake channel."""

    message_id: int
    channel_id: int
    body: dict[str, Any]
    nonce: str
    forum_id: int | None = None  # the channel is a thread of it


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
    forums: set[int] = field(default_factory=set)  # channels that remember no nonce
    refusing: list[BaseException] = field(default_factory=list)  # raised by the next calls of `pin` and `announce`
    posted: list[Posted] = field(default_factory=list)
    last_posted: dict[int, datetime] = field(default_factory=dict)  # also what was deleted
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
        return Sent(message_id, THREADS + (message_id or 0) if channel_id in self.forums else channel_id)

    async def find(self, channel_id: int, marker: str, since: datetime) -> Sent | None:
        if not self.history_readable:
            raise LookupDenied
        here = (message for message in self.posted if message.body["marker"] == marker)
        matching = (message for message in here if channel_id in (message.channel_id, message.forum_id))
        return next((Sent(message.message_id, message.channel_id) for message in matching), None)

    async def remembers(self, channel_id: int) -> bool:
        return channel_id not in self.forums

    async def has_new(self, channel_id: int, since: datetime) -> bool:
        last = self.last_posted.get(channel_id)
        return last is not None and last >= since

    async def edit(self, sent: Sent, body: dict[str, Any]) -> None:
        for message in self.posted:
            if message.message_id == sent.message_id:
                message.body = body

    async def pin(self, sent: Sent, instead_of: Sent | None) -> None:
        self._refuse()
        self.pinned = [each for each in self.pinned if each != instead_of] + [sent]

    async def announce(self, sent: Sent) -> None:
        self._refuse()
        self.announced.append(sent)

    def server_name(self, server_id: int) -> str | None:
        return f"Server {server_id}"

    async def send_to_owner(self, server_id: int, body: dict[str, Any], nonce: str) -> Sent:
        return await self.send(-server_id, body, nonce)

    def _refuse(self) -> None:
        if self.refusing:
            raise self.refusing.pop(0)

    def _store(self, channel_id: int, body: dict[str, Any], nonce: str) -> int | None:
        known = self._nonces.get(nonce)
        if known is not None and channel_id not in self.forums and self.clock.time - known[1] < self.nonce_window:
            there = any(message.message_id == known[0] for message in self.posted)
            return known[0] if there else None
        message = Posted(1000 + len(self.posted), channel_id, body, nonce)
        if channel_id in self.forums:
            message.forum_id, message.channel_id = channel_id, THREADS + message.message_id
        self.posted.append(message)
        self._nonces[nonce] = (message.message_id, self.clock.time)
        self.last_posted[channel_id] = self.clock.time
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

    async def fresh(self, sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
        if self.broken:
            raise CallError("the process running fresh ended unexpectedly")
        return fresh_by_words(sentences, told, language)


@dataclass
class FakeAdmins:
    """Remembers what it was told."""

    told: list[tuple[int, Concern]] = field(default_factory=list)
    settled: list[tuple[int, str]] = field(default_factory=list)

    async def tell(self, server_id: int, concern: Concern) -> None:
        self.told.append((server_id, concern))

    async def settle(self, server_id: int, cause: str, outcome: str = "It is over") -> None:
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
