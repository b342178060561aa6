"""`/manage`: what coordinators and administrators set up."""

from typing import Literal

import discord
from discord import app_commands
from discord.ext import commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.gateway.answers import ask, show
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.servers import cards as server_cards
from peerbot.servers.service import Servers
from peerbot.signup import cards
from peerbot.signup.service import NewGroup, Signup

TeamPart = Literal["lead", "deputy", "moderator", "coordinator", "facilitator"]


@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
class ManageMenu(Menu, commands.GroupCog, group_name="manage", group_description=say("cmd-manage")):
    """The group `/manage`, with what concerns groups and the team.

    A command can belong to one top-level group only, and a cog's groups are copied for each cog made. So another cog
    hands its part over here, as an `app_commands.Group` of its own: `/manage series` comes from `cogs/meetings.py`.
    """

    group = app_commands.Group(name="group", description=say("cmd-manage-group"))
    facilitator = app_commands.Group(name="facilitator", description=say("cmd-manage-facilitator"))
    team = app_commands.Group(name="team", description=say("cmd-manage-team"))

    def __init__(self, servers: Servers, signup: Signup, *others: app_commands.Group) -> None:
        """Offer use cases of `servers` and `signup`, and beside them the groups of `others`."""
        self._servers = servers
        self._signup = signup
        if self.app_command is not None:
            for other in others:
                self.app_command.add_command(other)

    @group.command(name="create", description=say("cmd-manage-group-create"))
    async def create(self, interaction: discord.Interaction) -> None:
        """Ask what the group is to be."""
        await self._signup.may_create(actor_of(interaction))
        await ask(interaction, cards.group_form())

    @form_for("manage.group")
    async def group_form(self, press: Press) -> Form:
        """Make the form for a group."""
        _ = press
        return cards.group_form()

    @on_press("manage.group")
    async def group_filled(self, press: Press) -> None:
        """Make the group."""
        wanted = NewGroup(
            press.value("name"),
            press.value("about"),
            press.value("medium"),
            press.value("places"),
            press.value("language"),
        )
        await show(press.interaction, cards.group_made_card(await self._signup.create(press.actor, wanted)))

    @facilitator.command(name="add", description=say("cmd-manage-facilitator-add"))
    @app_commands.describe(
        group_id=say("cmd-manage-facilitator-add-group"), person=say("cmd-manage-facilitator-add-person")
    )
    @app_commands.rename(group_id="group")
    async def add_facilitator(self, interaction: discord.Interaction, group_id: str, person: discord.User) -> None:
        """Let somebody facilitate a group."""
        group, added = await self._signup.add_facilitator(actor_of(interaction), group_id, person.id, is_bot=person.bot)
        await show(interaction, cards.facilitator_card(group, person.id, added=added))

    @add_facilitator.autocomplete("group_id")
    async def groups(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @team.command(name="add", description=say("cmd-manage-team-add"))
    @app_commands.describe(person=say("cmd-manage-team-add-person"), part=say("cmd-manage-team-add-part"))
    async def add_to_team(self, interaction: discord.Interaction, person: discord.User, part: TeamPart) -> None:
        """Give somebody a part in the team."""
        added = await self._servers.add_to_team(actor_of(interaction), person.id, part, is_bot=person.bot)
        await show(interaction, server_cards.team_card(person.id, part, added=added))
