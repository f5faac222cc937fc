"""An edition as its readers see it."""

from collections.abc import Mapping, Sequence

from bot.services.stories import Composition, Difference, Story, StoryArticle, StoryPoint
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, split
from bot.ui.text import address_link, plain, timestamp
from storage import Digest, Edition

HEADLINE = 200
SHORT_HEADLINE = 120
POINT = 500
TOLD_IN_FULL = 5
"""So many stories get points; the others are told by their headline."""
SHORT_AT_ONCE = 5
"""Lines of headlines in one block, which may have to move to the next message together."""
MOST_LINKS = 3
CITATIONS = "¹²³⁴⁵⁶⁷⁸⁹"


def edition_bodies(edition: Edition, digest: Digest, composition: Composition) -> list[Body]:
    """The messages of an edition, in order."""
    footer = _footer(composition)
    buttons = (Button("Sources", custom_ids.edition_sources(edition.edition_id)),)
    return split(_blocks(digest.name, f"{timestamp(edition.due_at)}", composition), footer, buttons)


def preview_bodies(digest: Digest, composition: Composition, as_of: str) -> list[Body]:
    """What the next edition would look like."""
    blocks = _blocks(digest.name, f"Preview as of {as_of}. It may change until the edition is posted.", composition)
    return split(blocks, _footer(composition), ())


def _blocks(name: str, subtitle: str, composition: Composition) -> list[str]:
    full = composition.stories[:TOLD_IN_FULL]
    rest = composition.stories[TOLD_IN_FULL:]
    blocks = [f"## {plain(name)}\n-# {subtitle}", *(_story(story) for story in full)]
    if rest:
        lines = [_short(story) for story in rest]
        blocks.append("\n".join(["**Also**", *lines[:SHORT_AT_ONCE]]))
        blocks += ["\n".join(lines[n : n + SHORT_AT_ONCE]) for n in range(SHORT_AT_ONCE, len(lines), SHORT_AT_ONCE)]
    return blocks


def _story(story: Story) -> str:
    marks = _marks(story)
    whole = [point for point in story.points if len(point.text) <= POINT] or story.points[:1]
    points = (f"- {plain(point.text, POINT)}{_citation(point, marks)}" for point in whole)
    differences = (f"-# {_difference(difference, story)}" for difference in story.differences)
    return "\n".join([f"### {plain(story.headline, HEADLINE)}", *points, *differences, _sources_line(story, marks)])


def _short(story: Story) -> str:
    return " · ".join(filter(None, [f"- {plain(story.headline, SHORT_HEADLINE)}", _where(story.articles[0])]))


def _marks(story: Story) -> dict[int, str]:
    """A small number for each article that is cited, when they are several."""
    cited = story.cited
    return dict(zip(cited, CITATIONS, strict=False)) if len(cited) > 1 else {}


def _citation(point: StoryPoint, marks: Mapping[int, str]) -> str:
    return "".join(marks.get(article_id, "") for article_id in dict.fromkeys(e.article_id for e in point.evidence))


def _difference(difference: Difference, story: Story) -> str:
    """Whose figure is which: "Figures differ: at least 12 (Island Post) or 15 (Coastwire) dead"."""
    sources = {article.article_id: article.source for article in story.articles}
    figures = [
        f"{plain(figure.words, 40)} ({plain(sources.get(figure.article_id, ''), 60)})" for figure in difference.figures
    ]
    return f"Figures differ: {' or '.join(figures)} {plain(difference.thing, 40)}"


def _sources_line(story: Story, marks: Mapping[int, str]) -> str:
    """Who reported it, with link and date, those that are cited first; how many they are when they are several."""
    by_source = {article.source: article for article in reversed(story.articles)}
    cited = [article for article in story.articles if article.article_id in marks]
    others = [by_source[name] for name in story.sources if name not in {article.source for article in cited}]
    shown = [*cited, *others[: max(0, MOST_LINKS - len(cited))]]
    parts = [f"{marks.get(article.article_id, '')}{_where(article)}" for article in shown]
    if len(story.sources) > 1:
        parts.append(f"{len(story.sources)} sources")
    return "-# " + " · ".join(filter(None, parts))


def _where(article: StoryArticle) -> str:
    """The source by the name its server knows it by, the host its link leads to, and the date: a report's "on Friday"
    means nothing without it.
    """
    date = timestamp(article.published_at, "d") if article.published_at else ""
    return " ".join(filter(None, [plain(article.source, 60), address_link(article.link), date]))


def _footer(composition: Composition) -> str:
    told, looked_at = len(composition.stories), composition.considered
    counts = f"{_count(told, 'story', 'stories')} from {_count(looked_at, 'new article', 'new articles')}"
    if composition.degraded:
        return f"{counts} · the model was not available: points chosen by simpler rules"
    return counts


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def texts(bodies: Sequence[Body]) -> str:
    """All text of some messages, for logs and tests."""
    return "\n\n".join(block for body in bodies for block in (*body.blocks, body.small_print))
