"""/source: look first, keep when asked to, look after what is kept; nothing of another server is reached."""

import pytest
import simcord

from bot.cogs.feedquestions import FeedQuestion
from bot.demo.reading import buttons_of, text_of
from bot.services.following import Weight
from bot.ui import custom_ids
from tests.bot.cogs.papers import FERRY, FRONT_PAGE, page, rss
from tests.leaks import a_secret
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="package")


PANEL = {"Test now", "Pause", "Edit", "Filters", "Change address", "Remove"}


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


async def test_a_name_that_a_feed_gives_itself_is_shown_and_does_nothing(place):
    """FAULTS 39: it stands among the names that Discord offers."""
    async with serving({"/a": rss("\u202eIsland", at="a"), "/b": rss("\u200b\u2060", at="b")}) as site:
        turned = await place.supply(site.url("/a"))
        nameless = await place.supply(site.url("/b"))
    offered = await place.admin.autocomplete(place.general, "source manage", "label", "")
    assert {choice["name"] for choice in offered} == {"Island", nameless.label} == {"Island", "127.9.9.1"}
    panel = await place.admin.slash(place.general, "source manage", label=turned.label)
    assert "### Island" in text_of(panel.response)


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
        assert "follows it already, as **Island**" in text_of(again.response)
        assert set(buttons_of(again.response)) == {"Close"}
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
        assert set(buttons_of(panel.response)) == PANEL
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


async def fill_in(place, panel, button, *values):
    """Fill in the form behind a button of the panel, field by field."""
    form = await place.admin.click(panel.response, label=button)
    fields = [part["component"]["custom_id"] for part in form.modal["components"]]
    return await place.admin.submit_modal(form, dict(zip(fields, values, strict=True)))


async def test_filters_are_kept_when_they_are_understood(place):
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
    panel = await place.admin.slash(place.general, "source manage", label="Island")
    bad = await fill_in(place, panel, "Filters", "football")
    assert "Line 1 of the rules cannot be used: “football”" in text_of(bad.response)
    again = await place.admin.click(bad.followups[0], label="Edit what you typed")
    assert again.modal["components"][0]["component"]["value"] == "football"
    assert "Rules:" not in text_of(panel.response)
    await fill_in(place, panel, "Filters", "- football\n+ `ferry`")
    assert "Saved." in text_of(panel.response)
    assert "Rules: `- football`" in text_of(panel.response)
    (kept,) = await place.dateline.following.list_all(place.guild.id)
    assert (kept.rules.splitlines()[0], kept.weight) == ("- football", 1.0)


async def test_label_category_and_weight_are_edited_and_the_rules_stay(place):
    async with serving({"/a": rss(at="a"), "/b": rss("Other", at="b")}) as site:
        await place.supply(site.url("/a"), "Island")
        await place.supply(site.url("/b"), "Other")
    panel = await place.admin.slash(place.general, "source manage", label="Island")
    await fill_in(place, panel, "Filters", "- football")
    assert "Weight: normal" in text_of(panel.response)
    clash = await fill_in(place, panel, "Edit", "OTHER", "", ["NORMAL"])
    assert "labelled “OTHER” already" in text_of(clash.response)
    blank = await fill_in(place, panel, "Edit", "\u2060", "", ["NORMAL"])
    assert "A source needs a label" in text_of(blank.response)
    await fill_in(place, panel, "Edit", "ISLAND", " News / Local/ ", ["HIGH"])
    shown = text_of(panel.response)
    for words in ("### ISLAND", "Weight: high · Category: News/Local", "Rules: `- football`", "Saved."):
        assert words in shown
    listed = text_of((await place.admin.slash(place.general, "source list")).response)
    assert listed.index("**Without a category**") < listed.index("**Other**") < listed.index("**News/Local**")
    assert listed.index("**News/Local**") < listed.index("**ISLAND**")


async def change_address(place, panel, address):
    form = await place.admin.click(panel.response, label="Change address")
    (field,) = (part["component"]["custom_id"] for part in form.modal["components"])
    return await place.admin.submit_modal(form, {field: address})


async def test_another_address_is_looked_at_before_it_is_used(place):
    async with serving({"/old": rss(at="old"), "/new": rss("Island Post anew", at="new")}) as site:
        before = await place.supply(site.url("/old"), "Island")
        panel = await place.admin.slash(place.general, "source manage", label="Island")
        refused = await change_address(place, panel, site.url("/nowhere"))
        assert "no page at this address" in text_of(refused.response)
        asked = await change_address(place, panel, site.url("/new"))
        assert "Island Post anew" in text_of(asked.response)
        assert "Follow it as **Island**, in place of the present address?" in text_of(asked.response)
        await place.admin.click(asked.response, label="Cancel")
        assert await place.dateline.following.list_all(place.guild.id) == [before]
        asked = await change_address(place, panel, site.url("/new"))
        await place.admin.click(asked.response, label="Use it")
        assert "From now on it is read at this address." in text_of(asked.response)
    (moved,) = await place.dateline.following.list_all(place.guild.id)
    assert (moved.label, moved.source.address) == ("Island", site.url("/new"))
    assert moved.source.last_success_at is not None


