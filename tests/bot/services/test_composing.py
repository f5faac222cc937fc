"""A story of several articles: points from several of them, each cited, differing figures kept apart."""

from datetime import timedelta

import pytest

from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.stories import Composition, Story
from storage import SHARED, Storage
from tests.factories import NOON, a_source, an_article
from tests.fakes import FakeClock, FakeCondenser

FIRST = (
    "A footbridge over the river Sone in Ravi collapsed on Sunday evening under a festival crowd, killing at least 12"
    " people, police said. Dozens of people were pulled from the water by fishermen in small boats. The bridge was"
    " built in 1921 and closed for repairs two years ago."
)
SECOND = (
    "At least 19 people died when a footbridge in Ravi collapsed on Sunday evening during a festival, police said."
    " Engineers had warned the town of Ravi in May that the bridge could carry no more than 100 people."
)
OTHER = "The bakery at the harbour won the regional prize on Tuesday. Its rye bread is baked at night."


@pytest.fixture
async def composing(storage: Storage) -> Composing:
    """Three articles by three sources; two of them tell one story."""
    texts = {"bridge": FIRST, "collapse": SECOND, "bakery": OTHER}
    for number, (subject, text) in enumerate(texts.items()):
        source_id = await a_source(storage, f"https://{subject}.example/feed")
        async with storage.begin() as tx:
            new = an_article(
                subject, text=text, title=f"News of the {subject}", published=NOON - timedelta(hours=number)
            )
            await tx.articles.keep([new], scope=SHARED, source_id=source_id, now=NOON)
    condenser, clock = FakeCondenser(), FakeClock()
    condenser.cluster = together
    made = Composing(storage, condenser, Briefing(storage, condenser, clock), clock)
    made.condenser = condenser  # type: ignore[attr-defined]
    return made


def together(documents) -> list[list[int]]:
    """Those on the bridge in one story."""
    bridge = [at for at, document in enumerate(documents) if "footbridge" in document.text]
    return [bridge, *([at] for at in range(len(documents)) if at not in bridge)]


async def bridge_story(composing: Composing) -> tuple[Story, Composition]:
    composition = await composing.for_operator(None, 5, 100)
    return next(story for story in composition.stories if len(story.articles) == 2), composition


async def test_points_come_from_both_reports_and_quote_them(composing):
    story, composition = await bridge_story(composing)
    assert set(story.cited) == {article.article_id for article in story.articles}
    assert [article.article_id for article in story.articles] == list(story.cited)
    texts = {evidence.quote.sentence for point in story.points for evidence in point.evidence}
    assert all(text in FIRST or text in SECOND for text in texts)
    assert Composition.from_json(composition.to_json()) == composition
    assert not composition.degraded


async def test_figures_that_differ_name_their_articles(composing):
    story, _ = await bridge_story(composing)
    (difference,) = story.differences
    sources = {article.article_id: article.source for article in story.articles}
    told = {sources[figure.article_id]: figure.words for figure in difference.figures}
    assert difference.thing == "dead"
    assert sorted(told.values()) == ["At least 19", "at least 12"]
    assert len(told) == 2


async def test_a_story_is_condensed_once(composing):
    first, _ = await bridge_story(composing)
    asked = len(composing.condenser.requests)
    assert asked > 0
    second, _ = await bridge_story(composing)
    assert second == first
    assert len(composing.condenser.requests) == asked


async def test_without_the_model_a_story_is_told_all_the_same(composing):
    composing.condenser.broken = True
    composing.condenser.stories = lambda documents: _answer(together(documents))
    story, composition = await bridge_story(composing)
    assert len(set(story.cited)) == 2
    assert composition.degraded


async def _answer(clusters):
    return clusters


async def test_an_edition_of_before_has_no_differences():
    old = {"stories": [{"headline": "h", "points": [], "articles": []}], "considered": 1, "degraded": False}
    assert Composition.from_json(old).stories[0].differences == ()
