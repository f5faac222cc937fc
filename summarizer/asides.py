"""Asides and leading clauses of English sentences: whether one is whole, and whether it only adds.

"Wei, who heads the agency, said" loses nothing that is claimed without its aside; "the plan, critics say, is" does.
"""

from summarizer.adjuncts import downward
from summarizer.claims import TITLE_NOUNS, Objection
from summarizer.clausewords import (
    ADVERSE_PARTICIPLES,
    AFTER_GERUNDS,
    AFTER_PARTICIPLES,
    AUXILIARIES,
    BEFORE_RELATIVES,
    CONJUNCTIONS,
    CONNECTIVES,
    DAY,
    DETERMINERS,
    LEADING,
    MONTH,
    PARTICIPLES,
    PAST,
    RELATIVES,
    RESTRICTING_PHRASES,
    SAYING,
    SMALL,
    TIME_MODIFIERS,
    TIME_NOUNS,
    TRAILING,
    has_finite_verb,
    is_attributing,
    is_verb,
)
from summarizer.deletions import FINE, Deletion, segment_before, segments
from summarizer.vocabularies import NEGATIONS_EN, vocabulary
from summarizer.words import word_set

_SOURCES = word_set(
    """
    official officials source sources police witness witnesses document documents report reports people person
    statement ministry agency media newspaper television insiders diplomats experts investigators study data figures
    """
)
_VERIFYING = word_set(
    "verified verify independently authenticated confirmed confirm corroborated proven proved unconfirmed"
)


def _is_negation(word: str) -> bool:
    return word in vocabulary("en").negations or word.endswith("n't") or word == "unconfirmed"


def _ends_in_attribution(deletion: Deletion) -> bool:
    """Whether a part of it between commas says whose claim the rest is."""
    if "according" in deletion.lower[1:]:
        return True
    parts = segments(deletion)
    if any(len(segment) <= 12 and is_attributing(segment) for segment in parts[1:]):
        return True
    return deletion.last in {"said", "says"} and len(deletion.lower) > 2


def _swallows_clause(deletion: Deletion) -> bool:
    """Whether more goes than one aside or clause: behind one of its commas stands a subject with its verb."""
    return any(not _hangs_on(segment) and any(map(is_verb, segment)) for segment in segments(deletion)[1:])


def _hangs_on(segment: tuple[str, ...]) -> bool:
    """Whether a part between commas belongs to the one before it."""
    first, gerund = segment[0], segment[0].endswith("ing") and len(segment[0]) > 5
    return (
        gerund
        or first in RELATIVES | {"and", "or", "including"}
        or bool({"which", "whom", "whose"} & set(segment[1:3]))
    )


def whole(deletion: Deletion) -> Objection | None:
    """The objections to leaving out a whole aside or clause that says something of its own."""
    if _ends_in_attribution(deletion):
        return Objection("attribution", deletion.words)
    if set(deletion.lower) & vocabulary("en").denials:
        return Objection("denial", deletion.words)
    if set(deletion.lower) & _VERIFYING and any(map(_is_negation, deletion.lower)):
        return Objection("doubt", deletion.words)
    if _swallows_clause(deletion):
        return Objection("clause", deletion.words)
    return None


def leading(deletion: Deletion) -> Objection | None:
    """A clause or phrase in front of the subject: FINE where it only tells a circumstance, None where it is none."""
    if not deletion.at_start or "," not in deletion.after or deletion.sentence.quoted[deletion.start]:
        return None
    lower, first = deletion.lower, deletion.first
    phrase = " ".join(lower[:4])
    if first in vocabulary("en").conditions or RESTRICTING_PHRASES.match(phrase):
        return Objection("condition", deletion.words)
    if first == "as" and set(lower) & (vocabulary("en").reporting | {"put"}):
        return Objection("attribution", deletion.words)
    if first in {"but", "and", "so", "yet"} and len(lower) > 1:
        return leading(deletion.within(deletion.start + 1, deletion.end, opens=True))
    if first == "when":
        return FINE if _tells_of_past(deletion) else Objection("condition", deletion.words)
    if first in _DATING and downward(deletion) in NEGATIONS_EN:
        return Objection("restriction", deletion.words)
    if _is_leading_clause(first, lower):
        return whole(deletion) or _negated_cause(deletion) or FINE
    return None


