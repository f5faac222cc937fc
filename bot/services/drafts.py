"""An edition while it is composed: what is wanted, what was told so far, what may be told, what was left out. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.services.filters import Passed, Sifted
from bot.services.gathering import Gathered
from bot.services.novelty import Sentences, known_sentences, sentences_of
from bot.services.selection import MOST_LEFT_OUT, Candidate, candidate_of, left_out, points_for
from bot.services.stories import Composition, LeftOut, Story, StoryPoint, has_address, without_addresses
from bot.services.telling import with_points
from storage import Article, Carrier, Size
from summarizer.freshness import fresh_by_words
from summarizer.languages import language_of
from summarizer.rules import EDITION_POINTS

MOST_REPORTS = 8
"""So many articles of a story, the fullest, are condensed into its points."""
TOO_SLOW = "this pattern takes too long: it was not applied. Write it simpler, or as words"


@dataclass(frozen=True)
class Order:
    """What is wanted: so many stories of that size, by a moment of the event loop's clock."""

    stories: int
    deadline: float
    size: Size = Size.FULL
    per_source: int = 0
    urgent: Collection[int] = ()
    is_page: bool = True  # the stories stand together, and not each on its own

    def is_by_headline(self, position: int) -> bool:
        """Whether of the story at a place nothing but its headline is shown."""
        is_below = self.is_page and position >= len(EDITION_POINTS)
        return self.size is Size.HEADLINES or (self.size is Size.FULL and is_below)

    def points(self, position: int) -> int:
        """How many points the story at a place gets."""
        return points_for(position if self.is_page else 0, self.size)


@dataclass(frozen=True)
class News:
    """Sentences of a story that goes on which say something new, and the reports that have them."""

    sentences: frozenset[str]
    reports: tuple[Article, ...]

    def has(self, point: StoryPoint) -> bool:
        """Whether a point is made of one of them."""
        return any(each.quote.sentence in self.sentences for each in point.evidence)


@dataclass(frozen=True)
class Continuation:
    """A story that goes on, as it is read: what its readers know, and the sentences that may be new to them."""

    language: str
    known: list[str]
    maybe_new: list[str]
    reports: dict[int, list[str]]  # sentences, by article

    def news(self, are_new: Sequence[bool], candidate: Candidate) -> "News":
        """What is new, by whether each of the sentences is."""
        new = frozenset(sentence for sentence, is_new in zip(self.maybe_new, are_new, strict=True) if is_new)
        telling = tuple(a for a in candidate.articles if new.intersection(self.reports.get(a.article_id, ())))
        return News(new, telling)


@dataclass
class Draft:
    """An edition while it is composed."""

    gathered: Gathered
    sifted: Sifted
    order: Order
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

    def continuation(self, candidate: Candidate) -> Continuation:
        """What is read of a story that earlier editions told."""
        language = language_of(candidate.lead.text, candidate.lead.language)
        known = known_sentences(candidate.earlier, self.gathered.told, language)
        reports = {a.article_id: sentences_of(a, language) for a in candidate.articles[:MOST_REPORTS]}
        read = list(dict.fromkeys(sentence for each in reports.values() for sentence in each))
        may_be_new = fresh_by_words(read, known, language)
        maybe = [sentence for sentence, is_new in zip(read, may_be_new, strict=True) if is_new]
        return Continuation(language, known, maybe, reports)

    def add(self, story: Story) -> None:
        """One story more is told."""
        self.stories.append(story)
        self.told.add(story)

    @cached_property
    def carriers(self) -> dict[int, tuple[Carrier, ...]]:
        """The sources that each article is taken from."""
        return {each.article.article_id: each.carriers for each in self.sifted.passed}

    def without_known(self, story: Story, count: int, language: str, news: News | None) -> Story:
        """A story with points that were neither removed by the editors nor told in this edition or an earlier one; none
        where its headline would bring back what was removed.
        """
        if self._is_removed(story):
            return replace(story, points=())

        def may_be_told(point: StoryPoint) -> bool:
            if point.rests_on(self.gathered.hidden) or has_address(point.text) or self.told.have(point.text, language):
                return False
            if news is not None and not news.has(point):
                return False
            return not self.gathered.past.sentences.have(point.text, language)

        return with_points(story, may_be_told, count)

    def why_no_point(self, story: Story, news: News | None) -> str:
        """Why nothing of a story may be told, in words."""
        if self._is_removed(story):
            return "its points were removed by this server's editors"
        if news is not None:
            return "goes on from an earlier edition, and nothing in it that is new makes a point"
        return "says nothing that was not told" if story.points else "there is nothing in it that makes a point"

    def _is_removed(self, story: Story) -> bool:
        """Whether the editors removed all its points, or one of those that its headline alone stands for."""
        are_hidden = [point.rests_on(self.gathered.hidden) for point in story.points]
        enough = any if self.order.is_by_headline(len(self.stories)) else all
        return bool(are_hidden) and enough(are_hidden)

    def composition(self, not_chosen: Sequence[tuple[Candidate, str]]) -> Composition:
        """What became of it."""
        slow = [LeftOut(str(rule), "", TOO_SLOW) for rule in self.sifted.too_slow]
        ranked = [left_out(candidate, reason) for candidate, reason in not_chosen]
        kept_out = [
            LeftOut(without_addresses(each.article.name), each.carriers[0].name if each.carriers else "", each.reason)
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
