"""Whether a sentence still entails what is left of it when words are taken out.

What may go is listed, everything else may not: whole parentheses, asides between commas, leading connectives and
clauses, times and places, trailing clauses, titles before names. Each is looked at with the words around it.
"""

from collections.abc import Callable

from summarizer.adjuncts import adjuncts, downward, superlative
from summarizer.asides import comma_aside, leading, whole
from summarizer.claims import TITLE_CHANGERS, Objection, Tokens, dates, tokens
from summarizer.clausewords import (
    ADVERBS,
    AUXILIARIES,
    CONNECTIVES,
    DETERMINERS,
    LOST_BY_ADVERBS,
    NO_LAST_WORD,
    PARTICIPLES,
    RELATIVES,
    RESTRICTING_PHRASES,
    SAYING,
    SHARED_BY_COORDINATION,
    STATIVE,
    TIME_NOUNS,
    TRAILING,
    is_verb,
)
from summarizer.deletions import FINE, Deletion, is_bounded_aside, left_over, quotation, segments, separates
from summarizer.titles import title
from summarizer.vocabularies import NEGATIONS_EN, vocabulary
from summarizer.words import word_set


def refusal_of(deletion: Deletion) -> Objection | None:
    """Why these words may not be left out, or None."""
    refused = quotation(deletion) or left_over(deletion) or _excuse(deletion) or _torn(deletion)
    if refused or is_bounded_aside(deletion):
        return refused or _aside(deletion)
    if not deletion.language.startswith("en"):
        return _elsewhere(deletion)
    return _english(deletion)


def _torn(deletion: Deletion) -> Objection | None:
    """What remains beside it would lose its end or its head: "unless it is drained, [which is hard,] could burst" the
    comma that ends the condition, "[a letter] that was seen" the letter."""
    sentence, closing = deletion.sentence, "," in deletion.before and "," in deletion.after and "," not in deletion.join
    opened = next((at for at in range(deletion.start - 1, 0, -1) if "," in sentence.gaps[at]), 0)
    if closing and opened and sentence.lower[opened] in _OPENING_ASIDES:
        return Objection("clause", deletion.words)
    verb = sentence.lower[deletion.end + 1 : deletion.end + 2]
    if deletion.right in _HEADED and not deletion.after and verb and is_verb(verb[0]):
        return Objection("clause", deletion.words)
    return None


_OPENING_ASIDES = RELATIVES | word_set("unless if though although while when because since until as despite")
_HEADED = frozenset(("that", "which", "who"))
_ACCUSING = word_set(
    "accused charged suspected blamed wanted guilty involved named implicated convicted indicted wrongdoing crime"
)


def _excuse(deletion: Deletion) -> Objection | None:
    """ "Who is not accused of any crime", "speaking only for herself": what is said in somebody's favour stays."""
    lower = set(deletion.lower)
    negated = lower & vocabulary(deletion.language).negations
    if (negated and lower & _ACCUSING) or (deletion.first == "speaking" and lower & {"only", "not"}):
        return Objection("negation", deletion.words)
    return None


def _aside(deletion: Deletion) -> Objection | None:
    words = vocabulary(deletion.language)
    for word in deletion.lower:
        if word in words.reporting:
            return Objection("attribution", deletion.words)
        if word in words.denials:
            return Objection("denial", deletion.words)
        if word in words.negations or word in words.conditions:
            return Objection("condition" if word in words.conditions else "negation", deletion.words)
    if deletion.lower[0] in words.doubts or (len(deletion.lower) <= 3 and set(deletion.lower) & words.doubts):
        return Objection("doubt", deletion.words)
    if _limits_afterwards(deletion):
        return Objection("restriction", deletion.words)
    if deletion.first in words.degrees and not any(word[0].isdigit() for word in deletion.lower):
        return Objection("degree", deletion.words)
    return None


def _limits_afterwards(deletion: Deletion) -> bool:
    """ "It works -- in mice": an aside that says how far what stands before it holds."""
    second = deletion.sentence.written[deletion.start + 1 : deletion.start + 2]
    is_named = bool(second) and (second[0][0].isupper() or second[0][0].isdigit())
    return deletion.language.startswith("en") and deletion.first in _LIMITING and not is_named


_LIMITING = word_set("in for under among with within when where at on as though if from unless only")


