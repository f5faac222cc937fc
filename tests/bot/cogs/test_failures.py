"""A bug of ours, wherever it strikes: one private sentence for the user, the traceback in the log."""

from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.cogs.failures import UNEXPECTED, UNREACHABLE
from bot.demo.reading import text_of
from storage import Unavailable
from tests.bot.cogs.papers import ORCHARD

pytestmark = pytest.mark.asyncio(loop_scope="package")


class Broken:
    """A service whose every method fails."""

    def __init__(self, error=None):
        self._error = error

    def __getattr__(self, name):
        async def fail(*_, **__):
            raise self._error or ZeroDivisionError(f"a bug in {name}")

        return fail


@contextmanager
def breaking(place, broken):
    """Let the services of the bot fail."""
    cogs = [cog for cog in place.world.bot.cogs.values() if hasattr(cog, "dateline")]
    working = place.dateline
    library = replace(working.library, intake=broken, briefing=broken)
    for cog in cogs:
        cog.dateline = replace(working, library=library, digesting=broken, following=broken)
    yield
    for cog in cogs:
        cog.dateline = working


@pytest.fixture
def broken(place):
    """A server whose bot has lost its mind: every service has a bug."""
    place.bugs_expected.append(ZeroDivisionError)
    with breaking(place, Broken()):
        yield place


@pytest.fixture
def adrift(place):
    """A server whose bot has lost its database."""
    with breaking(place, Broken(Unavailable("its server cannot be reached"))):
        yield place


def what_was_said(answer):
    """The last words of an answer; after them a form may offer what was typed."""
    return next(message for message in (*reversed(answer.followups), answer.response) if text_of(message))


def told_privately(place, answer, caplog):
    said = what_was_said(answer)
    assert text_of(said) == UNEXPECTED
    assert said.ephemeral
    assert "ZeroDivisionError: a bug in" in caplog.text


async def test_in_a_private_command(broken, caplog):
    told_privately(broken, await broken.admin.slash(broken.general, "digest list"), caplog)


async def test_in_a_public_command(broken, caplog):
    answer = await broken.member.slash(broken.general, "brief", link="https://example.org/a")
    told_privately(broken, answer, caplog)
    assert broken.general.history(viewer=broken.admin) == []


async def test_in_a_message_menu(broken, caplog):
    message = await broken.member.send(broken.general, ORCHARD)
    told_privately(broken, await broken.member.context_menu(broken.general, "Brief this", message), caplog)


async def test_in_a_form(broken, caplog):
    form = await broken.member.slash(broken.general, "brief")
    text = form.modal["components"][0]["component"]["custom_id"]
    told_privately(broken, await broken.member.submit_modal(form, {text: ORCHARD}), caplog)


@pytest.mark.parametrize("panel", ["source", "digest"])
async def test_in_a_button(broken, caplog, panel):
    custom_id = f"dl:{panel}:pause:1:{broken.admin.id}"
    told_privately(broken, await broken.press(broken.admin, custom_id), caplog)


async def test_without_its_database_everybody_is_told_to_try_again_and_the_log_has_one_line(adrift, caplog):
    """FAULTS 47."""
    form = await adrift.member.slash(adrift.general, "brief")
    text = form.modal["components"][0]["component"]["custom_id"]
    for answer in (
        await adrift.admin.slash(adrift.general, "digest list"),
        await adrift.member.slash(adrift.general, "brief", link="https://example.org/a"),
        await adrift.member.submit_modal(form, {text: ORCHARD}),
        await adrift.press(adrift.admin, f"dl:digest:pause:1:{adrift.admin.id}"),
    ):
        said = what_was_said(answer)
        assert text_of(said) == UNREACHABLE
        assert said.ephemeral
    assert caplog.text.count("its server cannot be reached") == 4
    assert "Traceback" not in caplog.text


async def test_in_a_suggestion_nothing_is_suggested(broken, caplog):
    suggested = await broken.admin.autocomplete(broken.general, "digest manage", "name", "")
    assert not suggested
    assert "ZeroDivisionError: a bug in" in caplog.text
