"""Revisions: a posted edition is edited when a source corrects what it told, or its server's editors remove a point.

What is to be edited is written first, then edited, then crossed off; a crash in between repeats the edit, which nobody
notices. A message that was deleted stays deleted.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.services.corrections import corrected
from bot.services.ports import Clock, DestinationLost, Publisher, SendRefused, Sent, TryLater
from bot.services.stories import Composition, Story
from storage import Article, Delivery, Edition, Storage, Transaction, Unavailable

log = logging.getLogger(__name__)

CORRECTED_FOR = timedelta(days=7)
"""Older editions are not corrected any more."""
EDITIONS_AT_ONCE = 20
PARTS_AT_ONCE = 20

Revise = Callable[[Sequence[dict[str, Any]], Composition], list[dict[str, Any]]]
"""Bodies as they were posted, with the stories told anew that were changed since."""


class Revisions:
    """Keeps posted editions true."""

    def __init__(self, storage: Storage, publisher: Publisher, revise: Revise, clock: Clock) -> None:
        self._storage = storage
        self._publisher = publisher
        self._revise = revise
        self._clock = clock

    async def run_due(self) -> None:
        """Look at editions whose articles were changed, and edit what is to be edited; a bounded number a call."""
        async with self._storage.reading() as tx:
            unchecked = await tx.revisions.list_unchecked(self._clock.now() - CORRECTED_FOR, EDITIONS_AT_ONCE)
        for edition in unchecked:
            try:
                await self._check(edition)
            except Unavailable:
                raise
            except Exception:  # the edge of one edition: it is let go, the others must not suffer
                log.exception("edition %s is not checked for corrections", edition.edition_id)
                await self._let_go(edition)
        await self.carry_out()

    async def set_hidden(
        self, tx: Transaction, server_id: int, edition_id: int, place: tuple[int, int], at: str | None
    ) -> None:
        """Remove a point by the places of story and point, or with no time put it back; `carry_out` shows it."""
        edition, posted = await tx.revisions.take(server_id, edition_id)
        if edition.content is None:
            return
        told = Composition.from_json(edition.content)
        await self._write(tx, edition, posted, told, _with_hidden(told, place, at))

    async def carry_out(self, edition_id: int | None = None) -> None:
        """Edit the messages that are to be edited, of one edition or of all; what does not work now is tried again."""
        async with self._storage.reading() as tx:
            pending = await tx.revisions.list_pending(PARTS_AT_ONCE, edition_id)
        for server_id, delivery in pending:
            if await self._edit(delivery):
                await self._cross_off(server_id, delivery)

    async def _cross_off(self, server_id: int, delivery: Delivery) -> None:
        """Note that a message was edited; where another edit came in between, nobody knows which was the last: unless
        it says what it should, it is edited again.
        """
        async with self._storage.begin() as tx:
            if await tx.revisions.clear(delivery):
                return
            edition, posted = await tx.revisions.take(server_id, delivery.edition_id)
            wanted = self._revise([part.body for part in posted], Composition.from_json(edition.content or {}))
            present = next(body for part, body in zip(posted, wanted, strict=True) if _is_same(part, delivery))
            if _as_text(present) != _as_text(delivery.revised_body):
                await tx.revisions.revise(delivery.delivery_id, present)

    async def _edit(self, delivery: Delivery) -> bool:
        """Whether the message needs no more attention."""
        assert delivery.revised_body is not None
        sent = Sent(delivery.message_id, delivery.posted_in or delivery.channel_id)
        try:
            await self._publisher.edit(sent, delivery.revised_body)
        except TryLater as error:
            log.warning("message %s is edited later: %s", sent.message_id, error)
            return False
        except (DestinationLost, SendRefused) as error:
            log.warning("message %s in channel %s is not edited: %s", sent.message_id, sent.channel_id, error)
        except Exception:  # the edge of one message: the others must be edited
            log.exception("message %s is not edited", sent.message_id)
        return True

    async def _let_go(self, edition: Edition) -> None:
        async with self._storage.begin() as tx:
            await tx.revisions.note_checked(edition.edition_id, self._clock.now())

    async def _check(self, edition: Edition) -> None:
        now = self._clock.now()
        async with self._storage.reading() as tx:
            changed = await tx.articles.find_shared(await tx.revisions.list_changed(edition.edition_id))
            hidden = await tx.reports.hidden_fingerprints(edition.server_id)
        assert edition.content is not None  # it was sent
        told = Composition.from_json(edition.content)
        found = await asyncio.to_thread(self._corrected, told, list(changed.values()), hidden)
        async with self._storage.begin() as tx:
            present, posted = await tx.revisions.take(edition.server_id, edition.edition_id)
            if present.content != edition.content:  # changed meanwhile; it is looked at again
                return
            if found != told:
                log.info("edition %s is corrected", edition.edition_id)
                await self._write(tx, present, posted, told, found)
            await tx.revisions.note_checked(edition.edition_id, now)

    def _corrected(self, told: Composition, changed: Sequence[Article], hidden: Collection[str]) -> Composition:
        now = self._clock.now()
        stories = tuple(corrected(story, _of(story, changed), now, hidden) for story in told.stories)
        return replace(told, stories=stories)

    async def _write(
        self, tx: Transaction, edition: Edition, posted: Sequence[Delivery], told: Composition, found: Composition
    ) -> None:
        sent = [delivery.body for delivery in posted]
        shown, wanted = self._revise(sent, told), self._revise(sent, found)
        bodies = {
            delivery.delivery_id: body
            for delivery, before, body in zip(posted, shown, wanted, strict=True)
            if body != before
        }
        await tx.revisions.write(edition.edition_id, found.to_json(), bodies)


def _as_text(body: dict[str, Any] | None) -> str:
    return json.dumps(body, sort_keys=True)


def _is_same(part: Delivery, other: Delivery) -> bool:
    return part.delivery_id == other.delivery_id


def _of(story: Story, changed: Sequence[Article]) -> list[Article]:
    return [article for article in changed if any(one.article_id == article.article_id for one in story.articles)]


def _with_hidden(told: Composition, place: tuple[int, int], at: str | None) -> Composition:
    stories = list(told.stories)
    story = stories[place[0]]
    points = list(story.points)
    points[place[1]] = replace(points[place[1]], hidden_at=at)
    stories[place[0]] = replace(story, points=tuple(points))
    return replace(told, stories=tuple(stories))
