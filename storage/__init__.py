"""Everything Dateline remembers, behind one door: `Storage(url)`.

    storage = Storage("sqlite+aiosqlite:///dateline.sqlite3")
    await storage.open()
    async with storage.begin() as tx:
        digest = await tx.digests.get(server_id, digest_id)

Values come out as frozen dataclasses; rows and SQL stay inside. The schema brings itself up to date on `open`.
The database is loaded when `Storage` is first named: a child process that only parses needs none.
"""

import importlib
from typing import TYPE_CHECKING, Any

from storage.errors import AlreadySubscribed, NameTaken, NotFound, SchemaTooNew, StorageError, Unavailable, Unusable
from storage.types import (
    SHARED,
    Article,
    Carrier,
    Delivers,
    Delivery,
    DeliveryState,
    Digest,
    Edition,
    EditionState,
    Found,
    LiveBrief,
    NewArticle,
    NewDelivery,
    NewDigest,
    Notice,
    NoticeState,
    Outcome,
    PointReport,
    ReportState,
    Server,
    Similar,
    Size,
    Source,
    SourceKind,
    Subscription,
    Told,
    fingerprint,
    server_scope,
    source_scope,
    user_scope,
)

if TYPE_CHECKING:
    from storage.store import Storage, Transaction

__all__ = [
    "SHARED",
    "AlreadySubscribed",
    "Article",
    "Carrier",
    "Delivers",
    "Delivery",
    "DeliveryState",
    "Digest",
    "Edition",
    "EditionState",
    "Found",
    "LiveBrief",
    "NameTaken",
    "NewArticle",
    "NewDelivery",
    "NewDigest",
    "NotFound",
    "Notice",
    "NoticeState",
    "Outcome",
    "PointReport",
    "ReportState",
    "SchemaTooNew",
    "Server",
    "Similar",
    "Size",
    "Source",
    "SourceKind",
    "Storage",
    "StorageError",
    "Subscription",
    "Told",
    "Transaction",
    "Unavailable",
    "Unusable",
    "fingerprint",
    "server_scope",
    "source_scope",
    "user_scope",
]


def __getattr__(name: str) -> Any:
    if name not in ("Storage", "Transaction"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module("storage.store"), name)
