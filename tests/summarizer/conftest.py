"""The real model, loaded once, and articles of our own writing."""

import pytest

from summarizer import Summarizer

HARBOUR = """date 2024-03-11 NORRBY, March 11 (Coastwire) -- On Monday, Swedish Transport Minister Karin Ahlberg \
opened the rebuilt ferry harbour of Norrby with Mayor Tomas Lindqvist before 400 guests.

Ahlberg said that the harbour would take ferries of up to 200 metres from June and double the number of crossings to \
the island of Sando. "We waited nine years for this day," Lindqvist told the guests.

The work cost 84 million kronor, a fifth more than the town council had planned in 2015. Opposition leader Eva Strand \
said the council had hidden the higher costs until after the election.

Lindqvist rejected the accusation and said that every invoice had been published. But he admitted that the new \
breakwater was not finished.

Do you take the ferry to Sando? Read more about the timetable on our page. Jonas Ek contributed to this report.

Fishermen from Sando complained that the larger ferries would disturb the herring grounds east of the harbour. The \
county will measure noise under water for two years before it decides on a limit, Ahlberg said.
"""


@pytest.fixture(scope="session")
def summarizer() -> Summarizer:
    """One summarizer for all tests: loading its encoder takes seconds."""
    return Summarizer()


@pytest.fixture
def harbour() -> str:
    """A wire text with header, dateline, quotes, a question and boilerplate."""
    return HARBOUR
