"""The text of an article that a page carries as data and shows only once its scripts run."""

import json
from collections.abc import Iterator
from typing import Any

from bot.ingest.markup import plain_text
from bot.ingest.values import as_text

MAX_CHARACTERS = 1_500_000
MAX_VALUES = 50_000
_TEXT_KEYS = frozenset(
    ["articlebody", "body", "bodyhtml", "bodytext", "content", "contenthtml", "html", "text", "value", "paragraph"]
)
_SHORTEST_PIECE = 40  # characters; shorter texts are labels, and a list of paragraphs has few of them


def embedded_text(root: Any) -> str:
    """The longest text in the data of a page that was built with Next.js; empty where there is none.

    It is a text under one key, or the paragraphs of one list of blocks.
    """
    script = next((script for script in root.iter("script") if script.get("id") == "__NEXT_DATA__"), None)
    source = (script.text or "") if script is not None else ""
    if not source or len(source) > MAX_CHARACTERS:
        return ""
    try:
        value = json.loads(source)
    except (ValueError, RecursionError):
        return ""
    return max(map(plain_text, _candidates(value)), key=len, default="")


def _candidates(value: Any) -> Iterator[str]:
    waiting, seen = [value], 0
    while waiting and seen < MAX_VALUES:
        value, seen = waiting.pop(), seen + 1
        if isinstance(value, dict):
            yield from (text for key, text in value.items() if key.lower() in _TEXT_KEYS and _is_long(text))
            waiting += value.values()
        elif isinstance(value, list):
            pieces = [_piece(entry) for entry in value]
            if sum(map(_is_long, pieces)) > 1:
                yield "\n\n".join(filter(None, pieces))
            waiting += value


def _piece(entry: Any) -> str:
    """The text of one block of a list."""
    if isinstance(entry, dict):
        return next((as_text(text) for key, text in entry.items() if key.lower() in _TEXT_KEYS and as_text(text)), "")
    return as_text(entry)


def _is_long(text: Any) -> bool:
    return isinstance(text, str) and len(text) >= _SHORTEST_PIECE and " " in text
