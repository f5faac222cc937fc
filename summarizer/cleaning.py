"""What is taken from a text as it is, what is cleaned, and which sentences can never be a point."""

import enum
import re

from summarizer.connectives import is_dangling as is_dangling
from summarizer.phrases import PERSONS, is_boilerplate, is_markup
from summarizer.wires import WIRE_MARKS
from summarizer.words import length_in_words, word_set, words

_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Control characters and what hides text or splits words unseen; the tags at the end can smuggle whole sentences.
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\([^()\s]{1,2000}\)")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they turn what follows them around, across a point's end


def legible(text: str) -> str:
    """The text without what tokenizers and JSON choke on, character for character, so that offsets stay true."""
    return _CONTROL.sub(" ", text if text.isascii() else _SURROGATE.sub("\ufffd", text))


def collapse(text: str) -> str:
    """The text on one line with single spaces, without Markdown's links and bold type and without marks that turn the
    direction of writing."""
    if not text.isascii():
        text = _DIRECTION.sub("", text)
    if "](" in text:
        text = _MARKDOWN_LINK.sub(r"\1", text)
    return " ".join(text.replace("**", "").split())


# ---- titles ---------------------------------------------------------------------------------------------------------

_LONGEST_TITLE = 300
_FEWEST_OF_A_TITLE = 2  # words that stay of it
_SEPARATED = re.compile(r"\s+(?P<mark>[|•·»]|--?|[–—])\s+|\s*(?P<wide>[｜＿_](?=[\u3040-\u9fff가-힣])|[｜－])\s*")
_SITE_WORD = re.compile(
    r"\b(?:news|times|post|journal|herald|guardian|reuters|bbc|cnn|npr|ap|afp|bloomberg|telegraph|tribune|gazette|daily|today|"
    r"magazine|online|observer|independent|chronicle|standard|mirror|mail|express|wire|press|radio|tv|jazeera|dw|"
    r"politico|axios|wired|verge|spiegel|zeitung|monde|figaro|país|mundo|repubblica|wikipedia|youtube|blog)\b"
    r"|网|網|日报|日報|新聞|ニュース|뉴스|일보|الجزيرة|العربية|новости|газета|известия|правда|νέα"
    r"|\.(?:com|org|net|co\.uk|de|fr|es|it|io|tv|news)\b",
    re.IGNORECASE,
)


def clean_title(title: str, text: str = "") -> str:
    """A title without the name of its site, marks of a wire ("UPDATE 1-") and shouting; `text` shows which words are
    names or acronyms."""
    title = collapse(legible(title))[:_LONGEST_TITLE]
    if (mark := WIRE_MARKS.match(title)) and length_in_words(title[mark.end() :]) >= _FEWEST_OF_A_TITLE:
        title = title[mark.end() :]
    title = _without_site(title)
    return _calm(title, text) if _is_shouted(title) else title


def _without_site(title: str) -> str:
    separators = list(_SEPARATED.finditer(title))
    for separator in reversed(separators):
        before, after = title[: separator.start()], title[separator.end() :]
        if length_in_words(before) < 2 or not _is_site(after, surely=_is_sure(separator)):
            break
        title = before
    if (first := _SEPARATED.search(title)) and _SITE_WORD.search(title[: first.start()]):
        before, after = title[: first.start()], title[first.end() :]
        if length_in_words(before) <= 3 < length_in_words(after) and _is_sure(first):
            return after
    return title


_ACRONYMS = word_set("UK EU UN USA U.S. U.K. NATO FBI CIA NASA UAE IMF ECB OPEC BBC CNN HIV DNA GDP CEO NHS UEFA FIFA")
_SMALL_WORDS = word_set("a and at by de del der des di du en for in la le of on the und y")


