"""Briefs as members see them: where they come from, what an article without a title is called, embargoes, refusals."""

from dataclasses import replace
from datetime import timedelta

from bot.services.briefing import ArticleBrief
from bot.services.stories import quote
from bot.services.submissions import Refusal
from bot.ui.briefs import articles_body, brief_body, refusals_text
from bot.ui.evidence import brief_evidence
from storage import Article
from summarizer import Brief, Method, Point, Span
from tests.factories import NOON

TEXT = "The harbour council voted nine to four on Tuesday to widen the northern channel.\n\nWork begins in May."
ARTICLE = Article(1, "shared", None, None, None, None, None, None, TEXT, "", NOON)
POINT = Point(TEXT[:80], (Span(0, 80),))
BRIEF = Brief("Council votes to widen channel", (POINT,), None, "en", Method.EXTRACTIVE, "none")


def made(**changes: object) -> ArticleBrief:
    return ArticleBrief(replace(ARTICLE, **changes), BRIEF, ((),), 5)


def shown(brief: ArticleBrief, progress: str = "") -> str:
    return "\n".join(brief_body(brief, NOON, progress).paragraphs)


def test_a_text_under_embargo_says_so_until_then() -> None:
    until = NOON + timedelta(hours=3)
    assert f"**Under embargo** until <t:{int(until.timestamp())}:F>" in shown(made(embargo_until=until))
    assert "mbargo" not in shown(made(embargo_until=NOON - timedelta(hours=3)))
    assert "mbargo" not in shown(made())


def test_one_of_several_says_which() -> None:
    assert "-# 2 of 4 · every point is a sentence" in shown(made(), "2 of 4")
    assert "-# every point is a sentence" in shown(made())


def test_an_article_without_a_title_is_called_by_its_beginning_everywhere() -> None:
    name = "The harbour council voted nine to four on Tuesday to widen the northern channel."
    assert ARTICLE.name == name
    assert f"**{name}**" in articles_body("Latest", [ARTICLE]).paragraphs[0]
    assert replace(ARTICLE, title="The vote").name == "The vote"
    long = replace(ARTICLE, text="word " * 100)
    assert len(long.name) <= 160
    assert long.name.endswith("word…")
    (evidence,) = brief_evidence(ArticleBrief(ARTICLE, BRIEF, ((quote(TEXT, 0, 80),),), 5))
    assert f"-# {name}" in evidence


def test_refusals_name_what_was_refused_and_do_nothing() -> None:
    named = "“[x](http://a.example)” is no article."
    refusals = [Refusal("a@everyone.txt", "This is a picture."), Refusal("**b**", named)]
    told = refusals_text(refusals, is_all=False)
    assert told.splitlines()[0] == "Not briefed:"
    assert r"- **a\@everyone.txt**: This is a picture." in told
    assert r"\[x\]" in told
    assert refusals_text(refusals[:1], is_all=True) == "This is a picture."
    assert len(refusals_text([Refusal("n" * 500, "r" * 5000)] * 20, is_all=True)) < 4000
