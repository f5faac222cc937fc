"""Quotations of several sentences, and of paragraphs that each open with a mark while only the last one closes.

A sentence in the middle of one shows no mark of its own, though it is its speaker's and not the reporter's.
"""

import re
from bisect import bisect_right

from summarizer.types import Span

_CLOSERS = {"\"": "\"”", "“": "”\"", "„": "“”\"", "”": "”", "«": "»", "»": "«", "「": "」", "『": "』"}  # fmt: skip
_MARKS = re.compile(r"[\"“”„«»「」『』]|\n\s*")
# Marks that may close as well open where a word begins.
_OPENS_HERE = re.compile(r"[“„«「『]|(?<![^\s(\[{—–‘'/-])[\"”»](?=\S)")
_LONGEST = 6_000
"""Characters; an opening mark whose closing one is farther away is taken for a slip."""


def quotations(text: str, start: int = 0) -> list[Span]:
    """Each quotation from `start` on with its marks, in order."""
    found: list[Span] = []
    opened: int | None = None
    goes_on = False
    for match in _MARKS.finditer(text, start):
        mark, at = match.group(), match.start()
        if opened is not None and at - opened > _LONGEST:
            opened = None
        if mark[0] == "\n":
            next_opens = _OPENS_HERE.match(text, match.end()) is not None
            if opened is not None and not next_opens and mark.count("\n") > 1:
                found += [Span(opened, at)] if goes_on else []
                opened = None
            goes_on = opened is not None and next_opens
        elif opened is None:
            opened = at if _OPENS_HERE.match(text, at) else None
            goes_on = False
        elif mark in _CLOSERS[text[opened]] and not (goes_on and _OPENS_HERE.match(text, at)):
            found.append(Span(opened, match.end()))
            opened = None
    return found


def is_within(span: Span, quoted: list[Span]) -> bool:
    """Whether nothing of a sentence stands outside one of the quotations."""
    at = bisect_right(quoted, span.start, key=lambda quotation: quotation.start) - 1
    return at >= 0 and span.end <= quoted[at].end
