"""What makes a sentence unfit to be read alone, beside its opening: leftovers of a page, questions, undated times."""

import re

from summarizer.cleaning import has_open_quote, is_publishable
from summarizer.speakers import unquoted

_ENDS = re.compile(r"[.!?…؟۔。！？｡।॥][\"'”’»)\]」』）】›\s]*$")


def is_cut(point: str) -> bool:
    """Whether a sentence does not come to its end."""
    return not _ENDS.search(point) or point.rstrip().endswith(("…", "..."))


_LEFTOVERS = {
    "a caption": re.compile(
        r"\((?:\w+ ){0,2}(?:pictured|left|right|cent(?:re|er)|above|below|from left|l|r)(?:,? [\w,]+){0,8}\)"
        r"|^(?:pictured|caption|photo|from left|left to right|clockwise)\b"
        r"|^in this (?:photo|image|picture)\b|^a (?:photo|picture|image) shows\b"
        r"|\b(?:pictured|seen) (?:here|above|below|left|right)\b"
        r"|\b(?:file|library|undated|handout) (?:photo|picture|image)\b"
        r"|\b(?:getty images|shutterstock|istock)\b",
        re.IGNORECASE,
    ),
    "an address of readers": re.compile(
        r"\b(?:read more|read on|click here|sign up|subscribe (?:to|now|here)|follow us|share this|have your say)\b"
        r"|\b(?:let us know|tell us|leave a comment|scroll down|watch (?:the|this) video|tune in|stay tuned)\b"
        r"|\b(?:contact us|newsletter)\b|^(?:click|check out|find out|see also|don['’]t miss)\b"
        r"|^(?:read|watch|listen|follow|subscribe|share|tweet|join|learn)(?::| (?:the|this|our|more|us|along|how|why)\b"
        r"|(?-i: [A-Z]))",
        re.IGNORECASE,
    ),
    "a credit": re.compile(
        r"\bcontributed to this (?:report|story|article)\b|\b(?:reporting|writing|editing) by [A-Z]"
        r"|\ball rights reserved\b|©|\bcopyright \d{4}\b"
        r"|\bthis (?:story|article) (?:was|has been) (?:originally |first )?(?:published|updated|corrected)\b"
    ),
    "an address": re.compile(r"https?://|\bwww\.|[\w.+\-]{1,64}@[\w\-]{1,64}\.\w|(?<!\w)@\w{3,}"),
    "a dateline": re.compile(
        r"^[A-Z][\w.,' ]{0,40}\((?:CNN|Reuters|AP|AFP|Xinhua|UPI|DPA)\)|^\((?:CNN|Reuters|AP|AFP|Xinhua)\)"
    ),
    "a list": re.compile(r"^(?:[•·▪◦*\-–—#]|\[(?=[^\]]*[.…]\]$))|[:,;–—\-] ?\.$"),
    "markup": re.compile(r"</?[a-z]{1,10}[ />]|&(?:[a-z]{2,8}|#\d{2,5});|\[(?:…|\.\.\.|&hellip;)\]"),
}
_QUESTION = re.compile(r"[?？؟;][\"'”’»)\]」』）】›\s]*$")


def unfit(sentence: str, language: str) -> str | None:
    """What makes a sentence no prose that could be a point, or None: "a question", "a caption" and the like."""
    if _QUESTION.search(sentence):
        return "a question"
    if has_open_quote(sentence):
        return "an open quotation"
    if not _ENDS.search(sentence):
        return "no whole sentence"
    for what, pattern in _LEFTOVERS.items():
        if pattern.search(sentence):
            return what
    return None if is_publishable(sentence, language) else "first person, an address of readers, or a fragment"


_QUOTE_ONLY = re.compile(r"^(?:\"[^\"]+\"|“[^”]+”|„[^“”]+[“”]|«[^»]+»|‘(?:[^’]|’(?=\w))+’)\W*$")


def is_bare_quote(sentence: str) -> bool:
    """Whether a sentence is a quotation and nothing says whose."""
    return bool(_QUOTE_ONLY.match(sentence.strip()))


# ---- time -----------------------------------------------------------------------------------------------------------

_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SPANS = (
    "week(?:end)?|month|year|night|morning|afternoon|evening|summer|winter|spring|autumn|decade|century|season|quarter"
    f"|{_DAYS}|January|February|March|April|May|June|July|August|September|October|November|December"
)
_RELATIVE_TIME = {
    "en": rf"(?<!Black )(?<!Good )(?<!Easter )(?<!Palm )(?<!Super )(?<!Bloody )(?<!Cyber )(?<!Ash )\b{_DAYS}\b"
    rf"(?!s?,? (?:(?:January|February|March|April|May|June|July|August|September|October|November|December|\d+)\b"
    rf"|[A-Z]))"
    rf"|\b(?:yesterday|tomorrow|tonight|today)\b|^(?:Yesterday|Tomorrow|Tonight|Today)\b"
    rf"|\b(?:[Tt]his|[Ll]ast|[Nn]ext|[Tt]he (?:past|coming|last|next)(?: \w+)?) (?:past )?(?:{_SPANS})s?\b"
    r"|\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|moments?|nights?) ago\b",
    "de": r"\b(?:heute|gestern|vorgestern|morgen früh|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\b"
    r"|\b(?:diese[nrs]?|letzte[nrs]?|vergangene[nrs]?|nächste[nrs]?|kommende[nrs]?) (?:Woche|Monat|Jahr|Sommer"
    r"|Winter)\b",
    "fr": r"\b(?:hier|aujourd['’]hui|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b(?! \d+ \w+ \d{4})"
    r"|\b(?:semaine|mois|année|an) (?:dernière?|prochaine?|passée?)\b|\bcette (?:semaine|année|nuit)\b",
    "es": r"\b(?:ayer|hoy|lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b"
    r"|\b(?:semana|mes|año) (?:pasad[oa]|próxim[oa])\b|\b(?:este|esta|próxim[oa]) (?:semana|mes|año)\b",
    "it": r"\b(?:ieri|oggi|domani|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b"
    r"|\b(?:settimana|mese|anno) (?:scors[oa]|prossim[oa])\b|\bquest['’oa] ?(?:settimana|mese|anno)\b",
    "pt": r"\b(?:ontem|hoje|amanhã|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|sábado|domingo)\b"
    r"|\b(?:semana|mês|ano) (?:passad[oa]|que vem)\b|\b(?:próxim[oa]|n?est[ea]) (?:semana|mês|ano)\b",
    "ru": r"\b(?:вчера|сегодня|завтра|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье)\b"
    r"|\bна (?:этой|прошлой|следующей) неделе\b|\bв (?:этом|прошлом|следующем) (?:году|месяце)\b",
    "uk": r"\b(?:вчора|учора|сьогодні|завтра|понеділок|вівторок|серед[ау]|четвер|п['’]ятниц[яю]|субот[ау]|неділ[яю])\b"
    r"|\b(?:минулого|цього|наступного) (?:тижня|місяця|року)\b",
}
_RELATIVE = {language: re.compile(pattern) for language, pattern in _RELATIVE_TIME.items()}


def relative_time(sentence: str, language: str) -> str | None:
    """The first words outside quotations that say when only to someone who knows the date: "on Wednesday", or None."""
    pattern = _RELATIVE.get(language)
    found = pattern.search(unquoted(sentence).strip()) if pattern else None
    return found.group() if found else None
