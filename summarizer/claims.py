"""What a sentence claims, as far as cheap methods see it: its tokens, numbers, dates, names and quotations."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summarizer.vocabularies import vocabulary
from summarizer.words import word_set

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"”»]+|[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]{2,63}|(?<![\w@])@\w{2,64})"
    r"|(?P<number>\d+(?:[.,:\u00a0\u202f]\d+)*)"
    r"|(?P<cjk>[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"
    r"|(?P<word>[^\W\d_](?:(?![\u3040-\u30ff\u3400-\u9fff])\w|(?<=\w)['’.&\-](?=\w))*)"
    r"|(?P<sign>[%‰$€£¥₹₽₴])"
)
_QUOTE_MARKS = '"“”„«»「」『』'
_QUOTED = re.compile(r'"([^"]*)"|``([^`\']*)(?:\'\'|")|“([^”“]*)”|„([^“”„]*)[“”]|«([^»«]*)»|「([^」]*)」|『([^』]*)』')


@dataclass(frozen=True)
class Tokens:
    """A sentence cut into tokens: as written, in lower case, and the text between them.

    `gaps[i]` stands before token i without its white space; `gaps[len]` is what follows the last one.
    """

    text: str
    written: tuple[str, ...]
    lower: tuple[str, ...]
    gaps: tuple[str, ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.written)

    @cached_property
    def quoted(self) -> tuple[int, ...]:
        """For each token the number of the quotation it stands in, or 0."""
        return tuple(_quotations(self.gaps, len(self)))


def _quotations(gaps: tuple[str, ...], count: int) -> Iterator[int]:
    opened, number = False, 0
    for gap in gaps[:count]:
        for mark in gap:
            if mark in _QUOTE_MARKS:
                opened = mark in "“„«「『" or (mark == '"' and not opened)
                number += opened
        yield number if opened else 0


@lru_cache(maxsize=4096)
def tokens(text: str) -> Tokens:
    """The tokens of a sentence: words, numbers, signs of money and per cent, links, single Chinese characters."""
    found = list(_TOKEN.finditer(text))
    written = tuple(match.group() for match in found)
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    return Tokens(
        text=text,
        written=written,
        lower=tuple(word.lower().replace("’", "'") for word in written),
        gaps=tuple(_gap(text[end:start]) for end, start in zip(ends, starts, strict=True)),
        kinds=tuple(match.lastgroup or "" for match in found),
    )


def _gap(between: str) -> str:
    """What stands between two tokens, without white space; a hyphen with spaces around it is a dash."""
    if not any(map(str.isspace, between)):
        return "–" if between == "--" else between
    return "".join("–" if part in {"-", "--"} else part for part in between.split())


_MULTIPLIERS = {
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6,
    "m": 1e6, "mn": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
    "dozen": 12, "dozens": 12,
    "tausend": 1e3, "tsd": 1e3, "mio": 1e6, "millionen": 1e6, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9,
    "billionen": 1e12, "hundert": 1e2,
    "mille": 1e3, "milliard": 1e9, "milliards": 1e9, "mil": 1e3, "millón": 1e6, "millones": 1e6, "mila": 1e3,
    "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9, "milhão": 1e6, "milhões": 1e6, "mi": 1e6,
    "bilhão": 1e9, "bilhões": 1e9, "тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тысяча": 1e3, "млн": 1e6, "миллион": 1e6,
    "миллиона": 1e6, "миллионов": 1e6, "млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9,
    "тис": 1e3, "тисяч": 1e3, "тисячі": 1e3, "мільйон": 1e6, "мільйона": 1e6, "мільйонів": 1e6, "мільярд": 1e9,
    "мільярда": 1e9, "мільярдів": 1e9, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8,
}  # fmt: skip
_UNITS = {
    "percent": "% percent per-cent pc prozent procent процентов процента процент відсотків відсотка ‰ percentage",
    "dollar": "$ dollar dollars usd us$ buck bucks dólares долларов доларів",
    "euro": "€ euro euros eur евро євро",
    "pound": "£ pound pounds gbp quid sterling",
    "yen": "¥ yen yuan renminbi rmb",
    "rupee": "₹ rupee rupees rs",
    "rouble": "₽ rouble roubles ruble rubles рублей рубля",
    "hryvnia": "₴ hryvnia hryvnias гривень гривні",
    "krona": "krona kronor krone kroner sek nok dkk",
    "second": "second seconds sec secs",
    "minute": "minute minutes min mins minuten",
    "hour": "hour hours hr hrs stunden heures horas ore часов годин",
    "day": "day days tage tagen jours días dias giorni дней днів",
    "week": "week weeks wochen semaines semanas settimane недель тижнів",
    "month": "month months monate monaten mois meses mesi месяцев місяців",
    "year": "year years yr yrs year-old years-old year-olds jahre jahren ans années años anos anni лет років",
    "decade": "decade decades",
    "century": "century centuries",
    "metre": "metre metres meter meters m",
    "kilometre": "km kilometre kilometres kilometer kilometers kms",
    "mile": "mile miles mi mph",
    "foot": "foot feet ft",
    "inch": "inch inches",
    "gram": "gram grams g",
    "kilogram": "kg kilogram kilograms kilo kilos",
    "tonne": "tonne tonnes ton tons t",
    "degree": "degree degrees celsius fahrenheit grad",
    "litre": "litre litres liter liters",
    "barrel": "barrel barrels",
    "acre": "acre acres",
    "hectare": "hectare hectares ha",
    "point": "point points",
    "goal": "goal goals",
    "vote": "vote votes",
    "seat": "seat seats",
    "time": "times",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_SHORT_UNITS = word_set("m min g t ha mi b k pc sec")
_ORDINAL = word_set("st nd rd th er e ère º ª")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence: as written, what it may mean, its unit ("" where none is told), the noun after it, and
    its place among the tokens."""

    words: str
    values: frozenset[float]
    unit: str
    noun: str
    at: int
    end: int
    ordinal: bool = False


