"""The fake Discord's memory: users, servers, channels and messages, and the rules that hold among them."""

import asyncio
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.wire import limits

JSON = dict[str, Any]

ADMINISTRATOR, MANAGE_GUILD, VIEW_CHANNEL, SEND_MESSAGES = 1 << 3, 1 << 5, 1 << 10, 1 << 11
MANAGE_MESSAGES, EMBED_LINKS, ATTACH_FILES, READ_HISTORY = 1 << 13, 1 << 14, 1 << 15, 1 << 16
USE_COMMANDS, MANAGE_THREADS, SEND_IN_THREADS, PIN_MESSAGES = 1 << 31, 1 << 34, 1 << 38, 1 << 51
MEMBER = VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_HISTORY | USE_COMMANDS | SEND_IN_THREADS
TEXT, DIRECT, ANNOUNCEMENT, THREAD, FORUM = 0, 1, 5, 11, 15
CROSSPOSTED = 1 << 1
EVERYTHING = (1 << 53) - 1

EPHEMERAL, LOADING = 1 << 6, 1 << 7
DISCORD_EPOCH_MS = 1_420_070_400_000


class RefusedError(Exception):
    """A request Discord would refuse, with its HTTP status and its own error code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} ({code}): {message}")
        self.status, self.code, self.message = status, code, message


@dataclass(eq=False)
class User:
    """A person or a bot; `accepts_dms=False` refuses direct messages (50007)."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    accepts_dms: bool = True

    def payload(self) -> JSON:
        """The user object as Discord sends it."""
        names = {"username": self.name, "global_name": self.name, "discriminator": "0", "avatar": None}
        return {"id": str(self.id), **names, "bot": self.bot, "public_flags": 0}


