"""robots.txt: what a file allows (RFC 9309), and how it is fetched, kept and forgotten."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AddressRefused, FetchRefused, HostRests, StatusRefused
from bot.ingest.web.robots import MAX_BYTES, Robots, Rule, Rules, normal_path, parse_robots


def allows(text: str, path: str) -> bool:
    return parse_robots(text.encode()).allow(path)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a", "/ab", False),
        ("User-agent: *\nDisallow: /a", "/b/a", True),
        ("User-agent: *\nDisallow: /a", "/A", True),
        ("USER-AGENT : *  \r\n dIsAllow :/a # all of it\r\n", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("Disallow: /", "/a", True),  # of nobody
        ("User-agent: other\nDisallow: /", "/a", True),
        ("User-agent: dateline\nDisallow: /", "/a", False),
        ("User-agent: DateLine/2.0 (news)\nDisallow: /", "/a", False),
        ("User-agent: datelinebot\nDisallow: /", "/a", True),
        # a group that names us stands alone, wherever it stands; several of them are one
        ("User-agent: *\nDisallow: /\n\nUser-agent: Dateline\nDisallow: /b", "/a", True),
        ("User-agent: Dateline\nDisallow: /b\n\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: Dateline\nDisallow: /b\nUser-agent: Dateline\nDisallow: /a", "/b", False),
        ("User-agent: Dateline\nDisallow: /b\nUser-agent: Dateline\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /b\nUser-agent: *\nDisallow: /a", "/b", False),
        ("User-agent: Dateline\n", "/a", True),
        ("User-agent: one\nUser-agent: dateline\nUser-agent: two\nDisallow: /", "/a", False),
        ("User-agent: dateline\nSitemap: https://example.org/map\n\nDisallow: /", "/a", False),
        ("User-agent: one\nCrawl-delay: 3\nUser-agent: *\nDisallow: /", "/a", False),
        # the most specific rule decides, not the first; of equal ones Allow
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: *\nAllow: /\nDisallow: /news/", "/news/1", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news", "/news/1", True),
        ("User-agent: *\nDisallow: /news/*\nAllow: /news/1", "/news/1", True),
        # wildcards
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: *print", "/a?print=1", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*a$", "/a", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1c2b3", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
        ("User-agent: *\nDisallow: /$", "/", False),
        ("User-agent: *\nDisallow: /$", "/a", True),
        # one character in several spellings
        ("User-agent: *\nDisallow: /stra\u00dfe", "/stra%C3%9Fe", False),
        ("User-agent: *\nDisallow: /stra%c3%9fe", "/stra%C3%9Fe", False),
        ("User-agent: *\nDisallow: /%7Edesk", "/~desk", False),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
        # no file of rules at all
        ("<!doctype html><p>Disallow: /", "/a", True),
        ("\0\0\0", "/a", True),
    ],
)
def test_what_a_file_allows(text: str, path: str, allowed: bool) -> None:
    assert allows(text, path) == allowed


@given(st.text("ab*$/", max_size=12), st.text("ab/", max_size=12))
def test_a_pattern_fits_what_the_same_regular_expression_does(pattern: str, path: str) -> None:
    anchored = pattern.endswith("$")
    expression = ".*".join(re.escape(part) for part in pattern.removesuffix("$").split("*"))
    assert Rule(pattern, allowed=False).fits(path) == bool(re.match(expression + ("$" if anchored else ""), path))


@given(st.binary(max_size=200), st.text(max_size=20))
def test_any_bytes_are_rules_or_none(body: bytes, path: str) -> None:
    parse_robots(body).allow(path)
    assert normal_path(normal_path(path)) == normal_path(path)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "line",
    [
        b"Disallow: /" + b"*a" * 400_000,
        b"Disallow: /a\n" * 100_000,
        b"User-agent: *\n" * 90_000,
        b" " * 900_000,
        b"\n" * 900_000,
    ],
    ids=["stars", "rules", "agents", "spaces", "lines"],
)
def test_a_hostile_file_is_read_in_linear_time_and_bounded_memory(line: bytes) -> None:
    rules = parse_robots(b"User-agent: *\n" + line)
    assert len(rules.rules) <= 5_000
    rules.allow("/" + "a" * 1_999)


@pytest.mark.timeout(20)
def test_a_pattern_of_many_stars_is_tried_once() -> None:
    """With a regular expression the same is tried in more ways than there are seconds."""
    assert not Rule("/" + "*a" * 900 + "*b", allowed=False).fits("/" + "a" * 1_999)


def test_nothing_behind_the_cap_of_a_file_counts() -> None:
    assert allows("User-agent: *\n" + "#" * MAX_BYTES + "\nDisallow: /", "/a")


@pytest.mark.parametrize(
    ("delay", "seconds"),
    [("2", 2), ("0.5", 0.5), ("86400", 5), ("-1", 0), ("soon", 0), ("1e9", 0), ("nan", 0), ("\u0662", 0)],
)
def test_a_delay_between_pages_is_kept_within_reason(delay: str, seconds: float) -> None:
    text = f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /x"
    assert parse_robots(text.encode()).delay == timedelta(seconds=seconds)


class Sites:
    """Files by address, or the refusal that reading one ends with; the clock is wound by hand."""

    def __init__(self, **files: str | FetchRefused) -> None:
        self.files = {f"https://{name}.example/robots.txt": file for name, file in files.items()}
        self.asked: list[str] = []
        self.now = datetime(2026, 11, 20, tzinfo=UTC)
        self.robots = Robots(self.read, lambda: self.now)

    async def read(self, url: str) -> bytes:
        self.asked.append(url)
        await asyncio.sleep(0)
        file = self.files.get(url, StatusRefused("gone", 404))
        if isinstance(file, FetchRefused):
            raise file
        return file.encode()


CLOSED = "User-agent: *\nDisallow: /closed\nCrawl-delay: 2"


async def test_a_page_that_its_site_closes_is_refused_in_words() -> None:
    sites = Sites(news=CLOSED)
    assert await sites.robots.check("https://news.example/open?closed") == timedelta(seconds=2)
    with pytest.raises(FetchRefused, match=r"^news\.example does not let programs read this page \(its robots\.txt"):
        await sites.robots.check("https://news.example/closed/1")


async def test_a_file_is_asked_for_once_a_day_however_many_pages_wait_for_it() -> None:
    sites = Sites(news=CLOSED)
    await asyncio.gather(*(sites.robots.check(f"https://news.example/{number}") for number in range(20)))
    sites.now += timedelta(hours=23)
    await sites.robots.check("https://news.example/")
    assert len(sites.asked) == 1
    sites.now += timedelta(hours=2)
    sites.files["https://news.example/robots.txt"] = "User-agent: *\nDisallow: /"
    with pytest.raises(FetchRefused, match="does not let programs"):
        await sites.robots.check("https://news.example/")
    assert len(sites.asked) == 2


async def test_each_scheme_and_port_of_a_host_has_its_own_file() -> None:
    sites = Sites(news=CLOSED)
    for address in ("http://news.example/closed", "https://news.example:8443/closed"):
        await sites.robots.check(address)
    assert sites.asked == ["http://news.example/robots.txt", "https://news.example:8443/robots.txt"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_where_there_is_no_file_everything_is_allowed(status: int) -> None:
    """RFC 9309, 2.3.1.3."""
    await Sites(news=StatusRefused("no", status)).robots.check("https://news.example/a")


@pytest.mark.parametrize("failure", [StatusRefused("no", 500), StatusRefused("no", 429), FetchRefused("cut short")])
async def test_where_the_file_cannot_be_read_no_page_is_for_a_while(failure: FetchRefused) -> None:
    """RFC 9309, 2.3.1.4."""
    sites = Sites(news=failure)
    for _ in range(2):
        with pytest.raises(FetchRefused, match="does not say which pages programs may read"):
            await sites.robots.check("https://news.example/a")
    assert len(sites.asked) == 1
    sites.files["https://news.example/robots.txt"] = ""
    sites.now += timedelta(hours=1)
    await sites.robots.check("https://news.example/a")


@pytest.mark.parametrize("refusal", [AddressRefused("not public"), HostRests("later", 503, timedelta(hours=1))])
async def test_a_host_that_is_not_asked_at_all_is_refused_for_that_reason(refusal: FetchRefused) -> None:
    sites = Sites(news=refusal)
    with pytest.raises(type(refusal)):
        await sites.robots.check("https://news.example/a")
    del sites.files["https://news.example/robots.txt"]
    await sites.robots.check("https://news.example/a")


async def test_what_is_remembered_of_all_sites_is_bounded() -> None:
    """Forty files of half a megabyte are more than all sites may fill."""
    big = "User-agent: *\n" + "".join(f"Disallow: /{number:01900}\n" for number in range(250))
    sites = Sites(**{f"s{number}": big for number in range(40)})
    for number in range(40):
        await sites.robots.check(f"https://s{number}.example/")
    await sites.robots.check("https://s39.example/")
    await sites.robots.check("https://s0.example/")
    assert len(sites.asked) == 41  # the latest was remembered, the first was not


def test_without_rules_everything_is_allowed_at_once() -> None:
    assert Rules().allow("/anything")
    assert Rules().delay == timedelta(0)
