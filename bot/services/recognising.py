"""Which stored article a new one is, where neither its text nor its address says so. Pure.

What stands on one site at two addresses are two articles, however alike: numbers of a journal, versions of a program,
lessons in one frame. It is one that has moved only where its title is the same too and nothing stands at the old place.
What two sites have in nearly the same words is one text.
"""

from collections.abc import Collection
from dataclasses import replace

from bot.ingest.web.urls import same_site
from bot.services.copies import Outline
from bot.services.reprints import is_reprint
from storage import NewArticle, Similar


def recognised(article: NewArticle, stored: Similar, present: Collection[str | None]) -> NewArticle | None:
    """The article marked as a near copy of the stored one; None when it is none. `present` are the keys of all entries
    that stand in the feed now.
    """
    if not stored.is_own or article.key is None:
        return replace(article, copy_of=stored.article_id) if _is_copy(article, stored) else None
    if _is_same_place(article, stored):
        return replace(article, copy_of=stored.article_id)
    if _is_moved(article, stored, present):
        return replace(article, copy_of=stored.article_id, key=stored.key)
    return None


def _is_same_place(article: NewArticle, stored: Similar) -> bool:
    """By its guid or its link it is what its own source has brought before; and guids may be used again."""
    is_named = stored.key == article.key or (stored.link is not None and stored.link == article.link)
    return is_named and _is_near(article, stored)


def _is_moved(article: NewArticle, stored: Similar, present: Collection[str | None]) -> bool:
    """What its own source has brought before, at another address."""
    return stored.key not in present and _titled_alike(article, stored) and _is_near(article, stored)


def _is_copy(article: NewArticle, stored: Similar) -> bool:
    """What another source has brought before."""
    address = (stored.url or "").split(" ")[-1]
    if article.link and address and same_site(article.link, address) and not _titled_alike(article, stored):
        return False
    return is_reprint(article.text, stored.text, stored.length)


def _titled_alike(article: NewArticle, stored: Similar) -> bool:
    titles = [" ".join((title or "").casefold().split()) for title in (article.title, stored.title)]
    return titles[0] == titles[1] != ""


def _is_near(article: NewArticle, stored: Similar) -> bool:
    return Outline.of(article.text).is_copy_of(Outline.of(stored.text))
