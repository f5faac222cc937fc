"""Composing an edition: from what was gathered to stories with points, each choice with its reason.

Rules first; then reports of one event are put together, with the told reports of the last days among them; then the
best are told one by one, without what earlier editions told and what the editors removed.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from bot.services.briefing import ArticleBrief, Briefing, ToldStory, brief_at_once, story_at_once
from bot.services.copies import Groups, Outline, pairs_of_copies
from bot.services.filters import Passed, Sifted, sift
from bot.services.gathering import Gathered, Window, gather, gather_everything
from bot.services.novelty import FOLLOWED, MOST_FOLLOWED, Sentences, carried_on, known_sentences, sentences_of
from bot.services.ports import Clock, Condenser
from bot.services.selection import (
    MOST_LEFT_OUT,
    Candidate,
    Choosing,
    candidate_of,
    left_out,
    points_for,
    told_at,
    within_budget,
)
from bot.services.stories import Composition, LeftOut, Story, StoryPoint, has_address, without_addresses
from bot.services.telling import story_of, with_points
from storage import Article, Carrier, Digest, Size, Storage, fingerprint
from summarizer import QueueFull, StoryDocument, SummarizerError, TextRefused
from summarizer.freshness import fresh_by_words
from summarizer.languages import language_of

log = logging.getLogger(__name__)

MOST_REPORTS = 8
"""So many articles of a story, the fullest, are condensed into its points."""
POINTS_TO_CHOOSE_FROM = 10
"""Points that are made of a story when some of its points are not told."""
TRIED = 3
"""For each story that is wanted so many are tried, since some turn out to hold nothing new."""
TOO_SLOW = "this pattern takes too long: it was not applied. Write it simpler, or as words"
PATIENT_OPERATOR = timedelta(minutes=10)
PATIENCE = timedelta(seconds=60)
"""So long an edition waits for the model, all stories together; the rest is told without it."""


@dataclass(frozen=True)
class _Order:
    """What is wanted: so many stories of that size, by a moment of the event loop's clock."""

    stories: int
    deadline: float
    size: Size = Size.FULL
    per_source: int = 0
    urgent: Collection[int] = ()
    is_page: bool = True  # the stories stand together, and not each on its own

    def points(self, position: int) -> int:
        return points_for(position if self.is_page else 0, self.size)


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
        order = _Order(digest.stories, self._deadline(patience), digest.size, digest.per_source)
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
        order = _Order(count, self._deadline(), digest.size, urgent=urgent, is_page=False)
        return await self._compose(await gather(self._storage, digest, window), order)

    async def count_new(self, digest: Digest, window: Window) -> int:
        """How many articles came for a digest in a window of time, whatever became of them."""
        async with self._storage.reading() as tx:
            return await tx.candidates.count_new(digest.server_id, *window)

    async def for_operator(self, since: datetime | None, stories: int, most: int) -> Composition:
        """What there is to tell from everything stored; looks at the `most` newest articles."""
        order = _Order(stories, self._deadline(PATIENT_OPERATOR))
        return await self._compose(await gather_everything(self._storage, since, most), order)

    def _deadline(self, patience: timedelta | None = None) -> float:
        return asyncio.get_running_loop().time() + (patience or self._patience).total_seconds()

    async def _compose(self, gathered: Gathered, order: _Order) -> Composition:
        sifted = await asyncio.to_thread(
            sift, gathered.articles, gathered.carriers, gathered.levels, gathered.of_sources
        )
        work = _Work(gathered, sifted, order, degraded=False)
        candidates = await self._candidates(work)
        choosing = Choosing(
            candidates,
            self._clock.now(),
            per_source=order.per_source,
            urgent=order.urgent,
            is_varied=order.is_page,
        )
        for _ in range(TRIED * order.stories + len(order.urgent)):
            if len(work.stories) >= order.stories or (candidate := choosing.next()) is None:
                break
            await self._tell(work, candidate, choosing)
        return work.composition(choosing.left_out())

    # ---- reports of one event ----

    async def _candidates(self, work: "_Work") -> list[Candidate]:
        """One for each event: by the model, and by copies, which need none."""
        new = sorted(work.sifted.passed, key=lambda each: (_seen(each.article), each.article.article_id))
        told = list(work.gathered.told.values())
        articles = [*told, *(passed.article for passed in new)]
        groups = Groups(len(articles))
        for one, other in await asyncio.to_thread(_copies, articles):
            groups.join(one, other)
        if new:
            await self._put_together(work, articles, len(told), groups)
        background = await asyncio.to_thread(carried_on, told, [passed.article for passed in new])
        made = [_members(group, told, new) for group in groups.lists()]
        return [
            work.candidate({*told_ids, *(at for each in passed for at in background[each.article.article_id])}, passed)
            for told_ids, passed in made
            if passed
        ]

    async def _put_together(self, work: "_Work", articles: Sequence[Article], told: int, groups: Groups) -> None:
        """Join what the model takes for reports of one event, told ones of the last days among them."""
        followed = set(work.gathered.past.followed(self._clock.now() - FOLLOWED)[:MOST_FOLLOWED])
        places = [at for at, article in enumerate(articles) if at >= told or article.article_id in followed]
        documents = [StoryDocument(a.title or "", a.text, a.published) for a in (articles[at] for at in places)]
        try:
            async with asyncio.timeout_at(work.order.deadline):
                clusters = await self._condenser.stories(documents)
        except (SummarizerError, TimeoutError) as error:
            log.warning("stories are not put together but for copies: %r", error)
            work.degraded = True
            return
        for cluster in clusters:
            for other in cluster[1:]:
                groups.join(places[cluster[0]], places[other])

    # ---- telling ----

    async def _tell(self, work: "_Work", candidate: Candidate, choosing: Choosing) -> None:
        """Tell a story, or note why it is not told."""
        news = await self._news(work, candidate) if candidate.earlier else None
        told = await self._story(work, candidate, news) if news is None or news.sentences else None
        if isinstance(told, Story):
            work.add(replace(told, reason=_reason(candidate, news, self._clock.now())))
            return
        choosing.give_back()
        work.left_out.append(left_out(candidate, told or _told_before(candidate)))

    async def _news(self, work: "_Work", candidate: Candidate) -> "_News":
        """What is new in a story that earlier editions told."""
        language = language_of(candidate.lead.text, candidate.lead.language)
        known = known_sentences(candidate.earlier, work.gathered.told, language)
        reports = {a.article_id: sentences_of(a, language) for a in candidate.articles[:MOST_REPORTS]}
        read = list(dict.fromkeys(sentence for each in reports.values() for sentence in each))
        flags = await asyncio.to_thread(fresh_by_words, read, known, language)
        maybe = [sentence for sentence, is_fresh in zip(read, flags, strict=True) if is_fresh]
        if maybe:
            flags = await self._are_fresh(work, maybe, known, language)
        fresh = frozenset(sentence for sentence, is_fresh in zip(maybe, flags, strict=False) if is_fresh)
        telling = tuple(a for a in candidate.articles if fresh.intersection(reports.get(a.article_id, ())))
        return _News(fresh, telling)

    async def _are_fresh(self, work: "_Work", maybe: list[str], known: list[str], language: str) -> list[bool]:
        try:
            async with asyncio.timeout_at(work.order.deadline):
                return await self._condenser.fresh(maybe, known, language)
        except (SummarizerError, TimeoutError) as error:
            log.warning("what is new is judged by words alone: %r", error)
            work.degraded = True
            return [True] * len(maybe)

    async def _story(self, work: "_Work", candidate: Candidate, news: "_News | None") -> Story | str:
        """The story with the points that may be told, or why there are none."""
        wanted = work.order.points(len(work.stories))
        reports = news.reports if news else candidate.articles[:MOST_REPORTS]
        for asked in (POINTS_TO_CHOOSE_FROM,) if news else (wanted, POINTS_TO_CHOOSE_FROM):
            try:
                brief = await self._brief(reports, asked, work.order.deadline)
            except TextRefused as error:
                return f"cannot be condensed: {error}"
            made = story_of(brief, candidate.articles, work.carriers)
            told = work.without_known(made, wanted, brief.brief.language, news)
            if len(told.points) >= min(wanted, len(made.points)):
                break
        work.degraded |= brief.degraded and bool(told.points)
        if not told.points:
            return work.why_no_point(made, news)
        earlier = candidate.earlier
        return replace(told, is_update=bool(earlier), continues=earlier[0].edition_id if earlier else None)

    async def _brief(self, articles: Sequence[Article], points: int, deadline: float) -> ArticleBrief | ToldStory:
        try:
            async with asyncio.timeout_at(deadline):
                if len(articles) == 1:
                    return await self._briefing.brief(articles[0], points)
                return await self._briefing.story(articles, points)
        except (QueueFull, TimeoutError):
            if len(articles) == 1:
                return await brief_at_once(articles[0], points)
            return await story_at_once(articles, points)


