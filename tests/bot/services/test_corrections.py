"""What a source that changed its text does to a story that was told from it."""

from dataclasses import replace

import pytest

from bot.services.corrections import corrected, says
from bot.services.stories import Difference, Evidence, Figure, Story, StoryArticle, StoryPoint, quote
from storage import Article, fingerprint
from tests.factories import NOON

TEXT = (
    "The ferry between the islands sailed again on Monday after four weeks in dock, the shipping company said. "
    "About 900 passengers a day had to take the longer way over the bridge. "
    "The harbour master has not resigned over the delay. "
    "The repair cost 1.2 million crowns, and the insurer will pay two thirds of it."
)
SENTENCES = [
    "The ferry between the islands sailed again on Monday after four weeks in dock, the shipping company said.",
    "About 900 passengers a day had to take the longer way over the bridge.",
    "The harbour master has not resigned over the delay.",
    "The repair cost 1.2 million crowns, and the insurer will pay two thirds of it.",
]


def an_article(text: str, article_id: int = 1, title: str = "Ferry sails again") -> Article:
    return Article(article_id, "shared", None, None, title, None, NOON, "en", text, fingerprint(text), NOON, NOON)


def a_point(sentence: str, text: str | None = None, article_id: int = 1) -> StoryPoint:
    start = TEXT.index(sentence)
    end = start + len(sentence)
    return StoryPoint(text or sentence, (Evidence(article_id, start, end, quote(TEXT, start, end)),))


def a_story(*points: StoryPoint, headline: str = "Ferry sails again") -> Story:
    reference = StoryArticle(1, "Ferry sails again", None, "Island Post", NOON.isoformat())
    return Story(headline, points or tuple(map(a_point, SENTENCES)), (reference,))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.replace(". ", ".\n\n"),
        TEXT.replace("1.2 million", "1.2\u00a0million").replace(" - ", " — ").replace("four weeks", "four  weeks"),
        TEXT.replace("harbour master", "Harbour Master").replace("bridge.", "bridge!"),
        "MARROWPORT, Nov. 20 -- " + TEXT + " This article was updated at noon.",
    ],
)
def test_a_cosmetic_change_is_no_correction(text):
    story = a_story()
    assert corrected(story, [an_article(text)], NOON) == story


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("About 900 passengers", "About 9,000 passengers", 1),
        ("1.2 million", "12 million", 3),
        ("has not resigned", "has resigned", 2),
        ("two thirds", "one third", 3),
        ("on Monday", "on Tuesday", 0),
    ],
)
def test_a_changed_sentence_is_told_anew(old, new, at):
    story = a_story()
    after = corrected(story, [an_article(TEXT.replace(old, new))], NOON)
    assert after.points[at].text == SENTENCES[at].replace(old, new)
    assert after.points[at].corrected_at == after.corrected_at == NOON.isoformat()
    assert after.points[at].evidence[0].quote.sentence == SENTENCES[at].replace(old, new)
    assert [p for n, p in enumerate(after.points) if n != at] == [p for n, p in enumerate(story.points) if n != at]


def test_a_negation_that_was_added_is_a_correction():
    story = a_story(a_point(SENTENCES[1]))
    text = TEXT.replace("passengers a day had to take", "passengers a day did not have to take")
    assert "did not have to" in corrected(story, [an_article(text)], NOON).points[0].text


def test_a_point_that_the_changed_sentence_still_supports_stands():
    story = a_story(
        a_point(SENTENCES[0], "The ferry between the islands sailed again on Monday, the shipping company said.")
    )
    text = TEXT.replace("after four weeks in dock", "after five weeks in dock")
    assert corrected(story, [an_article(text)], NOON) == story


def test_a_sentence_that_is_gone_is_withdrawn():
    after = corrected(a_story(), [an_article(TEXT.replace(SENTENCES[2] + " ", ""))], NOON)
    assert after.points[2].withdrawn_at == NOON.isoformat()
    assert [bool(point.is_revised) for point in after.points] == [False, False, True, False]
    assert corrected(after, [an_article(TEXT)], NOON) == after  # what was withdrawn stays so


