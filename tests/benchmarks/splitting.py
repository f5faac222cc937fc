"""Sentence boundaries on texts of our own writing, beside pysbd and sentencex: precision, recall and F1."""

from collections.abc import Callable, Iterable, Sequence

from summarizer.sentences import split_sentences
from tests.benchmarks.report import Report
from tests.summarizer.splits import HELD_OUT, SPLITS, TUNED_ON, Split

Splitter = Callable[[Split], frozenset[int]]


def ours(case: Split) -> frozenset[int]:
    """Ends of our sentences, the language told."""
    return frozenset(span.end for span in split_sentences(case.text, 0, case.language))


def ours_untold(case: Split) -> frozenset[int]:
    """The same without the language."""
    return frozenset(span.end for span in split_sentences(case.text))


def pysbd_splitter() -> Splitter:
    """pysbd with the rules of the case's language, English where it has none."""
    import pysbd
    from pysbd.languages import LANGUAGE_CODES

    segmenters = {code: pysbd.Segmenter(language=code, clean=False) for code in LANGUAGE_CODES}
    return lambda case: _ends(case.text, segmenters.get(case.language, segmenters["en"]).segment(case.text))


def sentencex_splitter() -> Splitter:
    """sentencex, which knows every language."""
    import sentencex

    return lambda case: _ends(case.text, sentencex.segment(case.language, case.text))


def _ends(text: str, sentences: Iterable[str]) -> frozenset[int]:
    """Where sentences given as texts end; a splitter that alters a sentence gets no end for it."""
    ends, position = set[int](), 0
    for sentence in map(str.strip, sentences):
        at = text.find(sentence, position)
        if sentence and at >= 0:
            position = at + len(sentence)
            ends.add(position)
    return frozenset(ends)


def scores(cases: Sequence[Split], splitter: Splitter) -> tuple[float, float, float]:
    """Precision, recall and F1 x 100 of the boundaries inside these texts."""
    found = [splitter(case) - {len(case.text)} for case in cases]
    right = sum(len(case.ends & ends) for case, ends in zip(cases, found, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(len(case.ends) for case in cases))
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Measure and write the table."""
    splitters = {
        "ours": ours,
        "ours, language not told": ours_untold,
        "pysbd": pysbd_splitter(),
        "sentencex": sentencex_splitter(),
    }
    languages = sorted({case.language for case in SPLITS if case.ends})
    with Report("splitting", "Sentence splitting") as report:
        report.say(
            f"Boundaries x 100 on {len(SPLITS)} texts of our own writing in {len(languages)} languages "
            f"(`tests/summarizer/splits.py`). Whoever writes both the texts and a splitter has an advantage: the rules "
            f"were tuned on {len(TUNED_ON)} of the texts; the other {len(HELD_OUT)} were looked at only as a number."
        )
        for name, cases in (("held out", HELD_OUT), ("tuned on", TUNED_ON)):
            rows = [(splitter, *scores(cases, split)) for splitter, split in splitters.items()]
            report.table([name, "precision", "recall", "F1"], rows)
        rows_by_language = [
            (
                language,
                *(
                    scores([case for case in SPLITS if case.language == language], split)[2]
                    for split in splitters.values()
                ),
            )
            for language in languages
        ]
        report.table(["F1 by language, all texts", *splitters], rows_by_language)


if __name__ == "__main__":
    main()
