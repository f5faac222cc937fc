"""/digest and the editions it leads to, as admins and readers meet them."""

import re
from datetime import timedelta

import discord
import pytest
import pytest_asyncio
from simcord.backend.models import Overwrite
from simcord.components import walk_components
from simcord.enums import OverwriteType

from bot.demo.reading import buttons_of, text_of
from bot.ui.bodies import DESTINATIONS
from bot.ui.custom_ids import digest_history, digest_panel
from storage import NotFound
from tests.bot.cogs.papers import FERRY, OBSERVATORY, ORCHARD, TUNNEL, page, rss
from tests.servers import serving

pytestmark = pytest.mark.asyncio(loop_scope="package")
TEXTS = [" ".join(text.split()) for text in (FERRY, ORCHARD, OBSERVATORY, TUNNEL)]


@pytest_asyncio.fixture(loop_scope="package")
async def supplied(place):
    """A server that follows a paper."""
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island Post")
    return place


async def test_what_was_understood_is_shown_before_anything_is_kept(place):
    before = place.rows()
    question = await place.plan_digest("Morning", when="mon, wed at 8:30 am and 5pm", stories=5)
    seen = text_of(question)
    assert f"<#{place.news.id}> · Monday and Wednesday at 08:30 and 17:00, Europe/Lisbon · up to 5 stories" in seen
    assert len(re.findall(r"- <t:\d+:F> \(<t:\d+:R>\)", seen)) == 3
    assert place.rows() == before
    await place.admin.click(question, label="Cancel")
    assert "Nothing was kept" in text_of(question)
    assert place.rows() == before


async def test_a_digest_is_kept_and_says_when_its_first_edition_comes(place):
    added = await place.add_digest("Morning", when="1,15,31 9:00", size="headlines")
    seen = text_of(added)
    assert "Morning is set up" in seen
    assert re.search(r"The first edition comes <t:\d+:F> \(<t:\d+:R>\) and tells the last 24 hours", seen)
    listed = await place.admin.slash(place.general, "digest list")
    days = "the 1st, the 15th and the 31st of each month"
    assert f"**Morning** in <#{place.news.id}> · {days} at 09:00, Europe/Lisbon · next <t:" in text_of(listed.response)
    (kept,) = await place.dateline.digesting.list_all(place.guild.id)
    assert (kept.schedule, kept.size, kept.stories) == ("1,15,31 09:00", "headlines", 8)


async def test_a_month_without_the_day_is_spoken_of_before_it_is_kept(place):
    assert "A month without a 31st has no edition" in text_of(await place.plan_digest(when="31st 9:00"))


async def test_one_is_posted_at_once_if_the_admin_likes(supplied):
    kept = await supplied.add_digest()
    pressed = await supplied.admin.click(kept, label="Post one now")
    assert "Posted in" in text_of(pressed.response)
    assert "moves nothing" in text_of(pressed.response)
    assert len(supplied.news.history()) == 1


async def test_many_digests_share_a_channel(place):
    for number in range(7):
        await place.add_digest(f"Digest {number}", when=f"daily {number + 6}:00")
    listed = text_of((await place.admin.slash(place.general, "digest list")).response)
    assert listed.count(f"<#{place.news.id}>") == 7


async def test_a_live_digest_says_what_it_does(place):
    question = await place.plan_digest("Wire", when="live")
    assert "live: stories as they come" in text_of(question)
    assert "at most 6 an hour" in text_of(question)
    await place.admin.click(question, label="Keep it")
    assert "tells stories as they come from now on" in text_of(question)
    assert "Post one now" not in buttons_of(question)
    listed = await place.admin.slash(place.general, "digest list")
    assert f"**Wire** in <#{place.news.id}> · live: stories as they come, Europe/Lisbon" in text_of(listed.response)
    for command in ("digest preview", "digest post"):
        answer = await place.admin.slash(place.general, command, name="Wire")
        assert "tells stories as they come, so there is no next edition" in text_of(answer.response)


