import time
from datetime import UTC, datetime, timedelta

import pytest

from summarizer import StoryDocument, Summarizer

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
def test_hundreds_of_documents_take_seconds(summarizer: Summarizer) -> None:
    documents = [
        StoryDocument(f"Ferry {n} opens line {n % 50}", f"Ferry {n} sailed to port {n * 7 % 400} with {n} guests. " * 3)
        for n in range(300)
    ]
    started = time.perf_counter()
    summarizer.stories(documents)
    assert time.perf_counter() - started < 20  # about one on a free machine
