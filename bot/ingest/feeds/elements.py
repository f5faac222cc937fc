"""Names of a feed's elements whatever prefix, namespace or spelling it gives them."""

from typing import Any

_PREFIXES = {
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/syndication": "sy",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_CORE = frozenset(
    {
        *("http://www.w3.org/2005/atom", "http://purl.org/atom/ns", "http://purl.org/rss/1.0"),
        *("http://my.netscape.com/rdf/simple/0.9", "http://channel.netscape.com/rdf/simple/0.9"),
        *("http://www.w3.org/1999/02/22-rdf-syntax-ns", "http://backend.userland.com/rss2"),
        *("http://blogs.law.harvard.edu/tech/rss", "http://backend.userland.com/rss", "http://purl.org/net/rss1.1"),
    }
)
_CORE_PREFIXES = frozenset({"", "rss", "atom", "a10", "rdf", "feed"})  # where nothing declares them
_MOST_KNOWN = 2_000
_known: dict[str, str] = {}


def name_of(element: Any) -> str:
    """`title` of RSS, RDF and Atom, `dc:creator`, `content:encoded` and the like, in lower case; `other:...` for a
    namespace that no feed reader knows, and nothing for what is no element.
    """
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if name := _known.get(tag):
        return name
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    prefix = _prefix_of(namespace) if namespace else _written_prefix(local)
    if prefix is None:
        # Of an unknown namespace, what is written without a prefix is the feed's own vocabulary.
        return f"other:{local.lower()}" if element.prefix else local.lower()
    local = local.rpartition(":")[2].lower()
    name = f"{prefix}:{local}" if prefix else local
    if len(_known) < _MOST_KNOWN:
        _known[tag] = name
    return name


def _prefix_of(namespace: str) -> str | None:
    normal = namespace.strip().lower().rstrip("/#").replace("https://", "http://", 1)
    return "" if normal in _CORE else _PREFIXES.get(normal)


def _written_prefix(tag: str) -> str:
    """The prefix of a tag whose namespace nothing declares."""
    before = tag.rpartition(":")[0].lower()
    return "" if before in _CORE_PREFIXES else before
