"""Which stored article an incoming one is, and what becomes of it. Pure: what is known is handed in.

In this order: the same text; the same address; what its source knows it by; a near copy that somebody recognised.
"""

import enum
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from storage.types import UNNAMED, NewArticle, Outcome

MOST_UPDATES = 20
"""So often a source changes one article, and once more for every day; what changes at every poll is no news."""
MOST_UNNAMED = 20
"""So many entries without any name of their own a source brings in a day, after those it had when first read."""


class Change(enum.Enum):
    """What is written of an article."""

    NOTHING = enum.auto()
    INSERT = enum.auto()
    REPLACE = enum.auto()  # by another version
    RETITLE = enum.auto()  # and nothing else


@dataclass(frozen=True)
class Verdict:
    """What becomes of an incoming article; the ids of articles that are yet to be inserted are negative."""

    outcome: Outcome
    article_id: int
    change: Change = Change.NOTHING
    is_noted: bool = True  # its source is written down as one that has it


@dataclass(frozen=True)
class Stored:
    """A stored article, as far as incoming ones are compared with it."""

    article_id: int
    fingerprint: str
    url: str | None
    title: str | None
    length: int


@dataclass(frozen=True)
class Carried:
    """What the source brought of an article before; `is_first` when no other source brought it earlier.

    `is_read_by_others`: servers that do not follow the source have the article by another one, `is_read_elsewhere`: by
    one that has it at another place.
    """

    article_id: int
    fingerprint: str
    key: str | None
    link: str | None
    updates: int
    seen_at: datetime
    is_first: bool
    is_read_by_others: bool = False
    is_read_elsewhere: bool = False

    def says(self, new: NewArticle) -> bool:
        """The source said the same before; of what was taken in by older versions, the text alone is known."""
        return self.fingerprint in (version_of(new), new.delivered_fingerprint)


def version_of(new: NewArticle) -> str:
    """Identity of what a source says: it changes with its text and with its title."""
    return sha256(f"{new.delivered_fingerprint} {new.title or ''}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass
class Known:
    """What is stored of some incoming articles and of what their source brought before; it grows while they are judged.

    `unnamed` are the articles of the last day that nothing names; they are capped but for what was there at first.
    """

    now: datetime
    has_source: bool
    is_capped: bool = True
    by_text: dict[str, int] = field(default_factory=dict)
    by_url: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, int] = field(default_factory=dict)
    stored: dict[int, Stored] = field(default_factory=dict)
    carried: dict[int, Carried] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)

    def add(self, article: Stored) -> None:
        """Know an article, also one that is about to be written."""
        self.by_text[article.fingerprint] = article.article_id
        self.stored[article.article_id] = article
        if article.url:
            self.by_url[article.url] = article.article_id

    def named(self, new: NewArticle) -> int | None:
        """The stored article that the source knows by one of the incoming one's keys."""
        known = (self.by_key.get(key) for key in new.keys)
        return next((at for at in known if at in self.stored), None)

    def judge(self, new: NewArticle) -> Verdict:
        """What becomes of the next incoming article."""
        verdict = self._verdict(new)
        if verdict.change in (Change.INSERT, Change.REPLACE):
            before = self.stored.get(verdict.article_id)
            if before and self.by_text.get(before.fingerprint) == before.article_id:
                del self.by_text[before.fingerprint]
            url = new.url or (before.url if before else None)
            self.add(Stored(verdict.article_id, new.fingerprint, url, new.title, len(new.text)))
        if verdict.change is Change.INSERT and new.key == UNNAMED:
            self.unnamed.append(verdict.article_id)
        return verdict

    def _verdict(self, new: NewArticle) -> Verdict:
        if (same_text := self.by_text.get(new.fingerprint)) is not None:
            return self._retitled(same_text, new) or Verdict(Outcome.DUPLICATE, same_text)
        if (same := self._same(new)) is not None:
            return self._replaced(same, new)
        if new.copy_of in self.stored:
            return Verdict(Outcome.DUPLICATE, new.copy_of)
        if self.is_capped and new.key == UNNAMED and len(self.unnamed) >= MOST_UNNAMED:
            return Verdict(Outcome.DUPLICATE, self.unnamed[-1], is_noted=False)
        return Verdict(Outcome.STORED, -1 - len(self.stored), Change.INSERT)

    def _same(self, new: NewArticle) -> int | None:
        """The article with the same address, or else the one that the source knows by the same key."""
        if new.url in self.by_url:
            return self.by_url[new.url]
        if (at := self.named(new)) is None:
            return None
        carried, stored = self.carried[at], self.stored[at]
        if carried.says(new):
            return at
        # Others' articles it does not change; and a guid that is used again, for another address, says nothing.
        if not carried.is_first:
            return None
        is_moved = new.url is not None and stored.url is not None
        return at if not is_moved or new.copy_of == at or _folded(new.title) == _folded(stored.title) else None

    def _replaced(self, article_id: int, new: NewArticle) -> Verdict:
        """A new version where the source has carried the article and changed its mind; no mere rest of it."""
        carried = self.carried.get(article_id)
        is_completed = (
            self.stored[article_id].fingerprint == new.delivered_fingerprint
        )  # from its page, which failed before
        is_same = self.has_source and (carried is None or (carried.says(new) and not is_completed))
        if is_same or 2 * len(new.text) < self.stored[article_id].length:
            return Verdict(Outcome.DUPLICATE, article_id)
        if carried is not None and not self._may_change(carried):
            return Verdict(Outcome.DUPLICATE, article_id, is_noted=False)
        return Verdict(Outcome.UPDATED, article_id, Change.REPLACE)

    def _retitled(self, article_id: int, new: NewArticle) -> Verdict | None:
        stored, carried = self.stored[article_id], self.carried.get(article_id)
        if carried is None or carried.says(new) or not new.title or new.title == stored.title:
            return None
        if not carried.is_first or new.key == UNNAMED or (carried.key and carried.key != new.key):
            return None
        if not self._may_change(carried):
            return Verdict(Outcome.DUPLICATE, article_id, is_noted=False)
        return Verdict(Outcome.UPDATED, article_id, Change.RETITLE)

    def _may_change(self, carried: Carried) -> bool:
        """Not for ever, and not what others read who chose another source: it could put its words in that one's mouth.

        Feeds of one site have the article at one place, its own.
        """
        is_at_home = " " not in (self.stored[carried.article_id].url or " ")
        if carried.is_read_elsewhere or (carried.is_read_by_others and not is_at_home):
            return False
        return carried.updates < MOST_UPDATES + (self.now - carried.seen_at).days


def _folded(title: str | None) -> str:
    return " ".join((title or "").casefold().split())
