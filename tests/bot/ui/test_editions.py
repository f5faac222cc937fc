"""Editions of any make: nothing is lost, no limit of Discord is broken, nobody is pinged, and a change keeps to its
story (FAULTS 38, 39).
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.stories import (
    Composition,
    Difference,
    Evidence,
    Figure,
    LeftOut,
    Story,
    StoryArticle,
    StoryPoint,
    quote,
)
from bot.ui.bodies import Body, Form
from bot.ui.editions import edition_bodies, preview_bodies, revised_bodies, texts
from bot.ui.stories import HEADLINE, POINT, SHORT_HEADLINE, TOLD_IN_FULL, points_shown
from bot.ui.text import plain
from bot.ui.why import why_bodies
from storage import Size
from tests.factories import NOON, a_kept_digest, an_edition
from tests.wire.limits import violations

MARKER = "0a1b2c3d"
EDITION = an_edition()

words = st.one_of(
    st.text(min_size=1, max_size=40),
    st.text(alphabet="港湾が金曜日に開かれた。、", min_size=1, max_size=700),
    st.text(alphabet="😀👩‍🚀🏳️‍🌈 ", min_size=1, max_size=500),
    st.text(alphabet="*_~`|<>@#[]()\\- ", min_size=1, max_size=500),
    st.text(alphabet="ابتثجحخ ", min_size=1, max_size=500),
    st.integers(1, 5000).map(lambda length: "x" * length),
    st.integers(1, 300).map(lambda count: "The harbour opened. " * count),
).filter(lambda text: plain(text) != "")
links = st.one_of(
    st.none(),
    st.just("https://example.org/x"),
    st.integers(1, 4000).map(lambda length: "https://example.org/" + "ü" * length),
    st.integers(1, 60).map(lambda count: "https://" + "sub." * count + "example/"),
)


@st.composite
def stories(draw):
    """Up to twelve reports, up to four points, all of any text."""
    count = draw(st.integers(1, 12))
    dates = st.sampled_from([None, NOON.isoformat()])
    articles = tuple(StoryArticle(n, draw(words), draw(links), draw(words), draw(dates)) for n in range(1, count + 1))
    cited = st.lists(st.integers(1, count), min_size=1, max_size=3)
    points = tuple(
        StoryPoint(draw(words), tuple(Evidence(n, 0, 4, quote("It.", 0, 3)) for n in draw(cited)))
        for _ in range(draw(st.integers(1, 4)))
    )
    figures = tuple(Figure(n, draw(words)) for n in range(1, draw(st.integers(2, 6))))
    differences = (Difference(draw(words), figures),) * draw(st.integers(0, 3))
    return Story(draw(words), points, articles, differences, is_update=draw(st.booleans()), reason=draw(words))


@st.composite
def compositions(draw):
    # A few stories of their own, repeated: drawing thirty of them anew would leave no time for examples.
    own = draw(st.lists(stories(), min_size=1, max_size=4))
    left_out = draw(st.lists(st.builds(LeftOut, words, words, words), max_size=3))
    return Composition(
        tuple(own * draw(st.integers(1, 8))),
        considered=draw(st.integers(0, 10**6)),
        degraded=draw(st.booleans()),
        left_out=tuple(left_out) * draw(st.integers(1, 20)),
        filtered=draw(st.integers(0, 99)),
        passed_over=draw(st.integers(0, 99)),
        failing=tuple(draw(st.lists(words, max_size=5))),
    )


digests = st.builds(
    lambda name, size, role, schedule: a_kept_digest(name=name, size=size, mention_role_id=role, schedule=schedule),
    words,
    st.sampled_from(Size),
    st.sampled_from([None, 77]),
    st.sampled_from(["mon 08:30", "live"]),
)
slowly = settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])


def payload(body: Body) -> dict[str, object]:
    """What discord.py puts on the wire for a part of an edition."""
    message = Body.from_json(body.to_json()).message()
    view = message.get("view")
    wire = {"components": view.to_components() if view else [], "content": message.get("content", "")}
    if body.form is Form.LAYOUT:
        return {"components": wire["components"], "flags": 1 << 15}
    return {**wire, "embeds": [embed.to_dict() for embed in message["embeds"]]}


def marked(bodies: list[Body]) -> list[Body]:
    return [replace(body, marker=MARKER) for body in bodies]


def shown(payloads: list[dict[str, object]]) -> str:
    """All text of some messages."""
    found: list[str] = []

    def walk(part: object) -> None:
        if isinstance(part, dict):
            found.extend(str(part[key]) for key in ("content", "description") if key in part)
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(payloads)
    return "\n".join(found)


@slowly
@given(compositions(), digests)
def test_nothing_is_lost_no_limit_broken_and_nobody_pinged(composition, digest):
    bodies = marked(edition_bodies(EDITION, digest, composition))
    payloads = [payload(body) for body in bodies]
    assert [violations(one) for one in payloads] == [[]] * len(bodies)
    seen = shown(payloads)
    for place, story in enumerate(composition.stories):
        told = points_shown(story, place, digest.size)
        assert plain(story.headline, HEADLINE if told else SHORT_HEADLINE) in seen
        assert all(plain(story.points[at].text, POINT) in seen for at in told)
    assert seen.count(MARKER) == len(bodies)
    mentioned = [body.message()["allowed_mentions"].to_dict() for body in bodies]
    role = {"parse": [], "roles": [77]} if digest.mention_role_id else {"parse": []}
    assert mentioned == [role, *[{"parse": []}] * (len(bodies) - 1)]
    assert [body.form for body in bodies if body.mention_role_id] == [Form.EMBEDS] * bool(digest.mention_role_id)


@slowly
@given(compositions(), digests)
def test_each_block_knows_its_story(composition, digest):
    bodies = edition_bodies(EDITION, digest, composition)
    places = [place for body in bodies for place in body.stories if place is not None]
    assert all(len(body.stories) == len(body.blocks) for body in bodies)
    assert list(dict.fromkeys(places)) == list(range(len(composition.stories)))
    assert places == sorted(places)


changes = st.sampled_from(["hidden_at", "corrected_at", "withdrawn_at"])


@slowly
@given(compositions(), digests, st.data())
def test_a_change_keeps_to_its_story_and_within_the_limits(composition, digest, data):
    sent = marked(edition_bodies(EDITION, digest, composition))
    place = data.draw(st.integers(0, len(composition.stories) - 1))
    story = composition.stories[place]
    at = data.draw(st.integers(0, len(story.points) - 1))
    change = data.draw(changes)
    text = data.draw(words) if change == "corrected_at" else story.points[at].text
    point = replace(story.points[at], **{change: NOON.isoformat()}, text=text)
    points = (*story.points[:at], point, *story.points[at + 1 :])
    corrected = None if change == "hidden_at" else NOON.isoformat()
    told = list(composition.stories)
    told[place] = replace(story, points=points, corrected_at=corrected)
    revised = revised_bodies(sent, replace(composition, stories=tuple(told)))
    assert [violations(payload(body)) for body in revised] == [[]] * len(sent)
    for before, after in zip(sent, revised, strict=True):
        assert replace(after, blocks=(), stories=()) == replace(before, blocks=(), stories=())
        assert others(after, place) == others(before, place)
        assert after.blocks
    assert revised_bodies(sent, composition) == sent


def others(body: Body, place: int) -> list[tuple[str, int | None]]:
    return [pair for pair in zip(body.blocks, body.stories, strict=True) if pair[1] != place]


@slowly
@given(compositions(), digests)
def test_a_preview_and_its_reasons_keep_the_limits_too(composition, digest):
    bodies = [*preview_bodies(digest, composition, NOON, NOON), *why_bodies(composition)]
    assert [violations(payload(body)) for body in bodies] == [[]] * len(bodies)
    assert all(body.message()["allowed_mentions"].to_dict() == {"parse": []} for body in bodies)
    seen = shown([payload(body) for body in bodies])
    assert all(plain(one.reason, 300) in seen for one in (*composition.stories, *composition.left_out))


def a_story(number: int, points: int = 2, **fields: object) -> Story:
    told = tuple(
        StoryPoint(f"Point {at} of story {number}.", (Evidence(number, 0, 3, quote("It.", 0, 3)),))
        for at in range(points)
    )
    article = StoryArticle(number, "Title", f"https://example.org/{number}", "Island Post", NOON.isoformat())
    return Story(f"Headline {number}", told, (article,), **fields)  # type: ignore[arg-type]


def a_composition(count: int = 7, **fields: object) -> Composition:
    return Composition(tuple(a_story(n) for n in range(count)), 43, degraded=False, **fields)  # type: ignore[arg-type]


def seen(composition: Composition, **digest: object) -> str:
    return texts(edition_bodies(EDITION, a_kept_digest(**digest), composition))


def test_the_date_line_and_the_footer_say_when_and_of_how_much():
    told = seen(a_composition(filtered=12, passed_over=31, failing=("Coastwire", "*Herald*")))
    at, start = int(NOON.timestamp()), int((NOON - timedelta(days=1)).timestamp())
    assert told.startswith(f"## Morning\n-# <t:{at}:F> · the last 24 hours\n")
    assert told.endswith(
        f"<t:{start}:f> to <t:{at}:f> · 7 stories from 43 new articles, 12 kept out by filters, "
        "31 passed over during the pause · not readable lately: Coastwire, \\*Herald\\*"
    )


def test_honest_when_degraded():
    assert "the model was not available" in seen(replace(a_composition(), degraded=True))
    assert "A, B, C and 2 more" in seen(a_composition(failing=("A", "B", "C", "D", "E")))


@pytest.mark.parametrize(
    ("size", "points", "headings"),
    [(Size.HEADLINES, 0, 0), (Size.SHORT, 7, 7), (Size.FULL, 2 * TOLD_IN_FULL, TOLD_IN_FULL)],
)
def test_sizes(size, points, headings):
    told = seen(a_composition(), size=size)
    assert told.count("Point ") == points
    assert told.count("### ") == headings
    assert all(f"Headline {number}" in told for number in range(7))


def test_an_update_is_marked():
    for size in Size:
        assert "Update: Headline 0" in seen(Composition((a_story(0, is_update=True),), 1, degraded=False), size=size)


def test_an_empty_edition_is_one_line_and_mentions_nobody():
    digest = a_kept_digest(mention_role_id=77, silent=True)
    (body,) = edition_bodies(EDITION, digest, Composition((), 0, degraded=False))
    assert body.blocks == (f"**Morning** · nothing new since <t:{int((NOON - timedelta(days=1)).timestamp())}:f>",)
    assert (body.footer, body.buttons, body.mention_role_id, body.silent) == ("", (), None, True)
    (body,) = edition_bodies(EDITION, digest, Composition((), 12, degraded=False, filtered=12))
    assert body.footer == "0 stories from 12 new articles, 12 kept out by filters"


def test_a_mention_shows_the_first_headline_in_its_notification():
    (body,) = edition_bodies(EDITION, a_kept_digest(mention_role_id=77, silent=True), a_composition())
    assert body.message()["content"] == "<@&77> Headline 0"
    assert body.silent


def test_a_post_in_a_forum_is_named_after_digest_and_local_date():
    midnight = replace(EDITION, due_at=NOON.replace(hour=23, minute=30))
    (body,) = edition_bodies(midnight, a_kept_digest(name="M" * 200), a_composition())
    assert body.title == "M" * 79 + "… · 21 November 2026"
    unknown = edition_bodies(midnight, a_kept_digest(timezone="Mars/Olympus"), a_composition())
    assert unknown[0].title == "Morning · 2026-11-20"


def test_a_live_brief_is_its_story_alone():
    (body,) = edition_bodies(EDITION, a_kept_digest(schedule="live"), Composition((a_story(0),), 1, degraded=False))
    assert body.title == "Headline 0"
    assert body.blocks[0].startswith("### Headline 0\n")
    assert body.footer == "Morning"


def long_points(number: int) -> tuple[StoryPoint, ...]:
    return tuple(replace(point, text=f"{point.text} " + "word " * 80) for point in a_story(number, 4).points)


def test_a_long_edition_says_where_it_goes_on():
    stories = tuple(replace(a_story(n), headline="word " * 30 + str(n), points=long_points(n)) for n in range(15))
    bodies = edition_bodies(EDITION, a_kept_digest(size=Size.FULL), Composition(stories, 15, degraded=False))
    assert len(bodies) > 1
    assert bodies[0].footer == f"part 1 of {len(bodies)}"
    assert [bool(body.buttons) for body in bodies] == [False] * (len(bodies) - 1) + [True]


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "hour"), (1, "hour"), (23.6, "24 hours"), (48, "48 hours"), (72, "3 days")]
)
def test_the_window_in_words(hours, said):
    edition = replace(EDITION, window_start=NOON - timedelta(hours=hours))
    assert f"the last {said}\n" in texts(edition_bodies(edition, a_kept_digest(), a_composition()))


def test_without_a_reason_the_view_says_so():
    told = texts(why_bodies(a_composition(1, more_left_out=4)))
    assert "no reason was noted" in told
    assert "… and 4 more articles" in told
    assert "No story is told" in texts(why_bodies(Composition((), 0, degraded=False)))


def test_parts_of_before_this_know_no_stories_and_stay_as_they_are():
    told = a_composition(1)
    (body,) = edition_bodies(EDITION, a_kept_digest(), told)
    old = Body.from_json({name: body.to_json()[name] for name in ("blocks", "footer", "buttons", "form", "marker")})
    point = replace(told.stories[0].points[0], hidden_at=NOON.isoformat())
    hidden = replace(told, stories=(replace(told.stories[0], points=(point,)),))
    assert revised_bodies([old], hidden) == [old]
    assert revised_bodies([body], hidden) != [body]
