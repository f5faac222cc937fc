"""Which days the relative dates of a text mean: "on Tuesday" in a report filed on Wednesday is the day before.

They are counted from the day of filing: the dateline's, else the day on which the text was published, in UTC. A bare
weekday is the nearest one, before that day where the sentence tells the past and after it where it tells what will be.
What leaves a doubt is left out: a sentence without a clear tense, a weekday to come on the same weekday, "last Friday"
of the same week, whatever stands in a quotation (its speaker's today is not the reporter's), habits and feasts. Weeks
and months mean no day. Nothing is rewritten.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from bot.ingest.texts.daywords import ANCHORS, CUES, MENTIONS, SHIFTS
from summarizer.languages import DEFAULT, told_language

MOST_DAYS = 100
_MOST_MENTIONS = 1_000  # looked at
_REACH = 36  # characters beside a weekday that belong to its mention
_SAMPLE = 400  # characters that the language is told by
_SENTENCE = 240  # characters before and after a mention that its tense is looked for in
_NEAR = 80  # characters after a mention in which the first verb is its own
_PARAGRAPH = 3_000  # characters before a mention in which a quotation may have begun
_FARTHEST = timedelta(days=10)  # of a day that is given by its number alone
_BORDER = re.compile(r"[.!?…][\"”’»)]?\s|[\n。！？؟]")
_COMMA = re.compile(r"[,;،]")
_OTHER_CLAUSE = re.compile(r"\b(?:which|who|whose|where|that|qui|que|quien|котор\w+)\b|\w[,;]")
_VERBS_LAST = ("zh", "ja")
_ADJACENT = re.compile(r"(?:将|將|预计|預計|定|拟)[于於在]?$")
_QUOTES = (("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"))

Day = tuple[int, int, date]


def days_meant(text: str, start: int, filed: date) -> list[Day]:
    """Start and end of each mention in `text` from `start` on, and the day that it means."""
    language = _language(text[start : start + _SAMPLE])
    if language not in MENTIONS:
        return []
    found: list[Day] = []
    month = None
    for match in islice(_mentions(text, start, language), _MOST_MENTIONS):
        said = {name: value for name, value in match.groupdict().items() if value}
        if "month" in said:
            month = int(said["month"])
            continue
        day = _day(said, filed, month) or _by_tense(text, match, said, filed, language)
        shown = next((group for group in ("day", "dayb", "dayc") if group in said), None)
        if day and shown and not _is_quoted(text, start, match.start(shown)):
            found.append((match.start(shown), match.end(shown), day))
        if len(found) == MOST_DAYS:
            break
    return found


def _language(sample: str) -> str:
    """What a text is written in; of a few words the language that a weekday in them is named in."""
    if told := told_language(sample):
        return told
    naming = [language for language, pattern in MENTIONS.items() if any(map(_names_weekday, pattern.finditer(sample)))]
    return naming[0] if len(naming) == 1 else DEFAULT


def _names_weekday(match: re.Match[str]) -> bool:
    return any(match[f"w{number}"] for number in range(7))


def _mentions(text: str, start: int, language: str) -> Iterator[re.Match[str]]:
    pattern = MENTIONS[language]
    if language not in ANCHORS:
        yield from pattern.finditer(text, start)
        return
    found = (anchor.finditer(text, start) for anchor in ANCHORS[language])
    for at in sorted(match.end() for matches in found for match in islice(matches, _MOST_MENTIONS)):
        match = pattern.search(text, max(start, at - _REACH), at + _REACH)
        if match and match.end() >= at:
            start = match.end()
            yield match


def _day(said: dict[str, str], filed: date, month: int | None) -> date | None:
    """The day of a mention that needs no verb to be clear; None where there is none or it does."""
    if "habit" in said:
        return None
    if shift := next((group for group in said if group in SHIFTS), None):
        return filed + timedelta(days=SHIFTS[shift])
    if "number" in said:
        return _numbered(int(said["number"]), filed, month)
    weekday = next(number for number in range(7) if f"w{number}" in said)
    before, after = _sides(weekday, filed)
    monday = filed - timedelta(days=filed.weekday())
    if beside := next((group for group in said if group.startswith("on")), None):  # "yesterday, Tuesday"
        day = filed + timedelta(days=SHIFTS[beside.replace("on", "shift")])
        return day if day.weekday() == weekday else None
    if said.keys() & {"past", "pastb"}:
        return before if before < filed else before - timedelta(days=7)
    if said.keys() & {"coming", "comingb"}:
        return after
    if "last" in said:
        return before if before < monday else None
    if "next" in said:
        return after if after >= monday + timedelta(days=7) else None
    for group, weeks in (("weeka", 0), ("weekb", -1), ("weekc", 1)):
        if group in said:
            return monday + timedelta(days=7 * weeks + weekday)
    if "since" in said:
        return before
    return None


def _sides(weekday: int, filed: date) -> tuple[date, date]:
    """The nearest such weekday not after the day of filing, and the nearest one after it."""
    before = filed - timedelta(days=(filed.weekday() - weekday) % 7)
    return before, before + timedelta(days=7)


def _numbered(number: int, filed: date, month: int | None) -> date | None:
    """The nearest day of that number, unless it is far or of another month than the text spoke of last."""
    near = [filed + timedelta(days=shift) for shift in range(-_FARTHEST.days, _FARTHEST.days + 1)]
    days = [day for day in near if day.day == number]
    return days[0] if len(days) == 1 and month in (None, days[0].month) else None


def _by_tense(text: str, match: re.Match[str], said: dict[str, str], filed: date, language: str) -> date | None:
    """The nearest weekday on the side that the sentence tells of."""
    weekday = next((number for number in range(7) if f"w{number}" in said), None)
    if weekday is None or said.keys() & {"habit", "last", "next", "on_1", "on0", "on1"}:
        return None
    before, after = _sides(weekday, filed)
    tense = _tense(text, match, language)
    if tense == "past" and "until" not in said:
        return before
    return after if tense == "future" and before != filed else None


def _tense(text: str, match: re.Match[str], language: str) -> str | None:
    """What the verb beside a mention tells: "past", "future", or None where that is not clear.

    The verb is the nearest before it in its sentence, else, and in languages that put it last, the next one. Where a
    comma stands between, both must tell the same.
    """
    left = _BORDER.split(text[max(0, match.start() - _SENTENCE) : match.start()])[-1]
    right = _BORDER.split(text[match.end() : match.end() + _SENTENCE], maxsplit=1)[0]
    before, beside = _verb_before(left, language)
    after = _verb_after(right, language)
    if language in _VERBS_LAST and not _ADJACENT.search(left):
        return after or before
    if before and (beside or after in (None, before)):
        return before
    return None if before else after


def _verb_before(left: str, language: str) -> tuple[str | None, bool]:
    """What the last verb tells, and whether no comma stands behind it."""
    last = None
    for cue in CUES[language].finditer(left):
        if cue.lastgroup != "noun":
            last = cue
    return (last.lastgroup, not _COMMA.search(left, last.end())) if last else (None, False)


def _verb_after(right: str, language: str) -> str | None:
    """What the first verb tells, unless it is another clause's."""
    reach = len(right) if language in _VERBS_LAST else _NEAR
    for cue in CUES[language].finditer(right, 0, reach):
        if cue.lastgroup != "noun":
            return None if _OTHER_CLAUSE.search(right, 0, cue.start()) else cue.lastgroup
    return None


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Whether a quotation is open here, that began in the same paragraph."""
    paragraph = text.rfind("\n", max(start, at - _PARAGRAPH), at) + 1 or max(start, at - _PARAGRAPH)
    before = text[paragraph:at]
    if before.count('"') % 2:
        return True
    if before.isascii():
        return False
    if "„" in before:
        return before.count("„") > before.count("“") + before.count("”")
    return any(before.count(opens) > before.count(closes) for opens, closes in _QUOTES)
