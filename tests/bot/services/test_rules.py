"""The rule language: what is understood, what is refused, and what words and patterns fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DigestError
from bot.services.rules import LONGEST_RULE, LONGEST_RULES, MOST_RULES, Rules, Term, folded, parse_rules


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("+ harbour", "+ harbour"),
        ("  +harbour   festival ", "+ harbour festival"),
        ('- "transfer   window"', '- "transfer window"'),
        ("– “transfer window”", '- "transfer window"'),  # as telephones write it
        ("− sale*", "- sale*"),
        (r"- /\bsales?\b/", r"- /\bsales?\b/"),
        (r"- /\p{Lu}{3,}: /", r"- /\p{Lu}{3,}: /"),
        ("+ LANG: DE", "+ lang:de"),
        ("- source: Coast Courier", "- source:Coast Courier"),
        ("- source:“Coast Courier”", "- source:Coast Courier"),
        ("+ title:„Big Day“", '+ title:"Big Day"'),
        ("- title:/^sale/", "- title:/^sale/"),
        ("+ 9:30", "+ 9:30"),
        ("+ Title : harbour", "+ title:harbour"),
        ("", ""),
        ("\n + a1 \n\n- b1\n+ a1", "+ a1\n- b1"),  # once is enough
    ],
)
def test_rules_have_one_form_which_is_read_as_the_same(written, canonical):
    assert str(parse_rules(written)) == canonical
    assert parse_rules(canonical) == parse_rules(written)


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("harbour", "Begin it with +"),
        ("+", "Write what to look for"),
        ("+ !!!", "Write what to look for"),
        ("- title:", "Write what to look for"),
        ('+ say "this now"', "the whole rule between quotation marks"),
        ("+ lang:german", "lang:de"),
        ("+ lang:", "lang:de"),
        ("+ lang:zz", "lang:de"),
        ("- lang:cz", "lang:de"),  # a country
        ("- source:", "name of one of your sources"),
        ("- //", "between two slashes"),
        ("- /sale", "between two slashes"),
        ("- /(a/", "no regular expression"),
        ("- /a*/", "fits every text"),
        ("- /(?i)a/", "no options or names"),
        ("- /(?P<x>a)/", "no options or names"),
        ("- /(?R)a/", "no options or names"),
        ("- /a(?1)/", "no options or names"),
        ("- /(?:harbour){e<=3}/", "no options or names"),
        (r"- /\L<words>/", "no options or names"),
        ("- " + "x" * LONGEST_RULE, "make two rules"),
        ("-" + "x" * (LONGEST_RULE - 1), "make two rules"),  # as it is kept it has a space more
        ("- & /etc", "between two slashes"),  # these would be other rules, or none, when they are read again
        ("- … lang:english", "lang:de"),
        ("- … title:harbour", "Leave out the signs"),
        ('- source:""Post""', "Leave out the signs"),
        ("- /(?:x{5000}){5000}y/", "repetitions"),  # 25 million letters when compiled
        ("- /((((a{60}){60}){60}){60,})b/", "repetitions"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line_and_a_remedy(line, advice):
    with pytest.raises(DigestError) as refused:
        parse_rules(f"+ fine\n\n{line}\n- fine too")
    sentence = str(refused.value)
    assert sentence.startswith("Line 3 of the rules")
    assert advice in sentence
    assert sentence.count("“") == sentence.count("”") == 1  # what was written stands in quotation marks, nothing else
    assert len(sentence) < 300


def test_a_server_has_only_so_many_rules():
    lines = [f"+ word{number}" for number in range(MOST_RULES)]
    assert len(parse_rules("\n".join(lines)).all) == MOST_RULES
    with pytest.raises(DigestError, match="At most 50"):
        parse_rules("\n".join([*lines, "+ another"]))


def test_what_a_form_shows_can_be_kept_again():
    """A field of Discord refuses a text that is longer than it allows: then nobody could change the rules any more."""
    most = "\n".join(f"+{number:039}" for number in range(47))  # as they are kept each has a space more
    assert len(str(parse_rules(most))) <= LONGEST_RULES
    with pytest.raises(DigestError, match="At most 2000"):
        parse_rules("\n".join(f"+{number:039}" for number in range(48)))


_PIECES = st.sampled_from(
    [
        "+",
        "-",
        "–",
        " ",
        "&",
        "…",
        "/",
        "/a/",
        "title:",
        "lang:",
        "source:",
        "de",
        '"',
        "“",
        "”",
        "sale*",
        "x" * 98,
        "\n",
    ]
)


@given(st.text(max_size=300) | st.lists(_PIECES, max_size=12).map(lambda pieces: "+ " + "".join(pieces)))
def test_whatever_is_typed_is_understood_or_refused_in_words(text):
    try:
        rules = parse_rules(text)
    except DigestError:
        return
    assert parse_rules(str(rules)) == rules


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("harbour", "The HARBOUR's new wall"),
        ("muller", "Frau Müller kommt"),
        ("Müller", "FRAU MULLER"),
        ("strasse", "Die Straße"),
        ("ёлка", "Новая елка"),
        ("oresund", "Øresund bridge"),
        ("transfer window", "the transfer-window, closed"),
        ("sale*", "the salesman"),
        ("हिन्दी", "यह हिन्दी है"),
        ("港口", "新港口很大"),
        ("みなと", "このみなとまつりは"),
        ("ท่าเรือ", "เปิดท่าเรือใหม่"),
        ("항구", "새 항구가 열렸다"),
        ("ميناء", "افتتاح الميناء الجديد"),
        ("נמל", "פתיחת הנמל החדש"),
    ],
)
def test_a_word_is_found_in_any_case_with_or_without_accents_in_any_script(term, text):
    assert Term.of(term).occurs_in(folded(text))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("harbour", "the harbourmaster"),
        ("port", "a report on sport"),
        ("sale", "the salesman"),
        ("transfer window", "the window transfer"),
        ("нова", "новая елка"),
        ("हिन्द", "यह हिन्दी है"),
        ("か", "がくせい"),  # another letter, not an accent
        ("港口", "港 口"[0] + "湾"),
        ("항구", "새 항구도시"),
        ("ميناء", "المينائي"),
    ],
)
def test_a_part_of_a_word_is_no_word(term, text):
    assert not Term.of(term).occurs_in(folded(text))


def test_no_rules_are_no_text():
    assert str(Rules()) == ""
    assert parse_rules(" \n ") == Rules()
