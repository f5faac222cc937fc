"""Sites whose feeds follow from the address of a page: nothing has to be searched there.

Each rule is what the site documents or what its own pages announce. An address that no rule knows has no feeds here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from yarl import URL

from bot.ingest.discovery import Link

_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_FEED_FILE = re.compile(r"\.(?:rss|atom|xml|json)/?$", re.IGNORECASE)
_NO_GITHUB_USER = {
    *("about", "apps", "collections", "contact", "customer-stories", "enterprise", "events", "explore"),
    *("features", "issues", "login", "marketplace", "new", "notifications", "organizations", "orgs"),
    *("pricing", "pulls", "readme", "search", "security", "settings", "signup", "site", "sponsors"),
    *("team", "topics", "trending"),
}
_NO_GITLAB_GROUP = frozenset(("explore", "help", "users", "search", "dashboard", "-"))
_NO_MEDIUM_PUBLICATION = frozenset(("m", "me", "about", "feed", "search", "creators", "membership", "jobs-at-medium"))

NO_FEEDS = {
    "x.com": "X offers no feeds",
    "twitter.com": "X offers no feeds",
    "facebook.com": "Facebook offers no feeds",
    "instagram.com": "Instagram offers no feeds",
    "threads.net": "Threads offers no feeds",
    "threads.com": "Threads offers no feeds",
    "linkedin.com": "LinkedIn offers no feeds",
    "tiktok.com": "TikTok offers no feeds",
    "t.me": "Telegram offers no feeds",
    "podcasts.apple.com": "Apple Podcasts does not show where a podcast has its feed",
    "open.spotify.com": "Spotify does not show where a podcast has its feed",
}
"""What is said without asking, of sites that are known to have nothing to read."""


@dataclass(frozen=True)
class _Place:
    """An address in the pieces that rules look at."""

    url: URL
    host: str  # without www. and the like
    parts: tuple[str, ...]  # of the path

    def at(self, path: str, query: str = "") -> str:
        """An address on the same host."""
        return str(self.url.origin().with_path(path)) + (f"?{query}" if query else "")

    def part(self, number: int) -> str:
        return self.parts[number] if number < len(self.parts) else ""


_Rule = Callable[[_Place], list[Link] | None]


def known_feeds(address: str) -> tuple[Link, ...]:
    """The feeds that follow from an address, best first; none where it has to be looked at."""
    place = _place(address)
    if _FEED_FILE.search(place.url.path) or place.url.query.get("format") == "atom":  # it is one
        return ()
    for hosts, rule in _RULES.items():
        if _is_on(place.host, hosts) and (links := rule(place)):
            return tuple(links)
    return ()


def likely_feeds(address: str) -> tuple[Link, ...]:
    """The feeds an address would have if its host ran software that anybody can run: Mastodon, Lemmy, Gitea, Discourse.

    Tried when the page itself announces none.
    """
    place = _place(address)
    first, second = place.part(0), place.part(1)
    if match := re.fullmatch(r"@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)", first):  # of another instance
        return (Link(f"https://{match[2]}/@{match[1]}.rss"),)
    if re.fullmatch(r"@[\w.-]+", first) or (first in ("users", "tags") and second and len(place.parts) == 2):
        return (Link(place.at("/" + "/".join(place.parts[: 1 if first.startswith("@") else 2]) + ".rss")),)
    if first in ("c", "u") and second and len(place.parts) == 2:
        return Link(place.at(f"/feeds/{first}/{second}.xml", "sort=New")), Link(place.at(f"/{first}/{second}.rss"))
    if first in ("c", "t", "tag") and second:
        return (Link(place.at("/" + "/".join(place.parts) + ".rss")),)
    return ()


def without_feeds(address: str) -> str:
    """A sentence about a site that is known to offer no feeds; empty for every other."""
    host = _place(address).host
    reason = next((reason for site, reason in NO_FEEDS.items() if _is_on(host, site)), "")
    return f"{reason}. Look for an RSS link on the own site of whoever writes there." if reason else ""


def _place(address: str) -> _Place:
    url = URL(address)
    host = (url.host or "").lower().rstrip(".").removeprefix("www.")
    return _Place(url, host, tuple(filter(None, url.path.split("/"))))


def _is_on(host: str, site: str) -> bool:
    return any(host == one or host.endswith("." + one) for one in site.split())


def _youtube(place: _Place) -> list[Link] | None:
    first, second = place.part(0), place.part(1)
    if first == "channel" and second:
        return [Link(f"{_YOUTUBE}?channel_id={second}")]
    if playlist := place.url.query.get("list"):
        return [Link(f"{_YOUTUBE}?playlist_id={playlist}")] if re.fullmatch(r"[\w-]+", playlist) else None
    return [Link(f"{_YOUTUBE}?user={second}")] if first == "user" and second else None


def _reddit(place: _Place) -> list[Link] | None:
    base = "https://www.reddit.com"
    parts = ["user" if part == "u" and number == 0 else part for number, part in enumerate(place.parts)]
    if parts[:1] == ["search"] or parts[2:3] == ["search"]:
        words = place.url.query.get("q", "")
        query = URL().with_query(q=words, sort="new").raw_query_string
        return [Link(f"{base}/{'/'.join(parts)}.rss?{query}")] if words else None
    if parts[:1] in (["r"], ["user"]) and len(parts) >= 2:
        return [Link(f"{base}/{'/'.join(parts)}/.rss")]
    return None if parts else [Link(f"{base}/.rss")]


def _github(place: _Place) -> list[Link] | None:
    owner, repository, kind = place.part(0), place.part(1), place.part(2)
    if not owner or owner in _NO_GITHUB_USER:
        return None
    if not repository:
        return [Link(f"https://github.com/{owner}.atom", f"Activity of {owner}")]
    base, name = f"https://github.com/{owner}/{repository}".removesuffix(".git"), f"{owner}/{repository}"
    rest = "/".join(place.parts[3:])
    releases, tags = Link(f"{base}/releases.atom", f"Releases of {name}"), Link(f"{base}/tags.atom", f"Tags of {name}")
    if kind in ("releases", "tags"):
        return [releases, tags] if kind == "releases" else [tags, releases]
    if kind in ("commits", "tree"):
        return [Link(f"{base}/commits/{rest}.atom" if rest else f"{base}/commits.atom", f"Commits of {name}")]
    if kind in ("discussions", "wiki"):
        return [Link(f"{base}/{kind}.atom", f"{kind.title()} of {name}")]
    return [releases] if kind else [releases, Link(f"{base}/commits.atom", f"Commits of {name}"), tags]


def _gitlab(place: _Place) -> list[Link] | None:
    if place.part(0) in ("", *_NO_GITLAB_GROUP):
        return None
    path, _, rest = "/".join(place.parts).partition("/-/")
    base = f"https://gitlab.com/{path}"
    if "/" not in path:
        return [Link(f"{base}.atom", f"Activity of {path}")]
    if rest.startswith("commits") or rest.startswith("tags"):
        return [Link(f"{base}/-/{rest}?format=atom")]
    return [
        Link(f"{base}/-/releases.atom", "Releases"),
        Link(f"{base}/-/tags?format=atom", "Tags"),
        Link(f"{base}.atom"),
    ]


def _codeberg(place: _Place) -> list[Link] | None:
    owner, repository = place.part(0), place.part(1)
    if owner in ("", "explore"):
        return None
    if not repository:
        return [Link(f"https://codeberg.org/{owner}.rss")]
    base = f"https://codeberg.org/{owner}/{repository}"
    return [Link(f"{base}/releases.rss", "Releases"), Link(f"{base}.rss", "Activity")]


def _bluesky(place: _Place) -> list[Link] | None:
    is_profile = place.part(0) == "profile" and place.part(1) and place.part(2) != "rss"
    return [Link(f"https://bsky.app/profile/{place.part(1)}/rss")] if is_profile else None


def _medium(place: _Place) -> list[Link] | None:
    if place.host != "medium.com":
        return [Link(place.at("/feed"))] if place.part(0) != "feed" else None
    first = place.part(0)
    if not first or first in _NO_MEDIUM_PUBLICATION:
        return None
    if first == "tag":
        return [Link(f"https://medium.com/feed/tag/{place.part(1)}")] if place.part(1) else None
    return [Link(f"https://medium.com/feed/{first}")]


def _substack(place: _Place) -> list[Link] | None:
    if place.host != "substack.com":
        return [Link(place.at("/feed"))] if place.part(0) != "feed" else None
    if match := re.fullmatch(r"@([\w-]+)", place.part(0)):  # mostly the name of their publication too
        return [Link(f"https://{match[1].lower()}.substack.com/feed")]
    return None


def _tumblr(place: _Place) -> list[Link] | None:
    first, second = place.part(0), place.part(1)
    blog = place.host if place.host != "tumblr.com" else f"{first}.tumblr.com"
    if place.parts[-1:] == ("rss",) or (
        place.host == "tumblr.com" and first in ("", "explore", "search", "tagged", "dashboard")
    ):
        return None
    if place.host != "tumblr.com" and first == "tagged" and second:
        return [Link(f"https://{blog}/tagged/{second}/rss")]
    return [Link(f"https://{blog}/rss")] if re.fullmatch(r"[\w.-]+", blog) else None


def _wordpress(place: _Place) -> list[Link] | None:
    if place.host == "wordpress.com" or place.parts[-1:] == ("feed",):
        return None
    part_of_it = place.part(0) in ("category", "tag", "author") and place.part(1)
    return [Link(place.at(f"/{'/'.join(place.parts)}/feed/" if part_of_it else "/feed/"))]


def _blogger(place: _Place) -> list[Link] | None:
    if place.part(0) == "feeds":
        return None
    if place.parts[:2] == ("search", "label") and place.part(2):
        return [Link(place.at(f"/feeds/posts/default/-/{place.part(2)}"))]
    return [Link(place.at("/feeds/posts/default"))]


def _stack_exchange(place: _Place) -> list[Link] | None:
    first, second, third = place.part(0), place.part(1), place.part(2)
    if first == "questions" and second == "tagged" and third:
        tags = [unquote(tag) for tag in place.url.raw_path.rpartition("/")[2].split("+")]
        words = (" " if "or" in tags else " and ").join(tags)
        return [Link(place.at("/feeds/tag", URL().with_query(tagnames=words, sort="newest").raw_query_string))]
    if first == "questions" and second.isdecimal():
        return [Link(place.at(f"/feeds/question/{second}"))]
    if first == "users" and second.isdecimal():
        return [Link(place.at(f"/feeds/user/{second}"))]
    return [Link(place.at("/feeds"))] if first in ("", "questions") else None


def _google_news(place: _Place) -> list[Link] | None:
    first = place.part(0)
    if first == "rss":
        return None
    if first in ("search", "topics", "publications"):
        return [Link(place.at("/rss/" + "/".join(place.parts), place.url.raw_query_string))]
    return [Link(place.at("/rss", place.url.raw_query_string))] if first in ("", "home") else None


def _pypi(place: _Place) -> list[Link] | None:
    is_project = place.part(0) == "project" and place.part(1)
    return [Link(f"https://pypi.org/rss/project/{place.part(1)}/releases.xml")] if is_project else None


def _crates(place: _Place) -> list[Link] | None:
    is_crate = place.part(0) == "crates" and place.part(1)
    return [Link(f"https://static.crates.io/rss/crates/{place.part(1)}.xml")] if is_crate else None


def _devto(place: _Place) -> list[Link] | None:
    first, second = place.part(0), place.part(1)
    if first == "feed":
        return None
    if first == "t" and second:
        return [Link(f"https://dev.to/feed/tag/{second}")]
    return [Link(f"https://dev.to/feed/{first}" if first else "https://dev.to/feed")]


def _vimeo(place: _Place) -> list[Link] | None:
    first = place.part(0)
    if not re.fullmatch(r"[a-z]\w+", first, re.IGNORECASE) or place.parts[-1] == "rss":
        return None
    path = f"channels/{place.part(1)}" if first == "channels" and place.part(1) else first
    return [Link(f"https://vimeo.com/{path}/videos/rss")]


def _arxiv(place: _Place) -> list[Link] | None:
    is_list = place.part(0) in ("list", "archive") and re.fullmatch(r"[\w.-]+", place.part(1))
    return [Link(f"https://rss.arxiv.org/rss/{place.part(1)}")] if is_list else None


def _hacker_news(place: _Place) -> list[Link] | None:
    return [Link("https://news.ycombinator.com/rss")] if place.part(0) in ("", "news") else None


_RULES: dict[str, _Rule] = {
    "youtube.com": _youtube,
    "reddit.com": _reddit,
    "github.com": _github,
    "gitlab.com": _gitlab,
    "codeberg.org": _codeberg,
    "bsky.app": _bluesky,
    "medium.com": _medium,
    "substack.com": _substack,
    "tumblr.com": _tumblr,
    "wordpress.com": _wordpress,
    "blogspot.com": _blogger,
    "stackoverflow.com stackexchange.com askubuntu.com serverfault.com superuser.com mathoverflow.net": _stack_exchange,
    "news.google.com": _google_news,
    "pypi.org": _pypi,
    "crates.io": _crates,
    "dev.to": _devto,
    "vimeo.com": _vimeo,
    "arxiv.org": _arxiv,
    "news.ycombinator.com": _hacker_news,
}
