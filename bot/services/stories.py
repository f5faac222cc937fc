"""What an edition tells, as values that survive a round through JSON."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from storage import fingerprint

CONTEXT = 90
"""Characters kept before and after a quoted sentence."""


_ADDRESS = re.compile(r"(?:\b[a-z][a-z0-9+.\-]{1,20}:/{1,3}|\bwww\.)\S*", re.IGNORECASE)


def has_address(text: str) -> bool:
    """Whether a text holds an address, which Discord would make a link of."""
    return _ADDRESS.search(_visible(text)) is not None


def without_addresses(text: str) -> str:
    """A text without addresses: what is told links to its sources and nowhere else."""
    return " ".join(_ADDRESS.sub(" ", _visible(text)).split()) if has_address(text) else text


def is_blank(text: str) -> bool:
    """Whether nothing of a text is shown."""
    return not _visible(text).strip()


def _visible(text: str) -> str:
    """Without the characters that are not shown, which could stand in the middle of an address."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        each for each in text if each.isspace() or unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co")
    )


@dataclass(frozen=True)
class Quote:
    """A sentence and the words around it, as they stood when it was quoted; the article may change later."""

    before: str
    sentence: str
    after: str


def quote(text: str, start: int, end: int) -> Quote:
    """`text[start:end]` in its context, on one line."""
    before = " ".join(text[max(0, start - 2 * CONTEXT) : start].split())
    after = " ".join(text[end : end + 2 * CONTEXT].split())
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + "…"
    return Quote(before, " ".join(text[start:end].split()), after)


@dataclass(frozen=True)
class Evidence:
    """The sentence behind a point: `text[start:end]` of an article, and as it was then."""

    article_id: int
    start: int
    end: int
    quote: Quote


@dataclass(frozen=True)
class StoryPoint:
    """One sentence, and where it comes from."""

    text: str
    evidence: tuple[Evidence, ...]
    hidden_at: str | None = None  # ISO 8601: removed by the server's editors
    corrected_at: str | None = None  # ISO 8601: its source changed the sentence after it was posted, now told anew
    withdrawn_at: str | None = None  # ISO 8601: its source does not say it any more

    @property
    def is_revised(self) -> bool:
        """It is told otherwise than it was posted."""
        return bool(self.hidden_at or self.corrected_at or self.withdrawn_at)

    def rests_on(self, fingerprints: Collection[str]) -> bool:
        """Whether one of the sentences behind it is among these."""
        return any(fingerprint(each.quote.sentence) in fingerprints for each in self.evidence)


@dataclass(frozen=True)
class StoryArticle:
    """One report of a story."""

    article_id: int
    title: str
    link: str | None
    source: str
    published: str | None  # ISO 8601

    @property
    def published_at(self) -> datetime | None:
        """When it was published."""
        return datetime.fromisoformat(self.published) if self.published else None


@dataclass(frozen=True)
class Figure:
    """What one article says of a number, in its own words: "at least 15"."""

    article_id: int
    words: str


@dataclass(frozen=True)
class Difference:
    """Figures for one thing that do not agree."""

    thing: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Story:
    """Articles about one event, condensed."""

    headline: str
    points: tuple[StoryPoint, ...]
    articles: tuple[StoryArticle, ...]  # those that points are taken from come first, in the order of the points
    differences: tuple[Difference, ...] = ()
    is_update: bool = False  # an earlier edition told the story; this tells only what is new
    corrected_at: str | None = None  # ISO 8601: a source changed what is told here, after it was posted
    reason: str = ""  # why it is told, in words
    continues: int | None = None  # the latest edition that told the story before

    @property
    def cited(self) -> tuple[int, ...]:
        """Ids of the articles that points are taken from, in the order of the points."""
        return tuple(dict.fromkeys(evidence.article_id for point in self.points for evidence in point.evidence))

    @property
    def is_revised(self) -> bool:
        """It is told otherwise than it was posted."""
        return self.corrected_at is not None or any(point.is_revised for point in self.points)

    @property
    def hidden_at(self) -> str | None:
        """When the server's editors removed the last of its points; None while one is left."""
        times = [point.hidden_at for point in self.points if point.hidden_at]
        return max(times) if times and len(times) == len(self.points) else None

    @property
    def sources(self) -> tuple[str, ...]:
        """Who reported it, each once."""
        return tuple(dict.fromkeys(article.source for article in self.articles))


@dataclass(frozen=True)
class LeftOut:
    """What was looked at and is not told."""

    title: str
    source: str
    reason: str  # in words


@dataclass(frozen=True)
class Composition:
    """Stories in the order in which they are told."""

    stories: tuple[Story, ...]
    considered: int  # articles looked at
    degraded: bool  # some points were chosen without the model
    left_out: tuple[LeftOut, ...] = ()  # the weightiest of it
    more_left_out: int = 0  # articles beyond these
    filtered: int = 0  # articles that rules kept out
    passed_over: int = 0  # articles that came during a pause
    failing: tuple[str, ...] = ()  # sources that could not be read lately

    @property
    def is_empty(self) -> bool:
        """There is nothing to tell."""
        return not self.stories

    @property
    def article_ids(self) -> list[int]:
        """All articles it tells."""
        return [article.article_id for story in self.stories for article in story.articles]

    def to_json(self) -> dict[str, Any]:
        """Plain data for storage."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The value that `to_json` was called on."""
        stories = tuple(_story(story) for story in data["stories"])
        left_out = tuple(LeftOut(**one) for one in data.get("left_out", ()))
        return cls(**{**data, "stories": stories, "left_out": left_out, "failing": tuple(data.get("failing", ()))})


def _story(data: dict[str, Any]) -> Story:
    points = tuple(StoryPoint(**{**p, "evidence": tuple(_evidence(e) for e in p["evidence"])}) for p in data["points"])
    articles = tuple(StoryArticle(**article) for article in data["articles"])
    differences = tuple(_difference(d) for d in data.get("differences", ()))  # editions of before have none
    return Story(**{**data, "points": points, "articles": articles, "differences": differences})


def _difference(data: dict[str, Any]) -> Difference:
    return Difference(data["thing"], tuple(Figure(**figure) for figure in data["figures"]))


def _evidence(data: dict[str, Any]) -> Evidence:
    return Evidence(data["article_id"], data["start"], data["end"], Quote(**data["quote"]))
