"""Alert words: whole words and phrases, whatever their case and accents."""

import pytest

from bot.errors import DigestError
from bot.services.alerts import LONGEST, MOST, OPENING, AlertWords, parse_alert_words


def test_they_are_kept_once_and_tidy():
    typed = " earthquake ,  État   d'urgence;\n EARTHQUAKE,, tsunami warning "
    assert parse_alert_words(typed) == "earthquake, État d'urgence, tsunami warning"
    assert parse_alert_words(parse_alert_words(typed)) == parse_alert_words(typed)
    assert parse_alert_words(" , ") == ""
    assert not AlertWords("")


@pytest.mark.parametrize(
    "typed", ["!!!", "fire, ***", "x" * (LONGEST + 1), ", ".join(f"w{n}" for n in range(MOST + 1))]
)
def test_what_could_not_be_watched_for_is_refused(typed):
    with pytest.raises(DigestError):
        parse_alert_words(typed)


@pytest.mark.parametrize(
    ("kept", "title", "text", "found"),
    [
        ("earthquake", "EARTHQUAKE off the coast", "", True),
        ("earthquake", "Earthquakes are rare", "", False),
        ("tsunami warning", "", "A tsunami-warning was given.", True),
        ("tsunami warning", "A tsunami came", "No warning was given.", False),
        ("etat d'urgence", "L’État d’urgence est déclaré", "", True),
        ("fire, flood", "Nothing else", "The flood came at night.", True),
        ("地震", "東京で地震が発生", "", True),
        ("flood", "A calm day", "x " * OPENING + "flood", False),
        ("tsunami warning", "The tsunami", "warning was late.", False),  # title and text are not one phrase
    ],
)
def test_title_and_opening_are_looked_at(kept, title, text, found):
    assert AlertWords(kept).match(title, text) is found
