"""The lines of a page of a PDF, in the order in which a person reads them.

A PDF says only where each character stands. Characters on one baseline are pieces of a line; pieces are set apart into
columns where an empty strip divides the page, and joined into lines elsewhere.
"""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

SOFT_HYPHEN = "\u00ad"
_HYPHENS = (0x02, 0xAD, 0xFFFE)  # what PDFium makes of a hyphen that divides a word at the end of a line
_SMALLEST = 2.5  # points; what is smaller is hidden from readers
_DEEPEST = 12  # cuts of a page
# Forms that fonts have and writing has not: ligatures, radicals, positional forms of Arabic.
_PRESENTATION = tuple(map(chr, (*range(0xFB00, 0xFB50), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD))))
_RADICALS = tuple(map(chr, range(0x2E80, 0x2FE0)))
_TO_WRITING = str.maketrans(
    {c: n for c in (*_PRESENTATION, *_RADICALS) if (n := unicodedata.normalize("NFKC", c)) != c}
)


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline. Lengths are points; `left` is where reading begins, also from right to left."""

    text: str
    left: float
    right: float
    baseline: float  # from the bottom of the page
    size: float  # height of its letters


Column = list[Line]


def columns_of(textpage: Any, width: float, height: float) -> list[Column]:
    """The lines of a page, column after column. Where letters run from right to left, so do the columns."""
    pieces = [piece for piece in _pieces(textpage) if _is_visible(piece, width, height)]
    if _runs_left("".join(piece.text for piece in pieces[:200])):
        pieces = [replace(piece, left=-piece.right, right=-piece.left) for piece in pieces]
    return [_rows(column) for column in (_cut(pieces) if _has_columns(pieces) else [pieces]) if column]


def _pieces(textpage: Any) -> Iterator[Line]:
    """Characters that follow each other on one baseline without a wide gap."""
    run: list[tuple[str, float, float, float, float]] = []
    for letter in _letters(textpage):
        if run and not _follows(run[-1], letter, run[0][3]):
            yield _piece(run)
            run = []
        run.append(letter)
    if run:
        yield _piece(run)


def _letters(textpage: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Each character with its left, right, baseline and size; a space belongs to the character before it."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pending: tuple[str, float, float, float, float] | None = None
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code in (0, 10, 13) or code > 0x10FFFF:
            continue
        letter = SOFT_HYPHEN if code in _HYPHENS else chr(code)
        if letter.isspace():
            if pending is not None and not pending[0].endswith(" "):
                pending = (pending[0] + " ", *pending[1:])
            continue
        if pending is not None:
            yield pending
        pdfium.FPDFText_GetLooseCharBox(textpage, index, box)
        pdfium.FPDFText_GetCharOrigin(textpage, index, x, y)
        pending = (letter, box.left, box.right, y.value, abs(box.top - box.bottom))
    if pending is not None:
        yield pending


def _follows(
    before: tuple[str, float, float, float, float], letter: tuple[str, float, float, float, float], baseline: float
) -> bool:
    size = max(before[4], letter[4])
    gap = max(letter[1] - before[2], before[1] - letter[2])  # to either side: some scripts run left
    raised = abs(letter[3] - baseline)
    return raised <= (0.2 if abs(letter[4] - before[4]) < 0.2 * size else 0.5) * size and gap < 1.5 * size


def _piece(run: Sequence[tuple[str, float, float, float, float]]) -> Line:
    text = "".join(letter[0] for letter in run).translate(_TO_WRITING).strip()
    return Line(
        text,
        min(letter[1] for letter in run),
        max(letter[2] for letter in run),
        run[0][3],
        median(letter[4] for letter in run),
    )


def _is_visible(piece: Line, width: float, height: float) -> bool:
    on_page = piece.right > 0 and piece.left < width and -piece.size < piece.baseline < height
    return bool(piece.text) and on_page and piece.size > _SMALLEST


def _runs_left(text: str) -> bool:
    directions = [unicodedata.bidirectional(character) for character in text]
    return sum(direction in ("R", "AL") for direction in directions) > sum(direction == "L" for direction in directions)


def _has_columns(pieces: Sequence[Line]) -> bool:
    """Whether some upright strip of the page is crossed by few pieces, with much on both sides."""
    if len(pieces) < 6:
        return False
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    for x in {round(piece.left) for piece in pieces if 0.15 < (piece.left - left) / (right - left or 1) < 0.85}:
        before = sum(piece.right <= x + 1 for piece in pieces)
        after = sum(piece.left >= x - 1 for piece in pieces)
        if before >= 3 and after >= 3 and len(pieces) - before - after <= min(before, after):
            return True
    return False


def _cut(pieces: list[Line], depth: int = 0) -> list[list[Line]]:
    """The pieces in columns: cut at an empty upright strip where there is one, else at the highest gap of lines."""
    if len(pieces) < 4 or depth == _DEEPEST:
        return [pieces]
    x = _gutter(pieces)
    if x is not None:
        sides = [piece for piece in pieces if piece.left < x], [piece for piece in pieces if piece.left >= x]
        return [column for side in sides for column in _cut(side, depth + 1)]
    y = _gap(pieces)
    if y is None or not _has_columns(pieces):
        return [pieces]
    halves = [piece for piece in pieces if piece.baseline > y], [piece for piece in pieces if piece.baseline <= y]
    return [column for half in halves for column in _cut(half, depth + 1)]


def _gutter(pieces: Sequence[Line]) -> float | None:
    """Where an empty strip divides the pieces into two sides that are both wide enough to be columns."""
    by_left = sorted(pieces, key=lambda piece: piece.left)
    whole = max(piece.right for piece in pieces) - by_left[0].left
    size = median(piece.size for piece in pieces)
    end = by_left[0].right
    for index, piece in enumerate(by_left[1:], 1):
        wide = end - by_left[0].left >= 0.15 * whole <= max(p.right for p in by_left[index:]) - piece.left
        if piece.left - end >= 0.6 * size and wide and index >= 2 and len(by_left) - index >= 2:
            return piece.left
        end = max(end, piece.right)
    return None


def _gap(pieces: Sequence[Line]) -> float | None:
    """Where the highest gap between two lines begins."""
    baselines = sorted({piece.baseline for piece in pieces}, reverse=True)
    gaps = [(upper - lower, lower) for upper, lower in pairwise(baselines)]
    return max(gaps)[1] if gaps else None


def _rows(pieces: Sequence[Line]) -> Column:
    """Pieces on one height joined, from the top down."""
    rows: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.baseline):
        if rows and abs(rows[-1][0].baseline - piece.baseline) <= 0.4 * max(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_row(row) for row in rows]


def _row(row: list[Line]) -> Line:
    parts = sorted(row, key=lambda piece: piece.left)
    longest = max(parts, key=lambda piece: len(piece.text))
    text = " ".join(piece.text for piece in parts)
    return Line(text, parts[0].left, max(piece.right for piece in parts), longest.baseline, longest.size)
