"""Which stories an edition tells, in what order, and why."""

from datetime import timedelta

import pytest

from bot.services.rules import parse_rules
from bot.services.selection import Candidate, Choosing, candidate_of, points_for, voices, within_budget
from bot.services.stories import Story, StoryPoint
from storage import SHARED, Article, Carrier, Size
from tests.factories import NOON

AGENCY = (
    "The harbour of Varnes opened again on Friday after two years of work. Cranes lifted the last gate into its place"
    " in the morning. The mayor thanked the crews, and fishing boats blew their horns along the quay."
)
OTHER_WORDS = (
    "Ships may use the port at Varnes again. Two years after a storm broke its gate, the last part of the new one was"
    " put in on Friday. People on the quay cheered when trawlers sounded their sirens."
)


def article(
    article_id: int, *, age: timedelta | None = timedelta(), characters: int = 1000, text: str = "", **changes: str
) -> Article:
    published = None if age is None else NOON - age
    title, link = changes.get("title"), changes.get("link")
    text = text or "x" * characters
    return Article(article_id, SHARED, link, link, title, None, published, None, text, f"{article_id}", NOON)


def story(article_id: int, *weights: float, source: str = "one", **changes: object) -> Candidate:
    return Candidate((article(article_id, **changes),), (source,), weights or (1.0,))  # type: ignore[arg-type]


def carrier(article_id: int, source_id: int, host: str = "", weight: float = 1.0) -> Carrier:
    name = f"Paper {source_id}"
    return Carrier(article_id, source_id, name, name, f"https://{host or f'paper{source_id}.example'}/feed", weight, "")


def order(*found: Candidate, now=NOON, count: int = 9, **changes: object) -> list[int]:
    choosing = Choosing(found, now, **changes)  # type: ignore[arg-type]
    chosen = (choosing.next() for _ in range(count))
    return [candidate.lead.article_id for candidate in chosen if candidate]


def test_a_second_voice_outweighs_half_a_day():
    assert order(story(1), story(2, 1.0, 1.0, age=timedelta(hours=11))) == [2, 1]
    assert order(story(1), story(2, 1.0, 1.0, age=timedelta(hours=13))) == [1, 2]


def test_the_weight_of_a_source_counts():
    assert order(story(1), story(2, 2.0, age=timedelta(hours=11))) == [2, 1]
    assert order(story(1, 0.5), story(2, age=timedelta(hours=11))) == [2, 1]


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


def test_near_stories_do_not_fill_the_edition():
    """Three reports of one election, and an older one of something else."""
    election = "Voters in Ostrava chose a new council on Sunday, and the count of ballots goes on in {} district."
    near = [story(n, text=10 * election.format(f"the {n}th")) for n in (1, 2, 3)]
    other = story(4, text="A lorry with honey overturned on the coast road. " * 10, age=timedelta(hours=9))
    assert order(*near, other) == [1, 4, 2, 3]
    assert order(*near, other, is_varied=False) == [1, 2, 3, 4]
    choosing = Choosing([*near, other], NOON)
    assert [choosing.next().lead.article_id for _ in range(2)] == [1, 4]  # type: ignore[union-attr]
    reason = f"of one subject with “{near[0].lead.name}”, which is told"
    assert [why for _, why in choosing.left_out(1)] == [reason] * 2


def test_one_source_leads_only_so_many_stories():
    found = [story(n, source="Post") for n in (1, 2, 3)] + [story(4, source="Courier", age=timedelta(days=2))]
    assert order(*found, per_source=2) == [1, 2, 4]
    assert order(*found) == [1, 2, 3, 4]
    choosing = Choosing(found, NOON, per_source=1)
    choosing.next()
    reasons = {candidate.lead.article_id: reason for candidate, reason in choosing.left_out(1)}
    assert reasons[2] == "only 1 may be of one source, and Post has had its share"


