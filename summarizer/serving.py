"""The child's side of `summarizer.worker`: one summarizer that answers calls in JSON."""

import os
from functools import cache
from typing import Any

from summarizer.encoder import Encoder
from summarizer.errors import TextRefused
from summarizer.extractive import Summarizer
from summarizer.types import Brief, Request, StoryDocument


@cache
def _summarizer() -> Summarizer:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Summarizer(Encoder(threads=max(1, cores - 1)))  # one core is the event loop's


def warm_up() -> None:
    """Load the encoder."""
    _summarizer().load()


def briefs(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """{"brief": ...} or {"refused": reason} for each request."""
    outcomes = _summarizer().summarize_batch([Request.from_json(request) for request in requests])
    return [_to_json(outcome) for outcome in outcomes]


def _to_json(outcome: Brief | TextRefused) -> dict[str, Any]:
    return {"refused": str(outcome)} if isinstance(outcome, TextRefused) else {"brief": outcome.to_json()}


def stories(documents: list[dict[str, Any]]) -> list[list[int]]:
    """Clusters of indexes of the documents."""
    return _summarizer().stories([StoryDocument.from_json(document) for document in documents])


CALLS = {"warm_up": warm_up, "briefs": briefs, "stories": stories}
