"""The text of the article in a page: trafilatura's, or where that finds far too little, that of the densest part."""

import html
import re
from typing import Any

from bot.ingest.pages.boilerplate import story
from bot.ingest.pages.density import densest
from bot.ingest.pages.layout import readable

_FAR_TOO_LITTLE = 0.45  # of what the densest part of the page holds
_ESCAPED = re.compile(r"&(?!lt;|gt;)(?:#\d{1,6}|[a-z]{2,8});", re.IGNORECASE)  # escaped twice
_AS_HTML = {
    "head": "h3",
    "list": "ul",
    "item": "li",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "quote": "blockquote",
    "hi": "span",
}


def body_of(root: Any, url: str | None, title: str | None) -> str:
    """The text of the article, in paragraphs; empty when the page has none. The tree is used up by it."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(root, url=url, favor_precision=True, include_comments=False)
    text = readable(_as_html(found.body)) if found else ""
    if len(text) < _FAR_TOO_LITTLE * sum(map(len, root.itertext())):
        other = densest(root)
        text = _joined(text, other) if len(text) < _FAR_TOO_LITTLE * len(other) else text
    return "\n\n".join(story(_ESCAPED.sub(lambda entity: html.unescape(entity[0]), text).split("\n\n"), title))


def _joined(text: str, other: str) -> str:
    """The text of the densest part below what the first way found outside it: leads stand in parts of their own."""
    lead = [paragraph for paragraph in text.split("\n\n") if paragraph not in other]
    return "\n\n".join([*lead, other])


def _as_html(body: Any) -> Any:
    """trafilatura's tree with the names that HTML has for its elements."""
    for element in body.iter():
        if element.tag == "code":
            element.tag = "pre" if "\n" in "".join(element.itertext()) else "span"
        elif isinstance(element.tag, str):
            element.tag = _AS_HTML.get(element.tag, element.tag)
    return body
