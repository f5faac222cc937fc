"""Features, learned heads and the two steps of ranking."""

import json
import math

import numpy as np
import pytest

from summarizer.features import (
    MEANING_FEATURES,
    SENTENCE_FEATURES,
    WORD_FEATURES,
    Text,
    meaning_features,
    sentence_features,
    word_features,
)
from summarizer.heads import FILE, Head, built_in
from summarizer.ranking import Ranking, rank_by_meaning, rank_by_words, worth_embedding
from summarizer.readings import Reading, Sentence, read
from summarizer.types import Request, Span

HARBOUR = (
    "Norrby opened its new ferry harbour on Monday. The harbour cost 84 million kronor. "
    '"We waited nine years for this," said Mayor Lindqvist. Ferries to Sando leave the harbour every hour.'
)


def text_of(*lines: str, title: str = "") -> Text:
    sentences = [Sentence(Span(0, len(line)), line, at) for at, line in enumerate(lines)]
    return Text(sentences, "en", frozenset(title.lower().split()))


def sentence_feature(text: Text, name: str) -> list[float]:
    importance = dict.fromkeys(text.first_place, 0.5)
    return sentence_features(text, importance)[:, SENTENCE_FEATURES.index(name)].tolist()


def word_feature(text: Text, name: str) -> dict[str, float]:
    found, rows = word_features(text)
    return dict(zip(found, rows[:, WORD_FEATURES.index(name)].tolist(), strict=True))


def reading(text: str, **options: object) -> Reading:
    return read(Request(text, **options))  # type: ignore[arg-type]


def test_words_are_counted_by_sentence_and_by_place() -> None:
    text = text_of("Ferries sink.", "The ferries of Norrby sank again, Ferries said.")
    assert word_feature(text, "log frequency")["ferries"] == pytest.approx(math.log(2))
    assert word_feature(text, "in the first sentence") == pytest.approx(
        {word: float(word in {"ferries", "sink"}) for word in text.first_place}
    )
    assert word_feature(text, "share of capitals")["norrby"] == 1


def test_a_title_counts_as_one_more_sentence() -> None:
    lines = ("Ferries sink.", "Nobody was hurt.")
    plain, titled = text_of(*lines), text_of(*lines, title="ferries gone")
    assert word_feature(titled, "log frequency")["ferries"] > word_feature(plain, "log frequency")["ferries"]
    assert "gone" not in word_feature(titled, "log frequency")


def test_what_a_sentence_looks_like() -> None:
    text = text_of("Ferry 7 sank.", "But he swam.", '"I swam," said Lee.', "Why?", "a caption")
    assert sentence_feature(text, "has a digit") == [1, 0, 0, 0, 0]
    assert sentence_feature(text, "opens with a connective") == [0, 1, 0, 0, 0]
    assert sentence_feature(text, "opens with a quote") == [0, 0, 1, 0, 0]
    assert sentence_feature(text, "question") == [0, 0, 0, 1, 0]
    assert sentence_feature(text, "no end") == [0, 0, 0, 0 if text.sentences[3].text.endswith("?") else 1, 1]
    assert sentence_feature(text, "place") == [0, 1, 2, 3, 4]


def test_only_new_words_weigh_as_new() -> None:
    text = text_of("Ferries sank yesterday.", "Ferries sank.")
    first, second = sentence_feature(text, "new weight")
    assert first > 0
    assert second == 0
    assert sentence_feature(text, "weight")[1] > 0


def test_meaning_is_measured_against_the_centre_and_the_neighbours() -> None:
    vectors = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    rows = meaning_features([0.5, 0.2, 0.1], text_of("a b", "c d", "e f").sentences, vectors)
    columns = dict(zip(MEANING_FEATURES, rows.T.tolist(), strict=True))
    assert columns["score by words"] == [0.5, 0.2, 0.1]
    assert columns["similarity to the first"] == [1, 1, 0]
    assert columns["most similar before"] == [0, 1, 0]
    assert columns["most similar after"] == [1, 0, 0]
    assert columns["nearness to the centre"][0] > columns["nearness to the centre"][2]


