"""The fake REST API: the routes discord.py uses for a bot without privileged intents, and the faults put upon them."""

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.wire import limits
from tests.wire.gateway import DIRECT_MESSAGES, GUILD_MESSAGES, Gateway
from tests.wire.interactions import CHOICES, DEFERRED_REPLY, DEFERRED_UPDATE, MODAL, REPLY, UPDATE, Answer
from tests.wire.world import (
    ANNOUNCEMENT,
    CROSSPOSTED,
    EPHEMERAL,
    FORUM,
    JSON,
    LOADING,
    MANAGE_MESSAGES,
    MANAGE_THREADS,
    PIN_MESSAGES,
    READ_HISTORY,
    SEND_MESSAGES,
    Channel,
    Guild,
    RefusedError,
    User,
    World,
)

Reply = JSON | list[JSON] | None
Route = Callable[["Call"], Awaitable[Reply]]


@dataclass
class Recorded:
    """One request of the bot; `path` begins after `/api/v10`, `at` is `time.monotonic()`, `status` None if cut off."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]
    at: float
    query: dict[str, str] = field(default_factory=dict)
    status: int | None = None


@dataclass
class Fault:
    """What is to happen to the next `times` requests that match."""

    method: str
    path: re.Pattern[str]
    times: int
    status: int | None
    code: int
    retry_after: float | None
    drop: bool
    delay: float
    after_store: bool
    everywhere: bool = False


@dataclass
class Call:
    """One request on its way through a route: ids of the path as numbers, `body` decoded, `uploads` stored."""

    names: dict[str, str]
    query: dict[str, str]
    body: Any
    uploads: list[JSON]

    def __getitem__(self, name: str) -> int:
        try:
            return int(self.names[name])
        except ValueError:
            raise RefusedError(400, 50035, f"Invalid Form Body: {name}") from None


class Rest:
    """The API over a world. `check(method, path, body)` may name further violations, which are answered with 400."""

    callback_seconds = 3.0
    token_seconds = 15 * 60.0

    def __init__(
        self,
        world: World,
        gateway: Gateway,
        token: Callable[[], str],
        check: Callable[[str, str, Any], list[str]] | None,
    ) -> None:
        self._world, self._gateway, self._token, self._check = world, gateway, token, check
        self.requests: list[Recorded] = []
        self.latency = 0.0
        self.per_second: int | None = None  # requests over all routes, in any second
        self._taken: deque[float] = deque()
        self.faults: list[Fault] = []
        self.answers: dict[str, Answer] = {}
        self._routes = [(method, _pattern(path), route) for method, path, route in self._table()]

    def _table(self) -> list[tuple[str, str, Route]]:
        message, hook = "/channels/{channel}/messages/{message}", "/webhooks/{app}/{token}"
        return [
            ("GET", "/users/@me", self._me),
            ("GET", "/users/{user}", self._user),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("POST", "/users/@me/channels", self._open_dm),
            ("GET", "/applications/{app}/commands", self._list_commands),
            ("PUT", "/applications/{app}/commands", self._register),
            ("GET", "/applications/{app}/guilds/{guild}/commands", self._list_commands),
            ("PUT", "/applications/{app}/guilds/{guild}/commands", self._register),
            ("GET", "/guilds/{guild}", self._guild),
            ("GET", "/guilds/{guild}/channels", self._guild_channels),
            ("GET", "/guilds/{guild}/roles", self._guild_roles),
            ("GET", "/guilds/{guild}/members/@me", self._my_member),
            ("GET", "/guilds/{guild}/members/{user}", self._member),
            ("GET", "/channels/{channel}", self._channel),
            ("POST", "/channels/{channel}/typing", self._typing),
            ("GET", "/channels/{channel}/messages", self._history),
            ("POST", "/channels/{channel}/messages", self._send),
            ("POST", "/channels/{channel}/threads", self._open_thread),
            ("PATCH", "/channels/{channel}", self._edit_channel),
            ("GET", "/guilds/{guild}/threads/active", self._active_threads),
            ("GET", "/channels/{channel}/threads/archived/public", self._archived_threads),
            ("PUT", "/channels/{channel}/messages/pins/{message}", self._pin),
            ("DELETE", "/channels/{channel}/messages/pins/{message}", self._unpin),
            ("POST", message + "/crosspost", self._crosspost),
            ("GET", message, self._get_message),
            ("PATCH", message, self._edit_message),
            ("DELETE", message, self._delete_message),
            ("POST", "/interactions/{interaction}/{token}/callback", self._callback),
            ("POST", hook, self._follow_up),
            ("GET", hook + "/messages/{message}", self._get_answer),
            ("PATCH", hook + "/messages/{message}", self._edit_answer),
            ("DELETE", hook + "/messages/{message}", self._delete_answer),
        ]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Record a request and let a fault or a route answer it."""
        path = request.path.removeprefix("/api/v10")
        body, files = await _decoded(request)
        headers, query = dict(request.headers), dict(request.query)
        record = Recorded(request.method, path, body, headers, time.monotonic(), query)
        self.requests.append(record)
        await asyncio.sleep(self.latency / 2)  # on the way here
        response = self._limited(record) or await self._faulty(record, files, self._fault(record))
        await asyncio.sleep(self.latency / 2)
        if response is not None:
            record.status = response.status
        elif request.transport:
            request.transport.abort()
        return response or web.Response()

    def _limited(self, record: Recorded) -> web.Response | None:
        """The refusal of one request too many in the last second; interactions have limits of their own."""
        if self.per_second is None or record.path.startswith(("/webhooks/", "/interactions/")):
            return None
        now = time.monotonic()
        while self._taken and now - self._taken[0] >= 1:
            self._taken.popleft()
        if len(self._taken) >= self.per_second:
            return _limit_response(1 - (now - self._taken[0]), everywhere=True)
        self._taken.append(now)
        return None

    def _fault(self, record: Recorded) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.method == record.method and fault.path.search(record.path):
                fault.times -= 1
                return fault
        return None

    async def _faulty(self, record: Recorded, files: list[web.FileField], fault: Fault | None) -> web.Response | None:
        """The answer, changed by a fault; None to break the connection."""
        if fault is None:
            return await self._answer(record, files)
        response = await self._answer(record, files) if fault.after_store else None
        await asyncio.sleep(fault.delay)
        if fault.drop:
            return None
        if fault.status is not None:
            return _fault_response(fault)
        return response or await self._answer(record, files)

    async def _answer(self, record: Recorded, files: list[web.FileField]) -> web.Response:
        try:
            reply = await self._dispatch(record, files)
        except RefusedError as refusal:
            return _json({"message": refusal.message, "code": refusal.code}, refusal.status)
        return web.Response(status=204) if reply is None else _json(reply)

    async def _dispatch(self, record: Recorded, files: list[web.FileField]) -> Reply:
        named, path = record.headers.get("Authorization"), record.path
        if named != f"Bot {self._token()}" and not path.startswith(("/webhooks/", "/interactions/")):
            raise RefusedError(401, 0, "401: Unauthorized")
        for method, pattern, route in self._routes:
            match = pattern.fullmatch(path)
            if match and method == record.method:
                self._refuse_broken(record)
                uploads = [self._upload(each) for each in files]
                return await route(Call(match.groupdict(), record.query, record.body, uploads))
        raise RefusedError(501, 0, f"the fake has no route for {record.method} {path}")

    def _refuse_broken(self, record: Recorded) -> None:
        # An edit names only what it changes, so its limits are those of the message it makes (`World.edit_message`).
        body = record.body.get("message") if record.path.endswith("/threads") else record.body
        broken = limits.violations(body) if body and record.method != "PATCH" else []
        broken += self._check(record.method, record.path, record.body) if self._check else []
        if broken:
            raise RefusedError(400, 50035, "Invalid Form Body: " + "; ".join(broken))

    def _upload(self, file: web.FileField) -> JSON:
        return self._world.attachment(file.filename, file.file.read(), file.content_type)

    # users and servers

    async def _me(self, call: Call) -> Reply:
        return self._world.bot.payload() | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0}

    async def _user(self, call: Call) -> Reply:
        return self._known_user(call["user"]).payload()

    async def _application(self, call: Call) -> Reply:
        bot = self._world.bot
        about = {"id": str(bot.id), "name": bot.name, "description": "", "icon": None, "summary": "", "flags": 0}
        owner = User(1, "operator").payload()
        rights = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "0" * 64, "team": None}
        return about | rights | {"owner": owner, "approximate_guild_count": len(self._world.guilds)}

    async def _open_dm(self, call: Call) -> Reply:
        return self._world.dm(self._known_user(int(call.body["recipient_id"]))).payload()

    def _known_user(self, user_id: int) -> User:
        if user_id not in self._world.users:
            raise RefusedError(404, 10013, "Unknown User")
        return self._world.users[user_id]

    def _known_guild(self, guild_id: int) -> Guild:
        if guild_id not in self._world.guilds:
            raise RefusedError(404, 10004, "Unknown Guild")
        return self._world.guilds[guild_id]

    async def _guild(self, call: Call) -> Reply:
        return self._known_guild(call["guild"]).payload()

    async def _guild_channels(self, call: Call) -> Reply:
        return [channel.payload() for channel in self._known_guild(call["guild"]).channels.values()]

    async def _guild_roles(self, call: Call) -> Reply:
        return [role.payload() for role in self._known_guild(call["guild"]).roles.values()]

    async def _my_member(self, call: Call) -> Reply:
        return self._known_guild(call["guild"]).member(self._world.bot)

    async def _member(self, call: Call) -> Reply:
        guild = self._known_guild(call["guild"])
        if call["user"] not in guild.members:
            raise RefusedError(404, 10007, "Unknown Member")
        return guild.member(self._known_user(call["user"]))

    # commands

    async def _list_commands(self, call: Call) -> Reply:
        return self._world.commands.get(self._scope(call), [])

    async def _register(self, call: Call) -> Reply:
        """Replace the commands of a server or of all; a command that keeps its name and type keeps its id."""
        scope = self._scope(call)
        known = {(old["type"], old["name"]): old["id"] for old in self._world.commands.get(scope, [])}
        self._world.commands[scope] = [self._command(body, scope, known) for body in call.body]
        return self._world.commands[scope]

    def _command(self, body: JSON, scope: int | None, known: dict[tuple[int, str], str]) -> JSON:
        kind = body.get("type") or 1
        command_id = known.get((kind, body["name"])) or str(self._world.new_id())
        needed = body.get("default_member_permissions")
        head = {"id": command_id, "application_id": str(self._world.bot.id), "type": kind, "version": command_id}
        text = {"description": body.get("description") or "", "options": body.get("options") or []}
        rights = {"default_member_permissions": None if needed is None else str(needed), "nsfw": False}
        return body | head | text | rights | ({"guild_id": str(scope)} if scope else {})

    def _scope(self, call: Call) -> int | None:
        return self._known_guild(call["guild"]).id if "guild" in call.names else None

    # channels and messages

    async def _channel(self, call: Call) -> Reply:
        return self._accessible(call).payload()

    async def _typing(self, call: Call) -> Reply:
        self._accessible(call, SEND_MESSAGES)
        return None

    def _accessible(self, call: Call, permission: int = 0) -> Channel:
        channel = self._world.channel(call["channel"])
        self._world.require(channel, permission)
        return channel

    async def _history(self, call: Call) -> Reply:
        """Newest first; `before`, `after` and `around` are exclusive, inclusive for the last."""
        channel = self._accessible(call)
        if not self._world.permissions(self._world.bot, channel) & READ_HISTORY:
            return []
        limit = int(call.query.get("limit", 50))
        if not 1 <= limit <= 100:
            raise RefusedError(400, 50035, "Invalid Form Body: limit")
        ids = [int(message["id"]) for message in self._world.messages(channel)]
        chosen = _page(ids, call.query, limit)
        return [self._world.seen_by_bot(self._world.stored[each]) for each in reversed(chosen)]

    async def _send(self, call: Call) -> Reply:
        channel = self._accessible(call, SEND_MESSAGES)
        _refuse_empty(call)
        message = await self._post(channel, call)
        return message | ({"nonce": call.body["nonce"]} if "nonce" in call.body else {})

    async def _post(self, channel: Channel, call: Call, body: JSON | None = None) -> JSON:
        """Store a message of the bot and tell the gateway, unless only one user sees it or it was there before."""
        world, known = self._world, len(self._world.stored)
        message = world.create_message(channel, world.bot, call.body if body is None else body, call.uploads)
        if len(world.stored) > known and not message["flags"] & EPHEMERAL:
            await announce(self._gateway, world, channel, message)
        return message

    async def _open_thread(self, call: Call) -> Reply:
        """Open a post of a forum with its first message; a nonce means nothing here."""
        forum = self._accessible(call, SEND_MESSAGES)
        body = {key: value for key, value in call.body["message"].items() if key not in ("nonce", "enforce_nonce")}
        if forum.kind != FORUM or not 1 <= len(call.body["name"]) <= 100:
            raise RefusedError(400, 50035, "Invalid Form Body: a post of a forum with a name of 1 to 100 characters")
        _refuse_empty(Call({}, {}, body, call.uploads))
        thread = self._world.add_thread(forum, call.body["name"], self._world.bot)
        message = await self._post(thread, call, body)
        await self._gateway.dispatch("THREAD_CREATE", thread.payload() | {"newly_created": True}, thread.guild)
        return thread.payload() | {"message": message}

    async def _edit_channel(self, call: Call) -> Reply:
        """Change a thread: anyone who may write there takes up an archived one, unless it is locked."""
        thread = self._world.channel(call["channel"])
        unarchives = call.body == {"archived": False} and not thread.locked
        self._world.require(thread, SEND_MESSAGES if unarchives else MANAGE_THREADS)
        thread.archived = call.body.get("archived", thread.archived)
        thread.pinned = bool(call.body.get("flags", 2 * thread.pinned) & 2)
        return thread.payload()

    async def _active_threads(self, call: Call) -> Reply:
        return {"threads": [thread.payload() for thread in self._known_guild(call["guild"]).threads], "members": []}

    async def _archived_threads(self, call: Call) -> Reply:
        parent = self._accessible(call, READ_HISTORY)
        assert parent.guild is not None
        found = [each.payload() for each in parent.guild.channels.values() if each.parent is parent and each.archived]
        return {"threads": found, "members": [], "has_more": False}

    async def _pin(self, call: Call) -> Reply:
        self._accessible(call, PIN_MESSAGES)
        self._in_channel(call)["pinned"] = True
        return None

    async def _unpin(self, call: Call) -> Reply:
        self._accessible(call, PIN_MESSAGES)
        self._in_channel(call)["pinned"] = False
        return None

    async def _crosspost(self, call: Call) -> Reply:
        channel = self._accessible(call, SEND_MESSAGES)
        message = self._in_channel(call)
        if channel.kind != ANNOUNCEMENT:
            raise RefusedError(400, 50024, "Cannot execute action on this channel type")
        if message["flags"] & CROSSPOSTED:
            raise RefusedError(400, 40033, "This message has already been crossposted")
        message["flags"] |= CROSSPOSTED
        return message

    async def _get_message(self, call: Call) -> Reply:
        self._accessible(call, READ_HISTORY)
        return self._world.seen_by_bot(self._in_channel(call))

    async def _edit_message(self, call: Call) -> Reply:
        self._accessible(call)
        message = self._in_channel(call)
        if message["author"]["id"] != str(self._world.bot.id):
            raise RefusedError(403, 50005, "Cannot edit a message authored by another user")
        self._world.require_open(self._world.channel(call["channel"]))
        return self._world.edit_message(message, call.body, call.uploads)

    async def _delete_message(self, call: Call) -> Reply:
        own = self._in_channel(call)["author"]["id"] == str(self._world.bot.id)
        self._accessible(call, 0 if own else MANAGE_MESSAGES)
        del self._world.stored[call["message"]]
        return None

    def _in_channel(self, call: Call) -> JSON:
        message = self._world.message(call["message"])
        if message["channel_id"] != str(call["channel"]) or message["flags"] & EPHEMERAL:
            raise RefusedError(404, 10008, "Unknown Message")
        return message

    # interactions

    async def _callback(self, call: Call) -> Reply:
        answer = self.answers.get(call.names["token"])
        if answer is None or time.monotonic() - answer.sent_at > self.callback_seconds:
            raise RefusedError(404, 10062, "Unknown interaction")
        if answer.callback is not None:
            raise RefusedError(400, 40060, "Interaction has already been acknowledged.")
        _refuse_wrong_kind(answer, call.body["type"])
        message = await self._first_message(answer, call)
        answer.respond(call.body, message)
        return _callback_response(answer, message) if call.query.get("with_response") in ("1", "true") else None

    async def _first_message(self, answer: Answer, call: Call) -> JSON | None:
        kind, data = call.body["type"], call.body.get("data") or {}
        if kind == REPLY:
            _refuse_empty(Call({}, {}, data, call.uploads))
        if kind in (REPLY, DEFERRED_REPLY):
            loading = LOADING if kind == DEFERRED_REPLY else 0
            return await self._reply(answer, call, data | {"flags": (data.get("flags") or 0) | loading})
        if kind == UPDATE and answer.source:
            return self._world.edit_message(answer.source, data, call.uploads)
        return answer.source if kind == DEFERRED_UPDATE else None

    async def _reply(self, answer: Answer, call: Call, body: JSON) -> JSON:
        channel = self._world.channel(int(answer.interaction["channel_id"]))
        message = await self._post(channel, call, body)
        user = (answer.interaction.get("member") or answer.interaction)["user"]
        owners = answer.interaction["authorizing_integration_owners"]
        kept = {"id": answer.interaction["id"], "type": answer.interaction["type"], "user": user}
        message["interaction_metadata"] = kept | {"authorizing_integration_owners": owners}
        message |= {"application_id": str(self._world.bot.id), "webhook_id": str(self._world.bot.id)}
        return message

    def _answer_of(self, call: Call) -> Answer:
        answer = self.answers.get(call.names["token"])
        if answer is None or answer.callback is None:
            raise RefusedError(404, 10015, "Unknown Webhook")
        if time.monotonic() - answer.sent_at > self.token_seconds:
            raise RefusedError(401, 50027, "Invalid Webhook Token")
        return answer

    async def _follow_up(self, call: Call) -> Reply:
        """A further message; the first one after a deferral takes the place, and the privacy, of the deferred one."""
        answer = self._answer_of(call)
        _refuse_empty(call)
        if answer.original and answer.original["flags"] & LOADING:
            shown = {key: value for key, value in call.body.items() if key != "flags"}
            shown["flags"] = (call.body.get("flags") or 0) & ~EPHEMERAL
            answer.edit(self._world.edit_message(answer.original, shown, call.uploads))
            return answer.original
        message = await self._reply(answer, call, call.body)
        answer.follow(message)
        return message

    def _of_answer(self, call: Call) -> tuple[Answer, JSON]:
        answer = self._answer_of(call)
        if call.names["message"] == "@original":
            message = answer.original
        else:
            message = next((each for each in answer.followups if each["id"] == call.names["message"]), None)
            message = message or (answer.original if self._is_original(answer, call) else None)
        if message is None or int(message["id"]) not in self._world.stored:
            raise RefusedError(404, 10008, "Unknown Message")
        return answer, message

    def _is_original(self, answer: Answer, call: Call) -> bool:
        return answer.original is not None and answer.original["id"] == call.names["message"]

    async def _get_answer(self, call: Call) -> Reply:
        return self._of_answer(call)[1]

    async def _edit_answer(self, call: Call) -> Reply:
        answer, message = self._of_answer(call)
        answer.edit(self._world.edit_message(message, call.body, call.uploads))
        return message

    async def _delete_answer(self, call: Call) -> Reply:
        answer, message = self._of_answer(call)
        del self._world.stored[int(message["id"])]
        answer.edit(message)
        return None


