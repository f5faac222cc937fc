"""Files that members upload, operators name and addresses answer with: text, web pages, PDFs, Word, mails.

What a file is, its content says (`ingest.kinds`); it is read in a parsing child.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import ContentRefused
from bot.ingest.files.kinds import HEAD, Kind, kind_of, refusal_of
from bot.ingest.files.kinds import looks_like_feed as looks_like_feed
from bot.ingest.parsers import Document as Document
from bot.ingest.parsers import Feed, Parsers

MAX_BYTES = 8_000_000


@dataclass(frozen=True)
class Documents:
    """The articles in a file: a mail has its own, those it forwards, and those attached. `refused` are the attachments
    that could not be read, each with its name and why.
    """

    articles: tuple[Document, ...]
    refused: tuple[tuple[str, str], ...] = ()


async def read_document(parsers: Parsers, name: str, body: bytes) -> Document:
    """The article in a file, of several the first. Raises ContentRefused."""
    return (await read_documents(parsers, name, body)).articles[0]


async def read_documents(parsers: Parsers, name: str, body: bytes) -> Documents:
    """The articles in a file, one at least. `name` tells Markdown from plain text, and nothing else.

    Raises ContentRefused when it is empty, too large, a feed, or of a kind that is not read.
    """
    await _check(parsers, body)
    found = await parsers.file(body, name)
    articles, refused = list(found.articles), []
    for number, attached in enumerate(found.attachments):
        try:
            articles.append(await parsers.attachment(body, number))
        except ContentRefused as refusal:
            refused.append((attached, str(refusal)))
    if not articles:
        raise _attachments_refused(refused)
    return Documents(tuple(articles), tuple(refused))


def _attachments_refused(refused: Sequence[tuple[str, str]]) -> ContentRefused:
    first, why = refused[0]
    if len(refused) == 1:
        return ContentRefused(f"“{first}”: {why}")
    names = ", ".join(name for name, _ in refused)
    return ContentRefused(f"None of its {len(refused)} attachments could be read, “{names}”. The first: {why}")


def is_page(content_type: str, body: bytes) -> bool:
    """Whether what an address answered is a web page, by its content, or by what it was declared where it is markup."""
    kind = kind_of(body)
    declared = "html" in content_type and body[:HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
    return kind is Kind.HTML or (declared and kind not in (Kind.FEED, Kind.PDF, Kind.PACKAGE))


async def _check(parsers: Parsers, body: bytes) -> None:
    if not body.strip(b"\0\t\n\r "):
        raise ContentRefused("This file is empty.")
    if len(body) > MAX_BYTES:
        raise ContentRefused(f"This file is larger than {MAX_BYTES / 1e6:g} MB. Hand in a smaller one.")
    match kind_of(body):
        case Kind.FEED:
            raise feed_refused(await parsers.feed(body))
        case Kind.OTHER:
            raise ContentRefused(refusal_of(body) or "This file holds no article.")


def feed_refused(feed: Feed) -> ContentRefused:
    """A feed was handed in where an article was meant."""
    count = f"{len(feed.entries)} entries" if len(feed.entries) != 1 else "one entry"
    title = f", “{feed.title}”" if feed.title else ""
    return ContentRefused(
        f"This is a feed with {count}{title}, not an article. `/source add` follows it; if you may not use that "
        "here, an admin can. For a brief, hand in the link of one of its articles."
    )
