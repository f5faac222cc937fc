"""What stands above the story in a wire or ministry text: slugs, urgencies, codes, what changed, notes to editors."""

import re
from datetime import UTC, datetime

from bot.ingest.texts.embargoes import LONGEST_LINE, find_embargo
from bot.ingest.texts.notes import NOTES, RIM, WORD_COUNT, any_of
from summarizer.wires import WIRE_MARKS

# Parentheses at the head that tell desks what changed; a sentence has a subject and does not begin with such a verb.
_CHANGED = (
    r"\((?:(?-i:Adds|Updates|Updated|Recasts|Corrects|Corrected|Refiles|Refiled|Repeats|Rewrites|Writes\s+through|Releads|Clarifies"
    r"|Removes|Deletes|Inserts|Fixes|Changes|Edits|New\s+throughout|Combines|Eds|EDS|Lead|LEAD|LD|Roundup|ROUNDUP)(?!\w)"
    r"(?!\s+(?:to\s+the|on|in|will|are|were|have|had|up)\s)"
    r"|(?:agrega|añade|actualiza|amplía|amplia|corrige|repite|adiciona)(?=[\s,)])"
    r"|(?:actualisé|corrigé|ajoute|avec|répétition)(?=[\s,)])|(?:neu|ergänzt|aktualisiert"
    r"|korrigiert|berichtigt|wiederholt|wdhlg)(?=[\s:,.)])"
    r"|\d?(?:1st|2nd|3rd|\dth)\s+(?:ld|lead|writethru)|(?:lead|roundup|ld)\s?\d?(?=\))|(?:дополнен|исправлен|обновлен|повтор|расширен)"
    r"|pix|pictures?|photos?|with\s+(?:photos?|pix|graphics?|pictures?|video))[^()\n]{0,300}\)"
)
_CJK_MARKS = (
    r"[（(【〔＜<\[](?:更新|速報|快讯|快訊|突发|突發|滚动|続報|再送|差し替え|一|上|附图|写真|速"
    r"|긴급|속보|종합\d?보?|1보|2보)[）)】〕＞>\]]"
)
_URGENCY = any_of(
    r"""
    (?-i:URGENT|FLASH|BULLETIN|SNAP|ALERT|NEWSALERT|NEWS\s+ALERT|NEWSBREAK|BREAKING|BREAKING\s+NEWS|EIL|EILT|EILMELDUNG|URGENTE|ALERTE|ALERTA|ÚLTIMA\s+HORA)
    (?-i:СРОЧНО|МОЛНИЯ|ТЕРМІНОВО|PILNE|ACIL|DRINGEND)|快讯|快訊|加急|急电|速報|긴급|속보|عاجل|خبر\s+عاجل
    (?-i:(?:MANDATORY\s+|BULLETIN\s+)?KILL|WITHDRAWN|ADVISORY|MEDIA\s+ADVISORY)
    """
)
_RELEASE = any_of(
    r"""
    for\s+immediate\s+release|(?:press|news|media)\s+(?:release|statement)|press\s+information
    (?:presse|medien)(?:mitteilung|information)
    communiqué(?:\s+de\s+presse)?|(?:nota|comunicado)\s+de\s+prensa|comunicato\s+stampa|comunicado\s+de\s+imprensa
    persbericht
    пресс-релиз|прес-реліз|新闻稿|新聞稿|プレスリリース|報道発表|報道資料|보도\s?자료|بيان\s+صحفي|zur\s+sofortigen\s+veröffentlichung
    es\s+gilt\s+das\s+gesprochene\s+wort|check\s+against\s+delivery|seul\s+le\s+prononcé\s+fait\s+foi
    """
)
_SLUG_WORD = r"[A-Z0-9][A-Z0-9.'&]*"
_FIRST_WORD = r"[A-Z][A-Z0-9.'&]*"  # a date begins with a figure
_TAKE = r"(?:\d?(?:1st|2nd|3rd|\dth)\s)?(?:ld|lead|add|writethru|ld-writethru|update|take|update\s\d|\d+|r|a)"
_SLUG = (
    rf"(?-i:[\^&<]?\s?(?:(?:BC|AM|PM|AP|US|EU|UN|NA)-[\w.'&]+(?:[-/][\w.'&]+)*"
    rf"|{_FIRST_WORD}(?:[-/]{_SLUG_WORD})+/?|{_FIRST_WORD}/)"
    rf"(?:\s?\((?:[A-Z ,]+\d?)\))*)(?:[,\s]+{_TAKE}){{0,3}}"
    rf"(?:[\s,]+(?:\d\d-\d\d|\d{{1,5}}|\d{{1,5}}\s?words?))*\s?[<>\^]*"
)
_FIELD = (
    r"(?:slug(?:line)?|keywords?|category|priority|urgency|headline|topic|desk|subject\s+codes?|iptc|dateline\s+code|service|"
    r"product|stichwort(?:e)?|ressort|priorität|mots[- ]clés)\s?[:=]\s?[^\n]{0,120}"
)
_CODES = r"(?:[a-z]?\d{3,5}(?:\s[a-z]{1,2}){1,4}|[a-z](?:\s[a-z]){1,4}|(?:[a-z]\s){1,3}(?i:bc|am|pm)-[\w-]+[^\n]{0,60})"

