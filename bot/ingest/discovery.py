"""From an address a person would think of to the addresses where its feed may be. Pure: nothing is fetched here.

Sites whose feeds follow from the address of a page stand in `knownsites`; here are the links of a page, in the order in
which they are worth a look, and the places where the usual software puts a feed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yarl import URL

from bot.ingest.web.urls import find_url, same_site

MOST_GUESSES = 7
MOST_CHOICES = 25
"""As many as one menu of Discord has."""

_SHORTHANDS = (
    (re.compile(r"feed:(?://)?(https?://.+)", re.IGNORECASE), r"\1"),
    (re.compile(r"feed://(.+)", re.IGNORECASE), r"https://\1"),
    (re.compile(r"/?(r|u|user)/([\w-]{2,50})/?", re.IGNORECASE), r"https://www.reddit.com/\1/\2"),
    (re.compile(r"@([\w-]{1,60}\.bsky\.social)", re.IGNORECASE), r"https://bsky.app/profile/\1"),
    (re.compile(r"@([\w.-]{1,60})@([\w-]+(?:\.[\w-]+)+)"), r"https://\2/@\1"),
)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire|reply|replies", re.IGNORECASE)
_FORMAT_WORDS = re.compile(r"\b(?:rss|atom|json|rdf|xml|feeds?|[012]\.\d+)\d?\b", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"(?:^|[/._?&=-])(?:rss2?|atom|rdf|feeds?)(?:$|[/._?&=-])|\.(?:rss|atom|rdf)$|(?:feed|index)\.(?:xml|json)$",
    re.IGNORECASE,
)
_FEED_WORDS = re.compile(
    r"\s*(?:rss|atom|feed|(?:rss|atom|news)[ -]feed|subscribe (?:via|by|with) rss)\s*", re.IGNORECASE
)
_NO_FEED = re.compile(r"\.(?:html?|php|png|jpe?g|gif|svg|css|js|pdf|zip)$", re.IGNORECASE)
_FEED_HOSTS = ("feeds.feedburner.com", "feeds.", "rss.", "feed.")

COMMON_PATHS = ("feed", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss", "?feed=rss2", "feeds/posts/default")
_OF_SOFTWARE = {
    "wordpress": "feed/",
    "ghost": "rss/",
    "hugo": "index.xml",
    "drupal": "rss.xml",
    "blogger": "feeds/posts/default",
    "jekyll": "feed.xml",
    "hexo": "atom.xml",
    "pelican": "feeds/all.atom.xml",
    "docusaurus": "blog/rss.xml",
    "gatsby": "rss.xml",
    "eleventy": "feed.xml",
    "discourse": "latest.rss",
    "joomla": "?format=feed&type=rss",
    "squarespace": "?format=rss",
    "wix.com": "blog-feed.xml",
    "movable type": "atom.xml",
    "bludit": "rss.xml",
    "mediawiki": "index.php?title=Special:RecentChanges&feed=atom",
}


@dataclass(frozen=True)
class Link:
    """A feed that a page may have: `announced` in its head, or an ordinary link that looks like one."""

    address: str
    title: str = ""
    announced: bool = True


@dataclass(frozen=True)
class Announcements:
    """What a page tells of its feeds. `identities` are the addresses that it gives itself, `software` is what made it,
    `is_article` whether it is one text rather than a front page.
    """

    links: tuple[Link, ...] = ()
    identities: tuple[str, ...] = ()
    software: str = ""
    is_article: bool = False


def spelled_out(text: str) -> str:
    """The address that a short form means: `r/news`, `@name@mastodon.example`, `@name.bsky.social`, `feed://...`."""
    text = text.strip()
    for short, address in _SHORTHANDS:
        if match := short.fullmatch(text):
            return match.expand(address)
    return text


def is_feed_like(href: str, words: str) -> bool:
    """Whether an ordinary link of a page looks like one to a feed; its words alone may be those of any page."""
    try:
        url = URL(href)
    except ValueError:
        return False
    if _NO_FEED.search(url.path):
        return False
    return bool(_FEED_PATH.search(url.raw_path_qs) or _FEED_WORDS.fullmatch(words))


def worth_choosing(links: Iterable[Link]) -> tuple[Link, ...]:
    """The feeds of a page to choose from, best first: articles before comments, which count only where nothing else is
    there, and one of those that differ in their format alone.
    """
    every = sorted(links, key=lambda link: not link.announced)
    articles = [link for link in every if not _COMMENTS.search(f"{link.title} {URL(link.address).path}")]
    announced = [link for link in articles or every if link.announced]
    kept: dict[str, Link] = {}
    for link in announced or articles or every:
        kept.setdefault(_subject(link), link)
    return tuple(kept.values())[:MOST_CHOICES]


def _subject(link: Link) -> str:
    """What two links to one feed in two formats have in common."""
    title = " ".join(re.findall(r"\w+", _FORMAT_WORDS.sub(" ", link.title.casefold())))
    if title:
        return title
    url = URL(link.address)
    return f"{url.host}{_FORMAT_WORDS.sub('', url.path).strip('/.')}?{_FORMAT_WORDS.sub('', url.query_string)}"


def may_be_feed_of(feed: str, page: str) -> bool:
    """Whether a link in the text of a page may lead to the page's own feed: on its site, or at a host for feeds."""
    host = URL(feed).host or ""
    return same_site(feed, page) or host.startswith(_FEED_HOSTS)


def usual_places(page: str, software: str = "", most: int = MOST_GUESSES) -> tuple[str, ...]:
    """Where the feed of a site usually is: of its own software first, beneath the page before the root of its site."""
    url = URL(page)
    section = _section(url)
    own = [path for name, path in _OF_SOFTWARE.items() if name in software.casefold()]
    paths = list(dict.fromkeys([*own, *COMMON_PATHS]))
    beneath = [_joined(section, path) for path in paths[:2]] if section != _root(url) else []
    places = [*beneath, *(_joined(_root(url), path) for path in paths)]
    asked = {page, page.rstrip("/")}
    return tuple(place for place in dict.fromkeys(places) if place not in asked)[:most]


def _section(url: URL) -> URL:
    """The folder that a page stands for; a file such as index.html stands for the one it is in."""
    path = url.path
    if re.search(r"/[^/]*\.\w{2,5}$", path):
        path = path.rpartition("/")[0]
    return _root(url).with_path(path.rstrip("/") + "/")


def _root(url: URL) -> URL:
    return url.origin().with_path("/")


def _joined(folder: URL, path: str) -> str:
    return str(folder) + path


def page_links(hrefs: Sequence[tuple[str, str]], page: str) -> list[Link]:
    """The ordinary links of a page, each with its words, that look like links to its feeds."""
    found = []
    for href, words in hrefs:
        address = find_url(href, page)
        if address and address != page and is_feed_like(address, words) and may_be_feed_of(address, page):
            found.append(Link(address, words.strip() if not _FEED_WORDS.fullmatch(words) else "", announced=False))
    return list(unlike(found))


def unlike(links: Iterable[Link]) -> tuple[Link, ...]:
    """The first of all links to each address."""
    kept: dict[str, Link] = {}
    for link in links:
        kept.setdefault(link.address, link)
    return tuple(kept.values())
