"""A sentence inside a quotation is its speaker's, also where it shows no mark of its own."""

import pytest

from summarizer import Brief, Request
from summarizer.quotations import is_within, quotations
from summarizer.readings import read
from summarizer.sentences import split_sentences
from tests.summarizer.test_robust import outcome

LONG = """\
The harbour of Norrby is open. «The harbour was closed for nine years. The town waited,» Mayor Holm said. «We lost
the ferries.

«The walls have been repaired by nine hundred workers. They will hold for a century.

«The ferries will come back on Friday. Everybody in Norrby is glad.»

The council meets on Friday. Jonas Ek called it «a day of joy». He left."""

MARKS = [('"', '"'), ("“", "”"), ("„", "“"), ("»", "«"), ("«", "»"), ("”", "”")]


def marked(text: str, opening: str, closing: str) -> str:
    return text.replace("«", "\x00").replace("»", "\x01").replace("\x00", opening).replace("\x01", closing)


def within(text: str) -> list[str]:
    quoted = quotations(text)
    return [" ".join(text[s.start : s.end].split()) for s in split_sentences(text) if is_within(s, quoted)]


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_paragraphs_that_each_open_are_one_quotation(opening: str, closing: str) -> None:
    text = marked(LONG, opening, closing)
    assert within(text) == [
        f"{opening}The harbour was closed for nine years.",
        f"{opening}We lost the ferries.",
        f"{opening}The walls have been repaired by nine hundred workers.",
        "They will hold for a century.",
        f"{opening}The ferries will come back on Friday.",
        f"Everybody in Norrby is glad.{closing}",
    ]


@pytest.mark.parametrize(("opening", "closing"), MARKS)
def test_no_sentence_of_a_quotation_is_told_as_the_reporters(opening: str, closing: str) -> None:
    text = marked(LONG, opening, closing)
    assert [sentence.text for sentence in read(Request(text, language="en")).sentences] == [
        "The harbour of Norrby is open.",
        "The council meets on Friday.",
        f"Jonas Ek called it {opening}a day of joy{closing}.",
    ]
    brief = outcome(text)
    assert isinstance(brief, Brief)
    told = " ".join(point.text for point in brief.points)
    assert "century" not in told
    assert "nine hundred workers" not in told


def test_in_chinese_and_japanese_too() -> None:
    assert within("市长说：“港口开放了。渡轮会回来。大家都高兴。”会议结束了。") == ["渡轮会回来。", "大家都高兴。”"]
    assert within("市長は述べた。「港が開いた。船が戻る。皆喜ぶ。」会議は終わった。") == [
        "「港が開いた。",
        "船が戻る。",
        "皆喜ぶ。」",
    ]


def test_what_stands_between_two_quotations_is_the_reporters() -> None:
    text = '"It is open," she said. The ferries come on Friday. "It was hard," she said. It rained.'
    assert within(text) == []


def test_a_slip_quotes_nothing_beyond_its_paragraph() -> None:
    text = 'She said: "It is open. The ferries come.\n\nThe council meets on Friday. It rained.'
    assert within(text) == []
    text = 'The wall is 9" high. The harbour is open. It has a 3" pipe. The ferries come.'
    assert within(text) == []


def test_a_slip_in_a_long_paragraph_quotes_not_all_of_it() -> None:
    slip = 'She said: "It is open. ' + "The ferries come. " * 500 + 'It has a 3" pipe. It rained.'
    assert within(slip) == []


def test_a_quotation_that_nobody_closed_ends_with_its_last_paragraph_that_opens() -> None:
    text = '"It is open. The ferries come.\n\n"The walls are new. They hold.\n\nThe council meets. It rained.'
    assert within(text) == ['"It is open.', "The ferries come.", '"The walls are new.', "They hold."]


def test_a_text_wholly_in_quotation_marks_is_briefed_all_the_same() -> None:
    sentences = (
        "Norrby opened its harbour on Friday. The walls were repaired by nine hundred workers. Ferries will call."
    )
    brief = outcome(f'"{sentences}"')
    assert isinstance(brief, Brief)
    assert brief.points


@pytest.mark.parametrize("piece", ['"', "“", '" "', "«»", '"\n\n"', "\n\n", '"a. ', "„", "「"])
def test_hostile_texts_take_no_time(piece: str) -> None:
    text = piece * (300_000 // len(piece))
    assert len(quotations(text)) <= len(text)
