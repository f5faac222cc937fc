"""What is sent keeps Discord's limits, loses nothing, and pings nobody (FAULTS 38, 39)."""

import pytest

from bot.services.stories import Composition, Difference, Evidence, Figure, Story, StoryArticle, StoryPoint, quote
from bot.ui.bodies import Body, Button, Form, listing, split
from bot.ui.editions import edition_bodies
from bot.ui.evidence import edition_evidence, evidence_page
from storage import Size
from tests.factories import NOON, a_kept_digest, an_edition
from tests.wire.limits import violations

TEXT = "Before it all was quiet. The harbour opened on Friday. Afterwards the crowd went home."
DIGEST = a_kept_digest()
EDITION = an_edition()


def story(number: int, *, words: str = "The harbour opened on Friday.", link: str = "https://example.org/x") -> Story:
    quoted = quote(TEXT, 25, 54)
    points = tuple(StoryPoint(words, (Evidence(number, 25, 54, quoted),)) for _ in range(3))
    article = StoryArticle(number, f"Title {number}", link, f"Source {number}", NOON.isoformat())
    return Story(f"Headline {number} {words}", points, (article,))


def sent(bodies: list[Body]) -> list[dict[str, object]]:
    """What discord.py would put on the wire."""
    payloads = []
    for body in bodies:
        message = Body.from_json({**body.to_json(), "marker": "0a1b2c3d"}).message()
        payload = {"embeds": [embed.to_dict() for embed in message.get("embeds", [])]}
        view = message.get("view")
        payload["components"] = view.to_components() if view else []
        if body.form is Form.LAYOUT:
            payload = {"components": payload["components"], "flags": 1 << 15}
        payloads.append(payload)
        assert message["allowed_mentions"].to_dict() == {"parse": []}
    return payloads


@pytest.mark.parametrize("count", [1, 5, 6, 15, 30])
@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("The harbour opened on Friday.", "https://example.org/x"),
        ("The harbour " * 60, "https://example.org/" + "x" * 280),
        ("The harbour opened. " * 250, "https://example.org/x"),
        ("港湾が金曜日に開かれた。" * 30, "https://example.org/x"),
        ("*_~`|" * 80, "https://example.org/" + "y" * 5000),
        ("😀" * 300, "https://example.org/x"),
    ],
)
def test_every_edition_keeps_the_limits_and_loses_no_story(count, words, link):
    stories = tuple(story(number, words=words, link=link) for number in range(count))
    bodies = edition_bodies(EDITION, DIGEST, Composition(stories, 99, degraded=False))
    assert [violations(payload) for payload in sent(bodies)] == [[]] * len(bodies)
    told = "\n".join(block for body in bodies for block in body.blocks)
    assert [number for number in range(count) if f"Headline {number}" not in told] == []
    assert [bool(body.buttons) for body in bodies] == [False] * (len(bodies) - 1) + [True]


def test_text_in_three_bytes_a_character_moves_to_embeds_before_it_is_split():
    block = "港" * 1500
    (body,) = split(Body((block, block)))
    assert body.form is Form.EMBEDS
    assert len(split(Body((block,) * 5))) > 1


@pytest.mark.parametrize("block", ["\n".join(["a line " * 20] * 90), "x" * 9000, "港" * 9000])
def test_a_block_that_is_too_long_for_any_message_goes_on_in_the_next(block):
    bodies = split(Body((block,)))
    assert len(bodies) > 1
    assert all(body.fits for body in bodies)
    assert (
        "".join(part for body in bodies for part in body.blocks) == block.replace("\n", "")
        or "\n".join(part for body in bodies for part in body.blocks) == block
    )


def test_a_long_list_says_how_much_is_left_out():
    body = listing("### Sources", [f"- source {number} " + "x" * 100 for number in range(100)])
    assert body.fits
    assert "… and 6" in body.blocks[0]


def test_a_body_survives_the_ledger():
    body = Body(("a", "b"), "footer", (Button("Sources", "dl:x"),), Form.EMBEDS, "0a1b2c3d")
    assert Body.from_json(body.to_json()) == body
    assert body.small_print == "footer · `0a1b2c3d`"


