"""The demo without a person: the same commands, and a judgement of every answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.articles import COURIER, GAZETTE, HERALD, OPINION, WIRE
from bot.demo.newsstand import Newsstand
from bot.demo.reading import text_of
from bot.demo.world import World

_TEXTS = [" ".join(piece.text.split()) for piece in (*HERALD, *COURIER, *GAZETTE, *OPINION, WIRE)]


@dataclass(frozen=True)
class Step:
    """One thing that was tried; `problem` is None when the answer was right."""

    what: str
    problem: str | None


class Walk:
    """Runs steps one after the other and remembers how each went."""

    def __init__(self, world: World, stand: Newsstand, say: Callable[[str], None]) -> None:
        self._world = world
        self._stand = stand
        self._say = say
        self.steps: list[Step] = []

    @property
    def passed(self) -> bool:
        """Every answer was right."""
        return bool(self.steps) and all(step.problem is None for step in self.steps)

    async def follow_sources(self) -> None:
        """A site whose feed has to be discovered, and a feed."""
        for address, title in ((self._stand.herald, "Marrowport Herald"), (self._stand.courier_feed, "Coast Courier")):
            asked = await self._world.admin.slash(self._world.general, "source add", address=address)
            self._expect(f"/source add {title}: shows what it found", asked.response, title, "entries", "Follow it?")
            await self._world.admin.click(asked.response, label="Follow")
            self._expect(f"/source add {title}: follows it", asked.response, "is followed")

    async def edition_and_its_sources(self) -> None:
        """The digest that was due is in the channel, once, and its points stand on their sentences."""
        posts = self._world.news.history()
        self._judge("the digest that was due is posted once", len(posts) == 1, f"{len(posts)} messages")
        if not posts:
            return
        self._expect("the edition tells the story of both papers", posts[0], "ootbridge", "2 sources")
        self._judge("nobody is mentioned", not posts[0].mention_everyone and not posts[0].mentions, "a mention")
        pressed = await self._world.member.click(posts[0], label="Sources")
        self._supported("Sources under the edition", pressed.response)

    async def briefs(self) -> None:
        """A link, a wire text without a title, a pasted text, and a message."""
        member, general = self._world.member, self._world.general
        link = self._stand.article("herald", HERALD[2].slug)
        answer = await member.slash(general, "brief", link=link)
        self._expect("/brief with a link", answer.response, "Kelp", "127.0.0.1")
        sources = await member.click(answer.response, label="Sources")
        self._supported("Sources under the brief", sources.response)
        wire = await member.slash(general, "brief", link=self._stand.wire_text)
        self._expect("/brief of a wire text makes a headline", wire.response, "Okafor", "Marrowport, 20 November 2026")
        form = await member.slash(general, "brief")
        text, *_ = (part["component"]["custom_id"] for part in form.modal["components"])
        pasted = await member.submit_modal(form, {text: COURIER[1].text})
        self._expect("/brief without anything asks for text", pasted.response, "meters")
        message = await member.send(general, f"Have you seen this? {link}")
        menu = await member.context_menu(general, "Brief this", message)
        self._expect("Brief this on a message", menu.response, "Kelp")
        self._judge("Brief this answers its asker only", menu.ephemeral, "public")

    async def stored_news(self) -> None:
        """What the sources brought is found."""
        found = await self._world.member.slash(self._world.general, "news search", query="kelp trawling")
        self._expect("/news search", found.response, "Kelp forests")
        latest = await self._world.member.slash(self._world.general, "news latest")
        self._expect("/news latest", latest.response, "Night train", "water meters")

    async def digests(self) -> None:
        """Set up, look ahead, post."""
        admin, general = self._world.admin, self._world.general
        asked = await admin.slash(
            general,
            "digest add",
            name="Breakfast",
            channel=self._world.news,
            when="weekdays 7:30 am and 5 pm",
            timezone="Europe/Lisbon",
        )
        plan = ("weekdays at 07:30 and 17:00, Europe/Lisbon", "The next three editions", "<t:", "Keep it?")
        self._expect("/digest add: shows what it understood", asked.response, *plan)
        await admin.click(asked.response, label="Keep it")
        self._expect("/digest add: keeps it", asked.response, "Breakfast is set up", "The first edition comes <t:")
        ahead = await admin.slash(general, "digest preview", name="Breakfast")
        self._expect("/digest preview", ahead.response, "Preview as of", "ootbridge")
        before = len(self._world.news.history())
        posted = await admin.slash(general, "digest post", name="Breakfast")
        self._expect("/digest post", posted.response, "Posted in")
        self._judge("the edition is in the channel", len(self._world.news.history()) == before + 1, "it is not")
        await self._panel()

    async def _panel(self) -> None:
        """The panel of a digest: its history, and a pause until a date."""
        admin = self._world.admin
        panel = await admin.slash(self._world.general, "digest manage", name="Breakfast")
        await admin.click(panel.response, label="History")
        self._expect("/digest manage shows the history", panel.response, "by hand", "posted", "message")
        await admin.click(panel.response, label="Back")
        form = await admin.click(panel.response, label="Pause")
        (until,) = (part["component"]["custom_id"] for part in form.modal["components"])
        await admin.submit_modal(form, {until: "2 weeks"})
        self._expect("/digest manage pauses until a date", panel.response, "Paused until <t:", "goes on by itself")

    async def sources(self) -> None:
        """A site with a choice of feeds, a list that comes in, the panel, and the list that goes out."""
        admin, general = self._world.admin, self._world.general
        asked = await admin.slash(general, "source add", address=self._stand.gazette, category="Marrowport")
        seen = ("Quay Gazette: News", "beginnings of articles", "Gull Rock", "<t:", "Follow it in Marrowport?")
        self._expect("/source add of a site with several feeds shows the best one", asked.response, *seen)
        await admin.select(asked.response, ["1"])
        self._expect("… and another one when it is chosen", asked.response, "Quay Gazette: Opinion", "keep the ferry")
        await admin.select(asked.response, ["0"])
        await admin.click(asked.response, label="Follow")
        self._expect("… and follows the chosen one", asked.response, "**The Quay Gazette: News** is followed")
        again = await admin.slash(general, "source add", address=self._stand.gazette)
        self._expect("a feed that is followed is not offered again", again.response, "follows it already")
        brief = await self._world.member.slash(general, "news search", query="lighthouse keeper cottage")
        self._expect("a teaser is completed from its page", brief.response, "Gull Rock")
        await self._lists()
        panel = await admin.slash(general, "source manage", label="The Quay Gazette: News")
        told = ("Gull Rock", "State: well", "Next look: <t:", "Category: Marrowport", "completed from their pages")
        self._expect("/source manage shows how a source is doing", panel.response, *told)

    async def _lists(self) -> None:
        admin, general = self._world.admin, self._world.general
        asked = await admin.slash(general, "source import", address=self._stand.reading_list)
        plan = ("1 source that", "2 followed already", "1 refused", "Marrowport/Opinion (1)", "not feed", "Follow it?")
        self._expect("/source import shows what a list holds", asked.response, *plan)
        await admin.click(asked.response, label="Import")
        self._expect("/source import follows what is new", asked.response, "**1 source** is followed now")
        listed = await admin.slash(general, "source list")
        seen = ("Sources (4)", "Marrowport/Opinion", "Letters to the Gazette", "not read yet", "well, read <t:")
        self._expect("/source list groups by category, with health", listed.response, *seen)
        exported = await admin.slash(general, "source export")
        files = exported.response.attachments if exported.response is not None else []
        body = (await files[0].read()).decode() if files else ""
        self._judge("/source export gives a file with all four", body.count("xmlUrl=") == 4, body or "no file")

    async def refusals(self) -> None:
        """Bad input gets a sentence each."""
        admin, general = self._world.admin, self._world.general
        private = await admin.slash(general, "source add", address="http://169.254.169.254/latest/meta-data")
        self._expect("a private address is refused", private.response, "not")
        page = await admin.slash(general, "source add", address=self._stand.article("herald", HERALD[0].slug))
        self._expect("a page without a feed is refused", page.response, "feed")
        digest: dict[str, Any] = {"name": "Late", "when": "daily 23:00", "timezone": "UTC"}
        vague = await admin.slash(general, "digest add", **{**digest, "when": "evenings"}, channel=self._world.news)
        self._expect(
            "a schedule that is not understood is refused", vague.response, "is not a schedule", "weekdays 8:30"
        )
        zone = await admin.slash(general, "digest add", **{**digest, "timezone": "Berlin"}, channel=self._world.news)
        self._expect("a wrong time zone is corrected", zone.response, "Europe/Berlin")
        closed = await admin.slash(general, "digest add", **digest, channel=self._world.closed)
        self._expect("a closed channel is refused", closed.response, "Send Messages")

    def _expect(self, what: str, message: Any, *wanted: str) -> None:
        seen = _unescaped(text_of(message)) if message is not None else "no answer"
        missing = [words for words in wanted if words not in seen]
        self._judge(what, not missing, f"{missing} is not in: {seen}")

    def _supported(self, what: str, message: Any) -> None:
        """Every marked sentence stands word for word in an article of the papers."""
        quoted = re.findall(r"^> .*?\*\*(.+)\*\*", _unescaped(text_of(message)), re.MULTILINE)
        strange = [sentence for sentence in quoted if not any(sentence in text for text in _TEXTS)]
        self._judge(what, bool(quoted) and not strange, f"{len(quoted)} sentences, without a source: {strange}")

    def _judge(self, what: str, right: bool, problem: str) -> None:
        self.steps.append(Step(what, None if right else problem))
        self._say(f"{'ok  ' if right else 'FAIL'} {what}{'' if right else f': {problem}'}")


def _unescaped(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", text)
