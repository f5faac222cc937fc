"""From a brief of one or several reports to a story with points and their evidence. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.services.briefing import ArticleBrief, ToldStory
from bot.services.stories import (
    Difference,
    Evidence,
    Figure,
    Story,
    StoryArticle,
    StoryPoint,
    quote,
    without_addresses,
)
from storage import Article, Carrier
from summarizer import Span

UNTITLED = "A report without a title"


def story_of(
    made: ArticleBrief | ToldStory, articles: Sequence[Article], carriers: Mapping[int, Sequence[Carrier]]
) -> Story:
    """The story that a brief tells of these articles, those that it cites first."""
    points = _points_of_one(made) if isinstance(made, ArticleBrief) else _points_of_many(made)
    differences = () if isinstance(made, ArticleBrief) else _differences(made)
    told = Story(without_addresses(made.brief.headline) or UNTITLED, points, (), differences)
    return replace(told, articles=_references(told, articles, carriers))


def with_points(story: Story, are_told: Callable[[StoryPoint], bool], count: int) -> Story:
    """The same story with the first of those points that may be told."""
    points = tuple(point for point in story.points if are_told(point))[:count]
    told = replace(story, points=points)
    return replace(told, articles=tuple(sorted(story.articles, key=lambda article: _place(told, article.article_id))))


def _references(
    story: Story, articles: Sequence[Article], carriers: Mapping[int, Sequence[Carrier]]
) -> tuple[StoryArticle, ...]:
    ordered = sorted(articles, key=lambda article: _place(story, article.article_id))
    return tuple(_reference(article, carriers[article.article_id]) for article in ordered)


def _place(story: Story, article_id: int) -> int:
    return story.cited.index(article_id) if article_id in story.cited else len(story.cited)


def _reference(article: Article, carriers: Sequence[Carrier]) -> StoryArticle:
    return StoryArticle(
        article_id=article.article_id,
        title=without_addresses(article.title or ""),
        link=(carriers[0].link if carriers else None) or article.link,
        source=carriers[0].name if carriers else "",
        published=article.published.isoformat() if article.published else None,
    )


def _points_of_one(made: ArticleBrief) -> tuple[StoryPoint, ...]:
    article_id = made.article.article_id
    return tuple(
        StoryPoint(
            point.text,
            tuple(
                Evidence(article_id, span.start, span.end, quoted)
                for span, quoted in zip(point.evidence, quotes, strict=True)
            ),
        )
        for point, quotes in zip(made.brief.points, made.quotes, strict=True)
    )


def _points_of_many(made: ToldStory) -> tuple[StoryPoint, ...]:
    return tuple(
        StoryPoint(point.text, tuple(_evidence(made.articles[at], span) for at, span in point.evidence))
        for point in made.brief.points
    )


def _evidence(article: Article, span: Span) -> Evidence:
    return Evidence(article.article_id, span.start, span.end, quote(article.text, span.start, span.end))


def _differences(made: ToldStory) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            difference.thing,
            tuple(Figure(made.articles[claim.document].article_id, claim.words) for claim in difference.claims),
        )
        for difference in made.brief.differences
    )
