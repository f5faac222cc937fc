"""What is taken from a text as it is, what is cleaned, and which sentences can never be a point."""

import re

from summarizer.words import length_in_words, word_set, words

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")


def legible(text: str) -> str:
    """The text without what tokenizers and JSON choke on, character for character, so that offsets stay true."""
    return _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text))


def collapse(text: str) -> str:
    """The text on one line with single spaces."""
    return " ".join(text.split())


# ---- titles ---------------------------------------------------------------------------------------------------------

_LONGEST_TITLE = 300
_SEPARATED = re.compile(r"\s+(?P<mark>[|•·»]|--?|[–—])\s+")
_SITE_WORD = re.compile(
    r"\b(?:news|times|post|journal|herald|guardian|reuters|bbc|cnn|npr|ap|afp|bloomberg|telegraph|tribune|gazette|daily|today|"
    r"magazine|online|observer|independent|chronicle|standard|mirror|mail|express|wire|press|radio|tv|jazeera|dw|"
    r"politico|axios|wired|verge|spiegel|zeitung|monde|figaro|país|mundo|repubblica|wikipedia|youtube|blog)\b"
    r"|\.(?:com|org|net|co\.uk|de|fr|es|it|io|tv|news)\b",
    re.IGNORECASE,
)


def clean_title(title: str, text: str = "") -> str:
    """A title without the name of its site and without shouting; `text` shows which words are names or acronyms."""
    title = collapse(legible(title))[:_LONGEST_TITLE]
    title = _without_site(title)
    return _calm(title, text) if _is_shouted(title) else title


def _without_site(title: str) -> str:
    separators = list(_SEPARATED.finditer(title))
    for separator in reversed(separators):
        before, after = title[: separator.start()], title[separator.end() :]
        if len(words(before)) < 2 or not _is_site(after, surely=separator["mark"] in "|•·»"):
            break
        title = before
    if (first := _SEPARATED.search(title)) and _SITE_WORD.search(title[: first.start()]):
        before, after = title[: first.start()], title[first.end() :]
        if len(words(before)) <= 3 < len(words(after)) and first["mark"] in "|•·»":
            return after
    return title


_SMALL_WORDS = word_set("a and at by de del der des di du en for in la le of on the und y")


def _is_site(name: str, *, surely: bool) -> bool:
    length = len(name.split())
    return length <= 5 and ((surely and _is_name(name)) or (length <= 4 and bool(_SITE_WORD.search(name))))


def _is_name(text: str) -> bool:
    """Written as names are: no word but a small one begins in lower case. "Five killed overnight" is no name."""
    return all(word[0] == word[0].upper() or word.lower() in _SMALL_WORDS for word in text.split())


def _is_shouted(title: str) -> bool:
    letters = [letter for letter in title if letter.isalpha() and letter.lower() != letter.upper()]
    shouted = sum(letter.isupper() for letter in letters)
    return len(letters) > 10 and shouted > 0.8 * len(letters) and len(title.split()) > 2


def _calm(title: str, text: str) -> str:
    """Lower case, but every word as the text writes it inside its sentences."""
    as_written = {word.lower(): word for word in re.findall(r"(?<=[\w,;] )[^\W\d_][\w.\-]*\w", text[:50_000])}
    calmed = re.sub(r"[^\W\d_][\w.\-]*", lambda word: as_written.get(word.group().lower(), word.group().lower()), title)
    return calmed[:1].upper() + calmed[1:]


# ---- sentences ------------------------------------------------------------------------------------------------------

_FEWEST_WORDS = 4
_QUOTES = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("‘", "’"))
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|‘[^’]*’(?!\w)")
_LAST_MARK = re.compile(r"([.!?…؟۔。！？｡।॥:;,])[\"'”’»)\]」』）】›\s]*$")


def _any_of(phrases: str) -> str:
    """A pattern that matches any of the patterns listed one a line."""
    return "(?:" + "|".join(line.strip() for line in phrases.strip().splitlines()) + ")"


