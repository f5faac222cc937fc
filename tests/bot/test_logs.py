"""Secrets do not get into the log (FAULTS 46)."""

import logging

import pytest

from bot.logs import SecretsHidden

TOKEN = "MTE4NzY1NDMyMTA5ODc2NTQzMg.GxYzAb.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.mark.parametrize(
    ("message", "secret"),
    [
        (f"logging in with {TOKEN}", TOKEN),
        ("POST https://discord.com/api/v10/webhooks/123456789/aW50ZXJhY3Rpb24tdG9rZW4/messages", "aW50ZXJhY3Rpb24"),
        ("POST /interactions/123456789/aW50ZXJhY3Rpb24-dG9r_ZW4/callback", "aW50ZXJhY3Rpb24"),
        ("fetching https://ada:hunter2@feeds.example/private.xml", "hunter2"),
        ("fetching https://feeds.example/x?user=ada&api_key=s3cr3t&n=1", "s3cr3t"),
        ("fetching https://feeds.example/x?token=s3cr3t", "s3cr3t"),
    ],
)
def test_secrets_are_blotted_out_of_messages_and_tracebacks(message, secret):
    formatter = SecretsHidden("%(message)s")
    try:
        raise ValueError(message)
    except ValueError as error:
        exc_info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, (), exc_info)
    written = formatter.format(record)
    assert secret not in written
    assert "ValueError" in written


def test_ordinary_lines_stay_as_they_are():
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "source %s: %d entries", (7, 30), None)
    assert SecretsHidden("%(message)s").format(record) == "source 7: 30 entries"
