import json
from datetime import UTC, date, datetime

import pytest

from summarizer import Brief, Dateline, Method, Point, Request, Span, StoryDocument

BRIEF = Brief(
    headline="The harbour opens",
    points=(Point("The harbour opened on Friday.", (Span(3, 32), Span(40, 50))),),
    dateline=Dateline("Norrby", date(2024, 3, 11), None),
    language="en",
    method=Method.EXTRACTIVE,
    model="all-MiniLM-L6-v2",
)


def test_brief_has_the_fields_of_the_contract() -> None:
    assert BRIEF.to_json() == {
        "headline": "The harbour opens",
        "points": [
            {
                "text": "The harbour opened on Friday.",
                "evidence": [{"start": 3, "end": 32}, {"start": 40, "end": 50}],
            }
        ],
        "dateline": {"place": "Norrby", "date": "2024-03-11", "agency": None},
        "language": "en",
        "method": "extractive",
        "model": "all-MiniLM-L6-v2",
    }


def test_values_survive_json() -> None:
    request = Request("text", "title", 3, "sv", untrimmed=True)
    document = StoryDocument("title", "text", datetime(2024, 3, 11, 8, tzinfo=UTC))
    undated = StoryDocument("title", "text")
    assert Brief.from_json(json.loads(json.dumps(BRIEF.to_json()))) == BRIEF
    assert Request.from_json(json.loads(json.dumps(request.to_json()))) == request
    assert StoryDocument.from_json(json.loads(json.dumps(document.to_json()))) == document
    assert StoryDocument.from_json(undated.to_json()) == undated


@pytest.mark.parametrize("points", [0, -1, 51])
def test_impossible_numbers_of_points_are_refused(points: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 50"):
        Request("text", points=points)
