"""A language model behind an address: any server that speaks OpenAI's `/v1/chat/completions`.

What it sends is not trusted: its size and time are bounded, redirects are not followed (the key would go along), and
nothing it says is repeated in a message, since some servers quote the key.
"""

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from summarizer.errors import ModelUnavailable
from summarizer.generative import Generator
from summarizer.prompts import Prompt, messages

if TYPE_CHECKING:
    import aiohttp

log = logging.getLogger(__name__)

_LONGEST_ANSWER = 1_000_000  # bytes
_CONTEXT = 6000  # tokens of prompt and answer together that any server of today takes
_AROUND = 400  # of them for what the prompt says about the text
_BUSY = {408, 409, 425, 429}
_REDIRECTS = range(300, 400)
_FIRST_PAUSE = 0.5  # seconds; doubled with every attempt
_LONGEST_PAUSE = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is served, under what name, and how patient to be; times in seconds."""

    url: str
    key: str | None = field(default=None, repr=False)
    model: str | None = None
    timeout: float = 45.0
    attempts: int = 3
    at_once: int = 4

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("The address of a summarizer server begins with http:// or https:// and names a host.")

    @property
    def host(self) -> str:
        """The server's name in messages: without path, user or password."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)

    def endpoint(self, name: str) -> str:
        """The address of one function; the setting may end at the host, at /v1, or name the function already."""
        parts = urlsplit(self.url)
        base = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
        place = parts.netloc.rpartition("@")[2] if self.key else parts.netloc  # a password in it is one key enough
        return urlunsplit((parts.scheme, place, f"{base}/{name}", parts.query, ""))


class _Refused(Exception):
    """The server will not answer this prompt, whatever we do; the message is words of ours."""


class _Busy(Exception):
    """The server may answer later; `after` says in how many seconds, where it said so."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class RemoteGenerator(Generator):
    """A model of another machine. Without `server.model`, the first one that the server lists is taken."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = server.model
        self.name = server.model or server.host

    def room(self, max_new_tokens: int) -> int:
        """How many tokens of text fit into a prompt whose answer may have so many."""
        return max(_AROUND, _CONTEXT - _AROUND - max_new_tokens)

    def generate(self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float) -> list[str]:
        """The answers, some at once; empty where one failed. Raises ModelUnavailable when all did, saying why."""
        # In a thread, because the caller's may have an event loop running already.
        with ThreadPoolExecutor(1) as thread:
            outcomes = thread.submit(asyncio.run, self._answers(prompts, max_new_tokens, seconds)).result()
        failures = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
        if failures and len(failures) == len(outcomes):
            raise ModelUnavailable(f"The summarizer server {self._server.host} {failures[0]}.")
        if failures:
            log.warning(
                "The summarizer server %s failed for %d of %d texts: it %s.",
                self._server.host,
                len(failures),
                len(outcomes),
                failures[0],
            )
        return ["" if isinstance(outcome, Exception) else outcome for outcome in outcomes]

    async def _answers(
        self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float
    ) -> list[str | _Refused | _Busy]:
        import aiohttp

        deadline = time.monotonic() + seconds
        limit = asyncio.Semaphore(self._server.at_once)
        # The key goes into a header of each request and nowhere else.
        headers = {"Authorization": f"Bearer {self._server.key}"} if self._server.key else {}
        async with aiohttp.ClientSession(headers=headers, timeout=aiohttp.ClientTimeout()) as session:
            calls = _Calls(session, self._server, limit, deadline)
            if self._model is None:
                try:
                    self._model = self.name = _first_model(await calls.call("models"))
                except (_Refused, _Busy) as failure:
                    return [failure] * len(prompts)
            asked = [self._answer(calls, prompt, max_new_tokens) for prompt in prompts]
            return await asyncio.gather(*asked)

    async def _answer(self, calls: "_Calls", prompt: Prompt, max_new_tokens: int) -> str | _Refused | _Busy:
        body = {
            "model": self._model,
            "messages": messages(prompt),
            "max_tokens": max_new_tokens,
            "temperature": 0,
            "stream": False,
        }
        try:
            return _content(await calls.call("chat/completions", body))
        except (_Refused, _Busy) as failure:
            return failure


@dataclass(frozen=True, slots=True)
class _Calls:
    """Requests of one batch: so many at once, each tried again while the server is busy and the time is not up."""

    session: "aiohttp.ClientSession"
    server: Server
    limit: asyncio.Semaphore
    deadline: float

    async def call(self, name: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON that the server answers. Raises _Refused and _Busy."""
        pause = _FIRST_PAUSE
        for attempt in range(1, self.server.attempts + 1):
            try:
                async with self.limit:
                    return await self._once(name, body)
            except _Busy as busy:
                wait = pause if busy.after is None else busy.after
                if attempt == self.server.attempts or wait > min(_LONGEST_PAUSE, self._left()):
                    raise
            await asyncio.sleep(wait)
            pause *= 2
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    async def _once(self, name: str, body: dict[str, Any] | None) -> Any:
        import aiohttp

        seconds = min(self.server.timeout, self._left())
        if seconds <= 0:
            raise _Busy("had no time left to answer")
        try:
            async with (
                asyncio.timeout(seconds),
                self.session.request(
                    "GET" if body is None else "POST", self.server.endpoint(name), json=body, allow_redirects=False
                ) as response,
            ):
                _check(response)
                return _json(await _read(response))
        except TimeoutError:
            raise _Busy(f"did not answer within {seconds:.0f} seconds") from None
        except aiohttp.ClientConnectionError:
            raise _Busy("cannot be reached") from None
        except (aiohttp.ClientError, ValueError):
            raise _Busy("sends what is no answer") from None


def _check(response: "aiohttp.ClientResponse") -> None:
    status = response.status
    if status in (401, 403):
        raise _Refused(f"does not accept the key (status {status})")
    if status == 404:
        raise _Refused("does not know the address or the model (status 404)")
    if status in _BUSY or status >= 500:
        raise _Busy(f"is busy or broken (status {status})", _retry_after(response.headers.get("Retry-After")))
    if status in _REDIRECTS:
        raise _Refused("answers with a redirect, which is not followed; name its final address")
    if status != 200:
        raise _Refused(f"refuses the request (status {status})")


def _retry_after(header: str | None) -> float | None:
    """Seconds from now, from either form of the header; None for what is neither."""
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdecimal():
        return float(header.strip()[:9])
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


async def _read(response: "aiohttp.ClientResponse") -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > _LONGEST_ANSWER:
            raise _Refused(f"sends more than {_LONGEST_ANSWER // 1_000_000} MB")
    return bytes(body)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise _Busy("answers with something else than JSON") from None


def _content(answer: Any) -> str:
    """What the model wrote."""
    match answer:
        case {"choices": [{"message": {"content": str(text)}}, *_]}:
            return text
        case {"choices": [{"message": {"content": None}}, *_]}:
            return ""
    raise _Refused("answers in another form than chat completions")


def _first_model(answer: Any) -> str:
    match answer:
        case {"data": [{"id": str(name)}, *_]} if name:
            return name
    raise _Refused("lists no model; name one in the setting")
