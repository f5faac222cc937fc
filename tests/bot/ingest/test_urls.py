"""Addresses as typed, as identities and as shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchRefused
from bot.ingest.urls import canonical_url, checked_url, find_url, host_of, same_site


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("example.org", "https://example.org"),
        ("  example.org/news?page=2 ", "https://example.org/news?page=2"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("localhost:8080/feed", "https://localhost:8080/feed"),
        ("HTTP://Example.ORG/Path", "http://example.org/Path"),
        ("http://intranet/feed", "http://intranet/feed"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
        ("https://example.org/a%20b?q=%C3%A4", "https://example.org/a%20b?q=%C3%A4"),
    ],
)
def test_what_was_typed_becomes_an_absolute_address(typed: str, meant: str) -> None:
    assert checked_url(typed) == meant


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "No address was given"),
        ("   ", "No address was given"),
        ("hello", "not a web address"),
        ("2130706433", "not a web address"),
        ("http://", "not a web address"),
        ("http://.", "not a web address"),
        ("http://[::1", "not a web address"),
        ("https://example.org:99999/", "not a web address"),
        ("https://example.org:0/", "not a web address"),
        ("javascript:alert(1)", "Only http and https addresses are fetched, not javascript"),
        ("data:text/html,<b>", "not data"),
        ("file:///etc/passwd", "not file"),
        ("ftp://example.org/a", "not ftp"),
        ("gopher://example.org/", "not gopher"),
        ("mailto:desk@example.org", "not mailto"),
        ("https://me@example.org/", "user name or password"),
        ("https://me:secret@example.org/", "user name or password"),
        ("https://example.org@127.0.0.1/", "user name or password"),
        ("https://example.org/a b", "spaces or invisible"),
        ("https://example.org/a\r\nHost: evil", "spaces or invisible"),
        ("https://example.org/\u202egpj.exe", "spaces or invisible"),
        ("https://example.org/\ud800", "spaces or invisible"),
        ("https://example.org/" + "a" * 2000, "longer than 2,000 characters"),
    ],
)
def test_what_is_no_web_address_is_refused_in_words(typed: str, reason: str) -> None:
    """FAULTS case 8."""
    with pytest.raises(FetchRefused, match=reason) as refusal:
        checked_url(typed)
    assert "secret" not in str(refusal.value)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    canonical_url(text)
    host_of(text)
    find_url(text, "https://example.org/")
    try:
        url = checked_url(text)
    except FetchRefused:
        return
    assert url.startswith(("http://", "https://"))
    assert checked_url(url) == url
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@pytest.mark.parametrize(
    "same",
    [
        "http://example.org/story",
        "https://www.example.org/story/",
        "https://m.example.org:443/story",
        "http://EXAMPLE.org:80/story#comments",
        "https://example.org/story?utm_source=rss&utm_medium=feed",
        "https://amp.example.org/story?fbclid=abc&gclid=1",
        "https://example.org/story#xtor=RSS-1",
        "https://example.org/story#:~:text=hello%20world1",
        "https://example.org/story#comment-1234",
    ],
)
def test_spellings_of_one_article_have_one_identity(same: str) -> None:
    assert canonical_url(same) == "https://example.org/story"


@pytest.mark.parametrize(
    "other",
    [
        "https://example.org/Story",
        "https://example.org/story/2",
        "https://example.org/story?id=2",
        "https://example.org:8080/story",
        "https://news.example.org/story",
        "https://example.org/story#v2.1",
    ],
)
def test_other_articles_have_another_identity(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://example.org/story")


def test_the_order_of_parameters_makes_no_difference() -> None:
    assert canonical_url("http://example.org/?b=2&a=1&b=1") == canonical_url("https://www.example.org?a=1&b=1&b=2")


def test_a_text_that_is_no_web_address_identifies_itself() -> None:
    assert canonical_url(" urn:uuid:1 ") == "urn:uuid:1"
    assert canonical_url("https://example.org:99999/") == "https://example.org:99999/"


def test_the_host_shown_cannot_pose_as_another() -> None:
    assert host_of("https://www.example.org:8080/a") == "example.org"
    assert host_of("https://еxample.org/") == "xn--xample-2of.org"  # its first letter is Cyrillic


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("/a b", "https://example.org/a%20b"),
        ("../c", "https://example.org/c"),
        ("//cdn.example.net/x", "https://cdn.example.net/x"),
        ("https://example.net/\n", "https://example.net/"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@example.org", None),
        ("https://user:pw@example.net/", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_links_in_content_are_resolved_and_only_web_links_kept(link: str | None, found: str | None) -> None:
    assert find_url(link, "https://example.org/news/today") == found


def test_a_relative_link_without_a_base_is_dropped() -> None:
    assert find_url("/a") is None


def test_a_page_may_name_an_address_of_its_own_site_only() -> None:
    assert same_site("https://www.example.org/a", "https://example.org/b")
    assert same_site("https://news.example.org/a", "https://example.org/b")
    assert not same_site("https://badexample.org/a", "https://example.org/b")
    assert not same_site("https://example.org.evil.net/a", "https://example.org/b")
