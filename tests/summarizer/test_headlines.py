import re

import pytest

from summarizer.headlines import LONGEST_HEADLINE, headline_of, whole_headlines


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        (
            "On Monday, Swedish Prime Minister Karin Ahlberg held talks with Danish Foreign Minister Lars Holm about"
            " the ferries.",
            "Karin Ahlberg held talks with Danish Foreign Minister Lars Holm about the ferries",
        ),
        ("In March 2024, the harbour of Norrby was opened.", "The harbour of Norrby was opened"),
        (
            "A fire in a warehouse near the old lighthouse on Sunday destroyed four fishing boats and a crane that had"
            " just been repaired, police said.",
            "A fire in a warehouse near the old lighthouse destroyed four fishing boats, police said",
        ),
        (
            "Anna Holm, the last captain of the old ferry, won the election by 12 votes.",
            "Anna Holm won the election by 12 votes",
        ),
        (
            "While the council was still meeting behind closed doors, the mayor of Norrby signed the contract for the"
            " ferries.",
            "The mayor of Norrby signed the contract for the ferries",
        ),
        ("Der Hafen von Norrby wurde am Freitag eröffnet.", "Der Hafen von Norrby wurde am Freitag eröffnet"),
    ],
)
def test_headlines_leave_out_and_add_nothing(sentence: str, headline: str) -> None:
    assert headline_of([sentence], "de" if sentence.startswith("Der") else "en") == headline


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "sentence",
    [
        "Harbours " * 40,
        "x" * 300,
        "The ferry that had carried the mail between the islands of Sando and Norrby for more than ninety years in all"
        " weathers sank in the harbour before anyone on the pier could understand what was happening to it.",
        "港口" * 80,
    ],
)
def test_headlines_are_short_and_in_the_order_of_the_source(sentence: str, language: str) -> None:
    headline = headline_of([sentence], language)
    assert 0 < len(headline) <= LONGEST_HEADLINE
    remaining = iter(re.findall(r"\w+", sentence))
    if " " in sentence:
        assert all(word in remaining for word in re.findall(r"\w+", headline))


def test_a_sentence_that_stands_alone_is_preferred() -> None:
    assert headline_of(["He opened it.", "The mayor opened the harbour."], "en") == "The mayor opened the harbour"
    assert headline_of(["He opened it."], "en") == "He opened it"


def test_a_condition_is_not_cut_off_where_another_sentence_is_whole() -> None:
    conditional = (
        "The shipping company from Norrby will close its route to the island of Sando before the end of summer unless"
        " the council pays."
    )
    assert headline_of([conditional, "The council meets in June."], "en") == "The council meets in June"


@pytest.mark.parametrize(
    ("sentence", "headlines"),
    [
        (
            "The council voted against the bridge, and the mayor resigned hours later.",
            ["The council voted against the bridge"],
        ),
        (
            "A ferry hit the pier at 7 p.m. on Monday, the owner said.",
            ["A ferry hit the pier at 7 p.m., the owner said"],
        ),
        ("It was nine.", []),
        ("If the council agrees.", []),
    ],
)
def test_whole_headlines_are_one_clause(sentence: str, headlines: list[str]) -> None:
    assert whole_headlines(sentence, "en")[: len(headlines) or None] == headlines


@pytest.mark.parametrize(
    ("sentence", "turns"),
    [
        (
            "The minister may resign after the vote in Norrby next week if the council of the islands rejects the"
            " budget that she has put before it.",
            r"\bif\b",
        ),
        (
            "The head of the ministry's legal office in Norrby denied on Tuesday evening that the army had defeated the"
            " villagers in the war of 1921.",
            r"\bdenied\b",
        ),
        (
            "No one was hurt when the old ferry from Sando to Norrby hit the new pier of the harbour in thick fog on"
            " Sunday morning.",
            r"^No one\b",
        ),
        (
            "Shoigu is facing growing accusations that the army of Norrby was defeated by villagers with spades and"
            " forks in May.",
            r"^Shoigu is facing growing accusations that\b",
        ),
    ],
)
def test_what_turns_a_headline_around_is_never_lost(sentence: str, turns: str) -> None:
    headlines = [headline_of([sentence], "en"), *whole_headlines(sentence, "en")]
    assert all(re.search(turns, headline) for headline in headlines)
