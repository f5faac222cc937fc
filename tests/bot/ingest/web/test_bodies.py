"""What is fetched is there to its end and within bounds of size and time, or refused."""

import gzip
import tracemalloc
import zlib
from datetime import timedelta

import pytest

from bot.errors import FetchRefused, StatusRefused
from bot.ingest.web.fetcher import Fetcher, FetchLimits, Validators
from tests.fetching import HASTY, SMALL, fetching
from tests.servers import Reply, raw_serving, serving


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
    "reply",
    [Reply("x" * 1000, pieces=1, pause=0.05), Reply("late", delay=5)],
    ids=["one byte at a time", "no headers"],
)
async def test_a_slow_answer_is_given_up_in_time(reply: Reply) -> None:
    """FAULTS case 12."""
    async with fetching(HASTY) as fetcher, serving({"/": reply}) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: no complete answer within 0\.6 seconds\.$"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_silent_server_is_given_up_in_time(scheme: str) -> None:
    """FAULTS case 12: no headers, and a TLS greeting that is never answered."""
    async with fetching(HASTY) as fetcher, raw_serving(b"", hold=True) as site:
        with pytest.raises(FetchRefused, match=r"no complete answer within 0\.6 seconds"):
            await fetcher.fetch(site.url("/").replace("http:", f"{scheme}:"))


async def test_a_tls_greeting_byte_by_byte_is_given_up_in_time() -> None:
    """FAULTS case 12."""
    greeting = b"\x16\x03\x03\x40\x00" + b"\x02" * 200
    async with fetching(HASTY) as fetcher, raw_serving(greeting, hold=True, drip=0.02) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: no (?:complete answer within|secure connection)"):
            await fetcher.fetch(site.url("/").replace("http:", "https:"))


async def test_the_time_limit_covers_all_redirects_together() -> None:
    """FAULTS case 12."""
    async with fetching(HASTY) as fetcher, serving({"/": Reply("", 302, {"Location": "/"}, delay=0.25)}) as site:
        with pytest.raises(FetchRefused, match=r"no complete answer within 0\.6 seconds"):
            await fetcher.fetch(site.url("/"))


