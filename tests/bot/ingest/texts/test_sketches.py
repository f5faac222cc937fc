"""Near copies of a text share bands, other texts share none."""

import random
import subprocess
import sys

import pytest

from bot.ingest.texts.sketches import BANDS, FEWEST_WORDS, bands
from tests.bot.prose import report

SEEDS = range(40)


def share(one: str, other: str) -> bool:
    return bool(set(bands(one)) & set(bands(other)))


def wrapped(text: str, rng: random.Random) -> str:
    return f"{report(rng, 4)} {text} {report(rng, 4)}"


def edited(text: str, rng: random.Random) -> str:
    return " ".join("lately" if rng.random() < 0.02 else word for word in text.split())


def shortened(text: str, rng: random.Random) -> str:
    return ". ".join(sentence for sentence in text.split(". ") if rng.random() > 0.25)


@pytest.mark.parametrize("change", [wrapped, edited, shortened])
def test_near_copies_share_a_band(change):
    shared = 0
    for seed in SEEDS:
        rng = random.Random(seed)
        text = report(rng, 25)
        shared += share(text, change(text, rng))
    assert shared >= 0.95 * len(SEEDS)


def test_other_texts_share_none():
    sketches = [set(bands(report(random.Random(seed), 25))) for seed in SEEDS]
    assert sum(bool(one & other) for at, one in enumerate(sketches) for other in sketches[:at]) == 0


def test_bands_are_of_64_signed_bits_and_always_the_same_many():
    for seed in SEEDS:
        found = bands(report(random.Random(seed), 25))
        assert len(found) == len(set(found)) == BANDS
        assert all(-(1 << 63) <= band < 1 << 63 for band in found)


def test_another_process_finds_the_same_bands():
    text = report(random.Random(7), 25)
    code = f"from bot.ingest.texts.sketches import bands; print(bands({text!r}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(bands(text))


def test_case_and_spacing_make_no_difference():
    text = report(random.Random(7), 25)
    assert bands(text) == bands(text.upper().replace(" ", "\n\t"))


@pytest.mark.parametrize("text", ["", "word", "word " * (FEWEST_WORDS - 1), "新" * 100, " \n" * 5000])
def test_short_texts_have_none(text):
    assert bands(text) == []


def test_a_script_without_spaces_has_bands_too():
    signs = [chr(0x4E00 + at) for at in range(900)]
    text = "".join(random.Random(3).choices(signs, k=600))
    assert share(text, "".join(random.Random(4).choices(signs, k=60)) + text[:-40])
    assert not share(text, "".join(random.Random(5).choices(signs, k=600)))


def test_of_a_long_text_the_beginning_counts():
    rng = random.Random(5)
    text = report(rng, 2_000)
    assert bands(text) == bands(f"{text} {report(rng, 5)}")
    assert share(text, wrapped(text, rng))


@pytest.mark.parametrize("text", ["a" * 200_000, "a " * 100_000, "\ud800 \x00 " * 50_000, "😀" * 9_000])
def test_odd_texts_are_sketched(text):
    assert len(bands(text)) <= BANDS
