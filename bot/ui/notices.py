"""A notice as admins see it: what happened, what was done about it, and what can be done."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.services.notices import Act, Matter, Place
from bot.services.ports import Remedy
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button
from bot.ui.sources import removal_question
from bot.ui.text import plain, shortened, timestamp
from storage import Notice, NoticeState, Subscription

TEXT = 1500
WORDS = 300
DISMISS = "dismiss"
"""Action of the button under a notice of what has passed."""
HEADINGS = {
    "source-failing": "A source fails",
    "source-silent": "A source is silent",
    "nothing-matched": "Nothing gets through",
    "destination-lost": "A digest has no channel",
    "edition-missed": "An edition was missed",
    "edition-failed": "An edition failed",
    "report": "A point is doubted",
    "sent-again": "A part was sent again",
    "uncertain": "A part may be missing",
    "pin-denied": "A permission is missing",
    "publish-denied": "A permission is missing",
}
PASSING = {"sent-again", "uncertain"}
"""Causes that happened once: nothing can be done, and nothing tells that they are over but somebody who has read it."""
DROP = "drop-source"
"""Action of the button under the question whether a source is to be removed."""
LABELS = {
    Remedy.TRY_SOURCE: "Try again",
    Remedy.CHANGE_ADDRESS: "Change address",
    Remedy.REMOVE_SOURCE: "Remove",
    Remedy.RESUME_DIGEST: "Resume",
    Remedy.POST_NOW: "Post now",
    Remedy.EDIT_RULES: "Edit rules",
    Remedy.HIDE_POINT: "Hide",
    Remedy.KEEP_POINT: "Keep",
}
REVERSIBLE = {Remedy.HIDE_POINT, Remedy.KEEP_POINT}
_DANGEROUS = {Remedy.REMOVE_SOURCE, Remedy.HIDE_POINT}
# Whoever slips one of these into a label or an error makes a date, a channel's name or a word in code appear.
_OUR_MARKS = re.compile(r"<t:\d{1,12}(?::[tTdDfFR])?>|<#\d{1,20}>|`/?[\w :-]{1,60}`")
_MARKED = "\N{BALLOT BOX}"


def notice_body(notice: Notice, matter: Matter, place: Place) -> Body:
    """The message of a notice; settled ones have no buttons, but for a decision that can be taken back."""
    acts = [_act(act) for act in matter.acts]
    bodies = (_body(notice, matter, place, acts[first:]) for first in range(len(acts) + 1))
    return next(body for body in bodies if body.fits)  # without any act it always does


def _body(notice: Notice, matter: Matter, place: Place, acts: Sequence[str]) -> Body:
    blocks = [f"### {_heading(notice)}\n{safe_sentences(matter.text, TEXT)}", "\n".join(acts)]
    if notice.state is NoticeState.CLOSED:
        return Body(tuple(filter(None, blocks)), _footer(place), _buttons(notice, matter, REVERSIBLE))
    if place.is_direct and Remedy.CHOOSE_CHANNEL in dict(matter.remedies):
        blocks.append("Another channel can be chosen in the server: `/digest manage`, Edit.")
    buttons, picker = _buttons(notice, matter, LABELS.keys()), _channel_picker(notice, matter, place)
    return Body(tuple(filter(None, blocks)), _footer(place), buttons, channel_picker=picker)


def source_removal(subscription: Subscription, notice: Notice) -> Body:
    """Asked before *Remove* under a notice does it."""
    drop = custom_ids.notice(DROP, notice.server_id, notice.notice_id, subscription.source.source_id)
    return Body((removal_question(subscription),), buttons=(Button("Remove", drop, danger=True),))


def safe_sentences(text: str, limit: int) -> str:
    """Sentences of ours with words of others in them: dates, channels and `code` keep their effect, nothing else."""
    line = shortened(text, limit)
    pieces, position = [], 0
    for mark in _OUR_MARKS.finditer(line):
        pieces += [_unmarked(line[position : mark.start()]), mark[0]]
        position = mark.end()
    return "".join([*pieces, _unmarked(line[position:])])


def _heading(notice: Notice) -> str:
    heading = HEADINGS.get(_kind(notice), "Please look at this")
    return f"{heading}: settled" if notice.state is NoticeState.CLOSED else heading


def _kind(notice: Notice) -> str:
    return notice.cause.partition(":")[0]


def _unmarked(piece: str) -> str:
    """Without any effect, but with the spaces at its ends and its line breaks."""
    lines = [plain(f"{_MARKED}{line}{_MARKED}").replace(_MARKED, "") for line in piece.split("\n")]
    return "\n".join(lines)


def _act(act: Act) -> str:
    when = timestamp(datetime.fromisoformat(act.at), "f")
    who = f"<@{act.user_id}> " if act.user_id is not None else ""
    return f"-# {who}{safe_sentences(act.words, WORDS)} · {when}"


def _buttons(notice: Notice, matter: Matter, shown: Collection[Remedy]) -> tuple[Button, ...]:
    if _kind(notice) in PASSING and notice.state is not NoticeState.CLOSED:
        return (Button("Noted", custom_ids.notice(DISMISS, notice.server_id, notice.notice_id, 0)),)
    return tuple(
        Button(
            LABELS[remedy],
            custom_ids.notice(remedy, notice.server_id, notice.notice_id, subject),
            danger=remedy in _DANGEROUS,
        )
        for remedy, subject in matter.remedies
        if remedy in shown
    )


def _channel_picker(notice: Notice, matter: Matter, place: Place) -> str:
    digest_id = dict(matter.remedies).get(Remedy.CHOOSE_CHANNEL)
    if digest_id is None or place.is_direct:  # direct messages know no channels
        return ""
    return custom_ids.notice_channel(notice.server_id, notice.notice_id, digest_id)


def _footer(place: Place) -> str:
    if not place.is_direct:
        return ""
    name = plain(place.server_name or "", 80)
    whose = f"You own {name}, which has" if name else "Your server has"
    return f"{whose} no channel for notices that could be used; `/dateline settings` there chooses one"
