"""Live digests: each story is told as it comes, once, in a message of its own; what is new of it later, as a reply.

What a live digest may tell is what came since it began, at most `WAITS` ago, and was not told: that is read from the
ledger every time, so nothing is lost with a process. A story's slot is named after its first article, so that of
several processes one tells it. More than the digest's cap an hour, and what comes in its quiet hours, waits its turn,
the best first; what waited too long is passed over and counted in the next brief. Stories with an alert word do not
wait. While a brief is on its way, because Discord cannot be reached, no other is begun: after an outage the best are
told under the cap, and not all at once.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from bot.services.alerts import AlertWords
from bot.services.gathering import LIVE_BACKLOG, MOST_CANDIDATES, OVERLAP
from bot.services.ports import Clock, Sent
from bot.services.quiet import QuietHours, awake_since
from bot.services.stories import Composition, Story
from bot.services.turns import WAITS, Room, due, first_article, mentioned_role, room, slot_of, window_start
from storage import Delivery, Digest, Edition, EditionState, LiveBrief, NotFound, Storage

log = logging.getLogger(__name__)

LOOKED_AT = 12
"""Stories that are composed at a time."""
AT_ONCE = 4
LONGEST_THREAD = 50
"""Updates that are followed back to the first telling of a story."""

Window = tuple[datetime, datetime]


class Composer(Protocol):
    """Makes stories of what came."""

    async def for_live(
        self, digest: Digest, window: Window, count: int, *, urgent: Collection[int] = ()
    ) -> Composition:
        """Up to `count` stories, the best first; those with an urgent article before all others."""
        ...

    async def count_new(self, digest: Digest, window: Window) -> int:
        """How many articles came."""
        ...


class Poster(Protocol):
    """Posts what was composed."""

    async def post_composed(
        self, digest: Digest, slot: str, window: Window, composition: Composition, *, reply_to: int | None = None
    ) -> Edition:
        """Post once for the slot."""
        ...


@dataclass
class _Memory:
    """What this process knows of a digest beside the ledger; lost without harm."""

    looked_at: datetime | None = None
    waiting: dict[int, datetime] = field(default_factory=dict)  # since when, by first article
    passed_over: int = 0


@dataclass(frozen=True)
class _View:
    """A live digest at a moment."""

    digest: Digest
    briefs: Sequence[LiveBrief]
    window: Window
    left: Room

    @property
    def is_held_up(self) -> bool:
        """A brief is on its way and not known to be there."""
        return any(brief.is_unfinished for brief in self.briefs)

    @property
    def slots(self) -> set[str]:
        """Of the stories that were told, or could not be."""
        return {brief.slot for brief in self.briefs}


class Live:
    """Tells the stories of live digests as they come."""

    def __init__(self, storage: Storage, composing: Composer, editions: Poster, clock: Clock) -> None:
        self._storage = storage
        self._composing = composing
        self._editions = editions
        self._clock = clock
        self._memories: dict[int, _Memory] = {}
        self._serving: set[int] = set()

    async def run_due(self) -> None:
        """Tell what every live digest has to tell."""
        async with self._storage.reading() as tx:
            digests = await tx.digests.list_active()
        turns = asyncio.Semaphore(AT_ONCE)  # one slow channel must not hold up the others

        async def in_turn(digest: Digest) -> None:
            async with turns:
                await self._serve_safely(digest)

        await asyncio.gather(*(in_turn(digest) for digest in digests if digest.is_live))

    async def serve(self, digest: Digest) -> None:
        """Tell what there is to tell now; one that is being served already is left to who serves it."""
        if digest.digest_id in self._serving:
            return
        self._serving.add(digest.digest_id)
        try:
            view = await self._view(digest)
            if view is not None and not view.is_held_up and not view.left.is_none:
                await self._tell(view, self._memories.setdefault(digest.digest_id, _Memory()))
        finally:
            self._serving.discard(digest.digest_id)

    async def _serve_safely(self, digest: Digest) -> None:
        try:
            await self.serve(digest)
        except Exception:  # the edge of one digest: the others must not suffer
            log.exception("live digest %s", digest.digest_id)

    async def _view(self, known: Digest) -> _View | None:
        """The digest as it is now; None when it is gone, paused, or live no more."""
        now = self._clock.now()
        try:
            async with self._storage.reading() as tx:
                digest = await tx.digests.get(known.server_id, known.digest_id)
                quiet = QuietHours.of(digest.quiet_hours, digest.timezone)
                briefs = await tx.live.list_briefs(digest.digest_id, awake_since(now, WAITS, quiet))
        except NotFound:
            self._memories.pop(known.digest_id, None)
            return None
        if digest.is_paused(now) or not digest.is_live:
            return None
        start = window_start(digest, has_told=bool(briefs), quiet=quiet, now=now)
        told_at = [brief.due_at for brief in briefs if brief.state is not EditionState.FAILED]
        return _View(digest, briefs, (start, now), room(digest.per_hour, told_at, quiet, now))

    async def _tell(self, view: _View, memory: _Memory) -> None:
        if not await self._has_something(view, memory):
            return
        urgent = await self._urgent(view)
        if not urgent and not view.left.ordinary:
            return
        composition = await self._composing.for_live(view.digest, view.window, LOOKED_AT, urgent=urgent)
        untold = [story for story in composition.stories if slot_of(story) not in view.slots]
        chosen = due(untold, urgent, view.left)
        memory.looked_at = view.window[1]
        _note_waiting(view, memory, [story for story in untold if story not in chosen])
        for story in chosen:
            if not await self._post(view, memory, replace(composition, stories=(story,)), urgent):
                memory.looked_at = None  # what is left of them is looked at again
                return

    async def _has_something(self, view: _View, memory: _Memory) -> bool:
        """Something came since one looked, or there is room for what waits."""
        if memory.looked_at is None or (memory.waiting and view.left.ordinary):
            return True
        since = max(view.window[0], memory.looked_at - OVERLAP)
        return await self._composing.count_new(view.digest, (since, view.window[1])) > 0

    async def _urgent(self, view: _View) -> set[int]:
        """The articles with an alert word that were not told."""
        words, digest = AlertWords(view.digest.alert_words), view.digest
        if not words or not view.left.alerts:
            return set()
        start, end = view.window
        async with self._storage.reading() as tx:
            came = await tx.articles.list_candidates(
                digest.server_id,
                digest.digest_id,
                start,
                end,
                not_before=end - LIVE_BACKLOG,
                limit=MOST_CANDIDATES,
                backlog=False,
            )
        return {article.article_id for article in came if words.match(article.title or "", article.text)}

    async def _post(self, view: _View, memory: _Memory, told: Composition, urgent: Collection[int]) -> bool:
        """Post one brief; False when it is not known to be there, or the digest is not what it was any more."""
        (story,) = told.stories
        if not await self._holds_still(view.digest):
            return False
        digest = replace(view.digest, mention_role_id=mentioned_role(view.digest, story, urgent))
        told = replace(told, left_out=(), more_left_out=0, passed_over=memory.passed_over)
        first = await self._first_message(digest, story)
        if first is not None:
            digest = replace(digest, channel_id=first.channel_id)  # in a forum, the thread of the story
        reply_to = None if first is None else first.message_id
        edition = await self._editions.post_composed(digest, slot_of(story), view.window, told, reply_to=reply_to)
        if edition.state is not EditionState.SENT:
            return False
        memory.passed_over = 0
        for article in story.articles:
            memory.waiting.pop(article.article_id, None)
        return True

    async def _holds_still(self, digest: Digest) -> bool:
        """Whether no admin has paused, edited or removed it since: composing takes its time."""
        try:
            async with self._storage.reading() as tx:
                present = await tx.digests.get(digest.server_id, digest.digest_id)
        except NotFound:
            return False
        return replace(present, trouble=digest.trouble) == digest

    async def _first_message(self, digest: Digest, story: Story) -> Sent | None:
        """The message that told the story first; None for a new story, or when it does not stand where it is told."""
        edition_id, parts = story.continues, list[Delivery]()
        for _ in range(LONGEST_THREAD):
            if edition_id is None:
                break
            async with self._storage.reading() as tx:
                edition = await tx.editions.get(digest.server_id, edition_id)
                parts = await tx.editions.list_deliveries(edition_id)
            edition_id = _continued(edition)
        if not parts or parts[0].message_id is None or parts[0].channel_id != digest.channel_id:
            return None
        return Sent(parts[0].message_id, parts[0].posted_in or digest.channel_id)


def _note_waiting(view: _View, memory: _Memory, stories: Sequence[Story]) -> None:
    """Keep in mind since when stories wait, and count those whose time is over."""
    start, now = view.window
    for story in stories:
        memory.waiting.setdefault(first_article(story), now)
    over = [article_id for article_id, since in memory.waiting.items() if since <= start]
    for article_id in over:
        del memory.waiting[article_id]
    memory.passed_over += len(over)
    if over:
        log.info("live digest %s: %d stories waited too long", view.digest.digest_id, len(over))


def _continued(edition: Edition) -> int | None:
    """The edition that a brief of one story continues."""
    stories = Composition.from_json(edition.content).stories if edition.content else ()
    return stories[0].continues if len(stories) == 1 else None
