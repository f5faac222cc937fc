import pytest

from summarizer.claims import tokens
from summarizer.deletions import deletions, kept_tokens
from summarizer.grounding import trim_objections


def _left_out(trimmed: str, sentence: str) -> list[str]:
    found = deletions(tokens(trimmed), tokens(sentence), "en")
    assert found is not None
    return [deletion.words for deletion in found]


@pytest.mark.parametrize(
    ("sentence", "trimmed", "left_out"),
    [
        ("On Monday, the ferry sank.", "The ferry sank.", ["On Monday"]),
        ("The mayor, the leader of the town, left.", "The mayor left.", ["the leader of the town"]),
        (
            "The mayor of the town left the hall of the town.",
            "The mayor left the hall.",
            ["of the town", "of the town"],
        ),
        ("A b a b a b c.", "A b c.", ["A b a b"]),
        ("The ferry sank.", "The ferry sank!", []),
    ],
)
def test_what_is_left_out_in_the_fewest_stretches(sentence: str, trimmed: str, left_out: list[str]) -> None:
    assert [words.lower() for words in _left_out(trimmed, sentence)] == [words.lower() for words in left_out]


@pytest.mark.parametrize("trimmed", ["The ferry rose.", "Sank the ferry.", "The ferry ferry sank."])
def test_other_words_and_another_order_are_no_deletion(trimmed: str) -> None:
    assert deletions(tokens(trimmed), tokens("The ferry sank."), "en") is None


def test_long_texts_are_aligned_all_the_same() -> None:
    sentence = tokens("the mayor and " * 2000 + "left")
    kept = kept_tokens(tokens("the mayor " * 1000 + "left"), sentence)
    assert kept is not None
    assert kept == sorted(set(kept))
    assert [sentence.lower[at] for at in kept[-3:]] == ["the", "mayor", "left"]


@pytest.mark.parametrize(
    ("trimmed", "gone"),
    [
        ("Karin Ahlberg opened the harbour of Norrby", "with Mayor Tomas Lindqvist"),
        ("The mayor opened the new pier", "before 400 guests"),
        ("City manager John Shaw left the town hall of Norrby", "in the wake of a report"),
        ("The choir performed the anthem", "during a storm"),
    ],
)
def test_company_and_circumstance_may_go_from_the_end(trimmed: str, gone: str) -> None:
    assert trim_objections(f"{trimmed}.", f"{trimmed} {gone}.") == ()


@pytest.mark.parametrize(
    ("trimmed", "gone"),
    [
        ("The council banned cars", "with old engines"),
        ("Karin Holm was charged", "with theft"),
        ("Nobody opened the harbour of Norrby", "with the mayor"),
        ("The mayor never opened the pier", "before 400 guests"),
        ("It was the largest fire in Norrby", "with deaths"),
        ("The company replaced the ferry", "with a bus"),
        ("The mayor approved the pier of Norrby", "with conditions that bind the port"),
        ("The council opened the pier", "with hardly any guests"),
    ],
)
def test_what_limits_or_completes_stays_at_the_end(trimmed: str, gone: str) -> None:
    assert trim_objections(f"{trimmed}.", f"{trimmed} {gone}.")


@pytest.mark.parametrize(
    ("trimmed", "sentence"),
    [
        (
            "The mayor and his wife were questioned on Monday.",
            "The mayor and his wife, who is not accused of any crime, were questioned on Monday.",
        ),
        (
            "Senator Bell said the port should close.",
            "Senator Bell, speaking only for herself, said the port should close.",
        ),
        ("The trial opens.", "The trial opens in June."),
        (
            "The dam, unless it is drained by Friday could burst.",
            "The dam, unless it is drained by Friday, which the army cannot do, could burst.",
        ),
        (
            "Engineers said that was seen by a newspaper.",
            "Engineers said on Monday in a letter to the governor that was seen by a newspaper.",
        ),
    ],
)
def test_what_speaks_for_somebody_and_what_is_planned_keep_their_words(trimmed: str, sentence: str) -> None:
    assert trim_objections(trimmed, sentence)


def test_an_aside_behind_a_leading_phrase_may_go() -> None:
    sentence = "In Norrby, Anna Holm, the captain of the ferry, won the race by 12 lengths."
    assert trim_objections("In Norrby, Anna Holm won the race by 12 lengths.", sentence) == ()
    dated = "Engineers said on Monday that the pier would close."
    assert trim_objections("Engineers said that the pier would close.", dated) == ()
