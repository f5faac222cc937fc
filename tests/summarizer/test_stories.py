from datetime import UTC, datetime, timedelta

import pytest

from summarizer import StoryDocument, Summarizer
from summarizer.encoder import Encoder
from summarizer.stories import Stories, cluster, opening
from tests.summarizer.events import b_cubed, event_sets

NOON = datetime(2024, 3, 11, 12, tzinfo=UTC)

FERRY = StoryDocument(
    "Ferry sinks off Sando, crew rescued",
    "NORRBY (Coastwire) - The ferry Astrid sank in a storm off the island of Sando on Sunday night. All 14 members of"
    " the crew were rescued by a fishing boat from Norrby, the coast guard said.",
    NOON,
)
FERRY_AGAIN = StoryDocument(
    "Fishing boat saves crew of sinking ferry Astrid",
    "A fishing boat from Norrby has saved the 14 crew members of the ferry Astrid, which went down in heavy seas near"
    " Sando late on Sunday, according to the coast guard.",
    NOON + timedelta(hours=3),
)
OTHER_FERRY = StoryDocument(
    "Ferry sinks off Crete, passengers rescued",
    "A ferry with 200 passengers sank in a storm off the Greek island of Crete on Sunday night. All of them were"
    " rescued by ships of the Hellenic navy, the government in Athens said.",
    NOON,
)
MEETS_HOLM = StoryDocument(
    "Ahlberg meets Holm to discuss ferries",
    "Transport Minister Karin Ahlberg met her Danish colleague Lars Holm in Copenhagen on Monday to discuss ferry"
    " routes across the Sound.",
    NOON,
)
MEETS_VIRTANEN = StoryDocument(
    "Ahlberg meets Virtanen to discuss ferries",
    "Transport Minister Karin Ahlberg met her Finnish colleague Aino Virtanen in Turku on Tuesday to discuss ferry"
    " routes to the Aland islands.",
    NOON + timedelta(days=1),
)
BAKERY = StoryDocument(
    "Last bakery of Norrby closes", "The last bakery in the upper town of Norrby closed on Saturday after 90 years."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """One encoder for the tests that need vectors."""
    return Encoder()


def test_two_reports_of_one_event_are_one_story(summarizer: Summarizer) -> None:
    assert summarizer.stories([FERRY, BAKERY, FERRY_AGAIN]) == [[0, 2], [1]]


def test_two_events_of_one_kind_are_not(summarizer: Summarizer) -> None:
    assert summarizer.stories([FERRY, OTHER_FERRY]) == [[0], [1]]


def test_two_meetings_of_one_minister_are_not(summarizer: Summarizer) -> None:
    assert summarizer.stories([MEETS_HOLM, MEETS_VIRTANEN]) == [[0], [1]]


def test_the_same_words_a_week_later_are_not(summarizer: Summarizer) -> None:
    later = StoryDocument(FERRY_AGAIN.title, FERRY_AGAIN.text, NOON + timedelta(days=7))
    assert summarizer.stories([FERRY, later]) == [[0], [1]]


def test_a_script_the_encoder_does_not_read_is_not_one_story(summarizer: Summarizer) -> None:
    ferry = StoryDocument("غرق عبارة", "غرقت العبارة قرب الجزيرة مساء الأحد وأنقذ الصيادون جميع أفراد الطاقم.")
    bank = StoryDocument("رفع الفائدة", "رفع البنك المركزي أسعار الفائدة يوم الخميس للمرة الثالثة هذا العام.")
    assert summarizer.stories([ferry, bank]) == [[0], [1]]


def test_every_document_is_in_one_cluster(summarizer: Summarizer) -> None:
    documents = [FERRY, StoryDocument("", ""), FERRY_AGAIN, MEETS_HOLM, StoryDocument("\ud800", "\x00"), FERRY]
    clusters = summarizer.stories(documents)
    assert sorted(index for cluster in clusters for index in cluster) == list(range(len(documents)))
    assert [cluster[0] for cluster in clusters] == sorted(cluster[0] for cluster in clusters)
    assert summarizer.stories([]) == []


@pytest.mark.timeout(60)
def test_hundreds_of_documents_come_to_an_end(summarizer: Summarizer) -> None:
    documents = [
        StoryDocument(f"Ferry {n} opens line {n % 50}", f"Ferry {n} sailed to port {n * 7 % 400} with {n} guests. " * 3)
        for n in range(300)
    ]
    assert sum(len(story) for story in summarizer.stories(documents)) == 300  # about one second on a free machine


def test_look_alike_events_stay_apart_and_reports_of_one_come_together(encoder: Encoder) -> None:
    """All together, then each set by itself: another neighbourhood gives the words other weights."""
    sets = event_sets() + event_sets("events_held_out")
    documents = [document for each in sets for document in each.documents]
    vectors = encoder.encode([opening(document) for document in documents])
    events = [f"{number} {event}" for number, each in enumerate(sets) for event in each.events]
    precision, recall = b_cubed(cluster(documents, vectors), events)
    assert precision >= 0.98
    assert recall >= 0.9
    start, merged = 0, []
    for each in sets:
        alone = cluster(each.documents, vectors[start : start + len(each.documents)])
        merged += [each.name] if b_cubed(alone, each.events)[0] < 1 else []
        start += len(each.documents)
    assert merged == []


def test_a_standing_text_under_new_titles_is_a_series(summarizer: Summarizer) -> None:
    text = "Our critic Edith Pell picks what to hear, see and read this week in Norrby."
    reports = [StoryDocument(title, text, NOON) for title in ("The quiet cello of Ann Holm", "Three shows by the sea")]
    assert summarizer.stories(reports) == [[0], [1]]


def test_reports_that_arrive_later_change_nothing_decided(encoder: Encoder) -> None:
    documents = [document for each in event_sets()[:8] for document in each.documents]
    vectors = encoder.encode([opening(document) for document in documents])
    stories = Stories()
    for index, document in enumerate(documents):
        number = stories.add(document, vectors[index])
        assert stories.clusters == cluster(documents[: index + 1], vectors[: index + 1])
        assert index in stories.clusters[number]


def test_a_story_says_why(encoder: Encoder) -> None:
    documents = [FERRY, BAKERY, FERRY_AGAIN]
    stories = Stories()
    for document, vector in zip(documents, encoder.encode([opening(d) for d in documents]), strict=True):
        stories.add(document, vector)
    assert [stories.why(0), stories.why(1)] == [None, None]
    reason = stories.why(2)
    assert reason is not None
    assert reason.other == 0
    assert {"astrid", "sando", "norrby"} <= set(reason.names)
    assert {"ferry", "crew", "boat"} <= set(reason.words)
    assert reason.apart == timedelta(hours=3)
    assert reason.similarity > 0.6
    assert reason.probability > 0.7


@pytest.mark.parametrize(
    ("title", "next_title"),
    [
        ("The lost villages, Part I", "The lost villages, Part II"),
        ("War in Tarsk: day 112", "War in Tarsk: day 113"),
        ("Die Dörfer am Fluss, Teil 1", "Die Dörfer am Fluss, Teil 2"),
        ("Quill 4.2 released", "Quill 4.3 released"),
        ("失われた村 第1回", "失われた村 第2回"),
    ],
)
def test_two_instalments_are_not_one_story(summarizer: Summarizer, title: str, next_title: str) -> None:
    text = "The villages in the valley of the Orla were drowned in 1962, when the dam of Norrby was built."
    reports = [StoryDocument(title, text, NOON), StoryDocument(next_title, text, NOON)]
    assert summarizer.stories(reports) == [[0], [1]]
    assert summarizer.stories([reports[0], reports[0]]) == [[0, 1]]


def test_a_dateline_tells_the_day_where_nothing_else_does(summarizer: Summarizer) -> None:
    text = "The Varna stock index closed at 8,412 points, lifted by banks and energy shares, traders in Norrby said."
    today = StoryDocument("Varna shares close higher", f"NORRBY, March 11, 2024 (Coastwire) -- {text}")
    a_week_ago = StoryDocument("Varna shares close higher", f"NORRBY, March 4, 2024 (Coastwire) -- {text}")
    assert summarizer.stories([today, a_week_ago]) == [[0], [1]]
    assert summarizer.stories([today, today]) == [[0, 1]]


def test_a_story_that_fills_the_news_stays_one(encoder: Encoder) -> None:
    """Its words are no rarer than any others then."""
    details = ("fog", "oil", "wind", "tides", "radar", "crew", "cargo", "chart", "pilot", "ropes", "flares", "wreck")
    documents = [
        StoryDocument(
            FERRY.title,
            f"{FERRY.text} Experts spoke of {details[n % 12]} and {details[n // 12]}.",
            NOON + timedelta(hours=n),
        )
        for n in range(70)
    ]
    vectors = encoder.encode([opening(document) for document in [*documents, BAKERY]])
    assert [len(story) for story in cluster([*documents, BAKERY], vectors)] == [70, 1]
