"""Text from outside is read and does nothing else (FAULTS 39)."""

from datetime import UTC, datetime

import pytest

from bot.ui.text import address_link, plain, sentence_with_quotes, timestamp


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("[bank](https://evil.example)", r"\[bank\](https://evil.example)"),
        ("https://a.example/[x](https://evil.example)", r"https://a.example/\[x\](https://evil.example)"),
        (
            "@everyone <@1> <@&2> <#3> </help:4> <t:1:R> <id:home>",
            r"\@everyone \<\@1\> \<\@&2\> \<\#3\> \</help:4\> \<t:1:R\> \<id:home\>",
        ),
        ("# Big\n## Bigger", r"\# Big \#\# Bigger"),
        ("- item", r"\- item"),
        ("-# small", r"-\# small"),
        ("1. item", r"1\. item"),
        ("> quote ||spoiler|| **b** __u__ ~~s~~ `c`", r"\> quote \|\|spoiler\|\| \*\*b\*\* \_\_u\_\_ \~\~s\~\~ \`c\`"),
        ("back\\slash", r"back\\slash"),
        ("a\u202eb\u200bc\x00d\ud800e\ufefff", "abcdef"),
    ],
)
def test_markup_is_shown_and_not_obeyed(hostile, shown):
    assert plain(hostile) == shown


def test_ordinary_text_stays_readable():
    text = "China-Russia talks rose 5.5% (again); see https://example.org/a_b?c=d"
    assert plain(text) == text


def test_joiners_that_shape_letters_stay():
    assert plain("می\u200cخواهم 👨\u200d👩\u200d👧") == "می\u200cخواهم 👨\u200d👩\u200d👧"


def test_long_text_is_cut_between_words():
    assert plain("one two three four", 12) == "one two…"
    assert plain("x" * 20, 10) == "x" * 9 + "…"
    assert plain("short", 10) == "short"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://www.example.org/a", "[example.org](https://www.example.org/a)"),
        ("https://example.org/(x) y", "[example.org](https://example.org/%28x%29%20y)"),
        ("javascript:alert(1)", ""),
        ("ftp://example.org/x", ""),
        ("https://", ""),
        (None, ""),
    ],
)
def test_links_show_where_they_lead(address, link):
    assert address_link(address) == link


def test_timestamps():
    assert timestamp(datetime(2026, 11, 20, 12, tzinfo=UTC), "R") == "<t:1795176000:R>"


def test_what_a_sentence_quotes_is_short_and_without_effect_and_our_marks_stay():
    made = sentence_with_quotes("There is no “[x](https://evil.example) ”” @here”. `/source list` shows all in <#7>.")
    assert made == r"There is no “\[x\](https://evil.example) ”” \@here”. `/source list` shows all in <#7>."
    assert len(sentence_with_quotes(f"No “{'long ' * 1000}” here. See `/news help`.")) < 150
    assert sentence_with_quotes(f"No “{'x' * 5000}” here. See `/news help`.").endswith("…” here. See `/news help`.")
    assert len(sentence_with_quotes("word " * 1000)) <= 1000
