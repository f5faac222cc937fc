"""What became of an edition after it was posted, for its history."""

from collections.abc import Iterator
from datetime import datetime

from bot.services.stories import Composition, Story, StoryPoint
from bot.ui.bodies import Body, split, with_block
from bot.ui.text import plain, timestamp
from storage import Edition

HEADLINE = 120
POINT = 300


def changes_since(edition: Edition) -> list[Body]:
    """What was corrected in an edition or removed from it; nothing when it stands as it was sent."""
    stories = Composition.from_json(edition.content).stories if edition.content else ()
    blocks = [block for story in stories for block in _changes(story)]
    whole = Body(())
    for block in ["### Changed since", *blocks] if blocks else ():
        whole = with_block(whole, block, None)
    return split(whole) if blocks else []


def _changes(story: Story) -> Iterator[str]:
    changed = [point for point in story.points if point.is_revised]
    for point in changed:
        yield f"- **{plain(story.headline, HEADLINE)}**\n  {_change(point)}"
    if story.corrected_at and not changed:
        yield f"- **{plain(story.headline, HEADLINE)}**\n  headline corrected {_at(story.corrected_at)}"


def _change(point: StoryPoint) -> str:
    said = plain(point.text, POINT)
    if point.hidden_at:
        return f"removed by the editors {_at(point.hidden_at)}: {said}"
    if point.withdrawn_at:
        return f"not said by its source any more, {_at(point.withdrawn_at)}: {said}"
    return f"corrected {_at(point.corrected_at or '')}, now: {said}"


def _at(moment: str) -> str:
    return timestamp(datetime.fromisoformat(moment), "f")
