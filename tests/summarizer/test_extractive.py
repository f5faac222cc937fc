import json
import re
import time

import pytest

from summarizer import Brief, Method, Request, Summarizer, TextRefused, brief_without_model
from summarizer.words import content_words, jaccard, words


def check_contract(brief: Brief, text: str, *, untrimmed: bool = False) -> None:
    """Every point is made of the words of its evidence in their order, and points come in reading order."""
    assert brief.headline
    assert brief.points
    starts = []
    for point in brief.points:
        (span,) = point.evidence
        evidence = text[span.start : span.end]
        assert evidence == evidence.strip()
        assert is_subsequence(words(point.text.lower()), words(evidence.lower()))
        assert not untrimmed or point.text == " ".join(evidence.split())
        starts.append(span.start)
    assert starts == sorted(set(starts))


def is_subsequence(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(word in rest for word in few)


@pytest.mark.parametrize("points", range(1, 8))
def test_as_many_points_as_asked_for(summarizer: Summarizer, harbour: str, points: int) -> None:
    brief = summarizer.summarize(Request(harbour, points=points))
    check_contract(brief, harbour)
    assert len(brief.points) == points


def test_header_and_dateline_are_read_and_left_out(summarizer: Summarizer, harbour: str) -> None:
    brief = summarizer.summarize(Request(harbour))
    assert json.loads(json.dumps(brief.to_json()))["dateline"] == {
        "place": "Norrby",
        "date": "2024-03-11",
        "agency": "Coastwire",
    }
    assert "Swedish Transport Minister Karin Ahlberg opened" in brief.points[0].text
    assert "Coastwire" not in brief.points[0].text
    assert brief.headline.startswith("Karin Ahlberg opened the rebuilt ferry harbour")
    assert (brief.language, brief.method, brief.model) == ("en", Method.EXTRACTIVE, "all-MiniLM-L6-v2")


def test_questions_boilerplate_and_first_person_are_no_points(summarizer: Summarizer, harbour: str) -> None:
    brief = summarizer.summarize(Request(harbour, points=50))
    told = " ".join(point.text for point in brief.points)
    for unfit in ("Do you take", "Read more", "contributed"):
        assert unfit not in told


def test_no_point_repeats_the_title(summarizer: Summarizer, harbour: str) -> None:
    title = "Opposition leader Eva Strand said the council had hidden the higher costs until after the election"
    brief = summarizer.summarize(Request(harbour, title=title + " | Coastwire", points=50))
    assert brief.headline == title
    for point in brief.points:
        assert jaccard(set(content_words(point.text)), set(content_words(title))) < 0.6


def test_batches_keep_order_and_refusals(summarizer: Summarizer, harbour: str) -> None:
    outcomes = summarizer.summarize_batch([Request(harbour), Request(" "), Request("The ferry sank on Friday night.")])
    assert outcomes[0] == summarizer.summarize(Request(harbour))
    assert isinstance(outcomes[1], TextRefused)
    assert isinstance(outcomes[2], Brief)
    assert [point.text for point in outcomes[2].points] == ["The ferry sank on Friday night."]
    assert summarizer.summarize_batch([]) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("123 456. 789!", "no letters"),
        ("hi", "too short"),
        ("Why?", "too short"),
        ("https://news.example/article", "only a link"),
        ("The PNG\x00\x01\x02\ufffd\ufffd\ufffd of a ship\x7f.", "binary file"),
        ("a" * 2_000_001, "2,000,001 characters"),
        ("NORRBY, July 28 (Coastwire) -- 12", "dateline"),
    ],
)
def test_what_cannot_be_condensed_is_refused_with_its_reason(summarizer: Summarizer, text: str, reason: str) -> None:
    with pytest.raises(TextRefused, match=reason):
        summarizer.summarize(Request(text))


@pytest.mark.parametrize(
    "text",
    [
        "no end at all just words",
        "Why did nobody hear the horn?",
        "\ud800 The ferry \udfff sank on Friday.",
        "The ferry\x00 sank on Friday. Nobody was hurt.",
        "\ufeffThe ferry sank on Friday. Nobody was hurt.",
        "\U0001f600" * 50 + "the ferry sank today",
        "渡轮星期五沉没。没有人受伤。船长说天气很糟糕。",
        "سقطت العبارة يوم الجمعة. لم يصب أحد بأذى.",
        "e\u0301tait " * 20,
    ],
)
def test_any_text_with_letters_gives_a_brief(summarizer: Summarizer, text: str) -> None:
    for brief in (summarizer.summarize(Request(text)), brief_without_model(Request(text))):
        assert brief.points
        json.dumps(brief.to_json(), ensure_ascii=False).encode()


def test_offsets_count_the_characters_that_were_given(summarizer: Summarizer) -> None:
    text = "\ufeff\ud83d\ude00 intro\r\n\r\nThe ferry from Sando sank on Friday.\r\nNobody was hurt in the accident."
    brief = summarizer.summarize(Request(text, points=2))
    check_contract(brief, text)


def test_very_long_texts_take_bounded_time(summarizer: Summarizer) -> None:
    sentence = "Ferry {0} of line {1} left pier {2} at noon with {3} passengers and the mail for the islands. "
    text = "".join(sentence.format(n, n % 97, n % 31, n * 7 % 1013) for n in range(20_000))[:2_000_000]
    started = time.perf_counter()
    check_contract(summarizer.summarize(Request(text)), text)
    assert time.perf_counter() - started < 20  # about two on a free machine


def test_without_the_model_the_brief_is_honest_about_it(harbour: str) -> None:
    brief = brief_without_model(Request(harbour, points=3))
    check_contract(brief, harbour)
    assert brief.model == "none"
    assert brief.method == Method.EXTRACTIVE
    assert len(brief.points) == 3


def test_untrimmed_ranks_only(summarizer: Summarizer) -> None:
    text = "The ferry to Sando sank on Friday. It had been repaired in May. The captain of another ship saved everyone."
    plain = summarizer.summarize(Request(text, points=1, title="Sando", untrimmed=True))
    assert re.fullmatch(r"The ferry to Sando sank on Friday\.", plain.points[0].text)
