"""The bot as an operator runs it: its own process, the real model, SQLite and sockets, and a Discord on loopback."""

import os
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.app import PERMISSIONS
from tests.servers import Reply, Site, serving
from tests.wire import limits
from tests.wire.fakediscord import FakeDiscord
from tests.wire.interactions import Answer
from tests.wire.openapi import Validator
from tests.wire.running import RunningBot, running
from tests.wire.world import JSON, MANAGE_GUILD, MEMBER, USE_COMMANDS

SLOWEST = 60.0  # seconds; the first brief waits until the model is loaded
SETTINGS = {"DATELINE_FETCH_ALLOW_NETWORKS": "127.9.9.0/24"}
LIGHTHOUSE = (
    "The lighthouse of Norrby was lit again on Friday after nineteen dark years. "
    "Volunteers had collected 140,000 crowns for a new lamp since the spring of last year. "
    "The first ship to answer the light was a ferry with 212 passengers. "
    "“My grandfather kept this lamp,” said Ada Berg, who pressed the switch. "
    "The lamp turns once in twelve seconds and is seen for thirty kilometres. "
    "The keeper's house will open as a museum in May."
)
TRAM = (
    "The tram company of Sundvik will run its last line through the night from Monday. "
    "Drivers had asked for two guards on every night tram after attacks in the autumn. "
    "The company hired 36 guards and raised the night fare by half a crown. "
    "The line carries 4,200 passengers on a usual Saturday. "
    "“Nobody should have to walk home from the harbour,” said the director, Per Lind. "
    "A first report on safety is due in March."
)
ARTICLES = f"{LIGHTHOUSE}\n{TRAM}"

COMMANDS = {"brief", "Brief this", "news", "source", "digest", "dateline"}
OPTIONS = {
    "brief": {"link", "file"},
    "source add": {"address", "label", "category"},
    "source import": {"file", "address"},
    "source export": set(),
    "digest add": {"name", "channel", "when", "timezone", "stories", "size"},
    "digest manage": {"name"},
    "digest preview": {"name"},
    "digest post": {"name", "moves_window"},
    "news search": {"query"},
}


class Town:
    """A server with a news channel, an admin and a reader, where the bot may do what its invitation asks for."""

    def __init__(self, fake: FakeDiscord, site: Site) -> None:
        self.fake, self.site = fake, site
        self.guild = fake.add_guild("Norrby", bot_permissions=PERMISSIONS.value)
        self.guild.roles[self.guild.id].permissions = USE_COMMANDS
        self.news = fake.add_channel(self.guild, "news")
        self.admin = fake.add_member(self.guild, "ada", permissions=MEMBER | MANAGE_GUILD)
        self.reader = fake.add_member(self.guild, "ben", permissions=MEMBER)

    async def command(self, name: str, /, **options: Any) -> Answer:
        """What the admin is answered in the end, within Discord's time."""
        answer = await self.fake.run_command(self.guild, self.news, self.admin, name, options)
        await answer.final(SLOWEST)
        return answer

    async def follow(self) -> None:
        """Let the admin add the site's feed and press Follow."""
        found = await self.command("source add", address=self.site.url("/feed"), label="Post")
        assert "Norrby Post" in found.text
        pressed = await self.press(message_of(found), "Follow")
        await pressed.final(SLOWEST)
        assert "is followed" in pressed.text

    async def add_digest(self, due: datetime) -> None:
        """Let the admin set up the digest *Evening*."""
        options = {"channel": self.news, "when": f"daily {due:%H:%M}", "timezone": "UTC"}
        asked = await self.command("digest add", name="Evening", **options)
        assert f"every day at {due:%H:%M}, UTC" in asked.text
        kept = await self.press(message_of(asked), "Keep it")
        await kept.final(SLOWEST)
        assert "Evening is set up" in kept.text

    async def press(self, message: JSON, label: str) -> Answer:
        """What pressing the button of that label gives."""
        answer = await self.fake.press(message["id"], button(message, label), self.admin)
        return await answer.responded()

    async def sources(self) -> list[str]:
        """The sentences that a reader is shown under the one edition."""
        (edition,) = self.editions
        answer = await self.fake.press(edition["id"], button(edition, "Sources"), self.reader)
        await answer.final(SLOWEST)
        assert answer.ephemeral
        return quoted(answer.text)

    @property
    def editions(self) -> list[JSON]:
        """The bot's messages in the news channel that answer nobody."""
        return [m for m in self.fake.messages(self.news) if "interaction_metadata" not in m]

    @property
    def messages_path(self) -> str:
        """Where editions are posted and looked for."""
        return f"/channels/{self.news.id}/messages"


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as made:
        yield made


