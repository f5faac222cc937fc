"""Long sentences made shorter by leaving out whole constituents, never by changing or moving a word.

Three have a say: `constituents` knows what may go, a small linear model how readily people leave each word out, and
`grounding.trim_objections` whether what remains still follows from the sentence. The model's numbers are in
`trimming.json`, learned from sentences that people shortened; the file names the command.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from summarizer.constituents import Part, Role, parts
from summarizer.grammar import Kind, Parse
from summarizer.grounding import trim_objections

MOST_WORDS = 30  # of a point
_LONGEST_SENTENCE = 3000  # characters; what is longer is no sentence
_MOST_TOKENS = 250


@dataclass(frozen=True, slots=True)
class Style:
    """How readily words are left out: weights of their features, and the probability from which one had better go."""

    weights: Mapping[str, float]
    bar: float


def trimmed(sentence: str, language: str, *, most_words: int = MOST_WORDS) -> str:
    """A shorter sentence that says nothing but what `sentence` says, or the sentence itself where nothing may go.

    Its words are words of the sentence in their order. It may still have more than `most_words` words.
    """
    if language != "en":
        return _without_asides(sentence, language)
    return shortened(sentence, style("points"), most_words)


@dataclass(frozen=True, slots=True)
class Goal:
    """Above a size, parts go whose words people leave out with `share` of the probability that a style asks for."""

    size: float
    share: float


_COMFORTABLE = 0.75  # of the most words: an edition's median point is to be as short as that
_LOW_BAR, _LAST_BAR = 0.8, 0.2


def _length_in_words(text: str) -> int:
    return len(text.split())


@cache
def style(name: str) -> Style:
    """A learned style: "points" leaves out what does not matter, "headlines" all that a headline can do without."""
    learned = json.loads((Path(__file__).parent / "trimming.json").read_text("utf-8"))
    return Style(**learned["styles"][name])


def shortened(sentence: str, wanted: Style, most_words: int) -> str:
    """An English sentence without what the style leaves out, and shorter still where it has more than `most_words`."""
    goals = (Goal(_COMFORTABLE * most_words, _LOW_BAR), Goal(most_words, _LAST_BAR))
    return reduced(sentence, wanted, goals, _length_in_words)


def reduced(sentence: str, wanted: Style, goals: Sequence[Goal], size: Callable[[str], int]) -> str:
    """An English sentence without what the style leaves out, and with more left out while its size is above a goal."""
    parse, possible = _parsed(sentence[: _LONGEST_SENTENCE + 1])
    if not possible:
        return sentence
    leaning = leanings(parse, possible, wanted.weights)
    return _let_go(parse, _chosen(parse, possible, leaning, wanted.bar, goals, size))


@lru_cache(maxsize=64)  # a point and several headlines are made of one sentence
def _parsed(sentence: str) -> tuple[Parse, tuple[Part, ...]]:
    """A sentence and what may be left out of it; nothing of what is too long to be one, or of a question."""
    parse = Parse(sentence[:_LONGEST_SENTENCE])
    if len(sentence) > _LONGEST_SENTENCE or len(parse) > _MOST_TOKENS or sentence.rstrip().endswith("?"):
        return parse, ()
    return parse, tuple(parts(parse))


# ---- which parts ----------------------------------------------------------------------------------------------------


def _chosen(
    parse: Parse,
    possible: Sequence[Part],
    leaning: Sequence[float],
    bar: float,
    goals: Sequence[Goal],
    size: Callable[[str], int],
) -> list[Part]:
    """Brackets and connectives, the parts whose words people would rather leave out, and others from a sentence that
    is long, the surest first."""
    taken = _Taken(parse, possible)
    taken.add_all(lambda part, _fresh, _needed: float(part.role in _ALWAYS))
    taken.add_all(
        lambda part, fresh, _needed: (part.role not in _WEIGHTY) * sum(leaning[at] - bar for at in fresh),
        fewest=_FEWEST_WORDS // 2,
    )
    cost = [_WEIGHT.get(kind, 1.0) for kind in parse.kinds]
    for goal in goals:
        taken.add_all(_least_missed(leaning, cost, goal.share * bar), goal.size, size, _FEWEST_WORDS)
    return taken.parts


_Gain = Callable[[Part, Sequence[int], float], float]
_ALWAYS = frozenset((Role.BRACKET, Role.CONNECTIVE))
# These go from what is long only.
_WEIGHTY = frozenset((Role.PHRASE, Role.WHICH_ONE, Role.CLAUSE, Role.COORDINATION, Role.TITLE))
_WEIGHT = {Kind.NUMBER: 3.0, Kind.NAME: 1.5}  # what readers miss most
_FEWEST_WORDS = 8  # that remain of a sentence shortened for its length


def _least_missed(leaning: Sequence[float], cost: Sequence[float], bar: float) -> _Gain:
    """By how much people leave these words out more readily than `bar`; less for what is more than needs to go."""

    def gain(part: Part, fresh: Sequence[int], needed: float) -> float:
        weight = len(fresh) if part.role is Role.TITLE else sum(cost[at] for at in fresh)
        mean = sum(leaning[at] for at in fresh) / weight
        return (mean - bar) / (1 + _OVERSHOOT * max(0.0, len(fresh) - needed))

    return gain


_OVERSHOOT = 0.3  # for each word


class _Taken:
    """Parts left out so far, in the order in which they were taken."""

    def __init__(self, parse: Parse, possible: Sequence[Part]) -> None:
        self.parts: list[Part] = []
        self._parse = parse
        self._possible = possible
        self._lawful: dict[Part, bool] = {}
        self._left = {at for at in range(len(parse)) if parse.is_word(at)}

    @property
    def text(self) -> str:
        """What remains."""
        return rendered(self._parse, self.parts)

    def add_all(self, gain: _Gain, longest: float = 0, size: Callable[[str], int] = len, fewest: int = 1) -> None:
        """Take the part whose words that are still there gain most, again and again, while any gains, the size of what
        remains is above `longest` and `fewest` words remain."""
        while (now := size(self.text)) > longest and (best := self._best(gain, fewest, 1 - longest / now)):
            self.parts.append(best)
            self._left.difference_update(range(best.start, best.end))

    def _best(self, gain: _Gain, fewest: int, share: float) -> Part | None:
        """The part that gains most where this share of the words is to go."""
        gains: list[tuple[float, Part]] = []
        for part in self._possible:
            fresh = [at for at in range(part.start, part.end) if at in self._left]
            if fresh and len(self._left) - len(fresh) >= fewest:
                gains.append((gain(part, fresh, share * len(self._left)), part))
        gains.sort(key=lambda gained: -gained[0])
        return next((part for gained, part in gains if gained > 0 and self._may_go(part) and self._fits(part)), None)

    def _may_go(self, part: Part) -> bool:
        """Whether the part may be left out by itself, asked once."""
        if part not in self._lawful:
            self._lawful[part] = _is_let_go(self._parse, [part])
        return self._lawful[part]

    def _fits(self, part: Part) -> bool:
        """Whether the part lies apart from those taken or holds them whole, and leaves the marks in order."""
        return all(
            part.end <= other.start or other.end <= part.start or (part.start <= other.start and other.end <= part.end)
            for other in self.parts
        ) and not _BROKEN.search(rendered(self._parse, [*self.parts, part]))


_BROKEN = re.compile(r",\s*[,.;:!?]|^\W*[,;:.]|\(\s*\)|\s[,;.](?:\s|$)|[–—]\s*[,.]")


def _let_go(parse: Parse, chosen: Sequence[Part]) -> str:
    """The sentence without these parts; where that is objected to, without those of them that may go."""
    if _is_let_go(parse, chosen):
        return rendered(parse, chosen) if chosen else parse.sentence
    gone: list[Part] = []
    for part in chosen:
        if _is_let_go(parse, [*gone, part]):
            gone.append(part)
    return rendered(parse, gone) if gone else parse.sentence


def _is_let_go(parse: Parse, chosen: Sequence[Part]) -> bool:
    """Whether what remains of the sentence without these parts still follows from it."""
    return not chosen or not trim_objections(rendered(parse, chosen), parse.sentence)


def rendered(parse: Parse, left_out: Iterable[Part]) -> str:
    """The sentence without these parts: its words in order, its marks closed up, its first letter a capital."""
    gone = {at for part in left_out for at in range(part.start, part.end)}
    pieces: list[str] = []
    for at, token in enumerate(parse.tokens):
        if at in gone:
            continue
        gap = parse.sentence[parse.tokens[at - 1].end if at else 0 : token.start]
        if not gap and at - 1 in gone and pieces and pieces[-1][-1:].isalnum() and token.text[0].isalnum():
            gap = " "
        if token.text == "." and at - 1 in gone and pieces and pieces[-1].endswith("."):  # "at 7 a.m.", and no more
            continue
        pieces.append(gap + token.text)
    text = "".join(pieces).strip()
    return text[:1].upper() + text[1:]


# ---- how readily people leave a word out -----------------------------------------------------------------------------


def leanings(parse: Parse, possible: Sequence[Part], weights: Mapping[str, float]) -> list[float]:
    """For each token, how probable it is that people would leave it out."""
    return [
        1 / (1 + math.exp(-max(-30.0, min(30.0, sum(weights.get(name, 0.0) for name in names)))))
        for names in features(parse, possible)
    ]


_GOVERNORS = frozenset(
    (Kind.PREPOSITION, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.CONJUNCTION, Kind.THAT, Kind.COMMA, Kind.DASH)
)


def features(parse: Parse, possible: Sequence[Part]) -> list[list[str]]:
    """For each token, the names of what the model sees of it: its word, kind and neighbours, where in the sentence it
    stands, what opened the phrase around it, which parts it belongs to."""
    within = _memberships(parse, possible)
    kinds = ["none", *(kind.value for kind in parse.kinds), "none", "none"]
    words = ["", *parse.lower, ""]
    verb = parse.main_verb if parse.main_verb >= 0 else len(parse)
    total = sum(parse.is_word(at) for at in range(len(parse))) or 1
    size = min(total // 8, 5)
    found: list[list[str]] = []
    governor, phrases, depth, seen = "", 0, 0, 0
    for at, kind in enumerate(kinds[1:-2]):
        if parse.kinds[at] in _GOVERNORS:
            governor, depth, phrases = parse.lower[at], 0, phrases + (at > verb)
        else:
            depth += 1
        seen += parse.is_word(at)
        stage = _stage(parse, at, verb, phrases)
        tenth = min(9, 10 * seen // total)
        names = [
            "bias", f"kind {kind}", f"word {words[at + 1]}", f"next {words[at + 2]}", f"last {words[at]}",
            f"kinds {kinds[at]} {kind}", f"kinds {kind} {kinds[at + 2]}.", f"kinds {kinds[at]} {kind} {kinds[at + 2]}",
            f"ahead {kinds[at + 2]} {kinds[at + 3]}", f"governor {governor}", f"governor {governor} {kind}",
            f"stage {stage}", f"stage {stage} {kind}", f"stage {stage} size {size}", f"tenth {tenth}",
            f"size {size}", f"tenth {tenth} size {size}", f"depth {min(depth, 5)}",
        ]  # fmt: skip
        if parse.kinds[at] is Kind.WORD:
            names.append(f"ending {words[at + 1][-3:]}")
        if parse.quoted[at]:
            names.append("quoted")
        for role in within[at]:
            names += [f"in {role}", f"in {role} {stage}"]
        found.append(names)
    return found


def _stage(parse: Parse, at: int, verb: int, phrases: int) -> str:
    if at >= parse.attribution:
        return "attribution"
    if at < parse.lead_end:
        return "lead"
    if at <= verb:
        return "verb" if at == verb else "subject"
    return f"after {min(phrases, 4)}"


def _memberships(parse: Parse, possible: Sequence[Part]) -> list[set[str]]:
    within: list[set[str]] = [set() for _ in range(len(parse))]
    for part in possible:
        for at in range(part.start, part.end):
            within[at].add(part.role.value)
        within[part.start].add(f"start of {part.role.value}")
    return within


# ---- other languages ------------------------------------------------------------------------------------------------

_BRACKET = re.compile(r"\s?[(（][^()（）]{1,200}[)）]")
_DASHED = re.compile(r"\s[–—]\s[^–—]{2,160}\s[–—](?=\s)")


# A day before the subject; not in German, whose verb stands second.
_LEADING_DAY = {
    "fr": re.compile(
        r"^(?:Ce )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:matin|soir|dernier))?, ", re.I
    ),
    "es": re.compile(r"^(?:El|Este) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)(?: pasado)?, ", re.I),
    "it": re.compile(r"^(?:Questo )?(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)(?: scorso)?, ", re.I),
    "pt": re.compile(r"^(?:Na|Nesta) (?:segunda|terça|quarta|quinta|sexta)-feira, ", re.I),
}


def _without_asides(sentence: str, language: str) -> str:
    """A sentence of another language without brackets, what stands between two dashes, and a day before a comma."""
    text = sentence
    for pattern in (_BRACKET, _DASHED, _LEADING_DAY.get(language)):
        shorter = pattern.sub("", text).strip() if pattern else text
        shorter = shorter[:1].upper() + shorter[1:]
        if shorter and shorter != text and not trim_objections(shorter, sentence, language):
            text = shorter
    return text
