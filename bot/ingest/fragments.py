"""Plain text of simple HTML without a parser: what `markup` makes of its tree, in a fraction of the time.

Most feeds hold paragraphs, links and pictures. Whatever is more than that, or is broken, is left to the parser: a tag
with an odd quote in it, an element that is opened and not closed, what may be hidden.
"""

import html
import re

from bot.ingest.encodings import without_controls
from bot.ingest.hiding import may_hide

_OFTEN = ("p", "div", "li", "h2", "h3", "ul", "ol")
BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dl", "dt", "fieldset"),
        *("figure", "footer", "form", "h1", "h4", "h5", "h6", "header", "hr", "html", "main", "nav", "pre", "section"),
        *("table", "tbody", "tfoot", "thead", "tr", *_OFTEN),
    }
)
"""Elements that stand in paragraphs of their own."""
SKIPPED = frozenset(
    {
        *("audio", "button", "canvas", "embed", "figcaption", "frame", "head", "iframe", "input", "math", "noscript"),
        *("object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video"),
    }
)
"""Elements whose content is no part of a text."""
_EMPTY = frozenset({"embed", "frame", "input"})  # of these, those without an end
_INLINE = (
    *(
        "a",
        "img",
        "strong",
        "em",
        "b",
        "i",
        "span",
        "code",
        "u",
        "s",
        "q",
        "sup",
        "sub",
        "small",
        "big",
        "font",
        "abbr",
    ),
    *(
        "acronym",
        "cite",
        "del",
        "ins",
        "kbd",
        "mark",
        "picture",
        "samp",
        "source",
        "strike",
        "time",
        "tt",
        "var",
        "wbr",
    ),
    *("col", "colgroup", "caption", "data", "dfn", "label", "param", "rp", "rt", "ruby", "summary", "track"),
)
_LINE = "\ue001"  # a line break that is kept, while those of the markup are spaces
# Up to the end of a tag whose quotes pair. Possessive: what does not match is given up at once.
_INSIDE = r"""(?![^\s/>])[^<>"']*+(?:"[^"<>]*+"[^<>"']*+|'[^'<>]*+'[^<>"']*+)*+>"""


_TAG = re.compile(rf"<(/?[a-z][a-z0-9]*){_INSIDE}", re.IGNORECASE)
_MEANT = {f"{slash}{name}": _LINE * 2 for name in BLOCKS - {"pre"} for slash in ("", "/")}
_MEANT |= {f"{slash}{name}": "" for name in (*_INLINE, *_EMPTY) for slash in ("", "/")}
_MEANT |= {"br": _LINE, "/br": _LINE, "td": " ", "th": " ", "/td": "", "/th": ""}
_MEANT |= {name.upper(): meant for name, meant in _MEANT.items()}
_CUT = re.compile(rf"<(?:(!)--|(pre|{'|'.join(sorted(SKIPPED - _EMPTY))}){_INSIDE})", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in {*SKIPPED, "pre"} - _EMPTY}


def text_of_simple(markup: str) -> str | None:
    """The text, tidied; None where it takes the parser."""
    if _LINE in markup or may_hide(markup):
        return None
    if (cut := _without_skipped(markup)) is None:
        return None
    parts = _TAG.split(cut)
    try:
        parts[1::2] = [_MEANT[name] for name in parts[1::2]]
    except KeyError:  # one that takes the parser
        return None
    text = "".join(parts)
    return None if "<" in text else _paragraphs(without_controls(html.unescape(text)))


def _paragraphs(text: str) -> str:
    """One space between words, a line break where one was meant, an empty line between paragraphs."""
    found = []
    for block in text.split(_LINE * 2):
        if _LINE not in block:
            found.append(" ".join(block.split()))
            continue
        lines = [" ".join(line.split()) for line in block.split(_LINE)]
        # Of lines with nothing between them, only one is kept, and none at the ends.
        found.append("\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1])).strip("\n"))
    return "\n\n".join(filter(None, found))


def _without_skipped(markup: str) -> str | None:
    """The markup without comments and skipped elements, with the line breaks of preformatted text marked."""
    pieces = []
    done = 0
    while opening := _CUT.search(markup, done):
        end = _end(markup, opening)
        if end is None:
            return None
        pieces.append(markup[done : opening.start()])
        if (opening[2] or "").lower() == "pre":
            inner = markup[opening.end() : end[0]]
            if "<!" in inner or _CUT.search(inner):
                return None
            pieces.append(_LINE * 2 + inner.replace("\r\n", _LINE).replace("\n", _LINE) + _LINE * 2)
        done = end[1]
    return "".join([*pieces, markup[done:]]) if pieces else markup


def _end(markup: str, opening: re.Match[str]) -> tuple[int, int] | None:
    """Where what was opened ends, and where the text goes on."""
    if opening[1]:
        at = markup.find("-->", opening.end())
        return None if at < 0 else (at, at + 3)
    found = _ENDS[opening[2].lower()].search(markup, opening.end())
    return found and found.span()
