"""Sentences of a text as spans of its characters.

A splitter of our own, since it beats the packages on news and keeps offsets. Paragraphs, headings and list items end a
sentence; inside such a block a terminator does, unless it belongs to an abbreviation, an initial, a number or a quote
that goes on. Every pass is linear, so two megabytes of anything take a second or two.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from summarizer.abbreviations import BEFORE_NAMES, BEFORE_NAMES_IN, BEFORE_NUMBERS, PERHAPS, begins_sentences
from summarizer.types import Span
from summarizer.words import word_set

LONGEST_SENTENCE = 1000  # characters; what has no end by then is a list or no prose, and is cut at a phrase

_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_NARROWEST_WRAP, _WIDEST_WRAP = 30, 100  # characters of a line that a mail program or a terminal may have wrapped
_MOST_LONG_LINES = 0.05  # of a wrapped text: an address or a row that could not be wrapped
_FIRST_WORD = re.compile(r"\S{1,40}")
_BULLET = re.compile(r"(?:[-*+•‣▪●◦·–—○■□►▶✓✔]|\d{1,3}[.)]|\(?[a-zA-Z0-9]{1,2}\))\s+|\d{1,2}、|[①-⑳]\s*|#{1,6}\s+|>\s+")
# Who speaks in an interview, when something was posted in a live blog. What follows is the sentence.
_LABEL = re.compile(
    r"(?:[QA]|Frage|Antwort|Вопрос|Ответ|问|答|問)\s?[:：]\s*(?=\S)"
    r"|[【［\[][\u3040-\u9fff가-힣 ·]{1,15}[】］\]]\s*(?=\S)"
    r"|(?:[A-ZÄÖÜÉÈÑА-ЯЁЇІЄ][A-ZÄÖÜÉÈÑА-ЯЁЇІЄ.'’\-]+\s){0,2}[A-ZÄÖÜÉÈÑА-ЯЁЇІЄ][A-ZÄÖÜÉÈÑА-ЯЁЇІЄ'’\-]+:\s+(?=\S)"
    r"|(?:\d?\d:\d\d(?:\s?[ap]\.?m\b\.?)?|\d?\d\.\d\d\s?[ap]\.?m\b\.?)(?:\s?(?:GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T|Uhr))?"
    r"\s?(?:[:：|–—-]\s*|\s)(?=[\"“„«]?[^\W\d_a-zà-ÿа-я])"
)

_CLOSERS = "\"'”’»)\\]」』）】›"
_OPENERS = "\"'“‘„«(\\[「『（【‹¿¡—–-"
_TERMINATOR = re.compile(
    rf"(?P<mark>[.!?…؟۔\u037e]+|[。！？｡।॥։።။។]+|(?<=[\u0370-\u03ff]);"
    r"|(?<=[\u0900-\u097f]) ?\|(?=\s))"
    rf"(?P<close>(?:[{_CLOSERS}]|[“‘](?=\s|$))*(?:[ \u00a0\u202f](?:»(?!\w)|[\"”](?=\s|$)))?)"
)
# A space was forgotten: "closed.The", in scripts without capitals after a word that is no letter's name.
_GLUED = re.compile(
    r"(?<=[a-zß-öø-ÿа-яё]{3})[.!?](?P<word>[A-ZÀ-ÖØ-ÞА-ЯЁ][a-zß-öø-ÿа-яё]+)[\s,]"
    r"|(?<=[\u0621-\u064a]{3})[.!؟](?P<arabic>[\u0621-\u064a]{2,})\s"
    r"|(?<=[\u0900-\u097f]{2})[.!?|।](?P<hindi>[\u0900-\u097f]{2,})\s"
)
_NEXT_WORD = re.compile(rf"\s+[{_OPENERS}]*\s?(?P<word>[^\W_]{{0,24}})")
_GOES_ON = re.compile(
    r"[、，,；;：:。をはがにのもや]|と|っ|な(?!ぜ|に|ん)"
)  # after a quotation in Japanese and Chinese
_SAYS = re.compile(
    r"[^\s，。！？；：“”「」]{1,10}?(?:说|說|表示|问|問|称|稱|道|指出|强调|強調)[。，]"  # “……。”他说。
)
_BEFORE_WORD = re.compile(r"^(?:[^\W\d_]{1,4}['’]|[\"'“‘„«(\[])+")  # a quotation mark, "l'"
_ROMAN = re.compile(r"[IVXLC]+")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]")
_BEFORE_ORDINALS = word_set(
    """
    am vom zum dem den der des die das bis im beim ab seit vor nach zur dne od do
    """
)
_MONTHS_AFTER_ORDINALS = re.compile(
    r"(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|led|únor|břez|dub|květ|červ|srp|září|říj|list|pros|januar|maj)",
    re.IGNORECASE,
)


def split_sentences(text: str, start: int = 0, language: str | None = None) -> list[Span]:
    """The sentences of `text` from `start` on, without the white space, bullets, speakers and times before them.

    The `language`, where it is known, says which abbreviations there are and which words begin sentences.
    """
    sentences: list[Span] = []
    for block in blocks(text, start):
        for sentence in _split_block(text, block, language):
            if sentence.end - sentence.start <= LONGEST_SENTENCE:
                sentences.append(sentence)
            else:
                sentences.extend(_cut(text, sentence))
    return sentences


def blocks(text: str, start: int = 0) -> list[Span]:
    """Paragraphs, headings and list items: what no sentence reaches across."""
    lines = list(_lines(text, start))
    width = _wrapped_at([line.end - line.start for line in lines])
    found: list[Span] = []
    previous: Span | None = None
    for line in lines:
        if line.start == line.end:
            previous = None
            continue
        if previous and _continues(text, previous, line, width):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(Span(_after_labels(text, line), line.end))
        previous = line
    return [block for block in found if block.start < block.end]


def _wrapped_at(lengths: list[int]) -> int:
    """The width at which lines were wrapped, or 0 when they are paragraphs as written."""
    short = [length for length in lengths if length <= _WIDEST_WRAP]
    wrapped = len(lengths) - len(short) <= _MOST_LONG_LINES * len(lengths)
    width = max(short, default=0)
    return width if wrapped and width >= _NARROWEST_WRAP else 0


def _after_labels(text: str, line: Span) -> int:
    start = line.start
    for pattern in (_BULLET, _LABEL):
        if match := pattern.match(text, start, line.end):
            start = match.end()
    return start


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
    if _BULLET.match(text, line.start, line.end) or _LABEL.match(text, line.start, line.end):
        return False
    if text[line.start].islower():
        return True
    if not width:
        return False
    first_word = _FIRST_WORD.match(text, line.start, line.end)
    assert first_word
    return previous.end - previous.start + 1 + len(first_word.group()) > width


def _split_block(text: str, block: Span, language: str | None) -> Iterator[Span]:
    start = block.start
    for match in _TERMINATOR.finditer(text, block.start, block.end):
        if match.end() < block.end and _ends_sentence(text, start, match, block.end, language):
            yield _stripped(text, start, match.end())
            start = match.end()
    last = _stripped(text, start, block.end)
    if last.start < last.end:
        yield last


def _ends_sentence(text: str, start: int, match: re.Match[str], end: int, language: str | None) -> bool:
    mark, close = match["mark"], match["close"]
    if mark[0] in "。！？｡":
        return _ends_unspaced(text, start, match)
    after = _NEXT_WORD.match(text, match.end(), end)
    if after is None and (glued := _GLUED.match(text, match.start(), end)):
        before = text[max(start, match.start() - 40) : match.start()].split()
        is_address = bool(before) and any(sign in before[-1] for sign in "./@_")
        return not is_address and not _is_abbreviated(text, start, match.start(), glued[glued.lastgroup or 0], language)
    if after is None:
        return mark[0] in "।॥։።။។"
    word = after["word"]
    if (word[:1] or text[after.end() : after.end() + 1]).islower():
        return False
    return mark != "." or bool(close) or not _is_abbreviated(text, start, match.start(), word, language)


def _ends_unspaced(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full-width mark ends a sentence: not inside brackets, nor in a quotation whose sentence goes on."""
    close, at = match["close"], match.end()
    if not close:
        return text[at] not in "、，,；;：:。"
    if close in ")）】" and not text.startswith(("(", "（", "【"), start):
        return False
    return not _GOES_ON.match(text, at) and not _SAYS.match(text, at)


