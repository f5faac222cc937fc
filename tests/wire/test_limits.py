"""Limits that Discord's documentation states; each case breaks one of them and says which words name it."""

from typing import Any

import pytest

from tests.wire import limits

BUTTON = {"type": 2, "style": 1, "label": "More", "custom_id": "more"}
LINK = {"type": 2, "style": 5, "label": "Read", "url": "https://example.org"}
OPTION = {"label": "Budget", "value": "budget"}
COMMAND = {"name": "brief", "description": "A brief", "type": 1}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    """An action row."""
    return {"type": 1, "components": list(components)}


def text(content: str) -> dict[str, Any]:
    """A text display."""
    return {"type": 10, "content": content}


def layout(*components: dict[str, Any]) -> dict[str, Any]:
    """A message of Components V2."""
    return {"flags": limits.IS_COMPONENTS_V2, "components": list(components)}


def option(name: str = "link", **more: Any) -> dict[str, Any]:
    """An option of type text."""
    return {"type": 3, "name": name, "description": "An address", **more}


GOOD: list[Any] = [
    {"content": "x" * 2000, "nonce": "n" * 25},
    {"content": "seen", "components": [row(BUTTON, LINK)]},
    {"embeds": [{"title": "a", "url": "https://example.org", "fields": [{"name": "a", "value": "b"}]}]},
    {"embeds": [{"image": {"url": "attachment://a.png"}}], "attachments": [{"id": 0, "filename": "a.png"}]},
    layout({"type": 17, "components": [text("x" * 4000), row(BUTTON), {"type": 14}]}),
    {"type": 4, "data": {"content": "hello"}},
    {"type": 6},
    {"type": 8, "data": {"choices": [{"name": "a", "value": 1}]}},
    {"type": 9, "data": {"custom_id": "m", "title": "t", "components": [{"type": 18, "label": "l", "component": {
        "type": 4, "custom_id": "words"}}]}},
    [COMMAND | {"options": [option(required=True), option("size")]}, {"name": "Brief this", "type": 3}],
]  # fmt: skip

