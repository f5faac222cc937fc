import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.headlines import LONGEST_HEADLINE, headline_of, whole_headlines
from summarizer.trimming import trimmed
from tests.summarizer.attacks import ATTACKS, Case


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("The ferry (built in 1961) sank near Norrby.", "The ferry sank near Norrby."),
        ("But the mayor of Norrby signed the contract.", "The mayor of Norrby signed the contract."),
        ("In addition, the mayor of Norrby signed the contract.", "The mayor of Norrby signed the contract."),
        ("The mayor, however, signed the contract for the ferries.", "The mayor signed the contract for the ferries."),
        (
            "A court on Tuesday ordered the company to pay for the damaged pier.",
            "A court ordered the company to pay for the damaged pier.",
        ),
        (
            "Storms flattened the market hall -- the third such loss in a decade -- and cut the road to Sando.",
            "Storms flattened the market hall and cut the road to Sando.",
        ),
        (
            "Anna Holm, the last captain of the old ferry, won the race to Sando by 12 lengths.",
            "Anna Holm won the race to Sando by 12 lengths.",
        ),
        (
            "The ferry, which had carried mail for ninety years, sank in the harbour of Norrby.",
            "The ferry sank in the harbour of Norrby.",
        ),
        (
            'Anna Holm, who sang in the play "The Ferry," won the race to Sando by 12 lengths.',
            "Anna Holm won the race to Sando by 12 lengths.",
        ),
        (
            "A ferry hit the new pier in Norrby, leaving the island without mail for a week.",
            "A ferry hit the new pier in Norrby.",
        ),
        (
            "While the council was still meeting, the mayor of Norrby signed the contract for the ferries.",
            "The mayor of Norrby signed the contract for the ferries.",
        ),
        (
            "The ministry said in a statement on Friday that the pier would close.",
            "The ministry said that the pier would close.",
        ),
    ],
)
def test_whole_constituents_go_from_a_sentence_that_is_long(sentence: str, shorter: str) -> None:
    assert trimmed(sentence, "en", most_words=7) == shorter


@pytest.mark.parametrize(
    "sentence",
    [
        "The company is facing growing accusations that it hid the leak.",
        "The harbour will be closed, said Wei.",
        "The harbour will be closed, according to the police.",
        "Wei denied on Tuesday that the army had defeated Shoigu in the drill.",
        "The man allegedly stole four boats.",
        "The fire may have been set on purpose.",
        "The council did not approve the bridge in May.",
        "Up to 40 people were hurt.",
        "The bridge will open if the council pays.",
        "No one was hurt in Norrby on Sunday.",
        "Only three of the boats were insured against storms.",
        "The bank will pay on condition that taxes rise.",
        "She died in the film.",
        "He was responsible for the harbour.",
        "The ship did not leave until the captain, Anna Holm, had paid the fee.",
        "Unemployment rose 3 percent in May.",
        "“We will pay for it all (in May),” the mayor said.",
        "Was the harbour closed on Monday?",
    ],
)
def test_what_carries_the_claim_stays(sentence: str) -> None:
    assert trimmed(sentence, "en", most_words=1) == sentence
    assert trimmed(sentence, "en") == sentence


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        (
            "This June, the heads of state of the two countries announced the extension of the treaty of friendship via"
            " video link, showing the world the common will of both to carry its spirit forward, strengthen trust and"
            " firmly support each other, said Wei.",
            ", said Wei.",
        ),
        (
            "The mayor, who denied the claims, was accused of taking bribes from a builder in Sando.",
            "who denied the claims",
        ),
        (
            "The chief said the suspect, a former sailor, had confessed, but his lawyer rejected the statement.",
            "but his lawyer rejected the statement",
        ),
        ("Holm allegedly sold the boat to a dealer in Sando in May, according to court papers.", "allegedly"),
        (
            "Up to 40 people, including children, may have been killed in the fire, officials said.",
            "may have been killed",
        ),
        ("Rebels said they would stop fighting in the north if the army left Norrby by Friday.", "if the army left"),
    ],
)
def test_what_carries_the_claim_stays_in_long_sentences(sentence: str, kept: str) -> None:
    assert kept in trimmed(sentence, "en", most_words=5)


