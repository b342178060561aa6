"""The private answer: always ephemeral, always tried, never pinging."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp
import discord

from peerbot.engine.card import Card, Form
from peerbot.gateway import draw
from peerbot.gateway.http import UncertainResponse

GONE: Final = 10062
"""Discord's code for an interaction whose three seconds, or fifteen minutes, are over."""
_ANSWERED: Final = 40060
"""Discord's code for one that has its first answer."""
_LONGEST_TRIES: Final = (1.2, 1.2, 10.0)
"""Seconds for each try. Two fit into the three that Discord gives; the last finds out what came of them."""
_PAUSE: Final = 0.1
_SERVER_FAULT: Final = 500
_LOST: Final = "lost"


class NotAnswered(Exception):
    """Whatever was tried, Discord did not say that it took the answer."""


async def _first(interaction: discord.Interaction, give: Callable[[], Awaitable[object]]) -> None:
    """Give the first answer, again where nobody can say whether it was taken: Discord takes no second one.

    Raises:
        NotAnswered: if it fails each time.
        discord.NotFound: code 10062 if the interaction is gone.
    """
    for longest in _LONGEST_TRIES:
        try:
            async with asyncio.timeout(longest):
                await give()
        except discord.HTTPException as error:
            if error.code == _ANSWERED:
                # By an earlier try of which discord.py knows nothing.
                interaction.extras[_LOST] = True
                return
            if error.status < _SERVER_FAULT:
                raise
            failed: Exception = error
        except (UncertainResponse, aiohttp.ClientError, OSError) as error:  # Among the last is TimeoutError.
            failed = error
        else:
            return
        if longest == _LONGEST_TRIES[-1]:
            raise NotAnswered from failed
        await asyncio.sleep(_PAUSE)


def _has_answer(interaction: discord.Interaction) -> bool:
    return interaction.response.is_done() or _LOST in interaction.extras


async def show(interaction: discord.Interaction, card: Card) -> None:
    """Answer privately with a new message.

    Raises:
        discord.NotFound: code 10062 if the interaction is gone; the effect stands, the error handler sends the news.
        NotAnswered: as for one that is gone.
    """

    def drawn() -> dict[str, Any]:
        return draw.message(card, alone=True) | draw.files(card)  # Anew for each try: a file is read once.

    if _has_answer(interaction):
        await interaction.followup.send(ephemeral=True, **drawn())
    else:
        await _first(interaction, lambda: interaction.response.send_message(ephemeral=True, **drawn()))


def _private(interaction: discord.Interaction) -> bool:
    return interaction.message is not None and interaction.message.flags.ephemeral


async def think(interaction: discord.Interaction) -> None:
    """Take the three seconds off the answer that follows with `show` or `turn`: Discord has to be asked first.

    A private message that was pressed stays as it is meanwhile; anybody else sees that an answer is on its way.
    """
    if _private(interaction):
        await _first(interaction, interaction.response.defer)
    else:
        await _first(interaction, lambda: interaction.response.defer(ephemeral=True, thinking=True))


async def turn(interaction: discord.Interaction, card: Card) -> None:
    """Answer by changing the private message that was pressed; a public one is left alone and answered beside."""
    if interaction.response.type is discord.InteractionResponseType.deferred_message_update and not card.attachment:
        await rewrite(interaction, card)
    elif not _private(interaction) or _has_answer(interaction) or card.attachment:
        await show(interaction, card)
    else:
        await _first(interaction, lambda: interaction.response.edit_message(**draw.message(card, alone=True)))


async def rewrite(interaction: discord.Interaction, card: Card) -> None:
    """Change the private answer given a moment ago."""
    await interaction.edit_original_response(**draw.message(card, alone=True))


async def ask(interaction: discord.Interaction, form: Form) -> None:
    """Answer with a form."""
    await _first(interaction, lambda: interaction.response.send_modal(draw.modal(form)))
