"""Where a measurement writes: its tables on the screen and in `docs/measured/<name>.md`, which README shows."""

import os
from collections.abc import Sequence
from pathlib import Path

DATA = Path(os.environ.get("DATA", "../shared/data"))
_FOLDER = Path(__file__).parents[2] / "docs" / "measured"


class Report:
    """Tables of one measurement, written when the `with` block ends without an error."""

    def __init__(self, name: str, title: str) -> None:
        self._name = name
        self._lines = [f"# {title}", ""]

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            _FOLDER.mkdir(parents=True, exist_ok=True)
            (_FOLDER / f"{self._name}.md").write_text("\n".join([*self._lines, f"`make bench ONLY={self._name}`", ""]))

    def say(self, text: str) -> None:
        """A paragraph: what was measured, on what, or a figure that needs no table."""
        print(text, flush=True)
        self._lines += [text, ""]

    def table(self, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """A Markdown table; floats are shown with one decimal, so pass text where that is not wanted."""
        lines = [_row(header), _row(["---"] * len(header)), *(_row([_cell(cell) for cell in row]) for row in rows)]
        print("\n".join(lines), flush=True)
        self._lines += [*lines, ""]


def _row(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _cell(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
