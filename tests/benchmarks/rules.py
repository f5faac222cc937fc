"""The editor's rules over real articles: what share of points, headlines and briefs breaks each, beside the lead."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from bot.services.selection import points_for, within_budget
from bot.services.stories import Story, StoryPoint
from summarizer import Brief, Request, Summarizer
from summarizer.rules import EDITION_POINTS, Breach, Rule, broken_budget, broken_rules
from summarizer.words import length_in_words
from tests.benchmarks.articles import Article, briefs_of, feed_articles, lead_of, summary_articles
from tests.benchmarks.report import Report

_STORIES = 8  # of an edition made of feed articles
_POINTS, _FIRST, _HEADLINES, _BRIEFS = "points", "first points", "headlines", "briefs"
# What is counted for a rule; rule 3 binds points and the headlines that we make.
_ROWS = (
    (Rule.LENGTH, _POINTS),
    (Rule.ANTECEDENT, _POINTS),
    (Rule.ATTRIBUTION, _POINTS),
    (Rule.ATTRIBUTION, _HEADLINES),
    (Rule.PARTIES, _BRIEFS),
    (Rule.OPENING, _FIRST),
    (Rule.OPENING, _POINTS),
    (Rule.TIME, _POINTS),
    (Rule.PROSE, _POINTS),
    (Rule.HEADLINE, _HEADLINES),
    (Rule.REPLY, _POINTS),
    (Rule.SHARE, _BRIEFS),
)

Judged = tuple[Brief, tuple[Breach, ...]]


def measure() -> None:
    """Judge briefs and leads of every set and write the table."""
    sets = {
        "train": summary_articles("train", step=3),
        "writers": summary_articles("writers"),
        "feeds": feed_articles(100),
    }
    with Report("rules", "Editor's rules") as report:
        briefed = {name: briefs_of(articles) for name, articles in sets.items()}
        judged = {name: [_judged(article, brief) for article, brief in pairs] for name, pairs in briefed.items()}
        leads = {name: [_judged(a, lead_of(a, brief)) for a, brief in pairs] for name, pairs in briefed.items()}
        report.say(
            "What breaks each rule, in percent; lead-3 in brackets. Every third article of train, all of writers, and"
            " 100 entries of the live feeds with their titles and dates, taken from all feeds in turn, so that most are"
            " posts of blogs. Train and writers give no dates, so there every relative time breaks rule 6."
        )
        report.table(
            ["rule", "of", *(f"{name} ({len(found)})" for name, found in judged.items())],
            [
                [
                    f"{rule.value}. {rule.statement}",
                    unit,
                    *(_beside(rule, unit, judged[name], leads[name]) for name in sets),
                ]
                for rule, unit in _ROWS
            ],
        )
        report.say("; ".join(f"{name}: {_size(found)}" for name, found in judged.items()) + ".")
        report.say(_editions([article for article, _ in briefed["feeds"]]))


def _judged(article: Article, brief: Brief) -> Judged:
    return brief, broken_rules(brief, article.request, article.published)


def _beside(rule: Rule, unit: str, judged: Sequence[Judged], leads: Sequence[Judged]) -> str:
    ours = f"{share_broken(rule, unit, judged):.1f}"
    return ours if unit == _HEADLINES else f"{ours} ({share_broken(rule, unit, leads):.1f})"


def share_broken(rule: Rule, unit: str, judged: Sequence[Judged]) -> float:
    """Percent of the points, or of the briefs by their first point, their headline or as a whole, that break a rule."""
    if unit == _POINTS:
        broken = sum(len({one.point for one in found if one.rule is rule} - {None}) for _, found in judged)
        return 100 * broken / sum(len(brief.points) for brief, _ in judged)
    at = 0 if unit == _FIRST else None
    return 100 * sum(any(one.rule is rule and one.point == at for one in found) for _, found in judged) / len(judged)


def _size(judged: Sequence[Judged]) -> str:
    lengths = [length_in_words(point.text) for brief, _ in judged for point in brief.points]
    return f"{len(lengths)} points, median {median(lengths):g} words"


def _editions(articles: Sequence[Article]) -> str:
    """How many editions of so many feed articles break rule 10, or the median of rule 1, and by what."""
    editions = [articles[at : at + _STORIES] for at in range(0, len(articles) - _STORIES + 1, _STORIES)]
    found = [broken_budget(_shown(edition)) for edition in editions]
    reasons = Counter(breach.why for breaches in found for breach in breaches)
    why = f" ({', '.join(f'{why}: {count}' for why, count in reasons.most_common())})" if reasons else ""
    return f"Rule 10: {sum(map(bool, found))} of {len(editions)} editions of {_STORIES} feed articles break it{why}."


def _shown(articles: Sequence[Article]) -> list[tuple[str, list[str]]]:
    """Headlines and points as an edition of these articles shows them."""
    requests = [Request(one.text, one.title, points_for(position)) for position, one in enumerate(articles)]
    briefs = [brief for brief in Summarizer().summarize_batch(requests) if isinstance(brief, Brief)]
    told = [Story(brief.headline, tuple(StoryPoint(one.text, ()) for one in brief.points), ()) for brief in briefs]
    with_points = len(EDITION_POINTS)
    return [
        (story.headline, [point.text for point in story.points] if position < with_points else [])
        for position, story in enumerate(within_budget(told))
    ]


if __name__ == "__main__":
    measure()
