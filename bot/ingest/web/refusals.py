"""Why an address was not fetched, in words."""

import aiohttp

from bot.errors import AddressRefused, FetchRefused
from bot.ingest.web.unpacking import PackingError

_STATUSES = {
    401: "wants a login for this page",
    402: "wants to be paid for this page",
    403: "refuses access to this page",
    404: "has no page at this address; check the link",
    406: "does not serve this page to programs",
    410: "has removed this page for good",
    429: "asks for fewer requests; try again later",
    451: "may not show this page for legal reasons",
}
_LOGIN_KEPT_BACK = "wants a login; one is sent only to the address it was given for, so give this address (HTTP {})."


def status_reason(status: int, *, login_kept_back: bool = False) -> str:
    """What an HTTP error status means, as the end of a sentence that begins with the host."""
    if login_kept_back and status in (401, 403):
        return _LOGIN_KEPT_BACK.format(status)
    other = "has a problem of its own; try again later" if status >= 500 else "gave no page"
    return f"{_STATUSES.get(status, other)} (HTTP {status})."


def refusal_of(place: str, error: Exception) -> FetchRefused:
    """The one reason for which a request failed with this error of the HTTP client."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, AddressRefused):
        return AddressRefused(f"{place} {cause}")
    return FetchRefused(f"{place} {_reason(error)}")


def _has_long_headers(error: aiohttp.ClientResponseError) -> bool:
    return error.message.startswith(("Got more than", "Too many headers"))


def _reason(error: Exception) -> str:
    match error:
        case PackingError():
            return str(error)
        case aiohttp.ClientResponseError() if _has_long_headers(error):
            return "the headers of the answer are too long."
        case aiohttp.ClientConnectorDNSError():
            return "no such host was found. Check the spelling."
        case aiohttp.ClientConnectorCertificateError():
            return "its certificate is not valid, so anybody may be answering."
        case aiohttp.ClientSSLError():
            return "no secure connection could be made."
        case aiohttp.ClientConnectorError():
            return "no connection could be made."
        case aiohttp.ClientPayloadError():
            return "the answer was cut short or damaged on the way."
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError():
            return "the connection was closed before the answer was complete."
        case aiohttp.InvalidURL() | ValueError():
            return "this is not an address that can be fetched."
        case _:
            return "the answer is not valid HTTP."
