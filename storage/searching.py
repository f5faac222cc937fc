"""Searching: words as people type them, found whatever their case, accents and endings. Operators mean nothing.

SQLite folds and stems inside FTS5, by triggers on the articles. PostgreSQL is given words that were folded here, and
stems them itself: its own reading of a text depends on its locale, and its `unaccent` is an extension.
"""

import re
import unicodedata

from sqlalchemy import String, Subquery, TextClause, bindparam, column, text

MOST_WORDS = 20
LONGEST_INDEXED = 400_000
"""Bytes of an article that PostgreSQL indexes; it takes no more than a megabyte of words and places."""
LONGEST_QUOTED = 20_000
SNIPPET = 28
BEFORE = 6

_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")


def words_of(typed: str) -> list[str]:
    """The words of a query; what stands between them has no meaning."""
    return _WORD.findall(unicodedata.normalize("NFC", typed))[:MOST_WORDS]


def folded(words: str) -> str:
    """Words in lower case, without accents, one space between them."""
    if not words.isascii():
        words = _ACCENTS.sub("", unicodedata.normalize("NFD", words))
    return " ".join(_WORD.findall(words.casefold()))


def hits_on_sqlite(words: list[str]) -> Subquery:
    """Article ids with a distance, smaller is better: every word occurs.

    https://www.sqlite.org/fts5.html#full_text_query_syntax
    """
    query = text(
        "SELECT rowid AS hit, bm25(article_search, 4.0, 1.0) AS distance"
        " FROM article_search WHERE article_search MATCH :words"
    )
    return _hits(query, " ".join(f'"{word}"' for word in words))


def hits_on_postgresql(words: list[str]) -> Subquery:
    """The same there; longer texts count less, as they do in BM25.

    https://www.postgresql.org/docs/current/textsearch-controls.html#TEXTSEARCH-RANKING
    """
    query = text(
        "SELECT article_id AS hit, -ts_rank('{0, 0, 0.25, 1}', words, query, 1) AS distance"
        " FROM article_search, plainto_tsquery('dateline', :words) AS query WHERE words @@ query"
    )
    return _hits(query, folded(" ".join(words)))


def _hits(query: TextClause, words: str) -> Subquery:
    bound = query.bindparams(bindparam("words", words, String))
    return bound.columns(column("hit"), column("distance")).subquery()


INDEX_ON_POSTGRESQL = text(
    "INSERT INTO article_search (article_id, words) VALUES (:article_id,"
    " setweight(to_tsvector('dateline', :title), 'A') || setweight(to_tsvector('dateline', :text), 'B'))"
    " ON CONFLICT (article_id) DO UPDATE SET words = excluded.words"
)


def indexed(article_id: int, title: str | None, body: str) -> dict[str, object]:
    """What PostgreSQL is told of one article."""
    return {"article_id": article_id, "title": _most(title or "", 2000), "text": _most(body, LONGEST_INDEXED)}


def _most(body: str, size: int) -> str:
    return folded(body[:size]).encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")


def snippet(body: str, words: list[str]) -> str:
    """The stretch of a text that holds most of the words, else its beginning."""
    tokens = list(_WORD.finditer(body, 0, LONGEST_QUOTED))
    if not tokens:
        return ""
    stems = [_stem(folded(word)) for word in words]
    found = [{stem for stem in stems if folded(token[0]).startswith(stem)} for token in tokens]
    starts = [index for index, hits in enumerate(found) if hits]
    best = max(starts, key=lambda start: len(set().union(*found[start : start + SNIPPET - BEFORE])), default=0)
    first = max(0, min(best - BEFORE, len(tokens) - SNIPPET))
    last = min(first + SNIPPET, len(tokens)) - 1
    begin = 0 if first == 0 else tokens[first].start()
    end = len(body) if last == len(tokens) - 1 and len(body) <= LONGEST_QUOTED else tokens[last].end()
    return ("…" if begin else "") + body[begin:end].strip() + ("…" if end < len(body) else "")


def _stem(word: str) -> str:
    """So much of a word as its other forms share, roughly: only a snippet depends on it."""
    return word[: max(4, len(word) - 3)]
