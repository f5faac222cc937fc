"""A brief, the answers of `/news`, and the form for pasted text."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.services.briefing import ArticleBrief
from bot.services.submissions import Refusal
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, fitting, listing
from bot.ui.text import address_link, plain, sentence_with_quotes, shortened, timestamp
from storage import Article, Found
from summarizer import Dateline

HEADLINE = 200
POINT = 500
REFUSED_NAME, REFUSED_REASON, MOST_REFUSED = 100, 500, 6
_DEGRADED = "the model was not available: points chosen by simpler rules"


def brief_body(made: ArticleBrief, now: datetime, progress: str = "") -> Body:
    """A brief with its origin, and a button that shows the sentences behind its points. `progress` says which of
    several it is.
    """
    brief = made.brief
    lines = [f"### {plain(brief.headline, HEADLINE)}", *(f"-# {line}" for line in _origins(made, now))]
    points = "\n".join(f"- {plain(point.text, POINT)}" for point in brief.points)
    blocks = ("\n".join(lines), points)
    said = "every point is a sentence of the text" if made.brief_id is not None else _DEGRADED
    footer = " · ".join(filter(None, [progress, said]))
    if made.brief_id is None:
        return fitting(blocks, footer)
    return fitting(
        blocks, footer, (Button("Sources", custom_ids.brief_sources(made.article.article_id, made.brief_id)),)
    )


def refusals_text(refusals: Sequence[Refusal], is_all: bool) -> str:
    """What was handed in and could not be briefed, with why. One thing alone needs no name."""
    if is_all and len(refusals) == 1:
        return sentence_with_quotes(refusals[0].reason)
    lines = [
        f"- **{plain(one.name, REFUSED_NAME)}**: {shortened(sentence_with_quotes(one.reason), REFUSED_REASON)}"
        for one in refusals[:MOST_REFUSED]
    ]
    more = len(refusals) - MOST_REFUSED
    return "\n".join(["Not briefed:", *lines, *([f"-# … and {more} more"] if more > 0 else [])])


def articles_body(heading: str, articles: Sequence[Article]) -> Body:
    """Stored articles, one line each."""
    lines = [f"- {_title(article)}\n  -# {_about(article)}" for article in articles]
    return listing(f"### {plain(heading, 150)}", lines)


def hits_body(words: str, hits: Sequence[Found]) -> Body:
    """What a search found, with the passage that matched."""
    lines = [f"- {_title(hit.article)}\n  {plain(hit.snippet, 220)}\n  -# {_about(hit.article)}" for hit in hits]
    return listing(f"### Articles about “{plain(words, 100)}”", lines)


def _origins(made: ArticleBrief, now: datetime) -> Iterator[str]:
    parts = [_dateline(made.brief.dateline), address_link(made.article.link)]
    if made.article.published:
        parts.append(timestamp(made.article.published, "D"))
    if origin := " · ".join(filter(None, parts)):
        yield origin
    if made.article.embargo_until and made.article.embargo_until > now:
        yield f"**Under embargo** until {timestamp(made.article.embargo_until)}: not to be published before"


def _dateline(dateline: Dateline | None) -> str:
    if dateline is None:
        return ""
    date = f"{dateline.date.day} {dateline.date:%B %Y}" if dateline.date else None
    return plain(", ".join(filter(None, [dateline.place, date, dateline.agency])))


def _title(article: Article) -> str:
    return f"**{plain(article.name, 160)}**"


def _about(article: Article) -> str:
    when = timestamp(article.published or article.first_seen, "R")
    return " · ".join(filter(None, [address_link(article.link), when]))
