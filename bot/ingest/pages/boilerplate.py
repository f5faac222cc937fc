"""Takes the lines away that stand around and between the paragraphs of an article and are not part of it.

A line goes only when all of it is of a kind that `phrases` knows; longer ones are paragraphs, whatever they begin with.
"""

import re
from collections.abc import Sequence

from bot.ingest.pages.phrases import BEGINNINGS, CREDITS, ENDINGS, NOTICES, POINTERS, REQUESTS, STAMPS, WHO_WROTE

_LONGEST = 260  # characters of a line that may go
_LONGEST_BEFORE = 120
_LONGEST_BEHIND = 400
_SHORTEST_PROSE = 60
_MOST = 12  # lines before and behind the story that are looked at
_END_MARK = re.compile(r"[.!?…。！？][”\"'»)\]]*$")


def story(paragraphs: Sequence[str], title: str | None = None) -> list[str]:
    """The paragraphs of the article among those of its page, without the title where that stands above them."""
    kept = _without_lists_of_links(_below_title(paragraphs, title))
    first = next((at for at, text in enumerate(kept[:_MOST]) if not _goes_before(text)), 0)
    last = len(kept)
    while last > first + 1 and len(kept) - last < _MOST and _goes_behind(kept[last - 1]):
        last -= 1
    return [text for text in kept[first:last] if not goes_anywhere(text)] or list(paragraphs)


def goes_anywhere(text: str) -> bool:
    """Whether a paragraph is no part of an article wherever it stands."""
    if len(text) > _LONGEST or "\n" in text:
        return False
    if not any(map(str.isalnum, text)):  # "* * *"
        return True
    return any(kind.match(text) for kind in (POINTERS, REQUESTS, NOTICES, CREDITS, STAMPS))


def _goes_before(text: str) -> bool:
    return goes_anywhere(text) or (len(text) <= _LONGEST_BEFORE and bool(BEGINNINGS.match(text)))


def _goes_behind(text: str) -> bool:
    if goes_anywhere(text) or (len(text) <= 60 and text.endswith(":")):  # it introduces what is not there any more
        return True
    return len(text) <= _LONGEST_BEHIND and bool(ENDINGS.match(text) or WHO_WROTE.match(text))


def _below_title(paragraphs: Sequence[str], title: str | None) -> list[str]:
    """What follows the title, where it stands within the first lines and nothing but short lines stands above it."""
    wanted = _letters(title or "")
    for at, text in enumerate(paragraphs[:8]):
        if wanted and _letters(text) == wanted:
            return list(paragraphs[at + 1 :])
        if len(text) > _SHORTEST_PROSE and _END_MARK.search(text):
            break
    return list(paragraphs)


def _without_lists_of_links(paragraphs: list[str]) -> list[str]:
    """Without the list of titles that follows a line such as "Related stories"."""
    kept: list[str] = []
    for text in paragraphs:
        is_listed = text.startswith("- ") and not _END_MARK.search(text)
        if not (kept and is_listed and len(kept[-1]) <= 60 and POINTERS.match(kept[-1])):
            kept.append(text)
    return kept


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
