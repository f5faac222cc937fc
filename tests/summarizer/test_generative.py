import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from summarizer import Brief, Method, ModelUnavailable, Request, Summarizer, TextRefused
from summarizer.generative import Checker, Claim, GenerativeSummarizer, Generator, Material
from summarizer.models import LocalGenerator, ModelSpec
from summarizer.prompts import Prompt
from summarizer.readings import read
from tests.summarizer.tinymodels import save_bart, save_llama

OPENED = "Transport minister Karin Ahlberg opened the rebuilt harbour of Norrby on Monday."
COST = "The work cost 84 million kronor, a fifth more than planned."
HERRING = "Fishermen from Sando fear that larger ferries will disturb the herring."
INVENTED = "Karin Ahlberg opened the harbour in 2016."


class Scripted(Generator):
    """Answers from a list or by a function; counts how often it was asked, and with what."""

    name = "scripted"

    def __init__(self, *answers: str, by: Callable[[Prompt], str] | None = None, room: int = 4000) -> None:
        self._answers = list(answers)
        self._by = by
        self._room = room
        self.asked: list[list[Prompt]] = []

    def generate(self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float) -> list[str]:
        self.asked.append(list(prompts))
        assert max_new_tokens > 0 < seconds
        return [self._by(prompt) if self._by else self._answers.pop(0) for prompt in prompts]

    def room(self, max_new_tokens: int) -> int:
        return self._room


class Broken(Scripted):
    """Fails until it is mended."""

    mended = False

    def generate(self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float) -> list[str]:
        if not self.mended:
            self.asked.append([])
            raise ModelUnavailable("The server is on fire.")
        return super().generate(prompts, max_new_tokens, seconds)


@dataclass(frozen=True)
class Judgement:
    support: tuple[int, ...]

    @property
    def supported(self) -> bool:
        return bool(self.support)


class ByWords:
    """Takes a claim to be true when half of its words, and all of its numbers, are in a sentence of the source."""

    def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Judgement]:
        return [Judgement(self._support(claim, sentences)) for claim in claims]

    def _support(self, claim: str, sentences: Sequence[str]) -> tuple[int, ...]:
        wanted = set(claim.lower().strip(".").split())
        shares = [len(wanted & set(sentence.lower().strip(".").split())) / len(wanted) for sentence in sentences]
        best = max(range(len(sentences)), key=lambda at: shares[at])
        numbers = [word for word in wanted if word.isdigit()]
        return (best,) if shares[best] >= 0.5 and all(number in sentences[best] for number in numbers) else ()


def made(generator: Generator, summarizer: Summarizer, checker: Checker | None = None) -> GenerativeSummarizer:
    return GenerativeSummarizer(generator, summarizer, checker or ByWords())


def sentences_of(text: str) -> list[str]:
    return [f"{sentence.removesuffix('.')}." for sentence in text.split(". ")]


