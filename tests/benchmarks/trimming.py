"""How near trimmed sentences and headlines come to what people make of the same sentences.

    .venv/bin/python -m tests.benchmarks.trimming

Five-fold cross-validation: each sentence is shortened by a model that has not seen it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from statistics import mean

from summarizer.headlines import headline_of
from summarizer.trimming import MOST_WORDS, Style, shortened
from tests.benchmarks.report import Report
from tests.benchmarks.train_trimming import BARS, SETS, Pair, learned, pairs

_FOLDS = 5
_UNLIMITED = 1000  # words

Shortener = Callable[[str, Style], str]


def main() -> None:
    """Write docs/measured/trimming.md."""
    with Report("trimming", "Trimming") as report:
        report.say(
            "Sentences that people shortened, in ordinary spelling. Word F1 is the largest over the human versions"
            " (words in lower case, as often as they occur); *kept* is the mean share of words. The weights are learned"
            f" on the other four of {_FOLDS} folds, on `broadcast` and `bnc` for points, on `google` and `headlines`"
            " for headlines. Attribution, doubt and the like stay whatever people did."
        )
        report.table(
            ("set", "sentences", "people keep", "everything: F1", "how", "F1", "kept", "changed"),
            [row for name, shorteners in _MEASURED for row in _rows(name, shorteners)],
        )


def _points(most_words: int) -> Shortener:
    return lambda text, style: shortened(text, style, most_words)


def _headline(text: str, style: Style) -> str:
    return headline_of([text], "en", style)


_POINTS = {
    "point": _points(MOST_WORDS),
    "point, however long": _points(_UNLIMITED),
    "point of 12 words": _points(12),
}
_HEADLINES = {"headline": _headline, "its sentence at 16 words": _points(16)}
_MEASURED = (("broadcast", _POINTS), ("bnc", _POINTS), ("google", _HEADLINES), ("headlines", _HEADLINES))


def _rows(name: str, shorteners: dict[str, Shortener]) -> list[Sequence[object]]:
    examples = pairs(name)
    style = next(style for style, names in SETS.items() if name in names)
    styles = [Style(learned(_others(style, fold)), BARS[style]) for fold in range(_FOLDS)]
    people = mean(mean(_share(version, example) for version in example.versions) for example in examples)
    everything = mean(_f1(example.text, example) for example in examples)
    rows: list[Sequence[object]] = []
    for how, shorten in shorteners.items():
        made = [shorten(example.text, styles[at % _FOLDS]) for at, example in enumerate(examples)]
        f1 = mean(_f1(text, example) for text, example in zip(made, examples, strict=True))
        kept = mean(_share(text, example) for text, example in zip(made, examples, strict=True))
        changed = mean(text != example.text for text, example in zip(made, examples, strict=True))
        figures = (f"{figure:.3f}" for figure in (f1, kept, changed))
        rows.append((name, len(examples), f"{people:.3f}", f"{everything:.3f}", how, *figures))
    return rows


def _others(style: str, fold: int) -> list[Pair]:
    return [pair for name in SETS[style] for at, pair in enumerate(pairs(name)) if at % _FOLDS != fold]


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def _share(text: str, example: Pair) -> float:
    return _words(text).total() / max(1, _words(example.text).total())


def _f1(text: str, example: Pair) -> float:
    words = _words(text)
    return max(_overlap(words, _words(version)) for version in example.versions)


def _overlap(left: Counter[str], right: Counter[str]) -> float:
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


if __name__ == "__main__":
    main()
