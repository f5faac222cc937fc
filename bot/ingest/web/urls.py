"""Web addresses: what a user typed, what identifies an article, what is shown to readers.

All parsing is done by yarl, which is also what the HTTP client connects by: two parsers that read one address
differently are how a check is passed by one host and another one is fetched.
"""

import re
import unicodedata

from yarl import URL

from bot.errors import FetchRefused
from bot.ingest.web.spellings import cached_address, plain_host, plain_path, plain_query

MAX_LENGTH = 2_000
"""Characters of the longest address taken; servers and browsers stop near there too."""

_LONGEST_LOGIN = 300
_NO_ADDRESS = "This is not a web address. Give one like https://example.org/news."
# An anchor such as `#v2.1` or `#July_28_2026` is where release notes and journals keep an item: all links of their
# feeds lead to one page. `#comments`, `#comment-17`, `#:~:text=...` and `#xtor=RSS-1` are other ways to the same text.
# `#!` and `#/` begin the path of a page that a script puts together.
_ITEM_ANCHOR = re.compile(r"(?!comment|respond|:~:)[^=]*\d[^=]*|[!/].+", re.IGNORECASE)
_HOST = re.compile(r"[\w.:%-]+", re.ASCII)  # as it is sent; a letter such as U+00A8 is spelled out with a space
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)


def checked_url(text: str) -> str:
    """The absolute http(s) address in what a user typed or a page linked to; `example.org` becomes https.

    Raises FetchRefused for every other scheme, for user names in the address and for what is no address at all.
    """
    text = text.strip()
    if text.startswith("<") and text.endswith(">"):  # Discord's way to post a link without its preview
        text = text[1:-1]
    if not text:
        raise FetchRefused("No address was given.")
    if len(text) > MAX_LENGTH:
        raise FetchRefused(f"The address is longer than {MAX_LENGTH:,} characters.")
    if not _visible(text):
        raise FetchRefused("The address holds spaces or invisible characters. Copy it again without them.")
    return str(_checked(_with_scheme(text)))


def _visible(text: str) -> bool:
    if text.isascii():
        return text.isprintable() and " " not in text
    return not any(character.isspace() or unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text)


def _with_scheme(text: str) -> str:
    """`text` as an absolute address. Without a scheme it must look like one, lest every word becomes a host."""
    if scheme := _SCHEME.match(text):
        if scheme[1].lower() not in ("http", "https"):
            raise FetchRefused(f"Only http and https addresses are fetched, not {scheme[1].lower()}.")
        return text
    if not re.match(r"(?://)?(?:[^/]*\.[^/]|\[|localhost\b)", text):
        raise FetchRefused(_NO_ADDRESS)
    return "https:" + text if text.startswith("//") else "https://" + text


def _checked(text: str) -> URL:
    try:
        url = URL(text)
        host, port = url.raw_host, url.port
    except ValueError:
        raise FetchRefused(_NO_ADDRESS) from None
    if not host or not _HOST.fullmatch(host) or not host.strip(".") or not port:
        raise FetchRefused(_NO_ADDRESS)
    if url.raw_user is not None or url.raw_password is not None:
        raise FetchRefused("Addresses with a user name or password in them are not fetched. Leave that part out.")
    return url


def split_login(text: str) -> tuple[str, str]:
    """The address that a user typed, checked and without its login, and the login: `name:password`, or `""`.

    The login is secret. Raises FetchRefused as `checked_url` does, and for half a login: a name alone is how an address
    poses as one of another host, or is itself a secret.
    """
    try:
        url = URL(_with_scheme(text.strip().removeprefix("<").removesuffix(">")))
        name, password, bare = url.user or "", url.password or "", str(url.with_user(None))
    except (ValueError, FetchRefused):
        return checked_url(text), ""  # which says what is wrong
    if url.raw_user is None and url.raw_password is None:
        return checked_url(text), ""
    if not (name and password) or ":" in name or len(name + password) > _LONGEST_LOGIN:
        raise FetchRefused("For a login, write name and password: https://name:password@example.org/feed.")
    if not (name + password).isprintable():
        raise FetchRefused("The login in the address holds invisible characters. Copy it again without them.")
    return checked_url(bare), f"{name}:{password}"


def with_user(address: str, login: str) -> str:
    """The address with the name of a `name:password` login in it, but not the password; as it is without a login."""
    name, _, _ = login.partition(":")
    return str(URL(address).with_user(name)) if name else address


def without_user(address: str, login: str) -> str:
    """The address that `with_user` was made of; one that holds another name is left as it is."""
    name, _, _ = login.partition(":")
    try:
        url = URL(address)
        return str(url.with_user(None)) if name and (url.user, url.raw_password) == (name, None) else address
    except ValueError:
        return address


def find_url(link: str | None, base: str | None = None) -> str | None:
    """The absolute http(s) address of a link found in content, resolved against `base`; None when it is none."""
    if not link or len(link) > MAX_LENGTH:
        return None
    try:
        url = URL(re.sub(r"[\t\r\n]", "", link.strip()))
        if not url.absolute and base:
            url = URL(base).join(url)
        return checked_url(str(url)) if url.absolute else None
    except (ValueError, FetchRefused):
        return None


def canonical_url(url: str) -> str:
    """What identifies an article or a source, however its address is written. It is compared and never fetched.

    Scheme, default port, trailing and doubled slashes, names of index files, order of parameters, and all that
    `bot.ingest.web.spellings` knows of telephones, AMP and tracking make no difference; nor do fragments, but for those
    that number an item of the page. A user's name stays: a page behind a login may be another one. A text that is no
    web address identifies itself.
    """
    url = url.strip()
    if len(url) > MAX_LENGTH:
        return url
    try:
        canonical = _canonical(URL(url))
    except ValueError:
        return url
    return canonical or url


def _canonical(parsed: URL) -> str | None:
    host, port = parsed.raw_host, parsed.explicit_port
    if parsed.scheme not in ("http", "https") or not host:
        return None
    if inner := cached_address(host, parsed.raw_path):
        return _canonical(URL(inner, encoded=True).with_query(parsed.query).with_fragment(parsed.fragment))
    user = f"{parsed.raw_user}@" if parsed.raw_user else ""
    netloc = user + plain_host(host) + (f":{port}" if port not in (None, 80, 443) else "")
    query = plain_query(host, parsed.query.items())
    anchor = parsed.fragment if _ITEM_ANCHOR.fullmatch(parsed.fragment) else None
    plain = URL(f"https://{netloc}{plain_path(parsed.raw_path)}", encoded=True)
    return str(plain.with_query(query).with_fragment(anchor))


def host_of(url: str) -> str:
    """The host of an address as it is shown to readers: without `www.`, and in ASCII, so that no letter can pose as
    another.
    """
    try:
        return (URL(url).raw_host or url).removeprefix("www.")
    except ValueError:
        return url


def same_site(one: str, other: str) -> bool:
    """Whether one address is on the host of the other or on a subdomain of it."""
    hosts = [plain_host(host_of(url)) for url in (one, other)]
    shorter, longer = sorted(hosts, key=len)
    return longer == shorter or longer.endswith("." + shorter)


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of one server: the same scheme, host and port. A login is told to no other."""
    try:
        return URL(one).origin() == URL(other).origin()
    except ValueError:
        return False
