"""Web servers on loopback that answer as a test says, well or badly."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from aiohttp import web


@dataclass(frozen=True)
class Reply:
    """One answer. `pieces` writes the body in parts of so many bytes, `pause` seconds apart; `cut_after` closes the
    connection after so many bytes of a body whose full length was announced; `delay` is waited before the headers.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html"
    pieces: int | None = None
    pause: float = 0.0
    cut_after: int | None = None
    delay: float = 0.0

    @property
    def content(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


@dataclass(frozen=True)
class Request:
    """What a client asked for, and when, by the clock of the event loop."""

    path: str
    headers: Mapping[str, str]
    at: float = 0.0


@dataclass
class Site:
    """A running server; `replies` may be changed at any time, `requests` is its log, `most_at_once` how many of them it
    was answering at one time.
    """

    base: str
    replies: dict[str, Reply | list[Reply]]
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    answering: int = 0

    def url(self, path: str = "/") -> str:
        return self.base + path

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@asynccontextmanager
async def serving(
    replies: Mapping[str, Any], host: str = "127.9.9.1", port: int = 0, tls: bool = False
) -> AsyncIterator[Site]:
    """A server that answers each path with its Reply, or with the next of a list of them, the last one for ever. With
    `tls` it shows a certificate for news.example that nobody vouches for.
    """
    site = Site("", dict(replies))
    server = web.Server(lambda request: _answer(site, request))
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, host, port, ssl_context=_untrusted() if tls else None).start()
    site.base = f"http{'s' if tls else ''}://{host}:{runner.addresses[0][1]}"
    try:
        yield site
    finally:
        await runner.cleanup()


def _untrusted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).with_name("untrusted.pem"))
    return context


async def _answer(site: Site, request: web.BaseRequest) -> web.StreamResponse:
    site.requests.append(Request(request.path_qs, dict(request.headers), asyncio.get_running_loop().time()))
    reply = site.replies.get(request.path_qs, Reply("nothing here", 404))
    if isinstance(reply, list):
        reply = reply.pop(0) if len(reply) > 1 else reply[0]
    site.answering += 1
    site.most_at_once = max(site.most_at_once, site.answering)
    try:
        await asyncio.sleep(reply.delay)
        return await _send(reply, request)
    finally:
        site.answering -= 1


async def _send(reply: Reply, request: web.BaseRequest) -> web.StreamResponse:
    headers = {"Content-Type": reply.content_type, **reply.headers}
    if reply.pieces is None and reply.cut_after is None:
        return web.Response(body=reply.content, status=reply.status, headers=headers)
    response = web.StreamResponse(status=reply.status, headers=headers)
    if reply.cut_after is not None:
        response.content_length = len(reply.content)
    await response.prepare(request)
    content = reply.content[: reply.cut_after]
    for start in range(0, len(content), reply.pieces or len(content) or 1):
        await response.write(content[start : start + (reply.pieces or len(content))])
        await asyncio.sleep(reply.pause)
    if reply.cut_after is not None and request.transport is not None:
        request.transport.close()
    return response


@asynccontextmanager
async def raw_serving(
    answer: bytes, host: str = "127.9.9.1", hold: bool = False, endless: bytes = b"", drip: float = 0.0
) -> AsyncIterator[Site]:
    """A server that sends these very bytes to whoever connects, then closes; with `hold` it stays silent instead, with
    `endless` it goes on with those bytes until the client leaves. `drip` is the pause after each single byte.
    """
    site = Site("", {})
    connections: set[asyncio.Task[None]] = set()

    async def send(writer: asyncio.StreamWriter) -> None:
        for start in range(0, len(answer), 1 if drip else len(answer) or 1):
            writer.write(answer[start : start + 1] if drip else answer)
            await writer.drain()
            await asyncio.sleep(drip)
        while endless:
            writer.write(endless)
            await writer.drain()
            await asyncio.sleep(0)  # it never waits as long as the client reads

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.requests.append(Request("", {}))
        connections.add(cast("asyncio.Task[None]", asyncio.current_task()))
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):  # either has left
                await send(writer)
                await (reader.read() if hold else reader.readuntil(b"\r\n\r\n"))
        finally:
            writer.transport.abort() if drip or endless else writer.close()

    server = await asyncio.start_server(connected, host, 0)
    site.base = f"http://{host}:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield site
        for connection in connections:
            connection.cancel()
        await asyncio.wait(connections) if connections else None
        await asyncio.sleep(0)  # in which the sockets close
