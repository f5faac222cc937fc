"""What admins see of their digests: the question before one is kept, lists, panels, history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.services.digesting import History
from bot.services.schedules import explained, short_months_note
from bot.services.stories import Composition
from bot.slots import Slot
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, Menu, Option, listing, note
from bot.ui.revisions import changes_since
from bot.ui.text import plain, timestamp
from storage import Delivery, DeliveryState, Digest, Edition, EditionState, NewDigest, Size

NO_DIGESTS = "No digests yet. `/digest add` sets one up."
MOST_HEADLINES = MOST_LINKS = 3
SIZES = {
    Size.FULL: "in full",
    Size.SHORT: "one point each",
    Size.HEADLINES: "headlines only",
}


def digest_question(new: NewDigest, slots: Sequence[Slot]) -> str:
    """What was understood, before it is kept."""
    if new.is_live:
        plan = f"Each story is told within minutes, at most {new.per_hour} an hour."
    else:
        plan = "\n".join(["The next three editions:", *(f"- {_moment(slot.at)}" for slot in slots)])
    head = f"### {plain(new.name, 80)}\n{describe(new)}\n{plan}"
    return "\n\n".join(filter(None, [head, short_months_note(new.schedule), "Keep it?"]))


def digest_kept(digest: Digest, slots: Sequence[Slot], user_id: int) -> Body:
    """A digest was just set up: when it comes, and what it tells first."""
    head = f"### {plain(digest.name, 80)} is set up\n{describe(digest)}\n"
    if digest.is_live:
        return note(f"{head}It tells stories as they come from now on. `/digest manage` sets its quiet hours.")
    first = f"The first edition comes {_moment(slots[0].at)}" if slots else "The first edition comes at its next slot"
    text = (
        f"{head}{first} and tells the last 24 hours. `/digest preview` shows what it would say now; one posted now "
        "comes beside the schedule and takes nothing away from it."
    )
    return Body((text,), buttons=(_button(digest, "Post one now", "post", user_id),))


def digest_list(rows: Sequence[tuple[Digest, Sequence[Slot]]], now: datetime) -> Body:
    """All digests of a server with their next slots."""
    if not rows:
        return note(NO_DIGESTS)
    lines = [f"- {' · '.join(filter(None, _in_list(digest, slots, now)))}" for digest, slots in rows]
    return listing("### Digests", lines, "manage one with /digest manage")


def digest_panel(digest: Digest, slots: Sequence[Slot], now: datetime, user_id: int, notice: str = "") -> Body:
    """One digest with what can be done with it."""
    lines = [f"### {plain(digest.name, 80)}", describe(digest), _state(digest, slots, now)]
    if digest.trouble:
        lines.append(f"Last problem: {plain(digest.trouble, 300)}")
    pause = ("Resume", "resume") if _own_pause(digest, now) else ("Pause", "pause")
    actions = (("Edit", "edit"), ("Options", "options"), pause, ("History", "history"))
    buttons = (
        *(_button(digest, label, action, user_id) for label, action in actions),
        _button(digest, "Remove", "remove", user_id, danger=True),
    )
    return Body(tuple(filter(None, ["\n".join(lines), notice])), buttons=buttons)


def digest_options(digest: Digest, user_id: int, notice: str = "") -> Body:
    """How a digest tells and posts, with the forms that change it."""
    lines = [f"### {plain(digest.name, 80)}: options", *_tells(digest), *_posts(digest)]
    actions = [("What it tells", "tells"), ("How it posts", "posts"), ("Back", "show")]
    if digest.is_live:
        lines += _live(digest)
        actions.insert(2, ("Live", "live"))
    buttons = tuple(_button(digest, label, action, user_id) for label, action in actions)
    return Body(tuple(filter(None, ["\n".join(lines), notice])), buttons=buttons)


def digest_removal(digest: Digest, user_id: int) -> Body:
    """The question before a digest is removed."""
    buttons = (
        _button(digest, "Remove", "drop", user_id, danger=True),
        _button(digest, "Keep it", "show", user_id),
    )
    question = (
        f"Remove the digest **{plain(digest.name, 80)}**? Its schedule, its options and its history here are lost. "
        "What it posted stays in the channel, and the buttons under it go on working."
    )
    return Body((question,), buttons=buttons)


def history_page(digest: Digest, history: History, user_id: int) -> Body:
    """The last editions of a digest, a few at a time; those with messages can be opened."""
    back = _button(digest, "Back", "show", user_id)
    if not history.records:
        return Body((f"**{plain(digest.name, 80)}** has no editions yet.",), buttons=(back,))
    page, pages = history.page, history.pages

    def turn(label: str, to: int) -> Button:
        custom_id = custom_ids.digest_history(digest.digest_id, user_id, max(to, 0))
        return Button(label, custom_id, disabled=not 0 <= to < pages)

    buttons = (turn("Newer", page - 1), turn("Older", page + 1), back) if pages > 1 else (back,)
    heading = f"### {plain(digest.name, 80)}: its last editions"
    blocks = (heading, *(_record(digest, *record) for record in history.records))
    footer = f"page {page + 1} of {pages}" if pages > 1 else ""
    return Body(blocks, footer, buttons, menus=_menus(digest, history, user_id))


def as_sent(edition: Edition, parts: Sequence[Delivery]) -> list[Body]:
    """The messages of an edition as they were frozen, without their buttons, for the one who looks."""
    frozen = (Body.from_json(part.body) for part in parts)
    shown = [
        replace(body, buttons=(), menus=(), channel_picker="", reply_to=None, mention_role_id=None, notification="")
        for body in frozen
    ]
    return [note(f"The edition of {timestamp(edition.due_at)}, word for word:"), *shown, *changes_since(edition)]


def describe(digest: NewDigest) -> str:
    """Channel, schedule and size in one line."""
    when = f"<#{digest.channel_id}> · {_when(digest)}"
    if digest.is_live:
        return f"{when} · {SIZES[digest.size]}"
    stories = "1 story" if digest.stories == 1 else f"up to {digest.stories} stories"
    return f"{when} · {stories}, {SIZES[digest.size]}"


def _when(digest: NewDigest) -> str:
    return f"{explained(digest.schedule)}, {plain(digest.timezone)}"


def nothing_new(composition: Composition | None = None) -> str:
    """Why there is nothing to tell."""
    if composition is not None and composition.considered:
        return (
            f"Nothing is told: {composition.considered} new articles came in, and none of them is left after the rules "
            "and what was told before. `/digest preview` says why of each."
        )
    return (
        "There is nothing new to tell: no article came in since the last edition. "
        "`/source list` shows how this server's sources are doing."
    )


def _button(digest: Digest, label: str, action: str, user_id: int, *, danger: bool = False) -> Button:
    return Button(label, custom_ids.digest_panel(action, digest.digest_id, user_id), danger=danger)


def _moment(at: datetime) -> str:
    return f"{timestamp(at)} ({timestamp(at, 'R')})"


def _state(digest: Digest, slots: Sequence[Slot], now: datetime) -> str:
    if _own_pause(digest, now):
        return f"Paused until {_moment(digest.paused_until)}." if digest.paused_until else "Paused."
    if digest.is_paused(now) and digest.server_paused_until is not None:
        return f"The whole server is paused until {_moment(digest.server_paused_until)}."
    if digest.is_live:
        return "Tells stories as they come."
    if not slots:
        return "Next: never; its time zone is not known on this machine"
    first, *later = slots
    return f"Next: {' · '.join([_moment(first.at), *(timestamp(slot.at) for slot in later)])}"


def _in_list(digest: Digest, slots: Sequence[Slot], now: datetime) -> tuple[str, ...]:
    name = f"**{plain(digest.name, 80)}** in <#{digest.channel_id}>"
    return name, _when(digest), _brief_state(digest, slots, now)


def _brief_state(digest: Digest, slots: Sequence[Slot], now: datetime) -> str:
    trouble = plain(digest.trouble, 160) if digest.trouble else ""
    if digest.is_paused(now) or not (slots or digest.is_live):
        until = digest.paused_until if _own_pause(digest, now) else digest.server_paused_until
        state = f"paused until {timestamp(until)}" if until else "paused"
        return f"{state}: {trouble}" if trouble else state
    state = "" if digest.is_live else f"next {timestamp(slots[0].at)}"
    return " · ".join(filter(None, [state, trouble]))


def _own_pause(digest: Digest, now: datetime) -> bool:
    return replace(digest, server_paused_until=None).is_paused(now)


def _tells(digest: Digest) -> list[str]:
    cap = f"at most {digest.per_source} of one source" if digest.per_source else "any number of one source"
    rules = [plain(rule, 80) for rule in digest.rules.splitlines()]
    empty = "says so" if digest.says_when_empty else "posts nothing"
    return [
        f"**Tells** up to {digest.stories} stories, {SIZES[digest.size]} · {cap}",
        f"**Rules:** {' · '.join(_few(rules, 8)) or 'none of its own'}",
        f"**When there is nothing new** it {empty}.",
    ]


def _posts(digest: Digest) -> list[str]:
    choices = {
        "silently": digest.silent,
        "with a notification": not digest.silent,
        "pins the newest edition": digest.pinned,
        "published to followers": digest.published,
    }
    ways = [way for way, chosen in choices.items() if chosen]
    mention = f"mentions <@&{digest.mention_role_id}>" if digest.mention_role_id else "mentions nobody"
    return [f"**Posts** {' · '.join([*ways, mention])}"]


def _live(digest: Digest) -> list[str]:
    quiet = f"quiet {digest.quiet_hours}" if digest.quiet_hours else "no quiet hours"
    words = [plain(word, 40) for word in digest.alert_words.split(", ") if word]
    return [
        f"**Live:** at most {digest.per_hour} an hour · {quiet}",
        f"**Alert words:** {', '.join(_few(words, 15)) or 'none'}",
    ]


def _few(words: Sequence[str], most: int) -> list[str]:
    more = [f"and {len(words) - most} more"] if len(words) > most else []
    return [*words[:most], *more]


def _record(digest: Digest, edition: Edition, parts: Sequence[Delivery]) -> str:
    by_hand = ", by hand" if edition.is_manual else ""
    links = [link for part in parts if (link := _link(digest.server_id, part))][:MOST_LINKS]
    shown = " ".join(f"[{'message' if not n else n + 1}]({link})" for n, link in enumerate(links))
    head = " · ".join(filter(None, [f"**{timestamp(edition.due_at, 'f')}**{by_hand}", _outcome(edition, parts), shown]))
    return "\n".join(filter(None, [head, _told(edition)]))


def _outcome(edition: Edition, parts: Sequence[Delivery]) -> str:
    match edition.state:
        case EditionState.SENT:
            return "posted"
        case EditionState.EMPTY:
            return "nothing new"
        case EditionState.READY:
            return "ready, and posted then"
        case EditionState.MISSED:
            return "missed: Dateline was not running, or could not reach Discord"
        case EditionState.FAILED:
            error = next((part.error for part in parts if part.error), None)
            return f"failed: {plain(error, 120)}" if error else "failed"
        case _:
            return "under way"


def _told(edition: Edition) -> str:
    if edition.content is None:
        return ""
    stories = Composition.from_json(edition.content).stories
    headlines = _few([plain(story.headline, 60) for story in stories], MOST_HEADLINES)
    return f"-# {' · '.join(headlines)}" if headlines else ""


def _link(server_id: int, part: Delivery) -> str:
    if part.state is not DeliveryState.SENT or part.message_id is None or part.posted_in is None:
        return ""
    return f"https://discord.com/channels/{server_id}/{part.posted_in}/{part.message_id}"


def _menus(digest: Digest, history: History, user_id: int) -> tuple[Menu, ...]:
    options = tuple(Option(str(edition.edition_id), _label(edition)) for edition, parts in history.records if parts)
    custom_id = custom_ids.digest_edition(digest.digest_id, user_id)
    return (Menu(custom_id, "Read one as it was sent", options),) if options else ()


def _label(edition: Edition) -> str:
    """A menu shows no timestamps: the local time of the slot, or that of Greenwich for what has none."""
    local, _, zone = edition.slot.partition(" ")
    if zone:
        return f"{local.replace('T', ' ')}, {zone}"
    return f"{edition.due_at:%Y-%m-%d %H:%M}, UTC"
