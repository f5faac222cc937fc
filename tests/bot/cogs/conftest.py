"""The real bot on a simulated Discord: one world for the folder, a new server in it for every test."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.app import DatelineBot
from bot.assembly import Dateline
from bot.cogs.failures import sentence_for
from bot.demo.world import World, simulated
from bot.settings import NO_OTHER_MODELS, Settings
from bot.ui.bodies import Body, Button
from storage.types import Audience
from tests.leaks import plant_tokens_of
from tests.wire.limits import violations

ANSWER, UPDATE = 4, 7
"""Interaction callbacks that carry a message.
https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
"""


@dataclass
class Place:
    """A server that nobody used yet, its people, and what is stored of it."""

    world: World
    home: Path
    guild: Any
    general: Any
    news: Any
    closed: Any  # a channel the bot may not write to
    admin: Any
    deputy: Any  # may do what the admin may
    member: Any
    bugs_expected: list[type[Exception]] = field(default_factory=list)

    @property
    def env(self) -> Any:
        return self.world.env

    @property
    def dateline(self) -> Dateline:
        return self.world.dateline

    def rows(self) -> dict[str, int]:
        """How many rows every table of the database holds: what was half-stored would show."""
        with closing(sqlite3.connect(self.home / "dateline.sqlite3")) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in names}

    async def articles(self) -> list[Any]:
        """The articles this server sees."""
        async with self.dateline.storage.reading() as tx:
            return await tx.articles.list_latest(Audience(server_id=self.guild.id), 100)

    async def follow(self, address: str, label: str | None = None) -> Any:
        """Follow a feed as the admin does; returns the last answer."""
        asked = await self.admin.slash(
            self.general, "source add", address=address, **({"label": label} if label else {})
        )
        await self.admin.click(asked.response, label="Follow")
        return asked.response

    async def supply(self, address: str, label: str | None = None) -> Any:
        """Let the server follow a feed, not by a command: the simulation would wait a second for each connection."""
        following = self.dateline.following
        return await following.follow(self.guild.id, await following.look(address), label)

    async def press(self, who: Any, custom_id: str) -> Any:
        """Press a button with any custom id, as somebody who forges one would."""
        body = Body(("A forged button",), buttons=(Button("Press", custom_id),))
        message = await self.world.bot.get_channel(self.general.id).send(**body.message())
        return await who.click(message, label="Press")

    async def restart(self) -> None:
        """Another process of the bot over the same database, which knows what Discord and the database say."""
        restarted = DatelineBot()
        restarted.dateline = self.dateline
        await self.env.restart_bot(restarted)
        self.dateline.notices._publisher._client = restarted  # type: ignore[attr-defined]  # shared by all services
        object.__setattr__(self.world, "bot", restarted)

    def lock_news(self) -> None:
        """Take away from the bot that it may write in the channel for news."""
        deny = discord.Permissions(send_messages=True).value
        own = Overwrite(target_id=self.world.bot.user.id, type=OverwriteType.MEMBER, allow=0, deny=deny)
        self.env.backend.set_overwrite(self.news.id, own)

    async def plan_digest(self, name: str = "Morning", **changes: Any) -> Any:
        """Ask for a digest as the admin does; returns the question, or the refusal."""
        options = {"channel": self.news, "when": "daily 8:30", "timezone": "Europe/Lisbon"} | changes
        return (await self.admin.slash(self.general, "digest add", name=name, **options)).response

    async def add_digest(self, name: str = "Morning", **changes: Any) -> Any:
        """Set up a digest as the admin does; returns the last answer."""
        question = await self.plan_digest(name, **changes)
        await self.admin.click(question, label="Keep it")
        return question


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dateline")


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def world(home: Path) -> AsyncIterator[World]:
    networks = (ip_network("127.9.9.0/24"),)
    settings = Settings(_env_file=None, home=home, database_url=None, fetch_allow_networks=networks, **NO_OTHER_MODELS)
    async with simulated(settings) as made:
        yield made


def new_place(world: World, home: Path, name: str) -> Place:
    env = world.env
    guild = env.create_guild(name)
    nothing = discord.PermissionOverwrite(view_channel=False, send_messages=False)
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return Place(
        world=world,
        home=home,
        guild=guild,
        general=guild.create_text_channel("general"),
        news=guild.create_text_channel("news"),
        closed=guild.create_text_channel("archive", overwrites={guild.me: nothing}),
        admin=guild.add_member(env.create_user("ines"), roles=[managers]),
        deputy=guild.add_member(env.create_user("priya"), roles=[managers]),
        member=guild.add_member(env.create_user("tomas")),
    )


@pytest.fixture
def place(world: World, home: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Place]:
    """A server of its own. After every test all requests of the bot must be within Discord's limits and mention nobody,
    and no error may have happened that has no sentence for the user, but for those the test itself caused.
    """
    made = new_place(world, home, "Marrowport Readers")
    requests, errors = len(world.env.http_requests), world.env.error_cursor
    yield made
    for request in world.env.http_requests[requests:]:
        plant_tokens_of(request.path)
        check_request(request)
    swallowed = [error for error in world.env.errors_since(errors) if sentence_for(error) is None]
    logged = [record.exc_info[1] for record in caplog.get_records("call") if record.exc_info]
    bugs = {type(getattr(error, "original", error)) for error in (*swallowed, *logged) if sentence_for(error) is None}
    assert bugs == set(made.bugs_expected)


@pytest.fixture
def elsewhere(world: World, home: Path) -> Place:
    """Another server with the same bot."""
    return new_place(world, home, "Another server")


def check_request(request: Any) -> None:
    """Whatever the bot says to Discord keeps its limits, and no message of it can mention anybody."""
    if request.json is None:
        return
    assert violations(request.json) == [], request
    message = carried_message(request)
    if message is not None:
        assert message["allowed_mentions"] == {"parse": []}, request


def carried_message(request: Any) -> dict[str, Any] | None:
    """The message that a request posts or edits; None for those that carry none."""
    body = request.json
    if not isinstance(body, dict) or request.method not in ("POST", "PATCH"):
        return None
    if request.path.endswith("/callback"):
        return body["data"] if body["type"] in (ANSWER, UPDATE) else None
    return body if "/messages" in request.path or request.path.startswith("/webhooks/") else None
