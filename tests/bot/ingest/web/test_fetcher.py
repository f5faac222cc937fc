"""Where fetching gets to over real sockets: 127.9.9.0/24 plays the public internet, 127.0.0.1 is what must never be
reached.
"""

import ipaddress
import re
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.errors import AddressRefused, FetchRefused, StatusRefused
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from tests.fetching import LOCAL, FakeNames, canary, fetching
from tests.leaks import a_secret
from tests.servers import Reply, raw_serving, serving

SPELLINGS = [
    "127.0.0.1",
    "127.0.0.1.",
    "127.000.000.001",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "127.8.8.8",
    "①②⑦.⓪.⓪.①",
    "１２７.０.０.１",
    "127。0。0。1",
    "127.0.0.1%00.example.org",
    "[::1]",
    "[::]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:127.0.0.1%25lo]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "localhost",
    "LOCALHOST.",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "local­host",
    "ip6-localhost",
    "127.9.9.1@127.0.0.1",
    "127.9.9.1\\@127.0.0.1",
    "127.9.9.1:80@127.0.0.1",
    "127.0.0.1\\.example.org",
]


@pytest.mark.parametrize("host", SPELLINGS)
async def test_no_spelling_of_a_private_address_is_connected_to(fetcher: Fetcher, host: str) -> None:
    """FAULTS case 2, asked for and redirected to."""
    async with canary() as bird, serving({}) as site:
        with pytest.raises(FetchRefused):
            await fetcher.fetch(f"http://{host}:{bird.port}/")
        site.replies["/"] = Reply("", 302, {"Location": f"http://{quote(host, safe='[]:@%')}:{bird.port}/"})
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1 redirects to"):
            await fetcher.fetch(site.url("/"))
        assert bird.connections == 0


@given(st.integers(0, 2**24 - 1), st.sampled_from(["{}", "[::ffff:{}]", "[::{}]", "[::ffff:0:{}]", "[64:ff9b::{}]"]))
async def test_no_loopback_address_is_connected_to(low: int, form: str) -> None:
    """FAULTS cases 1 and 2: all of 127.0.0.0/8 is this machine, and what stands for 127.9.9.0/24 is opened."""
    address = ipaddress.IPv4Address((127 << 24) + low)
    assume(form in ("{}", "[::ffff:{}]") or address not in LOCAL[0])
    async with fetching() as fetcher:
        with pytest.raises(FetchRefused, match="connection could be made" if address in LOCAL[0] else "not a public"):
            await fetcher.fetch(f"http://{form.format(address)}:9/")


async def test_a_private_address_is_refused_in_words(fetcher: Fetcher) -> None:
    """FAULTS case 1."""
    for address in ("169.254.169.254", "10.0.0.1", "[fd00:ec2::254]"):
        with pytest.raises(AddressRefused, match="That is not a public address"):
            await fetcher.fetch(f"http://{address}/latest/meta-data")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("hops", [0, 1, 4])
async def test_a_redirect_to_a_private_address_is_refused_at_that_hop(fetcher: Fetcher, status: int, hops: int) -> None:
    """FAULTS case 3."""
    async with canary() as bird, serving({}) as site:
        ways = [*(f"/{number}" for number in range(hops)), f"//127.0.0.1:{bird.port}/"]
        for path, location in zip(["/", *ways], ways, strict=False):
            site.replies[path] = Reply("", status, {"Location": location})
        with pytest.raises(AddressRefused, match=r"^127\.9\.9\.1 redirects to 127\.0\.0\.1: That is not a public"):
            await fetcher.fetch(site.url("/"))
        assert (len(site.requests), bird.connections) == (hops + 1, 0)


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


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 9200])
async def test_ports_that_serve_no_news_are_refused(port: int) -> None:
    """FAULTS case 8, asked for and redirected to."""
    names = FakeNames(public_example=[["1.1.1.1"]])
    async with fetching(resolver=names) as fetcher, serving({}) as site:
        with pytest.raises(AddressRefused, match=f"^public.example: Port {port} is not one"):
            await fetcher.fetch(f"http://public.example:{port}/")
        site.replies["/"] = Reply("", 302, {"Location": f"https://public.example:{port}/"})
        with pytest.raises(AddressRefused, match=f"^127.9.9.1 redirects to public.example: Port {port} is not one"):
            await fetcher.fetch(site.url("/"))


