"""/brief with a link, a file and a form; Brief this on messages; what is no article is refused in words."""

import re
from textwrap import wrap

import pytest

from bot.demo.reading import buttons_of, text_of
from tests.bot.cogs.papers import FERRY, OBSERVATORY, ORCHARD, page, rss
from tests.printing import Printed
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def form_of(place, **answers):
    """Open the form of /brief and send it with a text or a file."""
    opened = await place.member.slash(place.general, "brief")
    text, file = (part["component"]["custom_id"] for part in opened.modal["components"])
    named = {"text": text, "file": file}
    return await place.member.submit_modal(opened, {named[name]: value for name, value in answers.items()})


async def test_a_link_is_briefed_for_all_to_see(place):
    async with serving({"/ferry": page("Ferry sails again", FERRY)}) as site:
        answer = await place.member.slash(place.general, "brief", link=site.url("/ferry"))
    seen = text_of(answer.response)
    assert "### Ferry sails again" in seen
    assert f"[127.9.9.1]({site.url('/ferry')})" in seen
    assert seen.count("\n- ") >= 2
    assert not answer.ephemeral
    assert list(buttons_of(answer.response)) == ["Sources"]
    assert await place.articles() == []  # it is no news of this server's sources


async def test_a_file_is_briefed(place):
    answer = await place.member.slash(place.general, "brief", file=("orchard.txt", ORCHARD.encode()))
    assert "31,000 tonnes" in text_of(answer.response)


async def test_the_form_takes_a_text(place):
    answer = await form_of(place, text=ORCHARD)
    assert "31,000 tonnes" in text_of(answer.response)
    assert not answer.ephemeral


async def test_the_form_takes_an_upload(place):
    answer = await form_of(place, file=[("orchard.md", f"# Frost\n\n{ORCHARD}".encode())])
    assert "### Frost" in text_of(answer.response)


async def test_of_text_and_files_in_the_form_nothing_is_lost(place):
    files = [("dome.txt", OBSERVATORY.encode()), ("noise.bin", bytes(range(256)) * 8), ("ferry.txt", FERRY.encode())]
    answer = await form_of(place, text=ORCHARD, file=files)
    (dome, _), (ferry, _), (orchard, _), (refused, private) = answers_of(answer)
    assert "40-tonne" in dome
    assert "propeller" in ferry
    assert "31,000 tonnes" in orchard
    assert "3 of 3" in orchard
    assert "noise.bin" in refused
    assert private


async def test_links_pasted_into_the_form_are_followed(place):
    async with serving({"/ferry": page("Ferry sails again", FERRY), "/dome": page("Dome", OBSERVATORY)}) as site:
        answer = await form_of(place, text=f"{site.url('/ferry')}\n{site.url('/dome')}")
    assert [text.splitlines()[0] for text, _ in answers_of(answer)] == ["### Ferry sails again", "### Dome"]


async def test_a_text_with_a_link_is_a_text(place):
    answer = await form_of(place, text=f"{ORCHARD}\n\nhttp://10.0.0.1/source")
    assert "31,000 tonnes" in text_of(answer.response)


async def test_a_pasted_text_may_have_a_title(place):
    answer = await form_of(place, text=f"Frost in the orchards\n\n{ORCHARD}")
    assert "### Frost in the orchards" in text_of(answer.response)


async def test_what_was_typed_and_refused_can_be_edited(place):
    answer = await form_of(place, text='{"articles": []}')
    kept = answer.followups[-1]
    assert kept.ephemeral
    assert "is data (JSON)" in "".join(text for text, _ in answers_of(answer))
    opened = await place.member.click(kept, label="Edit what you typed")
    component = opened.modal["components"][0]["component"]
    assert component["value"] == '{"articles": []}'
    again = await place.member.submit_modal(opened, {component["custom_id"]: ORCHARD})
    assert "31,000 tonnes" in text_of(again.response)


async def test_one_sentence_is_one_point(place):
    answer = await form_of(place, text="The harbour of Marrowport was closed on Friday after an oil spill.")
    assert text_of(answer.response).count("\n- ") == 1


async def test_a_text_without_sentence_end_is_briefed(place):
    answer = await form_of(place, text="the harbour was closed on Friday after an oil spill near the mole")
    assert "oil spill" in text_of(answer.response)


async def test_two_megabytes_of_text(place):
    answer = await place.member.slash(place.general, "brief", file=("long.txt", (ORCHARD + "\n\n").encode() * 3500))
    assert "31,000 tonnes" in text_of(answer.response)


