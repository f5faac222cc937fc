"""Embargo lines of many countries, as the moment until which a text is held."""

from datetime import UTC, datetime

import pytest

from bot.ingest.texts.embargoes import find_embargo

SENT = datetime(2021, 7, 27, 10, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("line", "day", "hour"),
    [
        ("EMBARGOED UNTIL 0600 GMT, July 28", 28, "06:00"),
        ("EMBARGOED UNTIL 0600GMT, July 28", 28, "06:00"),
        ("EMBARGOED UNTIL 6 A.M. ET WEDNESDAY, JULY 28, 2021", 28, "10:00"),
        ("EMBARGOED UNTIL 6 A.M. EST WEDNESDAY, JULY 28, 2021", 28, "11:00"),
        ("Embargoed until 00:01 BST Wednesday 28 July 2021", 27, "23:01"),
        ("*** STRICTLY EMBARGOED UNTIL 00.01 HRS, 28 JULY ***", 28, "00:01"),
        ("Not for publication before 2021-07-28T06:00:00Z", 28, "06:00"),
        ("Not for publication before 2021-07-28T06:00:00+02:00", 28, "04:00"),
        ("NOT FOR PUBLICATION OR BROADCAST BEFORE 0600 GMT ON WEDNESDAY", 28, "06:00"),
        ("Not to be published before 6pm on 28 July", 28, "18:00"),
        ("FOR RELEASE AT 8:30 A.M. EDT, Wednesday, July 28, 2021", 28, "12:30"),
        ("HOLD FOR RELEASE until noon Thursday", 29, "12:00"),
        ("Embargo: 28/07/2021 06:00 CET", 28, "05:00"),
        ("EMBARGOED UNTIL 0600 GMT+3, July 28", 28, "03:00"),
        ("[EMBARGOED UNTIL 0600 GMT, July 28]", 28, "06:00"),
        ("Sperrfrist: Mittwoch, 28. Juli, 6.00 Uhr", 28, "06:00"),
        ("Achtung Sperrfrist: 28.07., 6 Uhr MESZ", 28, "04:00"),
        ("Sperrfrist bis Mittwoch 06.00", 28, "06:00"),
        ("Gesperrt bis 28.7.2021, 18 Uhr", 28, "18:00"),
        ("Nicht vor Mittwoch, 6 Uhr veröffentlichen", 28, "06:00"),
        ("Frei ab Mittwoch, 28. Juli, 12 Uhr MEZ", 28, "11:00"),
        ("Sous embargo jusqu'au mercredi 28 juillet à 6h00", 28, "06:00"),
        ("Embargo jusqu’au 28 juillet 2021, 18 h, heure de Paris", 28, "16:00"),
        ("Ne pas publier avant le 28 juillet à 6 heures", 28, "06:00"),
        ("Embargo hasta el 28 de julio a las 06.00 horas", 28, "06:00"),
        ("Embargado hasta las 6 horas del 28 de julio (hora peninsular)", 28, "04:00"),
        ("Embargo fino alle ore 12 del 28 luglio 2021", 28, "12:00"),
        ("Sob embargo até 28 de julho, 6h", 28, "06:00"),
        ("Под эмбарго до 28 июля, 10:00 мск", 28, "07:00"),
        ("Эмбарго до 10.00 по московскому времени 28 июля", 28, "07:00"),
        ("禁发至7月28日上午6时", 28, "06:00"),
        ("2021年7月28日6时前禁止发布", 28, "06:00"),
        ("解禁时间：2021年7月28日18时（北京时间）", 28, "10:00"),
        ("解禁日時：７月２８日午前６時", 28, "06:00"),
        ("7月28日午後6時まで報道禁止", 28, "18:00"),
        ("【7月28日6時解禁】", 28, "06:00"),
        ("보도시점 2021. 7. 28.(수) 12:00 이후", 28, "12:00"),
        ("엠바고: 7월 28일 오전 6시", 28, "06:00"),
        ("محظور النشر حتى الساعة 6 صباحا بتوقيت غرينتش 28 يوليو", 28, "06:00"),
        ("يحظر النشر قبل 28 يوليو 2021 الساعة 10:00 بتوقيت القاهرة", 28, "08:00"),
    ],
)
def test_a_moment_is_read_in_its_zone_else_in_utc(line: str, day: int, hour: str) -> None:
    found = find_embargo(line, SENT)
    assert found is not None
    assert found.until == datetime.fromisoformat(f"2021-07-{day}T{hour}+00:00")


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL July 28", "2021-07-29T00:00"),  # may be meant to include the day
        ("EMBARGOED UNTIL MIDNIGHT, July 28", "2021-07-29T00:00"),  # may be either end of it
        ("FOR RELEASE: July 28, 2021", "2021-07-28T12:00"),  # then the day has begun everywhere
        ("Не публиковать до 28 июля 2021 года", "2021-07-28T12:00"),
        ("EMBARGOED UNTIL 6 A.M. CST, July 28", "2021-07-28T12:00"),  # Chicago's, not Shanghai's
        ("EMBARGOED UNTIL 0600 GMT", "2021-07-28T06:00"),  # past on the day it was sent
        ("EMBARGOED UNTIL 1800 GMT", "2021-07-27T18:00"),
        ("EMBARGOED UNTIL TUESDAY 0600 GMT", "2021-08-03T06:00"),
        ("Embargo: 05/08/2021 06:00 GMT", "2021-08-05T06:00"),  # 8 May or 5 August
        ("EMBARGOED UNTIL 24:00 GMT, July 28", "2021-07-29T00:00"),
        ("EMBARGOED UNTIL 0600 GMT, Jan 2", "2021-07-28T10:00"),  # no embargo lasts for months
        ("Embargo: 1 December 2036", "2021-07-28T10:00"),
        ("EMBARGOED UNTIL THE MINISTER BEGINS TO SPEAK", "2021-07-28T10:00"),
        ("Not for publication before the speech", "2021-07-28T10:00"),
        ("STRICTLY EMBARGOED", "2021-07-28T10:00"),
        ("Sperrfrist: Redebeginn", "2021-07-28T10:00"),
    ],
)
def test_what_is_open_is_read_as_late_as_makes_sense(line: str, until: str) -> None:
    found = find_embargo(line, SENT)
    assert found is not None
    assert found.until == datetime.fromisoformat(f"{until}+00:00")


