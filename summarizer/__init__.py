"""Condense news texts into a headline and points, each traceable to a sentence of its source.

    from summarizer import Request, Summarizer

    brief = Summarizer().summarize(Request(text, title="The harbour opens"))

Importing this package loads neither torch nor transformers; the first text does. What condenses is loaded when it is
first named: a child process that only parses starts in a third of the time.
"""

import importlib
from typing import TYPE_CHECKING, Any

from summarizer.errors import CallError, ModelUnavailable, QueueFull, SummarizerError, TextRefused
from summarizer.types import Brief, Dateline, Method, Point, Request, Span, StoryDocument

if TYPE_CHECKING:
    from summarizer.extractive import Summarizer, brief_without_model
    from summarizer.worker import Worker

_LATER = {"Summarizer": "extractive", "brief_without_model": "extractive", "Worker": "worker"}

__all__ = [
    "Brief",
    "CallError",
    "Dateline",
    "Method",
    "ModelUnavailable",
    "Point",
    "QueueFull",
    "Request",
    "Span",
    "StoryDocument",
    "Summarizer",
    "SummarizerError",
    "TextRefused",
    "Worker",
    "brief_without_model",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LATER[name]}"), name)
