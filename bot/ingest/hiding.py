"""What markup holds but its readers do not see: attackers hide instructions for language models there.

One rule for pages, feeds, mails and documents. Only what is said in place is known, in attributes and inline styles:
style sheets are not read. Sizes and colours are inherited, and an element may take them back: the mails of most
newsletters set letters to nothing around paragraphs that have a size of their own.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from bot.ingest.styles import NOTHING, WHITE, Colour, Style, are_alike, colour_of, style_of

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
_STYLED = re.compile(r"""style\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_MOST_STYLES = 500  # of a fragment that is read without a tree
_TOLD_OTHERWISE = ("hidden", "sr-only", "sr_only", "screen-reader", "screenreader", "<font", "bgcolor")
_IN_A_TAG = re.compile(
    r"""<[a-z][^<>]*?(?:[\s"'/](?:aria-)?hidden|class\s*=[^<>]*?(?:hidden|sr[-_]only|reader))|<font[^<>]*?color|bgcolor"""
)
_WRITTEN_OTHERWISE = re.compile(r"""class\s*+=\s*+["']?[^"'<>&]*+&""")  # `class="sr&#45;only"`


@dataclass(frozen=True, slots=True)
class _Look:
    """How letters look at a place: what elements around it said."""

    is_tiny: bool = False
    is_visible: bool = True
    colour: Colour | bool | None = None
    ground: Colour | bool = WHITE

    @property
    def is_seen(self) -> bool:
        """Whether letters here can be read."""
        return self.is_visible and not self.is_tiny and not _is_lost(self.colour, self.ground)


def _is_lost(colour: Colour | bool | None, ground: Colour | bool) -> bool:
    if isinstance(colour, tuple) and isinstance(ground, tuple):
        return are_alike(colour, ground)
    return colour is False


def may_hide(markup: str) -> bool:
    """Whether it takes a tree to know what in this fragment is seen."""
    lowered = markup.lower()
    if "style" in lowered and _styles_may_hide(set(_STYLED.findall(lowered))):
        return True
    if any(word in lowered for word in _TOLD_OTHERWISE) and _IN_A_TAG.search(lowered):
        return True
    return "&" in lowered and "class" in lowered and _WRITTEN_OTHERWISE.search(lowered) is not None


def _styles_may_hide(written: set[str]) -> bool:
    if len(written) > _MOST_STYLES or any("&" in value for value in written):
        return True
    styles = [style_of(value.strip("\"'")) for value in written]
    if any(style.hides or not _look_of(style, _Look()).is_seen for style in styles):
        return True
    colours = {style.colour for style in styles}
    grounds = {style.ground for style in styles if style.ground is not None}
    return any(_is_lost(colour, ground) for ground in grounds for colour in colours)


def drop_hidden(root: Any, *, may_fade: bool = False) -> None:
    """Take out what readers do not see; the text around it stays. The script of a page `may_fade` its article in: no
    page hides most of itself.
    """
    told = _MAY_HIDE(root)
    hidden = [element for element in told if is_hidden(element)]
    whole = sum(map(len, root.itertext())) if hidden else 0
    for element in hidden:
        if may_fade and style_of(element.get("style", "")).fades and 2 * sum(map(len, element.itertext())) > whole:
            element.attrib.clear()
        else:
            empty(element)
    _drop_unreadable(told)


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
    """Whether an element says of itself that nothing in it is to be seen."""
    attributes = element.attrib
    if not attributes or element.tag in ("html", "body"):  # many pages fade in as a whole
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return bool(attributes.get("hidden", "").lower() != "until-found")
    if _HIDING_CLASS.search(attributes.get("class", "")):
        return True
    return style_of(attributes.get("style", "")).hides


def _drop_unreadable(told: list[Any]) -> None:
    """Take letters out, where they stand, that are too small, transparent, or of the colour of their ground."""
    looks: dict[Any, _Look] = {}
    walked: set[Any] = set()
    for top in told:
        if top not in walked and (look := _look_around(top, looks)) and not look.is_seen:
            walked.update(_blank(top, look))


def _look_around(element: Any, looks: dict[Any, _Look]) -> _Look | None:
    """How letters in an element look by all that is said around it; None where it says nothing of that itself."""
    style = _style(element)
    if style.is_tiny is style.is_visible is style.colour is style.ground is None:
        return None
    way = [element]
    while (above := way[-1].getparent()) is not None and above not in looks:
        way.append(above)
    look = looks.get(above, _Look()) if above is not None else _Look()
    for each in reversed(way):
        look = looks[each] = _look(each, look)
    return look


def _blank(top: Any, look: _Look) -> list[Any]:
    """Blank the text of an element where it is not seen, and tell which elements are in it."""
    looks: list[_Look] = []
    met: list[Any] = []
    for event, element in etree.iterwalk(top, events=("start", "end", "comment", "pi")):
        if event == "start":
            look = _look(element, looks[-1]) if looks else look
            looks.append(look)
            met.append(element)
            if element.text and not look.is_seen:
                element.text = None
            continue
        if event == "end":
            looks.pop()
        if looks and element.tail and not looks[-1].is_seen:
            element.tail = None
    return met


def _look(element: Any, around: _Look) -> _Look:
    look = _look_of(_style(element), around)
    # Many pages fade in as a whole.
    return replace(look, is_tiny=False, is_visible=True) if element.tag in ("html", "body") else look


def _look_of(style: Style, around: _Look) -> _Look:
    if style is NOTHING:
        return around
    return _Look(
        around.is_tiny if style.is_tiny is None else style.is_tiny,
        around.is_visible if style.is_visible is None else style.is_visible,
        around.colour if style.colour is None else style.colour,
        around.ground if style.ground is None else style.ground,
    )


def _style(element: Any) -> Style:
    """What an element says in its style, and in the attributes that older pages have for it."""
    style = style_of(element.get("style") or "")
    if element.tag == "font" and style.colour is None and element.get("color"):
        style = replace(style, colour=colour_of(element.get("color")) or True)
    if style.ground is None and element.get("bgcolor"):
        style = replace(style, ground=colour_of(element.get("bgcolor")) or True)
    if style.ground is None and element.get("background"):
        style = replace(style, ground=True)
    return style
