"""What can go wrong while a text is being condensed. Every message is safe to show to a user."""


class SummarizerError(Exception):
    """Base of all errors this package raises on purpose."""


class TextRefused(SummarizerError):
    """The text holds nothing that could be condensed; the message says what was wrong with it."""


class ModelUnavailable(SummarizerError):
    """The model's files are missing, altered or of a kind that is not loaded."""


class QueueFull(SummarizerError):
    """Too many texts are waiting already."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} texts are waiting to be condensed already. Try again in a minute.")
        self.waiting = waiting


class CallError(SummarizerError):
    """A call into a child process did not come back with a result."""


class CallFailed(CallError):
    """The called function raised; `kind` is the name of the exception's class."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message or kind)
        self.kind = kind


class CallTimedOut(CallError):
    """The call took longer than allowed; the child was killed."""

    def __init__(self, function: str, seconds: float) -> None:
        super().__init__(f"{function} took more than {seconds:g} seconds and was stopped")


class ChildDied(CallError):
    """The child process ended before it answered."""

    def __init__(self, function: str) -> None:
        super().__init__(f"the process running {function} ended unexpectedly")


class Closed(CallError):
    """What was called has been closed, before the call or while it waited."""

    def __init__(self) -> None:
        super().__init__("The program is shutting down. Try again when it is back.")