@dataclass(eq=False)
class Role:
    """A role and its permission bits."""

    id: int
    name: str
    permissions: int

    def payload(self) -> JSON:
        """The role object as Discord sends it."""
        look = {"color": 0, "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}
        flags = {"hoist": False, "managed": False, "mentionable": False, "position": 0, "flags": 0}
        return {"id": str(self.id), "name": self.name, "permissions": str(self.permissions), **look, **flags}


@dataclass(eq=False)
class Channel:
    """A channel of a server, a thread of its `parent`, or the direct messages with `recipient`.

    `overwrites` maps a role or user id to (allow, deny); those of a thread are its parent's.
    """

    id: int
    name: str
    guild: "Guild | None" = None
    recipient: User | None = None
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    kind: int = TEXT
    parent: "Channel | None" = None
    owner: User | None = None  # of a thread
    archived: bool = False
    locked: bool = False
    pinned: bool = False  # a post, in its forum
    last_message_id: int | None = None  # in a forum the last thread; it stays when that is deleted

    def payload(self) -> JSON:
        """The channel object as Discord sends it."""
        if self.guild is None:
            recipients = [self.recipient.payload()] if self.recipient else []
            return {"id": str(self.id), "type": 1, "last_message_id": None, "recipients": recipients, "flags": 0}
        if self.parent is not None:
            return self._thread()
        overwrites = [self._overwrite(target, *bits) for target, bits in self.overwrites.items()]
        place = {"guild_id": str(self.guild.id), "position": 0, "parent_id": None, "permission_overwrites": overwrites}
        last = None if self.last_message_id is None else str(self.last_message_id)
        rest = {"topic": None, "nsfw": False, "rate_limit_per_user": 0, "last_message_id": last, "flags": 0}
        tags = {"available_tags": []} if self.kind == FORUM else {}
        return {"id": str(self.id), "type": self.kind, "name": self.name, **place, **rest, **tags}

    def _thread(self) -> JSON:
        assert self.guild is not None
        assert self.parent is not None
        assert self.owner is not None
        last = None if self.last_message_id is None else str(self.last_message_id)
        place = {"guild_id": str(self.guild.id), "parent_id": str(self.parent.id), "owner_id": str(self.owner.id)}
        metadata = {"archived": self.archived, "locked": self.locked, "auto_archive_duration": 1440}
        metadata |= {"archive_timestamp": datetime.now(UTC).isoformat()}
        counts = {"message_count": 1, "member_count": 1, "rate_limit_per_user": 0, "flags": 2 * self.pinned}
        head = {"id": str(self.id), "type": THREAD, "name": self.name, "last_message_id": last}
        return {**head, **place, **counts, "thread_metadata": metadata}

    def _overwrite(self, target: int, allow: int, deny: int) -> JSON:
        assert self.guild is not None
        kind = 0 if target in self.guild.roles else 1
        return {"id": str(target), "type": kind, "allow": str(allow), "deny": str(deny)}


@dataclass(eq=False)
class Guild:
    """A server; `members` maps a user id to the ids of the member's roles."""

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    channels: dict[int, Channel] = field(default_factory=dict)
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def permissions(self, user: User, channel: Channel | None = None) -> int:
        """What a member may do here, by Discord's order: owner, roles, then everyone, role and member overwrites."""
        bits = 0
        roles = [self.id, *self.members.get(user.id, [])]
        for role_id in roles:
            bits |= self.roles[role_id].permissions
        if user is self.owner or bits & ADMINISTRATOR:
            return EVERYTHING
        overwrites = (channel.parent or channel).overwrites if channel else {}
        for targets in ([self.id], roles[1:], [user.id]):
            pairs = [overwrites[target] for target in targets if target in overwrites]
            for _, deny in pairs:
                bits &= ~deny
            for allow, _ in pairs:
                bits |= allow
        return bits

    @property
    def threads(self) -> list[Channel]:
        """Those that are not archived."""
        return [channel for channel in self.channels.values() if channel.parent and not channel.archived]

    def member(self, user: User) -> JSON:
        """The member object, without permissions, as Discord sends it."""
        roles = [str(role_id) for role_id in self.members.get(user.id, [])]
        times = {"joined_at": "2024-01-01T00:00:00+00:00", "premium_since": None, "communication_disabled_until": None}
        state = {"deaf": False, "mute": False, "pending": False, "flags": 0, "nick": None, "avatar": None}
        return {"user": user.payload(), "roles": roles, **times, **state}

    def payload(self) -> JSON:
        """The server object, as GUILD_CREATE and GET /guilds carry it, without members."""
        head = {"id": str(self.id), "name": self.name, "owner_id": str(self.owner.id), "unavailable": False}
        levels = {"verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0}
        levels |= {"mfa_level": 0, "premium_tier": 0, "nsfw_level": 0, "system_channel_flags": 0, "afk_timeout": 300}
        empty = ["emojis", "stickers", "features", "threads", "voice_states", "presences", "stage_instances"]
        lists: JSON = {name: [] for name in [*empty, "guild_scheduled_events", "soundboard_sounds"]}
        lists["roles"] = [role.payload() for role in self.roles.values()]
        lists["channels"] = [channel.payload() for channel in self.channels.values() if not channel.parent]
        lists["threads"] = [thread.payload() for thread in self.threads]
        locale = {"preferred_locale": self.locale, "member_count": len(self.members), "large": False}
        return head | levels | lists | locale


class World:
    """Everything the fake remembers. Messages are the dicts Discord would send, changed in place by edits."""

    def __init__(self, *, nonce_window: float = 300.0, message_content: bool = False) -> None:
        self._last_id = 0
        self.nonce_window = nonce_window
        self.message_content = message_content
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.stored: dict[int, JSON] = {}
        self.files: dict[int, tuple[str, bytes]] = {}
        self.commands: dict[int | None, list[JSON]] = {}
        self._nonces: dict[tuple[int, str], tuple[int, float]] = {}
        self.bot = self.add_user("Dateline", bot=True)
        self.cdn = "http://cdn.invalid"

    def new_id(self) -> int:
        """A snowflake of now; the time part grows with every id, so that server ids spread over shards."""
        now = int(time.time() * 1000) - DISCORD_EPOCH_MS
        self._last_id = max(self._last_id + (1 << 22), now << 22)
        return self._last_id

    def add_user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        """A new user who is in no server yet."""
        user = User(self.new_id(), name, bot, locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str = "Newsroom", *, bot_permissions: int = MEMBER, locale: str = "en-US") -> Guild:
        """A new server with an owner and with the bot, whose own role carries `bot_permissions`."""
        guild = Guild(self.new_id(), name, self.add_user(f"owner of {name}"), locale)
        guild.roles[guild.id] = Role(guild.id, "@everyone", MEMBER)
        self.guilds[guild.id] = guild
        guild.members[guild.owner.id] = []
        self.add_member(guild, self.bot, permissions=bot_permissions)
        return guild

    def add_role(self, guild: Guild, name: str, permissions: int = 0) -> Role:
        """A new role of a server."""
        role = Role(self.new_id(), name, permissions)
        guild.roles[role.id] = role
        return role

    def add_member(
        self, guild: Guild, user: User | str, *, permissions: int = 0, roles: Iterable[Role] = (), locale: str = "en-US"
    ) -> User:
        """Let a user (or a new one of this name) join a server, with a role of their own for `permissions`."""
        user = self.add_user(user, locale=locale) if isinstance(user, str) else user
        own = [self.add_role(guild, user.name, permissions)] if permissions else []
        guild.members[user.id] = [role.id for role in [*roles, *own]]
        return user

    def add_channel(
        self,
        guild: Guild,
        name: str = "news",
        *,
        overwrites: dict[int, tuple[int, int]] | None = None,
        kind: int = TEXT,
    ) -> Channel:
        """A new channel; `overwrites` maps a role or user id to (allow, deny)."""
        channel = Channel(self.new_id(), name, guild, overwrites=overwrites or {}, kind=kind)
        self.channels[channel.id] = guild.channels[channel.id] = channel
        return channel

    def add_thread(self, parent: Channel, name: str, owner: User) -> Channel:
        """A new public thread; in a forum its id is that of the message it is opened with."""
        assert parent.guild is not None
        thread = Channel(self.new_id(), name, parent.guild, kind=THREAD, parent=parent, owner=owner)
        self.channels[thread.id] = parent.guild.channels[thread.id] = thread
        if parent.kind == FORUM:
            parent.last_message_id = thread.id
        return thread

    def dm(self, user: User) -> Channel:
        """The direct messages between a user and the bot, opened at the first call."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.new_id(), user.name, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def attachment(self, filename: str, content: bytes, content_type: str = "text/plain") -> JSON:
        """Keep a file and return its attachment object, to be given as the value of a command option or upload."""
        file_id = self.new_id()
        self.files[file_id] = (content_type, content)
        url = f"{self.cdn}/attachments/{file_id}/{filename}"
        names = {"id": str(file_id), "filename": filename, "content_type": content_type, "size": len(content)}
        return {**names, "url": url, "proxy_url": url}

    def messages(self, channel: Channel) -> list[JSON]:
        """What stands in a channel for all to see, oldest first."""
        here = str(channel.id)
        return [m for m in self.stored.values() if m["channel_id"] == here and not m["flags"] & EPHEMERAL]

    def channel(self, channel_id: int) -> Channel:
        """The channel of this id; refused as Discord does when it is gone."""
        if channel_id not in self.channels:
            raise RefusedError(404, 10003, "Unknown Channel")
        return self.channels[channel_id]

    def message(self, message_id: int) -> JSON:
        """The message of this id; refused as Discord does when it is gone."""
        if message_id not in self.stored:
            raise RefusedError(404, 10008, "Unknown Message")
        return self.stored[message_id]

    def permissions(self, user: User, channel: Channel) -> int:
        """What a user may do in a channel, direct messages included."""
        return channel.guild.permissions(user, channel) if channel.guild else MEMBER

    def require(self, channel: Channel, permission: int = 0) -> None:
        """Refuse, as Discord does, what the bot may not see or do in a channel."""
        if channel.recipient and not channel.recipient.accepts_dms and permission & SEND_MESSAGES:
            raise RefusedError(403, 50007, "Cannot send messages to this user")
        bits = self.permissions(self.bot, channel)
        if channel.parent and permission & SEND_MESSAGES:
            permission = permission & ~SEND_MESSAGES | SEND_IN_THREADS
        if not bits & VIEW_CHANNEL:
            raise RefusedError(403, 50001, "Missing Access")
        if permission & ~bits:
            raise RefusedError(403, 50013, "Missing Permissions")

    def require_open(self, channel: Channel) -> None:
        """Nothing is written or edited in an archived thread."""
        if channel.archived:
            raise RefusedError(400, 160005 if channel.locked else 50083, "Thread is archived or locked")

    def create_message(self, channel: Channel, author: User, body: JSON, uploads: Sequence[JSON] = ()) -> JSON:
        """Store a message; one whose enforced nonce was seen within the window is answered, not stored again.

        Discord answers 10008 when the earlier message has been deleted since (Rapptz/discord.py#10116).
        """
        key = (author.id, str(body.get("nonce")))
        if body.get("enforce_nonce") and key in self._nonces:
            earlier, seen = self._nonces[key]
            if time.monotonic() - seen < self.nonce_window:
                return self.message(earlier)
        self.require_open(channel)
        message = self._blank(channel, author)
        if channel.parent and channel.parent.kind == FORUM and channel.last_message_id is None:
            message["id"] = str(channel.id)
        self.edit_message(message, body, uploads)
        message["edited_timestamp"] = None
        message |= self._reply(body)
        self._nonces[key] = (int(message["id"]), time.monotonic())
        self.stored[int(message["id"])] = message
        channel.last_message_id = int(message["id"])
        return message

    def _blank(self, channel: Channel, author: User) -> JSON:
        head = {"id": str(self.new_id()), "channel_id": str(channel.id), "author": author.payload(), "type": 0}
        text = {"content": "", "embeds": [], "components": [], "attachments": [], "flags": 0, "tts": False}
        pings = {"mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False}
        return head | text | pings | {"timestamp": datetime.now(UTC).isoformat(), "edited_timestamp": None}

    def _reply(self, body: JSON) -> JSON:
        reference = body.get("message_reference")
        if not reference:
            return {}
        referenced = self.stored.get(int(reference["message_id"]))
        if referenced is None and reference.get("fail_if_not_exists", True):
            raise RefusedError(400, 50035, "Invalid Form Body: message_reference: Unknown message")
        if referenced is None:
            return {}
        return {"type": 19, "message_reference": reference, "referenced_message": referenced}

    def edit_message(self, message: JSON, body: JSON, uploads: Sequence[JSON] = ()) -> JSON:
        """Change the named parts of a message in place; refused (50035) when the result breaks a limit."""
        changed = message | {key: body[key] or "" for key in ("content",) if key in body}
        changed |= {key: body[key] or [] for key in ("embeds", "components") if key in body}
        changed["flags"] = message["flags"] | (body.get("flags") or 0)
        if "attachments" in body or uploads:
            keep = {str(each["id"]) for each in body.get("attachments") or []}
            changed["attachments"] = [a for a in message["attachments"] if a["id"] in keep] + list(uploads)
        broken = limits.message_violations(changed)
        if broken:
            raise RefusedError(400, 50035, "Invalid Form Body: " + "; ".join(broken))
        number(changed["components"])
        message.update(changed, edited_timestamp=datetime.now(UTC).isoformat(), **self._mentions(changed, body))
        return message

    def _mentions(self, message: JSON, body: JSON) -> JSON:
        """Whom a message notifies: without `allowed_mentions` everyone it names, else only what that allows."""
        allowed = body.get("allowed_mentions") or {"parse": ["everyone", "users", "roles"]}
        parse, text = allowed.get("parse", []), limits.text_of(message)

        def named(pattern: str, kind: str) -> list[int]:
            listed = {int(each) for each in allowed.get(kind, [])}
            found = dict.fromkeys(int(match) for match in re.findall(pattern, text))
            return [each for each in found if kind in parse or each in listed]

        users = [self.users[each].payload() for each in named(r"<@!?(\d+)>", "users") if each in self.users]
        roles = [str(each) for each in named(r"<@&(\d+)>", "roles")]
        everyone = "everyone" in parse and ("@everyone" in text or "@here" in text)
        return {"mentions": users, "mention_roles": roles, "mention_everyone": everyone}

    def seen_by_bot(self, message: JSON) -> JSON:
        """A message as the bot gets it: emptied without the message content intent, unless it concerns the bot."""
        concerns = str(self.bot.id) in {message["author"]["id"], *(each["id"] for each in message["mentions"])}
        channel = self.channels.get(int(message["channel_id"]))
        if self.message_content or concerns or channel is None or channel.guild is None:
            return message
        return message | {"content": "", "embeds": [], "components": [], "attachments": []}


async def until(condition: Callable[[], bool], timeout: float, what: str) -> None:
    """Look every 10 ms whether something holds, here or in the bot; TimeoutError says what was waited for."""
    end = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {timeout:g} s in vain for {what}")
        await asyncio.sleep(0.01)


def number(components: list[JSON]) -> None:
    """Give every component the id that Discord gives those sent without one."""
    taken = {component.get("id") for component in limits.walk(components)}
    free = (each for each in range(1, 10_000) if each not in taken)
    for component in limits.walk(components):
        component.setdefault("id", next(free))
