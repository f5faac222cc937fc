"""One brief of several reports: what most tell comes first, each thing once, each point with its report."""

import pytest

from summarizer import Request, Summarizer, TextRefused, Worker
from summarizer.encoder import Encoder
from summarizer.readings import Reading, read
from summarizer.storybriefs import StoryBrief, considered, story_brief
from summarizer.types import Method, Span
from summarizer.words import content_words, jaccard

COASTWIRE = """NORRBY, March 11 (Coastwire) -- A footbridge over the river Sone in Ravi collapsed on Sunday evening \
under a festival crowd, killing at least 12 people, police said. Dozens of people were pulled from the water by \
fishermen in small boats. The bridge was built in 1921 and was closed for repairs two years ago. "I heard a crack and \
then screams," the fruit seller Amit Rao said."""
HERALD = """At least 19 people died when a footbridge in Ravi collapsed into the river Sone on Sunday evening during \
a festival, police said. Engineers had warned the town of Ravi in May that the bridge could carry no more than 100 \
people. Prime Minister Lena Kaur promised an inquiry and 5,000 dollars for each family."""
POST = """The mayor of Ravi, Dev Anand, resigned on Monday after the collapse of the footbridge. Fishermen pulled \
dozens of people out of the water with small boats. Prime Minister Lena Kaur will visit Ravi on Tuesday."""
TITLES = ("Twelve killed as footbridge collapses in Ravi", "Ravi bridge disaster kills 19", "Mayor of Ravi resigns")


def readings(*texts: str, titled: bool = True) -> list[Reading]:
    titles = TITLES if titled else (None,) * len(texts)
    return [read(Request(text, title=title, language="en")) for text, title in zip(texts, titles, strict=True)]


def without_model(*texts: str, points: int | None = None, titled: bool = True) -> StoryBrief:
    return story_brief(readings(*texts, titled=titled), [None] * len(texts), points, model="none")


def test_points_come_from_several_reports_and_cite_them() -> None:
    texts = (COASTWIRE, HERALD, POST)
    brief = without_model(*texts, points=5)
    assert len(brief.points) == 5
    assert {document for point in brief.points for document, _ in point.evidence} == {0, 1, 2}
    for point in brief.points:
        ((document, span),) = point.evidence
        source = texts[document][span.start : span.end].split()
        assert [word for word in point.text.rstrip(".").lower().split() if word not in " ".join(source).lower()] == []


def test_what_two_reports_tell_is_told_once() -> None:
    told = [point.text for point in without_model(COASTWIRE, HERALD, POST, points=6).points]
    assert sum("ishermen" in text for text in told) == 1
    assert sum("collapsed" in text for text in told) == 1


def test_meaning_finds_what_other_words_repeat() -> None:
    one = "The volcano Merak erupted on Friday and spewed lava down its western slope, the observatory said."
    other = "Lava is flowing down the side of Mount Merak after the eruption of the volcano."
    reports = [read(Request(f"{text} {more}", title="News from the island", language="en"))
        for text, more in (
        (one, "Two villages on the slope were evacuated by the army in the night."),
        (other, "Airlines cancelled forty flights to the island because of the ash."),
    )]  # fmt: skip
    encoder = Encoder()
    vectors = [encoder.encode([sentence.text for sentence in considered(each)]) for each in reports]
    told = [point.text for point in story_brief(reports, vectors, 4, model=encoder.name).points]
    assert sum("ava" in text for text in told) == 1
    told = [point.text for point in story_brief(reports, [None, None], 4, model="none").points]
    assert sum("ava" in text for text in told) == 2


def test_the_headline_is_the_title_of_the_report_that_leads_and_no_point_repeats_it() -> None:
    brief = without_model(COASTWIRE, HERALD, POST, points=3)
    lead = brief.points[0].evidence[0][0]
    assert brief.headline in TITLES[:2]
    assert lead in (0, 1)
    untitled = without_model(COASTWIRE, HERALD, POST, titled=False)
    assert 0 < len(untitled.headline) <= 90
    for each in (brief, untitled):
        words = set(content_words(each.headline))
        assert all(jaccard(set(content_words(point.text)), words) < 0.6 for point in each.points)


def test_figures_that_differ_are_shown() -> None:
    (difference,) = without_model(COASTWIRE, HERALD, POST).differences
    assert (difference.thing, [(claim.document, claim.words) for claim in difference.claims]) == (
        "dead",
        [(0, "at least 12"), (1, "At least 19")],
    )


def test_a_point_can_be_read_alone() -> None:
    leaning = "But he also said that it would take years. The minister Karin Ahlberg opened the harbour of Norrby."
    brief = without_model(leaning, COASTWIRE, HERALD, points=4)
    assert not any(point.text.startswith("But he") for point in brief.points)


def test_a_sentence_that_reports_copied_from_one_another_is_not_what_all_tell() -> None:
    standing = "Readers find the numbers of all emergency services of the county of Ravi below every report."
    brief = without_model(f"{COASTWIRE} {standing}", f"{HERALD} {standing}", f"{POST} {standing}", points=3)
    assert standing not in [point.text for point in brief.points]


def test_refused_reports_are_passed_over() -> None:
    refusal = TextRefused("The text is empty.")
    good = read(Request(HERALD))
    brief = story_brief([refusal, good], [None, None], 2, model="none")
    assert {document for point in brief.points for document, _ in point.evidence} == {1}
    with pytest.raises(TextRefused):
        story_brief([refusal, refusal], [None, None], 2, model="none")


@pytest.mark.parametrize("points", [1, 2, 7, 50, None])
@pytest.mark.parametrize(
    "texts", [("One single sentence stands here.",), ("Same text here today. " * 40,) * 3, (COASTWIRE, COASTWIRE, POST)]
)
def test_there_is_always_a_point_and_never_too_many(texts: tuple[str, ...], points: int | None) -> None:
    reports = [read(Request(text, language="en")) for text in texts]
    brief = story_brief(reports, [None] * len(texts), points, model="none")
    assert 1 <= len(brief.points) <= (points or 5)
    assert len({point.text for point in brief.points}) == len(brief.points)


def test_a_story_brief_survives_json() -> None:
    brief = without_model(COASTWIRE, HERALD, POST)
    assert brief.method is Method.EXTRACTIVE
    assert isinstance(brief.points[0].evidence[0][1], Span)
    assert StoryBrief.from_json(brief.to_json()) == brief


def test_other_languages_need_no_model() -> None:
    one = "Сильное землетрясение разрушило в понедельник дома в Месре. Погибли 12 человек, сообщило министерство."
    other = "Землетрясение в Месре разрушило сотни домов. Министерство сообщило, что погибли 15 человек."
    reports = [read(Request(text, language="ru")) for text in (one, other)]
    brief = story_brief(reports, [None, None], 3, model="words")
    assert brief.language == "ru"
    assert [claim.words for claim in brief.differences[0].claims] == ["12", "15"]


async def test_the_worker_tells_what_the_summarizer_tells(summarizer: Summarizer) -> None:
    requests = [Request(text, title=title) for text, title in zip((COASTWIRE, HERALD, POST), TITLES, strict=True)]
    worker = Worker()
    try:
        assert await worker.story(requests, 3) == summarizer.story(requests, 3)
        assert await worker.story([Request(" "), *requests], 2) == summarizer.story([Request(" "), *requests], 2)
        with pytest.raises(TextRefused):
            await worker.story([Request(" ")])
    finally:
        await worker.close()
