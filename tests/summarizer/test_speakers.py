"""Who speaks, who denies what, and what a first point says."""

import pytest

from summarizer.openings import has_place, has_what, has_where, has_who, nameless_opening, opening_score
from summarizer.replies import denials, is_denial
from summarizer.speakers import is_attributed, speaker_of, speakers


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Ahlberg said that the harbour would open.", "Ahlberg"),
        ('"We waited," Lindqvist told the guests.', "Lindqvist"),
        ("The harbour opens in June, said Karin Ahlberg, the transport minister.", "Ahlberg"),
        ("Karin Ahlberg, the minister for transport, said the harbour was ready.", "Ahlberg"),
        ("Eva Strand, 54, of Norrby, said on Monday that it was over.", "Strand"),
        ("A spokesman for the ferry line, Lars Holm, said Sando would grow.", "Holm"),
        ('"Fine," said Coastwire chief Tomas Lee.', "Lee"),
        ('"It is safe," said Dr. Anna Holm, a surveyor.', "Holm"),
        ("The crew left the ship, according to police.", "police"),
        ("According to the Coastal Institute, herring is rare.", "Coastal Institute"),
        ("Police in Norrby said Holm ran.", "police"),
        ("Sando Harbour Watch said it was bad.", "Sando Harbour Watch"),
        ("The Ministry of Health said on Monday that the water is clean.", "Ministry of Health"),
        ("Nicholls said: “I have not made up my mind.”", "Nicholls"),
        ("Ahlberg: Sweden values the ferry.", "Ahlberg"),
        ("Prime Minister Ahlberg has also warned that the pier is unsafe.", "Ahlberg"),
        ("Tomas Lindqvist (pictured in June) said the pier is safe.", "Lindqvist"),
        ("Ahlberg, who opened the pier, said she was glad.", "Ahlberg"),
        ("The minister said it was fine.", None),
        ("He said Holm had told police.", None),
        ("Holm was told to leave.", None),
        ("The ferry sank off Sando.", None),
        ('"Nobody said a word."', None),
    ],
)
def test_who_speaks(sentence: str, speaker: str | None) -> None:
    assert speaker_of(sentence, "en") == speaker


@pytest.mark.parametrize(
    ("language", "sentence", "speaker"),
    [
        ("de", "Ahlberg sagte, der Hafen werde im Juni geöffnet.", "Ahlberg"),
        ("de", "Der Hafen ist sicher, sagte Bürgermeister Tomas Lindqvist.", "Lindqvist"),
        ("de", "Der Minister sagte, der Hafen sei sicher.", None),
        ("fr", "Ahlberg a déclaré que le port est prêt.", "Ahlberg"),
        ("fr", "Il a dit que le port est prêt.", None),
        ("es", "Ahlberg dijo que el puerto está listo.", "Ahlberg"),
        ("it", "Ahlberg ha detto che il porto è pronto.", "Ahlberg"),
        ("pt", "Ahlberg disse que o porto está pronto.", "Ahlberg"),
        ("ru", "Альберг заявила, что порт готов.", "Альберг"),
        ("uk", "Альберг заявила, що порт готовий.", "Альберг"),
        ("sv", "Ahlberg sade att hamnen är klar.", None),  # no list
    ],
)
def test_who_speaks_in_other_languages(language: str, sentence: str, speaker: str | None) -> None:
    assert speakers([sentence], language) == [speaker]


def test_one_who_is_called_by_another_part_of_the_name() -> None:
    said = ["Holm Tao said the pier is safe.", "Holm added that it is new.", "Anna Lee said no.", "Lee told police."]
    assert speakers(said, "en") == ["Holm", "Holm", "Lee", "Lee"]
    assert speakers(said[:1], "en") == ["Tao"]


def test_a_nameless_speaker_attributes_all_the_same() -> None:
    assert is_attributed("The minister said it was fine.", "en")
    assert is_attributed("It was fine, he said.", "en")
    assert not is_attributed("The ferry sank off Sando.", "en")
    assert not is_attributed("Holm was told to leave.", "en")


