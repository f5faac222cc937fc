"""The editor's rules: what makes a brief a briefing, as questions that a finished brief can be asked.

    from summarizer.rules import broken_rules

    for breach in broken_rules(brief, Request(text)):
        print(breach.rule.statement, breach.point, breach.why)

Nothing here knows how a brief was made. English is judged closely, German, French, Spanish, Italian, Portuguese,
Russian and Ukrainian by lists of words, and in any other language the rules that need words keep silent.
"""

import datetime
import enum
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median

from summarizer.cleaning import clean_title, collapse, has_open_quote, legible
from summarizer.datelines import find_dateline
from summarizer.grounding import Objection, objections, trim_objections
from summarizer.openings import (
    dangling_opening,
    has_place,
    has_what,
    has_where,
    has_who,
    nameless_opening,
    opening_score,
)
from summarizer.prose import is_bare_quote, is_cut, relative_time, unfit
from summarizer.replies import denials, is_denial
from summarizer.sentences import split_sentences
from summarizer.speakers import GROUPS, is_attributed, speakers
from summarizer.types import Brief, Point, Request, Span
from summarizer.words import content_words, jaccard, length_in_words, word_set, words

__all__ = [
    "Breach",
    "Rule",
    "broken_budget",
    "broken_rules",
    "dangling_opening",
    "denials",
    "is_bare_quote",
    "is_in_order",
    "is_too_long",
    "lost_meaning",
    "nameless_opening",
    "opening_score",
    "relative_time",
    "repeats",
    "speakers",
    "two_parties",
    "unfit",
]

LONGEST_POINT = 30  # words
LONGEST_MEDIAN = 22  # words of a point, over an edition
LONGEST_HEADLINE = 90  # characters
SAME_WORDS = 0.6  # Jaccard of content words from which one repeats the other
LARGEST_SHARE = 0.25  # of an article's words
SHORT_TEXT = 400  # words; below, any share may be republished
EDITION_POINTS = (3, 2, 2, 2, 2)  # of its first stories at most; the rest are headlines
EDITION_WORDS = 350
_ABOUT = 1.15  # how far "about" reaches


class Rule(enum.IntEnum):
    """The eleven rules, numbered as the design lists them."""

    LENGTH = 1
    ANTECEDENT = 2
    ATTRIBUTION = 3
    PARTIES = 4
    OPENING = 5
    TIME = 6
    PROSE = 7
    HEADLINE = 8
    REPLY = 9
    BUDGET = 10
    SHARE = 11

    @property
    def statement(self) -> str:
        """The rule in one line."""
        return _STATEMENTS[self]


