"""Sources and the servers that follow them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Select, Update, and_, bindparam, delete, exists, func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import leases
from storage.dialects import upsert
from storage.errors import AlreadySubscribed, NameTaken, NotFound
from storage.leases import Lease
from storage.rows import columns_of, value
from storage.tables import appearances, sources, subscriptions
from storage.types import PollResult, Source, SourceKind, Subscription

_COLUMNS = columns_of(Source, sources)


class Sources:
    """Repository of sources and subscriptions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ensure(
        self,
        kind: SourceKind,
        address: str,
        *,
        title: str,
        now: datetime,
        next_poll_at: datetime | None = None,
        for_everyone: bool = False,
        login: str = "",
    ) -> Source:
        """The source with that address, made when it is new; `login` is what it is read with."""
        new = {
            "kind": kind,
            "address": address,
            "login": login,
            "title": title,
            "for_everyone": for_everyone,
            "added_at": now,
            "next_poll_at": next_poll_at,
        }
        await self._connection.execute(upsert(self._connection, sources).values(new).on_conflict_do_nothing())
        row = (await self._connection.execute(select(*_COLUMNS).where(sources.c.address == address))).one()
        return value(Source, row)

    async def find(self, address: str) -> Source | None:
        """The source with that address."""
        row = (await self._connection.execute(select(*_COLUMNS).where(sources.c.address == address))).one_or_none()
        return None if row is None else value(Source, row)

    async def get(self, source_id: int) -> Source:
        """One source; raises NotFound."""
        row = (await self._connection.execute(select(*_COLUMNS).where(sources.c.source_id == source_id))).one_or_none()
        if row is None:
            raise NotFound("source", source_id)
        return value(Source, row)

    async def claim_due(self, lease: Lease, limit: int) -> list[Source]:
        """Take up to `limit` sources whose next poll is due and that some server follows, longest waiting first."""
        followed = exists().where(subscriptions.c.source_id == sources.c.source_id, ~subscriptions.c.paused)
        due = and_(sources.c.next_poll_at <= lease.now, followed)
        ids = await leases.claim(self._connection, sources, due, lease, order=sources.c.next_poll_at.asc(), limit=limit)
        return await self._list(select(*_COLUMNS).where(sources.c.source_id.in_(ids)))

    async def record_polls(self, results: Sequence[tuple[int, PollResult]]) -> None:
        """Write down how polls went, when the next ones are due, and give the sources back."""
        # In the order of their ids, so that two processes never wait for each other's rows.
        ordered = sorted(results, key=lambda each: each[0])
        for statement, names in _RECORDS:
            rows = [_bound(source_id, result, names) for source_id, result in ordered if _kind(result) is names]
            if rows:
                await self._connection.execute(statement, rows)

    async def put_off(self, moments: Sequence[tuple[int, datetime]]) -> None:
        """Give back sources that were claimed and not polled; each is due again at its moment."""
        rows = [{"this": source_id, "new_next_poll_at": due} for source_id, due in sorted(moments)]
        if rows:
            await self._connection.execute(_PUT_OFF, rows)

    async def move(self, source_id: int, address: str) -> int:
        """Give a source another address, and return its id.

        When another source has that address already, the followers go over to it, each with its label, weight and
        rules, and what the old one brought counts as brought by the other one; the other one's id is returned. A server
        that follows both keeps its subscription to the other one.
        """
        other = await self.find(address)
        if other is None:
            try:
                async with self._connection.begin_nested():
                    await self._rename(source_id, address)
                return source_id
            except IntegrityError:  # another process has just taken it
                other = await self.find(address)
        if other is None or other.source_id == source_id:
            return source_id
        await self._join(source_id, other.source_id)
        return other.source_id

    async def _rename(self, source_id: int, address: str) -> None:
        new = {"address": address, "moved_to": None, "moved_polls": 0}
        await self._connection.execute(update(sources).where(sources.c.source_id == source_id).values(new))

    async def _join(self, old: int, new: int) -> None:
        already = select(subscriptions.c.server_id).where(subscriptions.c.source_id == new)
        of_old = subscriptions.c.source_id == old
        await self._connection.execute(delete(subscriptions).where(of_old, subscriptions.c.server_id.in_(already)))
        await self._connection.execute(update(subscriptions).where(of_old).values(source_id=new))
        names = [column.name for column in appearances.columns if column.name != "source_id"]
        brought = select(literal(new), *(appearances.c[name] for name in names)).where(appearances.c.source_id == old)
        # SQLite reads ON CONFLICT behind a SELECT without WHERE as a join; this one has its WHERE.
        copied = upsert(self._connection, appearances).from_select(["source_id", *names], brought)
        await self._connection.execute(copied.on_conflict_do_nothing())

    async def release_all(self, owner: str) -> None:
        """Give back all sources a process holds."""
        await leases.release_all(self._connection, sources, owner)

    async def subscribe(self, server_id: int, source_id: int, label: str, now: datetime) -> Subscription:
        """Let a server follow a source. Raises AlreadySubscribed, or NameTaken when the label is in use."""
        new = {
            "server_id": server_id,
            "source_id": source_id,
            "label": label,
            "label_key": label.casefold(),
            "paused": False,
            "added_at": now,
        }
        statement = upsert(self._connection, subscriptions).values(new).on_conflict_do_nothing()
        if not (await self._connection.execute(statement)).rowcount:
            await self._refuse(server_id, source_id, label)
        return await self.get_subscription(server_id, source_id)

    async def _refuse(self, server_id: int, source_id: int, label: str) -> NoReturn:
        for subscription in await self.list_subscriptions(server_id):
            if subscription.source.source_id == source_id:
                raise AlreadySubscribed(subscription.label)
        raise NameTaken("source", label)

    async def list_subscriptions(self, server_id: int) -> list[Subscription]:
        """What a server follows, by label."""
        query = SUBSCRIPTIONS.where(subscriptions.c.server_id == server_id).order_by(subscriptions.c.label_key)
        return [subscription_of(row) for row in await self._connection.execute(query)]

    async def get_subscription(self, server_id: int, source_id: int) -> Subscription:
        """One subscription of that server; raises NotFound, also for what another server follows."""
        query = SUBSCRIPTIONS.where(subscriptions.c.server_id == server_id, subscriptions.c.source_id == source_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("source", source_id)
        return subscription_of(row)

    async def find_subscription(self, server_id: int, label: str) -> Subscription | None:
        """The subscription a server gave that label, whatever its case."""
        query = SUBSCRIPTIONS.where(
            subscriptions.c.server_id == server_id, subscriptions.c.label_key == label.casefold()
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else subscription_of(row)

    async def set_paused(self, server_id: int, source_id: int, paused: bool) -> None:
        """Stop or go on taking that source for one server."""
        await self._change(server_id, source_id, {"paused": paused})

    async def configure(self, server_id: int, source_id: int, *, weight: float, rules: str) -> None:
        """Give a subscription another weight and other rules."""
        await self._change(server_id, source_id, {"weight": weight, "rules": rules})

    async def name(self, server_id: int, source_id: int, *, label: str, category: str) -> None:
        """Give a subscription another label and category. Raises NameTaken when another one has that label."""
        other = await self.find_subscription(server_id, label)
        if other is not None and other.source.source_id != source_id:
            raise NameTaken("source", label)
        await self._change(server_id, source_id, {"label": label, "label_key": label.casefold(), "category": category})

    async def is_followed_elsewhere(self, source_id: int, server_id: int) -> bool:
        """Whether another server than this one follows a source, paused or not."""
        others = exists().where(subscriptions.c.source_id == source_id, subscriptions.c.server_id != server_id)
        return bool(await self._connection.scalar(select(others)))

    async def set_login(self, source_id: int, login: str) -> None:
        """Read a source with another password from now on."""
        await self._connection.execute(update(sources).where(sources.c.source_id == source_id).values(login=login))

    async def postpone(self, source_id: int, until: datetime) -> None:
        """Let the next poll of a source that nobody follows yet come no earlier than that."""
        nobody = ~exists().where(subscriptions.c.source_id == sources.c.source_id)
        await self._connection.execute(
            update(sources).where(sources.c.source_id == source_id, nobody).values(next_poll_at=until)
        )

    async def move_subscription(self, server_id: int, source_id: int, to_source_id: int) -> None:
        """Let a server follow another source in place of one, as it was: under its label, with weight and rules.

        Raises AlreadySubscribed when it follows the other one too.
        """
        for subscription in await self.list_subscriptions(server_id):
            if subscription.source.source_id == to_source_id:
                raise AlreadySubscribed(subscription.label)
        await self._change(server_id, source_id, {"source_id": to_source_id})

    async def unsubscribe(self, server_id: int, source_id: int) -> None:
        """Let a server stop following a source; a source nobody follows is not polled any more."""
        await self._connection.execute(
            delete(subscriptions).where(subscriptions.c.server_id == server_id, subscriptions.c.source_id == source_id)
        )

    async def _change(self, server_id: int, source_id: int, changes: dict[str, Any]) -> None:
        own = (subscriptions.c.server_id == server_id, subscriptions.c.source_id == source_id)
        await self._connection.execute(update(subscriptions).where(*own).values(changes))

    async def _list(self, query: Select[Any]) -> list[Source]:
        return [Source(*row) for row in await self._connection.execute(query)]


_THIS = sources.c.source_id == bindparam("this")
_ALWAYS = ("at", "next_poll_at", "error")
_UNCHANGED = (*_ALWAYS, "moved_to", "moved_polls", "per_day")
_IF_GIVEN = ("title", "site_url", "language", "delivers", "delivers_checked_at")
_ANSWERED = (*_UNCHANGED, *_IF_GIVEN, "etag", "last_modified", "body_hash", "asked_interval")
_COLUMN = {"at": "last_polled_at", "error": "last_error"}


def _given(name: str) -> Any:
    return bindparam(f"new_{name}", type_=sources.c[_COLUMN.get(name, name)].type)


def _recorded(names: Sequence[str], **more: Any) -> Update:
    changes = {_COLUMN.get(name, name): _given(name) for name in names if name not in _IF_GIVEN}
    kept = {name: func.coalesce(_given(name), sources.c[name]) for name in names if name in _IF_GIVEN}
    return update(sources).where(_THIS).values(changes | kept | more | leases.FREE)


_RECORDS = (
    (_recorded(_UNCHANGED, last_success_at=_given("at"), failures=0), _UNCHANGED),
    (_recorded(_ANSWERED, last_success_at=_given("at"), failures=0), _ANSWERED),
    # A move counts when it is seen at several polls in a row.
    (_recorded(_ALWAYS, failures=sources.c.failures + 1, moved_to=None, moved_polls=0), _ALWAYS),
)
_PUT_OFF = update(sources).where(_THIS).values({"next_poll_at": _given("next_poll_at")} | leases.FREE)


def _kind(result: PollResult) -> Sequence[str]:
    if result.error is not None:
        return _ALWAYS
    return _UNCHANGED if result.is_unchanged else _ANSWERED


def _bound(source_id: int, result: PollResult, names: Sequence[str]) -> dict[str, Any]:
    """The parameters of one poll; an empty title is none."""
    bound = {f"new_{name}": getattr(result, name) for name in names}
    if names is _ANSWERED:
        bound |= {f"new_{name}": getattr(result, name) or None for name in _IF_GIVEN}
    return bound | {"this": source_id}


SUBSCRIPTIONS = select(subscriptions, *(column.label(f"source_{column.name}") for column in _COLUMNS)).join(sources)
"""All subscriptions with their sources."""


def subscription_of(row: Sequence[object]) -> Subscription:
    """One row of SUBSCRIPTIONS as a value."""
    mapping = row._mapping  # type: ignore[attr-defined]
    source = Source(**{column.name: mapping[f"source_{column.name}"] for column in _COLUMNS})
    own = ("server_id", "label", "paused", "added_at", "weight", "rules", "category")
    return Subscription(source=source, **{name: mapping[name] for name in own})
