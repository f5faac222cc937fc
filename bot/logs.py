"""Logging: readable lines on standard error, without secrets."""

import logging
import re
import sys

_NAMES = (
    r"(?:api_?|access_?|secret_?)?(?:key|token)|auth|authorization|sig|signature|passw(?:or)?d|pwd|secret|client_secret"
)
_SECRETS = (
    # https://docs.discord.com/developers/reference#authentication: bot tokens are three dotted parts
    (re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"), "[token]"),
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w-]+"), r"\1[token]"),
    (re.compile(r"(\w://)[^\s/@]+@"), r"\1[login]@"),
    (re.compile(rf"([?&](?:{_NAMES})=)[^&\s'\"]+", re.IGNORECASE), r"\1[hidden]"),
    # Headers, and interactions as discord.py logs them with everything that is in them.
    (re.compile(r"(\bAuthorization\W{1,4}\w+ |\bBearer )[^\s'\"]{8,}", re.IGNORECASE), r"\1[hidden]"),
    (re.compile(rf"(['\"](?:{_NAMES})['\"]: ?['\"])[^'\"]+", re.IGNORECASE), r"\1[hidden]"),
)


class SecretsHidden(logging.Formatter):
    """Replaces tokens, logins and keys, wherever in a line or a traceback they stand."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be written."""
        return without_secrets(super().format(record))


def without_secrets(line: str) -> str:
    """A line with tokens, logins in addresses and keys in queries blotted out."""
    for pattern, replacement in _SECRETS:
        line = pattern.sub(replacement, line)
    return line


def log_to_stderr(level: int) -> None:
    """Configure the root logger once, at the start of a program."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SecretsHidden("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
    for chatty in ("alembic", "apscheduler"):
        logging.getLogger(chatty).setLevel(max(level, logging.WARNING))
    logging.getLogger("discord.client").addFilter(lambda record: "voice will NOT" not in record.getMessage())
