"""The head of an XML document, cut off before any parser sees it: nothing in it is needed, and much could do harm."""

import re

from bot.ingest.values import Unreadable

_ASIDE = re.compile(r"\s*+<(?:!--.*?--|\?.*?\?)>|\s++", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE", re.IGNORECASE)
# Possessive, so that a quote or a bracket that is never closed is looked for once.
_WHOLE_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[\]<>"']|"[^"]*"|'[^']*')*+(?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<(?!!--))*+\]\s*+)?>""",
    re.IGNORECASE | re.DOTALL,
)


def without_prolog(text: str) -> str:
    """The document from its first element on: without declarations, comments, instructions and document types.

    Raises Unreadable where a declaration of a document type does not end.
    """
    at = 0
    while True:
        if aside := _ASIDE.match(text, at):
            at = aside.end()
        elif doctype := _WHOLE_DOCTYPE.match(text, at):
            at = doctype.end()
        elif _DOCTYPE.match(text, at):
            raise Unreadable("This is not a feed that can be read: its document type declaration is broken.")
        else:
            return text[at:]