_DATING = word_set("since during before after following")  # "since the ban, nobody" is not "nobody"


def _is_leading_clause(first: str, lower: tuple[str, ...]) -> bool:
    if first in ADVERSE_PARTICIPLES:
        return False
    if first in LEADING or first == "because":
        return True
    if first == "with":
        return lower[1:4] != ("the", "exception", "of")
    if first.endswith("ing") and len(first) > 5:  # "rising prices, ..." opens with its subject
        return len(lower) > 1 and (lower[1] in AFTER_GERUNDS or lower[1].endswith("ly") or lower[1][0].isdigit())
    return first in {"asked", "faced", "born", "founded", "elected", "dressed"}


def _tells_of_past(deletion: Deletion) -> bool:
    following = deletion.sentence.lower[deletion.end :]
    if any(word in {"will", "would", "can", "could", "may", "might", "should", "must"} for word in following):
        return False
    return any(
        word in {"was", "were", "had"} or (word in PAST and not word.endswith("s")) for word in following
    ) or any(word.endswith("ed") for word in following)


def _negated_cause(deletion: Deletion) -> Objection | None:
    if deletion.first in {"because", "since", "before", "with"} and not deletion.at_start:
        word = downward(deletion)
        if word:
            return Objection("negation", deletion.words)
    return None


def comma_aside(deletion: Deletion) -> Objection | None:
    """An aside behind a comma: FINE where it only adds, None where it is none."""
    if "," not in deletion.before or deletion.at_start:
        return None
    if (not deletion.at_end and "," not in deletion.after) or deletion.first in {
        "and",
        "but",
        "or",
        "nor",
        "yet",
        "so",
    }:
        return None
    lower, first = deletion.lower, deletion.first
    if (
        first in vocabulary("en").conditions
        or first in {"not", "without"}
        or RESTRICTING_PHRASES.match(" ".join(lower[:4]))
    ):
        return Objection("condition", deletion.words)
    if lower[:2] == ("according", "to") or (first in {"citing", "quoting"} and _cites_somebody(deletion)):
        return Objection("attribution", deletion.words)
    if _is_relative(deletion):
        if _reports_on(deletion):
            return Objection("clause", deletion.words)
        return _joined(deletion) or whole(deletion) or FINE
    if first in ADVERSE_PARTICIPLES:
        return Objection("condition", deletion.words)
    if first == "as" and set(lower) & (vocabulary("en").reporting | {"put"}):
        return Objection("attribution", deletion.words)
    if first in TRAILING or (first == "with" and "exception" not in lower):
        return _joined(deletion) or whole(deletion) or _negated_cause(deletion) or FINE
    if first in {"including", "up", "down", "such"} or lower[:3] in {("as", "well", "as"), ("along", "with", "the")}:
        return _joined(deletion) or whole(deletion) or FINE
    if _is_participial(deletion):
        return _joined(deletion) or whole(deletion) or FINE
    return _apposition(deletion)


def _is_relative(deletion: Deletion) -> bool:
    lower = deletion.lower
    if lower[0] in RELATIVES or lower[0] == "when":
        return True
    gaps = deletion.sentence.gaps[deletion.start + 1 : deletion.start + 4]
    return lower[0] in BEFORE_RELATIVES and bool({"which", "whom", "whose"} & set(lower[1:4])) and not any(gaps)


def _reports_on(deletion: Deletion) -> bool:
    """Whether what somebody is said to have said goes on behind: "who said Smith, 80," has agreed."""
    written = deletion.sentence.written[deletion.start : deletion.end]
    said = next((at for at, word in enumerate(written) if word in SAYING), None)
    if said is None or not is_verb(deletion.right):
        return False
    reported = deletion.lower[said + 1 :]
    return reported[:1] != () and reported[0] not in AFTER_PARTICIPLES and not any(map(is_verb, reported))


def _cites_somebody(deletion: Deletion) -> bool:
    """Whether an aside says where something is known from: "citing officials", but not "citing high costs"."""
    written = deletion.sentence.written[deletion.start + 1 : deletion.end]
    return bool(set(deletion.lower) & _SOURCES) or any(word[0].isupper() for word in written)


