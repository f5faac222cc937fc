"""Briefs whose points a language model writes and the source has to support.

A model is asked for points, each is checked against the sentences of the source, and one that fails is replaced by a
point of the extractive brief that was not told yet. So the worst model costs time and never truth.
"""

import logging
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from summarizer.errors import ModelUnavailable, TextRefused
from summarizer.mixing import Claim, may_be_point, mixed_brief, mixed_story
from summarizer.prompts import Prompt, points_of
from summarizer.readings import Reading, read
from summarizer.rules import is_too_long
from summarizer.storybriefs import StoryBrief, considered, read_or_refuse
from summarizer.trimming import trimmed
from summarizer.types import Brief, Request, StoryDocument

log = logging.getLogger(__name__)

_TOKENS_A_POINT = 48  # 30 words, and room for a script that the tokenizer knows badly
_TOKENS_AROUND = 32  # bullets, and a preamble that is thrown away
_PATIENCE = timedelta(seconds=20)
_LEAST_TEXTS = 3  # as many as a call has time for at least: one long text may take many prompts
_REST = timedelta(minutes=5)
_MOST_ROUNDS = 4
_POINTS_A_PART = 3  # of one part of a text that is too long for one prompt


class Generator(ABC):
    """A model that writes points. A backend implements `generate`, and says in `name` what briefs call it."""

    name: str

    @abstractmethod
    def generate(self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float) -> list[str]:
        """The answer to each prompt, in at most so many tokens; empty where it failed or the time was up.

        Raises ModelUnavailable when there is nothing to be had from this model now.
        """

    def load(self) -> None:  # noqa: B027  # not every backend has anything to load
        """Get ready, so that the first text need not wait. Raises ModelUnavailable."""

    def room(self, max_new_tokens: int) -> int:
        """How many tokens of text fit into a prompt whose answer may have so many."""
        return max(64, 6000 - max_new_tokens)

    def count_tokens(self, sentences: Sequence[str]) -> list[int]:
        """How many tokens each sentence has. For a tokenizer that is out of reach, an estimate on the high side."""
        return [1 + len(sentence.encode()) // 3 for sentence in sentences]

    def pieces(self, sentence: str, most_tokens: int) -> list[str]:
        """A sentence that is longer than a whole prompt, in parts that fit."""
        size = max(1, 3 * most_tokens // 4)  # no character of any script has more than four bytes
        return [sentence[at : at + size] for at in range(0, len(sentence), size)]


class _Verdict(Protocol):
    @property
    def support(self) -> tuple[int, ...]: ...
    @property
    def supported(self) -> bool: ...


class Checker(Protocol):
    """Says which claims the sentences of a source support, and by which of them; `grounding.Grounding` is one."""

    def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> Sequence[_Verdict]:
        """A verdict for each claim; `support` holds indexes of sentences."""


class Extractor(Protocol):
    """What is asked for a brief of the source's own sentences; `extractive.Summarizer` is one."""

    def load(self) -> None:
        """Load the encoder. Raises ModelUnavailable."""

    def summarize_batch(self, requests: Sequence[Request]) -> list[Brief | TextRefused]:
        """The brief of each text, or why there is none."""

    def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        """Clusters of indexes of documents on one event."""

    def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        """One brief of several texts on one event. Raises TextRefused when none of them can be condensed."""

    def fresh(self, sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
        """Whether each sentence says something that no told one says."""


@dataclass(frozen=True, slots=True)
class Material:
    """Sentences that points are to be written of: those of one text, or of several on one event."""

    sentences: Sequence[str]
    language: str
    points: int


class GenerativeSummarizer:
    """Briefs by a generator whose points are checked, completed by extraction. Synchronous, not for several threads.

    Generating takes at most `patience` a text, all texts of a call together; after that, and for `rest` after the
    generator failed, briefs are extractive and name the encoder. A brief names the generator when it was asked and
    answered, even if no point of its was good.
    """

    def __init__(
        self,
        generator: Generator,
        extractor: Extractor,
        checker: Checker,
        *,
        patience: timedelta = _PATIENCE,
        rest: timedelta = _REST,
    ) -> None:
        self._generator = generator
        self._extractor = extractor
        self._checker = checker
        self._patience = patience.total_seconds()
        self._rest = rest.total_seconds()
        self._resting_until = 0.0
        self._complaint = ""

    def load(self) -> None:
        """Load both models now. Raises ModelUnavailable for the encoder only: without the generator it goes on."""
        self._extractor.load()
        self._is_ready()

    def summarize(self, request: Request) -> Brief:
        """The brief of one text. Raises TextRefused and ModelUnavailable."""
        (outcome,) = self.summarize_batch([request])
        if isinstance(outcome, TextRefused):
            raise outcome
        return outcome

    def summarize_batch(self, requests: Sequence[Request]) -> list[Brief | TextRefused]:
        """The brief of each text, or why there is none, in the order given."""
        outcomes = self._extractor.summarize_batch(requests)
        wanted = [
            (at, outcome)
            for at, (request, outcome) in enumerate(zip(requests, outcomes, strict=True))
            if isinstance(outcome, Brief) and not request.untrimmed
        ]
        readings = [read(requests[at]) for at, _ in wanted]
        materials = [
            Material([sentence.text for sentence in reading.sentences], brief.language, len(brief.points))
            for reading, (_, brief) in zip(readings, wanted, strict=True)
        ]
        for (at, brief), reading, claims in zip(wanted, readings, self.claims(materials), strict=True):
            if claims is not None:
                spans = [sentence.span for sentence in reading.sentences]
                outcomes[at] = mixed_brief(brief, requests[at], claims, spans, self._generator.name)
        return outcomes

    def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        """Clusters of indexes of documents on one event, singletons included, in the order of their first member."""
        return self._extractor.stories(documents)

    def fresh(self, sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
        """Whether each sentence says something that no told one says."""
        return self._extractor.fresh(sentences, told, language)

    def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        """One brief of several texts on one event. Raises TextRefused when none of them can be condensed."""
        plain = self._extractor.story(requests, points)
        sentences = [
            ((at, sentence.span), sentence.text)
            for at, reading in enumerate(map(read_or_refuse, requests))
            if isinstance(reading, Reading)
            for sentence in considered(reading)
        ]
        material = Material([text for _, text in sentences], plain.language, len(plain.points))
        (claims,) = self.claims([material])
        if claims is None:
            return plain
        return mixed_story(plain, claims, [place for place, _ in sentences], self._generator.name)

    def claims(self, materials: Sequence[Material]) -> list[list[Claim] | None]:
        """Checked sentences about each material, best first, or None where the generator did not answer."""
        found: list[list[Claim] | None] = [None] * len(materials)
        if not materials or not self._is_ready():
            return found
        deadline = time.monotonic() + self._patience * max(_LEAST_TEXTS, len(materials))
        passages = {at: list(material.sentences) for at, material in enumerate(materials)}
        try:
            for _ in range(_MOST_ROUNDS):
                written, whole = self._round(materials, passages, deadline)
                for at, claims in written.items():
                    found[at] = claims or found[at] or []
                passages = {at: [claim.text for claim in told] for at, told in written.items() if at not in whole}
                if not any(passages.values()):
                    break
            self._complaint = ""
        except ModelUnavailable as error:  # of the generator, or of the checker, without whom nothing is told
            self._give_rest(error)
        return found

    def _round(
        self, materials: Sequence[Material], passages: dict[int, list[str]], deadline: float
    ) -> tuple[dict[int, list[Claim]], set[int]]:
        """What was written of each passage and is true, and which passages fitted into one prompt."""
        prompts: list[Prompt] = []
        owners: list[int] = []
        for at, sentences in passages.items():
            parts = list(self._parts(sentences, materials[at].points))
            points = materials[at].points if len(parts) == 1 else min(_POINTS_A_PART, materials[at].points)
            prompts += [Prompt(part, points, materials[at].language) for part in parts]
            owners += [at] * len(parts)
        answers = self._answers(prompts, deadline - time.monotonic())
        written: dict[int, list[str]] = {}
        for at, prompt, answer in zip(owners, prompts, answers, strict=True):
            if answer.strip():
                written.setdefault(at, []).extend(points_of(answer)[: 2 * prompt.points])
        checked = {at: self._checked(sentences, materials[at]) for at, sentences in written.items()}
        return checked, {at for at in passages if owners.count(at) == 1}

    def _parts(self, sentences: Sequence[str], points: int) -> Iterator[str]:
        """The sentences in as few prompts as hold them, cut between sentences only."""
        room = self._generator.room(_answer_tokens(points))
        part: list[str] = []
        taken = 0
        for sentence, tokens in zip(sentences, self._generator.count_tokens(sentences), strict=True):
            if part and taken + tokens > room:
                yield " ".join(part)
                part, taken = [], 0
            if tokens > room:
                yield from self._generator.pieces(sentence, room)
                continue
            part.append(sentence)
            taken += tokens
        if part:
            yield " ".join(part)

    def _answers(self, prompts: Sequence[Prompt], seconds: float) -> list[str]:
        if seconds <= 0 or not prompts:
            return [""] * len(prompts)
        return self._generator.generate(prompts, _answer_tokens(max(prompt.points for prompt in prompts)), seconds)

    def _checked(self, sentences: Sequence[str], material: Material) -> list[Claim]:
        language = material.language
        short = [trimmed(sentence, language) if is_too_long(sentence) else sentence for sentence in sentences]
        known = " ".join(material.sentences)
        fit = [
            sentence
            for sentence in dict.fromkeys(short)
            if may_be_point(sentence, language) and _speaker_of(sentence) in known
        ]
        if not fit:
            return []
        verdicts = self._checker.check(fit, material.sentences, material.language)
        return [
            Claim(sentence, tuple(sorted(set(verdict.support))))
            for sentence, verdict in zip(fit, verdicts, strict=True)
            if verdict.supported and verdict.support
        ]

    def _is_ready(self) -> bool:
        if time.monotonic() < self._resting_until:
            return False
        try:
            self._generator.load()
        except ModelUnavailable as error:
            self._give_rest(error)
            return False
        return True

    def _give_rest(self, error: ModelUnavailable) -> None:
        """Ask for nothing for a while; say why once, not with every text."""
        self._resting_until = time.monotonic() + self._rest
        if str(error) != self._complaint:
            self._complaint = str(error)
            log.warning("Briefs are extractive until %s can be used: %s", self._generator.name, error)


def _answer_tokens(points: int) -> int:
    return _TOKENS_A_POINT * points + _TOKENS_AROUND


_SPEAKER = re.compile(r"(?:\S{1,40} ){0,3}\S{1,40}(?=:\s)")


def _speaker_of(sentence: str) -> str:
    """Who is said to speak before a colon; nobody, which every source has, where there is none."""
    speaker = _SPEAKER.match(sentence)
    return speaker.group() if speaker else ""