def _is_abbreviated(text: str, start: int, dot: int, following: str, language: str | None) -> bool:
    """Whether the dot at `dot` belongs to the word before it, judged by that word and its neighbours."""
    before = text[max(start, dot - 24) : dot].split()
    if not before or text[dot - 1].isspace():
        return False
    word = _BEFORE_WORD.sub("", before[-1])
    key = word.lower()
    if not key or key.isdigit():
        return bool(key) and _is_ordinal(before, following, language, at_start=dot - len(word) <= start)
    if following[:1].isdigit() and (key in BEFORE_NUMBERS or key.endswith("str")):
        return True
    counted = len(before) > 1 and (before[-2][-1].isdigit() or bool(_ROMAN.fullmatch(before[-2])))
    if key in BEFORE_NAMES or key in BEFORE_NAMES_IN.get(language or "", ()):
        return not (counted and len(key) <= 2)
    if len(word) == 1:
        is_unit = counted and word.islower()
        return not is_unit and (len(following) == 1 or not begins_sentences(following.lower(), language))
    if key in PERHAPS or _ACRONYM.fullmatch(word) or (language == "de" and _ROMAN.fullmatch(word)):
        return not begins_sentences(following.lower(), language)
    return False


def _is_ordinal(before: list[str], following: str, language: str | None, *, at_start: bool) -> bool:
    """Whether a number with a dot counts something, as in "3. Oktober", or is part of a date, as in "2026. 5. 3."."""
    if language == "ko":
        return True
    if len(before[-1]) > 2 or language == "en":
        return False
    after_article = len(before) > 1 and before[-2].lower() in _BEFORE_ORDINALS
    return at_start or after_article or bool(_MONTHS_AFTER_ORDINALS.match(following))


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    """Pieces of what is too long to be a sentence, cut at a phrase or else at a word."""
    borders = [sentence.start]
    while sentence.end - borders[-1] > LONGEST_SENTENCE:
        start = borders[-1]
        window = text[start : start + LONGEST_SENTENCE]
        at = max(window.rfind(mark) + 1 for mark in "；;，,、") or max(window.rfind(" "), window.rfind("\n")) + 1
        borders.append(start + (at or LONGEST_SENTENCE))
    for start, end in pairwise([*borders, sentence.end]):
        piece = _stripped(text, start, end)
        if piece.start < piece.end:
            yield piece
