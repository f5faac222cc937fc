"""What the services need of the world outside, as small as they need it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from summarizer import Brief, Request, StoryDocument
from summarizer.storybriefs import StoryBrief


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC)


class Condenser(Protocol):
    """The summarizer, somewhere outside the event loop. Calls raise SummarizerError."""

    async def brief(self, request: Request) -> Brief:
        """Condense one text."""
        ...

    async def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        """Put documents about one event together: lists of indexes."""
        ...

    async def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        """Condense several texts about one event into one brief."""
        ...

    async def fresh(self, sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
        """Whether each sentence says something that no told one says."""
        ...


class Remedy(enum.StrEnum):
    """What can be done about a concern at the press of a button, each for a subject with an id of ours."""

    TRY_SOURCE = "try-source"
    CHANGE_ADDRESS = "change-address"
    REMOVE_SOURCE = "remove-source"
    CHOOSE_CHANNEL = "choose-channel"  # of a digest
    RESUME_DIGEST = "resume-digest"
    POST_NOW = "post-now"  # an edition of a digest
    EDIT_RULES = "edit-rules"  # of a digest
    HIDE_POINT = "hide-point"  # of a report
    KEEP_POINT = "keep-point"


@dataclass(frozen=True)
class Concern:
    """What the admins of a server should know: one notice per cause, however often it is raised."""

    cause: str  # "source-failing:12"
    text: str  # sentences with cause and remedy; what came from outside stands in “quotation marks”
    remedies: tuple[tuple[Remedy, int], ...] = ()


class Admins(Protocol):
    """Reaches the admins of a server, outside its news channels."""

    async def tell(self, server_id: int, concern: Concern) -> None:
        """Tell them in a while; nothing happens when they were told of that cause already."""
        ...

    async def settle(self, server_id: int, cause: str, outcome: str = "It is over") -> None:
        """The cause is gone, in a few words; raised again it is told again."""
        ...


class DestinationLost(Exception):
    """The channel is gone or closed to us: retrying is of no use. The message says what happened, to an admin."""


class SendRefused(Exception):
    """Discord will not take this message as it is: retrying is of no use."""


class TryLater(Exception):
    """The message was not sent (`unsent`), or nobody knows whether it was; ask again after the delay."""

    def __init__(self, reason: str, delay: timedelta = timedelta(seconds=30), *, unsent: bool = False) -> None:
        super().__init__(reason)
        self.delay = delay
        self.unsent = unsent


class ActionDenied(Exception):
    """Pinning or publishing is not allowed to us, or not possible there. The message says why, to an admin."""


class LookupDenied(Exception):
    """The channel's history cannot be read."""


@dataclass(frozen=True)
class Sent:
    """A message in a channel: of a forum, in the thread that was opened for it."""

    message_id: int | None  # None when it was delivered but is gone again
    channel_id: int


class Publisher(Protocol):
    """Sends rendered parts into channels. Calls raise DestinationLost, SendRefused, TryLater."""

    async def send(self, channel_id: int, body: dict[str, Any], nonce: str) -> Sent:
        """Send one part; in a forum it opens a thread named like the body's title."""
        ...

    async def find(self, channel_id: int, marker: str, since: datetime) -> Sent | None:
        """Our own message with that marker, sent since then. Raises LookupDenied too."""
        ...

    async def remembers(self, channel_id: int) -> bool:
        """Whether Discord recognises a repeated nonce there, for some minutes; opening a thread in a forum has none."""
        ...

    async def has_new(self, channel_id: int, since: datetime) -> bool:
        """Whether anything was posted there since then, by anyone, be it deleted again or not."""
        ...

    async def edit(self, sent: Sent, body: dict[str, Any]) -> None:
        """Give a message another body; nothing happens when it was deleted."""
        ...

    async def pin(self, sent: Sent, instead_of: Sent | None) -> None:
        """Pin a message, and let go of the one before. Raises ActionDenied, TryLater."""
        ...

    async def announce(self, sent: Sent) -> None:
        """Publish a message of an announcement channel to the servers that follow it. Raises ActionDenied, TryLater."""
        ...

    def server_name(self, server_id: int) -> str | None:
        """What a server is called, when it can be seen."""
        ...

    async def send_to_owner(self, server_id: int, body: dict[str, Any], nonce: str) -> Sent:
        """Send a direct message to the owner of a server."""
        ...
