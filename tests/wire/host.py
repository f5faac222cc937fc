"""Run the real bot against a fake Discord: `python -m tests.wire.host API_URL GATEWAY_URL run`.

The rest of the arguments is the command line of `python -m bot`, whose code is not touched: discord.py reads its two
addresses from class attributes. What it logs is heard at every level, so that tests can look for secrets in all of it.
"""

import logging
import runpy
import sys

import discord
import yarl

LOUD = ("bot", "storage", "summarizer", "aiohttp", "discord")


def point_discord_at(api_url: str, gateway_url: str) -> None:
    """Let every client of this process talk to a fake Discord."""
    discord.http.Route.BASE = api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def main(arguments: list[str]) -> None:
    """Run the module `bot` as the main program."""
    if len(arguments) < 2:
        sys.exit("usage: python -m tests.wire.host API_URL GATEWAY_URL [ARGUMENT...]")
    point_discord_at(*arguments[:2])
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG)
    sys.argv[1:] = arguments[2:]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
