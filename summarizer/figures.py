"""Where reports of one event differ in a figure: "12 dead" in one, "at least 15 dead" in another.

A figure is a number with what it counts. Two are compared when they count the same (the word beside them, or one of a
few things that news words in many ways, such as the dead) in sentences that share their other words and name nobody and
no place apart. Precise rather than many: what is doubtful is no difference.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile
from typing import Any, Protocol

from summarizer.types import Span
from summarizer.words import content_words, word_set

_SENTENCES = 20  # of each report are looked at; figures that matter stand near the top
_MOST_FIGURES = 100  # of a report
_MOST_DIFFERENCES = 3
_WORDS_AROUND = 4  # words before and after a number that may say what it counts
_ALIKE = 0.4  # of the other words of the sentence that has fewer, unless what is counted is the same for sure
_FEWEST_ALIKE = 3
_FARTHEST = 4.0  # times; numbers farther apart count different things
_NEARLY = 0.1  # of a number that is given in round figures


class _Sentence(Protocol):
    @property
    def span(self) -> Span: ...

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Claim:
    """One report's figure in its own words, such as "at least 15", and the sentence that has it."""

    document: int
    words: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures for one thing that do not agree, in the order of the reports.

    `thing` is the word for it in the first report, or one of "dead", "injured", "missing", "arrested", "evacuated".
    """

    thing: str
    claims: tuple[Claim, ...]

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        return {
            "thing": self.thing,
            "claims": [
                {
                    "document": claim.document,
                    "words": claim.words,
                    "start": claim.evidence.start,
                    "end": claim.evidence.end,
                }
                for claim in self.claims
            ],
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Difference":
        """The difference that `to_json` wrote."""
        return cls(
            fields["thing"],
            tuple(
                Claim(claim["document"], claim["words"], Span(claim["start"], claim["end"]))
                for claim in fields["claims"]
            ),
        )


def differences(reports: Sequence[Sequence[_Sentence]]) -> tuple[Difference, ...]:
    """Differences in figures between reports of one event, each thing once."""
    figures = [
        [figure for sentence in report[:_SENTENCES] for figure in _figures(document, sentence)][:_MOST_FIGURES]
        for document, report in enumerate(reports)
    ]
    found: list[Difference] = []
    told: set[str] = set()
    for left, right in combinations(figures, 2):
        for one, other in _disagreements(left, right):
            things = one.things & other.things
            if things.isdisjoint(told):
                told |= one.things | other.things
                found.append(_with_others(one, other, figures))
    return tuple(found[:_MOST_DIFFERENCES])


@dataclass(frozen=True)
class _Figure:
    document: int
    sentence: _Sentence
    words: str
    value: float
    round: bool
    label: str
    things: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]

    @property
    def claim(self) -> Claim:
        return Claim(self.document, self.words, self.sentence.span)


def _disagreements(left: Sequence[_Figure], right: Sequence[_Figure]) -> Iterator[tuple[_Figure, _Figure]]:
    """Pairs that count one thing differently, where neither report also has the other's number for it."""
    for one in left:
        for other in right:
            things = one.things & other.things
            if not things or not _speak_of_the_same(one, other) or _agree(one, other):
                continue
            if any(_agree(one, figure) for figure in right if figure.things & things):
                continue
            if not any(_agree(figure, other) for figure in left if figure.things & things):
                yield one, other


def _with_others(one: _Figure, other: _Figure, figures: Sequence[Sequence[_Figure]]) -> Difference:
    """The two, and what further reports say of the same."""
    claims = {one.document: one, other.document: other}
    for report in figures:
        for figure in report:
            same = _speak_of_the_same(one, figure) or _speak_of_the_same(other, figure)
            if same and figure.document not in claims and figure.things & one.things & other.things:
                claims[figure.document] = figure
    return Difference(one.label, tuple(claims[document].claim for document in sorted(claims)))


def _speak_of_the_same(one: _Figure, other: _Figure) -> bool:
    if not 0 < max(one.value, other.value) <= _FARTHEST * min(one.value, other.value):
        return False
    if one.names - other.names and other.names - one.names and not one.names & other.names:
        return False
    if one.things & other.things & _KNOWN_THINGS:
        return True
    shared = len(one.around & other.around)
    return shared >= max(_FEWEST_ALIKE, _ALIKE * min(len(one.around), len(other.around)))


def _agree(one: _Figure, other: _Figure) -> bool:
    if one.value == other.value:
        return True
    return (one.round or other.round) and abs(one.value - other.value) <= _NEARLY * max(one.value, other.value)


