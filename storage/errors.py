"""What storage says when it cannot do what was asked."""


class StorageError(Exception):
    """Base of all errors this package raises on purpose."""


class NotFound(StorageError):
    """Nothing of that kind is stored, or it belongs to another server."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"no {kind} {key!r}")
        self.kind = kind
        self.key = key


class NameTaken(StorageError):
    """The server already uses that name for another thing of this kind."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"there is a {kind} named {name!r} already")
        self.kind = kind
        self.name = name


class AlreadySubscribed(StorageError):
    """The server follows this source already; `label` is the name it gave it."""

    def __init__(self, label: str) -> None:
        super().__init__(f"that source is followed already, as {label!r}")
        self.label = label


class Unusable(StorageError):
    """The database cannot be opened."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database cannot be used: {reason}")


class Unavailable(StorageError):
    """The database is gone, locked or full. What was being written was not kept; trying again may help."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database is not available: {reason}")
        self.reason = reason


class SchemaTooNew(StorageError):
    """The database was written by a newer version of Dateline."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is at schema {revision}, which this version does not know; update Dateline")
