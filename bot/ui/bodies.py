"""Message bodies as plain data, and as the discord.py objects they become.

A body is what the ledger freezes and the publisher sends: blocks of text, a footer, buttons. Components V2 carry it
where they can; the embed form serves long text in scripts that take three bytes a character (see `limits`).
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import discord

from bot.ui import limits

ACCENT = discord.Colour(0x2E6F8E)
NOBODY = discord.AllowedMentions.none()
"""Sent with every message: as a guest we cannot rely on the client's default."""


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
class Body:
    """One message. `marker` identifies a part of an edition in its channel; empty elsewhere."""

    blocks: tuple[str, ...]
    footer: str = ""
    buttons: tuple[Button, ...] = ()
    form: Form = Form.LAYOUT
    marker: str = ""
    stories: tuple[int | None, ...] = ()  # for each block the place of the story it tells, if any
    title: str = ""  # of the thread that it opens in a forum
    reply_to: int | None = None
    mention_role_id: int | None = None
    silent: bool = False
    channel_picker: str = ""  # custom id of a menu of the server's channels

    def to_json(self) -> dict[str, Any]:
        """Plain data for the ledger."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The body that `to_json` was called on."""
        tuples = {"blocks": tuple(data["blocks"]), "stories": tuple(data.get("stories", ()))}
        buttons = tuple(Button(**button) for button in data["buttons"])
        return cls(**{**data, **tuples, "buttons": buttons, "form": Form(data["form"])})

    @property
    def small_print(self) -> str:
        """Footer and marker in one line."""
        return " · ".join(filter(None, [self.footer, self.marker and f"`{self.marker}`"]))

    @property
    def fits(self) -> bool:
        """Discord takes it in this form, with room for a marker."""
        texts = [*self.blocks, f"-# {self.small_print} · `12345678`"]
        if self.form is Form.EMBEDS:
            within = all(len(text) <= limits.EMBED_DESCRIPTION for text in self.blocks)
            return within and len(self.blocks) <= limits.EMBEDS and sum(map(len, texts)) <= limits.EMBED_TEXT
        in_bytes = sum(len(text.encode()) for text in texts)
        # Every block may bring a separator; then the container, footer, row and buttons.
        components = 2 * len(self.blocks) + 3 + len(self.buttons)
        return (
            sum(map(len, texts)) <= limits.LAYOUT_TEXT
            and in_bytes <= limits.LAYOUT_BYTES
            and components <= limits.LAYOUT_COMPONENTS
        )

    def message(self) -> dict[str, Any]:
        """Keyword arguments for any of discord.py's send methods."""
        if self.form is Form.EMBEDS:
            arguments: dict[str, Any] = {"embeds": self._embeds()}
            if self.buttons:
                arguments["view"] = self._buttons_view()
        else:
            arguments = {"view": self._layout()}
        return {**arguments, "allowed_mentions": NOBODY}

    def _layout(self) -> discord.ui.LayoutView:
        view = discord.ui.LayoutView(timeout=None)
        container: discord.ui.Container[Any] = discord.ui.Container(accent_colour=ACCENT)
        for number, block in enumerate(self.blocks):
            if number:
                container.add_item(discord.ui.Separator(visible=False))
            container.add_item(discord.ui.TextDisplay(block))
        if self.small_print:
            container.add_item(discord.ui.TextDisplay(f"-# {self.small_print}"))
        if self.buttons:
            container.add_item(discord.ui.ActionRow(*self._buttons()))
        view.add_item(container)
        view.stop()  # its buttons are found by their custom ids; discord.py would keep a living view for ever
        return view

    def _embeds(self) -> list[discord.Embed]:
        embeds = [discord.Embed(description=block, colour=ACCENT) for block in self.blocks]
        if self.small_print:
            embeds[-1].set_footer(text=self.small_print)
        return embeds

    def _buttons_view(self) -> discord.ui.View:
        view = discord.ui.View(timeout=None)
        for button in self._buttons():
            view.add_item(button)
        view.stop()
        return view

    def _buttons(self) -> Iterable[discord.ui.Button[Any]]:
        for button in self.buttons:
            style = discord.ButtonStyle.danger if button.danger else discord.ButtonStyle.secondary
            yield discord.ui.Button(
                label=button.label, custom_id=button.custom_id, disabled=button.disabled, style=style
            )


def fitting(blocks: Sequence[str], footer: str = "", buttons: tuple[Button, ...] = ()) -> Body:
    """One message of blocks that are short enough together, in the first form that carries them."""
    bodies = (Body(tuple(blocks), footer, buttons, form) for form in Form)
    return next((body for body in bodies if body.fits), Body(tuple(blocks[:1]), footer, buttons))


def split(blocks: Sequence[str], footer: str, buttons: tuple[Button, ...]) -> list[Body]:
    """As few messages as carry all blocks: one layout, else one with embeds, else several layouts in order.

    The buttons stand under the last one. A block that is too long for any message loses its last lines.
    """
    blocks = [_cut_to_fit(block, footer, buttons) for block in blocks]
    for form in Form:
        body = Body(tuple(blocks), footer, buttons, form)
        if body.fits:
            return [body]
    parts: list[list[str]] = [[]]
    for block in blocks:
        if parts[-1] and not Body((*parts[-1], block), footer, buttons).fits:
            parts.append([])
        parts[-1].append(block)
    *earlier, last = parts
    return [*(Body(tuple(part)) for part in earlier), Body(tuple(last), footer, buttons)]


def _cut_to_fit(block: str, footer: str, buttons: tuple[Button, ...]) -> str:
    while not Body((block,), footer, buttons).fits:
        block = block.rpartition("\n")[0] if "\n" in block else block[: 3 * len(block) // 4]
    return block


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
