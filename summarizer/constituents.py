"""What may be left out of an English sentence: whole constituents, each with the kind of thing it is.

A part is proposed only where the rest stays a sentence and still follows from the whole. Under a negation, a denial, an
"all", an "only" or a superlative the rest of a clause does not follow from the clause ("no one died in Norrby"), so
nothing that restricts is proposed there; an aside says something of its own and may always go.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from summarizer.grammar import CONTRACTED, NEGATIONS, SAYING, Kind, Parse
from summarizer.words import word_set


class Role(StrEnum):
    """Kinds of parts that may be left out."""

    BRACKET = "bracket"
    DASH = "dash"
    CONNECTIVE = "connective"
    TIME = "time"
    DATE = "date"
    APPOSITION = "apposition"
    RELATIVE = "relative"
    LEAD = "lead"
    CLAUSE = "clause"
    PARTICIPLE = "participle"
    COORDINATION = "coordination"
    EXAMPLES = "examples"
    PHRASE = "phrase"
    ADVERB = "adverb"
    TITLE = "title"
    THAT = "that"
    WHICH_ONE = "which one"  # a relative clause or participle without a comma
    FRAME = "frame"  # how it was said: "in a statement", "during a visit"


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens `start` to before `end` of a sentence, with the commas that go with them."""

    start: int
    end: int
    role: Role


# Where one of these stands, less is not weaker: "no one died in Norrby" does not say that no one died.
_REVERSING = NEGATIONS | word_set(
    """
    only if unless whether until except deny denies denied denying reject rejects rejected refuse refuses refused
    refusing dismiss dismisses dismissed doubt doubts doubted fail fails failed failing lack lacks lacked ban bans
    banned avoid avoids avoided prevent prevents prevented
    """
)
_SCOPES = _REVERSING | word_set(
    """
    all every each everyone everybody everything any anyone anybody anything most whole entire percent per than usually
    often always sometimes generally typically average rose fell rises falls dropped increased decreased too enough
    """
)
# What a period belongs to.
_RATES = word_set("percent per rose fell rises falls average every always usually dropped increased decreased")
# The same for what says where or in what, which a comparison or a general truth may hang on.
_WIDE_SCOPES = _SCOPES | word_set(
    """
    first last best worst biggest largest highest lowest longest greatest record unprecedented so such as more less
    fewer would can cannot must should may might could total stop stops stopped ended eradicated eliminated abolished
    legalised legalized passed approved closed shut suspended halted resumed win wins won lose loses lost as
    """
)
_SCOPED = {
    Role.TIME: _REVERSING | _RATES,
    Role.DATE: _WIDE_SCOPES,
    Role.ADVERB: _REVERSING,
    Role.LEAD: _REVERSING,
    Role.CLAUSE: _SCOPES,
    Role.PHRASE: _WIDE_SCOPES,
    Role.WHICH_ONE: _WIDE_SCOPES,
    Role.COORDINATION: _REVERSING,
}
_DENIALS = word_set(
    """
    deny denies denied denying reject rejects rejected rejecting refuse refuses refused refusing dismiss dismisses
    dismissed dismissing dispute disputes disputed disputing innocent cleared acquitted if unless except until
    """
)
_SAYS_OF_ITS_OWN = frozenset((Role.RELATIVE, Role.PARTICIPLE, Role.COORDINATION, Role.APPOSITION, Role.DASH))
_NEEDY = word_set(
    """
    a an the this these those my your his her its our their of to in on at by for with from into onto over under near
    through across against between among during despite about around and or but nor that than as if is are was were be
    been being has have had do does did will would can could may might must shall should not no very more most less
    least so such who whom whose which when while where because although though both either neither including like
    """
)


def parts(parse: Parse) -> list[Part]:
    """Every part that may be left out of the sentence, each once; parts may hold or cross one another."""
    found: dict[tuple[int, int], Part] = {}
    for rule in _RULES:
        for part in rule(parse):
            if _may_go(parse, part):
                found.setdefault((part.start, part.end), part)
    return list(found.values())


def _may_go(parse: Parse, part: Part) -> bool:
    if not 0 <= part.start < part.end <= parse.end or part.end - part.start >= parse.end:
        return False
    inside = range(part.start, part.end)
    if _touches_quotation(parse, part) or _denies(parse, part):
        return False
    if any(parse.word(at) == "according" for at in inside) or not _is_closed(parse, part):
        return False
    rest = [at for at in range(parse.end) if not part.start <= at < part.end]
    if part.role in _SCOPED and _is_scoped(parse, rest, _SCOPED[part.role]):
        return False
    return any(parse.is_finite(at) for at in rest)


def _touches_quotation(parse: Parse, part: Part) -> bool:
    """Whether words of a quotation would go, but for an aside that holds all of it."""
    if not any(parse.is_quoted(at) for at in range(part.start, part.end)):
        return False
    splits = any(parse.is_quoted(at - 1) and parse.is_quoted(at) for at in (part.start, part.end))
    return splits or part.role not in _ASIDES


_ASIDES = frozenset((Role.BRACKET, Role.DASH, Role.RELATIVE, Role.APPOSITION, Role.EXAMPLES))


def _is_closed(parse: Parse, part: Part) -> bool:
    """Whether it opens as many brackets as it closes, and ends no list that what remains has begun: "a vow to fight, a
    call for talks, and a plan" minus everything behind "fight"."""
    depth, lowest = 0, 0
    for at in range(part.start, part.end):
        depth += (parse.tokens[at].text in _OPENING) - (parse.tokens[at].text in _CLOSING)
        lowest = min(lowest, depth)
    if depth or lowest:
        return False
    if part.role not in (Role.PHRASE, Role.WHICH_ONE) or part.end < parse.attribution:
        return True
    if _swallows_verb(parse, part):
        return False
    if any(parse.kind(at) is Kind.COMMA and parse.word(at + 1) == "to" for at in range(part.start, part.end)):
        return False  # "ranging from his manners, to his money"
    begun = any(parse.kind(at) is Kind.COMMA for at in range(max(0, parse.main_verb), part.start))
    return not begun or not any(parse.word(at) in ("and", "or") for at in range(part.start, part.end))


