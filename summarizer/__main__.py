"""`python -m summarizer`: the brief of one text, or of many as JSON lines, by the models that the environment names."""

import argparse
import contextlib
import json
import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from summarizer.errors import ModelUnavailable, TextRefused
from summarizer.extractive import Summarizer, brief_without_model
from summarizer.generative import GenerativeSummarizer
from summarizer.options import Options, summarizer_of
from summarizer.readings import LONGEST_TEXT
from summarizer.types import MOST_POINTS, Brief, Request

_BATCH = 32  # texts embedded together
_LONGEST_INPUT = 4 * LONGEST_TEXT + 1  # bytes of a text in UTF-8; one beyond is enough to refuse it


class _Usage(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0 done, 1 something was refused, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.jsonl and (options.title or options.json):
        parser.error("--jsonl takes neither --title nor --json")
    try:
        briefer = _Briefer(Options.from_environment(os.environ))
    except ValueError as error:
        parser.error(str(error))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal may lack characters
    try:
        with _opened(options.file) as file:
            return _brief_lines(file, options, briefer) if options.jsonl else _brief_one(file, options, briefer)
    except BrokenPipeError:  # whoever reads us has seen enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        parser.error(f"{options.file} cannot be read: {error.strerror or error}")


def _parser() -> argparse.ArgumentParser:
    parser = _Usage(prog="python -m summarizer", description="Condense a news text into points of its own sentences.")
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help="a text in UTF-8; - is standard input")
    parser.add_argument(
        "--points", type=_count, metavar="N", help="how many points at most; by default the length decides"
    )
    parser.add_argument("--title", metavar="T", help="the article's own title")
    parser.add_argument("--untrimmed", action="store_true", help="whole source sentences, ranking only")
    parser.add_argument("--json", action="store_true", help="write the brief as one JSON object")
    parser.add_argument(
        "--jsonl", action="store_true", help='read lines {"id", "text", "title"?}, write one brief a line'
    )
    return parser


def _count(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written[:9]) <= MOST_POINTS:
        raise argparse.ArgumentTypeError(f"N is a number from 1 to {MOST_POINTS}, not {written!r}")
    return int(written)


def _opened(name: str) -> contextlib.AbstractContextManager[BinaryIO]:
    return contextlib.nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb")


class _Briefer:
    """Briefs by the models that the environment names, or without any and saying so once."""

    def __init__(self, options: Options) -> None:
        self._summarizer: Summarizer | GenerativeSummarizer | None = summarizer_of(options)

    def briefs(self, requests: Sequence[Request]) -> list[Brief | TextRefused]:
        if self._summarizer is not None:
            try:
                return self._summarizer.summarize_batch(requests)
            except ModelUnavailable as error:
                print(f"Ranked without the encoder: {error}", file=sys.stderr)
                self._summarizer = None
        return [_without_model(request) for request in requests]


def _without_model(request: Request) -> Brief | TextRefused:
    try:
        return brief_without_model(request)
    except TextRefused as refusal:
        return refusal


def _brief_one(file: BinaryIO, options: argparse.Namespace, briefer: _Briefer) -> int:
    text = file.read(_LONGEST_INPUT).decode("utf-8", errors="replace")
    request = Request(text, options.title, options.points, untrimmed=options.untrimmed)
    (outcome,) = briefer.briefs([request])
    if isinstance(outcome, TextRefused):
        print(outcome, file=sys.stderr)
        return 1
    print(json.dumps({"id": _id_of(options.file), **outcome.to_json()}) if options.json else _readable(outcome, text))
    return 0


def _id_of(name: str) -> str | None:
    return None if name == "-" else Path(name).name


def _readable(brief: Brief, text: str) -> str:
    lines = [brief.headline]
    if brief.dateline is not None:
        known = (brief.dateline.place, brief.dateline.date, brief.dateline.agency)
        lines.append(", ".join(str(part) for part in known if part))
    for point in brief.points:
        lines.append(f"\n* {point.text}")
        lines.extend(f"    [{span.start}:{span.end}] {_quoted(text[span.start : span.end])}" for span in point.evidence)
    return "\n".join(lines)


def _quoted(source: str) -> str:
    return " ".join(source.split())


def _brief_lines(file: BinaryIO, options: argparse.Namespace, briefer: _Briefer) -> int:
    refused, done = 0, 0
    for batch in _batches(line for line in file if line.strip()):
        entries = [_parse(line, options) for line in batch]
        outcomes = iter(briefer.briefs([wanted for _, wanted in entries if isinstance(wanted, Request)]))
        for text_id, wanted in entries:
            outcome = next(outcomes) if isinstance(wanted, Request) else wanted
            refused += isinstance(outcome, TextRefused)
            answer = {"error": str(outcome)} if isinstance(outcome, TextRefused) else outcome.to_json()
            print(json.dumps({"id": text_id, **answer}))
        sys.stdout.flush()
        done += len(entries)
        _show_progress(done)
    return 1 if refused else 0


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = iter(lines)
    while batch := list(islice(lines, _BATCH)):
        yield batch


def _parse(line: bytes, options: argparse.Namespace) -> tuple[Any, Request | TextRefused]:
    try:
        written = line.decode("utf-8", errors="replace").removeprefix("\ufeff")
        fields = json.loads(written, parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        return None, TextRefused('The line is not JSON. Write one object {"id", "text", "title"} a line.')
    if not isinstance(fields, dict):
        return None, TextRefused('The line is no JSON object. Write {"id", "text", "title"}.')
    text, title, text_id = fields.get("text"), fields.get("title"), fields.get("id")
    if not isinstance(text, str):
        return text_id, TextRefused('The line has no "text". Put the article there as a string.')
    if title is not None and not isinstance(title, str):
        return text_id, TextRefused('The "title" of the line is no string. Write it as one or leave it out.')
    return text_id, Request(text, title, options.points, untrimmed=options.untrimmed)


def _finite(written: str) -> float:
    """A number as JSON knows it, which NaN and Infinity are not."""
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number


def _show_progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} texts", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
