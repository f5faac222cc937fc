"""Message bodies as plain data, and as the discord.py objects they become.

A body is what the ledger freezes and the publisher sends: blocks of text, a footer, buttons. Components V2 carry it
where they can; the embed form serves long text in scripts that take three bytes a character (see `limits`), and
messages that mention a role, since the push notification of a Components V2 message shows no text.
"""

import enum
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

import discord

from bot.ui import limits
from storage import Size

ACCENT = discord.Colour(0x2E6F8E)
NOBODY = discord.AllowedMentions.none()
"""Sent with every message: as a guest we cannot rely on the client's default."""
DESTINATIONS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]
"""Kinds of channels that something can be posted in."""
MARKER = "00000000"
"""As long as the marker that a part of an edition is given when it is frozen."""
_BUTTONS_A_ROW = 5
_BYTES_A_COMPONENT = 60  # of JSON around its text


class Form(enum.StrEnum):
    """How a body is laid out."""

    LAYOUT = "layout"
    EMBEDS = "embeds"


@dataclass(frozen=True)
class Button:
    """A button whose meaning is all in its custom id, so that it works after a restart."""

    label: str
    custom_id: str
    disabled: bool = False
    danger: bool = False


@dataclass(frozen=True)
class Option:
    """A line of a menu."""

    value: str
    label: str
    description: str = ""


