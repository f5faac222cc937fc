"""Points that members doubt, and what the editors of their server decided."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialects import upsert
from storage.errors import NotFound
from storage.rows import columns_of, value, values
from storage.tables import reports
from storage.types import PointReport, ReportState

_COLUMNS = columns_of(PointReport, reports)


class Reports:
    """Repository of reports; everything is asked for with the server's id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def report(
        self, server_id: int, edition_id: int, place: tuple[int, int], fingerprint: str, user_id: int, now: datetime
    ) -> tuple[PointReport, bool]:
        """Write down that somebody doubts a point, by the places of story and point; False when it was reported before.

        `fingerprint` is that of the sentence behind the point.
        """
        story, point = place
        new = {
            "edition_id": edition_id,
            "server_id": server_id,
            "story": story,
            "point": point,
            "fingerprint": fingerprint,
            "state": ReportState.OPEN,
            "reported_at": now,
            "reported_by": user_id,
        }
        statement = upsert(self._connection, reports).values(new).on_conflict_do_nothing().returning(*_COLUMNS)
        row = (await self._connection.execute(statement)).one_or_none()
        if row is not None:
            return value(PointReport, row), True
        return await self._at(server_id, edition_id, story, point), False

    async def _at(self, server_id: int, edition_id: int, story: int, point: int) -> PointReport:
        query = select(*_COLUMNS).where(
            reports.c.server_id == server_id,
            reports.c.edition_id == edition_id,
            reports.c.story == story,
            reports.c.point == point,
        )
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("edition", edition_id)
        return value(PointReport, row)

    async def get(self, server_id: int, report_id: int) -> PointReport:
        """One report of that server; raises NotFound."""
        query = select(*_COLUMNS).where(reports.c.server_id == server_id, reports.c.report_id == report_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("report", report_id)
        return value(PointReport, row)

    async def decide(
        self, server_id: int, report_id: int, state: ReportState, user_id: int, now: datetime
    ) -> PointReport:
        """Write down what an editor decided; a later decision takes the place of an earlier one. Raises NotFound."""
        decision = {"state": state, "decided_at": now, "decided_by": user_id}
        await self._connection.execute(
            update(reports).where(reports.c.server_id == server_id, reports.c.report_id == report_id).values(decision)
        )
        return await self.get(server_id, report_id)

    async def list_of_edition(self, server_id: int, edition_id: int) -> list[PointReport]:
        """The reports about one edition, by story and point."""
        query = select(*_COLUMNS).where(reports.c.server_id == server_id, reports.c.edition_id == edition_id)
        return values(PointReport, await self._connection.execute(query.order_by(reports.c.story, reports.c.point)))

    async def list_open(self, since: datetime, limit: int) -> list[PointReport]:
        """Reports of all servers since then that nobody decided on, newest first."""
        query = select(*_COLUMNS).where(reports.c.state == ReportState.OPEN, reports.c.reported_at > since)
        query = query.order_by(reports.c.reported_at.desc(), reports.c.report_id.desc())
        return values(PointReport, await self._connection.execute(query.limit(limit)))

    async def count_by(self, server_id: int, user_id: int, since: datetime) -> int:
        """How many points a member has reported since then."""
        query = select(func.count()).where(
            reports.c.server_id == server_id, reports.c.reported_by == user_id, reports.c.reported_at > since
        )
        return await self._connection.scalar(query) or 0

    async def hidden_fingerprints(self, server_id: int) -> set[str]:
        """Fingerprints of the sentences behind points that the editors of a server removed."""
        query = select(reports.c.fingerprint).where(
            reports.c.server_id == server_id, reports.c.state == ReportState.HIDDEN
        )
        return set(await self._connection.scalars(query))
