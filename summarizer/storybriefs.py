"""One brief of several reports of one event: what most of them tell, each thing once, each point with its report.

The words that many reports use are what the event is about. The next point is the sentence with most of these that were
not told yet, single words and pairs, near the top of its report; what says the same as a point, by its words or its
meaning, is passed over. No model is needed but for the last, so it serves every language. `make bench ONLY=stories`
shows it beside the first sentence of each report, then the second, which is hard to beat.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

from summarizer.encoder import Encoder
from summarizer.errors import TextRefused
from summarizer.figures import Difference, differences
from summarizer.headlines import headline_of, whole_headlines
from summarizer.openings import dangling_opening, has_what, nameless_opening
from summarizer.readings import Reading, Sentence, read
from summarizer.rules import LONGEST_POINT, repeats
from summarizer.trimming import trimmed
from summarizer.types import Method, Request, Span
from summarizer.words import content_words, jaccard, length_in_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_MODEL = "none"
"""Named as a brief's model when the encoder is out of reach."""
WORDS = "words"
"""Named instead of the encoder where it knows none of the languages."""
MOST_POINTS_UNASKED = 5
_SENTENCES = 12  # of each report, from the top
_SAME_MEANING = 0.7  # cosine from which two sentences of different reports say the same
_SAME_WORDS = 0.5  # Jaccard of their content words, likewise
_FEWEST_WORDS = 6  # shorter sentences gain nothing by being short
_QUESTION_MARKS = ("?", "？", "؟")
_MOST_IN_ORDER = 60  # sentences; a brief needs a few


@dataclass(frozen=True, slots=True)
class StoryPoint:
    """One sentence and what supports it: index of the report and span of its text."""

    text: str
    evidence: tuple[tuple[int, Span], ...]


