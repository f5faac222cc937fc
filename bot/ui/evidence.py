"""Point by point, the very sentence that supports it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.services.briefing import ArticleBrief
from bot.services.stories import Composition, Quote
from bot.ui.bodies import Body, Button
from bot.ui.stories import removed_at
from bot.ui.text import address_link, plain, timestamp
from storage import Article, Size

HEADLINE = 200
POINT = 600
SENTENCE = 1000
PAGE = 2600
MOST_BLOCKS = 15
GONE = "-# The text of this article is not kept any more."


def edition_evidence(composition: Composition, articles: Mapping[int, Article], size: Size) -> list[str]:
    """One block per point; articles that are not kept any more are missing from the mapping, and of points that the
    editors of the server removed, or their source withdrew, nothing is shown.
    """
    return [
        block
        for place, story in enumerate(composition.stories)
        if not removed_at(story, place, size)
        and (points := [point for point in story.points if not (point.hidden_at or point.withdrawn_at)])
        for block in _blocks(
            story.headline,
            [(point.text, [(e.quote, articles.get(e.article_id)) for e in point.evidence]) for point in points],
        )
    ]


def brief_evidence(made: ArticleBrief) -> list[str]:
    """The same for one brief."""
    quoted = zip(made.brief.points, made.quotes, strict=True)
    return _blocks(made.brief.headline, [(point.text, [(q, made.article) for q in quotes]) for point, quotes in quoted])


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
    for block in blocks:
        full = len(made[-1]) == MOST_BLOCKS or sum(map(len, made[-1])) + len(block) > PAGE
        if made[-1] and full:
            made.append([])
        made[-1].append(block)
    return [tuple(page) for page in made]


_Support = Sequence[tuple[Quote, Article | None]]


def _blocks(headline: str, points: Sequence[tuple[str, _Support]]) -> list[str]:
    blocks = ["\n".join([f"- {plain(text, POINT)}", *_support(support)]) for text, support in points]
    return [f"### {plain(headline, HEADLINE)}\n{blocks[0]}", *blocks[1:]]


def _support(support: _Support) -> Iterable[str]:
    for quoted, article in support:
        if article is None:
            yield GONE
            continue
        sentence = f"**{plain(quoted.sentence, SENTENCE)}**"
        yield "> " + " ".join(filter(None, [plain(quoted.before), sentence, plain(quoted.after)]))
        yield f"-# {_where(article)}"


def _where(article: Article) -> str:
    parts = [address_link(article.link) or plain(article.title or "handed in by a member", 100)]
    if article.published:
        parts.append(timestamp(article.published, "d"))
    return " · ".join(parts)
