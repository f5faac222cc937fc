"""Point by point, the very sentence that supports it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from bot.services.briefing import ArticleBrief
from bot.services.stories import CONTEXT, Composition, Evidence, Quote, Story
from bot.ui.bodies import Body, Button
from bot.ui.limits import length
from bot.ui.stories import removed_at
from bot.ui.text import address_link, plain, timestamp
from storage import Article, Size

HEADLINE = 200
POINT = 600
SENTENCE = 1000
DAY = 40
PAGE = 2600
"""Characters; the longest line is shorter."""
MOST_BLOCKS = 15
MOST_DAYS = 6
"""Relative dates explained beside one sentence; more are no sentence of a report."""
GONE = "-# The text of this article is not kept any more."


def edition_evidence(composition: Composition, articles: Mapping[int, Article], size: Size) -> list[str]:
    """One block per point; articles that are not kept any more are missing from the mapping, and of points that the
    editors of the server removed, or their source withdrew, nothing is shown, beside other sentences neither.
    """
    return [
        block
        for place, story in enumerate(composition.stories)
        if not removed_at(story, place, size)
        and (points := [point for point in story.points if not (point.hidden_at or point.withdrawn_at)])
        for block in _blocks(
            story.headline,
            [
                (one.text, [_edition_support(e, story, articles.get(e.article_id)) for e in one.evidence])
                for one in points
            ],
        )
    ]


def _edition_support(evidence: Evidence, story: Story, article: Article | None) -> "_Support":
    return _quote(evidence, story), article, _days(article, evidence.quote, evidence.start, evidence.end)


def _quote(evidence: Evidence, story: Story) -> Quote:
    """The sentence in its context, without the side on which a removed one stands."""
    removed = [
        other
        for point in story.points
        if point.hidden_at or point.withdrawn_at
        for other in point.evidence
        if other.article_id == evidence.article_id
    ]
    before = any(one.start < evidence.start < one.end + 2 * CONTEXT for one in removed)
    after = any(one.start - 2 * CONTEXT < evidence.end < one.end for one in removed)
    quoted = evidence.quote
    return replace(quoted, before="" if before else quoted.before, after="" if after else quoted.after)


def brief_evidence(made: ArticleBrief) -> list[str]:
    """The same for one brief."""
    article = made.article
    points = [
        (
            point.text,
            [
                (quoted, article, _days(article, quoted, span.start, span.end))
                for span, quoted in zip(point.evidence, quotes, strict=True)
            ],
        )
        for point, quotes in zip(made.brief.points, made.quotes, strict=True)
    ]
    return _blocks(made.brief.headline, points)


def _days(article: Article | None, quoted: Quote, start: int, end: int) -> str:
    """Which days the relative dates of a quoted sentence mean: "Tuesday: 27 July 2021".

    Nothing where the article does not say the sentence in that place any more.
    """
    if article is None or " ".join(article.text[start:end].split()) != quoted.sentence:
        return ""
    within = [(article.text[a:b], day) for a, b, day in article.dates if start <= a < b <= end]
    told = dict.fromkeys(f"{plain(words, DAY)}: {day.day} {day:%B %Y}" for words, day in within)
    return " · ".join([*told][:MOST_DAYS])


def evidence_page(blocks: Sequence[str], page: int, turn_to: Callable[[int], str]) -> Body:
    """One page of blocks with buttons to its neighbours; `turn_to` gives the custom id for a page."""
    pages = _pages(blocks)
    page = min(page, len(pages) - 1)
    footer = f"page {page + 1} of {len(pages)}" if len(pages) > 1 else ""
    buttons = []
    if page > 0:
        buttons.append(Button("Back", turn_to(page - 1)))
    if page + 1 < len(pages):
        buttons.append(Button("Next", turn_to(page + 1)))
    return Body(pages[page], footer, tuple(buttons))


def _pages(blocks: Sequence[str]) -> list[tuple[str, ...]]:
    made: list[list[str]] = [[]]
    for block in chain.from_iterable(map(_pieces, blocks)):
        full = len(made[-1]) == MOST_BLOCKS or sum(map(length, made[-1])) + length(block) > PAGE
        if made[-1] and full:
            made.append([])
        made[-1].append(block)
    return [tuple(page) for page in made]


def _pieces(block: str) -> Iterator[str]:
    """A block, or its lines in several where it is too long for a page: a point of many reports has many sentences."""
    piece, *lines = block.split("\n")
    for line in lines:
        if length(f"{piece}\n{line}") > PAGE:
            yield piece
            piece = line
        else:
            piece = f"{piece}\n{line}"
    yield piece


_Support = tuple[Quote, Article | None, str]
"""A sentence in its context, its article, and the days it speaks of."""


def _blocks(headline: str, points: Sequence[tuple[str, Sequence[_Support]]]) -> list[str]:
    blocks = ["\n".join([f"- {plain(text, POINT)}", *_support(support)]) for text, support in points]
    return [f"### {plain(headline, HEADLINE)}\n{blocks[0]}", *blocks[1:]]


def _support(support: Sequence[_Support]) -> Iterable[str]:
    for quoted, article, days in support:
        if article is None:
            yield GONE
            continue
        sentence = f"**{plain(quoted.sentence, SENTENCE)}**"
        yield "> " + " ".join(filter(None, [plain(quoted.before), sentence, plain(quoted.after)]))
        if days:
            yield f"-# {days}"
        yield f"-# {_where(article)}"


def _where(article: Article) -> str:
    parts = [address_link(article.link) or plain(article.name, 100)]
    if article.published:
        parts.append(timestamp(article.published, "d"))
    return " · ".join(parts)
