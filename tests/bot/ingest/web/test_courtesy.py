"""What is owed to those who are asked: logins kept to themselves, rest, robots.txt, few requests at once."""

import asyncio
import base64
import traceback
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.errors import FetchRefused, HostRests, StatusRefused
from bot.ingest.web.fetcher import Fetcher, FetchLimits
from tests.conftest import NOON
from tests.fakes import FakeClock
from tests.fetching import SMALL, fetching
from tests.leaks import a_secret, plant
from tests.servers import Reply, raw_serving, serving


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


async def test_a_login_is_sent_to_the_address_it_was_given_for() -> None:
    secret = a_secret()
    replies = {"/feed": Reply("", 301, {"Location": "/news"}), "/news": Reply("news")}
    async with fetching() as fetcher, serving(replies) as site:
        named = site.url("/feed").replace("//", "//reader@")
        fetched = await fetcher.fetch(named, login=f"reader:{secret}")
        assert (await fetcher.fetch(site.url("/news"))).body == b"news"
        authorizations = [request.headers.get("Authorization") for request in site.requests]
    assert (fetched.url, fetched.moved_to) == (site.url("/news"), site.url("/news"))
    assert authorizations == [basic("reader", secret)] * 2 + [None]
    assert secret not in repr(fetched)


async def test_a_login_is_not_sent_on_to_another_host_or_port_nor_back_again() -> None:
    """FAULTS case 10."""
    login = f"reader:{a_secret()}"
    async with fetching() as fetcher, serving({}) as first, serving({}, host="127.9.9.2") as second:
        first.replies |= {"/": Reply("", 301, {"Location": second.url("/")}), "/back": Reply("news")}
        second.replies["/"] = Reply("", 302, {"Location": first.url("/back")})
        fetched = await fetcher.fetch(first.url("/"), login=login)
        assert (fetched.body, fetched.moved_to) == (b"news", None)
        sent = [("Authorization" in request.headers) for request in first.requests + second.requests]
        assert sent == [True, False, False]
        async with serving({"/": Reply("news")}) as other_port:
            first.replies["/"] = Reply("", 308, {"Location": other_port.url("/")})
            assert (await fetcher.fetch(first.url("/"), login=login)).moved_to is None
            assert "Authorization" not in other_port.requests[0].headers


async def test_a_login_that_was_kept_back_is_the_reason_of_a_refusal() -> None:
    """FAULTS case 10."""
    secret = a_secret()
    async with fetching() as fetcher, serving({}) as first, serving({"/": Reply("", 401)}, host="127.9.9.2") as second:
        first.replies["/"] = Reply("", 302, {"Location": second.url("/")})
        with pytest.raises(StatusRefused, match="127.9.9.1 redirects to 127.9.9.2, which wants a login; one is sent"):
            await fetcher.fetch(first.url("/"), login=f"reader:{secret}")


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000, b"SSH-2.0\r\n\r\n"])
async def test_no_error_holds_a_login(caplog: pytest.LogCaptureFixture, answer: bytes) -> None:
    """FAULTS case 10: neither its words nor what a traceback shows of what led to it."""
    secret = a_secret()
    encoded = plant(basic("reader", secret).partition(" ")[2])
    async with fetching() as fetcher, raw_serving(answer) as site:
        with pytest.raises(FetchRefused) as refusal:
            await fetcher.fetch(site.url("/"), login=f"reader:{secret}")
        with pytest.raises(FetchRefused, match="user name or password"):  # the name of somebody else
            await fetcher.fetch(site.url("/").replace("//", "//writer@"), login=f"reader:{secret}")
    told = "".join(traceback.format_exception(refusal.value)) + repr(refusal.value.__cause__)
    assert secret not in told
    assert encoded not in told
    assert caplog.records


async def test_a_name_in_an_address_without_its_login_is_refused(fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match="user name or password"):
        await fetcher.fetch("http://reader@127.9.9.1/")


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_rest_is_left_alone_by_all_its_sources(status: int) -> None:
    """FAULTS case 23."""
    clock = FakeClock(NOON)
    replies = {"/one": Reply("", status, {"Retry-After": "600"}), "/two": Reply("news")}
    async with (
        fetching(clock=clock) as fetcher,
        serving(replies) as site,
        serving(replies, host="127.9.9.2") as other,
    ):
        with pytest.raises(StatusRefused):
            await fetcher.fetch(site.url("/one"))
        clock.time += timedelta(minutes=4)
        with pytest.raises(
            HostRests, match=r"^127\.9\.9\.1 asked to be left alone until 20 November 12:10 UTC\.$"
        ) as rests:
            await fetcher.fetch(site.url("/two"))
        assert (rests.value.status, rests.value.retry_after) == (status, timedelta(minutes=6))
        other.replies["/one"] = Reply("", 302, {"Location": site.url("/two")})
        with pytest.raises(HostRests):
            await fetcher.fetch(other.url("/one"))
        assert len(site.requests) == 1
        assert (await fetcher.fetch(other.url("/two"))).body == b"news"
        clock.wind(minutes=6)
        assert (await fetcher.fetch(site.url("/two"))).body == b"news"


@pytest.mark.parametrize(("status", "wait"), [(404, "600"), (500, "600"), (429, "0"), (429, "soon"), (503, "")])
async def test_other_errors_of_one_page_leave_its_host_open(fetcher: Fetcher, status: int, wait: str) -> None:
    """FAULTS case 23."""
    async with serving({"/one": Reply("", status, {"Retry-After": wait}), "/two": Reply("news")}) as site:
        with pytest.raises(StatusRefused):
            await fetcher.fetch(site.url("/one"))
        assert (await fetcher.fetch(site.url("/two"))).body == b"news"


