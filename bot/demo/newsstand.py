"""Small papers on a loopback port: real feeds and pages over real HTTP, and a list of them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from aiohttp import web

from bot.demo.articles import COURIER, GAZETTE, HERALD, OPINION, WIRE, Piece
from bot.ingest.opml import Outline, written

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Newsstand:
    """Where the papers are served."""

    base: str

    @property
    def herald(self) -> str:
        """The front page of a paper that announces its feed."""
        return f"{self.base}/herald"

    @property
    def courier_feed(self) -> str:
        """The feed of another paper."""
        return f"{self.base}/courier/feed.xml"

    @property
    def gazette(self) -> str:
        """The front page of a paper with two feeds; one of them only teases its articles."""
        return f"{self.base}/gazette"

    @property
    def reading_list(self) -> str:
        """An OPML file, as a feed reader exports one."""
        return f"{self.base}/reading-list.opml"

    @property
    def wire_text(self) -> str:
        """A plain wire text."""
        return f"{self.base}/wire.txt"

    def article(self, paper: str, slug: str) -> str:
        """One article's page."""
        return f"{self.base}/{paper}/{slug}"


@asynccontextmanager
async def newsstand(now: datetime) -> AsyncIterator[Newsstand]:
    """Serve the papers as of now; the port is free to choose for the system."""
    runner = web.AppRunner(web.Application(), access_log=None)
    papers = {"herald": ("The Marrowport Herald", (*HERALD, WIRE)), "courier": ("Coast Courier", COURIER)}
    for path, (title, pieces) in papers.items():
        _add_paper(runner.app, path, title, pieces, now)
    _add_gazette(runner.app, now)
    _add(runner.app, "/wire.txt", "text/plain", WIRE.text)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, 0)
        await site.start()
        port = runner.addresses[0][1]
        yield Newsstand(f"http://{LOOPBACK}:{port}")
    finally:
        await runner.cleanup()


def _add_paper(app: web.Application, path: str, title: str, pieces: Sequence[Piece], now: datetime) -> None:
    _add(app, f"/{path}", "text/html", _front_page(title, {title: f"/{path}/feed.xml"}))
    _add_feed(app, path, "feed.xml", title, pieces, now)


def _add_gazette(app: web.Application, now: datetime) -> None:
    """A paper with a feed of teasers, one of whole letters, and one of comments; and the list that names them."""
    title = "The Quay Gazette"
    feeds = {f"{title}: {part}": f"/gazette/{part.lower()}.xml" for part in ("News", "Opinion", "Comments")}
    _add(app, "/gazette", "text/html", _front_page(title, feeds))
    _add_feed(app, "gazette", "news.xml", f"{title}: News", GAZETTE, now, teases=True)
    _add_feed(app, "gazette", "opinion.xml", f"{title}: Opinion", OPINION, now)
    _add_feed(app, "gazette", "comments.xml", f"{title}: Comments", (), now)

    async def reading_list(request: web.Request) -> web.Response:
        base = f"{request.scheme}://{request.host}"
        outlines = [
            Outline(f"{base}/herald/feed.xml", "Herald", "Marrowport"),
            Outline(f"{base}/gazette/news.xml", "Gazette", "Marrowport"),
            Outline(f"{base}/gazette/opinion.xml", "Letters to the Gazette", "Marrowport/Opinion"),
            Outline("feed:harbour", "Harbour office"),
        ]
        return web.Response(body=written("Reading list of Ines", outlines), content_type="text/x-opml")

    app.router.add_get("/reading-list.opml", reading_list)


def _add_feed(
    app: web.Application,
    path: str,
    name: str,
    title: str,
    pieces: Sequence[Piece],
    now: datetime,
    *,
    teases: bool = False,
) -> None:
    """A feed, and a page for each of its articles."""
    for piece in pieces:
        _add(app, f"/{path}/{piece.slug}", "text/html", _page(piece, title.partition(":")[0]))

    async def feed(request: web.Request) -> web.Response:
        body = _feed(f"{request.scheme}://{request.host}/{path}", title, pieces, now, teases=teases)
        return web.Response(text=body, content_type="application/rss+xml")

    app.router.add_get(f"/{path}/{name}", feed)


def _add(app: web.Application, path: str, content_type: str, body: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body, content_type=content_type)

    app.router.add_get(path, answer)


def _front_page(title: str, feeds: Mapping[str, str]) -> str:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{path}" title="{escape(name)}">'
        for name, path in feeds.items()
    )
    head = f"<title>{escape(title)}</title>{links}"
    return f"<!doctype html><html lang=en><head>{head}</head><body><h1>{escape(title)}</h1>"


def _page(piece: Piece, paper: str) -> str:
    title = escape(piece.title or paper)
    head = f"<title>{title}</title><meta property='og:site_name' content='{escape(paper)}'>"
    return f"<!doctype html><html lang=en><head>{head}</head><body><article><h1>{title}</h1>{_html(piece)}</article>"


def _html(piece: Piece) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in piece.text.split("\n\n"))


def _feed(base: str, title: str, pieces: Sequence[Piece], now: datetime, *, teases: bool) -> str:
    items = "".join(_item(base, piece, now - timedelta(minutes=piece.minutes_ago), teases=teases) for piece in pieces)
    about = f"<title>{escape(title)}</title><link>{base}</link><language>en</language>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{about}{items}</channel></rss>'


def _item(base: str, piece: Piece, published: datetime, *, teases: bool) -> str:
    link = f"{base}/{piece.slug}"
    title = f"<title>{escape(piece.title)}</title>" if piece.title else ""
    about = f"{title}<link>{link}</link><guid>{link}</guid><pubDate>{format_datetime(published)}</pubDate>"
    text = escape(piece.text.partition(". ")[0] + " …") if teases else escape(_html(piece))
    return f"<item>{about}<description>{text}</description></item>"
