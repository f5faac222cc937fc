"""Under Sources stands which day a sentence means where it says "on Tuesday"."""

from dataclasses import replace
from datetime import date

from bot.services.briefing import ArticleBrief
from bot.services.stories import Composition, Evidence, Story, StoryPoint, quote
from bot.ui.evidence import MOST_DAYS, brief_evidence, edition_evidence
from storage import Article, Size, fingerprint
from summarizer import Brief, Method, Point
from summarizer.types import Span
from tests.factories import NOON

TEXT = "The mayor spoke on Monday. The harbour opened on Tuesday, not on\nFriday. It rained on Sunday."
START, END = 27, 72
DATES = tuple(
    (TEXT.index(word), TEXT.index(word) + len(word), date(2021, 7, day))
    for word, day in (("Monday", 26), ("Tuesday", 27), ("Friday", 30), ("Sunday", 25))
)
ARTICLE = Article(7, "shared", None, None, "Harbour", None, None, "en", TEXT, fingerprint(TEXT), NOON, dates=DATES)
DAYS = "-# Tuesday: 27 July 2021 · Friday: 30 July 2021"


def edition_block(article: Article | None) -> str:
    evidence = Evidence(7, START, END, quote(TEXT, START, END))
    composition = Composition((Story("Harbour", (StoryPoint("It opened.", (evidence,)),), ()),), 1, degraded=False)
    (block,) = edition_evidence(composition, {7: article} if article else {}, Size.FULL)
    return block


def brief_block(article: Article) -> str:
    brief = Brief("Harbour", (Point("It opened.", (Span(START, END),)),), None, "en", Method.EXTRACTIVE, "none")
    (block,) = brief_evidence(ArticleBrief(article, brief, ((quote(TEXT, START, END),),), 1))
    return block


def test_the_days_of_the_quoted_sentence_stand_below_it():
    for block in (edition_block(ARTICLE), brief_block(ARTICLE)):
        lines = block.split("\n")
        assert lines[-2] == DAYS
        assert "26 July" not in block
        assert "25 July" not in block


def test_nothing_stands_there_without_dates_or_without_the_sentence():
    changed = replace(ARTICLE, text="Now " + TEXT)
    for article in (replace(ARTICLE, dates=()), changed):
        for block in (edition_block(article), brief_block(article)):
            assert "July 2021" not in block
    assert "July 2021" not in edition_block(None)


def test_words_of_an_article_do_nothing_there_and_do_not_fill_the_page():
    hostile = "**[x](http://evil.example)** @everyone " * 30
    text = hostile + " " + TEXT
    dates = tuple((at, len(hostile), date(2021, 7, 1 + at)) for at in range(20))
    article = replace(ARTICLE, text=text, dates=dates)
    evidence = Evidence(7, 0, len(text), quote(text, 0, len(text)))
    composition = Composition((Story("Harbour", (StoryPoint("It opened.", (evidence,)),), ()),), 1, degraded=False)
    (block,) = edition_evidence(composition, {7: article}, Size.FULL)
    (line,) = [line for line in block.split("\n") if "July 2021" in line]
    assert line.count("July 2021") == MOST_DAYS
    assert "](" not in line.replace("\\]", "")
    assert "@everyone" not in line.replace("\\@", "")
    assert len(line) < 1000
