"""Which documents report one event. Precision first: a wrong merge is worse than none.

Two documents are linked when their openings mean nearly the same, share names and other content words, name nothing
in their titles that the other does not know, and were published within three days. A document joins the cluster it
is linked to most, and only when it is linked to at least half of it, so that clusters do not chain.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
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

_LEAD_WORDS = 60
_EMBEDDED_WORDS = 40  # the encoder is what takes time: a third less than the whole lead
READ_CHARACTERS = 3000
_SIMILAR = 0.6  # cosine of openings
_SURE = 0.8  # from here on titles may differ in their names
_SHARED_WORDS = 0.2  # of the weight of the opening that has less, rare words weighing more
_SHARED_NAMES = 0.4  # of the names of the opening that has fewer
# The encoder knows English: to it all Arabic is alike. Where no capitals show names either, words must do it alone.
_SHARED_WORDS_WITHOUT_NAMES = 0.4

_YEAR = re.compile(r"(?:19|20)\d\d")
_INSIDE_NAME = re.compile(r"(?<=[\w,;] )(?:[A-Z][\w.\-]*\w|[A-Z]{2,})")


@dataclass(frozen=True)
class _Clues:
    title: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    weight: float


def opening(document: StoryDocument) -> str:
    """Title and first words without the dateline: what tells one event from another."""
    embedded = " ".join(_lead(document).split()[:_EMBEDDED_WORDS])
    return f"{collapse(legible(document.title))}. {embedded}"


def _lead(document: StoryDocument) -> str:
    text = legible(document.text[:READ_CHARACTERS])
    body = text[find_dateline(text)[1] :]
    return " ".join(body.split(maxsplit=_LEAD_WORDS)[:_LEAD_WORDS])[:600]


def cluster(documents: Sequence[StoryDocument], vectors: "NDArray[np.float32]") -> list[list[int]]:
    """Group documents by event; `vectors` has one unit row for each opening."""
    rarity, clues = _find_clues(documents)
    clusters: list[list[int]] = []
    cluster_of: list[int] = []
    for index, document in enumerate(documents):
        near = (vectors[:index] @ vectors[index] >= _SIMILAR).nonzero()[0].tolist()
        links = Counter(
            cluster_of[other]
            for other in near
            if _close_in_time(document, documents[other])
            and _same_event(clues[index], clues[other], float(vectors[index] @ vectors[other]), rarity)
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


def _same_event(left: _Clues, right: _Clues, similarity: float, rarity: Mapping[str, float]) -> bool:
    fewer = min(len(left.names), len(right.names))
    shared = sum(rarity[word] for word in left.words & right.words)
    least = _SHARED_WORDS if fewer else _SHARED_WORDS_WITHOUT_NAMES
    if shared < least * min(left.weight, right.weight):
        return False
    if fewer and len(left.names & right.names) < max(1.0, _SHARED_NAMES * fewer):
        return False
    # "minister meets A" and "minister meets B": each title names one whom the other report does not know
    contradict = bool(left.title - right.words) and bool(right.title - left.words)
    return not contradict or (similarity >= _SURE and not _disjoint_titles(left, right))


def _disjoint_titles(left: _Clues, right: _Clues) -> bool:
    return bool(left.title and right.title) and not left.title & right.title


def _find_clues(documents: Sequence[StoryDocument]) -> tuple[Mapping[str, float], list[_Clues]]:
    """How rare each word is among the documents (log of inverse document frequency), and what each document names."""
    leads = [_lead(document) for document in documents]
    known_names = _known_names(leads)
    titles = [content_words(document.title) for document in documents]
    contents = [frozenset(title + content_words(lead)) for title, lead in zip(titles, leads, strict=True)]
    frequencies = Counter(word for content in contents for word in content)
    rarity = {word: 1 + math.log(len(documents) / count) for word, count in frequencies.items()}
    clues = []
    for title, content in zip(titles, contents, strict=True):
        names = frozenset(word for word in content if word in known_names or _YEAR.fullmatch(word))
        clues.append(_Clues(frozenset(title) & names, content, names, sum(rarity[word] for word in content)))
    return rarity, clues


def _known_names(leads: Sequence[str]) -> frozenset[str]:
    """Words that leads write with a capital inside sentences: headlines in title case do not show what is a name."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for lead in leads:
        capital.update(re.sub(r"['’]s$", "", word).lower() for word in _INSIDE_NAME.findall(lead))
        small.update(word for word in re.findall(r"\b[a-z]{2,}\b", lead))
    return frozenset(word for word, count in capital.items() if count > small[word])