def _joined(deletion: Deletion) -> Objection | None:
    """What remains on both sides must belong together: a name, a number or an article behind an aside begins something
    else, unless that says whose claim it is."""
    if deletion.at_end or _attribution_follows(deletion):
        return None
    begins_anew = deletion.next_is_capital or deletion.right in DETERMINERS or deletion.right[:1].isdigit()
    if begins_anew or (deletion.right in CONJUNCTIONS and not deletion.join):
        return Objection("clause", deletion.words)
    return None


def _attribution_follows(deletion: Deletion) -> bool:
    following = deletion.sentence.lower[deletion.end : deletion.end + 8]
    return "," in deletion.join and any(word in {"said", "says", "told", "added"} for word in following)


def _is_participial(deletion: Deletion) -> bool:
    words = deletion.lower[1:] if deletion.first.endswith("ly") else deletion.lower
    if words is not deletion.lower and words[1:2] and words[1] not in AFTER_GERUNDS:  # "rapidly thinning glacier"
        return False
    if not words or "-" in words[0] or words[0] in AUXILIARIES:
        return False
    if words[0].endswith("ing"):
        return len(words[0]) > 5
    passive = words[0] in PARTICIPLES or (words[0].endswith("ed") and len(words[0]) > 4)
    return passive and words[1:2] != () and words[1] in AFTER_PARTICIPLES and _hangs_on_subject(deletion)


def _hangs_on_subject(deletion: Deletion) -> bool:
    """Whether "advanced on the city" can be no verb of the sentence: that one stands before it, or right behind."""
    before = segment_before(deletion)
    if deletion.at_end:
        return any(map(is_verb, before))
    return len(before) == deletion.start and is_verb(deletion.right)


def _apposition(deletion: Deletion) -> Objection | None:
    lower = deletion.lower
    if is_attributing(lower):
        return Objection("attribution", deletion.words)
    if not (_is_noun_phrase(lower) or _is_name(deletion) or _is_age(deletion)):
        return None
    if has_finite_verb(lower) or _opens_adverbially(segment_before(deletion), deletion):
        return None
    if deletion.right in CONJUNCTIONS or deletion.left in CONJUNCTIONS or _ends_list(deletion):
        return Objection("quantity", deletion.words)
    return _joined(deletion) or whole(deletion) or FINE


def _ends_list(deletion: Deletion) -> bool:
    """Whether it is the rest of a list: "..., the doctors, and the nurses"."""
    if any(segment[0] in CONJUNCTIONS for segment in segments(deletion)[1:]) or "respectively" in deletion.lower:
        return True
    before = segment_before(deletion)
    listed = deletion.sentence.written[deletion.start - len(before) : deletion.start]
    return bool(set(deletion.lower) & CONJUNCTIONS) and len(before) < 5 and all(word[0].isupper() for word in listed)


def _opens_adverbially(segment: tuple[str, ...], deletion: Deletion) -> bool:
    """Whether the words in front are no subject but a circumstance: what follows "On Monday," is the subject."""
    if len(segment) != deletion.start:
        return False
    first = segment[0]
    is_adverb = first.endswith("ly") or (first.endswith("ing") and len(first) > 5) or (first,) in CONNECTIVES
    if all(word in TIME_MODIFIERS | TIME_NOUNS | MONTH | DAY or word[0].isdigit() for word in segment):
        return True
    return not any(map(is_verb, segment[1:])) and (is_adverb or first in _OPENERS)


_OPENERS = (
    LEADING
    | TRAILING
    | word_set("in on at by for from with to of under over through without when if as unlike asked born")
)


def _is_noun_phrase(lower: tuple[str, ...]) -> bool:
    if lower[0] in DETERMINERS | _NOUN_PHRASE_STARTS:
        return True
    return bool(set(lower[:4]) & TITLE_NOUNS) and not any(map(is_verb, lower)) and lower[0] not in AFTER_PARTICIPLES


_NOUN_PHRASE_STARTS = word_set("former then formerly now once most many")


def _is_name(deletion: Deletion) -> bool:
    written = deletion.sentence.written[deletion.start : deletion.end]
    capitals = all(word[0].isupper() or word.lower() in SMALL - {"and"} for word in written)
    return (
        capitals
        and not any(deletion.sentence.gaps[deletion.start + 1 : deletion.end])
        and not (set(deletion.lower) & (DAY | MONTH | PAST))
    )


def _is_age(deletion: Deletion) -> bool:
    return len(deletion.lower) == 1 and deletion.lower[0].isdigit() and len(deletion.lower[0]) <= 3
