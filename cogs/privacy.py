"""What is kept about me: /my-data."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.privacy import cards
from peerbot.privacy.service import Privacy


class PrivacyMenu(Menu):
    """For everybody, in servers and in direct messages."""

    my_data = app_commands.Group(name="my-data", description=say("cmd-my-data"))

    def __init__(self, privacy: Privacy) -> None:
        """Offer `privacy`'s use cases."""
        self._privacy = privacy

    @my_data.command(name="show", description=say("cmd-my-data-show"))
    async def show_mine(self, interaction: discord.Interaction) -> None:
        """Show what is kept about the person asking."""
        for card in cards.my_data_cards(await self._privacy.show(interaction.user.id)):
            await show(interaction, card)

    @my_data.command(name="delete", description=say("cmd-my-data-delete"))
    async def delete_mine(self, interaction: discord.Interaction) -> None:
        """Say what goes and what stays, and ask."""
        await show(interaction, cards.deletion_card(await self._privacy.propose_deletion(actor_of(interaction))))

    @on_press("my-data.delete")
    async def delete(self, press: Press) -> None:
        """Delete it."""
        done = await self._privacy.delete(press.actor, everywhere=press.arg(0) == "everywhere")
        await turn(press.interaction, cards.deleted_card(done))

    @on_press("my-data.keep")
    async def keep(self, press: Press) -> None:
        """Delete nothing."""
        await turn(press.interaction, cards.kept_card())
