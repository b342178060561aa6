"""The one handler for what goes wrong at an entry: command, button, form or autocomplete. It always answers."""

from collections.abc import Awaitable, Callable, Container
from dataclasses import dataclass

import discord
import structlog
from discord import app_commands

from peerbot.engine.card import Card
from peerbot.engine.errors import PeerbotError
from peerbot.engine.texts import say
from peerbot.gateway import answers, custom_ids

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gone:
    """An interaction that Discord no longer lets us answer: which one, where and whose."""

    id: int
    server_id: int | None
    user_id: int


OnGone = Callable[[Gone], Awaitable[None]]


def told(error: BaseException) -> Card:
    """Return what a person hears about an error: its own text, or the plain one for a defect."""
    if isinstance(error, PeerbotError):
        return Card(say(error.text, **error.values))
    return Card(say(PeerbotError.text))


async def answer(
    interaction: discord.Interaction, error: BaseException, on_gone: OnGone, actions: Container[str]
) -> None:
    """Tell the person, whatever happened. If Discord says the interaction is gone, the news goes elsewhere.

    Only `actions` are named in the log: what a modified client presses has any name.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, answers.NotAnswered) or (isinstance(error, discord.NotFound) and error.code == answers.GONE):
        # The use case was committed before we tried to answer: it stands, once.
        await on_gone(Gone(interaction.id, interaction.guild_id, interaction.user.id))
        return
    if not isinstance(error, PeerbotError):
        _log.error("entry failed", entry=_entry(interaction, actions), error=type(error).__name__, exc_info=error)
    try:
        await answers.show(interaction, told(error))
    except Exception as failed:  # noqa: BLE001 - the last resort: whatever keeps us from answering, nothing is left to try
        _log.warning("answer not given", entry=_entry(interaction, actions), error=type(failed).__name__)


def _entry(interaction: discord.Interaction, actions: Container[str]) -> str:
    if interaction.command is not None:
        return interaction.command.qualified_name
    custom_id = custom_ids.parse(str((interaction.data or {}).get("custom_id", "")))
    return custom_id.action if custom_id is not None and custom_id.action in actions else "unknown"