def _swallows_verb(parse: Parse, part: Part) -> bool:
    """Whether a verb would go that has its subject before the part: "that it will leave" minus "from May is news"."""
    verb = next(iter(parse.finites(part.start, part.end)), None)
    return verb is not None and not any(parse.kind(at) in _CLAUSE_OPENERS for at in range(part.start, verb))


_CLAUSE_OPENERS = frozenset(
    (Kind.RELATIVE, Kind.THAT, Kind.SUBORDINATOR, Kind.CONJUNCTION, Kind.COMMA, Kind.PRONOUN, Kind.MARK)
)
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def _denies(parse: Parse, part: Part) -> bool:
    """Whether it holds a denial, or a negation that may belong to what remains."""
    words = {parse.word(at) for at in range(part.start, part.end)}
    if part.role is Role.BRACKET or not words & (_DENIALS | NEGATIONS):
        return False
    return bool(words & _DENIALS) or part.role not in _SAYS_OF_ITS_OWN or "but" in words


def _is_scoped(parse: Parse, rest: list[int], scopes: frozenset[str]) -> bool:
    return any(
        (parse.word(at) in scopes and not _counts(parse, at))
        or parse.word(at).endswith("n't")
        or parse.tokens[at].text.endswith("%")
        for at in rest
    )


def _counts(parse: Parse, at: int) -> bool:
    """Whether a word that compares elsewhere only counts or dates here: "more than 100", "at least", "last week"."""
    word, following = parse.word(at), parse.word(at + 1)
    if word in ("more", "less", "fewer", "than"):
        return "than" in (word, following) and Kind.NUMBER in (parse.kind(at + 1), parse.kind(at + 2))
    return (word == "least" and parse.word(at - 1) == "at") or (word in ("last", "first") and following in _PERIODS)


_PERIODS = word_set(
    """
    week month year night weekend summer winter spring autumn fall season monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december
    """
)


# ---- asides ---------------------------------------------------------------------------------------------------------


def _brackets(parse: Parse) -> Iterator[Part]:
    opened = None
    for at, token in enumerate(parse.tokens):
        if token.text in "([":
            opened = at if opened is None else -1
        elif token.text in ")]":
            if opened is not None and opened >= 0:
                yield Part(opened, at + 1, Role.BRACKET)
            opened = None


def _dashes(parse: Parse) -> Iterator[Part]:
    marks = [at for at in range(parse.end) if parse.kind(at) is Kind.DASH and _is_spaced(parse, at)]
    if len(marks) == 2 and _goes_on_behind(parse, *marks):
        yield Part(marks[0], _with_comma(parse, marks[1] + 1), Role.DASH)
    elif len(marks) == 1 and parse.attribution > marks[0] and parse.main_verb in range(marks[0]):
        yield Part(marks[0], parse.attribution, Role.DASH)


def _goes_on_behind(parse: Parse, opens: int, closes: int) -> bool:
    """Whether what stands behind an aside goes on with what stands before it, so that no mark is missed."""
    following = parse.kind(closes + 1)
    if following in (Kind.DETERMINER, Kind.PRONOUN):
        return False
    return 0 <= parse.main_verb < opens or following in (Kind.VERB, Kind.AUXILIARY, Kind.CONJUNCTION, Kind.ADVERB)


def _is_spaced(parse: Parse, at: int) -> bool:
    token = parse.tokens[at]
    return token.text in ("—", "--") or parse.sentence[token.start - 1 : token.start].isspace()


def _with_comma(parse: Parse, at: int) -> int:
    return at + 1 if at < len(parse) and parse.kind(at) is Kind.COMMA else at


_OPENING_WORDS = word_set("but and yet so plus well now then also")
_OPENING_WITH_COMMA = word_set(
    """
    however meanwhile also moreover furthermore additionally nevertheless nonetheless still then thus therefore indeed
    instead besides consequently similarly likewise finally incidentally interestingly importantly overall ultimately
    naturally clearly obviously unsurprisingly surprisingly notably significantly again anyway later afterwards
    alternatively accordingly separately elsewhere today yesterday
    """
)
_OPENING_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "in addition",
        "for example",
        "for instance",
        "as a result",
        "in fact",
        "of course",
        "at the same time",
        "on the other hand",
        "by contrast",
        "in contrast",
        "in turn",
        "in other words",
        "after all",
        "at the moment",
        "in particular",
        "as well",
        "for its part",
        "for his part",
        "for her part",
        "for their part",
        "in the meantime",
        "more importantly",
        "as always",
        "as expected",
    )
)


def _connectives(parse: Parse) -> Iterator[Part]:
    start = 0
    if parse.kind(1) is Kind.COMMA and any(parse.word(at) in SAYING for at in range(2, 6)):
        return
    if parse.lower[:1] and parse.word(0) in _OPENING_WORDS and parse.end > 3:
        if parse.word(0) in ("but", "and", "yet", "plus") or parse.kind(1) is Kind.COMMA:
            start = _with_comma(parse, 1)
        elif parse.word(0) in ("so", "now", "then", "also") and parse.kind(1) in (
            Kind.PRONOUN,
            Kind.DETERMINER,
            Kind.NAME,
        ):
            start = 1
        if start:
            yield Part(0, start, Role.CONNECTIVE)
    for first in {0, start}:
        end = _connective_end(parse, first)
        if end and parse.kinds[end : end + 1] == [Kind.COMMA]:
            yield Part(0, end + 1, Role.CONNECTIVE)
    for at in range(1, parse.end - 1):
        if parse.kind(at) is Kind.COMMA and (end := _connective_end(parse, at + 1)):
            if parse.kinds[end : end + 1] == [Kind.COMMA]:
                yield Part(at, end + 1, Role.CONNECTIVE)
            elif end == parse.end:
                yield Part(at, end, Role.CONNECTIVE)


def _connective_end(parse: Parse, at: int) -> int:
    """Where a connective that begins at `at` ends; 0 where none begins."""
    if at < parse.end and parse.word(at) in _OPENING_WITH_COMMA:
        return at + 1
    return next(
        (at + len(phrase) for phrase in _OPENING_PHRASES if tuple(parse.lower[at : at + len(phrase)]) == phrase), 0
    )


