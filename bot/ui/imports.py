"""What admins see of a list of sources that comes in or goes out."""

from collections.abc import Sequence

from bot.services.importing import Export, Imported, Line, Plan
from bot.ui.text import one_line, plain

REPORT, FILE = "import-report.txt", "dateline-sources.opml"
_SHOWN = 5
_CATEGORIES = 12


def plan_text(plan: Plan) -> str:
    """What an import would do, and the question whether to."""
    holds = ["### What the list holds", f"- {_sources(len(plan.new))} that this server does not follow yet"]
    paragraphs = ["\n".join([*holds, *_tally(plan)]), _categories(plan), "\n".join(_first(plan.refused))]
    paragraphs.append(f"Follow {_these(len(plan.new))}?" if plan.new else "There is nothing to import.")
    return "\n\n".join(filter(None, paragraphs))


def imported_text(imported: Imported) -> str:
    """What an import did."""
    lines = [f"**{_sources(imported.followed)}** {'is' if imported.followed == 1 else 'are'} followed now."]
    if imported.followed:
        minutes = max(1, round(imported.last_poll.total_seconds() / 60))
        within = "minute" if minutes == 1 else f"{minutes} minutes"
        each = "It" if imported.followed == 1 else "Each"
        lines.append(f"{each} is read for the first time within the next {within}; `/source list` shows how it went.")
    lines += _tally(imported.plan)
    return "\n\n".join(filter(None, ["\n".join(lines), "\n".join(_first(imported.plan.refused))]))


def report(plan: Plan) -> str:
    """Every line that was not imported with its reason, for a text file; empty when a message shows them all."""
    if len(plan.refused) <= _SHOWN and not plan.known:
        return ""
    lines = [*plan.refused, *plan.known]
    return "".join(f"{_report_line(line)}\n" for line in sorted(lines, key=lambda line: line.number))


def export_text(export: Export) -> str:
    """Goes with an exported file."""
    text = f"{_sources(export.count)} with labels and categories; any feed reader takes the file."
    if export.logins:
        whose = "one of them is" if export.logins == 1 else f"{export.logins} of them are"
        text += f" The login with which {whose} read is not in it."
    return text


def _categories(plan: Plan) -> str:
    shown = ", ".join(f"{plain(name, 60)} ({count})" for name, count in plan.categories[:_CATEGORIES])
    more = len(plan.categories) - _CATEGORIES
    return f"Categories: {shown}{f' and {more} more' if more > 0 else ''}" if shown else ""


def _tally(plan: Plan) -> list[str]:
    counts = (
        (len(plan.known), "followed already"),
        (len(plan.refused), "refused"),
        (plan.left_out, "left out, since one list is read up to a limit"),
    )
    return [f"- {count:,} {words}" for count, words in counts if count]


def _first(refused: Sequence[Line]) -> list[str]:
    lines = [
        f"-# {line.number}. {plain(line.title or line.address, 80)}: {plain(line.reason, 200)}"
        for line in refused[:_SHOWN]
    ]
    more = len(refused) - _SHOWN
    return [*lines, f"-# … and {more:,} more"] if more > 0 else lines


def _report_line(line: Line) -> str:
    return " | ".join([str(line.number), one_line(line.title, 80), one_line(line.address, 300), one_line(line.reason)])


def _sources(count: int) -> str:
    return "1 source" if count == 1 else f"{count:,} sources"


def _these(count: int) -> str:
    return "it" if count == 1 else f"these {count:,}"
