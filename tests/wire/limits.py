"""What Discord's documentation forbids in a request body and its OpenAPI document does not, or not fully, say.

Pure functions from a body to sentences; no document and no connection is needed. Sources: developer documentation,
pages Message, Embed Limits, Component Reference, Application Commands; lengths count characters.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

JSON = dict[str, Any]

IS_COMPONENTS_V2 = 1 << 15
ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY = 1, 2, 3, 4, 9, 10
MEDIA_GALLERY, FILE, CONTAINER, LABEL = 12, 13, 17, 18
SELECTS = {3, 5, 6, 7, 8}
LINK_BUTTON, PREMIUM_BUTTON = 5, 6
CHAT_INPUT = 1
AUTOCOMPLETE_CALLBACK, MODAL_CALLBACK = 8, 9
WEB, MEDIA, LINKS = ("http", "https"), ("http", "https", "attachment"), ("http", "https", "discord")

EMBED_LENGTHS = {"title": 256, "description": 4096, "footer.text": 2048, "author.name": 256}
EMBED_URLS = {"url": WEB, "author.url": WEB, "author.icon_url": MEDIA, "footer.icon_url": MEDIA, "image.url": MEDIA}
EMBED_URLS |= {"thumbnail.url": MEDIA}
COMMANDS_PER_KIND = {CHAT_INPUT: 100, 2: 15, 3: 15}
V2_TEXT, V2_COMPONENTS = 4_000, 40
# Components of more than about 10,170 bytes are answered with 500 (discord/discord-api-docs#8554): 3,300 characters
# of Chinese are too long although the documented limit counts 4,000.
V2_BYTES = 10_000


def violations(body: Any) -> list[str]:
    """Every limit a request body breaks: a list of commands, one command, an interaction callback or a message."""
    if isinstance(body, list):
        return commands_violations(body)
    if "name" in body:
        return command_violations(body)
    if "type" not in body:
        return message_violations(body)
    data = body.get("data") or {}
    if body["type"] == MODAL_CALLBACK:
        return modal_violations(data)
    choices = data.get("choices") or [] if body["type"] == AUTOCOMPLETE_CALLBACK else []
    return [*choices_violations(choices, "choices"), *message_violations(data)]


def walk(components: Iterable[JSON]) -> Iterator[JSON]:
    """Every component, parents before children: rows, containers, labels, sections and their accessories."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        yield from walk(component[key] for key in ("component", "accessory") if component.get(key))


def text_of(message: JSON) -> str:
    """All text a reader sees in a message body, line by line: content, embeds, text displays, button labels."""
    lines = [message.get("content") or ""]
    for embed in message.get("embeds") or []:
        lines += [embed.get("title") or "", embed.get("description") or "", at(embed, "author.name") or ""]
        lines += [f"{entry['name']}\n{entry['value']}" for entry in embed.get("fields") or []]
        lines.append(at(embed, "footer.text") or "")
    for component in walk(message.get("components") or []):
        lines.append(component.get("content") or component.get("label") or component.get("placeholder") or "")
    return "\n".join(line for line in lines if line)


def at(body: JSON, path: str) -> Any:
    """The value at a dotted path, None where a part is missing."""
    value: Any = body
    for key in path.split("."):
        value = (value or {}).get(key)
    return value


def is_empty(body: JSON) -> bool:
    """Whether a new message would carry nothing, which Discord refuses with 50006."""
    parts = ("embeds", "components", "attachments", "sticker_ids", "poll")
    return _blank(body.get("content")) and not any(body.get(part) for part in parts)


def message_violations(body: JSON) -> list[str]:
    """What is wrong with the body of a new or an edited message."""
    return [*_content(body), *_embeds(body), *_components(body), *_attachments(body)]


def modal_violations(modal: JSON) -> list[str]:
    """What is wrong with the form an interaction callback of type 9 opens."""
    found = [*_length(modal, "title", 45, "modal"), *_length(modal, "custom_id", 100, "modal")]
    rows = modal.get("components") or []
    if not 1 <= len(rows) <= 5:
        found.append(f"modal: {len(rows)} components, 1 to 5 allowed")
    for component in walk(rows):
        kind = component["type"]
        if kind == LABEL:
            found += [*_length(component, "label", 45, "label"), *_length(component, "description", 100, "label", 0)]
        else:
            found += _placeholder_and_id(component, f"component {kind}")
        if kind == TEXT_INPUT:
            found += _length(component, "value", component.get("max_length") or 4000, "text input", 0)
    return [*found, *_duplicates(rows)]


