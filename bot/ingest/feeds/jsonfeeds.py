"""JSON Feed 1.0 and 1.1, read as leniently as other feeds: anything may stand anywhere."""

import json
from typing import Any

from bot.ingest.feeds.rawfeeds import Passage, RawEntry, RawFeed, Reference
from bot.ingest.values import Unreadable, as_text


def json_feed(text: str) -> RawFeed:
    """The feed in a JSON document. Raises Unreadable."""
    try:
        document = json.loads(text)
    except ValueError:
        raise Unreadable("This is not a feed that can be read: it is broken JSON.") from None
    items = document.get("items") if isinstance(document, dict) else None
    entries = [_entry(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if not isinstance(items, list) or (items and not entries):
        raise Unreadable("This is JSON, but not a feed that can be read.")
    return RawFeed(
        title=as_text(document.get("title")),
        links=[Reference(as_text(document.get("home_page_url")))],
        language=as_text(document.get("language")),
        authors=_names(document),
        entries=entries,
    )


def _entry(item: dict[str, Any]) -> RawEntry:
    """An item; with only an `external_url` it is a link to that."""
    return RawEntry(
        guid=as_text(item.get("id")),
        title=as_text(item.get("title")),
        links=[Reference(as_text(item.get(name))) for name in ("url", "external_url", "id")],
        passages=[
            Passage(as_text(item.get("content_html"))),
            Passage(as_text(item.get("content_text")), is_plain=True),
            Passage(as_text(item.get("summary")), is_plain=True),
        ],
        authors=_names(item),
        dates=[as_text(item.get("date_published")), as_text(item.get("date_modified"))],
        language=as_text(item.get("language")),
    )


def _names(item: dict[str, Any]) -> list[str]:
    authors = item.get("authors") or item.get("author")
    listed = authors if isinstance(authors, list) else [authors]
    return [as_text(author.get("name")) if isinstance(author, dict) else as_text(author) for author in listed[:20]]
