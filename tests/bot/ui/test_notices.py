"""Notices hold words of others: these are shown and do nothing; our dates, channels and commands keep their effect."""

import random
import re
from dataclasses import replace

import pytest

from bot.services.notices import Act, Matter, Place
from bot.services.ports import Remedy
from bot.ui import custom_ids
from bot.ui.notices import LABELS, TEXT, notice_body, safe_sentences
from storage import Notice, NoticeState
from tests.factories import NOON, SERVER
from tests.wire.limits import violations

SENTENCE = "“{}” could not be read since <t:1795694400:f> in <#7>. “{}” Try `/source manage`."
MARKS = (
    "“ ” \\ ` * ** _ ~~ || # > -# ☐ word [x]\u200b [bank](http://evil.example) <http://evil.example> http://a.example"
)
NAMES = "@everyone @here <@1> <@&1> <@!1> <id:customize> </cmd:1> <:a:1> <a:b:1> <t:1> <#1>"
PIECES = [*MARKS.split(), *NAMES.split(), "\u202e", "\n", " ", "- ", "[x]\n(http://evil.example)"]
NOTICE = Notice(3, SERVER, "source-failing:5", {}, NoticeState.TOLD, NOON, NOON, 0, 7, 70)
HERE, DIRECT = Place("Readers", is_direct=False), Place("Readers", is_direct=True)


def effective(text):
    """What Discord would act on: an unescaped mark of any kind other than ours."""
    ours = re.sub(r"<t:\d{1,12}(?::[tTdDfFR])?>|<#\d{1,20}>|`/?[\w :-]{1,60}`", "", text)
    return re.findall(r"(?<!\\)(?:\\\\)*[*_~|`<#\[\]>@]", re.sub(r"https?://\S+", "", ours))


def test_our_own_marks_keep_their_effect():
    shown = safe_sentences(SENTENCE.format("Coast Courier", "HTTP 503"), TEXT)
    assert shown == "“Coast Courier” could not be read since <t:1795694400:f> in <#7>. “HTTP 503” Try `/source manage`."


def test_words_of_others_have_none_however_they_are_put_together():
    """FAULTS 39."""
    dice = random.Random(7)
    for _ in range(3000):
        foreign = ["".join(dice.choices(PIECES, k=dice.randint(1, 9))) for _ in range(2)]
        shown = safe_sentences(SENTENCE.format(*foreign), TEXT)
        assert effective(shown) == [], foreign
        assert "\u202e" not in shown


def test_a_cut_sentence_opens_no_mark():
    whole = SENTENCE.format("a", "b")
    for limit in range(2, len(whole)):
        assert effective(safe_sentences(whole, limit)) == []


def test_lines_stay_apart():
    matter = Matter("A member doubts this:\n“It *rained*.”\nIts source says:\n“No rain.”", ())
    (block, *_) = notice_body(NOTICE, matter, HERE).blocks
    assert block.split("\n")[1:] == [
        "A member doubts this:",
        "“It \\*rained\\*.”",
        "Its source says:",
        "“No rain.”",
    ]


@pytest.mark.parametrize("state", NoticeState)
@pytest.mark.parametrize("place", [HERE, DIRECT])
@pytest.mark.parametrize("letter", ["w", "<", "語", "😀"])
def test_the_longest_notice_is_within_the_limits(state, place, letter):
    remedies = tuple((remedy, 10**18 - 1) for remedy in list(LABELS)[:5])
    acts = tuple(Act(letter * 900, 2**64 - 1, NOON.isoformat()) for _ in range(5))
    matter = Matter(letter * 5000, (*remedies, (Remedy.CHOOSE_CHANNEL, 10**18 - 1)), acts)
    body = notice_body(replace(NOTICE, state=state, server_id=2**64 - 1, notice_id=10**18 - 1), matter, place)
    view = body.message()["view"]
    assert body.fits
    assert violations({"components": view.to_components(), "flags": 1 << 15}) == []
    assert bool(body.buttons) is (state is not NoticeState.CLOSED)
    assert bool(body.channel_picker) is (state is not NoticeState.CLOSED and place is HERE)


def test_custom_ids_fit_discord_and_name_the_server():
    longest = 2**64 - 1, 10**18 - 1, 10**18 - 1
    for remedy in Remedy:
        made = custom_ids.notice(remedy, *longest)
        assert len(made) <= 100
        assert re.fullmatch(custom_ids.NOTICE, made)["server"] == str(longest[0])
    assert re.fullmatch(custom_ids.NOTICE_CHANNEL, custom_ids.notice_channel(*longest))
    assert not re.fullmatch(custom_ids.NOTICE, custom_ids.notice("try-source", 1, 2, 10**18))
