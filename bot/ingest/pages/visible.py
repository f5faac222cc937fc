"""Authors and dates that a page shows but does not state for machines: found by the names of their elements."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from lxml import etree

from bot.ingest.pages.layout import readable
from bot.ingest.pages.phrases import STAMPS

_BYLINE_PLACE = re.compile(
    r"(?:^|[\s_-])(?:by-?lines?|authors?|auteurs?|autor(?:e|en|es)?|writers?|contributors?)"
    r"(?:[\s_-]*(?:names?|links?|by|info|text|title|fn))?(?=$|\s)",
    re.IGNORECASE,
)
_DATE_PLACE = re.compile(
    r"(?:^|[\s_-])(?:(?:pub(?:lish(?:ed|ing)?)?|post(?:ed)?|entry|article|story)[_-]?(?:date|time|on|at)|pubdate|timestamp"
    r"|datum|fecha|date)(?=$|[\s_-])",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?(?!-(?:open|closed|enabled|on)\b)|related|recommend\w*|sidebar|footer|popular|trending|promo"
    r"|teasers?|most|cards?|replies)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\s*(?:By|BY|Von|Par|Por|Di|Door|Автор:|Текст:|作者[:：]|文[/／:：]|记者[:：\s])\s*[^\W\d_]")
_MOST_ELEMENTS = 30_000
_MOST_FOUND = 12
_LONGEST = 200  # characters of a line with a byline or a date
_NEAR = 60  # elements after the heading, within which a line that begins with "By" is the byline
_NEXT = 15  # elements after the heading, within which a line that is a date is that of publication


class Visible:
    """The elements of a page in reading order, those behind its heading first."""

    def __init__(self, root: Any) -> None:
        self._root = root

    @cached_property
    def _elements(self) -> list[Any]:
        elements = [element for _, element in zip(range(_MOST_ELEMENTS), self._root.iter(etree.Element), strict=False)]
        heading = next((number for number, element in enumerate(elements) if element.tag == "h1"), 0)
        return elements[heading:] + elements[:heading]

    def authors(self) -> Iterator[str]:
        """Texts that may hold a byline, the surest first."""
        found = [element for element in self._elements if "author" in (element.get("rel") or "").lower().split()]
        found += [element for element in self._elements if _BYLINE_PLACE.search(_names(element))]
        for element in [element for element in found if not _is_elsewhere(element)][:_MOST_FOUND]:
            yield _text(element)
        for element in self._elements[:_NEAR]:
            if element.tag in ("p", "div", "span", "address", "li") and _BYLINE.match(_beginning(element)):
                yield _text(element)

    def dates(self) -> Iterator[str]:
        """Texts that may hold the date of publication, the surest first."""
        times = [
            element
            for element in self._elements
            if element.tag == "time" and not _is_elsewhere(element) and not _is_in_sentence(element)
        ]
        for element in sorted(times[:_MOST_FOUND], key=lambda time: time.get("pubdate") is None):
            yield element.get("datetime") or _text(element)
        places = (element for element in self._elements if _DATE_PLACE.search(_names(element)))
        for _, element in zip(range(_MOST_FOUND), places, strict=False):
            if not _is_elsewhere(element):
                yield _text(element)
        for element in self._elements[:_NEXT]:
            if element.tag in ("p", "div") and STAMPS.match(_beginning(element)):
                yield _text(element)


def _names(element: Any) -> str:
    names = (element.get("class"), element.get("id"), element.get("data-testid"), element.get("data-component"))
    return " ".join(filter(None, names))[:500]


def _is_elsewhere(element: Any) -> bool:
    """Whether an element belongs to another article, a comment or the frame of the page."""
    for _ in range(12):
        if element is None or element.tag in ("body", "html"):
            return False
        if element.tag in ("aside", "footer", "nav") or _ELSEWHERE.search(_names(element)):
            return True
        element = element.getparent()
    return False


def _is_in_sentence(element: Any) -> bool:
    """Whether a date is one that the story speaks of."""
    parent = element.getparent()
    if parent is None or parent.tag not in ("p", "li"):
        return False
    text = "".join(piece for _, piece in zip(range(50), parent.itertext(), strict=False)).strip()
    return text.endswith((".", "!", "?", "”", '"')) and len(text) > 40


def _beginning(element: Any) -> str:
    """The first words of an element."""
    return "".join(islice(element.itertext(), 6)).strip()[:_LONGEST]


def _text(element: Any) -> str:
    """The lines of a short element; nothing of a long one."""
    length = 0
    for piece in element.itertext():
        length += len(piece)
        if length > 4 * _LONGEST:
            return ""
    text = readable(element)
    return text if len(text) <= _LONGEST else ""
