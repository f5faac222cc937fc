"""What earlier editions told."""

from datetime import timedelta

from bot.services.novelty import MOST_HOLDING, Past, Sentences, carried_on, known_sentences, sentences_of
from bot.services.stories import Composition, Evidence, Quote, Story, StoryArticle, StoryPoint
from storage import SHARED, Article, Told
from tests.factories import NOON

BACKGROUND = "A footbridge over the river Sone in Ravi collapsed on Sunday evening, killing at least 12 people."
PLAIN = "The police have not yet commented on it."


def article(article_id: int, text: str) -> Article:
    return Article(article_id, SHARED, None, None, None, None, NOON, "en", text, f"{article_id}", NOON)


def a_story(point: str, *article_ids: int) -> Story:
    evidence = Evidence(article_ids[0] if article_ids else 1, 0, len(point), Quote("", point, ""))
    articles = tuple(StoryArticle(each, "", None, "Post", None) for each in article_ids)
    return Story("Bridge falls in Ravi", (StoryPoint(point, (evidence,)),), articles)


def edition(edition_id: int, *article_ids: int, days_ago: int = 1, point: str = BACKGROUND) -> Told:
    made = Composition((a_story(point, *article_ids),), 1, False)
    return Told(edition_id, NOON - timedelta(days=days_ago), made.to_json())


def test_the_past_is_known_by_its_articles_the_latest_first():
    past = Past.of([edition(9, 3, 2), edition(8, 2, 1, days_ago=5)])
    assert past.article_ids == [3, 2, 1]
    assert past.followed(NOON - timedelta(days=2)) == [3, 2]
    assert [earlier.edition_id for earlier in past.told_from([1, 2])] == [9, 8]
    assert past.told_from([7]) == ()


def test_a_sentence_is_told_again_only_with_the_same_figures_and_names():
    told = Sentences()
    told.add(a_story(BACKGROUND))
    assert told.have(BACKGROUND.upper(), "en")
    assert told.have(
        "On Sunday evening a footbridge over the river Sone in Ravi collapsed, killing at least 12 people.", "en"
    )
    assert not told.have(BACKGROUND.replace("12", "15"), "en")
    assert not told.have(BACKGROUND.replace("Ravi", "Tolland"), "en")
    assert not told.have(BACKGROUND.replace("Sunday", "Monday"), "en")
    assert not told.have("The harbour opened after two years of work.", "en")
    told.add(a_story("The harbour opened after two years of work."))
    assert told.have("The harbour opened after two years of work.", "en")
    assert not told.have("The bridge opened after two years of work.", "en")


def test_names_and_figures_tell_that_other_words_say_the_same():
    told = Sentences()
    told.add(a_story("Two goals by Tomas Janssen gave Ambry a 5-1 win over Ostby on Monday and second place."))
    again = "Ambry beat Ostby 5-1 on Monday with two goals by Tomas Janssen, and moved up to second place."
    assert told.have(again, "en")
    assert not told.have(again.replace("5-1", "3-1"), "en")
    assert not told.have(again.replace("Monday", "Friday"), "en")
    assert not told.have("The workers of the mill ended the strike and went home in the rain.", "en")


def test_a_turn_of_events_was_not_told_though_its_words_were():
    told = Sentences()
    for sentence in (
        "Prosecutors charged Anna Berg and Karl Lind in the Ostby fraud case on Monday.",
        "Mayor Karl Lind may resign over the Ostby bridge, the council of Ravi said.",
    ):
        told.add(a_story(sentence))
    assert not told.have("Prosecutors cleared Anna Berg and Karl Lind in the Ostby fraud case on Monday.", "en")
    assert not told.have("Mayor Karl Lind resigned over the Ostby bridge, the council of Ravi said.", "en")


def test_a_report_that_repeats_a_whole_sentence_goes_on():
    told = [article(1, f"{BACKGROUND} {PLAIN}"), article(2, f"The harbour opened. {PLAIN}")]
    new = [article(3, f"An engineer was arrested. {BACKGROUND}"), article(4, f"The bakery won a prize. {PLAIN}")]
    assert carried_on(told, new) == {3: {1}, 4: set()}


def test_a_sentence_that_stands_everywhere_tells_of_no_story():
    told = [article(n, BACKGROUND) for n in range(MOST_HOLDING + 1)]
    assert carried_on(told, [article(99, BACKGROUND)]) == {99: set()}
    assert carried_on(told[1:], [article(99, BACKGROUND)])[99]


def test_readers_know_what_was_told_and_what_stands_beside_it():
    past = Past.of([edition(9, 3, 2)])
    known = known_sentences(past.earlier, {3: article(3, f"RAVI, July 28 (Xinhua) -- {BACKGROUND} {PLAIN}")}, "en")
    assert known == [BACKGROUND, PLAIN, "Bridge falls in Ravi"]
    assert sentences_of(article(1, f"One.\n\nTwo  \n words. {PLAIN}"), None) == ["One.", "Two words.", PLAIN]
