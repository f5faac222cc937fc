"""What admins see of their server: settings, holiday, status."""

from datetime import datetime

from bot.services.statuses import DigestStatus, ModelState, Status
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, listing, note
from bot.ui.notices import safe_sentences
from bot.ui.sources import rules_in_short
from bot.ui.text import plain, timestamp
from storage import EditionState, Notice, Server, Subscription

MOST_LISTED = 5
_MODEL = {
    ModelState.READY: "the model answers",
    ModelState.BUSY: "the model is at work and did not answer within two seconds",
    ModelState.DOWN: "**the model does not run**; points are chosen by simpler rules, and editions say so",
}
_LAST = {
    EditionState.SENT: "last posted",
    EditionState.EMPTY: "last had nothing to tell",
    EditionState.MISSED: "**last missed**",
    EditionState.FAILED: "**last failed**",
    EditionState.SENDING: "being posted, due",
    EditionState.COMPOSING: "being made, due",
    EditionState.READY: "made ahead, due",
}


def settings_panel(server: Server, now: datetime, user_id: int, said: str = "") -> Body:
    """What holds for the whole server, and how to change it."""
    channel = server.notices_channel_id
    where = f"into <#{channel}>" if channel is not None else "to the owner of the server, by direct message"
    lines = [
        "### Settings of this server",
        f"**Notices** for admins go {where}. Choose a channel below.",
        f"**Time zone** offered for new digests: {plain(server.timezone or 'none')}",
        f"**Rules** for all digests: {rules_in_short(server.rules) if server.rules else 'none'}",
    ]
    on_holiday = server.paused_until is not None and server.paused_until > now
    if server.paused_until is not None and on_holiday:
        lines.append(f"**On holiday** until {timestamp(server.paused_until)}: no digest is posted.")
    buttons = [
        Button("Time zone", custom_ids.server_panel("timezone", user_id)),
        Button("Rules", custom_ids.server_panel("rules", user_id)),
    ]
    if channel is not None:
        buttons.append(Button("Notices to the owner", custom_ids.server_panel("owner", user_id)))
    if on_holiday:
        buttons.append(Button("End the holiday", custom_ids.server_panel("resume", user_id)))
    blocks = tuple(filter(None, ["\n".join(lines), said]))
    return Body(blocks, buttons=tuple(buttons), channel_picker=custom_ids.server_channel(user_id))


def pause_question(until: datetime, digests: int) -> str:
    """What a holiday of the server does, before it begins."""
    few = {0: "No digest is set up yet; new ones rest too.", 1: "One digest rests."}
    return (
        f"### Pause the whole server until {timestamp(until)}?\n"
        f"{few.get(digests, f'{digests} digests rest.')} Sources are read on, and `/brief` and `/news` work as before. "
        "After it, digests tell the last 24 hours and say how many articles were passed over."
    )


def pause_panel(server: Server, now: datetime, user_id: int) -> Body:
    """A holiday of the server with a way to end it; or that there is none."""
    if server.paused_until is None or server.paused_until <= now:
        return note("This server is not paused. Digests come as scheduled.")
    text = f"### On holiday until {timestamp(server.paused_until)}\nNo digest of this server is posted until then."
    return Body((text,), buttons=(Button("End it now", custom_ids.server_panel("resume", user_id)),))


def status_body(status: Status, version: str) -> Body:
    """Health at one look: what needs somebody first."""
    blocks = [
        "\n".join(
            [
                "### How Dateline is doing here",
                *_pause(status),
                _sources(status),
                *map(_failing, status.failing[:MOST_LISTED]),
            ]
        )
    ]
    blocks.append("\n".join([_digest_count(status), *(_digest(status, each) for each in status.digests)]))
    blocks.append("\n".join([_notice_count(status), *map(_notice, status.notices[:MOST_LISTED])]))
    footer = f"Dateline {plain(version)} · {status.database} answers · {_MODEL[status.model]}"
    body = Body(tuple(blocks), footer)
    return body if body.fits else listing(blocks[0], "\n".join(blocks[1:]).split("\n"), footer)


def _pause(status: Status) -> list[str]:
    if not status.is_paused or status.server.paused_until is None:
        return []
    return [f"**On holiday** until {timestamp(status.server.paused_until)}: no digest is posted."]


def _sources(status: Status) -> str:
    if not status.subscriptions:
        return "**Sources:** none yet; `/source add` follows one"
    counts = {
        "well": status.well,
        "failing": len(status.failing),
        "not read yet": len(status.unread),
        "paused": status.paused_sources,
    }
    return "**Sources:** " + ", ".join(f"{count} {state}" for state, count in counts.items() if count)


def _failing(subscription: Subscription) -> str:
    source = subscription.source
    since = timestamp(source.last_success_at or source.added_at, "R")
    return f"- {plain(subscription.label, 80)}: {plain(source.last_error or '', 160)} · read last {since}"


def _digest_count(status: Status) -> str:
    return "**Digests:**" if status.digests else "**Digests:** none yet; `/digest add` sets one up"


def _digest(status: Status, each: DigestStatus) -> str:
    digest = each.digest
    parts = [f"- {plain(digest.name, 80)} in <#{digest.channel_id}>"]
    if digest.is_paused(status.now):
        until = f" until {timestamp(digest.paused_until, 'f')}" if digest.paused_until else ""
        parts.append(f"paused{until}" if digest.paused else "on holiday with the server")
    elif digest.is_live:
        parts.append("live")
    else:
        parts.append(f"next {timestamp(each.next_at, 'R')}" if each.next_at else "**no next edition**")
    if each.last is not None:
        parts.append(f"{_LAST[each.last.state]} {timestamp(each.last.due_at, 'R')}")
    if digest.trouble:
        parts.append(safe_sentences(digest.trouble, 200))
    return " · ".join(parts)


def _notice_count(status: Status) -> str:
    untold = sum(notice.told_at is None for notice in status.notices)
    parts = [f"{len(status.notices)} open" if status.notices else "none is open"]
    if untold:
        parts.append(f"{untold} could not be told yet, see `/dateline settings`")
    if status.mixes_notices_with_news:
        parts.append(f"a digest is posted in <#{status.server.notices_channel_id}>, so they go to the owner")
    return f"**Notices:** {'; '.join(parts)}"


def _notice(notice: Notice) -> str:
    return f"- {safe_sentences(str(notice.body['text']), 120)} · {timestamp(notice.raised_at, 'R')}"