async def test_an_address_that_is_followed_already_takes_no_others_place(place):
    async with serving({"/a": rss(at="a"), "/b": rss("Other", at="b")}) as site:
        await place.supply(site.url("/a"), "Island")
        await place.supply(site.url("/b"), "Other")
        panel = await place.admin.slash(place.general, "source manage", label="Island")
        asked = await change_address(place, panel, site.url("/b"))
    assert "follows it already, as **Other**" in text_of(asked.response)
    assert set(buttons_of(asked.response)) == {"Close"}


async def test_a_moved_source_of_one_server_stays_where_it_was_for_another(place, elsewhere):
    async with serving({"/old": rss(at="old"), "/new": rss(at="new")}) as site:
        await place.supply(site.url("/old"), "Island")
        foreign = await elsewhere.supply(site.url("/old"), "Island")
        panel = await place.admin.slash(place.general, "source manage", label="Island")
        asked = await change_address(place, panel, site.url("/new"))
        await place.admin.click(asked.response, label="Use it")
    (kept,) = await place.dateline.following.list_all(elsewhere.guild.id)
    assert kept.source.source_id == foreign.source.source_id


async def test_a_feed_that_is_gone_for_good_is_not_asked_again(place):
    """FAULTS 23: 410 pauses at once; a test by hand asks once more."""
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
        site.replies["/feed.xml"] = Reply("", 410)
        panel = await place.admin.slash(place.general, "source manage", label="Island")
        await place.admin.click(panel.response, label="Test now")
        (gone,) = await place.dateline.following.list_all(place.guild.id)
        assert gone.source.next_poll_at is None
        assert "State: not asked any more: it failed for good" in text_of(panel.response)
        assert "removed this page for good" in text_of(panel.response)
        assert "*Test now* asks once more" in text_of(panel.response).replace("\\", "")
        site.replies["/feed.xml"] = rss()
        await place.admin.click(panel.response, label="Test now")
    (back,) = await place.dateline.following.list_all(place.guild.id)
    assert back.source.next_poll_at is not None


async def test_the_list_shows_how_sources_are_doing(place):
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
        listed = await place.admin.slash(place.general, "source list")
        assert "**Island**" in text_of(listed.response)
        assert "well, read" in text_of(listed.response)


async def test_hostile_titles_are_read_and_do_nothing(place):
    """FAULTS 39."""
    hostile = "@everyone <@&1> [bank](http://evil.example) \u202e# big"
    story = "The harbour clock of Sorrel stopped at noon. " + "Its maker wound it again before the evening ferry. " * 6
    async with serving({"/feed.xml": rss(hostile, [(hostile, story)])}) as site:
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


# several feeds of a site


def two_feeds(**more):
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="/{title}">'
        for title in ("News", "Views")
    )
    return {"/": page("Island Post", FERRY, head), "/News": rss("News", at="n"), "/Views": rss("Views", at="v"), **more}


async def test_another_feed_of_the_site_can_be_chosen_before_it_is_kept(place):
    async with serving(two_feeds()) as site:
        asked = await place.admin.slash(place.general, "source add", address=site.url("/"), category="Isles/East")
        assert "### News" in text_of(asked.response)
        assert "Follow it in Isles/East?" in text_of(asked.response)
        await place.admin.select(asked.response, ["1"])
        assert "### Views" in text_of(asked.response)
        await place.admin.click(asked.response, label="Follow")
        assert "**Views** is followed" in text_of(asked.response)
    (kept,) = await place.dateline.following.list_all(place.guild.id)
    assert (kept.source.address, kept.category) == (site.url("/Views"), "Isles/East")


async def test_a_feed_that_cannot_be_read_leaves_the_choice_as_it_was(place):
    async with serving(two_feeds(**{"/Views": Reply("", 404)})) as site:
        asked = await place.admin.slash(place.general, "source add", address=site.url("/"))
        told = await place.admin.select(asked.response, ["1"])
        assert "no page at this address" in text_of(told.followups[-1])
        assert "### News" in text_of(asked.response)
        await place.admin.click(asked.response, label="Follow")
    assert "**News** is followed" in text_of(asked.response)


