"""Everything Dateline remembers, behind one door: `Storage(url)`.

    storage = Storage("sqlite+aiosqlite:///dateline.sqlite3")
    await storage.open()
    async with storage.begin() as tx:
        digest = await tx.digests.get(server_id, digest_id)

Values come out as frozen dataclasses; rows and SQL stay inside. The schema brings itself up to date on `open`.
"""

from storage.errors import AlreadySubscribed, NameTaken, NotFound, SchemaTooNew, StorageError, Unavailable, Unusable
from storage.store import Storage, Transaction
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
    Size,
    Source,
    SourceKind,
    Subscription,
    Told,
    fingerprint,
    server_scope,
    user_scope,
)

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
    "user_scope",
]
