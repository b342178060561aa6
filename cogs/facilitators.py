"""`/manage facilitator`: who holds a group, and who may take a meeting over."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show
from peerbot.gateway.router import actor_of
from peerbot.signup import group_cards
from peerbot.signup.service import Signup

Choices = list[app_commands.Choice[str]]


class FacilitatorCommands(app_commands.Group):
    """`/manage facilitator`."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around facilitators."""
        super().__init__(name="facilitator", description=say("cmd-manage-facilitator"))
        self._signup = signup

    @app_commands.command(name="add", description=say("cmd-manage-facilitator-add"))
    @app_commands.describe(
        group=say("cmd-manage-facilitator-add-group"), person=say("cmd-manage-facilitator-add-person")
    )
    async def add(self, interaction: discord.Interaction, group: str, person: discord.User) -> None:
        """Let somebody facilitate a group."""
        found, added = await self._signup.add_facilitator(actor_of(interaction), group, person.id, is_bot=person.bot)
        await show(interaction, group_cards.facilitator_card(found, person.id, added=added))

    @add.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]
