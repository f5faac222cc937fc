"""What headers of answers say, and what they are not believed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.web.headers import Validators, content_type_of, fresh_for, retry_after, validators_of

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DATE = "Fri, 20 Nov 2026 12:00:00 GMT"
AN_HOUR_LATER = "Fri, 20 Nov 2026 13:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": 'public, MAX-AGE="600", must-revalidate'}, 600),
        ({"Cache-Control": "max-age=600", "Age": "200"}, 400),
        ({"Cache-Control": "max-age=600", "Age": "900"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "old"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "-5"}, 600),
        ({"Cache-Control": "max-age=600", "Expires": AN_HOUR_LATER, "Date": DATE}, 600),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "max-age=31536000"}, 86_400),
        ({"Cache-Control": "max-age=" + "9" * 5_000}, 86_400),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age=soon"}, None),
        ({"Cache-Control": "max-age=600, no-store"}, None),
        ({"Cache-Control": "no-cache", "Expires": AN_HOUR_LATER}, None),
        ({"Cache-Control": 'max-age=600, no-cache="Set-Cookie"'}, 600),
        ({"Expires": AN_HOUR_LATER}, 3600),
        ({"Expires": AN_HOUR_LATER, "Date": DATE}, 3600),
        ({"Expires": AN_HOUR_LATER, "Date": "Fri, 20 Nov 2026 12:30:00 GMT"}, 1800),
        ({"Expires": AN_HOUR_LATER, "Date": "today", "Age": "600"}, 3000),
        ({"Expires": "Fri, 20 Nov 2026 13:00:00 -0000"}, 3600),
        ({"Expires": DATE, "Date": AN_HOUR_LATER}, 0),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, 86_400),
        ({"Expires": "0"}, 0),
        ({"Expires": "-1"}, 0),
        ({"Expires": "x" * 100_000}, 0),
    ],
)
def test_how_long_an_answer_stays_as_it_is(headers: dict[str, str], seconds: int | None) -> None:
    """FAULTS 24."""
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert fresh_for(headers, lambda: NOW) == expected


@given(
    st.dictionaries(
        st.sampled_from(["Cache-Control", "Expires", "Date", "Age", "Retry-After", "ETag", "Content-Type"]),
        st.text(max_size=40)
        | st.from_regex(r"max-age=\d+|\d+|\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \S*", fullmatch=True),
    )
)
def test_no_header_raises_or_asks_for_more_than_a_day(headers: dict[str, str]) -> None:
    waits = (fresh_for(headers, lambda: NOW), retry_after(headers, NOW))
    assert all(wait is None or timedelta(0) <= wait <= timedelta(days=1) for wait in waits)
    media_type, charset = content_type_of(headers)
    assert media_type.count("/") == 1
    assert charset is None or (charset.isascii() and charset.isprintable() and len(charset) <= 40)
    sent = validators_of(headers).conditions.values()
    assert all(value.isascii() and value.isprintable() for value in sent)


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        ("text/html; charset=utf-8", "text/html", "utf-8"),
        ("TEXT/XML;CHARSET='Windows-1251' ; x=y", "text/xml", "windows-1251"),
        ("application/atom+xml;type=feed", "application/atom+xml", None),
        ("text/html; charset=utf-8, text/html", "text/html", "utf-8"),
        ("", "application/octet-stream", None),
        ("html", "application/octet-stream", None),
        ('text/html; charset="../../etc"', "text/html", None),
        ("text/html; charset=" + "a" * 41, "text/html", None),
        ("text/html; charset=a\0b", "text/html", None),
        (";" * 1_000_000, "application/octet-stream", None),
        ("text/html" + " " * 1_000_000 + "; charset" * 100_000, "text/html", None),
        ("a" * 1_000_000 + "/b", "application/octet-stream", None),
    ],
    ids=lambda value: str(value)[:30],
)
@pytest.mark.timeout(5)
def test_the_type_and_charset_of_an_answer(header: str, media_type: str, charset: str | None) -> None:
    """FAULTS 17: a header of any length is read in linear time; a million characters, were it quadratic, take hours."""
    assert content_type_of({"Content-Type": header}) == (media_type, charset)


def test_validators_are_sent_back_as_they_came_or_not_at_all() -> None:
    assert validators_of({"ETag": 'W/"1"', "Last-Modified": DATE}).conditions == {
        "If-None-Match": 'W/"1"',
        "If-Modified-Since": DATE,
    }
    for strange in ("x" * 301, "caf\u00e9", 'a"\r\nHost: b', ""):
        assert validators_of({"ETag": strange}) == Validators()