def _english(deletion: Deletion, depth: int = 0) -> Objection | None:
    if deletion.lower in CONNECTIVES and _is_free_standing(deletion):
        return None
    for judge in _JUDGES:
        judged = judge(deletion)
        if judged is not None:
            return judged if judged.rule else None
    refused = _in_parts(deletion, depth)
    return refused and (_protected(deletion) or refused)


def _in_parts(deletion: Deletion, depth: int) -> Objection | None:
    """Several things left out in one stretch: each must be free to go."""
    refused = Objection("clause", deletion.words)
    if depth >= 3:
        return refused
    sentence = deletion.sentence
    borders = [at for at in range(deletion.start + 1, deletion.end) if sentence.gaps[at]][:8]
    outside = bool(deletion.before or deletion.after) or deletion.at_start or deletion.at_end
    for at in borders if outside else ():
        first, second = deletion.within(deletion.start, at), deletion.within(at, deletion.end, opens=deletion.at_start)
        if _refusal_of_part(first, depth) is None and _refusal_of_part(second, depth) is None:
            return None
    return refused


def _refusal_of_part(deletion: Deletion, depth: int) -> Objection | None:
    """The same as for the whole, for a part of it."""
    return _aside(deletion) if is_bounded_aside(deletion) else _english(deletion, depth + 1)


def _protected(deletion: Deletion) -> Objection | None:
    """The rule that names best what was lost."""
    words = vocabulary(deletion.language)
    rules: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("attribution", lambda word: word in words.reporting),
        ("negation", lambda word: word in words.negations),
        ("condition", lambda word: word in words.conditions),
        ("doubt", lambda word: word in words.doubts),
        ("title", lambda word: word in TITLE_CHANGERS),
        ("quantity", lambda word: word in words.number_words or word[:1].isdigit()),
        ("degree", lambda word: word in words.degrees),
        ("restriction", lambda word: word in RELATIVES or word == "that"),
    )
    for rule, matches in rules:
        if any(matches(word) for word in deletion.lower):
            return Objection(rule, deletion.words)
    return None


def _is_free_standing(deletion: Deletion) -> bool:
    """A connective at the start, or between commas; without a comma only where it can be nothing else."""
    if not deletion.at_start:
        return separates(deletion.before) and (deletion.at_end or separates(deletion.after))
    return bool(deletion.after) or (deletion.lower[0] in _BARE_CONNECTIVES and deletion.right not in _SO_FAR)


_BARE_CONNECTIVES = word_set("but and so yet meanwhile then")
_SO_FAR = word_set("far many much long few called that of as")


def _trailing(deletion: Deletion) -> Objection | None:
    if not deletion.at_end or deletion.before or deletion.first not in TRAILING:
        return None
    lower, first = deletion.lower, deletion.first
    if RESTRICTING_PHRASES.match(" ".join(lower[:4])):
        return Objection("condition", deletion.words)
    if first == "as" and (_compares(deletion) or set(lower[:8]) & vocabulary("en").reporting):
        return Objection("restriction", deletion.words)
    if first in {"as", "before"} and not any(map(is_verb, segments(deletion)[0][2:])):
        return Objection("restriction", deletion.words)
    if downward(deletion) or superlative(deletion):
        return Objection("restriction", deletion.words)
    if first in {"before", "after"} and (_is_measure(deletion.left) or _obliges(deletion)):
        return Objection("condition", deletion.words)
    return whole(deletion) or FINE


def _agent(deletion: Deletion) -> Objection | None:
    """Who did it, behind a passive: "was arrested by soldiers"; not behind "believed by" or "called so by"."""
    if deletion.first != "by" or not deletion.at_end or deletion.before or len(deletion.lower) > 10:
        return None
    passive = deletion.left in PARTICIPLES or (deletion.left.endswith("ed") and deletion.left not in SAYING)
    plain = len(segments(deletion)) == 1 and not any(map(is_verb, deletion.lower)) and _protected(deletion) is None
    if not passive or not plain or any(word.endswith("ing") for word in deletion.lower) or downward(deletion):
        return None
    return FINE


_CIRCUMSTANCES = word_set("with before alongside amid during")
_IN_THE_WAKE = ("in", "the", "wake", "of")
_LONGEST_CIRCUMSTANCE = 14  # words
_NEED_WITH = word_set(
    """
    charged replaced provided supplied presented dealt associated linked compared combined agreed helped filled coupled
    credited shared confused armed equipped threatened faced met tasked trusted left struck covered lined
    """
)


