"""What earlier editions told: nothing of it is told again, and a story that goes on is told as an update."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from bot.services.stories import Composition, Story
from storage import Article, Told
from summarizer.claims import Objection
from summarizer.cleaning import legible
from summarizer.comparisons import objections
from summarizer.datelines import find_dateline
from summarizer.freshness import is_turn
from summarizer.sentences import split_sentences
from summarizer.words import content_words, jaccard

MEMORY = timedelta(days=14)
MOST_EDITIONS = 200
MOST_BRIEFS = 600
"""Of live digests, each of one story: four days at six an hour."""
MOST_REMEMBERED = 400
"""Told articles whose copies are recognised, the latest."""
FOLLOWED = timedelta(days=4)
"""For so long what is told may be put together with new reports by the model."""
MOST_FOLLOWED = 150
SAME_SENTENCE = 0.8
"""Jaccard of content words from which a sentence was told before, in whatever story."""
FEWEST_WORDS = 8
"""Content words of a sentence that tells which story it is of."""
MOST_HOLDING = 20
"""Told articles; a sentence that more of them have is of no one story."""
SAME_EVENT = 0.5
"""The same where the sentence has `FEWEST_MARKS` figures and names, and the other has these too."""
FEWEST_MARKS = 3
_MARK = re.compile(r"\d+(?:[.,]\d+)*|(?<=\w )[A-ZÀ-ÖØ-ÞА-ЯЁ]\w+")
_NEW_FACTS = frozenset({"number", "name", "date", "quote", "negation"})
READ_CHARACTERS = 20_000
READ_SENTENCES = 25
"""Of an article; what is new in a story stands near the top."""


@dataclass(frozen=True)
class Earlier:
    """A story as an earlier edition told it."""

    edition_id: int
    told_at: datetime
    story: Story

    @property
    def article_ids(self) -> list[int]:
        """The articles it was told from."""
        return [article.article_id for article in self.story.articles]

    @property
    def sentences(self) -> list[str]:
        """What its readers saw, and the sentences behind it."""
        seen = [self.story.headline, *(point.text for point in self.story.points)]
        return [*seen, *(evidence.quote.sentence for point in self.story.points for evidence in point.evidence)]


@dataclass(frozen=True)
class Past:
    """The stories of the last two weeks, the latest first."""

    earlier: tuple[Earlier, ...] = ()

    @classmethod
    def of(cls, editions: Iterable[Told]) -> "Past":
        """What some editions told, the latest first."""
        read = ((told, Composition.from_json(told.content)) for told in editions)
        return cls(tuple(Earlier(told.edition_id, told.due_at, story) for told, made in read for story in made.stories))

    @cached_property
    def article_ids(self) -> list[int]:
        """The articles they were told from, the latest first."""
        return list(dict.fromkeys(article_id for earlier in self.earlier for article_id in earlier.article_ids))

    def followed(self, since: datetime) -> list[int]:
        """Articles of what was told since then, the latest first."""
        lately = (earlier for earlier in self.earlier if earlier.told_at >= since)
        return list(dict.fromkeys(article_id for earlier in lately for article_id in earlier.article_ids))

    def told_from(self, article_ids: Collection[int]) -> tuple[Earlier, ...]:
        """The stories that were told from any of these articles, the latest first."""
        wanted = set(article_ids)
        return tuple(earlier for earlier in self.earlier if wanted.intersection(earlier.article_ids))

    @cached_property
    def sentences(self) -> "Sentences":
        """All points that were told, to find one that is told again."""
        made = Sentences()
        for earlier in self.earlier:
            made.add(earlier.story)
        return made


class Sentences:
    """Sentences that were told, by their words."""

    def __init__(self) -> None:
        self._told: list[tuple[str, set[str]]] = []
        self._holding: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, story: Story) -> None:
        """A story more was told: its points, and the sentences behind them."""
        told = {point.text for point in story.points}
        told |= {evidence.quote.sentence for point in story.points for evidence in point.evidence}
        for sentence in sorted(told):
            words = set(content_words(sentence))
            for word in words:
                self._holding[word].append(len(self._told))
            self._told.append((sentence, words))

    def have(self, sentence: str, language: str) -> bool:
        """Whether one of them says the same: by its words, figures, names and days, and without a turn of events.

        Where figures and names are several, less of the words need to be the same.
        """
        alike = self._alike(sentence)
        if not alike or (language.startswith("en") and is_turn(sentence, alike)):
            return False
        return not any(_is_new(each, sentence) for each in objections(sentence, alike, language))

    def _alike(self, sentence: str) -> list[str]:
        """Those that share most of its words."""
        words = set(content_words(sentence))
        enough = SAME_EVENT if len(_MARK.findall(sentence)) >= FEWEST_MARKS else SAME_SENTENCE
        shared = Counter(at for word in words for at in self._holding.get(word, ()))
        likely = (at for at, count in shared.items() if count >= enough * len(words))
        return [self._told[at][0] for at in likely if jaccard(words, self._told[at][1]) >= enough]


def _is_new(objection: Objection, sentence: str) -> bool:
    """Whether it is a fact that was not told. "Without power" only words "the power was cut" in another way."""
    is_state = objection.rule == "negation" and f"without {objection.words}" in sentence.lower()
    return objection.rule in _NEW_FACTS and not is_state


def sentences_of(article: Article, language: str | None) -> list[str]:
    """The sentences at the top of an article as points are made of them, each on one line."""
    text = legible(article.text)[:READ_CHARACTERS]
    spans = split_sentences(text, find_dateline(text)[1], language)[:READ_SENTENCES]
    return [" ".join(text[span.start : span.end].split()) for span in spans]


def carried_on(told: Sequence[Article], new: Sequence[Article]) -> dict[int, set[int]]:
    """Told articles of which a new one has a whole sentence, by its id: news that goes on repeats its background."""
    holding: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for article in told:
        for sentence in _telling_sentences(article):
            holding[sentence].add(article.article_id)
    found = {}
    for article in new:
        shared = [holders for each in _telling_sentences(article) if (holders := holding.get(each, set()))]
        found[article.article_id] = {holder for holders in shared if len(holders) <= MOST_HOLDING for holder in holders}
    return found


def _telling_sentences(article: Article) -> list[tuple[str, ...]]:
    """Its sentences that are long enough to be of one story, by their content words."""
    sentences = (tuple(content_words(sentence)) for sentence in sentences_of(article, article.language))
    return [words for words in sentences if len(words) >= FEWEST_WORDS]


def known_sentences(earlier: Sequence[Earlier], kept: Mapping[int, Article], language: str) -> list[str]:
    """What readers of these stories know: what was told, and what else stands in the articles that it was told from."""
    read = [kept[each] for story in earlier for each in story.article_ids if each in kept]
    told = [sentence for story in earlier for sentence in story.sentences]
    return list(dict.fromkeys([*(line for article in read for line in sentences_of(article, language)), *told]))
