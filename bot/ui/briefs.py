"""A brief, the answers of `/news`, and the form for pasted text."""

from collections.abc import Sequence

from bot.services.briefing import ArticleBrief
from bot.ui import custom_ids
from bot.ui.bodies import Body, Button, fitting, listing
from bot.ui.text import address_link, plain, timestamp
from storage import Article, Found
from summarizer import Dateline

HEADLINE = 200
POINT = 500


def brief_body(made: ArticleBrief) -> Body:
    """A brief with its origin, and a button that shows the sentences behind its points."""
    brief = made.brief
    lines = [f"### {plain(brief.headline, HEADLINE)}"]
    origin = _origin(made)
    if origin:
        lines.append(f"-# {origin}")
    points = "\n".join(f"- {plain(point.text, POINT)}" for point in brief.points)
    blocks = ("\n".join(lines), points)
    if made.brief_id is None:
        return fitting(blocks, "the model was not available: points chosen by simpler rules")
    button = Button("Sources", custom_ids.brief_sources(made.article.article_id, made.brief_id))
    return fitting(blocks, "every point is a sentence of the text", (button,))


def articles_body(heading: str, articles: Sequence[Article]) -> Body:
    """Stored articles, one line each."""
    lines = [f"- {_title(article)}\n  -# {_about(article)}" for article in articles]
    return listing(f"### {plain(heading, 150)}", lines)


def hits_body(words: str, hits: Sequence[Found]) -> Body:
    """What a search found, with the passage that matched."""
    lines = [f"- {_title(hit.article)}\n  {plain(hit.snippet, 220)}\n  -# {_about(hit.article)}" for hit in hits]
    return listing(f"### Articles about “{plain(words, 100)}”", lines)


def _origin(made: ArticleBrief) -> str:
    parts = [_dateline(made.brief.dateline), address_link(made.article.link)]
    if made.article.published:
        parts.append(timestamp(made.article.published, "D"))
    return " · ".join(filter(None, parts))


def _dateline(dateline: Dateline | None) -> str:
    if dateline is None:
        return ""
    date = f"{dateline.date.day} {dateline.date:%B %Y}" if dateline.date else None
    return plain(", ".join(filter(None, [dateline.place, date, dateline.agency])))


def _title(article: Article) -> str:
    return f"**{plain(article.title or article.text, 160)}**"


def _about(article: Article) -> str:
    when = timestamp(article.published or article.first_seen, "R")
    return " · ".join(filter(None, [address_link(article.link), when]))
