import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from summarizer import Brief, Method, ModelUnavailable, Request, Summarizer, TextRefused
from summarizer.generative import Checker, GenerativeSummarizer, Generator, Material
from summarizer.mixing import Claim
from summarizer.models import LocalGenerator, ModelSpec
from summarizer.prompts import Prompt
from summarizer.readings import read
from summarizer.rules import Rule, broken_rules
from tests.summarizer.tinymodels import save_bart, save_llama

PIER = """NORRBY, March 11 (Coastwire) -- The council of Norrby approved a new pier for the island ferries on Monday.

The pier will cost 84 million kronor, a fifth more than was planned in 2015. It replaces a wooden jetty that was built \
by fishermen in 1931 and closed after a storm. Work on the new pier begins in June and will take two years.

Larger ferries of up to 200 metres could then cross to the island of Sando every hour. Fishermen from Sando fear that \
larger ferries will disturb the herring grounds east of the harbour. The county will measure the noise under water.
"""
APPROVED = "Norrby's council approved a new pier for the island ferries on Monday."
COST = "The pier will cost 84 million kronor, a fifth more than was planned."
HERRING = "Fishermen from Sando fear that ferries will disturb the herring grounds."
INVENTED = "The council of Norrby approved a new pier in 2016."


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


@pytest.fixture
def pier() -> str:
    """An article in which nobody speaks, so that no rule asks for a speaker's own words."""
    return PIER


def sentences_of(text: str) -> list[str]:
    return [f"{sentence.removesuffix('.')}." for sentence in text.split(". ")]


