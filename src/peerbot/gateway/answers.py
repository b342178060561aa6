"""The private answer: always ephemeral, always tried, never pinging."""

import discord

from peerbot.engine.card import Card, Form
from peerbot.gateway import draw

GONE = 10062
"""Discord's code for an interaction whose three seconds, or fifteen minutes, are over."""


async def show(interaction: discord.Interaction, card: Card) -> None:
    """Answer privately with a new message.

    Raises:
        discord.NotFound: code 10062 if the interaction is gone; the effect stands, the error handler sends the news.
    """
    drawn = draw.message(card, alone=True) | draw.files(card)
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=True, **drawn)
    else:
        await interaction.response.send_message(ephemeral=True, **drawn)


async def turn(interaction: discord.Interaction, card: Card) -> None:
    """Answer by changing the private message that was pressed; a public one is left alone and answered beside."""
    pressed = interaction.message
    if pressed is None or not pressed.flags.ephemeral or interaction.response.is_done() or card.attachment:
        await show(interaction, card)
    else:
        await interaction.response.edit_message(**draw.message(card, alone=True))


async def rewrite(interaction: discord.Interaction, card: Card) -> None:
    """Change the private answer given a moment ago."""
    await interaction.edit_original_response(**draw.message(card, alone=True))


async def ask(interaction: discord.Interaction, form: Form) -> None:
    """Answer with a form."""
    await interaction.response.send_modal(draw.modal(form))
