"""/brief with a link, a file and a form; Brief this on messages; what is no article is refused in words."""

import re

import pytest

from bot.demo.reading import buttons_of, text_of
from tests.bot.cogs.papers import FERRY, ORCHARD, page
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
    answer = await form_of(place, file=("orchard.md", f"# Frost\n\n{ORCHARD}".encode()))
    assert "### Frost" in text_of(answer.response)


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


FILES = {
    "a program": (b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8, "not text"),
    "an archive": (b"PK\x03\x04" + bytes(range(256)) * 8, "not text|could not be read"),
    "noise": (bytes(range(256)) * 8, "not text|could not be read"),
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


async def test_link_and_file_at_once_are_refused(place):
    before = place.rows()
    answer = await place.member.slash(place.general, "brief", link="example.org", file=("a.txt", b"Some text."))
    assert text_of(answer.response) == "Give either a link or a file, not both."
    assert answer.ephemeral
    assert place.rows() == before


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
