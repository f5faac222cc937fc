import time

import pytest

from summarizer.sentences import LONGEST_SENTENCE, split_sentences


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Berg met J. Holm in the U.S. Senate.", "They spoke for 3.5 hours."],
        ["The train left at 5 p.m. Monday.", "It came at 6 p.m.", "The doors stayed shut."],
        ['"We go," she said.', '"Now!"', "He stayed."],
        ['"Really?" he asked.', "Nobody answered."],
        ["No. 5 won.", "He said no.", "She left."],
        ["Wait ... what is that?", "It rained…", "Then it stopped."],
        ["He worked for Holm Inc. Norrby until May.", "He left Holm Inc.", "It closed."],
        ["Am 3. Oktober kam Dr. Maier.", "Der Zug fuhr ab."],
        ["Le maire a parlé.", "« Bravo ! »", "La salle a ri."],
        ["قال الوزير نعم.", "هل جاء؟", "لا أحد يعرف."],
        ["यह पहला वाक्य है।", "यह दूसरा है।"],
    ],
)
def test_terminators_end_sentences_where_sentences_end(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [["他说：“我很好。”", "然后走了。", "今天下雨！"], ["「行く。」と言った。", "雨が降った。"]],
)
def test_full_width_terminators_need_no_space(sentences: list[str]) -> None:
    assert split("".join(sentences)) == sentences


def test_blank_lines_headings_and_list_items_end_sentences() -> None:
    text = "The harbour opens\n\nIt opened on Friday\n\n- more ferries\n- fewer lorries"
    assert split(text) == ["The harbour opens", "It opened on Friday", "more ferries", "fewer lorries"]


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


@pytest.mark.parametrize("unit", [".", ". ", "a", "\n", "a\n", '."', "! ", "Mr. ", "A. ", "\u3002", "(", '"'])
def test_time_is_linear_whatever_the_text(unit: str) -> None:
    started = time.perf_counter()
    split_sentences(unit * (400_000 // len(unit)))
    assert time.perf_counter() - started < 8  # about one on a free machine; quadratic would be minutes
