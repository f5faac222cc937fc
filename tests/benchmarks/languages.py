"""Which language a text is in, and where the embedded English encoder tells events apart better than words do."""

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.encoder import Encoder
from summarizer.languages import LANGUAGES, encoder_knows, language_of
from summarizer.words import content_words
from tests.benchmarks.report import DATA, Report

NAMES = {"english": "en", "french": "fr", "arabic": "ar", "czech": "cs", "greek": "el", "hebrew": "he", "hindi": "hi"}
_READ = 600  # characters of a document that are compared


def documents() -> Iterator[tuple[str, str, str, str]]:
    """Language, event, title and text of each document of MultiLing 2011."""
    with (DATA / "stories/dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            for document in row["docs"]:
                yield NAMES[row["lang"]], row["id"], document["title"], document["text"].partition("\n")[2]


def by_letters() -> Callable[[str], str]:
    """py3langid alone, restricted to the same languages."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return lambda text: str(identifier.classify(text)[0])


def auc(similarities: NDArray[np.float32], events: Sequence[str]) -> float:
    """How often two documents on one event are more alike than two on different ones."""
    left, right = np.triu_indices(len(events), k=1)
    same = np.array([events[i] == events[j] for i, j in zip(left, right, strict=True)])
    values = similarities[left, right]
    above, below = values[same][:, None], values[~same][None]
    return float((above > below).mean() + (above == below).mean() / 2)


def word_similarities(texts: Sequence[str]) -> NDArray[np.float32]:
    """Cosines of the documents' content words, rare ones weighing more."""
    bags = [Counter(content_words(text)) for text in texts]
    known = Counter(word for bag in bags for word in bag)
    column = {word: at for at, word in enumerate(known)}
    matrix = np.zeros((len(bags), len(column)), dtype=np.float32)
    for row, bag in enumerate(bags):
        for word, count in bag.items():
            matrix[row, column[word]] = (1 + math.log(count)) * math.log(1 + len(bags) / known[word])
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix @ matrix.T


def main() -> None:
    """Measure and write the tables."""
    read = list(documents())
    kinds = {
        "texts": [(language, text) for language, _, _, text in read],
        "titles": [(language, title) for language, _, title, _ in read],
    }
    detectors = {"ours": language_of, "py3langid alone": by_letters()}
    grouped = defaultdict[str, list[tuple[str, str]]](list)
    for language, event, title, text in read:
        grouped[language].append((event, f"{title}. {text[:_READ]}"))
    encoder = Encoder()
    with Report("languages", "Languages") as report:
        report.say(f"Share of {len(read)} documents of MultiLing 2011 whose language is found, in %.")
        rows = [
            (
                name,
                *(
                    100 * sum(detect(text) == language for language, text in cases) / len(cases)
                    for cases in kinds.values()
                ),
            )
            for name, detect in detectors.items()
        ]
        report.table(["detector", *kinds], rows)
        report.say(
            "Two documents on one event against two on different ones: how often the first pair is more alike (x 100), "
            "by the embedded encoder and by shared words. The encoder is trusted only where it is better."
        )
        report.table(
            ["language", "encoder", "words", "trusted"],
            [
                (
                    language,
                    100 * auc(_encoded(encoder, [text for _, text in texts]), [event for event, _ in texts]),
                    100 * auc(word_similarities([text for _, text in texts]), [event for event, _ in texts]),
                    "yes" if encoder_knows(language) else "no",
                )
                for language, texts in grouped.items()
            ],
        )


def _encoded(encoder: Encoder, texts: Sequence[str]) -> NDArray[np.float32]:
    vectors = encoder.encode(texts)
    return vectors @ vectors.T


if __name__ == "__main__":
    main()