def _is_sure(separator: re.Match[str]) -> bool:
    return (separator["mark"] or separator["wide"]) in "|•·»｜＿_－"


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
    """Lower case, but acronyms, and every word as the text writes it inside its sentences."""
    as_written = {word.lower(): word for word in re.findall(r"(?<=[\w,;] )[^\W\d_][\w.\-]*\w", text[:50_000])}
    as_written |= {acronym.lower(): acronym for acronym in _ACRONYMS}
    calmed = re.sub(r"[^\W\d_][\w.\-]*", lambda word: as_written.get(word.group().lower(), word.group().lower()), title)
    return calmed[:1].upper() + calmed[1:]


# ---- sentences ------------------------------------------------------------------------------------------------------

_FEWEST_WORDS = 4
_FEWEST_CHARACTERS = 6  # of a sentence in a script without spaces
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_UNPUNCTUATED = ("th", "lo", "km", "my")  # written without full stops
_LAST_MARK = re.compile(r"([.!?…؟۔。！？｡।॥։።။។:;,\u037e]+)[\"'”’»)\]」』）】›\s]*$")
_QUESTIONS = frozenset("?؟？\u037e")
_NO_END = frozenset(":;,")
_ROW = re.compile(r"(?<!\S)(?:[^\s\d]*+\d\S*+\s++){6}")  # six figures in a row are a table's
# iPhone, eBay, al-Shabaab and de Gaulle begin sentences, "said he" does not
_SMALL_START = re.compile(
    r"(?!(?:al|el|as|ash|an|ar|de|da|di|du|van|von|bin|ter|den|der|le|la)[-'’ ][^\W\d_a-z])"
    r"[a-zß-öø-ÿа-яёіїєґα-ω]{2,}(?![\w.]*[A-Z])"
)

# What opens a quotation and what closes it. Two of the same sign are paired by their number.
_PAIRS = (("«", "»"), ("「", "」"), ("『", "』"), ("‹", "›"), ("〈", "〉"), ("《", "》"))
_QUOTED = re.compile(
    r"\"[^\"]*\"|“[^”]*”|„[^“”\"]*[“”\"]|«[^»]*»|»[^«]*«|「[^」]*」|『[^』]*』|‘[^’]*’(?!\w)|”[^”]*”"
    r"|(?<!\w)'[^']*'(?!\w)"
)
_ANY_QUOTE = re.compile("[\"'“”„«»「『‘]")
# not the sign before the last letter of Hebrew acronyms
_STRAIGHT = re.compile(r"\"(?!(?<=[\u05d0-\u05ea]\")[\u05d0-\u05ea](?![\u05d0-\u05ea]))")
_SINGLE_OPENS = re.compile(r"(?<![\w'’.])'(?=[^\W\d])(?!(?:n|em|til|cause|tis|twas|merica)\b)", re.IGNORECASE)
_SINGLE_CLOSES = re.compile(r"(?<=[\w.,!?…])'(?!\w)")
_SINGLE_AT_END = re.compile(r"[.!?…,]'(?:\s|$)")
_ENGLISH_I = re.compile(r"(?:^|(?P<before>[\w.]+) |[^\w\s] )I(?= [a-z]|,)")
# "World War I ended", "Elizabeth I was": a number there
_NUMBERED = word_set(
    """
    War Elizabeth Charles James Francis Nicholas Henry Edward George William Wilhelm Peter Paul John Mary Alexander
    Louis Philip Leopold Albert Frederick Napoleon Part Phase Type Class Title Division Level Stage Category Volume
    Chapter Act Schedule Tier Group Article Appendix Annex Mark Carol Otto Rama Juan Felipe Ivan Catherine
    """
)


class Fitness(enum.IntEnum):
    """How fit a sentence is to be a point. What is below `PUBLISHABLE` may stand in where a text has nothing better."""

    NO_PROSE = 0
    """A row of a table, a line of code, a line of a few words or about its own page."""
    LOOSE = 1
    """A heading, a question, a piece of a quotation or of a sentence."""
    PERSONAL = 2
    """Whole, but it speaks of its author or to its reader, or is a quotation that does not say whose."""
    PUBLISHABLE = 3


