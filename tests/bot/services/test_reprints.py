"""Which text is a reprint: another house's head and tail, cuts and edits make none less one, other news does."""

import random
import re

import pytest

from bot.services.reprints import is_reprint
from tests.bot.prose import report, sentence, word

SEEDS = range(12)
STORY = (
    "The harbour of Varnes opened again on Friday after two years of work and 14 delays. Cranes lifted the last gate"
    " into its place in the morning, watched by Mayor Ida Holm and hundreds of people on the quay. A storm had broken"
    " the old gate in 2024 and flooded 300 cellars. Ferries to the islands of Olmer and Kelda start on Monday with 3"
    " ships, the Sund Line said. The work cost 41 million crowns, a third more than was planned."
)
SENTENCES = STORY.replace(". ", ".\n").split("\n")
TEMPLATES = (
    "Shares in {0} closed {1} percent up at {2} on {3}, led by {4}. {4} gained {5} percent after its report of the"
    " quarter, and {6} lost {7} percent. Traders in {0} waited for the meeting of the central bank on {8}. Bonds of ten"
    " years yielded {9} percent. The exchange opens again in the morning at the usual hour, it said in its notice.",
    "{4} beat {6} {1} to {2} on {3} in front of {5} people in {0}. {8} scored in minute {7}, and {9} more chances were"
    " missed by the guests. The coach was content with his team and praised its patience after the break. The next"
    " match is played at home, where the team has not lost since the spring of the year before last.",
    "Police in {0} looked for a man from {4} on {3} who had not come home from work. He is {1} years old, {2} cm"
    " tall and wears a jacket of {6}. Who has seen him is asked to call {5} {7} {9}, day or night, or to speak to the"
    " officers at the station of {8}. The search with dogs and a boat is to go on in the morning, they said.",
)


def printed(text: str, known: str) -> bool:
    return is_reprint(text, known, len(known))


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        STORY.upper().title(),
        f"VARNES, July 3 (Wire) -- {STORY}",
        f"{STORY} Read more on the history of the gate.",
        f"From our desk in the capital, for members. {STORY} Copyright the Post. All rights reserved.",
        " ".join(SENTENCES[:3]),  # shortened
        " ".join(SENTENCES[1:]),  # its lead is another one's
        STORY.replace("14 delays", "15 delays"),  # corrected
        STORY.replace("hundreds of people", "a crowd"),
    ],
)
def test_a_reprint(text):
    assert printed(text, STORY)


def test_reprints_of_all_kinds_of_texts():
    for seed in SEEDS:
        rng = random.Random(seed)
        known = report(rng, 24)
        kept = [each for at, each in enumerate(known.split(". ")) if at % 4 != seed % 4]
        edited = " ".join("lately" if rng.random() < 0.02 else each for each in ". ".join(kept).split())
        assert printed(f"{report(rng, 3)} {edited} {sentence(rng)}.", known)
        assert not printed(report(rng, 24), known)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("kept", ["names", "figures", "neither"])
def test_reports_of_one_template_are_none(template, kept):
    """Precision comes first: what is folded is not told on its own."""
    for seed in SEEDS:
        rng = random.Random(seed)
        names = [[word(rng).capitalize() for _ in range(10)] for _ in range(2)]
        figures = [[str(rng.randrange(2, 9000)) for _ in range(10)] for _ in range(2)]
        filled = []
        for at in range(2):
            name, figure = names[0 if kept == "names" else at], figures[0 if kept == "figures" else at]
            filled.append(template.format(*(figure[i] if i in (1, 2, 5, 7, 9) else name[i] for i in range(10))))
        assert not printed(*filled)


@pytest.mark.parametrize("pattern", [r"[A-Z]\w+", r"\d+"])
def test_the_same_of_others_or_in_other_figures_is_none(pattern):
    """However little of a text its names and its figures are."""
    for seed in SEEDS:
        rng = random.Random(seed)
        known = report(rng, 24)
        others = {each: f"{each}1" if each.isdigit() else word(rng).capitalize() for each in re.findall(pattern, known)}
        assert not printed(" ".join(others.get(each.strip("."), each) for each in known.split()), known)


def test_programmes_that_share_their_standing_words_are_none():
    standing = report(random.Random(1), 9)
    for seed in SEEDS:
        rng = random.Random(100 + seed)
        one, other = (f"{report(rng, 4)} {standing}" for _ in range(2))
        assert not printed(one, other)


def test_a_fuller_text_and_a_mere_beginning_are_none():
    known = report(random.Random(3), 20)
    half = known[: len(known) // 2]
    assert printed(half, known)
    assert not printed(known, half)
    assert not printed(known[: len(known) // 4], known)


@pytest.mark.parametrize("text", ["", " ", "word", "!" * 500, "7 " * 300, "新聞" * 300, "\ud800 " * 99])
def test_what_says_nothing_is_no_reprint_of_other_texts(text):
    assert not printed(text, STORY)
    assert not printed(STORY, text)


def test_scripts_without_capitals_and_spaces():
    chinese = "港口在周五重新开放。市长感谢了三百名工人。风暴在二零二四年毁坏了旧闸门。渡轮将于周一启航前往各个岛屿。"
    assert printed(f"本报讯。{chinese}", chinese)
    assert not printed(
        "体育馆在周日关闭。教练批评了十二名球员。比赛在昨天晚上结束了主队失利。球迷将于周三抗议票价上涨。", chinese
    )
