"""Why an edition tells what it tells, and why not the rest."""

from collections.abc import Iterator, Sequence

from bot.services.stories import Composition, LeftOut, Story
from bot.ui.bodies import Body, split, with_block
from bot.ui.stories import mark
from bot.ui.text import plain

TITLE = 120
REASON = 300


def why_bodies(composition: Composition) -> list[Body]:
    """The reason of every choice, in as many messages as it takes."""
    told, left_out = list(_told(composition)), list(_left_out(composition))
    sections = [_section("Why these stories" if told else "No story is told", told)]
    if left_out:
        sections.append(_section("Left out", left_out))
    whole = Body(())
    for block in (block for section in sections for block in section):
        whole = with_block(whole, block, None)
    return split(whole)


def _section(heading: str, lines: Sequence[str]) -> list[str]:
    """The first line stands in one block with the heading, so that no message ends with it."""
    return ["\n".join([f"### {heading}", *lines[:1]]), *lines[1:]]


def _told(composition: Composition) -> Iterator[str]:
    for story in composition.stories:
        yield f"- {_headline(story)}\n  -# {_reason(story.reason)}"


def _left_out(composition: Composition) -> Iterator[str]:
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