def numbers(parsed: Tokens, language: str) -> list[Number]:
    """The numbers of a sentence in order; "one" and "a" are not among them, being articles and pronouns as well."""
    found: list[Number] = []
    at = 0
    while at < len(parsed):
        number = _number_at(parsed, at, language)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.end
    return found


def _number_at(parsed: Tokens, at: int, language: str) -> Number | None:
    values, end = _values_at(parsed, at, language)
    if not values:
        return None
    values, end = _multiplied(parsed, values, end)
    unit, after = _unit_at(parsed, at, end)
    ordinal = end < len(parsed) and parsed.gaps[end] == "" and parsed.lower[end] in _ORDINAL
    return Number(
        words=" ".join(parsed.written[at:end]),
        values=frozenset(round(value, 6) for value in values),
        unit=unit,
        noun=_noun_after(parsed, after),
        at=at,
        end=end,
        ordinal=ordinal,
    )


def _values_at(parsed: Tokens, at: int, language: str) -> tuple[set[float], int]:
    word = parsed.lower[at]
    if parsed.kinds[at] == "number":
        values = _digit_values(word)
        following = at + 1
        if not language.startswith("en") and len(word) <= 3 and _goes_on(parsed, following):
            values.add(float(_plain_digits(word + parsed.written[following])))  # "12 300" of French and Russian
            return values, following + 1
        return values, following
    value = _word_value(word, language)
    if value is None or value == 1:
        return set(), at
    following = at + 1
    if value in range(20, 100, 10) and following < len(parsed) and parsed.gaps[following] == "":
        unit = _word_value(parsed.lower[following], language)
        if unit is not None and 0 < unit < 10:
            return {value + unit}, following + 1
    return {value}, following


def _goes_on(parsed: Tokens, at: int) -> bool:
    """Whether three digits follow a space, as thousands are written in many languages."""
    return parsed.kinds[at : at + 1] == ("number",) and parsed.gaps[at] == "" and len(parsed.written[at]) == 3


def _word_value(word: str, language: str) -> float | None:
    numbers_of = vocabulary(language).number_words
    if word in numbers_of:
        return numbers_of[word]
    tens, _, ones = word.partition("-")
    if ones in numbers_of and tens in numbers_of:
        return numbers_of[tens] + numbers_of[ones]
    if ones and tens in numbers_of and ones.split("-")[0] in _UNIT_OF:  # "two-year"
        return numbers_of[tens]
    return None


def _plain_digits(text: str) -> str:
    """The same in the digits 0 to 9."""
    return "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in text)


def _digit_values(written: str) -> set[float]:
    """What digits with separators may mean: "1,500" is 1500 and, in other countries, 1.5."""
    digits = _plain_digits(written).replace("\u00a0", "").replace("\u202f", "")[:40]
    if ":" in digits:
        return {float(digits.replace(":", "").replace(",", "").replace(".", "")) / 1000 + 1e9}
    values = set()
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1:
        return {float(digits)}
    if all(len(part) == 3 for part in parts[1:]) and parts[0] != "0":
        values.add(float("".join(parts)))
    if len(parts) == 2 or len(set(re.findall("[.,]", digits))) == 2:
        values.add(float("".join(parts[:-1]) + "." + parts[-1]))
    return values or {float("".join(parts))}


def _multiplied(parsed: Tokens, values: set[float], end: int) -> tuple[set[float], int]:
    while end < len(parsed) and parsed.gaps[end] in {"", "-", "."}:
        factor = _MULTIPLIERS.get(parsed.lower[end])
        if factor is None or (parsed.lower[end] in _SHORT_UNITS | {"m"} and not _glued(parsed, end)):
            break
        values = {value * factor for value in values}
        end += 1
    return values, end