_STATEMENTS = {
    Rule.LENGTH: "A point is one sentence of at most 30 words.",
    Rule.ANTECEDENT: "No point opens with a pronoun or connective whose antecedent is not in the brief.",
    Rule.ATTRIBUTION: "Attribution, doubt, negation and degree are never lost.",
    Rule.PARTIES: "Two parties that speak get a point each.",
    Rule.OPENING: "The first point says who, what and where; no point repeats the headline or another.",
    Rule.TIME: "A relative time stands beside the article's date.",
    Rule.PROSE: "No captions, questions, first person, unclosed quotes or addresses of readers.",
    Rule.HEADLINE: "A headline is one clause of the source in its order, of at most 90 characters.",
    Rule.REPLY: "A short denial is kept when its accusation is.",
    Rule.BUDGET: "An edition has three points, then two, then headlines, in about 350 words.",
    Rule.SHARE: "At most a quarter of an article is republished.",
}


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule: by which point, counted from 0, or None for the headline or the whole; and why, in words."""

    rule: Rule
    point: int | None
    why: str


def broken_rules(brief: Brief, request: Request, published: datetime.date | None = None) -> tuple[Breach, ...]:
    """What a finished brief of this request breaks; `published` is the date its reader is shown, where one is known.

    Rule 10 is about editions: see `broken_budget`.
    """
    case = _Case.of(brief, request, published)
    return tuple(breach for judge in _JUDGES for breach in judge(case))


@dataclass(frozen=True)
class _Case:
    """A brief beside its source: the body's sentences, and for each point the indexes of those that support it."""

    brief: Brief
    request: Request
    published: datetime.date | None
    sentences: Sequence[str]
    support: Sequence[Sequence[int]]

    @classmethod
    def of(cls, brief: Brief, request: Request, published: datetime.date | None) -> "_Case":
        text = legible(request.text)
        spans = split_sentences(text, find_dateline(text)[1])
        starts = [span.start for span in spans]
        return cls(
            brief=brief,
            request=request,
            published=published,
            sentences=[collapse(text[span.start : span.end]) for span in spans],
            support=[_supporting(point, spans, starts) for point in brief.points],
        )

    @property
    def language(self) -> str:
        return self.brief.language

    @property
    def texts(self) -> list[str]:
        return [point.text for point in self.brief.points]

    def evidence(self, point: int) -> list[str]:
        """The sentences that support a point."""
        return [self.sentences[at] for at in self.support[point]]

    @property
    def has_title(self) -> bool:
        """Whether the headline is the article's own."""
        return bool(self.request.title and clean_title(self.request.title, self.request.text))

    def told_before(self, point: int) -> list[str]:
        """The headline and the points before this one."""
        return [self.brief.headline, *self.texts[:point]]

    def follows(self, point: int) -> bool:
        """Whether what stands just before the point in the source is the point just before it in the brief."""
        if point == 0 or not self.support[point] or not self.support[point - 1]:
            return False
        return self.support[point][0] - self.support[point - 1][-1] in (0, 1)


def _supporting(point: Point, spans: Sequence[Span], starts: Sequence[int]) -> list[int]:
    found: set[int] = set()
    for evidence in point.evidence:
        at = max(0, bisect_right(starts, evidence.start) - 1)
        while at < len(spans) and spans[at].start < evidence.end:
            if spans[at].end > evidence.start:
                found.add(at)
            at += 1
    return sorted(found)


# ---- 1, 11 and 10: how much -----------------------------------------------------------------------------------------


def is_too_long(point: str) -> bool:
    """Whether a point has more words than rule 1 allows."""
    return length_in_words(point) > LONGEST_POINT


def _judge_length(case: _Case) -> Iterator[Breach]:
    for at, text in enumerate(case.texts):
        if is_too_long(text) and not _has_no_choice(case):
            yield Breach(Rule.LENGTH, at, f"{length_in_words(text)} words")
        if len(split_sentences(text)) > max(1, len(case.support[at])):
            yield Breach(Rule.LENGTH, at, "more than one sentence")


def _has_no_choice(case: _Case) -> bool:
    """Rule 1 yields rather than give no point: the only point, and no shorter sentence could have been one."""
    return len(case.texts) == 1 and not any(
        not is_too_long(sentence) and unfit(sentence, case.language) is None for sentence in case.sentences
    )


def _judge_share(case: _Case) -> Iterator[Breach]:
    whole = sum(length_in_words(sentence) for sentence in case.sentences)
    taken = sum(length_in_words(text) for text in case.texts)
    if case.request.points is None and whole >= SHORT_TEXT and taken > LARGEST_SHARE * whole:
        yield Breach(Rule.SHARE, None, f"{taken} of {whole} words")


def broken_budget(stories: Sequence[tuple[str, Sequence[str]]]) -> tuple[Breach, ...]:
    """What an edition of stories, each a headline and its points, breaks; `point` of a breach counts stories."""
    return tuple(_judge_budget(stories))


