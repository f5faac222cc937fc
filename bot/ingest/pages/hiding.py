"""What a page holds but its readers do not see: attackers hide instructions for language models there.

Only what a page says in place is known, in attributes and inline styles: style sheets are not read.
"""

import re
from typing import Any

from lxml import etree

_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|opacity\s*:\s*0*\.?0+\s*(?:%|;|!|$)"
    r"|font(?:-size)?\s*:\s*0*\.?0+(?:px|pt|r?em|%|v[hw])?\s*(?:/|;|!|$|\s[a-z])"
    r"|(?:left|right|top|bottom|text-indent|margin(?:-left|-top)?)\s*:\s*-(?:\d{4,}|999|\d{3}(?:r?em|v[hw]))"
    r"|translate[xy]?\(\s*-\d{4,}|scale\(\s*0\s*\)|clip\s*:\s*rect\(\s*(?:0(?:px)?|1px)[\s,]"
    r"|clip-path\s*:\s*inset\(\s*(?:50|100)%|color\s*:\s*transparent"
    r"|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
_FADING = re.compile(r"opacity\s*:\s*0", re.IGNORECASE)
_HIDING_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|sr_only|visually-?hidden|screen-?reader(?:-text|-only)?|is-hidden|a11y-hidden)(?:\s|$)",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "div", "dl", "figure", "form", "h1", "h2", "h3", "h4", "li", "nav"}
)
_BLOCKS |= {"ol", "p", "pre", "section", "table", "ul", "details", "footer", "header", "iframe", "video"}
_MAY_HIDE = etree.XPath(
    "//*[@hidden or @aria-hidden or @style or self::font[@color] or contains(@class, 'hidden')"
    " or contains(@class, 'Hidden') or contains(@class, 'reader')"
    " or contains(@class, 'sr-only') or contains(@class, 'sr_only')]"
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([^;!]{1,40})", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([^;!]{1,80})", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_WHITE = (255, 255, 255)
_ALIKE = 24  # of 255: what differs less in every channel cannot be read


def drop_hidden(root: Any) -> None:
    """Empty the elements that readers do not see; the text around them stays."""
    hidden = [element for element in _MAY_HIDE(root) if is_hidden(element)]
    whole = sum(map(len, root.itertext())) if hidden else 0
    for element in hidden:
        # Many pages fade their article in, and none hides that much.
        if _FADING.search(element.get("style", "")) and 2 * sum(map(len, element.itertext())) > whole:
            element.attrib.clear()
        else:
            empty(element)


def empty(element: Any) -> None:
    """Take an element out of the text, and what follows it stays. It leaves a place holder where text follows: joining
    the texts around thousands of dropped elements would cost the square of their number.
    """
    parent = element.getparent()
    if parent is None:
        return
    if not element.tail:
        parent.remove(element)
        return
    is_block = element.tag in _BLOCKS and element.tail.strip()
    element.clear(keep_tail=True)
    element.tag = "br" if is_block else "wbr"  # extraction drops other empty elements with what follows them


def is_hidden(element: Any) -> bool:
    """Whether an element says of itself that it is not to be seen."""
    attributes = element.attrib
    if not attributes or element.tag in ("html", "body"):  # many pages fade in as a whole
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return bool(attributes.get("hidden", "").lower() != "until-found")
    if _HIDING_CLASS.search(attributes.get("class", "")):
        return True
    style = attributes.get("style", "")
    return bool(style and _HIDING_STYLE.search(style)) or _is_unreadable(element, style)


def _is_unreadable(element: Any, style: str) -> bool:
    """Whether the text has the colour of its ground, which is white where nothing is said."""
    stated = _COLOUR.search(style)
    colour = _rgb(stated[1] if stated else element.get("color") if element.tag == "font" else None)
    return colour is not None and _are_alike(colour, _ground(element))


def _ground(element: Any) -> tuple[int, int, int] | None:
    """The background of the nearest element that states one; None where it is an image or a name we do not know."""
    while element is not None:
        stated = _BACKGROUND.search(element.get("style") or "")
        if stated and stated[1].strip().lower() not in ("none", "transparent", "inherit"):
            return _rgb(stated[1])
        if element.get("bgcolor"):
            return _rgb(element.get("bgcolor"))
        element = element.getparent()
    return _WHITE


def _rgb(colour: str | None) -> tuple[int, int, int] | None:
    text = (colour or "").strip().lower()
    if digits := _HEX.search(text):
        long = digits[1] if len(digits[1]) >= 6 else "".join(digit * 2 for digit in digits[1])
        return int(long[:2], 16), int(long[2:4], 16), int(long[4:6], 16)
    if numbers := _RGB.search(text):
        return int(numbers[1]), int(numbers[2]), int(numbers[3])
    return _NAMED.get(text)


def _are_alike(one: tuple[int, int, int], other: tuple[int, int, int] | None) -> bool:
    return other is not None and all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))
