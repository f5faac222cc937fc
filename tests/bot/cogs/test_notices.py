"""Notices in their channel or with the owner, and their remedies: for those who may manage that very server."""

from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.demo.reading import buttons_of, text_of
from bot.services.ports import Concern, Remedy
from bot.services.watching import FAILURES
from bot.ui.bodies import Body, Button
from bot.ui.custom_ids import notice
from storage import ReportState
from storage.types import PollResult
from tests.bot.cogs.papers import ORCHARD, rss
from tests.factories import a_digest
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest_asyncio.fixture(loop_scope="package")
async def notices_channel(place):
    """Where this server wants its notices."""
    channel = place.guild.create_text_channel("notices")
    async with place.dateline.storage.begin() as tx:
        await tx.servers.ensure(place.guild.id, datetime.now(UTC))
        await tx.servers.change(place.guild.id, notices_channel_id=channel.id)
    return channel


async def tell(place, concern):
    await place.dateline.notices.tell(place.guild.id, concern)
    await place.dateline.notices.run_due()


async def standing(place):
    return await place.dateline.notices.list_standing(place.guild.id)


async def a_failing_source(place, site, path="/feed.xml", label="Coast Courier"):
    """A source that was followed and then failed often enough to be told of."""
    followed = await place.supply(site.url(path), label)
    site.replies[path] = Reply("", 503)
    now = datetime.now(UTC)
    async with place.dateline.storage.begin() as tx:
        for _ in range(FAILURES):
            await tx.sources.record_polls(
                [(followed.source.source_id, PollResult(now, now, error="The server answered 503."))]
            )
    await place.dateline.watching.look_for_failures()
    await place.dateline.notices.run_due()
    return followed


async def a_stored_digest(place, **changes):
    async with place.dateline.storage.begin() as tx:
        await tx.servers.ensure(place.guild.id, datetime.now(UTC))
        options = {"channel_id": place.news.id} | changes
        return await tx.digests.add(place.guild.id, a_digest(**options), datetime.now(UTC))


def last(channel):
    return channel.history()[-1]


async def test_a_failing_source_is_told_with_its_remedies(place, notices_channel):
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site)
    (message,) = notices_channel.history()
    assert "“Coast Courier” could not be read 8 times in a row since <t:" in text_of(message)
    assert "It is asked again about every 12 hours" in text_of(message)
    assert set(buttons_of(message)) == {"Try again", "Change address", "Remove"}
    assert place.news.history() == []


async def test_try_again_says_who_tried_and_settles_it_when_it_works(place, notices_channel):
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site)
        pressed = await place.admin.click(last(notices_channel), label="Try again")
        assert pressed.ephemeral
        assert "It still fails" in text_of(pressed.response)
        assert f"<@{place.admin.id}> tried again: “" in text_of(last(notices_channel))
        assert set(buttons_of(last(notices_channel))) == {"Try again", "Change address", "Remove"}
        site.replies["/feed.xml"] = rss()
        pressed = await place.deputy.click(last(notices_channel), label="Try again")
    assert "It can be read again." in text_of(pressed.response)
    seen = text_of(last(notices_channel))
    assert "### A source fails: settled" in seen
    assert f"<@{place.deputy.id}> tried again: it can be read · <t:" in seen
    assert buttons_of(last(notices_channel)) == {}
    assert await standing(place) == []


async def test_what_works_again_by_itself_loses_its_buttons(place, notices_channel):
    async with serving({"/feed.xml": rss()}) as site:
        followed = await a_failing_source(place, site)
        site.replies["/feed.xml"] = rss()
        await place.dateline.polling.poll(followed.source)
    await place.dateline.watching.look_for_failures()
    await place.dateline.notices.run_due()
    assert "It can be read again · <t:" in text_of(last(notices_channel))
    assert buttons_of(last(notices_channel)) == {}


async def test_remove_asks_before_it_does(place, notices_channel):
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site)
    asked = await place.admin.click(last(notices_channel), label="Remove")
    assert "Stop following **Coast Courier**?" in text_of(asked.response)
    assert len(await place.dateline.following.list_all(place.guild.id)) == 1
    custom_id = buttons_of(asked.response)["Remove"]
    await place.admin.click(asked.response, label="Remove")
    assert "**Coast Courier** is not followed any more." in text_of(asked.response)
    assert f"<@{place.admin.id}> stopped following it · <t:" in text_of(last(notices_channel))
    assert await place.dateline.following.list_all(place.guild.id) == []
    again = await place.press(place.admin, custom_id)
    assert "That is settled already." in text_of(again.response)


