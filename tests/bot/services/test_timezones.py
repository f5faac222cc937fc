"""Zones are found in any spelling, and near ones are named."""

import pytest

from bot.errors import DigestError
from bot.services.timezones import parse_timezone, suggest_timezones, zone_named


def test_zones_are_found_in_any_spelling_and_near_ones_are_named():
    assert parse_timezone(" europe/berlin ") == "Europe/Berlin"
    assert parse_timezone("America/new york") == "America/New_York"
    assert parse_timezone("utc") == "UTC"
    with pytest.raises(DigestError, match="Europe/Berlin"):
        parse_timezone("Berlin")
    with pytest.raises(DigestError, match="no time zone “Mars/Olympus”"):
        parse_timezone("Mars/Olympus")


def test_places_that_begin_with_what_was_typed_come_first():
    assert suggest_timezones("lon")[:2] == ["Arctic/Longyearbyen", "Europe/London"]
    assert len(suggest_timezones("")) > 300


def test_the_usual_zone_comes_before_all_others_where_it_fits():
    assert suggest_timezones("", "Europe/Riga")[0] == "Europe/Riga"
    assert suggest_timezones("lon", "Europe/Riga")[0] == "Arctic/Longyearbyen"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "/etc/localtime"])
def test_what_is_no_zone_here_is_refused_in_words(name):
    with pytest.raises(DigestError, match="not known on this machine any more"):
        zone_named(name)
