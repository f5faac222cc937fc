import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import __main__ as command


@pytest.fixture
def article(tmp_path: Path, harbour: str) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(harbour, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = command.main(arguments)
    except SystemExit as exit_:
        status = int(exit_.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def test_json_is_one_object_of_the_contract(capsys: pytest.CaptureFixture[str], article: Path, harbour: str) -> None:
    status, out, err = run(capsys, str(article), "--json", "--untrimmed", "--points", "2", "--title", "Harbour opens")
    brief = json.loads(out)
    assert (status, err) == (0, "")
    assert list(brief) == ["id", "headline", "points", "dateline", "language", "method", "model"]
    assert brief["headline"] == "Harbour opens"
    assert len(brief["points"]) == 2
    for point in brief["points"]:
        (span,) = point["evidence"]
        assert harbour[span["start"] : span["end"]] == point["text"]


def test_people_see_points_with_their_evidence(capsys: pytest.CaptureFixture[str], article: Path) -> None:
    status, out, _ = run(capsys, str(article))
    assert status == 0
    assert "Norrby, 2024-03-11, Coastwire" in out
    assert "* On Monday, Swedish Transport Minister" in out
    assert "] On Monday, Swedish Transport Minister" in out


def test_settings_that_cannot_be_meant_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_SUMMARIZER_URL", "not an address")
    status, out, err = run(capsys, str(article))
    assert (status, out) == (2, "")
    assert "DATELINE_SUMMARIZER_URL" in err


def test_lines_come_out_in_order_with_their_ids_and_errors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, harbour: str
) -> None:
    lines = [
        json.dumps({"id": 7, "text": harbour, "extra": 1}),
        "not json",
        json.dumps({"id": "b", "text": " "}),
        "",
        json.dumps({"id": "c"}),
        json.dumps([1]),
        json.dumps({"id": "d", "text": "The ferry sank.", "title": 5}),
        "[" * 100_000,
        *(json.dumps({"id": n, "text": f"The ferry number {n} sank on Friday.", "title": "Sunk"}) for n in range(20)),
    ]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    status, out, err = run(capsys, "--jsonl", str(path), "--points", "1")
    briefs = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (1, "")
    assert [brief["id"] for brief in briefs] == [7, None, "b", "c", None, "d", None, *range(20)]
    assert [set(brief) == {"id", "error"} for brief in briefs] == [False, *[True] * 6, *[False] * 20]
    assert all(len(brief["points"]) == 1 for brief in briefs if "points" in brief)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--points", "0", "x"],
        ["--points", "many", "x"],
        ["--points", "9" * 5000, "x"],
        ["--nonsense"],
        ["no such file"],
        ["a", "b"],
        ["--jsonl", "--json", "x"],
    ],
)
def test_wrong_usage_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_a_refused_text_is_one_line_and_status_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"\xff\x00 123")
    status, out, err = run(capsys, str(path), "--json")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "binary file" in err


def test_it_runs_as_a_program_on_standard_input(harbour: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "summarizer", "-", "--json"], input=harbour.encode(), capture_output=True, check=True
    )
    assert json.loads(result.stdout)["dateline"]["place"] == "Norrby"
    assert result.stderr == b""


def test_progress_is_for_terminals(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", terminal)
    command._show_progress(16)
    assert terminal.getvalue() == "\r16 texts"


def test_a_byte_order_mark_is_no_part_of_a_line_and_only_json_numbers_are_ids(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "marked.jsonl"
    text = "The ferry to Sando sank on Friday."
    lines = [json.dumps({"id": 1, "text": text}), '{"id": NaN, "text": "a"}', '{"id": 1e999, "text": "a"}']
    path.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode())
    status, out, _ = run(capsys, "--jsonl", str(path))
    first, *others = [json.loads(line) for line in out.splitlines()]
    assert (status, first["id"]) == (1, 1)
    assert [set(other) for other in others] == [{"id", "error"}] * 2
