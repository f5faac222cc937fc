"""Where fetching gets to over real sockets: 127.9.9.0/24 plays the public internet, 127.0.0.1 is what must never be
reached.
"""

import re

import pytest

from bot.errors import AddressRefused, FetchRefused, StatusRefused
from bot.ingest.addresses import AddressPolicy
from bot.ingest.fetcher import Fetcher
from tests.fetching import FakeNames, fetching
from tests.servers import Reply, raw_serving, serving

SPELLINGS = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "localhost",
    "LOCALHOST.",
    "127.9.9.1@127.0.0.1",
]


@pytest.mark.parametrize("host", SPELLINGS)
async def test_no_spelling_of_a_private_address_is_connected_to(fetcher: Fetcher, host: str) -> None:
    """FAULTS case 2."""
    async with serving({"/": Reply("inside")}, host="127.0.0.1") as canary:
        port = canary.base.rpartition(":")[2]
        with pytest.raises(FetchRefused):
            await fetcher.fetch(f"http://{host}:{port}/")
        assert canary.requests == []


async def test_a_private_address_is_refused_in_words(fetcher: Fetcher) -> None:
    """FAULTS case 1."""
    for address in ("169.254.169.254", "10.0.0.1", "[fd00:ec2::254]"):
        with pytest.raises(AddressRefused, match="That is not a public address"):
            await fetcher.fetch(f"http://{address}/latest/meta-data")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "//localhost:{port}/", "http://127.1:{port}/"],
)
async def test_a_redirect_to_a_private_address_is_refused_at_that_hop(fetcher: Fetcher, target: str) -> None:
    """FAULTS case 3."""
    async with serving({"/": Reply("inside")}, host="127.0.0.1") as canary:
        location = target.format(port=canary.base.rpartition(":")[2])
        async with serving({"/": Reply("", 302, {"Location": location})}) as site:
            with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1 redirects to"):
                await fetcher.fetch(site.url("/"))
        assert (len(site.requests), canary.requests) == (1, [])


async def test_a_redirect_to_the_metadata_service_names_the_hop(fetcher: Fetcher) -> None:
    """FAULTS case 3."""
    async with serving({"/": Reply("", 301, {"Location": "http://169.254.169.254/latest"})}) as site:
        with pytest.raises(AddressRefused, match=r"127\.9\.9\.1 redirects to 169\.254\.169\.254: That is not a public"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.9.9.1/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://u:p@127.9.9.1/",
        "http://[",
    ],
)
async def test_a_redirect_to_something_else_than_the_web_is_refused(fetcher: Fetcher, target: str) -> None:
    """FAULTS case 8."""
    async with serving({"/": Reply("", 302, {"Location": target})}) as site:
        with pytest.raises(FetchRefused, match=r"127\.9\.9\.1 redirects to"):
            await fetcher.fetch(site.url("/"))
        assert len(site.requests) == 1


async def test_a_name_that_rebinds_to_a_private_address_is_refused_when_it_does() -> None:
    """FAULTS case 4."""
    async with serving({"/": Reply("inside")}, host="127.0.0.1") as canary:
        port = int(canary.base.rpartition(":")[2])
        names = FakeNames(news_example=[["127.9.9.1"], ["127.0.0.1"]])
        async with serving({"/": Reply("news", headers={"Connection": "close"})}, port=port) as site:
            async with fetching(resolver=names) as fetcher:
                assert (await fetcher.fetch(f"http://news.example:{port}/")).body == b"news"
            async with fetching(resolver=names) as fetcher:
                with pytest.raises(AddressRefused, match="news.example: That is not a public address"):
                    await fetcher.fetch(f"http://news.example:{port}/")
        assert (len(site.requests), canary.requests) == (1, [])


async def test_of_a_public_and_a_private_answer_only_the_public_one_is_tried() -> None:
    """FAULTS case 5."""
    async with serving({"/": Reply("inside")}, host="127.0.0.1") as canary:
        port = int(canary.base.rpartition(":")[2])
        names = FakeNames(both_example=[["127.0.0.1", "127.9.9.1"]], dead_example=[["127.9.9.77", "127.0.0.1"]])
        async with serving({"/": Reply("news")}, port=port), fetching(resolver=names) as fetcher:
            assert (await fetcher.fetch(f"http://both.example:{port}/")).body == b"news"
            with pytest.raises(FetchRefused):
                await fetcher.fetch(f"http://dead.example:{port}/")
        assert canary.requests == []


