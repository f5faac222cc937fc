"""A live digest as an operator runs it: its own process, the real model, a feed on loopback, a Discord on loopback."""

from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.app import PERMISSIONS
from tests.servers import Reply, Site, serving
from tests.wire import limits
from tests.wire.fakediscord import FakeDiscord
from tests.wire.running import RunningBot, running
from tests.wire.world import JSON, MANAGE_GUILD, MEMBER

SLOWEST = 60.0  # seconds; the first brief waits until the model is loaded
KEY = "k3y-of-the-feed"
FEED = f"/feed?key={KEY}"
SETTINGS = {"DATELINE_FETCH_ALLOW_NETWORKS": "127.9.9.0/24", "DATELINE_POLL_MINUTES": "0.02"}
OLD = (
    "The bakery of Norrby has baked its thousandth loaf of rye this week. Its oven was built in 1908 by two "
    "brothers from Sundvik. The baker, Per Lind, opens at four in the morning and sells out by noon. Customers "
    "come from three parishes, some of them by boat. A second oven is ordered and will be lit in the spring of "
    "next year. The recipe has not changed since the first day, says the owner, and will not."
)
FIRE = (
    "A fire broke out in the old mill of Norrby on Friday evening. Two people were taken to the hospital of "
    "Sundvik with burns, the police said. Forty firefighters fought the flames until midnight. The mill was built"
    " in 1871 and had stood empty for six years. The street along the river is closed for traffic until further "
    "notice. Neighbours were asked to keep their windows shut because of the smoke."
)
CAUSE = (
    "A fire broke out in the old mill of Norrby on Friday evening. A broken heater on the third floor caused the "
    "fire, investigators of the police said on Saturday. The damage is put at 3 million crowns. Two people were "
    "taken to the hospital of Sundvik with burns. One of them, a watchman of 58, left it on Saturday. The mill "
    "was built in 1871 and the town council of Norrby will decide on Tuesday whether it is pulled down."
)
FERRY = (
    "The ferry between Sundvik and the island of Holm sails every hour from Monday on. The line was run by one "
    "boat for nine years and takes a second one now, the company said. A crossing takes 25 minutes and costs four"
    " crowns. About 900 islanders had signed a letter to the minister in the spring. The first boat in the "
    "morning leaves at 5:30, the last one comes back at 23:45. Bicycles are carried free of charge."
)


def feed(site: Site, articles: dict[str, tuple[str, str]]) -> Reply:
    date = format_datetime(datetime.now(UTC))
    items = "".join(
        f"<item><title>{title}</title><link>{site.url(path)}</link><description>{text}</description>"
        f"<pubDate>{date}</pubDate></item>"
        for path, (title, text) in articles.items()
    )
    return Reply(
        f"<rss version='2.0'><channel><title>Norrby Post</title>{items}</channel></rss>",
        content_type="application/rss+xml",
    )


class Newsroom:
    """A server that follows a feed live, and the feed, which grows."""

    def __init__(self, fake: FakeDiscord, site: Site) -> None:
        self.fake, self.site = fake, site
        self.guild = fake.add_guild("Norrby", bot_permissions=PERMISSIONS.value)
        self.news = fake.add_channel(self.guild, "news")
        self.admin = fake.add_member(self.guild, "ada", permissions=MEMBER | MANAGE_GUILD)
        self.articles = {"/bakery": ("A thousand loaves of rye", OLD)}
        self.print()

    def print(self, **articles: tuple[str, str]) -> None:
        """The feed has more articles now."""
        self.articles |= {f"/{path}": article for path, article in articles.items()}
        self.site.replies[FEED] = feed(self.site, self.articles)

    async def ask(self, name: str, button: str, /, **options: object) -> None:
        """Run a command and press the button under its answer."""
        answer = await self.fake.run_command(self.guild, self.news, self.admin, name, options)
        await answer.final(SLOWEST)
        assert answer.original is not None, answer.text
        (custom_id,) = [
            each["custom_id"] for each in limits.walk(answer.original["components"]) if each.get("label") == button
        ]
        pressed = await self.fake.press(answer.original["id"], custom_id, self.admin)
        await pressed.final(SLOWEST)

    @property
    def briefs(self) -> list[JSON]:
        return [m for m in self.fake.messages(self.news) if "interaction_metadata" not in m]

    async def arrive(self, count: int) -> JSON:
        """Wait for a message more, which makes that many."""
        await self.fake.until(lambda: len(self.briefs) >= count, 120, f"brief {count}")
        assert len(self.briefs) == count
        return self.briefs[-1]


@pytest.mark.timeout(420)
async def test_stories_are_told_as_they_come_and_their_updates_as_replies(tmp_path: Path) -> None:
    """Also FAULTS 34 (an answer that is lost), and 46: nothing secret in all it writes, at every level."""
    async with FakeDiscord() as fake, serving({}) as site:
        room = Newsroom(fake, site)
        async with running(fake, tmp_path, SETTINGS) as bot:
            await fake.ready(timeout=SLOWEST)
            await fake.until(lambda: "watching sources and digests" in bot.output, SLOWEST, "the services")
            await room.ask("source add", "Follow", address=site.url(FEED), label="Post")
            await room.ask("digest add", "Keep it", name="Live", channel=room.news, when="live", timezone="UTC")

            room.print(mill=("Fire in the old mill of Norrby", FIRE))
            first = await room.arrive(1)
            assert "Fire in the old mill" in limits.text_of(first)
            assert "thousand loaves" not in limits.text_of(first)  # it starts from now

            room.print(cause=("Fire in the old mill of Norrby: a heater caused it", CAUSE))
            update = await room.arrive(2)
            assert int(update["message_reference"]["message_id"]) == int(first["id"])
            assert "heater" in limits.text_of(update)

            fake.fail_next("POST", f"/channels/{room.news.id}/messages$", drop=True, after_store=True)
            room.print(ferry=("Ferry to Holm sails every hour", FERRY))
            await room.arrive(3)
            await fake.until(lambda: states(bot) == ["sent"] * 3, 120, "the record of the third")
            assert await bot.terminate() == 0
        polls = site.paths.count(FEED)
        async with running(fake, tmp_path, SETTINGS) as again:
            await fake.until(lambda: "watching sources and digests" in again.output, SLOWEST, "the services")
            await fake.until(lambda: site.paths.count(FEED) > polls, SLOWEST, "a poll")
            assert await again.terminate() == 0
        assert len(room.briefs) == 3
        for output in (bot.output, again.output):
            assert "Traceback" not in output
            assert [secret for secret in (KEY, fake.token, *fake.rest.answers) if secret in output] == []


def states(bot: RunningBot) -> list[str]:
    return [state for (state,) in bot.rows("SELECT state FROM editions ORDER BY edition_id")]