@dataclass(frozen=True)
class _News:
    """Sentences of a story that goes on which say something new, and the reports that have them."""

    sentences: frozenset[str]
    reports: tuple[Article, ...]

    def has(self, point: StoryPoint) -> bool:
        """Whether a point is made of one of them."""
        return any(each.quote.sentence in self.sentences for each in point.evidence)


@dataclass
class _Work:
    """An edition while it is composed."""

    gathered: Gathered
    sifted: Sifted
    order: _Order
    degraded: bool
    stories: list[Story] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    told: Sentences = field(default_factory=Sentences)

    def candidate(self, told_ids: Collection[int], passed: Sequence[Passed]) -> Candidate:
        """The candidate of a group: new articles, and told ones that they are put together with."""
        return candidate_of(
            [each.article for each in passed],
            self.carriers,
            {each.article.article_id: each.asked_for for each in passed},
            self.gathered.past.told_from(told_ids) if told_ids else (),
        )

    def add(self, story: Story) -> None:
        """One story more is told."""
        self.stories.append(story)
        self.told.add(story)

    @cached_property
    def carriers(self) -> dict[int, tuple[Carrier, ...]]:
        """The sources that each article is taken from."""
        return {each.article.article_id: each.carriers for each in self.sifted.passed}

    def without_known(self, story: Story, count: int, language: str, news: _News | None) -> Story:
        """A story with points that were neither removed by the editors nor told in this edition or an earlier one."""

        def may_be_told(point: StoryPoint) -> bool:
            if self._is_hidden(point) or has_address(point.text) or self.told.have(point.text, language):
                return False
            if news is not None and not news.has(point):
                return False
            return not self.gathered.past.sentences.have(point.text, language)

        return with_points(story, may_be_told, count)

    def why_no_point(self, story: Story, news: _News | None) -> str:
        """Why nothing of a story may be told, in words."""
        if story.points and all(map(self._is_hidden, story.points)):
            return "its points were removed by this server's editors"
        if news is not None:
            return "goes on from an earlier edition, and nothing in it that is new makes a point"
        return "says nothing that was not told" if story.points else "there is nothing in it that makes a point"

    def _is_hidden(self, point: StoryPoint) -> bool:
        return any(fingerprint(each.quote.sentence) in self.gathered.hidden for each in point.evidence)

    def composition(self, not_chosen: Sequence[tuple[Candidate, str]]) -> Composition:
        """What became of it."""
        slow = [LeftOut(str(rule), "", TOO_SLOW) for rule in self.sifted.too_slow]
        ranked = [left_out(candidate, reason) for candidate, reason in not_chosen]
        kept_out = [
            LeftOut(
                without_addresses(each.article.title or ""), each.carriers[0].name if each.carriers else "", each.reason
            )
            for each in self.sifted.kept_out
        ]
        reasons = [*slow, *self.left_out, *ranked, *kept_out]
        return Composition(
            stories=tuple(self.stories),
            considered=len(self.gathered.articles),
            degraded=self.degraded,
            left_out=tuple(reasons[:MOST_LEFT_OUT]),
            more_left_out=len(reasons[MOST_LEFT_OUT:]),
            filtered=len(self.sifted.kept_out),
            failing=self.gathered.failing,
        )


def _seen(article: Article) -> datetime:
    return told_at(article) or article.first_seen


def _copies(articles: Sequence[Article]) -> list[tuple[int, int]]:
    return pairs_of_copies([Outline.of(article.text) for article in articles])


def _members(group: Sequence[int], told: Sequence[Article], new: Sequence[Passed]) -> tuple[list[int], list[Passed]]:
    """Which told articles are in a group, and which new ones."""
    before = [told[at].article_id for at in group if at < len(told)]
    return before, [new[at - len(told)] for at in group if at >= len(told)]


def _told_before(candidate: Candidate) -> str:
    return f"told on {_day(candidate.earlier[0].told_at)}, and nothing is new since"


def _first_name(carriers: Sequence[Carrier]) -> str:
    return carriers[0].name if carriers else ""


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B}"


def _reason(candidate: Candidate, news: _News | None, now: datetime) -> str:
    reason = candidate.reason(now)
    if news is None:
        return reason
    sentences = "1 new sentence" if len(news.sentences) == 1 else f"{len(news.sentences)} new sentences"
    return f"{reason}; goes on from {_day(candidate.earlier[0].told_at)} with {sentences}"
