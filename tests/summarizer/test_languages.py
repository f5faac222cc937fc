import pytest

from summarizer.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour was opened on Friday by the minister and the mayor of the town.", "en"),
        ("Der Hafen wurde am Freitag von der Ministerin und dem Bürgermeister eröffnet.", "de"),
        ("Le port a été ouvert vendredi par la ministre et le maire de la ville.", "fr"),
        ("El puerto fue inaugurado el viernes por la ministra y el alcalde de la ciudad.", "es"),
        ("Порт был открыт в пятницу министром и мэром города в присутствии гостей.", "ru"),
        ("Порт відкрили у п'ятницю міністерка та міський голова у присутності гостей.", "uk"),
        ("港口星期五由部长和市长正式启用，四百名来宾出席了启用仪式，居民们非常高兴。", "zh"),
        ("港は金曜日に大臣と市長によって開かれ、四百人の客が式典に出席しました。", "ja"),
        ("افتتح الوزير ورئيس البلدية الميناء يوم الجمعة بحضور أربعمئة ضيف من المدينة.", "ar"),
    ],
)
def test_detection(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_given_tag_wins_and_a_wrong_one_does_not() -> None:
    text = "The harbour was opened on Friday by the minister and the mayor of the town."
    assert language_of(text, "pt-BR") == "pt"
    assert language_of(text, "not a language") == "en"


def test_short_texts_go_by_their_script() -> None:
    assert [language_of(text) for text in ("ok", "", "港口", "порт", "ميناء")] == ["en", "en", "zh", "ru", "ar"]
