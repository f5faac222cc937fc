"""The whole path with the real bot: its own process, the real model, real sockets, and a Discord on loopback."""

import asyncio
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import PERMISSIONS
from tests.servers import Reply, serving
from tests.wire import limits
from tests.wire.fakediscord import FakeDiscord
from tests.wire.openapi import Validator
from tests.wire.running import RunningBot, running
from tests.wire.world import MANAGE_GUILD

SETTINGS = {"DATELINE_FETCH_ALLOW_NETWORKS": "127.9.9.0/24"}
ARTICLE = (
    "The lighthouse of Norrby was lit again on Friday after nineteen dark years. "
    "Volunteers had collected 140,000 crowns for a new lamp. "
    "The first ship to answer the light was a ferry with 212 passengers. "
    "“My grandfather kept this lamp,” said Ada Berg, who pressed the switch. "
    "The lamp turns once in twelve seconds and is seen for thirty kilometres. "
)
PAGE = f"<html><head><title>Lighthouse lit again</title></head><body><article><p>{ARTICLE}</p></article></body></html>"
FEED = (
    "<rss version='2.0'><channel><title>Norrby Post</title>"
    f"<item><title>Lighthouse lit again</title><link>https://norrby.example/1</link><description>{ARTICLE}</description>"
    "</item></channel></rss>"
)
OPTIONS = {
    "brief": ["link", "file"],
    "source add": ["address", "label"],
    "digest add": ["name", "channel", "time", "days", "timezone"],
    "digest preview": ["name"],
    "digest post": ["name"],
    "digest manage": ["name"],
    "news search": ["query"],
}


class Server:
    """A Discord server with a channel, an admin, and a newspaper to follow."""

    def __init__(self, fake: FakeDiscord, site: Any) -> None:
        self.fake, self.site = fake, site
        self.guild = fake.add_guild("Norrby")
        self.news = fake.add_channel(self.guild, "news")
        self.admin = fake.add_member(self.guild, "ada", permissions=MANAGE_GUILD)
        self.member = fake.add_member(self.guild, "ben")

    async def command(self, command: str, **values: Any) -> Any:
        answer = await self.fake.run_command(self.guild, self.news, self.admin, command, values)
        await answer.final(60)
        return answer

    async def follow(self) -> None:
        found = await self.command("source add", address=self.site.url("/feed"))
        assert "Norrby Post" in found.text
        message = found.original
        pressed = await self.fake.press(message["id"], button(message, "Follow"), self.admin)
        await self.fake.until(lambda: "is followed" in pressed.text, 60, "the confirmation")

    async def digest(self, due: datetime) -> None:
        added = await self.command(
            "digest add", name="Evening", channel=self.news, time=f"{due:%H:%M}", days="daily", timezone="UTC"
        )
        assert "Evening is set up" in added.text

    def posts(self) -> list[str]:
        """What stands in the channel that came from no command."""
        return [limits.text_of(m) for m in self.fake.messages(self.news) if not m.get("interaction_metadata")]


def button(message: dict[str, Any], label: str) -> str:
    (found,) = [c for c in limits.walk(message.get("components", [])) if c.get("label") == label]
    return str(found["custom_id"])


def next_minute(at_least: timedelta) -> datetime:
    """A full minute that is not too near."""
    return (datetime.now(UTC) + at_least + timedelta(minutes=1)).replace(second=0, microsecond=0)


@pytest.fixture
async def fake():
    data = os.environ.get("DATA")
    check = Validator(Path(data) / "discord" / "openapi.json").check if data else None
    async with FakeDiscord(check=check) as made:
        yield made
        violations = {(r.path, v) for r in made.requests if r.body for v in limits.violations(r.body)}
        assert violations == set()


@pytest.fixture
async def server(fake):
    replies = {"/feed": Reply(FEED, content_type="application/rss+xml"), "/lighthouse": Reply(PAGE)}
    async with serving(replies) as site:
        yield Server(fake, site)


def assert_clean(bot: RunningBot, fake: FakeDiscord) -> None:
    assert "Traceback" not in bot.output
    assert fake.token not in bot.output


@pytest.mark.timeout(300)
async def test_from_the_invitation_to_an_edition_and_through_a_restart(fake, server, tmp_path):
    async with running(fake, tmp_path, settings=SETTINGS) as bot:
        await fake.ready(timeout=60)
        (link,) = re.findall(r"https://discord\.com/oauth2/authorize\?\S+", bot.output)
        assert f"permissions={PERMISSIONS.value}" in link
        assert "applications.commands" in link
        assert options_registered(fake) >= {(name, option) for name, all_ in OPTIONS.items() for option in all_}

        brief = await fake.run_command(
            server.guild, server.news, server.member, "brief", {"link": server.site.url("/lighthouse")}
        )
        await brief.responded()
        assert brief.deferred
        assert brief.latency < 3
        await brief.final(60)
        points = re.findall(r"^- (.+)$", unescaped(brief.text), re.MULTILINE)
        assert points
        assert all(point in ARTICLE for point in points)

        await server.follow()
        assert "/feed" in server.site.paths
        due = next_minute(timedelta(seconds=5))
        await server.digest(due)
        assert server.posts() == []
        await fake.until(lambda: len(server.posts()) == 1, 100, "the edition")
        assert timedelta() <= datetime.now(UTC) - due < timedelta(seconds=20)
        assert "lighthouse of Norrby was lit again" in server.posts()[0]
        await sources_are_shown(fake, server)
        await every_other_command_answers(fake, server)
        assert await bot.terminate() == 0
        assert_clean(bot, fake)

    async with running(fake, tmp_path, settings=SETTINGS) as bot:
        await fake.ready(sessions=1, timeout=60)
        await sources_are_shown(fake, server)
        await asyncio.sleep(3)  # the sweep runs at once after the start
        assert len(server.posts()) == 1
        assert bot.rows("SELECT state FROM editions") == [("sent",)]
        assert await bot.terminate() == 0
        assert_clean(bot, fake)


