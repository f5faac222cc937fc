"""Finding the feed behind an address: a few requests, in the order in which they are likely to hit.

The feeds that follow from the address itself; the address; the feeds its page announces or links to; the places where
the usual software has them. One search makes `MOST_REQUESTS` requests at the most; guesses go to the asked site only.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace

from yarl import URL

from bot.errors import AddressRefused, ContentRefused, DigestError, FetchRefused, HostRests, StatusRefused
from bot.ingest.discovery import Announcements, Link, spelled_out, unlike, usual_places, worth_choosing
from bot.ingest.knownsites import known_feeds, likely_feeds, without_feeds
from bot.ingest.parsers import Parsers
from bot.ingest.web.fetcher import Fetched, Fetcher
from bot.ingest.web.urls import host_of, same_origin, split_login
from bot.services.ports import Clock
from bot.services.previews import Preview, preview_of

MOST_REQUESTS = 8
MOST_TRIED = 3
"""Feeds of one kind, announced or known, that are tried before it is looked elsewhere."""

Tell = Callable[[str], Awaitable[None]]
"""Told in a sentence what is being done, when it takes a while."""


@dataclass(frozen=True)
class Login:
    """A `name:password` and the place that it opens: no other place is ever given it."""

    words: str = field(default="", repr=False)
    place: str = ""

    def at(self, address: str) -> str:
        """What an address is read with."""
        return self.words if self.words and same_origin(address, self.place) else ""


@dataclass(frozen=True)
class FoundFeed:
    """What stands behind an address, before anything is kept. `address` holds no login; `login` is what it is read
    with, of the `access` that was given for the site. `choices` are all feeds of the same site, when there is more than
    one; `spellings` are addresses at which this very feed was read.
    """

    address: str
    preview: Preview
    login: str = field(default="", repr=False)
    access: Login = Login()
    choices: tuple[Link, ...] = ()
    spellings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What the feed calls itself."""
        return self.preview.title


class Finding:
    """Looks at addresses; keeps nothing."""

    def __init__(self, fetcher: Fetcher, parsers: Parsers, clock: Clock) -> None:
        self._fetcher = fetcher
        self._parsers = parsers
        self._clock = clock

    async def find(self, text: str, tell: Tell | None = None, login: str = "") -> FoundFeed:
        """The feed at what a member typed, or the best one of the site there.

        `login` is used when none is typed. Raises FetchRefused, ContentRefused.
        """
        address, typed = split_login(spelled_out(text))
        has_scheme = "://" in text.partition("?")[0]
        return await _Search(self, tell).run(address, Login(typed or login, address), try_http=not has_scheme)

    async def open(self, link: Link, found: FoundFeed) -> FoundFeed:
        """Another one of the feeds to choose from. Raises FetchRefused, ContentRefused."""
        fetched = await self.fetch(link.address, found.access)
        return replace(await self.feed_of(link.address, fetched, found.access), choices=found.choices)

    async def fetch(self, address: str, access: Login) -> Fetched:
        """The answer of one address."""
        login = access.at(address)
        try:
            return await self._fetcher.fetch(address, login=login)
        except HostRests:
            raise
        except StatusRefused as refusal:
            if refusal.status != 401:
                raise
            raise StatusRefused(_about_login(refusal, address, login), refusal.status) from None

    async def feed_of(self, address: str, fetched: Fetched, access: Login) -> FoundFeed:
        """An answer as a feed. Raises ContentRefused."""
        feed = await self._parsers.feed(fetched.body, url=fetched.url, charset=fetched.charset)
        moved = fetched.moved_to or address
        preview = preview_of(feed, self._clock.now())
        return FoundFeed(moved, preview, access.at(address), access, spellings=(moved, address, fetched.url))

    async def announced(self, fetched: Fetched) -> Announcements:
        """What a page tells of its feeds; nothing when it is no page."""
        try:
            return await self._parsers.announcements(fetched.body, fetched.url, fetched.charset)
        except ContentRefused:
            return Announcements()


