"""What is stored, as values: frozen, without a database behind them. All times are aware UTC."""

import enum
import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

SHARED = "shared"
"""Scope of articles that came from sources: seen by every server that follows one of these."""

UNNAMED = "unnamed"
"""The key of entries that have no name of their own, beside others of their feed that have none either."""


def server_scope(server_id: int) -> str:
    """Scope of what members of one server handed in; seen nowhere else."""
    return f"server:{server_id}"


def user_scope(user_id: int) -> str:
    """Scope of what one user handed in privately; seen by nobody else."""
    return f"user:{user_id}"


def source_scope(source_id: int) -> str:
    """Scope of what a source behind a login brings: seen by those who follow that source, and mixed with nothing."""
    return f"source:{source_id}"


def fingerprint(text: str) -> str:
    """Identity of a text: the same words in the same order, whatever their case and spacing."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode("utf-8", "surrogatepass")).hexdigest()


def former_key(link: str) -> str:
    """What a source knew an article by before it had names for them: migration 0003 wrote it, from its address."""
    return hashlib.sha256(f"former {link}".encode("utf-8", "surrogatepass")).hexdigest()


class SourceKind(enum.StrEnum):
    """How articles come out of a source."""

    FEED = "feed"  # polled over HTTP
    FILES = "files"  # handed in on the command line, never polled


class Delivers(enum.StrEnum):
    """What a feed delivers of its articles, as far as it is known."""

    UNKNOWN = "unknown"
    FULL = "full"  # whole texts
    TEASERS = "teasers"  # beginnings; the rest stands on the article's page
    CLOSED = "closed"  # beginnings, and the pages cannot be read


@dataclass(frozen=True)
class Source:
    """Where articles come from; one row however many servers follow it."""

    source_id: int
    kind: SourceKind
    address: str  # unique; of one with a login with the name of the user in it: https://reader@example.org/feed
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
    login: str = field(default="", repr=False)  # "user:password", a secret; what it brings is nobody else's
    body_hash: str | None = None  # of the last answer: the same bytes need no reading
    asked_interval: int | None = None  # seconds, at the least, that it wants between two polls
    delivers: Delivers = Delivers.UNKNOWN
    delivers_checked_at: datetime | None = None
    moved_to: str | None = None  # where it permanently redirects ...
    moved_polls: int = 0  # ... at so many polls in a row
    per_day: float | None = None  # articles, lately

    @property
    def scope(self) -> str:
        """Where what it brings is kept."""
        return source_scope(self.source_id) if self.login else SHARED


@dataclass(frozen=True)
class Subscription:
    """A server's use of a source."""

    server_id: int
    source: Source
    label: str
    paused: bool
    added_at: datetime
    weight: float  # of its stories, beside 1.0
    rules: str  # what of it is taken, one rule a line
    category: str = ""  # as in OPML; "News/Local" lies within "News"


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
    site_name: str | None = None
    place: str | None = None  # of its dateline, as the next two
    filed_on: date | None = None
    agency: str | None = None
    embargo_until: datetime | None = None
    dates: tuple[tuple[int, int, date], ...] = ()  # what relative dates in the text mean: start, end, day
    key: str | None = None  # what the source knows it by, whatever its text and address are; None: its address
    bands: tuple[int, ...] = ()  # what near copies of the text share; signed 64 bits each
    copy_of: int | None = None  # the stored article that it is a near copy of
    fingerprint: str = ""  # identity of its text
    delivered_fingerprint: str = ""  # identity of what the source itself delivered: it changes with the source's mind

    def __post_init__(self) -> None:
        """Work out the fingerprints that were not given; the reader of a text knows them already."""
        object.__setattr__(self, "fingerprint", self.fingerprint or fingerprint(self.text))
        object.__setattr__(self, "delivered_fingerprint", self.delivered_fingerprint or self.fingerprint)

    @property
    def keys(self) -> tuple[str, ...]:
        """What its source may know it by, the surest first; a link that it shares with others is none of them."""
        if not self.key:
            return ()
        return (self.key, former_key(self.link)) if self.url and self.link else (self.key,)


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
    updated_at: datetime | None = None  # when its text was last replaced
    site_name: str | None = None
    place: str | None = None
    filed_on: date | None = None
    agency: str | None = None
    embargo_until: datetime | None = None
    dates: tuple[tuple[int, int, date], ...] = ()

    @property
    def name(self) -> str:
        """What it is called everywhere: its title, or how its text begins."""
        beginning = self.text[:160].partition("\n\n")[0]
        return self.title or (f"{beginning.rsplit(' ', 1)[0]}…" if len(beginning) == 160 else beginning)


