"""Files that leave a trace when somebody does with them what nobody may."""

import pickle
from pathlib import Path


class _Trace:
    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self._trace,)


def canary_pickle(trace: Path) -> bytes:
    """A pickle that makes a file when it is loaded."""
    return pickle.dumps(_Trace(trace))