LINKS = {
    "{site}/gone": "has no page at this address",
    "{site}/front": "No article text was found",
    "http://10.0.0.1/": "not a public address",
    "http://169.254.169.254/latest/meta-data": "not a public address",
    "http://localhost:8000/": "not",
    "javascript:alert(1)": "Only http and https",
    "news": "not a web address",
}


@pytest.mark.parametrize("link", LINKS)
async def test_links_that_are_no_articles_are_refused_privately(place, link):
    before = place.rows()
    async with serving({"/front": Reply("<html><body></body></html>")}) as site:
        answer = await place.member.slash(place.general, "brief", link=link.format(site=site.base))
    refused_privately(place, answer, LINKS[link])
    assert place.rows() == before


async def test_a_text_in_place_of_a_link_is_told_where_texts_go(place):
    answer = await place.member.slash(place.general, "brief", link="The harbour was closed on Friday.")
    assert "`/brief` without a link opens a form for texts" in text_of(answer.response)
    assert answer.ephemeral


FILES = {
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "is a program"),
    "an archive": (b"PK\x03\x04" + bytes(range(256)) * 8, "is damaged. Open it"),
    "noise": (bytes(range(256)) * 8, "is no text, nor a file of another kind"),
    "blanks": (b" \n ", "empty"),
}


@pytest.mark.parametrize("case", FILES)
async def test_files_that_are_no_text_are_refused_privately(place, case):
    body, sentence = FILES[case]
    before = place.rows()
    answer = await place.member.slash(place.general, "brief", file=("notes.txt", body))
    refused_privately(place, answer, sentence)
    assert place.rows() == before


async def test_too_large_a_file_is_refused_before_it_is_downloaded(place):
    before, requests = place.rows(), len(place.env.http_requests)
    answer = await place.member.slash(place.general, "brief", file=("long.txt", b"a" * 8_000_001))
    refused_privately(place, answer, "larger than 8 MB")
    assert not [request for request in place.env.http_requests[requests:] if "attachments" in request.path]
    assert place.rows() == before


def answers_of(answer):
    """What was said, in order, with what the asker alone sees marked by True."""
    return [(text_of(said), said.ephemeral) for said in [answer.response, *answer.followups] if said is not None]


async def test_link_and_file_at_once_are_both_briefed(place):
    async with serving({"/ferry": page("Ferry sails again", FERRY)}) as site:
        file = ("orchard.txt", ORCHARD.encode())
        answer = await place.member.slash(place.general, "brief", link=site.url("/ferry"), file=file)
    (first, private), (second, private_too) = answers_of(answer)
    assert "31,000 tonnes" in first
    assert "1 of 2" in first
    assert "### Ferry sails again" in second
    assert "2 of 2" in second
    assert not private
    assert not private_too


async def test_several_links_are_briefed_and_those_refused_told_beside(place):
    async with serving({"/ferry": page("Ferry sails again", FERRY), "/dome": page("Dome", OBSERVATORY)}) as site:
        links = f"{site.url('/ferry')}, {site.url('/gone')} and {site.url('/dome')}."
        answer = await place.member.slash(place.general, "brief", link=links)
    (first, _), (second, _), (refused, private) = answers_of(answer)
    assert "### Ferry sails again" in first
    assert "### Dome" in second
    assert "2 of 2" in second
    assert private
    assert re.search("gone.*has no page at this address", refused)


async def test_a_link_to_a_file_reads_the_file(place):
    printed = Printed()
    printed.put(60, 760, 24, "Frost in the orchards")
    printed.column(60, 700, 10, wrap(ORCHARD.replace("\n\n", " "), 80))
    async with serving({"/a": Reply(printed.to_bytes(), content_type="application/pdf")}) as site:
        answer = await place.member.slash(place.general, "brief", link=site.url("/a"))
        seen = text_of(answer.response)
        assert "### Frost in the orchards" in seen
        assert f"[127.9.9.1]({site.url('/a')})" in seen


async def test_a_feed_is_named_and_not_briefed(place):
    async with serving({"/feed": rss("Island Post")}) as site:
        answer = await place.member.slash(place.general, "brief", link=site.url("/feed"))
    refused_privately(place, answer, "a feed with 4 entries, “Island Post”, not an article. `/source add` follows it")


MAIL = (
    b"From: Ada Quill <ada@orchard.example>\r\nSubject: Frost in the orchards\r\nMIME-Version: 1.0\r\n\r\n"
    + ORCHARD.encode()
)


async def test_a_mail_is_briefed_under_its_subject(place):
    answer = await place.member.slash(place.general, "brief", file=("frost.eml", MAIL))
    assert "### Frost in the orchards" in text_of(answer.response)


