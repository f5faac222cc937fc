"""Why an edition tells what it tells, and why not the rest."""

from collections.abc import Iterator

from bot.services.stories import Composition, LeftOut, Story
from bot.ui.bodies import Body, split, with_block
from bot.ui.stories import mark
from bot.ui.text import plain

TITLE = 120
REASON = 300


def why_bodies(composition: Composition) -> list[Body]:
    """The reason of every choice, in as many messages as it takes."""
    whole = Body(())
    for block in (*_told(composition), *_left_out(composition)):
        whole = with_block(whole, block, None)
    return split(whole)


def _told(composition: Composition) -> Iterator[str]:
    yield "### Why these stories" if composition.stories else "### No story is told"
    for number, story in enumerate(composition.stories, 1):
        yield f"- {number}\\. {_headline(story)}\n  -# {_reason(story.reason)}"


def _left_out(composition: Composition) -> Iterator[str]:
    if not composition.left_out and not composition.more_left_out:
        return
    yield "### Left out"
    for one in composition.left_out:
        yield f"- {_title(one)}\n  -# {_reason(one.reason)}"
    if composition.more_left_out:
        yield f"- … and {composition.more_left_out} more articles"


def _headline(story: Story) -> str:
    return f"**{mark(story)}{plain(story.headline, TITLE)}**"


def _title(one: LeftOut) -> str:
    title = plain(one.title, TITLE) or "An article without a title"
    return f"{title} · {plain(one.source, 60)}" if one.source else title


def _reason(reason: str) -> str:
    return plain(reason, REASON) or "no reason was noted"
