"""A month of days: nothing is told twice, no story again without something new, every article is looked at once.

The quick walk is told by the truth which reports are of one event; the long one puts them together by the model.
"""

from collections import defaultdict
from datetime import timedelta

import pytest

from storage import Storage
from summarizer import Worker
from tests.editorial import Judgement, judge
from tests.factories import NOON
from tests.fakes import FakeCondenser
from tests.month import Month, a_month
from tests.newsdesk import Newsdesk


def in_truth(month: Month) -> FakeCondenser:
    """A condenser that knows which reports are of one event."""
    events = {report.article.text: report.event for report in month.reports}

    def cluster(documents) -> list[list[int]]:
        found = defaultdict(list)
        for at, document in enumerate(documents):
            found[events[document.text]].append(at)
        return list(found.values())

    return FakeCondenser(cluster=cluster)


def check(judgement: Judgement) -> None:
    assert judgement.told_twice == []
    assert judgement.repeated == []
    assert judgement.looked_at == judgement.articles + judgement.looked_at_again
    assert judgement.updates > 0


async def test_some_days_by_the_truth(storage: Storage):
    days = 10
    month = a_month(NOON - timedelta(hours=12), days)
    newsdesk = await Newsdesk(storage, in_truth(month)).open(stories=15)
    judgement = await judge(newsdesk, month, days)
    check(judgement)
    assert judgement.precision == 1.0
    assert judgement.unmarked == []


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_a_month_by_the_model(storage: Storage):
    days = 30
    month = a_month(NOON - timedelta(hours=12), days)
    worker = Worker()
    try:
        newsdesk = await Newsdesk(storage, worker).open(stories=15)
        judgement = await judge(newsdesk, month, days)
    finally:
        await worker.close()
    check(judgement)
    assert judgement.precision > 0.98
