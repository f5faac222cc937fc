"""Times, places and occasions of English sentences, and where leaving one out would say more than the sentence.

"On Monday" may go from what happened, not from what nobody did, nor from "the first since Monday".
"""

import re

from summarizer.claims import Objection, Tokens
from summarizer.clausewords import (
    DAY,
    DETERMINERS,
    DOWNWARD,
    LEADING,
    MONTH,
    PLACE_PREPOSITIONS,
    PRONOUNS,
    SAYING,
    SMALL,
    TIME_MODIFIERS,
    TIME_NOUNS,
    TIME_PREPOSITIONS,
    TRAILING,
    VENUES,
    is_verb,
)
from summarizer.deletions import FINE, Deletion
from summarizer.vocabularies import vocabulary
from summarizer.words import word_set

_PLACE_NOUNS = word_set(
    """
    city town village capital country region province district state county island north south east west northern
    southern eastern western northeast northwest southeast southwest centre center suburb suburbs outskirts street
    port harbour harbor airport station square area neighbourhood neighborhood border coast valley mountains
    hospital church parliament court building hotel stadium park office offices headquarters home hall house room
    road motorway university school factory camp sea river lake bay palace temple cathedral mosque synagogue museum
    theatre theater prison jail embassy market mall cafe restaurant bar field farm garden forest desert beach shore
    hills hill bridge tunnel plant warehouse depot garage cinema courtroom courthouse chamber clinic cellar basement
    apartment flat villa castle monastery stage pitch arena garrison base barracks zone harbourside quarter slum
    settlement
    """
)
_SUPERLATIVE = re.compile(r"(?:first|last|only|most|least|best|worst|record|ever|[a-z]{3,}est)$")
_NO_SUPERLATIVES = word_set(
    """
    west northwest southwest interest forest protest request test guest arrest rest contest harvest honest latest
    conquest invest suggest digest modest unrest pest nest quest east northeast southeast midwest
    """
)


def downward(deletion: Deletion) -> str:
    """The word of the clause under which leaving out says more than before: "nobody came on Monday"; or nothing."""
    sentence = deletion.sentence
    reporting = vocabulary("en").reporting
    window: list[str] = []
    for at in range(deletion.start - 1, -1, -1):
        word = sentence.lower[at]
        if word in {"that", "who", "which", "because", "while", "although"} and window:
            break
        if word in reporting and len(window) >= 2:
            break
        gap = sentence.gaps[at + 1]
        if ";" in gap or ":" in gap or (gap and set(window) & SAYING):  # behind it only says whose claim it is
            break
        window.append(word)
    for at in range(deletion.end, len(sentence)):
        word = sentence.lower[at]
        if word in reporting or word in {"that", "because", "after", "while", "and", "but"} or ";" in sentence.gaps[at]:
            break
        window.append(word)
    return next((word for word in window if word in DOWNWARD or word.endswith("n't")), "")


def superlative(deletion: Deletion) -> str:
    """A superlative or ordinal just before, which the words may limit: "the largest in Norway"; or nothing."""
    start = max(0, deletion.start - 8)
    for at in range(deletion.start - 1, start - 1, -1):
        word = deletion.sentence.lower[at]
        if _SUPERLATIVE.match(word) and word not in _NO_SUPERLATIVES:
            return word
    return ""


def _measured(deletion: Deletion) -> bool:
    """Whether a share or a rate stands in the clause, which a place or a period belongs to."""
    window = deletion.sentence.lower[max(0, deletion.start - 6) : deletion.start]
    return any(
        word in {"%", "percent", "cent", "rate", "inflation", "unemployment", "average", "per"} for word in window
    )


def adjuncts(deletion: Deletion) -> Objection | None:
    """Times, places and occasions, one after the other."""
    at, kinds = deletion.start, set()
    while at < deletion.end:
        end, kind = _adjunct_at(deletion, at)
        if end == at:
            return None
        kinds.add(kind)
        at = end
    return _limits(deletion, kinds) or FINE


def _adjunct_at(deletion: Deletion, at: int) -> tuple[int, str]:
    for find, kind in ((_time_end, "time"), (_venue_end, "venue"), (_place_end, "place")):
        end = find(deletion.sentence, at, deletion.end)
        if end > at:
            return end, kind
    return at, ""


