"""Condense news texts into a headline and points, each traceable to a sentence of its source.

    from summarizer import Request, Summarizer

    brief = Summarizer().summarize(Request(text, title="The harbour opens"))

Importing this package loads neither torch nor transformers; the first text does.
"""

from summarizer.errors import CallError, ModelUnavailable, QueueFull, SummarizerError, TextRefused
from summarizer.extractive import Summarizer, brief_without_model
from summarizer.types import Brief, Dateline, Method, Point, Request, Span, StoryDocument
from summarizer.worker import Worker

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
