"""One suite for both databases."""

import pytest

from tests.conftest import DATABASES


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames and not _chooses(metafunc):
        metafunc.parametrize("database", DATABASES, indirect=True)


def _chooses(metafunc: pytest.Metafunc) -> bool:
    """The test names its database itself."""
    marks = metafunc.definition.iter_markers("parametrize")
    return any("database" in mark.args[0] for mark in marks)
