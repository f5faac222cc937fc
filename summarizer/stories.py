"""Which documents report one event. Precision first: a wrong merge is worse than none.

Two documents are linked when their openings mean nearly the same, share names and other content words, name nothing
in their titles that the other does not know, and were published within three days. A document joins the cluster it
is linked to most, and only when it is linked to at least half of it, so that clusters do not chain.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from summarizer.cleaning import collapse, legible
from summarizer.datelines import find_dateline
from summarizer.types import StoryDocument
from summarizer.words import content_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME_STORY_WITHIN = timedelta(hours=72)

_OPENING_WORDS = 60
READ_CHARACTERS = 3000
_SIMILAR = 0.55  # cosine of openings
_SURE = 0.80  # from here on titles may differ in their names
_FEWEST_SHARED = 3  # content words
_SHARED_NAMES = 0.4  # of the names of the opening that has fewer

_INSIDE_NAME = re.compile(r"(?<=[\w,;] )(?:[A-Z][\w.\-]*\w|[A-Z]{2,})")


@dataclass(frozen=True)
class _Clues:
    title: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]


def opening(document: StoryDocument) -> str:
    """Title and first sixty words without the dateline: what tells one event from another."""
    return f"{collapse(legible(document.title))}. {_lead(document)}"


def _lead(document: StoryDocument) -> str:
    text = legible(document.text[:READ_CHARACTERS])
    body = text[find_dateline(text)[1] :]
    return " ".join(body.split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS])[:600]


def cluster(documents: Sequence[StoryDocument], vectors: "NDArray[np.float32]") -> list[list[int]]:
    """Group documents by event; `vectors` has one unit row for each opening."""
    clues = _find_clues(documents)
    clusters: list[list[int]] = []
    cluster_of: list[int] = []
    for index, document in enumerate(documents):
        near = (vectors[:index] @ vectors[index] >= _SIMILAR).nonzero()[0].tolist()
        links = Counter(
            cluster_of[other]
            for other in near
            if _close_in_time(document, documents[other])
            and _same_event(clues[index], clues[other], float(vectors[index] @ vectors[other]))
        )
        joined = next((at for at, count in links.most_common() if 2 * count >= len(clusters[at])), len(clusters))
        if joined == len(clusters):
            clusters.append([])
        clusters[joined].append(index)
        cluster_of.append(joined)
    return clusters


def _close_in_time(left: StoryDocument, right: StoryDocument) -> bool:
    if left.published is None or right.published is None:
        return True
    return abs(left.published - right.published) <= SAME_STORY_WITHIN


def _same_event(left: _Clues, right: _Clues, similarity: float) -> bool:
    if len(left.words & right.words) < _FEWEST_SHARED:
        return False
    fewer = min(len(left.names), len(right.names))
    if fewer and len(left.names & right.names) < max(1.0, _SHARED_NAMES * fewer):
        return False
    # "minister meets A" and "minister meets B": each title names one whom the other report does not know
    contradict = bool(left.title - right.words) and bool(right.title - left.words)
    return not contradict or (similarity >= _SURE and not _disjoint_titles(left, right))


def _disjoint_titles(left: _Clues, right: _Clues) -> bool:
    return bool(left.title and right.title) and not left.title & right.title


def _find_clues(documents: Sequence[StoryDocument]) -> list[_Clues]:
    leads = [_lead(document) for document in documents]
    known_names = _known_names(leads)
    return [
        _clues(collapse(document.title), lead, known_names) for document, lead in zip(documents, leads, strict=True)
    ]


def _known_names(leads: Sequence[str]) -> frozenset[str]:
    """Words that leads write with a capital inside sentences: headlines in title case do not show what is a name."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for lead in leads:
        capital.update(word.lower() for word in _INSIDE_NAME.findall(lead))
        small.update(word for word in re.findall(r"\b[a-z]{2,}\b", lead))
    return frozenset(word for word, count in capital.items() if count > small[word])


def _clues(title: str, lead: str, known_names: frozenset[str]) -> _Clues:
    in_title, in_lead = content_words(title), content_words(lead)
    everything = frozenset(in_title + in_lead)
    names = frozenset(word for word in everything if word in known_names)
    return _Clues(frozenset(in_title) & names, everything, names)
