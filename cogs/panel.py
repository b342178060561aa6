"""`/manage panel`: a lasting button in a channel that leads to the list of groups."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.signup.finding import panel_cards
from peerbot.signup.finding.panels import Panels


class PanelMenu(Menu):
    """`/manage panel` and its button."""

    def __init__(self, panels: Panels) -> None:
        """Offer `panels`' use cases."""
        self._panels = panels

    def part(self) -> app_commands.Command[Menu, ..., None]:
        """Return the command, for the menu that holds `/manage`."""
        return app_commands.Command(name="panel", description=say("cmd-manage-panel"), callback=self.panel)

    async def panel(self, interaction: discord.Interaction) -> None:
        """Ask before anything public is posted."""
        spot = await self._panels.propose(actor_of(interaction), *_place(interaction), thread=_thread(interaction))
        await show(interaction, panel_cards.spot_card(spot))

    @on_press("panel.post")
    async def post(self, press: Press) -> None:
        """*Yes, post it*."""
        place, thread = _place(press.interaction), _thread(press.interaction)
        spot = await self._panels.post(press.actor, *place, press.arg(0), thread=thread)
        card = panel_cards.posted_card() if spot is None else panel_cards.spot_card(spot)
        await turn(press.interaction, card)


def _place(interaction: discord.Interaction) -> tuple[int, int]:
    """Return the channel, and what the bot may do there."""
    return interaction.channel_id or 0, interaction.app_permissions.value


def _thread(interaction: discord.Interaction) -> bool:
    """Return whether the channel is a thread."""
    return isinstance(interaction.channel, discord.Thread)
