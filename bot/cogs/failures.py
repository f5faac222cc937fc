"""What a user is told when something did not work; the traceback goes to the log."""

import logging
from typing import Any

import discord
from discord import app_commands

from bot.errors import DigestError
from bot.ui.bodies import NOBODY, note
from bot.ui.text import sentence_with_quotes
from storage import NotFound, Unavailable
from summarizer import SummarizerError

log = logging.getLogger(__name__)

UNREACHABLE = "Dateline's database cannot be reached at the moment. Nothing was lost; try again in a minute."
UNEXPECTED = "Something went wrong on our side. It has been written to the log; please try again in a moment."


def sentence_for(error: BaseException) -> str | None:
    """What to tell the user about an error; None when it is a bug of ours."""
    if isinstance(error, app_commands.CommandInvokeError):
        return sentence_for(error.original)
    if isinstance(error, DigestError | SummarizerError):
        return str(error)
    if isinstance(error, Unavailable):
        return UNREACHABLE
    if isinstance(error, NotFound):
        return f"That {error.kind} is not there any more."
    if isinstance(error, app_commands.CommandOnCooldown):
        return f"That was quick. Try again in {error.retry_after:.0f} seconds."
    if isinstance(error, app_commands.CheckFailure):
        return "You may not use this here."
    if isinstance(error, discord.Forbidden):
        return "Discord does not let Dateline do that here: a permission is missing."
    return None


async def tell(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Answer an interaction that failed with one clear sentence, seen by the user alone."""
    sentence = sentence_for(error)
    if sentence is None:
        log.error("interaction %s failed", interaction.id, exc_info=error)
    elif sentence == UNREACHABLE:
        log.warning("interaction %s failed: %s", interaction.id, getattr(error, "original", error))
    try:
        await answer_privately(interaction, sentence_with_quotes(sentence or UNEXPECTED))
    except discord.HTTPException as late:
        log.warning("interaction %s could not be answered: %s", interaction.id, late)


async def answer_privately(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Say one sentence to the user alone, whatever was answered before."""
    body = note(sentence).message()
    if not interaction.response.is_done():
        await interaction.response.send_message(**body, ephemeral=True)
        return
    answered = await interaction.original_response()
    if not answered.flags.loading or answered.flags.ephemeral:
        await interaction.followup.send(**body, ephemeral=True)
        return
    # A public "thinking…" cannot become private, and Discord takes nothing more once it is deleted while it thinks:
    # https://github.com/discord/discord-api-docs/issues/3087. So it gets the sentence, then a private answer, and goes.
    await interaction.edit_original_response(**body)
    await interaction.followup.send(**note(sentence).message(), ephemeral=True)
    await interaction.delete_original_response()


__all__ = ["NOBODY", "answer_privately", "sentence_for", "tell"]
