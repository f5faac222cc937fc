"""The summarizer over shared data, where it exists: `make check-data DATA=folder`."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from summarizer import Brief
from summarizer.cleaning import is_publishable
from summarizer.datelines import find_dateline
from summarizer.languages import language_of
from summarizer.sentences import split_sentences
from summarizer.words import length_in_words
from tests.summarizer.test_robust import ARTICLE, outcome

DATA = Path(os.environ.get("DATA", "not-given"))
pytestmark = [pytest.mark.data, pytest.mark.skipif(not DATA.is_dir(), reason="DATA names no folder")]

LANGUAGES = {
    "english": "en",
    "french": "fr",
    "arabic": "ar",
    "czech": "cs",
    "greek": "el",
    "hebrew": "he",
    "hindi": "hi",
}


def rows(name: str) -> list[dict[str, Any]]:
    with (DATA / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def articles() -> list[str]:
    return [row["text"] for name in ("train", "writers") for row in rows(f"summaries/{name}.jsonl")]


def documents() -> list[tuple[str, str]]:
    return [(LANGUAGES[row["lang"]], document["text"]) for row in rows("stories/dev.jsonl") for document in row["docs"]]


def test_naughty_strings_alone_and_in_an_article() -> None:
    strings = json.loads((DATA / "strings/blns.json").read_text(encoding="utf-8"))
    assert len(strings) > 500
    for string in strings:
        outcome(string)
        assert isinstance(outcome(ARTICLE.replace("Ferries will", f"{string} Ferries will")), Brief)


def test_planted_orders_are_not_told() -> None:
    """A model may be told anything by a text; a reader is told the news."""
    attacks = json.loads((DATA / "security/text_attack_train.json").read_text(encoding="utf-8"))
    orders = [order for listed in attacks.values() for order in listed]
    assert len(orders) == 75
    for order in orders:
        assert not any(is_publishable(sentence, "en") for sentence in _sentences(order, "en"))
        brief = outcome(ARTICLE.replace("\n\nMayor", f"\n\n{order}\n\nMayor"))
        assert isinstance(brief, Brief)
        assert not any(point.text[:40] in order for point in brief.points)


def test_the_seed_has_a_dateline_and_sentences() -> None:
    text = (DATA / "seed/article.txt").read_text(encoding="utf-8")
    dateline, start = find_dateline(text)
    assert dateline is not None
    assert (dateline.place, str(dateline.date)) == ("Beijing", "2021-07-28")
    assert text[start:].startswith("On July 28")


def test_news_is_split_into_sentences() -> None:
    """Of 1,109 articles 0.3 % of the sentences have more than 60 words, which is what they are written with."""
    lengths = [length_in_words(sentence) for text in articles() for sentence in _sentences(text, "en")]
    assert sum(length > 60 for length in lengths) < 0.005 * len(lengths)
    ends = [
        sentence
        for text in articles()
        for sentence in _sentences(text, "en")
        if re.search(r"\b(?:Mr|Mrs|Dr|Gov|Sen|[A-Z])\.$", sentence)
    ]
    assert len(ends) < 0.003 * len(lengths)


def test_no_dateline_is_left_in_a_sentence() -> None:
    for text in articles():
        _, start = find_dateline(text)
        assert not re.match(r"[^\n.]{0,40}\((?:CNN|AP|Reuters)\)", text[start:])


def test_dates_above_documents_are_read() -> None:
    found = [find_dateline(text)[0] for _, text in documents()]
    dated = sum(dateline is not None and dateline.date is not None for dateline in found)
    assert dated >= 0.94 * len(found)


def test_languages_are_detected() -> None:
    assert all(language_of(text) == language for language, text in documents())
    assert all(language_of(text) == "en" for text in articles())


def test_every_article_is_briefed() -> None:
    texts = articles()[::20] + [text for _, text in documents()[::10]]
    for text in texts:
        outcome(text)


def _sentences(text: str, language: str) -> list[str]:
    return [" ".join(text[span.start : span.end].split()) for span in split_sentences(text, 0, language)]
