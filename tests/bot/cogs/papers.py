"""What the papers of these tests print, as feeds and pages."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from tests.servers import Reply

FERRY = (
    "The ferry between the islands sailed again on Monday after four weeks in dock, the shipping company said. "
    "Divers had found a bent propeller shaft during a routine check in October.\n\n"
    "About 900 passengers a day had to take the longer way over the bridge, which adds 40 minutes. "
    "Tickets that were bought for the cancelled sailings stay valid until the end of March.\n\n"
    "The repair cost 1.2 million crowns, and the insurer will pay two thirds of it. "
    "A second ferry will be overhauled in spring before the season begins."
)
ORCHARD = (
    "Apple growers in the Ember valley harvested 31,000 tonnes this year, a fifth less than last year. "
    "Late frost in April destroyed the blossom in the lower orchards.\n\n"
    "The growers' association asked the regional government for emergency loans on Tuesday. "
    "Its chair, Marta Quill, said that about 60 farms could not pay their pickers without help.\n\n"
    "The ministry of agriculture promised an answer within two weeks. "
    "Prices in shops have risen by 12 per cent since September, according to the statistics office."
)
OBSERVATORY = (
    "The observatory on Mount Sorrel will close its public dome for six months from January. "
    "Engineers have to replace the rail on which the 40-tonne roof turns.\n\n"
    "The old rail was laid in 1961 and has sunk by nine millimetres on its northern side. "
    "Visitors can use two smaller telescopes in the garden during the work.\n\n"
    "The university pays 700,000 crowns for the repair and expects the dome to open again in July."
)
TUNNEL = (
    "Drilling of the railway tunnel under Mount Kessel reached the southern portal on Thursday, eight months late. "
    "The machine had been stuck in loose rock from February to September, the building company said.\n\n"
    "Trains are to run through the tunnel from 2029 and will need 17 minutes less than on the old line. "
    "The cost has risen from 2.1 to 2.6 billion crowns, according to the transport ministry.\n\n"
    "Opponents of the project said that the money was missing for regional lines."
)
TITLES = {
    "Ferry sails again": FERRY,
    "Frost halves orchards": ORCHARD,
    "Observatory closes dome": OBSERVATORY,
    "Tunnel is through": TUNNEL,
}


def paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))


def item(title: str, text: str, link: str) -> str:
    printed = format_datetime(datetime.now(UTC) - timedelta(hours=2))
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link><guid>{escape(link)}</guid>"
        f"<pubDate>{printed}</pubDate><description>{escape(paragraphs(text))}</description></item>"
    )


ALL = tuple(TITLES.items())


def rss(title: str = "Island Post", items: Sequence[tuple[str, str]] = ALL, at: str = "post") -> Reply:
    """A feed of full texts; `at` tells the addresses of two feeds apart."""
    entries = (item(name, text, f"https://{at}.example/{number}") for number, (name, text) in enumerate(items))
    body = f"<rss version='2.0'><channel><title>{escape(title)}</title>{''.join(entries)}</channel></rss>"
    return Reply(body, content_type="application/rss+xml")


def page(title: str, text: str, head: str = "") -> Reply:
    return Reply(
        f"<html><head><title>{escape(title)}</title>{head}</head>"
        f"<body><article><h1>{escape(title)}</h1>{paragraphs(text)}</article></body></html>"
    )


FRONT_PAGE = Reply(
    "<html><head><title>Island Post</title>"
    '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body><h1>Island Post</h1></body></html>'
)
