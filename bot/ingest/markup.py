"""HTML fragments to plain text. Loads lxml, so only the parsing child imports this."""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bot.ingest.encodings import without_controls
from bot.ingest.fragments import BLOCKS, SKIPPED, text_of_simple
from bot.ingest.hiding import drop_hidden

_TAG = re.compile(r"<(?:[a-z][a-z0-9:]*[\s/>]|/[a-z]|!--|!\[CDATA\[)", re.IGNORECASE)
_TITLE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def plain_text(markup: str) -> str:
    """Text of an HTML fragment: paragraphs divided by an empty line, `<br>` as a line break, nothing hidden in it.

    Text without any tag is taken as it is, with its entities resolved and its own paragraphs kept.
    """
    if not _TAG.search(markup):
        return tidied(html.unescape(markup))
    if (text := text_of_simple(markup)) is not None:
        return text
    return text_of_tree(markup)


def text_of_tree(markup: str) -> str:
    """The text of an HTML fragment by way of its tree, however it is broken."""
    try:
        root = lxml_html.document_fromstring(without_controls(markup), parser=lxml_html.HTMLParser(huge_tree=True))
    except etree.ParserError:  # nothing but comments or instructions
        return ""
    drop_hidden(root)
    return tidied("".join(_pieces(root)))


def tidied(text: str) -> str:
    """One space between words, one line break between lines, one empty line between paragraphs."""
    lines = without_controls(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    joined = "\n".join([" ".join(line.split()) for line in lines]).strip("\n")
    while "\n\n\n" in joined:  # at most a few times: each makes a row a fraction of itself
        joined = joined.replace("\n" * 6, "\n\n").replace("\n" * 3, "\n\n")
    return joined


def title_line(markup: str, limit: int = 500) -> str:
    """A title on one clean line, without tags; `Vec<T>` is no tag and stays."""
    text = html.unescape(_TITLE_TAG.sub("", html.unescape(markup)))
    return shortened(" ".join(without_controls(text).split()), limit)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 1]
    return (kept[: kept.rfind(" ")] if kept.rfind(" ") > limit // 2 else kept).rstrip() + "…"


def _pieces(root: Any) -> Iterator[str]:
    """The texts in document order, with line breaks where blocks begin and end. Iterative: depth is the author's."""
    skipping: Any = None
    preformatted = 0  # how many elements around here keep their line breaks
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = _name(element)
        if event == "start" and skipping is None:
            if name in SKIPPED:
                skipping = element
            else:
                preformatted += name == "pre"
                yield _break(name) + _text(element.text, preformatted)
        elif event != "start":
            if event == "end" and skipping is None:
                preformatted -= name == "pre"
                yield "\n\n" if name in BLOCKS else ""
            if element is skipping:
                skipping = None
            if skipping is None:
                yield _text(element.tail, preformatted)


def _break(name: str) -> str:
    if name in BLOCKS:
        return "\n\n"
    return {"br": "\n", "td": " ", "th": " "}.get(name, "")


def _name(element: Any) -> str:
    return element.tag.rpartition(":")[2].rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(text: str | None, preformatted: int) -> str:
    if not text:
        return ""
    return text if preformatted else text.replace("\n", " ").replace("\r", " ")
