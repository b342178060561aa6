"""What anybody can type about confidentiality."""

import discord
from discord import app_commands

from peerbot.confidentiality import cards
from peerbot.engine.texts import say
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu


class ConfidentialityMenu(Menu):
    """`/agreement`, for everybody."""

    agreement = app_commands.Group(name="agreement", description=say("cmd-agreement"))

    @agreement.command(name="read", description=say("cmd-agreement-read"))
    async def read(self, interaction: discord.Interaction) -> None:
        """Show the agreement, and beside it the limits."""
        await show(interaction, cards.agreement_card())
        await show(interaction, cards.limits_card())
