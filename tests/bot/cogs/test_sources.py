"""/source: look first, keep when asked to, look after what is kept; nothing of another server is reached."""

import pytest
import simcord

from bot.demo.reading import buttons_of, text_of
from tests.bot.cogs.papers import FERRY, FRONT_PAGE, page, rss
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_a_site_is_shown_before_it_is_kept(place):
    async with serving({"/": FRONT_PAGE, "/feed.xml": rss()}) as site:
        before = place.rows()
        asked = await place.admin.slash(place.general, "source add", address=site.url("/"), label="Island")
        seen = text_of(asked.response)
        assert "Island Post" in seen
        assert "4 entries" in seen
        assert "Ferry sails again" in seen
        assert asked.ephemeral
        assert place.rows() == before
        await place.admin.click(asked.response, label="Follow")
    assert "**Island** is followed" in text_of(asked.response)
    assert buttons_of(asked.response) == {}
    assert len(await place.articles()) == 4


async def test_what_is_not_wanted_is_not_kept(place):
    async with serving({"/feed.xml": rss()}) as site:
        before = place.rows()
        asked = await place.admin.slash(place.general, "source add", address=site.url("/feed.xml"))
        await place.admin.click(asked.response, label="Cancel")
    assert "Nothing was kept" in text_of(asked.response)
    assert place.rows() == before


REFUSED = {
    "/gone": "no page at this address",
    "/page": "feed",
    "http://10.0.0.1/feed": "not a public address",
    "http://localhost:6379/": "not",
    "news": "not a web address",
    "ftp://example.org/feed": "Only http and https",
}


@pytest.mark.parametrize("address", REFUSED)
async def test_what_is_no_source_is_refused_in_words(place, address):
    before = place.rows()
    async with serving({"/page": page("Ferry sails again", FERRY), "/gone": Reply("", 404)}) as site:
        typed = site.url(address) if address.startswith("/") else address
        asked = await place.admin.slash(place.general, "source add", address=typed)
    assert REFUSED[address] in text_of(asked.response)
    assert asked.ephemeral
    assert place.rows() == before


async def test_a_source_or_label_that_is_there_already_is_refused(place):
    async with serving({"/a": rss(at="a"), "/b": rss("Other", at="b")}) as site:
        await place.supply(site.url("/a"), "Island")
        again = await place.admin.slash(place.general, "source add", address=site.url("/a"))
        told = await place.admin.click(again.response, label="Follow")
        assert "already, as “Island”" in text_of(told.followups[-1])
        clash = await place.admin.slash(place.general, "source add", address=site.url("/b"), label="ISLAND")
        told = await place.admin.click(clash.response, label="Follow")
        assert "labelled “ISLAND” already" in text_of(told.followups[-1])


async def test_a_hostile_label_is_quoted_without_effect(place):
    async with serving(
        {"/a": rss("[bank](http://evil.example)", at="x"), "/b": rss("[bank](http://evil.example)")}
    ) as site:
        await place.supply(site.url("/a"))
        clash = await place.admin.slash(place.general, "source add", address=site.url("/b"))
        before = place.rows()
        told = await place.admin.click(clash.response, label="Follow")
        assert r"labelled “\[bank\](http://evil.example)” already" in text_of(told.followups[-1])
        assert place.rows() == before


async def test_the_panel_tests_pauses_resumes_and_removes(place):
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
        panel = await place.admin.slash(place.general, "source manage", label="island")
        assert set(buttons_of(panel.response)) == {"Test now", "Pause", "Remove"}
        await place.admin.click(panel.response, label="Test now")
        assert "it answers as it should" in text_of(panel.response)
        site.replies["/feed.xml"] = Reply("", 503)
        await place.admin.click(panel.response, label="Test now")
        assert "Tested:" in text_of(panel.response)
        assert "503" in text_of(panel.response)
    await place.admin.click(panel.response, label="Pause")
    assert "State: paused" in text_of(panel.response)
    await place.admin.click(panel.response, label="Resume")
    await place.admin.click(panel.response, label="Remove")
    assert set(buttons_of(panel.response)) == {"Remove", "Keep it"}
    await place.admin.click(panel.response, label="Keep it")
    await place.admin.click(panel.response, label="Remove")
    await place.admin.click(panel.response, label="Remove")
    assert "is not followed any more" in text_of(panel.response)
    listed = await place.admin.slash(place.general, "source list")
    assert "No sources yet" in text_of(listed.response)


async def test_the_list_shows_how_sources_are_doing(place):
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
        listed = await place.admin.slash(place.general, "source list")
        assert "**Island**" in text_of(listed.response)
        assert "well, read" in text_of(listed.response)


async def test_hostile_titles_are_read_and_do_nothing(place):
    """FAULTS 39."""
    hostile = "@everyone <@&1> [bank](http://evil.example) \u202e# big"
    async with serving({"/feed.xml": rss(hostile, [(hostile, f"A hostile title stood over this. {FERRY}")])}) as site:
        shown = text_of(await place.follow(site.url("/feed.xml"), "Hostile"))
    latest = text_of((await place.member.slash(place.general, "news latest")).response)
    for seen in (shown, latest):
        assert "[bank](" not in seen.replace("\\[", "")
        assert "\u202e" not in seen
        assert "<@&1>" not in seen
    assert r"\[bank\](http://evil.example)" in latest


async def test_another_servers_sources_are_out_of_reach(place, elsewhere):
    """FAULTS 41 and 42: neither names nor ids of another server lead anywhere."""
    async with serving({"/feed.xml": rss()}) as site:
        await elsewhere.supply(site.url("/feed.xml"), "Secret")
        await place.supply(site.url("/feed.xml"), "Open")
    assert await place.admin.autocomplete(place.general, "source manage", "label", "") == [
        {"name": "Open", "value": "Open"}
    ]
    typed = await place.admin.slash(place.general, "source manage", label="Secret")
    assert "no source labelled “Secret”" in text_of(typed.response)
    async with place.dateline.storage.reading() as tx:
        (foreign,) = await tx.sources.list_subscriptions(elsewhere.guild.id)
        (own,) = await tx.sources.list_subscriptions(place.guild.id)
    assert foreign.source == own.source  # polled once, followed twice
    await place.admin.slash(place.general, "source manage", label="Open")
    panel = await elsewhere.admin.slash(elsewhere.general, "source manage", label="Secret")
    for label in ("Remove", "Remove"):
        await elsewhere.admin.click(panel.response, label=label)
    async with place.dateline.storage.reading() as tx:
        assert await tx.sources.list_subscriptions(place.guild.id) == [own]
        assert await tx.sources.list_subscriptions(elsewhere.guild.id) == []
    gone = await elsewhere.admin.slash(elsewhere.general, "source manage", label="Secret")
    assert "no source labelled" in text_of(gone.response)


async def test_members_are_not_offered_what_admins_do(place):
    offered = place.member.available_commands(place.general)
    assert not {name for name in offered if name.split()[0] in ("source", "digest")}
    for command, options in (("source list", {}), ("digest list", {})):
        with pytest.raises(simcord.SetupError, match="default-member-permissions"):
            await place.member.slash(place.general, command, **options)
