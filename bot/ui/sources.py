"""What admins see of their sources."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from bot.services.finding import FoundFeed
from bot.services.following import Kept, Weight
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, note
from bot.ui.previews import facts_of, headline_lines, place_of, rhythm, where
from bot.ui.text import one_line, plain, timestamp
from storage import Source, Subscription

NO_SOURCES = "No sources yet. `/source add` takes the address of any site or feed, `/source import` a list of them."
MOST_RULES_SHOWN = 5
MOST_ON_A_PAGE = 20
"""Sources of one page of the list."""
_LONGEST_PROBLEM = 300


def found_feed_text(found: FoundFeed, question: str) -> str:
    """What stands behind an address, before it is kept; the question is safe text."""
    preview = found.preview
    lines = [f"### {plain(preview.title or 'A feed without a title', 150)}", where(found.address, found.login)]
    lines += [facts_of(preview), *headline_lines(preview)]
    if not preview.entries:
        lines.append("It is empty just now.")
    return "\n".join(filter(None, lines)) + (f"\n\n{question}" if question else "")


def follow_question(label: str | None, category: str = "") -> str:
    """Asked about a found feed."""
    name = f" as **{plain(label, 80)}**" if label else ""
    return f"Follow it{name}{f' in {plain(category, 100)}' if category else ''}?"


def followed_already(subscription: Subscription) -> str:
    """Said of a found feed instead of a question."""
    return f"This server follows it already, as **{plain(subscription.label, 80)}**. `/source manage` shows more."


def move_question(subscription: Subscription) -> str:
    """Asked about a feed that is to take the place of another."""
    return f"Follow it as **{plain(subscription.label, 80)}**, in place of the present address?"


def followed_body(subscription: Subscription) -> Body:
    """A source was just added."""
    source = subscription.source
    name = plain(subscription.label, 80)
    if source.last_error:
        problem = plain(source.last_error, _LONGEST_PROBLEM)
        return note(f"**{name}** is followed, but the first look at it failed: {problem}")
    return note(
        f"**{name}** is followed. Its articles are in `/news latest` and in this server's digests from now on.\n"
        f"-# {_next_poll(subscription)}"
    )


def source_pages(subscriptions: Sequence[Subscription]) -> list[Body]:
    """All sources of a server by category, on as few pages as carry them."""
    if not subscriptions:
        return [note(NO_SOURCES)]
    heading, lines = f"### Sources ({len(subscriptions):,})", list(_lines(subscriptions))
    pages: list[Body] = []
    while lines:
        shown = MOST_ON_A_PAGE
        while shown > 1 and not _turned(_page(heading, lines[:shown]), 10**20, 9998, 9999).fits:
            shown -= 1
        pages.append(_page(heading, lines[:shown]))
        lines = lines[shown:]
    return pages


def source_list(subscriptions: Sequence[Subscription], user_id: int, page: int = 0) -> Body:
    """One page of the list, with buttons to the others."""
    pages = source_pages(subscriptions)
    number = min(page, len(pages) - 1)
    if len(pages) == 1:
        return pages[0]
    return _turned(pages[number], user_id, number, len(pages))


def _turned(page: Body, user_id: int, number: int, count: int) -> Body:
    """A page among others."""
    buttons = (
        # Two buttons of one message never have the same custom id.
        Button("Previous", custom_ids.source_list(user_id, number - 1 if number else count), disabled=number == 0),
        Button("Next", custom_ids.source_list(user_id, number + 1), disabled=number == count - 1),
    )
    return replace(page, footer=f"page {number + 1} of {count} · {page.footer}", buttons=buttons)


def source_panel(kept: Kept, user_id: int, notice: str = "") -> Body:
    """One source with what can be done with it; the notice is safe text."""
    subscription, preview = kept.subscription, kept.preview
    source = subscription.source
    about = [
        f"### {plain(subscription.label, 80)}",
        " · ".join(filter(None, [_own_title(subscription), place_of(source)])),
        facts_of(preview),
        *headline_lines(preview),
    ]
    blocks = ["\n".join(filter(None, about)), "\n".join(filter(None, _state_lines(subscription))), notice]
    return Body(tuple(filter(None, blocks)), buttons=_panel_buttons(subscription, user_id))


def _state_lines(subscription: Subscription) -> list[str]:
    source = subscription.source
    lines = [f"State: {_health(subscription)}", _next_poll(subscription)]
    if source.last_error:
        lines.append(f"Last problem: {plain(source.last_error, _LONGEST_PROBLEM)}")
        lines.append(f"Last read well: {timestamp(source.last_success_at, 'R')}" if source.last_success_at else "")
    if is_given_up(source):
        lines.append("*Test now* asks once more; when it answers, it is read again as before.")
    category = f" · Category: {plain(subscription.category, 100)}" if subscription.category else ""
    lines.append(f"Weight: {weight_of(subscription).label}{category}")
    lines.append(f"Rules: {rules_in_short(subscription.rules)}" if subscription.rules else "")
    return lines


def _own_title(subscription: Subscription) -> str:
    """What the feed calls itself, where its label does not say that already."""
    title = subscription.source.title
    return "" if title.casefold() == subscription.label.casefold() else plain(title, 150)


def _panel_buttons(subscription: Subscription, user_id: int) -> tuple[Button, ...]:
    source_id = subscription.source.source_id

    def button(label: str, action: str, *, danger: bool = False) -> Button:
        return Button(label, custom_ids.source_panel(action, source_id, user_id), danger=danger)

    pause = button("Resume", "resume") if subscription.paused else button("Pause", "pause")
    changes = (button("Edit", "edit"), button("Filters", "filter"), button("Change address", "move"))
    return (button("Test now", "test"), pause, *changes, button("Remove", "remove", danger=True))


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


def removed_body(subscription: Subscription) -> Body:
    """A source was removed, and how it comes back."""
    label, source = plain(subscription.label, 80), subscription.source
    if source.login:
        again = "`/source add` with its address, name and password"
    else:
        again = f"`/source add address:{one_line(source.address.replace('`', '%60'), 600)}`"
    rules = f"\nIts rules were: {rules_in_short(subscription.rules)}" if subscription.rules else ""
    return note(f"**{label}** is not followed any more. To follow it again: {again}{rules}")


def weight_of(subscription: Subscription) -> Weight:
    """The weight that is nearest to what is kept."""
    return min(Weight, key=lambda weight: abs(weight - subscription.weight))


def rules_in_short(rules: str) -> str:
    """The first rules of some, on one line."""
    lines = rules.splitlines()
    shown = " · ".join(f"`{one_line(line.replace('`', ' '), 60)}`" for line in lines[:MOST_RULES_SHOWN])
    more = len(lines) - MOST_RULES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def is_given_up(source: Source) -> bool:
    """Dateline stopped asking by itself."""
    return source.next_poll_at is None and source.last_error is not None


def _lines(subscriptions: Sequence[Subscription]) -> Iterator[tuple[str, str]]:
    """A line for each source, with the name of its category where there are any."""
    is_sorted_into = any(each.category for each in subscriptions)
    for each in sorted(subscriptions, key=lambda each: (each.category.casefold(), each.category)):
        name = plain(each.category, 100) if each.category else "Without a category"
        yield f"**{name}**" if is_sorted_into else "", _list_line(each)


def _list_line(subscription: Subscription) -> str:
    source = subscription.source
    label = plain(subscription.label, 80)
    last = source.last_success_at if source.last_error and not subscription.paused else None
    health = _health(subscription) + (f", read well {timestamp(last, 'R')}" if last else "")
    parts = [f"**{label}**", place_of(source), rhythm(source.per_day), health]
    return f"- {' · '.join(filter(None, parts))}"


def _page(heading: str, lines: Sequence[tuple[str, str]]) -> Body:
    """A page of lines, each category a block below its name."""
    blocks = [
        "\n".join(filter(None, [category, *(line for _, line in members)]))
        for category, members in groupby(lines, key=lambda each: each[0])
    ]
    return Body((heading, *blocks), "manage one with /source manage")


def _health(subscription: Subscription) -> str:
    source = subscription.source
    if subscription.paused:
        return "paused"
    if is_given_up(source):
        return "not asked any more: it failed for good"
    if source.last_error:
        return f"failed {source.failures} times in a row" if source.failures > 1 else "the last look failed"
    return f"well, read {timestamp(source.last_success_at, 'R')}" if source.last_success_at else "not read yet"


def _next_poll(subscription: Subscription) -> str:
    due = subscription.source.next_poll_at
    return "" if subscription.paused or due is None else f"Next look: {timestamp(due, 'R')}"
