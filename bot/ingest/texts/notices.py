"""What stands above and below the story in a wire or ministry text: slugs, urgencies, notes to editors, corrections,
credits, contacts, marks of the end.

A line is left out only at the head, above the first sentence, or at the tail, below the last; in between everything is
the story. What a line says must leave no doubt: "Correction officers struck", a sentence in brackets and a story about
a withdrawn report stay.
"""

from dataclasses import dataclass

from bot.ingest.texts.credits import story_end
from bot.ingest.texts.slugs import notices_above

_FEWEST_LETTERS = 20  # of a story; a text that is nothing but notices stays as it is


@dataclass(frozen=True)
class Parted:
    """A text without its notices, and the lines of an embargo among them."""

    story: str
    embargoes: tuple[str, ...] = ()


def parted(text: str) -> Parted:
    """The text without the notices above and below the story. Its title, date and dateline stay."""
    dropped, embargoes = notices_above(text)
    start = dropped[-1][1] if dropped else 0
    end = story_end(text, start)
    borders = [0, *(at for span in dropped for at in span), end]
    story = "".join(text[a:b] for a, b in zip(borders[::2], borders[1::2], strict=True))
    if len(story) < len(text) and not _is_story(story):
        return Parted(text, tuple(embargoes))
    return Parted(story, tuple(embargoes))


def _is_story(text: str) -> bool:
    letters = 0
    for character in text:
        letters += character.isalpha()
        if letters == _FEWEST_LETTERS:
            return True
    return False