def _time_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of a time that begins at `at`, or `at`."""
    if not _may_begin_time(sentence, at):
        return _distance_end(sentence, at, limit)
    end, last = at, at
    while end < limit:
        word = sentence.lower[end]
        leads_on = word in TIME_PREPOSITIONS and (last > at or sentence.lower[end - 1] in {"early", "late", "later"})
        names = _names_time(sentence, end)
        if not (names or leads_on or word in TIME_MODIFIERS or (end == at and word in TIME_PREPOSITIONS)):
            break
        if end > at and word in {"on", "in", "at"} and not _time_follows(sentence, end, limit):
            break
        end += 1
        if names or word in _TIME_ENDS:
            last = end if names or last > at else last
    return last


def _distance_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of "two days later" or "months ago" that begins at `at`, or `at`."""
    before = sentence.lower[at - 1] if at and not sentence.gaps[at] else ""
    counted = sentence.lower[at] in TIME_MODIFIERS or sentence.kinds[at] == "number"
    unit = at + counted
    if before in _LEANING | TIME_MODIFIERS or before[:1].isdigit() or unit + 1 >= limit:
        return at
    is_distance = sentence.lower[unit] in TIME_NOUNS and sentence.lower[unit + 1] in {"later", "ago", "earlier"}
    return unit + 2 if is_distance else at


_TIME_ENDS = word_set("ago time am pm a.m p.m gmt et bst est cet utc")
_TIME_STARTS = (
    TIME_PREPOSITIONS | DAY | word_set("today yesterday tomorrow tonight last this next earlier later early late the")
)


def _may_begin_time(sentence: Tokens, at: int) -> bool:
    """Whether a phrase of time may begin here: nothing in front leans on it."""
    before = sentence.lower[at - 1] if at and not sentence.gaps[at] else ""
    leaned_on = before in _LEANING or before in TIME_MODIFIERS - {"and", "time"} or before[:1].isdigit()
    names_day = sentence.lower[at] in MONTH and sentence.kinds[at + 1 : at + 2] == ("number",)
    return (sentence.lower[at] in _TIME_STARTS or names_day) and not leaned_on and before not in MONTH


_LEANING = (
    DETERMINERS
    | TIME_PREPOSITIONS
    | word_set("by since until from of between to for within after before every each than as not")
)


def _names_time(sentence: Tokens, at: int) -> bool:
    word = sentence.lower[at]
    if word in DAY or word in TIME_NOUNS or (word in MONTH and sentence.written[at][0].isupper()):
        return True
    return sentence.kinds[at] == "number" and _is_clock(sentence, at)


def _time_follows(sentence: Tokens, at: int, limit: int) -> bool:
    following = sentence.lower[at + 1 : min(limit, at + 4)]
    return any(word in DAY or word in MONTH or word in TIME_NOUNS for word in following)


def _is_clock(sentence: Tokens, at: int) -> bool:
    """Whether a number is a day, a year or a time of day: something of a calendar stands beside it."""
    beside = sentence.lower[max(0, at - 1) : at] + sentence.lower[at + 1 : at + 2]
    year = len(sentence.written[at]) == 4 and sentence.written[at][:2] in {"18", "19", "20"}
    calendar = MONTH | DAY | TIME_NOUNS | {"am", "pm", "a.m", "p.m", "gmt", "th", "st", "nd", "rd", "at"}
    return year or bool(set(beside) & calendar)


def _venue_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of an occasion of speaking that begins at `at`, or `at`: "in an interview with a local newspaper"."""
    if sentence.lower[at : at + 2] == ("to", "reporters"):
        return at + 2
    if at and (sentence.lower[at], sentence.lower[at - 1]) in _LISTENED_TO:
        return _listener_end(sentence, at, limit)
    if sentence.lower[at] not in {"in", "at", "during", "on"}:
        return at
    for end in range(at + 1, min(limit, at + 7)):
        if sentence.gaps[end] or sentence.lower[end] in {"that", "which", "who"}:
            return at
        if sentence.lower[end] in VENUES and sentence.lower[end + 1 : end + 2] not in _VENUE_GOES_ON:
            return end + 1
    return at


_LISTENED_TO = {("with", "interview"), ("to", "speech"), ("to", "letter"), ("to", "statement"), ("to", "address")}
_VENUE_GOES_ON = (("conference",), ("release",), ("of",), ("report",))


def _listener_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of whom somebody spoke to: up to the next clause, time or punctuation."""
    end = at + 1
    while end < min(limit, at + 8) and not sentence.gaps[end] and sentence.lower[end] not in _LISTENER_ENDS:
        end += 1
    return end