# "We" and "my" speak of the author; quotes are taken out before. By language, since "we" is a preposition in Polish.
_FIRST_PERSON = {
    "en": r"\b(?:we|us|our|ours|ourselves|my|me|myself|We|Our|My|[Ww]e['’](?:re|ve|ll|d)|[Ll]et['’]s)\b",
    "de": r"\b(?:[Ii]ch|[Ww]ir|uns|[Uu]nser\w*|[Mm]ein\w{0,2})\b",
    "fr": r"\b(?:[Nn]ous|[Nn]otre|[Nn]os|[Jj]e|[Jj]['’]\w+)\b",
    "es": r"\b(?:[Nn]osotr[oa]s|[Nn]uestr[oa]s?)\b",
    "it": r"\b(?:[Nn]oi|[Nn]ostr[oaie])\b",
    "pt": r"\b(?:[Nn]ós|[Nn]oss[oa]s?)\b",
    "ru": r"\b(?:[Мм]ы|[Нн]ас|[Нн]ам|[Нн]аш\w*|[Мм]о[йя]|[Мм]еня|[Яя])\b",
}
_ENGLISH_I = re.compile(r"(?:^|(?P<before>[\w.]+) )I(?:['’](?:m|ve|d|ll))?(?= [a-z]|['’])")
# "World War I ended", "Elizabeth I was": a number there
_NUMBERED = word_set(
    """
    War Elizabeth Charles James Francis Nicholas Henry Edward George William Wilhelm Peter Paul John Mary Alexander
    Louis Philip Leopold Albert Frederick Napoleon Part Phase Type Class Title Division Level Stage Category Volume
    Chapter
    """
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself|yourselves|you['’](?:re|ve|ll|d))\b", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"\b"
    + _any_of(r"""
        read (?:on|more|also|next|the full|our)
        click (?:here|on|the)
        sign up
        subscri(?:be|ption)
        newsletter
        follow (?:us|him|her|cnn|bbc)
        share this
        leave a comment
        scroll down
        watch (?:the|this|now|more|live)
        contributed to this (?:report|story|article)
        the associated press contributed
        (?:reporting|writing|editing) by
        this (?:story|article) (?:was|has been|originally)
        editor['’]s note
        (?:views|opinions) expressed
        all rights reserved
        may not be (?:published|reproduced)
        terms of (?:use|service)
        privacy policy
        advertisement
        getty images
        file (?:photo|image|picture)
        (?:photo|photograph|image|picture) (?:by|credit|courtesy|source)
        (?:pictured|seen) (?:here|above|below)
        mehr zum thema
        lesen sie
        lire aussi
        abonnez
        leia (?:mais|também)
        lea también
        leggi anche
        читайте также
        подписывайтесь
    """)
    + r"\b|^"
    + _any_of(r"""
        (?:more|related|see also|watch|read|photos?|video|gallery|above|below|left|right|caption)\s*:
        (?:correction|clarification|copyright)\s*:
        pictured\b
        (?:please|find out|check out|tune in|stay tuned|join us|see how|learn (?:how|more)|take a look)\b
    """)
    + r"|©|https?://|\bwww\.|[\w.+-]{1,64}@[\w-]{1,64}\.\w|责任编辑|（记者|版权所有",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"\((?:\w+ ){0,2}(?:pictured|left|right|cent(?:re|er)|above|below|l|r)(?:,? \w+){0,3}\)", re.IGNORECASE
)
_DANGLING = {
    "en": r"""
        he|she|it|they|his|hers?|its|theirs?|him|them|this|that|these|those|such|both|one|others|another|there|here
        but|and|or|so|yet|however|later|then|also|meanwhile|instead|still|thus|therefore|nevertheless|nonetheless
        besides|afterwards?|moreover|furthermore|because|while
        in addition|for example|for instance|as a result|by contrast|on the other hand
    """,
    "de": "er|sie|es|dies\\w*|aber|doch|und|dabei|dagegen|dann|danach|dort|zudem|außerdem|allerdings|deshalb|daher",
    "fr": "il|elle|ils|elles|ce|cela|ces|cette|mais|et|puis|ensuite|cependant|toutefois|pourtant|ainsi|donc|enfin",
    "es": "él|ella|ellos|ellas|esto|eso|este|esta|pero|y|luego|además|sin embargo|entonces|así|por eso|también",
    "it": "egli|lui|lei|essi|loro|questo|questa|ma|e|poi|inoltre|tuttavia|quindi|così|anche",
    "pt": "ele|ela|eles|elas|isto|isso|este|esta|mas|e|depois|além disso|no entanto|então|assim|também",
    "ru": "он|она|они|оно|это|этот|эта|но|и|а|затем|потом|однако|также|кроме того|поэтому",
}
_OPENS_DANGLING = {
    language: re.compile(rf"^[\"'“‘„«(]*{_any_of(phrases)}\b", re.IGNORECASE) for language, phrases in _DANGLING.items()
}


def is_publishable(sentence: str, language: str) -> bool:
    """Whether a sentence may be a point: no caption, question, heading, unclosed quote, boilerplate or address of
    readers, and no first person outside quotes."""
    mark = _LAST_MARK.search(sentence)
    if mark is None or mark.group(1) in "?؟？:;,":
        return False
    if length_in_words(sentence) < _FEWEST_WORDS or sentence.isupper() or has_open_quote(sentence):
        return False
    if _BOILERPLATE.search(sentence) or _CAPTION.search(sentence):
        return False
    return not _speaks_personally(_QUOTED.sub(" ", sentence), language)


def has_open_quote(sentence: str) -> bool:
    """Whether a quotation begins or ends outside the sentence."""
    if sentence.count('"') % 2:
        return True
    if "„" in sentence:
        return sentence.count("„") != sentence.count("“") + sentence.count("”")
    if sentence.count("‘") > sentence.count("’"):
        return True
    return any(sentence.count(left) != sentence.count(right) for left, right in _QUOTES[:-1])


def is_dangling(sentence: str, language: str) -> bool:
    """Whether it opens with a pronoun or a connective that points at a sentence before it."""
    pattern = _OPENS_DANGLING.get(language)
    return bool(pattern and pattern.match(sentence))


def _speaks_personally(unquoted: str, language: str) -> bool:
    pattern = _FIRST_PERSON.get(language)
    if pattern and re.search(pattern, unquoted):
        return True
    if language != "en":
        return False
    speaks_of_i = any(match["before"] not in _NUMBERED for match in _ENGLISH_I.finditer(unquoted.strip()))
    return speaks_of_i or bool(_SECOND_PERSON.search(unquoted))