@pytest.mark.parametrize("lines", [("Ferry.",), ("", "Ferry"), ("渡轮星期五沉没。", "没有人受伤。"), ("…", "!", "9")])
def test_features_are_finite_for_any_sentence(lines: tuple[str, ...]) -> None:
    text = text_of(*(line or "-" for line in lines))
    assert np.isfinite(sentence_features(text, built_in().importance(text))).all()
    vectors = np.ones((len(lines), 3), dtype=np.float32)
    assert np.isfinite(meaning_features([0.0] * len(lines), text.sentences, vectors)).all()


def test_the_stored_heads_name_every_feature_and_the_command_that_made_them() -> None:
    fields = json.loads(FILE.read_text(encoding="utf-8"))
    assert fields["made by"].startswith("python -m tests.benchmarks.train_ranking")
    assert tuple(fields["words"]["features"]) == WORD_FEATURES
    assert tuple(fields["sentences"]["features"]) == SENTENCE_FEATURES
    assert tuple(fields["meaning"]["features"]) == MEANING_FEATURES


def test_a_head_is_a_logistic_regression() -> None:
    head = Head.from_json(["a", "b"], {"bias": -1, "features": {"b": [0, 1, 3], "a": [2, 4, 1]}})
    assert head.log_odds(np.array([[6.0, 2.0]])).tolist() == [(6 - 2) / 4 * 1 + 2 * 3 - 1]


def test_importance_prefers_words_that_come_early_and_often() -> None:
    lines = ["Ferry Aurora sank off Norrby.", "The Aurora carried cars.", "Aurora was old.", "A seagull watched."]
    importance = built_in().importance(text_of(*lines))
    assert importance["aurora"] > importance["seagull"]
    assert all(0 <= likely <= 1 for likely in importance.values())


def test_an_early_sentence_of_frequent_words_ranks_above_a_late_stray_one() -> None:
    ranking = rank_by_words(reading(HARBOUR + " " + "A seagull sat on a lamp for some time that day. " * 3), built_in())
    best = ranking.sentences[ranking.best_first()[0]]
    assert "ferry harbour" in best.text
    assert not ranking.knows_meaning


def test_unfit_sentences_are_ranked_only_when_rank_is_all_that_counts() -> None:
    text = HARBOUR + " Do you take the ferry?"
    assert not any("Do you" in sentence.text for sentence in rank_by_words(reading(text), built_in()).sentences)
    assert any(
        "Do you" in sentence.text for sentence in rank_by_words(reading(text, untrimmed=True), built_in()).sentences
    )


def test_the_encoder_reads_the_best_sentences_only() -> None:
    sentences = [Sentence(Span(at, at + 1), f"Sentence {at}.", at) for at in range(40)]
    ranking = Ranking(sentences, [float(at) for at in range(40)])
    assert worth_embedding(ranking, 3) == list(range(28, 40))
    assert len(worth_embedding(ranking, 7)) == 28
    assert worth_embedding(ranking, 50) == list(range(40))


def test_what_the_encoder_did_not_read_ranks_below_what_it_read() -> None:
    sentences = [Sentence(Span(at, at + 1), f"Ferry number {at} sank.", at) for at in range(4)]
    ranking = Ranking(sentences, [5.0, 1.0, 4.0, 3.0])
    vectors = np.eye(2, dtype=np.float32)
    ranked = rank_by_meaning(ranking, [1, 3], vectors, built_in())
    assert ranked.best_first()[2:] == [0, 2]
    assert ranked.knows_meaning
    assert not ranked.similar(1, 3)
    assert not ranked.similar(0, 1)
    assert rank_by_meaning(ranking, [1, 3], vectors[[0, 0]], built_in()).similar(1, 3)
    assert rank_by_meaning(ranking, [], np.zeros((0, 2), dtype=np.float32), built_in()) is ranking
