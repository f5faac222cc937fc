"""A module of calls that takes long to load."""

import time
from collections.abc import Callable

from tests.summarizer.echoes import echo

time.sleep(1)
CALLS: dict[str, Callable[..., object]] = {"echo": echo}
