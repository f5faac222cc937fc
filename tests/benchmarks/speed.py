"""How many articles a second are briefed, beside sentence-transformers encoding every sentence, article by article.

    python -m tests.benchmarks.speed [articles]

Both choose by the same heads and rules; the peer embeds all sentences of one article in one call, as its documentation
shows. Rounds alternate between both, so that other load on the machine meets both alike.
"""

import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import numpy as np

from summarizer import Brief, Summarizer
from summarizer.encoder import MODEL, Encoder, installed_folder
from summarizer.extractive import brief_of
from summarizer.heads import built_in
from summarizer.ranking import rank_by_meaning, rank_by_words
from summarizer.readings import read
from summarizer.types import Request
from tests.benchmarks.quality import rows_of, scores
from tests.benchmarks.report import Report
from tests.benchmarks.rouge import difference

_ROUNDS = 5
_BATCH = 16
_POINTS = 3

Briefer = Callable[[Sequence[Request]], list[Brief]]


def ours() -> Briefer:
    """Dateline as `python -m summarizer --jsonl` uses it; the encoder keeps no vector from another round."""

    def brief(requests: Sequence[Request]) -> list[Brief]:
        summarizer = Summarizer(encoder)
        encoder.forget()
        made: list[Any] = []
        for at in range(0, len(requests), _BATCH):
            made += summarizer.summarize_batch(requests[at : at + _BATCH])
        return made

    encoder = Encoder(threads=2)
    encoder.load()
    return brief


def peer() -> Briefer:
    """The same selection on vectors of sentence-transformers, every sentence of one article in one call."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(installed_folder()), device="cpu")

    def brief(requests: Sequence[Request]) -> list[Brief]:
        return [one(request) for request in requests]

    def one(request: Request) -> Brief:
        reading = read(request)
        ranking = rank_by_words(reading, built_in())
        texts = [sentence.text for sentence in ranking.sentences]
        vectors = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return brief_of(request, reading, rank_by_meaning(ranking, range(len(texts)), vectors, built_in()), MODEL)

    return brief


def main(count: int) -> None:
    """Print and write rates, their ratio round by round, and the difference in ROUGE."""
    rows = rows_of("train", count)
    requests = [Request(row["text"], points=_POINTS, language="en") for row in rows]
    ways = {"Dateline": ours(), "sentence-transformers, article by article": peer()}
    times: dict[str, list[float]] = {name: [] for name in ways}
    made: dict[str, list[Brief]] = {name: way(requests[:_BATCH]) for name, way in ways.items()}
    for number in range(_ROUNDS):
        for name, way in ways.items():
            part = requests[number::_ROUNDS]
            started = time.perf_counter()
            made[name] = [*(made[name] if number else []), *way(part)]
            times[name].append((time.perf_counter() - started) / len(part))
    order = [row for number in range(_ROUNDS) for row in rows[number::_ROUNDS]]
    told = {name: [[point.text for point in brief.points] for brief in briefs] for name, briefs in made.items()}
    found = {name: scores(summaries, order) for name, summaries in told.items()}
    mine, theirs = times
    ratios = [slow / fast for fast, slow in zip(times[mine], times[theirs], strict=True)]
    with Report("speed", "Speed of brief-making, embedding included") as report:
        words = median(len(row["text"].split()) for row in rows)
        report.say(f"{count} articles, {words:.0f} words at the median, {_POINTS} points, {_ROUNDS} rounds, 2 cores.")
        table = [
            [name, 1 / median(times[name]), " / ".join(f"{value:.1f}" for value in np.mean(found[name], axis=0))]
            for name in ways
        ]
        report.table(["way", "articles a second, median round", "ROUGE-1 / 2 / L"], table)
        spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
        report.say(
            f"Dateline is {median(ratios):.1f} times as fast ({spread} by round); mean ROUGE differs by "
            f"{difference((found[mine] - found[theirs]).mean(axis=1).tolist())}."
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
