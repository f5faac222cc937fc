"""The default summarizer: picks sentences of the source and leaves words out; it writes none."""

from collections.abc import Iterator, Sequence

from summarizer.choices import Choice, choose, choose_by_rank
from summarizer.encoder import Encoder
from summarizer.errors import TextRefused
from summarizer.freshness import fresh
from summarizer.headlines import headline_of, whole_headlines
from summarizer.heads import Heads, built_in
from summarizer.ranking import Ranking, rank_by_meaning, rank_by_words, worth_embedding
from summarizer.readings import Reading, read
from summarizer.rules import LONGEST_POINT, repeats
from summarizer.stories import cluster, opening
from summarizer.storybriefs import NO_MODEL, WORDS, StoryBrief, brief_story, read_or_refuse
from summarizer.types import Brief, Method, Point, Request, StoryDocument
from summarizer.words import length_in_words

_HEADLINE_CANDIDATES = 6  # sentences tried for a headline before a cut one is taken


class Summarizer:
    """Briefs by sentence extraction. Synchronous; the encoder is loaded with the first text.

    Not safe for several threads at once. In a program with an event loop use `summarizer.worker.Worker`.
    """

    def __init__(self, encoder: Encoder | None = None, heads: Heads | None = None) -> None:
        self._encoder = encoder or Encoder()
        self._heads = heads or built_in()

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
        readings = [read_or_refuse(request) for request in requests]
        ranked = self.rank([reading for reading in readings if isinstance(reading, Reading)])
        name = self._encoder.name
        return [
            reading if isinstance(reading, TextRefused) else brief_of(request, reading, next(ranked), name)
            for request, reading in zip(requests, readings, strict=True)
        ]

    def rank(self, readings: Sequence[Reading]) -> Iterator[Ranking]:
        """The sentences of each text, ranked by their words and the best of them by their meaning."""
        by_words = [rank_by_words(reading, self._heads) for reading in readings]
        chosen = [
            worth_embedding(ranking, reading.points) if self._encoder.knows(reading.language) else []
            for ranking, reading in zip(by_words, readings, strict=True)
        ]
        pairs = list(zip(by_words, chosen, strict=True))
        vectors = self._encoder.encode_roughly(
            [ranking.sentences[index].text for ranking, indexes in pairs for index in indexes]
        )
        start = 0
        for ranking, indexes in pairs:
            yield rank_by_meaning(ranking, indexes, vectors[start : start + len(indexes)], self._heads)
            start += len(indexes)

    def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        """Clusters of indexes of documents on one event, singletons included, in the order of their first member."""
        return cluster(documents, self._encoder.encode([opening(document) for document in documents]))

    def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        """One brief of several texts on one event. Raises TextRefused when none can be condensed, ModelUnavailable."""
        return brief_story(requests, points, self._encoder)

    def fresh(self, sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
        """Whether each sentence says something that no told one says. Raises ModelUnavailable."""
        return fresh(sentences, told, language, self._encoder)


def brief_without_model(request: Request) -> Brief:
    """An honest brief when the encoder is out of reach: same rules, ranked by words alone. Raises TextRefused."""
    reading = read(request)
    return brief_of(request, reading, rank_by_words(reading, built_in()), NO_MODEL)


def brief_of(request: Request, reading: Reading, ranking: Ranking, model: str) -> Brief:
    """The brief of a text whose sentences are ranked; `model` names what ranked them."""
    headline, choices = _headline_and_points(request, reading, ranking)
    return Brief(
        headline=headline,
        points=tuple(Point(choice.text, (ranking.sentences[choice.index].span,)) for choice in choices),
        dateline=reading.dateline,
        language=reading.language,
        method=Method.EXTRACTIVE,
        model=model if ranking.knows_meaning or model == NO_MODEL else WORDS,
    )


def _headline_and_points(request: Request, reading: Reading, ranking: Ranking) -> tuple[str, list[Choice]]:
    """A given title stands and no point repeats it; without one, points come first and the headline repeats none."""
    asked = request.points is not None
    if request.untrimmed:
        return reading.title or _headline(reading, ranking), choose_by_rank(ranking, reading.points)
    if reading.title:
        return reading.title, choose(reading, ranking, asked=asked, headline=reading.title)
    choices = choose(reading, ranking, asked=asked)
    tried: list[str] = []
    for headline in _headlines(reading, ranking):
        if apart := _told_apart(choices, headline, ranking):
            return headline, apart
        tried.append(headline)
    headline = tried[0] if tried else _headline(reading, ranking)
    return headline, choose(reading, ranking, asked=asked, headline=headline)


def _told_apart(choices: Sequence[Choice], headline: str, ranking: Ranking) -> list[Choice]:
    """The same points, those untrimmed that would repeat the headline otherwise; none where one repeats it even so."""
    told = []
    for choice in choices:
        whole = Choice(choice.index, ranking.sentences[choice.index].text)
        if not repeats(choice.text, headline):
            told.append(choice)
        elif length_in_words(whole.text) <= LONGEST_POINT and not repeats(whole.text, headline):
            told.append(whole)
        else:
            return []
    return told


def _headlines(reading: Reading, ranking: Ranking) -> Iterator[str]:
    """Headlines that the best sentences give, of each the fullest first."""
    for index in ranking.best_first()[:_HEADLINE_CANDIDATES]:
        yield from whole_headlines(ranking.sentences[index].text, reading.language)


def _headline(reading: Reading, ranking: Ranking) -> str:
    best = [ranking.sentences[index].text for index in ranking.best_first()[:_HEADLINE_CANDIDATES]]
    return headline_of(best, reading.language)