async def test_change_address_looks_first_and_keeps_the_label(place, notices_channel):
    async with serving({"/feed.xml": rss(at="old"), "/new": rss("Coast Courier anew", at="new")}) as site:
        await a_failing_source(place, site)
        form = await place.admin.click(last(notices_channel), label="Change address")
        (field,) = (part["component"]["custom_id"] for part in form.modal["components"])
        asked = await place.admin.submit_modal(form, {field: site.url("/new")})
        assert "Coast Courier anew" in text_of(asked.response)
        await place.admin.click(asked.response, label="Use it")
        assert "Done: it can be read there." in text_of(asked.response)
        (moved,) = await place.dateline.following.list_all(place.guild.id)
        assert (moved.label, moved.source.address) == ("Coast Courier", site.url("/new"))
    assert f"<@{place.admin.id}> follows “{moved.source.address}” in its place" in text_of(last(notices_channel))
    assert await standing(place) == []


async def a_lost_destination(place):
    digest = await a_stored_digest(place)
    async with place.dateline.storage.begin() as tx:
        await tx.digests.pause(place.guild.id, digest.digest_id, "The channel was deleted.")
    remedies = ((Remedy.CHOOSE_CHANNEL, digest.digest_id), (Remedy.RESUME_DIGEST, digest.digest_id))
    cause = f"destination-lost:{digest.digest_id}"
    await tell(place, Concern(cause, "“Morning” cannot be posted any more and is paused.", remedies))
    return digest


async def test_a_lost_destination_gets_another_channel(place, notices_channel):
    digest = await a_lost_destination(place)
    refused = await place.admin.select(last(notices_channel), [place.closed])
    assert "it lacks View Channel" in text_of(refused.response)
    chosen = await place.admin.select(last(notices_channel), [place.general])
    assert f"“Morning” is posted in <#{place.general.id}> from now on." in text_of(chosen.response)
    assert f"<@{place.admin.id}> chose <#{place.general.id}>" in text_of(last(notices_channel))
    now = await place.dateline.digesting.get(place.guild.id, digest.digest_id)
    assert (now.channel_id, now.paused, now.trouble) == (place.general.id, False, None)


async def test_a_digest_is_resumed(place, notices_channel):
    digest = await a_lost_destination(place)
    await place.admin.click(last(notices_channel), label="Resume")
    assert f"<@{place.admin.id}> resumed it" in text_of(last(notices_channel))
    assert not (await place.dateline.digesting.get(place.guild.id, digest.digest_id)).paused


async def test_a_missed_edition_is_posted_now(place, notices_channel):
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
    digest = await a_stored_digest(place)
    missed = Concern(f"edition-missed:{digest.digest_id}", "An edition of “Morning” was missed.")
    await tell(place, Concern(missed.cause, missed.text, ((Remedy.POST_NOW, digest.digest_id),)))
    pressed = await place.admin.click(last(notices_channel), label="Post now")
    assert "You posted an edition." in text_of(pressed.response)
    assert f"<@{place.admin.id}> posted an edition" in text_of(last(notices_channel))
    assert "Ferry" in text_of(last(place.news))


async def test_rules_are_edited_from_the_notice(place, notices_channel):
    digest = await a_stored_digest(place, rules="- ferry")
    concern = Concern(
        f"nothing-matched:{digest.digest_id}",
        "“Morning” had nothing to tell 3 times in a row: your filters dropped 41 of 41 articles.",
        ((Remedy.EDIT_RULES, digest.digest_id),),
    )
    await tell(place, concern)
    form = await place.admin.click(last(notices_channel), label="Edit rules")
    (field,) = (part["component"]["custom_id"] for part in form.modal["components"])
    refused = await place.admin.submit_modal(form, {field: "ferry"})
    assert "Line 1 of the rules cannot be used" in text_of(refused.response)
    form = await place.admin.click(last(notices_channel), label="Edit rules")
    (field,) = (part["component"]["custom_id"] for part in form.modal["components"])
    await place.admin.submit_modal(form, {field: "- horoscope"})
    assert (await place.dateline.digesting.get(place.guild.id, digest.digest_id)).rules == "- horoscope"
    assert f"<@{place.admin.id}> changed its rules" in text_of(last(notices_channel))


