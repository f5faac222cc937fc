"""Compressed bodies, unpacked piece by piece within bounds.

The HTTP client could do it, but it takes a gzip stream that was cut off for a whole one, and which codings it knows
depends on what else is installed.
"""

import zlib

ACCEPT_ENCODING = "gzip, deflate"
_CODINGS = {"gzip", "x-gzip", "deflate", "compress", "x-compress", "br", "zstd", "dcb", "dcz", "exi", "pack200-gzip"}
_GZIP, _ZLIB, _RAW = 31, 15, -15  # window bits of zlib.decompressobj
_MEMBERS = 100
"""Streams that one body may be joined of (RFC 1952, 2.2); real ones have one, a flood of empty ones is an attack."""
_DAMAGED = "the answer was cut short or damaged on the way."


class PackingError(ValueError):
    """A body is not what its Content-Encoding says."""


class Unpacker:
    """Turns the pieces of a body in this Content-Encoding into the body. Raises PackingError for codings not asked for.

    A label that names no compression (`utf-8`, `none`, `aws-chunked`) is a mistake of servers and is ignored.
    """

    def __init__(self, encoding: str) -> None:
        coding = encoding.strip().lower()
        self._coding = "gzip" if coding == "x-gzip" else coding
        if self._coding not in ("gzip", "deflate"):
            if _CODINGS.intersection(part.strip() for part in coding.split(",")):
                raise PackingError(f"the answer is packed in a way that was not asked for ({coding[:40]}).")
            self._coding = ""
        self._stream: zlib._Decompress | None = None
        self._members = 0

    def unpack(self, piece: bytes, limit: int) -> bytes:
        """What the next piece of the answer holds; of more than `limit` bytes only a part, at least one byte more."""
        if not self._coding:
            return piece
        body = bytearray()
        while piece and len(body) <= limit:
            stream = self._stream = self._stream or self._open(piece)
            try:
                body += stream.decompress(piece, limit + 1 - len(body))
            except zlib.error:
                raise PackingError(_DAMAGED) from None
            if not stream.eof:
                break
            piece = self._next_member(stream)
        return bytes(body)

    def close(self) -> None:
        """Raise PackingError if more was to come."""
        if self._stream is not None and not self._stream.eof:
            raise PackingError(_DAMAGED)

    def _open(self, piece: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > _MEMBERS:
            raise PackingError(_DAMAGED)
        if self._coding == "gzip":
            return zlib.decompressobj(_GZIP)
        return zlib.decompressobj(_ZLIB if piece[0] & 0x0F == 8 else _RAW)  # some servers leave the zlib header out

    def _next_member(self, stream: "zlib._Decompress") -> bytes:
        """The rest of a piece in which a stream ended: another one, or padding that means nothing."""
        rest = stream.unused_data
        if self._coding == "gzip" and rest.startswith(b"\x1f"):
            self._stream = None
            return rest
        return b""
