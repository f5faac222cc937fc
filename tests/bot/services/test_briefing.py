from collections.abc import Sequence
from dataclasses import replace

from bot.services.briefing import Briefing
from storage import Article, Storage
from storage.types import SHARED, Audience
from summarizer import Brief, Method, Request
from summarizer.options import Options
from summarizer.storybriefs import StoryBrief
from tests.factories import NOON, a_source, an_article
from tests.fakes import FakeClock, FakeCondenser


class Writer(FakeCondenser):
    """Briefs that a model wrote, unless it is away."""

    away = False

    async def brief(self, request: Request) -> Brief:
        plain = await super().brief(request)
        return plain if self.away else replace(plain, method=Method.GENERATIVE, model="writer")

    async def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        plain = await super().story(requests, points)
        return plain if self.away else replace(plain, method=Method.GENERATIVE, model="writer")


async def stored(storage: Storage, *subjects: str) -> list[Article]:
    source_id = await a_source(storage)
    async with storage.begin() as tx:
        new = [an_article(subject) for subject in subjects]
        kept = await tx.articles.keep(new, scope=SHARED, source_id=source_id, now=NOON)
        return [await tx.articles.get(article_id, Audience(operator=True)) for _, article_id in kept]


async def test_a_brief_made_without_the_generator_is_made_again_when_it_is_back(storage: Storage) -> None:
    (article,) = await stored(storage, "harbour")
    condenser = Writer()
    briefing = Briefing(storage, condenser, FakeClock(), Options(model="writer"))
    condenser.away = True
    first = await briefing.brief(article)
    assert (first.brief.method, first.degraded) == (Method.EXTRACTIVE, True)
    condenser.away = False
    second = await briefing.brief(article)
    assert (second.brief.model, second.degraded) == ("writer", False)
    assert await briefing.brief(article) == second
    assert len(condenser.requests) == 2, "the third comes from the cache"


async def test_another_model_makes_other_briefs(storage: Storage) -> None:
    (article,) = await stored(storage, "harbour")
    condenser = Writer()
    for options in (Options(), Options(model="writer"), Options(model="writer", model_revision="v2")):
        await Briefing(storage, condenser, FakeClock(), options).brief(article)
    assert len(condenser.requests) == 3
    await Briefing(storage, condenser, FakeClock()).brief(article)
    assert len(condenser.requests) == 3


async def test_the_same_holds_for_stories(storage: Storage) -> None:
    articles = await stored(storage, "harbour", "bridge")
    condenser = Writer()
    briefing = Briefing(storage, condenser, FakeClock(), Options(model="writer"))
    condenser.away = True
    assert (await briefing.story(articles, 2)).degraded
    condenser.away = False
    told = await briefing.story(articles, 2)
    assert (told.brief.model, told.degraded) == ("writer", False)
    assert await briefing.story(articles, 2) == told
    assert len(condenser.requests) == 4
