"""What is stored, as values: frozen, without a database behind them. All times are aware UTC."""

import enum
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

SHARED = "shared"
"""Scope of articles that came from sources: seen by every server that follows one of these."""


def server_scope(server_id: int) -> str:
    """Scope of what members of one server handed in; seen nowhere else."""
    return f"server:{server_id}"


def user_scope(user_id: int) -> str:
    """Scope of what one user handed in privately; seen by nobody else."""
    return f"user:{user_id}"


def fingerprint(text: str) -> str:
    """Identity of a text: the same words in the same order, whatever their case and spacing."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()


class SourceKind(enum.StrEnum):
    """How articles come out of a source."""

    FEED = "feed"  # polled over HTTP
    FILES = "files"  # handed in on the command line, never polled


@dataclass(frozen=True)
class Source:
    """Where articles come from; one row however many servers follow it."""

    source_id: int
    kind: SourceKind
    address: str
    title: str
    site_url: str | None
    language: str | None
    for_everyone: bool  # the operator's own material, visible to every server
    etag: str | None
    last_modified: str | None
    added_at: datetime
    next_poll_at: datetime | None
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    failures: int  # in a row


@dataclass(frozen=True)
class Subscription:
    """A server's use of a source."""

    server_id: int
    source: Source
    label: str
    paused: bool
    added_at: datetime


@dataclass(frozen=True)
class NewArticle:
    """An article on its way in."""

    text: str
    title: str | None = None
    url: str | None = None  # canonical: identity
    link: str | None = None  # as published: what people open
    byline: str | None = None
    published: datetime | None = None
    language: str | None = None
    delivered: str | None = None  # what the source itself delivered, where `text` was completed from its page

    @property
    def fingerprint(self) -> str:
        """Identity of its text."""
        return fingerprint(self.text)

    @property
    def delivered_fingerprint(self) -> str:
        """Identity of what the source itself delivered: it changes when the source changes its mind."""
        return fingerprint(self.delivered or self.text)


@dataclass(frozen=True)
class Article:
    """One stored item of news."""

    article_id: int
    scope: str
    url: str | None
    link: str | None
    title: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    text: str
    fingerprint: str
    first_seen: datetime


class Outcome(enum.StrEnum):
    """What became of an article that was handed in."""

    STORED = "stored"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Found:
    """One hit of a search."""

    article: Article
    snippet: str


class EditionState(enum.StrEnum):
    """Life of an edition. COMPOSING and SENDING are unfinished work; the others are final."""

    COMPOSING = "composing"
    SENDING = "sending"
    SENT = "sent"
    EMPTY = "empty"  # nothing new to tell
    MISSED = "missed"  # the bot was not running at the slot, and it is too late now
    FAILED = "failed"


@dataclass(frozen=True)
class NewDigest:
    """What an admin configured."""

    name: str
    channel_id: int
    time: str  # "HH:MM" on the wall clock of the zone
    days: str  # "mon,wed,fri", in the order of the week
    timezone: str  # IANA name
    stories: int  # at most so many in one edition


@dataclass(frozen=True)
class Digest(NewDigest):
    """A schedule of editions for one channel."""

    digest_id: int
    server_id: int
    paused: bool
    trouble: str | None  # why it was paused by the bot itself, in words
    created_at: datetime
    active_since: datetime  # last added, edited or resumed; slots before that are not served


@dataclass(frozen=True)
class Edition:
    """The digest of one slot: composed once, posted once."""

    edition_id: int
    digest_id: int | None  # None once the digest was removed
    server_id: int
    slot: str
    due_at: datetime
    window_start: datetime
    window_end: datetime
    state: EditionState
    content: dict[str, Any] | None  # None until composed
    created_at: datetime


class DeliveryState(enum.StrEnum):
    """Life of one message of an edition."""

    PENDING = "pending"
    SENDING = "sending"  # handed to Discord; whether it arrived is unknown until recorded
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True)
class Delivery:
    """One message part of an edition."""

    delivery_id: int
    edition_id: int
    part: int
    channel_id: int
    body: dict[str, Any]
    nonce: str
    marker: str
    state: DeliveryState
    attempts: int
    first_attempt_at: datetime | None
    message_id: int | None
    error: str | None


@dataclass(frozen=True)
class NewDelivery:
    """A rendered part, frozen before anything is sent."""

    part: int
    channel_id: int
    body: dict[str, Any]
    nonce: str
    marker: str


@dataclass(frozen=True)
class Audience:
    """Who is asking for articles: a user, in a server or in private, or the operator (who sees all shared ones)."""

    server_id: int | None = None
    user_id: int | None = None
    operator: bool = False

    @property
    def scope(self) -> str:
        """Where what this audience hands in is kept."""
        return self.scopes[0] if self.scopes else SHARED

    @property
    def scopes(self) -> list[str]:
        """Where what this audience may open was handed in: in this server, and by this user in private."""
        server = [] if self.server_id is None else [server_scope(self.server_id)]
        return server if self.user_id is None else [*server, user_scope(self.user_id)]


@dataclass(frozen=True)
class PollResult:
    """How a poll of a source went; `error` is None when it answered as it should."""

    at: datetime
    next_poll_at: datetime
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    site_url: str | None = None
    language: str | None = None
