"""The short manual inside Discord."""

from bot.ui.bodies import Body

_EVERYONE = """### Dateline keeps this server briefed
- `/brief` gives the main points of a link, a file or pasted text
- **Brief this** in the menu of any message (Apps) does the same for what the message holds
- `/news latest` shows the newest articles, `/news search` finds stored ones
- **Sources** under a brief or a digest shows the sentence behind every point
- **More** under a digest tells a story at greater length; **Report** shows a doubtful point to those who look after \
this server"""

_ADMINS = """### For those who manage this server
- `/source add` follows any site or feed, `/source import` a list of them; `/source list` and `/source manage` look \
after them
- `/digest add` posts a digest into a channel at local times; `/digest preview` shows the next one, and \
`/digest manage` its options and its history
- `/dateline settings` says where notices for admins go; `/dateline status` shows how all is doing, and \
`/dateline pause` sends the whole server on holiday
- Who may use which command: Server Settings, Integrations, Dateline"""


def help_body(*, manages: bool) -> Body:
    """What a member can do; admins also see what they can set up."""
    return Body((_EVERYONE, _ADMINS) if manages else (_EVERYONE,))
