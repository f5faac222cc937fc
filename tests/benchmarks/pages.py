"""Articles out of web pages, ours beside bare trafilatura, in one run over the same pages.

Two sets: 44 saved pages whose gold is what Readability made of them, and pages of our own in the shapes of news sites,
whose gold is exact (`tests/newspages`). `python -m tests.benchmarks.pages --misses` prints every disagreement.
"""

import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import trafilatura

from bot.ingest.markup import plain_text
from bot.ingest.pages.page import page
from bot.ingest.values import Unreadable
from tests.benchmarks.report import DATA, Report
from tests.newspages import news_pages

Fields = dict[str, str | None]
FIELDS = ("title", "byline", "date", "site name", "language")
_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True)
class Sample:
    """A page, its text as a gold has it, and its fields; None where they are not judged."""

    name: str
    body: bytes
    text: str
    fields: Fields | None


def ours(body: bytes) -> tuple[str, Fields]:
    """What the bot takes of a page; nothing of one that it refuses."""
    try:
        found = page(None, None, body)
    except Unreadable:
        return "", {}
    named = zip(FIELDS, (found[key] for key in ("title", "byline", "published", "site_name", "language")), strict=True)
    return found["text"], dict(named)


def bare(body: bytes) -> tuple[str, Fields]:
    """What trafilatura alone takes of it."""
    found: Any = trafilatura.bare_extraction(body, favor_precision=True, include_comments=False, with_metadata=True)
    if not found:
        return "", {}
    values = (found.title, found.author, found.date, found.sitename, found.language)
    return found.text or "", dict(zip(FIELDS, values, strict=True))


def tokens(text: str) -> list[str]:
    """Words; in scripts that write without spaces, characters."""
    spaced = re.sub(r"([\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])", r" \1 ", text)
    return _TOKEN.findall(spaced)


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """The bag of the text's runs of four words."""
    words = tokens(text)
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)) if words)


def overlap(text: str, gold: str) -> tuple[float, float]:
    """Precision and recall of the runs of a text; a page without any text has neither."""
    found, wanted = shingles(text), shingles(gold)
    shared = sum((found & wanted).values())
    return (shared / found.total() if found else 0.0), (shared / wanted.total() if wanted else 1.0)


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def agrees(field: str, found: str | None, gold: str | None) -> bool:
    """Whether two values say the same: days of dates, languages without countries, and names but for case and "By"."""
    if field == "date":
        return _day(found) == _day(gold)
    if field == "language":
        return (found or "").partition("-")[0].lower() == (gold or "").partition("-")[0].lower()
    return _folded(found) == _folded(gold)


def _day(value: str | None) -> str:
    if not value:
        return ""
    moment = datetime.fromisoformat(value)
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()


def _folded(value: str | None) -> str:
    text = unicodedata.normalize("NFKC", value or "").replace("’", "'").replace("“", '"').replace("”", '"')
    return " ".join(text.casefold().removeprefix("by ").split())


def saved_pages() -> list[Sample]:
    """The saved pages of the shared data."""
    samples = []
    for folder in sorted(file.parent for file in (DATA / "pages").glob("*/source.html")):
        stated = json.loads((folder / "expected-metadata.json").read_text())
        keys = ("title", "byline", "publishedTime", "siteName", "lang")
        fields = {field: stated.get(key) for field, key in zip(FIELDS, keys, strict=True)}
        gold = plain_text((folder / "expected.html").read_text().replace("figcaption", "p"))
        samples.append(Sample(folder.name, (folder / "source.html").read_bytes(), gold, fields))
    return samples


def own_pages() -> list[Sample]:
    """The pages of our own."""
    return [
        Sample(
            made.name,
            made.html.encode(),
            "\n\n".join(made.text),
            {
                "title": made.title,
                "byline": made.byline,
                "date": made.published.isoformat() if made.published else None,
                "site name": made.site_name,
                "language": made.language,
            },
        )
        for made in news_pages()
    ]


Extraction = tuple[str, Fields, float]


def extractions(samples: Sequence[Sample]) -> tuple[list[Extraction], list[Extraction]]:
    """What both take of each page, with the seconds that it took: the best of three tries, in turns."""
    mine: list[Extraction] = []
    peer: list[Extraction] = []
    for sample in samples:
        for extract, found in ((ours, mine), (bare, peer)):
            text, fields = extract(sample.body)
            found.append((text, fields, min(_seconds(extract, sample.body) for _ in range(3))))
    return mine, peer


