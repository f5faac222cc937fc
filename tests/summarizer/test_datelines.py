from datetime import date

import pytest

from summarizer import Dateline
from summarizer.datelines import find_dateline
from summarizer.dates import parse_date

JULY = date(2021, 7, 28)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("date 2021-07-28 NORRBY, July 28 -- ", Dateline("Norrby", JULY)),
        ("2021-07-28\n\nNORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("Date: 28 July 2021\nBy Anna Holm\nNORRBY — ", Dateline("Norrby", JULY)),
        ("Published: 2021-07-28T10:00:00Z\n\n", Dateline(date=JULY)),
        ("Wednesday, July 28, 2021\n", Dateline(date=JULY)),
        ("NEW YORK, July 28, 2021 /PRNewswire/ -- ", Dateline("New York", JULY, "PRNewswire")),
        ("MOSCOW, July 28. /TASS/. ", Dateline("Moscow", None, "TASS")),
        ("UNITED NATIONS, Feb. 31 (IPS) - ", Dateline("United Nations", None, "IPS")),
        ("BEIJING, July 28 (Xinhua) -- ", Dateline("Beijing", None, "Xinhua")),
        ("NAIROBI, Kenya, Wednesday, July 28, 2021 (Reuters) -- ", Dateline("Nairobi, Kenya", JULY, "Reuters")),
        ("SEOUL, South Korea (AP) — ", Dateline("Seoul, South Korea", None, "AP")),
        ("WASHINGTON, D.C. — ", Dateline("Washington, D.C.")),
        ("RIO DE JANEIRO (AP) — ", Dateline("Rio de Janeiro", None, "AP")),
        ("COX'S BAZAR, Bangladesh — ", Dateline("Cox's Bazar, Bangladesh")),
        ("By Anna Holm, PARIS — ", Dateline("Paris")),
        ("(CNN) -- ", Dateline(agency="CNN")),
        ("(CNN)", Dateline(agency="CNN")),
        ("Norrby (CNN)", Dateline("Norrby", None, "CNN")),
        ("Paris, 28 juillet 2021 (AFP) – ", Dateline("Paris", JULY, "AFP")),
        ("Berlin (dpa) - ", Dateline("Berlin", None, "dpa")),
        ("МОСКВА, 28 июл - РИА Новости. ", Dateline("Москва", None, "РИА Новости")),
        ("Harbour reopens after nine years\n\nNORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", None, "Coastwire")),
    ],
)
def test_what_a_head_says(head: str, expected: Dateline) -> None:
    body = "The harbour opened. It rained."
    assert find_dateline(head + body) == (expected, len(head))


def test_chinese_wires_need_no_space() -> None:
    head = "新华社北京7月28日电（记者张三）"
    assert find_dateline(head + "港口重新开放。") == (Dateline("北京", None, "新华社"), len(head))


@pytest.mark.parametrize(
    "text",
    [
        "The harbour (pictured) opened on Friday.",
        "Japan's Maritime Self-Defense Force (MSDF) has a new ship.",
        "The World Health Organization (WHO) - the UN's body for health - said on Friday that it would help.",
        "In 1984 Anna Holm met Jonas Ek (before he was mayor) in Norrby.",
        "NATO -- which has 32 members -- met on Friday.",
        "UPDATE — The harbour opened.",
        "Early Thursday -- during a storm -- two ships collided.",
        "",
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    assert find_dateline(text) == (None, 0)


def test_the_missing_year_is_the_nearest() -> None:
    dateline, _ = find_dateline("2021-12-30\nTOKYO, Jan 2 (Kyodo) - The harbour opened.")
    assert dateline == Dateline("Tokyo", date(2022, 1, 2), "Kyodo")


def test_dates_are_parsed_in_several_languages() -> None:
    for written in ("28. Juli 2021", "28 июля 2021", "28 de julio de 2021", "2021年7月28日", "28 يوليو 2021"):
        assert parse_date(written) == JULY
    assert parse_date("July 28") is None
    assert parse_date("2021-02-31") is None
