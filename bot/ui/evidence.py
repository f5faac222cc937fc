"""Point by point, the very sentence that supports it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.services.briefing import ArticleBrief
from bot.services.stories import Composition, Evidence
from bot.ui.bodies import Body, Button
from bot.ui.text import address_link, plain, timestamp
from storage import Article

HEADLINE = 200
POINT = 600
SENTENCE = 1000
CONTEXT = 90
"""Characters shown before and after the sentence."""
PAGE = 2600
GONE = "-# The text of this article is not kept any more."


def edition_evidence(composition: Composition, articles: Mapping[int, Article]) -> list[str]:
    """One block per point; articles that are not kept any more are missing from the mapping."""
    return [
        block
        for story in composition.stories
        for block in _blocks(story.headline, [(point.text, point.evidence) for point in story.points], articles)
    ]


def brief_evidence(made: ArticleBrief) -> list[str]:
    """The same for one brief."""
    article_id = made.article.article_id
    points = [
        (point.text, [Evidence(article_id, span.start, span.end) for span in point.evidence])
        for point in made.brief.points
    ]
    return _blocks(made.brief.headline, points, {article_id: made.article})


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
        if made[-1] and sum(map(len, made[-1])) + len(block) > PAGE:
            made.append([])
        made[-1].append(block)
    return [tuple(page) for page in made]


def _blocks(
    headline: str, points: Sequence[tuple[str, Sequence[Evidence]]], articles: Mapping[int, Article]
) -> list[str]:
    blocks = ["\n".join([f"- {plain(text, POINT)}", *_support(spans, articles)]) for text, spans in points]
    return [f"### {plain(headline, HEADLINE)}\n{blocks[0]}", *blocks[1:]]


def _support(evidence: Iterable[Evidence], articles: Mapping[int, Article]) -> Iterable[str]:
    for span in evidence:
        article = articles.get(span.article_id)
        if article is None:
            yield GONE
            continue
        yield f"> {_in_context(article.text, span)}"
        yield f"-# {_where(article)}"


def _in_context(text: str, span: Evidence) -> str:
    """The sentence as it stands in its article, marked, with the words around it."""
    before = " ".join(text[max(0, span.start - 2 * CONTEXT) : span.start].split())
    after = " ".join(text[span.end : span.end + 2 * CONTEXT].split())
    if len(before) > CONTEXT:
        before = "…" + before[-CONTEXT:].partition(" ")[2]
    sentence = f"**{plain(text[span.start : span.end], SENTENCE)}**"
    return " ".join(filter(None, [plain(before), sentence, plain(after, CONTEXT)]))


def _where(article: Article) -> str:
    parts = [address_link(article.link) or plain(article.title or "handed in by a member", 100)]
    if article.published:
        parts.append(timestamp(article.published, "d"))
    return " · ".join(parts)
