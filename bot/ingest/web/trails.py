"""The way of one fetch through redirects: where it is, what it may still take there, and where to ask from now on."""

from dataclasses import dataclass, field

from yarl import URL

from bot.errors import FetchRefused
from bot.ingest.web.urls import checked_url, host_of, same_origin

_PERMANENT = frozenset({301, 308})


@dataclass
class Trail:
    """Where a fetch is, which way it came, and the seconds it has left.

    `moved_to` is as far as the moves were permanent (301, 308), but never a place to which the login does not belong.
    """

    url: str
    left: float
    login: str = field(default="", repr=False)
    hops: int = 0
    moved_to: str | None = None
    permanent: bool = True
    login_kept_back: bool = False
    start: str = field(init=False)
    host: str = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.url
        self.host = host_of(self.url)

    @property
    def place(self) -> str:
        """The present address in words; a redirect that is refused must name where it led."""
        start = host_of(self.start)
        return f"{self.host}:" if start == self.host else f"{start} redirects to {self.host}:"

    def follow(self, status: int, location: str) -> None:
        """Go to where a redirect leads, without the login if that is another scheme, host or port: for good, since who
        was asked in between chose what is asked next.
        """
        self.hops += 1
        try:
            self.url = checked_url(str(URL(self.url).join(URL(location))))
        except ValueError:
            raise FetchRefused(f"{host_of(self.start)} redirects to something that is no address.") from None
        except FetchRefused as refusal:
            raise FetchRefused(f"{host_of(self.start)} redirects to an address that is refused. {refusal}") from None
        self.host = host_of(self.url)
        if self.login and not same_origin(self.url, self.start):
            self.login, self.login_kept_back = "", True
        self.permanent = self.permanent and status in _PERMANENT and not self.login_kept_back
        if self.permanent:
            self.moved_to = self.url
