"""Whether the source says what a sentence of a brief says.

`objections` compares any sentence with source sentences without a model: numbers, dates, names, titles, quotations,
negation, doubt, attribution, conditions, degree, who did what. `trim_objections` is for a point made by leaving words
out of one sentence and looks at the clauses as well. `Grounding` adds meaning by embedding, and decides.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.claims import RULES, Objection, Tokens, quotations, stem, tokens
from summarizer.clausewords import is_attributing
from summarizer.comparisons import MOST_CHARACTERS, objections, plain, stems
from summarizer.deletions import deletions, kept_tokens, moved_punctuation
from summarizer.omissions import fragment, refusal_of, verbless

if TYPE_CHECKING:
    from summarizer.encoder import Encoder
    from summarizer.entailment import Entailment

__all__ = ["FEATURES", "RULES", "Grounding", "Measurement", "Objection", "Verdict", "objections", "trim_objections"]


def trim_objections(trimmed: str, sentence: str, language: str = "en") -> tuple[Objection, ...]:
    """What speaks against showing `trimmed`, made by leaving words out of `sentence`, as what `sentence` says."""
    if trimmed == sentence:
        return ()
    if language == "en" and (claims := _without_same_attribution(trimmed, sentence)):
        return trim_objections(*claims, language)
    if len(sentence) > MOST_CHARACTERS:
        return (Objection("clause", trimmed[:80]),)
    short, whole = tokens(trimmed), tokens(sentence)
    found = deletions(short, whole, language)
    kept = kept_tokens(short, whole)
    if found is None or kept is None or not kept:
        return (Objection("words", _foreign(short, whole)),)
    refusals = [refusal_of(deletion) for deletion in found]
    refusals += [fragment(short, whole), moved_punctuation(short, whole, kept)]
    if any(deletion.at_end for deletion in found):
        refusals.append(verbless(short, whole, language))
    return tuple(dict.fromkeys([*filter(None, refusals), *_verbatim(short, whole)]))


_LONGEST_ATTRIBUTION = 120  # characters


def _without_same_attribution(trimmed: str, sentence: str) -> tuple[str, str] | None:
    """Both without what follows the last comma where that is the same attribution: who said more has said less."""
    claim, comma, attribution = sentence.rpartition(", ")
    shorter, _, same = trimmed.rpartition(", ")
    if not comma or attribution != same or not shorter or len(attribution) > _LONGEST_ATTRIBUTION:
        return None
    lower = tokens(attribution).lower
    if not is_attributing(lower) or any(mark in attribution for mark in '"“”'):
        return None
    return f"{shorter}.", f"{claim}."


def _foreign(trimmed: Tokens, sentence: Tokens) -> str:
    """The first word that the sentence does not have, or does not have there."""
    known = set(sentence.lower)
    return next((word for word in trimmed.written if word.lower() not in known), trimmed.text[:80])


def _verbatim(trimmed: Tokens, sentence: Tokens) -> Iterator[Objection]:
    for quoted in quotations(trimmed.text):
        if plain(quoted) not in plain(sentence.text):
            yield Objection("quote", quoted)


_NUMBERS = Path(__file__).with_name("grounding.json")
_MOST_SUPPORT = 3
_NEW_SHARE = 0.15  # of a claim's words that a further sentence must bring
FEATURES = ("meaning", "pairs", "triples", "words", "numbers", "negation", "doubt", "degree", "roles")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found for one claim: indexes of the sentences that carry it in ascending order, what speaks against it,
    and a score between 0 and 1 that grows with support; `threshold` is the least that a supported claim has."""

    support: tuple[int, ...]
    objections: tuple[Objection, ...]
    score: float
    threshold: float = 0.5

    @property
    def supported(self) -> bool:
        """Whether the claim may be shown as what the sentences say."""
        return bool(self.support) and not self.objections and self.score >= self.threshold


@dataclass(frozen=True, slots=True)
class Measurement:
    """What is known of a claim before it is judged: sentences that carry it, objections, and its FEATURES."""

    support: tuple[int, ...]
    objections: tuple[Objection, ...]
    features: tuple[float, ...]


