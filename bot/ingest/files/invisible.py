"""What a Word or OpenDocument text holds but its readers do not see: hidden, tiny, or white on white.

Formats are said in place or by a named style, which may be based on another one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from bot.ingest.styles import WHITE, are_alike, colour_of

_WORD_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFF = ("0", "false", "off", "none")
_SMALLEST = 2.5  # points
_DEEPEST = 10  # styles that are based on each other


@dataclass(frozen=True)
class Format:
    """What is said of letters; None where nothing is."""

    is_hidden: bool | None = None
    is_tiny: bool | None = None
    is_white: bool | None = None
    is_on_ground: bool | None = None

    def over(self, other: "Format") -> "Format":
        """The same with what only the other one says."""
        said = {name: value for name, value in vars(self).items() if value is not None}
        return replace(other, **said)

    @property
    def is_seen(self) -> bool:
        """Whether they can be read."""
        return not (self.is_hidden or self.is_tiny or (self.is_white and not self.is_on_ground))


Formats = Mapping[str, Format]
_NONE = Format()


def word_formats(styles: Any) -> Formats:
    """The named styles of a Word document; `styles` is the root of its part, or None."""
    stated: dict[str, tuple[Format, str]] = {}
    for space in _WORD_NAMESPACES if styles is not None else ():
        for style in styles.iter(f"{space}style"):
            based = style.find(f"{space}basedOn")
            format_ = _of_word(style.find(f"{space}rPr"), space).over(_ground_of_word(style.find(f"{space}pPr"), space))
            stated[style.get(f"{space}styleId", "")] = format_, "" if based is None else based.get(f"{space}val", "")
    return {name: _whole(name, stated) for name in stated}


def drop_unseen_runs(root: Any, formats: Formats) -> None:
    """Take out of a part of a Word document the runs that readers do not see."""
    for space in _WORD_NAMESPACES:
        for run in list(root.iter(f"{space}r")):
            properties = run.find(f"{space}rPr")
            style = _named(properties, f"{space}rStyle", space, formats)
            if not _of_word(properties, space).over(style).over(_around_run(run, space, formats)).is_seen:
                run.getparent().remove(run)


def _around_run(run: Any, space: str, formats: Formats) -> Format:
    """What the paragraph, and the cell and table around it, say of a run."""
    found = _NONE
    for element in run.iterancestors(f"{space}p", f"{space}tc", f"{space}tbl"):
        kind = etree.QName(element).localname
        properties = element.find(f"{space}{kind}Pr")
        found = found.over(_ground_of_word(properties, space))
        if kind != "tc":
            found = found.over(_named(properties, f"{space}{'p' if kind == 'p' else 'tbl'}Style", space, formats))
        if kind == "tbl" and properties is not None and properties.find(f"{space}tblStyle") is not None:
            found = found.over(Format(is_on_ground=True))  # most of them fill the first row
    return found


def _named(properties: Any, tag: str, space: str, formats: Formats) -> Format:
    named = None if properties is None else properties.find(tag)
    return _NONE if named is None else formats.get(named.get(f"{space}val", ""), _NONE)


def _of_word(properties: Any, space: str) -> Format:
    if properties is None:
        return _NONE
    hidden, size, colour = (properties.find(f"{space}{name}") for name in ("vanish", "sz", "color"))
    return Format(
        is_hidden=None if hidden is None else hidden.get(f"{space}val", "1").lower() not in _OFF,
        is_tiny=None if size is None else _number(size.get(f"{space}val", "")) < 2 * _SMALLEST,  # in half points
        is_white=None if colour is None else _is_white("#" + colour.get(f"{space}val", "")),
        is_on_ground=_ground_of_word(properties, space).is_on_ground
        or (properties.find(f"{space}highlight") is not None)
        or None,
    )


def _ground_of_word(properties: Any, space: str) -> Format:
    shade = None if properties is None else properties.find(f"{space}shd")
    if shade is None:
        return _NONE
    fill = shade.get(f"{space}fill", "auto")
    return Format(is_on_ground=fill != "auto" and not _is_white("#" + fill))


def open_formats(*roots: Any) -> Formats:
    """The named and the automatic styles in the parts of an OpenDocument text."""
    stated: dict[str, tuple[Format, str]] = {}
    for style in (style for root in roots if root is not None for style in root.iter(f"{_STYLE}style")):
        stated[style.get(f"{_STYLE}name", "")] = _of_open(style), style.get(f"{_STYLE}parent-style-name", "")
    return {name: _whole(name, stated) for name in stated}


def _of_open(style: Any) -> Format:
    text, box = style.find(f"{_STYLE}text-properties"), style.find(f"{_STYLE}paragraph-properties")
    grounds = [part.get(f"{_FO}background-color") for part in (text, box) if part is not None]
    is_on_ground = any(ground not in (None, "transparent") and not _is_white(ground) for ground in grounds) or None
    if text is None:
        return Format(is_on_ground=is_on_ground)
    shown, size, colour = text.get(f"{_TEXT}display"), text.get(f"{_FO}font-size", ""), text.get(f"{_FO}color")
    return Format(
        is_hidden=None if shown is None else shown == "none",
        is_tiny=_number(size.removesuffix("pt")) < _SMALLEST if size.endswith("pt") else None,
        is_white=None if colour is None else _is_white(colour),
        is_on_ground=is_on_ground,
    )


def look_within(element: Any, around: Format, formats: Formats) -> Format:
    """How letters in an element of an OpenDocument text look, given how they look around it."""
    look = formats.get(element.get(f"{_TEXT}style-name", ""), _NONE).over(around)
    # Cells have styles of their own, which are not read.
    return replace(look, is_on_ground=True) if element.tag == f"{_TABLE}table" else look


def _whole(name: str, stated: Mapping[str, tuple[Format, str]]) -> Format:
    found = _NONE
    for _ in range(_DEEPEST):
        if name not in stated:
            break
        format_, name = stated[name]
        found = found.over(format_)
    return found


def _is_white(written: str) -> bool:
    colour = colour_of(written)
    return colour is not None and are_alike(colour, WHITE)


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 100.0
