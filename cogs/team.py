"""`/manage team`: who looks after a server's groups."""

from typing import Literal

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show
from peerbot.gateway.router import actor_of
from peerbot.servers import cards
from peerbot.servers.service import Servers

TeamPart = Literal["lead", "deputy", "moderator", "coordinator", "facilitator"]


class TeamCommands(app_commands.Group):
    """`/manage team`."""

    def __init__(self, servers: Servers) -> None:
        """Offer `servers`' use cases around the team."""
        super().__init__(name="team", description=say("cmd-manage-team"))
        self._servers = servers

    @app_commands.command(name="add", description=say("cmd-manage-team-add"))
    @app_commands.describe(person=say("cmd-manage-team-add-person"), part=say("cmd-manage-team-add-part"))
    async def add(self, interaction: discord.Interaction, person: discord.User, part: TeamPart) -> None:
        """Give somebody a part in the team."""
        added = await self._servers.add_to_team(actor_of(interaction), person.id, part, is_bot=person.bot)
        await show(interaction, cards.team_card(person.id, part, added=added))
