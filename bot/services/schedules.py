"""What people type for a schedule, understood fully or refused; and schedules in words.

A digest keeps its schedule as canonical text: dates, then times. "mon,tue 08:30,19:00", "1,15,last 08:30",
"first-mon 09:00", "cron 30 8 * * 1-5", or "live".
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from cronsim import CronSim

from bot.errors import DigestError
from bot.services.timezones import zone_named
from bot.slots import A_DAY, CRON, LAST, ORDINALS, WEEKDAYS, Schedule, Slot, schedule_from
from storage import NewDigest

LIVE = "live"
MOST_A_DAY = 24
LONGEST = 200
EXAMPLES = (
    "daily 08:00",
    "weekdays 08:30",
    "weekdays 08:30 and 17:00",
    "mon, thu 18:00",
    "weekends 10:00",
    "1st and 15th 09:00",
    "last day 18:00",
    "first monday 09:00",
    "live",
    "cron 30 8 * * 1-5",
)

_GROUPS = {
    "daily": WEEKDAYS,
    "everyday": WEEKDAYS,
    "weekday": WEEKDAYS[:5],
    "weekdays": WEEKDAYS[:5],
    "weekend": WEEKDAYS[5:],
    "weekends": WEEKDAYS[5:],
}
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERED = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth"}
_STEMS = (
    *_FULL_NAMES,
    *("daily", "weekdays", "weekends", "last day", LIVE, "cron 30 8 * * 1-5"),
    *(f"{name} monday" for name in ORDINALS),
)
_TAILS = ("", ":00", ":30", " pm", " 08:00", " 09:00", " 12:00", " 18:00", " 08:00 and 18:00", " and 18:00")

# Between words stands one space: whatever parts them was made one before, so no pattern can be led astray.
_SEPARATORS = re.compile(r"[\s,;]+")
_DANGLING = re.compile(r"^[,;]|[,;]$")
_CLOCK = r"(?<![\d:.])(?:\d{1,2}(?:[:.h]\d{2}(?: ?[ap]m)?| ?[ap]m)|noon)(?![\w:])"
_HOUR = r"(?<![\d:.])\d{1,2}(?![\w:.])"
_CLOCKS, _HOURS = rf"(?P<times>{_CLOCK}(?:(?: and)? {_CLOCK})*)", rf"(?P<times>{_HOUR}(?:(?: and)? {_HOUR})*)"
_SHAPES = tuple(
    map(
        re.compile,
        (
            rf"(?:(?P<dates>.+?) )??(?:at )?{_CLOCKS}",
            rf"(?:at )?{_CLOCKS} (?P<dates>.+)",
            rf"(?:(?P<dates>.+?) )?at {_HOURS}",
            rf"(?P<dates>\D*[a-z]) {_HOURS}",  # a number alone is an hour only where it cannot be a date
        ),
    )
)
_AND = re.compile(r"(?<=\S) and(?= )")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?")
_EVERY = re.compile(r"\b(?:every|each) day\b")
_EACH = re.compile(r"\b(?:every|each|on) (?=[a-z])")
_MONTHLY = re.compile(r"\b(?:monthly|(?:every|each) month) | of (?:the|each|every) month")
_BARE, _HALF = re.compile(r"[\d ]+(?: and [\d ]+)*"), re.compile(r"[ap]m\b")
_DAY_NUMBER = re.compile(r"(\d{1,2})(st|nd|rd|th)?")


def parse_schedule(text: str) -> str:
    """The canonical form of what was typed. Raises DigestError for what is not understood fully."""
    understood = _understood(text)
    if understood is None:
        raise DigestError(
            f"“{text}” is not a schedule. Write days and times, like `weekdays 8:30`, `mon, thu 18:00`, "
            "`daily 7:00 and 19:00`, `1st and 15th 9:00` or `first monday 9:00`; "
            "`live` for stories as they come; or `cron 30 8 * * 1-5`."
        )
    _check_amount(understood)
    return understood


def completions(typed: str) -> list[str]:
    """Schedules that what was typed may become, each with another meaning; the nearest first."""
    stem, _, word = typed.rpartition(" ")
    stems = [typed, *(f"{stem} {name}".strip() for name in _STEMS if word and name.startswith(word.lower()))]
    candidates = [stem + tail for stem in stems for tail in _TAILS] if typed.strip() else EXAMPLES
    by_meaning: dict[str, str] = {}
    for candidate in candidates:
        meaning = _understood(candidate)
        if meaning is not None and _slots_a_day(meaning) <= MOST_A_DAY:
            by_meaning.setdefault(meaning, candidate.strip())
    return list(by_meaning.values())


def schedule_of(digest: NewDigest) -> Schedule:
    """When a digest that is not live is due. Raises DigestError when its zone is not known any more."""
    return schedule_from(digest.schedule, zone_named(digest.timezone))


def next_slots(digest: NewDigest, now: datetime, count: int = 3) -> list[Slot]:
    """The next slots of a digest; none when it is live, or its zone is not known on this machine any more."""
    if digest.is_live:
        return []
    try:
        slots = schedule_of(digest).slots_after(now)
    except DigestError:
        return []
    return [next(slots) for _ in range(count)]


def in_words(schedule: str) -> str:
    """A canonical schedule as a person would write it, and as `parse_schedule` understands it."""
    if schedule == LIVE or schedule.startswith(CRON):
        return schedule
    dates, _, times = schedule.partition(" ")
    return f"{_dates_in_words(dates.split(','))} at {_listed(times.split(','))}"


def explained(schedule: str) -> str:
    """The same for those who only read it: a cron expression is told in words too, and live mode says what it does."""
    if schedule == LIVE:
        return "live: stories as they come"
    if schedule.startswith(CRON):
        fields = schedule.removeprefix(CRON)
        meaning = CronSim(fields, A_DAY).explain()
        return f"{meaning[:1].lower()}{meaning[1:]} (`{schedule}`)"
    return in_words(schedule)


def short_months_note(schedule: str) -> str:
    """What becomes of a day that not every month has; empty when every month has all of them."""
    if schedule == LIVE or schedule.startswith(CRON):
        return ""
    late = [day for day in ("29", "30", "31") if day in schedule.partition(" ")[0].split(",")]
    if not late:
        return ""
    return f"A month without a {_ordinal(late[0])} has no edition for it; `last day` means the last day of every month."


def _understood(text: str) -> str | None:
    tidy = " ".join(re.sub("[–—]", "-", text).lower().split())
    if len(tidy) > LONGEST:
        return None
    if tidy == LIVE:
        return LIVE
    if tidy.startswith(CRON):
        return _cron(tidy)
    if _DANGLING.search(tidy):
        return None
    words = _SEPARATORS.sub(" ", tidy.replace("&", " and "))
    for shape in _SHAPES:
        match = shape.fullmatch(words)
        dates = _canonical_dates(match["dates"] or "daily") if match else None
        times = _canonical_times(match["times"]) if match else None
        if match and _BARE.fullmatch(match["dates"] or "") and _HALF.search(match["times"]):
            return None  # "9 5pm": the 9th, or 9 and 17 o'clock?
        if dates and times:
            return f"{dates} {times}"
    return None


def _cron(text: str) -> str | None:
    """Nothing for what cron does not understand, or what never comes."""
    try:
        schedule_from(text, zone_named("UTC"))
        next(CronSim(text.removeprefix(CRON), A_DAY))
    except (ValueError, StopIteration):
        return None
    return text


def _check_amount(schedule: str) -> None:
    if _slots_a_day(schedule) > MOST_A_DAY:
        raise DigestError(
            f"That would be {_slots_a_day(schedule)} editions a day, and at most {MOST_A_DAY} are possible. "
            "`live` tells each story as it comes."
        )


def _slots_a_day(schedule: str) -> int:
    return 0 if schedule == LIVE else len(schedule_from(schedule, zone_named("UTC")).times)


def _canonical_times(text: str) -> str | None:
    words = _AND.sub("", re.sub(r" (?=[ap]m\b)", "", text)).split()
    has_halves = any(word.endswith("m") for word in words)
    times = [_canonical_time(word, has_halves=has_halves) for word in words]
    return None if None in times else ",".join(sorted(set(filter(None, times))))


def _canonical_time(word: str, *, has_halves: bool) -> str | None:
    """ "8:30", "20.15", "8pm" or "9" as "HH:MM"; an hour below 13 beside others with am or pm could be either."""
    if word == "noon":
        return "12:00"
    match = _TIME.fullmatch(word)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif has_halves and hour <= 12:
        return None
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _canonical_dates(text: str) -> str | None:
    return _weekdays(text) or _days_of_the_month(text)


def _weekdays(text: str) -> str | None:
    """ "weekdays", "mon, thu" or "mon-fri" as "mon,thu"."""
    tidy = _EACH.sub("", _EVERY.sub("daily", text))
    tidy = re.sub(r" ?(?:-|\bto\b) ?", "-", tidy)
    chosen: set[str] = set()
    for word in _AND.sub("", tidy).split():
        days = _GROUPS.get(word) or _range(word)
        if not days:
            return None
        chosen.update(days)
    return ",".join(day for day in WEEKDAYS if day in chosen)


def _range(word: str) -> tuple[str, ...]:
    first, dash, last = (part.strip() for part in word.partition("-"))
    start, end = _weekday(first), _weekday(last if dash else first)
    if start is None or end is None:
        return ()
    length = (end - start) % 7 + 1
    return tuple(WEEKDAYS[(start + offset) % 7] for offset in range(length))


def _weekday(word: str) -> int | None:
    matches = [i for i, name in enumerate(_FULL_NAMES) if len(word) >= 3 and name.startswith(word.removesuffix("s"))]
    return matches[0] if len(matches) == 1 else None


def _days_of_the_month(text: str) -> str | None:
    """ "monthly on the 1st and the last day" as "1,last"; "first and third monday" as "first-mon,third-mon"."""
    tidy = _MONTHLY.sub("", text).removeprefix("on ").replace("last day", LAST).replace("-", " ")
    words = _AND.sub("", re.sub(r"\bthe ", "", tidy)).split()
    if "-" in text and not any(_weekday(word) is not None for word in words):
        return None  # a range of numbers
    return _numbers(words) or _ordinal_weekdays(words)


def _numbers(words: Sequence[str]) -> str | None:
    chosen: set[int] = set()
    for word in words:
        match = _DAY_NUMBER.fullmatch(word)
        if match and 1 <= int(match[1]) <= 31 and match[2] in (None, _ordinal(match[1])[-2:]):
            chosen.add(int(match[1]))
        elif word != LAST:
            return None
    return ",".join([*map(str, sorted(chosen)), *([LAST] if LAST in words else [])])


def _ordinal_weekdays(words: Sequence[str]) -> str | None:
    pairs = list(_pairs(words))
    if None in pairs or not pairs:
        return None
    in_order = sorted({pair for pair in pairs if pair is not None})
    return ",".join(f"{ORDINALS[ordinal]}-{WEEKDAYS[weekday]}" for ordinal, weekday in in_order)


def _pairs(words: Sequence[str]) -> Iterator[tuple[int, int] | None]:
    """Each weekday with the ordinals before it; None where a word is neither, or has no partner."""
    waiting: list[int] = []
    for word in words:
        name, weekday = _NUMBERED.get(word, word), _weekday(word)
        if name in ORDINALS:
            waiting.append(ORDINALS.index(name))
        elif weekday is not None and waiting:
            yield from ((ordinal, weekday) for ordinal in waiting)
            waiting = []
        else:
            yield None
    if waiting:
        yield None


def _dates_in_words(names: Sequence[str]) -> str:
    if "-" in names[0]:
        pairs = (name.split("-") for name in names)
        return f"the {_listed([f'{n} {_full_name(day)}' for n, day in pairs], ' the ')} of each month"
    if names[0] not in WEEKDAYS:
        days = ["last day" if name == LAST else _ordinal(name) for name in names]
        return f"the {_listed(days, ' the ')} of each month"
    known = {WEEKDAYS: "every day", WEEKDAYS[:5]: "weekdays", WEEKDAYS[5:]: "weekends"}
    return known.get(tuple(names)) or _listed([_full_name(day) for day in names])


def _full_name(day: str) -> str:
    return _FULL_NAMES[WEEKDAYS.index(day)].capitalize()


def _ordinal(number: str) -> str:
    ending = "th" if 11 <= int(number) <= 13 else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f"{int(number)}{ending}"


def _listed(words: Sequence[str], before: str = " ") -> str:
    """ "a, b and c"."""
    *others, last = words
    return f"{f',{before}'.join(others)} and{before}{last}" if others else last