@dataclass(frozen=True, slots=True)
class StoryBrief:
    """Headline and points of several reports, and where their figures differ. `model` is as in `Brief`."""

    headline: str
    points: tuple[StoryPoint, ...]
    differences: tuple[Difference, ...]
    language: str
    method: Method
    model: str

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        return {
            "headline": self.headline,
            "points": [
                {
                    "text": point.text,
                    "evidence": [
                        {"document": document, "start": span.start, "end": span.end}
                        for document, span in point.evidence
                    ],
                }
                for point in self.points
            ],
            "differences": [difference.to_json() for difference in self.differences],
            "language": self.language,
            "method": self.method.value,
            "model": self.model,
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "StoryBrief":
        """The brief that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            headline=fields["headline"],
            points=tuple(
                StoryPoint(
                    point["text"],
                    tuple((each["document"], Span(each["start"], each["end"])) for each in point["evidence"]),
                )
                for point in fields["points"]
            ),
            differences=tuple(Difference.from_json(difference) for difference in fields["differences"]),
            language=fields["language"],
            method=Method(fields["method"]),
            model=fields["model"],
        )


def brief_story(requests: Sequence[Request], points: int | None, encoder: Encoder) -> StoryBrief:
    """The brief of several texts on one event, as `story_brief` makes it. Raises TextRefused and ModelUnavailable."""
    readings = [read_or_refuse(request) for request in requests]
    vectors = [
        encoder.encode([sentence.text for sentence in considered(reading)])
        if isinstance(reading, Reading) and encoder.knows(reading.language)
        else None
        for reading in readings
    ]
    known = any(rows is not None for rows in vectors)
    return story_brief(readings, vectors, points, model=encoder.name if known else WORDS)


def story_without_model(requests: Sequence[Request], points: int | None) -> StoryBrief:
    """The same when the encoder is out of reach. Raises TextRefused."""
    readings = [read_or_refuse(request) for request in requests]
    return story_brief(readings, [None] * len(readings), points, model=NO_MODEL)


def read_or_refuse(request: Request) -> Reading | TextRefused:
    """A text as it is read, or why it is not."""
    try:
        return read(request)
    except TextRefused as refusal:
        return refusal


def considered(reading: Reading) -> Sequence[Sentence]:
    """The sentences of a report that a story brief is made of."""
    return reading.sentences[:_SENTENCES]


def story_brief(
    readings: Sequence[Reading | TextRefused],
    vectors: "Sequence[NDArray[np.float32] | None]",
    points: int | None,
    *,
    model: str,
) -> StoryBrief:
    """The brief of reports of one event, with that many points at most, or as many as the reports deserve.

    `vectors` has one unit row a `considered` sentence of each report, or None where its language is not the encoder's.
    Reports that were refused are passed over; raises TextRefused when all were.
    """
    accepted = {at: reading for at, reading in enumerate(readings) if isinstance(reading, Reading)}
    if not accepted:
        raise next(refusal for refusal in readings if isinstance(refusal, TextRefused))
    order = in_order(accepted, vectors)
    lead = accepted[order[0].document]
    wanted = points or min(MOST_POINTS_UNASKED, max(each.points for each in accepted.values()) + (len(accepted) > 2))
    headline, chosen = _headline_and_points(accepted, order, wanted)
    return StoryBrief(
        headline=headline,
        points=tuple(StoryPoint(each.text, ((each.document, each.sentence.span),)) for each in chosen),
        differences=differences([considered(each) if isinstance(each, Reading) else () for each in readings]),
        language=lead.language,
        method=Method.EXTRACTIVE,
        model=model,
    )


@dataclass(frozen=True, slots=True)
class Taste:
    """What makes a sentence the next: the weight of standing at the `top` of its report, in standard deviations of what
    sentences tell, and how much a word that was `told` before still counts.
    """

    top: float = 3.0
    told: float = 0.6


@dataclass(frozen=True)
class Told:
    """A sentence of a report: which report, in what language, and its meaning where that is known."""

    document: int
    sentence: Sentence
    language: str
    vector: "NDArray[np.float32] | None"

    @cached_property
    def text(self) -> str:
        """The point it makes."""
        return trimmed(self.sentence.text, self.language)

    @cached_property
    def words(self) -> frozenset[object]:
        """Its content words and their pairs: what it tells."""
        stems = [_stem(word) for word in content_words(self.sentence.text)]
        return frozenset(stems) | frozenset(pairwise(stems))

    @cached_property
    def size(self) -> int:
        """Its content words, counted."""
        return max(_FEWEST_WORDS, sum(isinstance(word, str) for word in self.words))

    def repeats(self, other: "Told") -> bool:
        """Whether the other says the same."""
        if jaccard(set(self.sentence.content), set(other.sentence.content)) >= _SAME_WORDS:
            return True
        known = self.vector is not None and other.vector is not None
        return known and float(self.vector @ other.vector) >= _SAME_MEANING  # type: ignore[operator]


def in_order(
    readings: Mapping[int, Reading],
    vectors: "Sequence[NDArray[np.float32] | None]",
    taste: Taste = Taste(),  # frozen
) -> list[Told]:
    """The sentences that tell most of the event, none saying what one before it says, by report index."""
    left = [
        Told(at, sentence, reading.language, None if (rows := vectors[at]) is None else rows[row])
        for at, reading in readings.items()
        for row, sentence in enumerate(considered(reading))
    ]
    others = Counter(word for words in _by_report(left).values() for word in words)
    mean, deviation = _spread([_substance(told, others, {}) for told in left])
    heard: dict[object, float] = {}

    def value(told: Told) -> float:
        return (_substance(told, others, heard) - mean) / deviation + taste.top / (1 + told.sentence.position)

    chosen: list[Told] = []
    while left and len(chosen) < _MOST_IN_ORDER:
        best = max(left, key=value)
        left = [told for told in left if told is not best and not told.repeats(best)]
        heard.update(dict.fromkeys(best.words, taste.told))
        chosen.append(best)
    return chosen


def _headline_and_points(readings: Mapping[int, Reading], order: Sequence[Told], wanted: int) -> tuple[str, list[Told]]:
    """The title that most reports would carry stands and no point repeats it; without titles, points come first.

    Then the headline is made of a sentence that opens a report, which need not be the one that a point is made of.
    """
    documents = dict.fromkeys(each.document for each in order)
    if title := _title(readings, documents):
        return title, _points(order, wanted, title)
    chosen = _points(order, wanted, "")
    openings = [order[0].sentence.text, *(considered(readings[at])[0].text for at in documents)]
    language = order[0].language
    fresh = (
        headline
        for opening in openings
        for headline in whole_headlines(opening, language)
        if not any(repeats(each.text, headline) for each in chosen)
    )
    if (headline := next(fresh, None)) is not None:
        return headline, chosen
    headline = headline_of(openings[:1], language)
    return headline, _points(order, wanted, headline)


def _title(readings: Mapping[int, Reading], documents: Iterable[int]) -> str:
    """The title with most words that the other reports use; of two equal ones that of the report that tells more."""
    words = {at: {_stem(word) for each in considered(readings[at]) for word in each.content} for at in readings}

    def support(at: int) -> float:
        stems = {_stem(word) for word in content_words(readings[at].title)}
        heard = sum(stem in words[other] for stem in stems for other in words if other != at)
        return heard / max(_FEWEST_WORDS, len(stems))

    titled = [at for at in documents if readings[at].title]
    telling = [at for at in titled if not readings[at].title.endswith(_QUESTION_MARKS)] or titled
    return readings[max(telling, key=support)].title if telling else ""


def _points(order: Sequence[Told], wanted: int, headline: str) -> list[Told]:
    """The first that can stand as points; when they are too few, also those that are long or lean on others."""
    chosen: list[Told] = []
    for strict in (True, False):
        for each in order:
            if len(chosen) == wanted:
                break
            if each not in chosen and _may_follow(each, chosen, headline, strict=strict):
                chosen.append(each)
        if 2 * len(chosen) >= wanted:
            break
    return chosen or list(order[:1])


def _may_follow(told: Told, chosen: Sequence[Told], headline: str, *, strict: bool) -> bool:
    if repeats(told.text, headline):
        return False
    if not strict:
        return True
    before = [each.text for each in chosen]
    return (
        length_in_words(told.text) <= LONGEST_POINT
        and has_what(told.text, told.language)
        and dangling_opening(told.text, told.language) is None
        and nameless_opening(told.text, before, told.language) is None
    )


def _by_report(told: Sequence[Told]) -> dict[int, set[object]]:
    """What each report tells; a sentence that stands in an earlier one too, word for word, was copied from one pen."""
    words: dict[int, set[object]] = {}
    seen: dict[str, int] = {}
    for each in told:
        if seen.setdefault(each.sentence.text, each.document) == each.document:
            words.setdefault(each.document, set()).update(each.words)
    return words


def _substance(told: Told, reports: Mapping[object, int], heard: Mapping[object, float]) -> float:
    """How many other reports have its words, by its length; words that were heard count as much as is said there."""
    return sum((reports[word] - 1) * heard.get(word, 1.0) for word in told.words) / told.size


def _spread(values: Sequence[float]) -> tuple[float, float]:
    return fmean(values), pstdev(values) or 1.0


def _stem(word: str) -> str:
    """The beginning of a word, the same in most of its forms."""
    return word.removesuffix("s")[:7] if word.isascii() else word[:6]