@pytest.mark.parametrize(
    "sentence",
    [
        "It names a vow to fight, a call for talks with Sando, and a plan for the pier.",
        "He was cleared of murder after a judge in Norrby threw out the evidence.",
        "The guards attacked the council after it said the bridge was unsafe.",
        "The lights (which came with a storm from the sea in May) were seen in Norrby.",
        "Holm, a teacher in Norrby, Norway, was elected in May after a long count.",
        "It was nine on a slow Thursday night in April when the ferry sank near the pier.",
        "The fire was old, but the statement by the owners that they will leave from May on is news.",
        "Reports filed Thursday said the ferry had sunk near the pier in a storm.",
    ],
)
def test_the_rest_is_a_sentence_with_its_marks(sentence: str) -> None:
    for most_words in (20, 10, 5):
        short = trimmed(sentence, "en", most_words=most_words)
        assert short[0].isupper()
        assert short.endswith(".")
        assert short.count("(") == short.count(")")
        assert not re.search(
            r",\s*[,.]|\s[,.]|murder threw|council said|slow in|filed said|will leave\.|Norrby was|talks?\.", short
        )


@pytest.mark.parametrize(
    ("sentence", "language", "shorter"),
    [
        ("Der Hafen (gebaut 1961) wurde am Freitag eröffnet.", "de", "Der Hafen wurde am Freitag eröffnet."),
        ("Le port – fermé depuis un an – a ouvert vendredi.", "fr", "Le port a ouvert vendredi."),
        ("Vendredi, le port de Norrby a ouvert.", "fr", "Le port de Norrby a ouvert."),
        ("El viernes, el puerto abrió.", "es", "El puerto abrió."),
        ("El viernes, nadie vino al puerto.", "es", "El viernes, nadie vino al puerto."),
        ("Am Freitag wurde der Hafen eröffnet.", "de", "Am Freitag wurde der Hafen eröffnet."),
        ("港口（一九六一年建成）星期五开放。", "zh", "港口星期五开放。"),
        ("Der Hafen (nicht der Flughafen) wurde eröffnet.", "de", "Der Hafen (nicht der Flughafen) wurde eröffnet."),
        ("Der Hafen, der gebaut wurde, ist offen.", "de", "Der Hafen, der gebaut wurde, ist offen."),
    ],
)
def test_other_languages_lose_only_brackets_dashes_and_days(sentence: str, language: str, shorter: str) -> None:
    assert trimmed(sentence, language) == shorter


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.kind}: {attack.version[:40]}")
def test_nothing_is_trimmed_into_what_an_attack_says(attack: Case) -> None:
    made = [trimmed(attack.source, attack.language, most_words=most_words) for most_words in (30, 15, 8, 4)]
    made += [*whole_headlines(attack.source, attack.language), headline_of([attack.source], attack.language)]
    assert all(_words(text) != _words(attack.version) for text in made)


def _in_order(short: str, sentence: str) -> bool:
    remaining = iter(re.findall(r"\w+", sentence.lower()))
    return all(word in remaining for word in re.findall(r"\w+", short.lower()))


_PIECES = re.findall(
    r"\S+",
    "the mayor , said that who was on Monday ( ) -- and but not “ ” after fire in Norrby opened ; 40 % killed : . a"
    " which had been built however , also according to 's \" '",
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=60), st.integers(1, 30))
def test_words_stay_in_order_whatever_the_sentence(words: list[str], most_words: int) -> None:
    sentence = " ".join(words)
    short = trimmed(sentence, "en", most_words=most_words)
    assert _in_order(short, sentence)
    assert short == sentence or short.count("(") - short.count(")") == sentence.count("(") - sentence.count(")")
    headlines = [headline_of([sentence], "en"), *whole_headlines(sentence, "en")]
    assert all(_in_order(headline, sentence) and len(headline) <= LONGEST_HEADLINE for headline in headlines)


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "de", "zh", "xx"]))
def test_any_text_is_taken(text: str, language: str) -> None:
    assert isinstance(trimmed(text, language), str)


@pytest.mark.parametrize(
    "unit", ["a, ", "(", "and the mayor said that ", "“", "-- ", "in May on Monday ", "– ", "said"]
)
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.timeout(40)  # about one on a free machine
def test_long_texts_cost_no_more_than_their_length(unit: str, language: str) -> None:
    for length in (2_900, 100_000):
        text = unit * (length // len(unit))
        assert len(trimmed(text, language)) <= len(text)
        assert len(headline_of([text], language)) <= LONGEST_HEADLINE
