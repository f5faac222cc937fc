"""RSS 0.9 to 2.0, RDF and Atom to raw feeds, however they are broken.

It loads lxml, so only the parsing child imports this. No document type declaration reaches the parser: entities are
neither expanded nor fetched, and those that HTML knows are letters before.
"""

import base64
import binascii
import html
import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from bot.ingest.feeds.elements import name_of
from bot.ingest.feeds.periods import interval_of
from bot.ingest.feeds.rawfeeds import Passage, RawEntry, RawFeed, Reference
from bot.ingest.feeds.repairs import as_html, repaired
from bot.ingest.prologs import without_prolog
from bot.ingest.values import Unreadable

_NO_FEED = "This is not a feed that can be read."
_ROOTS = ("rss", "rdf", "feed", "channel")
_OTHERS = {
    "html": "This is a web page, not a feed.",
    "opml": "This is a list of feeds (OPML), not a feed.",
    "urlset": "This is a map of a site, not a feed.",
    "sitemapindex": "This is a map of a site, not a feed.",
}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PASSAGES = (
    *("content:encoded", "content", "encoded", "description", "summary", "itunes:summary", "media:description"),
    *("fullitem", "body", "xhtml:body", "xhtml:div", "dc:description", "tagline", "itunes:subtitle"),
)
_DATES = (
    *("pubdate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "dcterms:available"),
    *("updated", "modified", "dcterms:modified", "lastbuilddate", "date", "created"),  # better than none
)
_AUTHORS = ("dc:creator", "author", "dc:author", "itunes:author", "dcterms:creator", "creator")
_ITEM = re.compile(r"<(?:rss:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_PLAIN = frozenset({"", "text", "text/plain"})
_BINARY = frozenset({"application/octet-stream"})  # Atom: in base64, as everything with mode="base64"
_ENOUGH = 5  # entries where they belong; with fewer, more are looked for
_Fields = dict[str, list[Any]]


def xml_feed(text: str, url: str | None) -> RawFeed:
    """The feed in a document that came from `url`. Raises Unreadable."""
    root = _tree(without_prolog(text), url)
    kind = name_of(root)
    if kind in _OTHERS or kind.removeprefix("xhtml:") == "html":
        raise Unreadable(_OTHERS.get(kind, _OTHERS["html"]))
    channel = next((child for child in root if name_of(child) == "channel"), root)
    if kind not in _ROOTS or (kind in ("rss", "rdf") and not len(root)):
        raise Unreadable(_NO_FEED)
    about = _fields(channel)
    reader = _Reader(url, "xml:base" in text, "xml:lang" in text)
    return RawFeed(
        title=_first(about, "title", "dc:title"),
        links=reader.links(channel, about),
        language=_language(channel) or _language(root) or _first(about, "language", "dc:language"),
        authors=_authors(about) if kind == "feed" else [],
        interval=interval_of(lambda name: _texts(about, name)),
        entries=[reader.entry(item) for item in _items(root, channel)],
    )


class _Reader:
    """Reads the entries of one document; bases and languages are looked for only where it speaks of any."""

    def __init__(self, url: str | None, has_bases: bool, has_languages: bool) -> None:
        self._url = url
        self._has_bases = has_bases
        self._has_languages = has_languages

    def entry(self, item: Any) -> RawEntry:
        fields = _fields(item)
        for group in fields.get("media:group", ()):
            for child in group:
                fields.setdefault(name_of(child), []).append(child)
        return RawEntry(
            guid=_first(fields, "guid", "id", "dc:identifier") or item.get(_ABOUT, ""),
            title=_first(fields, "title", "dc:title", "media:title", "itunes:title"),
            links=self.links(item, fields),
            passages=[_passage(element) for name in _PASSAGES if name in fields for element in fields[name]],
            authors=_authors(fields),
            dates=[text for name in _DATES if name in fields for text in _texts(fields, name)],
            language=self._language(item, fields),
        )

    def links(self, parent: Any, fields: _Fields) -> list[Reference]:
        """What may be the link, the likeliest first: the original of one that a service rewrote, the alternate one."""
        found = [self._reference(e, _line(e)) for e in fields.get("feedburner:origlink", ())]
        links = fields.get("link", ())
        found += [self._reference(e, e.get("href")) for e in links if e.get("href") and _is_alternate(e)]
        found += [self._reference(e, _line(e)) for e in links if not e.get("href")]
        found += [self._reference(e, e.get("src")) for e in fields.get("content", ()) if e.get("src")]
        if about := parent.get(_ABOUT):
            found.append(Reference(about, self._url))
        for guid in (*fields.get("guid", ()), *fields.get("id", ())):
            # An id is an address only where it is a whole one.
            if guid.get("isPermaLink", "true").strip().lower() != "false":
                found.append(Reference(_line(guid)))
        return found

    def _reference(self, element: Any, href: str) -> Reference:
        return Reference(href, _base(element, self._url) if self._has_bases else self._url)

    def _language(self, item: Any, fields: _Fields) -> str | None:
        if not self._has_languages:
            return _first(fields, "dc:language", "language")
        stated = [_language(e) for name in _PASSAGES for e in fields.get(name, ())]
        return next(filter(None, [*stated, _language(item), _first(fields, "dc:language", "language")]), None)


def _tree(text: str, url: str | None) -> Any:
    root, is_broken = _parsed(text, url)
    if is_broken and (mended := repaired(text)) != text:
        other, _ = _parsed(mended, url)
        root = max((other, root), key=_weight)
    if is_broken and 2 * _weight(root) < len(_ITEM.findall(text)):
        root = max((root, etree.fromstring(as_html(text), etree.HTMLParser(huge_tree=True))), key=_weight)
        root = next((element for element in root.iter(etree.Element) if name_of(element) in _ROOTS), root)
    if root is None:
        raise Unreadable(_NO_FEED)
    return root


def _parsed(text: str, url: str | None) -> tuple[Any, bool]:
    """The root, or None, and whether the parser had to overlook something."""
    # What declares an entity all the same is not trusted with the parser's limits against multiplying lifted.
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        huge_tree="<!ENTITY" not in text,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(text.encode(), parser, base_url=url), len(parser.error_log) > 0
    except etree.XMLSyntaxError:
        return None, True


def _weight(root: Any) -> int:
    """How many entries were found; less than none where there is no tree."""
    return -1 if root is None else sum(_is_item(element) for element in root.iter(etree.Element))


def _items(root: Any, channel: Any) -> list[Any]:
    """The entries where they belong; in broken documents and strange nestings, wherever they are."""
    parents = (root,) if channel is root else (channel, root)
    direct = [child for parent in parents for child in parent if _is_item(child)]
    if len(direct) >= _ENOUGH:
        return direct
    anywhere = [element for element in root.iter(etree.Element) if _is_item(element)]
    return anywhere if len(anywhere) > 2 * len(direct) else direct


def _is_item(element: Any) -> bool:
    return name_of(element) in ("item", "entry")


def _fields(parent: Any) -> _Fields:
    fields: _Fields = {}
    for child in parent:
        fields.setdefault(name_of(child), []).append(child)
    return fields


def _first(fields: _Fields, *names: str) -> str:
    """The first of these elements that holds anything, with its markup."""
    for name in names:
        for element in fields.get(name, ()):
            if value := _inner(element).strip():
                return value
    return ""


def _texts(fields: _Fields, name: str) -> list[str]:
    """What these elements hold, or their children where they have some."""
    elements: Sequence[Any] = fields.get(name, ())
    return [_line(part) for element in elements for part in (element if len(element) else (element,))]


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split()) if len(element) else (element.text or "").strip()


def _inner(element: Any) -> str:
    """The content of an element as markup; text that is alone is taken as it is, since it holds markup, escaped."""
    if not len(element):
        text = element.text or ""
        return _from_base64(text) if element.get("mode") == "base64" or element.get("type") in _BINARY else text
    opening = html.escape(element.text or "", quote=False)
    return opening + "".join(etree.tostring(child, encoding="unicode") for child in element)


def _passage(element: Any) -> Passage:
    kind = element.get("type", "").strip().lower()
    if not _is_text(kind):
        return Passage("")
    value = _inner(element)
    is_atom = element.tag.startswith("{") and name_of(element) in ("content", "summary")
    return Passage(value, is_plain=kind in _PLAIN and (is_atom or bool(kind)) and not len(element))


def _is_text(kind: str) -> bool:
    return "/" not in kind or kind.startswith("text/") or kind.endswith(("xml", "/html")) or kind in _BINARY


def _from_base64(value: str) -> str:
    try:
        return base64.b64decode(value).decode(errors="replace")
    except binascii.Error:
        return ""


def _authors(fields: _Fields) -> list[str]:
    authors = []
    for name in _AUTHORS:
        for element in fields.get(name, ()):
            names = [child for child in element if name_of(child).rpartition(":")[2] == "name"]
            authors += [_line(named) for named in names or [element]]
    return authors


def _is_alternate(link: Any) -> bool:
    return link.get("rel", "alternate").strip().lower() in ("alternate", "")


def _language(element: Any) -> str | None:
    stated: str | None = element.get(_LANG)
    return stated


def _base(element: Any, url: str | None) -> str | None:
    base: str | None = element.base
    return base or url