def bomb(encoding: str) -> bytes:
    """A gigabyte of zeros in a megabyte: one block of ten, a hundred times."""
    header = {"gzip": b"\x1f\x8b\x08" + b"\0" * 7, "x-gzip": b"\x1f\x8b\x08" + b"\0" * 7, "deflate": b"\x78\xda"}[
        encoding
    ]
    packer = zlib.compressobj(9, wbits=-15)
    return header + 100 * (packer.compress(b"\0" * 10_000_000) + packer.flush(zlib.Z_FULL_FLUSH))


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
async def test_a_decompression_bomb_is_stopped_at_the_cap(fetcher: Fetcher, encoding: str) -> None:
    """FAULTS case 11: a gigabyte that is all there when it is asked for, while memory grows by a fraction of that."""
    async with serving({"/": Reply(bomb(encoding), headers={"Content-Encoding": encoding})}) as site:
        tracemalloc.start()
        with pytest.raises(FetchRefused, match=r"larger than 0\.1 MB"):
            await fetcher.fetch(site.url("/"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 5_000_000


NEWS = b"".join(b"<item>%d</item>" % number for number in range(200))
PACKED = {
    "gzip": gzip.compress(NEWS),
    "GZIP": gzip.compress(NEWS[:50]) + gzip.compress(NEWS[50:]) + b"\0" * 30,
    "x-gzip": gzip.compress(NEWS),
    "deflate": zlib.compress(NEWS),
    "deflate ": zlib.compress(NEWS)[2:-4],  # without what makes it zlib, as some servers send it
    "utf-8": NEWS,
    "identity": NEWS,
}


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("pieces", [1, 7, None])
async def test_compressed_answers_are_unpacked(fetcher: Fetcher, encoding: str, pieces: int | None) -> None:
    headers = {"Content-Encoding": encoding, "ETag": '"v1"'}
    async with serving({"/": Reply(PACKED[encoding], headers=headers, pieces=pieces)}) as site:
        fetched = await fetcher.fetch(site.url("/"))
        assert site.requests[0].headers["Accept-Encoding"] == "gzip, deflate"
    assert fetched.body == NEWS
    assert fetched.validators.etag == '"v1"'


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "deflate "])
@pytest.mark.parametrize("kept", [1, 12, 30, -12, -1])
async def test_a_compressed_answer_that_was_cut_before_it_was_sent_is_an_error(
    fetcher: Fetcher, encoding: str, kept: int
) -> None:
    """FAULTS finding 10: by its length it is all there."""
    packed = PACKED[encoding][:kept]
    async with serving({"/": Reply(packed, headers={"Content-Encoding": encoding, "ETag": '"v1"'})}) as site:
        with pytest.raises(FetchRefused, match="cut short or damaged"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_is_not_what_its_encoding_says(fetcher: Fetcher, encoding: str) -> None:
    """FAULTS case 11."""
    async with serving({"/": Reply(b"plain text", headers={"Content-Encoding": encoding})}) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: the answer was cut short or damaged on the way\.$"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "aws-chunked,gzip", "BR"])
async def test_what_was_not_asked_for_is_not_unpacked(fetcher: Fetcher, encoding: str) -> None:
    """FAULTS case 11."""
    async with serving({"/": Reply(b"\x1f\x8b", headers={"Content-Encoding": encoding})}) as site:
        with pytest.raises(FetchRefused, match=rf"packed in a way that was not asked for \({encoding.lower()}\)\.$"):
            await fetcher.fetch(site.url("/"))


async def test_a_flood_of_empty_streams_is_an_error(fetcher: Fetcher) -> None:
    """FAULTS case 11: 4,000 of them that hold nothing."""
    async with serving({"/": Reply(gzip.compress(b"") * 4_000, headers={"Content-Encoding": "gzip"})}) as site:
        with pytest.raises(FetchRefused, match="cut short or damaged"):
            await fetcher.fetch(site.url("/"))


async def test_packed_bytes_count_too(fetcher: Fetcher) -> None:
    """What is unpacked to nothing is read no further than what is not packed."""
    padding = gzip.compress(b"x") + b"\0" * 500_000
    async with serving({"/": Reply(padding, headers={"Content-Encoding": "gzip"}, pieces=50_000)}) as site:
        with pytest.raises(FetchRefused, match=r"larger than 0\.1 MB"):
            await fetcher.fetch(site.url("/"))


ENDLESS = {
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1_000, "larger than"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n" * 500, "larger than"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", "headers of the answer are too long"),
    "header": (b"HTTP/1.1 200 OK\r\nA: ", b"b" * 1_000, "headers of the answer are too long"),
    "status line": (b"HTTP/1.1 200 ", b"O" * 1_000, "headers of the answer are too long"),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n", "headers|cut short"),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", "no complete answer within"),
}