def _circumstance(deletion: Deletion) -> Objection | None:
    """With whom, before whom or in the wake of what something was done to one that is named or determined: "opened the
    harbour of Norrby with the mayor", but not "banned cars with old engines" and not "was charged with theft"."""
    lower = deletion.lower
    is_one = deletion.first in _CIRCUMSTANCES or lower[:4] == _IN_THE_WAKE
    if not (is_one and deletion.at_end) or deletion.before or len(lower) > _LONGEST_CIRCUMSTANCE:
        return None
    words = vocabulary("en")
    limiting = words.negations | words.conditions | words.doubts | RELATIVES | {"that", "only", "nobody"}
    if downward(deletion) or superlative(deletion) or set(lower) & limiting or any(map(is_verb, lower)):
        return None
    before = deletion.sentence.lower[: deletion.start]
    verb = next((at for at in range(len(before) - 1, -1, -1) if is_verb(before[at])), -1)
    thing = before[verb + 1 :]
    if (
        verb < 1
        or before[verb] in AUXILIARIES | _NEED_WITH
        or len(thing) < 2
        or any("-" in word for word in thing[-1:])
    ):
        return None
    is_named = deletion.sentence.written[deletion.start - 1][0].isupper()
    return FINE if is_named or thing[0] in DETERMINERS else None


def _compares(deletion: Deletion) -> bool:
    """Whether "as" belongs to a word before it: "described as", "as good as", "the same as"."""
    return bool(set(deletion.sentence.lower[max(0, deletion.start - 5) : deletion.start]) & _BEFORE_AS)


_BEFORE_AS = word_set(
    """
    as so such same twice times known seen regarded describe describes describing described see sees saw serve serves
    served work works worked working act acts acted used viewed considered treated identified named elected appointed
    dismissed rejected denounced condemned hailed praised criticised criticized portrayed remembered just far long soon
    well
    """
)


def _is_measure(word: str) -> bool:
    return word in TIME_NOUNS


def _obliges(deletion: Deletion) -> bool:
    window = deletion.sentence.lower[max(0, deletion.start - 12) : deletion.start]
    return bool(set(window) & (STATIVE - {"has", "have", "had"} | {"can", "may", "only", "will", "would"}))


def _adverb(deletion: Deletion) -> Objection | None:
    if len(deletion.lower) != 1 or deletion.first not in ADVERBS:
        return None
    before = deletion.sentence.lower[max(0, deletion.start - 4) : deletion.start]
    if deletion.first in LOST_BY_ADVERBS or set(before) & NEGATIONS_EN or deletion.left in _BEFORE_DEGREES:
        return Objection("degree", deletion.words)
    return FINE


_BEFORE_DEGREES = word_set("until since as so too more less very most least only how even than not")


def _complementizer(deletion: Deletion) -> Objection | None:
    if deletion.lower == ("that",) and deletion.left in {"said", "says", "believes", "added", "announced", "thinks"}:
        return FINE
    return None


def _second_clause(deletion: Deletion) -> Objection | None:
    if not deletion.at_end:
        return None
    if ";" in deletion.before:
        return whole(deletion) or (
            Objection("condition", deletion.words) if deletion.first in {"if", "unless", "but", "otherwise"} else FINE
        )
    if deletion.first not in {"and", "but", "while", "yet", "so"} or not _is_clause(deletion):
        return None
    shared = set(_clause_before(deletion)) & SHARED_BY_COORDINATION
    if shared and not _has_subject(deletion):
        return Objection("negation" if "not" in shared else "condition", deletion.words)
    if shared & {"if", "unless", "until", "whether"}:
        return Objection("condition", deletion.words)
    return whole(deletion) or FINE


def _is_clause(deletion: Deletion) -> bool:
    """Whether a conjunction is followed by a verb or by a subject with its verb."""
    rest = deletion.lower[1:]
    if not rest or "respectively" in rest or deletion.sentence.written[deletion.start + 1] == "May":
        return False
    at = 1 if rest[0] in ADVERBS and len(rest) > 1 else 0
    if is_verb(rest[at]) and rest[at] not in {"report", "claim", "note", "forecast", "promise", "claims"}:
        return True
    return "," in deletion.before and any(is_verb(word) for word in rest[1:9])


