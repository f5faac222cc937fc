"""Files made by hand, as members hand them in: PDFs, Word and OpenDocument files, all with our own text in them."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 595, 842
LETTER = 0.5
"""Width of every letter of our font, in ems; those of East Asia are twice as wide."""

_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Ours def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%s endcmap end end"""
"""The codes of our font are those of Unicode."""


@dataclass
class Printed:
    """Pages of a PDF. Text is put where it is told, as (left, baseline, size, text)."""

    pages: list[list[tuple[float, float, float, str]]] = field(default_factory=lambda: [[]])
    info: dict[str, str] = field(default_factory=dict)
    language: str = ""
    pictures: bool = False
    extra: str = ""  # entries of the catalog
    trailer: str = ""

    def put(self, x: float, y: float, size: float, text: str) -> None:
        """A line on the last page."""
        self.pages[-1].append((x, y, size, text))

    def column(self, x: float, y: float, size: float, lines: Sequence[str]) -> float:
        """Lines one under the other; returns the height under the last."""
        for line in lines:
            self.put(x, y, size, line)
            y -= 1.25 * size
        return y

    def new_page(self) -> None:
        self.pages.append([])

    def to_bytes(self) -> bytes:
        """The file. Its objects: catalog, tree, font, its descendant, its map, information, picture, then the pages."""
        chunks = [b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(256)]
        mapping = b"".join(
            b"%d beginbfrange %s endbfrange\n" % (len(some), b" ".join(some))
            for some in (chunks[start : start + 100] for start in range(0, 256, 100))
        )
        count = len(self.pages)
        kids = " ".join(f"{8 + 2 * number} 0 R" for number in range(count))
        language = f"/Lang ({self.language})" if self.language else ""
        info = " ".join(f"/{key} <{_hex(chr(0xFEFF) + value)}>" for key, value in self.info.items())
        objects: list[bytes] = [
            f"<< /Type /Catalog /Pages 2 0 R {language} {self.extra} >>".encode(),
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Ours /Encoding /Identity-H /DescendantFonts [4 0 R]"
            b" /ToUnicode 5 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Ours /CIDSystemInfo << /Registry (Adobe) /Ordering"
            b" (Identity) /Supplement 0 >> /DW 500 /W [11904 65535 1000] >>",
            _stream(_TO_UNICODE % mapping),
            f"<< {info} >>".encode(),
            _stream(b"\x80", _PICTURE),
        ]
        for number, page in enumerate(self.pages):
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {9 + 2 * number} 0 R"
                f" /Resources << /Font << /F 3 0 R >> /XObject << /P 7 0 R >> >> >>".encode()
            )
            picture = "q 500 0 0 700 40 70 cm /P Do Q\n" if self.pictures else ""
            objects.append(_stream((picture + "".join(_shown(*line) for line in page)).encode()))
        return _file(objects, self.trailer)


_PICTURE = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _shown(x: float, y: float, size: float, text: str) -> str:
    return f"BT /F {size} Tf {x} {y} Td <{_hex(text)}> Tj ET\n"


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 6 0 R {trailer} >>\nstartxref\n{len(made)}\n%%EOF"
    return made + end.encode()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(text: str, style: str = "", extra: str = "") -> str:
    """A paragraph of Word's XML; `extra` goes into its run's properties."""
    of_style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{of_style}<w:r><w:rPr>{extra}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(body: str, *, core: str = "", parts: dict[str, bytes] | None = None, declaration: str = "") -> bytes:
    """A Word document with that body; `core` is XML of Dublin Core, `declaration` stands before the document's root."""
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE_RELATIONS}/'
        f'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?>{declaration}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body>'
        "</w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">'
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
            for name in ("Title", "heading 1", "heading 2")
        )
        + "</w:styles>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{core}</cp:coreProperties>",
    }
    return zipped({name: text.encode() for name, text in files.items()} | (parts or {}))


def odt(body: str, meta: str = "", styles: str = "") -> bytes:
    """An OpenDocument text with that body and those automatic styles."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "meta", "style")
    )
    names += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    said = (
        f'<office:document-meta {names} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta>'
    )
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}</office:document-content>".encode(),
            "meta.xml": f"{said}</office:document-meta>".encode(),
        }
    )


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", compression) as archive:
            for name, body in files.items():
                archive.writestr(name, body)
        return file.getvalue()
