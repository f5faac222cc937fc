"""The child's side of `summarizer.worker`: a summarizer that answers calls in JSON.

Every call brings its options along, since a child's environment holds no settings and a child may be a new one.
"""

import os
from functools import cache
from typing import TYPE_CHECKING, Any

from summarizer.errors import TextRefused
from summarizer.options import Options, summarizer_of
from summarizer.types import Brief, Request, StoryDocument

if TYPE_CHECKING:
    from summarizer.extractive import Summarizer
    from summarizer.generative import GenerativeSummarizer


@cache
def _summarizer(options: Options) -> "Summarizer | GenerativeSummarizer":
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return summarizer_of(options, threads=max(1, cores - 1))  # one core is the event loop's


def warm_up(options: dict[str, Any]) -> None:
    """Load the models."""
    _summarizer(Options(**options)).load()


def briefs(options: dict[str, Any], requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """{"brief": ...} or {"refused": reason} for each request."""
    outcomes = _summarizer(Options(**options)).summarize_batch([Request.from_json(request) for request in requests])
    return [_to_json(outcome) for outcome in outcomes]


def _to_json(outcome: Brief | TextRefused) -> dict[str, Any]:
    return {"refused": str(outcome)} if isinstance(outcome, TextRefused) else {"brief": outcome.to_json()}


def stories(options: dict[str, Any], documents: list[dict[str, Any]]) -> list[list[int]]:
    """Clusters of indexes of the documents."""
    return _summarizer(Options(**options)).stories([StoryDocument.from_json(document) for document in documents])


def story(options: dict[str, Any], requests: list[dict[str, Any]], points: int | None) -> dict[str, Any]:
    """{"brief": ...} or {"refused": reason} for several texts on one event."""
    try:
        brief = _summarizer(Options(**options)).story([Request.from_json(request) for request in requests], points)
    except TextRefused as refusal:
        return {"refused": str(refusal)}
    return {"brief": brief.to_json()}


def fresh(options: dict[str, Any], sentences: list[str], told: list[str], language: str) -> list[bool]:
    """Whether each sentence says something that no told one says."""
    return _summarizer(Options(**options)).fresh(sentences, told, language)


CALLS = {"warm_up": warm_up, "briefs": briefs, "stories": stories, "story": story, "fresh": fresh}
