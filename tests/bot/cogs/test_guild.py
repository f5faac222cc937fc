"""/dateline: settings, status and holiday of a whole server."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import discord
import pytest

from bot.demo.reading import buttons_of, text_of
from bot.services.ports import Concern
from bot.ui.custom_ids import server_channel, server_panel
from storage import EditionState, NotFound
from tests.bot.cogs.papers import rss
from tests.factories import a_digest, a_lease
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def settings(place):
    return (await place.admin.slash(place.general, "dateline settings")).response


async def kept(place):
    return await place.dateline.administration.get(place.guild.id)


async def fill(place, panel, label, text):
    """Open a form of one field and send it; returns the answer."""
    form = await place.admin.click(panel, label=label)
    (field,) = (part["component"]["custom_id"] for part in form.modal["components"])
    return await place.admin.submit_modal(form, {field: text})


async def pause(place, until):
    return (await place.admin.slash(place.general, "dateline pause", until=until)).response


async def a_stored_digest(place, **changes):
    async with place.dateline.storage.begin() as tx:
        await tx.servers.ensure(place.guild.id, datetime.now(UTC))
        return await tx.digests.add(place.guild.id, a_digest(**changes), datetime.now(UTC))


async def test_a_new_server_is_told_what_holds(place):
    panel = await settings(place)
    assert "to the owner of the server, by direct message" in text_of(panel)
    assert "**Rules** for all digests: none" in text_of(panel)
    assert set(buttons_of(panel)) == {"Time zone", "Rules"}


async def test_notices_go_where_the_admin_chooses_and_back_to_the_owner(place):
    panel = await settings(place)
    await place.admin.select(panel, [place.general])
    assert f"**Notices** for admins go into <#{place.general.id}>" in text_of(panel)
    assert (await kept(place)).notices_channel_id == place.general.id
    await place.admin.click(panel, label="Notices to the owner")
    assert "to the owner of the server" in text_of(panel)
    assert (await kept(place)).notices_channel_id is None


async def test_a_channel_of_news_or_a_closed_one_takes_no_notices(place):
    await a_stored_digest(place, name="Morning", channel_id=place.news.id)
    panel = await settings(place)
    for channel, reason in ((place.news, "“Morning” is posted there"), (place.closed, "it lacks View Channel")):
        refused = await place.admin.select(panel, [channel])
        assert reason in text_of(refused.response)
    forum = place.guild.create_forum_channel("forum")
    assert "do not go into a forum" in text_of((await place.admin.select(panel, [forum])).response)
    assert (await kept(place)).notices_channel_id is None


async def test_nobody_has_notices_told_where_they_may_not_write(place):
    board = place.guild.create_text_channel(
        "board", overwrites={place.admin: discord.PermissionOverwrite(send_messages=False)}
    )
    panel = await settings(place)
    refused = await place.admin.select(panel, [board])
    assert "You may not write in" in text_of(refused.response)
    assert (await kept(place)).notices_channel_id is None


async def test_a_deleted_channel_gives_notices_back_to_the_owner(place):
    """FAULTS 36."""
    notices = place.guild.create_text_channel("notices")
    await place.admin.select(await settings(place), [notices])
    other = place.guild.create_text_channel("other")
    for channel in (other, notices):
        assert (await kept(place)).notices_channel_id == notices.id
        await place.world.bot.get_channel(channel.id).delete()
        await place.env.settle()
    assert (await kept(place)).notices_channel_id is None


async def test_zone_and_rules_are_understood_or_refused(place):
    panel = await settings(place)
    refused = await fill(place, panel, "Time zone", "Berlim")
    assert "no time zone “Berlim”" in text_of(refused.response)
    await fill(place, panel, "Time zone", "europe/berlin")
    refused = await fill(place, panel, "Rules", "horoscope")
    assert any("Line 1 of the rules cannot be used" in text_of(said) for said in (refused.response, *refused.followups))
    await fill(place, panel, "Rules", "-horoscope\n+ lang:de")
    assert "Europe/Berlin" in text_of(panel)
    assert "`- horoscope` · `+ lang:de`" in text_of(panel)
    server = await kept(place)
    assert (server.timezone, server.rules) == ("Europe/Berlin", "- horoscope\n+ lang:de")
    await fill(place, panel, "Time zone", "")
    assert (await kept(place)).timezone is None


async def test_settings_answer_only_to_their_opener(place, elsewhere):
    for custom_id in (server_panel("resume", place.admin.id), server_panel("owner", place.admin.id)):
        pressed = await place.press(place.deputy, custom_id)
        assert "answers only to the one who opened it" in text_of(pressed.response)
    assert re.fullmatch(r"[\w:-]{1,100}", server_channel(2**64 - 1))


async def test_a_holiday_is_asked_about_begun_and_ended(place):
    digest = await a_stored_digest(place)
    asked = await pause(place, "2 weeks")
    assert "One digest rests." in text_of(asked)
    assert "the last 24 hours" in text_of(asked)
    await place.admin.click(asked, label="Cancel")
    assert (await kept(place)).paused_until is None
    asked = await pause(place, "2 weeks")
    await place.admin.click(asked, label="Pause")
    assert "On holiday until <t:" in text_of(asked)
    now = datetime.now(UTC)
    assert abs((await kept(place)).paused_until - now - timedelta(weeks=2)) < timedelta(hours=1)
    assert (await place.dateline.digesting.get(place.guild.id, digest.digest_id)).is_paused(now)
    assert "**On holiday** until" in text_of(await settings(place))
    assert "**On holiday** until" in text_of((await place.admin.slash(place.general, "dateline status")).response)
    await place.admin.click(asked, label="End it now")
    assert "The holiday is over" in text_of(asked)
    back = await place.dateline.digesting.get(place.guild.id, digest.digest_id)
    now = datetime.now(UTC)
    assert not back.is_paused(now)
    assert now - back.back_since(now) < timedelta(minutes=1)  # from here the last day is told


@pytest.mark.parametrize("until", ["soon", "2019-01-01", "31 Feb", "2 weeks ago", "next", "12", "9999-12-31"])
async def test_what_is_no_date_ahead_begins_no_holiday(place, until):
    answer = await pause(place, until)
    assert f"“{until}”" in text_of(answer)
    assert buttons_of(answer) == {}
    assert (await kept(place)).paused_until is None


async def test_dates_are_read_by_the_clock_of_the_server(place):
    await fill(place, await settings(place), "Time zone", "Pacific/Auckland")
    day = datetime.now(UTC) + timedelta(days=100)
    asked = await pause(place, f"{day:%Y-%m-%d}")
    ends = int(re.search(r"<t:(\d+)", text_of(asked))[1])
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert datetime.fromtimestamp(ends, UTC) == midnight


async def test_the_status_says_what_is_well_and_what_is_not(place):
    async with serving({"/a": rss(at="a"), "/b": rss("Other", at="b")}) as site:
        await place.supply(site.url("/a"), "Island")
        broken = await place.supply(site.url("/b"), "Hill [Herald](https://evil.example)")
        site.replies["/b"] = Reply("", 503)
        await place.dateline.following.test(place.guild.id, broken.source.source_id)
    digest = await a_stored_digest(place, name="Morning", channel_id=place.news.id)
    now = datetime.now(UTC)
    async with place.dateline.storage.begin() as tx:
        lease = a_lease(now=now)
        edition = await tx.editions.claim_slot(place.guild.id, digest.digest_id, "slot", now, (now, now), lease)
        await tx.editions.finish(edition.edition_id, "first", EditionState.FAILED)
    await place.dateline.notices.tell(place.guild.id, Concern("edition-failed:1", "An edition of “Morning” failed."))
    shown = text_of((await place.admin.slash(place.general, "dateline status")).response)
    assert "**Sources:** 1 well, 1 failing" in shown
    assert r"Hill \[Herald\](https://evil.example)" in shown
    assert "503" in shown
    assert re.search(rf"Morning in <#{place.news.id}> · next <t:\d+:R> · \*\*last failed\*\* <t:\d+:R>", shown)
    assert "**Notices:** 1 open; 1 could not be told yet" in shown
    assert "An edition of “Morning” failed." in shown
    assert "SQLite answers · the model answers" in shown


async def test_a_digest_in_the_channel_for_notices_sends_them_to_the_owner_and_the_status_says_so(place):
    await place.admin.select(await settings(place), [place.news])
    await a_stored_digest(place, channel_id=place.news.id)
    shown = text_of((await place.admin.slash(place.general, "dateline status")).response)
    assert f"none is open; a digest is posted in <#{place.news.id}>, so they go to the owner" in shown


async def test_the_status_of_an_empty_server_says_how_to_begin(place):
    shown = text_of((await place.admin.slash(place.general, "dateline status")).response)
    for words in ("`/source add` follows one", "`/digest add` sets one up", "none is open"):
        assert words in shown


async def test_a_status_of_many_things_fits_one_message(place):
    for number in range(60):
        await a_stored_digest(place, name=f"Digest {number} {'x' * 40}", channel_id=place.news.id)
    answer = (await place.admin.slash(place.general, "dateline status")).response
    assert "and" in text_of(answer)
    assert "more" in text_of(answer)


async def test_another_servers_settings_are_out_of_reach(place, elsewhere):
    """FAULTS 41: the custom id names the admin, and the server is the one it is pressed in."""
    await elsewhere.admin.select(await settings(elsewhere), [elsewhere.general])
    pressed = await place.press(place.admin, server_panel("owner", place.admin.id))
    assert "to the owner of the server" in text_of(pressed.response)
    assert (await kept(elsewhere)).notices_channel_id == elsewhere.general.id
    shown = text_of((await place.admin.slash(place.general, "dateline status")).response)
    assert "Sources:** none yet" in shown


async def test_members_are_not_offered_it(place):
    assert not {name for name in place.member.available_commands(place.general) if name.split()[0] == "dateline"}


async def test_nothing_is_kept_of_a_server_that_was_left(place):
    """FAULTS 36."""
    await a_stored_digest(place)
    await place.dateline.notices.tell(place.guild.id, Concern("edition-failed:1", "An edition failed."))
    await place.world.bot.get_guild(place.guild.id).leave()
    await place.env.settle()
    async with place.dateline.storage.reading() as tx:
        with pytest.raises(NotFound):
            await tx.servers.get(place.guild.id)
        assert await tx.notices.list_standing(place.guild.id) == []
