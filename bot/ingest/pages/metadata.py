"""What a page states about its article: title, authors, date, language, site, address.

A page states most of it several times, for readers, for search engines, for social networks. The order of trust for
each field was measured (`make bench ONLY=pages`).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.ingest.markup import title_line
from bot.ingest.pages.bylines import byline_of
from bot.ingest.pages.linkeddata import LinkedData, Node, is_free, text_of
from bot.ingest.pages.metatags import MetaTags, marked, value_of
from bot.ingest.pages.timestamps import best_timestamp, day_in_path
from bot.ingest.pages.titles import site_in_title, site_name, title_of
from bot.ingest.pages.visible import Visible
from bot.ingest.values import language_code
from bot.ingest.web.urls import find_url, host_of, same_site

_TITLES = [
    "dc:title",
    "dcterms:title",
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru:title",
    "citation_title",
    "headline",
    "title",
]
_AUTHORS = [
    "dc:creator",
    "dcterms:creator",
    "author",
    "article:author",
    "og:article:author",
    "byl",
    "parsely-author",
    "sailthru:author",
    "citation_author",
    "creator",
    "authors",
    "dcsext:author",
    "mediator_author",
    "byline",
]
_SURE_DATES = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
]
_DATES = [
    "parsely-pub-date",
    "sailthru:date",
    "dc:date:issued",
    "dcterms:issued",
    "dcterms:created",
    "dc:date",
    "citation_publication_date",
    "citation_date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "article:create_at",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "date_published",
    "pdate",
    "ptime",
    "og:pubdate",
    "date",
    "dcterms:date",
    "datecreated",
    "mediator_published_time",
    "bt:pubdate",
    "weibo:article:create_at",
]
_SITES = ["application-name", "apple-mobile-web-app-title", "publisher", "dc:publisher", "dcterms:publisher"]
_FIRM = re.compile(
    r"\b(?:Inc|Ltd|LLC|GmbH|AG|SE|S\.?A|S\.?p\.?A|S\.?r\.?l|B\.?V|Limited|Foundation|Corporation|Corp|Group)\.?$"
)
_LANGUAGES = ["content-language", "language", "dc:language", "og:locale"]


@dataclass(frozen=True)
class Metadata:
    """What a page states. `is_free` is whether its article can be read without an account, `is_article` whether it
    says that it is an article, `body` the text of that where it states it too.
    """

    title: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    url: str | None
    site_name: str | None
    is_free: bool | None = None
    is_article: bool = False
    body: str = ""


def metadata_of(root: Any, url: str | None) -> Metadata:
    """Read before anything is taken out of the tree."""
    linked, tags = LinkedData(root), MetaTags(root)
    head = _head_title(root)
    headings = _headings(root, "h1")
    canonical = canonical_address(root, tags, url)
    article = linked.article(canonical, [*tags.all(*_TITLES), *headings, head])
    site = _site_name(linked, tags, article, head, canonical)
    visible = Visible(root)
    authors = _authors(root, linked, article, tags)
    sites = [site or "", *tags.all("og:site_name", *_SITES), *_host_names(canonical), *authors]
    stated = [text_of(article.get("headline")), *tags.all(*_TITLES), head, text_of(article.get("name"))]
    title = title_of(stated, headings, [*headings, *_headings(root, "h2")], sites)
    byline = byline_of(authors, None if _is_person(article.get("author")) else site, title)
    return Metadata(
        title=title,
        byline=byline or next(filter(None, (byline_of([name], site, title) for name in visible.authors())), None),
        published=best_timestamp(_dates(root, linked, article, tags))
        or best_timestamp([*visible.dates(), day_in_path(canonical)]),
        language=_language(root, article, tags),
        url=canonical,
        site_name=site,
        is_free=is_free(article),
        is_article=bool(article) or tags.first("og:type").lower() == "article" or bool(tags.all(*_SURE_DATES)),
        body=text_of(article.get("articleBody")),
    )


def canonical_address(root: Any, tags: MetaTags, url: str | None) -> str | None:
    """The address that the page gives as its own; `url` when it gives none, one of another site, or its front page."""
    links = [link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for stated in (find_url(link, url) for link in [*links, *tags.all("og:url")]):
        if stated and (url is None or (same_site(stated, url) and not _is_front(stated, url))):
            return stated
    return url


def _is_front(stated: str, url: str) -> bool:
    parts = urlsplit(stated)
    return parts.path in ("", "/") and not parts.query and urlsplit(url).path not in ("", "/")


def _head_title(root: Any) -> str:
    """The title of the document; pictures in it have titles too."""
    titles = (
        title for title in root.iter("title") if title.getparent() is None or title.getparent().tag in ("head", "html")
    )
    return next(filter(None, (title_line(title.text or "") for title in titles)), "")


def _headings(root: Any, name: str) -> list[str]:
    return [
        " ".join("".join(heading.itertext()).split()) for _, heading in zip(range(20), root.iter(name), strict=False)
    ]


def _is_person(value: Any) -> bool:
    """Whether an author is stated to be a person, who may well have a site of the same name."""
    first = value[0] if isinstance(value, list) and value else value
    return isinstance(first, dict) and first.get("@type") == "Person"


def _site_name(linked: LinkedData, tags: MetaTags, article: Node, head: str, url: str | None) -> str | None:
    """The name of the site as readers know it, which is not always that of the firm behind it."""
    publisher = linked.publisher(article)
    hosts = _host_names(url)
    stated = ["" if _FIRM.search(publisher) else publisher, *tags.all("og:site_name"), linked.site_name()]
    stated += [*tags.all(*_SITES), site_in_title(head, hosts) or "", publisher]
    return next(filter(None, (site_name(name, hosts) for name in stated)), None)


def _host_names(url: str | None) -> list[str]:
    """What the host of an address may call itself: `bbc.co.uk` is "bbc" or "bbc.co.uk"."""
    host = host_of(url) if url else ""
    labels = host.split(".")
    return [name for name in (host, *labels[:-1]) if len(name) > 2]


def _dates(root: Any, linked: LinkedData, article: Node, tags: MetaTags) -> list[str]:
    elements = [value_of(element) for element in marked(root, "datePublished")]
    page = linked.page()
    return [
        text_of(article.get("datePublished")),
        *tags.all(*_SURE_DATES),
        *elements,
        *tags.all(*_DATES),
        text_of(page.get("datePublished")),
        text_of(article.get("dateCreated")),
    ]


def _language(root: Any, article: Node, tags: MetaTags) -> str | None:
    stated = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang"), root.get("xml:lang")]
    stated += [text_of(article.get("inLanguage")), *tags.all(*_LANGUAGES)]
    return next(filter(None, (language_code((tag or "").split(",")[0]) for tag in stated)), None)


def _authors(root: Any, linked: LinkedData, article: Node, tags: MetaTags) -> list[str]:
    """The first statement of authors that holds a name."""
    for names in (
        linked.names(article.get("author")),
        *(tags.all(name) for name in _AUTHORS),
        linked.names(article.get("creator")),
        [_author_name(element) for element in marked(root, "author")],
    ):
        if byline_of(names):
            return names
    return []


def _author_name(element: Any) -> str:
    named = next((inner for inner in element.iter() if "name" in (inner.get("itemprop") or "").split()), element)
    return value_of(named)
