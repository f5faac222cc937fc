"""Interactions as Discord sends them, and what a bot made of each."""

import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

from tests.wire import limits
from tests.wire.world import JSON, LOADING, Channel, Role, User, World, until

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFERRED_REPLY, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
SUBCOMMAND, SUBCOMMAND_GROUP, STRING, INTEGER, BOOLEAN, NUMBER = 1, 2, 3, 4, 5, 10
RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 21, 22, 23
RESOLVED = {6: "users", 7: "channels", 8: "roles", 9: "mentionables", 11: "attachments"}
PYTHON_TYPES: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), NUMBER: (int, float)}
SELECT_RESOLVED = {5: "users", 6: "roles", 7: "mentionables", 8: "channels", 19: "attachments"}


class Answer:
    """What the bot answered to one interaction, growing while it does.

    `callback` is the body of the first answer and `latency` the seconds it took. `original` is the message of that
    answer, `followups` are those sent later, `edits` counts changes of any of them. `modal` and `choices` hold the
    form or the suggestions, where the answer was one.
    """

    def __init__(self, interaction: JSON, source: JSON | None = None) -> None:
        self.interaction, self.source = interaction, source
        self.token: str = interaction["token"]
        self.sent_at = time.monotonic()
        self.callback: JSON | None = None
        self.latency: float | None = None
        self.original: JSON | None = None
        self.followups: list[JSON] = []
        self.edits = 0
        self._settled = False

    def __repr__(self) -> str:
        return f"<Answer to {self.interaction['data']}: {self.callback}>"

    @property
    def kind(self) -> int | None:
        """Type of the first answer (4 reply, 5 and 6 deferred, 7 update, 8 choices, 9 modal), None so far."""
        return self.callback["type"] if self.callback else None

    @property
    def deferred(self) -> bool:
        """Whether the bot first asked for time."""
        return self.kind in (DEFERRED_REPLY, DEFERRED_UPDATE)

    @property
    def ephemeral(self) -> bool:
        """Whether only the user sees the answer."""
        return bool(self.original and self.original["flags"] & 64)

    @property
    def modal(self) -> JSON | None:
        """The form the bot opened."""
        return self.callback["data"] if self.callback and self.kind == MODAL else None

    @property
    def choices(self) -> list[JSON]:
        """The suggestions of an autocomplete answer."""
        return self.callback["data"].get("choices") or [] if self.callback and self.kind == CHOICES else []

    @property
    def text(self) -> str:
        """All text the answer shows at this moment, follow-ups included."""
        shown = [self.original] if self.original and not self.original["flags"] & LOADING else []
        return "\n".join(limits.text_of(message) for message in [*shown, *self.followups])

    async def responded(self, timeout: float = 5.0) -> "Answer":
        """Wait for the first answer, of whatever kind."""
        await until(lambda: self.callback is not None, timeout, f"an answer, {self!r}")
        return self

    async def final(self, timeout: float = 5.0) -> JSON:
        """Wait until the bot has said what it has to say, past a deferral, and return that message (or modal)."""
        await until(lambda: self._settled, timeout, f"the end of {self!r}")
        return self.original or (self.followups and self.followups[0]) or self.modal or {}

    def respond(self, callback: JSON, original: JSON | None) -> None:
        """Note the first answer."""
        self.callback, self.original = callback, original
        self.latency = time.monotonic() - self.sent_at
        self._settled = not self.deferred

    def follow(self, message: JSON) -> None:
        """Note a follow-up message."""
        self.followups.append(message)
        self._settled = True

    def edit(self, message: JSON) -> None:
        """Note the change of a message, which ends its deferral."""
        message["flags"] &= ~LOADING
        self.edits += 1
        self._settled = True


