"""A text as the summarizer reads it: dateline taken off, sentences found, unfit ones put aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.cleaning import Fitness, clean_title, collapse, fitness, legible, why_too_little
from summarizer.datelines import find_dateline
from summarizer.errors import TextRefused
from summarizer.languages import language_of
from summarizer.quotations import is_within, quotations
from summarizer.replies import is_denial
from summarizer.sentences import split_sentences
from summarizer.types import Dateline, Request, Span
from summarizer.words import content_words, length_in_words

LONGEST_TEXT = 2_000_000  # characters
_MOST_CONSIDERED = 1500  # sentences looked at; a long report is some hundreds

# How many points a text gets by itself: (fewer than so many words, points).
_POINTS_BY_WORDS = ((80, 1), (150, 2), (900, 3), (1800, 4))
_MOST_POINTS_UNASKED = 5


@dataclass(frozen=True)
class Sentence:
    """A sentence of the body: where it stands, its text on one line, how many sentences stand before it, and whether
    all of it is inside a quotation."""

    span: Span
    text: str
    position: int
    is_quoted: bool = False

    @cached_property
    def content(self) -> frozenset[str]:
        """Its content words."""
        return frozenset(content_words(self.text))

    @cached_property
    def length(self) -> int:
        """Its length in words."""
        return length_in_words(self.text)


@dataclass(frozen=True)
class Reading:
    """What a brief is made from. `body` is never empty, `title` may be; `points` is how many the text deserves or was
    asked for, `words` how long the text is."""

    title: str
    dateline: Dateline | None
    language: str
    body: Sequence[Sentence]
    points: int
    words: int
    untrimmed: bool = False

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """Those that may become points: the fittest there are, or all prose, where only their rank counts.

        A denial may be as short as "He denies it". A sentence inside a quotation does not say whose it is.
        """
        levels = [_fitness(sentence, self.language) for sentence in self.body]
        lowest = min(max(levels), Fitness.LOOSE) if self.untrimmed else max(levels)
        return [
            sentence
            for sentence, level in zip(self.body, levels, strict=True)
            if level >= lowest or is_denial(sentence.text, self.language)
        ]


def _fitness(sentence: Sentence, language: str) -> Fitness:
    level = fitness(sentence.text, language)
    return min(level, Fitness.PERSONAL) if sentence.is_quoted else level


def read(request: Request) -> Reading:
    """Read the text of a request. Raises TextRefused for what cannot be condensed, saying why."""
    text = legible(_acceptable(request.text))
    dateline, start = find_dateline(text)
    language = language_of(text[start:], request.language)
    spans = [span for span in split_sentences(text, start, language) if _has_letters(text, span)]
    if not spans:
        raise TextRefused("There is nothing below the dateline of this text. Send the article itself.")
    quoted = quotations(text, start)
    body = [
        Sentence(span, collapse(text[span.start : span.end]), at, is_within(span, quoted))
        for at, span in _considered(spans)
    ]
    words = length_in_words(text[start:])
    return Reading(
        title=clean_title(request.title, text) if request.title else "",
        dateline=dateline,
        language=language,
        body=body,
        points=request.points or _points_for(words),
        words=words,
        untrimmed=request.untrimmed,
    )


# What bytes that are no text turn into: control characters, and the sign for what could not be decoded.
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_MOST_UNREADABLE = 0.05  # of all characters


def _acceptable(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise TextRefused(
            f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read. Send it in parts."
        )
    if not text.strip():
        raise TextRefused("The text is empty. Send the article as text.")
    if len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        raise TextRefused("This does not read as text; it looks like a binary file. Send the article as text.")
    if not any(character.isalpha() for character in text):
        raise TextRefused("The text has no letters, so there is nothing to condense. Send an article in words.")
    if reason := why_too_little(text):
        raise TextRefused(reason)
    return text


def _has_letters(text: str, span: Span) -> bool:
    return any(text[at].isalpha() for at in range(span.start, span.end))


def _considered(spans: list[Span]) -> list[tuple[int, Span]]:
    """Numbered sentences: all of them, or of a very long text the first half of the quota and a sample of the rest."""
    numbered = list(enumerate(spans))
    if len(numbered) <= _MOST_CONSIDERED:
        return numbered
    head = _MOST_CONSIDERED // 2
    step = -(-(len(numbered) - head) // head)
    return numbered[:head] + numbered[head::step]


def _points_for(words: int) -> int:
    return next((points for limit, points in _POINTS_BY_WORDS if words < limit), _MOST_POINTS_UNASKED)
