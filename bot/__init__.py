"""Dateline: a Discord bot that keeps a server briefed.

Run it with `python -m bot run`, or load it into a bot of your own with `await bot.load_extension("bot.cogs")`.
"""

__version__ = "0.1.0"