async def test_categories_that_are_there_are_offered_to_the_own_server_only(place, elsewhere):
    """FAULTS 42."""
    async with serving({"/a": rss(at="a")}) as site:
        kept = await place.supply(site.url("/a"), "Island")
        weight = Weight.NORMAL
        await place.dateline.following.edit(
            place.guild.id, kept.source.source_id, label="Island", category="Isles/East", weight=weight
        )
    offered = await place.admin.autocomplete(place.general, "source add", "category", "isl")
    assert offered == [{"name": "Isles/East", "value": "Isles/East"}]
    assert await elsewhere.admin.autocomplete(elsewhere.general, "source add", "category", "") == []


async def test_where_nothing_is_found_the_answer_says_where_it_was_looked(place):
    async with serving({"/": page("Island", "Nothing here.")}) as site:
        asked = await place.admin.slash(place.general, "source add", address=site.url("/"))
    assert "announces no feed; these places were tried too: /feed, /rss.xml" in text_of(asked.response)
    assert asked.ephemeral
    assert not buttons_of(asked.response)


async def test_the_panel_shows_what_the_preview_showed(place):
    async with serving({"/feed.xml": rss()}) as site:
        asked = await place.admin.slash(place.general, "source add", address=site.url("/feed.xml"), label="Island")
        previewed = text_of(asked.response)
        await place.admin.click(asked.response, label="Follow")
    panel = text_of((await place.admin.slash(place.general, "source manage", label="Island")).response)
    for headline in ("Ferry sails again", "Frost halves orchards", "Observatory closes dome"):
        assert headline in previewed
        assert headline in panel
    assert "Next look: <t:" in panel


# lists


def opml(*outlines):
    return ("opml.xml", f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode())


def outline(title, address):
    return f'<outline text="{title}" xmlUrl="{address}"/>'


async def test_a_list_is_shown_before_it_is_imported(place):
    """FAULTS 44: what is in it, what is not taken and why; and nothing is fetched."""
    async with serving({"/a": rss(at="a")}) as site:
        await place.supply(site.url("/a"), "Island")
        requests = len(site.paths)
        file = opml(
            f"<outline text='Isles'>{outline('East', site.url('/e'))}{outline('West', site.url('/w'))}</outline>",
            outline("Island again", site.url("/a/")),
            outline("Bad [x](http://evil.example)", "javascript:alert(1)"),
        )
        before = place.rows()
        asked = await place.admin.slash(place.general, "source import", file=file)
        seen = text_of(asked.response)
        assert place.rows() == before
        for words in ("2 sources that this server", "1 followed already", "1 refused", "Isles (2)", "Follow these 2?"):
            assert words in seen
        assert r"4. Bad \[x\](http://evil.example): Only http and https addresses are fetched, not javascript." in seen
        told = await place.admin.click(asked.response, label="Import")
        assert "**2 sources** are followed now." in text_of(asked.response)
        (report,) = told.followups[-1].attachments
        assert report.filename == "import-report.txt"
        assert len(site.paths) == requests
    kept = {each.label: each for each in await place.dateline.following.list_all(place.guild.id)}
    assert set(kept) == {"Island", "East", "West"}
    assert kept["West"].category == "Isles"
    listed = text_of((await place.admin.slash(place.general, "source list")).response)
    assert "**Isles**\n- **East** · [127.9.9.1]" in listed
    assert "not read yet" in listed


async def test_a_private_address_of_a_list_is_never_connected_to_and_says_so(place):
    """FAULTS 1 and 44: it is refused when it is first read, and its health tells why."""
    asked = await place.admin.slash(
        place.general, "source import", file=opml(outline("Inside", "http://10.0.0.1/feed"))
    )
    await place.admin.click(asked.response, label="Import")
    panel = await place.admin.slash(place.general, "source manage", label="Inside")
    assert "State: not read yet" in text_of(panel.response)
    await place.admin.click(panel.response, label="Test now")
    assert "Last problem: 10.0.0.1: That is not a public address" in text_of(panel.response)


async def test_what_is_not_wanted_is_not_imported(place):
    before = place.rows()
    asked = await place.admin.slash(place.general, "source import", file=opml(outline("A", "https://a.example")))
    await place.admin.click(asked.response, label="Cancel")
    assert place.rows() == before


async def test_a_list_with_nothing_new_asks_nothing(place):
    asked = await place.admin.slash(place.general, "source import", file=opml(outline("A", "file:///etc/passwd")))
    assert "There is nothing to import." in text_of(asked.response)
    assert not buttons_of(asked.response)


BAD_LISTS = {
    "nothing": ({}, "Give either the OPML file or its address."),
    "both": ({"file": opml(), "address": "https://a.example"}, "Give either the OPML file or its address."),
    "a private address": ({"address": "http://169.254.169.254/list"}, "not a public address"),
    "a document type": ({"file": ("x.opml", b"<!DOCTYPE a []><opml/>")}, "declares a document type"),
    "a feed": ({"file": ("x.opml", b"<rss/>")}, "`/source add` follows it"),
    "too large": ({"file": ("x.opml", b" " * 8_000_001)}, "larger than 8 MB"),
}