def _glued(parsed: Tokens, at: int) -> bool:
    """Whether a token follows the one before without a space: "5m"."""
    return parsed.written[at - 1] + parsed.written[at] in parsed.text


def _unit_at(parsed: Tokens, at: int, end: int) -> tuple[str, int]:
    before = parsed.lower[at - 1] if at else ""
    if parsed.kinds[at - 1 : at] == ("sign",) or before in {"us", "rs"}:
        return _UNIT_OF.get(before, "dollar"), end
    if end >= len(parsed) or "," in parsed.gaps[end] or "(" in parsed.gaps[end]:
        return "", end
    word = parsed.lower[end]
    if word == "per" and parsed.lower[end + 1 : end + 2] == ("cent",):
        return "percent", end + 2
    if word in _UNIT_OF and (word not in _SHORT_UNITS or _glued(parsed, end)):
        return _UNIT_OF[word], end + 1
    if parsed.gaps[end] == "-":
        return _UNIT_OF.get(word.split("-")[0], ""), end + 1
    if "-" in parsed.lower[at]:
        return _UNIT_OF.get(parsed.lower[at].split("-")[1], ""), end
    return "", end


def _noun_after(parsed: Tokens, at: int) -> str:
    """The stem of the first word after a number that may be its noun, past up to two adjectives being unknowable."""
    for index in range(at, min(at + 1, len(parsed))):
        if parsed.kinds[index] == "word" and not parsed.gaps[index].strip("-"):
            return stem(parsed.lower[index])
    return ""


_MONTHS = {
    1: "january jan januar janvier enero gennaio janeiro января січня",
    2: "february feb februar février febrero febbraio fevereiro февраля лютого",
    3: "march mar märz mars marzo março марта березня",
    4: "april apr avril abril aprile апреля квітня",
    5: "may mai mayo maggio maio мая травня",
    6: "june jun juni juin junio giugno junho июня червня",
    7: "july jul juli juillet julio luglio julho июля липня",
    8: "august aug août agosto августа серпня",
    9: "september sept sep septembre septiembre settembre setembro сентября вересня",
    10: "october oct oktober octobre octubre ottobre outubro октября жовтня",
    11: "november nov novembre noviembre novembro ноября листопада",
    12: "december dec dezember décembre diciembre dicembre dezembro декабря грудня",
}
_MONTH_OF = {word: f"month {month}" for month, listed in _MONTHS.items() for word in listed.split()}
_DAYS = {
    1: "monday mon montag lundi lunes lunedì понедельник понеділок",
    2: "tuesday tue tues dienstag mardi martes martedì вторник вівторок",
    3: "wednesday wed mittwoch mercredi miércoles mercoledì среду середу",
    4: "thursday thu thurs donnerstag jeudi jueves giovedì четверг четвер",
    5: "friday fri freitag vendredi viernes venerdì пятницу п'ятницю",
    6: "saturday sat samstag sonnabend samedi sábado sabato субботу суботу",
    7: "sunday sun sonntag dimanche domingo domenica воскресенье неділю",
}
_DAY_OF = {word: f"day {day}" for day, listed in _DAYS.items() for word in listed.split()}
_RELATIVE_DAYS = word_set("today yesterday tomorrow tonight heute gestern morgen hier demain hoy ayer mañana oggi ieri")
_AMBIGUOUS_DATES = word_set("may mar mars sun sat mon wed jan dec sep morgen hier mai marzo sabato march oct mayo")


def dates(parsed: Tokens, language: str) -> dict[str, str]:
    """Months, days of the week and days of a month that a sentence names: what is meant, and as it is written."""
    found: dict[str, str] = {}
    for at, word in enumerate(parsed.lower):
        meant = _MONTH_OF.get(word) or _DAY_OF.get(word)
        if meant and word in _AMBIGUOUS_DATES and not _is_surely_date(parsed, at, language):
            continue
        if meant:
            found[meant] = parsed.written[at]
            if meant.startswith("month"):
                found.update(_day_of_month(parsed, at, meant))
        elif word in _RELATIVE_DAYS and (word not in _AMBIGUOUS_DATES) and language[:2] in {"en", "de", "es", "it"}:
            found[word] = parsed.written[at]
    return found


def _is_surely_date(parsed: Tokens, at: int, language: str) -> bool:
    if language.startswith("en") and not parsed.written[at][0].isupper():
        return False
    beside = parsed.kinds[max(0, at - 1) : at + 2]
    before = parsed.lower[at - 1] if at else ""
    return "number" in beside or before in {
        "in",
        "on",
        "since",
        "until",
        "by",
        "last",
        "next",
        "early",
        "late",
        "of",
        "en",
    }


