"""In the parsing child: what a web page tells of its feeds."""

import re
from dataclasses import asdict
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from bot.ingest.discovery import Announcements, Link, page_links, unlike
from bot.ingest.encodings import clean_text
from bot.ingest.markup import title_line
from bot.ingest.values import DECLARATION, Unreadable
from bot.ingest.web.urls import find_url

MOST_LINKS = 40
_MOST_ANCHORS = 3_000
_FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/rss")
)
_VAGUE_TYPES = frozenset(("application/xml", "text/xml", "application/json"))
_YOUTUBE_CHANNEL = re.compile(r"UC[\w-]{22}")


def announcements(url: str | None, charset: str | None, body: bytes) -> dict[str, Any]:
    """The feeds that a page announces or links to, as the fields of `discovery.Announcements`."""
    root = _document(body, charset)
    base = next(filter(None, (find_url(base.get("href"), url) for base in root.iter("base"))), url)
    links = [*_announced(root, base), *(page_links(_anchors(root, base), url) if url else [])]
    told = Announcements(
        links=unlike(links)[:MOST_LINKS],
        identities=tuple(dict.fromkeys(_identities(root, base))),
        software=_meta(root, "generator")[:200],
        is_article=_meta(root, "og:type").lower() == "article" or sum(1 for _ in root.iter("article")) == 1,
    )
    return asdict(told)


def _document(body: bytes, charset: str | None) -> Any:
    text = DECLARATION.sub("", clean_text(body, charset), count=1)
    try:
        return lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=True))
    except etree.ParserError:
        raise Unreadable("This page is empty.") from None


def _announced(root: Any, base: str | None) -> list[Link]:
    found = []
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        relations = (link.get("rel") or "").lower().split()
        is_feed = kind in _FEED_TYPES or (kind in _VAGUE_TYPES and re.search(r"rss|atom|feed", link.get("href") or ""))
        address = find_url(link.get("href"), base)
        if address and is_feed and ("alternate" in relations or "feed" in relations):
            found.append(Link(address, title_line(link.get("title") or "", 200)))
    return found


def _anchors(root: Any, base: str | None) -> list[tuple[str, str]]:
    anchors: list[tuple[str, str]] = []
    for anchor in root.iter("a"):
        if len(anchors) == _MOST_ANCHORS:
            break
        if address := find_url(anchor.get("href"), base):
            words = "".join(anchor.itertext())[:500] or anchor.get("title") or anchor.get("aria-label") or ""
            anchors.append((address, title_line(words, 80)))
    return anchors


def _identities(root: Any, base: str | None) -> list[str]:
    """The addresses a page gives itself: the feeds of some sites follow from one of these."""
    stated = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    stated.append(_meta(root, "og:url"))
    for meta in root.iter("meta"):  # a video names the channel it is in
        if meta.get("itemprop") in ("channelId", "identifier") and _YOUTUBE_CHANNEL.fullmatch(
            meta.get("content") or ""
        ):
            stated.append(f"https://www.youtube.com/channel/{meta.get('content')}")
    return [address for address in (find_url(each, base) for each in stated) if address]


def _meta(root: Any, name: str) -> str:
    for meta in root.iter("meta"):
        if name in (meta.get("property"), (meta.get("name") or "").lower()):
            return (meta.get("content") or "").strip()
    return ""
