"""A headline for a text that came without one: a clause of the source, shortened only by leaving out.

What goes first is what a headline writer drops first: when it was, asides, titles before names, clauses before the
subject, and then whole phrases from the end. Subject, verb and attribution stay, the order is the source's, and what
remains has to pass the check that every trimmed point passes.
"""

import re
from collections.abc import Iterator, Sequence

from summarizer.cleaning import has_open_quote
from summarizer.constituents import Role, is_series, parts
from summarizer.grammar import SAYING, Kind, Parse
from summarizer.grounding import trim_objections
from summarizer.openings import dangling_opening
from summarizer.trimming import Goal, Style, reduced, style, trimmed
from summarizer.words import content_words, word_set

LONGEST_HEADLINE = 90  # characters
_MOST_TOKENS = 100  # looked at for the end of a headline
_LONGEST_TAIL = 60  # characters of an attribution that a headline has room for
_GOALS = tuple((Goal(length, 0.1),) for length in (LONGEST_HEADLINE, 70, 50))  # a fuller headline, shorter ones
_MOST_CUTS = 8
_FEWEST_TOKENS = 5

_BORDERS = frozenset(
    (Kind.PREPOSITION, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.CONJUNCTION, Kind.COMMA, Kind.DASH, Kind.MARK, Kind.THAT)
)
_AFTER_COMMA = frozenset((Kind.PARTICIPLE, Kind.SUBORDINATOR, Kind.CONJUNCTION, Kind.RELATIVE))
_NO_LAST_WORD = word_set(
    """
    a an the of to in on at by for with from and or but as that than its his her their this these those is are was
    were be been being has have had will would can could may might must should not no more most very into between
    both about over under near after before while when who which if said says told came comes come went goes go became
    becomes got gets took takes made makes put puts set sets gave gives
    """
)
_QUOTES = frozenset("\"“„«‘'`")
_NO_QUOTES = str.maketrans("", "", '"“”„«»「」『』')
_END = " .。．।!！…,;:،؛、，；：–—-"


def headline_of(sentences: Sequence[str], language: str, wanted: Style | None = None) -> str:
    """A headline of at most 90 characters from the first of these sentences that gives a whole clause.

    `wanted` stands in for the style that was learned for headlines.
    """
    independent = [sentence for sentence in sentences if not dangling_opening(sentence, language)] or sentences
    whole = (headline for sentence in independent for headline in whole_headlines(sentence, language, wanted))
    return next(whole, None) or _fallback(independent, language, wanted or style("headlines"))


def whole_headlines(sentence: str, language: str, wanted: Style | None = None) -> list[str]:
    """Headlines of a whole clause that `sentence` gives, the best first, the others shorter; often there is none."""
    if language != "en":
        clause = _without_end(trimmed(sentence, language))
        fits = len(clause) <= LONGEST_HEADLINE and not has_open_quote(clause) and not dangling_opening(clause, language)
        return [clause] if fits else []
    clauses = [reduced(sentence, wanted or style("headlines"), goals, len) for goals in _GOALS]
    clauses += [cut for clause in clauses[:1] for cut in _cuts(clause)]
    found = [_titled(clause) for clause in dict.fromkeys(clauses)]
    headlines = [
        headline
        for headline in dict.fromkeys(found)
        if _is_headline(headline) and not trim_objections(headline, sentence)
    ]
    return sorted(headlines, key=_has_two_clauses)


def _is_headline(headline: str) -> bool:
    """Whether it is short enough and one sentence with subject and verb that leans on nothing before it."""
    if len(headline) > LONGEST_HEADLINE or has_open_quote(headline) or dangling_opening(headline, "en"):
        return False
    parse = Parse(headline)
    if "if" in parse.lower[: parse.main_verb] and not parse.lead_end:  # only a condition is left
        return False
    return parse.main_verb > 0 and parse.end >= _FEWEST_TOKENS and headline[-1:] not in "?:"


def _has_two_clauses(headline: str) -> bool:
    parse = Parse(headline)
    return any(part.role is Role.COORDINATION and parse.kind(part.start) is Kind.COMMA for part in parts(parse))


def _titled(clause: str) -> str:
    headline = _without_end(clause)
    return headline[:1].upper() + headline[1:]


def _fallback(sentences: Sequence[str], language: str, wanted: Style) -> str:
    """As much as fits of sentences that give no whole clause: a beginning without which nothing turns around."""
    if language != "en":
        return _fit_by_punctuation(_without_end(trimmed(sentences[0], language)))
    clauses = [_without_end(reduced(sentence, wanted, _GOALS[0], len)) for sentence in sentences]
    beginnings = (beginning for clause in clauses for beginning in _harmless(clause))
    return _titled(next(beginnings, None) or _at_word(clauses[0]))


