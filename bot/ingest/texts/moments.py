"""Moments as a line states them: "0600 GMT, July 28", "Mittwoch, 28. Juli, 6.00 Uhr", "7月28日午前6時"."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from summarizer.dates import DATE, parse_date

_CLOCK = re.compile(
    r"(?<![\d.:])(?:(?P<half1>上午|下午|午前|午後|오전|오후|凌晨|晚上|晚)\s?)?"
    r"(?:(?P<h1>\d{1,2})\s?[:h٫]\s?(?P<m1>\d{2})(?::\d\d)?|(?P<h2>\d{1,2})\.(?P<m2>\d{2})(?![.\d])"
    r"|(?P<h3>[01]\d|2[0-4])(?P<m3>[0-5]\d)|(?P<h4>\d{1,2})\s?(?:時|时|點|点|시)\s?(?:(?P<m4>\d{1,2})\s?[分분])?"
    r"|(?P<h5>\d{1,2})\s?(?:uhr|h|heures?|horas?|ore|uur|час(?:ов|а)?|годин[иу]?)(?!\w)"
    r"|\b(?:ore|las|às|um|at)\s(?P<h7>\d{1,2})(?![\d:.])|(?P<h6>\d{1,2})(?=\s?(?:[ap]\.?m\b|صباح|مساء)))(?![\d%])"
    r"\s?(?P<half2>[ap]\.?m\b\.?|صباحا?ً?|مساءً?|[صم](?!\w))?",
    re.IGNORECASE,
)
_HOUR_FIRST = re.compile(r"الساعة\s+(?P<h1>\d{1,2})(?!\d)(?::(?P<m1>\d\d))?\s?(?P<half2>صباحا?ً?|مساءً?|[صم](?!\w))?")
_MIDNIGHT = re.compile(
    r"(?<![^\W\d_])(?:midnight|mitternacht|minuit|medianoche|mezzanotte|полуноч\w*)\b|منتصف الليل|午夜|零时", re.I
)
_NOON = re.compile(
    r"(?<![^\W\d_])(?:noon|midday|mittags?|12\s?uhr\s?mittags|midi|mediodía|mezzogiorno|полудня)\b|正午|中午|ظهرا", re.I
)
_LATE_HALVES = ("p", "下午", "午後", "오후", "晚", "مساء", "م")
_SHORT_DATE = re.compile(
    r"(?<![\d.:/])(?P<d1>\d{1,2})\.\s?(?P<m1>\d{1,2})\.(?!\d)"  # 28.07.
    r"|(?<![\d.:/])(?P<d2>\d{1,2})/(?P<m2>\d{1,2})(?:/(?P<y2>(?:20)?\d\d))?(?![\d/])"
    r"|(?<!\d)(?P<y3>20\d\d)\.\s?(?P<m3>\d{1,2})\.\s?(?P<d3>\d{1,2})\.?(?!\d)"  # 2021. 7. 28.
)

_WEEKDAYS = re.compile(
    "|".join(
        f"(?P<d{number}>{listed.strip()})"
        for number, listed in enumerate(
            """
            (?<!\\w)(?:mon(?:day)?|montag|lundi|lunes|lunedì|понедельник[а]?|maandag|segunda-feira)(?!\\w)|周一|星期一|月曜|월요일|الاثنين
            (?<!\\w)(?:tue(?:s(?:day)?)?|dienstag|mardi|martes|martedì|вторник[а]?|dinsdag|terça-feira)(?!\\w)|周二|星期二|火曜|화요일|الثلاثاء
            (?<!\\w)(?:wed(?:nesday)?|mittwoch|mercredi|miércoles|mercoledì|сред[ыау]|woensdag|quarta-feira)(?!\\w)|周三|星期三|水曜|수요일|الأربعاء
            (?<!\\w)(?:thu(?:rs(?:day)?)?|donnerstag|jeudi|jueves|giovedì|четверг[а]?|donderdag|quinta-feira)(?!\\w)|周四|星期四|木曜|목요일|الخميس
            (?<!\\w)(?:fri(?:day)?|freitag|vendredi|viernes|venerdì|пятниц[ыау]|vrijdag|sexta-feira)(?!\\w)|周五|星期五|金曜|금요일|الجمعة
            (?<!\\w)(?:sat(?:urday)?|samstag|sonnabend|samedi|sábado|sabato|суббот[ыау]|zaterdag)(?!\\w)|周六|星期六|土曜|토요일|السبت
            (?<!\\w)(?:sun(?:day)?|sonntag|dimanche|domingo|domenica|воскресень[ея]|zondag)(?!\\w)|周日|周天|星期日|星期天|日曜|일요일|الأحد
            """.strip().splitlines()
        )
    ),
    re.IGNORECASE,
)


def _hours(offset: float) -> Callable[[], tzinfo]:
    return lambda: timezone(timedelta(hours=offset))


def _place(name: str) -> Callable[[], tzinfo]:
    return lambda: ZoneInfo(name)


_OFFSET = re.compile(
    r"(?:(?:gmt|utc)\s?(?P<short>[+-]\d{1,2})(?::?(?P<minutes>\d\d))?|(?P<long>[+-]\d\d:?\d\d))(?!\d)", re.I
)
_ZONES = tuple(
    (re.compile(pattern, re.IGNORECASE), zone)
    for pattern, zone in (
        (r"(?<![^\W\d_])(?:gmt|utc|z)\b|غرينتش|جرينتش|гринвичу|世界时|世界標準時|グリニッジ", _hours(0)),
        (r"(?<![^\W\d_])(?:et|eastern|new york time)\b", _place("America/New_York")),
        (r"(?<![^\W\d_])(?:ct|central)\b", _place("America/Chicago")),
        (r"(?<![^\W\d_])(?:mt|mountain)\b", _place("America/Denver")),
        (r"(?<![^\W\d_])(?:pt|pacific)\b", _place("America/Los_Angeles")),
        (r"(?<![^\W\d_])(?:london|uk) time\b", _place("Europe/London")),
        (r"heure de paris|paris time|hora peninsular|hora de madrid|ora italiana", _place("Europe/Paris")),
        (r"deutscher zeit|berlin time|brussels time", _place("Europe/Berlin")),
        (r"київським|киевскому|kyiv time", _place("Europe/Kyiv")),
        (r"القاهرة", _place("Africa/Cairo")),
        (r"\best\b", _hours(-5)),
        (r"\bedt\b", _hours(-4)),
        (r"\bcst\b", _hours(-6)),
        (r"\bcdt\b", _hours(-5)),
        (r"\bmst\b", _hours(-7)),
        (r"\bmdt\b", _hours(-6)),
        (r"\bpst\b", _hours(-8)),
        (r"\bpdt\b", _hours(-7)),
        (r"\bb?rt\b|hora de bras[ií]lia", _hours(-3)),
        (r"(?<![^\W\d_])(?:bst|ist|wat|cet|mez)\b", _hours(1)),
        (r"(?<![^\W\d_])(?:cest|mesz|sast|cat|eet)\b", _hours(2)),
        (r"(?<![^\W\d_])(?:msk|eest|eat)\b|\bмск\b|московско|السعودية|مكة", _hours(3)),
        (r"الإمارات|دبي|أبوظبي", _hours(4)),
        (r"北京时间|北京時間|台北時間|beijing time|\b(?:hkt|sgt|awst)\b", _hours(8)),
        (r"日本時間|日本时间|\b(?:jst|kst)\b|한국\s?시간", _hours(9)),
        (r"\baest\b", _hours(10)),
        (r"\baedt\b", _hours(11)),
    )
)
_DATE = re.compile(DATE, re.IGNORECASE)
_FILLERS = re.compile(
    r"\b(?:local|time|hrs?|hours|sharp|on|at|the|of|um|uhr|ab|bis|am|den|dem|le|la|las|el|del|de|du|à|a|al|los|horas?|heures?|h"
    r"|publication|release|broadcast|use|for|until|zur|freigabe|года?|в|часов|по|времени|до)\b",
    re.IGNORECASE,
)


def stated_moment(stated: str, sent: datetime | None, *, day_begins_it: bool) -> tuple[datetime | None, int]:
    """The moment that is stated, None where there is none, and how many words say something else.

    What is left open is read as late as makes sense. A time without a zone is UTC's; an abbreviation of several zones
    means the westernmost; midnight of a day is its end. A day without a time means its end, or where `day_begins_it`
    noon UTC, when it has begun everywhere. A time or a weekday alone is the next one after `sent`.
    """
    day, rest = _take_day(unicodedata.normalize("NFKC", stated), sent)
    zone, rest = _take_zone(rest)
    clock, rest = _take_clock(rest)
    weekday = _WEEKDAYS.search(rest)
    rest = _WEEKDAYS.sub(" ", rest)
    if day is None and weekday and sent:
        day = _next_weekday(sent.date(), int((weekday.lastgroup or "d0")[1:]))
        if clock and not day > sent.date() and _at(day, clock, zone) < sent:
            day += timedelta(days=7)
    words_beside = sum(word.isalpha() for word in _FILLERS.sub(" ", rest).split())
    if day is None:
        return (_next_time(clock, zone, sent) if clock and sent else None), words_beside
    if clock:
        return _at(day, clock, zone), words_beside
    if day_begins_it:
        return _at(day, timedelta(), zone) if zone else _at(day, timedelta(hours=12), UTC), words_beside
    return _at(day, timedelta(days=1), zone), words_beside


def _at(day: date, clock: timedelta, zone: tzinfo | None) -> datetime:
    return (datetime.combine(day, time(), zone or UTC) + clock).astimezone(UTC)


def _next_weekday(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _next_time(clock: timedelta, zone: tzinfo | None, sent: datetime) -> datetime:
    day = sent.astimezone(zone or UTC).date()
    until = _at(day, clock, zone)
    return until if until > sent else _at(day + timedelta(days=1), clock, zone)


def _take_day(stated: str, sent: datetime | None) -> tuple[date | None, str]:
    near = sent and sent.date()
    if written := _DATE.search(stated):
        found = written.group()
        clock = found[10:] if found[:4].isdecimal() and found[4:5] == "-" else ""  # of 2021-07-28T06:00
        if "/" not in found:
            return parse_date(found, near), f"{stated[: written.start()]} {clock} {stated[written.end() :]}"
    if written := _SHORT_DATE.search(stated):
        return _short_date(written, near), f"{stated[: written.start()]} {stated[written.end() :]}"
    return None, stated


def _short_date(written: re.Match[str], near: date | None) -> date | None:
    """A date in figures: of day and month in either order the later, of years the nearest where it is left out."""
    parts = {name[0]: int(value) for name, value in written.groupdict().items() if value}
    orders = [(parts["m"], parts["d"])] + ([(parts["d"], parts["m"])] if written["d2"] else [])
    years = [parts["y"] % 100 + 2000] if "y" in parts else [near.year + shift for shift in (-1, 0, 1)] if near else []
    found = [[day for year in years if (day := _date(year, *order))] for order in orders]
    nearest = [min(days, key=lambda day: abs(day - near) if near else timedelta()) for days in found if days]
    return max(nearest, default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _take_zone(stated: str) -> tuple[tzinfo | None, str]:
    if offset := _OFFSET.search(stated):
        hours, minutes = offset["short"] or offset["long"][:3], offset["minutes"] or (offset["long"] or "")[-2:] or "0"
        shift = timedelta(hours=abs(int(hours)), minutes=int(minutes) if offset["long"] or offset["minutes"] else 0)
        if shift < timedelta(hours=15):
            return timezone(-shift if hours[0] == "-" else shift), _without(stated, offset)
    for pattern, zone in _ZONES:
        if found := pattern.search(stated):
            return zone(), _without(stated, found)
    return None, stated


def _take_clock(stated: str) -> tuple[timedelta | None, str]:
    """The time of day; midnight is the end of the day."""
    if found := _MIDNIGHT.search(stated):
        return timedelta(days=1), _without(stated, found)
    found = _CLOCK.search(stated) or _HOUR_FIRST.search(stated)
    if found is None:
        noon = _NOON.search(stated)
        return (timedelta(hours=12), _without(stated, noon)) if noon else (None, stated)
    parts = {name: value for name, value in found.groupdict().items() if value}
    hour = next(int(value) for name, value in parts.items() if name[0] == "h" and name[1:].isdecimal())
    minute = next((int(value) for name, value in parts.items() if name[0] == "m"), 0)
    half = (parts.get("half1") or parts.get("half2") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith(_LATE_HALVES) else 0)
    is_time = hour <= 24 and minute < 60
    return (timedelta(hours=hour, minutes=minute) if is_time else None), _without(stated, found)


def _without(stated: str, found: re.Match[str]) -> str:
    return f"{stated[: found.start()]} {stated[found.end() :]}"
