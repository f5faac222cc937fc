"""Figures of several reports: what differs is shown with its words, what only looks different is not."""

import pytest

from summarizer import Request
from summarizer.figures import Difference, differences
from summarizer.readings import read


def found(*texts: str, language: str = "en") -> list[tuple[str, list[tuple[int, str]]]]:
    reports = [read(Request(text, language=language)).body for text in texts]
    return [
        (difference.thing, [(claim.document, claim.words) for claim in difference.claims])
        for difference in differences(reports)
    ]


def test_a_toll_differs_however_it_is_worded() -> None:
    quake = "A strong earthquake struck the Tarvin valley on Monday, killing at least 12 people, the ministry said."
    toll = "Rescuers dug through ruins in Tarvin on Monday. Officials put the death toll at 15."
    late = "Nineteen people are dead after the Tarvin earthquake and forty are missing."
    assert found(quake, toll) == [("dead", [(0, "at least 12"), (1, "15")])]
    assert found(quake, toll, late) == [("dead", [(0, "at least 12"), (1, "15"), (2, "Nineteen")])]


@pytest.mark.parametrize(
    ("one", "other", "language", "thing"),
    [
        ("Bei dem Brand in Kamen starben drei Menschen.", "Vier Menschen kamen ums Leben: vier Tote.", "de", "dead"),
        ("Le séisme à Mesra a fait 12 morts.", "À Mesra, le bilan est de 14 morts.", "fr", "dead"),
        ("В Месре погибли 12 человек.", "В Месре 14 погибших.", "ru", "dead"),
        ("قتل 12 شخصا في الزلزال في مسرة.", "الزلزال في مسرة أوقع 14 قتيلا.", "ar", "dead"),
    ],
)
def test_other_languages_count_their_dead_too(one: str, other: str, language: str, thing: str) -> None:
    assert [difference[0] for difference in found(one, other, language=language)] == [thing]


def test_any_counted_word_in_sentences_that_say_the_same() -> None:
    one = "Hartwell will shut its shipyard in Corran at the end of the year and cut 640 jobs."
    other = "At the end of the year Hartwell closes the shipyard in Corran; 800 jobs are lost."
    assert found(one, other) == [("jobs", [(0, "640"), (1, "800")])]
    assert found(one, "A new shipyard in Norrby will create 800 jobs, its owner said.") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("At least 12 people died in Mesra.", "Twelve people were killed in the quake in Mesra."),
        ("About 1,000 people were injured in Mesra.", "The quake in Mesra injured 1,040 people."),
        ("A gunman killed three people and wounded seven.", "Three shoppers were shot dead and seven hurt."),
        ("The quake in Mesra killed 12 people.", "The storm in Corva killed 14 people."),
        ("The flood killed 12 people in Mesra.", "In 2012 a flood drowned the market of Mesra."),
        ("Two people died in Mesra.", "The war has killed 90,000 people."),
        ("The man was 34 years old and died.", "The dead man was 36 years old."),
        (
            "Divers found cracks in two of the six piers of Norrby.",
            "Cracks in two piers of Norrby were found by divers.",
        ),
        ("Zwei der sechs Pfeiler in Kamen sind gerissen.", "In Kamen sind zwei Pfeiler gerissen."),
        ("The index rose 1.2 percent on Monday.", "The index rose 1.4 percent on Monday."),
        ("The trial began at 9:30 in room 12.", "The trial began at 9:45 in room 14."),
        ("Vinokourov won the 13th stage of the tour.", "Vinokourov won the 15th stage of the tour."),
    ],
)
def test_what_only_looks_different_is_no_difference(one: str, other: str) -> None:
    assert found(one, other) == []


def test_a_report_that_has_both_numbers_contradicts_nobody() -> None:
    both = "The toll rose from 12 dead on Sunday to 15 dead on Monday in Mesra."
    assert found("The quake in Mesra killed 12 people.", both) == []


def test_a_part_of_a_total_is_what_is_compared() -> None:
    one = "Rescuers brought out 12 of the 40 miners trapped in Mesra on Monday."
    other = "On Monday 15 miners trapped in Mesra were brought out by rescuers."
    assert found(one, other) == [("miners", [(0, "12"), (1, "15")])]


def test_the_evidence_is_the_sentence() -> None:
    texts = ["Rain fell. The quake in Mesra killed 12 people.", "The quake killed 15 people in Mesra. Rain fell."]
    (difference,) = differences([read(Request(text)).body for text in texts])
    quoted = [texts[claim.document][claim.evidence.start : claim.evidence.end] for claim in difference.claims]
    assert quoted == ["The quake in Mesra killed 12 people.", "The quake killed 15 people in Mesra."]
    assert Difference.from_json(difference.to_json()) == difference


@pytest.mark.timeout(60)
@pytest.mark.parametrize("filler", ["12 ", "1,234", "at least ", "12,", "1.1.1.", "toll 12 dead ", "١٢ قتيلا "])
def test_hostile_text_takes_no_time(filler: str) -> None:
    text = (filler * 100_000)[:100_000] + " end."
    reports = [read(Request(f"{letter} report says so {text}")).body for letter in "AB"]
    assert differences(reports) == ()
