"""Whatever is sent, there is a brief or one clear reason: no crash, no endless run, no address that was not there."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer import Brief, Request, TextRefused, brief_without_model
from summarizer.readings import LONGEST_TEXT

ARTICLE = """Harbour reopens after nine years

NORRBY, July 28 (Coastwire) -- The harbour of Norrby was opened again on Friday after nine years of repairs that cost 40
million crowns, the town said.

Mayor Tomas Lindqvist cut a ribbon before four hundred guests from the island of Sando. Ferries will run four times a
day, according to the port authority. "The walls were cracked," said engineer Anna Holm, who led the work since 2012.

The Coastal Union said that fishermen had lost a third of their income. The government denied that it had promised to
pay for the loss. A court in Sando will hear the case in October.
"""
_ADDRESS = re.compile(r"https?://|www\.|\b[\w.]+@[\w.]*\w|\b\w+\.(?:com|net|org|example)\b")


def outcome(text: str, **options: object) -> Brief | str:
    """The brief, checked against its text, or the reason why there is none."""
    try:
        brief = brief_without_model(Request(text, **options))  # type: ignore[arg-type]
    except TextRefused as refusal:
        return str(refusal)
    assert brief.points
    assert brief.headline
    for point in brief.points:
        ((span,),) = [point.evidence]
        evidence = text[span.start : span.end]
        assert evidence.strip() == evidence != ""
        assert set(_ADDRESS.findall(point.text)) <= set(_ADDRESS.findall(evidence))
        point.text.encode()
    brief.headline.encode()
    return brief


SENTENCE = "The harbour of Norrby was opened on Friday by the minister and the mayor of the town."
ODDITIES = {
    "one sentence": SENTENCE,
    "no punctuation": "the harbour was opened on friday by the mayor " * 80,
    "all capitals": ARTICLE.upper(),
    "all small": ARTICLE.lower(),
    "one sentence of 5,000 words": "The mayor said that " + "the harbour and the ferries, " * 1000 + "were open.",
    "one word": "harbour" * 20_000,
    "one line of letters": "x " * 50_000,
    "code": "def main():\n    for ferry in harbour.ferries():\n        print(ferry.name, end='; ')\n" * 40,
    "JSON": '{"harbour": {"name": "Norrby", "open": true, "ferries": [1, 2, 3]}}\n' * 40,
    "a table": "| Ferry | Time | Price |\n|---|---|---|\n" + "| Norrby | 9.15 | 40 |\n" * 40,
    "tabs": "Ferry\tTime\tPrice\n" + "Norrby\t9.15\t40\n" * 60,
    "Markdown": f"# Harbour\n\n**{SENTENCE}** See [the plan](https://norrby.example/plan).\n\n- one\n\n> {SENTENCE}",
    "HTML": f"<div><p>{SENTENCE}</p>&nbsp;<a href='https://norrby.example'>more</a></div>",
    "zero-width": SENTENCE.replace("o", "o\u200b") + " " + SENTENCE.replace("a", "a\u200d"),
    "bidi controls": f"\u202e{SENTENCE}\u202c \u2067{SENTENCE}\u2069",
    "combining marks": "".join(letter + "\u0301\u0323" for letter in SENTENCE),
    "too many combining marks": "h" + "\u0301" * 5000 + "arbour was opened by the mayor.",
    "emoji": "🚢 The harbour was opened on Friday by the mayor 👩‍👩‍👧‍👦. 🎉🎉🎉 Ferries run again from Monday.",
    "emoji only": "🚢🎉👩‍👩‍👧‍👦" * 100,
    "lone surrogates": f"\ud800{SENTENCE}\udfff",
    "null characters": SENTENCE + "\x00 \x00" + SENTENCE,
    "carriage returns": ARTICLE.replace("\n", "\r"),
    "line separators": ARTICLE.replace("\n", "\u2028"),
    "digits only": "123 456 789 " * 100,
    "marks only": "?!?! ... --- ;;; " * 100,
    "white space only": " \n\t\u3000" * 100,
    "nothing": "",
    "questions only": "Why was the harbour closed? Who will pay for it now? When will it open again?",
    "first person only": "We saw the harbour on Friday. I was there with my brother. We took a ferry to Sando.",
    "one quotation": '"The harbour was closed. Nobody knew why. Then it was opened by the mayor on Friday."',
    "an open quotation": '"The harbour was closed. Nobody knew why. Then it was opened by the mayor on Friday.',
    "an interview": "Q: Why was it closed?\nA: The walls of the port were cracked.\nQ: And now?\nA: It is open again.\n"
    * 5,
    "a live blog": "14:32 The first boat has left the harbour.\n14:45 The second boat has left.\n15:02 It rains.\n" * 5,
    "a list": "- four new cranes\n- two new quays\n- one bridge\n" * 10,
    "repetition": (SENTENCE + "\n") * 300,
    "a list of names": "Anna Holm, Jonas Ek, Tomas Lindqvist, Maria Dahl, Erik Moe, Sara Lind, Karl Berg, " * 30,
    "addresses": "See https://norrby.example/a and www.norrby.example or write to mayor@norrby.example today. " * 10,
    "Chinese without spaces": "港口星期五在九年后重新开放市长和部长出席了仪式" * 200,
    "Thai": "ท่าเรือเปิดเมื่อวันศุกร์หลังจากปิดซ่อมเก้าปี นายกเทศมนตรีกล่าวว่าเรือจะวิ่งวันละสี่เที่ยว " * 20,
    "many languages": "Der Hafen ist offen. Le port est ouvert. Порт открыт. 港口开放了。 الميناء مفتوح. बंदरगाह खुला है।",
}


@pytest.mark.parametrize("name", ODDITIES)
@pytest.mark.parametrize("untrimmed", [False, True])
def test_odd_texts_give_a_brief_or_a_reason(name: str, untrimmed: bool) -> None:
    outcome(ODDITIES[name], untrimmed=untrimmed)


@pytest.mark.parametrize("name", ODDITIES)
def test_odd_texts_inside_an_article_do_not_silence_it(name: str) -> None:
    head, body = ARTICLE.split("\n\nMayor")
    brief = outcome(f"{head}\n\n{ODDITIES[name]}\n\nMayor{body}")
    assert isinstance(brief, Brief)


@pytest.mark.parametrize(
    "name", ["one sentence", "no punctuation", "all capitals", "emoji", "bidi controls", "an interview"]
)
def test_what_has_sentences_is_briefed(name: str) -> None:
    assert isinstance(outcome(ODDITIES[name]), Brief)


@pytest.mark.parametrize("name", ["digits only", "marks only", "white space only", "nothing", "emoji only"])
def test_what_has_no_words_is_refused(name: str) -> None:
    assert str(outcome(ODDITIES[name])).endswith(".")


def test_speakers_and_times_are_not_told() -> None:
    for name in ("an interview", "a live blog"):
        brief = outcome(ODDITIES[name])
        assert isinstance(brief, Brief)
        assert not any(re.match(r"[QA]:|\d", point.text) for point in brief.points)


UNITS = [
    SENTENCE + " ",
    "a",
    "a ",
    "A. ",
    ". ",
    '"',
    '" ',
    "'a ",
    "(",
    "( a ",
    "<",
    "<a ",
    "http://",
    "a@",
    "1 ",
    "1. ",
    "1,",
    "\n",
    "a\n",
    "- a\n",
    "A: ",
    "-- ",
    "A, ",
    "it is not ",
    "港",
    "港。",
    "„a",
    "é",
    "\u0301",
    "e\u0301 ",
    "{",
    "|",
    "We ",
    "who said, ",
    "；",
    "said that he ",
    "July 28, ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_long_texts_end(unit: str) -> None:
    outcome(unit * (100_000 // len(unit)))


@pytest.mark.parametrize("unit", UNITS)
def test_one_long_sentence_ends(unit: str) -> None:
    outcome(f"The mayor of Norrby said {unit * (20_000 // len(unit))} in the harbour on Friday. {SENTENCE}")


@pytest.mark.parametrize("text", [ARTICLE, "harbour "])
def test_two_million_characters_are_read(text: str) -> None:
    outcome((text * (LONGEST_TEXT // len(text) + 1))[:LONGEST_TEXT])


def test_more_are_refused() -> None:
    assert "2,000,001" in str(outcome("a" * (LONGEST_TEXT + 1)))


@given(st.text(min_size=1, max_size=400))
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_brief_or_a_reason(text: str) -> None:
    outcome(text)


@given(
    st.lists(
        st.sampled_from([*"\"'“”«»„()[]{}<>|.,;:!?-–—\n\t 1aA港あ한שعक\u200b\u202e\u0301\ud800", "Mr. ", "said "]),
        max_size=120,
    )
)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_marks_in_an_article_leave_it_a_brief(marks: list[str]) -> None:
    outcome(ARTICLE.replace(" Ferries", "".join(marks) + " Ferries"))