def _judge_budget(stories: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Breach]:
    for at, (_, points) in enumerate(stories):
        most = EDITION_POINTS[at] if at < len(EDITION_POINTS) else 0
        if len(points) > most:
            yield Breach(Rule.BUDGET, at, f"{len(points)} points, not {most}")
        if any(is_cut(point) for point in points):
            yield Breach(Rule.BUDGET, at, "cut in mid-sentence")
    lengths = [length_in_words(point) for _, points in stories for point in points]
    total = sum(lengths) + sum(length_in_words(headline) for headline, _ in stories)
    if total > EDITION_WORDS * _ABOUT:
        yield Breach(Rule.BUDGET, None, f"{total} words")
    if lengths and median(lengths) > LONGEST_MEDIAN:
        yield Breach(Rule.LENGTH, None, f"a median of {median(lengths):g} words")


# ---- 2: what a point leans on ---------------------------------------------------------------------------------------

_NEAR = 8  # sentences before one that opens "The minister", in which he may be named


def _judge_antecedents(case: _Case) -> Iterator[Breach]:
    for at, text in enumerate(case.texts):
        if case.follows(at):
            continue
        if word := dangling_opening(text, case.language):
            yield Breach(Rule.ANTECEDENT, at, f'opens with "{word}"')
        elif role := _nameless(case, at):
            yield Breach(Rule.ANTECEDENT, at, f'opens with "{role}"')


def _nameless(case: _Case, point: int) -> str | None:
    """The role that a point opens with, of somebody whom the source names before and no point before does."""
    text, start = case.texts[point], case.support[point][0] if case.support[point] else 0
    role = nameless_opening(text, case.sentences[max(0, start - _NEAR) : start], case.language)
    return None if role is None or nameless_opening(text, case.told_before(point), case.language) else role


# ---- 3 and 9: who says it, and who denies it ------------------------------------------------------------------------

# Of the objections to a shortened sentence those that rule 3 names; others are about grammar or about facts.
_MEANING = frozenset(("attribution", "doubt", "negation", "degree", "condition"))
_ADJUNCTS = word_set(
    """
    that which who whom whose where when while and but with without for in on at by from to after before as of about
    against through between across near into whether amid despite following including
    """
)
_LONGEST_QUALIFIER = 3  # words; "up to", "not", "an estimated"


def _judge_attribution(case: _Case) -> Iterator[Breach]:
    for at, text in enumerate(case.texts):
        if is_bare_quote(text) and not (case.follows(at) and is_attributed(case.texts[at - 1], case.language)):
            yield Breach(Rule.ATTRIBUTION, at, "a quotation without its speaker")
        if lost := lost_meaning(text, case.evidence(at), case.language):
            yield Breach(Rule.ATTRIBUTION, at, lost)
    if not case.has_title:
        losses = [lost_meaning(case.brief.headline, [source], case.language) for source in _clause_sources(case)]
        if losses and all(losses):
            yield Breach(Rule.ATTRIBUTION, None, losses[0] or "")


def lost_meaning(text: str, evidence: Sequence[str], language: str) -> str | None:
    """What of attribution, doubt, negation or degree `text` leaves out of the sentences it rests on, or None.

    A phrase or clause that goes as a whole takes its own doubt along; only what qualifies the rest counts.
    """
    if not evidence or text in (evidence[0], " ".join(evidence)):
        return None
    if len(evidence) > 1 or not is_in_order(text, evidence[0]):
        found = [one for one in objections(text, evidence, language) if one.rule in _MEANING]
    else:
        found = [
            one
            for one in trim_objections(text, evidence[0], language)
            if one.rule in _MEANING and _qualifies(one, text, evidence[0], language)
        ]
    return f"{found[0].rule}: {found[0].words}" if found else None


def _qualifies(lost: Objection, text: str, sentence: str, language: str) -> bool:
    """Whether what is lost was said of what remains."""
    if lost.rule == "condition":
        return True
    if lost.rule == "attribution" and language in GROUPS:
        return is_attributed(sentence, language) and not is_attributed(text, language)
    first, *rest = lost.words.lower().split() or [""]
    return first not in _ADJUNCTS or len(rest) < _LONGEST_QUALIFIER


