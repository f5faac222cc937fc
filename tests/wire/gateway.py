"""The fake gateway: HELLO, IDENTIFY, heartbeats, dispatches, RESUME with replay, and the ways it can break."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.wire.world import JSON, Guild, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 0, 1, 2, 6, 7, 9, 10, 11
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014


@dataclass(eq=False)
class Session:
    """One identified shard; its dispatches are kept, so that a RESUME can be given what it missed."""

    intents: int
    shard: tuple[int, int]
    session_id: str = field(default_factory=lambda: secrets.token_hex(8))
    log: list[JSON] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    def serves(self, guild: Guild | None) -> bool:
        """Whether events of a server, or of direct messages, go to this shard."""
        index, count = self.shard
        return index == ((guild.id >> 22) % count if guild else 0)

    async def dispatch(self, event: str, data: JSON) -> None:
        """Number an event, keep it and send it if the client is connected."""
        self.log.append({"op": DISPATCH, "t": event, "s": len(self.log) + 1, "d": data})
        await self.send(self.log[-1])

    async def send(self, payload: JSON) -> None:
        """Send one payload; a client that is just leaving gets it at its RESUME."""
        if self.socket and not self.socket.closed:
            try:
                await self.socket.send_str(json.dumps(payload))
            except ConnectionError:
                self.socket = None


class Gateway:
    """All sessions of the bot; with `accepting = False` it answers new connections with 503."""

    def __init__(self, world: World, token: Callable[[], str], *, heartbeat_seconds: float) -> None:
        self._world, self._token = world, token
        self.heartbeat_seconds = heartbeat_seconds
        self.accepting = True
        self.sessions: list[Session] = []
        self.url = ""
        self.identifies = self.resumes = 0
        self._requests: list[web.Request] = []

    @property
    def connected(self) -> list[Session]:
        """Sessions whose client listens at this moment."""
        return [each for each in self.sessions if each.socket and not each.socket.closed]

    async def dispatch(self, event: str, data: JSON, guild: Guild | None = None, *, intent: int = 0) -> int:
        """Send an event to every session that serves the server and asked for it; how many there are."""
        receivers = [each for each in self.sessions if each.serves(guild) and each.intents & intent == intent]
        for session in receivers:
            await session.dispatch(event, data)
        return len(receivers)

    async def close(self, code: int = 4000) -> None:
        """Close every connection with a code; 4000 lets the client resume."""
        for session in self.connected:
            assert session.socket is not None
            await session.socket.close(code=code)

    def cut(self) -> None:
        """Break every connection without a word."""
        for request in self._requests:
            if request.transport:
                request.transport.abort()

    async def ask_to_reconnect(self) -> None:
        """Send op 7 to every client."""
        for session in self.connected:
            await session.send({"op": RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool) -> None:
        """Send op 9 to every client; what is not resumable is forgotten."""
        for session in self.connected:
            await session.send({"op": INVALID_SESSION, "d": resumable})
        if not resumable:
            self.sessions.clear()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one client from HELLO to the end of its connection."""
        if not self.accepting:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        self._requests.append(request)
        session: Session | None = None
        try:
            interval = int(self.heartbeat_seconds * 1000)
            await socket.send_str(json.dumps({"op": HELLO, "d": {"heartbeat_interval": interval}}))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    session = await self._receive(socket, json.loads(message.data)) or session
        finally:
            self._requests.remove(request)
            if session and session.socket is socket:
                session.socket = None
        return socket

    async def _receive(self, socket: web.WebSocketResponse, payload: JSON) -> Session | None:
        op, data = payload["op"], payload["d"]
        if op == HEARTBEAT:
            await socket.send_str(json.dumps({"op": HEARTBEAT_ACK}))
        if op in (IDENTIFY, RESUME) and data["token"] != self._token():
            await socket.close(code=AUTHENTICATION_FAILED)
        elif op == IDENTIFY:
            return await self._identify(socket, data)
        elif op == RESUME:
            return await self._resume(socket, data)
        return None

    async def _identify(self, socket: web.WebSocketResponse, data: JSON) -> Session | None:
        if data["intents"] & MESSAGE_CONTENT and not self._world.message_content:
            await socket.close(code=DISALLOWED_INTENTS)
            return None
        index, count = data.get("shard", (0, 1))
        session = Session(data["intents"], (index, count), socket=socket)
        guilds = [guild for guild in self._world.guilds.values() if session.serves(guild)]
        self.sessions.append(session)
        self.identifies += 1
        await session.dispatch("READY", self._ready(session, guilds))
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", self.guild_create(guild))
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: JSON) -> Session | None:
        for session in self.sessions:
            if session.session_id == data["session_id"]:
                self.resumes += 1
                session.socket = socket
                for missed in session.log[data["seq"] :]:
                    await session.send(missed)
                await session.dispatch("RESUMED", {})
                return session
        await socket.send_str(json.dumps({"op": INVALID_SESSION, "d": False}))
        return None

    def _ready(self, session: Session, guilds: list[Guild]) -> JSON:
        bot = self._world.bot
        user = bot.payload() | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0}
        ready: dict[str, Any] = {"v": 10, "user": user, "shard": list(session.shard), "private_channels": []}
        ready["guilds"] = [{"id": str(guild.id), "unavailable": True} for guild in guilds]
        ready["application"] = {"id": str(bot.id), "flags": 0}
        return ready | {"session_id": session.session_id, "resume_gateway_url": self.url}

    def guild_create(self, guild: Guild) -> JSON:
        """GUILD_CREATE as a bot without the members intent gets it: only itself among the members."""
        return guild.payload() | {"members": [guild.member(self._world.bot)], "joined_at": "2024-01-01T00:00:00+00:00"}