BAD: list[tuple[str, Any]] = [
    ("2001 characters", {"content": "x" * 2001}),
    ("nonce", {"content": "x", "nonce": "n" * 26}),
    ("11 embeds", {"embeds": [{"title": "a"}] * 11}),
    ("6,000", {"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}),
    ("title", {"embeds": [{"title": "x" * 257}]}),
    ("author.name", {"embeds": [{"author": {"name": "x" * 257}}]}),
    ("26 fields", {"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]}),
    ("field.value: empty", {"embeds": [{"fields": [{"name": "a", "value": " "}]}]}),
    ("field.name: empty", {"embeds": [{"fields": [{"name": "", "value": "b"}]}]}),
    ("embeds[0].url", {"embeds": [{"title": "a", "url": "javascript:alert(1)"}]}),
    ("embeds[0].url", {"embeds": [{"title": "a", "url": "example.org"}]}),
    ("footer.icon_url", {"embeds": [{"footer": {"text": "a", "icon_url": "data:x"}}]}),
    ("not among the attachments", {"embeds": [{"image": {"url": "attachment://a.png"}}]}),
    ("neither label nor emoji", {"components": [row(BUTTON | {"label": ""})]}),
    ("81 characters", {"components": [row(BUTTON | {"label": "x" * 81})]}),
    ("custom_id", {"components": [row(BUTTON | {"custom_id": "x" * 101})]}),
    ("custom_id", {"components": [row({"type": 2, "style": 1, "label": "a"})]}),
    ("is used 2 times", {"components": [row(BUTTON), row(BUTTON)]}),
    ("button", {"components": [row(LINK | {"url": "ftp://example.org"})]}),
    ("no custom_id", {"components": [row(LINK | {"custom_id": "a"})]}),
    ("action row", {"components": [row()]}),
    ("6 action rows", {"components": [row(LINK)] * 6}),
    ("flag", {"components": [text("a")]}),
    ("same value", {"components": [row({"type": 3, "custom_id": "s", "options": [OPTION, OPTION]})]}),
    ("26 options", {"components": [row({"type": 3, "custom_id": "s", "options": [
        {"label": "a", "value": f"{n}"} for n in range(26)]})]}),
    ("4001 characters", layout(text("x" * 2000), text("x" * 2001))),
    ("bytes", layout(text("新" * 3400))),
    ("41 components", layout({"type": 17, "components": [text("a")] * 40})),
    ("beside Components V2", layout(text("a")) | {"content": "b"}),
    ("text display: empty", layout(text(" "))),
    ("container: empty", layout({"type": 17, "components": []})),
    ("accessory", layout({"type": 9, "components": [text("a")]})),
    ("media gallery", layout({"type": 12, "items": []})),
    ("component 11", layout({"type": 11, "media": {"url": "file:///etc/hosts"}})),
    ("2001 characters", {"type": 4, "data": {"content": "x" * 2001}}),
    ("26 choices", {"type": 8, "data": {"choices": [{"name": "a", "value": "b"}] * 26}}),
    ("choices.name", {"type": 8, "data": {"choices": [{"name": "x" * 101, "value": "b"}]}}),
    ("title", {"type": 9, "data": {"custom_id": "m", "title": "x" * 46, "components": [row(BUTTON)]}}),
    ("4 characters", {"type": 9, "data": {"custom_id": "m", "title": "t", "components": [
        {"type": 18, "label": "l", "component": {"type": 4, "custom_id": "a", "max_length": 3, "value": "long"}}
    ]}}),
    ("modal: 0", {"type": 9, "data": {"custom_id": "m", "title": "t", "components": []}}),
    ("description: empty", [COMMAND | {"description": ""}]),
    ("101 characters", [COMMAND | {"description": "x" * 101}]),
    ("lower-case", [COMMAND | {"name": "Brief"}]),
    ("lower-case", [COMMAND | {"options": [option("a b")]}]),
    ("8,000", [COMMAND | {"options": [option(f"o{n}", description="x" * 100, choices=[
        {"name": f"c{k}", "value": "y" * 100} for k in range(3)]) for n in range(20)]}]),
    ("required", [COMMAND | {"options": [option("size"), option(required=True)]}]),
    ("same name", [COMMAND | {"options": [option(), option()]}]),
    ("26 options", [COMMAND | {"options": [option(f"o{n}") for n in range(26)]}]),
    ("exclude", [COMMAND | {"options": [option(autocomplete=True, choices=[{"name": "a", "value": "a"}])]}]),
    ("16 commands of type 3", [{"name": f"Menu {n}", "type": 3} for n in range(16)]),
    ("registered 2 times", [COMMAND, COMMAND]),
    ("no description", [{"name": "Brief this", "type": 3, "description": "x"}]),
]  # fmt: skip


@pytest.mark.parametrize("body", GOOD)
def test_what_is_within_every_limit_passes(body: Any) -> None:
    assert limits.violations(body) == []


@pytest.mark.parametrize(("words", "body"), BAD)
def test_what_breaks_one_limit_is_named_once(words: str, body: Any) -> None:
    found = limits.violations(body)
    assert len(found) == 1
    assert words in found[0]


def test_only_the_longest_translation_counts() -> None:
    command = {"name": "ab", "description": "cd", "description_localizations": {"de": "efgh", "fr": "i"}}
    assert limits.command_size(command) == 6


def test_a_message_without_anything_is_empty() -> None:
    assert limits.is_empty({"content": " ", "embeds": []})
    assert not limits.is_empty({"embeds": [{"title": "a"}]})


def test_text_is_gathered_from_everywhere() -> None:
    embed = {"title": "b", "fields": [{"name": "c", "value": "d"}], "footer": {"text": "e"}}
    body = {"content": "a", "embeds": [embed], "components": [row(BUTTON), {"type": 17, "components": [text("f")]}]}
    assert limits.text_of(body).split() == ["a", "b", "c", "d", "e", "More", "f"]
