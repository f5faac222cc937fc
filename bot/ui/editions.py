"""An edition as its readers see it."""

from collections.abc import Sequence

from bot.services.stories import Composition, Story, StoryArticle
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, split
from bot.ui.text import address_link, plain, timestamp
from storage import Digest, Edition

HEADLINE = 200
SHORT_HEADLINE = 120
POINT = 500
TOLD_IN_FULL = 5
"""So many stories get points; the others are told by their headline."""
SHORT_AT_ONCE = 5
"""Lines of headlines in one block, which may have to move to the next message together."""
MOST_LINKS = 3


def edition_bodies(edition: Edition, digest: Digest, composition: Composition) -> list[Body]:
    """The messages of an edition, in order."""
    footer = _footer(composition)
    buttons = (Button("Sources", custom_ids.edition_sources(edition.edition_id)),)
    return split(_blocks(digest.name, f"{timestamp(edition.due_at)}", composition), footer, buttons)


def preview_bodies(digest: Digest, composition: Composition, as_of: str) -> list[Body]:
    """What the next edition would look like."""
    blocks = _blocks(digest.name, f"Preview as of {as_of}. It may change until the edition is posted.", composition)
    return split(blocks, _footer(composition), ())


def _blocks(name: str, subtitle: str, composition: Composition) -> list[str]:
    full = composition.stories[:TOLD_IN_FULL]
    rest = composition.stories[TOLD_IN_FULL:]
    blocks = [f"## {plain(name)}\n-# {subtitle}", *(_story(story) for story in full)]
    if rest:
        lines = [_short(story) for story in rest]
        blocks.append("\n".join(["**Also**", *lines[:SHORT_AT_ONCE]]))
        blocks += ["\n".join(lines[n : n + SHORT_AT_ONCE]) for n in range(SHORT_AT_ONCE, len(lines), SHORT_AT_ONCE)]
    return blocks


def _story(story: Story) -> str:
    points = (f"- {plain(point.text, POINT)}" for point in story.points)
    return "\n".join([f"### {plain(story.headline, HEADLINE)}", *points, _sources_line(story)])


def _short(story: Story) -> str:
    return " · ".join(filter(None, [f"- {plain(story.headline, SHORT_HEADLINE)}", _where(story.articles[0])]))


def _sources_line(story: Story) -> str:
    """Who reported it, with a link and the age of the first; how many they are when they are several."""
    by_source = {article.source: article for article in reversed(story.articles)}
    shown = [by_source[name] for name in story.sources][:MOST_LINKS]
    parts = [_where(article) for article in shown]
    first = story.articles[0].published_at
    if first is not None:
        parts.append(timestamp(first, "R"))
    if len(story.sources) > 1:
        parts.append(f"{len(story.sources)} sources")
    return "-# " + " · ".join(filter(None, parts))


def _where(article: StoryArticle) -> str:
    """The source by the name its server knows it by, and the host its link leads to."""
    return " ".join(filter(None, [plain(article.source, 60), address_link(article.link)]))


def _footer(composition: Composition) -> str:
    told, looked_at = len(composition.stories), composition.considered
    counts = f"{_count(told, 'story', 'stories')} from {_count(looked_at, 'new article', 'new articles')}"
    if composition.degraded:
        return f"{counts} · the model was not available: points chosen by simpler rules"
    return counts


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def texts(bodies: Sequence[Body]) -> str:
    """All text of some messages, for logs and tests."""
    return "\n\n".join(block for body in bodies for block in (*body.blocks, body.small_print))
