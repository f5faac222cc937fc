"""The way of a fetch through redirects, and what it takes along."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchRefused
from bot.ingest.web.trails import Trail
from tests.leaks import a_secret

START = "https://example.org/feed"


@pytest.mark.parametrize(
    ("location", "goes_along"),
    [
        ("/news", True),
        ("https://example.org:443/news", True),
        ("HTTPS://EXAMPLE.ORG/news", True),
        ("http://example.org/feed", False),
        ("//example.net/feed", False),
        ("https://example.org:8443/feed", False),
        ("https://www.example.org/feed", False),
        ("https://example.org.evil.example/feed", False),
    ],
)
def test_a_login_goes_along_within_one_scheme_host_and_port(location: str, goes_along: bool) -> None:
    """FAULTS case 10: never from https to http, where others can read it."""
    trail = Trail(START, 1.0, login="reader:pw")
    trail.follow(301, location)
    assert (bool(trail.login), trail.login_kept_back, trail.moved_to is not None) == (
        goes_along,
        not goes_along,
        goes_along,
    )
    trail.follow(301, START)
    assert bool(trail.login) == goes_along


def test_a_login_in_a_redirect_is_refused_and_not_repeated() -> None:
    secret = a_secret()
    trail = Trail(START, 1.0)
    with pytest.raises(
        FetchRefused, match="example.org redirects to an address that is refused.*user name or password"
    ) as refusal:
        trail.follow(302, f"https://reader:{secret}@example.org/feed")
    assert secret not in repr(refusal.value)
    assert secret not in repr(Trail(START, 1.0, login=f"reader:{secret}"))


def test_an_error_names_the_hop() -> None:
    trail = Trail(START, 1.0)
    assert trail.place == "example.org:"
    trail.follow(302, "/elsewhere")
    assert trail.place == "example.org:"
    trail.follow(302, "https://news.example.net/")
    assert trail.place == "example.org redirects to news.example.net:"


@given(st.text(max_size=60))
def test_any_location_is_an_address_or_refused(location: str) -> None:
    trail = Trail(START, 1.0, login="reader:pw")
    with suppress(FetchRefused):
        trail.follow(301, location)
        assert trail.url.startswith(("http://", "https://"))
        assert trail.login in ("", "reader:pw")
