"""Custom ids: the whole state of a button, so that it works after a restart.

At most 100 characters; ids in them are never trusted, they are looked up with the server's id. Our own numbers have at
most 18 digits, which any database takes.
"""

EDITION_SOURCES = r"dl:edition-sources:(?P<edition>\d{1,18}):(?P<page>\d+)"
EDITION_MORE = r"dl:edition-more:(?P<edition>\d{1,18})"
EDITION_STORY = r"dl:edition-story:(?P<edition>\d{1,18}):(?P<menu>\d{1,3})"
EDITION_REPORT = r"dl:edition-report:(?P<edition>\d{1,18})"
EDITION_POINT = r"dl:edition-point:(?P<edition>\d{1,18}):(?P<menu>\d{1,3})"
BRIEF_SOURCES = r"dl:brief-sources:(?P<article>\d{1,18}):(?P<brief>\d{1,18}):(?P<page>\d+)"
SOURCE_PANEL = r"dl:source:(?P<action>[a-z]+):(?P<source>\d{1,18}):(?P<user>\d+)"
SOURCE_LIST = r"dl:source-list:(?P<user>\d+):(?P<page>\d{1,4})"
DIGEST_PANEL = r"dl:digest:(?P<action>[a-z]+):(?P<digest>\d{1,18}):(?P<user>\d+)"
DIGEST_HISTORY = r"dl:digest-history:(?P<digest>\d{1,18}):(?P<user>\d+):(?P<page>\d{1,3})"
DIGEST_EDITION = r"dl:digest-edition:(?P<digest>\d{1,18}):(?P<user>\d+)"
NOTICE = r"dl:notice:(?P<action>[a-z-]+):(?P<server>\d{1,20}):(?P<notice>\d{1,18}):(?P<subject>\d{1,18})"
NOTICE_CHANNEL = r"dl:notice-channel:(?P<server>\d{1,20}):(?P<notice>\d{1,18}):(?P<digest>\d{1,18})"
SERVER_PANEL = r"dl:server:(?P<action>[a-z-]+):(?P<user>\d+)"
SERVER_CHANNEL = r"dl:server-channel:(?P<user>\d+)"


def edition_sources(edition_id: int, page: int = 0) -> str:
    """Opens, or turns to, a page of the sources of an edition."""
    return f"dl:edition-sources:{edition_id}:{page}"


def edition_more(edition_id: int) -> str:
    """Asks which story of an edition is wanted at greater length."""
    return f"dl:edition-more:{edition_id}"


def edition_story(edition_id: int, menu: int = 0) -> str:
    """A menu of the stories of an edition; with many stories there are several menus."""
    return f"dl:edition-story:{edition_id}:{menu}"


def edition_report(edition_id: int) -> str:
    """Asks which point of an edition is doubtful."""
    return f"dl:edition-report:{edition_id}"


def edition_point(edition_id: int, menu: int = 0) -> str:
    """A menu of the points of an edition."""
    return f"dl:edition-point:{edition_id}:{menu}"


def brief_sources(article_id: int, brief_id: int, page: int = 0) -> str:
    """Opens, or turns to, a page of the sources of a brief."""
    return f"dl:brief-sources:{article_id}:{brief_id}:{page}"


def source_panel(action: str, source_id: int, user_id: int) -> str:
    """An action of the panel of a source, for the admin who opened it."""
    return f"dl:source:{action}:{source_id}:{user_id}"


def source_list(user_id: int, page: int) -> str:
    """Turns to a page of the list of sources, for the admin who opened it."""
    return f"dl:source-list:{user_id}:{page}"


def digest_panel(action: str, digest_id: int, user_id: int) -> str:
    """An action of the panel of a digest, for the admin who opened it."""
    return f"dl:digest:{action}:{digest_id}:{user_id}"


def digest_history(digest_id: int, user_id: int, page: int = 0) -> str:
    """Turns to a page of the history of a digest, for the admin who opened it."""
    return f"dl:digest-history:{digest_id}:{user_id}:{page}"


def digest_edition(digest_id: int, user_id: int) -> str:
    """The menu of editions in the history of a digest."""
    return f"dl:digest-edition:{digest_id}:{user_id}"


def notice(action: str, server_id: int, notice_id: int, subject_id: int) -> str:
    """A remedy under a notice; also in direct messages, so the server is named."""
    return f"dl:notice:{action}:{server_id}:{notice_id}:{subject_id}"


def notice_channel(server_id: int, notice_id: int, digest_id: int) -> str:
    """The menu of channels under a notice about a digest."""
    return f"dl:notice-channel:{server_id}:{notice_id}:{digest_id}"


def server_panel(action: str, user_id: int) -> str:
    """An action of the settings of the server, for the admin who opened them."""
    return f"dl:server:{action}:{user_id}"


def server_channel(user_id: int) -> str:
    """The menu of channels in the settings of the server."""
    return f"dl:server-channel:{user_id}"
