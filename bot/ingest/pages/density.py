"""A second way to find an article: the part of a page with the most prose over other text.

It knows no site and no class names. Articles that are cut into many parts fool it less than other ways, pages with
several texts more, so it speaks only where the first way finds far too little.
"""

import re
from typing import Any

from bot.ingest.hiding import empty
from bot.ingest.pages.layout import BLOCKS, readable

_SHORTEST_PROSE = 60  # characters of a paragraph, its links aside; half in scripts that write a word in one character
_DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_END = re.compile(r"[.!?…。！？」”\"'»)؟।:]\s*$")
_MOST_LINKED = 0.4  # of the characters of a paragraph
_LINK_LIST = 0.7  # of the characters of a list or box: what is linked more leads elsewhere


def densest(root: Any) -> str:
    """The text of the part of a tree with the most prose over other text; empty when no part has more prose."""
    best, highest = None, 0
    prose: dict[Any, int] = {}
    other: dict[Any, int] = {}
    for element in reversed(list(root.iter())):  # children before their parents
        if not isinstance(element.tag, str):
            continue
        own = _own_text(element)
        inner = [child for child in element if child in prose]
        said = sum(prose[child] for child in inner)
        rest = sum(other[child] for child in inner)
        if element.tag in BLOCKS and not said and _is_prose(element):
            said, rest = own + rest, 0
        else:
            rest += own
        prose[element], other[element] = said, rest
        if said - rest > highest or (said - rest == highest and best is not None and len(element) > 1):
            best, highest = element, said - rest
    if best is None:
        return ""
    _drop_link_lists(best)
    return readable(best)


def _own_text(element: Any) -> int:
    """Characters that stand in the element itself and behind its children."""
    return len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)


def _is_prose(element: Any) -> bool:
    text = " ".join("".join(element.itertext()).split())
    linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
    length = len(text) * (2 if _DENSE.search(text) else 1)
    return length - linked >= _SHORTEST_PROSE and linked <= _MOST_LINKED * len(text) and bool(_END.search(text))


def _drop_link_lists(root: Any) -> None:
    for element in list(root.iter("ul", "ol", "div", "section", "aside", "nav", "table", "p")):
        if element is root:
            continue
        length = len("".join(element.itertext()).strip())
        linked = sum(len("".join(link.itertext()).strip()) for link in element.iter("a"))
        if length and linked > _LINK_LIST * length:
            empty(element)