async def test_a_reported_point_is_hidden_and_kept_again(place, notices_channel):
    async with serving({"/feed.xml": rss("Island Post", [("Frost halves orchards", ORCHARD)])}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
    digest = await a_stored_digest(place)
    edition = await place.dateline.digesting.post(digest, 1)
    report = await place.dateline.reports.report(place.guild.id, edition.edition_id, (0, 0), place.member.id)
    await place.dateline.notices.run_due()
    assert set(buttons_of(last(notices_channel))) == {"Hide", "Keep"}
    await place.admin.click(last(notices_channel), label="Hide")
    assert f"<@{place.admin.id}> hid the point" in text_of(last(notices_channel))
    assert "editors" in text_of(last(place.news))
    assert await standing(place) == []
    await place.deputy.click(last(notices_channel), label="Keep")  # a decision can be taken back
    assert f"<@{place.deputy.id}> kept the point" in text_of(last(notices_channel))
    assert "editors" not in text_of(last(place.news))
    async with place.dateline.storage.reading() as tx:
        assert (await tx.reports.get(place.guild.id, report.report_id)).state is ReportState.KEPT


async def test_a_member_without_the_right_changes_nothing(place, notices_channel):
    """FAULTS 41: the notice stands where others may read it."""
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site)
        for label in ("Try again", "Change address", "Remove"):
            refused = await place.member.click(last(notices_channel), label=label)
            assert "Only those who may manage this server can do this." in text_of(refused.response)
            assert refused.ephemeral
    digest = await a_lost_destination(place)
    refused = await place.member.select(last(notices_channel), [place.general])
    assert "Only those who may manage this server" in text_of(refused.response)
    assert (await place.dateline.digesting.get(place.guild.id, digest.digest_id)).paused
    assert len(await standing(place)) == 2


async def test_another_servers_ids_lead_nowhere(place, elsewhere, notices_channel):
    """FAULTS 41: forged custom ids reach neither a notice nor a subject of another server."""
    async with serving({"/feed.xml": rss()}) as site:
        foreign = await a_failing_source(elsewhere, site)
        site.replies["/feed.xml"] = rss()
        own = await a_failing_source(place, site)
    (theirs,), (ours,) = await standing(elsewhere), await standing(place)
    source_id = foreign.source.source_id
    assert own.source.source_id == source_id  # polled once, followed twice
    for server_id in (elsewhere.guild.id, place.guild.id):
        pressed = await place.press(place.admin, notice("drop-source", server_id, theirs.notice_id, source_id))
        assert "That notice is not there any more." in text_of(pressed.response)
    pressed = await place.press(place.admin, notice("drop-source", place.guild.id, ours.notice_id, 10**17))
    assert "That source is not there any more." in text_of(pressed.followups[-1])
    for server in (place, elsewhere):
        assert len(await server.dateline.following.list_all(server.guild.id)) == 1


async def test_what_has_passed_is_noted(place, notices_channel):
    await tell(place, Concern("uncertain:1", "A part of the edition may be missing."))
    assert set(buttons_of(last(notices_channel))) == {"Noted"}
    refused = await place.member.click(last(notices_channel), label="Noted")
    assert "Only those who may manage this server" in text_of(refused.response)
    await place.admin.click(last(notices_channel), label="Noted")
    assert f"<@{place.admin.id}> has noted it · <t:" in text_of(last(notices_channel))
    assert buttons_of(last(notices_channel)) == {}
    assert await standing(place) == []


async def test_what_lasts_is_not_noted_away(place, notices_channel):
    await tell(place, Concern("pin-denied:1", "The editions of “Morning” are posted, but Dateline cannot pin them."))
    assert buttons_of(last(notices_channel)) == {}


async def test_an_action_nobody_gave_out_is_answered_in_words(place, notices_channel):
    await tell(place, Concern("source-failing:1", "It fails."))
    (stands,) = await standing(place)
    pressed = await place.press(place.admin, notice("explode", place.guild.id, stands.notice_id, 1))
    assert "That remedy is not there any more." in text_of(pressed.response)