# ---- finding figures ------------------------------------------------------------------------------------------------

_SMALL_NUMBERS = {
    word: value
    for value, words in (
        (2, "two zwei deux dos due dois два две"),
        (3, "three drei trois tres tre três три"),
        (4, "four vier quatre cuatro quattro quatro четыре"),
        (5, "five fünf cinq cinco cinque пять"),
        (6, "six sechs seis sei шесть"),
        (7, "seven sieben sept siete sette sete семь"),
        (8, "eight acht huit ocho otto oito восемь"),
        (9, "nine neun neuf nueve nove девять"),
        (10, "ten zehn dix diez dieci dez десять"),
        (11, "eleven elf onze once undici одиннадцать"),
        (12, "twelve zwölf douze doce dodici doze двенадцать"),
        (13, "thirteen dreizehn treize trece tredici treze"),
        (14, "fourteen vierzehn quatorze catorce quattordici catorze"),
        (15, "fifteen fünfzehn quinze quince quindici"),
        (16, "sixteen sechzehn seize dieciséis"),
        (17, "seventeen siebzehn"),
        (18, "eighteen achtzehn"),
        (19, "nineteen neunzehn"),
        (20, "twenty zwanzig vingt veinte venti vinte двадцать"),
    )
    for word in words.split()
}
_MULTIPLES = {
    "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "millions": 1e6, "billions": 1e9, "tausend": 1e3,
    "millionen": 1e6, "milliarden": 1e9, "mille": 1e3, "milliards": 1e9, "mil": 1e3, "millones": 1e6, "тысяч": 1e3,
    "тысячи": 1e3, "миллионов": 1e6, "миллиона": 1e6, "миллиардов": 1e9, "مليون": 1e6, "ألف": 1e3, "هزار": 1e3,
}  # fmt: skip
_QUALIFIER = re.compile(
    r"(?:at least|at most|more than|fewer than|less than|up to|no more than|as many as|about|around|some|nearly"
    r"|almost|over|roughly|approximately|an estimated|mindestens|mehr als|rund|etwa|fast|über|au moins|plus de"
    r"|environ|près de|al menos|más de|un[oa]s|cerca de|almeno|più di|circa|pelo menos|mais de|не менее|более"
    r"|около|почти|свыше) $",
    re.IGNORECASE,
)
_IN_ROUND_FIGURES = re.compile(
    r"about|around|some|nearly|almost|roughly|approx|an est|rund|etwa|fast|environ|près|un[oa]s|cerca|circa|около"
    r"|почти",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[€$£]?\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?%?|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\s\w]")
