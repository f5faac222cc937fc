"""Fetching over real sockets: 127.9.9.0/24 plays the public internet, 127.0.0.1 is what must never be reached."""

import asyncio
import gzip
import re
import socket
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.errors import AddressRefused, FetchRefused, StatusRefused
from bot.ingest.addresses import AddressPolicy, parse_networks
from bot.ingest.fetcher import Fetcher, FetchLimits, Validators
from tests.servers import Reply, raw_serving, serving

QUICK = FetchLimits(body=100_000, total=timedelta(seconds=0.6), redirects=5, per_host=2)
LOCAL = parse_networks("127.9.9.0/24")


class Names(AbstractResolver):
    """A resolver that gives each name's answers in turn, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): turns for name, turns in answers.items()}

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        if host not in self.answers:
            raise OSError(None, "no such name")
        turns = self.answers[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        return None


@asynccontextmanager
async def fetching(limits: FetchLimits = QUICK, resolver: Names | None = None) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(AddressPolicy(LOCAL), user_agent="Dateline/test", limits=limits, resolver=resolver)
    try:
        yield fetcher
    finally:
        await fetcher.close()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with fetching() as opened:
        yield opened


async def test_an_answer_written_in_small_pieces_is_read_to_its_end(fetcher: Fetcher) -> None:
    """FAULTS finding 10."""
    body = b"".join(b"%07d" % number for number in range(10_000))
    headers = {"ETag": '"v1"', "Last-Modified": "Fri, 20 Nov 2026 12:00:00 GMT"}
    reply = Reply(body, headers=headers, content_type="application/rss+xml; charset=iso-8859-1", pieces=997)
    async with serving({"/feed.xml": reply}) as site:
        fetched = await fetcher.fetch(site.url("/feed.xml"))
    assert fetched.body == body
    assert (fetched.status, fetched.url, fetched.moved_to) == (200, site.url("/feed.xml"), None)
    assert (fetched.content_type, fetched.charset) == ("application/rss+xml", "iso-8859-1")
    assert fetched.validators == Validators('"v1"', "Fri, 20 Nov 2026 12:00:00 GMT")
    assert site.requests[0].headers["User-Agent"] == "Dateline/test"


async def test_a_conditional_request_that_finds_nothing_new(fetcher: Fetcher) -> None:
    """FAULTS case 24."""
    known = Validators('"v1"', "Fri, 20 Nov 2026 12:00:00 GMT")
    async with serving({"/feed.xml": Reply(status=304)}) as site:
        fetched = await fetcher.fetch(site.url("/feed.xml"), validators=known)
        assert (fetched.not_modified, fetched.body, fetched.validators) == (True, b"", known)
        sent = site.requests[0].headers
        assert (sent["If-None-Match"], sent["If-Modified-Since"]) == (known.etag, known.last_modified)
        with pytest.raises(StatusRefused, match="304"):  # nobody asked whether it was modified
            await fetcher.fetch(site.url("/feed.xml"))


async def test_a_changed_body_is_delivered_though_its_validator_is_the_same(fetcher: Fetcher) -> None:
    """FAULTS case 24."""
    async with serving({"/": [Reply("one", headers={"ETag": "x"}), Reply("two", headers={"ETag": "x"})]}) as site:
        first = await fetcher.fetch(site.url("/"))
        second = await fetcher.fetch(site.url("/"), validators=first.validators)
    assert (first.body, second.body, second.not_modified) == (b"one", b"two", False)


@pytest.mark.parametrize("etag", ["x" * 400, "caf\u00e9"])
async def test_a_validator_that_could_not_be_sent_back_is_not_kept(fetcher: Fetcher, etag: str) -> None:
    async with serving({"/": Reply("x", headers={"ETag": etag})}) as site:
        assert (await fetcher.fetch(site.url("/"))).validators == Validators()


async def test_a_body_that_ends_with_the_connection_keeps_no_validator(fetcher: Fetcher) -> None:
    """FAULTS finding 10: it may have been cut there, and nobody could tell."""
    answer = b'HTTP/1.0 200 OK\r\nETag: "x"\r\nContent-Type: text/xml\r\n\r\n<rss>'
    async with raw_serving(answer) as site:
        fetched = await fetcher.fetch(site.url("/"))
    assert (fetched.body, fetched.validators) == (b"<rss>", Validators())


@pytest.mark.parametrize("cut_after", [0, 1, 5_000, 9_999])
async def test_a_body_shorter_than_announced_is_an_error(fetcher: Fetcher, cut_after: int) -> None:
    """FAULTS case 12, finding 10."""
    async with serving({"/": Reply(b"x" * 10_000, cut_after=cut_after)}) as site:
        with pytest.raises(FetchRefused, match="cut short"):
            await fetcher.fetch(site.url("/"))


async def test_chunks_that_end_without_the_last_one_are_an_error(fetcher: Fetcher) -> None:
    """FAULTS case 12, finding 10."""
    async with raw_serving(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n") as site:
        with pytest.raises(FetchRefused, match="cut short"):
            await fetcher.fetch(site.url("/"))


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
        header = format_datetime(datetime.now(UTC) + header, usegmt=True)
    async with fetching() as fetcher, serving({"/": Reply("", 429, {"Retry-After": header})}) as site:
        with pytest.raises(StatusRefused) as refusal:
            await fetcher.fetch(site.url("/"))
    waited = refusal.value.retry_after
    assert (waited is None) == (seconds is None)
    assert waited is None or abs(waited.total_seconds() - (seconds or 0)) < 5


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
        names = Names(news_example=[["127.9.9.1"], ["127.0.0.1"]])
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
        names = Names(both_example=[["127.0.0.1", "127.9.9.1"]], dead_example=[["127.9.9.77", "127.0.0.1"]])
        async with serving({"/": Reply("news")}, port=port), fetching(resolver=names) as fetcher:
            assert (await fetcher.fetch(f"http://both.example:{port}/")).body == b"news"
            with pytest.raises(FetchRefused):
                await fetcher.fetch(f"http://dead.example:{port}/")
        assert canary.requests == []


async def test_names_of_private_hosts_are_refused_without_naming_their_address() -> None:
    async with fetching(resolver=Names(inner_example=[["10.1.2.3"]])) as fetcher:
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
    async with fetching(resolver=Names()) as fetcher:
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


@pytest.mark.parametrize(
    "reply",
    [Reply("x" * 1000, pieces=1, pause=0.05), Reply("late", delay=5)],
    ids=["one byte at a time", "no headers"],
)
async def test_a_slow_answer_is_given_up_in_time(fetcher: Fetcher, reply: Reply) -> None:
    """FAULTS case 12."""
    async with serving({"/": reply}) as site:
        started = time.monotonic()
        with pytest.raises(FetchRefused, match=r"no complete answer within 0\.6 seconds"):
            await fetcher.fetch(site.url("/"))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_silent_server_is_given_up_in_time(fetcher: Fetcher, scheme: str) -> None:
    """FAULTS case 12: no headers, and a TLS greeting that is never answered."""
    async with raw_serving(b"", hold=True) as site:
        with pytest.raises(FetchRefused, match="no complete answer within"):
            await fetcher.fetch(site.url("/").replace("http:", f"{scheme}:"))


async def test_the_time_limit_covers_all_redirects_together(fetcher: Fetcher) -> None:
    """FAULTS case 12."""
    async with serving({"/": Reply("", 302, {"Location": "/"}, delay=0.25)}) as site:
        with pytest.raises(FetchRefused, match="no complete answer within"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_decompression_bomb_is_stopped_at_the_cap(fetcher: Fetcher, encoding: str) -> None:
    """FAULTS case 11: 200 MB out of 200 KB, while memory grows by a fraction of that."""
    wbits = {"gzip": 31, "deflate": 15}[encoding]
    packer = zlib.compressobj(9, wbits=wbits)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
    async with serving({"/": Reply(bomb, headers={"Content-Encoding": encoding}, pieces=20_000)}) as site:
        tracemalloc.start()
        with pytest.raises(FetchRefused, match=r"larger than 0\.1 MB"):
            await fetcher.fetch(site.url("/"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


async def test_compressed_answers_are_unpacked(fetcher: Fetcher) -> None:
    body = b"<rss>news</rss>" * 100
    async with serving({"/": Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"}, pieces=7)}) as site:
        assert (await fetcher.fetch(site.url("/"))).body == body


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
async def test_a_body_that_is_not_what_its_encoding_says(fetcher: Fetcher, encoding: str) -> None:
    """FAULTS case 11."""
    async with serving({"/": Reply(b"plain text", headers={"Content-Encoding": encoding})}) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: "):
            await fetcher.fetch(site.url("/"))


async def test_an_endless_body_is_stopped_at_the_cap_of_the_call(fetcher: Fetcher) -> None:
    """FAULTS case 12."""
    async with serving({"/": Reply(b"x" * 90_000, pieces=1_000)}) as site:
        with pytest.raises(FetchRefused, match=r"larger than 0\.05 MB"):
            await fetcher.fetch(site.url("/"), max_bytes=50_000)
        assert len((await fetcher.fetch(site.url("/"))).body) == 90_000


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


async def test_one_host_gets_few_requests_at_once_and_waiting_costs_no_time() -> None:
    """FAULTS case 25: the limit of 0.6 seconds starts with a fetch's turn."""
    async with fetching() as fetcher, serving({"/": Reply("x", delay=0.3)}) as site:
        started = time.monotonic()
        fetches = [asyncio.create_task(fetcher.fetch(site.url("/"))) for _ in range(8)]
        await asyncio.sleep(0.15)
        assert len(site.requests) == 2
        assert [fetched.body for fetched in await asyncio.gather(*fetches)] == [b"x"] * 8
    assert time.monotonic() - started > 1.1


async def test_a_fetcher_that_was_never_used_closes() -> None:
    await Fetcher(AddressPolicy(), user_agent="x").close()
