"""Near copies: which edited texts are taken for the text they were made of, and which other texts are, beside comparing
all three-word runs of every two texts.
"""

import asyncio
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from statistics import mean

from bot.ingest.parsers import Feed, Parsers
from bot.ingest.texts.sketches import bands
from bot.services.reprints import is_reprint
from tests.benchmarks.articles import summary_articles
from tests.benchmarks.report import DATA, Report

_THRESHOLD = 0.5  # of the peer: so many of all three-word runs of two texts are in both
_LONGEST = 6_000
_FIGURE = re.compile(r"\d+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z]\w+")

Edit = Callable[[str, str, random.Random], str]
Judge = Callable[[str, str], bool]


def _with_head_and_tail(text: str, other: str, rng: random.Random) -> str:
    words = other.split()
    return f"{' '.join(words[:40])} {text} {' '.join(words[-40:])}"


def _edited(text: str, other: str, rng: random.Random) -> str:
    words = other.split()
    return " ".join(rng.choice(words) if rng.random() < 0.02 else word for word in text.split())


def _dropped(text: str, other: str, rng: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    dropped = set(rng.sample(range(len(sentences)), len(sentences) // 4))
    return " ".join(sentence for at, sentence in enumerate(sentences) if at not in dropped)


def _half(text: str, other: str, rng: random.Random) -> str:
    words = text.split()
    return " ".join(words[: len(words) // 2])


def _all_of_it(text: str, other: str, rng: random.Random) -> str:
    return _with_head_and_tail(_edited(_dropped(text, other, rng), other, rng), other, rng)


COPIES: dict[str, Edit] = {
    "another head and tail": _with_head_and_tail,
    "2 % of words edited": _edited,
    "a quarter of sentences dropped": _dropped,
    "all three": _all_of_it,
    "the first half": _half,
}


def _with_other_figures(text: str, other: str, rng: random.Random) -> str:
    return _FIGURE.sub(lambda found: str(int(found[0][:9]) + rng.randrange(1, 9)), text)


def _with_other_names(text: str, other: str, rng: random.Random) -> str:
    names = sorted(set(_NAME.findall(other))) or ["Varnes"]
    replaced = {name: rng.choice(names) for name in sorted(set(_NAME.findall(text)))}
    return _NAME.sub(lambda found: replaced[found[0]], text)


def _with_both(text: str, other: str, rng: random.Random) -> str:
    return _with_other_names(_with_other_figures(text, other, rng), other, rng)


LOOKALIKES: dict[str, Edit] = {
    "other figures": _with_other_figures,
    "other names": _with_other_names,
    "other figures and names": _with_both,
}


def measure() -> None:
    """Judge copies, look-alikes and different texts, and write the tables."""
    texts = [article.text[:_LONGEST] for article in summary_articles("train", step=3)]
    with Report("copies", "Near copies") as report:
        report.say(
            f"{len(texts)} news articles, each edited in several ways by chance and then judged beside its original, as"
            " another site's. The peer is exact and slow: two texts are one where at least half of all their runs of"
            " three words are in both. What is folded is not told on its own, so what must stay apart weighs more."
        )
        judges: dict[str, Judge] = {"Dateline": _is_folded, "shared bands alone": _shares_band, "exact runs": _is_exact}
        report.table(["folded, of copies with", *judges], list(_rows(COPIES, texts, judges)))
        report.table(["folded, of look-alikes with", *judges], list(_rows(LOOKALIKES, texts, judges)))
        report.table(["folded, of", "pairs", *judges], list(_apart(texts, judges)))
        report.say(_costs(texts))
        report.say(_one_site(asyncio.run(_feeds())))


def _rows(edits: dict[str, Edit], texts: Sequence[str], judges: dict[str, Judge]) -> Iterator[list[str]]:
    for name, edit in edits.items():
        rng = random.Random(7)  # the same every time
        pairs = [(text, edit(text, texts[at - 1], rng)) for at, text in enumerate(texts)]
        changed = [(text, other) for text, other in pairs if text != other]
        yield [f"{name} ({len(changed)})", *(_percent([judge(*pair) for pair in changed]) for judge in judges.values())]


def _apart(texts: Sequence[str], judges: dict[str, Judge]) -> Iterator[list[object]]:
    events = list(_reports_of_one_event())
    for name, pairs in (("reports of one event", events), ("articles of all kinds", list(combinations(texts, 2)))):
        counts = [sum(judge(*pair) for pair in pairs if _differ(pair)) for judge in judges.values()]
        yield [name, f"{len(pairs):,}", *counts]


def _differ(pair: tuple[str, str]) -> bool:
    """Two that are word for word the same are no question."""
    return pair[0] != pair[1]


def _reports_of_one_event() -> Iterator[tuple[str, str]]:
    with (DATA / "stories" / "dev.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield from combinations([document["text"] for document in json.loads(line)["docs"]], 2)


# ---- judges ----

_bands: dict[str, frozenset[int]] = {}
_runs: dict[str, frozenset[tuple[str, ...]]] = {}


def _shares_band(text: str, other: str) -> bool:
    one, two = (_bands.setdefault(each, frozenset(bands(each))) for each in (text, other))
    return not one.isdisjoint(two)


def _is_folded(text: str, other: str) -> bool:
    return _shares_band(text, other) and is_reprint(other, text, len(text))


def _is_exact(text: str, other: str) -> bool:
    one, two = (_runs.setdefault(each, _runs_of(each)) for each in (text, other))
    return len(one & two) >= _THRESHOLD * len(one | two)


def _runs_of(text: str) -> frozenset[tuple[str, ...]]:
    words = text.casefold().split()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _percent(judged: Sequence[bool]) -> str:
    return f"{100 * mean(judged):.1f} %"


# ---- costs, and what one site has ----


def _costs(texts: Sequence[str]) -> str:
    started = time.process_time()
    for text in texts:
        bands(text)
    sketched = time.process_time()
    for text in texts:
        is_reprint(text, text, len(text))
    judged = time.process_time()
    words = mean(len(text.split()) for text in texts)
    sketch, verdict = (1000 * took / len(texts) for took in (sketched - started, judged - sketched))
    return (
        f"The bands of a text of {words:.0f} words take {sketch:.2f} ms of a processor, a verdict on two texts"
        f" {verdict:.2f} ms."
    )


def _one_site(feeds: Sequence[Feed]) -> str:
    alike = folded = 0
    for feed in feeds:
        entries = [entry for entry in feed.entries if entry.facts.bands]
        for one, other in combinations(entries, 2):
            if entries and set(one.facts.bands) & set(other.facts.bands) and one.text != other.text:
                alike += 1
                folded += is_reprint(other.text, one.text, len(one.text))
    return (
        f"Within the {len(feeds)} live feeds {alike} pairs of different entries share a band; {folded} of them would"
        " be folded if two sites had them: versions of a program, editions of a book. Of one site nothing is folded but"
        " under the same title."
    )


async def _feeds() -> list[Feed]:
    parsers = Parsers()
    try:
        paths = sorted((DATA / "feeds" / "real").glob("*.xml"))
        return [await parsers.feed(path.read_bytes(), url=f"https://{path.stem}.example/") for path in paths]
    finally:
        await parsers.close()


if __name__ == "__main__":
    measure()