def _harmless(clause: str) -> Iterator[str]:
    """The clause or beginnings of it that fit, where what is dropped neither denies nor limits what stays."""
    if len(clause) <= LONGEST_HEADLINE:
        yield clause
        return
    parse = Parse(clause)
    tail = _tail(parse)
    for beginning in _beginnings(parse, LONGEST_HEADLINE - len(tail)):
        if not _TURNS.search(clause[len(beginning) :]):
            yield beginning + tail


_TURNS = re.compile(
    r"\b(?:if|unless|until|without|except|only|not|never|no|n't|but|den(?:y|ies|ied)|reject(?:s|ed)?|false|untrue|before)\b",
    re.IGNORECASE,
)


def _without_end(text: str) -> str:
    stripped = text.strip().rstrip(_END)
    # "U.S." and the like keep their dot
    return (
        stripped + "."
        if re.search(r"\b(?:[A-Za-z]\.)+[A-Za-z]$", stripped) and text.startswith(stripped + ".")
        else stripped or text.strip()
    )


def _cuts(clause: str) -> list[str]:
    """Beginnings of a clause, with the attribution from its end, that end as sentences do and pass the check."""
    parse = Parse(clause)
    found: list[str] = []
    for beginning in _beginnings(parse, LONGEST_HEADLINE - len(_tail(parse))):
        cut = beginning + _tail(parse) + "."
        if len(found) < _MOST_CUTS and not trim_objections(cut, clause):
            found.append(cut)
    return found


def _tail(parse: Parse) -> str:
    """The attribution that closes a sentence, with its comma; nothing where it is too long for a headline."""
    if parse.attribution >= parse.end:
        return ""
    tail = parse.sentence[parse.tokens[parse.attribution - 1].end : parse.tokens[parse.end - 1].end]
    return tail if len(tail) < _LONGEST_TAIL else ""


def _beginnings(parse: Parse, room: int) -> list[str]:
    """Beginnings of at most `room` characters that hold the main verb and end as a sentence may, longest first."""
    if not 0 <= parse.main_verb < _MOST_TOKENS or (parse.attribution < parse.end and not _tail(parse)):
        return []
    ends = range(min(parse.attribution, _MOST_TOKENS) - 1, parse.main_verb, -1)
    return [
        parse.sentence[: parse.tokens[at - 1].end]
        for at in ends
        if _may_end(parse, at, room) and _is_complete(parse, at)
    ]


def _may_end(parse: Parse, at: int, room: int) -> bool:
    """Whether a headline may end before the token at `at`."""
    end = parse.tokens[at - 1].end
    if end > room or parse.kind(at) not in _BORDERS or not parse.is_word(at - 1):
        return False
    return parse.word(at - 1) not in _NO_LAST_WORD and not has_open_quote(parse.sentence[:end])


def _is_complete(parse: Parse, at: int) -> bool:
    """Whether what ends before `at` wants nothing more: "charged" wants "with", "agreed" its "to"."""
    if parse.kind(at) is Kind.COMMA and parse.kind(at + 1) not in _AFTER_COMMA:
        return False
    if is_series(parse, at + (parse.kind(at) is Kind.COMMA)) or parse.tokens[at].text in _QUOTES:
        return False
    if parse.word(at) == "and" and {"between", "both"} & set(parse.lower[max(0, at - 10) : at]):
        return False
    if any(parse.word(before) == "with" and parse.kind(before - 1) is Kind.COMMA for before in range(at - 6, at)):
        return False  # ", with Holm in the lead"
    last = parse.kind(at - 1)
    if last in (Kind.VERB, Kind.PARTICIPLE, Kind.AUXILIARY) or parse.word(at - 2) == "to":
        return parse.kind(at) in (Kind.COMMA, Kind.SUBORDINATOR)
    return parse.word(at) not in ("of", "to", "that", "than", "into", "onto") and parse.word(at - 1) not in SAYING


def _fit_by_punctuation(clause: str) -> str:
    if len(clause) <= LONGEST_HEADLINE:
        return clause
    room = clause[: LONGEST_HEADLINE + 1]
    at = max(room.rfind(mark) for mark in ",;:，；：、،؛–—")
    whole = at >= LONGEST_HEADLINE // 4 and not has_open_quote(room[:at])
    return _without_end(room[:at]) if whole else _at_word(clause)


def _at_word(clause: str) -> str:
    """As many whole words as fit, not ending on one that leans on the next."""
    room = clause[: LONGEST_HEADLINE + 1]
    words = room.rsplit(maxsplit=1)[0].split() if " " in room else [clause[:LONGEST_HEADLINE]]
    while len(words) > 3 and (words[-1].lower() in _NO_LAST_WORD or not content_words(words[-1])):
        words.pop()
    headline = _without_end(" ".join(words))
    return headline.translate(_NO_QUOTES).strip() if has_open_quote(headline) else headline
