"""Strings that try to be more than text where Discord shows them, made by combination: 600 and more."""

from itertools import product

SERVER_EMOJI = "<a:party:1234567890>"
_MENTIONS = (
    "@everyone",
    "@here",
    "<@1>",
    "<@!2>",
    "<@&3>",
    "<#4>",
    "</ban:5>",
    "<id:customize>",
    "<id:guide>",
    "<t:1:R>",
    SERVER_EMOJI,
    "<:x:1>",
    "<https://evil.example>",
    "<mailto:a@evil.example>",
    "<tel:+1>",
)
_MARKUP = (
    "[bank](http://evil.example)",
    "[bank](<http://evil.example>)",
    "[bank]( http://evil.example 'a title')",
    "[bank][1]",
    "[https://bank.example](https://evil.example)",
    "**bold**",
    "__under__",
    "_i_",
    "*i*",
    "~~gone~~",
    "||spoiler||",
    "`code`",
    "``co`de``",
    "```py\nimport os\n```",
    "# Heading",
    "### Heading",
    "-# small",
    "> quote",
    ">>> quote",
    "- item",
    "* item",
    "+ item",
    "1. item",
    "1) item",
    "\\",
    "\\\\*",
)
_FORMS = (
    "{}",
    "before {} after",
    "\n{}",
    "\r\n{}\r\n",
    "\u2028{}",
    "\u202e{}\u202c",
    "\u2066{}\u2069",
    "\u200b{}\u200b",
    "\ufeff{}",
    "\x00{}",
    "\x1b[31m{}",
    "\\{}",
    "\\\\{}",
    "**{}",
    "](http://evil.example) {}",
    "” {}",
    "\ud800{}",
    "\U000e0041{}",
)
_SPLIT = ("\u200b", "\u200d", "\u2060", "\u00ad", "\u202e", "\x00", "\ufe0f")
_READABLE = (
    "Ω≈ç√∫˜µ≤≥÷",
    "田中さんにあげて下さい",
    "مُنَاقَشَةُ سُبُلِ",
    "👩‍👩‍👧‍👦 🏳️‍🌈",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "﷽﷽﷽﷽",
    "₀₁₂ ⁰⁴⁵",
    "'; DROP TABLE users--",
    "<script>alert(1)</script>",
    "{{7*7}} ${7*7} %s%n %x",
    "NaN null undefined true",
    "1/0 -1 9999999999999999999999",
    "a" * 3000,
    "港" * 2000,
    "😀" * 1500,
    "word " * 900,
    "e\u0301" * 900,
)


def naughty_strings() -> list[str]:
    """All of them, none twice."""
    effects = (*_MENTIONS, *_MARKUP)
    made = [form.format(effect) for form, effect in product(_FORMS, effects)]
    made += [
        effect[:at] + split + effect[at:] for effect in effects for split in _SPLIT for at in (1, len(effect) // 2)
    ]
    return list(dict.fromkeys([*made, *_READABLE]))