def _appositions(parse: Parse) -> Iterator[Part]:
    """ ", the last captain of the ferry," behind a name, and ", 42,"."""
    for start, end in _between_commas(parse):
        if _is_apposition(parse, start, end):
            closes = end < parse.attribution
            if closes and (_goes_on_with_verb(parse, end) or _is_place_or_age(parse, start, end)):
                yield Part(start, end + (not _is_within_aside(parse, start)), Role.APPOSITION)
            elif not closes and not _is_in_list(parse, start):
                yield Part(start, parse.attribution, Role.APPOSITION)
    for start in range(parse.attribution + 2, parse.end - 1):  # ", said Holm, the owner of the ferry"
        is_noun = parse.word(start + 1) in _APPOSITION_STARTS | _TITLES
        if parse.kind(start) is Kind.COMMA and parse.kind(start - 1) is Kind.NAME and is_noun:
            if not parse.finites(start, parse.end):
                yield Part(start, parse.end, Role.APPOSITION)
            return


def _is_within_aside(parse: Parse, start: int) -> bool:
    """Whether the comma behind closes an aside as well: "Holm, a teacher in Norrby, Norway, was"."""
    before = next((at for at in range(start - 1, -1, -1) if parse.kind(at) is Kind.COMMA), None)
    if before is None or start > parse.main_verb:
        return False
    return any(parse.kind(at) is Kind.PREPOSITION for at in range(before, start))


def _between_commas(parse: Parse) -> Iterator[tuple[int, int]]:
    """Comma to comma, or to where the clause ends; with one comma within, since appositions hold one at times."""
    commas = [at for at in range(parse.attribution) if parse.kind(at) is Kind.COMMA and not parse.is_quoted(at)]
    stops = [*commas, parse.attribution]
    for position, start in enumerate(commas):
        for end in stops[position + 1 : position + 3]:
            if 1 < end - start <= 30:
                yield start, end


_APPOSITION_STARTS = word_set("a an the one his her its their formerly now aged chief head chair director co-founder")


def _is_apposition(parse: Parse, start: int, end: int) -> bool:
    if start == 0 or parse.finites(start + 1, end):
        return False
    first = parse.word(start + 1)
    before = parse.kind(start - 1)
    if before not in (Kind.NAME, Kind.WORD, Kind.MARK) or parse.kind(start + 1) in (
        Kind.CONJUNCTION,
        Kind.PREPOSITION,
    ):
        return False
    if parse.kind(start + 1) is Kind.NUMBER:
        return end - start == 2 and parse.word(start + 1).isdigit() and len(first) <= 2
    inner = [at for at in range(start + 1, end) if parse.kind(at) is Kind.COMMA]
    if any(parse.kind(at + 1) is Kind.CONJUNCTION for at in inner):
        return False
    if first in _APPOSITION_STARTS or (before is Kind.NAME and parse.kind(start + 1) is Kind.WORD):
        return True
    return before is Kind.NAME and (
        first in _TITLES or _is_place_or_age(parse, start, end) or _opens_possessive(parse, start)
    )


def _opens_possessive(parse: Parse, start: int) -> bool:
    """Whether it begins like "Norway's first captain"."""
    return any(parse.word(at).endswith("'s") for at in range(start + 1, start + 4))


def _is_place_or_age(parse: Parse, start: int, end: int) -> bool:
    if parse.kind(start + 1) is Kind.NUMBER:
        return True
    following = end + 1
    return (
        parse.word(following) not in ("in", "from", "at")
        and parse.kind(following) in (Kind.PREPOSITION, Kind.SUBORDINATOR)
        and all(parse.kind(at) is Kind.NAME for at in range(start + 1, end))
        and parse.kind(start - 1) is Kind.NAME
    )


def _is_in_list(parse: Parse, start: int) -> bool:
    """Whether commas here may divide a list: "A, B and C"."""
    return any(parse.kind(at) is Kind.CONJUNCTION for at in range(start, parse.attribution)) or any(
        parse.kind(at) is Kind.COMMA and parse.main_verb < at for at in range(start)
    )


def _goes_on_with_verb(parse: Parse, at: int) -> bool:
    """Whether a verb without a subject of its own follows the comma at `at`: "it's" has one."""
    following = _next_word(parse, at)
    return parse.is_finite(following) and not CONTRACTED.fullmatch(parse.word(following))


def _next_word(parse: Parse, at: int) -> int:
    """The next word behind a comma at `at`, adverbs passed over."""
    at += 1
    while at < len(parse) - 1 and parse.kind(at) is Kind.ADVERB:
        at += 1
    return min(at, len(parse) - 1)


def _relatives(parse: Parse) -> Iterator[Part]:
    """ ", which opened in May,"; without a comma it says which one is meant and stays."""
    for start in range(1, parse.attribution - 1):
        if parse.kind(start) is Kind.COMMA and not parse.is_quoted(start) and _opens_relative(parse, start + 1):
            for end in _relative_ends(parse, start):
                yield Part(start, end, Role.RELATIVE)


def _opens_relative(parse: Parse, at: int) -> bool:
    if parse.kind(at) is Kind.RELATIVE or parse.word(at) == "where":
        return True
    ahead = [parse.kind(other) for other in range(at, min(at + 4, parse.end))]
    if Kind.RELATIVE not in ahead:
        return False
    upto = ahead.index(Kind.RELATIVE)
    return (
        ahead[upto - 1] is Kind.PREPOSITION and Kind.COMMA not in ahead[:upto] and Kind.CONJUNCTION not in ahead[:upto]
    )


def _relative_ends(parse: Parse, start: int) -> Iterator[int]:
    has_main_verb = 0 <= parse.main_verb < start
    for at in range(start + 2, parse.attribution):
        if not (last := _comma_ends(parse, at)) or not parse.finites(start, at):
            continue
        if not has_main_verb and _goes_on_with_verb(parse, last):
            yield last + 1
            return
        if has_main_verb and parse.kind(last + 1) in (Kind.CONJUNCTION, Kind.SUBORDINATOR):
            yield at
            if parse.kind(last + 1) is Kind.CONJUNCTION:
                break
    if has_main_verb and parse.finites(start, parse.attribution):
        yield parse.attribution


