"""How well sentences that a source does not support are told from those it does.

    .venv/bin/python -m tests.benchmarks.grounding

On model-written summaries with votes of people (the half of `faithfulness/dev.jsonl` that nothing was tuned on), and on
the attacks and faithful versions of `tests.summarizer.attacks`, of our own writing.
"""

import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.claims import tokens
from summarizer.grounding import Grounding, trim_objections
from tests.benchmarks.report import Report
from tests.benchmarks.train_grounding import Judged, best_threshold, sentences
from tests.summarizer.attacks import ATTACKS, FAITHFUL, Case, judged

_DRAWS = 2000
_SPEED_ROUNDS = 50

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def auc(scores: Floats, faithful: Bools) -> float:
    """How often a supported sentence scores above an unsupported one, ties counting half."""
    above = scores[faithful][:, None] - scores[~faithful][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def balanced_accuracy(passes: Bools, faithful: Bools) -> float:
    """Mean of the shares of supported sentences that pass and of unsupported ones that do not."""
    return float((passes[faithful].mean() + (~passes[~faithful]).mean()) / 2)


def interval(measure: Callable[[Floats, Bools], float], values: NDArray[np.generic], faithful: Bools) -> str:
    """The measure with its 95 % bootstrap interval over sentences."""
    draw = np.random.default_rng(7)
    drawn = []
    while len(drawn) < _DRAWS:
        at = draw.integers(0, len(faithful), len(faithful))
        if faithful[at].any() and not faithful[at].all():
            drawn.append(measure(values[at], faithful[at]))  # type: ignore[arg-type]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return f"{measure(values, faithful):.3f} [{low:.3f}, {high:.3f}]"  # type: ignore[arg-type]


def _scores(each: Sequence[Judged]) -> tuple[Floats, Floats, Bools]:
    """Of sentences: the score, the cosine alone, and whether the rules have nothing against them."""
    verdicts = [Grounding.judge(one.measurement) for one in each]
    meaning = np.array([one.measurement.features[0] for one in each])
    return np.array([one.score for one in verdicts]), meaning, np.array([not one.objections for one in verdicts])


def _faithfulness(report: Report) -> None:
    everything = sentences()
    training = [one for one in everything if not one.held_out]
    least = (best_threshold(_scores(training)[1], training), Grounding.threshold())
    rows = []
    for part in ("cnndm", "xsum"):
        held_out = [one for one in everything if one.held_out and one.part == part]
        faithful = np.array([one.faithful for one in held_out])
        scores, meaning, lawful = _scores(held_out)
        rows.append((part, "cosine alone", interval(auc, meaning, faithful), *_shown(meaning >= least[0], faithful)))
        rows.append((part, "score", interval(auc, scores, faithful), *_shown(scores >= least[1], faithful)))
        rows.append((part, "score and rules", "", *_shown((scores >= least[1]) & lawful, faithful)))
    report.say(
        "Sentences of model-written summaries, held-out half (177 and 59 sentences). Thresholds are those of the best"
        " balanced accuracy on the other half. Intervals are 95 % bootstrap. `score and rules` is what decides for a"
        " brief; the people who voted did not count a lost attribution or `at least` as a fault, the rules do."
    )
    report.table(("part", "judged by", "AUC", "balanced accuracy", "shown", "true of what is shown"), rows)


def _shown(passes: Bools, faithful: Bools) -> tuple[str, str, str]:
    """Balanced accuracy, the share of sentences that would be shown, and of those the share that is true."""
    true = f"{faithful[passes].mean():.2f}" if passes.any() else "-"
    return interval(balanced_accuracy, passes, faithful), f"{passes.mean():.2f}", true


def _share(cases: Iterable[Case], refused: bool) -> str:
    found = [bool(judged(case)) == refused and not case.seen for case in cases]
    return f"{sum(found)} of {len(found)}" if found else ""


def _attacks(report: Report) -> None:
    report.say(
        "Attacks and faithful versions of our own writing. The checks were tuned on two thirds; of the held-out third"
        " one faithful version was seen and mended, and its totals were known while the checks were made."
    )
    rows: list[tuple[str, ...]] = []
    for name, cases, refused in (("attacks refused", ATTACKS, True), ("faithful versions kept", FAITHFUL, False)):
        for part, held_out in (("tuned on", False), ("held out", True)):
            chosen = [case for case in cases if case.held_out == held_out]
            trims = [case for case in chosen if case.leaves_out]
            written = [case for case in chosen if not case.leaves_out]
            rows.append((name, part, _share(chosen, refused), _share(trims, refused), _share(written, refused)))
    report.table(("", "", "all", "made by leaving out", "rewritten"), rows)


def _speed(report: Report) -> None:
    pairs = [(case.version, case.source) for case in FAITHFUL if case.leaves_out and case.language == "en"]
    started = time.perf_counter()
    for _ in range(_SPEED_ROUNDS):
        tokens.cache_clear()
        for version, source in pairs:
            trim_objections(version, source)
    each = (time.perf_counter() - started) / _SPEED_ROUNDS / len(pairs)
    words = sum(len(source.split()) for _, source in pairs) / len(pairs)
    report.say(f"One shortened sentence is checked in {each * 1000:.2f} ms (mean; sentences of {words:.0f} words).")


def main() -> None:
    """Measure and write the tables."""
    with Report("grounding", "Grounding: what a brief says, the source says") as report:
        _faithfulness(report)
        _attacks(report)
        _speed(report)


if __name__ == "__main__":
    main()
