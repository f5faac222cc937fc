import pytest

from summarizer.claims import tokens
from summarizer.deletions import deletions, kept_tokens


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