def _comma_ends(parse: Parse, at: int) -> int:
    """The token with which a comma at `at` ends: itself, or the quotation mark behind it; 0 where there is no comma."""
    if parse.kind(at) is not Kind.COMMA:
        return 0
    if not parse.is_quoted(at):
        return at
    return at + 1 if parse.is_quoted(at + 1) and not parse.is_quoted(at + 2) else 0


def _which_ones(parse: Parse) -> Iterator[Part]:
    """ "that was found in May" or "found in May" behind "a boat", to the end."""
    if not _is_event(parse):
        return
    for start in range(3, parse.attribution - 1):
        relative = parse.kind(start) in (Kind.RELATIVE, Kind.THAT) and parse.is_finite(_next_word(parse, start))
        reduced = _opens_reduced(parse, start)
        if not (relative or reduced) or parse.is_quoted(start) or parse.word(start - 1) in SAYING:
            continue
        if _is_indefinite(parse, start) and _closes(parse, start):
            yield Part(start, parse.attribution, Role.WHICH_ONE)


def _opens_reduced(parse: Parse, start: int) -> bool:
    """Whether a participle behind a noun says more of it; "packed into a van" says where to as well."""
    if parse.kind(start) is not Kind.PARTICIPLE or parse.kind(start - 1) not in (Kind.WORD, Kind.NAME):
        return False
    if parse.word(start).endswith("ing") and parse.kind(start + 1) in (Kind.WORD, Kind.COMMA, Kind.MARK):
        return False
    return not {"into", "onto", "to"} & set(parse.lower[start : parse.attribution])


def _is_indefinite(parse: Parse, end: int) -> bool:
    """Whether the noun phrase that ends here begins with "a" or "an"."""
    for at in range(end - 1, max(-1, end - 6), -1):
        if parse.word(at) in ("a", "an"):
            return parse.kind(at - 1) is not Kind.CONJUNCTION
        if parse.kind(at) not in (Kind.WORD, Kind.NAME, Kind.ADVERB):
            return False
    return False


_EXAMPLES = (("including",), ("such", "as"), ("especially",), ("particularly",), ("among", "them"), ("notably",))


def _examples(parse: Parse) -> Iterator[Part]:
    for start in range(1, parse.attribution - 1):
        if parse.kind(start) is Kind.COMMA and any(
            tuple(parse.lower[start + 1 : start + 1 + len(words)]) == words for words in _EXAMPLES
        ):
            for at in range(start + 2, parse.attribution):
                if parse.kind(at) is Kind.COMMA and _goes_on_with_verb(parse, at):
                    yield Part(start, at + 1, Role.EXAMPLES)
                    break
            else:
                if 0 <= parse.main_verb < start and not parse.finites(start, parse.attribution):
                    yield Part(start, parse.attribution, Role.EXAMPLES)


# ---- times ----------------------------------------------------------------------------------------------------------