async def test_pages_are_read_as_robots_txt_allows_and_all_else_without_it(fetcher: Fetcher) -> None:
    rules = Reply("User-agent: *\nDisallow: /closed", content_type="text/plain")
    replies = {"/robots.txt": rules, "/closed/1": Reply("page"), "/open": Reply("page")}
    async with serving(replies) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1 does not let programs read this page"):
            await fetcher.fetch(site.url("/closed/1"), robots=True)
        assert (await fetcher.fetch(site.url("/open"), robots=True)).body == b"page"
        assert site.paths == ["/robots.txt", "/open"]
        assert (await fetcher.fetch(site.url("/closed/1"))).body == b"page"  # a member's wish


async def test_a_redirect_to_a_closed_page_is_refused_at_that_hop(fetcher: Fetcher) -> None:
    rules = Reply("User-agent: *\nDisallow: /closed")
    async with serving({"/robots.txt": rules, "/closed": Reply("page")}, host="127.9.9.2") as other:
        async with serving({"/": Reply("", 302, {"Location": other.url("/closed")})}) as site:
            with pytest.raises(FetchRefused, match=r"^127\.9\.9\.2 does not let programs read"):
                await fetcher.fetch(site.url("/"), robots=True)
        assert other.paths == ["/robots.txt"]


async def test_of_a_long_robots_txt_the_beginning_counts(fetcher: Fetcher) -> None:
    rules = "User-agent: *\nDisallow: /closed\n" + "# nothing\n" * 60_000
    async with serving({"/robots.txt": Reply(rules, pieces=50_000), "/": Reply("page")}) as site:
        assert (await fetcher.fetch(site.url("/"), robots=True)).body == b"page"
        with pytest.raises(FetchRefused, match="does not let programs"):
            await fetcher.fetch(site.url("/closed"), robots=True)


@pytest.mark.parametrize("answer", [Reply("", 302, {"Location": "http://169.254.169.254/robots.txt"}), Reply("", 503)])
async def test_no_page_is_read_while_its_robots_txt_cannot_be(fetcher: Fetcher, answer: Reply) -> None:
    """FAULTS case 6: it goes through the same door."""
    async with serving({"/robots.txt": answer, "/": Reply("page")}) as site:
        with pytest.raises(FetchRefused):
            await fetcher.fetch(site.url("/"), robots=True)
        assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("1000000000", 86_400),
        ("9" * 5000, None),
        ("-5", None),
        ("soon", None),
        (timedelta(hours=1), 3600),
        (timedelta(hours=-1), 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ],
)
async def test_the_wait_a_server_asks_for_is_read_and_capped(header: str | timedelta, seconds: int | None) -> None:
    """FAULTS case 23."""
    if isinstance(header, timedelta):
        header = format_datetime(NOON + header, usegmt=True)
    async with fetching() as fetcher, serving({"/": Reply("", 429, {"Retry-After": header})}) as site:
        with pytest.raises(StatusRefused) as refusal:
            await fetcher.fetch(site.url("/"))
    waited = refusal.value.retry_after
    assert (waited is None) == (seconds is None)
    assert waited is None or abs(waited.total_seconds() - (seconds or 0)) < 5


@pytest.mark.parametrize("bounds", [{"per_host": 2}, {"per_host": 50, "connections": 2}])
async def test_few_requests_are_made_at_once_and_waiting_costs_no_time(bounds: dict[str, Any]) -> None:
    """FAULTS case 25: the limit of two seconds begins with a fetch's turn, and ten of half a second take longer."""
    limits = replace(SMALL, total=timedelta(seconds=2), **bounds)
    async with fetching(limits) as fetcher, serving({"/": Reply("x", delay=0.5)}) as site:
        fetched = await asyncio.gather(*(fetcher.fetch(site.url("/")) for _ in range(10)))
    assert [one.body for one in fetched] == [b"x"] * 10
    assert site.most_at_once == 2


async def test_a_host_that_others_redirect_to_gets_few_requests_at_once() -> None:
    """FAULTS case 25: 12 hosts lead to one."""
    async with fetching() as fetcher, serving({"/": Reply("x", delay=0.05)}) as site, AsyncExitStack() as stack:
        reply = {"/": Reply("", 302, {"Location": site.url("/")})}
        hosts = [await stack.enter_async_context(serving(reply, host=f"127.9.9.{100 + n}")) for n in range(12)]
        await asyncio.gather(*(fetcher.fetch(host.url("/")) for host in hosts))
    assert (len(site.requests), site.most_at_once) == (12, 2)


async def test_pages_of_one_host_are_read_with_pauses_and_feeds_without() -> None:
    """FAULTS case 25."""
    pause = timedelta(seconds=0.2)
    async with fetching(FetchLimits(pause=pause)) as fetcher, serving({"/": Reply("page")}) as site:
        await asyncio.gather(*(fetcher.fetch(site.url("/"), robots=True) for _ in range(4)))
        begun = [request.at for request in site.requests if request.path == "/"]
        assert begun[-1] - begun[0] > 2.5 * pause.total_seconds()
    async with fetching(FetchLimits(pause=timedelta(hours=1))) as fetcher, serving({"/": Reply("feed")}) as site:
        for _ in range(4):
            await fetcher.fetch(site.url("/"))


async def test_the_pause_that_a_site_asks_for_is_made() -> None:
    robots = Reply("User-agent: *\nCrawl-delay: 0.3\nDisallow: /x")
    async with fetching() as fetcher, serving({"/robots.txt": robots, "/": Reply("page")}) as site:
        await asyncio.gather(*(fetcher.fetch(site.url("/"), robots=True) for _ in range(2)))
        first, second = (request.at for request in site.requests if request.path == "/")
        assert second - first > 0.25
