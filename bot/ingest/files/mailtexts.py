"""The text of a mail without what is no article in it: quoted replies, signatures, lines of newsletters.

Pure; every expression looks at one line of bounded length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

LONGEST_LINE = 300
"""A longer line is a paragraph of the article, whatever words are in it."""
ENOUGH = 80
"""Letters that a person wrote above a quotation, for the quotation to be dropped."""

_FORWARDED = re.compile(
    r"(?:-{2,} ?)?(?:begin forwarded message|forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten"
    r" nachricht|message transféré|début du message transféré|début du message réexpédié|mensaje reenviado"
    r"|пересылаемое сообщение|转发邮件)(?: ?:| ?-{2,})?",
    re.IGNORECASE,
)
# Stands over what is forwarded, and as well under a reply.
_ORIGINAL = re.compile(
    r"-{2,} ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|исходное сообщение"
    r"|原始邮件) ?-{2,}",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\*?(from|von|de|от|发件人|sent|date|gesendet|datum|envoyé|fecha|enviado|дата|日期|发送时间|to|an|à|para|кому|收件人"
    r"|cc|kopie|subject|betreff|objet|asunto|тема|主题|reply-to)\*?\s?[:：]\*?\s?(.{0,500})",
    re.IGNORECASE,
)
_NAMES = {
    **dict.fromkeys(("from", "von", "de", "от", "发件人"), "from"),
    **dict.fromkeys(
        ("sent", "date", "gesendet", "datum", "envoyé", "fecha", "enviado", "дата", "日期", "发送时间"), "date"
    ),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "тема", "主题"), "subject"),
}
_WROTE = re.compile(
    r"(?:on|am|le|el|em|il) .{5,250}(?:wrote|schrieb(?: .{1,100})?|a écrit|escribió|escreveu|ha scritto) ?:"
    r"|.{5,200}(?:пишет|写道)\s?[:：]",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sent from|get outlook for|gesendet von|von meinem .{1,30} gesendet|envoyé de) .{2,60}", re.I
)
# What follows stands at the start of a line, behind a few words at the most: the article may speak of the same things.
_VIEW = re.compile(
    r"\W*(?:click here to |having |problems )?(?:(?:view|read|open|see|display) (?:this|the|it|in|online)\b.{0,60}"
    r"\b(?:browser|online)\b|(?:online|web)[ -]?version\b|trouble viewing\b|.{0,40}\bim browser\b|.{0,40}\bdans votre"
    r" navigateur\b|.{0,40}\ben (?:su|tu|el) navegador\b|.{0,40}\bв браузере\b|.{0,20}(?:在浏览器|ブラウザで)"
    r"|.{0,20}في المتصفح)",
    re.IGNORECASE,
)
_UNSUBSCRIBE = re.compile(
    r"\W*(?:(?:(?:if|don['’]t|no longer|want)\b.{0,80}|to|click here to|please|you can) )?(?:unsubscribe\b"
    r"|(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|subscription|profile)"
    r"|(?:e-?mail )?preferences(?=\W{0,3}$| \|)"
    r"|you(?:['’]re| are| were| have) (?:receiving|getting|sent|received) this|you (?:received|got) this"
    r"|this (?:e-?mail|message|newsletter) was sent to|(?:newsletter )?ab(?:melden|bestellen)\b|se désabonner|désinscri"
    r"|darse de baja|cancelar (?:la |tu |su )?suscripción|отписаться|退订|取消订阅|配信停止|إلغاء الاشتراك)",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"\W*(?:©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\(c\)|(?:19|20)\d\d)|forward (?:this )?(?:e-?mail )?to a friend)"
    r"|.{0,100}\ball rights reserved\b",
    re.IGNORECASE,
)
_ARMOUR = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]{1,20}: .{0,100}\n)*\n?")
_LIST_MARK = re.compile(r"\s*(?:[-*•–>|]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Told:
    """What a mail tells. `fields` are those of the forwarded mail that it holds: from, date, subject."""

    text: str
    fields: dict[str, str] = field(default_factory=dict)


def told(text: str, is_newsletter: bool = False) -> Told:
    """The article in the text of a mail."""
    text = _ARMOUR.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).partition("-----BEGIN PGP SIGNATURE-----")[0]
    before, fields, after = _forwarded(text.split("\n"))
    lines = after if _letters(after) >= ENOUGH or not _letters(before) else before
    lines = _without_signature(_without_quotes(lines))
    return Told("\n".join(_without_notices(lines, is_newsletter)).strip(), fields if lines is not before else {})


def is_forwarded(text: str) -> bool:
    """Whether a text begins with the line that stands over a forwarded mail."""
    return any(_FORWARDED.match(line.strip(" >*")[:LONGEST_LINE]) for line in text.split("\n"))


def unwrapped(text: str, is_flowed: bool = False) -> str:
    """Paragraphs on one line each, where a mail program broke them at some 70 characters.

    https://www.rfc-editor.org/rfc/rfc3676#section-4 for flowed text
    """
    lines: list[str] = []
    runs_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        if runs_on and line.strip() and not _LIST_MARK.match(line) and line != "-- ":
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
        runs_on = line != "-- " and (line.endswith(" ") if is_flowed else 50 <= len(line.rstrip()) <= 80)
    return "\n".join(lines)


def _letters(lines: Sequence[str]) -> int:
    return sum(character.isalpha() for line in lines for character in line)


def _forwarded(lines: list[str]) -> tuple[list[str], dict[str, str], list[str]]:
    """What stands before a forwarded mail, the fields of that, and its text; all is the last where there is none."""
    for number, line in enumerate(lines):
        if _heads_a_mail(line) and not (_ORIGINAL.search(line[:LONGEST_LINE]) and _letters(lines[:number]) >= ENOUGH):
            fields, rest = _fields([line.removeprefix(">").strip() for line in lines[number + 1 :]])
            if fields:
                return lines[:number], fields, rest
    return [], {}, lines


def _heads_a_mail(line: str) -> bool:
    stripped = line.strip(" >*")
    return len(line) < LONGEST_LINE and bool(_FORWARDED.fullmatch(stripped) or _ORIGINAL.fullmatch(stripped))


def _fields(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    fields: dict[str, str] = {}
    for number, line in enumerate(lines):
        found = _FIELD.fullmatch(line) if len(line) < 600 else None
        if found is None and line:
            return fields, lines[number:]
        if found and (name := _NAMES.get(found[1].lower())):
            fields.setdefault(name, found[2].strip("* "))
    return fields, []


def _without_quotes(lines: list[str]) -> list[str]:
    """What was written anew; the quotation itself where that is all there is."""
    cut = next((number for number, line in enumerate(lines) if _begins_quotation(lines, number)), len(lines))
    above = [line for line in lines[:cut] if not line.startswith(">")]
    if _letters(above) >= ENOUGH:
        return above
    own = [line for line in lines if not line.startswith(">")]
    return own if _letters(own) >= ENOUGH else [re.sub(r"^(?:> ?){1,20}", "", line) for line in lines]


def _begins_quotation(lines: list[str], number: int) -> bool:
    line = lines[number].strip()
    if _heads_a_mail(line) or (len(line) < LONGEST_LINE and _WROTE.fullmatch(line)):
        return True
    follows = lines[number + 1].strip() if number + 1 < len(lines) else ""
    return bool(follows) and len(line) + len(follows) < LONGEST_LINE and bool(_WROTE.fullmatch(f"{line} {follows}"))


def _without_signature(lines: list[str]) -> list[str]:
    """https://www.rfc-editor.org/rfc/rfc3676#section-4.3 for the line that begins a signature."""
    marks = [number for number, line in enumerate(lines) if line in ("-- ", "--")]
    if marks and _letters(lines[: marks[-1]]) >= ENOUGH and len(lines) - marks[-1] <= 20:
        lines = lines[: marks[-1]]
    while lines and (not lines[-1].strip() or _SENT_FROM.fullmatch(lines[-1].strip()[:LONGEST_LINE])):
        lines = lines[:-1]
    return lines


def _without_notices(lines: list[str], is_newsletter: bool) -> list[str]:
    """No "view in browser" at the top, no way to unsubscribe at the bottom, of a newsletter nothing after that."""
    written = [number for number, line in enumerate(lines) if line.strip()]
    top, bottom = written[:8], written[-25:]
    drop = {n for n in top if _is_short(lines[n], _VIEW)} | {n for n in bottom if _is_notice(lines[n])}
    ends = [n for n in bottom[len(bottom) // 3 :] if _is_short(lines[n], _UNSUBSCRIBE)]
    if is_newsletter and ends:
        drop |= set(range(ends[0], len(lines)))
    return [line for number, line in enumerate(lines) if number not in drop]


def _is_notice(line: str) -> bool:
    return any(_is_short(line, expression) for expression in (_UNSUBSCRIBE, _VIEW, _SMALL_PRINT))


def _is_short(line: str, expression: re.Pattern[str]) -> bool:
    return len(line) < LONGEST_LINE and bool(expression.match(line.strip()))
