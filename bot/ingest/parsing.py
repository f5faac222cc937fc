"""What runs in the parsing child: bytes of strangers in, plain values for JSON out.

Only `CALLS` is used from outside, through `bot.ingest.parsers`. Whatever hangs, explodes or crashes here is ended from
there.
"""

from collections.abc import Callable
from typing import Any

from bot.ingest.feeds.feed import feed
from bot.ingest.files.file import attachment, file
from bot.ingest.opml import opml
from bot.ingest.pages.announcing import announcements
from bot.ingest.pages.page import page

CALLS: dict[str, Callable[..., Any]] = {
    "feed": feed,
    "page": page,
    "announcements": announcements,
    "file": file,
    "attachment": attachment,
    "opml": opml,
}
