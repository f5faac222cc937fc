"""Embargo lines at the head of a text: "EMBARGOED UNTIL 0600 GMT, July 28", "Sperrfrist: 28. Juli, 6.00 Uhr".

A text told too early cannot be called back, so what such a line leaves open is read as late as makes sense, as
`moments` says. A line that names no moment holds the text for a day.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ingest.texts.moments import stated_moment
from summarizer.dates import DATE

LONGEST_LINE = 240
_LONGEST_NOTICE = 160  # characters of a line that is wholly a notice
_HELD_WITHOUT_MOMENT = timedelta(days=1)
_LONGEST = timedelta(days=31)
"""News is not held for months: a day farther ahead is a misprint, or none of an embargo."""
_MOST_WORDS_INSTEAD = 2  # of a moment: "until further notice"
_MOST_WORDS_BESIDE = 1  # beside key and moment, in a line that may as well be a headline about an embargo


def _any_of(listed: str) -> str:
    return "(?:" + "|".join(line.strip() for line in listed.strip().splitlines()) + ")"


_USES = r"(?:publication|release|broadcast|use|distribution)(?:[\s,]+(?:or|and)\s+\w+){0,3}"
_USED = r"(?:publish|release|broadcast|use|distribute)(?:ed|d)?(?:[\s,]+(?:or|and)\s+\w+){0,3}"
_NOT = rf"(?:strictly\s+)?(?:not\s+(?:to\s+be\s+{_USED}|for\s+{_USES})|do\s+not\s+(?:publish|release|broadcast))"
# Keys whose day is the first on which the text is free.
_FROM = _any_of(
    rf"""
    {_NOT}\s+(?:before|prior\s+to|earlier\s+than)(?!\w)
    (?:hold\s+)?for\s+(?:media\s+|press\s+)?release\s*(?:at(?!\w)|on(?!\w)|after(?!\w)|from(?!\w)|:)
    hold\s+for\s+release(?!\w)
    nicht\s+vor(?!\w)|frei\s+(?:ab|für)(?!\w)|frei\s*:
    (?:à\s+)?ne\s+pas\s+(?:publier|diffuser)\s+avant(?!\w)
    no\s+(?:publicar|difundir)\s+antes|non\s+(?:pubblicare|diffondere)\s+prima|não\s+(?:publicar|divulgar)\s+antes
    niet\s+(?:publiceren|voor\s+publicatie)\s+(?:vóór|voor)(?!\w)
    не\s+(?:публиковать|для\s+публикации|распространять)\s+(?:до|раньше|ранее)(?!\w)|не\s+публікувати\s+до(?!\w)
    (?:信息|新闻|媒体|情報|報道)?解禁(?:日時|日|时间|時間)?\s*[:：】]
    (?:【|\[)?보도\s?(?:시점|일시)
    (?:يحظر|حظر|محظور|ممنوع)\s+النشر\s+قبل|(?:لا\s+ينشر|لا\s+تنشر|غير\s+للنشر|ليس\s+للنشر)\s+قبل
    """
)
# Keys whose day is the last of the embargo.
_UNTIL = _any_of(
    rf"""
    (?:strictly\s+)?(?:under\s+)?embargo(?:ed)?\s*(?:(?:for\s+\w+\s+)?(?:until|till|til|to(?=\s*\d)|before|at|lifts?(?:\s+at)?)(?!\w)|:)
    strictly\s+(?:under\s+)?embargo(?:ed)?(?!\w)|under\s+(?:strict\s+)?embargo\s*$|embargoed\s*(?:for\s|[–—-])
    {_NOT}\s+(?:until|till)(?!\w)
    (?:achtung[\s,:!]+)?(?:sende)?sperrfrist(?:ende)?(?!\w)(?:\s*:|\s+bis(?!\w))?|gesperrt\s+bis(?!\w)
    embargo\s+bis(?!\w)
    (?:sous\s+)?embargo\s*jusqu['’](?:au|à|en)(?!\w)
    (?:bajo\s+|en\s+)?embarg(?:o|ado|ada)\s+hasta(?!\w)|prohibid[oa]\s+su\s+difusión\s+hasta(?!\w)
    (?:sotto\s+)?embargo\s+fino(?!\w)|(?:sob\s+)?embarg(?:o|ado|ada)\s+até(?!\w)|(?:onder\s+)?embargo\s+tot(?!\w)
    (?:под\s+)?эмбарго\s*(?:до(?!\w)|:)|(?:під\s+)?ембарго\s*(?:до(?!\w)|:)
    (?:禁发|禁發|禁止发布|保密)(?:期|期限|时间)?\s*(?:至|到|[:：])
    엠바고
    (?:يحظر|حظر|محظور|ممنوع)\s+النشر\s+حتى|(?:تحت\s+)?الحظر\s+حتى
    """
)
_AFTER_THE_MOMENT = _any_of(
    r"""
    前(?:不得|请勿|請勿|禁止|切勿)(?:发布|發布|发表|發表|刊发|刊登|播发|报道|公布)
    まで(?:の)?(?:報道|公表|掲載|公開)(?:を)?(?:禁止|厳禁|禁じ)|以降(?:に)?(?:解禁|公表可|報道可)|解禁\s*[】)）]?\s*$
    까지\s?(?:엠바고|보도\s?금지)|이후\s?(?:보도|공개)
    """
)
_KEY = re.compile(
    rf"[\s*#=<>\[(（【«|!_.:–—-]{{0,9}}(?:(?P<first>{_FROM})|(?P<last>{_UNTIL})"
    rf"|(?=[^\n]{{0,60}}?(?P<suffix>{_AFTER_THE_MOMENT}))(?={DATE}))",
    re.IGNORECASE,
)
_LIFTED = re.compile(
    r"[\s*\[(]{0,9}(?:embargo\s+(?:is\s+|now\s+|has\s+been\s+)*(?:lifted|over|expired)|no\s+longer\s+(?:under\s+)?embargo(?:ed)?"
    r"|(?:sperrfrist|embargo)\s+(?:ist\s+)?(?:aufgehoben|abgelaufen)|embargo\s+levé|embargo\s+levantado|эмбарго\s+снято)"
    r"[\s*\]).!]{0,9}$",
    re.IGNORECASE,
)
# Told by these a line is an embargo whatever else it says.
_CERTAIN = re.compile(
    r"sperrfrist(?:ende)?\s*(?::|bis)|보도\s?(?:시점|일시)|엠바고|النشر|\bnot\s+(?:to\s+be|for)\s|\bstrictly\s",
    re.IGNORECASE,
)
_SHOUTED = re.compile(
    r"until|till|strictly|under|jusqu|hasta|bis|до", re.IGNORECASE
)  # "EMBARGO: PRICES SURGE" is a headline
_WORD = re.compile(r"[^\W\d_]{2,}")
_UNSAID = re.compile(r"\b(?:the|until|a|an|der|die|das|des|la|le|el|los|о|и)\b", re.IGNORECASE)
_END = re.compile(r"[.;]\s+(?=\S)|[\])）】]\s*|\s[–—-]+\s+|。")


@dataclass(frozen=True)
class Embargo:
    """A line that holds a text back: where it ends, and until when; None where the embargo is over, or where the line
    names no moment and it is not known when the text was sent."""

    end: int
    until: datetime | None


def find_embargo(line: str, sent: datetime | None) -> Embargo | None:
    """The embargo that a line states at its start; None for any other line, a headline about an embargo among them."""
    head = line[:LONGEST_LINE]
    if lifted := _LIFTED.match(head):
        return Embargo(lifted.end(), None)
    key = _KEY.match(head)
    if key is None:
        return None
    end = len(line) if len(line) <= _LONGEST_NOTICE else _end_of_notice(head, key.end())
    stated = head[key.end() : end]
    until, words_beside = stated_moment(stated, sent, day_begins_it=bool(key["first"]))
    is_shouted = head[: key.end() + 15].isupper() and _SHOUTED.search(key.group()) is not None
    is_certain = key["suffix"] or is_shouted or _CERTAIN.search(key.group()) or line[0] in "[(*【（"
    if not is_certain and (until is None or words_beside > _MOST_WORDS_BESIDE):
        return None
    if until is None and not is_shouted and len(_WORD.findall(_UNSAID.sub(" ", stated))) > _MOST_WORDS_INSTEAD:
        return None
    return Embargo(end, _held(until, sent))


def _held(until: datetime | None, sent: datetime | None) -> datetime | None:
    if sent and (until is None or until > sent + _LONGEST):
        return sent + _HELD_WITHOUT_MOMENT
    return until


def _end_of_notice(head: str, start: int) -> int:
    """Where a notice ends that the story follows on the same line."""
    found = _END.search(head, start)
    return found.end() if found else start
