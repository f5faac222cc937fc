"""Which time an edition looks at: from where the last one stopped, so that nothing is skipped and nothing repeated."""

from datetime import datetime, timedelta

from storage import Digest, Edition, Storage

FIRST_WINDOW = timedelta(hours=24)

Window = tuple[datetime, datetime]


async def next_window(storage: Storage, digest: Digest, end: datetime) -> Window:
    """From where the last edition that moves the window stopped, up to `end`.

    The first edition looks at a day; when the first slots were missed, at the time since the day before them. The
    first after a pause looks at the last day only. Whichever it is, it looks also at the time of editions that failed,
    whose news nobody saw: be it that later ones were made before they failed.
    """
    async with storage.reading() as tx:
        stopped = await tx.editions.window_end(digest.digest_id)
        first_due = await tx.editions.first_due(digest.digest_id)
        start = stopped or (first_due or end) - FIRST_WINDOW
        untold = await tx.editions.untold_since(digest.digest_id)
    back = digest.back_since(end)
    if back is not None and back > start:
        start = max(start, end - FIRST_WINDOW)
    return min(start, untold or start), end


async def passed_over(storage: Storage, edition: Edition) -> Window | None:
    """The time between the last edition and the window of this one, which a pause passed over; None when there is none.

    Manual editions pass over nothing.
    """
    if edition.digest_id is None or not edition.moves_window:
        return None
    async with storage.reading() as tx:
        stopped = await tx.editions.window_end(edition.digest_id, besides=edition.edition_id)
    return (stopped, edition.window_start) if stopped is not None and stopped < edition.window_start else None