async def test_the_servers_own_zone_is_taken_and_offered_first(place):
    assert "Whose clock is meant?" in text_of(await place.plan_digest(timezone=""))
    async with place.dateline.storage.begin() as tx:
        await tx.servers.ensure(place.guild.id, place.dateline.clock.now())
        await tx.servers.change(place.guild.id, timezone="Pacific/Auckland")
    assert "every day at 08:30, Pacific/Auckland" in text_of(await place.plan_digest(timezone=""))
    zones = await place.admin.autocomplete(place.general, "digest add", "timezone", "")
    assert zones[0]["value"] == "Pacific/Auckland"
    assert len(zones) == 25


REFUSED = [
    ({"when": "soon"}, "“soon” is not a schedule"),
    ({"when": "weekdays 25:00"}, "is not a schedule"),
    ({"when": "cron * * * * *"}, "1440 editions a day"),
    ({"timezone": "Lisbon"}, "Did you mean `Europe/Lisbon`"),
    ({"timezone": "Mars/Olympus"}, "no time zone “Mars/Olympus”"),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
async def test_what_is_not_understood_is_refused_and_not_kept(place, changes, sentence):
    before = place.rows()
    refusal = await place.plan_digest(**changes)
    assert sentence in text_of(refusal)
    assert "Keep it" not in buttons_of(refusal)
    assert place.rows() == before


@pytest.mark.parametrize("field", ["when", "timezone"])
async def test_long_and_hostile_words_are_quoted_short_and_without_effect(place, field):
    seen = text_of(await place.plan_digest(**{field: "[bank](http://evil.example) <@1> " + "x" * 5900}))
    assert r"“\[bank\](http://evil.example) \<\@1" in seen
    assert "`" in seen  # the help after the quotation is still there
    assert len(seen) < 500


async def test_a_name_is_taken_once(place):
    await place.add_digest("Morning")
    assert "a digest named “MORNING” already" in text_of(await place.plan_digest("MORNING"))


async def test_a_name_that_was_taken_while_one_was_asked_is_refused_and_the_question_stays(place):
    first, second = await place.plan_digest(), await place.plan_digest()
    await place.admin.click(first, label="Keep it")
    refused = await place.admin.click(second, label="Keep it")
    assert "a digest named “Morning” already" in text_of(refused.followups[0])
    assert "Cancel" in buttons_of(second)


async def test_schedules_are_completed_and_show_their_next_run(place):
    offered = await place.admin.autocomplete(place.general, "digest add", "when", "week")
    assert offered[0]["value"] == "weekdays 08:00"
    assert re.fullmatch(r"weekdays at 08:00 · next \d{4}-\d\d-\d\d 08:00 UTC", offered[0]["name"])
    assert all(len(choice["name"]) <= 100 for choice in offered)
    examples = await place.admin.autocomplete(place.general, "digest add", "when", "")
    assert {"value": "live", "name": "live: stories as they come"} in examples
    for choice in examples:
        assert "Keep it" in buttons_of(await place.plan_digest(when=choice["value"]))
    assert await place.admin.autocomplete(place.general, "digest add", "when", "zzz") == []
    zones = await place.admin.autocomplete(place.general, "digest add", "timezone", "lisb")
    assert [zone["value"] for zone in zones] == ["Europe/Lisbon"]


async def test_a_channel_that_dateline_may_not_write_to_is_refused(place):
    before = place.rows()
    seen = text_of(await place.plan_digest(channel=place.closed))
    assert "lacks View Channel and Send Messages" in seen
    assert place.rows() == before


async def test_a_preview_is_private_and_keeps_nothing(supplied):
    await supplied.add_digest()
    before = supplied.rows()
    shown = await supplied.admin.slash(supplied.general, "digest preview", name="morning")
    seen = text_of(shown.response)
    assert "Preview as of" in seen
    assert "Ferry sails again" in seen
    assert shown.ephemeral
    assert {**supplied.rows(), "briefs": 0} == {**before, "briefs": 0}
    assert supplied.news.history() == []


async def test_without_news_there_is_nothing_to_show_or_post(place):
    await place.add_digest()
    for command in ("digest preview", "digest post"):
        answer = await place.admin.slash(place.general, command, name="Morning")
        assert "nothing new to tell" in text_of(answer.response)
    assert place.news.history() == []


async def posted(place):
    await place.add_digest()
    answer = await place.admin.slash(place.general, "digest post", name="Morning")
    assert "Posted in" in text_of(answer.response)
    (message,) = place.news.history()
    return message


async def test_an_edition_tells_its_stories_and_sources_tell_its_sentences(supplied):
    message = await posted(supplied)
    seen = text_of(message)
    for title in ("Ferry sails again", "Frost halves orchards", "Observatory closes dome"):
        assert f"### {title}" in seen
    assert "4 stories from 4 new articles" in seen
    assert not message.mention_everyone
    pressed = await supplied.member.click(message, label="Sources")
    assert pressed.ephemeral
    marked = [line.split("**")[1] for line in text_of(pressed.response).splitlines() if line.startswith("> ")]
    assert marked
    assert all(any(sentence.replace("\\", "") in text for text in TEXTS) for sentence in marked)


async def test_sources_turn_their_pages_in_place(supplied):
    message = await posted(supplied)
    first = await supplied.member.click(message, label="Sources")
    start = text_of(first.response)
    await supplied.member.click(first.response, label="Next")
    assert text_of(first.response) != start
    assert "page 2 of" in text_of(first.response)
    await supplied.member.click(first.response, label="Back")
    assert text_of(first.response) == start


async def fill(place, pressed, **changes):
    """Change some fields of a form that a button opened, by the first words of their labels, and send it."""
    filled = {}
    for part in pressed.modal["components"]:
        field, label = part["component"], part["label"]
        kept = [place.news] if label == "Channel" else _chosen(field)
        filled[field["custom_id"]] = next((new for name, new in changes.items() if label.startswith(name)), kept)
    return await place.admin.submit_modal(pressed, filled)


def _chosen(field):
    if "options" in field:
        return [option["value"] for option in field["options"] if option.get("default")]
    return field.get("value") or ([] if "max_values" in field else "")


async def edit(place, panel, **changes):
    """Open the form of a panel, change some fields, send it."""
    return await fill(place, await place.admin.click(panel.response, label="Edit"), **changes)


async def pause(place, panel, until=""):
    """Pause by the form of a panel."""
    return await fill(place, await place.admin.click(panel.response, label="Pause"), Until=until)


async def options(place, name="Morning"):
    """The panel of a digest, turned to its options."""
    panel = await place.admin.slash(place.general, "digest manage", name=name)
    await place.admin.click(panel.response, label="Options")
    return panel


async def kept(place, name="Morning"):
    """A digest as it is stored."""
    return await place.dateline.digesting.find(place.guild.id, name)


async def test_a_cleared_channel_leaves_the_digest_where_it_is(place):
    await place.add_digest("Morning")
    panel = await place.admin.slash(place.general, "digest manage", name="morning")
    await edit(place, panel, Channel=[], Name="Evening")
    assert "### Evening" in text_of(panel.response)
    assert f"<#{place.news.id}>" in text_of(panel.response)


async def test_when_rules_keep_everything_out_posting_says_so(supplied):
    await supplied.add_digest("Morning")
    async with supplied.dateline.storage.begin() as tx:
        await tx.servers.change(supplied.guild.id, rules="+ unicorn")
    answer = await supplied.admin.slash(supplied.general, "digest post", name="Morning")
    assert "4 new articles came in, and none of them is left after the rules" in text_of(answer.response)
    assert supplied.news.history() == []


async def test_the_panel_edits_pauses_resumes_and_removes(place):
    await place.add_digest("Morning")
    panel = await place.admin.slash(place.general, "digest manage", name="morning")
    bad = await edit(place, panel, When="noonish")
    assert "“noonish” is not a schedule" in text_of(bad.response or bad.followups[0])
    await edit(place, panel, When="weekdays 6:15 pm", Name="Evening")
    assert "### Evening" in text_of(panel.response)
    assert "weekdays at 18:15, Europe/Lisbon" in text_of(panel.response)
    await pause(place, panel)
    assert "Paused." in text_of(panel.response)
    await place.admin.click(panel.response, label="Resume")
    assert "Next: <t:" in text_of(panel.response)
    await place.admin.click(panel.response, label="Remove")
    assert "its options and its history here are lost" in text_of(panel.response)
    await place.admin.click(panel.response, label="Keep it")
    await place.admin.click(panel.response, label="Remove")
    await place.admin.click(panel.response, label="Remove")
    assert "is removed" in text_of(panel.response)
    listed = await place.admin.slash(place.general, "digest list")
    assert "No digests yet" in text_of(listed.response)


async def test_what_the_form_shows_is_understood_again(place):
    for when in ("1st, 15th and last day 9:00", "first monday 9:00 and 17:00", "cron 30 8 * * 1-5", "live"):
        await place.add_digest(when, when=when)
        before = await kept(place, when)
        panel = await place.admin.slash(place.general, "digest manage", name=when)
        await edit(place, panel)
        assert "Saved." in text_of(panel.response)
        assert await kept(place, when) == before


async def test_an_edit_is_refused_as_a_whole(place):
    await place.add_digest("Morning")
    await place.add_digest("Noon")
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    before = await place.dateline.digesting.list_all(place.guild.id)
    for changes, sentence in (
        ({"Name": "noon"}, "a digest named “noon” already"),
        ({"Time zone": "Lisbon"}, "Did you mean `Europe/Lisbon`"),
        ({"When": "someday"}, "is not a schedule"),
        ({"Name": " "}, "needs a name"),
        ({"When": "daily 7:00", "Channel": [place.closed]}, "lacks View Channel"),
    ):
        refused = await edit(place, panel, **changes)
        assert sentence in text_of(refused.response or refused.followups[0])
        assert refused.ephemeral
    assert await place.dateline.digesting.list_all(place.guild.id) == before


async def test_what_was_typed_into_a_refused_form_is_not_lost(place):
    await place.add_digest("Morning")
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    refused = await edit(place, panel, Name="Evening", When="someday", Channel=[place.general])
    assert "is not a schedule" in text_of(refused.response)
    (offer,) = refused.followups
    again = await place.admin.click(offer, label="Edit what you typed")
    name, when, zone, channel = (part["component"] for part in again.modal["components"])
    assert (name["value"], when["value"], zone["value"]) == ("Evening", "someday", "Europe/Lisbon")
    assert [int(chosen["id"]) for chosen in channel["default_values"]] == [place.general.id]
    await fill(place, again, Name="Evening", When="daily 18:00", Channel=[place.general])
    assert "### Evening" in text_of(offer)
    assert "Edit what you typed" not in buttons_of(offer)
    assert (await kept(place, "Evening")).channel_id == place.general.id


async def test_chosen_options_of_a_refused_form_are_not_lost(place):
    await place.add_digest("Morning")
    refused = await fill(
        place,
        await place.admin.click((await options(place)).response, label="What it tells"),
        How=["headlines"],
        Rules="?",
    )
    again = await place.admin.click(refused.followups[0], label="Edit what you typed")
    size, *_, rules = (part["component"] for part in again.modal["components"])
    assert [option["value"] for option in size["options"] if option.get("default")] == ["headlines"]
    assert rules["value"] == "?"


async def test_a_pause_until_a_date_is_shown_back_and_ends_by_itself(place):
    await place.add_digest()
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    refused = await pause(place, panel, "soon")
    assert "“soon” is not understood" in text_of(refused.response or refused.followups[0])
    await pause(place, panel, "3 days")
    assert re.search(r"Paused until <t:\d+:F> \(<t:\d+:R>\)\.", text_of(panel.response))
    assert "It goes on by itself <t:" in text_of(panel.response)
    listed = await place.admin.slash(place.general, "digest list")
    assert "· paused until <t:" in text_of(listed.response)
    paused = await kept(place)
    assert paused.is_paused(place.dateline.clock.now())
    assert not paused.is_paused(paused.paused_until)
    await place.admin.click(panel.response, label="Resume")
    assert "Next: <t:" in text_of(panel.response)


async def test_what_it_tells_is_chosen_in_a_form(place):
    await place.add_digest()
    panel = await options(place)
    assert "**Tells** up to 8 stories, in full · any number of one source" in text_of(panel.response)
    form = await place.admin.click(panel.response, label="What it tells")
    await fill(
        place,
        form,
        **{
            "How much": ["headlines"],
            "Stories": "12",
            "Of one": "2",
            "When there": ["yes"],
            "Rules": "- kelp\n+ ferry",
        },
    )
    seen = text_of(panel.response)
    assert "**Tells** up to 12 stories, headlines only · at most 2 of one source" in seen
    assert "it says so" in seen
    stored = await kept(place)
    assert (stored.size, stored.stories, stored.per_source) == ("headlines", 12, 2)
    assert stored.says_when_empty
    assert stored.rules == "- kelp\n+ ferry"
    for changes, sentence in (
        ({"Stories": "16"}, "“16” is not a number of stories in one edition. Write one from 1 to 15"),
        ({"Of one": "99"}, "is not a number of stories of one source"),
        ({"Rules": "kelp"}, "kelp"),
    ):
        refused = await fill(place, await place.admin.click(panel.response, label="What it tells"), **changes)
        assert sentence in text_of(refused.response or refused.followups[0])
    assert await kept(place) == stored
    await place.admin.click(panel.response, label="Back")
    assert "up to 12 stories, headlines only" in text_of(panel.response)


async def posts(place, panel, ways, roles=()):
    form = await place.admin.click(panel.response, label="How it posts")
    return await fill(place, form, Every=list(ways), It=list(roles))


def forbid(place, **permissions):
    """Take exactly these permissions in the channel for news away from the bot."""
    denied = discord.Permissions(**permissions).value
    own = Overwrite(target_id=place.world.bot.user.id, type=OverwriteType.MEMBER, allow=0, deny=denied)
    place.env.backend.set_overwrite(place.news.id, own)


async def test_how_it_posts_is_chosen_when_dateline_may(place):
    await place.add_digest()
    panel = await options(place)
    await posts(place, panel, ["silent"])
    assert "**Posts** silently · mentions nobody" in text_of(panel.response)
    forbid(place, manage_messages=True, pin_messages=True)
    refused = await posts(place, panel, ["pinned"])
    assert "lacks Pin Messages" in text_of(refused.response or refused.followups[0])
    refused = await posts(place, panel, ["published"])
    assert "is no announcement channel" in text_of(refused.response or refused.followups[0])
    forbid(place)
    await posts(place, panel, ["pinned"])
    assert "**Posts** with a notification · pins the newest edition · mentions nobody" in text_of(panel.response)
    stored = await kept(place)
    assert (stored.silent, stored.pinned, stored.published) == (False, True, False)


async def test_a_role_is_mentioned_only_where_dateline_and_the_admin_may(place):
    readers = place.guild.create_role("Readers", mentionable=True)
    council = place.guild.create_role("Council", mentionable=False)
    await place.add_digest()
    panel = await options(place)
    await posts(place, panel, [], [readers])
    assert f"mentions <@&{readers.id}>" in text_of(panel.response)
    forbid(place, mention_everyone=True)
    refused = await posts(place, panel, [], [council])
    assert "Dateline may not mention" in text_of(refused.response or refused.followups[0])
    forbid(place)
    refused = await posts(place, panel, [], [council])
    assert "You may not mention" in text_of(refused.response or refused.followups[0])
    assert (await kept(place)).mention_role_id == readers.id
    await posts(place, panel, [])
    assert (await kept(place)).mention_role_id is None


async def test_a_live_digest_has_its_own_options(place):
    await place.add_digest("Wire", when="live")
    panel = await options(place, "Wire")
    assert "**Live:** at most 6 an hour · no quiet hours" in text_of(panel.response)
    form = await place.admin.click(panel.response, label="Live")
    await fill(place, form, Briefs="3", Quiet="22 to 7", Alert="flood, power cut")
    assert "**Live:** at most 3 an hour · quiet 22:00-07:00" in text_of(panel.response)
    assert "**Alert words:** flood, power cut" in text_of(panel.response)
    form = await place.admin.click(panel.response, label="Live")
    refused = await fill(place, form, Quiet="at night")
    assert "“at night” are not hours" in text_of(refused.response or refused.followups[0])
    assert (await kept(place, "Wire")).quiet_hours == "22:00-07:00"


async def test_only_a_live_digest_offers_live_options(place):
    await place.add_digest()
    assert "Live" not in buttons_of((await options(place)).response)


async def test_the_history_shows_what_was_posted_and_opens_it_word_for_word(supplied):
    message = await posted(supplied)
    panel = await supplied.admin.slash(supplied.general, "digest manage", name="Morning")
    await supplied.admin.click(panel.response, label="History")
    seen = text_of(panel.response)
    assert re.search(r"\*\*<t:\d+:f>\*\*, by hand · posted", seen)
    assert f"[message](https://discord.com/channels/{supplied.guild.id}/{supplied.news.id}/{message.id})" in seen
    assert "Ferry sails again" in seen
    (edition_id,) = edition_ids(panel.response)
    opened = await supplied.admin.select(panel.response, values=[edition_id])
    shown = "\n".join(text_of(part) for part in [opened.response, *opened.followups])
    assert opened.ephemeral
    assert text_of(message) in shown
    await supplied.admin.click(panel.response, label="Back")
    assert "Next: <t:" in text_of(panel.response)


def edition_ids(message):
    """The values of the menu of editions."""
    return [option["value"] for part in walk_components(message.components) for option in part.get("options", ())]


async def test_the_history_says_what_was_missed_or_empty_and_turns_its_pages(place):
    await place.add_digest()
    digest = await kept(place)
    now = place.dateline.clock.now()
    async with place.dateline.storage.begin() as tx:
        for days in range(9):
            due = now - timedelta(days=days + 1)
            await tx.editions.record_missed(
                place.guild.id, digest.digest_id, f"{due:%Y-%m-%d}T08:30 Europe/Lisbon", due, now
            )
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    await place.admin.click(panel.response, label="History")
    assert text_of(panel.response).count("missed: Dateline was not running") == 4
    assert "page 1 of 3" in text_of(panel.response)
    await place.admin.click(panel.response, label="Older")
    await place.admin.click(panel.response, label="Older")
    assert "page 3 of 3" in text_of(panel.response)
    assert text_of(panel.response).count("missed") == 1
    await place.admin.click(panel.response, label="Newer")
    assert "page 2 of 3" in text_of(panel.response)
    assert edition_ids(panel.response) == []


async def test_a_new_digest_has_no_history(place):
    await place.add_digest()
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    await place.admin.click(panel.response, label="History")
    assert "has no editions yet" in text_of(panel.response)


async def test_a_preview_says_why(supplied):
    await supplied.add_digest()
    shown = await supplied.admin.slash(supplied.general, "digest preview", name="Morning")
    assert re.search(r"Preview as of <t:\d+:t>\. It may change until <t:\d+:t>", text_of(shown.response))
    asked = await supplied.admin.click(shown.response, label="Why these?")
    assert asked.ephemeral
    seen = text_of(asked.response)
    assert "Why these stories" in seen
    assert "Ferry sails again" in seen


async def test_a_manual_edition_moves_the_window_if_asked(supplied):
    await supplied.add_digest()
    answer = await supplied.admin.slash(supplied.general, "digest post", name="Morning", moves_window=True)
    assert "The next scheduled edition tells what comes in from now on" in text_of(answer.response)
    digest = await kept(supplied)
    ((edition, _),) = (await supplied.dateline.digesting.history(digest)).records
    assert edition.moves_window
    window = await supplied.dateline.editions.window(digest, supplied.dateline.clock.now())
    assert window[0] == edition.window_end


async def test_another_kind_of_channel_is_taken_when_dateline_may_post_there(place):
    announcements = place.guild.create_news_channel("announcements")
    forum = place.guild.create_forum_channel("library")
    for name, channel in (("Announced", announcements), ("Filed", forum)):
        question = await place.plan_digest(name, channel=channel)
        assert f"<#{channel.id}>" in text_of(question)
        await place.admin.click(question, label="Keep it")
        assert "is set up" in text_of(question)
    panel = await options(place, "Announced")
    await posts(place, panel, ["published"])
    assert "published to followers" in text_of(panel.response)


async def test_nobody_but_the_one_who_opened_it_uses_a_panel(place):
    """FAULTS 41."""
    await place.add_digest()
    digest = await kept(place)
    for action in ("edit", "options", "pause", "resume", "history", "remove", "drop", "post", "why", "tells", "live"):
        pressed = await place.press(place.deputy, digest_panel(action, digest.digest_id, place.admin.id))
        assert "answers only to the one who opened it" in text_of(pressed.response)
        assert pressed.ephemeral
    pressed = await place.press(place.deputy, digest_history(digest.digest_id, place.admin.id))
    assert "answers only to the one who opened it" in text_of(pressed.response)
    assert await kept(place) == digest


async def test_another_servers_zone_is_not_offered(place, elsewhere):
    """FAULTS 42."""
    async with elsewhere.dateline.storage.begin() as tx:
        await tx.servers.ensure(elsewhere.guild.id, elsewhere.dateline.clock.now())
        await tx.servers.change(elsewhere.guild.id, timezone="Pacific/Auckland")
    zones = await place.admin.autocomplete(place.general, "digest add", "timezone", "")
    assert "Pacific/Auckland" not in [zone["value"] for zone in zones]
    plans = await place.admin.autocomplete(place.general, "digest add", "when", "daily 8:00")
    assert plans[0]["name"].endswith("UTC")


async def test_another_servers_digest_is_not_found_by_its_id(place, elsewhere):
    """FAULTS 41: a custom id of another server is replayed here."""
    await elsewhere.add_digest("Secret")
    secret = await kept(elsewhere, "Secret")
    for action in ("edit", "options", "pause", "resume", "history", "remove", "drop", "post", "why"):
        pressed = await place.press(place.admin, digest_panel(action, secret.digest_id, place.admin.id))
        assert "not there any more" in text_of(pressed.response or pressed.followups[0])
    pressed = await place.press(place.admin, digest_history(secret.digest_id, place.admin.id))
    assert "not there any more" in text_of(pressed.response or pressed.followups[0])
    assert await kept(elsewhere, "Secret") == secret


async def test_another_servers_edition_is_not_opened_by_its_number(supplied, elsewhere):
    """FAULTS 41: the menu of editions is sent with a number that it does not offer."""
    await posted(supplied)
    ((edition, _),) = (await supplied.dateline.digesting.history(await kept(supplied))).records
    with pytest.raises(NotFound):
        await elsewhere.dateline.digesting.as_sent(elsewhere.guild.id, edition.edition_id)


async def test_a_digest_moves_to_another_channel(place):
    await place.add_digest("Morning")
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    await edit(place, panel, Channel=[place.general])
    assert f"<#{place.general.id}>" in text_of(panel.response)


async def test_another_servers_digests_are_out_of_reach(place, elsewhere):
    """FAULTS 41 and 42."""
    await elsewhere.add_digest("Secret")
    await place.add_digest("Open")
    names = await place.admin.autocomplete(place.general, "digest manage", "name", "")
    assert [name["value"] for name in names] == ["Open"]
    for command in ("digest manage", "digest preview", "digest post"):
        typed = await place.admin.slash(place.general, command, name="Secret")
        assert "no digest named “Secret”" in text_of(typed.response)


async def test_a_lost_channel_pauses_the_digest_and_is_told(supplied):
    await supplied.add_digest()
    supplied.env.inject_error(
        "POST", f"/channels/{supplied.news.id}/messages", status=403, code=50013, message="Missing Permissions", times=1
    )
    answer = await supplied.admin.slash(supplied.general, "digest post", name="Morning")
    assert "may not write in the channel" in text_of(answer.response)
    listed = await supplied.admin.slash(supplied.general, "digest list")
    assert "paused: Dateline may not write" in text_of(listed.response)


async def test_a_permission_taken_away_pauses_the_digest(supplied):
    await supplied.add_digest()
    supplied.lock_news()
    await paused_for(supplied, "Dateline may not write in the channel. It needs View Channel, Send Messages")


async def test_a_deleted_channel_pauses_the_digest(supplied):
    await supplied.add_digest()
    supplied.env.backend.delete_channel(supplied.news.id)
    await supplied.env.settle()
    await paused_for(supplied, "The channel was deleted.")


async def paused_for(place, trouble):
    answer = await place.admin.slash(place.general, "digest post", name="Morning")
    assert f"It could not be posted. {trouble}" in text_of(answer.response)
    listed = await place.admin.slash(place.general, "digest list")
    assert f"paused: {trouble}" in text_of(listed.response)
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    assert f"Paused.\nLast problem: {trouble}" in text_of(panel.response)
    assert "Resume" in buttons_of(panel.response)


async def test_hostile_news_is_read_in_an_edition_and_does_nothing(place):
    """FAULTS 39."""
    hostile = "@everyone <@&1> [bank](http://evil.example) \u202eeman"
    text = f"The @here club of <#1> paid ||twice|| at [bank](http://evil.example) on Friday. {FERRY}"
    async with serving({"/feed.xml": rss("**Bold** @everyone", [(hostile, text)], at="hostile")}) as site:
        await place.supply(site.url("/feed.xml"))
    message = await posted(place)
    pressed = await place.member.click(message, label="Sources")
    assert not message.mention_everyone
    assert not message.mentions
    assert not message.role_mentions
    for seen in (text_of(message), text_of(pressed.response)):
        unescaped = re.sub(r"\\.", "", seen)
        assert "\u202e" not in seen
        assert not re.search(r"@everyone|@here|<[@#]|\|\||\[bank\]", unescaped)


async def test_what_was_posted_still_answers_after_a_restart(supplied):
    message = await posted(supplied)
    async with serving({"/ferry": page("Ferry sails again", FERRY)}) as site:
        brief = await supplied.member.slash(supplied.general, "brief", link=site.url("/ferry"))
    panel = await supplied.admin.slash(supplied.general, "digest manage", name="Morning")
    source = await supplied.admin.slash(supplied.general, "source manage", label="Island Post")
    await supplied.restart()
    edition = await supplied.member.click(message, label="Sources")
    assert "> " in text_of(edition.response)
    assert "Paused." not in text_of(panel.response)
    reply = await supplied.member.click(brief.response, label="Sources")
    assert "> " in text_of(reply.response)
    await pause(supplied, panel)
    assert "Paused." in text_of(panel.response)
    await supplied.admin.click(source.response, label="Pause")
    assert "State: paused" in text_of(source.response)


async def test_news_is_listed_found_and_explained(supplied):
    latest = await supplied.member.slash(supplied.general, "news latest")
    assert "Ferry sails again" in text_of(latest.response)
    assert latest.ephemeral
    found = await supplied.member.slash(supplied.general, "news search", query="propeller")
    assert "Ferry sails again" in text_of(found.response)
    nothing = await supplied.member.slash(supplied.general, "news search", query="zeppelin")
    assert "No stored article holds all of “zeppelin”" in text_of(nothing.response)
    suggested = await supplied.member.autocomplete(supplied.general, "news search", "query", "ferry")
    assert [choice["value"] for choice in suggested] == ["Ferry sails again"]
    for who, admin in ((supplied.member, False), (supplied.admin, True)):
        help_text = text_of((await who.slash(supplied.general, "news help")).response)
        assert "/brief" in help_text
        assert ("/source add" in help_text) == admin


async def test_news_works_in_direct_messages(place):
    """There are no sources, and nothing of any server is shown."""
    user = place.member.user
    assert {name.split()[0] for name in user.available_commands()} == {"brief", "news", "Brief this"} - {"Brief this"}
    assert "Nothing is stored yet" in text_of((await user.slash("news latest")).response)
    assert "/brief" in text_of((await user.slash("news help")).response)


async def test_nothing_is_stored_yet(place):
    latest = await place.member.slash(place.general, "news latest")
    assert "Nothing is stored yet" in text_of(latest.response)


async def test_only_channels_that_something_can_be_posted_in_are_offered(place):
    add = place.world.bot.tree.get_command("digest").get_command("add")
    assert add.get_parameter("channel").channel_types == DESTINATIONS
    assert discord.ChannelType.media not in DESTINATIONS  # a post there needs a picture
