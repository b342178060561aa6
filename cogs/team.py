"""`/manage team`: who looks after a server's groups."""

from typing import Literal

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.servers import cards, settings_cards
from peerbot.servers.service import Servers
from peerbot.servers.team import Team

TeamPart = Literal["lead", "deputy", "moderator", "coordinator", "facilitator"]


class TeamCommands(app_commands.Group):
    """`/manage team`."""

    def __init__(self, servers: Servers, team: Team) -> None:
        """Offer `servers`' and `team`'s use cases around the team."""
        super().__init__(name="team", description=say("cmd-manage-team"))
        self._servers = servers
        self._team = team

    @app_commands.command(name="add", description=say("cmd-manage-team-add"))
    @app_commands.describe(person=say("cmd-manage-team-add-person"), part=say("cmd-manage-team-add-part"))
    async def add(self, interaction: discord.Interaction, person: discord.User, part: TeamPart) -> None:
        """Give somebody a part in the team."""
        added = await self._servers.add_to_team(actor_of(interaction), person.id, part, is_bot=person.bot)
        await show(interaction, cards.team_card(person.id, part, added=added))

    @app_commands.command(name="list", description=say("cmd-manage-team-list"))
    async def listed(self, interaction: discord.Interaction) -> None:
        """Show who has which part."""
        for card in settings_cards.team_cards(await self._team.show(actor_of(interaction))):
            await show(interaction, card)

    @app_commands.command(name="remove", description=say("cmd-manage-team-remove"))
    @app_commands.describe(person=say("cmd-manage-team-add-person"), part=say("cmd-manage-team-add-part"))
    async def remove(self, interaction: discord.Interaction, person: discord.User, part: TeamPart) -> None:
        """Take a part away, or ask first."""
        removal = await self._team.remove(actor_of(interaction), person.id, part, sure=False)
        await show(interaction, settings_cards.removal_card(removal))


class TeamMenu(Menu):
    """The buttons of a part being taken away."""

    def __init__(self, servers: Servers, team: Team) -> None:
        """Offer `servers`' and `team`'s use cases around the team."""
        self._servers = servers
        self._team = team

    @on_press("team.remove")
    async def remove(self, press: Press) -> None:
        """Take the part away although groups close by it."""
        removal = await self._team.remove(press.actor, press.number(0), press.arg(1), sure=True)
        await turn(press.interaction, settings_cards.removal_card(removal))

    @on_press("team.give")
    async def give(self, press: Press) -> None:
        """Undo: give the part back."""
        added = await self._servers.add_to_team(press.actor, press.number(0), press.arg(1))
        await turn(press.interaction, cards.team_card(press.number(0), press.arg(1), added=added))
