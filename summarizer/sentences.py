"""Sentences of a text as spans of its characters.

A splitter of our own, since it beats the packages on news and keeps offsets. Paragraphs and headings end a sentence;
inside a block a terminator does, unless it belongs to an abbreviation, an initial, a number or an unfinished quote.
Every pass is linear, so two megabytes of anything take well under a second or two.
"""

import re
from collections.abc import Iterator

from summarizer.types import Span
from summarizer.words import word_set

LONGEST_SENTENCE = 1000  # characters; what has no end by then is a list or no prose, and is cut at a phrase

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_WIDEST_WRAP = 100  # characters of a line that a mail program or a terminal may have wrapped
_FIRST_WORD = re.compile(r"\S{1,40}")
_BULLET = re.compile(r"(?:[-*•‣▪●◦·–—]|\d{1,3}[.)])\s+")

_CLOSERS = "\"'”’»)\\]」』）】›"
_OPENERS = "\"'“‘„«(\\[「『（【‹"
_TERMINATOR = re.compile(rf"(?P<mark>[.!?…؟۔]+|[。！？｡।॥]+)(?P<close>[{_CLOSERS}]*(?:[ \u00a0\u202f]»)?)")
_NEXT_WORD = re.compile(rf"\s+[{_OPENERS}]*(?P<word>[^\W_]{{0,24}})")

# Never the end of a sentence: a name follows.
_BEFORE_NAMES = word_set(
    """
    mr mrs ms dr prof gen sen rep gov lt col sgt capt maj cmdr adm rev hon st mt ft messrs mme mlle hr fr dott
    sig sra sr dra ing mgr msgr vs ca al bzw ggf inkl z.b d.h u.a i.e e.g cf м ул им пр акад проф ген
    """
)
_BEFORE_NUMBERS = word_set(
    """
    no nos nr art p pp vol fig ch sec abs para núm n° c approx jan feb mar apr jun jul aug sep sept oct nov dec
    """
)
# They may end a sentence; then what follows is a word that starts sentences and no names.
_PERHAPS = word_set(
    """
    inc corp co ltd jr bros llc plc ave blvd dept dist est assn intl natl univ cos a.m p.m ph.d
    """
)
_STARTERS = word_set(
    """
    a an and another as at but by during for from he her his how if in it its last later many meanwhile more
    most no on one our she since so some that the their then there these they this those though two we what when
    while who with
    """
)
_BEFORE_ORDINALS = word_set(
    """
    am vom zum dem den der des die das bis im beim
    """
)
_MONTHS_AFTER_ORDINALS = re.compile(
    r"(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|led|únor|břez|dub|květ|červ|srp|září|říj|list|pros)",
    re.IGNORECASE,
)


def split_sentences(text: str, start: int = 0) -> list[Span]:
    """The sentences of `text` from `start` on, without the white space and bullets around them."""
    sentences: list[Span] = []
    for block in blocks(text, start):
        sentences.extend(piece for sentence in _split_block(text, block) for piece in _cut(text, sentence))
    return sentences


def blocks(text: str, start: int = 0) -> list[Span]:
    """Paragraphs, headings and list items: what no sentence reaches across."""
    lines = list(_lines(text, start))
    width = max((line.end - line.start for line in lines), default=0)
    found: list[Span] = []
    previous: Span | None = None
    for line in lines:
        if line.start == line.end:
            previous = None
            continue
        if previous and _continues(text, previous, line, width):
            found[-1] = Span(found[-1].start, line.end)
        else:
            bullet = _BULLET.match(text, line.start, line.end)
            found.append(Span(bullet.end() if bullet else line.start, line.end))
        previous = line
    return [block for block in found if block.start < block.end]


def _lines(text: str, start: int) -> Iterator[Span]:
    for end in _LINE_END.finditer(text, start):
        yield _stripped(text, start, end.start())
        start = end.end()
    yield _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _continues(text: str, previous: Span, line: Span, width: int) -> bool:
    """Whether a line goes on with the one before: it was wrapped there because its first word did not fit."""
    if _BULLET.match(text, line.start, line.end):
        return False
    if text[line.start].islower():
        return True
    if width > _WIDEST_WRAP:
        return False
    first_word = _FIRST_WORD.match(text, line.start, line.end)
    assert first_word
    return previous.end - previous.start + 1 + len(first_word.group()) > width


def _split_block(text: str, block: Span) -> Iterator[Span]:
    start = block.start
    for match in _TERMINATOR.finditer(text, block.start, block.end):
        if match.end() < block.end and _ends_sentence(text, start, match, block.end):
            yield _stripped(text, start, match.end())
            start = match.end()
    last = _stripped(text, start, block.end)
    if last.start < last.end:
        yield last


def _ends_sentence(text: str, start: int, match: re.Match[str], end: int) -> bool:
    mark, following = match["mark"], text[match.end()]
    if mark[0] in "。！？｡":
        return not (following in "、，,；;：:。" or (match["close"] and "\u3040" <= following <= "\u309f"))
    after = _NEXT_WORD.match(text, match.end(), end)
    if after is None:
        return mark[0] in "।॥"
    word = after["word"]
    if (word[:1] or text[after.end() : after.end() + 1]).islower():
        return False
    return mark != "." or bool(match["close"]) or not _is_abbreviated(text, start, match.start(), word)


def _is_abbreviated(text: str, start: int, dot: int, following: str) -> bool:
    """Whether the dot at `dot` belongs to the word before it, judged by that word and the one that follows."""
    before = text[max(start, dot - 24) : dot].split()
    if not before or text[dot - 1].isspace():
        return False
    word = before[-1].lstrip("\"'“‘„«([")
    key = word.lower()
    if key in _BEFORE_NAMES:
        return True
    if key in _BEFORE_NUMBERS:
        return following[:1].isdigit()
    if key.isdigit():
        return _is_ordinal_or_number(before, following, at_start=dot - len(word) <= start)
    is_initial = len(word) == 1 and word.isupper()
    if key in _PERHAPS or is_initial or _is_acronym(word):
        return following.lower() not in _STARTERS
    return False


def _is_acronym(word: str) -> bool:
    parts = word.split(".")
    return len(parts) > 1 and all(len(part) == 1 for part in parts)


def _is_ordinal_or_number(before: list[str], following: str, *, at_start: bool) -> bool:
    if len(before[-1]) > 2:
        return False
    after_article = len(before) > 1 and before[-2].lower() in _BEFORE_ORDINALS
    return at_start or after_article or bool(_MONTHS_AFTER_ORDINALS.match(following))


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence itself, or pieces of what is too long to be one, cut at a phrase or else at a word."""
    start = sentence.start
    while sentence.end - start > LONGEST_SENTENCE:
        window = text[start : start + LONGEST_SENTENCE]
        at = max(window.rfind(mark) + 1 for mark in "；;，,、") or max(window.rfind(" "), window.rfind("\n")) + 1
        piece = _stripped(text, start, start + (at or LONGEST_SENTENCE))
        if piece.start < piece.end:
            yield piece
        start += at or LONGEST_SENTENCE
    rest = _stripped(text, start, sentence.end)
    if rest.start < rest.end:
        yield rest