def commands_violations(commands: list[JSON]) -> list[str]:
    """What is wrong with a bulk registration."""
    found = [each for command in commands for each in command_violations(command)]
    kinds = Counter(command.get("type") or CHAT_INPUT for command in commands)
    found += [f"{n} commands of type {kind}" for kind, n in kinds.items() if n > COMMANDS_PER_KIND[kind]]
    names = Counter((command.get("type") or CHAT_INPUT, command["name"]) for command in commands)
    return found + [f"/{name} is registered {n} times" for (_, name), n in names.items() if n > 1]


def command_violations(command: JSON) -> list[str]:
    """What is wrong with one command, its options and choices included."""
    where = f"/{command['name']}"
    found = _length(command, "name", 32, where)
    if (command.get("type") or CHAT_INPUT) != CHAT_INPUT:
        return found + ([f"{where}: a menu command has no description"] if command.get("description") else [])
    size = command_size(command)
    if size > 8000:
        found.append(f"{where}: {size} characters in names, descriptions and values, 8,000 allowed")
    return found + _described(command, where)


def command_size(command: JSON) -> int:
    """Characters Discord counts towards 8,000: names, descriptions and choice values, the longest translation each."""
    own = sum(
        max(len(text) for text in [command.get(key) or "", *(command.get(f"{key}_localizations") or {}).values()])
        for key in ("name", "description")
    )
    value = len(str(command["value"])) if "value" in command else 0
    return own + value + sum(command_size(part) for key in ("options", "choices") for part in command.get(key) or [])


def choices_violations(choices: list[JSON], where: str) -> list[str]:
    """What is wrong with the choices of an option or an autocomplete answer."""
    found = [f"{where}: {len(choices)} choices, 25 allowed"] if len(choices) > 25 else []
    for choice in choices:
        found += _length(choice, "name", 100, where)
        if isinstance(choice["value"], str):
            found += _length(choice, "value", 100, where)
    return found


def _described(node: JSON, where: str) -> list[str]:
    """Names, descriptions and options of a chat command, a subcommand or an option, with all below it."""
    found = _length(node, "description", 100, where)
    if not re.fullmatch(r"[-_'\w]{1,32}", node["name"]) or node["name"] != node["name"].lower():
        found.append(f"{where}: a name is 1 to 32 lower-case letters, digits, - or _")
    options = node.get("options") or []
    found += choices_violations(node.get("choices") or [], where)
    if len(options) > 25:
        found.append(f"{where}: {len(options)} options, 25 allowed")
    if node.get("autocomplete") and node.get("choices"):
        found.append(f"{where}: autocomplete and choices exclude each other")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        found.append(f"{where}: required options come first")
    if len({option["name"] for option in options}) < len(options):
        found.append(f"{where}: two options have the same name")
    return found + [each for option in options for each in _described(option, f"{where} {option['name']}")]


def _content(body: JSON) -> list[str]:
    found = _length(body, "content", 2000, "message", 0)
    if len(str(body.get("nonce") or "")) > 25:
        found.append("nonce: longer than 25 characters")
    return found


def _embeds(body: JSON) -> list[str]:
    embeds = body.get("embeds") or []
    found = [f"{len(embeds)} embeds, 10 allowed"] if len(embeds) > 10 else []
    total = sum(_embed_size(embed) for embed in embeds)
    if total > 6000:
        found.append(f"embeds: {total} characters over all, 6,000 allowed")
    return found + [each for index, embed in enumerate(embeds) for each in _embed(embed, f"embeds[{index}]")]


def _embed_size(embed: JSON) -> int:
    fields = sum(len(entry["name"]) + len(entry["value"]) for entry in embed.get("fields") or [])
    return fields + sum(len(at(embed, path) or "") for path in EMBED_LENGTHS)


def _embed(embed: JSON, where: str) -> Iterator[str]:
    for path, most in EMBED_LENGTHS.items():
        if len(at(embed, path) or "") > most:
            yield f"{where}.{path}: longer than {most}"
    for path, schemes in EMBED_URLS.items():
        if at(embed, path) is not None:
            yield from _address(at(embed, path), schemes, f"{where}.{path}")
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield f"{where}: {len(fields)} fields, 25 allowed"
    for entry in fields:
        yield from [*_length(entry, "name", 256, f"{where}.field"), *_length(entry, "value", 1024, f"{where}.field")]


def _components(body: JSON) -> Iterator[str]:
    roots = body.get("components") or []
    everything = list(walk(roots))
    yield from _duplicates(roots)
    for component in everything:
        yield from _component(component)
    if (body.get("flags") or 0) & IS_COMPONENTS_V2:
        yield from _v2(body, everything)
        return
    if len(roots) > 5:
        yield f"{len(roots)} action rows, 5 allowed"
    if any(component["type"] != ACTION_ROW for component in roots):
        yield "components other than action rows need the flag for Components V2"


