"""Custom ids: the whole state of a button, so that it works after a restart.

At most 100 characters; ids in them are never trusted, they are looked up with the server's id. Our own numbers have at
most 18 digits, which any database takes.
"""

EDITION_SOURCES = r"dl:edition-sources:(?P<edition>\d{1,18}):(?P<page>\d+)"
BRIEF_SOURCES = r"dl:brief-sources:(?P<article>\d{1,18}):(?P<brief>\d{1,18}):(?P<page>\d+)"
SOURCE_PANEL = r"dl:source:(?P<action>[a-z]+):(?P<source>\d{1,18}):(?P<user>\d+)"
DIGEST_PANEL = r"dl:digest:(?P<action>[a-z]+):(?P<digest>\d{1,18}):(?P<user>\d+)"


def edition_sources(edition_id: int, page: int = 0) -> str:
    """Opens, or turns to, a page of the sources of an edition."""
    return f"dl:edition-sources:{edition_id}:{page}"


def brief_sources(article_id: int, brief_id: int, page: int = 0) -> str:
    """Opens, or turns to, a page of the sources of a brief."""
    return f"dl:brief-sources:{article_id}:{brief_id}:{page}"


def source_panel(action: str, source_id: int, user_id: int) -> str:
    """An action of the panel of a source, for the admin who opened it."""
    return f"dl:source:{action}:{source_id}:{user_id}"


def digest_panel(action: str, digest_id: int, user_id: int) -> str:
    """An action of the panel of a digest, for the admin who opened it."""
    return f"dl:digest:{action}:{digest_id}:{user_id}"
