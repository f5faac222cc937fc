"""An edition as its readers see it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.services.stories import Composition, Story
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, instead, split, with_block
from bot.ui.limits import THREAD_NAME
from bot.ui.stories import HEADLINE, NO_MODEL, POINT, mark, story_block
from bot.ui.text import one_line, plain, timestamp
from storage import Digest, Edition

NAME = 100
SHORTER = (POINT, 240, 120, 60)
"""Lengths of points that are tried where a story has to find room in a message that was sent."""
MOST_FAILING = 3


def edition_bodies(edition: Edition, digest: Digest, composition: Composition) -> list[Body]:
    """The messages of an edition, in order; one line where there is nothing to tell."""
    if composition.is_empty:
        return [_nothing_new(edition, digest, composition)]
    buttons = (
        Button("Sources", custom_ids.edition_sources(edition.edition_id)),
        Button("More", custom_ids.edition_more(edition.edition_id)),
        Button("Report", custom_ids.edition_report(edition.edition_id)),
    )
    opening = "" if digest.is_live else f"{timestamp(edition.due_at)} · {_span(edition)}"
    told = _telling(digest, composition, opening)
    first = composition.stories[0]
    footer = _live(digest, composition) if digest.is_live else [_window(edition), _counts(composition)]
    return split(
        replace(
            _addressed(told, edition, digest, first.headline if digest.is_live else ""),
            footer=" · ".join([*footer, *_state(composition)]),
            buttons=buttons,
            notification=mark(first) + plain(first.headline, HEADLINE),
        )
    )


def preview_bodies(digest: Digest, composition: Composition, as_of: datetime, until: datetime | None) -> list[Body]:
    """What the next edition would look like, which comes at `until`."""
    change = f"until {timestamp(until, 't')}" if until else "until the edition is posted"
    opening = f"Preview as of {timestamp(as_of, 't')}. It may change {change}."
    footer = " · ".join([_counts(composition), *_state(composition)])
    return split(replace(_telling(digest, composition, opening), footer=footer))


def revised_bodies(sent: Sequence[Body], composition: Composition) -> list[Body]:
    """Messages as they were sent, with the stories told anew that were corrected, or lost a point, since."""
    bodies = list(sent)
    for place, story in enumerate(composition.stories):
        if story.is_revised:
            bodies = _retold(bodies, place, story)
    return bodies


def _retold(bodies: list[Body], place: int, story: Story) -> list[Body]:
    """The story in the room that it has: its points are shortened rather than that a message grows too long."""
    parts = [number for number, body in enumerate(bodies) if place in body.stories]
    for longest in SHORTER if parts else ():
        lines = story_block(story, place, bodies[parts[0]].size, longest).split("\n")
        made = list(bodies)
        for number in parts:
            made[number], lines = instead(bodies[number], place, lines)
        if not lines:
            return made
    return made if parts else bodies


def _telling(digest: Digest, composition: Composition, opening: str) -> Body:
    """All in one body, however long."""
    body = Body((), size=digest.size)
    if opening:
        body = with_block(body, f"## {plain(digest.name, NAME)}\n-# {opening}", None)
    for place, story in enumerate(composition.stories):
        body = with_block(body, story_block(story, place, digest.size), place)
    return body


def _addressed(body: Body, edition: Edition, digest: Digest, title: str = "") -> Body:
    """Whom it mentions, what it is called in a forum, and whether it makes a sound."""
    title = title or f"{one_line(digest.name, THREAD_NAME - 20)} · {_local_date(edition, digest)}"
    return replace(
        body, title=one_line(title, THREAD_NAME), mention_role_id=digest.mention_role_id, silent=digest.silent
    )


def _nothing_new(edition: Edition, digest: Digest, composition: Composition) -> Body:
    """One line; it mentions nobody, since there is nothing to see."""
    line = f"**{plain(digest.name, NAME)}** · nothing new since {timestamp(edition.window_start, 'f')}"
    looked_at = [_counts(composition)] if composition.considered or composition.filtered else []
    footer = " · ".join([*looked_at, *_state(composition)])
    return replace(_addressed(Body((line,), footer), edition, digest), mention_role_id=None)


def _local_date(edition: Edition, digest: Digest) -> str:
    try:
        zone = ZoneInfo(digest.timezone)
    except (ZoneInfoNotFoundError, ValueError):  # gone from this machine since the digest was set up
        return f"{edition.due_at.astimezone(UTC):%Y-%m-%d}"
    local = edition.due_at.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def _span(edition: Edition) -> str:
    """How long a time it tells of, in words."""
    hours = round((edition.window_end - edition.window_start) / timedelta(hours=1))
    if hours <= 1:
        return "the last hour"
    return f"the last {hours} hours" if hours <= 48 else f"the last {round(hours / 24)} days"


def _live(digest: Digest, composition: Composition) -> list[str]:
    """What a story that is told live says below: its digest, and how many found no room before it."""
    name, over = plain(digest.name, NAME), composition.passed_over
    if not over:
        return [name]
    return [name, f"{_count(over, 'story', 'stories')} passed over: at most {digest.per_hour} an hour"]


def _window(edition: Edition) -> str:
    return f"{timestamp(edition.window_start, 'f')} to {timestamp(edition.window_end, 'f')}"


def _counts(composition: Composition) -> str:
    """What was told of how much: "8 stories from 43 new articles, 12 kept out by filters"."""
    told, looked_at = len(composition.stories), composition.considered
    parts = [f"{_count(told, 'story', 'stories')} from {_count(looked_at, 'new article', 'new articles')}"]
    if composition.filtered:
        parts.append(f"{composition.filtered} kept out by filters")
    if composition.passed_over:
        parts.append(f"{composition.passed_over} passed over during the pause")
    return ", ".join(parts)


def _state(composition: Composition) -> list[str]:
    """What readers should know of how it was made."""
    said = []
    if composition.degraded:
        said.append(NO_MODEL)
    if composition.failing:
        names = [plain(name, 40) for name in composition.failing[:MOST_FAILING]]
        others = len(composition.failing) - len(names)
        said.append(f"not readable lately: {', '.join(names)}{f' and {others} more' if others else ''}")
    return said


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def texts(bodies: Sequence[Body]) -> str:
    """All text of some messages, for logs and tests."""
    return "\n\n".join(block for body in bodies for block in (*body.blocks, body.small_print))