class Outcome(enum.StrEnum):
    """What became of an article that was handed in."""

    STORED = "stored"
    UPDATED = "updated"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Similar:
    """A stored article that an incoming one may be a copy of."""

    article_id: int
    title: str | None
    url: str | None
    text: str  # its beginning
    length: int
    is_own: bool  # the same source carried it ...
    key: str | None  # ... and knows it by this
    link: str | None  # ... and has it here


@dataclass(frozen=True)
class Found:
    """One hit of a search."""

    article: Article
    snippet: str


@dataclass(frozen=True)
class Carrier:
    """A source that carried an article, and what a server chose for it."""

    article_id: int
    source_id: int
    name: str  # the server's own label where it has one, else the source's title
    title: str
    address: str
    weight: float
    rules: str
    link: str | None = None  # where this source has it


@dataclass(frozen=True)
class Told:
    """What an edition told."""

    edition_id: int
    due_at: datetime
    content: dict[str, Any]


MANUAL, LIVE = "manual:", "live:"
"""So begin the slots of editions that somebody asked for, and of those that tell one story of a live digest."""


class EditionState(enum.StrEnum):
    """Life of an edition. The first three are unfinished work; the others are final."""

    COMPOSING = "composing"
    READY = "ready"  # frozen ahead of its slot
    SENDING = "sending"
    SENT = "sent"
    EMPTY = "empty"  # nothing new to tell
    MISSED = "missed"  # the bot was not running at the slot, and it is too late now
    FAILED = "failed"


class Size(enum.StrEnum):
    """How much of its stories an edition tells."""

    HEADLINES = "headlines"
    SHORT = "short"  # one point a story
    FULL = "full"


@dataclass(frozen=True, kw_only=True)
class NewDigest:
    """What an admin configured."""

    name: str
    channel_id: int
    schedule: str  # in its canonical form: "mon,tue 08:30,19:00", "1,15,last 08:30", "cron 30 8 * * 1-5", "live"
    timezone: str  # IANA name
    stories: int  # at most so many in one edition
    size: Size = Size.FULL
    per_source: int = 0  # at most so many stories whose lead is of one source; 0: any number
    rules: str = ""  # what is told and what is not, one rule a line
    says_when_empty: bool = False  # posts that there is nothing new, instead of nothing
    mention_role_id: int | None = None
    silent: bool = False  # without a push notification
    pinned: bool = False  # the newest edition, in place of the one before
    published: bool = False  # in an announcement channel: to the servers that follow it
    per_hour: int = 6  # live: at most so many briefs
    quiet_hours: str = ""  # live: "22:00-07:00", on the wall clock of the zone
    alert_words: str = ""  # live: comma-separated; the role is mentioned for these only, and they break the quiet

    @property
    def is_live(self) -> bool:
        """It tells stories as they come, instead of at slots."""
        return self.schedule == "live"


