"""Reading a text in the parsing child: what it says of itself, and what it is recognised by.

Every text that comes in, from a feed, a page or a file, goes through `reading` once.
"""

from datetime import datetime
from typing import Any

from bot.ingest.markup import shortened
from bot.ingest.sketches import bands
from storage import fingerprint
from summarizer.datelines import find_dateline

MAX_TEXT = 200_000
"""Characters taken of one text, about 30,000 words."""


def reading(text: str, published: datetime | None) -> dict[str, Any]:
    """The text that is kept of `text`, with its `facts`, the fields of `parsers.Facts`.

    `published` is what its year is taken from where the text leaves that out.
    """
    kept = shortened(text, MAX_TEXT)
    dateline, _ = find_dateline(kept)
    facts: dict[str, Any] = {
        "place": dateline and dateline.place,
        "filed_on": dateline and dateline.date and dateline.date.isoformat(),
        "agency": dateline and dateline.agency,
        "embargo_until": None,
        "dates": [],
        "fingerprint": fingerprint(kept),
        "bands": bands(kept),
    }
    return {"text": kept, "facts": facts}
