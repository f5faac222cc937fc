"""Lines of printed pages joined into paragraphs, without what repeats on every page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median

from bot.ingest.files.pdflines import SOFT_HYPHEN, Column, Line

Page = list[Column]

_EDGE_LINES = 3
"""So many lines at the top and the bottom of a page can be heads, feet and page numbers."""
_PAGE_NUMBER = re.compile(
    r"[-–—|·\s]*(?:(?:page|seite|p\.|s\.|стр\.?|página|pág\.|第|صفحة|עמוד)\s*)?\d{1,4}"
    r"(?:\s*(?:/|of|von|de|sur|из|共)\s*\d{1,4})?\s*(?:页|頁)?[-–—|·\s]*",
    re.IGNORECASE,
)
# What browsers print on the edges: the time of printing with the title, the address with the number of the page.
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}.{0,300}|(?:https?|file):\S{1,2000}(?: \d{1,4}/\d{1,4})?"
)
_SENTENCE_END = re.compile(r"[.!?:;…。！？؟۔।][\"'”’»)\]」』]*$")
_ITEM = re.compile(r"[•▪◦‣●■–—*-]\s|\(?\d{1,2}[.)]\s")
_HYPHENS = ("-", "‐", SOFT_HYPHEN)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPACELESS = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0eff]")


def without_edges(pages: Sequence[Page]) -> list[Page]:
    """The pages without running heads and feet, page numbers, and what a browser prints around a page."""
    edges = [_edges(page) for page in pages]
    repeated = Counter(key for sides in edges for key in {_key(line) for side in sides for line in side})
    enough = 2 if len(pages) < 6 else 3
    gone = [
        {line for side in sides for line in _outermost(side, {key for key in repeated if repeated[key] >= enough})}
        for sides in edges
    ]
    return [
        [[line for line in column if line not in dropped] for column in page]
        for page, dropped in zip(pages, gone, strict=True)
    ]


def _edges(page: Page) -> tuple[list[Line], list[Line]]:
    """The lines from the top of a page down, and from its bottom up."""
    lines = sorted((line for column in page for line in column), key=lambda line: -line.baseline)
    return lines[:_EDGE_LINES], lines[::-1][:_EDGE_LINES]


def _outermost(side: Sequence[Line], repeated: set[tuple[str, int]]) -> Iterator[Line]:
    """Only what stands further out than all of the text can be a head or a foot."""
    return takewhile(lambda line: _key(line) in repeated or _is_furniture(line.text), side)


def _key(line: Line) -> tuple[str, int]:
    """What the heads of all pages have in common: words and height."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.baseline / 4)


def _is_furniture(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _PRINTED.fullmatch(text))


def paragraphs_of(pages: Sequence[Page]) -> list[str]:
    """The text of the pages, paragraph by paragraph; one that runs on in the next column or page is one."""
    groups: list[list[Line]] = []
    for column in (column for page in pages for column in page if column):
        found = _groups(column)
        if groups and _runs_on(groups[-1][-1], found[0][0]):
            groups[-1] += found.pop(0)
        groups += found
    words = Counter(word.casefold() for group in groups for line in group for word in _WORD.findall(line.text))
    return [_joined([line.text for line in group], words) for group in groups]


def _groups(column: Column) -> list[list[Line]]:
    left = min(line.left for line in column)
    right = max(line.right for line in column)
    steps = [above.baseline - below.baseline for above, below in pairwise(column)]
    pitch = median(steps) if len(steps) > 2 else 0.0
    groups = [[column[0]]]
    for above, below in pairwise(column):
        if _begins(above, below, left, right, pitch):
            groups.append([])
        groups[-1].append(below)
    return groups


def _begins(above: Line, below: Line, left: float, right: float, pitch: float) -> bool:
    """Whether a paragraph begins with the lower one of two lines of a column."""
    size = max(above.size, below.size)
    step = above.baseline - below.baseline
    is_apart = step > (1.3 * pitch if pitch else 1.7 * size) or step > 2.2 * size
    is_indented = 0.6 * size < below.left - left < 4 * size and above.left - left < 0.4 * size
    ended_early = above.right < right - 0.12 * (right - left) and _SENTENCE_END.search(above.text)
    other_size = abs(above.size - below.size) > 0.12 * size
    return bool(is_apart or other_size or is_indented or ended_early or _ITEM.match(below.text))


def _runs_on(last: Line, first: Line) -> bool:
    same_size = abs(last.size - first.size) <= 0.12 * max(last.size, first.size)
    return same_size and not _SENTENCE_END.search(last.text) and not _ITEM.match(first.text)


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        if len(text) > 1 and text.endswith(_HYPHENS) and text[-2].isalnum() and line[:1].isalnum():
            text = _healed(text[:-1], line, words)
        elif text and line and _SPACELESS.match(text[-1]) and _SPACELESS.match(line[0]):
            text += line
        else:
            text += f" {line}"
    return text.replace(SOFT_HYPHEN, "-" if text.endswith(SOFT_HYPHEN) else "")


def _healed(head: str, tail: str, words: Counter[str]) -> str:
    """Two lines as one where a word is divided. Its hyphen stays before a capital or a number, and where the text has
    the word so elsewhere.
    """
    before, after = re.search(r"[^\W\d_]*$", head), re.match(r"[^\W\d_]*", tail)
    first, second = (before[0] if before else "").casefold(), (after[0] if after else "").casefold()
    keeps = not tail[0].islower() or words[f"{first}-{second}"] > words[first + second]
    return f"{head}-{tail}" if keeps else head + tail
