"""ROUGE of briefs beside the first sentences and beside sumy's LexRank, TextRank and Luhn, at equal length.

    python -m tests.benchmarks.quality [articles]

Ranking alone is compared with as many first sentences; peers choose as many of the very same sentences. With the
editor's rules on, a brief is compared with as many words of the beginning. On train.jsonl the heads are fitted on four
fifths of the articles and measured on the fifth, five times; writers.jsonl is never fitted on.
"""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from summarizer import Brief, Summarizer
from summarizer.encoder import Encoder
from summarizer.heads import built_in
from summarizer.readings import read
from summarizer.types import Request
from tests.benchmarks.report import DATA, Report
from tests.benchmarks.rouge import difference, rouge
from tests.benchmarks.train_ranking import example, fit_heads

_FOLDS = 5
_BATCH = 16
_COUNTS = (2, 3)

Rows = Sequence[dict[str, Any]]
Summaries = list[list[str]]


def rows_of(name: str, most: int) -> Rows:
    """The articles of a file, each with `references`."""
    lines = (DATA / f"summaries/{name}.jsonl").read_text(encoding="utf-8").splitlines()[:most]
    return [
        {"references": [row["reference"]], **row} if "references" not in row else row for row in map(json.loads, lines)
    ]


def briefs(summarizer: Summarizer, rows: Rows, points: int, *, untrimmed: bool) -> Summaries:
    """The points of a brief for each article."""
    requests = [Request(row["text"], points=points, language="en", untrimmed=untrimmed) for row in rows]
    made = [
        brief
        for at in range(0, len(requests), _BATCH)
        for brief in summarizer.summarize_batch(requests[at : at + _BATCH])
    ]
    assert all(isinstance(brief, Brief) for brief in made)
    return [[point.text for point in brief.points] for brief in made if isinstance(brief, Brief)]


def sentences_of(row: dict[str, Any]) -> list[str]:
    """The sentences of an article as Dateline splits them, without its dateline."""
    return [sentence.text for sentence in read(Request(row["text"], language="en")).body]


def first_words(row: dict[str, Any], count: int) -> list[str]:
    """The beginning of an article, cut after so many words."""
    taken: list[str] = []
    for sentence in sentences_of(row):
        words = sentence.split()[:count]
        count -= len(words)
        taken.append(" ".join(words))
        if count <= 0:
            break
    return taken


def peers() -> dict[str, Callable[[Sequence[str], int], list[str]]]:
    """Each chooses so many of the given sentences, in reading order."""
    from nltk.stem.porter import PorterStemmer
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.luhn import LuhnSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer
    from sumy.utils import get_stop_words

    class Tokenizer:
        def to_words(self, sentence: str) -> tuple[str, ...]:
            return tuple(word for word in sentence.lower().split() if any(letter.isalpha() for letter in word))

    tokenizer, stemmer = Tokenizer(), PorterStemmer()

    def chooser(kind: Any) -> Callable[[Sequence[str], int], list[str]]:
        summarizer = kind(stemmer.stem)
        summarizer.stop_words = get_stop_words("english")

        def choose(sentences: Sequence[str], count: int) -> list[str]:
            document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in sentences])])
            return [str(sentence) for sentence in summarizer(document, count)]

        return choose

    return {
        "sumy LexRank": chooser(LexRankSummarizer),
        "sumy TextRank": chooser(TextRankSummarizer),
        "sumy Luhn": chooser(LuhnSummarizer),
    }


def held_out_briefs(rows: Rows, encoder: Encoder, points: int, *, untrimmed: bool, heads: list[Any]) -> Summaries:
    """Briefs by heads that were fitted without the article: fold by fold, in the order of the rows."""
    made: dict[int, list[str]] = {}
    for fold, fitted in enumerate(heads):
        places = range(fold, len(rows), len(heads))
        summaries = briefs(Summarizer(encoder, fitted), [rows[at] for at in places], points, untrimmed=untrimmed)
        made |= dict(zip(places, summaries, strict=True))
    return [made[at] for at in range(len(rows))]


def fold_heads(rows: Rows, encoder: Encoder) -> list[Any]:
    """For each fold the heads fitted on all others."""
    examples = [example(row) for row in rows]
    return [
        fit_heads([one for at, one in enumerate(examples) if at % _FOLDS != fold], encoder) for fold in range(_FOLDS)
    ]


def scores(summaries: Summaries, rows: Rows) -> Any:
    """Shape (articles, 3)."""
    return np.array([rouge(summary, row["references"]) for summary, row in zip(summaries, rows, strict=True)])


def line(name: str, summaries: Summaries, rows: Rows, against: Any) -> list[object]:
    """A row of a table: figures, words, and the difference of mean ROUGE to `against`."""
    found = scores(summaries, rows)
    words = float(np.mean([sum(len(sentence.split()) for sentence in summary) for summary in summaries]))
    shown = " / ".join(f"{value:.1f}" for value in found.mean(axis=0))
    return [name, shown, words, difference((found - against).mean(axis=1).tolist())]


def measure(report: Report, name: str, rows: Rows, heads: list[Any], encoder: Encoder) -> None:
    """The tables of one file."""
    texts = [sentences_of(row) for row in rows]
    for points in _COUNTS:
        lead = [sentences[:points] for sentences in texts]
        base = scores(lead, rows)
        whole = held_out_briefs(rows, encoder, points, untrimmed=True, heads=heads)
        found = [
            line("Dateline, ranking alone", whole, rows, base),
            line(f"first {points} sentences", lead, rows, base),
        ]
        for peer, choose in peers().items():
            found.append(line(peer, [choose(sentences, points) for sentences in texts], rows, base))
        report.say(f"**{name}, {points} sentences, {len(rows)} articles**")
        report.table(["method", "ROUGE-1 / 2 / L", "words", f"mean against the first {points}"], found)
        told = held_out_briefs(rows, encoder, points, untrimmed=False, heads=heads)
        cut = [
            first_words(row, sum(len(point.split()) for point in points_))
            for row, points_ in zip(rows, told, strict=True)
        ]
        base = scores(cut, rows)
        report.table(
            ["method", "ROUGE-1 / 2 / L", "words", "mean against as many first words"],
            [line("Dateline, editor's rules", told, rows, base), line("first words", cut, rows, base)],
        )


def main(most: int) -> None:
    """Measure both files."""
    encoder = Encoder(threads=2)
    with Report("quality", "Briefs against highlights and summaries by people") as report:
        train, writers = rows_of("train", most), rows_of("writers", most)
        report.say("ROUGE F1 x 100; differences of mean ROUGE-1/2/L with 95 % bootstrap intervals over articles.")
        measure(report, "writers.jsonl", writers, [built_in()], encoder)
        measure(report, "train.jsonl", train, fold_heads(train, encoder), encoder)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