@pytest.fixture
async def town(fake: FakeDiscord) -> AsyncIterator[Town]:
    async with site() as newspaper:
        yield Town(fake, newspaper)


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """A newspaper whose feed only teases its two articles."""
    pages = {"/light": ("Lighthouse lit again", LIGHTHOUSE), "/tram": ("Trams run through the night", TRAM)}
    async with serving({path: page(*article) for path, article in pages.items()}) as made:
        items = "".join(item(made.url(path), title) for path, (title, _) in pages.items())
        feed = f"<rss version='2.0'><channel><title>Norrby Post</title>{items}</channel></rss>"
        made.replies["/feed"] = Reply(feed, content_type="application/rss+xml")
        yield made


def page(title: str, text: str) -> Reply:
    head = f"<html lang='en'><head><title>{title}</title></head>"
    return Reply(f"{head}<body><article><h1>{title}</h1><p>{text}</p></article></body></html>")


def item(link: str, title: str) -> str:
    date = format_datetime(datetime.now(UTC) - timedelta(hours=1))
    about = f"<title>{title}</title><link>{link}</link><description>More.</description>"
    return f"<item>{about}<pubDate>{date}</pubDate></item>"


@asynccontextmanager
async def ready(fake: FakeDiscord, home: Path) -> AsyncIterator[RunningBot]:
    """The bot, connected and watching; what it wrote and sent is judged at the end."""
    async with running(fake, home, SETTINGS) as bot:
        await fake.ready(timeout=SLOWEST)
        await fake.until(lambda: "watching sources and digests" in bot.output, SLOWEST, "the services")
        yield bot
    assert "Traceback" not in bot.output
    assert [secret for secret in (fake.token, *fake.rest.answers) if secret in bot.output] == []  # FAULTS 46
    assert fake.token.encode() not in b"".join(file.read_bytes() for file in home.iterdir() if file.is_file())
    assert refused(fake) == []
    assert [found for each in fake.requests if each.body for found in limits.violations(each.body)] == []


def refused(fake: FakeDiscord) -> list[tuple[str, str, int]]:
    """Requests that Discord did not take; those whose connection a test broke have no status."""
    return [(each.method, each.path, each.status) for each in fake.requests if each.status and each.status >= 400]


@pytest.mark.timeout(240)
async def test_from_the_invitation_to_an_edition_at_its_slot_and_past_a_restart(
    fake: FakeDiscord, town: Town, tmp_path: Path
) -> None:
    async with ready(fake, tmp_path) as bot:
        check_invitation(fake, bot)
        assert {command["name"] for command in fake.commands[None]} == COMMANDS
        registered = options(fake.commands[None])
        assert [name for name, needed in OPTIONS.items() if not needed <= registered[name]] == []

        asked = {"link": town.site.url("/light")}
        brief = await fake.run_command(town.guild, town.news, town.reader, "brief", asked)
        await brief.final(SLOWEST)
        assert brief.deferred
        assert brief.latency is not None
        assert brief.latency < 3
        assert points(brief.text)
        assert [point for point in points(brief.text) if point not in LIGHTHOUSE] == []
        assert "model was not available" not in brief.text

        await town.follow()
        assert {"/feed", "/tram"} <= set(town.site.paths)
        due = next_slot()
        await town.add_digest(due)
        assert town.editions == []
        await fake.until(lambda: bool(town.editions), 90, "the edition")
        (edition,) = town.editions
        late = datetime.fromisoformat(edition["timestamp"]) - due
        assert timedelta() <= late < timedelta(seconds=20)
        told = points(limits.text_of(edition))
        assert [point for point in told if point not in ARTICLES] == []
        assert {"lighthouse", "tram"} <= set(re.findall(r"\w+", " ".join(told).lower()))
        shown = await town.sources()
        assert shown
        assert [sentence for sentence in shown if sentence not in ARTICLES] == []
        assert await bot.terminate() == 0

    async with ready(fake, tmp_path) as bot:
        assert await town.sources() == shown
        # The sweep runs at once after the start, and what has begun comes to its end before the process does:
        assert await bot.terminate() == 0
    assert town.editions == [edition]
    assert len(fake.sent("POST", town.messages_path)) == 1
    assert bot.rows("SELECT state, slot FROM editions") == [("sent", f"{due:%Y-%m-%dT%H:%M} UTC")]


