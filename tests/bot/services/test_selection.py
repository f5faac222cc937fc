"""Which stories an edition tells, and in what order."""

from datetime import timedelta

from bot.services.selection import Candidate, candidates, pick, points_for, within_budget
from bot.services.stories import Story, StoryPoint
from storage import SHARED, Article
from tests.factories import NOON


def article(article_id: int, *, age: timedelta | None = timedelta(), characters: int = 1000) -> Article:
    published = None if age is None else NOON - age
    text = "x" * characters
    return Article(article_id, SHARED, None, None, None, None, published, None, text, f"{article_id}", NOON)


def story(article_id: int, *sources: str, **changes: object) -> Candidate:
    return Candidate((article(article_id, **changes),), frozenset(sources or {"one"}))  # type: ignore[arg-type]


def order(*found: Candidate, now=NOON) -> list[int]:
    return [candidate.lead.article_id for candidate in pick(found, 9, now)]


def test_a_second_source_outweighs_half_a_day():
    assert order(story(1), story(2, "a", "b", age=timedelta(hours=11))) == [2, 1]
    assert order(story(1), story(2, "a", "b", age=timedelta(hours=13))) == [1, 2]


def test_undated_reports_neither_lead_nor_vanish():
    assert order(story(1, age=None), story(2), story(3, age=timedelta(days=1))) == [2, 1, 3]


def test_of_old_news_the_newest_comes_first_however_old():
    year = timedelta(days=365)
    assert order(story(1, age=2 * year), story(2, age=year), story(3, age=None)) == [2, 3, 1]


def test_a_date_in_the_future_is_taken_as_now():
    assert order(story(1, age=timedelta(days=-2)), story(2), now=NOON + timedelta(hours=1)) == [1, 2]


def test_bare_titles_weigh_less():
    assert order(story(1, characters=40), story(2, age=timedelta(hours=12))) == [2, 1]


def test_ties_are_broken_the_same_way_every_time():
    assert order(story(2), story(1), story(3)) == [1, 2, 3]


def test_the_fullest_report_leads_and_every_source_counts_once():
    reports = [article(1, characters=100), article(2, characters=300), article(3)]
    names = {1: ["a", "b"], 2: ["a"], 3: ["c"]}
    first, second = candidates(reports, [[0, 1], [2]], names)
    assert [a.article_id for a in first.articles] == [2, 1]
    assert (first.sources, second.sources) == ({"a", "b"}, {"c"})


def test_the_lead_story_gets_most_points():
    assert [points_for(position) for position in range(7)] == [3, 2, 2, 2, 2, 1, 1]


def told(*points: int, words: int = 20) -> list[Story]:
    sentence = " ".join(["word"] * words)
    return [Story("A headline of five words", (StoryPoint(sentence, ()),) * count, ()) for count in points]


def counts(stories) -> list[int]:
    return [len(story.points) for story in stories]


def test_an_edition_in_budget_stays_as_it_is():
    stories = told(3, 2, 2, 2, 2, 1, 1)
    assert within_budget(stories) == tuple(stories)


def test_an_edition_beyond_its_budget_loses_the_last_points_of_the_last_stories():
    assert counts(within_budget(told(3, 2, 2, 2, 2, 1, words=35))) == [3, 2, 2, 1, 1, 1]
    assert counts(within_budget(told(3, 2, 2, 2, 2, words=60))) == [1, 1, 1, 1, 1]


def test_no_story_loses_its_only_point():
    assert counts(within_budget(told(1, 1, words=900))) == [1, 1]
