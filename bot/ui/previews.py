"""What a feed is like, in words: the same for one that was just found and for one that is followed."""

from bot.ingest.web.urls import host_of
from bot.services.previews import Headline, Preview
from bot.ui.languages import language_name
from bot.ui.text import address_link, plain, timestamp
from storage import Source
from storage.types import Delivers

_WHAT_IT_DELIVERS = {
    Delivers.FULL: "whole articles",
    Delivers.TEASERS: "beginnings of articles, completed from their pages",
    Delivers.CLOSED: "beginnings of articles, whose pages cannot be read",
    Delivers.UNKNOWN: "",
}
_PERIODS = ((1.0, "a day"), (1 / 7, "a week"), (1 / 30, "a month"), (1 / 365, "a year"))
_LONGEST_HEADLINE = 150


def facts_of(preview: Preview) -> str:
    """Language, how often it publishes, and what it delivers, on one line."""
    count = "" if preview.entries is None else _entries(preview.entries)
    about = (count, language_name(preview.language), rhythm(preview.per_day), _WHAT_IT_DELIVERS[preview.delivers])
    return " · ".join(filter(None, about))


def headline_lines(preview: Preview) -> list[str]:
    """The newest headlines, each with its age."""
    return [f"- {plain(headline.title, _LONGEST_HEADLINE)}{_age(headline)}" for headline in preview.headlines]


def rhythm(per_day: float | None) -> str:
    """How often something comes: "about 12 a day", "about 2 a week"; nothing where it is not known."""
    if per_day is None:
        return ""
    for at_least, period in _PERIODS:
        # A count that rounds to the next period is told in that one.
        if per_day >= at_least * 0.95:
            return f"about {round(per_day / at_least):,} {period}"
    return "hardly anything"


def where(address: str, login: str = "") -> str:
    """The host of a feed, as a link unless a login is needed there."""
    if login:
        return f"{plain(host_of(address), 60)}, with a login"
    return address_link(address)


def place_of(source: Source) -> str:
    """Where a source is read."""
    return where(source.address, source.login)


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"


def _age(headline: Headline) -> str:
    return f" · {timestamp(headline.at, 'R')}" if headline.at else ""