def _seconds(extract: Callable[[bytes], object], body: bytes) -> float:
    started = time.perf_counter()
    extract(body)
    return time.perf_counter() - started


def _scores(samples: Sequence[Sample], found: Sequence[Extraction]) -> tuple[float, float, float, int]:
    """F1, precision, recall as means over pages, as scrapinghub's article-extraction-benchmark has them, and how many
    pages gave no text.
    """
    pairs = [overlap(text, sample.text) for sample, (text, _, _) in zip(samples, found, strict=True)]
    precision = statistics.mean(pair[0] for pair in pairs)
    recall = statistics.mean(pair[1] for pair in pairs)
    return f1(precision, recall), precision, recall, sum(not text for text, _, _ in found)


def _agreement(samples: Sequence[Sample], found: Sequence[Extraction], field: str) -> str:
    judged = [(sample.fields, fields) for sample, (_, fields, _) in zip(samples, found, strict=True) if sample.fields]
    agreed = sum(agrees(field, fields.get(field), gold[field]) for gold, fields in judged)
    return f"{agreed} of {len(judged)}"


def _when_stated(samples: Sequence[Sample], found: Sequence[Extraction], field: str) -> str:
    judged = [(sample.fields, fields) for sample, (_, fields, _) in zip(samples, found, strict=True) if sample.fields]
    stated = [(gold[field], fields.get(field)) for gold, fields in judged if gold[field]]
    return f"{sum(agrees(field, value, gold) for gold, value in stated)} of {len(stated)}"


def _misses(samples: Sequence[Sample], mine: Sequence[Extraction], other: Sequence[Extraction]) -> Iterable[str]:
    for sample, (text, fields, _), (peer, _, _) in zip(samples, mine, other, strict=True):
        scores = [f1(*overlap(extracted, sample.text)) for extracted in (text, peer)]
        if scores[0] < 0.995:
            pair = overlap(text, sample.text)
            yield f"{sample.name}: text {scores[0]:.3f} (P {pair[0]:.3f} R {pair[1]:.3f}), trafilatura {scores[1]:.3f}"
        for field in FIELDS if sample.fields else ():
            gold = (sample.fields or {})[field]
            if not agrees(field, fields.get(field), gold):
                yield f"{sample.name}: {field} {fields.get(field)!r}, gold {gold!r}"


def _report(report: Report, what: str, samples: Sequence[Sample], *, misses: bool) -> None:
    for extract in (ours, bare):  # loads what is loaded with the first pages
        extract(samples[0].body)
    mine, peer = extractions(samples)
    report.say(what)
    rows: list[list[object]] = []
    for name, found in (("Dateline", mine), ("trafilatura, favor_precision", peer)):
        scores = _scores(samples, found)
        times = sorted(seconds * 1000 for _, _, seconds in found)
        rows.append(
            [
                name,
                *(f"{score:.3f}" for score in scores[:3]),
                scores[3],
                statistics.median(times),
                times[len(times) * 95 // 100],
            ]
        )
    report.table(["text", "F1", "precision", "recall", "no text", "median ms", "p95 ms"], rows)
    report.table(
        ["field", "Dateline", "trafilatura", "Dateline, where the gold has one", "trafilatura, likewise"],
        [
            [
                field,
                *(_agreement(samples, found, field) for found in (mine, peer)),
                *(_when_stated(samples, found, field) for found in (mine, peer)),
            ]
            for field in FIELDS
        ],
    )
    if misses:
        print("\n".join(_misses(samples, mine, peer)))


def main() -> None:
    """Print and keep the tables."""
    misses = "--misses" in sys.argv
    with Report("pages", "Articles out of web pages") as report:
        if (DATA / "pages").is_dir():
            _report(
                report,
                "44 saved pages. Their gold is Mozilla Readability's own output, with its captions, its bylines that "
                "are dates and its missing dates: it tells how alike two extractors are, not which one is right. "
                "trafilatura states no language.",
                saved_pages(),
                misses=misses,
            )
        _report(
            report,
            f"{len(own_pages())} pages of our own in the shapes that news sites have, with exact gold. The rules were "
            "made with them in view: a regression shows here, a claim of quality needs pages nobody here has seen.",
            own_pages(),
            misses=misses,
        )


if __name__ == "__main__":
    main()
