"""Refusals that a person can act on.

Every message is one or two plain sentences: what was wrong, and what to do. It is shown to users as it stands, so it
never holds a traceback, a token or an internal address.
"""

from datetime import timedelta


class DigestError(Exception):
    """Base of everything that is said to a user instead of being logged as a bug."""


class SettingsError(DigestError):
    """A setting is missing or cannot be understood."""


class FetchRefused(DigestError):
    """An address was not fetched, or what it answered cannot be used."""


class StatusRefused(FetchRefused):
    """The server answered with an HTTP error status.

    `retry_after` is what the server asked for, from zero to one day, or None when it asked for nothing sensible.
    """

    def __init__(self, message: str, status: int, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class HostRests(StatusRefused):
    """Nothing was sent: the host asked, at an earlier request for whatever address of it, to be left alone until
    `retry_after` from now. It says nothing about this address.
    """


class RobotsRefused(FetchRefused):
    """The owner of a site does not let programs read this page."""


class AddressRefused(FetchRefused, OSError):
    """The address is not one that Dateline connects to.

    Also an OSError, because it is raised from inside the event loop's connection attempts, which expect one.
    """


class ContentRefused(DigestError):
    """A body was received but holds no article or feed that could be read."""
