"""The language of a text, as an ISO 639-1 code, and what the embedded encoder makes of it.

The script decides where it can. Small words tell apart the languages of one script, in a headline as in an article;
what they leave open, letter statistics decide.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from summarizer.stopwords import STOP_WORDS
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

_SAMPLE = 3000  # characters are plenty
_SAMPLED_WORDS = 150
_SHORTEST_SAMPLE = 25  # letters; below, statistics of letter pairs are a guess
_A_TRACE, _LONGEST_HEADLINE = 0.5, 100  # votes, characters
_FEWEST_VOTES, _CLEAR_LEAD = 2.0, 1.5  # small words a language needs, and how many times as many as the next one
_SHORT_LEAD = 0.7  # votes that a few words must give more to one language than to the next
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = {
    name: re.compile(f"[{ranges}]")
    for name, ranges in {
        "latin": r"A-Za-z\u00c0-\u024f\u1e00-\u1eff",
        "cyrillic": r"\u0400-\u04ff",
        "arabic": r"\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc",
        "han": r"\u3400-\u9fff\U00020000-\U0002ebef",
        "kana": r"\u3040-\u30ff\uff66-\uff9f",
        "ko": r"\u1100-\u11ff\uac00-\ud7a3",
        "he": r"\u0590-\u05ff",
        "hi": r"\u0900-\u097f",
        "el": r"\u0370-\u03ff\u1f00-\u1fff",
        "th": r"\u0e00-\u0e7f",
        "bn": r"\u0980-\u09ff",
        "ta": r"\u0b80-\u0bff",
        "te": r"\u0c00-\u0c7f",
        "gu": r"\u0a80-\u0aff",
        "pa": r"\u0a00-\u0a7f",
        "kn": r"\u0c80-\u0cff",
        "ml": r"\u0d00-\u0d7f",
        "ka": r"\u10a0-\u10ff",
        "hy": r"\u0530-\u058f",
        "am": r"\u1200-\u137f",
        "my": r"\u1000-\u109f",
        "km": r"\u1780-\u17ff",
    }.items()
}
_SHARED_SCRIPTS = {
    "latin": word_set("en de fr es it pt nl sv pl cs tr da no fi hu ro hr sk id vi ca"),
    "cyrillic": word_set("ru uk bg sr"),
    "arabic": word_set("ar fa ur"),
}
# The languages without a list of stop words are known by these.
_MARKERS = {
    "da": word_set(
        """
        af at blev blevet de den der det efter en er et for fra havde har hvor ikke kan med men også og på
        siger skal til var ved vil være år
        """
    ),
    "no": word_set(
        """
        av at ble blitt de den der det etter en er et for fra hadde har hvor ikke kan med men også og på sier
        skal til var ved vil være år
        """
    ),
    "fi": word_set(
        """
        ei että hän ja joka jonka kun mukaan mutta myös ole oli olivat on ovat se sen tämä vuonna vuoden
        """
    ),
    "hu": word_set(
        """
        a az azt egy és hogy is meg mert míg mint nem szerint szerinte vagy volt voltak csak ez már még
        """
    ),
    "ro": word_set(
        """
        a al ale au ca care că cu de din este fi fost în la mai nu o pe pentru prin sa se și un va
        """
    ),
    "hr": word_set(
        """
        a ali bi bio bila do gdje i ili iz je kao koja koje koji na nakon ne nije o od prije sa se su što te
        tijekom u uz za
        """
    ),
    "sk": word_set(
        """
        a aj ako aby bol bola boli bolo by čo do ich je k keď ktorá ktoré ktorý na nie od pred pri podľa sa si
        so som sú tak už v vo z za že
        """
    ),
    "id": word_set(
        """
        ada adalah akan atau dalam dan dari dengan di ia ini itu juga karena ke kepada mereka oleh pada para
        saat sebagai sudah telah tidak untuk yang
        """
    ),
    "vi": word_set(
        """
        bị các cho có của đã để được không là làm một năm người những nhiều này ở sau sẽ tại thì theo trong từ
        và vào với
        """
    ),
    "ca": word_set(
        """
        a al amb això aquest aquesta dels del el els en és estat ha han i la les més no o per perquè però que
        s'ha seva són un una va van
        """
    ),
}
# Letters that only one language of a script uses; worth a vote each.
_TELLING_LETTERS = {
    "uk": "іїєґ", "ru": "ыэё", "sr": "ђјљњћџ", "bg": "щъ", "fa": "پچژگک", "ur": "ٹڈڑےںھہ", "ar": "ةىأإؤ", "de": "ßä",
    "es": "ñ¿¡", "pt": "ãõ", "fr": "œèêçù", "pl": "łńśźżąę", "cs": "řůě", "tr": "ğşı", "sv": "å", "no": "øå",
    "da": "øæ", "ro": "țșă", "hu": "őű", "vi": "ạảấầẩậắằặẹẻẽếềểễệịỉọỏốồổỗộớờởợụủứừửữựỳỵỷỹđơư", "sk": "ľĺŕô", "hr": "đć",
    "it": "òì", "ca": "ŀ", "fi": "ä",
}  # fmt: skip
_KANA_IN_JAPANESE = 0.1  # of its letters at least; a Chinese text may name a shop with a の


def language_of(text: str, given: str | None = None) -> str:
    """The primary subtag of `given` where that is a language tag, else what the text looks to be written in."""
    if given and (tag := _TAG.fullmatch(given.strip())):
        return tag.group(1).lower()
    sample = text[:_SAMPLE]
    return told_language(sample) or _by_letters(" ".join(_WORDS.findall(sample)), _script_of(sample))


def told_language(text: str) -> str | None:
    """The language that the script or the small words of a text tell; None where only letter statistics could, whose
    model takes a second to load.
    """
    sample = text[:_SAMPLE]
    script = _script_of(sample)
    if script not in _SHARED_SCRIPTS:
        return script
    # a capital alone is an initial or part of "U.S." and no small word of Czech
    words = [word.lower() for word in _WORDS.findall(sample)[:_SAMPLED_WORDS] if len(word) > 1 or word.islower()]
    return _by_votes(words, sample, script)


def encoder_knows(language: str) -> bool:
    """Whether the embedded encoder, which was trained on English, can be trusted with sentences of this language.

    In no other of six languages does it tell documents on one event from others better than the words they share;
    `python -m tests.benchmarks.languages` measures that.
    """
    return language == "en"


def _script_of(sample: str) -> str:
    """The script most letters are of, or the language that is alone in using it."""
    if sample.isascii():
        return "latin"
    counts = {name: len(letters.findall(sample)) for name, letters in _SCRIPTS.items()}
    east_asian = counts.pop("han") + counts.pop("kana")
    name = max(counts, key=lambda script: counts[script])
    if east_asian <= counts[name]:
        return name
    return "ja" if len(_SCRIPTS["kana"].findall(sample)) >= _KANA_IN_JAPANESE * east_asian else "zh"


@cache
def _electorate() -> dict[str, tuple[str, ...]]:
    """The languages that each small word and each telling letter is known from."""
    languages = defaultdict[str, list[str]](list)
    for language, words in (STOP_WORDS | _MARKERS).items():
        for word in words:
            languages[word].append(language)
    return {word: tuple(voted) for word, voted in languages.items()}


def _votes(words: Iterable[str], script: str) -> dict[str, float]:
    """How much these words speak for each language of a script: a word of two languages gives half a vote to each."""
    electorate, candidates = _electorate(), _SHARED_SCRIPTS[script]
    votes = defaultdict[str, float](float)
    for word in words:
        voted = [language for language in electorate.get(word.replace("’", "'"), ()) if language in candidates]
        for language in voted:
            votes[language] += 1 / len(voted)
    return votes


def _by_votes(words: list[str], sample: str, script: str) -> str | None:
    votes = _votes(words, script)
    if not sample.isascii():
        letters = set(sample.lower())
        for language, telling in _TELLING_LETTERS.items():
            if language in _SHARED_SCRIPTS[script]:
                votes[language] += len(letters.intersection(telling))
    (first, most), (_, second) = [
        *sorted(votes.items(), key=lambda vote: -vote[1])[:2],
        (DEFAULT, 0.0),
        (DEFAULT, 0.0),
    ][:2]
    if most >= _FEWEST_VOTES and most >= _CLEAR_LEAD * second:
        return first
    if sample.isascii() and most < _A_TRACE and len(sample) < _LONGEST_HEADLINE:
        return DEFAULT  # a headline of names and plain letters: the letter statistics guess wildly there
    is_short = sum(map(len, words)) < _SHORTEST_SAMPLE
    return first if most - second >= _SHORT_LEAD and (is_short or script != "latin") else None


def _by_letters(sample: str, script: str) -> str:
    if len(sample) < _SHORTEST_SAMPLE:
        return {"cyrillic": "ru", "arabic": "ar"}.get(script, DEFAULT)
    return _classifier()(sample)


@cache
def _classifier() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    # An identifier of our own: the module's functions share one, which a host program may have restricted otherwise.
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return lambda sample: str(identifier.classify(sample)[0])
