from itertools import pairwise

from summarizer.mixing import Claim, mixed_brief, mixed_story
from summarizer.storybriefs import StoryBrief, StoryPoint
from summarizer.types import Brief, Method, Point, Request, Span

TEXT = (
    "The council of Norrby approved a new pier for the island ferries. "
    "The pier will cost 84 million kronor and replaces a wooden jetty. "
    "Fishermen from Sando fear for the herring grounds east of the harbour."
)
_STARTS = [0, TEXT.index("The pier"), TEXT.index("Fishermen"), len(TEXT) + 1]
SPANS = [Span(start, end - 1) for start, end in pairwise(_STARTS)]
SENTENCES = [TEXT[span.start : span.end] for span in SPANS]
PLAIN = Brief(
    "Island post",
    tuple(Point(sentence, (span,)) for sentence, span in zip(SENTENCES, SPANS, strict=True)),
    None,
    "en",
    Method.EXTRACTIVE,
    "encoder",
)
REQUEST = Request(TEXT, title="Island post", points=3)


def told(*claims: Claim) -> Brief:
    return mixed_brief(PLAIN, REQUEST, claims, SPANS, "writer")


def test_a_claim_takes_the_place_of_the_sentence_it_rests_on() -> None:
    claim = Claim("The new pier of Norrby costs 84 million kronor.", (1,))
    brief = told(claim)
    assert [point.text for point in brief.points] == [SENTENCES[0], claim.text, SENTENCES[2]]
    assert (brief.method, brief.model) == (Method.MIXED, "writer")


def test_a_sentence_that_a_claim_only_leans_on_is_still_told() -> None:
    claim = Claim("A pier at a cost of 84 million kronor takes the place of a jetty of wood in Norrby.", (0, 1))
    brief = told(claim)
    assert SENTENCES[0] in [point.text for point in brief.points], "what was approved is told by nobody else"
    assert SENTENCES[1] not in [point.text for point in brief.points]
    (point,) = [point for point in brief.points if point.text == claim.text]
    assert point.evidence == (SPANS[0], SPANS[1])


def test_claims_that_repeat_the_headline_or_each_other_are_left_out() -> None:
    fears = Claim("Fishermen from Sando fear for the herring grounds.", (2,))
    again = Claim("Fishermen of Sando fear for their herring grounds.", (2,))
    headline = Claim("The island post.", (0,))
    brief = told(headline, fears, again)
    assert [point.text for point in brief.points] == [SENTENCES[0], SENTENCES[1], fears.text]


def test_no_claim_leaves_the_extractive_points() -> None:
    brief = told()
    assert (brief.points, brief.method, brief.model) == (PLAIN.points, Method.EXTRACTIVE, "writer")


def test_enough_claims_leave_nothing_else() -> None:
    claims = [
        Claim("The council of Norrby approved a pier for ferries in Norrby.", (0,)),
        Claim("The pier will cost 84 million kronor.", (1,)),
        Claim("Fishermen from Sando fear for the herring grounds.", (2,)),
        Claim("A wooden jetty is replaced by the council of Norrby.", (0, 1)),
    ]
    brief = told(*claims)
    assert brief.method is Method.GENERATIVE
    assert [point.text for point in brief.points] == [claim.text for claim in claims[:3]]


def test_a_story_keeps_the_order_of_importance_and_cites_reports() -> None:
    places = [(0, SPANS[0]), (0, SPANS[1]), (1, SPANS[2])]
    points = tuple(StoryPoint(sentence, (place,)) for sentence, place in zip(SENTENCES, places, strict=True))
    plain = StoryBrief("Island post", points, (), "en", Method.EXTRACTIVE, "encoder")
    fears = Claim("Fishermen from Sando fear for the herring grounds.", (2,))
    story = mixed_story(plain, [fears], places, "writer")
    assert [point.text for point in story.points] == [fears.text, SENTENCES[0], SENTENCES[1]]
    assert story.points[0].evidence == ((1, SPANS[2]),)
    assert (story.method, story.model) == (Method.MIXED, "writer")
