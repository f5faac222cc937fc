"""Text from outside, made safe to show: it is read, and does nothing else.

No mention, no masked link, no markup, no control character of an article, a feed or a model gets through.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import quote, urlsplit

# Discord drops a backslash before any of these and shows them as they are.
_MARKUP = re.compile(r"[\\*_~`|>#\[\]<@]")
_MARKUP_IN_ADDRESS = re.compile(r"[\\*`|>\[\]<]")
_LIST_ITEM = re.compile(r"^(\d*)([-+.)])(?=\s)")
_ADDRESS = re.compile(r"https?://\S+")
_JOINERS = "\u200c\u200d"  # shape letters in Persian and Hindi and join emoji; harmless
LONGEST_LINK = 300
"""Longer ones would crowd out the text; the host is named without a link."""
LONGEST_HOST = 60
_MOST_ACCENTS = 4
"""Marks over or under one letter; more are no writing but a heap that covers the lines around it."""
_QUOTED = re.compile(r"“(.*)”", re.DOTALL)
LONGEST_QUOTE, LONGEST_SENTENCE = 100, 1000
_SAFE_IN_ADDRESS = "/:?#!$&'*+,;=@%~-._"


def plain(text: str, limit: int | None = None) -> str:
    """One line of text without any effect, at most `limit` characters before escaping."""
    return _escape(one_line(text, limit))


def one_line(text: str, limit: int | None = None) -> str:
    """One line of visible characters for places where Discord knows no markup: menus, names of threads."""
    line = " ".join(_few_accents(filter(_is_shown, text)).split())
    return shortened(line, limit) if limit else line


def sentence_with_quotes(sentence: str) -> str:
    """A sentence of ours in which “quotation marks” enclose what a person or a feed wrote: that is shown and does
    nothing, while our own marks keep their effect.
    """
    made_safe = _QUOTED.sub(lambda quoted: f"“{plain(quoted[1], LONGEST_QUOTE)}”", sentence)
    return shortened(made_safe, LONGEST_SENTENCE)


def shortened(line: str, limit: int) -> str:
    """At most so many characters, cut between words and marked with an ellipsis."""
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    between_words = kept.rsplit(" ", 1)[0] if " " in kept[limit // 2 :] else kept
    return between_words.rstrip(" ,;:–—-") + "…"


def address_link(address: str | None, longest: int = LONGEST_LINK) -> str:
    """A link whose label is the host it leads to, or just the host when it is longer; nothing for no web address."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that enclose no IPv6 address
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = plain(parts.hostname.removeprefix("www."))
    if len(host) > LONGEST_HOST:  # its end says whose it is
        host = "…" + host[1 - LONGEST_HOST :].lstrip("\\")
    target = quote(address, safe=_SAFE_IN_ADDRESS, errors="replace")
    leads_there = parts.username is None and len(target) <= longest
    return f"[{host}]({target})" if leads_there and host else host


def timestamp(moment: datetime, style: str = "F") -> str:
    """A moment that each reader sees in their own time zone and language.

    https://docs.discord.com/developers/reference#message-formatting
    """
    return f"<t:{int(moment.timestamp())}:{style}>"


def _is_shown(character: str) -> bool:
    if character.isspace() or character in _JOINERS:
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")


def _few_accents(characters: Iterable[str]) -> str:
    kept: list[str] = []
    accents = 0
    for character in characters:
        accents = accents + 1 if unicodedata.combining(character) else 0
        if accents <= _MOST_ACCENTS:
            kept.append(character)
    return "".join(kept)


def _escape(line: str) -> str:
    escaped, position = "", 0
    for match in _ADDRESS.finditer(line):
        escaped += _MARKUP.sub(r"\\\g<0>", line[position : match.start()])
        # Underscores and the like belong to the address; brackets could still build a masked link.
        escaped += _MARKUP_IN_ADDRESS.sub(r"\\\g<0>", match[0])
        position = match.end()
    escaped += _MARKUP.sub(r"\\\g<0>", line[position:])
    return _LIST_ITEM.sub(r"\1\\\2", escaped)
