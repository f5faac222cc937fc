"""Addresses as typed, as identities and as shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import FetchRefused
from bot.ingest.web.urls import (
    MAX_LENGTH,
    canonical_url,
    checked_url,
    find_url,
    host_of,
    same_site,
    split_login,
    with_user,
    without_user,
)


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
        ("https://a.\u00a8/", "not a web address"),
        ("https://a.(b)/", "not a web address"),
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


@given(
    st.text(max_size=60) | st.text(max_size=20).map("https://{}".format) | st.text(max_size=20).map("e.org/{}".format)
)
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


SAME = [
    "http://example.org/story",
    "https://www.example.org/story/",
    "https://m.example.org:443/story",
    "http://EXAMPLE.org:80/story#comments",
    "https://example.org./story",
    "https://www.m.example.org/story",
    "https://touch.example.org/story",
    "https://example.org/story?utm_source=rss&utm_medium=feed",
    "https://amp.example.org/story?fbclid=abc&gclid=1",
    "https://example.org/story?at_medium=RSS&at_campaign=KARANGA&mc_cid=1&ns_mchannel=rss&wt.mc_id=2&_ga=3&srsltid=4",
    "https://example.org/story?ref=rss&source=newsletter&CMP=share_btn_tw&from=feedly",
    "https://example.org/story?ref=weekly.example.net&via=news.example.com",
    "https://example.org/story#xtor=RSS-1",
    "https://example.org/story#:~:text=hello%20world1",
    "https://example.org/story#comment-1234",
    "https://example.org//story",
    "https://example.org/story/index.html",
    "https://example.org/story/index.php?utm_term=x",
    "https://example.org/story;jsessionid=0A1B2C",
    "https://example.org/%73tory",
    "https://example.org/story/amp",
    "https://example.org/story/amp/?utm_source=x",
    "https://example.org/story/amp.html",
    "https://example.org/story.amp",
    "https://example.org/story?amp",
    "https://example.org/story?amp=1",
    "https://example.org/story?outputType=amp",
    "https://www.google.com/amp/s/example.org/story/amp/",
    "https://www.google.co.uk/amp/example.org/story",
    "https://example-org.cdn.ampproject.org/c/s/example.org/story?amp_js_v=0.1&usqp=mq331",
    "https://example-org.cdn.ampproject.org/v/s/amp.example.org/story",
    "https://example-org.bing-amp.com/c/s/example.org/story",
]


@pytest.mark.parametrize("same", SAME)
def test_spellings_of_one_article_have_one_identity(same: str) -> None:
    assert canonical_url(same) == "https://example.org/story"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/news/storm-12.amp.html", "https://example.org/news/storm-12.html"),
        ("https://example.org/amp/news/storm-12", "https://example.org/news/storm-12"),
        ("https://example.org/article/amp/idEX12", "https://example.org/article/idEX12"),
        ("https://en.m.encyclopedia.example/wiki/Ferry", "https://en.encyclopedia.example/wiki/Ferry"),
        ("https://desk.blogspot.com/2026/11/ferry.html?m=1", "http://desk.blogspot.com/2026/11/ferry.html"),
        ("https://b\u00fccher.example/\u00e4", "http://xn--bcher-kva.example/%c3%a4"),
        ("https://example.org/~desk/", "https://example.org/%7Edesk"),
        ("https://example.org/?b=2&a=1&b=1", "https://www.example.org?a=1&b=1&b=2"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/story", "/Story"),
        ("/story", "/story/2"),
        ("/story", "/story?id=2"),
        ("/story?ref=main", "/story?ref=stable"),
        ("/story?ref=v1.2", "/story?ref=v1.3"),
        ("/show?src=harbour.jpg", "/show?src=ferry.jpg"),
        ("/story?page=1", "/story?page=2"),
        ("/story", "/story#v2.1"),
        ("/#!/harbour", "/#!/ferry"),
        ("/?y=2026&m=1", "/?y=2026&m=2"),
        ("/view?source=12", "/view?source=13"),
        ("/tag/amp", "/tag"),
        ("/companies/amp", "/companies"),
        ("/r/amp", "/r"),
        ("/amp", "/"),
        ("/amplifier", "/lifier"),
        ("/news/amp-17", "/news/17"),
        ("/news/camp", "/news/c"),
        ("/owner/amp/releases/v1", "/owner/releases/v1"),
        ("/index-of-prices.html", "/"),
        ("/a/b", "/ab"),
        ("/a%2Fb", "/a/b"),
    ],
)
def test_other_articles_have_another_identity(one: str, other: str) -> None:
    assert canonical_url("https://example.org" + one) != canonical_url("https://example.org" + other)


@pytest.mark.parametrize(
    "other",
    ["https://example.org:8080/", "https://news.example.org/", "https://reader@example.org/", "https://example.com/"],
)
def test_other_hosts_ports_and_readers_have_another_identity(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://example.org/")


def test_a_host_that_is_all_prefix_keeps_it() -> None:
    assert len({canonical_url(f"https://{host}/") for host in ("www.org", "m.org", "amp.org", "org")}) == 4


HOSTS = ["example.org", "www.example.org", "en.m.example.org", "m.m.example.org", "www.org", "[2606:4700::1]"]
WORDS = ["amp", "index.html", "", "s", "c", "x-1", "a.amp", ".amp.html", "google.com", "tag"]
TEXTS = st.text("amp.m-_~0aZ%;\u00e4", max_size=8)
NAMES = ["a", "b", "utm_source", "ref", "amp", "m"]


@given(
    st.sampled_from(HOSTS),
    st.lists(st.sampled_from(WORDS) | TEXTS, max_size=5),
    st.lists(st.tuples(st.sampled_from(NAMES), TEXTS), max_size=5),
)
def test_an_identity_is_its_own_and_the_order_of_parameters_makes_none(
    host: str, parts: list[str], pairs: list[tuple[str, str]]
) -> None:
    address = URL(f"https://{host}/{'/'.join(parts)}")
    one, turned = (canonical_url(str(address.with_query(order))) for order in (pairs, pairs[::-1]))
    assert one == turned == canonical_url(one)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(SAME))
def test_articles_that_differ_by_a_number_stay_apart_in_every_spelling(one: int, other: int, spelling: str) -> None:
    """Whatever is folded, what tells two articles of a site apart is not."""
    first, second = (canonical_url(spelling.replace("tory", f"tory-{number}")) for number in (one, other))
    assert first == f"https://example.org/story-{one}"
    assert (first == second) == (one == other)


def test_a_text_that_is_no_web_address_identifies_itself() -> None:
    assert canonical_url(" urn:uuid:1 ") == "urn:uuid:1"
    assert canonical_url("https://example.org:99999/") == "https://example.org:99999/"
    long = "https://www.example.org/" + "/amp" * MAX_LENGTH
    assert canonical_url(long) == long


def test_the_host_shown_cannot_pose_as_another() -> None:
    assert host_of("https://www.example.org:8080/a") == "example.org"
    assert host_of("https://еxample.org/") == "xn--xample-2of.org"  # its first letter is Cyrillic


@pytest.mark.parametrize(
    ("typed", "address", "login"),
    [
        ("https://reader:open%20sesame@example.org/feed", "https://example.org/feed", "reader:open sesame"),
        ("<https://reader:pw@example.org:8443/feed?x=1>", "https://example.org:8443/feed?x=1", "reader:pw"),
        ("https://re%40der:a:b@example.org/", "https://example.org/", "re@der:a:b"),
        ("https://example.org/feed", "https://example.org/feed", ""),
        ("example.org/@desk", "https://example.org/@desk", ""),
    ],
)
def test_a_login_is_taken_out_of_the_address(typed: str, address: str, login: str) -> None:
    assert split_login(typed) == (address, login)
    named = with_user(address, login)
    assert login.partition(":")[2] not in named or not login
    assert without_user(named, login) == address
    assert without_user(named, "other:x") == named


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("https://example.org@evil.example/", "write name and password"),
        ("https://token@example.org/", "write name and password"),
        ("https://token:@example.org/", "write name and password"),
        ("https://:pl4nted@example.org/", "write name and password"),
        ("https://a%3Ab:pl4nted@example.org/", "write name and password"),
        ("https://a:pl4nted%0Ax@example.org/", "invisible characters"),
        (f"https://a:{'pl4nted' * 50}@example.org/", "write name and password"),
        ("https://a:pl4nted@/feed", "not a web address"),
        ("ftp://a:pl4nted@example.org/", "Only http and https"),
        ("https://a:pl4nted@exam ple.org/", "spaces or invisible"),
    ],
)
def test_half_a_login_is_refused_and_not_repeated(typed: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason) as refusal:
        split_login(typed)
    assert "pl4nted" not in repr(refusal.value)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_login_is_taken_out_or_refused(name: str, password: str) -> None:
    try:
        typed = str(URL("https://example.org/feed").with_user(name).with_password(password))
        address, login = split_login(typed)
    except (FetchRefused, ValueError):  # a lone surrogate has no encoding
        return
    assert address == "https://example.org/feed"
    assert without_user(with_user(address, login), login) == address
    assert login in ("", f"{name}:{password}")


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