def _judge_replies(case: _Case) -> Iterator[Breach]:
    answers = _answers(case)
    kept = {sentence for support in case.support for sentence in support}
    for at, support in enumerate(case.support):
        unanswered = [one for one in support if one in answers and kept.isdisjoint(answers[one])]
        if unanswered:
            yield Breach(Rule.REPLY, at, f"without its denial: {case.sentences[answers[unanswered[0]][0]]}")
        denies = any(is_denial(evidence, case.language) for evidence in case.evidence(at))
        if denies and not is_denial(case.texts[at], case.language):
            yield Breach(Rule.REPLY, at, "the denial in its sentence is lost")


def _answers(case: _Case) -> dict[int, list[int]]:
    """The replies to each accusation, as indexes of sentences."""
    answers: dict[int, list[int]] = {}
    for reply, accusation in enumerate(denials(case.sentences, case.language)):
        if accusation is not None:
            answers.setdefault(accusation, []).append(reply)
    return answers


# ---- 4: parties -----------------------------------------------------------------------------------------------------

_FEWEST_STATEMENTS = 2  # sentences in which each of two parties speaks
_SMALLEST_PART = 0.1  # of all sentences that these are at least
_MOST_OF_OTHERS = 1  # sentences in which any other may speak


def two_parties(spoken: Sequence[str | None]) -> tuple[str, str] | None:
    """The two who speak in a text, given who speaks in each sentence, where it is two: each in several sentences, and
    nobody else in more than one."""
    counts = Counter(party for party in spoken if party is not None).most_common(3)
    fewest = max(_FEWEST_STATEMENTS, _SMALLEST_PART * len(spoken))
    if len(counts) < 2 or counts[1][1] < fewest or (len(counts) > 2 and counts[2][1] > _MOST_OF_OTHERS):
        return None
    return counts[0][0], counts[1][0]


def _judge_parties(case: _Case) -> Iterator[Breach]:
    spoken = speakers(case.sentences, case.language)
    parties = two_parties(spoken)
    heard = [{spoken[one] for one in support} for support in case.support]
    room = len(heard) - (bool(heard) and heard[0] == {None})
    if parties is None or room < len(parties):
        return
    for party in parties:
        if not any(party in one for one in heard):
            yield Breach(Rule.PARTIES, None, f"{party} speaks in the text and has no point")


# ---- 5: the first point, and repetition -----------------------------------------------------------------------------

_LEAD = 3  # sentences of the source, of which one may say it all


def _judge_opening(case: _Case) -> Iterator[Breach]:
    if case.texts and case.language in GROUPS:
        missing = list(_missing(case, case.texts[0]))
        if missing:
            yield Breach(Rule.OPENING, 0, f"does not say {' and '.join(missing)}")
    yield from _judge_repetition(case)


def _missing(case: _Case, first: str) -> Iterator[str]:
    """What the first point does not say, where a sentence near the source's own beginning could have said it all.

    The headline and the dateline stand right above the point, so a place there is told.
    """
    language = case.language
    if not has_what(first, language):
        yield "what"
    lead = [sentence for sentence in case.sentences[:_LEAD] if _could_open(sentence, language)]
    if not any(has_who(sentence, language) and has_place(sentence, language) for sentence in lead):
        return
    if not has_who(first, language):
        yield "who"
    place = case.brief.dateline.place if case.brief.dateline else None
    if not place and not any(has_where(text, language) for text in (first, case.brief.headline)):
        yield "where"


def _could_open(sentence: str, language: str) -> bool:
    return unfit(sentence, language) is None and dangling_opening(sentence, language) is None


def repeats(text: str, other: str) -> bool:
    """Whether a point says what another one or the headline says, by the words they share."""
    return jaccard(set(content_words(text)), set(content_words(other))) >= SAME_WORDS