def _v2(body: JSON, everything: list[JSON]) -> Iterator[str]:
    if body.get("content") or body.get("embeds"):
        yield "content and embeds are not allowed beside Components V2"
    if len(everything) > V2_COMPONENTS:
        yield f"{len(everything)} components with nested ones, {V2_COMPONENTS} allowed"
    text = sum(len(component.get("content") or "") for component in everything)
    if text > V2_TEXT:
        yield f"text displays: {text} characters over all, {V2_TEXT} allowed"
    size = len(json.dumps(body.get("components"), ensure_ascii=False, separators=(",", ":")).encode())
    if size > V2_BYTES:
        yield f"components: {size} bytes, Discord fails above about {V2_BYTES}"


def _component(component: JSON) -> Iterator[str]:
    kind, children = component["type"], component.get("components") or []
    where = f"component {kind}"
    yield from _placeholder_and_id(component, where)
    if kind == BUTTON:
        yield from _button(component)
    if kind == ACTION_ROW:
        yield from _row(children)
    if kind == CONTAINER and not children:
        yield "container: empty"
    if kind == SECTION and not (1 <= len(children) <= 3 and component.get("accessory")):
        yield "section: 1 to 3 texts and an accessory are needed"
    if kind == TEXT_DISPLAY and _blank(component.get("content")):
        yield "text display: empty"
    if kind in SELECTS:
        yield from _select(component)
    if kind == MEDIA_GALLERY and not 1 <= len(component.get("items") or []) <= 10:
        yield "media gallery: 1 to 10 items are needed"
    for media in _media(component):
        yield from _address(media, ("attachment",) if kind == FILE else MEDIA, where)


def _button(button: JSON) -> Iterator[str]:
    style = button.get("style")
    if style == PREMIUM_BUTTON:
        return
    if _blank(button.get("label")) and not button.get("emoji"):
        yield "button: neither label nor emoji"
    yield from _length(button, "label", 80, "button", 0)
    if style == LINK_BUTTON:
        yield from [*_address(button.get("url") or "", LINKS, "button"), *_length(button, "url", 512, "button")]
        if button.get("custom_id"):
            yield "button: a link button has no custom_id"
    elif not button.get("custom_id") or button.get("url"):
        yield "button: a custom_id and no url is needed"


def _row(children: list[JSON]) -> Iterator[str]:
    width = sum(1 if child["type"] == BUTTON else 5 for child in children)
    if not 1 <= width <= 5:
        yield "action row: 1 to 5 buttons or one select are needed"


def _select(select: JSON) -> Iterator[str]:
    options = select.get("options") or []
    if select["type"] == STRING_SELECT and not 1 <= len(options) <= 25:
        yield f"select: {len(options)} options, 1 to 25 allowed"
    if len({option["value"] for option in options}) < len(options):
        yield "select: two options have the same value"
    for option in options:
        yield from [*_length(option, "label", 100, "option"), *_length(option, "value", 100, "option")]
        yield from _length(option, "description", 100, "option", 0)


def _attachments(body: JSON) -> Iterator[str]:
    """Files that embeds and components show must travel with the message."""
    known = {each.get("filename") for each in body.get("attachments") or []}
    shown = [at(embed, f"{part}.url") for embed in body.get("embeds") or [] for part in ("image", "thumbnail")]
    shown += [media for component in walk(body.get("components") or []) for media in _media(component)]
    for address in shown:
        if (address or "").startswith("attachment://") and address.removeprefix("attachment://") not in known:
            yield f"{address} is not among the attachments"


def _media(component: JSON) -> list[str]:
    """Addresses of the pictures and files a component shows."""
    holders = [component, *(component.get("items") or [])]
    found = [holder.get(key) for holder in holders for key in ("media", "file")]
    return [media["url"] for media in found if isinstance(media, dict)]


def _duplicates(components: Iterable[JSON]) -> list[str]:
    ids = Counter(each["custom_id"] for each in walk(components) if each.get("custom_id"))
    return [f"custom_id {custom_id!r} is used {n} times" for custom_id, n in ids.items() if n > 1]


def _placeholder_and_id(component: JSON, where: str) -> list[str]:
    found = _length(component, "placeholder", 150, where, 0)
    return found + (_length(component, "custom_id", 100, where) if "custom_id" in component else [])


def _address(address: str, schemes: tuple[str, ...], where: str) -> list[str]:
    scheme, _, rest = address.partition("://")
    return [] if scheme.lower() in schemes and rest else [f"{where}: {address!r} is not an address of {schemes}"]


def _length(node: JSON, key: str, most: int, where: str, least: int = 1) -> list[str]:
    value = node.get(key) or ""
    if least and _blank(value):
        return [f"{where}.{key}: empty"]
    return [f"{where}.{key}: {len(value)} characters, {most} allowed"] if len(value) > most else []


def _blank(text: str | None) -> bool:
    return not (text or "").strip()
