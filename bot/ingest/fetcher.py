"""The one door to the web: conditional, capped GET requests to addresses that the policy allows.

Redirects are followed by hand, so that each hop is checked; the address behind each name is checked where the socket is
made (`AddressPolicy.socket_factory`). Proxies of the environment are ignored, cookies are not kept.
"""

import asyncio
import weakref
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.http_exceptions import HttpProcessingError
from yarl import URL

from bot.errors import AddressRefused, FetchRefused, StatusRefused
from bot.ingest.addresses import AddressPolicy
from bot.ingest.urls import checked_url, host_of

_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.8"
_KEEPALIVE = 1.0
"""Seconds; serves the pages of one site that are read one after the other. Polls come minutes apart."""
_LONGEST_RETRY = timedelta(days=1)
_REASONS = {
    401: "wants a login for this page",
    402: "wants to be paid for this page",
    403: "refuses access to this page",
    404: "has no page at this address; check the link",
    406: "does not serve this page to programs",
    410: "has removed this page for good",
    429: "asks for fewer requests; try again later",
    451: "may not show this page for legal reasons",
}


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask it later whether anything changed (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class FetchLimits:
    """Bounds of one fetch.

    `body` counts bytes after decompression. `total` covers all redirects up to the last byte, but not the wait for one
    of the `per_host` turns. `connections` are those open at once to all hosts.
    """

    body: int = 8_000_000
    total: timedelta = timedelta(seconds=20)
    redirects: int = 5
    per_host: int = 2
    connections: int = 50


@dataclass(frozen=True)
class Fetched:
    """An answer, read to its end. `url` is where the redirects ended; `moved_to` is the address to ask from now on,
    when the server said that the move is permanent. With `not_modified` the body is empty. `fresh_for` is how long the
    server says that nothing changes (Cache-Control, Expires).
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


@dataclass
class _Trail:
    """Where a fetch is, and which way it came."""

    url: str
    hops: int = 0
    moved_to: str | None = None
    permanent: bool = True
    start: str = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.url

    @property
    def place(self) -> str:
        """The present address in words; a redirect that is refused must name where it led."""
        if self.hops:
            return f"{host_of(self.start)} redirects to {host_of(self.url)}:"
        return f"{host_of(self.url)}:"

    def follow(self, status: int, location: str) -> None:
        self.hops += 1
        try:
            self.url = checked_url(str(URL(self.url).join(URL(location))))
        except ValueError:
            raise FetchRefused(f"{host_of(self.start)} redirects to something that is no address.") from None
        except FetchRefused as refusal:
            raise FetchRefused(f"{host_of(self.start)} redirects to an address that is refused. {refusal}") from None
        self.permanent = self.permanent and status in (301, 308)
        if self.permanent:
            self.moved_to = self.url


class Fetcher:
    """Fetches web addresses within `policy` and `limits`. The connection pool opens with the first fetch."""

    def __init__(
        self,
        policy: AddressPolicy,
        *,
        user_agent: str,
        limits: FetchLimits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._policy = policy
        self._user_agent = user_agent
        self._limits = limits or FetchLimits()
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None
        self._turns: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()

    async def fetch(self, url: str, *, validators: Validators | None = None, max_bytes: int | None = None) -> Fetched:
        """The whole answer of `url`, at most `max_bytes` of body (default: `limits.body`).

        Raises AddressRefused, StatusRefused for an HTTP error status, and FetchRefused for everything else that went
        wrong. An answer that was cut short is an error, never a shorter body.
        """
        trail = _Trail(checked_url(url))
        turn = self._turns.setdefault(host_of(trail.url), asyncio.Semaphore(self._limits.per_host))
        async with turn:
            try:
                async with asyncio.timeout(self._limits.total.total_seconds()):
                    return await self._follow(trail, validators or Validators(), max_bytes or self._limits.body)
            except TimeoutError:
                seconds = self._limits.total.total_seconds()
                raise FetchRefused(f"{trail.place} no complete answer within {seconds:g} seconds.") from None
            except (aiohttp.ClientError, HttpProcessingError, OSError, ValueError) as error:
                raise _refusal(trail, error) from error

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def _follow(self, trail: _Trail, validators: Validators, max_bytes: int) -> Fetched:
        while True:
            async with self._get(trail.url, validators) as response:
                location = response.headers.get("Location")
                if response.status not in (301, 302, 303, 307, 308) or not location:
                    return await _read(trail, response, validators, max_bytes)
            if trail.hops == self._limits.redirects:
                raise FetchRefused(f"{host_of(trail.start)} redirects more than {self._limits.redirects} times.")
            trail.follow(response.status, location)

    def _get(self, url: str, validators: Validators) -> "aiohttp.client._RequestContextManager":
        if self._session is None:
            self._session = self._open()
        headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        conditions = {name: value for name, value in headers.items() if value}
        return self._session.get(url, headers=conditions, allow_redirects=False)

    def _open(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            limit=self._limits.connections,
            keepalive_timeout=_KEEPALIVE,
            resolver=self._resolver or aiohttp.ThreadedResolver(),
            socket_factory=self._policy.socket_factory,
        )
        return aiohttp.ClientSession(
            connector=connector,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent, "Accept": _ACCEPT},
            timeout=aiohttp.ClientTimeout(total=None),  # ours covers the redirects too
        )


async def _read(trail: _Trail, response: aiohttp.ClientResponse, asked: Validators, max_bytes: int) -> Fetched:
    not_modified = response.status == 304 and asked != Validators()
    if not not_modified and (response.status == 206 or not 200 <= response.status < 300):
        raise _status_refusal(trail, response)
    return Fetched(
        url=trail.url,
        status=response.status,
        body=b"" if not_modified else await _body(trail, response, max_bytes),
        content_type=response.content_type,
        charset=response.charset,
        validators=asked if not_modified else _validators(response),
        not_modified=not_modified,
        moved_to=trail.moved_to,
    )


async def _body(trail: _Trail, response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > max_bytes:
            raise FetchRefused(f"{trail.place} the answer is larger than {max_bytes / 1e6:g} MB.")
    return bytes(body)


def _validators(response: aiohttp.ClientResponse) -> Validators:
    """None of them when the body ended with the connection: it may have been cut there, and a validator kept for half a
    feed would hide the other half until the feed changes.
    """
    if response.content_length is None and "chunked" not in response.headers.get("Transfer-Encoding", "").lower():
        return Validators()
    return Validators(
        _header_to_keep(response.headers.get("ETag")), _header_to_keep(response.headers.get("Last-Modified"))
    )


def _header_to_keep(value: str | None) -> str | None:
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None


def _status_refusal(trail: _Trail, response: aiohttp.ClientResponse) -> StatusRefused:
    status = response.status
    reason = _REASONS.get(status, "has a problem of its own; try again later" if status >= 500 else "gave no page")
    retry_after = _retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
    return StatusRefused(f"{host_of(trail.url)} {reason} (HTTP {status}).", status, retry_after)


def _retry_after(value: str, now: datetime) -> timedelta | None:
    """The wait in a Retry-After header (RFC 9110, 10.2.3: seconds or a date), from zero to a day; None for nonsense."""
    try:
        wait = timedelta(seconds=min(int(value), 10**6)) if value.isdecimal() else parsedate_to_datetime(value) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_RETRY)


def _refusal(trail: _Trail, error: Exception) -> FetchRefused:
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, AddressRefused):
        return AddressRefused(f"{trail.place} {cause}")
    return FetchRefused(f"{trail.place} {_reason(error)}")


def _reason(error: Exception) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "no such host was found. Check the spelling."
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientSSLError():
            return "its certificate is not valid or no secure connection could be made."
        case aiohttp.ClientConnectorError():
            return "no connection could be made."
        case aiohttp.ClientPayloadError():
            return "the answer was cut short or damaged on the way."
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError():
            return "the connection was closed before the answer was complete."
        case aiohttp.InvalidURL() | ValueError():
            return "this is not an address that can be fetched."
        case _:
            return "the answer is not valid HTTP."
