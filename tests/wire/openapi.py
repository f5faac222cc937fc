"""Checks recorded requests against Discord's OpenAPI document (https://github.com/discord/discord-api-spec)."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

JSON = dict[str, Any]

DOCUMENT = "urn:discord"
SNOWFLAKE = "SnowflakeType"
MEDIA_TYPES = ("application/json", "multipart/form-data", "application/x-www-form-urlencoded")
URI = re.compile(r"(https?|attachment|discord)://\S+", re.IGNORECASE)


def is_snowflake(value: object) -> bool:
    """An id of 64 bits, as text or as a number."""
    return isinstance(value, bool) or not isinstance(value, str | int) or 0 <= int(value) < 1 << 64


def is_uri(value: object) -> bool:
    """An address of a scheme Discord knows; `format: uri` alone would let `javascript:` pass."""
    return not isinstance(value, str) or URI.fullmatch(value) is not None


def is_date_time(value: object) -> bool:
    """A moment with its offset (RFC 3339)."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def is_int32(value: object) -> bool:
    """A number of 32 bits with sign."""
    return not isinstance(value, int) or -(1 << 31) <= value < 1 << 31


formats = FormatChecker(formats=())
formats.checks("snowflake", raises=ValueError)(is_snowflake)
formats.checks("uri")(is_uri)
formats.checks("date-time", raises=ValueError)(is_date_time)
formats.checks("int32")(is_int32)


class Validator:
    """The request bodies of an OpenAPI 3.1 document. Raises OSError or ValueError for a document it cannot read."""

    def __init__(self, path: str | Path) -> None:
        document: JSON = json.loads(Path(path).read_text(encoding="utf-8"))
        if "paths" not in document:
            raise ValueError(f"{path} is no OpenAPI document: it has no paths")
        _let_ids_be_numbers(document)
        self._registry: Registry[Any] = Registry().with_resource(DOCUMENT, DRAFT202012.create_resource(document))
        self._routes = sorted(_routes(document["paths"]), key=lambda route: route[1])
        self._compiled: dict[str, Draft202012Validator] = {}

    def check(self, method: str, path: str, body: Any) -> list[str]:
        """Violations of one request, one sentence each; `path` begins after `/api/v10`, without a query."""
        operations = next((item for pattern, _, item in self._routes if pattern.fullmatch(path)), None)
        if operations is None:
            return [f"{path}: no such path"]
        operation = operations.get(method.lower())
        if operation is None:
            return [f"{method} {path}: no such method"]
        request = operation.get("requestBody")
        if request is None:
            return [] if body is None else [f"{method} {path}: takes no body"]
        if body is None:
            return [f"{method} {path}: a body is missing"] if request.get("required") else []
        return [_sentence(error) for error in self._validator(request["pointer"]).iter_errors(body)]

    def _validator(self, pointer: str) -> Draft202012Validator:
        if pointer not in self._compiled:
            schema = {"$ref": f"{DOCUMENT}#{pointer}"}
            self._compiled[pointer] = Draft202012Validator(schema, registry=self._registry, format_checker=formats)
        return self._compiled[pointer]


def _let_ids_be_numbers(document: JSON) -> None:
    """The document wants ids as text; Discord takes numbers as well, and discord.py sends both (`attachments[].id`,
    `message_reference`, `allowed_mentions`)."""
    snowflake = document.get("components", {}).get("schemas", {}).get(SNOWFLAKE)
    if snowflake:
        snowflake["type"] = ["string", "integer"]


def _routes(paths: JSON) -> Iterable[tuple[re.Pattern[str], int, JSON]]:
    """Pattern, number of placeholders (fewer win: `@me` before an id) and operations of every path."""
    for template, item in paths.items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        for method, operation in item.items():
            if isinstance(operation, dict) and "requestBody" in operation:
                operation["requestBody"]["pointer"] = _pointer(template, method, operation["requestBody"]["content"])
        yield re.compile(pattern), template.count("{"), item


def _pointer(template: str, method: str, content: JSON) -> str:
    """Where the schema of a body stands; discord.py's `payload_json` is the JSON of a form, so JSON is preferred."""
    media = next((each for each in MEDIA_TYPES if each in content), next(iter(content)))
    parts = ["paths", template, method, "requestBody", "content", media, "schema"]
    return "/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)


def _sentence(error: ValidationError) -> str:
    leaf = _leaf(error)
    message = leaf.message if len(leaf.message) < 160 else f"{leaf.message[:60]} ... {leaf.message[-80:]}"
    return f"{leaf.json_path}: {message}"


def _leaf(error: ValidationError) -> ValidationError:
    """The error that tells most: of a union, the one in the branch that was meant, which has the right `type`."""
    branches: dict[Any, list[ValidationError]] = {}
    for cause in error.context or []:
        branches.setdefault(cause.schema_path[0], []).append(cause)
    meant = [causes for causes in branches.values() if not any(_is_about_kind(cause) for cause in causes)]
    if not meant:
        return error
    causes = min(meant, key=lambda each: len(each))
    return _leaf(max(causes, key=lambda cause: len(cause.absolute_path)))


def _is_about_kind(cause: ValidationError) -> bool:
    """Whether a branch of a union was excluded by its discriminator, or because it is the null of a nullable."""
    return list(cause.path) == ["type"] or (not cause.path and cause.validator == "type")
