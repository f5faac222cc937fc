"""Composing an edition: from what was gathered to stories with points, each choice with its reason.

Rules first; then reports of one event are put together, with the told reports of the last days among them; then the
best are told one by one, without what earlier editions told and what the editors removed.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.services.briefing import ArticleBrief, Briefing, ToldStory, condensed_at_once
from bot.services.copies import Groups, Outline, pairs_of_copies
from bot.services.drafts import MOST_REPORTS, Continuation, Draft, News, Order
from bot.services.filters import Passed, sift
from bot.services.gathering import Gathered, Window, gather, gather_everything
from bot.services.novelty import FOLLOWED, MOST_FOLLOWED, carried_on
from bot.services.ports import Clock, Condenser
from bot.services.selection import Candidate, Choosing, left_out, told_at, within_budget
from bot.services.stories import Composition, Story
from bot.services.telling import story_of
from storage import Article, Digest, Size, Storage
from summarizer import QueueFull, StoryDocument, SummarizerError, TextRefused

log = logging.getLogger(__name__)

POINTS_TO_CHOOSE_FROM = 10
"""Points that are made of a story when some of its points are not told."""
TRIED = 3
"""For each story that is wanted so many are tried, since some turn out to hold nothing new."""
PATIENT_OPERATOR = timedelta(minutes=10)
PATIENCE = timedelta(seconds=60)
"""So long an edition waits for the model, all stories together; the rest is told without it."""


class Composing:
    """Turns articles into the stories of an edition."""

    def __init__(
        self,
        storage: Storage,
        condenser: Condenser,
        briefing: Briefing,
        clock: Clock,
        *,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._patience = patience
        self._storage = storage
        self._condenser = condenser
        self._briefing = briefing
        self._clock = clock

    async def for_digest(self, digest: Digest, window: Window, patience: timedelta | None = None) -> Composition:
        """What a digest has to tell about a window of time, without what it told before.

        `patience` is how long the model may be waited for.
        """
        order = Order(digest.stories, self._deadline(patience), digest.size, digest.per_source)
        composition = await self._compose(await gather(self._storage, digest, window), order)
        if digest.size is not Size.FULL:
            return composition
        return replace(composition, stories=within_budget(composition.stories))

    async def for_live(
        self, digest: Digest, window: Window, count: int, *, urgent: Collection[int] = ()
    ) -> Composition:
        """Up to `count` stories that a live digest has to tell, each on its own and with all its points.

        Those with an `urgent` article come first.
        """
        order = Order(count, self._deadline(), digest.size, urgent=urgent, is_page=False)
        return await self._compose(await gather(self._storage, digest, window), order)

    async def count_new(self, digest: Digest, window: Window) -> int:
        """How many articles came for a digest in a window of time, whatever became of them."""
        async with self._storage.reading() as tx:
            return await tx.candidates.count_new(digest.server_id, *window)

    async def for_operator(self, since: datetime | None, stories: int, most: int) -> Composition:
        """What there is to tell from everything stored; looks at the `most` newest articles."""
        order = Order(stories, self._deadline(PATIENT_OPERATOR))
        return await self._compose(await gather_everything(self._storage, since, most), order)

    def _deadline(self, patience: timedelta | None = None) -> float:
        patience = self._patience if patience is None else patience
        return asyncio.get_running_loop().time() + patience.total_seconds()

    async def _compose(self, gathered: Gathered, order: Order) -> Composition:
        sifted = await asyncio.to_thread(
            sift, gathered.articles, gathered.carriers, gathered.levels, gathered.of_sources
        )
        draft = Draft(gathered, sifted, order, degraded=False)
        candidates = await self._candidates(draft)
        choosing = await asyncio.to_thread(
            Choosing,
            candidates,
            self._clock.now(),
            per_source=order.per_source,
            urgent=order.urgent,
            is_varied=order.is_page,
        )
        for _ in range(TRIED * order.stories + len(order.urgent)):
            if len(draft.stories) >= order.stories or (candidate := choosing.next()) is None:
                break
            await self._tell(draft, candidate, choosing)
        return draft.composition(choosing.left_out(order.stories))

    # ---- reports of one event ----

    async def _candidates(self, draft: Draft) -> list[Candidate]:
        """One for each event: by the model, and by copies, which need none."""
        new = sorted(draft.sifted.passed, key=lambda each: (_seen(each.article), each.article.article_id))
        told = list(draft.gathered.told.values())
        articles = [*told, *(passed.article for passed in new)]
        groups = Groups(len(articles))
        for one, other in await asyncio.to_thread(_copies, articles):
            groups.join(one, other)
        if new:
            await self._put_together(draft, articles, len(told), groups)
        return await asyncio.to_thread(_of_groups, draft, groups, told, new)

    async def _put_together(self, draft: Draft, articles: Sequence[Article], told: int, groups: Groups) -> None:
        """Join what the model takes for reports of one event, told ones of the last days among them."""
        followed = set(draft.gathered.past.followed(self._clock.now() - FOLLOWED)[:MOST_FOLLOWED])
        places = [at for at, article in enumerate(articles) if at >= told or article.article_id in followed]
        documents = [StoryDocument(a.title or "", a.text, a.published) for a in (articles[at] for at in places)]
        try:
            async with asyncio.timeout_at(draft.order.deadline):
                clusters = await self._condenser.stories(documents)
        except (SummarizerError, TimeoutError) as error:
            log.warning("stories are not put together but for copies: %r", error)
            draft.degraded = True
            return
        for cluster in clusters:
            for other in cluster[1:]:
                groups.join(places[cluster[0]], places[other])

    # ---- telling ----

    async def _tell(self, draft: Draft, candidate: Candidate, choosing: Choosing) -> None:
        """Tell a story, or note why it is not told."""
        news = await self._news(draft, candidate) if candidate.earlier else None
        told = await self._story(draft, candidate, news) if news is None or news.sentences else None
        if isinstance(told, Story):
            draft.add(replace(told, reason=_reason(candidate, news, self._clock.now())))
            return
        choosing.give_back()
        draft.left_out.append(left_out(candidate, told or _told_before(candidate)))

    async def _news(self, draft: Draft, candidate: Candidate) -> News:
        """What is new in a story that earlier editions told."""
        read = await asyncio.to_thread(draft.continuation, candidate)
        return read.news(await self._are_new(draft, read) if read.maybe_new else [], candidate)

    async def _are_new(self, draft: Draft, read: Continuation) -> Sequence[bool]:
        try:
            async with asyncio.timeout_at(draft.order.deadline):
                return await self._condenser.fresh(read.maybe_new, read.known, read.language)
        except (SummarizerError, TimeoutError) as error:
            log.warning("what is new is judged by words alone: %r", error)
            draft.degraded = True
            return [True] * len(read.maybe_new)

    async def _story(self, draft: Draft, candidate: Candidate, news: News | None) -> Story | str:
        """The story with the points that may be told, or why there are none."""
        wanted = draft.order.points(len(draft.stories))
        reports = news.reports if news else candidate.articles[:MOST_REPORTS]
        for asked in (POINTS_TO_CHOOSE_FROM,) if news else (wanted, POINTS_TO_CHOOSE_FROM):
            try:
                brief = await self._brief(reports, asked, draft.order.deadline)
            except TextRefused as error:
                return f"cannot be condensed: {error}"
            made = story_of(brief, candidate.articles, draft.carriers)
            told = await asyncio.to_thread(draft.without_known, made, wanted, brief.brief.language, news)
            if len(told.points) >= min(wanted, len(made.points)):
                break
        draft.degraded |= brief.degraded and bool(told.points)
        if not told.points:
            return draft.why_no_point(made, news)
        earlier = candidate.earlier
        return replace(told, is_update=bool(earlier), continues=earlier[0].edition_id if earlier else None)

    async def _brief(self, articles: Sequence[Article], points: int, deadline: float) -> ArticleBrief | ToldStory:
        try:
            async with asyncio.timeout_at(deadline):
                return await self._briefing.condense(articles, points)
        except (QueueFull, TimeoutError):
            return await condensed_at_once(articles, points)


def _seen(article: Article) -> datetime:
    return told_at(article) or article.first_seen


def _copies(articles: Sequence[Article]) -> list[tuple[int, int]]:
    return pairs_of_copies([Outline.of(article.text) for article in articles])


def _of_groups(draft: Draft, groups: Groups, told: Sequence[Article], new: Sequence[Passed]) -> list[Candidate]:
    """A candidate of each group with new articles; it goes on from what is told with it, or in its very words."""
    background = carried_on(told, [passed.article for passed in new])
    made = []
    for group in groups.lists():
        passed = [new[at - len(told)] for at in group if at >= len(told)]
        before = {told[at].article_id for at in group if at < len(told)}
        before.update(*(background[each.article.article_id] for each in passed))
        if passed:
            made.append(draft.candidate(before, passed))
    return made


def _told_before(candidate: Candidate) -> str:
    return f"told on {_day(candidate.earlier[0].told_at)}, and nothing is new since"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def _reason(candidate: Candidate, news: News | None, now: datetime) -> str:
    reason = candidate.reason(now)
    if news is None:
        return reason
    sentences = "1 new sentence" if len(news.sentences) == 1 else f"{len(news.sentences)} new sentences"
    return f"{reason}; goes on from {_day(candidate.earlier[0].told_at)} with {sentences}"
