"""The language of a text, as an ISO 639-1 code."""

import re
from collections.abc import Callable
from functools import cache

from summarizer.words import word_set

# What news is written in most. Fewer candidates, fewer mistakes: unrestricted, the detector answers with rare
# neighbours of Spanish and Italian.
LANGUAGES = word_set(
    """
    ar bg bn cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv ta th tr uk ur
    vi zh
    """
)
DEFAULT = "en"

_SAMPLE = 5000  # characters are plenty
_SHORTEST_SAMPLE = 25  # letters; below, statistics of letter pairs are a guess
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("zh", re.compile(r"[\u3400-\u9fff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
)


def language_of(text: str, given: str | None = None) -> str:
    """The primary subtag of `given` where that is a language tag, else what the text looks to be written in."""
    if given and (tag := _TAG.fullmatch(given.strip())):
        return tag.group(1).lower()
    sample = " ".join(_LETTERS.findall(text[:_SAMPLE]))
    if len(sample) < _SHORTEST_SAMPLE:
        return _language_of_script(sample)
    return _classifier()(sample)


def _language_of_script(sample: str) -> str:
    return next((language for language, script in _SCRIPTS if script.search(sample)), DEFAULT)


@cache
def _classifier() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # An identifier of our own: the module's functions share one, which a host program may have restricted otherwise.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return lambda sample: str(identifier.classify(sample)[0])
