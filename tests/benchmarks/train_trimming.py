"""Learn how readily people leave a word out, from sentences that people shortened: writes `summarizer/trimming.json`.

    .venv/bin/python -m tests.benchmarks.train_trimming

A logistic model over the features of `summarizer.trimming`, one for each style: points from `broadcast` and `bnc`,
where people could only delete, headlines from `google` and `headlines`. Deterministic.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from summarizer import trimming
from summarizer.constituents import parts
from summarizer.grammar import Parse
from tests.benchmarks.report import DATA

SETS = {"points": ("broadcast", "bnc"), "headlines": ("google", "headlines")}
BARS = {"points": 0.5, "headlines": 0.5}
_FEWEST = 8  # sightings of a feature
_SHRINKAGE = 8.0
_SMALLEST = 0.02  # weights closer to zero are left out of the file


@dataclass(frozen=True)
class Pair:
    """A sentence in ordinary spelling and the shorter versions that people made of it."""

    text: str
    versions: Sequence[str]


def pairs(name: str) -> list[Pair]:
    """The pairs of one set, as written in news instead of cut into tokens."""
    lines = (DATA / "compression" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Pair(joined(row["text"]), [joined(version) for version in row["summaries"]]) for row in rows]


def joined(text: str) -> str:
    """A text cut into tokens (`` said Wei . '') as it is written (“said Wei.”); ordinary text stays as it is."""
    text = text.replace("-LRB-", "(").replace("-RRB-", ")").replace(" --- ", " — ")
    text = re.sub(r"\s*''", "”", re.sub(r"``\s*", "“", text))
    text = re.sub(r" (n't|'\w{1,2})\b", r"\1", text)
    text = re.sub(r"\s+([,.;:?!%)\]])", r"\1", text)
    return " ".join(re.sub(r"([($\[])\s+", r"\1", text).split())


def left_out(parse: Parse, versions: Sequence[str]) -> list[float]:
    """For each token the share of people who left it out."""
    shares = [1.0] * len(parse)
    for version in versions:
        words = Parse(version).lower
        for block in SequenceMatcher(None, parse.lower, words, autojunk=False).get_matching_blocks():
            for at in range(block.a, block.a + block.size):
                shares[at] -= 1 / len(versions)
    return shares


def learned(examples: Sequence[Pair]) -> dict[str, float]:
    """The weights of features that fit these pairs best."""
    seen: list[tuple[list[str], float]] = []
    for example in examples:
        parse = Parse(example.text)
        rows = zip(
            trimming.features(parse, parts(parse)), left_out(parse, example.versions), range(len(parse)), strict=True
        )
        seen += [(names, share) for names, share, at in rows if parse.is_word(at)]
    return _fitted(seen)


def _fitted(seen: Sequence[tuple[list[str], float]]) -> dict[str, float]:
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(name for names, _ in seen for name in names)
    columns = {name: column for column, name in enumerate(sorted(n for n, count in counts.items() if count >= _FEWEST))}
    indices = [[columns[name] for name in names if name in columns] for names, _ in seen]
    ends = np.cumsum([0, *(len(row) for row in indices)])
    flat = np.concatenate([np.array(row, dtype=int) for row in indices])
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(seen), len(columns)))
    shares = np.array([share for _, share in seen])

    def loss(weights: Any) -> tuple[float, Any]:
        logits = matrix @ weights
        likelihood = (np.logaddexp(0, logits) - shares * logits).sum() + _SHRINKAGE / 2 * weights @ weights
        slope = matrix.T @ (1 / (1 + np.exp(-logits)) - shares) + _SHRINKAGE * weights
        return float(likelihood), slope

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {
        name: round(float(weight), 3) for name, weight in zip(columns, found, strict=True) if abs(weight) > _SMALLEST
    }


def main() -> None:
    """Train both styles on everything and write them into the package."""
    styles: Mapping[str, Any] = {
        style: {"bar": BARS[style], "weights": learned([pair for name in names for pair in pairs(name)])}
        for style, names in SETS.items()
    }
    made = {"command": "python -m tests.benchmarks.train_trimming", "styles": styles}
    path = Path(trimming.__file__).parent / "trimming.json"
    path.write_text(json.dumps(made, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{path.name}: " + ", ".join(f"{style} {len(fields['weights'])} weights" for style, fields in styles.items()))


if __name__ == "__main__":
    main()
