"""/brief with a link, a file and a form; Brief this on messages; what is no article is refused in words."""

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


REFUSED = {
    "both": "either a link or a file",
    "binary": "text",
    "empty file": "empty",
    "dead": "no page at this address",
    "private": "not a public address",
    "metadata": "not a public address",
    "script": "Only http and https",
    "nonsense": "not a web address",
    "front": "No article text",
}


@pytest.mark.parametrize("case", REFUSED)
async def test_what_cannot_be_briefed_is_refused_privately_and_not_kept(place, case):
    before = place.rows()
    async with serving({"/gone": Reply("no", 404), "/front": Reply("<html><body></body></html>")}) as site:
        options = {
            "both": {"link": site.url("/gone"), "file": ("a.txt", b"Some text.")},
            "binary": {"file": ("notes.txt", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 8)},
            "empty file": {"file": ("notes.txt", b" \n ")},
            "dead": {"link": site.url("/gone")},
            "private": {"link": "http://10.0.0.1/"},
            "metadata": {"link": "http://169.254.169.254/latest/meta-data"},
            "script": {"link": "javascript:alert(1)"},
            "nonsense": {"link": "news"},
            "front": {"link": site.url("/front")},
        }[case]
        answer = await place.member.slash(place.general, "brief", **options)
    (told,) = [message for message in [answer.response, *answer.followups] if message is not None]
    assert REFUSED[case] in text_of(told)
    assert told.ephemeral
    assert place.rows() == before
    assert place.general.history() == []  # no public "thinking…" is left behind


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
