"""Rules at work: which articles of an edition they let in, which they keep out, and which rule it was.

Subscription, server and digest each have rules, and an article must pass all three. Rules on sources judge each source
that carried it: it is in while one of them may be taken. A pattern has a moment for each text and some seconds for an
edition; one that takes longer is treated as if it were not there for the rest of it, and named in `Sifted.too_slow`.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.services.rules import READ_CHARACTERS, Kind, Rule, Rules, folded
from storage import Article, Carrier
from summarizer.languages import language_of

SECONDS_A_TEXT = 0.05
SECONDS_AN_EDITION = 2.0
_MOST_NAMED = 3


@dataclass(frozen=True)
class Level:
    """Rules and whose they are: "this server"."""

    owner: str
    rules: Rules


@dataclass(frozen=True)
class Passed:
    """An article that is let in: by which sources it comes, and which rules asked for it."""

    article: Article
    carriers: tuple[Carrier, ...]
    asked_for: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class KeptOut:
    """An article that a rule keeps out, and which one, in words."""

    article: Article
    carriers: tuple[Carrier, ...]
    reason: str


@dataclass(frozen=True)
class Sifted:
    """What became of the articles, in their order."""

    passed: tuple[Passed, ...]
    kept_out: tuple[KeptOut, ...]
    too_slow: tuple[Rule, ...] = ()


def sift(
    articles: Sequence[Article],
    carriers: Mapping[int, Sequence[Carrier]],
    levels: Sequence[Level],
    of_sources: Mapping[int, Rules],
    clock: Callable[[], float] = time.perf_counter,
) -> Sifted:
    """Judge articles by the rules of all levels, and by those of each source by its id. Runs in a thread."""
    patterns = Patterns(clock)
    verdicts = [
        _verdict(_Text(article), tuple(carriers[article.article_id]), levels, of_sources, patterns)
        for article in articles
    ]
    return Sifted(
        tuple(verdict for verdict in verdicts if isinstance(verdict, Passed)),
        tuple(verdict for verdict in verdicts if isinstance(verdict, KeptOut)),
        tuple(patterns.too_slow),
    )


@dataclass
class Patterns:
    """Runs regular expressions within their time, and remembers those that took too long."""

    clock: Callable[[], float]
    left: float = SECONDS_AN_EDITION
    too_slow: dict[Rule, None] = field(default_factory=dict)

    def match(self, rule: Rule, text: str) -> bool | None:
        """Whether a text fits; None when the rule is not applied because it takes too long."""
        if rule in self.too_slow:
            return None
        if self.left <= 0:
            self.too_slow[rule] = None
            return None
        started = self.clock()
        try:  # lets other threads run meanwhile
            return rule.pattern.search(text, timeout=SECONDS_A_TEXT, concurrent=True) is not None
        except TimeoutError:
            self.too_slow[rule] = None
            return None
        finally:
            self.left -= self.clock() - started


@dataclass(frozen=True)
class _Text:
    article: Article

    @cached_property
    def title(self) -> str:
        return self.article.title or ""

    @cached_property
    def whole(self) -> str:
        return f"{self.title}\n{self.article.text[:READ_CHARACTERS]}"

    @cached_property
    def folded_title(self) -> str:
        return folded(self.title)

    @cached_property
    def folded_whole(self) -> str:
        return folded(self.whole)

    @cached_property
    def language(self) -> str:
        return language_of(self.article.text, self.article.language)


def _verdict(
    text: _Text,
    carriers: tuple[Carrier, ...],
    levels: Sequence[Level],
    of_sources: Mapping[int, Rules],
    patterns: Patterns,
) -> Passed | KeptOut:
    asked_for: list[Rule] = []
    for level in levels:
        refusal = _refusal(text, level, patterns, asked_for)
        if refusal:
            return KeptOut(text.article, carriers, refusal)
    kept: list[Carrier] = []
    reason = ""
    for carrier in carriers:
        own = Level(f"the source {carrier.name}", of_sources.get(carrier.source_id, Rules()))
        asked_by_own: list[Rule] = []
        refusal = _source_refusal(carrier, levels) or _refusal(text, own, patterns, asked_by_own)
        if refusal:
            reason = reason or refusal
        else:
            kept.append(carrier)
            asked_for += asked_by_own
    if carriers and not kept:
        return KeptOut(text.article, carriers, reason)
    return Passed(text.article, tuple(kept), tuple(dict.fromkeys(asked_for)))


def _refusal(text: _Text, level: Level, patterns: Patterns, asked_for: list[Rule]) -> str:
    """Why rules on words and languages keep it out, or nothing; those that let it in are added to `asked_for`."""
    for kind in (Kind.WORDS, Kind.LANGUAGE):
        for rule in level.rules.that_keep_out(kind):
            if _fits(rule, text, patterns):
                return f"kept out by the rule “{rule}” of {level.owner}"
        verdicts = {rule: _fits(rule, text, patterns) for rule in level.rules.that_let_in(kind)}
        asked_for += [rule for rule, fits in verdicts.items() if fits]
        applied = [rule for rule, fits in verdicts.items() if fits is not None]
        if applied and not any(verdicts.values()):
            return _let_in_by_none(applied, level)
    return ""


def _source_refusal(carrier: Carrier, levels: Sequence[Level]) -> str:
    """Why rules on sources do not take it from this one, or nothing."""
    for level in levels:
        for rule in level.rules.that_keep_out(Kind.SOURCE):
            if _is_named(carrier, rule):
                return f"kept out by the rule “{rule}” of {level.owner}"
        wanted = level.rules.that_let_in(Kind.SOURCE)
        if wanted and not any(_is_named(carrier, rule) for rule in wanted):
            return _let_in_by_none(wanted, level)
    return ""


def _is_named(carrier: Carrier, rule: Rule) -> bool:
    return rule.names(carrier.name) or rule.names(carrier.title)


def _fits(rule: Rule, text: _Text, patterns: Patterns) -> bool | None:
    if rule.kind is Kind.LANGUAGE:
        return rule.speaks_of_language(text.language)
    if rule.is_pattern:
        return patterns.match(rule, text.title if rule.of_title else text.whole)
    return all(term.occurs_in(text.folded_title if rule.of_title else text.folded_whole) for term in rule.terms)


def _let_in_by_none(rules: Sequence[Rule], level: Level) -> str:
    named = ", ".join(f"“{rule}”" for rule in rules[:_MOST_NAMED])
    more = f" and {len(rules) - _MOST_NAMED} more" if len(rules) > _MOST_NAMED else ""
    return f"no rule of {level.owner} lets it in: {named}{more}"