async def announce(gateway: Gateway, world: World, channel: Channel, message: JSON) -> None:
    """Dispatch MESSAGE_CREATE to the sessions that asked for messages."""
    guild = channel.guild
    event = world.seen_by_bot(message)
    if guild is not None:
        author = world.users[int(message["author"]["id"])]
        member = {key: value for key, value in guild.member(author).items() if key != "user"}
        event = event | {"guild_id": str(guild.id), "member": member}
    await gateway.dispatch("MESSAGE_CREATE", event, guild, intent=GUILD_MESSAGES if guild else DIRECT_MESSAGES)


async def _decoded(request: web.Request) -> tuple[Any, list[web.FileField]]:
    """The JSON of a request (of `payload_json` in a form) and the files beside it."""
    if request.content_type == "multipart/form-data":
        form = await request.post()
        payload = form.get("payload_json")
        return json.loads(str(payload)) if payload else None, [f for f in form.values() if isinstance(f, web.FileField)]
    raw = await request.read()
    return json.loads(raw) if raw else None, []


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))


def _json(reply: Any, status: int = 200) -> web.Response:
    # discord.py reads a body as JSON only if the header says exactly this, without a charset.
    return web.Response(body=json.dumps(reply).encode(), status=status, headers={"Content-Type": "application/json"})


