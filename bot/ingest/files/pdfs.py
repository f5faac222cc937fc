"""PDFs to articles, in the parsing child."""

import ctypes
import re
from collections.abc import Iterator
from statistics import median
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.encodings import without_controls
from bot.ingest.files.paragraphs import Page, paragraphs_of, without_edges
from bot.ingest.files.pdflines import Line, columns_of
from bot.ingest.files.plaintext import split_title
from bot.ingest.files.properties import is_a_title, person, same_words
from bot.ingest.markup import title_line
from bot.ingest.texts.readings import MAX_TEXT, reading
from bot.ingest.values import Unreadable, language_code, valid_date

MOST_PAGES = 300
MIN_LETTERS = 20
"""Letters below which a PDF holds no text but perhaps a number on a picture."""

_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(?:(Z)|([+-]\d{2})'?(\d{2})?)?")
# What prints web pages; its moment is that of printing, not of the article.
_PRINTERS = re.compile(r"mozilla|chrom|skia|wkhtml|safari|quartz|firefox|edge|headless|print to pdf|ghostscript", re.I)


def pdf(body: bytes) -> dict[str, Any]:
    """The article in a PDF, as the fields of `parsers.Document`."""
    document = _opened(body)
    try:
        pages = list(pages_of(document))
        _check_letters(document, pages)
        said = {key: without_controls(value).strip() for key, value in document.get_metadata_dict().items()}
        language = _language(document)
    finally:
        document.close()
    heading = _heading(pages)
    beginning = " ".join(line.text for column in pages[0] for line in column)
    stated = title_line(said["Title"])
    title = stated if is_a_title(stated, beginning) else " ".join(line.text for line in heading)
    if heading and same_words(title, " ".join(line.text for line in heading)):
        pages[0] = [[line for line in column if line not in heading] for column in pages[0]]
    text = without_controls("\n\n".join(paragraphs_of(without_edges(pages)))) or title
    if not title:
        first, text = split_title(text)
        title = first or ""
    date = None if _PRINTERS.search(f"{said['Creator']} {said['Producer']}") else _date(said["CreationDate"])
    published = valid_date(date)
    return {
        "title": title_line(title) or None,
        "byline": person(said["Author"]),
        "published": published and published.isoformat(),
        "language": language,
        **reading(text, published),
    }


def _opened(body: bytes) -> Any:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Unreadable(
                "This PDF is protected by a password. Save it without the password and hand that in."
            ) from None
        raise Unreadable("This PDF is damaged. Open it in a reader, save it anew and hand that in.") from None
    if document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise Unreadable("This PDF is a form that only its own program shows. Print it to PDF and hand that in.")
    return document


def pages_of(document: Any) -> Iterator[Page]:
    """The first pages, as many as an article can have; one that is damaged is an empty one."""
    length = 0
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = document[number]
            columns = columns_of(page.get_textpage(), page.get_width(), page.get_height())
        except pypdfium2.PdfiumError:
            columns = []
        length += sum(len(line.text) for column in columns for line in column)
        yield columns
        if length > MAX_TEXT:
            return


def _check_letters(document: Any, pages: list[Page]) -> None:
    text = "".join(line.text for page in pages for column in page for line in column)
    letters = sum(character.isalpha() for character in text)
    if letters < MIN_LETTERS:
        if any(_has_picture(document, number) for number in range(min(len(document), 10))):
            raise Unreadable(
                "This PDF is scanned: it holds pictures of pages, but no text. Run text recognition (OCR) over it, or "
                "paste the text."
            )
        raise Unreadable("This PDF holds no text.")
    if 2 * letters < len(text) and sum(map(_is_meaningless, text)) * 5 > len(text):
        raise Unreadable(
            "The letters of this PDF cannot be made out: its fonts do not say which they are. Paste the text instead."
        )


def _is_meaningless(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "


def _has_picture(document: Any, number: int) -> bool:
    try:
        return any(True for _ in document[number].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    except pypdfium2.PdfiumError:
        return False


def _heading(pages: list[Page]) -> list[Line]:
    """The lines in the largest letters on the first page, if they stand out from those of the text."""
    sizes = [line.size for page in pages for column in page for line in column for _ in range(len(line.text))]
    lines = [line for column in pages[0] for line in column]
    worded = [line for line in lines if sum(map(str.isalpha, line.text)) >= 3]
    if not worded:
        return []
    largest = max(worded, key=lambda line: line.size)
    if largest.size < 1.15 * median(sizes):
        return []
    heading = [largest]
    for line in lines[lines.index(largest) + 1 :]:
        if line.size < 0.95 * largest.size or heading[-1].baseline - line.baseline > 2 * largest.size:
            break
        heading.append(line)
    return heading if len(" ".join(line.text for line in heading)) <= 300 else []


def _date(text: str) -> str | None:
    """PDF's own form of a date, `D:20261129211000+01'00'`, in that of ISO 8601."""
    found = _DATE.match(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zulu, offset, minutes = found.groups()
    zone = "+00:00" if zulu or not offset else f"{offset}:{minutes or '00'}"
    return f"{year}-{month}-{day}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"


def _language(document: Any) -> str | None:
    """What the document says that its language is."""
    buffer = (ctypes.c_ushort * 32)()
    length = pdfium.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
    return language_code("".join(map(chr, buffer)).partition("\0")[0]) if length else None
