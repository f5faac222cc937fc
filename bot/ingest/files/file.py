"""Files of every kind to articles, in the parsing child. What reads a kind is loaded with the first file of it."""

from typing import Any

from bot.ingest.files.kinds import Kind, is_whole_page, kind_of, refusal_of
from bot.ingest.values import Unreadable


def file(name: str, body: bytes) -> dict[str, Any]:
    """The articles in a file, as the fields of `parsers.Document`, and the names of the files attached to it."""
    if kind_of(body) is Kind.MAIL:
        from bot.ingest.files.mails import mail

        found = mail(body)
        return {"articles": list(map(_of_document, found["articles"])), "attachments": found["attachments"]}
    return {"articles": [_of_document(_one(name, body))], "attachments": []}


def attachment(number: int, body: bytes) -> dict[str, Any]:
    """The article in one of the attachments that `file` named."""
    from bot.ingest.files.mails import attached, mail

    name, data = attached(number, body)
    if kind_of(data) is Kind.MAIL:
        articles = mail(data)["articles"]
        if not articles:
            raise Unreadable("This mail holds no text.")
        return _of_document(articles[0])
    return _of_document(_one(name, data))


def _one(name: str, body: bytes) -> dict[str, Any]:
    match kind_of(body):
        case Kind.PDF:
            from bot.ingest.files.pdfs import pdf

            return pdf(body)
        case Kind.PACKAGE:
            from bot.ingest.files.word import word

            return word(body)
        case Kind.HTML:
            from bot.ingest.encodings import decoded
            from bot.ingest.pages.page import article_of_html, page

            return page(None, None, body) if is_whole_page(body) else article_of_html(decoded(body))
        case Kind.TEXT:
            from bot.ingest.files.plaintext import plain_document

            return plain_document(name.lower().endswith((".md", ".markdown")), body)
        case Kind.FEED:
            raise Unreadable("This file is a feed, not an article. `/source add` follows feeds.")
    raise Unreadable(refusal_of(body) or "This file is empty.")


def _of_document(found: dict[str, Any]) -> dict[str, Any]:
    """A page announces feeds, too, which are nothing of a document."""
    return {name: value for name, value in found.items() if name != "feeds"}
