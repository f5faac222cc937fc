"""A fake Discord on a loopback port, for tests of the real bot process.

    async with FakeDiscord() as fake:
        guild = fake.add_guild()
        news, ada = fake.add_channel(guild, "news"), fake.add_member(guild, "ada", permissions=MANAGE_GUILD)
        ...  # start the bot: python -m tests.wire.host {fake.api_url} {fake.gateway_url} run, token fake.token
        await fake.ready()
        answer = await fake.run_command(guild, news, ada, "news search", {"query": "budget"})
        message = await answer.final()
        assert answer.latency < 3 and "budget" in answer.text

It is strict where Discord is: an answer after 3 seconds, a second answer, a message over a limit, a missing permission
or a wrong token is refused with Discord's own code. A request without a route is answered with 501.
"""

import asyncio
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from tests.wire.gateway import Gateway
from tests.wire.interactions import Answer, Interactions
from tests.wire.rest import Fault, Recorded, Rest, announce
from tests.wire.world import JSON, Channel, Guild, User, World, until


class FakeDiscord(World):
    """A `World` with an API and a gateway; the bot is `fake.bot` and logs in with `fake.token`.

    `nonce_window` is the time in seconds for which Discord remembers a nonce (minutes there), `message_content` whether
    the application has that privileged intent, `check` may name further violations of a request body, as
    `openapi.Validator.check` does.
    """

    def __init__(
        self,
        *,
        nonce_window: float = 300.0,
        message_content: bool = False,
        heartbeat_seconds: float = 41.25,
        check: Callable[[str, str, Any], list[str]] | None = None,
    ) -> None:
        super().__init__(nonce_window=nonce_window, message_content=message_content)
        self.token = f"fake.{secrets.token_hex(12)}"
        self.gateway = Gateway(self, lambda: self.token, heartbeat_seconds=heartbeat_seconds)
        self.rest = Rest(self, self.gateway, lambda: self.token, check)
        self._interactions = Interactions(self)
        self._runner: web.AppRunner | None = None
        self.api_url = ""
        # discord.py knows a button or form only once it has read the answer to its own request, and drops what comes
        # before; so those who press and fill in take a moment, as people do.
        self.reaction_seconds = 0.1

    async def __aenter__(self) -> "FakeDiscord":
        app = web.Application(client_max_size=32 * 2**20)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/attachments/{file}/{name}", self._serve_file)
        app.router.add_route("*", "/api/v10/{path:.*}", self.rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.cdn = f"http://{host}:{port}"
        self.api_url, self.gateway.url = f"{self.cdn}/api/v10", f"ws://{host}:{port}/gateway"
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self.gateway.cut()
        assert self._runner is not None
        await self._runner.cleanup()

    async def _serve_file(self, request: web.Request) -> web.Response:
        content_type, content = self.files[int(request.match_info["file"])]
        return web.Response(body=content, headers={"Content-Type": content_type})

    @property
    def gateway_url(self) -> str:
        """Where the bot opens its websocket."""
        return self.gateway.url

    @property
    def requests(self) -> list[Recorded]:
        """Every request of the bot so far, refused and broken ones included."""
        return self.rest.requests

    def sent(self, method: str, path: str) -> list[Recorded]:
        """Requests with this method whose path, after `/api/v10`, matches a regular expression as a whole."""
        return [each for each in self.requests if each.method == method and re.fullmatch(path, each.path)]

    # waiting

    async def ready(self, *, sessions: int = 1, timeout: float = 20.0) -> None:
        """Wait until the bot (each of its shards) is connected and its commands are registered."""
        await until(
            lambda: len(self.gateway.connected) >= sessions and bool(self.commands), timeout, "the bot to be ready"
        )

    async def until(self, condition: Callable[[], bool], timeout: float = 10.0, what: str = "a condition") -> None:
        """Wait until something holds, in the world, in the bot or in its database."""
        await until(condition, timeout, what)

    # what users do

    async def run_command(
        self, guild: Guild | None, channel: Channel, user: User, name: str, options: Mapping[str, Any] | None = None
    ) -> Answer:
        """Run a registered slash command: `"brief"`, or `"news search"` for a subcommand.

        Option values are plain (str, int, bool, float), or a `User`, `Channel`, `Role` or `fake.attachment(...)`. In
        direct messages `guild` is None and `channel` is `fake.dm(user)`. Raises LookupError for a command or option
        that was not registered, PermissionError where Discord would not offer it, ValueError or TypeError for values
        that its client would not send.
        """
        _same(guild, channel)
        return await self._interact(self._interactions.command(channel, user, name, options or {}, None), guild)

    async def autocomplete(
        self,
        guild: Guild | None,
        channel: Channel,
        user: User,
        name: str,
        options: Mapping[str, Any],
        *,
        focused: str | None = None,
        timeout: float = 5.0,
    ) -> list[JSON]:
        """The suggestions for the `focused` option (the last one given, unless named): dicts with name and value."""
        _same(guild, channel)
        focused = focused or list(options)[-1]
        answer = await self._interact(self._interactions.command(channel, user, name, options, focused), guild)
        return (await answer.responded(timeout)).choices

    async def run_message_command(self, message: JSON, user: User, name: str) -> Answer:
        """Choose a command from the menu of a message."""
        channel = self.channel(int(message["channel_id"]))
        return await self._interact(self._interactions.menu(channel, user, name, message), channel.guild)

    async def press(self, message_id: int | str, custom_id: str, user: User, values: Sequence[Any] = ()) -> Answer:
        """Press a button of a message, or choose `values` from a select (objects of the world for a typed select)."""
        await asyncio.sleep(self.reaction_seconds)
        message = self.message(int(message_id))
        payload = self._interactions.component(message, custom_id, user, values)
        return await self._interact(payload, self.channel(int(message["channel_id"])).guild, message)

    async def submit_modal(self, answer: Answer, values: Mapping[str, Any]) -> Answer:
        """Fill in and send the form an answer opened; keys are custom ids or labels, a file upload takes a list of
        `fake.attachment(...)`."""
        await asyncio.sleep(self.reaction_seconds)
        payload = self._interactions.modal_submit(answer, values)
        return await self._interact(payload, self.channel(int(payload["channel_id"])).guild, answer.source)

    async def post(
        self,
        channel: Channel,
        user: User,
        content: str,
        *,
        attachments: Sequence[JSON] = (),
        reply_to: JSON | None = None,
    ) -> JSON:
        """Let a user write a message; the bot hears of it if it asked for messages. A reply notifies its author."""
        body: JSON = {"content": content}
        if reply_to:
            body["message_reference"] = {"message_id": reply_to["id"], "channel_id": reply_to["channel_id"]}
        message = self.create_message(channel, user, body, attachments)
        if reply_to and reply_to["author"] not in message["mentions"]:
            message["mentions"].append(reply_to["author"])
        await announce(self.gateway, self, channel, message)
        return message

    async def _interact(self, payload: JSON, guild: Guild | None, source: JSON | None = None) -> Answer:
        """Send an interaction; a bot that is reconnecting gets it when it resumes."""
        answer = self.rest.answers[payload["token"]] = Answer(payload, source)
        if not await self.gateway.dispatch("INTERACTION_CREATE", payload, guild):
            raise ConnectionError("no session of the bot serves this server")
        return answer

    # what admins do

    async def invite(self, guild: Guild) -> None:
        """Tell a connected bot of a server that was added meanwhile."""
        await self.gateway.dispatch("GUILD_CREATE", self.gateway.guild_create(guild), guild)

    async def kick(self, guild: Guild) -> None:
        """Remove the bot from a server, which is gone for it with all its channels."""
        del self.guilds[guild.id]
        for channel_id in guild.channels:
            del self.channels[channel_id]
        await self.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild)

    async def delete_channel(self, channel: Channel) -> None:
        """Delete a channel of a server."""
        assert channel.guild is not None
        del self.channels[channel.id], channel.guild.channels[channel.id]
        await self.gateway.dispatch("CHANNEL_DELETE", channel.payload(), channel.guild)

    async def delete_message(self, message: JSON) -> None:
        """Delete a message of anyone."""
        del self.stored[int(message["id"])]
        guild = self.channel(int(message["channel_id"])).guild
        place = {"guild_id": str(guild.id)} if guild else {}
        event = {"id": message["id"], "channel_id": message["channel_id"], **place}
        await self.gateway.dispatch("MESSAGE_DELETE", event, guild)

    # what goes wrong

    def fail_next(
        self,
        method: str,
        path: str,
        *,
        status: int | None = None,
        code: int = 0,
        retry_after: float | None = None,
        drop: bool = False,
        delay: float = 0.0,
        after_store: bool = False,
        everywhere: bool = False,
        times: int = 1,
    ) -> None:
        """Spoil the next requests of a method whose path contains a regular expression.

        `status` answers with an error (with Discord's `code`; with `retry_after` in seconds for a 429 of one route, or
        `everywhere` for a global one; a 429 without it is Cloudflare's),
        `drop` breaks the connection without an answer, `delay` first waits. With `after_store` the request has its
        effect all the same: the message stands, only its answer is lost.
        """
        self.rest.faults.append(
            Fault(method, re.compile(path), times, status, code, retry_after, drop, delay, after_store, everywhere)
        )

    def heal(self) -> None:
        """Take back every fault."""
        self.rest.faults.clear()


def _same(guild: Guild | None, channel: Channel) -> None:
    if channel.guild is not guild:
        raise ValueError(f"#{channel.name} is not a channel of {guild.name if guild else 'direct messages'}")
