"""Inline styles, as far as they hide: what they say of whether a text can be seen.

Read as browsers read them, since attackers write `display:/**/none` and `d\\69splay:none`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)

_SMALLEST = 3.0  # pixels of a letter that can be read
_FAINTEST = 0.1  # of opacity
_FARTHEST = 900.0  # pixels that an element may be moved to the left or up and still be seen
_FARTHEST_RIGHT = 3_000.0
_SMALLEST_BOX = 2.0  # pixels
_ALIKE = 24  # of 255: what differs less in every channel cannot be read
_LONG = 500  # characters of a style that is not remembered
# Comments, addresses and strings; what is not closed goes on to the end.
_NO_DECLARATION = re.compile(
    r"""/\*.*?(?:\*/|\Z)|url\(\s*+(?:"[^"]*+"|'[^']*+')?[^)]*+\)?|"[^"]*+"?|'[^']*+'?""", re.DOTALL | re.IGNORECASE
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_LENGTH = re.compile(r"([+-]?)(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})\d*([a-z%]{0,6})")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "%": 0.16}
_PIXELS |= {"vw": 10.0, "vh": 10.0, "in": 96.0, "cm": 38.0, "mm": 3.8, "q": 0.95}
_RELATIVE = frozenset({"em", "%", "ex", "ch"})
_HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
_RGB = re.compile(r"rgba?\(\s{0,9}(\d{1,3})[\s,]{1,9}(\d{1,3})[\s,]{1,9}(\d{1,3})(?:[\s,/]{1,9}(\d?\.?\d{1,9}))?")
_NAMED = {"white": WHITE, "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240)}
_NAMED |= {"ghostwhite": (248, 248, 255), "whitesmoke": (245, 245, 245), "floralwhite": (255, 250, 240)}
_MOVED = frozenset({"left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top", "inset"})
_SIDEWAYS = frozenset({"left", "text-indent", "margin-left"})
_INHERITED = frozenset({"inherit", "initial", "unset", "revert", "currentcolor"})


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says; None where it says nothing.

    `hides` is true of an element with all in it, whatever they say; the others can be taken back by an element within.
    `fades` where it hides by nothing but its opacity. `colour` is false where letters are transparent, true where they
    have a colour that is not known; `ground` is true where it is another one than white that is not known.
    """

    hides: bool = False
    fades: bool = False
    is_tiny: bool | None = None
    is_visible: bool | None = None
    colour: Colour | bool | None = None
    ground: Colour | bool | None = None


NOTHING = Style()


def style_of(written: str) -> Style:
    """What the value of a `style` attribute says."""
    if not written:
        return NOTHING
    return _remembered(written) if len(written) <= _LONG else _read(written)


def colour_of(written: str) -> Colour | None:
    """A colour as three numbers; None for one that is not known."""
    text = written.strip().lower()
    if digits := _HEX.search(text):
        long = digits[1] if len(digits[1]) >= 6 else "".join(digit * 2 for digit in digits[1])
        return int(long[:2], 16), int(long[2:4], 16), int(long[4:6], 16)
    if numbers := _RGB.search(text):
        return int(numbers[1]), int(numbers[2]), int(numbers[3])
    return _NAMED.get(text.partition(" ")[0])


def are_alike(one: Colour, other: Colour) -> bool:
    """Whether letters of one colour cannot be read on the other."""
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))


def _read(written: str) -> Style:
    said = list(_declarations(written))
    hiding = {name for name, value in said if _hides(name, value)} | _small_box(dict(said))
    tiny: bool | None = None
    visible: bool | None = None
    colour: Colour | bool | None = None
    ground: Colour | bool | None = None
    for name, value in said:
        if name in ("font-size", "font"):
            tiny = _is_tiny(name, value, tiny)
        elif name == "visibility":
            visible = value not in ("hidden", "collapse")
        elif name in ("color", "-webkit-text-fill-color"):
            colour = _letters(value, colour)
        elif name in ("background", "background-color", "background-image"):
            ground = _ground(name, value, ground)
    if colour is False and any(name.endswith("background-clip") and "text" in value for name, value in said):
        colour = True  # letters cut out of a picture
    return Style(bool(hiding), hiding == {"opacity"}, tiny, visible, colour, ground)


_remembered = lru_cache(maxsize=4_000)(_read)


def _declarations(written: str) -> Iterator[tuple[str, str]]:
    text = _NO_DECLARATION.sub(_image_or_nothing, _ESCAPE.sub(_meant, written) if "\\" in written else written)
    for declaration in text.lower().split(";"):
        name, _, value = declaration.partition(":")
        if value:
            yield name.strip(), " ".join(value.partition("!")[0].split())


def _image_or_nothing(found: re.Match[str]) -> str:
    return "url()" if found[0][:3].lower() == "url" else ""


def _meant(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return escape[2] or (chr(code) if 0 < code < 0xD800 else "\ufffd")


def _hides(name: str, value: str) -> bool:
    """Whether a declaration hides an element with all in it."""
    match name:
        case "display":
            return value == "none"
        case "content-visibility":
            return value == "hidden"
        case "opacity":
            return _number(value, 1.0) <= _FAINTEST
        case "max-height":
            return _pixels(value, 1_000.0) < 1.0
        case "clip":
            return re.match(r"rect\(\s?[01](?:px)?[\s,]", value) is not None
        case "clip-path":
            return re.match(r"inset\(\s?(?:[5-9]\d|100)%|circle\(\s?0", value) is not None
        case "filter":
            return re.search(r"opacity\(\s?0", value) is not None and "opacity(0." not in value
        case "transform" | "translate" | "scale":
            return _moves_away(name, value)
    return name in _MOVED and any(_is_far(name, part) for part in value.split()[:4])


def _moves_away(name: str, value: str) -> bool:
    if re.search(r"scale[xy]?\(\s?0(?:\.0*)?\s?[,)]", value) or (name == "scale" and value.split()[0] in ("0", "0%")):
        return True
    if name == "translate" or "translate" in value:
        return any(_is_far("left", part) for part in re.split(r"[\s,()]+", value)[:12])
    return False


def _is_far(name: str, value: str) -> bool:
    pixels = _pixels(value, 0.0)
    return pixels <= -_FARTHEST or (name in _SIDEWAYS and pixels >= _FARTHEST_RIGHT)


def _small_box(said: dict[str, str]) -> set[str]:
    """The height of an element so low that what flows over it is cut off: `height:1px; overflow:hidden`."""
    is_cut = said.get("overflow", "").startswith(("hidden", "clip"))
    return {"height"} if is_cut and _pixels(said.get("height", ""), 1_000.0) < _SMALLEST_BOX else set()


def _is_tiny(name: str, value: str, before: bool | None) -> bool | None:
    """Whether letters are too small to be read; None for a size that depends on that of the text around."""
    sizes = [part.partition("/")[0] for part in value.split()] if name == "font" else [value]
    for size in sizes[:8]:
        found = _LENGTH.fullmatch(size.removeprefix("calc(").rstrip(")"))
        if found and (name == "font-size" or found[3] or not float(found[2])):
            pixels = float(found[2]) * _PIXELS.get(found[3], 16.0)
            return True if pixels < _SMALLEST else (before if found[3] in _RELATIVE else False)
    return False if name == "font-size" and re.fullmatch(r"(?:xx?-)?(?:small|large)|medium", value) else before


def _letters(value: str, before: Colour | bool | None) -> Colour | bool | None:
    if _is_transparent(value):
        return False
    return before if value in _INHERITED else colour_of(value) or True


def _is_transparent(value: str) -> bool:
    numbers, digits = _RGB.search(value), _HEX.search(value)
    if digits and len(digits[1]) in (4, 8):
        alpha = digits[1][-1] * 2 if len(digits[1]) == 4 else digits[1][-2:]
        return int(alpha, 16) <= _FAINTEST * 255
    return value == "transparent" or bool(numbers and numbers[4] and _number(numbers[4], 1.0) <= _FAINTEST)


def _ground(name: str, value: str, before: Colour | bool | None) -> Colour | bool | None:
    if value in _INHERITED or value in ("none", "transparent"):
        return before
    if "url(" in value or "gradient(" in value:
        return True
    return before if name == "background-image" else colour_of(value) or True


def _number(value: str, otherwise: float) -> float:
    found = _LENGTH.fullmatch(value)
    if found is None or found[3] not in ("", "%"):
        return otherwise
    number = float(found[2]) / (100 if found[3] else 1)
    return -number if found[1] == "-" else number


def _pixels(value: str, otherwise: float) -> float:
    found = _LENGTH.fullmatch(value.removeprefix("calc(").rstrip(")"))
    if found is None:
        return otherwise
    pixels = float(found[2]) * _PIXELS.get(found[3], 16.0)
    return -pixels if found[1] == "-" else pixels
