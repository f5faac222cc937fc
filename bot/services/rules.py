"""The rule language: what is told and what is not, one rule a line.

    + harbour                 tell only what has this word
    + harbour festival        ... has all these words
    - "transfer window"       tell nothing that has these words side by side
    - sale*                   ... has a word that begins so
    - /\\bsales?\\b/            ... fits this pattern
    + title:harbour           the same for the title alone; with "..." and /.../ too
    + lang:de                 tell only what is written in German
    - source:Coast Courier    take nothing from the source of that name

What a rule keeps out is out, whatever else lets it in. Of the rules with a plus there are three kinds: on words, on
languages, on sources; where there are some of a kind, one of them must let an article in. Words are whole words, in any
case and with or without accents; where a script puts no spaces between words, they may stand anywhere. A pattern is a
regular expression over title and text, in any case, without options, names, recursion or guesses.
"""

import enum
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from math import prod

import regex

from bot.errors import DigestError
from bot.services.languagecodes import TWO_LETTERS

MOST_RULES = 50
LONGEST_RULE = 200
"""Characters of a line."""
LONGEST_RULES = 2000
"""Characters of all lines: what a form shows of them can be kept again."""
MOST_REPEATS = 10_000
READ_CHARACTERS = 20_000
"""So much of a text is looked at."""

_SIGNS = {"+": True, "-": False, "–": False, "—": False, "−": False}
_QUOTES = ('""', "“”", "„“", "„”", "«»", "””")
_LANGUAGE = regex.compile(r"[a-z]{3}")  # for those that have no code of two letters
_REPEAT = regex.compile(r"\{(\d+)(?:,\d*)?\}")
# Options, names, recursion and sets: (?...) other than groups and looks ahead or behind; {e<3} is a guess.
_UNSAFE = regex.compile(r"(?<!\\)(?:\\\\)*(?:\(\?(?!:|=|!|<=|<!)|\(\*|(?<!\\[pP])\{[^}\d,])|\\[gLK]")


class Kind(enum.StrEnum):
    """What a rule is about."""

    WORDS = "words"
    LANGUAGE = "language"
    SOURCE = "source"


@dataclass(frozen=True)
class Rule:
    """One line: what it asks for and whether that lets an article in or keeps it out.

    `value` is "harbour", '"transfer window"', "/regex/", "de" or the name of a source.
    """

    lets_in: bool
    kind: Kind
    value: str
    of_title: bool = False

    def __str__(self) -> str:
        scope = "title:" if self.of_title else {Kind.LANGUAGE: "lang:", Kind.SOURCE: "source:"}.get(self.kind, "")
        return f"{'+' if self.lets_in else '-'} {scope}{self.value}"

    @property
    def is_pattern(self) -> bool:
        """It has a regular expression, which may take long."""
        return self.kind is Kind.WORDS and self.value.startswith("/")

    @cached_property
    def pattern(self) -> "regex.Pattern[str]":
        """The regular expression of a rule that has one."""
        return _compiled(self.value[1:-1])

    @cached_property
    def terms(self) -> tuple["Term", ...]:
        """All of these must occur, where the rule is on words."""
        if self.value.startswith('"'):
            return (Term.of(self.value[1:-1]),)
        return tuple(Term.of(word) for word in self.value.split())

    def speaks_of_language(self, language: str) -> bool:
        """Whether a language is the one it names."""
        return language.lower().partition("-")[0] == self.value

    def names(self, source: str) -> bool:
        """Whether it names that source, whatever case and accents."""
        return folded(source).split() == folded(self.value).split()


@dataclass(frozen=True)
class Rules:
    """The rules of one server, digest or subscription."""

    all: tuple[Rule, ...] = ()

    def __str__(self) -> str:
        return "\n".join(map(str, self.all))

    def that_keep_out(self, kind: Kind) -> list[Rule]:
        """Its rules with a minus of one kind."""
        return [rule for rule in self.all if rule.kind is kind and not rule.lets_in]

    def that_let_in(self, kind: Kind) -> list[Rule]:
        """Its rules with a plus of one kind."""
        return [rule for rule in self.all if rule.kind is kind and rule.lets_in]