async def test_cookies_are_not_kept() -> None:
    """A server that knows us again could tell us other things than anybody else."""
    names = FakeNames(news_example=[["127.9.9.1"]])
    async with serving({"/": Reply("news", headers={"Set-Cookie": "seen=1; Path=/"})}) as site:
        async with fetching(resolver=names) as fetcher:
            for _ in range(2):
                await fetcher.fetch(site.url("/").replace("127.9.9.1", "news.example"))
        assert [request.headers.get("Cookie") for request in site.requests] == [None, None]


async def test_a_name_that_rebinds_to_a_private_address_is_refused_when_it_does() -> None:
    """FAULTS case 4."""
    names = FakeNames(news_example=[["127.9.9.1"], ["127.0.0.1"]])
    async with canary() as bird, serving({"/": Reply("news")}, port=bird.port) as site:
        async with fetching(resolver=names) as fetcher:
            assert (await fetcher.fetch(f"http://news.example:{bird.port}/")).body == b"news"
        async with fetching(resolver=names) as fetcher:
            with pytest.raises(AddressRefused, match="news.example: That is not a public address"):
                await fetcher.fetch(f"http://news.example:{bird.port}/")
        assert (len(site.requests), bird.connections) == (1, 0)


PRIVATE = ["127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fd00:ec2::254", "::ffff:127.0.0.1"]


@given(st.lists(st.sampled_from(PRIVATE), max_size=4), st.lists(st.sampled_from(PRIVATE), max_size=4))
@settings(max_examples=25, deadline=None)
async def test_of_public_and_private_answers_only_the_public_one_is_tried(before: list[str], after: list[str]) -> None:
    """FAULTS case 5."""
    answers = [*before, "127.9.9.1", *after]
    async with canary() as bird, serving({"/": Reply("news")}, port=bird.port):
        async with fetching(resolver=FakeNames(both_example=[answers])) as fetcher:
            assert (await fetcher.fetch(f"http://both.example:{bird.port}/")).body == b"news"
        assert bird.connections == 0


async def test_where_the_public_answer_is_dead_the_private_one_is_not_tried() -> None:
    """FAULTS case 5."""
    names = FakeNames(dead_example=[["127.9.9.77", "127.0.0.1"]])
    async with canary() as bird, fetching(resolver=names) as fetcher:
        with pytest.raises(FetchRefused, match=r"^dead\.example: "):
            await fetcher.fetch(f"http://dead.example:{bird.port}/")
        assert bird.connections == 0


async def test_names_of_private_hosts_are_refused_without_naming_their_address() -> None:
    async with fetching(resolver=FakeNames(inner_example=[["10.1.2.3"]])) as fetcher:
        with pytest.raises(AddressRefused, match="^inner.example: That is not a public address") as refusal:
            await fetcher.fetch("http://inner.example/")
    assert "10.1.2.3" not in str(refusal.value)


async def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULTS case 7."""
    async with canary() as bird, serving({"/": Reply("news")}) as site:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{bird.port}")
        async with fetching() as fetcher:
            assert (await fetcher.fetch(site.url("/"))).body == b"news"
            with pytest.raises(FetchRefused):
                await fetcher.fetch(site.url("/").replace("http:", "https:"))
        assert bird.connections == 0


async def test_a_host_that_does_not_exist() -> None:
    async with fetching(resolver=FakeNames()) as fetcher:
        with pytest.raises(FetchRefused, match=r"^gone\.example: no such host was found"):
            await fetcher.fetch("https://gone.example/feed")


async def test_a_port_where_nobody_listens(fetcher: Fetcher) -> None:
    with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: no connection could be made"):
        await fetcher.fetch("http://127.9.9.1:9/")


async def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    """It names the right host; who sits between us and the site can make one too."""
    names = FakeNames(news_example=[["127.9.9.1"]])
    async with fetching(resolver=names) as fetcher, serving({"/": Reply("news")}, tls=True) as site:
        port = site.base.rpartition(":")[2]
        with pytest.raises(FetchRefused, match=r"^news\.example: its certificate is not valid"):
            await fetcher.fetch(f"https://news.example:{port}/", login=f"reader:{a_secret()}")
        assert site.requests == []


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
