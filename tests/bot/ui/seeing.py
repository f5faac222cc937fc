"""What Discord makes of a text, as far as it concerns us: which effects are left after its escapes are read."""

import re

_ESCAPE = re.compile(r"\\([^\w\s])")
_EFFECTS = {
    "a mention": re.compile(r"@everyone|@here|<@[!&]?\d+>|<#\d+>|</[^>]+:\d+>|<id:\w+>"),
    "an emoji": re.compile(r"<a?:\w+:\d+>"),
    "a masked link": re.compile(r"\[[^\]]*\]\("),
    "a hidden link": re.compile(r"<(?:https?|mailto|tel):"),
    "markup": re.compile(r"\*|__|~~|\|\||`|(?:^|\s)_\S[^_]*_(?:\s|$)"),
    "a block": re.compile(r"^\s*(?:#{1,3}\s|-#\s|>{1,3}\s|[-*+]\s|\d+[.)]\s)"),
    "an invisible character": re.compile(
        "[\u0000-\u0008\u000e-\u001f\u200b\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
    ),
}


def effects(text: str) -> list[str]:
    """Names of the effects that a piece of text would have at the beginning of a line."""
    unescaped = _ESCAPE.sub("\u25a1", text)
    return [name for name, pattern in _EFFECTS.items() if pattern.search(unescaped)]
