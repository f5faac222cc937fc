"""What goes wrong with the editions of a digest, told to the admins once and taken back when it works again."""

import logging
from collections.abc import Sequence

from bot.services.ports import Admins, Concern, Remedy
from bot.slots import Slot
from storage import Digest, Edition, EditionState, Storage

log = logging.getLogger(__name__)


class Troubles:
    """Notes on digests, and concerns for the admins of their servers."""

    def __init__(self, storage: Storage, admins: Admins) -> None:
        self._storage = storage
        self._admins = admins

    async def missed(self, digest: Digest, slots: Sequence[Slot]) -> None:
        """Slots passed while nothing was running."""
        last = slots[-1].key.replace("T", " ", 1)
        many = "an edition was" if len(slots) == 1 else f"{len(slots)} editions were"
        text = (
            f"“{digest.name}”: {many} missed, because Dateline was not running or could not reach Discord; "
            f"the last was due on {last}. "
            "The next edition tells the news of that time. It can be posted now."
        )
        concern = Concern(f"edition-missed:{digest.digest_id}", text, ((Remedy.POST_NOW, digest.digest_id),))
        await self._admins.tell(digest.server_id, concern)

    async def failed(self, digest: Digest, reason: str) -> None:
        """An edition was given up."""
        log.error("digest %s: %s", digest.digest_id, reason)
        async with self._storage.begin() as tx:
            await tx.digests.note_trouble(
                digest.server_id, digest.digest_id, f"The last edition could not be posted: {reason}"
            )
        text = f"An edition of “{digest.name}” could not be posted. “{reason}” The next edition tells its news."
        concern = Concern(f"edition-failed:{digest.digest_id}", text, ((Remedy.POST_NOW, digest.digest_id),))
        await self._admins.tell(digest.server_id, concern)

    async def destination_lost(self, digest: Digest, reason: str) -> None:
        """Its channel is gone or closed to us."""
        await self.stop(digest, reason)
        text = (
            f"“{digest.name}” cannot be posted any more and is paused. {reason} Choose another channel, or resume it "
            "once that is mended; the next edition tells the news of the one that could not be posted."
        )
        remedies = ((Remedy.CHOOSE_CHANNEL, digest.digest_id), (Remedy.RESUME_DIGEST, digest.digest_id))
        await self._admins.tell(digest.server_id, Concern(f"destination-lost:{digest.digest_id}", text, remedies))

    async def stop(self, digest: Digest, reason: str) -> None:
        """Pause a digest that cannot go on by itself."""
        log.warning("digest %s is paused: %s", digest.digest_id, reason)
        async with self._storage.begin() as tx:
            await tx.digests.pause(digest.server_id, digest.digest_id, reason)

    async def over(self, digest: Digest, edition: Edition) -> None:
        """An edition was posted: what was wrong before is no concern any more."""
        async with self._storage.reading() as tx:
            before = await tx.editions.previous(edition)
        had_failed = before is not None and before.state in (EditionState.MISSED, EditionState.FAILED)
        if digest.trouble is None and not had_failed:
            return
        if digest.trouble is not None:
            async with self._storage.begin() as tx:
                await tx.digests.note_trouble(digest.server_id, digest.digest_id, None)
        for cause in ("edition-missed", "edition-failed", "destination-lost"):
            await self._admins.settle(digest.server_id, f"{cause}:{digest.digest_id}")