async def test_names_of_private_hosts_are_refused_without_naming_their_address() -> None:
    async with fetching(resolver=FakeNames(inner_example=[["10.1.2.3"]])) as fetcher:
        with pytest.raises(AddressRefused, match="^inner.example: That is not a public address") as refusal:
            await fetcher.fetch("http://inner.example/")
    assert "10.1.2.3" not in str(refusal.value)


async def test_proxies_of_the_environment_are_ignored(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULTS case 7."""
    async with serving({}, host="127.0.0.1") as canary, serving({"/": Reply("news")}) as site:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, canary.base)
        assert (await fetcher.fetch(site.url("/"))).body == b"news"
        assert canary.requests == []


async def test_a_host_that_does_not_exist() -> None:
    async with fetching(resolver=FakeNames()) as fetcher:
        with pytest.raises(FetchRefused, match=r"^gone\.example: no such host was found"):
            await fetcher.fetch("https://gone.example/feed")


async def test_a_port_where_nobody_listens(fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: no connection could be made"):
        await fetcher.fetch("http://127.9.9.1:9/")


async def test_a_server_without_tls_on_an_https_address(fetcher: Fetcher) -> None:
    async with serving({}) as site:
        with pytest.raises(FetchRefused, match="no secure connection could be made"):
            await fetcher.fetch(site.url("/").replace("http:", "https:"))


@pytest.mark.parametrize(
    "answer",
    [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000 + b"\r\n\r\n", b"\0\1\2\3\r\n\r\n"],
)
async def test_an_answer_that_is_no_http(fetcher: Fetcher, answer: bytes) -> None:
    async with raw_serving(answer) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: "):
            await fetcher.fetch(site.url("/"))


async def test_a_connection_closed_without_an_answer(fetcher: Fetcher) -> None:
    async with raw_serving(b"") as site:
        with pytest.raises(FetchRefused, match="closed before the answer was complete"):
            await fetcher.fetch(site.url("/"))


async def test_redirect_loops_end_after_five_hops(fetcher: Fetcher) -> None:
    """FAULTS case 9."""
    async with serving({"/": Reply("", 302, {"Location": "/"})}) as site:
        with pytest.raises(FetchRefused, match=r"127\.9\.9\.1 redirects more than 5 times"):
            await fetcher.fetch(site.url("/"))
        assert len(site.requests) == 6


async def test_permanent_moves_are_reported_as_far_as_they_are_permanent(fetcher: Fetcher) -> None:
    """FAULTS case 10."""
    replies = {
        "/old": Reply("", 301, {"Location": "/newer"}),
        "/newer": Reply("", 308, {"Location": "/newest"}),
        "/newest": Reply("", 302, {"Location": "/today"}),
        "/today": Reply("", 301, {"Location": "/now"}),
        "/now": Reply("news"),
    }
    async with serving(replies) as site:
        fetched = await fetcher.fetch(site.url("/old"))
        assert (fetched.url, fetched.moved_to) == (site.url("/now"), site.url("/newest"))
        assert (await fetcher.fetch(site.url("/newest"))).moved_to is None


async def test_cookies_are_not_sent_back(fetcher: Fetcher) -> None:
    async with serving({"/": Reply("x", headers={"Set-Cookie": "id=1"})}) as site:
        await fetcher.fetch(site.url("/"))
        await fetcher.fetch(site.url("/"))
        assert all("Cookie" not in request.headers for request in site.requests)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "127.9.9.1 has no page at this address; check the link (HTTP 404)."),
        (410, "127.9.9.1 has removed this page for good (HTTP 410)."),
        (401, "127.9.9.1 wants a login for this page (HTTP 401)."),
        (403, "127.9.9.1 refuses access to this page (HTTP 403)."),
        (429, "127.9.9.1 asks for fewer requests; try again later (HTTP 429)."),
        (451, "127.9.9.1 may not show this page for legal reasons (HTTP 451)."),
        (418, "127.9.9.1 gave no page (HTTP 418)."),
        (206, "127.9.9.1 gave no page (HTTP 206)."),
        (503, "127.9.9.1 has a problem of its own; try again later (HTTP 503)."),
    ],
)
async def test_error_statuses_are_said_in_words(fetcher: Fetcher, status: int, reason: str) -> None:
    """FAULTS case 23."""
    async with serving({"/": Reply("secret stack trace", status)}) as site:
        with pytest.raises(StatusRefused, match=f"^{re.escape(reason)}$") as refusal:
            await fetcher.fetch(site.url("/"))
    assert (refusal.value.status, refusal.value.retry_after) == (status, None)


async def test_a_fetcher_that_was_never_used_closes() -> None:
    await Fetcher(AddressPolicy(), user_agent="x").close()
