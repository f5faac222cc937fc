"""What the properties of a document are worth: programs fill in names of files, templates and computers."""

import re

from bot.ingest.markup import title_line

_FILE_NAME = re.compile(
    r"^(?:microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|odt|pdf|rtf|txt|html?|indd|qxp|pages|tex|md|pptx?|xlsx?)"
    r"|untitled.*|document ?\d*|dokument ?\d*|slide ?\d*|print(?:ing)?|about:blank"
    r"|(?:https?|file):.*|[\W\d_]*|\S*[_/\\]\S*)$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:user|admin(?:istrator)?|owner|author|unknown|anonymous|nobody|root|default|guest|pc|pdf\b.*|python-docx"
    r"|(?:microsoft|apache|libreoffice|openoffice|adobe|windows)\b.*|.*@.*|[\W\d_]*)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")


def is_a_title(stated: str, beginning: str = "") -> bool:
    """Whether a property is the title of the document: no name of a file, and where the document's `beginning` is
    given, most of its words stand in that.
    """
    if not 3 <= len(stated) <= 300 or _FILE_NAME.match(stated):
        return False
    return not beginning or _share(stated, beginning) >= 0.6


def same_words(one: str, other: str) -> bool:
    """Whether two titles are one, perhaps with the name of a paper or another case."""
    return min(_share(one, other), _share(other, one)) >= 0.5 and max(_share(one, other), _share(other, one)) >= 0.8


def person(stated: str) -> str | None:
    """An author's name; None for what a program or an administrator left there."""
    name = title_line(stated, 200)
    return None if not name or _NOBODY.match(name) else name


def _share(words: str, text: str) -> float:
    """How many of the words stand in the text; scripts without spaces have no other words than stretches of text."""
    wanted, there = _WORD.findall(words.casefold()), text.casefold()
    return sum(word in there for word in wanted) / len(wanted) if wanted else 0.0
