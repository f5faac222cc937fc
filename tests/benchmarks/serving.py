"""A measurement's server in a process of its own, so that what it takes is not counted."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def serving(module: str) -> Iterator[int]:
    """Runs `python -m module serve` and gives the port that it prints."""
    server = subprocess.Popen([sys.executable, "-m", module, "serve"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield int(server.stdout.readline())
    finally:
        server.kill()
        server.wait()
