"""Which sentences become points, given how they rank."""

from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.choices import choose, choose_by_rank
from summarizer.ranking import Ranking
from summarizer.readings import Reading, Sentence
from summarizer.types import Span


def reading(sentences: Sequence[str], points: int, *, words: int = 100, language: str = "en") -> Reading:
    body = [Sentence(Span(at, at + 1), text, at) for at, text in enumerate(sentences)]
    return Reading("", None, language, body, points, words)


def ranking(of: Reading, scores: Sequence[float], alike: Sequence[tuple[int, int]] = ()) -> Ranking:
    similarities = np.eye(len(scores), dtype=np.float32)
    for left, right in alike:
        similarities[left, right] = similarities[right, left] = 0.9
    return Ranking(of.body, scores, {at: at for at in range(len(scores))}, similarities)


def chosen(sentences: Sequence[str], scores: Sequence[float], points: int, **options: object) -> list[int]:
    alike = options.pop("alike", ())
    asked, headline = options.pop("asked", True), options.pop("headline", "")
    read = reading(sentences, points, **options)  # type: ignore[arg-type]
    made = choose(read, ranking(read, scores, alike), asked=bool(asked), headline=str(headline))  # type: ignore[arg-type]
    return [choice.index for choice in made]


FERRY, FARE, GULLS, MAYOR = (
    "The ferry to Sando sank on Friday.",
    "Fares to the island rose by half a crown.",
    "Gulls nest on the old pier of Norrby.",
    "Mayor Lindqvist praised the rescue crews.",
)
LONG = "The council voted on " + " and ".join(f"item {at}" for at in range(20)) + "."


def test_the_best_come_in_reading_order() -> None:
    assert chosen([FERRY, FARE, GULLS, MAYOR], [1, 4, 2, 3], 2) == [1, 3]
    assert chosen([FERRY, FARE], [1, 2], 5) == [0, 1]


def test_nothing_repeats_the_headline_or_another_point() -> None:
    again = "The ferry to Sando sank on Friday night."
    assert chosen([FERRY, FARE, again], [3, 1, 2], 3) == [0, 1]
    assert chosen([FERRY, FARE, GULLS], [3, 2, 1], 3, headline="Ferry to Sando sank on Friday") == [1, 2]


def test_the_only_sentence_is_a_point_even_when_it_is_the_headline() -> None:
    assert chosen([FERRY], [1], 3, headline=FERRY) == [0]


def test_what_means_the_same_fills_up_only_where_a_number_was_asked_for() -> None:
    sentences, scores = [FERRY, FARE, GULLS], [3, 2, 1]
    assert chosen(sentences, scores, 2, alike=[(0, 1)]) == [0, 2]
    assert chosen(sentences, scores, 3, alike=[(0, 1)]) == [0, 1, 2]
    assert chosen(sentences, scores, 3, alike=[(0, 1)], asked=False) == [0, 2]


def test_a_long_sentence_gives_way() -> None:
    assert chosen([LONG, FARE, GULLS], [3, 2, 1], 2) == [1, 2]
    assert chosen([LONG, FARE], [3, 2], 2) == [0, 1]
    assert chosen([LONG], [3], 2, asked=False) == [0]


@pytest.mark.parametrize("opening", ["He", "They", "This"])
def test_a_pronoun_needs_the_sentence_before_it(opening: str) -> None:
    dangling = f"{opening} swam to the shore of Norrby."
    assert chosen([FERRY, FARE, dangling, GULLS], [3, 1, 4, 2], 2) == [0, 3]
    assert chosen([FERRY, MAYOR, dangling, GULLS], [1, 4, 3, 2], 2) == [1, 2]
    assert chosen([FERRY, dangling], [1, 2], 2) == [0, 1]


@pytest.mark.parametrize(
    "opening", ["A week earlier, he", "Perhaps she", "In Norrby they", "After a while, their crews"]
)
def test_a_pronoun_that_comes_before_any_name_needs_it_too(opening: str) -> None:
    dangling = f"{opening} swam to the shore of Sando."
    named = [0, 2] if "Norrby" in opening else [0, 3]
    assert chosen([FERRY, FARE, dangling, GULLS], [3, 1, 4, 2], 2) == named


def test_since_then_needs_the_time_it_means() -> None:
    dangling = "Trawling has been banned off Sando since then."
    assert chosen([FERRY, FARE, dangling, GULLS], [3, 1, 4, 2], 2) == [0, 3]
    assert chosen([FERRY, FARE, dangling, GULLS], [1, 3, 4, 2], 2) == [1, 2]


def test_the_minister_needs_a_name_before() -> None:
    named = "Transport Minister Karin Ahlberg opened the harbour of Norrby."
    bare = "The minister rejected all criticism of the costs."
    assert chosen([named, FARE, bare], [1, 2, 3], 2) == [0, 1]
    assert chosen([named, FARE, bare], [3, 1, 2], 2) == [0, 2]


def test_at_most_a_quarter_of_a_long_text_is_told_unless_a_number_was_asked_for() -> None:
    sentences, scores = [FERRY, FARE, GULLS, MAYOR], [4, 3, 2, 1]
    assert len(chosen(sentences, scores, 4, words=399, asked=False)) == 4
    told = " ".join(sentences[at] for at in chosen(sentences, scores, 4, words=400, asked=False))
    assert len(told.split()) <= 100
    assert len(chosen([f"{FERRY[:-1]} near pier {name}." for name in "ABCD"], scores, 1, words=400, asked=False)) == 1


def test_both_parties_are_heard() -> None:
    sentences = [
        "Ministers Wei and Shoigu met in Dushanbe on Wednesday.",
        "Wei said China values the strategic partnership.",
        "Wei said the two armies will train together.",
        "Wei said terrorism remains the gravest danger.",
        "Shoigu said Russia is willing to widen its cooperation.",
        "Shoigu said the exercises brought good results.",
    ]
    assert 4 in chosen(sentences, [6, 5, 4, 3, 2, 1], 3) or 5 in chosen(sentences, [6, 5, 4, 3, 2, 1], 3)


def test_a_denial_comes_with_its_accusation() -> None:
    sentences = [
        "The council of Norrby published its accounts on Monday.",
        "Prosecutors accused Builder Lund of paying bribes.",
        "Work on the pier goes on until spring.",
        "Lund denied the accusation.",
    ]
    told = chosen(sentences, [4, 3, 2, 1], 3)
    assert 1 in told
    assert 3 in told


def test_rank_alone_knows_no_rules_but_repetition() -> None:
    read = reading([LONG, "He swam.", FERRY, FARE], 2)
    assert [choice.index for choice in choose_by_rank(ranking(read, [4, 3, 2, 1]), 2)] == [0, 1]
    alike = ranking(read, [4, 3, 2, 1], [(0, 1)])
    assert [choice.index for choice in choose_by_rank(alike, 2)] == [0, 2]
    assert [choice.index for choice in choose_by_rank(alike, 4)] == [0, 1, 2, 3]
    assert choose_by_rank(alike, 1)[0].text == LONG