def listed(points: Sequence[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def test_points_that_the_source_supports_are_told(summarizer: Summarizer, harbour: str) -> None:
    generator = Scripted(f"Sure!\n- {COST}\n- {OPENED}\n- {HERRING}")
    brief = made(generator, summarizer).summarize(Request(harbour, points=3))
    assert (brief.method, brief.model) == (Method.GENERATIVE, "scripted")
    assert [point.text for point in brief.points] == [OPENED, COST, HERRING], "in the order of the text"
    spans = {sentence.span for sentence in read(Request(harbour)).sentences}
    assert all(point.evidence and set(point.evidence) <= spans for point in brief.points)
    plain = summarizer.summarize(Request(harbour, points=3))
    assert (brief.headline, brief.dateline, brief.language) == (plain.headline, plain.dateline, plain.language)
    ((prompt,),) = generator.asked
    assert "Read more about the timetable" not in prompt.text
    assert (prompt.points, prompt.language) == (3, "en")


def test_what_is_not_supported_is_replaced_by_a_point_of_the_source(summarizer: Summarizer, harbour: str) -> None:
    brief = made(Scripted(f"- {INVENTED}\n- {COST}"), summarizer).summarize(Request(harbour, points=3))
    plain = summarizer.summarize(Request(harbour, points=3))
    assert brief.method is Method.MIXED
    assert len(brief.points) == 3
    told = [point for point in brief.points if point.text == COST]
    assert len(told) == 1
    others = [point for point in brief.points if point.text != COST]
    assert all(point in plain.points for point in others)
    assert not set(told[0].evidence) & {span for point in others for span in point.evidence}, "nothing is told twice"
    assert [p.evidence[0].start for p in brief.points] == sorted(p.evidence[0].start for p in brief.points)


def test_a_brief_without_one_good_point_is_the_extractive_one(summarizer: Summarizer, harbour: str) -> None:
    brief = made(Scripted(f"- {INVENTED}\n- Aliens have landed in Norrby today."), summarizer).summarize(
        Request(harbour, title="The harbour opens")
    )
    plain = summarizer.summarize(Request(harbour, title="The harbour opens"))
    assert (brief.method, brief.model) == (Method.EXTRACTIVE, "scripted")
    assert (brief.headline, brief.points) == (plain.headline, plain.points)


@pytest.mark.parametrize(
    "refused",
    [
        "She opened the rebuilt harbour of Norrby on Monday.",
        "Karin Ahlberg opened the rebuilt harbour of Norrby on Monday?",
        "We opened the rebuilt ferry harbour of Norrby on Monday.",
        'Karin Ahlberg opened "the rebuilt ferry harbour of Norrby on Monday.',
        "Opened Norrby.",
        "Read more: Karin Ahlberg opened the rebuilt ferry harbour at https://norrby.example/harbour.",
        OPENED.removesuffix(".") + " with mayor and guests" * 6 + ".",
        "Rebuilt harbour of Norrby opens on Monday.",
    ],
)
def test_the_editors_rules_bind_generated_points(refused: str, summarizer: Summarizer, harbour: str) -> None:
    class Credulous:
        def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Judgement]:
            return [Judgement((0,)) for _ in claims]

    request = Request(harbour, title="Rebuilt harbour of Norrby opens on Monday", points=1)
    brief = made(Scripted(f"- {refused}"), summarizer, Credulous()).summarize(request)
    assert brief.method is Method.EXTRACTIVE
    assert refused not in [point.text for point in brief.points]


def test_points_do_not_repeat_each_other(summarizer: Summarizer, harbour: str) -> None:
    brief = made(Scripted(f"- {COST}\n- {COST}\n- {COST}"), summarizer).summarize(Request(harbour, points=2))
    assert [point.text for point in brief.points].count(COST) == 1


def test_a_batch_keeps_its_order_and_its_refusals(summarizer: Summarizer, harbour: str) -> None:
    generator = Scripted(f"- {COST}", f"- {OPENED}")
    requests = [Request(harbour, points=1), Request(" "), Request(harbour, points=2, untrimmed=True), Request(harbour)]
    first, refusal, untouched, last = made(generator, summarizer).summarize_batch(requests)
    assert isinstance(first, Brief)
    assert isinstance(last, Brief)
    assert isinstance(refusal, TextRefused)
    assert [point.text for point in first.points] == [COST]
    assert untouched == summarizer.summarize(requests[2]), "whole source sentences were asked for"
    assert last.method is Method.MIXED
    assert [len(prompts) for prompts in generator.asked] == [2], "both texts in one call"
    with pytest.raises(TextRefused):
        made(generator, summarizer).summarize(Request(" "))


def test_a_dead_generator_is_left_alone_and_complained_of_once(
    summarizer: Summarizer, harbour: str, caplog: pytest.LogCaptureFixture
) -> None:
    generator = Broken(f"- {COST}", f"- {COST}")
    briefs = made(generator, summarizer)
    with caplog.at_level(logging.WARNING):
        outcomes = [briefs.summarize(Request(harbour)) for _ in range(3)]
    assert outcomes == [summarizer.summarize(Request(harbour))] * 3, "the encoder is named: the generator had no part"
    assert len(generator.asked) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "Briefs are extractive until scripted can be used: The server is on fire."
    ]

    impatient = GenerativeSummarizer(generator, summarizer, ByWords(), rest=timedelta(0))
    assert impatient.summarize(Request(harbour)).method is Method.EXTRACTIVE
    generator.mended = True
    assert impatient.summarize(Request(harbour)).method is Method.MIXED


