"""What people type finds the same articles on both databases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.searching import folded, snippet, words_of
from storage.types import SHARED, Audience
from tests.factories import NOON, SERVER, a_source, an_article

HERE = Audience(server_id=SERVER)

ARTICLES = {
    "harbour": ("A harbour opens", "The crews were praised at the opening. Trade is expected to grow."),
    "économie": ("L'économie repart", "Les crédits à l’économie réelle ont augmenté de 3 % — dit-on à Paris."),
    "straße": ("Die Straße ist gesperrt", "Über die gesperrte STRASSE fährt niemand; Umleitung über Düsseldorf-Süd."),
    "мэр": ("Мэр открыл мост", "Новый мост открыл мэр города. Ещё один построят в мае."),
    "港口": ("港口 开放", "新 港口 于 周五 开放"),
    "code": ("Release 2.0 of the parser", "See https://example.org/docs/parser_api for C-3PO's notes, version 10.4.1."),
}


@pytest.fixture
async def stored(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    new = [an_article(key, title=title, text=body) for key, (title, body) in ARTICLES.items()]
    async with storage.begin() as tx:
        kept = await tx.articles.keep(new, scope=SHARED, source_id=source_id, now=NOON)
    return {article_id: key for key, (_, article_id) in zip(ARTICLES, kept, strict=True)}


async def found(storage, stored, query):
    async with storage.reading() as tx:
        return [stored[hit.article.article_id] for hit in await tx.articles.search(query, HERE, 9)]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("economie", "économie"),
        ("ECONOMIE reelle", "économie"),
        ("e\u0301conomie", "économie"),  # an accent as a sign of its own
        ("harbours", "harbour"),  # stems: the plural
        ("praise opened crew", "harbour"),  # and other endings
        ("the at", "harbour"),  # no word is too common to look for
        ("straße", "straße"),
        ("dusseldorf sud", "straße"),
        ("МЭР", "мэр"),
        ("港口", "港口"),
        ("c-3po", "code"),
        ("parser_api", "code"),
        ("10.4.1", "code"),
        ("example.org/docs", "code"),
        ("'économie' & (repart | !rien) <-> \"", None),  # operators are no operators: `rien` occurs nowhere
        ("économie:* repart:Z", None),  # nor are weights and prefixes: no word `z` there
        ("economie NOT mayor", None),
        ("title:economie", None),
        ("harbour OR straße", None),
        ("NEAR(harbour crews)", None),
        ("harb", None),
        ("", None),
        ("?! ' \" * \\ :", None),
    ],
)
async def test_the_same_query_finds_the_same_article(storage, stored, query, key):
    assert await found(storage, stored, query) == ([key] if key else [])


async def test_a_word_in_the_title_counts_more(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    beside = an_article("beside", title="A bridge", text="The ferry is mentioned here, among other things.")
    about = an_article("about", title="The ferry", text="It was mended, and sails again, among other things.")
    async with storage.begin() as tx:
        await tx.articles.keep([about, beside], scope=SHARED, source_id=source_id, now=NOON)
        hits = await tx.articles.search("ferry", HERE, 9)
    assert [hit.article.title for hit in hits] == ["The ferry", "A bridge"]


async def test_an_updated_article_is_found_by_its_new_words_only(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    for body in ("The ferry sank on Friday, said the mayor.", "The tanker sank on Friday, said the mayor."):
        async with storage.begin() as tx:
            await tx.articles.keep([an_article(text=body)], scope=SHARED, source_id=source_id, now=NOON)
    async with storage.reading() as tx:
        assert await tx.articles.search("ferry", HERE, 9) == []
        assert len(await tx.articles.search("tanker", HERE, 9)) == 1


async def test_the_longest_article_is_taken_and_found_by_its_beginning(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    body = " ".join(f"w{number:x}" for number in range(250_000)) + " " + "endless" * 1000
    async with storage.begin() as tx:
        await tx.articles.keep([an_article(text=body)], scope=SHARED, source_id=source_id, now=NOON)
    async with storage.reading() as tx:
        assert len(await tx.articles.search("w1f w2b", HERE, 9)) == 1


@given(query=st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_words_are_nothing_but_letters_and_digits(query):
    assert all(word.isalnum() for word in words_of(query))
    assert folded(folded(query)) == folded(query)


async def test_nothing_that_is_typed_breaks_the_search(storage, stored):
    async with storage.reading() as tx:
        for query in ('"', "'; DROP TABLE articles; --", "\x00", "\ud800", "a\x00b", "%s %(x)s :words", "word " * 500):
            await tx.articles.search(query, HERE, 9)


def test_a_snippet_shows_where_the_words_are():
    body = "First of all. " * 40 + "Then the Économie grew, said the minister of trade." + " And so on." * 40
    shown = snippet(body, ["economie", "ministers"])
    assert "Then the Économie grew, said the minister of trade." in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown.split()) <= 29


def test_a_snippet_without_the_words_is_the_beginning():
    assert snippet("Short and clear.", ["absent"]) == "Short and clear."
    assert snippet("one " * 50, ["absent"]) == ("one " * 28).strip() + "…"
    assert snippet("?!", ["absent"]) == ""