def _fault_response(fault: Fault) -> web.Response:
    """The error a fault answers with; a 429 without a time is Cloudflare's, which names no `Via`."""
    assert fault.status is not None
    if fault.retry_after is not None:
        return _limit_response(fault.retry_after, everywhere=fault.everywhere)
    return _json({"message": "a fault of the test", "code": fault.code}, fault.status)


def _limit_response(retry_after: float, *, everywhere: bool) -> web.Response:
    response = _json({"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}, 429)
    response.headers.update({"Via": "1.1 fake", "Retry-After": str(retry_after)})
    return response


def _page(ids: list[int], query: dict[str, str], limit: int) -> list[int]:
    """The ids of one page of history, oldest first."""
    if "after" in query:
        return [each for each in ids if each > int(query["after"])][:limit]
    if "around" in query:
        middle = int(query["around"])
        return sorted(sorted(ids, key=lambda each: abs(each - middle))[:limit])
    return [each for each in ids if each < int(query.get("before", 1 << 63))][-limit:]


def _refuse_empty(call: Call) -> None:
    if limits.is_empty(call.body or {}) and not call.uploads:
        raise RefusedError(400, 50006, "Cannot send an empty message")


def _refuse_wrong_kind(answer: Answer, kind: int) -> None:
    """Refuse an answer that does not fit the interaction: an update without a message, a modal upon a modal."""
    asked = answer.interaction["type"]
    fits = {2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5} | ({6, 7} if answer.source else set())}
    if kind not in fits[asked]:
        raise RefusedError(400, 50035, f"Invalid Form Body: type {kind} does not answer an interaction of type {asked}")


def _callback_response(answer: Answer, message: JSON | None) -> JSON:
    """The body of `with_response=1`, without which discord.py 2.7.1 fails."""
    kind = answer.kind
    head: JSON = {"id": answer.interaction["id"], "type": answer.interaction["type"]}
    if message is None or kind in (CHOICES, MODAL):
        return {"interaction": head, "resource": {"type": kind}}
    flags = message["flags"]
    head |= {"response_message_id": message["id"], "response_message_loading": bool(flags & LOADING)}
    head |= {"response_message_ephemeral": bool(flags & EPHEMERAL)}
    return {"interaction": head, "resource": {"type": kind, "message": message}}
