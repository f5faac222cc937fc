"""What makes an entry of a feed that entry, whichever of its guid, link, title and text changes. Runs in the child.

Only what one entry of the document has to itself can name it: a guid that all entries share, or a link to the site's
front page, names none.
"""

from collections import Counter
from hashlib import sha256
from typing import Any

from yarl import URL

from bot.ingest.web.urls import canonical_url
from storage.types import UNNAMED, fingerprint

SHORT = 200
"""Characters; the same words on two subjects are no rarity below ("Status: broken", "Introduction")."""


def identify(entries: list[dict[str, Any]], site_url: str | None = None) -> None:
    """Give each entry of one document its `address`, canonical and its own, and the `key` that its source knows it by.

    The key is made of the guid, else of the link, else of the title; an entry that has nothing of its own is known as
    the only such one, or as one of many. A short text is the same only under the same title.
    """
    addresses = _own([_address(entry["url"], site_url) for entry in entries])
    guids = _own([entry["guid"] for entry in entries])
    titles = _own([" ".join(entry["title"].casefold().split()) or None for entry in entries])
    names = [
        _key("guid", guid) or _key("link", address) or _key("title", title)
        for guid, address, title in zip(guids, addresses, titles, strict=True)
    ]
    alone = _key("only", "one") if names.count(None) == 1 else UNNAMED
    for entry, address, name in zip(entries, addresses, names, strict=True):
        entry.update(address=address, key=name or alone)
        if len(entry["text"]) < SHORT and entry["title"] != entry["text"]:
            entry["facts"]["fingerprint"] = fingerprint(f"{entry['title']}\n{entry['text']}")


def _own(claims: list[str | None]) -> list[str | None]:
    counts = Counter(claims)
    return [claim if counts[claim] == 1 else None for claim in claims]


def _address(url: str | None, site_url: str | None) -> str | None:
    """The canonical address of an entry, unless it is a front page, where today another entry stands than yesterday."""
    if url is None:
        return None
    address = canonical_url(url)
    parsed = URL(address, encoded=True)
    is_front = parsed.path == "/" and not parsed.query_string and not parsed.fragment
    return None if is_front or (site_url and address == canonical_url(site_url)) else address


def _key(kind: str, name: str | None) -> str | None:
    return None if name is None else sha256(f"{kind} {name}".encode("utf-8", "surrogatepass")).hexdigest()
