"""Watching over sources and digests: what goes wrong slowly is told to the admins, and taken back when it is over."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import groupby

from bot.services.habits import HISTORY, SHORTEST_SILENCE, Silence, silence
from bot.services.ports import Admins, Clock, Concern, Remedy
from storage import Digest, NotFound, Notice, Storage, Subscription
from storage.observations import Result

FAILURES = 8
"""So many in a row are no hiccup any more: by then a source is asked twice a day only."""
IN_A_ROW = 3
_LOOKED_AT = 12
"""Editions of a digest; those before which no article came at all do not count."""
_RESULTS_SINCE = timedelta(days=100)

Concerns = Mapping[tuple[int, str], Concern]
"""What there is to tell, by server and cause."""


class Watching:
    """Raises and settles concerns by looking at everything again and again."""

    def __init__(self, storage: Storage, admins: Admins, clock: Clock) -> None:
        self._storage = storage
        self._admins = admins
        self._clock = clock

    async def look_for_failures(self) -> None:
        """Sources that could not be read for long, or that are gone for good."""
        async with self._storage.reading() as tx:
            failing = await tx.observations.list_failing(FAILURES)
        await self._raise("source-failing", _keyed((each, _failing(each)) for each in failing))

    async def look_for_silence(self) -> None:
        """Sources that bring nothing against their habit, and digests whose rules keep out everything."""
        async with self._storage.reading() as tx:
            quiet = await tx.observations.list_quiet(self._clock.now() - SHORTEST_SILENCE)
        silences = [(each, found) for each in quiet if (found := await self._silence(each)) is not None]
        await self._raise("source-silent", _keyed((each, _silent(each, found)) for each, found in silences))
        async with self._storage.reading() as tx:
            results = await tx.observations.list_results(_LOOKED_AT, self._clock.now() - _RESULTS_SINCE)
        await self._raise("nothing-matched", _unmatched(results))

    async def _silence(self, subscription: Subscription) -> Silence | None:
        source = subscription.source
        assert source.last_success_at is not None
        async with self._storage.reading() as tx:
            since = source.last_success_at - HISTORY
            arrivals = await tx.observations.list_arrivals(source.source_id, since)
        # Up to the last time it was read, not up to now: nothing can come while nobody looks.
        return silence(arrivals, source.last_success_at)

    async def _raise(self, kind: str, concerns: Concerns) -> None:
        """Tell what there is of one kind, and settle what there was and is no more."""
        for (server_id, _), concern in concerns.items():
            await self._admins.tell(server_id, concern)
        async with self._storage.reading() as tx:
            standing = await tx.notices.list_standing_causes(kind)
        for server_id, cause in sorted(standing - concerns.keys()):
            await self._admins.settle(server_id, cause, await self._outcome(server_id, cause))

    async def _outcome(self, server_id: int, cause: str) -> str:
        """How it came that a concern is over."""
        kind, _, subject = cause.partition(":")
        try:
            async with self._storage.reading() as tx:
                notice = await tx.notices.find(server_id, cause)
                if kind == "nothing-matched" and notice is not None:
                    return _digest_outcome(await tx.digests.get(server_id, int(subject)), notice)
                source = await tx.sources.get_subscription(server_id, int(subject))
        except NotFound:
            return "It is not there any more"
        if source.paused:
            return "It is paused"
        return "It can be read again" if kind == "source-failing" else "It brings articles again"


def _digest_outcome(digest: Digest, notice: Notice) -> str:
    if digest.paused:
        return "It is paused"
    return "It was changed since" if digest.active_since > notice.raised_at else "Something got through again"


def _keyed(concerns: Iterable[tuple[Subscription, Concern]]) -> Concerns:
    return {(subscription.server_id, concern.cause): concern for subscription, concern in concerns}


def _failing(subscription: Subscription) -> Concern:
    source = subscription.source
    name, reason = _quoted(subscription.label), _quoted(source.last_error or "")
    if source.next_poll_at is None:
        text = f"{name} is paused. {reason} It is not asked any more, unless you try it again."
    else:
        since = f"<t:{int((source.last_success_at or source.added_at).timestamp())}:f>"
        text = (
            f"{name} could not be read {source.failures} times in a row since {since}. {reason} "
            "It is asked again about every 12 hours."
        )
    remedies = (Remedy.TRY_SOURCE, Remedy.CHANGE_ADDRESS, Remedy.REMOVE_SOURCE)
    subjects = tuple((remedy, source.source_id) for remedy in remedies)
    return Concern(f"source-failing:{source.source_id}", text, subjects)


def _silent(subscription: Subscription, found: Silence) -> Concern:
    source_id = subscription.source.source_id
    text = (
        f"{_quoted(subscription.label)} has fallen silent: usually {found.usually}, none for {found.days} days. "
        "It answers without an error, so its news may have moved to another address."
    )
    remedies = ((Remedy.CHANGE_ADDRESS, source_id), (Remedy.REMOVE_SOURCE, source_id))
    return Concern(f"source-silent:{source_id}", text, remedies)


def _unmatched(results: Iterable[Result]) -> Concerns:
    """Digests of which the last editions had articles to look at, and their rules dropped every one."""
    concerns: dict[tuple[int, str], Concern] = {}
    for digest_id, of_digest in groupby(results, key=lambda result: result.digest_id):
        found = list(of_digest)
        dropped = dropped_in_a_row(found)
        if dropped:
            concern = _nothing_matched(digest_id, found[0].name, dropped)
            concerns[found[0].server_id, concern.cause] = concern
    return concerns


def dropped_in_a_row(results: Iterable[Result]) -> int:
    """How many articles the last three editions that had any all dropped by rules; 0 when they told something.

    Results come newest first.
    """
    counted = [result for result in results if result.has_told or _looked_at(result)][:IN_A_ROW]
    if len(counted) < IN_A_ROW or not all(_all_filtered(result) for result in counted):
        return 0
    return sum(map(_looked_at, counted))


def _looked_at(result: Result) -> int:
    content = result.content or {}
    return max(int(content.get("considered", 0)), int(content.get("filtered", 0)))


def _all_filtered(result: Result) -> bool:
    content = result.content or {}
    return not result.has_told and int(content.get("filtered", 0)) >= _looked_at(result)


def _nothing_matched(digest_id: int, name: str, dropped: int) -> Concern:
    text = (
        f"{_quoted(name)} had nothing to tell {IN_A_ROW} times in a row: your filters dropped {dropped} of {dropped} "
        "articles. Besides its own rules, those of the server count (`/dateline settings`) and those of each source "
        "(`/source manage`)."
    )
    return Concern(f"nothing-matched:{digest_id}", text, ((Remedy.EDIT_RULES, digest_id),))


def _quoted(text: str) -> str:
    """Words of others; quotation marks in them would end the quotation early."""
    return f"“{text.translate(str.maketrans('“”', '‘’'))}”"
