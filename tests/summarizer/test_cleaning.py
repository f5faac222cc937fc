import pytest

from summarizer.cleaning import clean_title, is_dangling, is_publishable, legible


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Harbour opens after nine years - BBC News", "Harbour opens after nine years"),
        ("Harbour opens after nine years | Reuters", "Harbour opens after nine years"),
        ("Harbour opens | Sport | The Guardian", "Harbour opens"),
        ("Norrby News | Harbour opens after nine long years", "Harbour opens after nine long years"),
        ("Harbour opens - and closes again", "Harbour opens - and closes again"),
        ("Anna Holm — the last ferry captain", "Anna Holm — the last ferry captain"),
        ("Storm reaches Norrby | Five boats sunk overnight", "Storm reaches Norrby | Five boats sunk overnight"),
        ("Storm reaches Norrby | The Voice of Sando", "Storm reaches Norrby"),
        ("  Harbour\n opens ", "Harbour opens"),
    ],
)
def test_titles_lose_their_sites(given: str, cleaned: str) -> None:
    assert clean_title(given) == cleaned


def test_shouting_is_calmed_and_names_are_kept() -> None:
    text = "On Friday the NATO ship left Norrby. In Norrby nobody saw the NATO ship."
    assert clean_title("NATO SHIP LEAVES NORRBY AT NIGHT", text) == "NATO ship leaves Norrby at night"
    assert clean_title("NATO in Norrby", text) == "NATO in Norrby"


@pytest.mark.parametrize(
    "sentence",
    [
        "The harbour opened on Friday.",
        'The mayor said "we waited nine years" on Friday.',
        "World War I ended before the harbour was built.",
        "The coal mine near the harbour was closed.",
    ],
)
def test_plain_sentences_may_be_points(sentence: str) -> None:
    assert is_publishable(sentence, "en")


@pytest.mark.parametrize(
    "sentence",
    [
        "Why did the harbour close?",
        'He asked "why did it close?"',
        "We saw the harbour on Friday.",
        "On Friday I saw the harbour.",
        "You can take the ferry on Friday.",
        'The mayor said: "We waited nine years.',
        "Read more about the harbour.",
        "Jonas Ek contributed to this report.",
        "Mayor Tomas Lindqvist (left) opens the harbour.",
        "Photo: The harbour at night.",
        "Write to harbour@example.org for the timetable.",
        "Harbour opens after nine years",
        "It opened.",
        "THE HARBOUR IS OPEN AGAIN.",
    ],
)
def test_these_never_are(sentence: str) -> None:
    assert not is_publishable(sentence, "en")


def test_first_person_is_judged_by_language() -> None:
    assert not is_publishable("Am Freitag haben wir den Hafen gesehen.", "de")
    assert is_publishable("Port otwarto we wtorek po dziewięciu latach.", "pl")


def test_dangling_openings() -> None:
    assert is_dangling("He opened the harbour.", "en")
    assert is_dangling("However, nobody came.", "en")
    assert is_dangling("Il a ouvert le port.", "fr")
    assert not is_dangling("Il porto è stato aperto.", "it")
    assert not is_dangling("Hermann opened the harbour.", "en")


def test_legible_text_keeps_every_offset() -> None:
    text = "a\x00b\ud800c\ufeffd"
    assert legible(text) == "a b\ufffdc d"
    legible(text).encode()
