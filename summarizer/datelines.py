"""Headers and datelines at the head of an article: "date 2021-07-28", "BEIJING, July 28 (Xinhua) --", "Paris (CNN)".

They say where and when a text was filed and are no part of its first sentence.
"""

import datetime
import re
from dataclasses import dataclass

from summarizer.dates import DATE, WEEKDAY, parse_date
from summarizer.types import Dateline
from summarizer.words import word_set

_LINES_BEFORE = 3  # a title, a byline or a caption may stand above the dateline
_LONGEST_HEAD = 160  # characters of such a line, and of what is looked at for a dateline

_AGENCIES = word_set(
    """
    afp agencies anadolu ani ansa ap apa associated press azertac belga bernama bloomberg cbs cna cnn cp dpa efe
    epa fars hln ians interfax ips irna isna itar-tass jiji kyodo lusa mena nbc npr pa pap pna pti reuters ria
    ritzau sana sda sid spa ta tanjug tass tt upi xinhua yonhap ap/afp
    """
) | {"associated press", "the associated press", "ap photo", "ria novosti", "the hollywood reporter", "rolling stone"}
_NO_PLACES = word_set(
    """
    alert analysis breaking brief comment correction editorial exclusive explainer factbox feature focus live
    news opinion photos podcast poll preview profile report review scorecard timeline update updated video watch
    world
    """
)
_SMALL_WORDS = word_set(
    """
    al am an and by city da de del der di do dos du e el en i la las le les los of on sur the upon y
    """
)
_ACRONYMS = word_set(
    """
    D.C. DC U.S. US USA U.K. UK UAE UN U.N. NY DRC N.Y. B.C. N.J. P.R.
    """
)

_KEY = r"(?:(?:first\s+)?(?:date|dated|published|posted|updated|last\s+updated|publication\s+date))\b[ \t]*[:=]?[ \t]*"
_CLOCK = r"(?:[ \t]+(?:at[ \t]+)?\d\d?:\d\d(?:[ \t]?[ap]\.?m\.?)?(?:[ \t]+[A-Z]{2,4}\b)?)?"
_KEYED_LINE = re.compile(
    rf"{_KEY}(?:on\s+)?(?:[^\W\d_]{{2,12}}\.?,?[ \t]+)?(?P<date>{DATE}){_CLOCK}[ \t]*[.;|]?(?=\s|$)", re.IGNORECASE
)
_BARE_DATE = re.compile(
    rf"(?:[^\s\d,،.]{{2,14}}\.?[ \t]*[,،]?[ \t]*)?(?P<date>{DATE})[ \t]*(?:\n|\r|\.[ \t]|$)", re.IGNORECASE
)
_SOURCE_LINE = re.compile(
    r"(?:source|author|byline|agency)[ \t]*[:=][ \t]*[^\n\r]{1,80}(?:[\n\r]|$)|by[ \t]+[^\n\r.]{3,80}[\n\r]",
    re.IGNORECASE,
)

_DASH = r"(?:--+|[-–—―])"
_PLACE = r"(?P<place>[^\W\d_][^\n\r()\d:;!?\"“”—–―]{1,58}?)"
_AGENCY = r"[(（](?P<agency>[^()（）\n\r]{2,40})[)）]"
_COMMA = rf"(?:,\s*|\s+)(?:{WEEKDAY},?\s+)?"
_BYLINE = r"(?:by\s+[^\n\r,.]{3,50},\s+)?"

# "/TASS/.", "- РИА Новости." or a dash alone
_WIRE = rf"[.,]?\s*/(?P<wire>[^/\n]{{2,20}})/\.?\s*{_DASH}?|{_DASH}(?:\s*(?P<wire2>РИА Новости|ТАСС|Интерфакс)\.)?"

# In order of how much they say. `sep` is the dash or colon that ends a dateline.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_BYLINE}{_PLACE}{_COMMA}(?P<date>{DATE})\.?,?\s*(?:{_AGENCY}\s*(?P<sep>{_DASH}|[:.])?|(?P<sep2>{_WIRE}|:))",
        rf"(?P<date>{DATE})\s*[,.]?\s*(?:{_PLACE}\s*)?(?:{_AGENCY}\s*(?P<sep>{_DASH}|:)?|(?P<sep2>{_DASH}))",
        rf"{_BYLINE}{_PLACE}\s*{_AGENCY}\s*(?P<sep>{_DASH}|:)?",
        rf"{_AGENCY}\s*(?P<sep>{_DASH}|:)?",
        rf"{_BYLINE}{_PLACE}(?P<sep2>\s+{_DASH}\s+|\s*[–—]\s*)",
        rf"(?P<wire>新华社|中新社|中新网|中央社|人民网|央视网)(?P<place>[^\W\d]{{1,8}}?)(?P<date>{DATE})(?P<sep2>电|讯|消息)"
        r"(?:[（(][^（()）\n]{1,40}[)）])?[，,:：]?",
    )
)


