"""The default summarizer: picks sentences of the source, invents nothing."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from summarizer.encoder import Encoder
from summarizer.errors import TextRefused
from summarizer.headlines import headline_of
from summarizer.ranking import SAME_MEANING, readable_scores, scores, select, word_centrality
from summarizer.readings import Reading, Sentence, read
from summarizer.stories import cluster, opening
from summarizer.types import Brief, Method, Point, Request, StoryDocument
from summarizer.words import content_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_MODEL = "none"
_HEADLINE_CANDIDATES = 4  # sentences tried for a headline before a cut one is taken


class Summarizer:
    """Briefs by sentence extraction. Synchronous; the encoder is loaded with the first text.

    Not safe for several threads at once. In a program with an event loop use `summarizer.worker.Worker`.
    """

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or Encoder()

    def load(self) -> None:
        """Load the encoder now. Raises ModelUnavailable."""
        self._encoder.load()

    def summarize(self, request: Request) -> Brief:
        """The brief of one text. Raises TextRefused and ModelUnavailable."""
        (outcome,) = self.summarize_batch([request])
        if isinstance(outcome, TextRefused):
            raise outcome
        return outcome

    def summarize_batch(self, requests: Sequence[Request]) -> list[Brief | TextRefused]:
        """The brief of each text, or why there is none, in the order given; all are embedded in one pass."""
        readings = [_read_or_refuse(request) for request in requests]
        accepted = [reading for reading in readings if isinstance(reading, Reading)]
        vectors = self._encoder.encode([sentence.text for reading in accepted for sentence in reading.sentences])
        ends = accumulate(len(reading.sentences) for reading in accepted)
        own_vectors = (vectors[end - len(reading.sentences) : end] for reading, end in zip(accepted, ends, strict=True))
        return [
            reading if isinstance(reading, TextRefused) else self._by_meaning(request, reading, next(own_vectors))
            for request, reading in zip(requests, readings, strict=True)
        ]

    def _by_meaning(self, request: Request, reading: Reading, vectors: "NDArray[np.float32]") -> Brief:
        """The brief of a text whose sentences have these vectors, ranked by closeness to their centre."""
        centrality = (vectors @ vectors.mean(axis=0)).tolist()
        similarities = vectors @ vectors.T

        def similar(left: int, right: int) -> bool:
            return bool(similarities[left, right] >= SAME_MEANING)

        return _brief(request, reading, centrality, similar, self._encoder.name)

    def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        """Clusters of indexes of documents on one event, singletons included, in the order of their first member."""
        return cluster(documents, self._encoder.encode([opening(document) for document in documents]))


def brief_without_model(request: Request) -> Brief:
    """An honest brief when the encoder is out of reach: same rules, centrality from shared words instead of meaning.

    Raises TextRefused.
    """
    reading = read(request)
    centrality = word_centrality([sentence.content for sentence in reading.sentences])
    return _brief(request, reading, centrality, lambda _left, _right: False, NO_MODEL)


def _read_or_refuse(request: Request) -> Reading | TextRefused:
    try:
        return read(request)
    except TextRefused as refusal:
        return refusal


def _brief(
    request: Request,
    reading: Reading,
    centrality: Sequence[float],
    similar: Callable[[int, int], bool],
    model: str,
) -> Brief:
    sentences = reading.sentences
    ranks = scores(sentences, centrality, reading.points)
    readable = readable_scores(sentences, ranks, reading.language)
    headline = reading.title or headline_of(_best(sentences, readable), reading.language)
    preferred = ranks if request.untrimmed else readable
    chosen = select(sentences, preferred, reading.points, content_words(headline), similar)
    return Brief(
        headline=headline,
        points=tuple(Point(sentences[index].text, (sentences[index].span,)) for index in chosen),
        dateline=reading.dateline,
        language=reading.language,
        method=Method.EXTRACTIVE,
        model=model,
    )


def _best(sentences: Sequence[Sentence], ranks: Sequence[float]) -> list[str]:
    order = sorted(range(len(sentences)), key=lambda index: -ranks[index])
    return [sentences[index].text for index in order[:_HEADLINE_CANDIDATES]]
