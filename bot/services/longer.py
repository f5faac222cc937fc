"""A story of an edition at greater length, from the reports that are still kept."""

from dataclasses import dataclass, replace

from bot.errors import DigestError
from bot.services.briefing import Briefing
from bot.services.drafts import MOST_REPORTS
from bot.services.stories import Composition, Story
from bot.services.telling import story_of
from storage import Article, NotFound, Storage
from summarizer.words import length_in_words

MOST_POINTS = 7
MORE_POINTS = 2
"""So many more than were told are asked for at least."""
WORDS_A_POINT = 80
"""A point of some 20 words is a quarter of these: no more of a report is republished."""


@dataclass(frozen=True)
class LongerStory:
    """A story with more points; `degraded` where the model was not there to choose them."""

    story: Story
    degraded: bool


class Longer:
    """Tells more of what an edition told."""

    def __init__(self, storage: Storage, briefing: Briefing) -> None:
        self._storage = storage
        self._briefing = briefing

    async def story(self, server_id: int, edition_id: int, place: int) -> LongerStory:
        """The story at that place; sentences that the server's editors removed are left out.

        Raises NotFound, SummarizerError, and DigestError when nothing of it is kept any more.
        """
        async with self._storage.reading() as tx:
            told = _told((await tx.editions.get(server_id, edition_id)).content, place)
            kept = await tx.articles.find_shared([reference.article_id for reference in told.articles])
            hidden = await tx.reports.hidden_fingerprints(server_id)
        reports = [kept[one.article_id] for one in told.articles if one.article_id in kept][:MOST_REPORTS]
        if not reports:
            raise DigestError("The text of this story is not kept any more. Its sources are linked in the edition.")
        made = await self._briefing.condense(reports, _count(told, reports))
        longer = story_of(made, reports, {report.article_id: () for report in reports})
        points = tuple(point for point in longer.points if not point.rests_on(hidden))
        return LongerStory(replace(told, points=points, differences=longer.differences), made.degraded)


def _told(content: dict[str, object] | None, place: int) -> Story:
    stories = Composition.from_json(content).stories if content else ()
    if not 0 <= place < len(stories):
        raise NotFound("story", place)
    if stories[place].hidden_at:
        raise DigestError("The editors of this server removed that story.")
    return stories[place]


def _count(told: Story, reports: list[Article]) -> int:
    fair = max(length_in_words(report.text) for report in reports) // WORDS_A_POINT
    return max(len(told.points) + MORE_POINTS, min(fair, MOST_POINTS))