def _judge_repetition(case: _Case) -> Iterator[Breach]:
    if len(case.texts) == 1:  # rather a point than none
        return
    for at, text in enumerate(case.texts):
        if repeats(text, case.brief.headline):
            yield Breach(Rule.OPENING, at, "repeats the headline")
        if any(repeats(text, other) for other in case.texts[:at]):
            yield Breach(Rule.OPENING, at, "repeats another point")


# ---- 6 and 7: time and prose ----------------------------------------------------------------------------------------


def _judge_times(case: _Case) -> Iterator[Breach]:
    if case.published or (case.brief.dateline and case.brief.dateline.date):
        return
    for at, text in enumerate(case.texts):
        if when := relative_time(text, case.language):
            yield Breach(Rule.TIME, at, f'"{when}" with no date beside it')


def _judge_prose(case: _Case) -> Iterator[Breach]:
    for at, text in enumerate(case.texts):
        if fault := unfit(text, case.language):
            yield Breach(Rule.PROSE, at, fault)


# ---- 8: the headline ------------------------------------------------------------------------------------------------

_BUILD = frozenset(("words", "clause", "roles"))  # objections about the build of a sentence
_MOST_SOURCES = 3  # sentences that a headline is compared with; more have its words only where they say nothing
_ORDER = frozenset(("words",))  # of them what is told from words alone, without the language's grammar
# A phrase that a headline may do without, whatever else speaks against leaving it out of a point
_LOOSE = word_set(
    """
    at in on of for from with by after before during across near against following amid as since until into
    """
)


def _judge_headline(case: _Case) -> Iterator[Breach]:
    if case.has_title:
        return
    headline = case.brief.headline
    if len(headline) > LONGEST_HEADLINE:
        yield Breach(Rule.HEADLINE, None, f"{len(headline)} characters")
    if has_open_quote(headline):
        yield Breach(Rule.HEADLINE, None, "an open quotation")
    if word := dangling_opening(headline, case.language):
        yield Breach(Rule.HEADLINE, None, f'opens with "{word}"')
    sources = _clause_sources(case)
    if not sources:
        yield Breach(Rule.HEADLINE, None, "no clause of the source in its order")
    elif all(faults := [_broken_clause(headline, source, case.language) for source in sources]):
        yield Breach(Rule.HEADLINE, None, faults[0] or "")


def _clause_sources(case: _Case) -> list[str]:
    """The first sentences that a headline may be a clause of: they have its words in its order."""
    found = (sentence for sentence in case.sentences if is_in_order(case.brief.headline, sentence))
    return list(islice(found, _MOST_SOURCES))


def _broken_clause(headline: str, sentence: str, language: str) -> str | None:
    if language == "en" and not has_what(headline, "en") and has_what(sentence, "en"):
        return "the verb is lost"
    build = _BUILD if language == "en" else _ORDER
    found = trim_objections(headline, sentence, language)
    return next((f"{one.rule}: {one.words}" for one in found if one.rule in build and not _is_loose(one)), None)


def _is_loose(objection: Objection) -> bool:
    """Whether a prepositional phrase or a single adjective was left out: less is told, and the clause stands."""
    if objection.rule != "clause":
        return False
    first, *rest = objection.words.split() or [""]
    return first in _LOOSE or (not rest and first.islower() and not has_what(first, "en"))


def is_in_order(shorter: str, sentence: str) -> bool:
    """Whether all words of the one stand in the other in the same order, whatever their case."""
    remaining = iter(word.casefold() for word in words(sentence))
    return all(word.casefold() in remaining for word in words(shorter))


_JUDGES = (
    _judge_length,
    _judge_antecedents,
    _judge_attribution,
    _judge_parties,
    _judge_opening,
    _judge_times,
    _judge_prose,
    _judge_headline,
    _judge_replies,
    _judge_share,
)
