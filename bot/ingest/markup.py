"""HTML fragments to plain text. Loads lxml, so only the parsing child imports this."""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bot.ingest.encodings import without_controls

_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav"),
    *("ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"),
}
_SKIPPED = {
    *("audio", "button", "canvas", "embed", "figcaption", "frame", "head", "iframe", "input", "math", "noscript"),
    *("object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video"),
}
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAG = re.compile(r"<(?:[a-z][a-z0-9:]*[\s/>]|/[a-z]|!--|!\[CDATA\[)", re.IGNORECASE)
_TITLE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_INLINE_SPACE = re.compile(r"[^\S\n]+")


def plain_text(markup: str) -> str:
    """Text of an HTML fragment: paragraphs divided by an empty line, `<br>` as a line break, nothing hidden in it.

    Text without any tag is taken as it is, with its entities resolved and its own paragraphs kept.
    """
    if not _TAG.search(markup):
        return tidied(html.unescape(markup))
    try:
        root = lxml_html.document_fromstring(without_controls(markup), parser=lxml_html.HTMLParser(huge_tree=True))
    except etree.ParserError:  # nothing but comments or instructions
        return ""
    return tidied("".join(_pieces(root)))


def tidied(text: str) -> str:
    """One space between words, one line break between lines, one empty line between paragraphs."""
    lines = _INLINE_SPACE.sub(" ", without_controls(text).replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    joined = "\n".join(line.strip() for line in lines).strip("\n")
    return re.sub(r"\n{2,}", "\n\n", joined)


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


def drop_hidden(root: Any) -> None:
    """Remove what a reader of the page would not see: attackers hide instructions for language models there."""
    for element in [element for element in root.iter(etree.Element) if _is_hidden(element)]:
        if element.getparent() is not None and _name(element) not in ("html", "body"):
            element.drop_tree()


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDING_STYLE.search(style))


def _pieces(root: Any) -> Iterator[str]:
    """The texts in document order, with line breaks where blocks begin and end. Iterative: depth is the author's."""
    skipping: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start" and skipping is None:
            if _name(element) in _SKIPPED or _is_hidden(element):
                skipping = element
            else:
                yield _break(element) + _text(element.text, element)
        elif event != "start":
            is_outside = skipping is None
            if element is skipping:
                skipping = None
            if event == "end" and is_outside and _name(element) in _BLOCKS:
                yield "\n\n"
            if skipping is None:
                yield _text(element.tail, element.getparent())


def _break(element: Any) -> str:
    name = _name(element)
    if name in _BLOCKS:
        return "\n\n"
    return {"br": "\n", "td": " ", "th": " "}.get(name, "")


def _name(element: Any) -> str:
    return element.tag.rpartition(":")[2].rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(text: str | None, parent: Any) -> str:
    if not text:
        return ""
    return text if parent is not None and _name(parent) == "pre" else text.replace("\n", " ").replace("\r", " ")
