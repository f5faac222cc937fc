"""What opens privately under an edition: menus of its stories and points, and a story at greater length."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.services.longer import LongerStory
from bot.services.stories import Composition
from bot.ui import custom_ids, limits
from bot.ui.bodies import Body, Menu, Option, split
from bot.ui.stories import NO_MODEL, points_shown, removed_at, story_block
from bot.ui.text import one_line
from storage import Size

MOST_MENUS = 4


def story_menus(edition_id: int, composition: Composition, size: Size) -> Body:
    """Asks which story is wanted at greater length."""
    options = [
        Option(str(place), _label(story.headline), _label(", ".join(story.sources)))
        for place, story in enumerate(composition.stories)
        if not removed_at(story, place, size)
    ]
    menus = _menus(options, "Choose a story", lambda number: custom_ids.edition_story(edition_id, number))
    return Body(("Which story would you like at greater length?",), menus=menus)


def point_menus(edition_id: int, composition: Composition, size: Size) -> Body:
    """Asks which point is doubtful."""
    options = list(_points(composition, size))
    menus = _menus(options, "Choose a point", lambda number: custom_ids.edition_point(edition_id, number))
    question = (
        "Which point is doubtful? Those who look after this server will see it beside the sentence it was taken from.\n"
        "-# Close this message if you only wanted to look: nothing is reported before you choose."
    )
    return Body((question,), menus=menus)


def longer_bodies(longer: LongerStory) -> list[Body]:
    """A story with more of its points."""
    footer = NO_MODEL if longer.degraded else "every point is a sentence of its source"
    return split(Body((story_block(replace(longer.story, is_update=False), 0, Size.FULL),), footer, stories=(0,)))


def _points(composition: Composition, size: Size) -> Iterator[Option]:
    for place, story in enumerate(composition.stories):
        shown = points_shown(story, place, size)
        for at in shown or range(min(1, len(story.points))):
            point = story.points[at]
            if not (point.hidden_at or point.withdrawn_at):
                label = point.text if shown else story.headline
                yield Option(f"{place}.{at}", _label(label), _label(story.headline if shown else ""))


def _menus(options: Sequence[Option], placeholder: str, custom_id: Callable[[int], str]) -> tuple[Menu, ...]:
    most = limits.OPTIONS
    groups = [tuple(options[start : start + most]) for start in range(0, len(options), most)][:MOST_MENUS]
    return tuple(Menu(custom_id(number), placeholder, group) for number, group in enumerate(groups))


def _label(text: str) -> str:
    return one_line(text, limits.OPTION_TEXT)
