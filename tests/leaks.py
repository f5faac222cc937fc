"""Every line that any test logs, at every level, is looked through for the secrets that tests have planted (FAULTS 46).

What our own code hands to the log must be free of them as it stands, since as a guest we do not choose how it is
written; what libraries log must be free of them once our formatter has gone over it.
"""

import logging
import re
import secrets
from collections.abc import Iterator

import pytest

from bot.logs import SecretsHidden

OURS = ("bot", "storage", "summarizer")
LOUD = (*OURS, "aiohttp.client", "discord.http", "discord.gateway", "discord.webhook")
"""Loggers that are heard at every level; the rest of discord.py and all others at warnings."""
KEY = "k3y-that-nobody-may-read"
TOKEN = "MTE4NzY1NDMyMTA5ODc2NTQzMg.GxYzAb.abcdefghijklmnopqrstuvwxyz0123456789AB"
_IN_PATH = re.compile(r"/(?:webhooks|interactions)/\d+/([\w-]{10,})")
_planted = {KEY, TOKEN}


def plant(secret: str) -> str:
    """From now on no log may hold it."""
    _planted.add(secret)
    return secret


def a_secret() -> str:
    """A planted one that nothing else looks like."""
    return plant(f"s3cr3t{secrets.token_hex(8)}")


def plant_tokens_of(path: str) -> None:
    """Plant the token that is part of a path of Discord's API."""
    for token in _IN_PATH.findall(path):
        plant(token)


def planted_in(text: str) -> list[str]:
    """The planted secrets that a text holds."""
    return sorted(secret for secret in _planted if secret in text)


class Watch(logging.Handler):
    """Keeps all lines, as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self._hidden, self._plain = SecretsHidden("%(name)s: %(message)s"), logging.Formatter("%(name)s: %(message)s")
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        is_ours = record.name.partition(".")[0] in OURS
        self._lines.append((self._plain if is_ours else self._hidden).format(record))

    @property
    def leaks(self) -> list[str]:
        """Lines with a secret in them."""
        return [line for line in self._lines if planted_in(line)]


@pytest.fixture(autouse=True)
def watch() -> Iterator[Watch]:
    """Fails a test in which a secret was logged."""
    watching, root = Watch(), logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in LOUD}
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(watching)
    yield watching
    root.removeHandler(watching)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    assert watching.leaks == []
