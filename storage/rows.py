"""From rows to values: columns are named like the fields of the dataclasses."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Table

T = TypeVar("T")


def columns_of(kind: Callable[..., Any], table: Table) -> list[Column[Any]]:
    """The columns that make up one dataclass."""
    return [table.c[name] for name in _field_names(kind)]


def value(kind: Callable[..., T], row: Row[*tuple[Any, ...]]) -> T:
    """One row as a value; columns the dataclass does not have are left out."""
    mapping = row._mapping
    return kind(**{name: mapping[name] for name in _field_names(kind)})


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))  # type: ignore[arg-type]


def values(kind: Callable[..., T], rows: Iterable[Row[*tuple[Any, ...]]]) -> list[T]:
    """All rows as values."""
    return [value(kind, row) for row in rows]
