"""Reports: a member doubts a point, the editors of the server decide.

A member alone changes nothing. Who may decide is checked where the buttons are pressed; a decision can be taken back.
"""

from datetime import timedelta

from bot.errors import DigestError
from bot.services.ports import Admins, Clock, Concern, Remedy
from bot.services.revisions import Revisions
from bot.services.stories import Composition, StoryPoint
from storage import Edition, NotFound, PointReport, ReportState, Storage, fingerprint

MOST_A_DAY = 5
"""Points that one member may report in a server within a day."""
LONGEST_QUOTE = 400
REMEMBERED = timedelta(days=1)
AT_ONCE = 50


class Reports:
    """Points that members doubt."""

    def __init__(self, storage: Storage, admins: Admins, revisions: Revisions, clock: Clock) -> None:
        self._storage = storage
        self._admins = admins
        self._revisions = revisions
        self._clock = clock

    async def report(self, server_id: int, edition_id: int, place: tuple[int, int], user_id: int) -> PointReport:
        """Tell the admins, once, that a point is doubtful; it is named by the places of its story and of itself.

        Raises NotFound, and DigestError for a member who has reported enough for a day.
        """
        now = self._clock.now()
        async with self._storage.begin() as tx:
            edition = await tx.editions.get(server_id, edition_id)
            point = _point(edition, place)
            standing = {(one.story, one.point): one for one in await tx.reports.list_of_edition(server_id, edition_id)}
            if place in standing:
                report = standing[place]
            else:
                if await tx.reports.count_by(server_id, user_id, now - timedelta(days=1)) >= MOST_A_DAY:
                    raise DigestError(f"You have reported {MOST_A_DAY} points within a day. Tell an admin about more.")
                sentence = fingerprint(_sentence(point))
                report, _ = await tx.reports.report(server_id, edition_id, place, sentence, user_id, now)
        if report.state is ReportState.OPEN:
            await self._admins.tell(server_id, _concern(report, edition, point))
        return report

    async def run_due(self) -> None:
        """Tell of what was reported lately and waits: a crash may have come between keeping a report and telling it."""
        async with self._storage.reading() as tx:
            waiting = await tx.reports.list_open(self._clock.now() - REMEMBERED, AT_ONCE)
            editions = {one.edition_id: await tx.editions.get(one.server_id, one.edition_id) for one in waiting}
        for report in waiting:
            edition = editions[report.edition_id]
            concern = _concern(report, edition, _point(edition, (report.story, report.point)))
            await self._admins.tell(report.server_id, concern)

    async def decide(self, server_id: int, report_id: int, hide: bool, user_id: int) -> PointReport:
        """Hide a point in its edition and keep it out of later ones, of which those that were made ahead are made anew;
        or leave it, or put it back. Raises NotFound.
        """
        now = self._clock.now()
        state = ReportState.HIDDEN if hide else ReportState.KEPT
        async with self._storage.begin() as tx:
            report = await tx.reports.get(server_id, report_id)
            if report.state is state:
                return report
            place = report.story, report.point
            await self._revisions.set_hidden(tx, server_id, report.edition_id, place, now.isoformat() if hide else None)
            report = await tx.reports.decide(server_id, report_id, state, user_id, now)
            for digest in await tx.digests.list_all(server_id):
                await tx.editions.withdraw(digest.digest_id, now)
        await self._revisions.carry_out(report.edition_id)
        return report


def _point(edition: Edition, place: tuple[int, int]) -> StoryPoint:
    story, point = place
    stories = Composition.from_json(edition.content).stories if edition.content else ()
    if not (0 <= story < len(stories) and 0 <= point < len(stories[story].points)):
        raise NotFound("point", place)
    return stories[story].points[point]


def _sentence(point: StoryPoint) -> str:
    return point.evidence[0].quote.sentence if point.evidence else point.text


def _concern(report: PointReport, edition: Edition, point: StoryPoint) -> Concern:
    posted = f"<t:{int(edition.due_at.timestamp())}:f>"
    text = (
        f"A member doubts a point of the edition of {posted}:\n“{point.text[:LONGEST_QUOTE]}”\n"
        f"Its source says:\n“{_sentence(point)[:LONGEST_QUOTE]}”\n"
        "Hide removes it from the edition and keeps it out of later ones; Keep leaves it, and takes a Hide back."
    )
    remedies = (Remedy.HIDE_POINT, report.report_id), (Remedy.KEEP_POINT, report.report_id)
    return Concern(f"report:{report.report_id}", text, remedies)
