"""The command line as other programs use it: JSON on standard output, exit codes, one line of error."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.printing import Printed, docx, paragraph

STORY = """date 2026-11-18 MARROWPORT, Nov. 18 (Coastwire) -- The ferry between the islands sailed again on Wednesday \
after four weeks in dock. Divers had found a bent propeller shaft, the company said.

About 900 passengers a day had to take the longer way over the bridge. Tickets for the cancelled sailings stay valid."""
FEED = """<rss version="2.0"><channel><title>Island Post</title>
<item><title>Bakery wins prize</title><link>https://island.example/bakery</link>
<description>The bakery at the harbour won the regional prize on Tuesday. Its rye bread is baked at night.</description>
</item><item><title>Bakery wins prize</title><link>https://island.example/copy</link>
<description>The bakery at the harbour won the regional prize on Tuesday. Its rye bread is baked at night.</description>
</item></channel></rss>"""


def dateline(home: Path, *arguments: str, expect: int = 0, database: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line in a home of its own, or on a database elsewhere, as far as that exit code."""
    done = run_dateline(home, *arguments, database=database)
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def run_dateline(
    home: Path, *arguments: str, database: str = "", timeout: float = 120
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**kept, "DATELINE_HOME": str(home), "DATELINE_DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    (news / "ferry.txt").write_text(STORY)
    (news / "island.xml").write_text(FEED)
    (news / "broken.txt").write_bytes(b"PK\x03\x04" + bytes(200))
    return news


@pytest.mark.both_databases
def test_ingest_search_and_digest(tmp_path, folder, database):
    on = "" if database.startswith("sqlite") else database  # where nothing is set, a file in its home
    home = tmp_path / "home"

    def run(*arguments, expect=0):
        return json.loads(dateline(home, *arguments, "--json", expect=expect, database=on).stdout)

    first = run("ingest", str(folder), "no-such-file", expect=1)
    assert (first["stored"], first["updated"], first["duplicates"]) == (2, 0, 1)
    refused = {Path(refusal["item"]).name: refusal["reason"] for refusal in first["refused"]}
    assert set(refused) == {"broken.txt", "no-such-file"}
    assert all(len(reason) > 20 for reason in refused.values())
    second = run("ingest", str(folder), expect=1)
    assert (second["stored"], second["updated"], second["duplicates"]) == (0, 0, 3)

    (found,) = run("search", "propeller shaft")["articles"]
    assert set(found) == {"id", "title", "url", "published", "snippet"}
    assert "propeller" in found["snippet"]
    assert run("search", "zeppelin") == {"articles": []}

    stories = run("digest", "--since", "all")["stories"]
    assert {story["articles"][0]["source"] for story in stories} == {"Files", "Island Post"}
    for story in stories:
        assert story["points"]
        assert all(set(e) == {"article", "start", "end"} for point in story["points"] for e in point["evidence"])
    headline = next(story["headline"] for story in stories if story["articles"][0]["source"] == "Files")
    assert "ferry" in headline
    assert not headline.startswith("date")
    assert (home / "dateline.sqlite3").exists() == database.startswith("sqlite")


VOTE = "The harbour council voted nine to four on Tuesday to widen the northern channel. Work begins in May."
TIDE = "Opponents had warned that a deeper channel would speed up the tide, which the engineers of the council dispute."
PAGE = f"""<html lang=en><head><title>Frost</title><link rel=canonical href="https://island.example/frost?utm_source=a">
<meta property="og:site_name" content="Island Post"></head>
<body><article><h1>Frost</h1><p>{VOTE[::-1]}</p><p>{TIDE[::-1]}</p></article></body></html>"""


@pytest.fixture
def cabinet(tmp_path: Path) -> Path:
    """One file of each kind, under names that say something else, in folders within folders."""
    pdf = Printed()
    pdf.column(60, 700, 10, textwrap.wrap(VOTE, 60))
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ada Quill <ada@island.example>", "Tide and channel"
    mail.set_content(TIDE)
    files = {
        "a.txt": pdf.to_bytes(),
        "b/report.pdf": docx(paragraph("The dome of the observatory closes for six months from January.")),
        "b/c/letter": bytes(mail),
        "b/c/page.doc": PAGE.encode(),
        "d/photo.txt": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "d/.hidden.txt": b"Nobody is meant to read this.",
        ".git/config": b"Nobody is meant to read this.",
    }
    for name, body in files.items():
        path = tmp_path / "cabinet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    return tmp_path / "cabinet"


def test_files_of_every_kind_are_taken_in_and_each_is_told_of(tmp_path, cabinet):
    first = dateline(tmp_path / "home", "ingest", str(cabinet), expect=1)
    lines = [line.removeprefix(f"{cabinet}/") for line in first.stdout.splitlines()]
    names = ["a.txt", "b/report.pdf", "b/c/letter", "b/c/page.doc"]
    assert lines == [*(f"{name}: 1 stored" for name in names), "4 stored, 0 updated, 0 known already, 1 refused."]
    (refused,) = first.stderr.splitlines()
    assert refused.startswith(f"refused {cabinet}/d/photo.txt: This is a picture (PNG)")
    again = dateline(tmp_path / "home", "ingest", str(cabinet / "a.txt"), str(cabinet / "b"))
    assert again.stdout.splitlines()[-1] == "0 stored, 0 updated, 4 known already, 0 refused."
    with closing(sqlite3.connect(tmp_path / "home" / "dateline.sqlite3")) as connection:
        stored = connection.execute("SELECT text, title, link, site_name FROM articles ORDER BY article_id").fetchall()
    assert [text[:14] for text, *_ in stored] == ["The harbour co", "The dome of th", "Opponents had ", VOTE[::-1][:14]]
    assert [about for _, *about in stored[2:]] == [
        ["Tide and channel", None, None],
        ["Frost", "https://island.example/frost?utm_source=a", "Island Post"],
    ]


DATA = Path(os.environ.get("DATA", "not-given"))
SHARED = ("feeds/gofeed", "feeds/real", "security/xml", "pages/*/source.html")


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="DATA names no folder")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("items", SHARED)
def test_ingest_of_shared_data_ends_in_words(tmp_path, items):
    """FAULTS 15 to 17: whatever is handed in, there is one object of JSON, and a sentence for each thing refused."""
    paths = sorted(map(str, DATA.glob(items)))
    assert paths
    done = run_dateline(tmp_path, "ingest", *paths, "--json", timeout=500)
    assert "Traceback" not in done.stderr
    report = json.loads(done.stdout)
    assert done.returncode == (1 if report["refused"] else 0)
    assert report["stored"] > 0
    assert all(re.fullmatch(r"[A-Z“].+[.!]", refusal["reason"], re.DOTALL) for refusal in report["refused"])


