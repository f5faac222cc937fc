"""What admins see of their sources."""

from collections.abc import Sequence

from bot.services.following import FoundFeed, Weight
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, listing, note
from bot.ui.text import address_link, one_line, plain, timestamp
from storage import Subscription

NO_SOURCES = "No sources yet. `/source add` takes the address of any site or feed."
MOST_RULES_SHOWN = 5


def found_feed_text(found: FoundFeed, question: str) -> str:
    """What stands behind an address, before it is kept; the question is safe text."""
    lines = [f"### {plain(found.title or 'A feed without a title', 150)}", address_link(found.address)]
    lines.append(f"{found.entries} entries. The newest:")
    lines += [f"- {plain(headline, 150)}" for headline in found.headlines]
    return "\n".join(filter(None, [*lines, question]))


def follow_question(label: str | None) -> str:
    """Asked about a found feed."""
    return f"Follow it{f' as **{plain(label, 80)}**' if label else ''}?"


def move_question(subscription: Subscription) -> str:
    """Asked about a feed that is to take the place of another."""
    return f"Follow it as **{plain(subscription.label, 80)}**, in place of the present address?"


def followed_body(subscription: Subscription) -> Body:
    """A source was just added."""
    source = subscription.source
    name = plain(subscription.label, 80)
    if source.last_error:
        return note(f"**{name}** is followed, but the first look at it failed: {plain(source.last_error, 300)}")
    return note(
        f"**{name}** is followed. Its articles are in `/news latest` and in this server's digests from now on.\n"
        f"-# {_next_poll(subscription)}"
    )


def source_list(subscriptions: Sequence[Subscription]) -> Body:
    """All sources of a server."""
    if not subscriptions:
        return note(NO_SOURCES)
    lines = [f"- **{plain(s.label, 80)}** · {address_link(s.source.address)} · {_health(s)}" for s in subscriptions]
    return listing("### Sources", lines, "manage one with /source manage")


def source_panel(subscription: Subscription, user_id: int, notice: str = "") -> Body:
    """One source with what can be done with it."""
    source = subscription.source
    lines = [
        f"### {plain(subscription.label, 80)}",
        f"{plain(source.title, 150)} · {address_link(source.address)}",
        f"State: {_health(subscription)}",
        _next_poll(subscription),
        f"Weight: {weight_of(subscription).label}",
    ]
    if subscription.rules:
        lines.append(f"Rules: {rules_in_short(subscription.rules)}")
    if source.last_error:
        lines.append(f"Last problem: {plain(source.last_error, 300)}")

    def button(label: str, action: str, *, danger: bool = False) -> Button:
        return Button(label, custom_ids.source_panel(action, source.source_id, user_id), danger=danger)

    pause = button("Resume", "resume") if subscription.paused else button("Pause", "pause")
    edit, move = button("Weight and rules", "edit"), button("Change address", "move")
    buttons = (button("Test now", "test"), pause, edit, move, button("Remove", "remove", danger=True))
    return Body(tuple(filter(None, ["\n".join(filter(None, lines)), notice])), buttons=buttons)


def source_removal(subscription: Subscription, user_id: int) -> Body:
    """The question before a source is removed."""
    source_id = subscription.source.source_id
    buttons = (
        Button("Remove", custom_ids.source_panel("drop", source_id, user_id), danger=True),
        Button("Keep it", custom_ids.source_panel("show", source_id, user_id)),
    )
    return Body((removal_question(subscription),), buttons=buttons)


def removal_question(subscription: Subscription) -> str:
    """Asked before a source is removed."""
    return f"Stop following **{plain(subscription.label, 80)}**? Its articles will not be in digests any more."


def weight_of(subscription: Subscription) -> Weight:
    """The weight that is nearest to what is kept."""
    return min(Weight, key=lambda weight: abs(weight - subscription.weight))


def rules_in_short(rules: str) -> str:
    """The first rules of some, on one line."""
    lines = rules.splitlines()
    shown = " · ".join(f"`{one_line(line.replace('`', ' '), 60)}`" for line in lines[:MOST_RULES_SHOWN])
    more = len(lines) - MOST_RULES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _health(subscription: Subscription) -> str:
    source = subscription.source
    if subscription.paused:
        return "paused"
    if source.last_error:
        failed = f"failed {source.failures} times in a row" if source.failures > 1 else "the last poll failed"
        return failed if source.next_poll_at else f"{failed}; it is not asked any more"
    return f"well, read {timestamp(source.last_success_at, 'R')}" if source.last_success_at else "not read yet"


def _next_poll(subscription: Subscription) -> str:
    due = subscription.source.next_poll_at
    return "" if subscription.paused or due is None else f"Next look: {timestamp(due, 'R')}"
