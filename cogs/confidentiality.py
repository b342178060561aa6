"""`/agreement`: what stays private and what cannot, agreeing to it again, and no longer agreeing."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, actor_of
from peerbot.signup import agreement_cards
from peerbot.signup.service import Signup


class ConfidentialityMenu(Menu):
    """`/agreement`, for everybody."""

    agreement = app_commands.Group(name="agreement", description=say("cmd-agreement"))

    def __init__(self, signup: Signup) -> None:
        """Offer the use cases around what people agree to."""
        self._signup = signup

    @agreement.command(name="read", description=say("cmd-agreement-read"))
    async def read(self, interaction: discord.Interaction) -> None:
        """Show the agreement, beside it the limits, and what the person's own groups add."""
        for card in agreement_cards.read_cards(await self._signup.agreeing.read(actor_of(interaction))):
            await show(interaction, card)