_LISTENER_ENDS = word_set("that on in at who which when after before about during and said says if whether")


def _place_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of a place that begins at `at`, or `at`."""
    if sentence.lower[at] not in PLACE_PREPOSITIONS:
        return at
    end, named = at + 1, False
    while end < limit:
        word = sentence.lower[end]
        is_name = sentence.written[end][0].isupper() and not word.endswith("'s") and word not in DAY | MONTH
        if word in VENUES or not (is_name or word in _PLACE_NOUNS or word in SMALL):
            break
        if sentence.gaps[end].strip(".") and not ("," in sentence.gaps[end] and is_name and named):
            break
        named = named or is_name or word in _PLACE_NOUNS
        end += 1
    return end if named and sentence.lower[end - 1] not in SMALL else at


_SCHEDULED = word_set("opens open starts start begins begin ends end closes resumes expires arrives leaves returns")


def _limits(deletion: Deletion, kinds: set[str]) -> Objection | None:
    """Where times and places are more than circumstances."""
    if set(deletion.lower) & word_set("by until since within every each before after") and not deletion.at_start:
        return Objection("condition", deletion.words)
    if "time" in kinds and set(deletion.sentence.lower[max(0, deletion.start - 3) : deletion.start]) & {"is", "are"}:
        return Objection("restriction", deletion.words)  # "is closed on Monday" is not "is closed"
    if "time" in kinds and deletion.left in _SCHEDULED:  # "opens in June" is not "opens"
        return Objection("restriction", deletion.words)
    exact = bool(set(deletion.lower) & (DAY | {"today", "yesterday", "tomorrow", "tonight"}))
    word = downward(deletion)
    if word and (not deletion.at_start or word in vocabulary("en").negations):
        return Objection("restriction", deletion.words)
    if (not exact and kinds != {"venue"}) and (superlative(deletion) or _measured(deletion)):
        return Objection("restriction", deletion.words)
    if not deletion.at_end and not deletion.after.strip(".") and not _may_follow(deletion, kinds):
        return Objection("clause", deletion.words)
    if "," in deletion.after and not deletion.before and not deletion.at_start and deletion.next_is_capital:
        return Objection("clause", deletion.words)
    if kinds != {"venue"} and not deletion.at_start and not _has_verb_before(deletion):
        fine = kinds == {"time"} and is_verb(deletion.right)
        return None if fine else Objection("restriction", deletion.words)
    if deletion.left in _PLACE_LEFT and "place" in kinds:
        return Objection("clause", deletion.words)
    return None


def _may_follow(deletion: Deletion, kinds: set[str]) -> bool:
    """Whether the word behind times and places begins something else, and is not what they belong to: "in the Asian"
    nation, "on Monday" night's, schools "in Norrby" were, "in the days" since."""
    word = deletion.right
    if word in TIME_NOUNS or word in MONTH or word in _LIMITING_NEXT or word.endswith("'s") or word in VENUES:
        return False
    if word[:1].isdigit() and "time" in kinds:
        return False
    if deletion.next_is_capital and word not in DAY and ("time" not in kinds or "place" in kinds):
        return False
    before = set(deletion.sentence.lower[max(0, deletion.start - 4) : deletion.start])
    if "place" not in kinds or (word == "that" and before & SAYING):
        return True
    return not is_verb(word) and (word in _AFTER_PLACES or word in DAY)


_LIMITING_NEXT = _TIME_ENDS | word_set("local alone only since before after of ago where which who whose itself old")
_AFTER_PLACES = (
    TIME_PREPOSITIONS | {"but"} | LEADING | TRAILING | (PRONOUNS - {"that", "who", "this", "those"}) | DETERMINERS
    | word_set("to with for by from into onto about against over through when if because under last")
)  # fmt: skip
_PLACE_LEFT = word_set(
    """
    is are was were be been remain remains live lives lived living based born and or between from to staying lies stands
    located remained stay
    """
)


def _has_verb_before(deletion: Deletion) -> bool:
    for at in range(deletion.start - 1, -1, -1):
        word = deletion.sentence.lower[at]
        if is_verb(word):
            return True
        if ";" in deletion.sentence.gaps[at] or ":" in deletion.sentence.gaps[at]:
            return False
    return False