class Grounding:
    """Judges generated sentences by their source: rules, meaning by embedding, and optionally an entailment model.

    The numbers in grounding.json come from `tests.benchmarks.train_grounding`.
    """

    def __init__(self, encoder: "Encoder", entailment: "Entailment | None" = None) -> None:
        self._encoder = encoder
        self._entailment = entailment

    def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Verdict]:
        """A verdict for each claim, in order. Raises ModelUnavailable where a model cannot be loaded."""
        measured = self.measure(claims, sentences, language)
        if self._entailment is None:
            return [self.judge(measurement) for measurement in measured]
        premises = [" ".join(sentences[at] for at in measurement.support) for measurement in measured]
        beliefs = self._entailment.judge(list(zip(premises, claims, strict=True)))
        return [self.judge(measurement, belief) for measurement, belief in zip(measured, beliefs, strict=True)]

    @staticmethod
    def judge(measurement: Measurement, belief: tuple[float, float] | None = None) -> Verdict:
        """The verdict on what was measured; `belief` is how probably it is entailed and how probably contradicted."""
        score = _model().score(measurement.features)
        if belief is not None:
            entailed, contradicted = belief
            score = (score + entailed) / 2 * (1 - contradicted)
        return Verdict(measurement.support, measurement.objections, score, Grounding.threshold())

    @staticmethod
    def threshold() -> float:
        """The least score of a supported claim."""
        return _model().threshold

    def measure(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Measurement]:
        """What a verdict rests on, for each claim in order."""
        known = [_Said.of(sentence) for sentence in sentences]
        said = [_Said.of(claim) for claim in claims]
        if not known:
            return [Measurement((), (), (0.0,) * len(FEATURES)) for _ in claims]
        found = [objections(claim, sentences, language) for claim in claims]
        meanings = self._meanings(claims, sentences, language) or [
            [_shared(claim, sentence) for sentence in known] for claim in said
        ]
        return [_measured(*each, known) for each in zip(said, meanings, found, strict=True)]

    def _meanings(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[list[float]] | None:
        """How near in meaning each claim is to each sentence; None where the encoder does not know the language."""
        if not self._encoder.knows(language):
            return None
        products: list[list[float]] = (self._encoder.encode(claims) @ self._encoder.encode(sentences).T).tolist()
        return products


@dataclass(frozen=True)
class _Said:
    """The stems of a sentence: those of its content words, and all in order."""

    content: frozenset[str]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, sentence: str) -> "_Said":
        parsed = tokens(sentence[:MOST_CHARACTERS])
        return cls(frozenset(stems(parsed)), tuple(stem(word) for word in parsed.lower))

    def runs(self, length: int) -> frozenset[tuple[str, ...]]:
        """All runs of so many words."""
        return frozenset(zip(*(self.stems[at:] for at in range(length)), strict=False))


def _shared(claim: _Said, sentence: _Said) -> float:
    return len(claim.content & sentence.content) / len(claim.content) if claim.content else 0.0


def _support(claim: _Said, sentences: Sequence[_Said], meanings: Sequence[float]) -> tuple[int, ...]:
    """The sentences that carry a claim: the nearest, and up to two that have more of its words."""
    order = sorted(range(len(sentences)), key=lambda at: -(meanings[at] + _shared(claim, sentences[at])))
    chosen = [order[0]]
    missing = claim.content - sentences[order[0]].content
    while missing and len(chosen) < _MOST_SUPPORT:
        best = max(order, key=lambda at: (len(missing & sentences[at].content), meanings[at]))
        gained = missing & sentences[best].content
        if len(gained) < max(1, _NEW_SHARE * len(claim.content)):
            break
        chosen.append(best)
        missing -= gained
    return tuple(sorted(chosen))


def _measured(
    claim: _Said, meanings: Sequence[float], found: tuple[Objection, ...], sentences: Sequence[_Said]
) -> Measurement:
    support = _support(claim, sentences, meanings)
    triples = frozenset[tuple[str, ...]]().union(*(sentence.runs(3) for sentence in sentences))
    words = frozenset[str]().union(*(sentence.content for sentence in sentences))
    broken = {objection.rule for objection in found}
    features = (
        max(meanings),
        max(len(claim.runs(2) & sentences[at].runs(2)) for at in support) / max(1, len(claim.runs(2))),
        len(claim.runs(3) & triples) / max(1, len(claim.runs(3))),
        len(claim.content & words) / max(1, len(claim.content)),
        *(-float(bool(broken & rules)) for rules in _RULES_OF_FEATURES),
    )
    return Measurement(support, found, features)


_RULES_OF_FEATURES = ({"number", "unit", "date"}, {"negation"}, {"doubt"}, {"degree", "quantity"}, {"roles"})


@dataclass(frozen=True)
class _Model:
    """A logistic model over FEATURES and the least score of a supported claim."""

    bias: float
    weights: Sequence[float]
    threshold: float

    def score(self, measured: Sequence[float]) -> float:
        total = self.bias + sum(weight * value for weight, value in zip(self.weights, measured, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _model() -> _Model:
    stored = json.loads(_NUMBERS.read_text(encoding="utf-8"))
    return _Model(stored["bias"], [stored["weights"][name] for name in FEATURES], stored["threshold"])
