"""`/escalation acts`: what staff did in this server, for those who answer for it."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.servers import settings_cards
from peerbot.servers.acts import StaffActs


class ActsMenu(Menu):
    """`/escalation acts` and its button."""

    def __init__(self, acts: StaffActs) -> None:
        """Offer the use cases of `acts`."""
        self._acts = acts

    def part(self) -> app_commands.Command[Menu, ..., None]:
        """Return the command, for the menu that holds `/escalation`."""
        return app_commands.Command(name="acts", description=say("cmd-escalation-acts"), callback=self.acts)

    async def acts(self, interaction: discord.Interaction) -> None:
        """Show what was done last."""
        await show(interaction, settings_cards.acts_card(await self._acts.show(actor_of(interaction))))

    @on_press("acts.older")
    async def older(self, press: Press) -> None:
        """Show what was done before that."""
        await turn(press.interaction, settings_cards.acts_card(await self._acts.show(press.actor, press.number(0))))
