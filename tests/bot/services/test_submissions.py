"""Several things handed in at once: all that can be briefed is, everything counts, and nothing is lost silently."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.errors import ContentRefused
from bot.services.briefing import ArticleBrief
from bot.services.intake import HandedIn
from bot.services.quotas import OF_A_MEMBER, TooMuchAsked
from bot.services.submissions import MOST_AT_ONCE, Briefed, Refusal, Submission, briefs_of, links_in, only_links
from storage import Article
from summarizer import Brief, Method, TextRefused
from tests.factories import NOON

ARTICLE = Article(1, "shared", None, None, None, None, None, None, "Text.", "", NOON)


class Briefing:
    """Briefs every article by its title, but for those that are called "bad"."""

    async def brief(self, article: Article) -> ArticleBrief:
        if article.title == "bad":
            raise TextRefused("There is nothing to condense.")
        return ArticleBrief(article, Brief(article.name, (), None, "en", Method.EXTRACTIVE, "none"), (), None)


@dataclass
class Quota:
    """Lets so many through."""

    most: int = 100
    taken: list[int] = field(default_factory=list)

    def take(self) -> None:
        if len(self.taken) >= self.most:
            raise TooMuchAsked("You asked for", OF_A_MEMBER, timedelta(minutes=5))
        self.taken.append(1)


def handing(*titles: str, refused: tuple[tuple[str, str], ...] = ()) -> Submission:
    async def read() -> HandedIn:
        return HandedIn(tuple(replace(ARTICLE, title=title) for title in titles), refused)

    return Submission("/".join(titles), read)


def failing(name: str) -> Submission:
    async def read() -> HandedIn:
        raise ContentRefused(f"{name} is no article.")

    return Submission(name, read)


async def told(submissions: list[Submission], take: Callable[[], None] = lambda: None) -> list[str]:
    return [
        f"{one.made.article.name}, {one.progress}" if isinstance(one, Briefed) else f"{one.name}: {one.reason}"
        async for one in briefs_of(submissions, Briefing(), take)  # type: ignore[arg-type]
    ]


async def test_each_is_briefed_in_order_and_the_refused_are_told_after() -> None:
    assert await told([handing("a"), failing("b"), handing("bad"), handing("d")]) == [
        "a, 1 of 3",
        "bad: There is nothing to condense.",
        "d, 3 of 3",
        "b: b is no article.",
    ]
    assert await told([handing("a")]) == ["a, "]


async def test_a_mail_brings_several_and_what_of_it_could_not_be_read() -> None:
    mail = handing("a", "b", refused=(("c.doc", "Old."),))
    assert await told([mail]) == ["a, 1 of 2", "b, 2 of 2", "c.doc: Old."]


async def test_every_article_but_the_first_is_counted() -> None:
    quota = Quota()
    await told([handing("a", "b"), handing("c"), failing("d")], quota.take)
    assert len(quota.taken) == 3  # the first was counted before


async def test_what_goes_beyond_the_quota_is_told() -> None:
    answers = await told([handing("a", "b"), handing("c"), handing("d")], Quota(1).take)
    assert [answer.partition(":")[0] for answer in answers] == ["a, 1 of 3", "b", "c, 3 of 3", "d"]
    assert all("You asked for 10 briefs" in answer for answer in (answers[1], answers[3]))


@pytest.mark.parametrize("submissions", [[handing(*"abcdef")], [handing(one) for one in "abcdef"]])
async def test_what_goes_beyond_the_most_at_once_is_named(submissions: list[Submission]) -> None:
    answers = await told(submissions)
    assert [answer.partition(",")[0] for answer in answers[:MOST_AT_ONCE]] == list("abcd")
    assert answers[MOST_AT_ONCE:] == [
        f"{one}: At most 4 articles are briefed at once. Hand this one in by itself." for one in "ef"
    ]


async def test_nothing_is_read_that_would_not_be_briefed() -> None:
    read = []

    async def reading() -> HandedIn:
        read.append(1)
        return HandedIn((ARTICLE,))

    answers = [one async for one in briefs_of([Submission("a", reading)] * 9, Briefing(), lambda: None)]  # type: ignore[arg-type]
    assert len(read) == MOST_AT_ONCE
    assert sum(isinstance(one, Refusal) for one in answers) == 5


def test_links_of_a_text() -> None:
    text = (
        "See (https://a.example/b_(c)), <https://a.example/d>. “https://e.example/f”, https://discord.com/channels/1/2"
    )
    assert links_in(f"{text} https://a.example/d") == [
        "https://a.example/b_(c)",
        "https://a.example/d",
        "https://e.example/f",
    ]
    assert only_links("Look: https://a.example/b")
    assert not only_links("Look, all of you")
    assert not only_links("The council voted on Tuesday to widen the northern channel https://a.example/b")