@pytest.mark.parametrize("case", BAD_LISTS)
async def test_what_is_no_list_is_refused_in_words(place, case):
    """FAULTS 6 and 44."""
    options, words = BAD_LISTS[case]
    before = place.rows()
    answer = await place.admin.slash(place.general, "source import", **options)
    assert words in text_of(answer.response)
    assert answer.ephemeral
    assert place.rows() == before


async def test_what_one_server_exports_another_imports(place, elsewhere):
    async with serving({"/a": rss(at="a")}) as site:
        await place.supply(site.url("/a"), "Island")
    answer = await place.admin.slash(place.general, "source export")
    assert "1 source with labels and categories" in text_of(answer.response)
    (file,) = answer.response.attachments
    assert file.filename == "dateline-sources.opml"
    assert answer.ephemeral
    body = await file.read()
    asked = await elsewhere.admin.slash(elsewhere.general, "source import", file=(file.filename, body))
    await elsewhere.admin.click(asked.response, label="Import")
    (theirs,) = await elsewhere.dateline.following.list_all(elsewhere.guild.id)
    (mine,) = await place.dateline.following.list_all(place.guild.id)
    assert (theirs.label, theirs.source) == (mine.label, mine.source)


async def test_a_long_list_is_turned_by_whoever_asked_for_it_also_after_a_restart(place, elsewhere):
    """FAULTS 41: a page shows the sources of the asking server, whatever the button says."""
    many = opml(*(outline(f"Paper number {n:03}", f"https://p{n}.example/feed") for n in range(120)))
    asked = await place.admin.slash(place.general, "source import", file=many)
    await place.admin.click(asked.response, label="Import")
    listed = await place.admin.slash(place.general, "source list")
    assert "Sources (120)" in text_of(listed.response)
    assert "Paper number 000" in text_of(listed.response)
    await place.admin.click(listed.response, label="Next")
    assert "page 2 of" in text_of(listed.response)
    assert "Paper number 000" not in text_of(listed.response)
    foreign = custom_ids.source_list(place.admin.id, 1)
    pressed = await place.press(place.deputy, foreign)
    assert "answers only to the one who asked for it" in text_of(pressed.response)
    own = await elsewhere.press(elsewhere.admin, custom_ids.source_list(elsewhere.admin.id, 1))
    assert "No sources yet" in text_of(own.response or own.message)


async def test_the_password_of_a_login_is_shown_to_nobody(place):
    """FAULTS 46: neither in the preview, the panel, the list, the form nor the answer to its removal."""
    password = a_secret()
    async with serving({"/feed.xml": rss()}) as site:
        address = site.url("/feed.xml").replace("//", f"//reader:{password}@")
        asked = await place.admin.slash(place.general, "source add", address=address, label="Private")
        seen = [text_of(asked.response)]
        await place.admin.click(asked.response, label="Follow")
        panel = await place.admin.slash(place.general, "source manage", label="Private")
        form = await place.admin.click(panel.response, label="Change address")
        listed = await place.admin.slash(place.general, "source list")
        seen += [text_of(each.response) for each in (panel, listed)] + [str(form.modal)]
        assert "127.9.9.1, with a login" in seen[0]
        assert "127.9.9.1, with a login" in seen[1]
        for label in ("Remove", "Remove"):
            await place.admin.click(panel.response, label=label)
    seen.append(text_of(panel.response))
    assert asked.ephemeral
    assert not [text for text in seen if password in text]


async def test_a_question_that_nobody_answers_says_so(place):
    async with serving({"/feed.xml": rss()}) as site:
        asked = await place.admin.slash(place.general, "source add", address=site.url("/feed.xml"))
    waiting = place.world.bot._connection._view_store._synced_message_views.values()
    questions = [view for view in waiting if isinstance(view, FeedQuestion) and not view.is_finished()]
    await questions[-1].on_timeout()
    assert "No answer came, so nothing was kept. `/source add` asks again." in text_of(asked.response)
    assert not buttons_of(asked.response)
    assert await place.dateline.following.list_all(place.guild.id) == []


async def test_the_panel_of_a_source_answers_after_a_restart(place):
    async with serving({"/feed.xml": rss()}) as site:
        await place.supply(site.url("/feed.xml"), "Island")
    panel = await place.admin.slash(place.general, "source manage", label="Island")
    await place.restart()
    await place.admin.click(panel.response, label="Pause")
    assert "State: paused" in text_of(panel.response)
