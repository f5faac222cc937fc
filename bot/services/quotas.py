"""How much one member and one server may ask for, so that the others are served too."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import DigestError

MOST_REMEMBERED = 10_000
"""Members and servers; beyond that those who asked for nothing lately are forgotten."""


@dataclass(frozen=True)
class Quota:
    """At most so many requests in so much time."""

    most: int
    span: timedelta

    def next_turn(self, asked_at: Sequence[datetime], now: datetime) -> datetime | None:
        """From when on one more is within it, after requests at those times, in order; None when it is so now."""
        lately = [at for at in asked_at if at > now - self.span]
        return lately[-self.most] + self.span if len(lately) >= self.most else None


OF_A_MEMBER = Quota(10, timedelta(minutes=10))
OF_A_SERVER = Quota(60, timedelta(minutes=10))


class TooMuchAsked(DigestError):
    """A quota is used up; says until when."""

    def __init__(self, who: str, quota: Quota, wait: timedelta) -> None:
        super().__init__(
            f"{who} {quota.most} briefs in {quota.span.total_seconds() / 60:.0f} minutes, and no more for now. "
            f"Try again in {_in_words(wait)}."
        )
        self.wait = wait


class Quotas:
    """Counts what members and servers ask for."""

    def __init__(self, member: Quota = OF_A_MEMBER, server: Quota = OF_A_SERVER) -> None:
        self._member = member
        self._server = server
        self._asked: dict[tuple[str, int], deque[datetime]] = {}

    def take(self, user_id: int, server_id: int | None, now: datetime) -> None:
        """Count a request; one that is refused counts for nobody. Raises TooMuchAsked."""
        counted = [(("member", user_id), self._member, "You asked for")]
        if server_id is not None:
            counted.append((("server", server_id), self._server, "This server asked for"))
        for key, quota, who in counted:
            turn = quota.next_turn(self._asked.get(key, ()), now)
            if turn is not None:
                raise TooMuchAsked(who, quota, turn - now)
        for key, quota, _ in counted:
            self._asked.setdefault(key, deque(maxlen=quota.most)).append(now)
        self._forget(now)

    def _forget(self, now: datetime) -> None:
        if len(self._asked) > MOST_REMEMBERED:
            since = now - max(self._member.span, self._server.span)
            self._asked = {key: times for key, times in self._asked.items() if times[-1] > since}


def _in_words(wait: timedelta) -> str:
    seconds = max(1, round(wait.total_seconds()))
    if seconds < 60:
        return f"{seconds} seconds" if seconds > 1 else "a second"
    minutes = -(-seconds // 60)
    return f"{minutes} minutes" if minutes > 1 else "a minute"