def check_invitation(fake: FakeDiscord, bot: RunningBot) -> None:
    """The link on standard output asks for the permissions and scopes the bot needs, and for no others."""
    (line,) = bot.out
    query = parse_qs(urlsplit(line.split()[-1]).query)
    assert query["client_id"] == [str(fake.bot.id)]
    assert query["permissions"] == [str(PERMISSIONS.value)]
    assert query["scope"] == ["bot applications.commands"]


@pytest.mark.timeout(240)
@pytest.mark.parametrize("stored", [True, False], ids=["after storing", "before storing"])
async def test_killed_while_discord_takes_a_part_it_is_there_once(
    fake: FakeDiscord, town: Town, tmp_path: Path, stored: bool
) -> None:
    fake.nonce_window = 0.0  # so that it is the look into the channel that counts
    async with ready(fake, tmp_path) as bot:
        await town.follow()
        await town.add_digest(datetime.now(UTC) + timedelta(hours=2))
        fake.fail_next("POST", f"{town.messages_path}$", delay=60, drop=True, after_store=stored)
        await fake.run_command(town.guild, town.news, town.admin, "digest post", {"name": "Evening"})
        await fake.until(lambda: bool(fake.sent("POST", town.messages_path)), SLOWEST, "the post")
        await fake.until(lambda: len(town.editions) == stored, 10, "the message")
        await bot.kill()
    assert bot.rows("SELECT state FROM editions") == [("sending",)]
    assert bot.rows("SELECT state, attempts FROM deliveries") == [("sending", 1)]

    bot.free_editions()
    async with ready(fake, tmp_path) as bot:
        await fake.until(lambda: bot.rows("SELECT state FROM editions") == [("sent",)], SLOWEST, "the record")
        assert await bot.terminate() == 0
    (edition,) = town.editions
    assert bot.rows("SELECT state, message_id FROM deliveries") == [("sent", int(edition["id"]))]
    assert len(fake.sent("GET", town.messages_path)) == 1
    assert len(fake.sent("POST", town.messages_path)) == (1 if stored else 2)


@pytest.mark.data
@pytest.mark.skipif("DATA" not in os.environ, reason="DATA names no folder with the shared data")
@pytest.mark.timeout(240)
async def test_all_it_sends_is_what_discord_documents(fake: FakeDiscord, town: Town, tmp_path: Path) -> None:
    check = Validator(Path(os.environ["DATA"]) / "discord" / "openapi.json").check
    async with ready(fake, tmp_path):
        await use_everything(town)
    found = [(each.method, each.path, check(each.method, each.path, each.body)) for each in fake.requests]
    assert [entry for entry in found if entry[2]] == []
    assert len([each for each in fake.requests if each.body]) > 30


@pytest.mark.timeout(240)
async def test_every_command_and_button_is_answered(fake: FakeDiscord, town: Town, tmp_path: Path) -> None:
    async with ready(fake, tmp_path) as bot:
        await use_everything(town)
        assert await bot.terminate() == 0


