"""What a source that changed its text does to a story that was told from it. Pure.

A point stands for as long as its sentence is in the text, whatever its spacing and typography, or another sentence says
what the point says, by the check that every trimmed point passes. Otherwise the sentence that took the place of the old
one is told by the same rules; where none did, or it cannot be told alone, the point is withdrawn.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate

from bot.services.stories import Evidence, Story, StoryArticle, StoryPoint, quote
from storage import Article, fingerprint
from summarizer import Request, TextRefused
from summarizer.grounding import trim_objections
from summarizer.openings import dangling_opening
from summarizer.readings import Reading, Sentence, read
from summarizer.rules import LONGEST_POINT
from summarizer.trimming import trimmed
from summarizer.words import content_words, jaccard, length_in_words

SAME_SENTENCE = 0.3
"""Jaccard of content words from which a sentence of the new text is the old one, changed."""
_COMPARED = 3
"""Sentences, the most similar ones, that are asked whether they say what the point says."""

# Grouping of digits is typography, a decimal point is not: 1,500 is 1500, and 1.5 is not 15.
_GROUPED = re.compile(r"(?<=\d)[,\s'’.](?=\d{3}(?!\d))")
_TOKEN = re.compile(r"[-−]?\d+(?:[.,]\d+)*|[^\W\d_]+|[%‰°$€£¥₹]")
_SINGLE = str.maketrans({"−": "-", ",": "."})


def says(text: str, sentence: str) -> bool:
    """A text holds a sentence, whatever the spacing, case, punctuation and hyphens of either."""
    pieces, whole = _pieces(sentence), _pieces(text)
    wanted, everything = "".join(pieces), "".join(whole)
    if not wanted:
        return True
    borders = {0, *accumulate(map(len, whole))}
    at = everything.find(wanted)
    while at >= 0:
        if at in borders and at + len(wanted) in borders:
            return True
        at = everything.find(wanted, at + 1)
    return False


def _pieces(text: str) -> list[str]:
    line = _GROUPED.sub("", unicodedata.normalize("NFKC", text).casefold())
    return [f"#{token.translate(_SINGLE)}#" if _is_number(token) else token for token in _TOKEN.findall(line)]


def _is_number(token: str) -> bool:
    return token[-1].isdigit()


def corrected(story: Story, changed: Sequence[Article], now: datetime, hidden: Collection[str] = ()) -> Story:
    """The story after some of its articles were changed; the same where nothing that it tells is touched.

    Nothing is told anew from sentences that the editors removed: `hidden` are their fingerprints.
    """
    for article in changed:
        text = _Text(article, hidden)
        points = _points(story, text, now)
        headline = _headline(story, text, points != story.points)
        if (points, headline) != (story.points, story.headline):
            story = replace(
                story,
                points=points,
                headline=headline,
                articles=tuple(_reference(reference, article) for reference in story.articles),
                differences=tuple(
                    d for d in story.differences if all(f.article_id != article.article_id for f in d.figures)
                ),
                corrected_at=now.isoformat(),
            )
    return story


def _points(story: Story, text: "_Text", now: datetime) -> tuple[StoryPoint, ...]:
    """One after the other: what one is told anew as, no other is."""
    points = story.points
    for at, point in enumerate(points):
        present = replace(story, points=points)
        points = (*points[:at], _point(point, present, text, now), *points[at + 1 :])
    return points


def _point(point: StoryPoint, story: Story, text: "_Text", now: datetime) -> StoryPoint:
    gone = [evidence for evidence in point.evidence if text.took_back(evidence)]
    if not gone or point.withdrawn_at:
        return point
    lost = gone[0].quote.sentence
    left = tuple(evidence for evidence in point.evidence if evidence not in gone)
    if any(not trim_objections(point.text, one.quote.sentence, text.language) for one in left):
        return replace(point, evidence=left)
    if text.still_supports(point.text, lost):
        return point
    instead = text.in_place_of(lost)
    retold = text.told(instead, story) if instead else None
    if instead is None or retold is None:
        return replace(point, withdrawn_at=now.isoformat())
    return replace(point, text=retold, evidence=(text.evidence(instead),), corrected_at=now.isoformat())


def _reference(reference: StoryArticle, article: Article) -> StoryArticle:
    same = reference.article_id == article.article_id
    return replace(reference, title=article.title or "") if same else reference


def _headline(story: Story, text: "_Text", points_changed: bool) -> str:
    """A headline that was the title of the article follows it where a point or its own figures had to be corrected; one
    in other words stays.
    """
    reference = next((one for one in story.articles if one.article_id == text.article.article_id), None)
    was_title = reference is not None and reference.title and says(reference.title, story.headline)
    if not was_title or not text.title or says(text.title, story.headline):
        return story.headline
    known = {*_pieces(text.article.text), *_pieces(text.title)}
    figures_stand = known.issuperset(piece for piece in _pieces(story.headline) if piece.startswith("#"))
    return story.headline if figures_stand and not points_changed else text.title


class _Text:
    """The text of an article as it is now."""

    def __init__(self, article: Article, hidden: Collection[str]) -> None:
        self.article, self._hidden = article, hidden
        self.reading = _reading(article)
        self.title = self.reading.title if self.reading else ""
        self.language = self.reading.language if self.reading else "en"

    def took_back(self, evidence: Evidence) -> bool:
        is_own = evidence.article_id == self.article.article_id
        return is_own and not says(self.article.text, evidence.quote.sentence)

    def evidence(self, sentence: Sentence) -> Evidence:
        start, end = sentence.span.start, sentence.span.end
        return Evidence(self.article.article_id, start, end, quote(self.article.text, start, end))

    def still_supports(self, point: str, sentence: str) -> bool:
        likely = self._like(sentence)[:_COMPARED]
        return any(not trim_objections(point, one.text, self.language) for one in likely)

    def in_place_of(self, sentence: str) -> Sentence | None:
        """The sentence that took the place of another: the most similar one, if it is similar at all."""
        likely = self._like(sentence)
        return likely[0] if likely and _similarity(likely[0], sentence) >= SAME_SENTENCE else None

    def told(self, sentence: Sentence, story: Story) -> str | None:
        """The sentence as a point, whole where it is short enough, for trimmed it might lack what was changed; None
        where the rules let it not stand alone, the editors removed it, or another point says it already.
        """
        quoted = self.evidence(sentence).quote.sentence
        said = {one.quote.sentence for point in story.points for one in point.evidence}
        if quoted in said or fingerprint(quoted) in self._hidden:
            return None
        whole = sentence.length <= LONGEST_POINT
        text = sentence.text if whole else trimmed(sentence.text, self.language)
        stands = length_in_words(text) <= LONGEST_POINT and dangling_opening(text, self.language) is None
        return text if stands and all(point.text != text for point in story.points) else None

    def _like(self, sentence: str) -> list[Sentence]:
        body = self.reading.sentences if self.reading else ()
        return sorted(body, key=lambda one: (-_similarity(one, sentence), one.position))


def _similarity(one: Sentence, sentence: str) -> float:
    return jaccard(set(one.content), set(content_words(sentence)))


def _reading(article: Article) -> Reading | None:
    try:
        return read(Request(article.text, title=article.title, language=article.language))
    except TextRefused:  # "This article was withdrawn": nothing in it can be told
        return None
