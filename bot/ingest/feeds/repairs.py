"""Broken XML of feeds mended before a second try: letters that only HTML has names for, what stands for itself though
it must not, and values without quotes in the first tag.
"""

import html
import re
from collections.abc import Iterator
from html.entities import html5

_AMPERSAND = re.compile(
    r"&(?:(#\d{1,7}|#x[0-9a-f]{1,6}|(?-i:amp|lt|gt|quot|apos));|([a-z][a-z0-9]{1,30};))?", re.IGNORECASE
)
_FIRST_TAG = re.compile(r"<[^<>]{1,2000}>")
_UNQUOTED = re.compile(r"""(\s[\w:.-]{1,60}=)([^\s"'<>=]{1,200})(?=[\s/>])""")
_LINK = re.compile(r"<(/?)link(?=[\s/>])", re.IGNORECASE)
_NO_TAG = re.compile(r"<(?![a-z_:!?/])", re.IGNORECASE)
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def repaired(text: str) -> str:
    """The document with every `&` and `<` outside CDATA standing for itself or for what it means."""
    first = _FIRST_TAG.match(text)
    start = first.end() if first else 0
    pieces = [_UNQUOTED.sub(r'\1"\2"', text[:start])]
    for outside, inside in _sections(text[start:]):
        pieces += [_NO_TAG.sub("&lt;", _AMPERSAND.sub(_meant, outside)), inside and f"<![CDATA[{inside}]]>"]
    return "".join(pieces)


def as_html(text: str) -> str:
    """The document as one that a parser of HTML makes a tree of: it knows no CDATA, and of `<link>` only the tag."""
    pieces = []
    for outside, inside in _sections(text):
        pieces += [_LINK.sub(r"<\1rss:link", outside), html.escape(inside)]
    return "".join(pieces)


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """Markup and the CDATA behind it, by turns."""
    at = 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        yield text[at:start], text[start + 9 : end]
        at = end + 3
    yield text[at:], ""


def _meant(ampersand: re.Match[str]) -> str:
    if ampersand[1]:
        return ampersand[0]
    if letters := html5.get(ampersand[2] or ""):
        return _SPECIAL.get(letters, letters)
    return "&amp;" + (ampersand[2] or "")
