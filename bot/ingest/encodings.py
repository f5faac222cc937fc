"""Bytes to text when declarations may lie.

The order of trust is that of the WHATWG Encoding Standard's sniffing, with one change: bytes that are valid UTF-8 are
UTF-8 whatever was declared, because text in another encoding is hardly ever valid UTF-8 by accident.
"""

import codecs
import re

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WITHOUT_BOM = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"), (b"{\0", "utf-16-le"), (b"\0{", "utf-16-be"))
_DECLARED = re.compile(rb"""<(?:\?xml|meta)[^>]{0,200}?(?:encoding|charset)\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})""", re.I)
# Read as the superset that is meant in practice, as browsers do.
_SUPERSETS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_SUPERSETS |= {"shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874"}
_TEXT_CODECS = re.compile(
    r"cp125\d|cp932|cp949|cp874|cp866|iso8859-\d+|iso2022_jp|koi8-[ru]|gb18030|big5|big5hkscs|euc_jp|mac-\w+"
)
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def clean_text(body: bytes, charset: str | None = None) -> str:
    """The text of `body` without control characters."""
    return without_controls(decoded(body, charset))


def without_controls(text: str) -> str:
    """The text without characters that belong in no text: controls, lone surrogates, byte order marks."""
    return _INVALID.sub("", text)


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of `body`; what cannot be decoded becomes U+FFFD. `charset` is what the transport said, if anything."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(encoding, "replace")
    for start, encoding in _WITHOUT_BOM:
        if body.lstrip(b"\n\r\t ").startswith(start):
            return body.decode(encoding, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _legacy(body, charset)


def _legacy(body: bytes, charset: str | None) -> str:
    in_document = _DECLARED.search(body[:2048])
    for label in (charset, in_document and in_document[1].decode("ascii")):
        if encoding := find_codec(label):
            return body.decode(encoding, "replace")
    damaged = body.decode("utf-8", "replace")
    wrong = damaged.count("\ufffd")
    right = sum(character > "\x7f" for character in damaged) - wrong
    return damaged if right > wrong else body.decode("cp1252", "replace")


def find_codec(label: str | None) -> str | None:
    """Python's codec for a legacy encoding's label; None for UTF-8, which was tried already, and for what is no text
    encoding of documents.
    """
    try:
        name = codecs.lookup(label or "utf-8").name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if _TEXT_CODECS.fullmatch(name) else None
