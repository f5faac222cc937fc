import pytest

from summarizer.words import content_words, jaccard, length_in_words, words


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The mayor said it's the U.S. president's war; they won't die.", ["mayor", "u.s", "president", "war", "die"]),
        (
            "Die Ministerin und der Bürgermeister haben den Hafen eröffnet.",
            ["ministerin", "bürgermeister", "hafen", "eröffnet"],
        ),
        ("L’accord de l'Union qu'il a signé.", ["accord", "union", "signé"]),
        ("El puerto fue inaugurado por la ministra.", ["puerto", "inaugurado", "ministra"]),
        ("Il sindaco dell’isola ha aperto il porto.", ["sindaco", "isola", "aperto", "porto"]),
        ("O porto foi aberto pela ministra.", ["porto", "aberto", "ministra"]),
        ("Порт был открыт в пятницу.", ["порт", "открыт", "пятницу"]),
        ("Порт відкрили у п'ятницю.", ["порт", "відкрили", "п'ятницю"]),
        ("افتتح الوزير والعمدة الميناء.", ["افتتح", "وزير", "عمده", "ميناء"]),
        ("הממשלה והכנסת פתחו את הנמל.", ["ממשלה", "כנסת", "פתחו", "נמל"]),
        ("मंत्री ने बंदरगाह का उद्घाटन किया।", ["मंत्री", "बंदरगाह", "उद्घाटन"]),
        ("정부는 항구를 금요일에 열었다.", ["정부", "항구", "금요일", "열었다"]),
        ("部长开放港口。", ["部长", "长开", "开放", "放港", "港口"]),
        ("大臣が港を開いた。", ["大臣"]),
    ],
)
def test_small_words_and_what_is_written_onto_words_are_left_out(text: str, content: list[str]) -> None:
    assert content_words(text) == content


def test_a_told_language_decides() -> None:
    assert content_words("war die", "de") == []
    assert content_words("war die", "en") == ["war", "die"]
    assert content_words("war die", "xx") == ["war", "die"]


def test_vowel_signs_and_joiners_are_inside_words() -> None:
    assert words("संयुक्त राष्ट्र") == ["संयुक्त", "राष्ट्र"]
    assert words("می‌شود") == ["می‌شود"]
    assert words('ארה״ב don’t 3.5 a_b "x"') == ["ארה״ב", "don’t", "3.5", "a", "b", "x"]


def test_lengths_count_two_characters_as_a_word_where_there_are_no_spaces() -> None:
    assert length_in_words("The harbour is open.") == 4
    assert length_in_words("港口重新开放 today") == 4


def test_overlap() -> None:
    assert jaccard({"a", "b"}, {"b", "c"}) == pytest.approx(1 / 3)
    assert jaccard(set(), set()) == 0


@pytest.mark.parametrize(
    "unit", ["a", "a'", "a ", "a-", "é", "\u0301", "e\u0301", "港", "ا", "ה", "가", "'", "1.", "״"]
)
def test_a_megabyte_of_anything_is_counted(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    assert len(content_words(text)) <= len(text)
    assert length_in_words(text) <= len(text)
