import pytest

from summarizer.grammar import Kind, Parse


def _main_verb(sentence: str) -> str:
    parse = Parse(sentence)
    return parse.tokens[parse.main_verb].text if parse.main_verb >= 0 else ""


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("The council approved the bridge.", "approved"),
        ("A man accused of stealing four boats was arrested.", "was"),
        ("The ferry built in 1961 sank near Norrby.", "sank"),
        ("At a ceremony held in Norrby, the mayor opened the pier.", "opened"),
        ("The ferry, the largest boat ever built in Norrby, carried mail.", "carried"),
        ("The ferry that hit a pier in Norrby carried mail.", "carried"),
        ("While the council was meeting, the mayor signed the contract.", "signed"),
        ("Peace talks in Norrby began on Monday.", "began"),
        ("The police reports say little.", "say"),
        ("The mayor plans a bridge.", "plans"),
        ("Officials said the bridge was closed.", "said"),
        ("In Norrby the council voted for the bridge.", "voted"),
        ("A quiet morning in Norrby.", ""),
    ],
)
def test_the_main_verb_is_found_without_a_parser(sentence: str, verb: str) -> None:
    assert _main_verb(sentence) == verb


@pytest.mark.parametrize(
    ("sentence", "attribution"),
    [
        ("The pier will close, said Wei.", ", said Wei"),
        ("The pier will close, the ministry said in a note on Friday.", ", the ministry said in a note on Friday"),
        ("The pier will close, according to the council.", ", according to the council"),
        ("The pier will close, a spokesman for the harbour of Norrby told reporters.",
         ", a spokesman for the harbour of Norrby told reporters"),
        ("Few believe that the mayor, a former sailor, told the truth.", ""),
        ("The ferry serves Norrby, Sando and the United States.", ""),
        ("The mayor, who said that the pier was safe, resigned.", ""),
    ],
)  # fmt: skip
def test_an_attribution_closes_a_sentence(sentence: str, attribution: str) -> None:
    parse = Parse(sentence)
    start = parse.tokens[parse.attribution].start if parse.attribution < parse.end else len(sentence)
    assert sentence[start:].rstrip(".") == attribution


def test_quotations_include_their_marks() -> None:
    parse = Parse("“We'll pay,” the mayor's wife said, 'now and then'.")
    quoted = [token.text for at, token in enumerate(parse.tokens) if parse.quoted[at]]
    assert quoted == ["“", "We'll", "pay", ",", "”", "'", "now", "and", "then", "'"]


def test_tokens_keep_what_belongs_together() -> None:
    parse = Parse("Mr. Berg paid $1,200.50 (3%) to U.S. officials at 7 p.m. -- twice.")
    apart = " ".join(token.text for token in parse.tokens)
    assert apart == "Mr. Berg paid $1,200.50 ( 3% ) to U.S. officials at 7 p.m. -- twice ."


@pytest.mark.parametrize("text", ["", " ", ".", ",,,", "()", "that", "\u202e\x00", "said", "and"])
def test_what_is_no_sentence_has_no_verb(text: str) -> None:
    parse = Parse(text)
    assert parse.main_verb == -1 or parse.kind(parse.main_verb) in (Kind.VERB, Kind.AUXILIARY)
    assert 0 <= parse.attribution <= parse.end <= len(parse)