async def every_other_command_answers(fake: FakeDiscord, server: Server) -> None:
    """Less a test of what they say than of what they send: every body is checked at the end."""
    for name, values, wanted in (
        ("news latest", {}, "Lighthouse lit again"),
        ("news search", {"query": "ferry passengers"}, "Lighthouse lit again"),
        ("news search", {"query": "zeppelin"}, "No stored article"),
        ("news help", {}, "/brief"),
        ("source list", {}, "Norrby Post"),
        ("source manage", {"label": "Norrby Post"}, "Next look"),
        ("source add", {"address": "http://10.0.0.1/"}, "not a public address"),
        ("digest list", {}, "Evening"),
        ("digest preview", {"name": "Evening"}, "nothing new"),
        ("digest manage", {"name": "Evening"}, "every day"),
        ("digest manage", {"name": "Nobody"}, "no digest named"),
    ):
        answer = await server.command(name, **values)
        assert wanted in answer.text, name
        if name == "digest manage" and wanted == "every day":
            opened = await fake.press(answer.original["id"], button(answer.original, "Edit"), server.admin)
            await opened.responded()
            saved = await fake.submit_modal(opened, {"Time of day": "06:15", "Channel": [server.news]})
            await fake.until(lambda: "06:15" in saved.text, 10, "the edited digest")  # noqa: B023
    form = await fake.run_command(server.guild, server.news, server.member, "brief", {})
    await form.responded()
    assert form.modal is not None
    pasted = await fake.submit_modal(form, {"Text of the article": ARTICLE})
    await pasted.final(60)
    assert "lighthouse" in pasted.text
    choices = await fake.autocomplete(server.guild, server.news, server.admin, "source manage", {"label": "nor"})
    assert [choice["value"] for choice in choices] == ["Norrby Post"]


async def sources_are_shown(fake: FakeDiscord, server: Server) -> None:
    (message,) = [m for m in fake.messages(server.news) if not m.get("interaction_metadata")]
    pressed = await fake.press(message["id"], button(message, "Sources"), server.member)
    await pressed.responded()
    assert pressed.ephemeral
    quoted = re.findall(r"^> .*?\*\*(.+)\*\*", unescaped(pressed.text), re.MULTILINE)
    assert quoted
    assert all(sentence in ARTICLE for sentence in quoted)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("stored", [True, False])
async def test_a_process_killed_while_it_posts_is_followed_by_one_that_posts_once(fake, server, tmp_path, stored):
    """FAULTS 27: the message is, or is not, in the channel when the process dies without knowing."""
    async with running(fake, tmp_path, settings=SETTINGS) as bot:
        await fake.ready(timeout=60)
        await server.follow()
        await server.digest(next_minute(timedelta(hours=2)))
        fake.fail_next("POST", rf"/channels/{server.news.id}/messages", delay=60, after_store=stored)
        attempts = len(fake.sent("POST", rf"/channels/{server.news.id}/messages"))
        posting = await fake.run_command(server.guild, server.news, server.admin, "digest post", {"name": "Evening"})
        await posting.responded()
        messages = rf".*/channels/{server.news.id}/messages"
        await fake.until(lambda: len(fake.sent("POST", messages)) > attempts, 60, "the post")
        await fake.until(lambda: len(server.posts()) == stored, 10, "the message")
        await bot.kill()
    fake.heal()
    bot.age_leases()
    async with running(fake, tmp_path, settings=SETTINGS) as bot:
        await fake.ready(timeout=60)
        await fake.until(lambda: bot.rows("SELECT state FROM editions") == [("sent",)], 60, "the edition")
        assert len(server.posts()) == 1
        assert bot.rows("SELECT state, message_id IS NOT NULL FROM deliveries") == [("sent", 1)]
        assert await bot.terminate() == 0
        assert_clean(bot, fake)


async def test_a_wrong_token_ends_it_with_one_line(fake, tmp_path):
    async with running(fake, tmp_path, token="wrong.token") as bot:
        assert await asyncio.wait_for(bot.process.wait(), 60) == 1
    assert [line for line in bot.lines if line.startswith("dateline:")] == [
        "dateline: Discord does not accept DATELINE_DISCORD_TOKEN. Copy it again, or reset it."
    ]
    assert_clean(bot, fake)


@pytest.mark.timeout(180)
async def test_it_waits_for_a_discord_that_is_not_there_yet(fake, tmp_path):
    fake.fail_next("GET", r".*/users/@me", status=503, times=2)
    async with running(fake, tmp_path) as bot:
        await fake.ready(timeout=90)
        assert "trying again" in bot.output
        assert await bot.terminate() == 0
    assert_clean(bot, fake)


def options_registered(fake: FakeDiscord) -> set[tuple[str, str]]:
    (registration,) = [r.body for r in fake.requests if r.method == "PUT" and r.path.endswith("/commands")][-1:]
    found = set()
    for command in registration:
        for option in command.get("options", []):
            if option["type"] == 1:
                found |= {(f"{command['name']} {option['name']}", leaf["name"]) for leaf in option.get("options", [])}
            else:
                found.add((command["name"], option["name"]))
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)
