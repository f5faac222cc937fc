"""/digest and the editions it leads to, as admins and readers meet them."""

import re

import pytest
import pytest_asyncio

from bot.app import DatelineBot
from bot.demo.reading import buttons_of, text_of
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


async def test_a_digest_is_set_up_and_says_when_it_comes(place):
    added = await place.add_digest("Morning", days="mon, wed", stories=5)
    seen = text_of(added)
    assert "Morning is set up" in seen
    assert "08:30 Europe/Lisbon, on Mon, Wed · up to 5 stories" in seen
    assert seen.count("<t:") == 4
    listed = await place.admin.slash(place.general, "digest list")
    assert f"**Morning** in <#{place.news.id}> · next <t:" in text_of(listed.response)


REFUSED = [
    ({"time": "soon"}, "not a time of day"),
    ({"time": "25:00"}, "not a time of day"),
    ({"days": "someday"}, "are not days"),
    ({"timezone": "Lisbon"}, "Did you mean `Europe/Lisbon`"),
    ({"timezone": "Mars/Olympus"}, "no time zone “Mars/Olympus”"),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
async def test_what_is_not_understood_is_refused_and_not_kept(place, changes, sentence):
    before = place.rows()
    assert sentence in text_of(await place.add_digest(**changes))
    assert place.rows() == before


@pytest.mark.parametrize("field", ["time", "days", "timezone"])
async def test_long_and_hostile_words_are_quoted_short_and_without_effect(place, field):
    seen = text_of(await place.add_digest(**{field: "[bank](http://evil.example) <@1> " + "x" * 5900}))
    assert r"“\[bank\](http://evil.example) \<\@1" in seen
    assert "`" in seen  # the help after the quotation is still there
    assert len(seen) < 500


async def test_a_channel_that_dateline_may_not_write_to_is_refused(place):
    before = place.rows()
    seen = text_of(await place.add_digest(channel=place.closed))
    assert "lacks View Channel and Send Messages" in seen
    assert place.rows() == before


async def test_a_name_is_taken_once(place):
    await place.add_digest("Morning")
    assert "a digest named “MORNING” already" in text_of(await place.add_digest("MORNING"))


async def test_times_zones_and_days_are_suggested(place):
    zones = await place.admin.autocomplete(place.general, "digest add", "timezone", "lisb")
    assert [zone["value"] for zone in zones] == ["Europe/Lisbon"]
    days = await place.admin.autocomplete(place.general, "digest add", "days", "week")
    assert [day["value"] for day in days] == ["weekdays", "weekends"]


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


async def edit(place, panel, **changes):
    """Open the form of a panel, change some fields, send it."""
    form = await place.admin.click(panel.response, label="Edit")
    filled = {}
    for part in form.modal["components"]:
        field, label = part["component"], part["label"].split(":")[0]
        kept = [place.news] if label == "Channel" else field["value"]
        filled[field["custom_id"]] = changes.get(label, kept)
    return await place.admin.submit_modal(form, filled)


async def test_the_panel_edits_pauses_resumes_and_removes(place):
    await place.add_digest("Morning")
    panel = await place.admin.slash(place.general, "digest manage", name="morning")
    bad = await edit(place, panel, **{"Time of day": "noonish"})
    assert "not a time of day" in text_of(bad.response or bad.followups[0])
    await edit(place, panel, **{"Time of day": "6:15 pm", "Name": "Evening"})
    assert "### Evening" in text_of(panel.response)
    assert "18:15 Europe/Lisbon" in text_of(panel.response)
    await place.admin.click(panel.response, label="Pause")
    assert "Paused." in text_of(panel.response)
    await place.admin.click(panel.response, label="Resume")
    assert "Next: <t:" in text_of(panel.response)
    await place.admin.click(panel.response, label="Remove")
    await place.admin.click(panel.response, label="Keep it")
    await place.admin.click(panel.response, label="Remove")
    await place.admin.click(panel.response, label="Remove")
    assert "is removed" in text_of(panel.response)
    listed = await place.admin.slash(place.general, "digest list")
    assert "No digests yet" in text_of(listed.response)


async def test_an_edit_is_refused_as_a_whole(place):
    await place.add_digest("Morning")
    await place.add_digest("Noon")
    panel = await place.admin.slash(place.general, "digest manage", name="Morning")
    before = await place.dateline.digesting.list_all(place.guild.id)
    for changes, sentence in (
        ({"Name": "noon"}, "a digest named “noon” already"),
        ({"Time zone": "Lisbon"}, "Did you mean `Europe/Lisbon`"),
        ({"Days": "someday"}, "are not days"),
        ({"Name": " "}, "needs a name"),
        ({"Time of day": "7:00", "Channel": [place.closed]}, "lacks View Channel"),
    ):
        refused = await edit(place, panel, **changes)
        assert sentence in text_of(refused.response or refused.followups[0])
        assert refused.ephemeral
    assert await place.dateline.digesting.list_all(place.guild.id) == before


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
    restarted = DatelineBot()
    restarted.dateline = supplied.dateline
    await supplied.env.restart_bot(restarted)
    object.__setattr__(supplied.world, "bot", restarted)
    edition = await supplied.member.click(message, label="Sources")
    assert "> " in text_of(edition.response)
    assert "Paused." not in text_of(panel.response)
    reply = await supplied.member.click(brief.response, label="Sources")
    assert "> " in text_of(reply.response)
    await supplied.admin.click(panel.response, label="Pause")
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
