"""Words as this package counts them: for overlap between sentences, headlines and articles."""

import re
from collections.abc import Iterator

from summarizer.stopwords import ENGLISH_CONTENT, STOP_WORDS

# Vowel signs of Hebrew, Arabic and the scripts of India, and the joiners of Persian, are inside words, though Python's
# \w knows none of them.
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03"
    r"\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a"
    r"\u0e47-\u0e4e\u200c\u200d"
)
_LETTER = rf"[^\W_{_MARKS}]"
_WORD = re.compile(rf"{_LETTER}[^\W_]*(?:[{_MARKS}'’.\-״׳]+[^\W_]+|[{_MARKS}]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:['.\-][a-z0-9]+)*", re.ASCII)
# Scripts that put no spaces between words; two neighbouring characters stand in for a word there.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written with white space between them."""
    return frozenset(listed.split())


_EVERY_STOP_WORD = frozenset[str]().union(*STOP_WORDS.values())
_FOREIGN_STOP_WORDS = _EVERY_STOP_WORD - STOP_WORDS["en"] - ENGLISH_CONTENT
_ANY_STOP_WORDS = STOP_WORDS["en"] | _FOREIGN_STOP_WORDS

_APOSTROPHE = re.compile(r"'(?:s|re|ve|ll|d|m)$|^(?:[ldjmtsnc]|(?:jus|lors|puis)?qu|dell|all|nell|sull|dall|quell|un)'")
_ARABIC = str.maketrans(dict.fromkeys(map(chr, (*range(0x64B, 0x660), 0x670, 0x640))) | {
    "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"
})  # fmt: skip
_ARABIC_PREFIX = re.compile(r"(?:[وفبك]ال|لل|ال)(?=\w{3})")
_HEBREW_PREFIX = re.compile(r"ו?ה(?=\w{3,}$)|ו(?=\w{4,}$)")
_KOREAN_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:에서는|에서|으로|에게|까지|부터|은|는|이|가|을|를|의|에|도|와|과|로)$"
)
_PARTICLES = frozenset(map(chr, range(0x3040, 0x30A0))) | frozenset(
    "的了是在和与與及也就都而等将將为為于於被把这這那之其"
)


def words(text: str) -> list[str]:
    """The words of `text` in order, as written; a run of Chinese or Japanese is one word."""
    return _WORD.findall(text)


def content_words(text: str, language: str | None = None) -> list[str]:
    """The words that carry meaning, in lower case and in order; Chinese and Japanese as pairs of characters.

    Where the `language` is not told, small words of all languages are left out; those that mean something in English,
    such as "war" and "die", only where the other words are not English. Articles and particles that Arabic, Hebrew,
    Korean, French and Italian write onto a word are taken off.
    """
    lowered = text.lower()
    found = _ASCII_WORD.findall(lowered) if text.isascii() else _WORD.findall(lowered.replace("’", "'"))
    stop_words = STOP_WORDS.get(language, _ANY_STOP_WORDS) if language else _ANY_STOP_WORDS
    if stop_words is _ANY_STOP_WORDS and not ENGLISH_CONTENT.isdisjoint(found) and not _is_english(found):
        stop_words = _EVERY_STOP_WORD
    stems = map(_without_apostrophe, found) if text.isascii() else _stems(found)
    return [word for word in stems if word not in stop_words and len(word) > 1]


def _is_english(found: list[str]) -> bool:
    """Whether more of these are small words of English than small words of other languages only."""
    return sum(word in STOP_WORDS["en"] for word in found) >= sum(word in _FOREIGN_STOP_WORDS for word in found)


def _without_apostrophe(word: str) -> str:
    return _APOSTROPHE.sub("", word) if "'" in word else word


def _stems(found: list[str]) -> Iterator[str]:
    for word in found:
        if word.isascii():
            yield _without_apostrophe(word)
        elif _UNSPACED.search(word):
            yield from _pairs(word)
        else:
            yield _stem_of_script(word)


def _pairs(word: str) -> Iterator[str]:
    for run in _UNSPACED.findall(word):
        for at in range(max(1, len(run) - 1)):
            pair = run[at : at + 2]
            if _PARTICLES.isdisjoint(pair):
                yield pair


def _stem_of_script(word: str) -> str:
    """A word without the article, the conjunction or the particle written onto it; Arabic letters in one form."""
    first = word[0]
    if "\u0600" <= first <= "\u06ff":
        return word if word in _ANY_STOP_WORDS else _ARABIC_PREFIX.sub("", word.translate(_ARABIC), count=1)
    if "\u0590" <= first <= "\u05ff":
        return word if word in _ANY_STOP_WORDS else _HEBREW_PREFIX.sub("", word, count=1)
    if "\uac00" <= first <= "\ud7a3":
        return word if word in _ANY_STOP_WORDS else _KOREAN_PARTICLE.sub("", word)
    return _without_apostrophe(word)


def jaccard(left: set[str], right: set[str]) -> float:
    """Shared words over all words of both sets; 0 where both are empty."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def length_in_words(text: str) -> int:
    """About how many words `text` has; in scripts without spaces two characters count as one."""
    if text.isascii() or not _UNSPACED.search(text):
        return len(text.split())
    unspaced = sum(len(run) for run in _UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2
