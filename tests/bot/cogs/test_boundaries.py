"""Custom ids are never trusted: what they name is looked up in the asking server, and panels know their opener.

FAULTS 41 and 42.
"""

import re

import pytest

from bot.cogs.failures import UNEXPECTED
from bot.demo.reading import buttons_of, text_of
from bot.ui.custom_ids import (
    BRIEF_SOURCES,
    DIGEST_PANEL,
    EDITION_SOURCES,
    SOURCE_LIST,
    SOURCE_PANEL,
    brief_sources,
    digest_panel,
    edition_sources,
    source_list,
    source_panel,
)
from tests.bot.cogs.papers import ORCHARD, rss
from tests.servers import serving

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def a_source(place):
    async with serving({"/feed.xml": rss(at=str(place.guild.id))}) as site:
        return await place.supply(site.url("/feed.xml"), "Island")


async def a_digest(place):
    await place.add_digest("Morning")
    (digest,) = await place.dateline.digesting.list_all(place.guild.id)
    return digest


@pytest.mark.parametrize("action", ["test", "pause", "resume", "edit", "filter", "move", "remove", "drop", "show"])
async def test_a_source_of_another_server_is_not_there(place, elsewhere, action):
    foreign = await a_source(elsewhere)
    pressed = await place.press(place.admin, source_panel(action, foreign.source.source_id, place.admin.id))
    assert "That source is not there any more." in everything(pressed)
    assert await place.dateline.following.list_all(elsewhere.guild.id) == [foreign]


@pytest.mark.parametrize("action", ["edit", "pause", "resume", "remove", "drop", "show"])
async def test_a_digest_of_another_server_is_not_there(place, elsewhere, action):
    foreign = await a_digest(elsewhere)
    pressed = await place.press(place.admin, digest_panel(action, foreign.digest_id, place.admin.id))
    assert "That digest is not there any more." in everything(pressed)
    assert await place.dateline.digesting.list_all(elsewhere.guild.id) == [foreign]


async def test_an_edition_of_another_server_is_not_there(place, elsewhere):
    await a_source(elsewhere)
    digest = await a_digest(elsewhere)
    edition = await elsewhere.dateline.digesting.post(digest, 1)
    pressed = await place.press(place.member, edition_sources(edition.edition_id))
    assert "That edition is not there any more." in everything(pressed)
    own = await elsewhere.press(elsewhere.member, edition_sources(edition.edition_id))
    assert "> " in everything(own)


async def test_what_another_server_handed_in_is_not_there(place, elsewhere):
    brief = await elsewhere.member.slash(elsewhere.general, "brief", file=("orchard.txt", ORCHARD.encode()))
    custom_id = buttons_of(brief.response)["Sources"]
    assert "> " in everything(await elsewhere.press(elsewhere.admin, custom_id))
    assert "That article is not there any more." in everything(await place.press(place.admin, custom_id))


async def test_a_panel_answers_only_to_its_opener(place):
    source, digest = await a_source(place), await a_digest(place)
    for custom_id in (
        source_panel("drop", source.source.source_id, place.admin.id),
        digest_panel("drop", digest.digest_id, place.admin.id),
    ):
        pressed = await place.press(place.deputy, custom_id)
        assert "answers only to the one who opened it" in everything(pressed)
        assert pressed.ephemeral
    assert await place.dateline.following.list_all(place.guild.id) == [source]
    assert await place.dateline.digesting.list_all(place.guild.id) == [digest]


@pytest.mark.parametrize(
    "custom_id",
    [
        brief_sources(10**17, 10**17, 10**9),
        edition_sources(10**17),
        source_panel("explode", 1, 1),
        source_list(1, 9_999),
        digest_panel("", 1, 1),
    ],
)
async def test_ids_that_nobody_gave_out_are_answered_in_words_or_not_at_all(place, custom_id):
    pressed = await place.press(place.member, custom_id)
    assert UNEXPECTED not in everything(pressed)


async def test_custom_ids_fit_discord_and_the_database():
    longest = 10**18 - 1, 2**64 - 1
    for made, pattern in (
        (source_panel("resume", *longest), SOURCE_PANEL),
        (source_list(longest[1], 9_999), SOURCE_LIST),
        (digest_panel("resume", *longest), DIGEST_PANEL),
        (edition_sources(longest[0], 999), EDITION_SOURCES),
        (brief_sources(longest[0], longest[0], 999), BRIEF_SOURCES),
    ):
        assert len(made) <= 100
        assert re.fullmatch(pattern, made)
    assert not re.fullmatch(EDITION_SOURCES, edition_sources(2**63))


def everything(result):
    """All that a press was answered with."""
    answers = [result.response, *result.followups]
    return "\n".join(text_of(answer) for answer in answers if answer is not None)
