"""What a shortened sentence leaves out of the whole one, stretch by stretch, and the punctuation around it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from summarizer.claims import Objection, Tokens

_LONGEST_ALIGNED = 250_000  # cells of the table that finds which words were left out; beyond, the first that fit
_MOST_REPEATED = 30  # times one word stands in a sentence of prose
_DASHES = "–—"
_OPENING, _CLOSING = frozenset("([（［"), frozenset(")]）］")


def kept_tokens(trimmed: Tokens, sentence: Tokens) -> list[int] | None:
    """For each token of `trimmed` the index of the same token of `sentence`, in order and with the fewest breaks
    between them; None where it is not made by leaving out."""
    left, right = trimmed.lower, sentence.lower
    if len(left) * len(right) > _LONGEST_ALIGNED or max(Counter(right).values(), default=0) > _MOST_REPEATED:
        return _first_fit(left, right)
    return _fewest_breaks(left, right)


def _first_fit(left: tuple[str, ...], right: tuple[str, ...]) -> list[int] | None:
    found: list[int] = []
    at = 0
    for word in left:
        try:
            at = right.index(word, at)
        except ValueError:
            return None
        found.append(at)
        at += 1
    return found


def _fewest_breaks(left: tuple[str, ...], right: tuple[str, ...]) -> list[int] | None:
    """Dynamic programming from the end: `best[j]` counts the breaks when the rest of `left` begins at `right[j]`."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(right):
        places.setdefault(word, []).append(index)
    size = len(right)
    following: dict[int, tuple[int, int]] = {size: (0, size)}
    table: list[dict[int, tuple[int, int]]] = []
    for word in reversed(left):
        following = dict(_with_breaks(places.get(word, ()), following, is_last=not table))
        if not following:
            return None
        table.append(following)
    if not table:
        return None
    start = min(table[-1], key=lambda index: (table[-1][index][0] + (index > 0), index))
    path = [start]
    for row in reversed(table[1:]):
        path.append(row[path[-1]][1])
    return path


def _with_breaks(
    places: "list[int] | tuple[()]", following: dict[int, tuple[int, int]], *, is_last: bool
) -> Iterator[tuple[int, tuple[int, int]]]:
    """(place, (breaks from there on, next place)) for every place from which the rest can still be found."""
    later = sorted(following, reverse=True)
    best: tuple[int, int] | None = None  # of those that lie farther behind, a break in front of it counted
    taken = 0
    for place in reversed(places):
        if is_last:
            (end,) = following
            yield place, (int(place + 1 < end), end)
            continue
        while taken < len(later) and later[taken] > place:
            behind = (following[later[taken]][0] + 1, later[taken])
            best = min(best, behind) if best else behind
            taken += 1
        if best is not None:
            adjacent = following.get(place + 1)
            yield place, min(best, (adjacent[0], place + 1)) if adjacent else best


@dataclass(frozen=True)
class Deletion:
    """Tokens `start` up to `end` of a sentence that its trimmed version leaves out; `join` is the punctuation that
    stands in their place there."""

    sentence: Tokens
    start: int
    end: int
    join: str
    language: str
    opens: bool = False  # behind a connective that goes as well: the sentence begins with it all the same

    @property
    def words(self) -> str:
        """The words left out."""
        return " ".join(self.sentence.written[self.start : self.end])

    def within(self, start: int, end: int, *, opens: bool = False) -> "Deletion":
        """A part of it."""
        return Deletion(self.sentence, start, end, self.join, self.language, opens)

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return self.sentence.lower[self.start : self.end]

    @property
    def first(self) -> str:
        """Its first word in lower case."""
        return self.sentence.lower[self.start]

    @property
    def last(self) -> str:
        """Its last word in lower case."""
        return self.sentence.lower[self.end - 1]

    @property
    def before(self) -> str:
        """Punctuation in front of it."""
        return self.sentence.gaps[self.start]

    @property
    def after(self) -> str:
        """Punctuation behind it."""
        return self.sentence.gaps[self.end]

    @property
    def at_start(self) -> bool:
        """Whether the sentence begins with it."""
        return self.start == 0 or self.opens

    @property
    def at_end(self) -> bool:
        """Whether the sentence ends with it."""
        return self.end == len(self.sentence)

    @property
    def left(self) -> str:
        """The word in front of it in lower case, or nothing."""
        return self.sentence.lower[self.start - 1] if self.start else ""

    @property
    def right(self) -> str:
        """The word behind it in lower case, or nothing."""
        return "" if self.at_end else self.sentence.lower[self.end]

    @property
    def next_is_capital(self) -> bool:
        """Whether the word behind it is written as a name is."""
        return not self.at_end and self.sentence.written[self.end][0].isupper()


