"""Several things handed in at once: each is read and briefed, and what cannot be is told beside the others."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.errors import DigestError
from bot.services.briefing import ArticleBrief, Briefing
from bot.services.intake import HandedIn
from storage import Article
from summarizer import SummarizerError

MOST_AT_ONCE = 4
"""Where Dateline is installed by a user only, Discord takes five answers: four briefs, and what was refused.
https://docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
"""

_LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
_OF_DISCORD = re.compile(r"https?://(?:(?:www|ptb|canary)\.)?discord(?:app)?\.(?:com|gg)/", re.IGNORECASE)
_OWN_WORDS = 40
"""Letters beside links below which a text is only there to hand the links over."""


@dataclass(frozen=True)
class Submission:
    """One thing that was handed in: its name, and how its articles are read. `read` raises DigestError."""

    name: str
    read: Callable[[], Awaitable[HandedIn]]


@dataclass(frozen=True)
class Refusal:
    """What could not be briefed, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Briefed:
    """A brief, the how manieth of how many."""

    made: ArticleBrief
    place: int
    count: int

    @property
    def progress(self) -> str:
        """Which of several it is."""
        return f"{self.place} of {self.count}" if self.count > 1 else ""


async def briefs_of(
    submissions: Sequence[Submission], briefing: Briefing, take: Callable[[], None]
) -> AsyncIterator[Briefed | Refusal]:
    """What becomes of each article that was handed in, in their order, as soon as it is known.

    `take` counts one brief more within the quotas, the first of which has been counted.
    """
    read = await asyncio.gather(
        *(_read(each, take if number else _nothing) for number, each in enumerate(submissions[:MOST_AT_ONCE]))
    )
    found = [one for some in read for one in some]
    waiting = [one for one in found if not isinstance(one, Refusal)]
    for place, (article, is_counted) in enumerate(waiting[:MOST_AT_ONCE], 1):
        try:
            if not is_counted:
                take()
            yield Briefed(await briefing.brief(article), place, len(waiting[:MOST_AT_ONCE]))
        except (DigestError, SummarizerError) as error:
            yield Refusal(article.name, str(error))
    for one in found:
        if isinstance(one, Refusal):
            yield one
    too_many = [article.name for article, _ in waiting[MOST_AT_ONCE:]]
    for name in too_many + [each.name for each in submissions[MOST_AT_ONCE:]]:
        yield Refusal(name, f"At most {MOST_AT_ONCE} articles are briefed at once. Hand this one in by itself.")


def links_in(text: str) -> list[str]:
    """The web addresses in a text, each once, but for those of Discord itself."""
    found = (_without_punctuation(link) for link in _LINK.findall(text))
    return [link for link in dict.fromkeys(found) if not _OF_DISCORD.match(link)]


def only_links(text: str) -> bool:
    """Whether a text says hardly anything beside its links."""
    return bool(links_in(text)) and sum(map(str.isalpha, _LINK.sub("", text))) < _OWN_WORDS


def _without_punctuation(link: str) -> str:
    """A link without the end of the sentence it stands in; a bracket stays when it was opened inside the link."""
    link = link.rstrip(".,;:!?\"'”’»")
    return link[:-1].rstrip(".,;:!?") if link.endswith(")") and link.count(")") > link.count("(") else link


def _nothing() -> None:
    """The first was counted before anything was answered."""


async def _read(each: Submission, take: Callable[[], None]) -> list[tuple[Article, bool] | Refusal]:
    """The articles of a submission, of which the first is counted, and what of it could not be read."""
    try:
        take()
        handed = await each.read()
    except DigestError as error:
        return [Refusal(each.name, str(error))]
    articles: list[tuple[Article, bool] | Refusal] = [(one, not place) for place, one in enumerate(handed.articles)]
    return articles + [Refusal(name, reason) for name, reason in handed.refused]
