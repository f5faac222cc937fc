"""Titles before names, which go whole or not at all: "President Odera" without "former" would be another claim."""

from summarizer.claims import TITLE_CHANGERS, TITLE_NOUNS, Objection
from summarizer.clausewords import ADVERBS, is_verb
from summarizer.deletions import FINE, Deletion
from summarizer.words import word_set


def title(deletion: Deletion) -> Objection | None:
    """ "Swedish Transport Minister" before "Karin Ahlberg": all of it or nothing."""
    lower = deletion.lower
    if not deletion.next_is_capital or deletion.after.strip(".") or lower[-1] in TITLE_CHANGERS or len(lower) > 8:
        return None
    if any(gap.strip(".-'’") for gap in deletion.sentence.gaps[deletion.start + 1 : deletion.end]):
        return None
    if not (lower[-1] in TITLE_NOUNS or _is_of_place(deletion)) or not _is_title(deletion) or _is_related(deletion):
        return None
    if not _begins_phrase(deletion) or not _names_person(deletion):
        return Objection("title", deletion.words)
    return FINE


def _is_title(deletion: Deletion) -> bool:
    written = deletion.sentence.written[deletion.start : deletion.end]
    if deletion.last in _SURNAMES and not set(deletion.lower[:-1]) <= _TITLE_PARTS:  # Martin Luther King
        return False
    return all(word[0].isupper() or word.lower() in _TITLE_PARTS for word in written)


_SURNAMES = word_set("king queen prince princess pope bishop cardinal judge major head star coach captain general")


_TITLE_PARTS = (
    TITLE_NOUNS
    | TITLE_CHANGERS
    | word_set(
        """
    the of and prime foreign defense defence interior finance health energy trade culture education justice environment
    transport press state police army navy team party opposition club company senior veteran longtime local federal
    district county city regional national lead associate executive managing military government campaign political
    """
    )
)


def _begins_phrase(deletion: Deletion) -> bool:
    """Whether nothing in front belongs to the title as well: not "former", an article, a name."""
    if deletion.at_start or deletion.before.strip("."):
        return True
    word = deletion.left
    return word in _BEFORE_TITLES or (is_verb(word) and word not in {"is", "was", "were", "are"})


_BEFORE_TITLES = word_set(
    """
    in on at by for with from to and or but that when as than while after before since between against about of if
    where because including under over
    """
)


_NO_NAMES = word_set("jr sr ii iii executive constable superintendent operating financial medical sergeant technology")


def _names_person(deletion: Deletion) -> bool:
    """Whether the words behind a title are a name, and not "League title"."""
    sentence, at = deletion.sentence, deletion.end + 1
    if deletion.right in _TITLE_PARTS | _NO_NAMES:
        return False
    if at >= len(sentence) or sentence.gaps[at].strip(".-") or sentence.written[at][0].isupper():
        return True
    word = sentence.lower[at]
    return is_verb(word) or word in _BEFORE_TITLES or word in ADVERBS or word.endswith("ly")


def _is_of_place(deletion: Deletion) -> bool:
    """ "Mayor of London": a title, then names."""
    lower = deletion.lower
    if "of" not in lower or lower[: lower.index("of")][-1:] == () or lower[lower.index("of") - 1] not in TITLE_NOUNS:
        return False
    written = deletion.sentence.written[deletion.start + lower.index("of") + 1 : deletion.end]
    name = deletion.sentence.written[deletion.end : deletion.end + 2]
    if len(name) < 2 or not name[1][0].isupper() or deletion.sentence.gaps[deletion.end + 1] or name[1].endswith("s'"):
        return False
    return (
        bool(written) and all(word[0].isupper() or word in {"the", "and"} for word in written) and written[-1] != "the"
    )


def _is_related(deletion: Deletion) -> bool:
    """ "Wife of President", "spokesman for Mayor": somebody else than the one named."""
    lower = deletion.lower
    if set(lower) & _RELATING or any(map(is_verb, lower)):
        return True
    if "of" in lower:
        head, tail = lower[: lower.index("of")], lower[lower.index("of") + 1 :]
        return not any(word in TITLE_NOUNS for word in head) or any(word in TITLE_NOUNS for word in tail)
    return any(word.endswith("'s") for word in lower[:-1])


_RELATING = word_set("for to by with from against and who that in on under at after before as when while if")
