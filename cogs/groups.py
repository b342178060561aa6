"""`/manage group` and `/manage facilitator`: what coordinators set up, and the forms of it."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.gateway.answers import ask, show
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.signup import cards
from peerbot.signup.service import NewGroup, Signup

Choices = list[app_commands.Choice[str]]


class GroupCommands(app_commands.Group):
    """`/manage group`."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around groups."""
        super().__init__(name="group", description=say("cmd-manage-group"))
        self._signup = signup

    @app_commands.command(name="create", description=say("cmd-manage-group-create"))
    async def create(self, interaction: discord.Interaction) -> None:
        """Ask what the group is to be."""
        await self._signup.may_create(actor_of(interaction))
        await ask(interaction, cards.group_form())


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
        await show(interaction, cards.facilitator_card(found, person.id, added=added))

    @add.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]


class GroupsMenu(Menu):
    """The forms and buttons of groups being managed."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around groups."""
        self._signup = signup

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