_LINE_END = r"[ \t]*(?=\n|$)"
_HEAD = re.compile(
    rf"(?P<line>{RIM}(?:{_URGENCY}[\s\d!:.–—-]{{0,6}}|{_RELEASE}(?:[\s,:]*(?:no|nr|n°|№)\.?\s?[\w/.-]{{1,12}})?"
    rf"|{WORD_COUNT}|{_FIELD}|(?-i:{_CODES})|{_SLUG}|{_CHANGED}|{_CJK_MARKS}|-+\s?\d{{1,3}}\s?-+){RIM}){_LINE_END}"
    rf"|(?P<note>{RIM}{NOTES}[^\n]{{0,700}}){_LINE_END}"
    rf"|(?P<mark>(?:{_CHANGED}|{_CJK_MARKS})[ \t]*(?=\S))",
    re.IGNORECASE,
)


_MOST_LINES = 12
_LONGEST_TITLE = 160  # characters of a line that is no notice: a title, a byline, a line with the date
_MOST_TITLES = 5
_SENT = datetime(2000, 1, 1, tzinfo=UTC)  # whether a line is an embargo does not depend on when it was sent


def notices_above(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Spans of the notices at the head, and the lines of an embargo."""
    dropped: list[tuple[int, int]] = []
    embargoes: list[str] = []
    position, titles = _after_space(text, 0), 0
    for _ in range(_MOST_LINES):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        notice, embargo = _notice_at(text, position, end)
        if embargo:
            embargoes.append(text[position : position + embargo])
        if notice:
            after = _after_space(text, notice)
            dropped.append((position, after))
            position = after
        elif titles < _MOST_TITLES and _is_title(text, position, end):
            titles += 1
            position = _after_space(text, end)
        else:
            break
    return dropped, embargoes


def first_line_of_its_own(text: str) -> int:
    """Where the first line begins that is no notice: a title or the story."""
    position = _after_space(text, 0)
    for _ in range(_MOST_LINES):
        end = text.find("\n", position)
        if end < 0 or _notice_at(text, position, end)[0] != end:
            break
        position = _after_space(text, end)
    return position


def _notice_at(text: str, position: int, end: int) -> tuple[int, int]:
    """Where the notice that begins here ends, and how long the embargo in it is; zeros where there is none."""
    if found := _HEAD.match(text, position, end):
        return found.end(), 0
    if embargo := find_embargo(text[position : min(end, position + LONGEST_LINE + 1)], _SENT):
        return position + embargo.end, embargo.end
    if end - position <= _LONGEST_TITLE and (mark := WIRE_MARKS.match(text, position, end)):
        return mark.end(), 0
    return 0, 0


def _is_title(text: str, position: int, end: int) -> bool:
    return (
        end < len(text)
        and end - position <= _LONGEST_TITLE
        and not text[position:end].rstrip(" \"”'").endswith((".", "!", "。", "।"))
    )


def _after_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
