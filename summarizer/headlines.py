"""A headline for a text that came without one: a clause of the source, shortened only by leaving out.

What goes first is what a headline writer drops first: when it was, asides, titles before names, clauses before the
subject, and then whole phrases from the end. Subject, verb and attribution stay, the order is the source's, and what
remains has to pass the check that every trimmed point passes.
"""

import re
from collections.abc import Sequence

from summarizer.cleaning import has_open_quote, is_dangling
from summarizer.grammar import SAYING, Kind, Parse
from summarizer.grounding import trim_objections
from summarizer.trimming import Goal, reduced, style, trimmed
from summarizer.words import content_words, word_set

LONGEST_HEADLINE = 90  # characters
_MOST_TOKENS = 100  # looked at for the end of a headline
_LONGEST_TAIL = 60  # characters of an attribution that a headline has room for
_GOALS = (Goal(60, 0.6), Goal(LONGEST_HEADLINE, 0.1))

_BORDERS = frozenset(
    (Kind.PREPOSITION, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.CONJUNCTION, Kind.COMMA, Kind.DASH, Kind.MARK, Kind.THAT)
)
_NO_LAST_WORD = word_set(
    """
    a an the of to in on at by for with from and or but as that than its his her their this these those is are was
    were be been being has have had will would can could may might must should not no more most very into between
    both about over under near after before while when who which if said says told
    """
)
_NO_QUOTES = str.maketrans("", "", '"“”„«»「」『』')
_END = " .。．।!！…,;:،؛、，；：–—-"


def headline_of(sentences: Sequence[str], language: str) -> str:
    """A headline of at most 90 characters from the first of these sentences that gives a whole clause."""
    independent = [sentence for sentence in sentences if not is_dangling(sentence, language)]
    shorter = [_shortened(sentence, language) for sentence in independent or sentences]
    return next((headline for headline, is_whole in shorter if is_whole), shorter[0][0])


def _shortened(sentence: str, language: str) -> tuple[str, bool]:
    """The headline that a sentence gives, and whether it still says what the sentence says."""
    if language != "en":
        return _fit_by_punctuation(_without_end(trimmed(sentence, language)))
    clause = _without_end(reduced(sentence, style("headlines"), _GOALS, len))
    headline, is_whole = (clause, True) if len(clause) <= LONGEST_HEADLINE else _cut(clause)
    headline = _without_end(headline)
    return headline[:1].upper() + headline[1:], is_whole and not has_open_quote(headline)


def _without_end(text: str) -> str:
    stripped = text.strip().rstrip(_END)
    # "U.S." and the like keep their dot
    return (
        stripped + "."
        if re.search(r"\b(?:[A-Z]\.)+[A-Z]$", stripped) and text.startswith(stripped + ".")
        else stripped or text.strip()
    )


def _cut(clause: str) -> tuple[str, bool]:
    """A beginning with the attribution from the end: the first that the check lets pass, or the first of all."""
    parse = Parse(clause)
    tail = clause[parse.tokens[parse.attribution - 1].end :] if parse.attribution < parse.end else ""
    beginnings = _beginnings(parse, LONGEST_HEADLINE - len(tail)) if len(tail) < _LONGEST_TAIL else []
    for beginning in beginnings:
        if not trim_objections(beginning + tail + ".", clause + "."):
            return beginning + tail, True
    return (beginnings[0] + tail if beginnings else _at_word(clause)), False


def _beginnings(parse: Parse, room: int) -> list[str]:
    """Beginnings of at most `room` characters that end before a phrase and hold the main verb: those that end as
    sentences do first, then the longest."""
    if not 0 <= parse.main_verb < _MOST_TOKENS:
        return []
    ends = [at for at in range(parse.main_verb + 1, min(parse.attribution, _MOST_TOKENS)) if _may_end(parse, at, room)]
    ends.sort(key=lambda at: (not _is_complete(parse, at), -at))
    return [parse.sentence[: parse.tokens[at - 1].end] for at in ends]


def _may_end(parse: Parse, at: int, room: int) -> bool:
    """Whether a headline may end before the token at `at`."""
    end = parse.tokens[at - 1].end
    if end > room or parse.kind(at) not in _BORDERS or not parse.is_word(at - 1):
        return False
    return parse.word(at - 1) not in _NO_LAST_WORD and not has_open_quote(parse.sentence[:end])


def _is_complete(parse: Parse, at: int) -> bool:
    """Whether what ends before `at` wants nothing more: "charged" wants "with", "agreed" its "to"."""
    last = parse.kind(at - 1)
    if last in (Kind.VERB, Kind.PARTICIPLE, Kind.AUXILIARY) or parse.word(at - 2) == "to":
        return parse.kind(at) is Kind.COMMA
    return parse.word(at) not in ("of", "to", "that", "than") and parse.word(at - 1) not in SAYING


def _fit_by_punctuation(clause: str) -> tuple[str, bool]:
    if len(clause) <= LONGEST_HEADLINE:
        return clause, True
    room = clause[: LONGEST_HEADLINE + 1]
    at = max(room.rfind(mark) for mark in ",;:，；：、،؛–—")
    if at >= LONGEST_HEADLINE // 4 and not has_open_quote(room[:at]):
        return _without_end(room[:at]), True
    return _at_word(clause), False


def _at_word(clause: str) -> str:
    """As many whole words as fit, not ending on one that leans on the next."""
    room = clause[: LONGEST_HEADLINE + 1]
    words = room.rsplit(maxsplit=1)[0].split() if " " in room else [clause[:LONGEST_HEADLINE]]
    while len(words) > 3 and (words[-1].lower() in _NO_LAST_WORD or not content_words(words[-1])):
        words.pop()
    headline = _without_end(" ".join(words))
    return headline.translate(_NO_QUOTES).strip() if has_open_quote(headline) else headline
