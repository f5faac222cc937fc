"""The buttons under an edition: *Sources*, *More*, *Report*. All is in their custom ids, so they outlive restarts."""

import re
from typing import Any

import discord

from bot.cogs.briefs import show_page
from bot.cogs.features import Interaction, Pressable, dateline_of, server_of
from bot.services.stories import Composition
from bot.ui.bodies import Body, note
from bot.ui.choosing import longer_bodies, point_menus, story_menus
from bot.ui.custom_ids import (
    EDITION_MORE,
    EDITION_POINT,
    EDITION_REPORT,
    EDITION_SOURCES,
    EDITION_STORY,
    edition_more,
    edition_point,
    edition_report,
    edition_sources,
    edition_story,
)
from bot.ui.evidence import edition_evidence, evidence_page
from storage import NotFound, ReportState, Size, Transaction

_NOTHING_LEFT = "Nothing that this edition told is left: the editors of this server removed it, or its sources did."
_THANKS = "Thank you. Those who look after this server will see the point beside its sentence, and decide."
_DECIDED = "Thank you. Those who look after this server have looked at that point already."
_PLACE = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?")


class EditionSources(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=EDITION_SOURCES):
    """Shows the sentences behind the points of an edition, or turns the page."""

    def __init__(self, edition_id: int, page: int) -> None:
        super().__init__(discord.ui.Button(label="Sources", custom_id=edition_sources(edition_id, page)))
        self.edition_id, self.page = edition_id, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "EditionSources":
        """Rebuilt from the custom id alone."""
        return cls(int(match["edition"]), int(match["page"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Point beside source sentence, for this server's own editions."""
        async with dateline_of(interaction).storage.reading() as tx:
            composition, size = await _told(tx, server_of(interaction), self.edition_id)
            articles = await tx.articles.find_shared(composition.article_ids)
        blocks = edition_evidence(composition, articles, size) or [_NOTHING_LEFT]
        body = evidence_page(blocks, self.page, lambda page: edition_sources(self.edition_id, page))
        await show_page(interaction, body.message())


class EditionMore(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=EDITION_MORE):
    """A story at greater length; asks which, when there are several."""

    def __init__(self, edition_id: int) -> None:
        super().__init__(discord.ui.Button(label="More", custom_id=edition_more(edition_id)))
        self.edition_id = edition_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "EditionMore":
        """Rebuilt from the custom id alone."""
        return cls(int(match["edition"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Answers whoever pressed it, alone."""
        async with dateline_of(interaction).storage.reading() as tx:
            composition, size = await _told(tx, server_of(interaction), self.edition_id)
        body = story_menus(self.edition_id, composition, size)
        places = [int(option.value) for menu in body.menus for option in menu.options]
        if len(places) == 1:
            await _tell_more(interaction, self.edition_id, places[0])
        else:
            await _ask(interaction, body)


class StoryMenu(Pressable, discord.ui.DynamicItem[discord.ui.Select[Any]], template=EDITION_STORY):
    """Tells the chosen story at greater length."""

    def __init__(self, edition_id: int, menu: int) -> None:
        super().__init__(discord.ui.Select(custom_id=edition_story(edition_id, menu)))
        self.edition_id = edition_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "StoryMenu":
        """Rebuilt from the custom id alone."""
        return cls(int(match["edition"]), int(match["menu"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Answers whoever chose, alone."""
        story, _ = _chosen(self.item)
        await _tell_more(interaction, self.edition_id, story)


class EditionReport(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=EDITION_REPORT):
    """Asks which point of an edition is doubtful."""

    def __init__(self, edition_id: int) -> None:
        super().__init__(discord.ui.Button(label="Report", custom_id=edition_report(edition_id)))
        self.edition_id = edition_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "EditionReport":
        """Rebuilt from the custom id alone."""
        return cls(int(match["edition"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Nothing is reported before a point is chosen."""
        async with dateline_of(interaction).storage.reading() as tx:
            composition, size = await _told(tx, server_of(interaction), self.edition_id)
        await _ask(interaction, point_menus(self.edition_id, composition, size))


class PointMenu(Pressable, discord.ui.DynamicItem[discord.ui.Select[Any]], template=EDITION_POINT):
    """Reports the chosen point to those who look after the server."""

    def __init__(self, edition_id: int, menu: int) -> None:
        super().__init__(discord.ui.Select(custom_id=edition_point(edition_id, menu)))
        self.edition_id = edition_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "PointMenu":
        """Rebuilt from the custom id alone."""
        return cls(int(match["edition"]), int(match["menu"]))

    async def pressed(self, interaction: Interaction) -> None:
        """The member is thanked in place of the menu."""
        reports = dateline_of(interaction).reports
        place = _chosen(self.item)
        report = await reports.report(server_of(interaction), self.edition_id, place, interaction.user.id)
        thanks = _THANKS if report.state is ReportState.OPEN else _DECIDED
        await interaction.response.edit_message(**note(thanks).message())


async def _told(tx: Transaction, server_id: int, edition_id: int) -> tuple[Composition, Size]:
    """What an edition of that server tells now, and how much of it is shown. Raises NotFound."""
    edition = await tx.editions.get(server_id, edition_id)
    if edition.content is None:
        raise NotFound("edition", edition_id)
    parts = await tx.editions.list_deliveries(edition_id)
    return Composition.from_json(edition.content), Body.from_json(parts[0].body).size if parts else Size.FULL


async def _ask(interaction: Interaction, body: Body) -> None:
    asked = body if body.menus else note(_NOTHING_LEFT)
    await interaction.response.send_message(**asked.message(), ephemeral=True)


async def _tell_more(interaction: Interaction, edition_id: int, place: int) -> None:
    dateline = dateline_of(interaction)
    dateline.quotas.take(interaction.user.id, interaction.guild_id, dateline.clock.now())
    await interaction.response.defer(ephemeral=True, thinking=True)
    for body in longer_bodies(await dateline.longer.story(server_of(interaction), edition_id, place)):
        await interaction.followup.send(**body.message(), ephemeral=True)


def _chosen(select: discord.ui.Select[Any]) -> tuple[int, int]:
    """The places of story and point that a menu says; whoever forges another value chooses nothing that is there."""
    match = _PLACE.fullmatch(select.values[0] if select.values else "")
    if match is None:
        raise NotFound("point", select.values)
    return int(match[1]), int(match[2] or 0)
