"""Plain text and Markdown files to articles. Runs in the parsing child, since files of members are untrusted too."""

import re
from typing import Any

from bot.ingest.encodings import decoded, without_controls
from bot.ingest.texts.readings import reading
from bot.ingest.texts.slugs import first_line_of_its_own
from bot.ingest.values import Unreadable, valid_date

_HEADER_DATE = re.compile(r"\s{0,9}date[:\s]\s{0,9}(\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.+?)[ \t#]*$")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.{0,5000}?\n)---[ \t]*(?:\n|$)", re.DOTALL)


def plain_document(is_markdown: bool, body: bytes) -> dict[str, Any]:
    """The article in a text file, as the fields of `parsers.Document`."""
    text = _plausible(decoded(body)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if is_markdown or text.startswith(("# ", "---\n")):
        title, text, published = _from_markdown(text)
    else:
        title, text, published = _from_text(text)
    if not text:
        raise Unreadable("There is a title here, but no text.")
    date = valid_date(published)
    return {"title": title, "published": date and date.isoformat(), "language": None, **reading(text, date)}


def _plausible(text: str) -> str:
    """The text without control characters, unless it had so many that it never was text.

    Bytes of another kind come out of Windows-1252 as controls and replacement characters; text has hardly any.
    """
    clean = without_controls(text)
    if not clean.strip():
        raise Unreadable("This file is empty.")
    if len(text) - len(clean) + clean.count("\ufffd") > len(text) / 100:
        raise Unreadable(
            "This is no text, nor a file of another kind that is read. Give it as text in UTF-8, as PDF or as Word."
        )
    return clean


def _from_text(text: str) -> tuple[str | None, str, str | None]:
    """Title, text and date of plain text."""
    title, rest = split_title(text)
    return title, rest, _header_date(rest)


def split_title(text: str) -> tuple[str | None, str]:
    """A first line of its own that does not end like a sentence is the title; the text without it.

    Notices above it, as an embargo, stay with the text.
    """
    start = first_line_of_its_own(text)
    notices, (first, _, rest) = text[:start], text[start:].partition("\n\n")
    is_title = "\n" not in first and len(first) <= 150 and not first.rstrip().endswith((".", ",", ";", "…", '"', "”"))
    if is_title and rest.strip() and not _HEADER_DATE.match(first) and " -- " not in first:
        return " ".join(first.split()), notices + rest.strip()
    return None, text


def _header_date(text: str) -> str | None:
    """The day in a header such as `date 2021-07-28`, which stays in the text."""
    found = _HEADER_DATE.match(text)
    return found[1] if found else None


def _from_markdown(text: str) -> tuple[str | None, str, str | None]:
    """Title, text without marks and date of Markdown; the title is stated in the front matter or the first heading."""
    matter = _FRONT_MATTER.match(text)
    lines = matter[1].splitlines() if matter else []
    fields = {name.strip().lower(): value.strip(" \"'") for name, _, value in (line.partition(":") for line in lines)}
    heading, body = _split_heading(text[matter.end() :] if matter else text)
    return fields.get("title") or heading, _without_marks(body), fields.get("date")


def _split_heading(text: str) -> tuple[str | None, str]:
    first, _, rest = text.lstrip("\n").partition("\n")
    if heading := _HEADING.match(first):
        return _without_marks(heading[1]), rest
    underline, _, after = rest.partition("\n")
    if first.strip() and re.fullmatch(r"={3,}[ \t]*", underline):
        return _without_marks(first), after
    return None, text


def _without_marks(text: str) -> str:
    lines = [
        _plain_line(line)
        for line in text.split("\n")
        if not re.match(r" {0,3}(?:```|~~~|[-*_=](?:[ \t]*[-*_=]){2,}\s*$)", line)
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _plain_line(line: str) -> str:
    """One line of Markdown as prose. Bounded repetitions keep the expressions linear."""
    heading = _HEADING.match(line)
    line = heading[1] if heading else re.sub(r"^\s{0,9}(?:>\s?){0,9}(?:[-*+][ \t]+)?", "", line)
    line = re.sub(r"!\[[^\]\n]{0,500}\]\([^()\s]{0,2000}[^()\n]{0,300}\)", "", line)
    line = re.sub(r"\[([^\]\[\n]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\]\n]{0,100}\])", r"\1", line)
    line = re.sub(r"(\*\*|__|~~|`)(?=\S)(.{1,1000}?)(?<=\S)\1", r"\2", line)
    line = re.sub(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1(?![\w*])", r"\2", line)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", line).rstrip()