def test_an_article_that_says_nothing_any_more_withdraws_all():
    after = corrected(a_story(), [an_article("This article was withdrawn.")], NOON)
    assert all(point.withdrawn_at for point in after.points)


def test_a_sentence_that_cannot_be_told_alone_is_withdrawn():
    text = TEXT.replace(SENTENCES[2], "He has not resigned over the delay of the harbour master.")
    assert corrected(a_story(a_point(SENTENCES[2])), [an_article(text)], NOON).points[0].withdrawn_at


def test_what_another_report_says_as_well_stands():
    one = a_point(SENTENCES[1])
    both = replace(one, evidence=(*one.evidence, replace(one.evidence[0], article_id=2)))
    after = corrected(a_story(both), [an_article(TEXT.replace("900", "700"))], NOON)
    assert after.points[0].text == SENTENCES[1]
    assert [evidence.article_id for evidence in after.points[0].evidence] == [2]


def test_a_headline_that_was_the_title_follows_it():
    story = replace(
        a_story(a_point(SENTENCES[1]), headline="900 passengers took the bridge"),
        articles=(StoryArticle(1, "900 passengers took the bridge | Island Post", None, "Island Post", None),),
        differences=(Difference("passengers", (Figure(1, "900"), Figure(2, "700"))),),
    )
    text, title = TEXT.replace("900", "700"), "700 passengers took the bridge"
    after = corrected(story, [an_article(text, title=title)], NOON)
    assert (after.headline, after.articles[0].title, after.differences) == (title, title, ())
    untouched = corrected(replace(story, points=(a_point(SENTENCES[3]),)), [an_article(text, title=title)], NOON)
    assert untouched.headline == title  # its own figure is in the text no more
    rewritten = corrected(replace(story, points=()), [an_article(TEXT, title="Bridge full of 900 people")], NOON)
    assert rewritten.headline == story.headline


@pytest.mark.parametrize(
    ("sentence", "held"),
    [
        ("It cost 1500 crowns, and 12 died", True),
        ("It cost 1500 crowns and 2 died", False),
        ("2 died in 1.5 hours", False),
        ("12 died in 1,5 hours", True),
        ("12 died in 15 hours", False),
        ("and it was “co-ordinated”", True),
        ("ordinated", True),
        ("inated", False),
        ("cost $1,500", False),
        ("", True),
    ],
)
def test_a_sentence_is_found_whatever_its_typography(sentence, held):
    text = "It cost 1,500 crowns and\n12 died in 1.5 hours; and it was 'coordinated' or co-ordinated."
    assert says(text, sentence) is held


def test_nothing_is_told_anew_from_a_sentence_that_the_editors_removed():
    removed = replace(a_point(SENTENCES[1], "Passengers had to take the bridge."), hidden_at=NOON.isoformat())
    detour = "Passengers had to take the longer way over the bridge for four weeks in November."
    article = an_article(TEXT.replace(SENTENCES[2], ""))
    story = a_story(removed, StoryPoint(detour, (Evidence(1, 0, 9, quote(detour, 0, len(detour))),)))
    assert corrected(story, [article], NOON).points[1].withdrawn_at
    alone = a_story(story.points[1])
    assert corrected(alone, [article], NOON).points[0].text == SENTENCES[1]
    assert corrected(alone, [article], NOON, {fingerprint(SENTENCES[1])}).points[0].withdrawn_at


def test_a_sentence_that_took_the_place_of_two_is_told_once():
    both = "About 950 passengers a day took the bridge, and the repair cost 1.3 million crowns."
    text = f"{SENTENCES[0]} {both}"
    story = a_story(
        a_point(SENTENCES[0]),
        *(
            StoryPoint(sentence, (Evidence(1, 0, 9, quote(sentence, 0, len(sentence))),))
            for sentence in ("About 900 passengers a day took the bridge.", "The repair cost 1.2 million crowns.")
        ),
    )
    after = corrected(story, [an_article(text)], NOON)
    assert [point.text for point in after.points if not point.withdrawn_at] == [SENTENCES[0], both]