def listed(points: Sequence[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def test_points_that_the_source_supports_are_told(summarizer: Summarizer, pier: str) -> None:
    generator = Scripted(f"Sure!\n- {COST}\n- {APPROVED}\n- {HERRING}")
    request = Request(pier, title="Island post", points=3)
    brief = made(generator, summarizer).summarize(request)
    assert (brief.method, brief.model) == (Method.GENERATIVE, "scripted")
    assert [point.text for point in brief.points] == [APPROVED, COST, HERRING], "in the order of the text"
    spans = {sentence.span for sentence in read(Request(pier)).sentences}
    assert all(point.evidence and set(point.evidence) <= spans for point in brief.points)
    plain = summarizer.summarize(request)
    assert (brief.headline, brief.dateline, brief.language) == (plain.headline, plain.dateline, plain.language)
    ((prompt,),) = generator.asked
    assert prompt.text.startswith("The council of Norrby"), "the dateline is not told"
    assert (prompt.points, prompt.language) == (3, "en")


def test_what_is_not_supported_is_replaced_by_a_point_of_the_source(summarizer: Summarizer, pier: str) -> None:
    brief = made(Scripted(f"- {INVENTED}\n- {COST}"), summarizer).summarize(Request(pier, points=3))
    plain = summarizer.summarize(Request(pier, points=3))
    assert brief.method is Method.MIXED
    assert len(brief.points) == 3
    told = [point for point in brief.points if point.text == COST]
    assert len(told) == 1
    others = [point for point in brief.points if point.text != COST]
    assert all(point in plain.points for point in others)
    assert not set(told[0].evidence) & {span for point in others for span in point.evidence}, "nothing is told twice"
    assert [p.evidence[0].start for p in brief.points] == sorted(p.evidence[0].start for p in brief.points)


def test_a_brief_without_one_good_point_is_the_extractive_one(summarizer: Summarizer, pier: str) -> None:
    brief = made(Scripted(f"- {INVENTED}\n- Aliens have landed in Norrby today."), summarizer).summarize(
        Request(pier, title="Norrby gets its pier")
    )
    plain = summarizer.summarize(Request(pier, title="Norrby gets its pier"))
    assert (brief.method, brief.model) == (Method.EXTRACTIVE, "scripted")
    assert (brief.headline, brief.points) == (plain.headline, plain.points)


@pytest.mark.parametrize(
    "refused",
    [
        "They approved a new pier for the island ferries on Monday.",
        "The council of Norrby approved a new pier for the ferries on Monday?",
        "We approved a new pier for the island ferries of Norrby on Monday.",
        'The council of Norrby approved "a new pier for the island ferries on Monday.',
        "Approved Norrby.",
        "Read more: the council of Norrby approved a new pier at https://norrby.example/pier.",
        APPROVED.removesuffix(".") + " with ferries and islands and fishermen" * 5 + ".",
        "New pier for the island ferries approved in Norrby.",
    ],
)
def test_the_editors_rules_bind_generated_points(refused: str, summarizer: Summarizer, pier: str) -> None:
    class Credulous:
        def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Judgement]:
            return [Judgement((0,)) for _ in claims]

    request = Request(pier, title="New pier for island ferries approved in Norrby", points=1)
    brief = made(Scripted(f"- {refused}"), summarizer, Credulous()).summarize(request)
    assert brief.method is Method.EXTRACTIVE
    assert refused not in [point.text for point in brief.points]


def test_a_party_that_speaks_keeps_its_point(summarizer: Summarizer, harbour: str) -> None:
    opened = "Transport minister Karin Ahlberg opened the rebuilt harbour of Norrby on Monday."
    cost = "The work in Norrby cost 84 million kronor."
    herring = "Fishermen from Sando complained that the larger ferries would disturb the herring."
    request = Request(harbour, title="Ferries", points=3)
    brief = made(Scripted(f"- {opened}\n- {cost}\n- {herring}"), summarizer).summarize(request)
    assert brief.method is Method.MIXED
    texts = [point.text for point in brief.points]
    assert opened in texts
    assert any("Ahlberg said" in text for text in texts)
    assert any("Lindqvist" in text for text in texts)
    assert {breach.rule for breach in broken_rules(brief, request)} <= {Rule.ATTRIBUTION}, "which the checker judges"


def test_a_story_is_told_of_several_reports(summarizer: Summarizer, pier: str, harbour: str) -> None:
    requests = [Request(pier, title="Island post"), Request(" "), Request(harbour, title="Ferries")]
    opened = "Transport minister Karin Ahlberg opened the rebuilt harbour of Norrby on Monday."
    story = made(Scripted(f"- {opened}\n- {COST}\n- {INVENTED}"), summarizer).story(requests, 3)
    plain = summarizer.story(requests, 3)
    assert (story.method, story.model, story.headline) == (Method.MIXED, "scripted", plain.headline)
    cited = {point.text: [document for document, _ in point.evidence] for point in story.points}
    assert (cited[opened], cited[COST]) == ([2], [0])
    assert len(story.points) == 3
    (other,) = [point for point in story.points if point.text not in (opened, COST)]
    assert other in plain.points
    assert made(Broken(), summarizer).story(requests, 3) == plain
    with pytest.raises(TextRefused):
        made(Scripted(), summarizer).story([Request(" ")])


def test_a_long_point_is_trimmed_before_it_is_checked(summarizer: Summarizer, pier: str) -> None:
    long = (
        "The council of Norrby, which has met in the old customs house at the harbour of the town ever since the year "
        "of the great storm, approved a new pier for the island ferries on Monday."
    )
    brief = made(Scripted(f"- {long}"), summarizer).summarize(Request(pier, title="Island post", points=1))
    (point,) = brief.points
    assert point.text.startswith("The council of Norrby approved a new pier for the island ferries")
    assert brief.method is Method.GENERATIVE


def test_a_speaker_whom_the_source_does_not_name_says_nothing(summarizer: Summarizer, pier: str) -> None:
    class Credulous:
        def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Judgement]:
            return [Judgement((0,)) for _ in claims]

    stranger, known = f"Lindqwist: {APPROVED}", "Fishermen from Sando: ferries will disturb the herring grounds."
    (claims,) = made(Scripted(f"- {stranger}\n- {known}"), summarizer, Credulous()).claims(
        [Material([sentence.text for sentence in read(Request(pier)).sentences], "en", 2)]
    )
    assert claims == [Claim(known, (0,))]