_MONTH = (
    r"(?:jan(?:uary|\.)|feb(?:ruary|\.)|march|april|may|june|july|aug(?:ust|\.)|sept(?:ember|\.)|oct(?:ober|\.)"
    r"|nov(?:ember|\.)|dec(?:ember|\.))"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_OF_DAY = r"(?:morning|afternoon|evening|night)"
_SEASON = rf"(?:week|month|year|weekend|{_OF_DAY}|summer|winter|spring|autumn|fall|season|{_MONTH})"
_SPAN = r"(?:days?|weeks?|months?|hours?|years?|decades?)"
_VAGUE = re.compile(
    rf"(?:(?:early|late|earlier|later) )?(?:on )?(?:last |next |this )?{_DAY}s?(?: {_OF_DAY})?"
    rf"|(?:(?:earlier|later|late|early) )?(?:on )?(?:today|yesterday|tomorrow|tonight)(?: {_OF_DAY})?"
    rf"|(?:earlier |later )?(?:in |on |over |at |during )?(?:this|last|next) {_SEASON}"
    rf"|(?:over|at|during) the weekend|in recent {_SPAN}|at (?:the|this|that) (?:moment|time|point)"
    rf"|(?:over|in|during|for) the (?:past|last|next|coming) (?:few |several |couple of )?{_SPAN}"
    rf"|(?:a |an |two |three |several |some |a few )?{_SPAN} (?:ago|earlier|later)"
    r"|overnight|currently|recently|now|at present|in the meantime|at the end of the day"
)
_DATED = re.compile(
    rf"(?:on |in |since |from )?(?:early |late |mid-)?(?:{_DAY}, )?"
    rf"(?:{_MONTH}(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?: \d{{4}})?"
    r"|(?<=in )\d{4})"
)


def _times(parse: Parse) -> Iterator[Part]:
    for start in range(parse.end):
        if parse.word(start)[0].isalnum() and (start == 0 or not _governs(parse, start - 1)):
            end, role = _time_end(parse, start)
            if end:
                yield from _time_parts(parse, start, end, role)


_LONGEST_TIME = 9  # tokens


def _time_end(parse: Parse, start: int) -> tuple[int, Role]:
    for end in range(min(start + _LONGEST_TIME, parse.end), start, -1):
        text = re.sub(r" ,", ",", " ".join(parse.lower[start:end]))
        if _VAGUE.fullmatch(text):
            return end, Role.TIME
        if _DATED.fullmatch(text) and (parse.word(start) in ("on", "in") or end - start > 1):
            return end, Role.DATE
    return 0, Role.TIME


def _time_parts(parse: Parse, start: int, end: int, role: Role) -> Iterator[Part]:
    following = parse.kind(end) if end < len(parse) else Kind.MARK
    if start == 0:
        if following is Kind.COMMA:
            yield Part(0, end + 1, role)
        elif following in (Kind.NAME, Kind.DETERMINER) and role is Role.TIME and end <= 2:
            yield Part(0, end, role)
        return
    before_comma = parse.kind(start - 1) is Kind.COMMA
    if parse.kind(start - 1) is Kind.PARTICIPLE and parse.kind(start - 2) is Kind.WORD:  # "a statement released Friday"
        return
    if before_comma and following is Kind.COMMA and end != parse.attribution:
        closes = _goes_on_with_verb(parse, end) and parse.kind(0) not in (Kind.PREPOSITION, Kind.SUBORDINATOR)
        yield Part(start - 1, end + closes, role)
    elif end in (parse.end, parse.attribution):
        yield Part(start - before_comma, end, role)
    elif _belongs_to(parse, start, following):
        return
    elif parse.kind(start - 1) is Kind.THAT and following is Kind.COMMA:
        yield Part(start, end + 1, role)
    elif following in _AFTER_TIME and not before_comma and parse.word(end) not in ("and", "of"):
        yield Part(start, end, role)


def _belongs_to(parse: Parse, start: int, following: Kind) -> bool:
    """Whether a time is part of a noun phrase: "a slow Thursday night", "documents filed Thursday said"."""
    if following in (Kind.VERB, Kind.AUXILIARY) and parse.kind(start - 1) is Kind.PARTICIPLE:
        return True
    return parse.kind(start) is not Kind.PREPOSITION and parse.word(start - 2) in ("a", "an")


_AFTER_TIME = frozenset(
    (
        Kind.COMMA, Kind.PREPOSITION, Kind.SUBORDINATOR, Kind.VERB, Kind.AUXILIARY, Kind.THAT, Kind.DETERMINER,
        Kind.PARTICIPLE, Kind.PRONOUN, Kind.NAME,
    )
)  # fmt: skip


_GOVERNORS = word_set(
    """
    since until before after as than late early later earlier next last this not two three four five six seven eight
    nine ten eleven twelve fifteen twenty thirty forty fifty sixty some few several many couple half hundred thousand
    """
)


def _governs(parse: Parse, at: int) -> bool:
    """Whether the word needs what follows it: "since Monday", "of the past week", "between May and June"."""
    is_light = parse.kind(at) in (Kind.PREPOSITION, Kind.DETERMINER, Kind.NUMBER, Kind.CONJUNCTION)
    return is_light or parse.word(at) in _GOVERNORS


# ---- clauses --------------------------------------------------------------------------------------------------------

_GOING = word_set("after as when while because since before although though amid despite following whereas")
_CONCESSIVE = word_set("although though while whereas despite because since amid")
_NO_AS = word_set("well long soon far much many if though such a an the part to of")


_LEAD_OPENERS = word_set("speaking citing asked responding writing with due thanks")


def _leads(parse: Parse) -> Iterator[Part]:
    """A clause or phrase before the subject: "While the council was meeting, "."""
    first = parse.word(0) if parse.lower else ""
    start = 1 if first in ("but", "and", "yet") else 0
    opener = parse.lower[start : start + 1]
    if not opener:
        return
    if parse.word(start + 1) in _UNITS and parse.word(start + 2) in ("after", "before"):
        start += 2  # "four days after the fire, "
        opener = [parse.word(start)]
    clause = opener[0] in _GOING or opener[0] in _LEAD_OPENERS
    indefinite = opener[0] == "in" and parse.lower[start + 1 : start + 2] in (["a"], ["an"])
    if (
        not clause
        and not indefinite
        and parse.kind(start) is not Kind.PARTICIPLE
        and not (opener[0].endswith("ing") and len(opener[0]) > 5)
    ):
        return
    if opener[0] in ("according", "considering", "including", "given", "provided", "depending", "being", "regarding"):
        return
    for at in range(start + 2, min(parse.attribution, start + 40)):
        if indefinite and parse.is_finite(at):
            return
        if parse.kind(at) is Kind.COMMA and not parse.is_quoted(at) and _begins_clause(parse, at + 1):
            yield Part(0, at + 1, Role.LEAD)
            return


def _begins_clause(parse: Parse, at: int) -> bool:
    """Whether a subject with its verb begins here."""
    if at >= parse.end or parse.kind(at) not in _SUBJECT_STARTS or parse.word(at).endswith("ing"):
        return False
    for other in range(at, min(at + 25, parse.end)):
        if parse.is_finite(other):
            return other > at
        if parse.kind(other) is Kind.CONJUNCTION and parse.kinds[other + 1 : other + 2] == [Kind.COMMA]:
            return False
    return False


_SUBJECT_STARTS = frozenset((Kind.DETERMINER, Kind.PRONOUN, Kind.NAME, Kind.WORD, Kind.NUMBER))


def _clauses(parse: Parse) -> Iterator[Part]:
    """From an adverbial clause or phrase to the end: "after a judge ruled ...", ", despite the rain"."""
    for start in range(2, parse.attribution - 1):
        word = parse.word(start)
        if _opens_reason(parse, start):
            if _closes(parse, start) and not parse.is_quoted(start):
                yield _to_end(parse, start, Role.CLAUSE)
            continue
        if word not in _GOING or parse.is_quoted(start) or not _closes(parse, start):
            continue
        if word == "as" and (parse.word(start + 1) in _NO_AS or not parse.finites(start, parse.attribution)):
            continue
        if word in ("before", "since") and parse.word(start - 1) in (
            "ever",
            "never",
            "time",
            "day",
            "night",
            "week",
            "long",
        ):
            continue
        if word not in _CONCESSIVE and not _is_event(parse):
            continue
        yield _to_end(parse, start, Role.CLAUSE)


_REASONS = (("due", "to"), ("thanks", "to"), ("in", "order", "to"), ("in", "a", "bid"), ("in", "an", "effort"))


def _opens_reason(parse: Parse, at: int) -> bool:
    return any(tuple(parse.lower[at : at + len(words)]) == words for words in _REASONS)


def _to_end(parse: Parse, start: int, role: Role) -> Part:
    return Part(start - (parse.kind(start - 1) is Kind.COMMA), parse.attribution, role)


_NEED_MORE = word_set(
    """
    came comes come went goes go became becomes remained got gets took takes made makes put puts set sets gave gives
    """
)
_UNITS = word_set(
    "minutes hours days weeks months years seconds decades moments minute hour day week month year shortly soon"
)


def _closes(parse: Parse, at: int) -> bool:
    """Whether what stands before the token is a sentence that may end there."""
    last = at - 1
    if parse.kind(last) is Kind.COMMA:
        last -= 1
    if last < 1 or not 0 <= parse.main_verb <= last:
        return False
    if parse.word(last) in _NEEDY | _NEED_MORE or parse.kind(last) in (
        Kind.PREPOSITION,
        Kind.DETERMINER,
        Kind.CONJUNCTION,
        Kind.AUXILIARY,
    ):
        return False
    if parse.word(last) in _UNITS or parse.kind(last) in (Kind.MARK, Kind.DASH, Kind.COMMA, Kind.SUBORDINATOR):
        return False
    return not _is_open(parse, last + 1)


def _is_open(parse: Parse, end: int) -> bool:
    """Whether a verb of saying just before has not got its clause yet, or a "between" its "and"."""
    tail = parse.lower[max(0, end - 4) : end]
    return (
        "between" in tail or "both" in tail or "either" in tail or parse.word(end - 1) in SAYING - {"said", "reported"}
    )


def _is_event(parse: Parse) -> bool:
    """Whether the main clause tells of one event, not of what always holds: past, perfect or progressive."""
    at = parse.main_verb
    if at < 0:
        return False
    word = parse.word(at)
    following = parse.word(at + 1) if at + 1 < len(parse) else ""
    if word in ("was", "were", "had", "did"):
        return True
    if word in ("has", "have", "is", "are", "will"):
        ahead = parse.lower[at + 1 : at + 4]
        return (
            word == "will"
            or parse.word(at + 1) in ("dead", "missing", "injured", "homeless")
            or any(other.endswith("ing") for other in ahead)
            or (
                word in ("has", "have")
                and any(
                    parse.kind(at + 1 + n) is Kind.PARTICIPLE or ahead[n].endswith(("ed", "en")) or ahead[n] == "been"
                    for n in range(len(ahead))
                )
            )
        )
    return parse.kind(at) is Kind.VERB and not word.endswith("s") and following != "to"


def _participles(parse: Parse) -> Iterator[Part]:
    """ ", leaving four boats damaged" to the end."""
    for comma in range(2, parse.attribution - 1):
        if parse.kind(comma) is not Kind.COMMA or parse.is_quoted(comma):
            continue
        first = _next_word(parse, comma)
        word = parse.word(first)
        if (parse.kind(first) is Kind.PARTICIPLE or (word.endswith("ing") and len(word) > 5)) and word not in (
            "according", "including", "excluding", "being", "depending", "assuming",
        ):  # fmt: skip
            if _closes(parse, comma + 1) and not _is_listed(parse, comma) and not _closes_aside(parse, comma):
                yield Part(comma, parse.attribution, Role.PARTICIPLE)
            elif parse.main_verb > comma or parse.main_verb < 0:
                for at in range(first + 1, min(parse.attribution, first + 30)):
                    if parse.kind(at) is Kind.COMMA and _goes_on_with_verb(parse, at):
                        yield Part(comma, at + 1, Role.PARTICIPLE)
                        break


def _closes_aside(parse: Parse, comma: int) -> bool:
    """Whether the comma closes an aside, so that what follows belongs to what stood before: "showed men, thought to be
    sailors, singing"."""
    opens = next((at for at in range(comma - 1, parse.main_verb, -1) if parse.kind(at) is Kind.COMMA), None)
    return opens is not None and parse.kind(opens + 1) is Kind.PARTICIPLE and not parse.finites(opens, comma)


def _is_listed(parse: Parse, comma: int) -> bool:
    """Whether the participle is one of several: "by walking, running and swimming"."""
    for at in range(comma + 1, min(comma + 12, parse.attribution)):
        if parse.kind(at) is Kind.CONJUNCTION and at + 1 < len(parse) and parse.word(at + 1).endswith("ing"):
            return parse.word(comma - 1).endswith("ing") or any(
                parse.word(other).endswith("ing") for other in range(max(0, comma - 4), comma)
            )
    return False


def _coordinations(parse: Parse) -> Iterator[Part]:
    """A second clause or predicate to the end: ", and the mayor resigned", " and arrested two men"."""
    for at in range(3, parse.attribution - 1):
        if parse.kind(at) is not Kind.CONJUNCTION or parse.word(at) not in ("and", "but") or parse.is_quoted(at):
            continue
        second = _next_word(parse, at)
        comma = parse.kind(at - 1) is Kind.COMMA
        if not _closes(parse, at) or parse.is_finite(at - 1 - comma):
            continue
        if comma and _begins_clause(parse, second) and not is_series(parse, at):
            yield Part(at - 1, parse.attribution, Role.COORDINATION)
        elif parse.is_finite(second) and parse.main_verb >= 0 and not is_series(parse, at):
            yield Part(at - comma, parse.attribution, Role.COORDINATION)


def is_series(parse: Parse, at: int) -> bool:
    """Whether the conjunction closes a list of three or more: "A did this, B did that, and C ..."."""
    return any(
        parse.kind(other) is Kind.COMMA and other > parse.main_verb >= 0 and _may_be_listed(parse, other + 1)
        for other in range(max(0, at - 20), at - 1)
    )


def _may_be_listed(parse: Parse, at: int) -> bool:
    return parse.kind(at) in (Kind.VERB, Kind.AUXILIARY, Kind.WORD, Kind.NAME, Kind.NUMBER) or _begins_clause(parse, at)


# ---- phrases and words ----------------------------------------------------------------------------------------------

_LIGHT = word_set(
    "over against about as in on at during near outside inside amid following across along by with through after"
    " alongside via for from"
)
_PHRASE_STOPS = frozenset(Kind) - {Kind.NUMBER, Kind.DETERMINER, Kind.PRONOUN, Kind.ADVERB, Kind.NAME, Kind.WORD}
_AFTER_PHRASE = frozenset((Kind.PREPOSITION, Kind.VERB, Kind.AUXILIARY, Kind.SUBORDINATOR))


def _phrases(parse: Parse) -> Iterator[Part]:
    """Phrases such as "near the old lighthouse" in the middle, and from one of them to the end."""
    if not _is_event(parse):
        return
    for start in range(2, parse.attribution - 1):
        if parse.word(start) not in _LIGHT or parse.is_quoted(start) or not _may_lose(parse, start):
            continue
        if _frames_truth(parse, start):
            continue
        end = _phrase_end(parse, start)
        following, comma = parse.kind(end), parse.kind(start - 1) is Kind.COMMA
        goes_on = following in _AFTER_PHRASE and parse.word(end) not in ("of", "to", "into", "than")
        goes_on = goes_on and (start < parse.main_verb or not parse.is_finite(end))
        if following is Kind.PREPOSITION and start > parse.main_verb:  # it may belong to what is left out
            goes_on = goes_on and _time_end(parse, end)[0] > 0
        if end < parse.attribution and goes_on and not comma and _is_of_something_new(parse, start):
            yield Part(start, end, Role.PHRASE)
        if comma and following is Kind.COMMA and end < parse.attribution and start > parse.main_verb >= 0:
            yield Part(start - 1, end + 1, Role.PHRASE)
        if _closes(parse, start) and not _is_pair(parse, start):
            yield _to_end(parse, start, Role.PHRASE)


def _may_lose(parse: Parse, start: int) -> bool:
    before = start - 1
    if parse.kind(before) is Kind.COMMA:
        return True
    if parse.word(before - 1) == "to" and parse.kind(before) is Kind.WORD:  # "to search"
        return False
    if parse.kind(before) in _LEANING or parse.kind(before) is Kind.PRONOUN:
        is_agent = parse.word(start) == "by" and parse.kind(before) is Kind.PARTICIPLE
        return is_agent and _is_passive(parse, before)
    word = parse.word(before)
    return parse.is_word(before) and word not in _NEEDY | _WANTS_PHRASE and not word.endswith(("ed", "ing"))


# "In the film", "on behalf of", "by accident": what is true with these is not true without.
_FRAMES_OF_TRUTH = word_set(
    """
    film films movie movies novel book episode series season show play dream game video story fiction theory principle
    paper condition conditions exchange return favour favor attempt case event absence scenario poll survey simulation
    part effect vain question behalf place name exception accident mistake chance proxy hope doubt risk danger total
    average least most first rumours rumors way manner fashion trial test practice drill exercise
    """
)


def _frames_truth(parse: Parse, start: int) -> bool:
    """Whether the phrase says in which world, on whose behalf or how far something holds, or gives a number."""
    if parse.kind(start + 1) is Kind.NUMBER and parse.word(start) in ("over", "about"):
        return True
    if (
        parse.kind(start - 1) is Kind.NAME
        and _holds_name(parse, start)
        and parse.word(start) in ("on", "for", "against")
    ):
        return True  # "the Commission on the Status of Women"
    if parse.word(start - 2) in _COPULAS and parse.kind(start - 1) is Kind.WORD:  # "was responsible for"
        return True
    return any(parse.word(at) in _FRAMES_OF_TRUTH for at in range(start + 1, _phrase_end(parse, start)))


# Adjectives that hang on the phrase behind them, as in "a bar popular with sailors".
_WANTS_PHRASE = word_set(
    """
    popular familiar responsible available similar full close capable aware able guilty ready different separate free
    loyal faithful rich common typical due subject vulnerable critical angry happy good bad eligible famous notorious
    dependent independent short keen fond proud afraid accused suspected such so much many more most up down out in off
    """
)


def _holds_name(parse: Parse, start: int) -> bool:
    return any(parse.kind(at) is Kind.NAME for at in range(start, _phrase_end(parse, start)))


_COPULAS = word_set("is are was were be been being become became remain remained")


def _is_of_something_new(parse: Parse, start: int) -> bool:
    """Whether the phrase stands behind the main verb, or behind a subject such as "a fire" or "five men"."""
    if 0 <= parse.main_verb < start:
        return True
    return _is_indefinite(parse, start) or parse.kind(0) is Kind.NUMBER


_LEANING = frozenset(
    (Kind.VERB, Kind.AUXILIARY, Kind.PARTICIPLE, Kind.PREPOSITION, Kind.ADVERB, Kind.DETERMINER, Kind.CONJUNCTION)
)


def _is_passive(parse: Parse, at: int) -> bool:
    return any(parse.word(other) in ("was", "were", "been", "being") for other in range(max(0, at - 2), at))


def _phrase_end(parse: Parse, start: int) -> int:
    """The end of a preposition with its noun, and of the "of ..." behind it."""
    at = start + 1
    while at < parse.attribution:
        if parse.kind(at) in _PHRASE_STOPS and not (parse.word(at) == "of" and at > start + 1):
            break
        at += 1
    return at


def _is_pair(parse: Parse, start: int) -> bool:
    """Whether the phrase has a fellow: "from May to June"."""
    return parse.word(start) == "from" and "to" in parse.lower[start : start + 6]


# Not "just" or "quite", "basically" or "temporarily": those say how far something holds.
_WEAK_ADVERBS = word_set(
    """
    also really actually simply very certainly clearly obviously indeed recently finally currently immediately quickly
    officially publicly formally already now subsequently later eventually swiftly promptly literally absolutely truly
    totally completely extremely highly particularly especially again simultaneously personally ultimately
    """
)
_LAST_ADVERBS = word_set("here there now again anyway already recently")
_VERBAL = frozenset((Kind.VERB, Kind.PARTICIPLE, Kind.AUXILIARY))


def _adverbs(parse: Parse) -> Iterator[Part]:
    for at in range(1, parse.end):
        word = parse.word(at)
        if parse.is_quoted(at) or parse.word(at - 1) in ("once", "not", "so", "as", "too"):
            continue
        if word in _WEAK_ADVERBS and parse.kind(at - 1) is Kind.COMMA and parse.kind(at + 1) is Kind.COMMA:
            yield Part(at - 1, at + 1, Role.ADVERB)
        elif (word in _WEAK_ADVERBS and _colours(parse, at)) or (word in _LAST_ADVERBS and at + 1 == parse.end):
            yield Part(at, at + 1, Role.ADVERB)


def _colours(parse: Parse, at: int) -> bool:
    """Whether the adverb belongs to a verb or an adjective beside it, and what remains fits together."""
    before, after = parse.kind(at - 1), parse.kind(at + 1)
    if after in _VERBAL:
        return True
    if parse.word(at) in ("also", "now", "already") and after is Kind.PREPOSITION:
        return True
    if before not in _VERBAL and before is not Kind.DETERMINER:
        return False
    return after is Kind.DETERMINER or (after is Kind.WORD and (parse.word(at - 1) != "a" or _article_fits(parse, at)))


def _article_fits(parse: Parse, at: int) -> bool:
    """Whether "a" or "an" before the word at `at` still fits the one behind it."""
    return (parse.word(at)[0] in "aeiou") == (parse.word(at + 1)[0] in "aeiou")


_FORMS_OF_ADDRESS = word_set("mr mr. mrs mrs. ms ms.")
_TITLES = word_set(
    """
    president minister premier chancellor secretary councillor councilor governor senator spokesman spokeswoman
    spokesperson ambassador commissioner chairman chairwoman chief director general mayor judge leader envoy speaker
    lawmaker representative professor coach captain marshal admiral colonel lieutenant sergeant attorney
    sheriff deputy detective inspector superintendent bishop archbishop cardinal
    sheikh imam rabbi actor actress singer star ceo officer mr mr. mrs mrs. ms ms. dr dr. sen. rep. gov.
    gen. sir lord sgt. lt. col. designer author writer rapper comedian musician
    """
)


def _titles(parse: Parse) -> Iterator[Part]:
    """What someone is, before a name of two words or more: "Danish Foreign Minister", "mobile phone giant"."""
    for at in range(parse.end - 2):
        if parse.word(at) in _FORMS_OF_ADDRESS and _is_name(parse, at + 1):
            yield Part(at, at + 1, Role.TITLE)
        elif at < parse.attribution and _is_role(parse, at) and _is_name(parse, at + 1) and _is_name(parse, at + 2):
            start = at
            while start and (parse.kind(start - 1) in (Kind.NAME, Kind.WORD) or parse.word(start - 1) in _RANKS):
                start -= 1
            start -= start > 0 and parse.word(start - 1) == "the"
            if _speaks(parse, at + 1):
                continue
            if (start == 0 or _opens_phrase(parse, start - 1)) and not _has_possessive(parse, start, at + 1):
                yield Part(start, at + 1, Role.TITLE)


def _speaks(parse: Parse, at: int) -> bool:
    """Whether the name that begins here is of someone quoted: what they are tells how far to trust it."""
    while parse.kind(at) is Kind.NAME:
        at += 1
    return parse.word(at) in SAYING


_ROLE_ENDINGS = ("er", "or", "man", "ist", "ian", "giant", "star", "ant", "ent")


def _is_role(parse: Parse, at: int) -> bool:
    return parse.word(at) in _TITLES or (parse.kind(at) is Kind.WORD and parse.word(at).endswith(_ROLE_ENDINGS))


def _has_possessive(parse: Parse, start: int, end: int) -> bool:
    return any(parse.word(at).endswith(("'s", "s'")) for at in range(start, end))


_RANKS = word_set(
    "former acting deputy vice prime foreign defense defence interior finance and british american german french"
)


def _opens_phrase(parse: Parse, at: int) -> bool:
    return parse.word(at) != "of" and parse.kind(at) in (
        Kind.PREPOSITION, Kind.VERB, Kind.AUXILIARY, Kind.COMMA, Kind.SUBORDINATOR, Kind.THAT, Kind.CONJUNCTION,
        Kind.PARTICIPLE,
    )  # fmt: skip


def _is_name(parse: Parse, at: int) -> bool:
    return parse.kind(at) is Kind.NAME and parse.word(at) not in _TITLES


_TAKES_CLAUSE = word_set(
    "say says said think thinks thought believe believes believed know knows knew hope hopes hoped feel"
)


def _thats(parse: Parse) -> Iterator[Part]:
    """ "that" right behind "said", with the subject of its clause right behind it."""
    if parse.lower.count("that") != 1:
        return
    at = parse.lower.index("that")
    says = parse.word(at - 1) in _TAKES_CLAUSE and parse.is_finite(at - 1)
    if says and parse.kind(at + 1) in (Kind.PRONOUN, Kind.NAME, Kind.DETERMINER):
        yield Part(at, at + 1, Role.THAT)


_FRAMES = word_set("in at during on after before from to by via through")


def _frames(parse: Parse) -> Iterator[Part]:
    """Where and how it was said, between "said" and "that": "said in a statement on Friday that"."""
    for at in range(1, parse.end - 3):
        if parse.word(at) not in _FRAMED or not parse.is_finite(at) or parse.word(at + 1) not in _FRAMES:
            continue
        end = at + 2
        while end < min(parse.end, at + 16) and parse.kind(end) not in _FRAME_STOPS:
            end += 1
        if (end == parse.end or parse.kind(end) is Kind.THAT) and parse.kind(end - 1) is not Kind.COMMA:
            yield Part(at + 1, end, Role.FRAME)


_FRAMED = word_set("said says announced stated confirmed added")
_FRAME_STOPS = frozenset(
    (
        Kind.THAT, Kind.VERB, Kind.AUXILIARY, Kind.RELATIVE, Kind.SUBORDINATOR, Kind.CONJUNCTION, Kind.MARK, Kind.DASH,
    )
)  # fmt: skip


_RULES: tuple[Callable[[Parse], Iterator[Part]], ...] = (
    _brackets,
    _dashes,
    _connectives,
    _times,
    _relatives,
    _appositions,
    _examples,
    _which_ones,
    _leads,
    _clauses,
    _participles,
    _coordinations,
    _frames,
    _titles,
    _phrases,
    _adverbs,
    _thats,
)