def test_a_missing_model_degrades(summarizer: Summarizer, harbour: str, tmp_path: Path) -> None:
    briefs = made(LocalGenerator(ModelSpec(str(tmp_path / "missing.gguf"))), summarizer)
    briefs.load()
    assert briefs.summarize(Request(harbour)) == summarizer.summarize(Request(harbour))


def test_time_that_is_up_leaves_extraction(summarizer: Summarizer, harbour: str) -> None:
    generator = Scripted()
    briefs = GenerativeSummarizer(generator, summarizer, ByWords(), patience=timedelta(0))
    assert briefs.summarize(Request(harbour)) == summarizer.summarize(Request(harbour))
    assert generator.asked == []


def test_a_long_text_is_condensed_part_by_part_between_sentences() -> None:
    sentences = [f"Ferry number {number} left the harbour of Norrby at dawn." for number in range(40)]
    generator = Scripted(by=lambda prompt: listed(sentences_of(prompt.text)[: prompt.points]))
    briefs = made(generator, Summarizer())
    room = 4 * Generator.count_tokens(generator, sentences[:1])[0] + 3
    generator._room = room
    (claims,) = briefs.claims([Material(sentences, "en", 3)])
    assert claims
    assert len(generator.asked) > 1
    for prompts in generator.asked:
        for prompt in prompts:
            assert sum(Generator.count_tokens(generator, sentences_of(prompt.text))) <= room
            assert set(sentences_of(prompt.text)) <= set(sentences)
    first_round = " ".join(prompt.text for prompt in generator.asked[0])
    assert all(sentence in first_round for sentence in sentences), "no sentence is left out"
    assert all(claim.text == sentences[claim.support[0]] for claim in claims)


def test_what_a_part_invents_does_not_reach_the_next_round() -> None:
    sentences = [f"Ferry number {number} left the harbour of Norrby at dawn." for number in range(12)]
    generator = Scripted(by=lambda prompt: listed([sentences_of(prompt.text)[0], "Pirates took the gold."]), room=90)
    (claims,) = made(generator, Summarizer()).claims([Material(sentences, "en", 2)])
    assert claims
    assert len(generator.asked) > 1
    assert not any("Pirates" in prompt.text for prompts in generator.asked[1:] for prompt in prompts)


def test_a_sentence_longer_than_a_prompt_goes_alone() -> None:
    endless = "word " * 2000 + "end."
    generator = Scripted(by=lambda _: "", room=100)
    (claims,) = made(generator, Summarizer()).claims([Material(["The ferry sank.", endless], "en", 1)])
    assert claims is None, "nothing was answered"
    ((first, *rest),) = generator.asked
    assert "".join(prompt.text for prompt in [first, *rest]).replace(" ", "").count("word") == 2000
    assert all(Generator.count_tokens(generator, [prompt.text])[0] <= 100 for prompt in rest)


def test_a_model_that_never_condenses_comes_to_an_end() -> None:
    sentences = [f"Ferry number {number} left the harbour of Norrby at dawn." for number in range(60)]
    generator = Scripted(by=lambda prompt: listed(sentences_of(prompt.text)), room=60)
    (claims,) = made(generator, Summarizer()).claims([Material(sentences, "en", 3)])
    assert claims
    assert isinstance(claims[0], Claim)
    assert len(generator.asked) < 10


@pytest.mark.parametrize("save", [save_bart, save_llama])
def test_a_model_of_random_weights_says_nothing_that_ships(
    save: Callable[[Path, str], Path], summarizer: Summarizer, harbour: str, tmp_path: Path
) -> None:
    generator = LocalGenerator(ModelSpec(str(save(tmp_path, harbour))))
    requests = [Request(harbour), Request(harbour * 3, title="The harbour opens", points=5)]
    for request, brief in zip(requests, made(generator, summarizer).summarize_batch(requests), strict=True):
        assert isinstance(brief, Brief)
        assert brief.points == summarizer.summarize(request).points
        assert (brief.method, brief.model) == (Method.EXTRACTIVE, tmp_path.name)