def deletions(trimmed: Tokens, sentence: Tokens, language: str) -> list[Deletion] | None:
    """The stretches of `sentence` that `trimmed` leaves out, each moved to where punctuation bounds it best; None where
    `trimmed` is not made by leaving out."""
    kept = kept_tokens(trimmed, sentence)
    if kept is None:
        return None
    found = []
    borders = [-1, *kept, len(sentence)]
    for index in range(len(borders) - 1):
        start, end = borders[index] + 1, borders[index + 1]
        if start < end:
            start, end = _best_place(sentence, start, end, borders[index], borders[index + 1])
            found.append(Deletion(sentence, start, end, trimmed.gaps[min(index, len(trimmed))], language))
    return found


def _best_place(sentence: Tokens, start: int, end: int, previous: int, following: int) -> tuple[int, int]:
    """Leaving out "the mayor," of "the mayor, the leader" is the same as leaving out "mayor, the": the bounded one."""
    places = [(start, end)]
    low, high = start, end
    while high < len(sentence) and sentence.lower[low] == sentence.lower[high] and high < following + 6:
        low, high = low + 1, high + 1
        places.append((low, high))
    low, high = start, end
    while low - 1 >= 0 and sentence.lower[low - 1] == sentence.lower[high - 1] and low > previous - 4:
        low, high = low - 1, high - 1
        places.append((low, high))
    return max(places, key=lambda place: bool(sentence.gaps[place[0]]) + bool(sentence.gaps[place[1]]))


def quotation(deletion: Deletion) -> Objection | None:
    """Words of a quotation stay together."""
    quoted = deletion.sentence.quoted
    gone = set(quoted[deletion.start : deletion.end]) - {0}
    kept = set(quoted[: deletion.start]) | set(quoted[deletion.end :])
    return Objection("quote", deletion.words) if gone & kept else None


def left_over(deletion: Deletion) -> Objection | None:
    """Punctuation that opened or closed what is gone may not stay behind."""
    inside = "".join(deletion.sentence.gaps[deletion.start : deletion.end + 1])
    brackets = sum(mark in _OPENING for mark in inside) - sum(mark in _CLOSING for mark in inside)
    marks = sum(mark in ",;:–—" for mark in deletion.join)
    opened = "," in deletion.before and "," in deletion.join and not deletion.after and len(segments(deletion)) > 1
    if brackets or (not deletion.at_end and (marks > 1 or opened)):
        return Objection("clause", deletion.words)
    return None


def is_bounded_aside(deletion: Deletion) -> bool:
    """Whether it is all of what stands between brackets or dashes, or behind the only dash."""
    before, after = deletion.before, deletion.after
    if before[-1:] in _OPENING and after[:1] in _CLOSING:
        return True
    gaps = deletion.sentence.gaps
    opened = sum(_has_dash(gap) for gap in gaps[: deletion.start + 1]) % 2 == 1
    inside = any(_has_dash(gap) for gap in gaps[deletion.start + 1 : deletion.end])
    return _has_dash(before) and opened and not inside and (_has_dash(after) or deletion.at_end) and ":" not in before


def _has_dash(gap: str) -> bool:
    return any(mark in gap for mark in _DASHES)


FINE = Objection("", "")


def separates(gap: str) -> bool:
    """Whether punctuation sets off what stands beside it."""
    return "," in gap or ";" in gap or _has_dash(gap)


def segments(deletion: Deletion) -> list[tuple[str, ...]]:
    """Its words, cut at commas, quotation marks and dashes."""
    sentence = deletion.sentence
    cuts = [at for at in range(deletion.start + 1, deletion.end) if _cuts(sentence.gaps[at])]
    borders = [deletion.start, *cuts, deletion.end]
    return [sentence.lower[left:right] for left, right in pairwise(borders)]


def _cuts(gap: str) -> bool:
    return any(mark in gap for mark in ',"”;:') or _has_dash(gap)


def segment_before(deletion: Deletion) -> tuple[str, ...]:
    """The words in front of it, back to the comma before."""
    start = deletion.start - 1
    while start > 0 and not _cuts(deletion.sentence.gaps[start]):
        start -= 1
    return deletion.sentence.lower[max(0, start) : deletion.start]


def moved_punctuation(trimmed: Tokens, sentence: Tokens, kept: list[int]) -> Objection | None:
    """Between words that stood side by side, the punctuation stays as it was."""
    for index in range(1, len(kept)):
        if kept[index] == kept[index - 1] + 1 and trimmed.gaps[index] != sentence.gaps[kept[index]]:
            return Objection("clause", " ".join(trimmed.written[index - 1 : index + 1]))
    return None
