"""A tree of HTML as lines that can be read: paragraphs divided by an empty line, one line for each item of a list and
for each row of a table. Iterative, since the depth of a tree is its author's choice.
"""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from bot.ingest.hiding import is_hidden

SKIPPED = frozenset(
    {
        *("applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head"),
        *("iframe", "input", "link", "map", "math", "meta", "nav", "noframes", "noscript", "object", "optgroup"),
        *("option", "param", "progress", "rp", "rt", "script", "select", "style", "svg", "template", "textarea"),
        *("title", "track", "video"),
    }
)
"""Elements whose text is no text of an article."""
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hgroup", "hr", "html", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "ul"),
    }
)
"""Elements that begin and end a paragraph."""

_LONGEST_CELL = 200  # characters; a table with longer ones arranges a page and holds no data
_SPACES = re.compile(r"[^\S\n]*\n[^\S\n]*|[^\S\n]+")


class Lines:
    """Text in the making: breaks wait until text follows, so that none stands at an end, and none is doubled."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._gap = ""
        self._mark = ""

    def end_line(self, gap: str = "\n") -> None:
        """What follows begins a line, or with `\\n\\n` a paragraph."""
        if self._parts and not (self._mark and len(gap) > 1):
            self._gap = max(self._gap, gap, key=lambda text: text.count("\n"))

    def end_paragraph(self) -> None:
        """What follows begins a paragraph."""
        self.end_line("\n\n")

    def begin_item(self, mark: str) -> None:
        """What follows is an item of a list, behind its mark."""
        self.end_line()
        self._mark = mark

    def next_cell(self) -> None:
        """What follows is the next cell of a row."""
        if self._parts and not self._gap.strip(" "):
            self._gap = " | " if "\n" not in self._gap else self._gap

    def add(self, text: str) -> None:
        """Words of the current line."""
        words = " ".join(text.split())
        if not words:
            if text and not self._gap:
                self._gap = " "
            return
        before = self._gap or (" " if text[0].isspace() and self._parts else "")
        self._parts += [before, self._mark, words]
        self._mark = ""
        self._gap = " " if text[-1].isspace() else ""

    def add_verbatim(self, text: str) -> None:
        """Lines of code, with the spaces that they have."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self._gap = self._gap if self._gap.endswith("\n\n") or not self._parts else self._gap.strip(" ") + "\n"
            if line.strip():
                self._parts += [self._gap, self._mark, line.rstrip() if self._gap.endswith("\n") else line]
                self._gap = self._mark = ""

    def text(self) -> str:
        """All of it."""
        return "".join(self._parts)


def readable(root: Any) -> str:
    """The text of a tree, nothing hidden in it."""
    lines = Lines()
    data = _data_tables(root)
    counts: list[int | None] = []  # of the items of each list that is open; None where they have no numbers
    skipping: Any = None
    verbatim = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping is not None:
                continue
            if name in SKIPPED or is_hidden(element):
                skipping = element
                continue
            _open(lines, name, element, data, counts)
            verbatim += name == "pre"
            _add(lines, element.text, verbatim)
            continue
        if event == "end" and skipping is None:
            _close(lines, name, element, data, counts)
            verbatim -= name == "pre"
        if skipping is element:
            skipping = None
        if skipping is None and element is not root:
            _add(lines, element.tail, verbatim)
    return lines.text()


def _add(lines: Lines, text: str | None, verbatim: int) -> None:
    if text and verbatim:
        lines.add_verbatim(text)
    elif text:
        lines.add(text)


def _open(lines: Lines, name: str, element: Any, data: set[Any], counts: list[int | None]) -> None:
    if name == "br":
        lines.end_line("\n\n" if _is_second_break(element) else "\n")
    elif name == "li":
        lines.begin_item(_item_mark(counts))
    elif name in ("ol", "ul", "menu"):
        lines.end_line("\n" if counts else "\n\n")
        counts.append(_first_number(element) if name == "ol" else None)
    elif name == "tr":
        lines.end_line("\n" if _table_of(element) in data else "\n\n")
    elif name in ("td", "th"):
        if _table_of(element) not in data:
            lines.end_paragraph()
        elif element.getprevious() is not None:
            lines.next_cell()
    elif name in BLOCKS and not _is_in_data(element, data):
        lines.end_line("\n" if counts else "\n\n")


def _close(lines: Lines, name: str, element: Any, data: set[Any], counts: list[int | None]) -> None:
    if name == "li":
        lines.end_line()
    elif name in ("ol", "ul", "menu"):
        counts.pop()
        lines.end_line("\n" if counts else "\n\n")
    elif name in BLOCKS and not _is_in_data(element, data):
        lines.end_line("\n" if counts else "\n\n")


def _is_second_break(element: Any) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _item_mark(counts: list[int | None]) -> str:
    number = counts[-1] if counts else None
    if number is None:
        return "- "
    counts[-1] = number + 1
    return f"{number}. "


def _first_number(element: Any) -> int:
    start = element.get("start") or ""
    return int(start) if re.fullmatch(r"[0-9]{1,6}", start) else 1


def _table_of(element: Any) -> Any:
    """The table of a row or cell: at most three steps away in what the parser builds."""
    for _ in range(4):
        if element is None or element.tag == "table":
            return element
        element = element.getparent()
    return None


def _is_in_data(element: Any, data: set[Any]) -> bool:
    """Whether a block is the only paragraph of a cell, which then ends no line."""
    parent = element.getparent()
    return element.tag == "p" and parent is not None and parent.tag in ("td", "th") and _table_of(parent) in data


def _data_tables(root: Any) -> set[Any]:
    """Tables that hold data: of at least two columns, without long cells, and with no table, list or heading inside."""
    arranging: set[Any] = set()
    tables = list(root.iter("table"))
    for element in root.iter("table", "ul", "ol", "h1", "h2", "h3", "pre", "form", "blockquote", "article"):
        parent = element.getparent()
        while parent is not None and parent not in arranging:
            if parent.tag == "table":
                arranging.add(parent)
            parent = parent.getparent()
    return {table for table in tables if table not in arranging and _holds_data(table.iter("tr"))}


def _holds_data(rows: Iterable[Any]) -> bool:
    columns = 0
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        columns = max(columns, len(cells))
        for cell in cells:
            if len(cell.findall("p")) > 1 or sum(map(len, cell.itertext())) > _LONGEST_CELL:
                return False
    return columns > 1
