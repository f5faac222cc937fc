"""Who is polled next: a host whose sources are slow, or hundreds, holds up nobody but itself."""

from collections import Counter, deque

from bot.ingest.web.urls import host_of
from storage import Source


class Lanes:
    """Sources that wait, in order, host by host; of one host at most `per_host` run and `waiting` wait."""

    def __init__(self, *, per_host: int, waiting: int) -> None:
        self._per_host = per_host
        self._waiting = waiting
        self._ready: deque[Source] = deque()
        self._behind: dict[str, deque[Source]] = {}  # for others of their host
        self._of_host: Counter[str] = Counter()  # ready or running
        self._host: dict[int, str] = {}  # of those

    def __len__(self) -> int:
        """How many wait."""
        return len(self._ready) + sum(map(len, self._behind.values()))

    @property
    def ready(self) -> int:
        """How many could run at once."""
        return len(self._ready)

    def add(self, source: Source) -> bool:
        """Let a source wait; False when enough of its host do already."""
        host = host_of(source.address)
        if self._of_host[host] < self._per_host:
            self._of_host[host] += 1
            self._make_ready(source, host)
            return True
        behind = self._behind.setdefault(host, deque())
        if len(behind) >= self._waiting:
            return False
        behind.append(source)
        return True

    def take(self) -> Source | None:
        """The one that has waited longest and may run; `done` must be called after it."""
        return self._ready.popleft() if self._ready else None

    def done(self, source: Source) -> None:
        """One has run: the next of its host may."""
        host = self._host.pop(source.source_id)
        behind = self._behind.get(host)
        if behind:
            self._make_ready(behind.popleft(), host)
            return
        self._behind.pop(host, None)
        self._of_host[host] -= 1
        if not self._of_host[host]:
            del self._of_host[host]

    def clear(self) -> None:
        """Let nobody wait any more."""
        self._behind.clear()
        for source in list(self._ready):
            self.done(source)
        self._ready.clear()

    def _make_ready(self, source: Source, host: str) -> None:
        self._host[source.source_id] = host
        self._ready.append(source)
