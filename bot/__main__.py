"""The command line: `dateline`, or `python -m bot`.

Exit 0: done; 1: something was refused, each with its reason; 2: wrong usage or settings.
"""

import asyncio
import json
import logging
import re
import sys
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Annotated, Any, NoReturn

import typer

from bot.errors import DigestError, SettingsError
from bot.logs import log_to_stderr
from storage import StorageError
from summarizer import SummarizerError

cli = typer.Typer(
    name="dateline",
    help="A Discord bot that keeps a server briefed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="Write one JSON object to standard output.")]


@cli.command()
def run() -> None:
    """Run the bot until it is stopped. Needs DATELINE_DISCORD_TOKEN."""
    from bot.app import run as run_bot
    from bot.settings import read_settings

    settings = read_settings()
    if settings.discord_token is None:
        raise SettingsError("DATELINE_DISCORD_TOKEN is not set. README tells how to get a token.")
    log_to_stderr(logging.INFO)
    _finish(run_bot(settings))


@cli.command()
def demo(
    check: Annotated[bool, typer.Option("--check", help="Walk through it without a person, and judge it.")] = False,
    port: Annotated[int, typer.Option(help="Port of the page on this machine.")] = 8710,
) -> None:
    """Run the bot on a simulated Discord in the browser. Needs no account and no token."""
    from bot.demo import run_demo

    raise typer.Exit(_finish(run_demo(check=check, port=port)))


@cli.command()
def migrate() -> None:
    """Bring the database up to date; `run` does so by itself."""
    from bot.commands import migrate as migrate_database

    _finish(migrate_database())
    typer.echo("The database is up to date.")


@cli.command()
def ingest(
    items: Annotated[list[str], typer.Argument(help="Files, folders, feeds and links.", metavar="PATH_OR_URL...")],
    as_json: Json = False,
) -> None:
    """Store articles for all servers."""
    from bot.commands import ingest as take_in

    shows_lines = not as_json and sys.stdout.isatty()  # they are the progress, where both are seen
    show_progress = sys.stderr.isatty() and not shows_lines
    report = _finish(take_in(items, show_progress=show_progress, tell=None if as_json else _tell))
    if as_json:
        _print_json(report)
    else:
        counts = f"{report['stored']} stored, {report['updated']} updated, {report['duplicates']} known already"
        typer.echo(f"{counts}, {len(report['refused'])} refused.")
    raise typer.Exit(1 if report["refused"] else 0)


@cli.command()
def digest(
    since: Annotated[str, typer.Option(help="24h, 7d, or all.")] = "24h",
    stories: Annotated[int, typer.Option(min=1, max=50, help="At most so many stories.")] = 8,
    as_json: Json = False,
) -> None:
    """Print a digest of what is stored."""
    from bot.commands import digest as compose
    from bot.commands import newest as find_newest

    made = _finish(compose(_duration(since), stories))
    if as_json:
        _print_json(made)
        return
    for story in made["stories"]:
        _say(story["headline"], bold=True)
        for point in story["points"]:
            _say(f"- {point['text']}", indent=2)
        for article in story["articles"]:
            _say(f"{article['source']}: {article['url'] or article['title']}", indent=4)
    if not made["stories"]:
        typer.echo(_nothing(_finish(find_newest())))


@cli.command()
def search(query: Annotated[str, typer.Argument(help="Words that all must occur.")], as_json: Json = False) -> None:
    """Find stored articles."""
    from bot.commands import search as find

    found = _finish(find(query))
    if as_json:
        _print_json(found)
        return
    for article in found["articles"]:
        _say(article["title"] or f"article {article['id']}", bold=True)
        _say(article["snippet"], indent=2)
        _say(article["url"] or "", indent=2)
    if not found["articles"]:
        typer.echo("No stored article holds all of these words.")


def _nothing(newest: datetime | None) -> str:
    if newest is None:
        return "Nothing is stored yet. `dateline ingest` stores articles."
    return f"Nothing is stored for that time; the newest article is of {newest:%Y-%m-%d}. `--since all` tells of all."


def _tell(line: str, is_refusal: bool) -> None:
    _say(line, err=is_refusal)


def _say(line: str, *, indent: int = 0, bold: bool = False, err: bool = False) -> None:
    """One line. It may hold names and titles from outside, and a terminal obeys control characters."""
    from bot.ui.text import one_line

    typer.secho(" " * indent + one_line(line), bold=bold, err=err)


def _finish(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def _duration(text: str) -> timedelta | None:
    if text == "all":
        return None
    match = re.fullmatch(r"([1-9]\d{0,3})([hd])", text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is not a time span; write 24h, 7d or all", param_hint="--since")
    return timedelta(**{"h": {"hours": int(match[1])}, "d": {"days": int(match[1])}}[match[2]])


def _print_json(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=True, indent=2)
    sys.stdout.write("\n")


def main() -> NoReturn:
    """Run the command line; refusals become one line and an exit code."""
    log_level = logging.WARNING
    if len(sys.argv) < 2 or sys.argv[1] != "run":
        log_to_stderr(log_level)
    try:
        cli()
    except SettingsError as error:
        sys.exit(_complain(error, 2))
    except (DigestError, StorageError, SummarizerError) as error:
        sys.exit(_complain(error, 1))
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def _complain(error: Exception, code: int) -> int:
    print(f"dateline: {error}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