@pytest.mark.parametrize(
    ("sentences", "found"),
    [
        (["Strand accused Lindqvist of fraud.", "Rain fell.", "Lindqvist denied the claims."], [None, None, 0]),
        (["Strand accused Lindqvist of fraud.", "He denies any wrongdoing."], [None, 0]),
        (["Strand accused Lindqvist of fraud.", *["Rain fell."] * 8, "Lindqvist denies it."], [*[None] * 9, 0]),
        (["Strand accused Lindqvist of fraud.", *["Rain fell."] * 8, "He denies it."], [None] * 10),  # too far
        (["The paper said Holm killed the seals.", "Holm has denied any involvement."], [None, 0]),
        (["Prosecutors charged Holm with theft.", "He has pleaded not guilty."], [None, 0]),
        (["Holm was charged with theft.", "Lee was charged with fraud.", "Holm denies the charge."], [None, None, 0]),
        (["The ferry sank.", "The line did not respond to a request for comment."], [None, None]),  # nobody accused
        (["Strand accused Lindqvist of fraud.", f"Lindqvist denied {'it and ' * 15}it all."], [None, None]),  # too long
    ],
)
def test_denials_find_their_accusation(sentences: list[str], found: list[int | None]) -> None:
    assert denials(sentences, "en") == found


@pytest.mark.parametrize(
    ("language", "accusation", "denial"),
    [
        ("de", "Strand beschuldigte Lindqvist des Betrugs.", "Lindqvist bestritt die Vorwürfe."),
        ("fr", "Strand accuse Lindqvist de fraude.", "Lindqvist nie les faits."),
        ("es", "Strand acusó a Lindqvist de fraude.", "Lindqvist negó los cargos."),
        ("it", "Strand ha accusato Lindqvist di frode.", "Lindqvist nega tutto."),
        ("pt", "Strand acusou Lindqvist de fraude.", "Lindqvist negou tudo."),
        ("ru", "Странд обвинила Линдквист в обмане.", "Линдквист отрицает это."),
        ("uk", "Странд звинуватила Ліндквіст в обмані.", "Ліндквіст заперечує це."),
    ],
)
def test_denials_in_other_languages(language: str, accusation: str, denial: str) -> None:
    assert is_denial(denial, language)
    assert denials([accusation, denial], language) == [None, 0]


def test_what_a_first_point_says() -> None:
    full, half, empty = "Karin Ahlberg opened the pier in Norrby.", "Ahlberg opened the pier.", "A day of rain."
    assert opening_score(full, "en") > opening_score(half, "en") > opening_score(empty, "en") == 0
    assert has_who("Thousands of workers went home.", "en")
    assert not has_who("The work went on for nine years.", "en")
    assert has_what("Costs rose by a fifth.", "en")
    assert not has_what("Nine years of rain.", "en")
    assert has_place("Swedish ferries are late.", "en")
    assert not has_place("Ahlberg spoke on Monday in June.", "en")
    assert has_where("The Norrby ferry is late.", "en")
    assert not has_where("Ahlberg said the ferry is late.", "en")


@pytest.mark.parametrize(
    ("sentence", "before", "opening"),
    [
        ("The mayor thanked the crew.", "Mayor Tomas Lindqvist spoke.", "The mayor"),
        ("The mayor thanked the crew.", "Tomas Lindqvist, the mayor of Norrby, spoke.", "The mayor"),
        ("The outgoing mayor thanked the crew.", "Mayor Lindqvist spoke.", "The outgoing mayor"),
        ("The 40-year-old thanked the crew.", "Tomas Lindqvist spoke.", "The 40-year-old"),
        ("The mayor thanked the crew.", "A mayor spoke.", None),
        ("The mayor of Norrby thanked the crew.", "Mayor Anna Holm of Sando spoke.", None),
        ("The 40-year-old ferry sank.", "Rain fell.", None),
        ("The crew slept.", "Captain Ann Lee spoke.", None),
    ],
)
def test_a_role_alone_needs_its_name(sentence: str, before: str, opening: str | None) -> None:
    assert nameless_opening(sentence, [before], "en") == opening
