"""Secrets do not get into the log (FAULTS 46)."""

import logging
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.assembly import open_dateline
from bot.logs import SecretsHidden
from bot.settings import NO_OTHER_MODELS, Settings
from tests.factories import SERVER
from tests.fakes import FakeClock, FakePublisher
from tests.leaks import TOKEN, Watch, a_secret, planted_in
from tests.servers import Reply, serving

INTERACTION = "aW50ZXJhY3Rpb24tdG9r_ZW4"


@pytest.mark.parametrize(
    ("message", "secret"),
    [
        (f"logging in with {TOKEN}", TOKEN),
        (f"POST https://discord.com/api/v10/webhooks/123456789/{INTERACTION}/messages", INTERACTION),
        (f"POST /interactions/123456789/{INTERACTION}/callback", INTERACTION),
        (f"WebSocket Event: {{'t': 'INTERACTION_CREATE', 'd': {{'token': '{INTERACTION}', 'id': '1'}}}}", INTERACTION),
        (f'{{"token":"{INTERACTION}","type":2}}', INTERACTION),
        ("headers: {'Authorization': 'Bot abc.def-ghi_jkl'}", "abc.def-ghi_jkl"),
        ("Authorization: Bearer sk-0123456789", "sk-0123456789"),
        ("fetching https://ada:hunter2@feeds.example/private.xml", "hunter2"),
        ("fetching https://feeds.example/x?user=ada&api_key=s3cr3t&n=1", "s3cr3t"),
        ("fetching https://feeds.example/x?token=s3cr3t", "s3cr3t"),
        ("opening postgresql+psycopg://dateline:hunter2@db.example/dateline", "hunter2"),
    ],
)
def test_secrets_are_blotted_out_of_messages_and_tracebacks(message, secret):
    formatter = SecretsHidden("%(message)s")
    try:
        raise ValueError(message)
    except ValueError as error:
        exc_info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("library", logging.ERROR, __file__, 1, message, (), exc_info)
    written = formatter.format(record)
    assert secret not in written
    assert "ValueError" in written


@pytest.mark.parametrize(
    "line",
    [
        "source 7: 30 entries",
        "The bearer of bad news: basic income, authorization and tokens of esteem",
        "https://feeds.example/x?page=2&keyword=harbour",
        "12:30:00 user@host.example wrote",
    ],
)
def test_ordinary_lines_stay_as_they_are(line):
    record = logging.LogRecord("library", logging.INFO, __file__, 1, "%s", (line,), None)
    assert SecretsHidden("%(message)s").format(record) == line


def test_the_watch_over_this_suite_sees_what_leaks():
    watch, secret = Watch(), a_secret()

    def leaks(logger: str, message: str) -> bool:
        before = len(watch.leaks)
        watch.emit(logging.LogRecord(logger, logging.DEBUG, __file__, 1, "%s", (message,), None))
        return len(watch.leaks) > before

    assert leaks("bot.services.polling", f"https://feeds.example/?key={secret}")  # ours must not say it at all
    assert not leaks("aiohttp.client", f"https://feeds.example/?key={secret}")  # our formatter blots it out
    assert leaks("aiohttp.client", f"the key is {secret}")
    assert not leaks("bot", "nothing of that kind")


async def test_the_key_of_a_feed_is_in_no_log_and_no_message_however_its_polls_fail(tmp_path: Path):
    key = a_secret()
    replies = {
        f"/feed?key={key}": [
            Reply(_feed("/story", key), content_type="application/rss+xml"),
            Reply(_feed("/story", key), content_type="application/rss+xml"),
            Reply("no", 404),
            Reply("", 302, {"Location": f"http://127.0.0.1:9/x?key={key}"}),
            Reply("", 302, {"Location": f"http://ada:{key}@127.9.9.1/x"}),
            Reply("<rss>" + key, content_type="application/rss+xml"),
            Reply("x" * 5000, cut_after=100),
        ],
        f"/story?key={key}": Reply("gone", 410),
    }
    settings = Settings(
        _env_file=None,
        home=tmp_path,
        database_url=None,
        fetch_allow_networks=(ip_network("127.9.9.0/24"),),
        **NO_OTHER_MODELS,
    )
    clock = FakeClock()
    async with serving(replies) as site, open_dateline(settings, FakePublisher(clock), clock) as dateline:
        found = await dateline.following.look(site.url(f"/feed?key={key}"))
        await dateline.following.follow(SERVER, found, "Private")
        told = []
        for _ in range(6):
            clock.time += timedelta(days=1)
            async with dateline.storage.reading() as tx:
                (subscription,) = await tx.sources.list_subscriptions(SERVER)
            told.append(await dateline.polling.poll(subscription.source))
    assert sum(error is not None for error in told) >= 4
    assert [error for error in told if error and planted_in(error)] == []


def _feed(path: str, key: str) -> str:
    link = f"<link>http://127.9.9.1:9{path}?key={key}</link>"
    return f"<rss version='2.0'><channel><title>Private</title><item><title>A</title>{link}</item></channel></rss>"