def _has_subject(deletion: Deletion) -> bool:
    rest = deletion.lower[1:]
    return bool(rest) and not is_verb(rest[0]) and rest[0] not in ADVERBS and "," in deletion.before


def _clause_before(deletion: Deletion) -> tuple[str, ...]:
    start = deletion.start
    while start > 0 and ";" not in deletion.sentence.gaps[start]:
        start -= 1
    return deletion.sentence.lower[start : deletion.start]


_ARTICLES = word_set(
    """
    der die das ein eine einer le la les l' un une el los las una il lo gli i uno o a os as um uma
    """
)
_COMMA_RELATIVES = {
    "fr": word_set("qui dont où que"),
    "es": word_set("quien quienes cuyo cuya donde que"),
    "it": word_set("che cui dove quale"),
    "pt": word_set("que quem cujo cuja onde"),
}


def _elsewhere(deletion: Deletion) -> Objection | None:
    """Languages whose clauses are not known here: asides between commas that are surely one, and nothing else."""
    words = vocabulary(deletion.language)
    if (
        words.reporting
        and _is_day(deletion)
        and not set(deletion.sentence.lower) & (words.negations | words.conditions)
    ):
        return None
    if not words.reporting or "," not in deletion.before or not (deletion.at_end or "," in deletion.after):
        return Objection("clause", deletion.words)
    refused = _aside(deletion)
    if refused or set(deletion.lower) & words.doubts:
        return refused or Objection("doubt", deletion.words)
    relative = _COMMA_RELATIVES.get(deletion.language[:2], frozenset())
    if deletion.first in relative and not deletion.next_is_capital:
        return None
    is_apposition = deletion.first in _ARTICLES and deletion.language[:2] != "de"
    if deletion.language[:2] == "de":
        is_apposition = deletion.first in {"ein", "eine", "einer", "der", "die", "das"} and not _german_verb_last(
            deletion
        )
    if (
        is_apposition
        and not deletion.at_end
        and not deletion.next_is_capital
        and deletion.right not in _CONJUNCTIONS_ELSEWHERE
    ):
        return None
    return Objection("clause", deletion.words)


_BEFORE_DAYS = word_set("am le el al na in on у в во a à il lo no nos em den dem der des de du en")


def _is_day(deletion: Deletion) -> bool:
    """Whether the words name a day of the week and nothing else: "am Montag", "el jueves"."""
    named = dates(tokens(" ".join(deletion.sentence.written[deletion.start : deletion.end])), deletion.language)
    rest = [word for word in deletion.lower if word not in _BEFORE_DAYS]
    return len(rest) == 1 and any(meant.startswith("day") for meant in named)


_CONJUNCTIONS_ELSEWHERE = word_set("und oder et ou y o e ed и или та або und")


def _german_verb_last(deletion: Deletion) -> bool:
    """A German relative clause ends in its verb, which is written small; an apposition ends in a noun."""
    return not deletion.sentence.written[deletion.end - 1][0].isupper()


def fragment(trimmed: Tokens, sentence: Tokens) -> Objection | None:
    """Whether what remains ends on a word that leans on the next."""
    if not len(trimmed) or trimmed.lower[-1] not in NO_LAST_WORD or trimmed.lower[-1] == sentence.lower[-1]:
        return None
    attributes = trimmed.lower[-1] in {"said", "says", "told"} and any(map(separates, trimmed.gaps[-9:-2]))
    return None if attributes else Objection("clause", trimmed.written[-1])


def verbless(trimmed: Tokens, sentence: Tokens, language: str) -> Objection | None:
    """Whether the verbs of a sentence all went with what was left out."""
    if not language.startswith("en") or any(map(is_verb, trimmed.lower)) or not any(map(is_verb, sentence.lower)):
        return None
    return Objection("clause", next(word for word in sentence.lower if is_verb(word)))


# Each knows one kind of what may go: FINE where that is what these words are, None where they are of another kind.
_JUDGES: tuple[Callable[[Deletion], Objection | None], ...] = (
    leading, comma_aside, title, _circumstance, _trailing, _agent, adjuncts, _adverb, _complementizer, _second_clause,
)  # fmt: skip
