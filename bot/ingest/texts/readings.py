"""Reading a text in the parsing child: what it says of itself, and what it is recognised by.

Every text that comes in, from a feed, a page or a file, goes through `reading` once.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time
from typing import Any

from bot.ingest.markup import shortened
from bot.ingest.texts.days import days_meant
from bot.ingest.texts.embargoes import find_embargo
from bot.ingest.texts.notices import parted
from bot.ingest.texts.sketches import bands
from storage import fingerprint
from summarizer.datelines import find_dateline

MAX_TEXT = 200_000
"""Characters taken of one text, about 30,000 words."""


def reading(text: str, published: datetime | None, known: Collection[str] | None = frozenset()) -> dict[str, Any]:
    """The text that is kept of `text`, with its `facts`, the fields of `parsers.Facts`.

    Notices above and below the story are left out; its title, date line and dateline stay. `published` is what dates
    are counted from where the text itself is not dated, and what their year is taken from where that is left out.
    Of a text whose fingerprint is `known`, and with None of any, there are no other facts.
    """
    parts = parted(text)
    kept = shortened(parts.story, MAX_TEXT)
    mark = fingerprint(kept)
    if known is None or mark in known:
        return {"text": kept, "facts": {"fingerprint": mark}}
    day = published.astimezone(UTC).date() if published else None
    dateline, start = find_dateline(kept, day)
    filed = (dateline and dateline.date) or day
    sent = published or (datetime.combine(filed, time(), UTC) if filed else None)
    until = _embargo(parts.embargoes, sent)
    facts: dict[str, Any] = {
        "place": dateline and dateline.place,
        "filed_on": dateline and dateline.date and dateline.date.isoformat(),
        "agency": dateline and dateline.agency,
        "embargo_until": until and until.isoformat(),
        "dates": [(a, b, meant.isoformat()) for a, b, meant in days_meant(kept, start, filed)] if filed else [],
        "fingerprint": mark,
        "bands": bands(kept),
    }
    return {"text": kept, "facts": facts}


def _embargo(lines: Iterable[str], sent: datetime | None) -> datetime | None:
    """The latest moment that the lines name; a text that says nothing of when it was sent was sent now."""
    found = [find_embargo(line, sent or datetime.now(UTC)) for line in lines]
    return max((each.until for each in found if each and each.until), default=None)
