"""Things to test with, told apart by a word or a number."""

from datetime import UTC, datetime, timedelta

from storage import Digest, Edition, EditionState, NewArticle, NewDigest, SourceKind, Storage
from storage.leases import Lease

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SERVER, OTHER_SERVER = 101, 202
DAILY = "mon,tue,wed,thu,fri,sat,sun"


def an_article(subject: str = "harbour", **changes: object) -> NewArticle:
    """An article whose text, address and title speak of its subject."""
    fields = {
        "text": f"The {subject} opened on Friday after two years of work. The mayor praised the {subject} crews.",
        "title": f"The {subject} opens",
        "url": f"https://example.org/{subject}",
        "link": f"https://example.org/{subject}",
    }
    return NewArticle(**(fields | changes))  # type: ignore[arg-type]


def a_digest(name: str = "Morning", **changes: object) -> NewDigest:
    """A daily digest at 08:30 in Berlin."""
    fields = {
        "name": name,
        "channel_id": 7,
        "schedule": f"{DAILY} 08:30",
        "timezone": "Europe/Berlin",
        "stories": 8,
    }
    return NewDigest(**(fields | changes))  # type: ignore[arg-type]


def a_kept_digest(**changes: object) -> Digest:
    """The same as it comes out of storage."""
    kept = {
        "digest_id": 1,
        "server_id": SERVER,
        "paused": False,
        "paused_until": None,
        "resumed_at": None,
        "trouble": None,
        "created_at": NOON,
        "active_since": NOON,
        "server_paused_until": None,
    }
    return Digest(**(vars(a_digest()) | kept | changes))  # type: ignore[arg-type]


def an_edition(**changes: object) -> Edition:
    """An edition of that digest that is being made at noon for the last day."""
    fields = {
        "edition_id": 5,
        "digest_id": 1,
        "server_id": SERVER,
        "slot": "2026-11-20T13:00 Europe/Berlin",
        "due_at": NOON,
        "window_start": NOON - timedelta(days=1),
        "window_end": NOON,
        "state": EditionState.COMPOSING,
        "content": None,
        "created_at": NOON,
        "moves_window": True,
    }
    return Edition(**(fields | changes))  # type: ignore[arg-type]


def a_lease(owner: str = "first", now: datetime = NOON) -> Lease:
    """A hold of one minute."""
    return Lease(owner, now, timedelta(minutes=1))


async def a_source(storage: Storage, address: str = "https://example.org/feed", *servers: int) -> int:
    """A feed that is due now, followed by the servers under its address as label; returns its id."""
    async with storage.begin() as tx:
        source = await tx.sources.ensure(SourceKind.FEED, address, title=f"Feed {address}", now=NOON, next_poll_at=NOON)
        for server_id in servers:
            await tx.servers.ensure(server_id, NOON)
            await tx.sources.subscribe(server_id, source.source_id, address, NOON)
        return source.source_id
