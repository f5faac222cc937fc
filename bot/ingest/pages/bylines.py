"""Who wrote a page's article: names as pages state them, cleaned, and nothing that is no name."""

import re
from collections.abc import Iterable

from bot.ingest.markup import title_line
from summarizer.dates import DATE


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in listed.split(","))


_LONGEST = 150  # characters of all names together
_MOST_WORDS = 8  # of one name, with a title
_PREFIX = re.compile(
    r"^\W*(?:"
    r"(?:(?:article|story|text|report|words|posted|published|written|reviewed|reporting|submitted|created|compiled)"
    r"\s+(?:and\s+\w+\s+)?)?by"
    r"|(?:von|di|av|af|par|por|door)(?=\s+\S+\s+\S)"  # "Von Miller" is a name
    r"|ein\s+(?:artikel|gastbeitrag|kommentar|beitrag|bericht)\s+von|texte?|autor(?:in|es|as|a|e)?|auteurs?|authors?"
    r"|autori|propos\s+recueillis\s+par|escrito\s+por|a\s+cura\s+di|skrevet\s+av|автор(?:ы)?|текст"
    r"|作者|记者|記者|文|بقلم|كتب)(?:\s*[:：]\s*|\s+|$)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\s*(?:\b(?:published|updated|posted|last\s+(?:updated|modified)|on|am|le|el|il|op|vom|publi[ée]|publicado|stand)\b:?\s*)*"
    rf"(?:\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:{DATE}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|\d{{1,2}}:\d{{2}})",
    re.IGNORECASE,
)
_FOLLOWED = re.compile(
    r"\s+(?:follow\b|(?:published|updated|posted|last\s+updated|read\s+(?:more|bio)|view\s+(?:profile|bio))\b|@\w|[\w.+-]{1,60}@)",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s*\n\s*")
_ROLE = re.compile(
    r"\b(?:writer|reporter|editors?|correspondent|staff|contributor|columnist|journalist|producer|fellow|professor|author|blogger"
    r"|analyst|director|officer|bureau|desk|redakteur(?:in)?|korrespondent(?:in)?|journaliste|correspondante?|corresponsal"
    r"|periodista|redactora?|giornalista|inviat[oa]|rep[óo]rter|jornalista|redacteur|verslaggever|корреспондент|редактор"
    r"|обозреватель)\b|\b(?:editing|photos?|photographs?|pictures|video)\s+by\b|\b(?:fotos?|photos?|bild(?:er)?|video)\s*:",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?:|www\.|://|[<>{}=\\@]|[\w-]\.(?:com|org|net|de|fr|co|io|news|info)\b|\d:\d{2}|(?<!\d)(?:19|20)\d\d(?!\d)|\d{5}"
    r"|\b(?:minutes?|hours?|days?)\s+ago\b|\b(?:cookies?|subscribe|newsletter|sign\s+(?:in|up)|log\s*in|share|comments?)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b[^\W\d_]{1,3}\.$")  # "Ada Quay Jr."
_SENTENCE_END = re.compile(r"[^\W\d_]{4,}[.!?…]$|[!?]$")
_NOBODY = _phrases(
    """
    staff, admin, administrator, editor, editors, editorial, the editors, editorial team, editorial staff, editorial
    board, news desk, newsdesk, newsroom, web desk, webdesk, online desk, news staff, staff writer, staff writers,
    staff reporter, staff report, staff reports, web team, webmaster, web editor, guest, guest author, guest
    contributor, guest post, unknown, anonymous, author, authors, byline, none, null, undefined, n/a, na, nan, user,
    super user, superuser, root, default, wordpress, news, team, site staff, contributor, contributors, press
    release, published, updated, posted, redaktion, die redaktion, online-redaktion, onlineredaktion,
    nachrichtenredaktion, redaktionsteam, redaktion online, rédaction, la rédaction, la redaction, redaction,
    redacción, la redacción, redaccion, redazione, la redazione, redactie, de redactie, redação, da redação, a
    redação, da redacção, redacao, redaktionen, redakcja, redakce, toimitus, редакция, администратор, админ, 编辑, 編輯,
    编辑部, 本报记者, 本站, 佚名, 管理员, محرر, التحرير, המערכת
    """
)


def byline_of(stated: Iterable[str], site: str | None = None, title: str | None = None) -> str | None:
    """The names in what a page states as its authors, joined by commas; None when there is no name among them.

    A name that is only that of the site, or the title, is none.
    """
    others = frozenset(_folded(other) for other in (site, title) if other)
    joined = ""
    for name in dict.fromkeys(filter(None, (name_in(text, others) for text in stated))):
        longer = f"{joined}, {name}" if joined else name
        if len(longer) <= _LONGEST and _folded(name) not in _folded(joined):
            joined = longer
    return joined or None


def name_in(text: str, others: frozenset[str] = frozenset()) -> str | None:
    """The name, or the names, in one statement: without "By", roles, dates and what else pages write beside them.

    `others` are folded names that are no author's.
    """
    line = title_line(text.strip()[:2_000].replace("\n", " | "), 300)
    line = _PREFIX.sub("", _FOLLOWED.split(_DATED.split(line, maxsplit=1)[0], maxsplit=1)[0])
    parts = [part for part in _APART.split(line) if part.strip()]
    name = _without_roles(_PREFIX.sub("", parts[0]), others).strip(" ,;:-–—/\"'“”") if parts else ""
    name = name if _ABBREVIATED.search(name) else name.rstrip(".")
    return name if _is_name(name) and _folded(name) not in others else None


def _without_roles(line: str, others: frozenset[str]) -> str:
    """`Ada Quay, Staff Writer, Harbour News` without what stands behind the name."""
    parts = [part.strip() for part in re.split(r"[,;]", line)]
    behind = [part for part in parts[1:] if part and not _ROLE.search(part) and _folded(part) not in others]
    return ", ".join([parts[0], *behind])


def _is_name(text: str) -> bool:
    folded = _folded(text)
    if not 2 <= len(text) <= _LONGEST or folded in _NOBODY or _NO_NAME.search(text) or _SENTENCE_END.search(text):
        return False
    return any(character.isalpha() for character in text) and all(map(_is_one_name, re.split(r"[,;&]|\band\b", text)))


def _is_one_name(part: str) -> bool:
    """Few words, most of them written as names are; in scripts without capitals, just few."""
    words = part.split()
    lower = sum(word[0].islower() for word in words)
    return len(words) <= _MOST_WORDS and (lower <= len(words) / 2 or len(words) == 1 == lower)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s/&-]", " ", text.casefold()).split())
