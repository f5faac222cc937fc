"""The demo's walk without a person, as `make demo-check` runs it."""

import subprocess
import sys

import pytest


@pytest.mark.timeout(240)
def test_the_demo_answers_everything_right():
    done = subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--check"], capture_output=True, text=True, timeout=230, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout
    assert "Traceback" not in done.stderr
