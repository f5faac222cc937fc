"""Which texts are one text."""

import random

import pytest

from bot.services.copies import Groups, Outline, pairs_of_copies

TEXT = (
    "The harbour of Varnes opened again on Friday after two years of work and 14 delays. Cranes lifted the last gate"
    " into its place in the morning. The mayor thanked the crews, and fishing boats blew their horns along the quay."
    " A storm had broken the old gate in 2024. Ferries to the islands start on Monday with 3 ships."
)
SENTENCES = TEXT.replace(". ", ".\n").split("\n")
RETOLD = (
    "Ships may use the port at Varnes again. Two years after a storm broke its gate, the last part of the new one was"
    " put in on Friday. People on the quay cheered when trawlers sounded their sirens."
)
MARKET = "The Varna index rose {} percent to close at {} points on {}, lifted by banks and energy shares. Traders {}."


def copies(one: str, other: str) -> bool:
    assert Outline.of(one).is_copy_of(Outline.of(other)) == Outline.of(other).is_copy_of(Outline.of(one))
    return Outline.of(one).is_copy_of(Outline.of(other))


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.upper(),
        " ".join(SENTENCES[:3]),  # shortened
        f"{TEXT} Read more on the history of the gate and on what comes next in the town.",
        " ".join(random.Random(3).sample(SENTENCES, 5)),  # in another order
        TEXT.replace("The mayor thanked the crews, and fishing", "Fishing"),
        TEXT.replace("14 delays", "15 delays"),
    ],
)
def test_an_edited_text_is_a_copy(other):
    assert copies(TEXT, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, RETOLD),
        (TEXT, ""),
        ("", ""),
        ("Live updates", "Live updates"[:4]),
        (
            MARKET.format("1.2", "8,412", "Tuesday", "pointed to falling bond yields and a weaker crown"),
            MARKET.format("0.8", "8,345", "Wednesday", "pointed to falling bond yields and a weaker crown"),
        ),
        ("The harbour opened on Friday after work. The mayor praised the harbour crews.",
         "The bridge opened on Friday after work. The mayor praised the bridge crews."),
    ],
)  # fmt: skip
def test_what_is_told_in_other_words_or_of_something_else_is_none(one, other):
    assert not copies(one, other)


def test_pairs_are_found_among_many_in_any_script():
    chinese = "港口在两年的工程之后于星期五重新开放。市长感谢了施工队。渔船沿着码头鸣笛庆祝。"
    texts = [TEXT, RETOLD, chinese, *(f"Word{n} number{n} thing{n} place{n} name{n} time{n}." for n in range(200))]
    texts += [f"{chinese}下周开始通航。", " ".join(SENTENCES[1:])]
    assert pairs_of_copies([Outline.of(text) for text in texts]) == [(2, 203), (0, 204)]


def test_groups_are_put_together_step_by_step():
    groups = Groups(5)
    for one, other in ((3, 1), (4, 3), (1, 4)):
        groups.join(one, other)
    assert groups.lists() == [[0], [1, 3, 4], [2]]
