"""A month of editions over news of our own: what was told twice, what was merged wrongly, and what was missed."""

import asyncio
import tempfile
from datetime import timedelta

from storage import Storage
from summarizer import Worker
from tests.benchmarks.report import Report
from tests.editorial import Judgement, judge
from tests.factories import NOON
from tests.month import PAPERS, a_month
from tests.newsdesk import Newsdesk

DAYS = 30


async def _judged() -> Judgement:
    month = a_month(NOON - timedelta(hours=12), DAYS)
    with tempfile.TemporaryDirectory() as folder:
        storage, worker = Storage(f"sqlite+aiosqlite:///{folder}/month.sqlite3"), Worker()
        await storage.open()
        try:
            newsdesk = await Newsdesk(storage, worker).open(stories=15)
            return await judge(newsdesk, month, DAYS)
        finally:
            await worker.close()
            await storage.close()


def main() -> None:
    """Measure and write the table."""
    with Report("month", "A month of editions") as report:
        judged = asyncio.run(_judged())
        report.say(
            f"{judged.articles} articles of {len(PAPERS)} papers over {DAYS} days, of our own (`tests/month.py`):"
            " the same events in other words, an agency's text printed and edited, pieces printed again days later,"
            " events that go on with new facts or are only told again. An edition of at most 15 stories a day, put"
            " together by the model. What each article is on and what each sentence tells is known."
        )
        report.table(
            ("what", "count"),
            [
                ("editions", judged.editions),
                ("articles looked at, each once", f"{judged.looked_at - judged.looked_at_again} of {judged.articles}"),
                ("stories told", judged.stories),
                ("articles told twice", len(judged.told_twice)),
                ("stories told again without anything new", len(judged.repeated)),
                ("pairs of articles put together, or joined to a told story", judged.pairs),
                ("of these, pairs that are of two events", len(judged.wrong_pairs)),
                ("precision of merges", f"{judged.precision:.3f}"),
                ("stories that went on and were marked as updates", judged.updates),
                ("stories that went on with something new, told as new ones", len(judged.unmarked)),
            ],
        )


if __name__ == "__main__":
    main()
