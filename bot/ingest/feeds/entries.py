"""One entry of a feed: of all that it states, the address, title, authors and text that are kept."""

import hashlib
import html
import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.ingest.feeds.rawfeeds import Passage, RawEntry, Reference
from bot.ingest.markup import plain_text, shortened, tidied, title_line
from bot.ingest.pages.bylines import byline_of
from bot.ingest.texts.readings import MAX_TEXT, reading
from bot.ingest.values import language_code
from bot.ingest.web.urls import find_url

_LONGEST_GUID = 500
_MOST_AUTHORS = 20
_MARKED = re.compile(r"</?(?:p|br|div|a|img|ul|li|span|strong|em|b|i)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(r"&lt;(?:/p|/div|br\s?/?|/a|/li)&gt;", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<(?:p|br|li|pre|code)[\s/>]", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"\S{1,200}@\S{1,200}\s{0,9}\(([^()]{1,200})\)")
_NAME_AND_MAIL = re.compile(r"([^<>()@]{1,200})[<(][^<>()\s]{1,200}@[^<>()\s]{1,200}[>)]")
_MAIL = re.compile(r"(?:mailto:)?\S{1,200}@\S{1,200}")
# Addresses that are the same however they are parsed: most, and parsing one takes longer than all else about an entry.
_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z][a-z0-9]{0,60}(?:-[a-z0-9]{1,60})?(?:\.[a-z][a-z0-9]{0,60}){1,4}(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,200}){1,20}/?"
)


def entry_of(raw: RawEntry, published: datetime | None, known: frozenset[str] | None) -> dict[str, Any]:
    """The fields of `parsers.FeedEntry`. What has no text is told by its title."""
    title = title_line(raw.title)
    text = _text(raw.passages) or title
    return {
        "guid": _guid(raw.guid),
        "url": find_address(raw.links),
        "title": title,
        "byline": _byline(tuple(raw.authors[:_MOST_AUTHORS])),
        "published": published and published.isoformat(),
        "language": language_code(raw.language),
        **(_unread(text) if known is None else reading(text, published, known)),
    }


def _unread(text: str) -> dict[str, Any]:
    return {"text": shortened(text, MAX_TEXT), "facts": {"fingerprint": ""}}


def find_address(links: Sequence[Reference]) -> str | None:
    """The first of these links that leads somewhere on the web."""
    for href, base in links:
        if url := href if _PLAIN_ADDRESS.fullmatch(href) else find_url(href, base):
            return url
    return None


def _text(passages: Sequence[Passage]) -> str:
    """The longest of the texts: a teaser and the whole, or the same twice."""
    best = ""
    for value, is_plain in sorted(passages, key=lambda passage: len(passage.value), reverse=True):
        if len(value) <= len(best):
            break
        if _ESCAPED_TWICE.search(value) and not _PARAGRAPH.search(value):
            value = html.unescape(value)
        text = tidied(value) if is_plain and not _MARKED.search(value) else plain_text(value)
        best = max(best, text, key=len)
    return best


def _guid(value: str) -> str | None:
    value = " ".join(value.split())
    return value or None if len(value) <= _LONGEST_GUID else "sha256:" + hashlib.sha256(value.encode()).hexdigest()


@lru_cache(maxsize=1_000)
def _byline(authors: tuple[str, ...]) -> str | None:
    """Few people write for a feed, so most of these come again."""
    return byline_of([_name(author[:1_000].strip()) for author in authors])


def _name(author: str) -> str:
    """The name in `desk@harbour.example (Ada Quay)` and in `Ada Quay <desk@harbour.example>`."""
    if _MAIL.fullmatch(author):
        return ""
    named = _MAIL_AND_NAME.fullmatch(author) or _NAME_AND_MAIL.fullmatch(author)
    return named[1] if named else author