@dataclass(frozen=True)
class Menu:
    """A menu of which one line is chosen."""

    custom_id: str
    placeholder: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Body:
    """One message. `marker` identifies a part of an edition in its channel; empty elsewhere."""

    blocks: tuple[str, ...]
    footer: str = ""
    buttons: tuple[Button, ...] = ()
    form: Form = Form.LAYOUT
    marker: str = ""
    stories: tuple[int | None, ...] = ()  # for each block the place of the story it tells, if any
    size: Size = Size.FULL  # how much of them it tells
    title: str = ""  # of the thread that it opens in a forum
    reply_to: int | None = None
    mention_role_id: int | None = None
    notification: str = ""  # beside the mention: what a push notification shows
    silent: bool = False
    channel_picker: str = ""  # custom id of a menu of the server's channels
    menus: tuple[Menu, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data for the ledger."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The body that `to_json` was called on."""
        made: dict[str, Any] = {
            "blocks": tuple(data["blocks"]),
            "stories": tuple(data.get("stories", ())),
            "buttons": tuple(Button(**button) for button in data["buttons"]),
            "menus": tuple(_menu(menu) for menu in data.get("menus", ())),
            "form": Form(data["form"]),
            "size": Size(data.get("size", Size.FULL)),
        }
        return cls(**{**data, **made})

    @property
    def small_print(self) -> str:
        """Footer and marker in one line."""
        return " · ".join(filter(None, [self.footer, self.marker and f"`{self.marker}`"]))

    @property
    def paragraphs(self) -> list[str]:
        """Its text in pieces that stand apart: an item of a list goes on with the list before it."""
        apart: list[str] = []
        for block in self.blocks:
            if apart and _is_item(block) and _ends_in_a_list(apart[-1]):
                apart[-1] = f"{apart[-1]}\n{block}"
            else:
                apart.append(block)
        return [*apart, f"-# {self.small_print}"] if self.small_print else apart

    @property
    def content(self) -> str:
        """What stands above the embeds of a message that mentions a role."""
        return "" if self.mention_role_id is None else f"<@&{self.mention_role_id}> {self.notification}".strip()

    @property
    def fits(self) -> bool:
        """Discord takes it in this form, with room for a marker."""
        marked = replace(self, marker=self.marker or MARKER)
        if limits.length(self.content) > limits.CONTENT:
            return False
        return marked._fits_embeds() if self.form is Form.EMBEDS else marked._fits_layout()

    def _fits_embeds(self) -> bool:
        embeds = self._embed_texts()
        lengths = [limits.length(text) for text in embeds]
        return (
            len(embeds) <= limits.EMBEDS
            and max(lengths) <= limits.EMBED_DESCRIPTION
            and sum(lengths) <= limits.EMBED_TEXT
        )

    def _fits_layout(self) -> bool:
        texts = self.paragraphs
        # A separator before every text but the first; the container, its rows, and a row for every menu.
        rows = max(1, -(-len(self.buttons) // _BUTTONS_A_ROW))
        components = 2 * len(texts) + 1 + rows + len(self.buttons) + 2 * (len(self.menus) + bool(self.channel_picker))
        in_bytes = sum(len(json.dumps(text, ensure_ascii=False).encode("utf-8", "surrogatepass")) for text in texts)
        return (
            self.mention_role_id is None
            and sum(map(limits.length, texts)) <= limits.LAYOUT_TEXT
            and in_bytes + components * _BYTES_A_COMPONENT <= limits.LAYOUT_BYTES
            and components <= limits.LAYOUT_COMPONENTS
        )

    def message(self) -> dict[str, Any]:
        """Keyword arguments for any of discord.py's send methods. It can mention its role and nobody else."""
        if self.form is Form.EMBEDS:
            arguments: dict[str, Any] = {"embeds": self._embeds()}
            if self.content:
                arguments["content"] = self.content
            if rows := list(self._rows()):
                arguments["view"] = _finished(discord.ui.View(timeout=None), [i for row in rows for i in row.children])
        else:
            arguments = {"view": _finished(discord.ui.LayoutView(timeout=None), [self._container()])}
        return {**arguments, "allowed_mentions": self._allowed_mentions()}

    def _allowed_mentions(self) -> discord.AllowedMentions:
        if self.mention_role_id is None:
            return NOBODY
        role = discord.Object(self.mention_role_id)
        return discord.AllowedMentions(everyone=False, users=False, roles=[role], replied_user=False)

    def _container(self) -> discord.ui.Container[Any]:
        container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=ACCENT)
        for number, text in enumerate(self.paragraphs):
            if number:
                container.add_item(discord.ui.Separator(visible=False))
            container.add_item(discord.ui.TextDisplay(text))
        for row in self._rows():
            container.add_item(row)
        return container

    def _embeds(self) -> list[discord.Embed]:
        return [discord.Embed(description=text, colour=ACCENT) for text in self._embed_texts()]

    def _embed_texts(self) -> list[str]:
        """As few embeds as carry the text. The small print is a line of the last: embed footers know no markup."""
        texts = [""]
        for paragraph in self.paragraphs:
            longer = f"{texts[-1]}\n\n{paragraph}".lstrip("\n")
            if limits.length(longer) <= limits.EMBED_DESCRIPTION:
                texts[-1] = longer
            else:
                texts.append(paragraph)
        return texts

    def _rows(self) -> Iterator[discord.ui.ActionRow[Any]]:
        for menu in self.menus:
            yield discord.ui.ActionRow(_select(menu))
        if self.channel_picker:
            yield discord.ui.ActionRow(_channel_select(self.channel_picker))
        for start in range(0, len(self.buttons), _BUTTONS_A_ROW):
            yield discord.ui.ActionRow(*map(_button, self.buttons[start : start + _BUTTONS_A_ROW]))


def _finished(view: Any, items: Iterable[discord.ui.Item[Any]]) -> Any:
    for item in items:
        view.add_item(item)
    view.stop()  # its buttons are found by their custom ids; discord.py would keep a living view for ever
    return view


def _button(button: Button) -> discord.ui.Button[Any]:
    style = discord.ButtonStyle.danger if button.danger else discord.ButtonStyle.secondary
    return discord.ui.Button(label=button.label, custom_id=button.custom_id, disabled=button.disabled, style=style)


def _select(menu: Menu) -> discord.ui.Select[Any]:
    options = [
        discord.SelectOption(value=option.value, label=option.label, description=option.description or None)
        for option in menu.options
    ]
    return discord.ui.Select(custom_id=menu.custom_id, placeholder=menu.placeholder, options=options)


def _channel_select(custom_id: str) -> discord.ui.ChannelSelect[Any]:
    return discord.ui.ChannelSelect(custom_id=custom_id, placeholder="Choose a channel", channel_types=DESTINATIONS)


def _menu(data: dict[str, Any]) -> Menu:
    return Menu(data["custom_id"], data["placeholder"], tuple(Option(**option) for option in data["options"]))


def _is_item(block: str) -> bool:
    first, *others = block.split("\n")
    return first.startswith("- ") and all(line.startswith("  ") for line in others)


def _ends_in_a_list(text: str) -> bool:
    return text.rpartition("\n")[2].startswith(("- ", "  "))


def fitting(blocks: Sequence[str], footer: str = "", buttons: tuple[Button, ...] = ()) -> Body:
    """One message of blocks that are short enough together, in the first form that carries them."""
    bodies = (Body(tuple(blocks), footer, buttons, form) for form in Form)
    return next((body for body in bodies if body.fits), Body(tuple(blocks[:1]), footer, buttons))


def split(whole: Body) -> list[Body]:
    """As few messages as carry all blocks, in order: layouts where they do as well as embeds.

    Title and mention belong to the first, footer and buttons to the last. A block that is too long for any message goes
    on in the next, line by line.
    """
    forms = Form if whole.mention_role_id is None else (Form.EMBEDS,)
    return min((_parts(replace(whole, form=form)) for form in forms), key=len)


def _parts(whole: Body) -> list[Body]:
    empty = replace(whole, blocks=(), stories=())
    later = replace(empty, mention_role_id=None, notification="", reply_to=None)
    parts = [empty]
    for piece, place in _pieces(whole):
        longer = with_block(parts[-1], piece, place)
        if parts[-1].blocks and not longer.fits:
            longer = with_block(later, piece, place)
            parts.append(later)
        parts[-1] = longer
    return [*(_going_on(part, number, len(parts)) for number, part in enumerate(parts[:-1], 1)), parts[-1]]


def _going_on(part: Body, number: int, count: int) -> Body:
    return replace(part, footer=f"part {number} of {count}", buttons=(), menus=())


def with_block(body: Body, block: str, place: int | None) -> Body:
    """The body with one block more."""
    return replace(body, blocks=(*body.blocks, block), stories=(*body.stories, place))


def _pieces(whole: Body) -> Iterator[tuple[str, int | None]]:
    """The blocks with the places of their stories; of those that are too long for a message, piece after piece."""
    places = whole.stories or (None,) * len(whole.blocks)
    for block, place in zip(whole.blocks, places, strict=True):
        rest = block.split("\n")
        while rest:
            count = most_lines(replace(whole, blocks=(), stories=()), rest)
            if count:
                yield "\n".join(rest[:count]), place
                rest = rest[count:]
            else:
                rest[:1] = _halves(rest[0])


def most_lines(body: Body, lines: Sequence[str]) -> int:
    """How many of the lines, from the first on, fit into one block more of a body."""
    for count in range(len(lines), 0, -1):
        if with_block(body, "\n".join(lines[:count]), None).fits:
            return count
    return 0


def instead(body: Body, place: int, lines: Sequence[str]) -> tuple[Body, list[str]]:
    """The body with as many of the lines as fit where it tells the story of that place, and the lines left over."""
    at = body.stories.index(place)
    others = [(block, one) for block, one in zip(body.blocks, body.stories, strict=True) if one != place]

    def made(block: str) -> Body:
        blocks = [*others[:at], (block, place), *others[at:]] if block else others
        return replace(body, blocks=tuple(block for block, _ in blocks), stories=tuple(one for _, one in blocks))

    for count in range(len(lines), 0, -1):
        longer = made("\n".join(lines[:count]))
        if longer.fits:
            return longer, list(lines[count:])
    return made("" if others and not lines else "…"), list(lines)


def _halves(line: str) -> tuple[str, str]:
    middle = len(line) // 2
    space = line.rfind(" ", 1, middle)
    cut = middle if space < 0 else space
    return line[:cut], line[cut:]


def listing(heading: str, lines: Sequence[str], footer: str = "") -> Body:
    """A heading and as many lines as one message carries; the rest is counted."""
    for shown in range(len(lines), -1, -1):
        left_out = len(lines) - shown
        more = [f"-# … and {left_out} more"] if left_out else []
        body = Body(("\n".join([heading, *lines[:shown], *more]),), footer)
        if body.fits:
            return body
    return Body((heading,), footer)


def note(text: str) -> Body:
    """A message of one paragraph."""
    return Body((text,))