def fitness(sentence: str, language: str) -> Fitness:
    """How fit a sentence is to be a point, by rule 7 of the editor's."""
    if length_in_words(sentence) < _FEWEST_WORDS or is_markup(sentence) or _ROW.search(sentence):
        return Fitness.NO_PROSE
    if is_boilerplate(sentence, language):
        return Fitness.NO_PROSE
    if not _is_finished(sentence, language) or _SMALL_START.match(sentence) or _is_loud(sentence):
        return Fitness.LOOSE
    if has_open_quote(sentence):
        return Fitness.LOOSE
    unquoted = _QUOTED.sub(" ", sentence).strip() if _ANY_QUOTE.search(sentence) else sentence
    if not any(map(str.isalpha, unquoted)) or _speaks_personally(unquoted, language):
        return Fitness.PERSONAL
    return Fitness.PUBLISHABLE


def is_publishable(sentence: str, language: str) -> bool:
    """Whether a sentence may be a point: no caption, question, heading, unclosed quote, boilerplate, row of a table,
    line of code or address of readers, no quotation without a speaker and no first person outside quotes."""
    return fitness(sentence, language) is Fitness.PUBLISHABLE


def why_too_little(text: str) -> str | None:
    """What to tell the sender of a greeting, a heading or a bare link; None where there is something to condense.

    Four words are, or three that end as a sentence does or in languages that write articles and pronouns onto them, or
    six characters of Chinese.
    """
    head = text[:2000]
    rest = _LINK.sub(" ", head)
    found = words(rest)
    if not found and _LINK.search(head):
        return "This is only a link. Send the text of the article."
    unspaced = sum(
        len(word) for word in found if "\u0e00" <= word[0] <= "\u9fff" and not "\u1100" <= word[0] <= "\u11ff"
    )
    is_sentence = rest.rstrip().endswith((".", "!"))
    fewest = _FEWEST_WORDS if rest.isascii() and not is_sentence else _FEWEST_WORDS - 1
    if len(found) >= fewest or unspaced >= _FEWEST_CHARACTERS:
        return None
    return "This is too short to condense. Send an article, or at least a sentence of one."


def _is_finished(sentence: str, language: str) -> bool:
    mark = _LAST_MARK.search(sentence[-12:])
    if mark is None:
        return language in _UNPUNCTUATED or (language == "hi" and sentence.endswith("|"))
    is_question = not _QUESTIONS.isdisjoint(mark.group(1)) or (language == "el" and mark.group(1) == ";")
    return not is_question and mark.group(1)[-1] not in _NO_END


def _is_loud(sentence: str) -> bool:
    """All in capitals, acronyms in a script without capitals aside."""
    return sentence.isupper() and 2 * sum(map(str.isupper, sentence)) > sum(map(str.isalpha, sentence))


def has_open_quote(sentence: str) -> bool:
    """Whether a quotation or a bracket begins or ends outside the sentence."""
    if '"' in sentence and len(_STRAIGHT.findall(sentence)) % 2:
        return True
    if sentence.count("(") != sentence.count(")"):
        return True
    if "'" in sentence and _has_open_single(sentence):
        return True
    return not sentence.isascii() and _has_open_typographic(sentence)


def _has_open_single(sentence: str) -> bool:
    opened, closed = len(_SINGLE_OPENS.findall(sentence)), len(_SINGLE_CLOSES.findall(sentence))
    return opened > closed or (not opened and _SINGLE_AT_END.search(sentence) is not None)


def _has_open_typographic(sentence: str) -> bool:
    low, left, right = (sentence.count(mark) for mark in "„“”")
    if low:
        return low != left + right + sentence.count('"')
    if left != right and (left or right % 2):
        return True
    if sentence.count("‘") > sentence.count("’"):
        return True
    return any(sentence.count(opening) != sentence.count(closing) for opening, closing in _PAIRS)


def _speaks_personally(unquoted: str, language: str) -> bool:
    pattern = PERSONS.get(language)
    if pattern is None:
        return False
    if pattern.search(unquoted):
        return True
    return language == "en" and any(match["before"] not in _NUMBERED for match in _ENGLISH_I.finditer(unquoted))