def test_a_story_that_is_not_told_after_all_counts_against_no_other():
    found = [story(n, source="Post") for n in (1, 2)]
    choosing = Choosing(found, NOON, per_source=1)
    choosing.next()
    assert choosing.next() is None
    choosing.give_back()
    assert choosing.next() is found[1]


def test_urgent_stories_come_first():
    assert order(story(1), story(2, age=timedelta(days=3)), urgent={2}) == [2, 1]


def test_what_is_left_out_is_told_its_place():
    choosing = Choosing([story(n, text=f"word{n} " * 300) for n in (1, 2, 3)], NOON)
    choosing.next()
    assert [reason for _, reason in choosing.left_out(1)] == [
        "number 2 of 3 by sources and age; room was for 1",
        "number 3 of 3 by sources and age; room was for 1",
    ]
    choosing.give_back()
    assert choosing.left_out(1)[0][1] == (
        "number 2 of 3 by sources and age; not looked at, since those before it held too little that could be told"
    )


# ---- independent voices ----


@pytest.mark.parametrize(
    ("links", "texts", "count"),
    [
        (("https://a.example/1", "https://b.example/1"), (AGENCY, OTHER_WORDS), 2),
        (("https://a.example/1", "https://www.a.example/2"), (AGENCY, OTHER_WORDS), 1),  # one paper
        (
            ("https://a.example/1", "https://b.example/1"),
            (AGENCY, AGENCY + " A shuttle runs on Sunday."),
            1,
        ),  # reprinted
        ((None, None), (AGENCY, OTHER_WORDS), 2),  # by their feeds
    ],
)
def test_what_is_one_voice(links, texts, count):
    reports = [article(n, text=text, link=link) for n, (text, link) in enumerate(zip(texts, links, strict=True))]
    assert len(voices(reports, {0: [carrier(0, 1)], 1: [carrier(1, 2)]})) == count


def test_one_feed_under_two_addresses_is_one_voice():
    reports = [article(0, text=AGENCY), article(1, text=OTHER_WORDS)]
    assert len(voices(reports, {0: [carrier(0, 1, "a.example")], 1: [carrier(1, 2, "www.a.example")]})) == 1


def test_sources_that_carry_one_text_are_one_voice_of_the_weightiest():
    carriers = {0: [carrier(0, 1, weight=0.5), carrier(0, 2, weight=2.0)]}
    made = candidate_of([article(0, text=AGENCY)], carriers, {})
    assert (made.voices, made.sources) == ((2.0,), ("Paper 1", "Paper 2"))
    assert made.reason(NOON).startswith("2 sources, 1 of them independent, newest 0 minutes before this edition")


def test_the_fullest_report_leads():
    reports = [article(1, characters=100), article(2, characters=300)]
    made = candidate_of(reports, {1: [carrier(1, 1)], 2: [carrier(2, 2)]}, {})
    assert [each.article_id for each in made.articles] == [2, 1]
    assert made.source == "Paper 2"


def test_a_choice_is_explained():
    reports = [article(1, text=AGENCY, age=timedelta(minutes=40)), article(2, text=OTHER_WORDS, age=timedelta(hours=5))]
    asked = {1: parse_rules("+ harbour").all}
    made = candidate_of(reports, {1: [carrier(1, 1, weight=1.5)], 2: [carrier(2, 2)]}, asked)
    assert made.reason(NOON) == (
        "2 independent sources, newest 40 minutes before this edition, source weight 1.5; rule “+ harbour”"
    )
    assert story(1, age=None).reason(NOON) == "1 source, undated"


# ---- how much is told ----


def test_the_lead_story_gets_most_points():
    assert [points_for(position) for position in range(7)] == [3, 2, 2, 2, 2, 1, 1]


def test_smaller_sizes_have_a_point_for_every_story():
    """Headlines show none, and keep one for *Sources*."""
    assert {points_for(position, size) for position in range(7) for size in (Size.SHORT, Size.HEADLINES)} == {1}


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
