"""What near copies of a text have in common: bands of a MinHash over its runs of three words.

Two texts share a band with a probability of 1 - (1 - J^ROWS)^BANDS, where J is the part of their runs that they share:
98 % at a half, 100 % at two thirds, 0.1 % at a hundredth. What shares one *may* be a copy; `services.copies` decides.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b
from struct import pack

BANDS, ROWS = 16, 2
FEWEST_WORDS = 60
"""Shorter texts, as teasers are, say too little to be told apart from each other."""
MOST_READ = 20_000
"""So many characters of the beginning are read."""
_RUN = 3
_SIGNS = 5  # of a script without spaces between words, a run has so many signs
_FEWEST_SIGNS = 200
_LONGEST_WORD = 15  # on average; beyond, a script has no spaces between words
_SEED = 7
_SPACE = re.compile(r"\s+")


def bands(text: str) -> list[int]:
    """Hashes of 64 signed bits for `BANDS` pieces of the sketch of a text; none where it is too short."""
    from rensa import RMinHash

    runs = _runs(text)
    if not runs:
        return []
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(runs)
    digest = sketch.digest()
    return [_band(RMinHash.ALGORITHM_VERSION, at, digest[at * ROWS : (at + 1) * ROWS]) for at in range(BANDS)]


def _runs(text: str) -> list[str]:
    text = text[:MOST_READ].casefold()
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode()  # no lone surrogates
    words = text.split()
    if len(text) > _LONGEST_WORD * len(words):
        signs = _SPACE.sub("", text)
        return [signs[at : at + _SIGNS] for at in range(len(signs) - _SIGNS + 1)] if len(signs) >= _FEWEST_SIGNS else []
    if len(words) < FEWEST_WORDS:
        return []
    return [" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)]


def _band(version: int, at: int, rows: Sequence[int]) -> int:
    """Another version of the algorithm shares no band with this one."""
    hashed = blake2b(pack(f"<2I{len(rows)}Q", version, at, *rows), digest_size=8)
    return int.from_bytes(hashed.digest(), "little", signed=True)
