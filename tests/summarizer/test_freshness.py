"""Sentences that say what was not told, beside others that only say it in other words."""

import pytest

from summarizer import CallError, Summarizer, Worker
from summarizer.freshness import MOST_TOLD, fresh_by_words

TOLD = [
    "A footbridge over the river Sone in Ravi collapsed on Sunday evening, killing at least 12 people, police said.",
    "Dozens of people were pulled from the water by fishermen in small boats.",
    "The town hall of Ravi closed the bridge for repairs two years ago.",
]
NEWS = [
    "At least 15 people died when the footbridge in Ravi collapsed, police said.",  # a figure
    "Police in Ravi arrested the engineer Tomas Verhoeven.",  # a name
    "The mayor called the collapse “a shame for all of us” and resigned.",  # a quotation
    "Schools across the district will stay shut until the funerals are over.",  # another thing
]
KNOWN = [
    "Police said at least 12 people were killed on Sunday evening when a footbridge over the Sone collapsed in Ravi.",
    "Fishermen in small boats pulled dozens of people from the water.",
    "On Sunday the footbridge collapsed.",
]
TURNS = [
    ("The court convicted Anna Berg of fraud on Monday in the Ostby harbour case.", "convicted", "acquitted"),
    ("Prosecutors charged Anna Berg and Karl Lind in the Ostby fraud case on Monday.", "charged", "cleared"),
    ("Police arrested Tomas Janssen in Ravi over the Sone bridge collapse.", "arrested", "released"),
    ("Tomas Janssen was injured in the crash near Ostby on Monday night.", "was injured", "died"),
    ("Germany suspended its aid to Ravi and Tolland on Tuesday.", "suspended", "resumed"),
    ("Talks between Ambry Steel and the Ostby union started on Monday.", "started", "collapsed"),
    ("Mayor Karl Lind may resign over the Ostby bridge, the council said.", "may resign", "resigned"),
    ("The missing boy Ben Ohl was found alive in Ravi.", "alive", "dead"),
    ("The river Sone is expected to flood the town of Ravi on Friday.", "is expected to flood", "has flooded"),
]
"""The same words but one, which is the news."""
REWORDED = "Fishing boats rescued dozens of victims from the river."


@pytest.fixture(scope="module")
def summarizer() -> Summarizer:
    return Summarizer()


@pytest.mark.parametrize("sentence", NEWS)
def test_what_is_new_is_told(summarizer, sentence):
    assert summarizer.fresh([sentence], TOLD, "en") == [True]
    assert fresh_by_words([sentence], TOLD, "en") == [True]


@pytest.mark.parametrize(("told", "old", "new"), TURNS)
def test_a_turn_of_events_is_new_however_alike_it_is(summarizer, told, old, new):
    assert summarizer.fresh([told.replace(old, new)], [told], "en") == [True]
    assert fresh_by_words([told.replace(old, new)], [told], "en") == [True]


@pytest.mark.parametrize("sentence", KNOWN)
def test_what_was_told_is_known_in_another_order_too(summarizer, sentence):
    assert summarizer.fresh([sentence], TOLD, "en") == [False]
    assert fresh_by_words([sentence], TOLD, "en") == [False]


def test_the_same_in_other_words_is_seen_by_its_meaning(summarizer):
    assert summarizer.fresh([REWORDED], TOLD, "en") == [False]
    assert fresh_by_words([REWORDED], TOLD, "en") == [True]


def test_other_languages_are_compared_by_words(summarizer):
    told = ["In Ravi stürzte am Sonntag eine Fußgängerbrücke ein, mindestens 12 Menschen starben."]
    same = "Mindestens 12 Menschen starben, als am Sonntag in Ravi eine Fußgängerbrücke einstürzte."
    more = "Mindestens 15 Menschen starben, als am Sonntag in Ravi eine Fußgängerbrücke einstürzte."
    assert summarizer.fresh([same, more], told, "de") == [False, True]


def test_everything_is_new_to_those_who_know_nothing(summarizer):
    assert summarizer.fresh(NEWS, [], "en") == [True] * len(NEWS)
    assert summarizer.fresh([], TOLD, "en") == []


def test_only_so_much_is_compared():
    assert fresh_by_words([TOLD[0]], [TOLD[0], *["Rain."] * MOST_TOLD], "en") == [True]


async def test_the_worker_says_the_same(summarizer):
    worker = Worker()
    try:
        assert await worker.fresh([*NEWS, *KNOWN], TOLD, "en") == summarizer.fresh([*NEWS, *KNOWN], TOLD, "en")
    finally:
        await worker.close()
    with pytest.raises(CallError):
        await worker.fresh(NEWS, TOLD, "en")