@dataclass(frozen=True, slots=True)
class _Head:
    dateline: Dateline
    end: int


def find_dateline(text: str) -> tuple[Dateline | None, int]:
    """What the head of `text` says of place, date and agency, and where the body begins.

    The year that a dateline leaves out comes from a date line above it; without one its date stays unknown.
    """
    header_date, start = _skip_headers(text, 0)
    position = start
    for _ in range(_LINES_BEFORE + 1):
        head = _match_dateline(text, position, header_date)
        if head is not None:
            return _completed(head.dateline, header_date), _skip_space(text, head.end)
        below = _next_line(text, position)
        if below is None:
            break
        later_date, position = _skip_headers(text, below)
        if later_date is not None:
            header_date, start = header_date or later_date, position
    return (Dateline(date=header_date) if header_date else None), start


def _completed(dateline: Dateline, header_date: datetime.date | None) -> Dateline:
    return Dateline(dateline.place, dateline.date or header_date, dateline.agency)


def _skip_headers(text: str, position: int) -> tuple[datetime.date | None, int]:
    date = None
    position = _skip_space(text, position)
    while True:
        if match := _KEYED_LINE.match(text, position) or _BARE_DATE.match(text, position):
            found = parse_date(match["date"])
            if found is None:  # without a year it may open a dateline or a sentence
                return date, position
            date = date or found
        elif not (match := _SOURCE_LINE.match(text, position)):
            return date, position
        position = _skip_space(text, match.end())


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _next_line(text: str, position: int) -> int | None:
    """Where the next line begins, when the one at `position` may be a title, a byline or a caption."""
    end = text.find("\n", position, position + _LONGEST_HEAD)
    if end < 0 or text[position:end].rstrip().endswith((".", "!", "。")):
        return None
    return _skip_space(text, end)


def _match_dateline(text: str, position: int, near: datetime.date | None) -> _Head | None:
    head = text[position : position + _LONGEST_HEAD]
    for form in _FORMS:
        match = form.match(head)
        if match and (dateline := _read(match, head, near)):
            return _Head(dateline, position + match.end())
    return None


def _read(match: re.Match[str], head: str, near: datetime.date | None) -> Dateline | None:
    """The dateline that a form matched, unless its parts or what follows show that this is a sentence."""
    parts = {name: (value or "").strip() for name, value in match.groupdict().items()}
    place, date, agency = (parts.get(name, "") for name in ("place", "date", "agency"))
    separated = bool(parts.get("sep") or parts.get("sep2"))
    rest = head[match.end() :].lstrip()
    if not rest or rest[0].islower() or (place and not _is_place(place)):
        return None
    if agency and not _is_agency(agency, separated=separated or bool(date), glued=head[match.end()].isalnum()):
        return None
    if not date and not agency and not _is_bare_place(place):
        return None
    return Dateline(
        _in_title_case(place) or None, parse_date(date, near), agency or parts.get("wire") or parts.get("wire2") or None
    )


def _is_place(place: str) -> bool:
    names = re.split(r"[\s/]+", place.rstrip(","))
    return len(names) <= 8 and all(
        not name[0].islower() or name.lower().rstrip(",") in _SMALL_WORDS or name[1:2] in "'’-"
        for name in names
        if name
    )


def _is_bare_place(place: str) -> bool:
    """A place with nothing but a dash after it is taken for one only when its first word is in capitals."""
    first = re.split(r"[\s,/]+", place)[0]
    return first.isupper() and len(first) > 2 and first.lower() not in _NO_PLACES


def _is_agency(agency: str, *, separated: bool, glued: bool) -> bool:
    if agency.lower() in _AGENCIES:
        return True
    looks_like_one = not agency[0].isdigit() and not (agency.islower() and len(agency.split()) == 1)
    return looks_like_one and (separated or glued)


def _in_title_case(place: str) -> str:
    return re.sub(
        r"[^\s/,]+", lambda word: _cased(word.group(), at_start=word.start() == 0), " ".join(place.split()).rstrip(",")
    )


def _cased(word: str, *, at_start: bool) -> str:
    if not word.isupper() or word in _ACRONYMS:
        return word
    if word.lower() in _SMALL_WORDS - {"city"} and not at_start:
        return word.lower()
    return re.sub(r"(^|[-.])(\w)|(['’])(\w)(?=\w{2})", lambda match: match.group().upper(), word.lower())