def test_points_do_not_repeat_each_other(summarizer: Summarizer, pier: str) -> None:
    brief = made(Scripted(f"- {COST}\n- {COST}\n- {COST}"), summarizer).summarize(Request(pier, points=2))
    assert [point.text for point in brief.points].count(COST) == 1


def test_a_batch_keeps_its_order_and_its_refusals(summarizer: Summarizer, pier: str) -> None:
    generator = Scripted(f"- {APPROVED}", f"- {COST}")
    wanted = Request(pier, title="Island post", points=1)
    requests = [wanted, Request(" "), Request(pier, points=2, untrimmed=True), Request(pier)]
    first, refusal, untouched, last = made(generator, summarizer).summarize_batch(requests)
    assert isinstance(first, Brief)
    assert isinstance(last, Brief)
    assert isinstance(refusal, TextRefused)
    assert [point.text for point in first.points] == [APPROVED]
    assert untouched == summarizer.summarize(requests[2]), "whole source sentences were asked for"
    assert last.method is Method.MIXED
    assert [len(prompts) for prompts in generator.asked] == [2], "both texts in one call"
    with pytest.raises(TextRefused):
        made(generator, summarizer).summarize(Request(" "))


def test_a_dead_generator_is_left_alone_and_complained_of_once(
    summarizer: Summarizer, pier: str, caplog: pytest.LogCaptureFixture
) -> None:
    generator = Broken(f"- {COST}", f"- {COST}")
    briefs = made(generator, summarizer)
    with caplog.at_level(logging.WARNING):
        outcomes = [briefs.summarize(Request(pier)) for _ in range(3)]
    assert outcomes == [summarizer.summarize(Request(pier))] * 3, "the encoder is named: the generator had no part"
    assert len(generator.asked) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "Briefs are extractive until scripted can be used: The server is on fire."
    ]

    impatient = GenerativeSummarizer(generator, summarizer, ByWords(), rest=timedelta(0))
    assert impatient.summarize(Request(pier)).method is Method.EXTRACTIVE
    generator.mended = True
    assert impatient.summarize(Request(pier)).method is Method.MIXED


def test_without_the_checker_nothing_generated_is_told(summarizer: Summarizer, pier: str) -> None:
    class Missing:
        def check(self, claims: Sequence[str], sentences: Sequence[str], language: str) -> list[Judgement]:
            raise ModelUnavailable("The entailment model is missing.")

    generator = Scripted(f"- {APPROVED}")
    briefs = made(generator, summarizer, Missing())
    assert briefs.summarize(Request(pier)) == summarizer.summarize(Request(pier))
    assert briefs.summarize(Request(pier)).method is Method.EXTRACTIVE
    assert len(generator.asked) == 1


def test_a_missing_model_degrades(summarizer: Summarizer, pier: str, tmp_path: Path) -> None:
    briefs = made(LocalGenerator(ModelSpec(str(tmp_path / "missing.gguf"))), summarizer)
    briefs.load()
    assert briefs.summarize(Request(pier)) == summarizer.summarize(Request(pier))


def test_time_that_is_up_leaves_extraction(summarizer: Summarizer, pier: str) -> None:
    generator = Scripted()
    briefs = GenerativeSummarizer(generator, summarizer, ByWords(), patience=timedelta(0))
    assert briefs.summarize(Request(pier)) == summarizer.summarize(Request(pier))
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
    save: Callable[[Path, str], Path], summarizer: Summarizer, pier: str, tmp_path: Path
) -> None:
    generator = LocalGenerator(ModelSpec(str(save(tmp_path, pier))))
    requests = [Request(pier), Request(pier * 3, title="Norrby gets its pier", points=5)]
    for request, brief in zip(requests, made(generator, summarizer).summarize_batch(requests), strict=True):
        assert isinstance(brief, Brief)
        assert brief.points == summarizer.summarize(request).points
        assert (brief.method, brief.model) == (Method.EXTRACTIVE, tmp_path.name)
