"""Word and OpenDocument texts to articles, in the parsing child."""

import io
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from bot.ingest.files.invisible import Format, Formats, drop_unseen_runs, look_within, open_formats, word_formats
from bot.ingest.files.packages import Package, is_read, opened, parsed
from bot.ingest.files.plaintext import split_title
from bot.ingest.files.properties import is_a_title, person
from bot.ingest.markup import title_line
from bot.ingest.pages.page import article_of_html
from bot.ingest.texts.readings import reading
from bot.ingest.values import Unreadable, language_code, valid_date

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def word(body: bytes) -> dict[str, Any]:
    """The article in a .docx or .odt, as the fields of `parsers.Document`."""
    package = opened(body)
    if package.kind == "docx":
        html, said = _docx(package), _properties(package.tree("docProps/core.xml"))
    else:
        html, said = _odt(package), _properties(package.tree("meta.xml"))
    return _article(html, said)


def _article(html: str, said: dict[str, str]) -> dict[str, Any]:
    try:
        found = article_of_html(html)
    except Unreadable:
        raise Unreadable("This document holds no text. If it holds pictures of pages, paste their text.") from None
    title = title_line(said["title"])
    if not found["title"]:
        found["title"], found["text"] = split_title(found["text"])
    published = valid_date(said["date"].replace("Z", "+00:00"))
    return {
        "title": (title if is_a_title(title, f"{found['title']} {found['text'][:3000]}") else None) or found["title"],
        "byline": person(said["author"]),
        "published": published and published.isoformat(),
        "language": language_code(said["language"]),
        **reading(found["text"], published),
    }


def _properties(root: Any) -> dict[str, str]:
    """What the document says of itself: what it was made as, by whom, when."""

    def said(*names: str) -> str:
        found = (root.findtext(f".//{name}") for name in names) if root is not None else ()
        return next((text.strip() for text in found if text), "")

    return {
        "title": said(f"{_DUBLIN_CORE}title"),
        "author": said(f"{_META}initial-creator", f"{_DUBLIN_CORE}creator"),
        "date": said(f"{_TERMS}created", f"{_META}creation-date", f"{_DUBLIN_CORE}date")[:40],
        "language": said(f"{_DUBLIN_CORE}language"),
    }


def _docx(package: Package) -> str:
    import mammoth

    converted = mammoth.convert_to_html(
        _clean_copy(package),
        style_map=_STYLES,
        include_embedded_style_map=False,
        external_file_access=False,
        convert_image=lambda _: [],
    )
    return f"<html><body>{converted.value}</body></html>"


def _clean_copy(package: Package) -> io.BytesIO:
    """The document with its text alone: no picture, no program, no run that readers do not see. What it refers to is
    never opened.
    """
    formats = word_formats(package.tree("word/styles.xml"))
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for name in package.archive.namelist():
            body = package.part(name) if is_read(name) else None
            if body:
                archive.writestr(name, _cleaned(body, formats))
    copy.seek(0)
    return copy


def _cleaned(body: bytes, formats: Formats) -> bytes:
    root = parsed(body)
    drop_unseen_runs(root, formats)
    cleaned: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return cleaned


def _odt(package: Package) -> str:
    root = package.tree("content.xml")
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise Unreadable("This document is damaged. Open it in its program, save it anew and hand that in.")
    formats = open_formats(package.tree("styles.xml"), root)
    return f"<html><body>{''.join(_odt_pieces(body, formats))}</body></html>"


_ODT_TAGS = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
}
_ODT_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "<br>"}
_ODT_SKIPPED = {
    *(f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_TEXT}hidden-text", f"{_TEXT}hidden-paragraph"),
    *(f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}sequence-decls", f"{_TEXT}variable-decls"),
}


def _odt_pieces(body: Any, formats: Formats) -> Iterator[str]:
    """The document as HTML. Iterative: its depth is the author's."""
    skipping: Any = None
    looks = [Format()]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if skipping is None and event == "start":
            if element.tag in _ODT_SKIPPED:
                skipping = element
            else:
                looks.append(look_within(element, looks[-1], formats))
                yield _ODT_SPACES.get(element.tag, "") or f"<{_tag(element)}>" + _seen(element.text, looks[-1])
        elif event == "end":
            if skipping is None:
                looks.pop()
                if element.tag not in _ODT_SPACES:
                    yield f"</{_tag(element)}>"
            if element is skipping:
                skipping = None
            if skipping is None and element is not body:
                yield _seen(element.tail, looks[-1])


def _seen(text: str | None, look: Format) -> str:
    return escape(text) if text and look.is_seen else ""


def _tag(element: Any) -> str:
    if element.tag == f"{_TEXT}h":
        level = element.get(f"{_TEXT}outline-level", "1")
        return f"h{min(int(level), 6) if level.isdecimal() else 1}"
    return _ODT_TAGS.get(element.tag, "span")