async def test_the_owner_is_told_and_acts_by_direct_message(place):
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site)
        owner = place.guild.owner
        message = last(owner.dm_channel)
        assert "“Coast Courier” could not be read" in text_of(message)
        assert "You own Marrowport Readers" in text_of(message)
        site.replies["/feed.xml"] = rss()
        pressed = await owner.click(message, label="Try again")
    assert "It can be read again." in text_of(pressed.response)
    assert f"<@{owner.id}> tried again: it can be read" in text_of(last(owner.dm_channel))
    assert await standing(place) == []


async def test_the_owner_changes_an_address_by_direct_message(place):
    async with serving({"/feed.xml": rss(at="old"), "/new": rss("Coast Courier anew", at="new")}) as site:
        await a_failing_source(place, site)
        owner = place.guild.owner
        form = await owner.click(last(owner.dm_channel), label="Change address")
        (field,) = (part["component"]["custom_id"] for part in form.modal["components"])
        asked = await owner.submit_modal(form, {field: site.url("/new")})
        assert "Follow it as **Coast Courier**, in place of the present address?" in text_of(asked.response)
        await owner.click(asked.response, label="Use it")
    (moved,) = await place.dateline.following.list_all(place.guild.id)
    assert moved.source.address == site.url("/new")


async def test_a_channel_that_is_closed_to_dateline_falls_back_to_the_owner(place):
    """FAULTS 36."""
    await place.dateline.administration.choose_notices_channel(place.guild.id, place.news.id)
    place.lock_news()
    await tell(place, Concern("source-failing:1", "“Coast Courier” could not be read."))
    assert place.news.history() == []
    assert "“Coast Courier” could not be read." in text_of(last(place.guild.owner.dm_channel))


async def test_direct_messages_offer_no_menu_of_channels(place):
    await a_lost_destination(place)
    owner = place.guild.owner
    assert "`/digest manage`" in text_of(last(owner.dm_channel))
    await owner.click(last(owner.dm_channel), label="Resume")
    assert "resumed it" in text_of(last(owner.dm_channel))


async def test_an_owner_commands_their_own_server_alone(place, elsewhere):
    """FAULTS 41: in direct messages the custom id names the server, and whoever presses must own it."""
    digest = await a_lost_destination(elsewhere)
    (theirs,) = await standing(elsewhere)
    await place.dateline.administration.get(place.guild.id)  # the server is known from now on
    await place.dateline.notices.tell(place.guild.id, Concern("own:1", "An own one."))
    (ours,) = await standing(place)
    owner = place.guild.owner
    user = await place.world.bot.fetch_user(owner.id)
    for forged, answer in (
        ((elsewhere.guild.id, theirs.notice_id), "Only the owner of that server can do this here."),
        ((place.guild.id, theirs.notice_id), "That notice is not there any more."),
        ((place.guild.id, ours.notice_id), "That digest is not there any more."),
    ):
        button = Button("Resume", notice("resume-digest", *forged, digest.digest_id))
        await user.send(**Body(("Forged",), buttons=(button,)).message())
        pressed = await owner.click(last(owner.dm_channel), label="Resume")
        assert answer in text_of(pressed.response)
    assert (await elsewhere.dateline.digesting.get(elsewhere.guild.id, digest.digest_id)).paused


async def test_buttons_answer_after_a_restart(place, notices_channel):
    digest = await a_lost_destination(place)
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site)
        failing = last(notices_channel)
        lost = notices_channel.history()[0]
        panel = await place.admin.slash(place.general, "dateline settings")
        await place.restart()
        pressed = await place.admin.click(failing, label="Try again")
    assert "It still fails" in text_of(pressed.response)
    await place.admin.select(lost, [place.general])
    assert (await place.dateline.digesting.get(place.guild.id, digest.digest_id)).channel_id == place.general.id
    chosen = await place.admin.select(panel.response, [place.news])
    assert f"Notices go into <#{place.news.id}> from now on." in text_of(chosen.response)


async def test_a_hostile_name_does_nothing_in_a_notice(place, notices_channel):
    """FAULTS 39."""
    hostile = "@everyone ” **bold** <@&1> [bank](http://evil.example) “ \u202e"
    async with serving({"/feed.xml": rss()}) as site:
        await a_failing_source(place, site, label=hostile)
    seen = text_of(last(notices_channel))
    assert r"\[bank\](http://evil.example)" in seen
    assert r"\*\*bold\*\*" in seen
    assert "<@&1>" not in seen.replace("\\<", "")
    assert "\u202e" not in seen
