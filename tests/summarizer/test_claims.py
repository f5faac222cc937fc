import pytest

from summarizer.claims import dates, initials, numbers, quotations, stem, tokens


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("It cost 1,500 dollars.", "en", 1500, "dollar"),
        ("It cost $1.5 billion.", "en", 1.5e9, "dollar"),
        ("It cost €84m.", "en", 84e6, "euro"),
        ("Es kostet 1,5 Millionen Euro.", "de", 1.5e6, "euro"),
        ("Es leben dort 1.500 Menschen.", "de", 1500, ""),
        ("Il y a 12 300 habitants.", "fr", 12_300, ""),
        ("Il y a 12\u202f300 habitants.", "fr", 12_300, ""),
        ("A dozen boats left.", "en", 12, ""),
        ("Twenty-two boats left.", "en", 22, ""),
        ("Two boats left.", "en", 2, ""),
        ("It fell 4.5 percent.", "en", 4.5, "percent"),
        ("It fell 4.5 per cent.", "en", 4.5, "percent"),
        ("It fell by 4,5%.", "fr", 4.5, "percent"),
        ("A 75-year-old man fell.", "en", 75, "year"),
        ("A two-year plan ended.", "en", 2, "year"),
        ("The 21st boat left.", "en", 21, ""),
        ("Построили 3 млн квартир.", "ru", 3e6, ""),
        ("投资3亿元。", "zh", 3e8, ""),
        ("قتل ١٢ شخصا", "ar", 12, ""),
    ],
)
def test_numbers_and_their_units(text: str, language: str, value: float, unit: str) -> None:
    (number,) = numbers(tokens(text), language)
    assert value in number.values
    assert number.unit == unit


def test_articles_and_pronouns_are_no_numbers() -> None:
    assert numbers(tokens("One of them said a boat was no one's."), "en") == []


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("It opens on 4 March.", "en", {"month 3", "month 3 4"}),
        ("It opens on March 4.", "en", {"month 3", "month 3 4"}),
        ("It opens on Monday.", "en", {"day 1"}),
        ("It may open as people march.", "en", set()),
        ("Es öffnet am Montag, dem 4. März.", "de", {"day 1", "month 3", "month 3 4"}),
        ("Il ouvre lundi 4 mars.", "fr", {"day 1", "month 3 4"}),
    ],
)
def test_dates(text: str, language: str, meant: set[str]) -> None:
    assert meant <= set(dates(tokens(text), language))
    if not meant:
        assert not dates(tokens(text), language)


def test_names_and_their_acronyms() -> None:
    assert "who" in initials(tokens("It is the World Health Organization."))
    assert "ecj" in initials(tokens("the European Court of Justice"))
    assert "who" not in initials(tokens("the world health organization"))


def test_quotations_in_many_marks() -> None:
    assert quotations("\"a b\" and “c d” and „e f“ and «g h» and 「い」 and ``i j''") == [
        "a b",
        "c d",
        "e f",
        "g h",
        "い",
        "i j",
    ]


@pytest.mark.parametrize(
    "forms", ["sue sues sued suing", "say says said saying", "win won wins", "stop stopped stopping"]
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_tokens_know_what_stands_between_them_and_in_quotations() -> None:
    parsed = tokens('The "old town" - (Norrby) well-known.')
    assert parsed.written == ("The", "old", "town", "Norrby", "well-known")
    assert parsed.gaps == ("", '"', "", '"–(', ")", ".")
    assert parsed.quoted == (0, 1, 1, 0, 0)