class _Search:
    """One search: what was asked, and how many requests are left."""

    def __init__(self, finding: Finding, tell: Tell | None) -> None:
        self._finding = finding
        self._tell = tell
        self._left = MOST_REQUESTS
        self._asked: list[str] = []
        self._in_trouble: set[str] = set()
        self._login = Login()

    async def run(self, address: str, login: Login, *, try_http: bool) -> FoundFeed:
        self._login = login
        if refusal := without_feeds(address):
            raise ContentRefused(refusal)
        known = known_feeds(address)
        if found := await self._first(known[:MOST_TRIED], known):
            return found
        page = await self._page(address, try_http)
        asked = self._asked[-1]
        try:
            return await self._finding.feed_of(asked, page, self._login)
        except ContentRefused as not_a_feed:
            return await self._behind(page, not_a_feed)

    async def _page(self, address: str, try_http: bool) -> Fetched:
        """The answer of the asked address; one without a scheme may be of a site that knows no https."""
        try:
            return await self._fetch(address)
        except (StatusRefused, AddressRefused):
            raise
        except FetchRefused:
            if not try_http or self._login.words or not address.startswith("https:"):
                raise
            try:
                return await self._fetch(str(URL(address).with_scheme("http")))
            except DigestError:
                pass
            raise

    async def _behind(self, page: Fetched, not_a_feed: ContentRefused) -> FoundFeed:
        if b"<opml" in page.body[:1024].lower():
            raise ContentRefused("This is a list of feeds (OPML), not a feed. `/source import` takes it.")
        told = await self._finding.announced(page)
        named = [link for identity in told.identities for link in known_feeds(identity)]
        announced = worth_choosing(told.links)
        choices = unlike([*named, *announced])
        if found := await self._first(choices[:MOST_TRIED], choices):
            return found
        guesses = [*likely_feeds(page.url), *map(Link, usual_places(page.url, told.software))]
        host = host_of(page.url)
        if self._tell and self._left:
            await self._tell(f"{host} announces no feed. Looking in the usual places …")
        if found := await self._first(guesses):
            return found
        raise ContentRefused(_nothing_found(host, self._asked, not_a_feed, told))

    async def _first(self, links: Iterable[Link], choices: tuple[Link, ...] = ()) -> FoundFeed | None:
        """The first of some addresses that is a feed with something in it, else the first that is a feed.

        A host in trouble, or that wants its rest, is not asked on.
        """
        empty: FoundFeed | None = None
        for link in links:
            host = host_of(link.address)
            if not self._left:
                break
            if host in self._in_trouble or link.address in self._asked:
                continue
            try:
                found = await self._read(link.address)
            except (AddressRefused, ContentRefused):
                continue
            except FetchRefused as refusal:
                if _is_trouble(refusal):
                    self._in_trouble.add(host)
            else:
                found = replace(found, choices=choices if len(choices) > 1 else ())
                if found.preview.entries:
                    return found
                empty = empty or found
        return empty

    async def _read(self, address: str) -> FoundFeed:
        return await self._finding.feed_of(address, await self._fetch(address), self._login)

    async def _fetch(self, address: str) -> Fetched:
        self._left -= 1
        self._asked.append(address)
        return await self._finding.fetch(address, self._login)


def _is_trouble(refusal: FetchRefused) -> bool:
    """Whether a host is not to be asked for anything else just now."""
    if isinstance(refusal, StatusRefused):
        return isinstance(refusal, HostRests) or refusal.status in (429, 503)
    return True


def _about_login(refusal: StatusRefused, address: str, login: str) -> str:
    if login:
        # A login is not taken along when a site leads from http to https: that is another place.
        secure = " Try it with https." if address.startswith("http:") else ""
        return f"{refusal} The login was not accepted there. Check name and password.{secure}"
    how = "https://name:password@example.org/feed"
    return f"{refusal} Give it in the address, as {how}: it is kept secret, and the feed is for this server alone."


def _nothing_found(host: str, asked: list[str], not_a_feed: ContentRefused, told: Announcements) -> str:
    if len(asked) < 2:
        return str(not_a_feed)
    places = ", ".join(_place(address, host) for address in asked[1:])
    advice = " `/brief` reads an article as it is." if told.is_article else " Look for an RSS link there."
    return f"{host} announces no feed; these places were tried too: {places}.{advice}"


def _place(address: str, host: str) -> str:
    """An address in a sentence about a host."""
    url = URL(address)
    return url.raw_path_qs if host_of(address) == host else f"{host_of(address)}{url.raw_path_qs}"
