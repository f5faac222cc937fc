"""Reports of our own writing: sets in which several events look alike and outlets word one event differently.

`events.txt` holds those that weights are learned from, `events_held_out.txt` those they have not seen: "## language
name" opens a set; a report is a line "event hours title" (hours after noon of the first day) and a line of text.
Reports of one set with the same letter tell one event.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from summarizer import StoryDocument

NOON = datetime(2024, 3, 11, 12, tzinfo=UTC)


@dataclass(frozen=True)
class EventSet:
    """Reports that are easily confused; `events` names the event of each."""

    name: str
    language: str
    documents: tuple[StoryDocument, ...]
    events: tuple[str, ...]


def event_sets(name: str = "events") -> list[EventSet]:
    """All sets, in the order of the file."""
    chapters = Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split("## ")[1:]
    return [_event_set(chapter.strip().splitlines()) for chapter in chapters]


def _event_set(lines: Sequence[str]) -> EventSet:
    language, _, name = lines[0].partition(" ")
    heads = [line.split(" ", 2) for line in lines[1::2]]
    documents = [
        StoryDocument(title, text, NOON + timedelta(hours=int(hours)))
        for (_, hours, title), text in zip(heads, lines[2::2], strict=True)
    ]
    return EventSet(name, language, tuple(documents), tuple(event for event, _, _ in heads))


def b_cubed(clusters: Sequence[Sequence[int]], events: Sequence[str]) -> tuple[float, float]:
    """Precision and recall averaged over documents (Bagga and Baldwin 1998, https://aclanthology.org/P98-1012)."""
    precision = recall = 0.0
    for cluster in clusters:
        for index in cluster:
            shared = sum(events[other] == events[index] for other in cluster)
            precision += shared / len(cluster)
            recall += shared / events.count(events[index])
    return precision / len(events), recall / len(events)
