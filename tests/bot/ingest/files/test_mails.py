"""Mails: what is the article in them, what is left out, and those that cannot be read."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from textwrap import wrap

import pytest

from bot.errors import ContentRefused
from bot.ingest.files.documents import Documents, read_document, read_documents
from bot.ingest.files.kinds import looks_like_mail
from bot.ingest.files.mails import DEEPEST, MOST_MAILS, MOST_PARTS
from bot.ingest.parsers import Parsers
from bot.ui.text import sentence_with_quotes
from tests.printing import Printed, docx, paragraph

pytestmark = pytest.mark.asyncio(loop_scope="module")

VOTE = "The harbour council voted nine to four on Tuesday to widen the northern channel. Work begins in May."
TIDE = "Opponents had warned that a deeper channel would speed up the tide, which the engineers of the council dispute."
HTML = f"<html><body><h1>The vote</h1><p>{VOTE}</p><p>{TIDE}</p></body></html>"


def mail(text: str = "", **headers: str) -> EmailMessage:
    made = EmailMessage(policy=SMTP.clone(max_line_length=998))
    said = {"From": "Ada Quill <ada@harbour.example>", "Date": "Fri, 20 Nov 2026 10:15:00 +0100", "Subject": "The vote"}
    for name, value in (said | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        made[name] = value
    if text:
        made.set_content(text)
    return made


async def read(parsers: Parsers, message: EmailMessage | bytes) -> Documents:
    return await read_documents(parsers, "a.bin", message if isinstance(message, bytes) else bytes(message))


async def text_of(parsers: Parsers, message: EmailMessage | bytes) -> str:
    (article,) = (await read(parsers, message)).articles
    return article.text


async def test_subject_sender_and_date_are_those_of_the_article(parsers: Parsers) -> None:
    sent = mail(f"{VOTE}\n\n{TIDE}", Subject="Fwd: Re: The vote")
    sent["Content-Language"] = "en, de"
    (article,) = (await read(parsers, sent)).articles
    assert (article.title, article.byline, article.language) == ("The vote", "Ada Quill", "en")
    assert article.published == datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
    assert article.text == f"{VOTE}\n\n{TIDE}"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (b"=?utf-8?b?R3LDtsOfZSBkZXMgS2FuYWxz?=", "Größe des Kanals"),
        (b"=?iso-8859-1?q?Gr=F6=DFe?= des Kanals", "Größe des Kanals"),
        (b"=?utf-8?q?Gr=C3=B6?=\r\n =?utf-8?q?=C3=9Fe?= des Kanals", "Größe des Kanals"),
        ("Größe des Kanals".encode(), "Größe des Kanals"),
        ("Größe des Kanals".encode("cp1252"), "Größe des Kanals"),
        (b"=?iso-2022-jp?b?GyRCOUE7VBsoQg==?=", "港市"),
        (b"=?no-such-charset?q?Vote?=", "Vote"),
        (b"=?utf-8?b?%%%?= vote", "vote"),
        (b"The\r\n vote", "The vote"),
        (b"", None),
    ],
)
async def test_headers_in_any_encoding(parsers: Parsers, raw: bytes, title: str | None) -> None:
    body = b"From: a@harbour.example\r\nMIME-Version: 1.0\r\nSubject: " + raw + b"\r\n\r\n" + VOTE.encode()
    assert (await read_document(parsers, "a.eml", body)).title == title


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("utf-8", VOTE.replace("Tuesday", "Diëta").encode()),
        ("iso-8859-1", VOTE.replace("Tuesday", "Diëta").encode("cp1252")),
        ("no-such-charset", VOTE.replace("Tuesday", "Diëta").encode()),
        ("us-ascii", VOTE.replace("Tuesday", "Diëta").encode("cp1252")),
    ],
)
async def test_bodies_in_any_encoding(parsers: Parsers, charset: str, encoded: bytes) -> None:
    head = f"From: a@harbour.example\r\nSubject: a\r\nContent-Type: text/plain; charset={charset}\r\n"
    coded = b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(encoded)
    assert "Diëta" in await text_of(parsers, head.encode() + coded)
    assert "Diëta" in await text_of(parsers, head.encode() + b"\r\n" + encoded)


async def test_japanese_of_seven_bits(parsers: Parsers) -> None:
    text = "港湾委員会は火曜日に北の航路を広げることを九対四で決めた。工事は五月に始まる。" * 3
    head = b"From: a@harbour.example\r\nSubject: a\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n"
    assert await text_of(parsers, head + text.encode("iso2022_jp")) == text


async def test_of_alternatives_the_one_that_tells_the_article(parsers: Parsers) -> None:
    rich = mail("Open this mail in a program that shows HTML.")
    rich.add_alternative(HTML, subtype="html")
    assert await text_of(parsers, rich) == f"The vote\n\n{VOTE}\n\n{TIDE}"
    plain = mail(f"{VOTE}\n\n{TIDE}")
    plain.add_alternative("<html><body><p>Open it in a browser.</p></body></html>", subtype="html")
    assert await text_of(parsers, plain) == f"{VOTE}\n\n{TIDE}"


async def test_broken_lines_are_joined(parsers: Parsers) -> None:
    lines = VOTE.replace("the northern", "the\nnorthern") + "\n\n- One\n- Two"
    assert await text_of(parsers, mail(lines)) == f"{VOTE}\n\n- One\n- Two"
    flowed = mail(VOTE.replace("voted ", "voted \n").replace("widen ", "widen \n"))
    flowed.set_param("format", "flowed")
    assert await text_of(parsers, flowed) == VOTE


QUOTED = f"> {TIDE}\n> It had been the second vote.\n"


@pytest.mark.parametrize(
    "text",
    [
        f"{VOTE}\n\nOn Thu, 19 Nov 2026 at 17:02, Ben Oar <ben@post.example> wrote:\n{QUOTED}",
        f"{VOTE}\n\nOn Thu, 19 Nov 2026 at 17:02, Ben Oar\n<ben@post.example> wrote:\n\n{QUOTED}",
        f"{VOTE}\n\nAm 19.11.2026 um 17:02 schrieb Ben Oar:\n{QUOTED}",
        f"{VOTE}\n\nLe 19 nov. 2026 à 17:02, Ben Oar a écrit :\n{QUOTED}",
        f"{VOTE}\n\n-----Original Message-----\nFrom: Ben Oar\n\n{TIDE}",
        f"{QUOTED}\n{VOTE}",
        f"{VOTE}\n\n-- \nAda Quill\nHarbour press office\nTel. 12 34 56",
        f"{VOTE}\n\nSent from my telephone",
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{VOTE}\n-----BEGIN PGP SIGNATURE-----\n\niQE=\n-----END",
    ],
)
async def test_quotations_and_signatures_are_left_out(parsers: Parsers, text: str) -> None:
    assert await text_of(parsers, mail(text)) == VOTE


async def test_a_mail_that_only_quotes_is_what_it_quotes(parsers: Parsers) -> None:
    assert await text_of(parsers, mail(f"See below.\n\n> {VOTE}\n>\n> {TIDE}")) == f"See below.\n\n{VOTE}\n\n{TIDE}"


async def test_what_a_reply_in_html_quotes_is_left_out(parsers: Parsers) -> None:
    reply = mail()
    reply.set_content(f"<p>{VOTE}</p><blockquote type='cite'><p>{TIDE}</p></blockquote>", subtype="html")
    assert await text_of(parsers, reply) == VOTE
    only = mail()
    only.set_content(f"<p>See:</p><blockquote type='cite'><p>{VOTE}</p></blockquote>", subtype="html")
    assert VOTE in await text_of(parsers, only)


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nFrom: Ben Oar <ben@post.example>\n"
        "Date: Thu, 19 Nov 2026 17:02:00 +0000\nSubject: Tide and channel\nTo: <ada@harbour.example>\n\n",
        "Begin forwarded message:\n\nFrom: Ben Oar <ben@post.example>\nSubject: Tide and channel\n"
        "Date: 19 November 2026 17:02:00 GMT\nTo: Ada Quill\n\n",
        "-------- Weitergeleitete Nachricht --------\nBetreff: Tide and channel\n"
        "Datum: Thu, 19 Nov 2026 17:02:00 +0000\nVon: Ben Oar <ben@post.example>\nAn: ada@harbour.example\n\n",
    ],
)
async def test_a_forwarded_mail_is_the_article(parsers: Parsers, head: str) -> None:
    for comment in ("", "FYI\n\n", "This is interesting, please brief it for everybody in the office.\n\n"):
        (article,) = (await read(parsers, mail(f"{comment}{head}{TIDE}\n\n{VOTE}", Subject="Fwd: FYI"))).articles
        assert (article.title, article.byline) == ("Tide and channel", "Ben Oar")
        assert article.published == datetime(2026, 11, 19, 17, 2, tzinfo=UTC)
        assert article.text == f"{TIDE}\n\n{VOTE}"


async def test_a_mail_that_is_attached_is_an_article_of_its_own(parsers: Parsers) -> None:
    inner = mail(TIDE, Subject="Tide and channel")
    short = mail("Look.")
    short.add_attachment(inner)
    assert [one.title for one in (await read(parsers, short)).articles] == ["Tide and channel"]
    long = mail(VOTE)
    long.add_attachment(inner)
    assert [one.text for one in (await read(parsers, long)).articles] == [VOTE, TIDE]


async def test_newsletters_lose_what_is_about_the_newsletter(parsers: Parsers) -> None:
    lines = ["View this email in your browser", VOTE, TIDE, "© 2026 Island Post. All rights reserved."]
    footer = ["You are receiving this because you signed up.", "Unsubscribe | Preferences", "1 Quay Street, Marrowport"]
    newsletter = mail(List_Unsubscribe="<https://post.example/u>")
    newsletter.set_content("".join(f"<p>{line}</p>" for line in lines + footer), subtype="html")
    assert await text_of(parsers, newsletter) == f"{VOTE}\n\n{TIDE}"


async def test_an_article_about_such_things_is_kept(parsers: Parsers) -> None:
    sentences = [
        "Readers may unsubscribe from the harbour's notices, says the council.",
        "More people read the notices online than on the board.",
        "A court decided on the copyright of the harbour's map.",
        "Ships may opt out of the new rules.",
        VOTE,
    ]
    newsletter = mail("\n\n".join(sentences), List_Unsubscribe="<https://post.example/u>")
    assert await text_of(parsers, newsletter) == "\n\n".join(sentences)


@pytest.mark.parametrize(
    "line",
    [
        "Unsubscribe",
        "To unsubscribe, click here.",
        "If you no longer want these mails, unsubscribe here.",
        "Don't want to get these mails? Unsubscribe",
        "You received this mail since you are a member.",
        "Newsletter abbestellen",
        "Se désabonner",
        "© 2026 Island Post",
        "Copyright 2026 Island Post. All rights reserved.",
        "View this email in your browser",
        "Trouble viewing this mail?",
        "Diese Nachricht im Browser ansehen",
    ],
)
async def test_lines_about_the_newsletter_are_known_without_its_headers(parsers: Parsers, line: str) -> None:
    assert await text_of(parsers, mail(f"{VOTE}\n\n{TIDE}\n\n{line}")) == f"{VOTE}\n\n{TIDE}"


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def attach(message: EmailMessage, body: bytes, name: str, kind: str = "application/octet-stream") -> None:
    maintype, _, subtype = kind.partition("/")
    message.add_attachment(body, maintype=maintype, subtype=subtype, filename=name)


async def test_attachments_are_articles_of_their_own(parsers: Parsers) -> None:
    pdf = Printed()
    pdf.column(60, 700, 12, wrap(TIDE, 60))
    with_files = mail(VOTE)
    attach(with_files, pdf.to_bytes(), "report.pdf", "application/pdf")
    attach(with_files, docx(paragraph(TIDE[::-1])), "=?utf-8?q?a?=")
    with_files.add_attachment("Plain text of the appendix.", filename="b.txt")
    attach(with_files, OLD_WORD, "old.doc", "application/msword")
    attach(with_files, b"\x89PNG", "logo.png", "image/png")
    found = await read(parsers, with_files)
    assert [one.text for one in found.articles] == [VOTE, TIDE, TIDE[::-1], "Plain text of the appendix."]
    ((name, reason),) = found.refused
    assert (name, "old Office program" in reason) == ("old.doc", True)


async def test_a_mail_whose_attachments_are_all_refused_names_each(parsers: Parsers) -> None:
    only = mail()
    attach(only, OLD_WORD, "old.doc", "application/msword")
    with pytest.raises(ContentRefused, match="“old.doc”: This is a document of an old Office program"):
        await read(parsers, only)
    attach(only, OLD_WORD, "older.doc", "application/msword")
    with pytest.raises(ContentRefused) as refused:
        await read(parsers, only)
    shown = sentence_with_quotes(str(refused.value))  # where all from the first “ to the last ” counts as one quotation
    assert shown.startswith(
        "None of its 2 attachments could be read, “old.doc, older.doc”. The first: This is a document"
    )
    assert "…" not in shown


SAVED = f"""From: <Saved by a browser>\r
Snapshot-Content-Location: https://post.example/channel?utm_source=a\r
Subject: The vote\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="part"\r
\r
--part\r
Content-Type: text/html; charset=utf-8\r
Content-Location: https://post.example/channel\r
\r
<html><head><title>The vote</title></head>\r
<body><article><h1>The vote</h1><p>{VOTE}</p><p>{TIDE}</p></article></body></html>\r
--part--\r
"""


async def test_a_page_saved_as_one_file_is_that_page(parsers: Parsers) -> None:
    (article,) = (await read(parsers, SAVED.encode())).articles
    assert article.text.endswith(f"{VOTE}\n\n{TIDE}")
    assert article.url
    assert article.url.startswith("https://post.example/channel")


def smime() -> bytes:
    sealed = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nMIIB"
    return b"From: a@b.example\r\nSubject: a\r\n" + sealed


def pgp() -> bytes:
    parts = b"--p\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--p\r\n\r\nhQEM\r\n--p--"
    return b'From: a@b.example\r\nSubject: a\r\nContent-Type: multipart/encrypted; boundary="p"\r\n\r\n' + parts


def mailbox() -> bytes:
    one = b"From ada@harbour.example Fri Nov 20 10:15:00 2026\nFrom: Ada\nSubject: a\n\n" + VOTE.encode() + b"\n\n"
    return one + one


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (smime(), "is encrypted .S/MIME.. Open it in your mail program"),
        (pgp(), "is encrypted .PGP"),
        (bytes(mail("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----")), "is encrypted .PGP"),
        (mailbox(), "a mailbox of several mails. Save the one"),
        (b"From: a@b.example\r\nSubject: Nothing\r\nMIME-Version: 1.0\r\n\r\n \r\n", "holds no text"),
        (b"From: a@b.example\r\nSubject: a\r\nContent-Type: multipart/mixed; boundary=p\r\n\r\n--p--", "holds no text"),
    ],
)
async def test_mails_that_cannot_be_read_are_told_as_such(parsers: Parsers, body: bytes, reason: str) -> None:
    with pytest.raises(ContentRefused, match=reason):
        await read(parsers, body)


def nested(depth: int) -> bytes:
    start = b"".join(b'Content-Type: multipart/mixed; boundary="p%d"\r\n\r\n--p%d\r\n' % (n, n) for n in range(depth))
    return b"From: a@b.example\r\nSubject: a\r\n" + start + b"Content-Type: text/plain\r\n\r\n" + VOTE.encode()


def russian_dolls(depth: int) -> bytes:
    dolls = b"Content-Type: message/rfc822\r\n\r\nSubject: b\r\n" * depth
    return b"From: a@b.example\r\nSubject: a\r\n" + dolls + b"\r\n" + VOTE.encode()


def many(count: int) -> bytes:
    parts = b"".join(b"--p\r\nContent-Type: text/plain\r\n\r\n" + VOTE.encode() + b"\r\n" for _ in range(count))
    return b'From: a@b.example\r\nSubject: a\r\nContent-Type: multipart/mixed; boundary="p"\r\n\r\n' + parts + b"--p--"


@pytest.mark.parametrize(
    "body",
    [
        nested(5000),
        russian_dolls(3000),
        many(40_000),
        b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?a?= " * 200_000 + b"\r\n\r\n" + VOTE.encode(),
        b"From: a@b.example\r\nSubject: a\r\n\r\n" + b"> " * 1_000_000 + VOTE.encode(),
        b"From: a@b.example\r\nSubject: a\r\n\r\nOn " + b"a wrote " * 300_000,
        b"From: a@b.example\r\nSubject: a\r\n" + b"X: y\r\n" * 300_000 + b"\r\n" + VOTE.encode(),
    ],
)
async def test_hostile_mails_end_in_time(parsers: Parsers, body: bytes) -> None:
    """FAULTS 13: they are read, or refused in a sentence, and the next one is read."""
    try:
        assert len((await read(parsers, body)).articles) <= 12
    except ContentRefused as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017  # either is right
    assert await text_of(parsers, mail(VOTE)) == VOTE


@pytest.mark.parametrize("sender", [b"(" * 500_000, b"<" * 500_000, b'"' * 500_001, b"=?utf-8?b?" * 100_000])
async def test_a_hostile_header_costs_nothing_but_itself(parsers: Parsers, sender: bytes) -> None:
    """FAULTS 13: a header can nest deeper than the library reads."""
    body = b"MIME-Version: 1.0\r\nSubject: a\r\nFrom: " + sender + b"\r\n\r\n" + VOTE.encode()
    assert await text_of(parsers, body) == VOTE


async def test_of_parts_and_mails_within_mails_only_so_many_are_read(parsers: Parsers) -> None:
    assert (await text_of(parsers, many(1000))).count(VOTE) == MOST_PARTS - 1  # the whole is a part as well
    assert await text_of(parsers, nested(DEEPEST)) == VOTE
    with pytest.raises(ContentRefused, match="holds no text"):
        await read(parsers, nested(DEEPEST + 1))
    dolls = mail(f"{VOTE} It was told 0 times.")
    for number in range(1, 2 * MOST_MAILS):
        outer = mail(f"{VOTE} It was told {number} times.")
        outer.add_attachment(dolls)
        dolls = outer
    assert len((await read(parsers, dolls)).articles) == MOST_MAILS


@pytest.mark.parametrize(
    ("body", "is_mail"),
    [
        (b"From: a\nSubject: b\n\nText", True),
        (b"Received: from a\n by b\nSubject: c\n\nText", True),
        (b"From a@b Fri Nov 20 10:15:00 2026\nFrom: a\nTo: b\n\nText", True),
        (b"Subject: b\nDate: c\n\nText of an author who writes so.", False),
        (b"Date: 20 November\n\nText", False),
        (b"From: the harbour\nText", False),
        (b"Title: a\nFrom: b\n\nText", False),
        (b" continued: a\nFrom: b\nTo: c\n\n", False),
    ],
)
async def test_mails_are_told_from_texts(body: bytes, is_mail: bool) -> None:
    assert looks_like_mail(body) is is_mail