async def use_everything(town: Town) -> None:
    """Each command, button and form once, those with a mistake included."""
    fake = town.fake
    assert "No sources yet" in (await town.command("source list")).text
    assert "not a public address" in (await town.command("brief", link="http://127.0.0.1/")).text
    await town.follow()
    await town.add_digest(datetime.now(UTC) + timedelta(hours=2))
    assert "Post" in (await town.command("source list")).text
    assert "Evening" in (await town.command("digest list")).text
    assert "Lighthouse" in (await town.command("news latest")).text
    assert "36 guards" in (await town.command("news search", query="guards")).text
    assert "/brief" in (await town.command("news help")).text
    options = {"channel": town.news, "when": "noonish", "timezone": "UTC"}
    assert "is not a schedule" in (await town.command("digest add", name="Noon", **options)).text
    zones = await fake.autocomplete(town.guild, town.news, town.admin, "digest add", {"timezone": "berl"})
    assert zones == [{"name": "Europe/Berlin", "value": "Europe/Berlin"}]
    typed = {"timezone": "Europe/Berlin", "when": "weekdays 8"}
    plans = await fake.autocomplete(town.guild, town.news, town.admin, "digest add", typed)
    assert plans[0]["value"] == "weekdays 8"
    assert re.fullmatch(r"weekdays at 08:00 · next \d{4}-\d\d-\d\d 08:00 Europe/Berlin", plans[0]["name"])
    assert points((await town.command("digest preview", name="Evening")).text)
    assert "Posted in" in (await town.command("digest post", name="Evening")).text
    assert await town.sources()

    paper = fake.attachment("tram.txt", TRAM.encode())
    brief = await town.command("brief", file=paper)
    assert points(brief.text)
    assert quoted((await town.press(message_of(brief), "Sources")).text)
    menu = await fake.run_message_command(await fake.post(town.news, town.reader, LIGHTHOUSE), town.admin, "Brief this")
    await menu.final(SLOWEST)
    assert menu.ephemeral
    form = await town.command("brief")
    pasted = await fake.submit_modal(form, {"Text of the article, or links": TRAM})
    await pasted.final(SLOWEST)
    assert points(pasted.text)
    await use_panels(town)


async def use_panels(town: Town) -> None:
    """The panels of a source and of a digest, up to the removal of both."""
    source = message_of(await town.command("source manage", label="Post"))
    await walk_through(town, source, {"Test now": "it answers", "Pause": "State: paused", "Resume": "State: well"})
    await walk_through(town, source, {"Remove": "Stop following", "Keep it": "State: well"})
    named = {
        "Label": "Post",
        "Category, in which it is listed": "Isles/East",
        "Weight of its stories beside others": ["HIGH"],
    }
    await fill_in(town, source, "Edit", named, "Category: Isles/East")
    await fill_in(town, source, "Filters", {"Rules: what of it is told, what is not": "- horoscope"}, "- horoscope")
    await use_lists(town)
    await use_digest_panel(town, message_of(await town.command("digest manage", name="Evening")))
    await walk_through(town, source, {"Remove": "Stop following"})
    await walk_through(town, source, {"Remove": "is not followed any more"})


async def use_lists(town: Town) -> None:
    """A list of sources in, with a line that is refused, and all of them out."""
    outlines = (
        f"<outline text='{n}' xmlUrl='{address}'/>" for n, address in enumerate((town.site.url("/x"), "file:x"))
    )
    file = town.fake.attachment("list.opml", f"<opml><body>{''.join(outlines)}</body></opml>".encode())
    asked = await town.command("source import", file=file)
    assert "1 source that this server does not follow yet" in asked.text
    await walk_through(town, message_of(asked), {"Import": "is followed now"})
    listed = await town.command("source list")
    assert "Isles/East" in listed.text
    assert "2 sources with labels" in (await town.command("source export")).text


async def use_digest_panel(town: Town, panel: JSON) -> None:
    """Every button and form of it, up to the removal."""
    await fill_in(town, panel, "Edit", {"Name": "Night", "Channel": [town.news]}, "Night")
    await walk_through(town, panel, {"History": "by hand · posted"})
    (menu,) = (part for part in limits.walk(panel["components"]) if part.get("options"))
    opened = await town.fake.press(panel["id"], menu["custom_id"], town.admin, [menu["options"][0]["value"]])
    await opened.final(SLOWEST)
    await town.fake.until(lambda: bool(points(opened.text)), SLOWEST, "the edition as it was sent")
    await walk_through(town, panel, {"Back": "Next: ", "Options": "options"})
    told = {
        "How much of each story": ["short"],
        "When there is nothing new": ["yes"],
        "Rules: what is told and what is not": "- horoscope",
    }
    await fill_in(town, panel, "What it tells", told, "one point each")
    await fill_in(town, panel, "How it posts", {"Every edition is posted": ["silent"]}, "silently")
    await walk_through(town, panel, {"Back": "Next: "})
    until = {"Until when? Empty: until somebody resumes it": "3 days"}
    await fill_in(town, panel, "Pause", until, "Paused until")
    await walk_through(town, panel, {"Resume": "Next: ", "Remove": "Remove the digest"})
    await walk_through(town, panel, {"Remove": "is removed"})


