"""What goes into a summarizer and what comes out: plain frozen values."""

import datetime
import enum
from dataclasses import dataclass
from typing import Any

MOST_POINTS = 50


class Method(enum.StrEnum):
    """How the points of a brief were made."""

    EXTRACTIVE = "extractive"
    GENERATIVE = "generative"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to, not including, `end` of the text that was given."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence of a brief and the spans of the source that support it, in reading order."""

    text: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place, date and agency at the head of a wire text; what it does not say is None."""

    place: str | None = None
    date: datetime.date | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """Headline and points of one text.

    `model` names the generator that was asked or else the encoder that ranked the sentences. It is "words" where their
    language is not the encoder's, so that words alone ranked them, and "none" where the encoder was out of reach.
    """

    headline: str
    points: tuple[Point, ...]
    dateline: Dateline | None
    language: str
    method: Method
    model: str

    def to_json(self) -> dict[str, Any]:
        """The JSON object of the command line's contract, without its "id"."""
        return {
            "headline": self.headline,
            "points": [
                {"text": point.text, "evidence": [{"start": span.start, "end": span.end} for span in point.evidence]}
                for point in self.points
            ],
            "dateline": _dateline_to_json(self.dateline),
            "language": self.language,
            "method": self.method.value,
            "model": self.model,
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Brief":
        """The brief that `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            headline=fields["headline"],
            points=tuple(
                Point(point["text"], tuple(Span(span["start"], span["end"]) for span in point["evidence"]))
                for point in fields["points"]
            ),
            dateline=_dateline_from_json(fields["dateline"]),
            language=fields["language"],
            method=Method(fields["method"]),
            model=fields["model"],
        )


def _dateline_to_json(dateline: Dateline | None) -> dict[str, str | None] | None:
    if dateline is None:
        return None
    date = dateline.date.isoformat() if dateline.date else None
    return {"place": dateline.place, "date": date, "agency": dateline.agency}


def _dateline_from_json(fields: dict[str, str | None] | None) -> Dateline | None:
    if fields is None:
        return None
    date = datetime.date.fromisoformat(fields["date"]) if fields["date"] else None
    return Dateline(fields["place"], date, fields["agency"])


@dataclass(frozen=True, slots=True)
class Request:
    """A text to condense.

    `title` is the headline where there is one. `points` is how many to make at most (by default the text's length
    decides), `language` a tag such as "en" or "pt-BR" (by default it is detected). `untrimmed` asks for whole source
    sentences chosen by rank alone.
    """

    text: str
    title: str | None = None
    points: int | None = None
    language: str | None = None
    untrimmed: bool = False

    def __post_init__(self) -> None:
        if self.points is not None and not 1 <= self.points <= MOST_POINTS:
            raise ValueError(f"A brief has from 1 to {MOST_POINTS} points, not {self.points}.")

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        return {
            "text": self.text,
            "title": self.title,
            "points": self.points,
            "language": self.language,
            "untrimmed": self.untrimmed,
        }

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Request":
        """The request that `to_json` wrote."""
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class StoryDocument:
    """An article as far as it matters for finding others on the same event; `published` is aware or None."""

    title: str
    text: str
    published: datetime.datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """A JSON object that `from_json` reads."""
        published = self.published.isoformat() if self.published else None
        return {"title": self.title, "text": self.text, "published": published}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "StoryDocument":
        """The document that `to_json` wrote."""
        published = datetime.datetime.fromisoformat(fields["published"]) if fields["published"] else None
        return cls(fields["title"], fields["text"], published)
