"""Which stories an edition tells, in what order, and why. Pure: everything it needs is handed in, the time included.

A story weighs as much as its independent voices, each by the weight that the server gave its source. Reports are one
voice when they are of one host, came from one feed, or are copies of one text: two feeds of one paper, or ten papers
that print one agency's text, say it once. The weight halves for every `FRESHNESS` since the last report, and for every
story of the same subject that is told already.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from math import log, sqrt
from urllib.parse import urlsplit

from bot.services.copies import Groups, Outline
from bot.services.novelty import Earlier
from bot.services.rules import Rule
from bot.services.stories import LeftOut, Story, without_addresses
from storage import Article, Carrier, Size
from summarizer.rules import EDITION_POINTS, EDITION_WORDS
from summarizer.words import content_words, length_in_words

FRESHNESS = timedelta(hours=12)
"""After so long a report weighs half: a second source outweighs half a day. Undated reports count as that old."""
SUBSTANCE = 400
"""Characters from which on a report is taken in full measure; teasers and bare titles weigh less."""
SAME_SUBJECT, OTHER_SUBJECT = 0.2, 0.08
"""Cosine of words, the rare ones weighing more, from which two stories are of one subject, and up to which of two."""
SUBJECT_WORDS = 80
MOST_LEFT_OUT = 60


@dataclass(frozen=True)
class Candidate:
    """Reports of one event, the fullest first, and the weight of each independent voice among them."""

    articles: tuple[Article, ...]
    sources: tuple[str, ...]  # those of the fullest report first
    voices: tuple[float, ...]
    asked_for: tuple[Rule, ...] = ()
    earlier: tuple[Earlier, ...] = ()  # how earlier editions told the story, the latest first

    @property
    def lead(self) -> Article:
        """The fullest report."""
        return self.articles[0]

    @property
    def source(self) -> str:
        """The source of the fullest report."""
        return self.sources[0] if self.sources else ""

    @property
    def newest(self) -> datetime | None:
        """When the event was last reported, as far as the reports say."""
        return max((told for article in self.articles if (told := told_at(article))), default=None)

    def weight(self, now: datetime) -> float:
        """Its voices, halved for every `FRESHNESS` since the last report, less for what has little to tell."""
        age = FRESHNESS if self.newest is None else max(now - self.newest, timedelta())
        substance = min(len(self.lead.text) / SUBSTANCE, 1.0)
        return float(sum(self.voices) * substance * 0.5 ** (age / FRESHNESS))

    @cached_property
    def words(self) -> frozenset[str]:
        """What it is about: the content words of the title and the beginning of the fullest report."""
        beginning = " ".join(self.lead.text[:2000].split()[:SUBJECT_WORDS])
        return frozenset(content_words(f"{self.lead.title or ''}. {beginning}"))

    def reason(self, now: datetime) -> str:
        """Why it is told, in words."""
        parts = [_sources_in_words(len(self.voices), len(set(self.sources)))]
        parts.append("undated" if self.newest is None else f"newest {in_words(now - self.newest)} before this edition")
        weights = {weight for weight in self.voices if weight != 1.0}
        parts += [f"source weight {max(weights):g}"] if weights else []
        told = ", ".join(parts)
        asked = f"; rule {', '.join(f'“{rule}”' for rule in self.asked_for)}" if self.asked_for else ""
        return told + asked


def _sources_in_words(voices: int, sources: int) -> str:
    if sources > voices:
        return f"{sources} sources, {voices} of them independent"
    return "1 source" if voices == 1 else f"{voices} independent sources"


def in_words(duration: timedelta) -> str:
    """About how long it is: "40 minutes", "3 hours", "2 days"."""
    minutes = max(0, round(duration.total_seconds() / 60))
    for unit, size in (("day", 1440), ("hour", 60)):
        if minutes >= 2 * size:
            return f"{minutes // size} {unit}s"
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def told_at(article: Article) -> datetime | None:
    """When an article was published, as far as it says so and that is possible."""
    return min(article.published, article.first_seen) if article.published else None


# ---- independent voices ---------------------------------------------------------------------------------------------


def candidate_of(
    articles: Sequence[Article],
    carriers: Mapping[int, Sequence[Carrier]],
    asked_for: Mapping[int, Sequence[Rule]],
    earlier: tuple[Earlier, ...] = (),
) -> Candidate:
    """The candidate that some reports of one event make, with who carried each and which rules asked for it."""
    reports = sorted(articles, key=lambda article: (-len(article.text), article.article_id))
    names = [carrier.name for report in reports for carrier in carriers[report.article_id]]
    asked = [rule for report in reports for rule in asked_for.get(report.article_id, ())]
    return Candidate(
        tuple(reports),
        tuple(dict.fromkeys(names)),
        voices(reports, carriers),
        tuple(dict.fromkeys(asked)),
        earlier,
    )


def voices(articles: Sequence[Article], carriers: Mapping[int, Sequence[Carrier]]) -> tuple[float, ...]:
    """The weight of each independent voice: that of the weightiest source that carried it."""
    papers = [_papers(article, carriers[article.article_id]) for article in articles]
    outlines = [Outline.of(article.text) for article in articles] if len(articles) > 1 else []
    groups = Groups(len(articles))
    for one in range(len(articles)):
        for other in range(one):
            if papers[one] & papers[other] or outlines[one].is_copy_of(outlines[other]):
                groups.join(one, other)
    weights = [[carrier.weight for carrier in carriers[article.article_id]] for article in articles]
    return tuple(max((weight for at in group for weight in weights[at]), default=1.0) for group in groups.lists())


def _papers(article: Article, carriers: Sequence[Carrier]) -> frozenset[str]:
    """Who speaks: the host that an article stands at, else the hosts of the feeds that brought it, else these."""
    if host := _host(article.link or article.url):
        return frozenset({host})
    return frozenset(_host(carrier.address) or carrier.address for carrier in carriers)


def _host(address: str | None) -> str:
    try:
        host = urlsplit(address or "").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


# ---- choosing -------------------------------------------------------------------------------------------------------


class Choosing:
    """Chooses one story after the other: what is told already makes others of its subject and source less likely.

    Age counts from the newest report there is: of old news, too, the newest comes first. Ties go to the older article
    id, so that the choice is the same every time. `per_source` bounds the stories that are led by one source; with
    `urgent` articles stories come before all others. `is_varied` is for stories that stand on one page.
    """

    def __init__(
        self,
        found: Sequence[Candidate],
        now: datetime,
        *,
        per_source: int = 0,
        urgent: Collection[int] = (),
        is_varied: bool = True,
    ) -> None:
        newest = max((candidate.newest for candidate in found if candidate.newest), default=now)
        latest = min(newest, now)
        self._weights = [candidate.weight(latest) for candidate in found]
        order = sorted(range(len(found)), key=lambda at: (-self._weights[at], found[at].lead.article_id))
        self._places = {at: place for place, at in enumerate(order, 1)}
        self._found, self._left, self._chosen = found, order, list[int]()
        self._per_source, self._is_varied = per_source, is_varied
        self._urgent = frozenset(urgent)
        self._sources: Counter[str] = Counter()
        self._rarities = _rarities(found)
        self._near = [0.0] * len(found)  # how many of the chosen stories are of its subject

    def next(self) -> Candidate | None:
        """The best that was not looked at; None when nothing is left that may be told."""
        allowed = [at for at in self._left if not self._is_full(at)]
        if not allowed:
            return None
        best = min(allowed, key=self._rank)
        self._left.remove(best)
        self._chosen.append(best)
        self._count(best, 1)
        return self._found[best]

    def give_back(self) -> None:
        """The last one is not told after all: it counts against no other."""
        self._count(self._chosen.pop(), -1)

    def left_out(self, room: int) -> list[tuple[Candidate, str]]:
        """What was not looked at, and why, the best first; there was room for so many."""
        return [(self._found[at], self._why_not(at, room)) for at in self._left]

    def _rank(self, at: int) -> tuple[bool, float, int]:
        candidate = self._found[at]
        is_urgent = any(article.article_id in self._urgent for article in candidate.articles)
        return not is_urgent, -self._weights[at] * 0.5 ** self._near[at], candidate.lead.article_id

    def _count(self, chosen: int, times: int) -> None:
        self._sources[self._found[chosen].source] += times
        if self._is_varied:
            for at in self._left:
                self._near[at] += times * self._nearness(at, chosen)

    def _nearness(self, at: int, other: int) -> float:
        """From 0 for stories of two subjects to 1 for stories of one."""
        return min(1.0, max(0.0, self._likeness(at, other) - OTHER_SUBJECT) / (SAME_SUBJECT - OTHER_SUBJECT))

    def _likeness(self, at: int, other: int) -> float:
        words, others = self._found[at].words, self._found[other].words
        shared = sum(self._rarities[word] for word in words & others)
        norm = sqrt(sum(self._rarities[word] for word in words) * sum(self._rarities[word] for word in others))
        return shared / norm if norm else 0.0

    def _is_full(self, at: int) -> bool:
        return bool(self._per_source) and self._sources[self._found[at].source] >= self._per_source

    def _why_not(self, at: int, room: int) -> str:
        candidate = self._found[at]
        if self._is_full(at):
            return f"only {self._per_source} may be of one source, and {candidate.source} has had its share"
        lightest = min((self._weights[other] for other in self._chosen), default=0.0)
        nearest = max(self._chosen, key=lambda other: self._likeness(at, other), default=at)
        if self._weights[at] > lightest and nearest != at and self._near[at] > 0:
            return f"of one subject with “{without_addresses(self._found[nearest].lead.name)}”, which is told"
        place = f"number {self._places[at]} of {len(self._found)} by sources and age"
        if len(self._chosen) < room:
            return f"{place}; not looked at, since those before it held too little that could be told"
        return f"{place}; room was for {room}"


def _rarities(found: Sequence[Candidate]) -> dict[str, float]:
    """How much a word tells of a subject: the square of the log of its inverse document frequency."""
    holders = Counter(word for candidate in found for word in candidate.words)
    return {word: (1 + log(len(found) / count)) ** 2 for word, count in holders.items()}


def left_out(candidate: Candidate, reason: str) -> LeftOut:
    """A story that is not told, by the title of its fullest report."""
    return LeftOut(without_addresses(candidate.lead.name), candidate.source, reason)


# ---- how much is told -----------------------------------------------------------------------------------------------


def points_for(position: int, size: Size = Size.FULL) -> int:
    """How many points a story gets by its place; one, shown under *Sources* only, where its headline tells it."""
    return EDITION_POINTS[position] if size is Size.FULL and position < len(EDITION_POINTS) else 1


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
