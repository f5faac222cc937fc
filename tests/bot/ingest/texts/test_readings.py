"""What a text says of itself, read once as it comes in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.ingest.files.plaintext import plain_document
from bot.ingest.parsers import Facts
from bot.ingest.texts.readings import MAX_TEXT, reading
from summarizer.datelines import find_dateline

SENT = datetime(2021, 7, 28, 14, tzinfo=UTC)
STORY = (
    "The harbour of Norrby reopened on Tuesday, nine years after the storm, the mayor said.\n\n"
    "Ferries will call there from Friday on."
)


def facts_of(text: str, published: datetime | None = SENT) -> tuple[str, Facts]:
    found: dict[str, Any] = reading(text, published)
    return found["text"], Facts.from_json(found["facts"])


def test_dateline_and_date_stay_in_the_text_and_are_told() -> None:
    text = f"date 2021-07-28\nNORRBY, July 28 (Coastwire) -- {STORY}"
    kept, facts = facts_of(text, None)
    assert kept == text
    assert (facts.place, facts.filed_on, facts.agency) == ("Norrby", date(2021, 7, 28), "Coastwire")
    assert facts.embargo_until is None


def test_the_year_of_a_dateline_is_that_of_the_publication() -> None:
    """The nearest one, so that a report of New Year's Eve is not a year old the day after."""
    for published, filed in ((SENT, date(2021, 7, 28)), (datetime(2023, 1, 2, tzinfo=UTC), date(2022, 7, 28))):
        _, facts = facts_of(f"NORRBY, July 28 (Coastwire) -- {STORY}", published)
        assert facts.filed_on == filed
    _, facts = facts_of(f"NORRBY, Dec. 31 (Coastwire) -- {STORY}", datetime(2022, 1, 1, tzinfo=UTC))
    assert facts.filed_on == date(2021, 12, 31)
    assert facts_of(f"NORRBY, July 28 (Coastwire) -- {STORY}", None)[1].filed_on is None


def test_relative_dates_are_counted_from_the_dateline_else_from_the_publication() -> None:
    for head, published in (
        ("NORRBY, July 28 (Coastwire) -- ", datetime(2021, 7, 30, tzinfo=UTC)),
        ("2021-07-28\n", None),
        ("", SENT),
    ):
        kept, facts = facts_of(head + STORY, published)
        assert [(kept[start:end], day) for start, end, day in facts.dates] == [
            ("Tuesday", date(2021, 7, 27)),
            ("Friday", date(2021, 7, 30)),
        ]
    assert facts_of(STORY, None)[1].dates == ()


def test_the_day_of_publication_is_that_of_utc() -> None:
    late = datetime.fromisoformat("2021-07-28T23:30:00-04:00")
    assert [day for _, _, day in facts_of("The mayor spoke yesterday in Norrby.", late)[1].dates] == [date(2021, 7, 28)]


def test_places_of_dates_are_those_in_the_kept_text() -> None:
    kept, facts = facts_of(
        f"URGENT\n\n(Adds details)\n\nNORRBY, July 28 (Coastwire) -- {STORY}\n\n(Reporting by Anna Holm)"
    )
    assert kept == f"NORRBY, July 28 (Coastwire) -- {STORY}"
    assert [kept[start:end] for start, end, _ in facts.dates] == ["Tuesday", "Friday"]


def test_an_embargo_is_told_and_its_line_left_out() -> None:
    for notice in ("EMBARGOED UNTIL 0600 GMT, July 29", "Sperrfrist: Donnerstag, 29. Juli, 6.00 Uhr"):
        kept, facts = facts_of(f"{notice}\n\nNORRBY, July 28 (Coastwire) -- {STORY}")
        assert kept.startswith("NORRBY")
        assert facts.embargo_until == datetime(2021, 7, 29, 6, tzinfo=UTC)


def test_of_two_embargoes_the_later_holds() -> None:
    notices = (
        "EMBARGOED UNTIL 0600 GMT, July 29\nHarbour of Norrby reopens\nNot for publication before 0900 GMT, July 29\n"
    )
    assert facts_of(f"{notices}{STORY}")[1].embargo_until == datetime(2021, 7, 29, 9, tzinfo=UTC)


def test_an_embargo_without_a_year_is_counted_from_the_dateline_or_from_now() -> None:
    notice = "EMBARGOED UNTIL 0600 GMT, July 29\n\n"
    assert facts_of(f"{notice}date 2021-07-28\n{STORY}", None)[1].embargo_until == datetime(2021, 7, 29, 6, tzinfo=UTC)
    now = datetime.now(UTC)
    until = facts_of(notice + STORY, None)[1].embargo_until
    assert until is not None
    assert abs(until - now).days <= 184


def test_a_story_about_an_embargo_is_not_held() -> None:
    text = f"Embargo on Sando to last until July 30, ministers say\n\n{STORY}"
    kept, facts = facts_of(text)
    assert (kept, facts.embargo_until) == (text, None)


@pytest.mark.parametrize("text", ["", "\n", "URGENT", "EMBARGOED UNTIL 0600 GMT, July 29", "Norrby.", "(", "###\n###"])
def test_the_shortest_texts_are_kept(text: str) -> None:
    assert facts_of(text)[0] == text


def test_a_text_is_cut_at_its_end_only() -> None:
    kept, facts = facts_of(f"NORRBY, July 28 (Coastwire) -- {STORY}" + " It rained." * 40_000)
    assert len(kept) <= MAX_TEXT
    assert kept.endswith("…")
    assert facts.place == "Norrby"


@pytest.mark.parametrize(
    "piece", ["A, ", "28. ", "EMBARGOED UNTIL ", "on Monday ", "(Adds ", "\n", "。", "« ", '"', "/ab\n"]
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    """FAULTS 13."""
    text = piece * (200_000 // len(piece))
    kept, _ = facts_of(text)
    assert text.startswith(kept[:-1])
    find_dateline(text)


@pytest.mark.parametrize(
    "notice", ["EMBARGOED UNTIL 0600 GMT, July 29, 2021", "BC-NORRBY-HARBOUR", "(2nd LD)", "URGENT"]
)
def test_a_notice_is_no_title_of_a_file(notice: str) -> None:
    """A file's first line is its title; an embargo that was taken for one would hold nothing."""
    for title in ("Harbour of Norrby reopens", None):
        body = "\n\n".join(filter(None, [notice, title, STORY]))
        found = plain_document(False, body.encode())
        assert (found["title"], found["text"]) == (title, STORY)
        until = Facts.from_json(found["facts"]).embargo_until
        assert until == (datetime(2021, 7, 29, 6, tzinfo=UTC) if "EMBARGO" in notice else None)
