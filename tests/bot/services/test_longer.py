"""*More*: a story at greater length, honest about what is not kept and silent about what was removed."""

import pytest

from bot.errors import DigestError
from bot.services.briefing import Briefing
from bot.services.longer import Longer
from storage import NotFound
from tests.bot.services.posting import a_desk
from tests.factories import OTHER_SERVER, SERVER
from tests.fakes import FakeCondenser


@pytest.fixture
async def desk(storage):
    return await a_desk(storage)


def longer(desk, *, broken=False):
    return Longer(desk.storage, Briefing(desk.storage, FakeCondenser(broken), desk.clock))


async def test_it_has_more_points_than_were_told_each_with_its_sentence(desk):
    made = await longer(desk).story(SERVER, desk.edition.edition_id, 0)
    assert not made.degraded
    assert made.story.headline == "Ferry sails again"
    assert made.story.articles[0].source == "Island Post"
    assert all(point.evidence for point in made.story.points)


async def test_without_the_model_it_says_so(desk):
    assert (await longer(desk, broken=True).story(SERVER, desk.edition.edition_id, 0)).degraded


async def test_a_removed_sentence_does_not_come_back(desk):
    report = await desk.reports.report(SERVER, desk.edition.edition_id, (0, 1), 31)
    before = await longer(desk).story(SERVER, desk.edition.edition_id, 0)
    await desk.reports.decide(SERVER, report.report_id, True, 77)
    after = await longer(desk).story(SERVER, desk.edition.edition_id, 0)
    assert any("900 passengers" in point.text for point in before.story.points)
    assert not any("900 passengers" in point.text for point in after.story.points)


async def test_a_removed_story_is_refused(desk):
    for point in range(2):
        report = await desk.reports.report(SERVER, desk.edition.edition_id, (1, point), 31)
        await desk.reports.decide(SERVER, report.report_id, True, 77)
    with pytest.raises(DigestError, match="removed that story"):
        await longer(desk).story(SERVER, desk.edition.edition_id, 1)


@pytest.mark.parametrize(("server_id", "place"), [(OTHER_SERVER, 0), (SERVER, 9), (SERVER, -1)])
async def test_another_server_or_place_has_nothing(desk, server_id, place):
    """FAULTS 41."""
    with pytest.raises(NotFound):
        await longer(desk).story(server_id, desk.edition.edition_id, place)
