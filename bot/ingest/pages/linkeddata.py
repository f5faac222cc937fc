"""What a page says of its article in JSON-LD (schema.org): read with bounds, since anybody can write anything there."""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from bot.ingest.values import as_text
from bot.ingest.web.urls import canonical_url, find_url

Node = dict[str, Any]

MAX_SCRIPTS = 40
MAX_CHARACTERS = 600_000
"""Of all scripts of a page together; what lies beyond is not read."""
MAX_NODES = 3_000

_OPENING = re.compile(r"(?:<!--|(?://|/\*)?\s{0,9}<!\[CDATA\[(?:\s{0,9}\*/)?)")
_CLOSINGS = ("-->", "*/", "]]>", "//", "/*", ";")
_TRAILING_COMMA = re.compile(r",\s{0,50}([}\]])")
_ARTICLE = re.compile(r"(?:.*(?:Article|Posting)|Report|Review|Report\w*News\w*|NewsStory)", re.IGNORECASE)
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item", "liveBlogUpdate")
_ASIDE = ("hasPart", "itemListElement", "item", "liveBlogUpdate")
"""Under these, an article is one of several and not that of the page."""


class LinkedData:
    """The nodes of a page that have a type."""

    def __init__(self, root: Any) -> None:
        self._nodes: list[tuple[Node, bool]] = []
        self._by_id: dict[str, Node] = {}
        for value in _values(root):
            self._collect(value)

    def article(self, url: str | None, titles: Iterable[str]) -> Node:
        """The node of the article that the page is about; empty when there is none, or it cannot be told which."""
        found = [(node, aside) for node, aside in self._nodes if _is_article(node) and _title(node)]
        own = canonical_url(url) if url else None
        known = {_folded(title) for title in titles}
        for node, _ in found:
            if own and any(canonical_url(address) == own for address in _addresses(node, url)):
                return node
        for node, _ in found:
            if _folded(_title(node)) in known:
                return node
        main = [node for node, aside in found if not aside]
        return main[0] if len(main) == 1 else next((node for node in main if "articleBody" in node), {})

    def page(self) -> Node:
        """The node of the web page itself."""
        return next((node for node, _ in self._nodes if _has_type(node, ("WebPage", "ItemPage", "AboutPage"))), {})

    def publisher(self, article: Node) -> str:
        """The name of the publisher that the article, or its page, states."""
        return next(iter(self.names(article.get("publisher")) or self.names(self.page().get("publisher"))), "")

    def site_name(self) -> str:
        """The name of the web site."""
        return next((text_of(node.get("name")) for node, _ in self._nodes if _has_type(node, ("WebSite",))), "")

    def names(self, value: Any) -> list[str]:
        """The names of people or organisations, however they are written: a text, a node, a reference, or several."""
        return [name for entry in _listed(value)[:20] if (name := self._name(entry))]

    def _name(self, entry: Any) -> str:
        if isinstance(entry, str):
            return entry
        if not isinstance(entry, dict):
            return ""
        if not entry.get("name"):
            entry = self._by_id.get(as_text(entry.get("@id")), entry)
        family = " ".join(filter(None, (text_of(entry.get("givenName")), text_of(entry.get("familyName")))))
        return text_of(entry.get("name")) or family

    def _collect(self, value: Any) -> None:
        waiting = [(value, False)]
        while waiting and len(self._nodes) < MAX_NODES:
            node, aside = waiting.pop()
            if isinstance(node, list):
                waiting += [(entry, aside) for entry in reversed(node[:MAX_NODES])]
            elif isinstance(node, dict):
                if node.get("@type"):
                    self._nodes.append((node, aside))
                if len(node) > 1 and isinstance(node.get("@id"), str):
                    self._by_id.setdefault(node["@id"], node)
                waiting += [(node[key], aside or key in _ASIDE) for key in reversed(_CONTAINERS) if key in node]
                waiting += [(node[key], True) for key in ("author", "publisher") if isinstance(node.get(key), dict)]


def text_of(value: Any) -> str:
    """The text of a value, the first of several; texts with a language are nodes with `@value`."""
    for entry in _listed(value):
        if isinstance(entry, dict):
            entry = entry.get("@value") or entry.get("name")
        if text := as_text(entry).strip():
            return text
    return ""


def is_free(node: Node) -> bool | None:
    """Whether the article can be read without an account; None when that is not said."""
    stated = str(node.get("isAccessibleForFree", "")).strip().lower().rpartition("/")[2]
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(stated)


def _values(root: Any) -> Iterator[Any]:
    left = MAX_CHARACTERS
    scripts = (script for script in root.iter("script") if "ld+json" in (script.get("type") or "").lower())
    for _, script in zip(range(MAX_SCRIPTS), scripts, strict=False):
        text = script.text or ""
        left -= len(text)
        if left < 0:
            return
        yield _parsed(_unwrapped(text))


def _unwrapped(text: str) -> str:
    """The text without the comments that hide it from old browsers."""
    text = text.strip()
    opening = _OPENING.match(text)
    text = text[opening.end() :] if opening else text
    for _ in range(6):
        closing = next((mark for mark in _CLOSINGS if text.endswith(mark)), "")
        text = text.removesuffix(closing).strip() if closing else text
    return text


def _parsed(text: str) -> Any:
    """The value of a script; a second try forgives what editors get wrong most: commas too many, and entities."""
    repairs: tuple[Callable[[str], str], ...] = (str, lambda broken: _TRAILING_COMMA.sub(r"\1", broken), html.unescape)
    for repaired in repairs:
        try:
            return json.loads(repaired(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _types(node: Node) -> list[str]:
    return [as_text(kind).rpartition("/")[2] for kind in _listed(node.get("@type"))[:10]]


def _has_type(node: Node, kinds: tuple[str, ...]) -> bool:
    return any(kind in kinds for kind in _types(node))


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.fullmatch(kind) for kind in _types(node))


def _addresses(node: Node, url: str | None) -> Iterator[str]:
    page = node.get("mainEntityOfPage")
    for value in (node.get("url"), page.get("@id") if isinstance(page, dict) else page, node.get("@id")):
        if address := find_url(as_text(value), url):
            yield address


def _title(node: Node) -> str:
    return text_of(node.get("headline")) or text_of(node.get("name"))


def _folded(title: str) -> str:
    return " ".join(html.unescape(title).casefold().split())
