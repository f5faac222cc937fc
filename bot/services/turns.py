"""Whose turn it is in a live digest: its cap, its quiet hours, its alert words. Pure: the time is handed in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.quiet import QuietHours, awake_since
from bot.services.stories import Story
from storage import Digest
from storage.types import LIVE

WAITS = timedelta(hours=6)
"""So long a story waits for its turn, quiet hours not counted."""
HOUR = timedelta(hours=1)
MOST_ALERTS = 12
"""Briefs in an hour beyond which alerts wait like other stories: a feed may put any word into every title."""


@dataclass(frozen=True)
class Room:
    """How many briefs a live digest may tell now, of ordinary stories and with alerts."""

    ordinary: int
    alerts: int

    @property
    def is_none(self) -> bool:
        """Whatever comes, it has to wait."""
        return not self.ordinary and not self.alerts


def room(per_hour: int, told_at: Sequence[datetime], quiet: QuietHours | None, now: datetime) -> Room:
    """What its cap and its quiet hours leave, after the briefs that were told at those times."""
    lately = sum(at > now - HOUR for at in told_at)
    is_quiet = quiet is not None and quiet.hold_at(now)
    return Room(0 if is_quiet else max(0, per_hour - lately), max(0, max(MOST_ALERTS, per_hour) - lately))


def due(stories: Sequence[Story], urgent: Collection[int], left: Room) -> list[Story]:
    """The stories that are told now, of those that are untold, the best first: alerts before the others."""
    alerts = [story for story in stories if is_urgent(story, urgent)][: left.alerts]
    others = [story for story in stories if story not in alerts]
    return alerts + others[: max(0, left.ordinary - len(alerts))]


def is_urgent(story: Story, urgent: Collection[int]) -> bool:
    """One of its articles is."""
    return any(article.article_id in urgent for article in story.articles)


def first_article(story: Story) -> int:
    """Its oldest article, which stays the same when others come."""
    return min(article.article_id for article in story.articles)


def slot_of(story: Story) -> str:
    """The slot of a story in a live digest: named after its first article, whoever composes it."""
    return f"{LIVE}{first_article(story)}"


def mentioned_role(digest: Digest, story: Story, urgent: Collection[int]) -> int | None:
    """Whom a brief mentions: every new story the digest's role, or where there are alert words, those with one alone.

    An update is found under the story it continues, and calls nobody again.
    """
    if story.is_update or (digest.alert_words and not is_urgent(story, urgent)):
        return None
    return digest.mention_role_id


def window_start(digest: Digest, *, has_told: bool, quiet: QuietHours | None, now: datetime) -> datetime:
    """From when on it tells what came: since it began or went on, and no longer than a story may wait.

    One that has told nothing lately begins anew with every edit.
    """
    began = digest.created_at if has_told else digest.active_since
    return max(began, digest.back_since(now) or began, awake_since(now, WAITS, quiet))