_DIGITS = re.compile(r"\d")
_MONTH_OR_TIME = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec am pm gmt bst utc o'clock year years old month months week weeks day days
    hour hours minute minutes second seconds times time januar februar märz mai juni juli oktober dezember
    jahre jahren uhr janvier février mars avril juin juillet août septembre octobre novembre décembre ans
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre años января
    февраля марта апреля мая июня июля августа сентября октября ноября декабря года лет percent per
    prozent pour por процент процента процентов
    """
)
# What news counts most is worded in most ways.
_SAME_THING = {
    word: thing
    for thing, words in {
        "dead": "dead died dies die killed kill kills killing deaths death toll fatalities casualties tote toten"
        " starben getötet todesopfer morts mort tués tué décès bilan muertos muerto fallecidos morti vittime mortos"
        " погибли погибших погиб жертв قتلى قتيلا قتيل قتل νεκροί νεκρούς mrtvých הרוגים",
        "injured": "injured injuring wounded wounding hurt injuries verletzt verletzte verletzten blessés blessé"
        " heridos feriti feridos ранены раненых пострадали пострадавших جريح جريحا أصيب τραυματίες zraněných פצועים",
        "missing": "missing unaccounted vermisst vermisste disparus desaparecidos dispersi пропали مفقود αγνοούμενοι",
        "arrested": "arrested detained arrests festgenommen arrêtés interpellés detenidos arrestati задержаны",
        "evacuated": "evacuated displaced homeless evakuiert évacués evacuados sfollati эвакуированы",
    }.items()
    for word in words.split()
}
_TOLLS = word_set(
    """
    death toll bilan todesopfer
    """
)
_KNOWN_THINGS = frozenset(_SAME_THING.values())
_PART_OF = word_set("of von der des de dos das delle dei degli из")
_AND = word_set(
    """
    and or but while und oder et ou y e ed и а و και a ו और
    """
)
_PERSONS = word_set(
    """
    people person persons men women children civilians victims residents others passengers personnes habitants personas
    personen menschen человек людей persone pessoas شخص شخصا أشخاص άτομα lidí אנשים
    """
)


def _figures(document: int, sentence: _Sentence) -> Iterator[_Figure]:
    tokens = list(_TOKEN.finditer(sentence.text))
    for at, token in enumerate(tokens):
        value = None if _is_total(tokens, at) else _value(tokens, at)
        counted = None if value is None else _counted(tokens, _total_of(tokens, at))
        if value is None or counted is None:
            continue
        before = _QUALIFIER.search(sentence.text[max(0, token.start() - 20) : token.start()])
        start = token.start() - (len(before.group()) if before else 0)
        multiple = len(tokens) > at + 1 and tokens[at + 1].group().lower() in _MULTIPLES
        end = tokens[at + multiple].end()
        yield _Figure(
            document=document,
            sentence=sentence,
            words=sentence.text[start:end],
            value=value,
            round=before is not None and _IN_ROUND_FIGURES.match(before.group()) is not None,
            label=counted,
            things=frozenset({counted}) if counted in _KNOWN_THINGS else _stems(counted),
            around=_stems(f"{sentence.text[:start]} {sentence.text[end:]}") - _stems(counted),
            names=_names(tokens[:at] + tokens[at + 1 :]),
        )


def _is_number(token: re.Match[str]) -> bool:
    return bool(_DIGITS.match(token.group())) or token.group().lower() in _SMALL_NUMBERS


def _total_of(tokens: Sequence[re.Match[str]], at: int) -> int:
    """Where "six" stands for the "two" of "two of the six foundations"; the place itself where it is no part."""
    if at + 1 >= len(tokens) or tokens[at + 1].group().lower() not in _PART_OF:
        return at
    return next((total for total in range(at + 2, min(at + 4, len(tokens))) if _is_number(tokens[total])), at)


def _is_total(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the number only says of how many others are a part."""
    return any(_is_number(tokens[part]) and _total_of(tokens, part) == at for part in range(max(0, at - 3), at))


def _value(tokens: Sequence[re.Match[str]], at: int) -> float | None:
    """The number that the token is; None for none, for years, dates, ages, shares, sums and parts of a name."""
    written = tokens[at].group()
    following = tokens[at + 1].group().lower() if at + 1 < len(tokens) else ""
    previous = tokens[at - 1].group().lower() if at else ""
    if written[0] in "€$£" or written[-1] == "%" or following in _MONTH_OR_TIME or previous in _MONTH_OR_TIME:
        return None
    glued = at + 1 < len(tokens) and tokens[at + 1].start() == tokens[at].end() and following[0].isalpha()
    if glued or (at and tokens[at - 1].end() == tokens[at].start()) or (following and following in "-–:/"):
        return None
    multiple = _MULTIPLES.get(following, 1.0)
    if not _DIGITS.match(written):
        small = _SMALL_NUMBERS.get(written.lower())
        return None if small is None else small * multiple
    if re.fullmatch(r"(?:19|20)\d\d", written):
        return None
    return _parsed(written) * multiple


def _parsed(written: str) -> float:
    """Read "1,200", "1.200" and "1 200" as 1200; "1.5" and "1,5" as one and a half."""
    whole = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", written).replace(",", ".")
    return float(whole) if whole.count(".") < 2 else 0.0


def _counted(tokens: Sequence[re.Match[str]], at: int) -> str | None:
    """What the number counts: a thing with a name in `_SAME_THING`, or the word after it; None when it is unclear."""
    following = [token.group().lower() for token in tokens[at + 1 : at + 1 + _WORDS_AROUND]]
    following = list(takewhile(lambda word: word[0].isalpha() and word not in _AND, following))
    following = [word for word in following if word not in _MULTIPLES]
    previous = [token.group().lower() for token in reversed(tokens[:at])]
    near = [*following, *(previous[:_WORDS_AROUND] if not following or following[0] in _PERSONS else [])]
    known = next((_SAME_THING[word] for word in near if word in _SAME_THING), None)
    if known is None and (not following or following[0] in _PERSONS):
        known = next((_SAME_THING[word] for word in previous if word in _TOLLS), None)
    if known is not None or not following or following[0] in _PERSONS:
        return known
    return following[0] if _stems(following[0]) else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s")[:7] for word in content_words(text) if not _DIGITS.search(word))


def _names(tokens: Sequence[re.Match[str]]) -> frozenset[str]:
    return frozenset(token.group() for token in tokens[1:] if token.group()[0].isupper())