@dataclass(frozen=True, kw_only=True)
class Digest(NewDigest):
    """A schedule of editions for one channel."""

    digest_id: int
    server_id: int
    paused: bool
    paused_until: datetime | None  # it goes on by itself then
    resumed_at: datetime | None  # end of the last pause: of the time before, a day is told
    trouble: str | None  # what went wrong last, in words
    created_at: datetime
    active_since: datetime  # last added, edited or resumed; slots before that are not served
    server_paused_until: datetime | None  # the whole server's holiday, over or not

    def is_paused(self, now: datetime) -> bool:
        """Nothing is posted now: an admin paused it, or the whole server."""
        own = self.paused and (self.paused_until is None or self.paused_until > now)
        return own or (self.server_paused_until is not None and self.server_paused_until > now)

    def serves_since(self, now: datetime) -> datetime:
        """From when on its slots are served: the last change, or the end of a pause that ended by itself."""
        return max([self.active_since, *self._ends_of_pauses(now)])

    def back_since(self, now: datetime) -> datetime | None:
        """When its last pause ended; None when it never paused."""
        ended = [*self._ends_of_pauses(now), *([self.resumed_at] if self.resumed_at else [])]
        return max(ended, default=None)

    def _ends_of_pauses(self, now: datetime) -> list[datetime]:
        ends = [self.paused_until if self.paused else None, self.server_paused_until]
        return [end for end in ends if end is not None and end <= now]


@dataclass(frozen=True)
class Server:
    """A Discord server and what its admins chose for all of it."""

    server_id: int
    added_at: datetime
    notices_channel_id: int | None  # where admins are told what needs them; None: the owner, by direct message
    timezone: str | None  # offered where one is asked for
    rules: str  # hold for every digest
    paused_until: datetime | None


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
    moves_window: bool  # the next edition tells from where this one stopped

    @property
    def is_manual(self) -> bool:
        """Somebody asked for it, beside the schedule."""
        return self.slot.startswith(MANUAL)


@dataclass(frozen=True)
class LiveBrief:
    """An edition of a live digest, which tells one story."""

    edition_id: int
    slot: str
    due_at: datetime
    state: EditionState

    @property
    def is_unfinished(self) -> bool:
        """It is on its way."""
        return self.state in (EditionState.COMPOSING, EditionState.READY, EditionState.SENDING)


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
    posted_in: int | None = None  # the channel the message stands in: of a forum, the thread that was opened for it
    sent_at: datetime | None = None
    revised_body: dict[str, Any] | None = None  # what the message is to be edited to


@dataclass(frozen=True)
class NewDelivery:
    """A rendered part, frozen before anything is sent."""

    part: int
    channel_id: int
    body: dict[str, Any]
    nonce: str
    marker: str


class ReportState(enum.StrEnum):
    """What became of a doubted point."""

    OPEN = "open"
    HIDDEN = "hidden"
    KEPT = "kept"


@dataclass(frozen=True)
class PointReport:
    """A point of an edition that a member doubts."""

    report_id: int
    edition_id: int
    server_id: int
    story: int
    point: int
    fingerprint: str  # of the sentence behind it
    state: ReportState
    reported_at: datetime
    reported_by: int
    decided_at: datetime | None
    decided_by: int | None


class NoticeState(enum.StrEnum):
    """Life of a notice. OPEN ones wait to be told."""

    OPEN = "open"
    TOLD = "told"
    CLOSED = "closed"  # its cause is gone


@dataclass(frozen=True)
class Notice:
    """What the admins of a server are told about one cause."""

    notice_id: int
    server_id: int
    cause: str
    body: dict[str, Any]
    state: NoticeState
    raised_at: datetime
    told_at: datetime | None
    attempts: int
    channel_id: int | None
    message_id: int | None


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
    next_poll_at: datetime | None  # None: not any more
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    site_url: str | None = None
    language: str | None = None
    body_hash: str | None = None
    asked_interval: int | None = None
    delivers: Delivers | None = None  # None: as before
    delivers_checked_at: datetime | None = None
    moved_to: str | None = None
    moved_polls: int = 0
    per_day: float | None = None
    is_unchanged: bool = False  # it answered that nothing is new: what else is known of it stays
