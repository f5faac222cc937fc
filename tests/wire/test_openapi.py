"""The checker of requests: its logic over a small document, and the real document where it is at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.wire import limits
from tests.wire.fakediscord import FakeDiscord
from tests.wire.openapi import Validator
from tests.wire.tinybot import send_everything
from tests.wire.world import MANAGE_GUILD


def body(schema: dict[str, Any], media: str = "application/json", *, required: bool = True) -> dict[str, Any]:
    """An operation that takes a body."""
    return {"requestBody": {"required": required, "content": {media: {"schema": schema}}}}


def component(kind: int, **properties: Any) -> dict[str, Any]:
    """A schema told apart by its `type`."""
    kinds = {"type": {"type": "integer", "enum": [kind]}}
    return {"type": "object", "properties": kinds | properties, "required": ["type", *properties]}


ITEM = {"oneOf": [{"$ref": "#/components/schemas/Button"}, {"$ref": "#/components/schemas/Text"}]}
MESSAGE = {
    "type": "object",
    "properties": {
        "content": {"type": ["string", "null"], "maxLength": 5},
        "reply_to": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/SnowflakeType"}]},
        "when": {"type": "string", "format": "date-time"},
        "link": {"type": "string", "format": "uri"},
        "components": {"type": "array", "items": ITEM},
    },
}
DOCUMENT = {
    "openapi": "3.1.0",
    "paths": {
        "/channels/{channel_id}/messages": {
            "post": body({"$ref": "#/components/schemas/Message"}, "multipart/form-data"),
            "get": {},
        },
        "/users/@me": {"patch": body({"type": "object", "required": ["name"]}, required=False)},
        "/users/{user_id}": {"get": {}},
    },
    "components": {
        "schemas": {
            "SnowflakeType": {"type": "string", "pattern": "^[0-9]+$", "format": "snowflake"},
            "Button": component(2, label={"type": "string", "maxLength": 3}),
            "Text": component(10, content={"type": "string"}),
            "Message": MESSAGE,
        }
    },
}
POST = ("POST", "/channels/1/messages")


@pytest.fixture
def validator(tmp_path: Path) -> Validator:
    path = tmp_path / "document.json"
    path.write_text(json.dumps(DOCUMENT))
    return Validator(path)


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"content": None, "reply_to": "12", "components": [{"type": 2, "label": "abc"}, {"type": 10, "content": "x"}]},
        {"reply_to": 12, "when": "2026-03-01T08:00:00Z", "link": "https://example.org"},
    ],
)
def test_what_the_document_allows_passes(validator: Validator, message: dict[str, Any]) -> None:
    assert validator.check(*POST, message) == []


@pytest.mark.parametrize(
    ("message", "where"),
    [
        ({"content": "too long"}, "$.content: "),
        ({"reply_to": "x"}, "$.reply_to: "),
        ({"reply_to": 1 << 64}, "$.reply_to: "),
        ({"when": "2026-03-01T08:00:00"}, "$.when: "),
        ({"when": "tomorrow"}, "$.when: "),
        ({"link": "javascript:alert(1)"}, "$.link: "),
        ({"components": [{"type": 2, "label": "abcd"}]}, "$.components[0].label: 'abcd' is too long"),
        ({"components": [{"type": 10}]}, "$.components[0]: 'content' is a required property"),
        ({"components": [{"type": 99}]}, "$.components[0]: "),
    ],
)
def test_what_the_document_forbids_is_named_with_its_place(
    validator: Validator, message: dict[str, Any], where: str
) -> None:
    found = validator.check(*POST, message)
    assert len(found) == 1
    assert found[0].startswith(where)


def test_paths_methods_and_missing_bodies_are_checked(validator: Validator) -> None:
    assert validator.check("GET", "/nowhere", None) == ["/nowhere: no such path"]
    assert validator.check("DELETE", "/channels/1/messages", None) == ["DELETE /channels/1/messages: no such method"]
    assert validator.check("POST", "/channels/1/messages", None) == ["POST /channels/1/messages: a body is missing"]
    assert validator.check("GET", "/channels/1/messages", {}) == ["GET /channels/1/messages: takes no body"]
    assert validator.check("GET", "/users/1", None) == []


def test_a_literal_path_wins_over_a_placeholder(validator: Validator) -> None:
    assert validator.check("PATCH", "/users/@me", {"name": "x"}) == []
    assert validator.check("PATCH", "/users/@me", None) == []
    assert validator.check("PATCH", "/users/@me", {}) == ["$: 'name' is a required property"]


def test_a_file_that_is_no_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text("{}")
    with pytest.raises(ValueError, match="no OpenAPI document"):
        Validator(path)


needs_data = pytest.mark.skipif("DATA" not in os.environ, reason="DATA names no folder with the shared data")


@pytest.fixture
def discord_validator() -> Validator:
    return Validator(Path(os.environ["DATA"]) / "discord" / "openapi.json")


@pytest.mark.data
@needs_data
@pytest.mark.parametrize(
    ("message", "place"),
    [
        ({"nonce": "n" * 26}, "$.nonce"),
        ({"embeds": [{"title": "x" * 257}]}, "$.embeds[0].title"),
        ({"flags": 32768, "components": [{"type": 17, "components": []}]}, "$.components[0].components"),
        ({"components": [{"type": 1, "components": [{"type": 2, "style": 9, "label": "a", "custom_id": "a"}]}]},
         "$.components[0].components[0].style"),
    ],
)  # fmt: skip
def test_the_real_document_forbids_what_discord_does(
    discord_validator: Validator, message: dict[str, Any], place: str
) -> None:
    found = discord_validator.check(*POST, message)
    assert len(found) == 1
    assert found[0].startswith(f"{place}: ")


@pytest.mark.data
@needs_data
async def test_all_that_discord_py_sends_fits_the_real_document(discord_validator: Validator) -> None:
    check = discord_validator.check
    async with FakeDiscord() as fake:
        guild = fake.add_guild()
        await send_everything(
            fake, guild, fake.add_channel(guild), fake.add_member(guild, "a", permissions=MANAGE_GUILD)
        )
    found = [(each.method, each.path, check(each.method, each.path, each.body)) for each in fake.requests]
    assert len({each.path for each in fake.requests if each.body}) > 10
    assert [entry for entry in found if entry[2]] == []
    assert [limits.violations(each.body) for each in fake.requests if each.body and limits.violations(each.body)] == []