class Interactions:
    """Builds interaction payloads from the world and from what the bot has registered."""

    def __init__(self, world: World) -> None:
        self._world = world

    def command(self, channel: Channel, user: User, name: str, values: Mapping[str, Any], focused: str | None) -> JSON:
        """A slash command (`"news search"`) or, with `focused`, its autocomplete, checked as Discord's client would."""
        words = name.split()
        command = self._registered(channel, user, words[0], 1)
        node, chain = command, []
        for word in words[1:]:
            node = _named(node, word)
            chain.append(node)
        if any(option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for option in node.get("options") or []):
            raise LookupError(f"/{name} is a group")
        resolved: JSON = {}
        options = [self._option(node, key, value, resolved, channel, user) for key, value in values.items()]
        if focused is None:
            _check_required(node, values)
        for option in options:
            option |= {"focused": True} if option["name"] == focused else {}
        for step in reversed(chain):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data = self._head(command) | {"options": options} | ({"resolved": resolved} if resolved else {})
        return self._interaction(AUTOCOMPLETE if focused else COMMAND, channel, user, data)

    def menu(self, channel: Channel, user: User, name: str, message: JSON) -> JSON:
        """A command of the message menu, by its full name."""
        head = self._head(self._registered(channel, user, name, 3))
        resolved = {"messages": {message["id"]: message}}
        return self._interaction(COMMAND, channel, user, head | {"target_id": message["id"], "resolved": resolved})

    def component(self, message: JSON, custom_id: str, user: User, values: Sequence[Any]) -> JSON:
        """A press of a button, or a choice of `values` from a select, of a message."""
        channel = self._world.channel(int(message["channel_id"]))
        component = _component(message["components"], custom_id)
        if component.get("disabled"):
            raise PermissionError(f"{custom_id!r} is disabled")
        data: JSON = {"custom_id": custom_id, "component_type": component["type"], "id": component["id"]}
        if component["type"] in limits.SELECTS:
            data |= self._selected(component, values, channel, user)
        return self._interaction(COMPONENT, channel, user, data) | {"message": message}

    def modal_submit(self, opened: Answer, values: Mapping[str, Any]) -> JSON:
        """The form of an answer, filled in; keys of `values` are custom ids or labels."""
        if opened.modal is None:
            raise LookupError(f"{opened!r} opened no modal")
        channel = self._world.channel(int(opened.interaction["channel_id"]))
        user = self._world.users[int((opened.interaction.get("member") or opened.interaction)["user"]["id"])]
        left: dict[str, Any] = dict(values)
        resolved: JSON = {}
        rows = [self._filled(row, left, resolved, channel, user) for row in opened.modal["components"]]
        if left:
            raise LookupError(f"the modal has no field {sorted(left)}")
        data = {"custom_id": opened.modal["custom_id"], "components": rows, "resolved": resolved}
        message = {"message": opened.source} if opened.source else {}
        return self._interaction(MODAL_SUBMIT, channel, user, data) | message

    def _registered(self, channel: Channel, user: User, name: str, kind: int) -> JSON:
        commands = self._world.commands
        own = commands.get(channel.guild.id, []) if channel.guild else []
        for command in [*own, *commands.get(None, [])]:
            if command["name"] == name and command["type"] == kind:
                self._check_audience(command, channel, user)
                return command
        raise LookupError(f"no command {name!r} of type {kind} is registered")

    def _check_audience(self, command: JSON, channel: Channel, user: User) -> None:
        if channel.guild is None:
            if command.get("guild_id") or 1 not in (command.get("contexts") or [0, 1, 2]):
                raise PermissionError(f"/{command['name']} is not offered in direct messages")
            return
        needed = int(command.get("default_member_permissions") or 0)
        bits = self._world.permissions(user, channel)
        if needed & ~bits or (command.get("default_member_permissions") == "0" and not bits & 8):
            raise PermissionError(f"{user.name} may not run /{command['name']}")

    def _head(self, command: JSON) -> JSON:
        guild = {"guild_id": command["guild_id"]} if command.get("guild_id") else {}
        return {"id": command["id"], "name": command["name"], "type": command["type"], **guild}

    def _option(
        self, node: JSON, name: str, value: Any, resolved: JSON, channel: Channel, user: User
    ) -> dict[str, Any]:
        option = _named(node, name)
        kind = option["type"]
        if kind in RESOLVED:
            value = self._resolve(RESOLVED[kind], value, resolved, channel, user)
        choices = [choice["value"] for choice in option.get("choices") or []]
        if choices and value not in choices:
            raise ValueError(f"{value!r} is none of the choices {choices} of {name}")
        if kind in PYTHON_TYPES and not isinstance(value, PYTHON_TYPES[kind]):
            raise TypeError(f"{name} is of type {kind}, not {value!r}")
        return {"name": name, "type": kind, "value": value}

    def _resolve(self, group: str, value: Any, resolved: JSON, channel: Channel, user: User) -> str:
        """Note the object of an option or select under `resolved` and return its id."""
        if group == "mentionables":
            group = "roles" if isinstance(value, Role) else "users"
        guild = channel.guild
        key = str(value["id"] if isinstance(value, dict) else value.id)
        entry = value if isinstance(value, dict) else value.payload()
        if isinstance(value, Channel):
            entry |= {"permissions": str(self._world.permissions(user, value))}
            entry |= {"app_permissions": str(self._world.permissions(self._world.bot, value))}
        if isinstance(value, User) and guild and value.id in guild.members:
            member = guild.member(value) | {"permissions": str(guild.permissions(value, channel))}
            resolved.setdefault("members", {})[key] = {k: v for k, v in member.items() if k != "user"}
        resolved.setdefault(group, {})[key] = entry
        return key

    def _selected(self, component: JSON, values: Sequence[Any], channel: Channel, user: User) -> JSON:
        """The values of a select as sent, with the objects they stand for."""
        resolved: JSON = {}
        if component["type"] == limits.STRING_SELECT:
            offered = [option["value"] for option in component["options"]]
            if not set(values) <= set(offered):
                raise ValueError(f"{list(values)} are not all among {offered}")
            return {"values": list(values)}
        group = SELECT_RESOLVED[component["type"]]
        chosen = [self._resolve(group, value, resolved, channel, user) for value in values]
        return {"values": chosen, "resolved": resolved}

    def _filled(self, row: JSON, left: dict[str, Any], resolved: JSON, channel: Channel, user: User) -> JSON:
        """One row of a submitted form; takes what it uses out of `left`."""
        if row["type"] == limits.TEXT_DISPLAY:
            return {"type": row["type"], "id": row.get("id", 0)}
        field = row["component"] if row["type"] == limits.LABEL else row["components"][0]
        label = row.get("label") or field.get("label")
        given = left.pop(field["custom_id"], left.pop(label, None))
        filled = {"type": field["type"], "id": field.get("id", 0), "custom_id": field["custom_id"]}
        filled |= self._field(field, label, given, resolved, channel, user)
        return {"type": row["type"], "id": row.get("id", 0)} | (
            {"component": filled} if row["type"] == limits.LABEL else {"components": [filled]}
        )

    def _field(self, field: JSON, label: str, given: Any, resolved: JSON, channel: Channel, user: User) -> JSON:
        """The value of one form field: text, one of a group, yes or no, or several of a select, group or upload."""
        kind = field["type"]
        if given is None and kind == limits.TEXT_INPUT:
            given = field.get("value")
        if given is None and field.get("required", kind != CHECKBOX):
            raise ValueError(f"{label!r} must be filled in")
        if kind == limits.TEXT_INPUT:
            text = given or ""
            if text and not (field.get("min_length") or 0) <= len(text) <= (field.get("max_length") or 4000):
                raise ValueError(f"{label!r} takes no {len(text)} characters")
            return {"value": text}
        if kind in (RADIO_GROUP, CHECKBOX):
            return {"value": bool(given) if kind == CHECKBOX else given}
        if kind == CHECKBOX_GROUP:
            return {"values": list(given or [])}
        chosen = self._selected(field, given or [], channel, user)
        for group, entries in chosen.pop("resolved", {}).items():
            resolved.setdefault(group, {}).update(entries)
        return chosen

    def _interaction(self, kind: int, channel: Channel, user: User, data: JSON) -> JSON:
        """The part that all interactions share."""
        world, guild = self._world, channel.guild
        app_permissions = world.permissions(world.bot, channel)
        head = {
            "id": str(world.new_id()),
            "application_id": str(world.bot.id),
            "type": kind,
            "version": 1,
            "data": data,
        }
        place = {"channel_id": str(channel.id), "channel": channel.payload(), "locale": user.locale}
        rest = {"token": secrets.token_hex(16), "app_permissions": str(app_permissions), "entitlements": []}
        common: JSON = head | place | rest | {"attachment_size_limit": 10 * 2**20}
        if guild is None:
            owners: JSON = {"authorizing_integration_owners": {"0": "0"}, "context": 1}
            return common | owners | {"user": user.payload()}
        bits = str(world.permissions(user, channel))
        common["channel"]["permissions"] = bits
        where: JSON = {"guild_id": str(guild.id), "guild_locale": guild.locale, "context": 0}
        where["guild"] = {"id": str(guild.id), "locale": guild.locale, "features": []}
        member = guild.member(user) | {"permissions": bits}
        return common | where | {"member": member, "authorizing_integration_owners": {"0": str(guild.id)}}


def _named(node: JSON, name: str) -> JSON:
    for option in node.get("options") or []:
        if option["name"] == name:
            return dict(option)
    raise LookupError(f"{node['name']!r} has no option or subcommand {name!r}")


def _check_required(node: JSON, values: Mapping[str, Any]) -> None:
    missing = [o["name"] for o in node.get("options") or [] if o.get("required") and o["name"] not in values]
    if missing:
        raise ValueError(f"/{node['name']} needs {missing}")


def _component(components: list[JSON], custom_id: str) -> JSON:
    for component in limits.walk(components):
        if component.get("custom_id") == custom_id:
            return component
    known = [component["custom_id"] for component in limits.walk(components) if component.get("custom_id")]
    raise LookupError(f"the message has no component {custom_id!r}, only {known}")
