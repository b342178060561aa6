"""What is kept about me: /my-data."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.privacy import cards
from peerbot.privacy.service import Privacy
from peerbot.privacy.wishes import Choosing


class PrivacyMenu(Menu):
    """For everybody, in servers and in direct messages."""

    my_data = app_commands.Group(name="my-data", description=say("cmd-my-data"))

    def __init__(self, privacy: Privacy, choosing: Choosing) -> None:
        """Offer `privacy`'s use cases, and those of choices."""
        self._privacy = privacy
        self._choosing = choosing

    @my_data.command(name="show", description=say("cmd-my-data-show"))
    async def show_mine(self, interaction: discord.Interaction) -> None:
        """Show what is kept about the person asking."""
        for card in cards.my_data_cards(await self._privacy.show(interaction.user.id), self._privacy.table):
            await show(interaction, card)

    @my_data.command(name="export", description=say("cmd-my-data-export"))
    async def export_mine(self, interaction: discord.Interaction) -> None:
        """Give the same as a file, to the person asking alone."""
        await show(interaction, cards.export_card(await self._privacy.export(interaction.user.id)))

    @my_data.command(name="settings", description=say("cmd-my-data-settings"))
    async def settings(self, interaction: discord.Interaction) -> None:
        """Show the person's choices, here or in a direct message in each server."""
        wishes = await self._choosing.show(actor_of(interaction))
        for card in [cards.settings_card(each) for each in wishes] or [cards.nowhere_card()]:
            await show(interaction, card)

    @on_press("my-data.choose")
    async def choose(self, press: Press) -> None:
        """Choose otherwise."""
        on = press.arg(2) == "on"
        wishes = await self._choosing.change(press.actor, press.number(0), press.arg(1), on=on)
        await turn(press.interaction, cards.settings_card(wishes))

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
