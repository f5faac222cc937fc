"""Time zones as people type them."""

import difflib
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.errors import DigestError


def parse_timezone(text: str) -> str:
    """The name of a zone of the tz database, in its own spelling. Raises DigestError with the nearest names."""
    wanted = text.strip().replace(" ", "_").casefold()
    for name in timezone_names():
        if name.casefold() == wanted:
            return name
    near = suggest_timezones(text)[:3] or difflib.get_close_matches(text, timezone_names(), 3, 0.5)
    hint = f" Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
    raise DigestError(f"There is no time zone “{text}”.{hint} Names look like `Europe/Berlin` or `America/New_York`.")


def zone_named(name: str) -> ZoneInfo:
    """A zone that was understood once. Raises DigestError when this machine does not know it any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DigestError(f"The time zone “{name}” is not known on this machine any more.") from error


@cache
def timezone_names() -> tuple[str, ...]:
    """All zones that belong to a place, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*sorted(places), "UTC")


def suggest_timezones(text: str, usual: str | None = None) -> list[str]:
    """Zones whose name holds the text: the usual one first, then those where a place begins with it."""
    wanted = text.strip().replace(" ", "_").casefold()
    matching = [name for name in timezone_names() if wanted in name.casefold()]
    return sorted(matching, key=lambda name: (name != usual, f"/{wanted}" not in f"/{name.casefold()}", name))
