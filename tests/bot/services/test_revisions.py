"""A posted edition is edited when a source corrects what it told; a crash repeats the edit and loses none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.ports import DestinationLost, SendRefused, TryLater
from bot.ui.digests import as_sent
from bot.ui.editions import texts
from storage import Size
from tests.bot.services.posting import FERRY, Desk, a_desk, sentences_of
from tests.factories import SERVER

pytestmark = pytest.mark.both_databases


@pytest.fixture
async def desk(storage):
    return await a_desk(storage)


async def test_a_sentence_that_its_source_changed_is_told_anew_with_a_note(desk):
    before = desk.bodies[0]
    await desk.rewrite("Ferry sails again", "900 passengers", "700 passengers")
    await desk.revisions.run_due()
    after = desk.bodies[0]
    corrected = f"<t:{int(desk.clock.time.timestamp())}:f>"
    assert (
        "- About 700 passengers a day had to take the longer way over the bridge.\n"
        f"  -# Corrected {corrected}: the source changed this sentence." in after.blocks[1]
    )
    assert "900 passengers" not in desk.text
    assert replace(after, blocks=before.blocks) == before  # only the block of that story is another
    assert after.blocks[2] == before.blocks[2]
    assert (await desk.content()).stories[0].points[1].evidence[0].quote.sentence.startswith("About 700")
    assert await desk.told_to_edit() == 0


async def test_a_sentence_that_is_gone_is_taken_out_with_a_note(desk):
    await desk.rewrite("Ferry sails again", sentences_of(FERRY)[1] + " ", "")
    await desk.revisions.run_due()
    assert "the source does not say any more what was told here.*" in desk.text
    assert "900 passengers" not in desk.text


async def test_a_cosmetic_change_edits_nothing_and_is_looked_at_once(desk, storage):
    before = desk.bodies
    await desk.rewrite("Ferry sails again", ". About", ".\n\nAbout")
    await desk.revisions.run_due()
    assert desk.bodies == before
    async with storage.reading() as tx:
        assert await tx.revisions.list_unchecked(desk.clock.time - timedelta(days=7), 9) == []


async def test_a_second_change_is_another_correction(desk):
    for passengers in ("700", "600"):
        await desk.rewrite("Ferry sails again", "900", passengers)
        await desk.revisions.run_due()
        desk.clock.wind(hours=1)
    assert "About 600 passengers" in desk.text
    assert desk.text.count("Corrected") == 1


async def test_history_keeps_what_was_sent(desk, storage):
    await desk.rewrite("Ferry sails again", "900", "700")
    await desk.revisions.run_due()
    async with storage.reading() as tx:
        (part,) = await tx.editions.list_deliveries(desk.edition.edition_id)
    assert "900 passengers" in "".join(part.body["blocks"])


async def test_history_says_what_was_changed_since(desk, storage):
    report = await desk.reports.report(SERVER, desk.edition.edition_id, (1, 0), 31)
    await desk.reports.decide(SERVER, report.report_id, True, 77)
    await desk.rewrite("Ferry sails again", "900", "700")
    await desk.revisions.run_due()
    async with storage.reading() as tx:
        edition = await tx.editions.get(SERVER, desk.edition.edition_id)
        parts = await tx.editions.list_deliveries(desk.edition.edition_id)
    told = texts(as_sent(edition, parts))
    assert "900 passengers" in told
    at = f"<t:{int(desk.clock.time.timestamp())}:f>"
    assert f"corrected {at}, now: About 700 passengers a day" in told
    assert f"removed by the editors {at}: Apple growers" in told
    assert "### Changed since" not in texts(as_sent(desk.edition, parts))


async def test_a_crash_between_writing_and_editing_repeats_the_edit(desk):
    """FAULTS 27: the process dies after the new text is written, then after the message is edited."""
    await desk.rewrite("Ferry sails again", "900", "700")
    for step in ("before the edit", "after the edit"):
        broken = replace(desk, publisher=_Dying(desk.publisher, edits=step == "after the edit"))
        with pytest.raises(_Killed):
            await broken.revisions.run_due()
        assert await desk.told_to_edit() == 1, step
    await desk.revisions.run_due()
    assert desk.text.count("700 passengers") == 1
    assert await desk.told_to_edit() == 0


class _Killed(BaseException):
    """The process ended here."""


class _Dying:
    def __init__(self, publisher, *, edits):
        self._publisher, self._edits = publisher, edits

    async def edit(self, sent, body):
        if self._edits:
            await self._publisher.edit(sent, body)
        raise _Killed


class _Failing:
    def __init__(self, error):
        self.error, self.calls = error, 0

    async def edit(self, sent, body):
        self.calls += 1
        raise self.error


@pytest.mark.parametrize(
    ("error", "waits"),
    [(TryLater("busy"), 1), (DestinationLost("gone"), 0), (SendRefused("no"), 0), (RuntimeError("a bug"), 0)],
)
async def test_what_cannot_be_edited_now_is_tried_again_and_what_never_can_is_let_go(desk, error, waits):
    await desk.rewrite("Ferry sails again", "900", "700")
    publisher = _Failing(error)
    await replace(desk, publisher=publisher).revisions.run_due()
    assert (publisher.calls, await desk.told_to_edit()) == (1, waits)


async def test_a_deleted_message_stays_deleted(desk):
    desk.publisher.posted.clear()
    await desk.rewrite("Ferry sails again", "900", "700")
    await desk.revisions.run_due()
    assert desk.publisher.posted == []
    assert await desk.told_to_edit() == 0


async def test_old_editions_are_left_alone(desk):
    before = desk.bodies
    desk.clock.wind(days=8)
    await desk.rewrite("Ferry sails again", "900", "700")
    await desk.revisions.run_due()
    assert desk.bodies == before


async def test_two_processes_correct_once(desk):
    """FAULTS 28."""
    await desk.rewrite("Ferry sails again", "900", "700")
    first, second = desk.revisions, desk.revisions
    (edition,) = await _unchecked(desk)
    await first._check(edition)
    await second._check(edition)  # it began before the first had finished
    await second.run_due()
    assert desk.text.count("Corrected") == 1
    assert await _unchecked(desk) == []


async def test_an_edit_that_arrives_late_does_not_bring_back_what_was_hidden(desk):
    """FAULTS 28: a process edits a correction while another hides the point and shows that first."""
    await desk.rewrite("Ferry sails again", "900", "700")
    report = await desk.reports.report(SERVER, desk.edition.edition_id, (0, 1), 31)

    class Slow:
        async def edit(self, sent, body):
            await desk.reports.decide(SERVER, report.report_id, True, 77)
            await desk.publisher.edit(sent, body)

    await replace(desk, publisher=Slow()).revisions.run_due()
    assert "700 passengers" in desk.text  # for a moment
    await desk.revisions.run_due()
    assert "700 passengers" not in desk.text
    assert "Point removed by" in desk.text
    assert await desk.told_to_edit() == 0


async def _unchecked(desk: Desk):
    async with desk.storage.reading() as tx:
        return await tx.revisions.list_unchecked(desk.clock.time - timedelta(days=7), 9)


@pytest.mark.parametrize("size", [Size.HEADLINES, Size.SHORT])
async def test_other_sizes_say_it_at_what_they_show(storage, size):
    desk = await a_desk(storage, size=size)
    await desk.rewrite("Ferry sails again", "on Monday", "on Tuesday")
    await desk.revisions.run_due()
    told = "changed this report" if size is Size.HEADLINES else "sailed again on Tuesday"
    assert told in desk.text
    assert desk.bodies[0].size is size


async def test_hiding_a_point_says_so_and_keeping_puts_it_back(desk):
    before = desk.bodies
    report = await desk.reports.report(SERVER, desk.edition.edition_id, (0, 1), 31)
    await desk.reports.decide(SERVER, report.report_id, True, 77)
    removed = f"- *Point removed by this server's editors, <t:{int(desk.clock.time.timestamp())}:f>*"
    assert removed in desk.bodies[0].blocks[1]
    assert "900 passengers" not in desk.text
    await desk.reports.decide(SERVER, report.report_id, False, 77)
    assert desk.bodies == before


async def test_a_correction_and_a_hidden_point_stand_side_by_side(desk):
    report = await desk.reports.report(SERVER, desk.edition.edition_id, (0, 2), 31)
    await desk.reports.decide(SERVER, report.report_id, True, 77)
    await desk.rewrite("Ferry sails again", "900", "700")
    await desk.revisions.run_due()
    assert "Point removed by" in desk.text
    assert "700 passengers" in desk.text
    await desk.reports.decide(SERVER, report.report_id, False, 77)
    assert "1.2 million" in desk.text
    assert "700 passengers" in desk.text


async def test_a_headline_that_is_told_alone_goes_with_its_first_point(storage):
    desk = await a_desk(storage, size=Size.HEADLINES)
    before = desk.bodies
    report = await desk.reports.report(SERVER, desk.edition.edition_id, (1, 0), 31)
    await desk.reports.decide(SERVER, report.report_id, True, 77)
    assert "Frost halves orchards" not in desk.text
    assert "- *Story removed by this server's editors, <t:" in desk.text
    assert "Ferry sails again" in desk.text
    await desk.reports.decide(SERVER, report.report_id, False, 77)
    assert desk.bodies == before