def parse_rules(text: str) -> Rules:
    """The rules that a person wrote. Raises DigestError, which names the line and what to do."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_RULES:
        raise DigestError(f"There are {len(lines)} rules. At most {MOST_RULES} are kept: put words into one pattern.")
    rules = Rules(tuple(dict.fromkeys(_rule(number, " ".join(line.split())) for number, line in lines)))
    if len(str(rules)) > LONGEST_RULES:
        raise DigestError(
            f"The rules have {len(str(rules))} characters. At most {LONGEST_RULES} are kept: leave some words out."
        )
    return rules


def _rule(number: int, line: str) -> Rule:
    """The rule of a line, which is read as the same rule again when it is kept."""
    rule = _understood(number, line)
    if _understood(number, str(rule)) != rule:
        raise _refusal(number, line, "Leave out the signs that are no part of a word.")
    return rule


def _understood(number: int, line: str) -> Rule:
    if len(line) > LONGEST_RULE:
        raise _refusal(number, line, f"It has more than {LONGEST_RULE} characters: make two rules of it.")
    lets_in, rest = _SIGNS.get(line[0]), line[1:].strip()
    if lets_in is None:
        raise _refusal(number, line, "Begin it with + (tell only such articles) or - (tell no such articles).")
    scope, colon, value = rest.partition(":")
    value = value.strip()
    match scope.strip().lower() if colon else "":
        case "lang":
            return Rule(lets_in, Kind.LANGUAGE, _language(number, line, value))
        case "source":
            return Rule(lets_in, Kind.SOURCE, _name(number, line, value))
        case "title":
            return Rule(lets_in, Kind.WORDS, _words(number, line, value), of_title=True)
        case _:
            return Rule(lets_in, Kind.WORDS, _words(number, line, rest))


def _language(number: int, line: str, value: str) -> str:
    code = value.lower()
    if code not in TWO_LETTERS and not _LANGUAGE.fullmatch(code):
        raise _refusal(number, line, "Name a language by its code of two letters: lang:de, lang:en, lang:fr.")
    return code


def _name(number: int, line: str, value: str) -> str:
    name = _unquoted(value) or value
    if not folded(name).strip():
        raise _refusal(number, line, "Write after source: the name of one of your sources.")
    return name


def _words(number: int, line: str, value: str) -> str:
    if value.startswith("/"):
        return _pattern(number, line, value)
    phrase = _unquoted(value)
    words = [word for word in (phrase or value).split() if Term.of(word).parts]
    if not words:
        raise _refusal(number, line, "Write what to look for: a word, a phrase between quotation marks or a /pattern/.")
    if phrase:
        return f'"{" ".join(words)}"'
    if any(mark in value for pair in _QUOTES for mark in pair):
        raise _refusal(number, line, "Put either the whole rule between quotation marks or nothing of it.")
    return " ".join(words)


def _pattern(number: int, line: str, value: str) -> str:
    if len(value) < 3 or not value.endswith("/"):
        raise _refusal(number, line, "A pattern stands between two slashes: /sales?/.")
    if _UNSAFE.search(value):
        raise _refusal(number, line, "A pattern may have groups and look ahead or behind, but no options or names.")
    if prod(max(1, int(count)) for count in _REPEAT.findall(value)) > MOST_REPEATS:  # each is written out when compiled
        raise _refusal(number, line, "Its repetitions, like {100}, are too many. Write * or + for any number.")
    try:
        fits_everything = _compiled(value[1:-1]).search("", timeout=0.1) is not None
    except (regex.error, OverflowError, TimeoutError) as error:
        why = "it takes too long" if isinstance(error, TimeoutError) else str(error)[:80]
        raise _refusal(number, line, f"This is no regular expression that can be used: {why}.") from None
    if fits_everything:
        raise _refusal(number, line, "The pattern fits every text. Write what must be there.")
    return value


def _refusal(number: int, line: str, what_to_do: str) -> DigestError:
    shown = line if len(line) <= 60 else f"{line[:59]}…"
    return DigestError(f"Line {number} of the rules cannot be used: “{shown}”. {what_to_do}")


def _unquoted(value: str) -> str:
    """What stands between quotation marks of any kind; nothing where there are none."""
    if len(value) > 1 and f"{value[0]}{value[-1]}" in _QUOTES:
        return value[1:-1].strip()
    return ""


def _compiled(pattern: str) -> "regex.Pattern[str]":
    return regex.compile(pattern, regex.IGNORECASE | regex.V0 | regex.MULTILINE)


# ---- words ----------------------------------------------------------------------------------------------------------

# Accents of Latin, Greek and Cyrillic letters, the points of Hebrew and the vowel marks of Arabic; the signs of other
# scripts are letters of their own.
_ACCENTS = regex.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640\u06d6-\u06ed]")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "’": "'"}
)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー]")
_WRITTEN_BEFORE = {"Arabic": "(?:[وفبكل]?ال|لل|[وفبل])?", "Hebrew": "[והבלכמש]{0,2}"}
_WRITTEN_AFTER = "(?:에서는|에서|으로|에게|까지|부터|은|는|이|가|을|를|의|에|도|와|과|로)?"


def folded(text: str) -> str:
    """A text without case and accents, in one form of its letters."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


@dataclass(frozen=True)
class Term:
    """Words side by side, folded; the last one may be only the beginning of a word."""

    parts: tuple[str, ...]
    is_beginning: bool = False

    @classmethod
    def of(cls, written: str) -> "Term":
        """The term that a person wrote; without parts where there is no word in it."""
        return cls(tuple(regex.findall(r"\w+", folded(written))), written.endswith("*"))

    def occurs_in(self, text: str) -> bool:
        """Whether it stands in a folded text."""
        return all(part in text for part in self.parts) and self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> "regex.Pattern[str]":
        first, last = self.parts[0], self.parts[-1]
        script = next((name for name in _WRITTEN_BEFORE if regex.match(rf"\p{{{name}}}", first)), "")
        before = "" if _UNSPACED.match(first) else rf"(?<!\w){_WRITTEN_BEFORE.get(script, '')}"
        after = r"(?!\w)"
        if self.is_beginning or _UNSPACED.match(last[-1]):
            after = ""
        elif regex.match(r"\p{Hangul}", last[-1]):
            after = rf"{_WRITTEN_AFTER}(?!\w)"
        return regex.compile(before + r"[^\w]+".join(map(regex.escape, self.parts)) + after)
