"""Which stories an edition tells, and in what order. Pure: everything it needs is handed in, the time included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.services.stories import Story
from storage import Article
from summarizer.rules import EDITION_POINTS, EDITION_WORDS
from summarizer.words import length_in_words

FRESHNESS = timedelta(hours=12)
"""After so long a report weighs half: a second source outweighs half a day. Undated reports count as that old."""
SUBSTANCE = 400
"""Characters from which on a report is taken in full measure; teasers and bare titles weigh less."""


@dataclass(frozen=True)
class Candidate:
    """Reports of one event, the fullest first."""

    articles: tuple[Article, ...]
    sources: frozenset[str]

    @property
    def lead(self) -> Article:
        """The fullest report."""
        return self.articles[0]

    @property
    def newest(self) -> datetime | None:
        """When the event was last reported, as far as the reports say."""
        return max((told for article in self.articles if (told := told_at(article))), default=None)

    def weight(self, now: datetime) -> float:
        """Independent sources, halved for every `FRESHNESS` since the last report, less for what has little to tell."""
        age = FRESHNESS if self.newest is None else max(now - self.newest, timedelta())
        substance = min(len(self.lead.text) / SUBSTANCE, 1.0)
        return float(len(self.sources) * substance * 0.5 ** (age / FRESHNESS))


def told_at(article: Article) -> datetime | None:
    """When an article was published, as far as it says so and that is possible."""
    return min(article.published, article.first_seen) if article.published else None


def candidates(
    articles: Sequence[Article], clusters: Sequence[Sequence[int]], source_names: Mapping[int, Sequence[str]]
) -> list[Candidate]:
    """One candidate per cluster of articles."""
    made = []
    for cluster in clusters:
        reports = sorted((articles[i] for i in cluster), key=lambda a: (-len(a.text), a.article_id))
        names = frozenset(name for report in reports for name in source_names[report.article_id])
        made.append(Candidate(tuple(reports), names))
    return made


def pick(found: Sequence[Candidate], count: int, now: datetime) -> list[Candidate]:
    """The weightiest candidates; ties go to the older article id, so that the choice is the same every time.

    Age counts from the newest report there is: of old news, too, the newest comes first.
    """
    newest = max((candidate.newest for candidate in found if candidate.newest), default=now)
    latest = min(newest, now)
    return sorted(found, key=lambda c: (-c.weight(latest), c.lead.article_id))[:count]


def points_for(position: int) -> int:
    """How many points a story gets by its place; one, shown under *Sources* only, where its headline tells it."""
    return EDITION_POINTS[position] if position < len(EDITION_POINTS) else 1


def within_budget(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories of a channel's edition with as many points as keep it in about `EDITION_WORDS`.

    Points go one by one, the last of the last story that has several first; no story loses its only one.
    """
    kept = list(stories)
    while _words(kept) > EDITION_WORDS:
        several = [at for at, story in enumerate(kept[: len(EDITION_POINTS)]) if len(story.points) > 1]
        if not several:
            break
        story = kept[several[-1]]
        kept[several[-1]] = replace(story, points=story.points[:-1])
    return tuple(kept)


def _words(stories: Sequence[Story]) -> int:
    """The words that are shown: headlines, and the points of the first stories."""
    shown = [point.text for story in stories[: len(EDITION_POINTS)] for point in story.points]
    return sum(length_in_words(text) for text in [*(story.headline for story in stories), *shown])
