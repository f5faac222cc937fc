"""A story as a block of text: headline, points, what was corrected or removed, and who reported it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.services.stories import Difference, Story, StoryArticle, StoryPoint
from bot.ui.text import LONGEST_LINK, address_link, plain, timestamp
from storage import Size
from summarizer.rules import EDITION_POINTS

HEADLINE = 200
SHORT_HEADLINE = 120
POINT = 500
TOLD_IN_FULL = len(EDITION_POINTS)
"""So many stories of a full edition get points; the others are told by their headline."""
MOST_LINKS = 3
MOST_FIGURES = 4
NO_MODEL = "the model was not available: points chosen by simpler rules"
CITATIONS = "¹²³⁴⁵⁶⁷⁸⁹"


def points_shown(story: Story, place: int, size: Size) -> list[int]:
    """Which of its points readers see, by index; the place is that of the story in its edition."""
    if size is Size.HEADLINES or (size is Size.FULL and place >= TOLD_IN_FULL):
        return []
    whole = [at for at, point in enumerate(story.points) if len(point.text) <= POINT or point.is_revised]
    shown = whole or list(range(len(story.points)))[:1]
    return shown[:1] if size is Size.SHORT else shown


def removed_at(story: Story, place: int, size: Size) -> str | None:
    """When the server's editors removed the last of what readers see of it; its headline stands for its first point."""
    seen = [story.points[at] for at in points_shown(story, place, size)] or list(story.points[:1])
    times = [point.hidden_at for point in seen if point.hidden_at]
    return max(times) if times and len(times) == len(seen) else None


def story_block(story: Story, place: int, size: Size, longest_point: int = POINT) -> str:
    """The block that tells a story at its place of an edition."""
    points = [story.points[at] for at in points_shown(story, place, size)]
    removed = removed_at(story, place, size)
    if removed:
        return _also(_removed(removed, "Story"), place, size)
    if points:
        return "\n".join(_in_full(story, points, longest_point))
    return _also("\n".join(_in_a_line(story)), place, size)


def _also(line: str, place: int, size: Size) -> str:
    """With a heading, if it is the first that is told by its headline."""
    return f"**Also**\n{line}" if size is Size.FULL and place == TOLD_IN_FULL else line


def mark(story: Story) -> str:
    """Before the headline of a story that an earlier edition told."""
    return "Update: " if story.is_update else ""


def _in_full(story: Story, points: Sequence[StoryPoint], longest_point: int) -> Iterator[str]:
    marks = _marks(points)
    yield f"### {mark(story)}{plain(story.headline, HEADLINE)}"
    for point in points:
        yield from _point(point, marks, longest_point)
    if story.corrected_at and not any(point.is_revised for point in story.points):
        yield f"-# Corrected {_at(story.corrected_at)}: the source changed its headline."
    for difference in story.differences:
        yield f"-# {_difference(difference, story)}"
    yield _sources_line(story, marks)


def _point(point: StoryPoint, marks: Mapping[int, str], longest: int) -> Iterator[str]:
    if point.hidden_at:
        yield _removed(point.hidden_at, "Point")
    elif point.withdrawn_at:
        yield f"- *Corrected {_at(point.withdrawn_at)}: the source does not say any more what was told here.*"
    else:
        yield f"- {plain(point.text, longest)}{_citation(point, marks)}"
        if point.corrected_at:
            yield f"  -# Corrected {_at(point.corrected_at)}: the source changed this sentence."


def _in_a_line(story: Story) -> Iterator[str]:
    yield f"- {mark(story)}{plain(story.headline, SHORT_HEADLINE)}"
    count = f"{len(story.sources)} sources" if len(story.sources) > 1 else ""
    if where := " · ".join(filter(None, [_where(story.articles[0]), count])):
        yield f"  -# {where}"
    if story.corrected_at:
        yield f"  -# Corrected {_at(story.corrected_at)}: the source changed this report."


def _removed(moment: str, what: str) -> str:
    return f"- *{what} removed by this server's editors, {_at(moment)}*"


def _at(moment: str) -> str:
    return timestamp(datetime.fromisoformat(moment), "f")


def _marks(points: Sequence[StoryPoint]) -> dict[int, str]:
    """A small number for each article that these points cite, when they are several."""
    cited = list(dict.fromkeys(evidence.article_id for point in points for evidence in point.evidence))
    return dict(zip(cited, CITATIONS, strict=False)) if len(cited) > 1 else {}


def _citation(point: StoryPoint, marks: Mapping[int, str]) -> str:
    return "".join(marks.get(article_id, "") for article_id in dict.fromkeys(e.article_id for e in point.evidence))


def _difference(difference: Difference, story: Story) -> str:
    """Whose figure is which: "Figures differ: at least 12 (Island Post) or 15 (Coastwire) dead"."""
    sources = {article.article_id: article.source for article in story.articles}
    figures = [
        f"{plain(figure.words, 40)} ({plain(sources.get(figure.article_id, ''), 60)})"
        for figure in difference.figures[:MOST_FIGURES]
    ]
    return f"Figures differ: {' or '.join(figures)} {plain(difference.thing, 40)}"


def _sources_line(story: Story, marks: Mapping[int, str]) -> str:
    """Who reported it, with link and date, those that are cited first; how many they are when they are several, and how
    long ago the newest report is: dates alone do not tell one hour from twenty.
    """
    by_source = {article.source: article for article in reversed(story.articles)}
    cited = [article for article in story.articles if article.article_id in marks]
    others = [by_source[name] for name in story.sources if name not in {article.source for article in cited}]
    shown = [*cited, *others[: max(0, MOST_LINKS - len(cited))]]
    longest_link = LONGEST_LINK if len(shown) <= MOST_LINKS else LONGEST_LINK // 3
    parts = [f"{marks.get(article.article_id, '')}{_where(article, longest_link)}" for article in shown]
    newest = max((article.published_at for article in story.articles if article.published_at), default=None)
    if newest is not None:
        parts.append(timestamp(newest, "R"))
    if len(story.sources) > 1:
        parts.append(f"{len(story.sources)} sources")
    return "-# " + " · ".join(filter(None, parts))


def _where(article: StoryArticle, longest_link: int = LONGEST_LINK) -> str:
    """The source by the name its server knows it by, the host its link leads to, and the date: a report's "on Friday"
    means nothing without it.
    """
    date = timestamp(article.published_at, "d") if article.published_at else ""
    return " ".join(filter(None, [plain(article.source, 60), address_link(article.link, longest_link), date]))
