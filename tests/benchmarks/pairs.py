"""Blind pairs for a reader: briefs beside the first sentences of their articles, and trimmed points for grammar.

    python -m tests.benchmarks.pairs make FOLDER [--pairs 30] [--points 50] [--seed 1]
    python -m tests.benchmarks.pairs tally FOLDER ANSWERS

`make` writes `pairs.txt` and `points.txt` for the reader and `key.json` for nobody's eyes until all is answered.
ANSWERS has a line a pair: its number and A, B or = (no preference). Nothing of it goes into this repository: the texts
are other people's.
"""

import argparse
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer import Brief
from summarizer.cleaning import collapse
from tests.benchmarks.articles import Article, briefs_of, feed_articles, lead_of, summary_articles

_SHOWN = 2500  # characters of the article itself, enough to see what it is about


def make(folder: Path, pairs: int, points: int, seed: int) -> None:
    """Write the pairs, the points and the key: a third of the pairs from each of train, writers and the feeds."""
    chance = random.Random(seed)  # a draw that can be repeated
    share = -(-pairs // 3)
    drawn = [
        *chance.sample(summary_articles("train"), share),
        *chance.sample(summary_articles("writers"), share),
        *chance.sample(feed_articles(200), share),
    ]
    chance.shuffle(drawn)
    briefed = briefs_of(drawn)[:pairs]
    sides = [chance.choice("AB") for _ in briefed]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pairs.txt").write_text(
        "\n\n".join(_pair(number, *one, side) for number, (one, side) in enumerate(zip(briefed, sides, strict=True), 1))
    )
    more = briefed + briefs_of(chance.sample(summary_articles("train"), 3 * points))
    trimmed = [found for article, brief in more for found in _trimmed(article, brief)]
    sample = chance.sample(trimmed, min(points, len(trimmed)))
    (folder / "points.txt").write_text("\n".join(f"{number}. {text}" for number, (text, _) in enumerate(sample, 1)))
    key = {"seed": seed, "briefs": sides, "sources": [source for _, source in sample]}
    (folder / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1))
    print(f"{len(briefed)} pairs and {len(sample)} points in {folder}")


def _pair(number: int, article: Article, brief: Brief, side: str) -> str:
    ours, lead = _listed(brief), _listed(lead_of(article, brief))
    first, second = (ours, lead) if side == "A" else (lead, ours)
    body = collapse(article.text)[:_SHOWN]
    return f"===== {number} =====\n{brief.headline}\n\nA\n{first}\n\nB\n{second}\n\n[The article begins: {body}]"


def _listed(brief: Brief) -> str:
    return "\n".join(f"* {point.text}" for point in brief.points)


def _trimmed(article: Article, brief: Brief) -> list[tuple[str, str]]:
    """The points that are shorter than their sentence, each with that sentence."""
    found = []
    for point in brief.points:
        source = " ".join(collapse(article.text[span.start : span.end]) for span in point.evidence)
        if collapse(point.text) != source:
            found.append((point.text, source))
    return found


def tally(key: dict[str, Any], answers: Sequence[str]) -> str:
    """How often the brief was preferred, with the 95 % interval; a pair without preference counts half."""
    given = dict(line.split()[:2] for line in answers if line.strip())
    wins = ties = 0
    for number, side in enumerate(key["briefs"], 1):
        answer = given[str(number)].upper()
        wins += answer == side
        ties += answer == "="
    count = len(key["briefs"])
    low, high = binomial_interval(wins + ties / 2, count)
    return (
        f"{count} pairs: the brief preferred in {wins}, no preference in {ties}:"
        f" {100 * (wins + ties / 2) / count:.0f} % [{100 * low:.0f}, {100 * high:.0f}]"
    )


def binomial_interval(successes: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval for a share."""
    share, spread = successes / count, z * z / count
    centre = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return max(0.0, centre - half), min(1.0, centre + half)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("--pairs", type=int, default=30)
    making.add_argument("--points", type=int, default=50)
    making.add_argument("--seed", type=int, default=1)
    tallying = commands.add_parser("tally")
    tallying.add_argument("folder", type=Path)
    tallying.add_argument("answers", type=Path)
    options = parser.parse_args()
    if options.command == "make":
        make(options.folder, options.pairs, options.points, options.seed)
    else:
        key = json.loads((options.folder / "key.json").read_text())
        print(tally(key, options.answers.read_text().splitlines()))


if __name__ == "__main__":
    main()