async def test_a_message_leaves_nothing_behind_in_the_client():
    for form in Form:
        assert Body(("a",), "", (Button("Sources", "dl:x"),), form).message()["view"].is_finished()


def test_sources_are_paged_and_show_each_sentence_in_its_place():
    composition = Composition(tuple(story(number) for number in range(15)), 99, degraded=True)
    blocks = edition_evidence(composition, {}, Size.FULL)
    assert len(blocks) == 45
    assert all("not kept any more" in block for block in blocks)
    pages, page = [], evidence_page(blocks, 0, lambda number: f"dl:{number}")
    while True:
        pages.append(page)
        assert page.fits
        following = [button for button in page.buttons if button.label == "Next"]
        if not following:
            break
        page = evidence_page(blocks, int(following[0].custom_id.removeprefix("dl:")), lambda number: f"dl:{number}")
    assert [block for page in pages for block in page.blocks] == blocks
    assert pages[-1].small_print == f"page {len(pages)} of {len(pages)}"
    assert evidence_page(blocks, 99, str) == evidence_page(blocks, len(pages) - 1, str)


def test_a_quote_is_the_sentence_with_the_words_around_it():
    quoted = quote(TEXT, 25, 54)
    assert (quoted.before, quoted.sentence, quoted.after) == (
        "Before it all was quiet.",
        "The harbour opened on Friday.",
        "Afterwards the crowd went home.",
    )
    long = quote("word " * 100 + TEXT + " word" * 100, 525, 554)
    assert long.before.startswith("…")
    assert long.after.endswith("…")
    assert len(long.before) <= 91


def two_reports(*differences: Difference) -> str:
    """The message of one story that two articles tell."""
    quoted = quote(TEXT, 25, 54)
    points = (
        StoryPoint("The bridge fell on Sunday.", (Evidence(2, 25, 54, quoted),)),
        StoryPoint("The mayor resigned.", (Evidence(1, 25, 54, quoted),)),
    )
    articles = tuple(
        StoryArticle(number, "Title", f"https://{number}.example/x", source, NOON.isoformat())
        for number, source in ((2, "Herald"), (1, "Coastwire"), (3, "Post"))
    )
    (body,) = edition_bodies(
        EDITION, DIGEST, Composition((Story("Bridge falls", points, articles, differences),), 3, degraded=False)
    )
    return body.blocks[1]


def test_points_of_several_articles_are_numbered_like_their_sources():
    lines = two_reports().splitlines()
    assert lines[1:3] == ["- The bridge fell on Sunday.¹", "- The mayor resigned.²"]
    assert "¹Herald" in lines[3]
    assert "²Coastwire" in lines[3]
    assert "Post" in lines[3]
    assert lines[3].endswith("3 sources")


def test_figures_that_differ_are_said_in_plain_words():
    difference = Difference("dead", (Figure(2, "at least *12*"), Figure(1, "15")))
    lines = two_reports(difference).splitlines()
    assert lines[3] == "-# Figures differ: at least \\*12\\* (Herald) or 15 (Coastwire) dead"


def test_every_source_stands_beside_its_date():
    date = f"<t:{int(NOON.timestamp())}:d>"
    assert two_reports().splitlines()[3].count(date) == 3
    stories = tuple(story(number) for number in range(8))
    told = "\n".join(edition_bodies(EDITION, DIGEST, Composition(stories, 99, degraded=False))[0].blocks)
    assert told.count(date) == 8


def test_a_point_too_long_to_show_whole_gives_way():
    quoted = quote(TEXT, 25, 54)
    points = tuple(StoryPoint(words, (Evidence(1, 25, 54, quoted),)) for words in ("word " * 200, "The bridge fell."))
    article = StoryArticle(1, "Title", None, "Herald", None)
    told = Composition((Story("Bridge falls", points, (article,)),), 1, degraded=False)
    (body,) = edition_bodies(EDITION, DIGEST, told)
    assert body.blocks[1].splitlines()[1:] == ["- The bridge fell.", "-# Herald"]
