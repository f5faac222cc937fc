"""How one web page is written in many addresses: for telephones, for AMP, with marks of where the reader came from.

Each rule folds what is known to lead to the same page and leaves the rest: two articles under one identity are one
article lost, while one article under two is found out later by its text.
"""

import re
from collections.abc import Iterable

_TRACKING = re.compile(
    r"""
    (?:utm|hsa|mtm|pk|piwik|matomo|at|ns|mc|cx|sfmc|elqtrack|oly|guce|fb_action|fb_comment|__hs|_hs|_branch|itm)_\w+
    | utm-?(?:source|medium|campaign|term|content) | elqtrack\w*
    | (?:fb|g|y|ys|ms|d|dc|tt|tw|rb_)clid | msclkid | rb_clickid | [gw]braid | gclsrc | gad_(?:source|campaignid)
    | srsltid | epik | _g[al] | li_fat_id | igsh(?:id)? | mibextid | sfnsn | fb_(?:source|ref)
    | mkt_tok | _hs(?:enc|mi) | __hs(?:tc|sc|fp) | hsctatracking | vero_(?:id|conv) | ml_subscriber(?:_hash)?
    | s?cmpid | int_?cmp | s_cid | s_kwcid | ef_id | icid | ncid | ocid | ito | xtor | wt[._][a-z]?mc(?:_\w+)?
    | ref_?(?:src|url) | smid | smtyp | sr_share | soc_(?:src|trk) | share_(?:source|medium|from|id|token)
    | guccounter | __?twitter_impression | trkcampaign | spm | tpcc | traffic_source | zanpid | _openstat | ftag
    | partner | maca | phpsessid | jsessionid | usqp | amp_(?:js_v|gsa|r) | __s
    """,
    re.IGNORECASE | re.VERBOSE,
)
# These names may say which page is meant; with these values they say where the reader came from.
_ORIGIN = re.compile(
    r"ref|referr?er|source|src|from|via|origin|medium|campaign|feature|mod|channel|cmp|rss|feed", re.IGNORECASE
)
_CAME_FROM = re.compile(
    r"rss\w{0,20}|(?:rss)?feeds?|feed(?:ly|burner)|atom|share\w{0,12}|social|(?:e-?)?mail|newsletter|push|homepage"
    r"|twitter|tw|x\.com|t\.co|youtu\.be|facebook(?:\.com)?|fb|linkedin|reddit|whatsapp|telegram|google_?news|news\.google\.com",
    re.IGNORECASE,
)
_REFERRER = re.compile(r"ref|via|referr?er", re.IGNORECASE)
_SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)  # the site on which the link stood
_YES = frozenset({"", "1", "true", "yes"})
_OTHER_VIEWS = {("output", "amp"), ("outputtype", "amp"), ("mode", "amp"), ("view", "amp"), ("type", "amp")}
_HOST_PREFIXES = ("www.", "m.", "amp.", "mobile.", "mobil.", "touch.", "wap.")
_INNER_M = re.compile(r"(?<=[^.])\.m\.(?=[^.]+\.)")  # en.m.wikipedia.org
_INDEX = re.compile(r"/(?:index\.(?:[xs]?html?|php|aspx?|jsp|cfm)|default\.(?:html?|aspx?))$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
# Under these, the last part of a path is the name of a subject; that of Amp may be a firm's or a guitarist's.
_SUBJECTS = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|keywords?|search|authors?|brands?|compan(?:y|ies)|quotes?|stocks?|symbols?|hashtag|wiki|user|[a-z])$",
    re.IGNORECASE,
)
_AMP_ENDING = re.compile(r"(?<=.)(?:/amp(?:\.html?)?|\.amp(?=\.html?$)|\.amp)(?P<type>\.html?)?$", re.IGNORECASE)
_AMP_BEGINNING = re.compile(r"(?:^/amp(?=/.*[\d-][^/]*$)|/amp(?=/[^/]*[\d-][^/]*$))", re.IGNORECASE)
_AMP_CACHES = re.compile(
    r"(?:(?:[\w-]+\.)?cdn\.ampproject\.org|[\w-]+\.bing-amp\.com)/(?:c|v|wp/c)/(?P<cached>.+)"
    r"|(?:www\.)?google\.[a-z.]{2,6}/amp/(?P<viewed>.+)",
    re.IGNORECASE,
)


def cached_address(host: str, path: str) -> str | None:
    """The address, without its query, of a page that stands in somebody's cache of AMP pages."""
    found = _AMP_CACHES.fullmatch(host + path)
    inner = found["cached"] or found["viewed"] if found else ""
    scheme, rest = ("https", inner[2:]) if inner.startswith("s/") else ("http", inner)
    return f"{scheme}://{rest}" if re.match(r"[\w-]+\.[\w.-]+(?:/|$)", rest) else None


def plain_host(host: str) -> str:
    """The host without what stands before it for telephones, for AMP or out of habit."""
    host = host.rstrip(".")
    if ":" in host:
        return f"[{host}]"
    before = None
    while host != before:
        before = host
        prefix = next((prefix for prefix in _HOST_PREFIXES if host.startswith(prefix)), "")
        rest = _INNER_M.sub(".", host.removeprefix(prefix))
        host = rest if "." in rest.strip(".") else host
    return host


def plain_path(path: str) -> str:
    """The path without doubled slashes, sessions, the name of an index file, and what asks for AMP."""
    before = None
    while path != before:
        before = path
        path = re.sub(r"/{2,}", "/", _SESSION.sub("", path))
        path = _INDEX.sub("/", path).rstrip("/")
        path = _AMP_BEGINNING.sub("", _without_amp_ending(path), count=1)
    return path or "/"


def _without_amp_ending(path: str) -> str:
    ending = _AMP_ENDING.search(path)
    if not ending or _SUBJECTS.search(path[: ending.start()]):
        return path
    return path[: ending.start()] + (ending["type"] or "")


def plain_query(host: str, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parameters that say which page is meant, in one order."""
    return sorted((name, value) for name, value in pairs if not _says_nothing(host, name, value))


def _says_nothing(host: str, name: str, value: str) -> bool:
    if _TRACKING.fullmatch(name) or (_ORIGIN.fullmatch(name) and _CAME_FROM.fullmatch(value)):
        return True
    if _REFERRER.fullmatch(name) and _SITE.fullmatch(value):
        return True
    if name.lower() in ("amp", "rss") or (name == "m" and ".blogspot." in host):
        return value.lower() in _YES
    return (name.lower(), value.lower()) in _OTHER_VIEWS
