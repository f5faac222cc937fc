"""What a page says of itself in `meta` and in marked-up elements (microdata), as plain texts by name."""

import re
from typing import Any

from lxml import etree

MAX_TAGS = 2_000
MAX_CONTENT = 2_000
"""Characters of a value; longer ones are cut."""

_WITH_PROPERTY = etree.XPath("//*[@itemprop]")
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report|Review|CreativeWork)\b")


class MetaTags:
    """The `meta` elements of a page: names and properties in lower case, several names in one attribute apart."""

    def __init__(self, root: Any) -> None:
        self._contents: dict[str, list[str]] = {}
        for _, tag in zip(range(MAX_TAGS), root.iter("meta"), strict=False):
            content = (tag.get("content") or "").strip()[:MAX_CONTENT]
            names = " ".join(filter(None, (tag.get(name) for name in ("property", "name", "itemprop", "http-equiv"))))
            for name in names.lower().replace(".", ":").split() if content else ():
                self._contents.setdefault(name, []).append(content)

    def all(self, *names: str) -> list[str]:
        """The values of these names, in their order. `.` and `:` make no difference in a name."""
        return [content for name in names for content in self._contents.get(name, ())]

    def first(self, *names: str) -> str:
        """The first value of the first of these names that the page states, or nothing."""
        return next(iter(self.all(*names)), "")


def marked(root: Any, prop: str) -> list[Any]:
    """Elements with this `itemprop` that belong to an article, or to nothing that has a type."""
    found = []
    for element in _WITH_PROPERTY(root):
        if prop in element.get("itemprop").split():
            scope = element.getparent()
            while scope is not None and scope.get("itemscope") is None:
                scope = scope.getparent()
            if scope is None or not scope.get("itemtype") or _ARTICLE_TYPE.search(scope.get("itemtype")):
                found.append(element)
        if len(found) == 20:
            break
    return found


def value_of(element: Any) -> str:
    """What a marked-up element states: its machine-readable attribute, or its text."""
    for name in ("content", "datetime"):
        if stated := (element.get(name) or "").strip():
            return str(stated)[:MAX_CONTENT]
    return " ".join("".join(element.itertext()).split())[:MAX_CONTENT]
