"""Discord's limits, in characters unless said otherwise; an emoji counts as two, as in Discord's clients.

https://docs.discord.com/developers/resources/message and .../components/reference; those marked * are not documented.
"""

LAYOUT_TEXT = 4000  # * over all text of a Components V2 message
LAYOUT_BYTES = 9000  # * UTF-8; at about 10,170 Discord answers 500 to a Components V2 message
LAYOUT_COMPONENTS = 40
EMBED_TEXT = 6000  # over all embeds of a message
EMBED_DESCRIPTION = 4096
EMBEDS = 10
CONTENT = 2000
THREAD_NAME = 100
OPTIONS = 25  # of one menu
OPTION_TEXT = 100
CHOICES = 25
CHOICE_NAME = 100


def length(text: str) -> int:
    """Characters as Discord's clients count them, in UTF-16; elsewhere it counts fewer."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
