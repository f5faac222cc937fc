"""Generated points among those of an extractive brief: which of them are told, and what makes the rest.

The editor's rules bind both alike. A generated point that breaks one makes room for the next, and a point of the
extractive brief fills in where nothing that is told already rests on the same sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from summarizer.rules import Rule, broken_rules, dangling_opening, is_bare_quote, is_too_long, repeats, unfit
from summarizer.storybriefs import StoryBrief, StoryPoint
from summarizer.types import Brief, Method, Point, Request, Span
from summarizer.words import content_words

# Attribution is what the checker looked at; the date stands beside a brief where its reader sees it; and the headline
# is not the generator's.
_NOT_JUDGED = (Rule.ATTRIBUTION, Rule.TIME, Rule.HEADLINE)
_PART_TOLD = 0.3  # of a point's content words


@dataclass(frozen=True, slots=True)
class Claim:
    """A generated sentence that the source supports, by the sentences with these indexes in ascending order."""

    text: str
    support: tuple[int, ...]


class _Told(Protocol):
    """A point of any brief."""

    @property
    def text(self) -> str: ...
    @property
    def evidence(self) -> tuple[object, ...]: ...


_AnyPoint = TypeVar("_AnyPoint", bound=_Told)


def may_be_point(sentence: str, language: str) -> bool:
    """Whether the editor's rules allow a sentence as a point, true or not."""
    return not (
        is_too_long(sentence)
        or unfit(sentence, language)
        or dangling_opening(sentence, language)
        or is_bare_quote(sentence)
    )


def mixed_brief(plain: Brief, request: Request, claims: Sequence[Claim], spans: Sequence[Span], model: str) -> Brief:
    """The brief with as many of its points as possible told by claims, best first, in reading order.

    `spans` are those of the sentences that claims count, `model` is what wrote them.
    """
    while True:
        told = [Point(claim.text, tuple(spans[at] for at in claim.support)) for claim in claims]
        generated, others = _mixed(told, plain.points, plain.headline)
        points = sorted(generated + others, key=lambda point: (point.evidence[0].start, point.evidence[0].end))
        brief = replace(plain, points=tuple(points), method=_method(generated, others), model=model)
        faulty = _faulty(brief, plain, request, [point.text for point in generated])
        if not faulty:
            return brief
        claims = [claim for claim in claims if claim.text not in faulty]


def mixed_story(
    plain: StoryBrief, claims: Sequence[Claim], places: Sequence[tuple[int, Span]], model: str
) -> StoryBrief:
    """The same for a brief of several reports, best first; `places` are reports and spans of the claims' sentences."""
    told = [StoryPoint(claim.text, tuple(places[at] for at in claim.support)) for claim in claims]
    generated, others = _mixed(told, plain.points, plain.headline)
    return replace(plain, points=(*generated, *others), method=_method(generated, others), model=model)


def _mixed(
    told: Sequence[_AnyPoint], plain: Sequence[_AnyPoint], headline: str
) -> tuple[list[_AnyPoint], list[_AnyPoint]]:
    """Generated points that repeat neither the headline nor each other, and as many others as there were more."""
    generated: list[_AnyPoint] = []
    for point in told:
        before = (headline, *(each.text for each in generated))
        if len(generated) < len(plain) and not any(repeats(point.text, other) for other in before):
            generated.append(point)
    others = [point for point in plain if not any(_is_told(point, by) for by in generated)]
    return generated, others[: len(plain) - len(generated)]


def _is_told(point: _Told, generated: _Told) -> bool:
    """Whether a generated point says what another one does: by its words, or because it rests on the same sentences and
    on no more, or on some of them and shares a part of the words."""
    if repeats(point.text, generated.text):
        return True
    shared = set(point.evidence) & set(generated.evidence)
    words = set(content_words(point.text))
    part = len(words & set(content_words(generated.text))) / max(1, len(words))
    return bool(shared) and (shared == set(generated.evidence) or part >= _PART_TOLD)


def _method(generated: Sequence[object], others: Sequence[object]) -> Method:
    if not generated:
        return Method.EXTRACTIVE
    return Method.MIXED if others else Method.GENERATIVE


def _faulty(brief: Brief, plain: Brief, request: Request, generated: Sequence[str]) -> set[str]:
    """The generated points that break a rule; the last of them when only the brief as a whole breaks one newly."""
    breaches = [breach for breach in broken_rules(brief, request) if breach.rule not in _NOT_JUDGED]
    if not generated or not breaches:
        return set()
    faulty = {brief.points[breach.point].text for breach in breaches if breach.point is not None}
    if faulty.intersection(generated):
        return faulty.intersection(generated)
    before = {breach.rule for breach in broken_rules(plain, request)}
    return {generated[-1]} if any(breach.rule not in before for breach in breaches) else set()