async def fill_in(town: Town, panel: JSON, label: str, values: dict[str, Any], expected: str) -> None:
    """Open a form of a panel, send it, and read what the panel shows then."""
    saved = await town.fake.submit_modal(await town.press(panel, label), values)
    await saved.final(SLOWEST)
    assert expected in unescaped(limits.text_of(panel))


async def walk_through(town: Town, panel: JSON, steps: dict[str, str]) -> None:
    """Press the named buttons of a panel in turn; each must make it show something."""
    for label, expected in steps.items():
        await (await town.press(panel, label)).final(SLOWEST)
        assert expected in unescaped(limits.text_of(panel))


async def test_a_token_that_discord_refuses_ends_it_with_one_line(fake: FakeDiscord, tmp_path: Path) -> None:
    async with running(fake, tmp_path, {"DATELINE_DISCORD_TOKEN": "another.secret.entirely"}) as bot:
        assert await bot.ended(SLOWEST) == 1
    assert bot.out == []
    assert complaints(bot.err) == [
        "dateline: Discord does not accept DATELINE_DISCORD_TOKEN. Copy it again, or reset it."
    ]
    assert "secret" not in bot.output


async def test_without_a_token_it_says_what_is_missing(fake: FakeDiscord, tmp_path: Path) -> None:
    async with running(fake, tmp_path, {"DATELINE_DISCORD_TOKEN": None}) as bot:
        assert await bot.ended(SLOWEST) == 2
    assert bot.out == []
    assert len(bot.err) == 1
    assert bot.err[0].startswith("dateline: DATELINE_DISCORD_TOKEN is not set.")
    assert fake.requests == []


async def test_it_waits_for_a_discord_that_cannot_be_reached(fake: FakeDiscord, tmp_path: Path) -> None:
    fake.fail_next("GET", "/users/@me", drop=True, times=2)  # aiohttp asks twice
    async with ready(fake, tmp_path) as bot:
        assert "Discord cannot be reached" in bot.output
        assert await bot.terminate() == 0
    assert [each.status for each in fake.sent("GET", "/users/@me")] == [None, None, 200]


def complaints(lines: Sequence[str]) -> list[str]:
    """What stands on standard error beside the log."""
    return [line for line in lines if not re.match(r"\d{4}-\d\d-\d\d ", line)]


def next_slot() -> datetime:
    """The next full minute that leaves time to set up a digest for it."""
    return (datetime.now(UTC) + timedelta(seconds=65)).replace(second=0, microsecond=0)


def message_of(answer: Answer) -> JSON:
    assert answer.original is not None
    return answer.original


def button(message: JSON, label: str) -> str:
    """The custom id of a button."""
    found = [c["custom_id"] for c in limits.walk(message["components"]) if c.get("label") == label]
    assert len(found) == 1, f"{label!r} is not one of the buttons of {message}"
    return str(found[0])


def options(commands: Sequence[JSON]) -> dict[str, set[str]]:
    """The names of the options of every command and subcommand."""
    found: dict[str, set[str]] = {}
    for command in commands:
        subcommands = [option for option in command["options"] if option["type"] == 1]
        for subcommand in subcommands:
            found[f"{command['name']} {subcommand['name']}"] = {each["name"] for each in subcommand["options"]}
        if not subcommands:
            found[command["name"]] = {each["name"] for each in command["options"]}
    return found


def points(text: str) -> list[str]:
    """The points of a brief or an edition, as they were before Markdown was escaped."""
    return re.findall(r"^- (.+)$", unescaped(text), re.MULTILINE)


def quoted(text: str) -> list[str]:
    """The sentences that are marked in the quotes of an answer to *Sources*."""
    return re.findall(r"^> .*?\*\*(.+)\*\*", unescaped(text), re.MULTILINE)


def unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)
