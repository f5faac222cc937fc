"""The text of the article in a page: trafilatura's, or where that finds far too little, that of the densest part."""

from typing import Any

from bot.ingest.boilerplate import story
from bot.ingest.density import densest
from bot.ingest.layout import readable

_FAR_TOO_LITTLE = 0.45  # of what the densest part of the page holds
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
        text = other if len(text) < _FAR_TOO_LITTLE * len(other) else text
    return "\n\n".join(story(text.split("\n\n"), title))


def _as_html(body: Any) -> Any:
    """trafilatura's tree with the names that HTML has for its elements."""
    for element in body.iter():
        if element.tag == "code":
            element.tag = "pre" if "\n" in "".join(element.itertext()) else "span"
        elif isinstance(element.tag, str):
            element.tag = _AS_HTML.get(element.tag, element.tag)
    return body
