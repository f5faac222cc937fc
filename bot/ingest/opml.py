"""OPML, the form in which feed readers hand on what they follow: read in the parsing child, written anywhere.

http://opml.org/spec2.opml. Files in the wild hold bare ampersands and names of HTML, which are mended; a document type
is refused, since only attacks need one. `expat` builds no tree, so the memory a file takes does not depend on it.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from bot.ingest.encodings import clean_text, without_controls
from bot.ingest.values import DECLARATION, Unreadable

MOST_OUTLINES = 2_000
"""Feeds taken from one file; how many more there were is told."""
DEEPEST = 32
LONGEST_TITLE, LONGEST_CATEGORY, LONGEST_ADDRESS = 80, 100, 2_000
OTHERS_LIMIT = 1_000_000
_KINDS_OF_FEEDS = ("rss", "atom", "link")
"""Without an address such an outline is no folder but a line that cannot be used, which is told."""
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6})|(\w{2,31}));|&", re.IGNORECASE)


@dataclass(frozen=True)
class Outline:
    """One feed of a list. `number` is its place among the feeds of the file."""

    address: str
    title: str = ""
    category: str = ""
    site_url: str = ""
    number: int = 0


def opml(charset: str | None, body: bytes) -> dict[str, Any]:
    """The feeds of an OPML file, as the fields of `parsers.FeedList`."""
    text = DECLARATION.sub("", clean_text(body, charset).lstrip(), count=1)
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.buffer_text = True
    try:
        parser.Parse(_ENTITY.sub(_mended, text).encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise Unreadable(_damage(reader, error)) from None
    if not reader.is_opml:
        raise Unreadable("This is not an OPML file. Feed readers export one; it ends in .opml or .xml.")
    return {"outlines": reader.outlines, "left_out": reader.left_out}


class _Reader:
    """Takes feeds out of the elements as they come; folders are those that are open."""

    def __init__(self) -> None:
        self.is_opml = False
        self.outlines: list[dict[str, Any]] = []
        self.left_out = 0
        self._folders: list[str | None] = []
        self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name.lower() != "opml":
            raise Unreadable(_other_kind(name))
        if self._depth > DEEPEST:
            raise Unreadable(f"The folders of this OPML file lie more than {DEEPEST} deep.")
        self.is_opml = True
        if name.lower() == "outline":
            self._take({key.lower(): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        self._depth -= 1
        if name.lower() == "outline":
            self._folders.pop()

    def _take(self, given: dict[str, str]) -> None:
        title = next(filter(None, (_line(given.get(name, ""), LONGEST_TITLE) for name in ("text", "title"))), "")
        address = given.get("xmlurl", "").strip()
        is_folder = not address and given.get("type", "").lower() not in _KINDS_OF_FEEDS
        self._folders.append(title if is_folder else None)
        if is_folder:
            return
        number = len(self.outlines) + self.left_out + 1
        if number > MOST_OUTLINES:
            self.left_out += 1
            return
        category = "/".join(filter(None, map(tidy_category, filter(None, self._folders))))
        self.outlines.append(
            {
                "address": address[: LONGEST_ADDRESS + 1],
                "title": title,
                "category": tidy_category(category or given.get("category", "").partition(",")[0]),
                "site_url": given.get("htmlurl", "").strip()[:LONGEST_ADDRESS],
                "number": number,
            }
        )


def tidy_category(text: str) -> str:
    """A path of folders as it is kept: "News/Local", without empty parts, at most so many characters."""
    parts = [_line(part, LONGEST_CATEGORY) for part in text.split("/")]
    return "/".join(filter(None, parts))[:LONGEST_CATEGORY].rstrip("/ ")


def written(title: str, outlines: Iterable[Outline]) -> bytes:
    """An OPML file of feeds, in folders by their categories, in the given order within a folder."""
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _line(title, LONGEST_TITLE)
    folders = {"": ElementTree.SubElement(root, "body")}
    for outline in outlines:
        _add(_folder(folders, outline.category), outline)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _folder(folders: dict[str, ElementTree.Element], category: str) -> ElementTree.Element:
    if category not in folders:
        parent, _, name = category.rpartition("/")
        folders[category] = ElementTree.SubElement(_folder(folders, parent), "outline", text=name, title=name)
    return folders[category]


def _add(folder: ElementTree.Element, outline: Outline) -> None:
    title = _line(outline.title, LONGEST_TITLE)
    about = {"type": "rss", "text": title, "title": title, "xmlUrl": outline.address}
    if outline.site_url:
        about["htmlUrl"] = outline.site_url
    ElementTree.SubElement(folder, "outline", about)


def _line(text: str, limit: int) -> str:
    """One line that XML can hold."""
    shown = "".join(character for character in without_controls(text) if character not in "\ufffe\uffff")
    return " ".join(shown.split())[:limit].rstrip()


def _mended(entity: re.Match[str]) -> str:
    """XML knows five names; those of HTML are written out, and an ampersand that begins none is one."""
    if entity[1]:
        return entity[0]
    named = html.unescape(entity[0]) if entity[2] else entity[0]
    return html.escape(named)


def _refuse_doctype(*_: object) -> None:
    raise Unreadable("This OPML file declares a document type, which none needs. Export it again without.")


def _other_kind(name: str) -> str:
    if name.lower().rpartition(":")[2] in ("rss", "feed", "rdf"):
        return "This is a feed, not a list of feeds. `/source add` follows it."
    if name.lower() == "html":
        return "This is a web page, not an OPML file."
    return "This is not an OPML file. Feed readers export one; it ends in .opml or .xml."


def _damage(reader: _Reader, error: expat.ExpatError) -> str:
    if not reader.is_opml:
        return "This is not an OPML file. Feed readers export one; it ends in .opml or .xml."
    return f"This OPML file is damaged in line {error.lineno}, column {error.offset + 1}. Export it again."