def refused_privately(place, answer, sentence):
    """The asker alone reads the sentence, and nothing is left in the channel for the others."""
    (said,) = answer.followups
    assert re.search(sentence, text_of(said))
    assert said.ephemeral
    assert place.general.history(viewer=place.admin) == []


@pytest.mark.parametrize("answers", [{}, {"text": " \n "}])
async def test_an_empty_form_is_asked_for_again(place, answers):
    before = place.rows()
    answer = await form_of(place, **answers)
    assert "Paste the article's text or choose a file" in text_of(answer.response)
    assert answer.ephemeral
    assert place.rows() == before


async def brief_this(place, content, **options):
    message = await place.member.send(place.general, content, **options)
    return await place.member.context_menu(place.general, "Brief this", message)


async def test_brief_this_reads_the_link_of_a_message(place):
    async with serving({"/ferry": page("Ferry sails again", FERRY)}) as site:
        answer = await brief_this(place, f"Look (<{site.url('/ferry')}>).")
    assert "### Ferry sails again" in text_of(answer.response)
    assert answer.ephemeral


async def test_brief_this_reads_the_attachment_of_a_message(place):
    answer = await brief_this(place, "attached", attachments=[("orchard.txt", ORCHARD.encode())])
    assert "31,000 tonnes" in text_of(answer.response)
    assert answer.ephemeral


async def test_brief_this_reads_the_text_of_a_message(place):
    answer = await brief_this(place, ORCHARD)
    assert "31,000 tonnes" in text_of(answer.response)
    assert answer.ephemeral


async def test_brief_this_reads_every_link_and_attachment_once(place):
    async with serving({"/ferry": page("Ferry sails again", FERRY)}) as site:
        link = site.url("/ferry")
        message = f"{link} and again <{link}>; see https://discord.com/channels/1/2/3"
        answer = await brief_this(place, message, attachments=[("frost.eml", MAIL), ("a.png", b"\x89PNG\r\n\x1a\n")])
    (mail, private), (ferry, private_too) = answers_of(answer)
    assert "### Frost in the orchards" in mail
    assert "### Ferry sails again" in ferry
    assert private
    assert private_too


async def test_brief_this_takes_four_articles_and_names_the_others(place):
    files = [(f"{number}.txt", f"{ORCHARD} It was day {number}.".encode()) for number in range(6)]
    answer = await brief_this(place, "all of them", attachments=files)
    *briefs, (others, private) = answers_of(answer)
    assert [f"{number} of 4" in text for number, (text, _) in enumerate(briefs, 1)] == [True] * 4
    assert private
    for name in ("4.txt", "5.txt"):
        assert f"**{name}**: At most 4 articles are briefed at once." in others


async def test_every_article_counts_within_the_quota(place):
    files = [(f"{number}.txt", f"{ORCHARD} It was day {number}.".encode()) for number in range(3)]
    for _ in range(3):
        await brief_this(place, "all of them", attachments=files)
    *briefs, (refused, _) = answers_of(await brief_this(place, "all of them", attachments=files))
    assert len(briefs) == 1
    assert refused.count("You asked for 10 briefs in 10 minutes") == 2


async def test_brief_this_on_a_message_of_dateline_says_where_to_look(place):
    briefed = await place.member.slash(place.general, "brief", file=("orchard.txt", ORCHARD.encode()))
    answer = await place.member.context_menu(place.general, "Brief this", briefed.response)
    assert "Dateline wrote this itself. The articles behind it are linked under *Sources*" in text_of(answer.response)
    assert answer.ephemeral


async def test_brief_this_on_pictures_says_that_they_are_not_read(place):
    answer = await brief_this(place, "Look", attachments=[("a.png", b"\x89PNG\r\n\x1a\n")])
    assert "only pictures or recordings" in text_of(answer.response)
    assert answer.ephemeral


async def test_brief_this_needs_something_to_read(place):
    before = place.rows()
    answer = await brief_this(place, "Did you see that?")
    assert "no link, no file and too little text" in text_of(answer.response)
    assert answer.ephemeral
    assert place.rows() == before


async def test_in_direct_messages_a_brief_is_the_users_own(place):
    user = place.member.user
    answer = await user.slash("brief", file=("orchard.txt", ORCHARD.encode()))
    assert "31,000 tonnes" in text_of(answer.response)
    pressed = await user.click(answer.response, label="Sources")
    assert "> " in text_of(pressed.response)
    foreign = await place.press(place.admin, buttons_of(answer.response)["Sources"])
    assert "That article is not there any more." in text_of(foreign.response)