def test_the_year_is_the_nearest() -> None:
    found = find_embargo("EMBARGOED UNTIL 0600 GMT, Jan 2", datetime(2021, 12, 30, 10, tzinfo=UTC))
    assert found is not None
    assert found.until == datetime(2022, 1, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "line", ["EMBARGO LIFTED", "(Embargo is lifted)", "Sperrfrist aufgehoben", "No longer under embargo"]
)
def test_an_embargo_that_is_over_is_a_notice_and_holds_nothing(line: str) -> None:
    found = find_embargo(line, SENT)
    assert found is not None
    assert found.until is None


@pytest.mark.parametrize(
    "line",
    [
        "Embargo on Sando to last until July 30, ministers say",
        "Embargoed until last year, the oil of Sando flows again.",
        "Embargo until 30 July agreed by the ministers of nine states",
        "Embargo: what the ministers agreed on July 28",
        "Embargo hasta el 28 de julio para los barcos de Sando, anuncia el gobierno",
        "Do not use before breakfast, doctors say",
        "Not to be released before trial, judge rules",
        "* Not to be used until further notice: bridge closed",
        "Strictly embargoed: how the leak happened",
        "EMBARGO: OIL PRICES SURGE",
        "EMBARGO TO END ON 30 JULY",
        "发布时间：2021年7月28日 10:00",  # when it was published, in Chinese time
        "发布：新款手机 7月28日",
        "發布時間：2021年7月28日 10:00",
        "7月28日まで禁止：花火",
        "Frei ab 18: Was Jugendliche dürfen",
        "Nicht vor Freitag rechnen die Helfer mit Regen",
        "For release of the prisoners, Sando asks nine million",
        "Sperrfrist und Embargo sind Wörter der Presse.",
        "The text was under embargo until 0600 GMT, July 28.",
        "Эмбарго против Сандо продлили до 28 июля, сообщил министр",
        "7月28日に港が再開した。",
        "",
    ],
)
def test_a_story_about_an_embargo_is_none(line: str) -> None:
    assert find_embargo(line, SENT) is None


def test_the_story_may_follow_on_the_same_line() -> None:
    """As in a text that was pasted where there are no line breaks."""
    story = "NORRBY, July 28 (Coastwire) -- The harbour of Norrby reopened, nine years after the storm." * 2
    for notice in ("[EMBARGOED UNTIL 0600 GMT, July 28] ", "EMBARGOED UNTIL 0600 GMT, July 28. "):
        found = find_embargo(notice + story, SENT)
        assert found is not None
        assert (found.end, found.until) == (len(notice), datetime(2021, 7, 28, 6, tzinfo=UTC))


def test_without_a_moment_and_a_time_of_sending_nothing_is_held() -> None:
    found = find_embargo("EMBARGOED UNTIL THE MINISTER BEGINS TO SPEAK", None)
    assert found is not None
    assert found.until is None


@pytest.mark.parametrize("piece", ["EMBARGOED UNTIL ", "Sperrfrist: ", "28.", "7月28日", "(", "not for use and ", "9"])
def test_hostile_lines_take_no_time(piece: str) -> None:
    """FAULTS 13."""
    find_embargo(piece * (200_000 // len(piece)), SENT)
    find_embargo("EMBARGOED UNTIL " + piece * (200_000 // len(piece)), SENT)
