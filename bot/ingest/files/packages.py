"""Office files are ZIPs: what is in one, how much it may hold, and its parts as XML that does nothing.

Everything declared is checked before anything is unpacked, and no more is unpacked than was declared.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bot.ingest.files.kinds import READABLE
from bot.ingest.values import Unreadable

MOST_PARTS = 2000
MOST_UNPACKED = 24_000_000
"""Bytes of all the parts that are read; an article has a tenth of that."""
LARGEST_RATIO = 200
"""To which XML of a document is packed at the most, where it is not made to explode."""

_TOO_MUCH = "This file unpacks to far more than an article holds, so it was left alone. " + READABLE
_NO_PARSER = "This document is damaged. Open it in its program, save it anew and hand that in."
_PASSWORD = "This document is protected by a password. Save it without the password and hand that in."  # noqa: S105
_KINDS = (
    ("word/", "docx"),
    ("xl/", "This is an Excel workbook, not an article. " + READABLE),
    ("ppt/", "This is a PowerPoint presentation, which is not read. Save it as PDF and hand that in."),
    ("Index/Document.iwa", "This is an Apple Pages document, which is not read. Export it as PDF or Word."),
    ("AndroidManifest.xml", "This is a program (Android), not an article. " + READABLE),
    ("META-INF/MANIFEST.MF", "This is a program (Java), not an article. " + READABLE),
)
_BY_MIMETYPE = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/epub+zip": "This is an e-book (EPUB), which is not read. Hand in the article or chapter as text.",
    b"application/vnd.oasis.opendocument.spreadsheet": "This is a spreadsheet, not an article. " + READABLE,
    b"application/vnd.oasis.opendocument.presentation": (
        "This is a presentation, which is not read. Save it as PDF and hand that in."
    ),
}
_ARCHIVE = "This is a ZIP archive. Unpack it and hand in the file with the article itself."


@dataclass(frozen=True)
class Package:
    """A ZIP whose declared sizes were found to be those of a document. `kind` is docx or odt."""

    archive: zipfile.ZipFile
    kind: str

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none of that name."""
        try:
            with self.archive.open(name) as file:
                return file.read(MOST_UNPACKED)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise Unreadable(_NO_PARSER) from None

    def tree(self, name: str) -> Any:
        """The root element of a part; None where there is none of that name. Entities and DTDs are refused."""
        body = self.part(name)
        return None if body is None else parsed(body)


def opened(body: bytes) -> Package:
    """The document in a ZIP. Raises Unreadable for other ZIPs, and for those that would explode."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Unreadable(_NO_PARSER) from None
    members = archive.infolist()
    kind = _kind(archive, [member.filename for member in members])
    if len(kind) > len("docx"):
        raise Unreadable(kind)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(_PASSWORD)
    _check_sizes(members)
    return Package(archive, kind)


def parsed(body: bytes) -> Any:
    """XML without entities, document types and the network. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_pis=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(_NO_PARSER) from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("This document declares entities, as no office program does, so it was left alone.")
    return root


def _kind(archive: zipfile.ZipFile, names: list[str]) -> str:
    """docx, odt, or the sentence about another kind."""
    try:
        mimetype = archive.read("mimetype").strip() if archive.getinfo("mimetype").file_size < 200 else b""
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        mimetype = b""
    if mimetype in _BY_MIMETYPE:
        return _BY_MIMETYPE[mimetype]
    return next((kind for start, kind in _KINDS if any(name.startswith(start) for name in names)), _ARCHIVE)


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    read = [member for member in members if is_read(member.filename)]
    exploding = any(
        member.file_size > 1_000_000 and member.file_size > LARGEST_RATIO * max(1, member.compress_size)
        for member in members
    )
    names = {member.filename for member in members}
    too_much = sum(member.file_size for member in read) > MOST_UNPACKED
    if exploding or too_much or len(members) > MOST_PARTS or len(names) < len(members):
        raise Unreadable(_TOO_MUCH)


def is_read(name: str) -> bool:
    """Whether a part holds text or says where text is; pictures, fonts and programs are never unpacked."""
    return name.lower().endswith((".xml", ".rels"))