@pytest.mark.parametrize("part", ENDLESS)
async def test_no_part_of_an_answer_is_endless(part: str) -> None:
    """FAULTS case 12."""
    begin, endless, reason = ENDLESS[part]
    limits = HASTY if part == "interim answers" else SMALL
    async with fetching(limits) as fetcher, raw_serving(begin, endless=endless) as site:
        with pytest.raises(FetchRefused, match=rf"^127\.9\.9\.1: .*(?:{reason})"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("answer", [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", b""], ids=["dripping", "none"])
async def test_headers_have_a_time_of_their_own(answer: bytes) -> None:
    """FAULTS case 12."""
    limits = FetchLimits(total=timedelta(seconds=30), head=timedelta(seconds=1))
    async with fetching(limits) as fetcher, raw_serving(answer, hold=True, drip=0.05) as site:
        with pytest.raises(FetchRefused, match=r"^127\.9\.9\.1: no answer within 1 seconds"):
            await fetcher.fetch(site.url("/"))


async def test_a_body_may_take_longer_than_headers() -> None:
    """FAULTS case 12."""
    limits = FetchLimits(total=timedelta(seconds=30), head=timedelta(seconds=1))
    async with fetching(limits) as fetcher, serving({"/": Reply(b"x" * 24, pieces=1, pause=0.05)}) as site:
        assert (await fetcher.fetch(site.url("/"))).body == b"x" * 24


HOSTILE = {
    "long location": (b"302 Found\r\nLocation: /" + b"a" * 100_000, "headers of the answer are too long"),
    "location longer than an address": (b"302 Found\r\nLocation: /" + b"a" * 5_000, "longer than 2,000 characters"),
    "location with a line in it": (b"302 Found\r\nLocation: /\0\nHost: x", "not valid HTTP"),
    "location of an unknown scheme": (b"302 Found\r\nLocation: javascript:alert(1)", "not javascript"),
    "thousands of headers": (b"200 OK\r\n" + b"A: b\r\n" * 5_000, "headers of the answer are too long"),
    "negative length": (b"200 OK\r\nContent-Length: -1", "not valid HTTP"),
    "two lengths": (b"200 OK\r\nContent-Length: 1\r\nContent-Length: 2", "not valid HTTP"),
    "length and chunks": (b"200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked", "not valid HTTP"),
    "no length": (b"200 OK\r\nContent-Length: many", "not valid HTTP"),
    "chunks of a wrong size": (b"200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx", "not valid HTTP"),
    "no status": (b"abc", "not valid HTTP"),
    "unknown status": (b"999 Yes", r"a problem of its own; try again later \(HTTP 999\)"),
    "another protocol": (b"101 Switching Protocols\r\nUpgrade: h2c", r"gave no page \(HTTP 101\)"),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_headers_are_refused_in_words(fetcher: Fetcher, name: str) -> None:
    head, reason = HOSTILE[name]
    async with raw_serving(b"HTTP/1.1 " + head + b"\r\n\r\nx") as site:
        with pytest.raises(FetchRefused, match=rf"^127\.9\.9\.1\b.*{reason}"):
            await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize(
    "header", [b"; charset=\x01../../etc", b"\xff\xfe/x", b";" * 8_000, b"text/html" + b"; a*0=b" * 1_000]
)
async def test_a_senseless_content_type_is_none(fetcher: Fetcher, header: bytes) -> None:
    """FAULTS 17."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Type: " + header + b"\r\n\r\nnews"
    async with raw_serving(answer) as site:
        fetched = await fetcher.fetch(site.url("/"))
    assert (fetched.body, fetched.charset) == (b"news", None)
    assert fetched.content_type in ("application/octet-stream", "text/html")


@pytest.mark.parametrize("status", [200, 304])
async def test_how_long_an_answer_is_fresh(fetcher: Fetcher, status: int) -> None:
    """FAULTS 24."""
    headers = {"Cache-Control": "max-age=900", "Age": "300"}
    async with serving({"/": Reply("x" if status == 200 else "", status, headers)}) as site:
        fetched = await fetcher.fetch(site.url("/"), validators=Validators('"v1"'))
    assert (fetched.not_modified, fetched.fresh_for) == (status == 304, timedelta(minutes=10))


async def test_an_endless_body_is_stopped_at_the_cap_of_the_call(fetcher: Fetcher) -> None:
    """FAULTS case 12."""
    async with serving({"/": Reply(b"x" * 90_000, pieces=1_000)}) as site:
        with pytest.raises(FetchRefused, match=r"larger than 0\.05 MB"):
            await fetcher.fetch(site.url("/"), max_bytes=50_000)
        assert len((await fetcher.fetch(site.url("/"))).body) == 90_000
