"""What the services need of the world outside, as small as they need it."""

from collections.abc import Sequence
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


class DestinationLost(Exception):
    """The channel is gone or closed to us: retrying is of no use. The message says what happened, to an admin."""


class SendRefused(Exception):
    """Discord will not take this message as it is: retrying is of no use."""


class TryLater(Exception):
    """The message was not sent, or nobody knows whether it was; ask again after the delay."""

    def __init__(self, reason: str, delay: timedelta = timedelta(seconds=30)) -> None:
        super().__init__(reason)
        self.delay = delay


class LookupDenied(Exception):
    """The channel's history cannot be read."""


class Publisher(Protocol):
    """Sends rendered parts into channels."""

    async def send(self, channel_id: int, body: dict[str, Any], nonce: str) -> int | None:
        """Send one part; returns the message's id, None when it was delivered but is gone again.

        Raises DestinationLost, SendRefused, TryLater.
        """
        ...

    async def find(self, channel_id: int, marker: str, since: datetime) -> int | None:
        """The id of our own message with that marker, sent since then.

        Raises DestinationLost, LookupDenied, TryLater.
        """
        ...