def test_names_and_titles_do_nothing_to_a_terminal(tmp_path):
    (tmp_path / "a\x1b[2J.txt").write_text(VOTE)
    (tmp_path / "b.xml").write_text("<rss version='2.0'><channel><title>Empty</title></channel></rss>")
    done = dateline(tmp_path / "home", "ingest", str(tmp_path / "a\x1b[2J.txt"), str(tmp_path / "b.xml"))
    assert "\x1b" not in done.stdout
    assert "b.xml: nothing in it" in done.stdout


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_password_in_an_address_is_not_told(tmp_path, options):
    done = dateline(tmp_path, "ingest", "http://ann:hunter2@127.0.0.1:1/feed", *options, expect=1)
    assert "hunter2" not in done.stdout + done.stderr
    assert "http://127.0.0.1:1/feed" in done.stdout + done.stderr


def test_an_empty_digest_says_whether_anything_is_stored(tmp_path, folder):
    home = tmp_path / "home"
    assert dateline(home, "digest").stdout == "Nothing is stored yet. `dateline ingest` stores articles.\n"
    dateline(home, "ingest", str(folder / "ferry.txt"))
    told = dateline(home, "digest", "--since", "1h").stdout
    assert told.startswith("Nothing is stored for that time; the newest article is of 2026-11-18.")


def test_a_database_that_cannot_be_reached_is_one_line_and_exit_1(tmp_path):
    done = dateline(tmp_path, "migrate", expect=1, database="postgresql://bot:secret@127.0.0.1:1/dateline")
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("dateline: the database cannot be used: ")
    assert "secret" not in line


def test_wrong_usage_and_settings_are_one_line_and_exit_2(tmp_path):
    assert "24h" in dateline(tmp_path, "digest", "--since", "soon", expect=2).stderr
    missing = dateline(tmp_path, "run", expect=2).stderr.strip()
    assert "DATELINE_DISCORD_TOKEN" in missing
    assert "\n" not in missing
    dateline(tmp_path, "frobnicate", expect=2)


def test_a_setting_that_cannot_be_understood_is_named(tmp_path, monkeypatch):
    for name, value in (("DATELINE_POLL_MINUTES", "often"), ("DATELINE_FETCH_ALLOW_NETWORKS", "everything")):
        done = subprocess.run(
            [sys.executable, "-m", "bot", "migrate"],
            env={**os.environ, "DATELINE_HOME": str(tmp_path), name: value},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_the_packages_import_without_torch():
    """Heavy imports wait for the first text; a process that only posts never needs them."""
    check = (
        "import bot, bot.cogs, bot.commands, storage, summarizer, sys; print([m for m in HEAVY if m in sys.modules])"
    )
    heavy = "HEAVY = ['torch', 'transformers', 'trafilatura', 'lxml', 'simcord']; "
    done = subprocess.run([sys.executable, "-c", heavy + check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
