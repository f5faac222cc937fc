"""Headers and datelines at the head of an article: "date 2021-07-28", "BEIJING, July 28 (Xinhua) --", "Paris (CNN)".

They say where and when a text was filed and are no part of its first sentence.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cache

from summarizer.dates import DATE, WEEKDAY, parse_date
from summarizer.types import Dateline
from summarizer.wires import AGENCIES, CITIES
from summarizer.words import word_set

_LINES_BEFORE = 3  # a title, a byline or a caption may stand above the dateline
_LONGEST_HEAD = 160  # characters of such a line, and of what is looked at for a dateline

_LONGEST_ACRONYM = 5
_MOST_BARE_NAMES = 4
_SENT_BY_WIRE = tuple("电電讯訊")
_NO_PLACES = word_set(
    """
    alert analysis breaking brief comment correction editorial exclusive explainer factbox feature focus live
    news opinion photos podcast poll preview profile report review scorecard timeline update updated video watch
    world
    """
)
_SMALL_WORDS = word_set(
    """
    al am an and at by city da de del der di do dos du e el en from i in la las le les los of on sur the upon y
    den dem il в во في
    """
)
_ACRONYMS = word_set(
    """
    D.C. DC U.S. US USA U.K. UK UAE UN U.N. NY DRC N.Y. B.C. N.J. P.R.
    """
)

_KEY = (
    r"(?:(?:(?:first\s+)?(?:date|dated|published|posted|updated|last\s+updated|publication\s+date)"
    r"|datum|stand|(?:veröffentlicht|aktualisiert)(?:\s+am)?|date\s+de\s+publication|(?:publié|mis\s+à\s+jour)(?:\s+le)?"
    r"|fecha|(?:publicado|actualizado)(?:\s+el)?|data|pubblicato(?:\s+il)?|дата|опубликовано|обновлено"
    r"|تاريخ(?:\s+النشر)?|نشر(?:\s+في)?)\b"
    r"|发布时间|發布時間|发布日期|日期|时间|公開日|更新日|配信日時|掲載日)[ \t]*[:：=]?[ \t]*"
)
_TIME = r"\d\d?:\d\d(?::\d\d)?(?:[ \t]?[ap]\.?m\.?)?(?:[ \t]+[A-Z]{2,4}\b)?"
_CLOCK = rf"(?:[ \t]+(?:at[ \t]+)?{_TIME})?"
_DAY_NAME = r"(?:[^\s\d,،.]{2,14}[ \t]+)?[^\s\d,،.]{2,14}\.?[ \t]*[,،]?[ \t]*"
_KEYED_LINE = re.compile(
    rf"{_KEY}(?:on\s+)?(?:{_TIME},?[ \t]+)?(?:[^\W\d_]{{2,12}}\.?,?[ \t]+)?(?P<date>{DATE}){_CLOCK}"
    r"[ \t]*[.;|]?(?=\s|$)",
    re.IGNORECASE,
)
_BARE_DATE = re.compile(rf"(?:{_DAY_NAME})?(?P<date>{DATE}){_CLOCK}[ \t]*(?:\.?(?:\n|\r|$)|\.[ \t])", re.IGNORECASE)
_INLINE_DATE = re.compile(rf"{WEEKDAY}[ \t]*[,،]?[ \t]*(?P<date>{DATE})[ \t]*", re.IGNORECASE)
_SOURCE_LINE = re.compile(
    r"(?:source|author|byline|agency|quelle|autor(?:in)?|agentur|auteur|fuente|agencia|fonte|источник|автор|агентство|来源|來源"
    r"|作者|出典|提供|المصدر|الكاتب)[ \t]*[:：=][ \t]*[^\n\r]{1,80}(?:[\n\r]|$)|by[ \t]+[^\n\r.]{3,80}[\n\r]"
    r"|(?:von|par|por)[ \t]+(?-i:[A-ZÀ-Þ][\w.'’-]+"
    r"(?:[ \t,]+(?:und|et|y|e|de|von|van|da|del|[A-ZÀ-Þ][\w.'’-]*)){1,7})[ \t]*[\n\r]",
    re.IGNORECASE,
)

_DASH = r"(?:--+|[-–—―|]|_(?=\s))"
_PLACE = r"(?P<place>[^\W\d_][^\n\r()\d:;!?\"“”—–―|]{1,58}?)"
_AGENCY = r"[(（](?P<agency>[^()（）\n\r]{2,40})[)）]"
_KNOWN = "(?P<wire>" + "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True)) + r")(?![^\W_])"
_END = rf"(?P<sep>\.?\s*{_DASH}|[:.。।])"
_PLACE_END = re.compile(r"[\s,،-]+$|(?<![.\s]\w)\.[\s-]*$")  # "Moscow.", but "Washington, D.C."
_REGION = r"(?:\s\([^()\n\d]{2,30}\))?"  # "Norrby (Sando), "
_COMMA = rf"(?:[,،]\s*|\.\s+|\s+(?:في\s+)?)(?:(?:den|le|el)\s+)?(?:{WEEKDAY},?\s+)?"
# "By Anna Holm, NORRBY", "By Anna Holm NORRBY"
_BYLINE = (
    r"(?:(?:by|von|par|por)\s+(?:[^\n\r,.]{3,50},\s+"
    r"|(?-i:(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][a-zß-ÿ][\w'’-]*|and|und|et|y)\s){2,6}(?=(?-i:[A-ZÀ-Þ]{3,}))))?"
)
_CHINESE = (
    r"新华社|新華社|中新社|中新网|中新網|中央社|人民网|央视网|本报|本報|澎湃新闻|路透社?|法新社|美联社|美聯社"
    r"|共同社|塔斯社"
)
_ANY_CHINESE = rf"{_CHINESE}|[\u4e00-\u9fff]{{1,4}}?[社网網]"
_CHINESE_DATE = rf"(?P<date>{DATE}|\d{{1,2}}日)"

_PLACE_AND_DATE = rf"{_BYLINE}{_PLACE}{_REGION}{_COMMA}(?P<date>{DATE})\.?,?\s*"
_DIGIT = re.compile(r"\d")
# In order of how much they say. `sep` is the dash, colon or full stop that ends a dateline.
_FORMS = (
    # 新华社北京7月28日电（记者张三）    （中央社記者王小明台北28日電）    中新网7月28日电
    rf"[（(【]?(?:據|据)?(?P<wire>{_ANY_CHINESE})(?:(?:記者|记者)[^（()）\d]{{2,3}})?(?P<place>[^\W\d]{{1,8}}?)?{_CHINESE_DATE}"
    r"(?P<sep2>[专專]?[电電讯訊]|(?:综合|綜合)?(?:外[电電])?[报報][导導道]|消息)[）)】]?\s*(?:[（(][^（()）\n]{1,40}[)）])?\s*(?:题[：:]|[，,:：]|-\s)?",
    # 本报讯（记者张三）    新华社北京电 （    【海岸网讯】
    r"[【(（]?(?P<wire>本报|本報)(?P<sep2>[讯訊])(?=[】)）（(\s])[】)）]?\s*(?:[（(](?:记者|記者|通讯员)[^（()）\n]{1,40}[)）])?",
    rf"[【(（]?(?:據|据)?(?P<wire>{_CHINESE})(?P<place>[^\W\d]{{2,4}}?)?(?P<sep2>[电電])(?:[】)）]|\s+(?=\S)|(?=[（(]))(?:[（(][^（()）\n]{{1,40}}[)）])?",
    r"【(?P<wire>[^】\n]{2,8}?)(?P<sep2>[讯訊])】",
    # NORRBY, July 28 (Coastwire) --    МОСКВА, 28 июля. /ТАСС/.    Norrby, 28 July 2021:
    rf"{_PLACE_AND_DATE}(?:{_AGENCY}\s*{_END}?|/\s?(?P<wire>[^/\n]{{2,40}}?)\s?/(?P<sep2>\.?\s*{_DASH}?))",
    rf"{_PLACE_AND_DATE}(?:{_DASH}\s*)?{_KNOWN}(?:,\s[^\W\d_]+(?:\s[^\W\d_]+){{1,2}})?\s*{_END}",
    rf"{_PLACE_AND_DATE}(?P<sep>{_DASH}|:)",
    rf"{_PLACE}{_REGION},\s(?:den|le|el)\s(?P<date>{DATE})(?P<sep2>\.)(?=\s)",
    # July 28 (Coastwire) -    28 July 2021 - Norrby -    Norrby – July 28, 2021 –
    rf"(?P<date>{DATE})\s*[,.]?\s*(?:{_PLACE}\s*)?{_AGENCY}\s*{_END}?",
    rf"(?P<date>{DATE})\s*{_DASH}\s*{_PLACE}\s+(?P<sep>{_DASH})(?=\s)",
    rf"(?P<date>{DATE})\s*[,.]?\s*(?:{_PLACE}\s*)?(?P<sep>{_DASH})",
    rf"{_PLACE}\s+{_DASH}\s+(?P<date>{DATE})\s*(?P<sep>{_DASH}|:)",
    rf"\[{_PLACE}{_COMMA}(?P<date>{DATE})(?P<sep>\])",
    rf"{_BYLINE}{_PLACE},?\s+(?P<date>\d{{1,2}})\s*{_AGENCY}\s*{_END}?",
    rf"{_PLACE}\s*[-–]\s*\d{{1,2}}\s*[-–]\s*\d{{1,2}}\s*{_AGENCY}\s*(?P<sep>\s*[-–—]+)",
    # (Coastwire) - NORRBY, July 28 -    NORRBY (Coastwire) --    (Coastwire)
    rf"{_AGENCY}\s*{_DASH}\s*{_PLACE}{_COMMA}(?P<date>{DATE})\s*(?P<sep>{_DASH})",
    rf"{_BYLINE}{_PLACE}\s*(?:-\s*)?{_AGENCY}\s*{_END}?",
    rf"{_AGENCY}\s*{_END}?",
    # Norrby, AAP –    Київ. Укрінформ.    Reuters -    NORRBY --    BEIRUT:    Ciudad de México.-
    rf"{_PLACE}\s*[,.،]?\s+(?:{_DASH}\s*)?{_KNOWN}\s*{_END}(?=\s)",
    rf"{_KNOWN}\s*(?P<sep>{_DASH}|:)(?=\s)",
    rf"{_BYLINE}{_PLACE}(?P<sep2>\s+{_DASH}\s+|\s*[–—]\s*|:\s+|\.[-–—]\s+|।\s+)",
)
# 【ソウル共同】    [서울=뉴시스] 홍길동 기자 =    ［東京　２８日　ロイター］ -
_BRACKETED = re.compile(
    r"[【［\[(（](?P<head>[^】］\])）\n]{1,30}[\u3040-\u9fff가-힣][^】］\])）\n]{0,30}|[가-힣\u3040-\u9fff]{2,12})[】］\])）]\s*"
    r"(?:[가-힣]{2,4}(?:[·\s][가-힣]{2,4}){0,3}\s*(?:특파원|기자)\s*=\s*)?(?:[-–—:]\s+)?"
)
_CJK_DATE = re.compile(r"(?:(?:20\d\d年)?\d{1,2}月)?\d{1,2}日")
_CJK_AGENCY = re.compile(
    "(?:"
    + "|".join(name for name in AGENCIES if name > "\u3000")
    + "|AFP|AP|CNN|DPA|[\u3040-\u9fff]{2,6}?(?:通信社?|新聞社?))$"
)


@dataclass(frozen=True, slots=True)
class _Head:
    dateline: Dateline
    end: int


def find_dateline(text: str, near: datetime.date | None = None) -> tuple[Dateline | None, int]:
    """What the head of `text` says of place, date and agency, and where the body begins.

    The year that a dateline leaves out comes from a date line above it, else it is the one closest to `near`; without
    these its date stays unknown.
    """
    header_date, start = _skip_headers(text, 0)
    position = start
    for _ in range(_LINES_BEFORE + 1):
        head = _match_dateline(text, position, header_date, near)
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
        if match := _dated_line(text, position):
            found = parse_date(match["date"])
            if found is None:  # without a year it may open a dateline or a sentence
                return date, position
            date = date or found
        elif not (match := _SOURCE_LINE.match(text, position)):
            return date, position
        position = _skip_space(text, match.end())


def _dated_line(text: str, position: int) -> re.Match[str] | None:
    if not _DIGIT.search(text, position, position + _LONGEST_HEAD):
        return None
    return _KEYED_LINE.match(text, position) or _BARE_DATE.match(text, position) or _inline(text, position)


def _inline(text: str, position: int) -> re.Match[str] | None:
    """A weekday with its date, and straight after it a new sentence: "Friday, July 28, 2021 The harbour ..."."""
    match = _INLINE_DATE.match(text, position)
    return match if match and text[match.end() : match.end() + 1].isupper() else None


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


def _match_dateline(
    text: str, position: int, header_date: datetime.date | None, near: datetime.date | None
) -> _Head | None:
    head = text[position : position + _LONGEST_HEAD]
    if (bracketed := _BRACKETED.match(head)) and (dateline := _read_bracket(bracketed["head"], header_date or near)):
        return _Head(dateline, position + bracketed.end())
    is_dated = _DIGIT.search(head) is not None and _compiled(_PLACE_AND_DATE).match(head) is not None
    for form in _FORMS:
        if not is_dated and form.startswith(_PLACE_AND_DATE):
            continue
        match = _compiled(form).match(head)
        if match and (dateline := _read(match, head, header_date, near)):
            return _Head(dateline, position + match.end())
    return None


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """A form, compiled when a text first needs it: all of them take a quarter of a second."""
    return re.compile(form, re.IGNORECASE)


def _read_bracket(head: str, near: datetime.date | None) -> Dateline | None:
    """Place, date and agency in brackets before a Japanese, Korean or Chinese text; None for what names no agency."""
    place = date = agency = None
    for part in re.split(r"[=＝\s]+", _CJK_DATE.sub(r" \g<0> ", head)):
        if found := _CJK_DATE.fullmatch(part):
            date = parse_date(found.group(), near)
        elif known := _CJK_AGENCY.search(part):
            agency, place = known.group(), place or part[: known.start()] or None
        elif place is None and part and part != head:
            place = part
    return Dateline(place, date, agency) if agency or "=" in head or "＝" in head else None


def _read(
    match: re.Match[str], head: str, header_date: datetime.date | None, near: datetime.date | None
) -> Dateline | None:
    """The dateline that a form matched, unless its parts or what follows show that this is a sentence."""
    parts = {name: (value or "").strip() for name, value in match.groupdict().items()}
    place, date = _PLACE_END.sub("", parts.get("place", "")), parts.get("date", "")
    agency, wire = parts.get("agency", ""), parts.get("wire", "")
    separated = bool(parts.get("sep") or parts.get("sep2"))
    rest = head[match.end() :].lstrip()
    if not rest or rest[0].islower() or (place and not _is_place(place)):
        return None
    if agency and not _is_agency(agency, separated=separated, dated=bool(date), glued=head[match.end()].isupper()):
        return None
    separator = parts.get("sep2") or parts.get("sep", "")
    is_below_date = header_date is not None and bool(re.search("[,،]", place)) and separator[:1] in "-–—"
    if not date and not agency and not is_below_date and not _is_told_apart(place, wire, separator):
        return None
    return Dateline(_in_title_case(place) or None, parse_date(date, header_date or near), agency or wire or None)


def _is_place(place: str) -> bool:
    names = re.split(r"[\s/]+", place)
    if all(name.lower().rstrip(",") in _SMALL_WORDS for name in names):  # "On July 28, 2021 - "
        return False
    return len(names) <= 8 and all(
        not name[0].islower() or name.lower().rstrip(",") in _SMALL_WORDS or name[1:2] in "'’-"
        for name in names
        if name
    )


def _is_told_apart(place: str, wire: str, separator: str) -> bool:
    """Whether a place and a known agency without brackets, or one of them, are more than the first words of a text."""
    if wire and separator[-1:] in _SENT_BY_WIRE:
        return True
    if wire and (not place or separator[:1] in "-–—―|_"):
        return wire.isupper() or len(wire) > 4 or bool(place)
    if separator[:1] == "." and separator != ".":  # "Norrby.- El puerto", in Spanish alone
        return len(place.split()) <= _MOST_BARE_NAMES
    return _is_bare_place(place, separator)


def _is_bare_place(place: str, separator: str) -> bool:
    """A place with nothing but a dash or colon after it is one that is known, or before a dash one in capitals."""
    if re.split(r"[,/]", place)[0].strip().lower() in CITIES:
        return True
    first = re.split(r"[\s,/]+", place)[0]
    is_acronym = first == place and len(first) <= _LONGEST_ACRONYM and separator == "-"  # "WBTR - "
    is_shouted = first.isupper() and len(first) > 2 and first.lower() not in _NO_PLACES
    return separator[:1] not in ":।|" and is_shouted and not is_acronym


def _is_agency(agency: str, *, separated: bool, dated: bool, glued: bool) -> bool:
    if agency.lower() in AGENCIES or agency.lower().split("/")[0] in AGENCIES or (dated and separated):
        return True
    looks_like_one = not agency[0].isdigit() and not (agency.islower() and len(agency.split()) == 1)
    return looks_like_one and (separated or dated or glued)


def _in_title_case(place: str) -> str:
    return re.sub(
        r"[^\s/,]+", lambda word: _cased(word.group(), at_start=word.start() == 0), " ".join(place.split()).rstrip(",")
    )


def _cased(word: str, *, at_start: bool) -> str:
    if not word.isupper() or word in _ACRONYMS:
        return word
    if word.lower() in _SMALL_WORDS - {"city"} and not at_start:
        return word.lower()
    capitalised = re.sub(r"(^|[-.])(\w)|(['’])(\w)(?=\w{2})", lambda match: match.group().upper(), word.lower())
    return re.sub(r"-(Au|De|Del|Du|En|La|Le|Les|Sur)(?=-)", lambda match: match.group().lower(), capitalised)
