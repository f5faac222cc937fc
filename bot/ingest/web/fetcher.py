"""The one door to the web: conditional, capped GET requests to addresses that the policy allows.

Redirects are followed by hand, so that each hop is checked; the address behind each name is checked where the socket is
made (`AddressPolicy.socket_factory`). Proxies of the environment are ignored, cookies are not kept, a login goes to no
other place than the one it was given for.
"""

import asyncio
import base64
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import FetchRefused, StatusRefused
from bot.ingest.web import robots as robots_txt
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.headers import NO_VALIDATORS, Validators, content_type_of, fresh_for, retry_after, validators_of
from bot.ingest.web.hosts import Hosts
from bot.ingest.web.names import Names
from bot.ingest.web.refusals import refusal_of, status_reason
from bot.ingest.web.trails import Trail
from bot.ingest.web.unpacking import ACCEPT_ENCODING, Unpacker
from bot.ingest.web.urls import checked_url, host_of, without_user

__all__ = ["FetchLimits", "Fetched", "Fetcher", "Validators"]

log = logging.getLogger(__name__)

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.8"
_KEEPALIVE = 1.0
"""Seconds; serves the pages of one site that are read one after the other. Polls come minutes apart."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASKS_FOR_REST = frozenset({429, 503})


def _system_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class FetchLimits:
    """Bounds of one fetch.

    `body` counts bytes after decompression. `total` covers all redirects up to the last byte, but not the wait for one
    of the `per_host` turns and one of the `connections` to all hosts; `head` is the part of it after which each hop
    must have answered. `pause` lies between two pages of one host that are read without a member's asking.
    """

    body: int = 8_000_000
    total: timedelta = timedelta(seconds=20)
    head: timedelta = timedelta(seconds=10)
    redirects: int = 5
    per_host: int = 2
    connections: int = 50
    pause: timedelta = timedelta(seconds=0.5)


@dataclass(frozen=True)
class Fetched:
    """An answer, read to its end. `url` is where the redirects ended; `moved_to` is the address to ask from now on,
    when the server said that the move is permanent, but never one that a login would have to be given to anew. With
    `not_modified` the body is empty. `fresh_for` is how long the server says that nothing changes (Cache-Control,
    Expires).
    """

    url: str
    status: int
    body: bytes
    content_type: str
    charset: str | None
    validators: Validators
    not_modified: bool = False
    moved_to: str | None = None
    fresh_for: timedelta | None = None


@dataclass(frozen=True)
class _Ask:
    """What is wanted. With `cut` the first `max_bytes` of a longer body will do."""

    max_bytes: int
    validators: Validators = NO_VALIDATORS
    robots: bool = False
    cut: bool = False


class Fetcher:
    """Fetches web addresses within `policy` and `limits`. The connection pool opens with the first fetch.

    `now` is the clock by which hosts rest and robots.txt ages.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        user_agent: str,
        limits: FetchLimits | None = None,
        resolver: AbstractResolver | None = None,
        now: Callable[[], datetime] = _system_now,
    ) -> None:
        self._policy = policy
        self._user_agent = user_agent
        self._limits = limits or FetchLimits()
        self._resolver = resolver
        self._now = now
        self._hosts = Hosts(self._limits.per_host, now)
        self._robots = robots_txt.Robots(self._read_robots, now)
        self._connections = asyncio.Semaphore(self._limits.connections)
        self._session: aiohttp.ClientSession | None = None

    async def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        max_bytes: int | None = None,
        login: str = "",
        robots: bool = False,
    ) -> Fetched:
        """The whole answer of `url`, at most `max_bytes` of body (default: `limits.body`).

        A `login` (`name:password`) is sent to that very scheme, host and port only; its name may stand in `url`. With
        `robots`, for pages that no member asked for by hand, the site's robots.txt is obeyed and pauses are made.

        Raises AddressRefused, HostRests, StatusRefused for an HTTP error status, and FetchRefused for everything else
        that went wrong. An answer that was cut short is an error, never a shorter body.
        """
        ask = _Ask(max_bytes or self._limits.body, validators or NO_VALIDATORS, robots)
        return await self._fetch(checked_url(without_user(url, login) if login else url), ask, login)

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def _read_robots(self, url: str) -> bytes:
        return (await self._fetch(url, _Ask(robots_txt.MAX_BYTES, cut=True))).body

    async def _fetch(self, url: str, ask: _Ask, login: str = "") -> Fetched:
        trail = Trail(url, self._limits.total.total_seconds(), login)
        while True:
            fetched = await self._hop(trail, ask)
            if fetched is not None:
                return fetched

    async def _hop(self, trail: Trail, ask: _Ask) -> Fetched | None:
        """The answer at the present address, or None when the trail went on from there."""
        self._hosts.check(trail.host)
        if ask.robots:
            pause = await self._robots.check(trail.url)
            await self._hosts.pause(trail.host, max(pause, self._limits.pause))
        async with self._hosts.turn(trail.host), self._connections:
            return await self._in_time(trail, ask)

    async def _in_time(self, trail: Trail, ask: _Ask) -> Fetched | None:
        loop = asyncio.get_running_loop()
        started, head = loop.time(), min(self._limits.head.total_seconds(), trail.left)
        try:
            async with asyncio.timeout_at(started + head) as limit:
                async with await self._get(trail, ask) as response:
                    if response.status != 304:  # which is all there already, and most polls end with it
                        limit.reschedule(started + trail.left)
                    return await self._take(trail, ask, response)
        except TimeoutError:
            early = (limit.when() or 0) < started + trail.left
            raise self._too_late(trail, early=early) from None
        except (aiohttp.ClientError, HttpProcessingError, OSError, ValueError) as error:
            log.debug("%s %s", trail.place, type(error).__name__)
            raise refusal_of(trail.place, error) from None  # what the client's errors hold may hold a login
        finally:
            trail.left -= loop.time() - started

    def _too_late(self, trail: Trail, *, early: bool) -> FetchRefused:
        total, head = self._limits.total.total_seconds(), self._limits.head.total_seconds()
        if early:
            return FetchRefused(f"{trail.place} no answer within {head:g} seconds.")
        return FetchRefused(f"{trail.place} no complete answer within {total:g} seconds.")

    def _get(self, trail: Trail, ask: _Ask) -> "aiohttp.client._RequestContextManager":
        if self._session is None:
            self._session = self._open()
        headers = ask.validators.conditions
        if trail.login:
            headers["Authorization"] = "Basic " + base64.b64encode(trail.login.encode()).decode()
        return self._session.get(trail.url, headers=headers, allow_redirects=False)

    def _open(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=0,  # whoever waits for one of `connections` waits before its time begins
            keepalive_timeout=_KEEPALIVE,
            resolver=self._resolver or Names(),
            socket_factory=self._policy.socket_factory,
        )
        return aiohttp.ClientSession(
            connector=connector,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT, "Accept-Encoding": ACCEPT_ENCODING},
            timeout=aiohttp.ClientTimeout(total=None),  # ours covers the redirects too
            auto_decompress=False,
        )

    async def _take(self, trail: Trail, ask: _Ask, response: aiohttp.ClientResponse) -> Fetched | None:
        status = response.status
        if status in _REDIRECTS and (location := response.headers.get("Location")):
            if trail.hops == self._limits.redirects:
                raise FetchRefused(f"{host_of(trail.start)} redirects more than {self._limits.redirects} times.")
            trail.follow(status, location)
            return None
        not_modified = status == 304 and ask.validators != NO_VALIDATORS
        if not not_modified and (status == 206 or not 200 <= status < 300):
            raise self._status_refusal(trail, response)
        content_type, charset = content_type_of(response.headers)
        return Fetched(
            url=trail.url,
            status=status,
            body=b"" if not_modified else await _body(trail, ask, response),
            content_type=content_type,
            charset=charset,
            validators=ask.validators if not_modified else _validators(response),
            not_modified=not_modified,
            moved_to=trail.moved_to,
            fresh_for=fresh_for(response.headers, self._now),
        )

    def _status_refusal(self, trail: Trail, response: aiohttp.ClientResponse) -> StatusRefused:
        wait = retry_after(response.headers, self._now())
        if wait and response.status in _ASKS_FOR_REST:
            self._hosts.rest(trail.host, wait, response.status)
        reason = status_reason(response.status, login_kept_back=trail.login_kept_back)
        start = host_of(trail.start)
        place = trail.host if start == trail.host else f"{start} redirects to {trail.host}, which"
        return StatusRefused(f"{place} {reason}", response.status, wait)


async def _body(trail: Trail, ask: _Ask, response: aiohttp.ClientResponse) -> bytes:
    body, received = bytearray(), 0
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""))
    async for piece in response.content.iter_any():
        received += len(piece)
        body += unpacker.unpack(piece, ask.max_bytes - len(body))
        if max(len(body), received) > ask.max_bytes:
            if ask.cut:
                return bytes(body[: ask.max_bytes])
            raise FetchRefused(f"{trail.place} the answer is larger than {ask.max_bytes / 1e6:g} MB.")
    unpacker.close()
    return bytes(body)


def _validators(response: aiohttp.ClientResponse) -> Validators:
    """None of them when the body ended with the connection: it may have been cut there, and a validator kept for half a
    feed would hide the other half until the feed changes.
    """
    if response.content_length is None and "chunked" not in response.headers.get("Transfer-Encoding", "").lower():
        return NO_VALIDATORS
    return validators_of(response.headers)