def _day_of_month(parsed: Tokens, at: int, meant: str) -> Iterator[tuple[str, str]]:
    for beside in (at - 1, at + 1, at - 2):
        if 0 <= beside < len(parsed) and parsed.kinds[beside] == "number":
            if parsed.written[beside].isdecimal() and 0 < int(parsed.written[beside]) <= 31:
                low, high = sorted((at, beside))
                yield f"{meant} {int(parsed.written[beside])}", " ".join(parsed.written[low : high + 1])
            return


TITLE_NOUNS = word_set(
    """
    president minister premier chancellor secretary councillor councilor governor senator spokesman spokeswoman
    spokesperson ambassador commissioner chairman chairwoman chair chief director general mayor judge leader envoy
    speaker lawmaker representative professor coach captain actor actress singer star ceo officer sen rep gov gen dr
    mr mrs ms king queen prince princess pope bishop archbishop cardinal sheriff inspector detective sergeant
    colonel major admiral lieutenant prosecutor attorney lawyer congressman congresswoman mp deputy vice-president
    economist analyst author writer scientist researcher manager owner founder head midfielder striker goalkeeper
    defender
    """
)
TITLE_CHANGERS = word_set(
    """
    former ex acting interim deputy vice alleged suspected accused convicted would-be then-president late honorary
    designate outgoing incoming retired ousted assistant shadow self-proclaimed so-called then disgraced
    """
)
_SMALL_NAME_PARTS = word_set("of the and for de la le du des del von van der den di da al el bin ibn")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude stem: enough to see that "sues", "sued" and "suing" are one word."""
    word = _IRREGULAR.get(word, word)
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) <= 3 or not word.isascii():
        return word if word.isascii() else word[: max(4, len(word) - 3)]
    for ending in ("ings", "ing", "edly", "ies", "ied", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 2 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _irregular(listed: str) -> dict[str, str]:
    return {form: forms[0] for line in listed.split(",") for forms in [line.split()] for form in forms[1:]}


_IRREGULAR = _irregular(
    "say said, tell told, win won, lose lost, beat beaten, buy bought, sell sold, bring brought, build built, catch"
    " caught,"
    " choose chose chosen, come came, cut cuts, do did done does, draw drew drawn, drive drove driven, fall fell"
    " fallen,"
    " feel felt, fight fought, find found, flee fled, fly flew flown, get got gotten, give gave given, go went gone"
    " goes,"
    " grow grew grown, have has had, hear heard, hide hid hidden, hold held, keep kept, know knew known, lead led,"
    " leave left, lend lent, make made, mean meant, meet met, pay paid, rise rose risen, run ran, see saw seen, seek"
    " sought,"
    " send sent, shake shook shaken, shoot shot, sink sank sunk, speak spoke spoken, spend spent, stand stood,"
    " steal stole stolen, strike struck, swear swore sworn, sweep swept, take took taken, teach taught, think thought,"
    " throw threw thrown, understand understood, wear wore worn, withdraw withdrew withdrawn, write wrote written,"
    " begin began begun, break broke broken, become became, be is are was were been being, overthrow overthrew"
    " overthrown,"
    " forbid forbade forbidden, forgive forgave, bear bore, bite bit bitten, man men, woman women, child children,"
    " lend lends, beat beats, hit hits, bid bids, cut cutting, hurt hurts, let lets, quit quits, shut shuts,"
    " person people, die dies died dying, sue sues sued suing, lie lies lied lying"
)
VERB_FORMS = frozenset(_IRREGULAR) | frozenset(_IRREGULAR.values())


def initials(parsed: Tokens) -> set[str]:
    """The acronyms that runs of capitalised words of a sentence could be shortened to, in lower case."""
    found: set[str] = set()
    run: list[str] = []
    for at, word in enumerate(parsed.written):
        small = parsed.lower[at] in _SMALL_NAME_PARTS
        if parsed.kinds[at] != "word" or (run and parsed.gaps[at] not in {"", "-", "'", "’"}):
            run = []
        if parsed.kinds[at] == "word" and word[0].isupper():
            run.append(word[0].lower())
            found.update("".join(run[-length:]) for length in range(2, min(8, len(run)) + 1))
        elif not (small and run):
            run = []
    return found


def quotations(text: str) -> list[str]:
    """What stands between quotation marks."""
    return [next(group for group in match.groups() if group is not None) for match in _QUOTED.finditer(text)]


RULES = (
    "words", "number", "unit", "quantity", "degree", "date", "name", "title", "quote", "link", "negation", "doubt",
    "attribution", "condition", "roles", "restriction", "clause", "denial",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Objection:
    """A rule of RULES that a sentence breaks, and the words that break it."""

    rule: str
    words: str
