"""`/manage facilitator`: who holds a group, and who may take a meeting over."""

from typing import Literal

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.signup.groups import facilitator_cards
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
        addition = await self._signup.add_facilitator(actor_of(interaction), group, person.id, is_bot=person.bot)
        await show(interaction, facilitator_cards.addition_card(addition))

    @app_commands.command(name="remove", description=say("cmd-manage-facilitator-remove"))
    @app_commands.describe(
        group=say("cmd-manage-facilitator-add-group"), person=say("cmd-manage-facilitator-remove-person")
    )
    async def remove(self, interaction: discord.Interaction, group: str, person: discord.User) -> None:
        """Let somebody not facilitate a group any more."""
        removal = await self._signup.facilitating.remove(actor_of(interaction), group, person.id, sure=False)
        await show(interaction, facilitator_cards.removal_card(removal))

    @app_commands.command(name="backup", description=say("cmd-manage-facilitator-backup"))
    @app_commands.describe(
        group=say("cmd-manage-facilitator-add-group"),
        person=say("cmd-manage-facilitator-backup-person"),
        what=say("cmd-manage-facilitator-backup-what"),
    )
    async def backup(
        self,
        interaction: discord.Interaction,
        group: str,
        person: discord.User | None = None,
        what: Literal["add", "remove"] = "add",
    ) -> None:
        """Show who may take a meeting over, with somebody added or taken away."""
        actor, facilitating = actor_of(interaction), self._signup.facilitating
        if person is None:
            card = facilitator_cards.backups_card(await facilitating.backups(actor, group))
        elif what == "add":
            backups = await facilitating.add_backup(actor, group, person.id, is_bot=person.bot)
            card = facilitator_cards.backups_card(backups, added=person.id)
        else:
            backups = await facilitating.remove_backup(actor, group, person.id)
            card = facilitator_cards.backups_card(backups, removed=person.id)
        await show(interaction, card)

    @add.autocomplete("group")
    @remove.autocomplete("group")
    @backup.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]


class FacilitatorsMenu(Menu):
    """The buttons that confirm and undo."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around facilitators."""
        self._signup = signup

    @on_press("facilitator.add")
    async def add(self, press: Press) -> None:
        """*Add them all the same*, though somebody is to be kept apart from them."""
        group_id, user_id = press.arg(0), press.number(1)
        addition = await self._signup.add_facilitator(press.actor, group_id, user_id, is_bot=False, sure=True)
        await turn(press.interaction, facilitator_cards.addition_card(addition))

    @on_press("facilitator.remove")
    async def remove(self, press: Press) -> None:
        """*Yes, take them out*."""
        removal = await self._signup.facilitating.remove(press.actor, press.arg(0), press.number(1), sure=True)
        await turn(press.interaction, facilitator_cards.removal_card(removal))

    @on_press("facilitator.back")
    async def back(self, press: Press) -> None:
        """*Undo*."""
        addition = await self._signup.add_facilitator(press.actor, press.arg(0), press.number(1), is_bot=False)
        await turn(press.interaction, facilitator_cards.addition_card(addition))

    @on_press("backup.add")
    async def add_backup(self, press: Press) -> None:
        """*Undo* of a backup taken away."""
        backups = await self._signup.facilitating.add_backup(press.actor, press.arg(0), press.number(1))
        await turn(press.interaction, facilitator_cards.backups_card(backups, added=press.number(1)))

    @on_press("backup.sure")
    async def add_backup_all_the_same(self, press: Press) -> None:
        """*Add them all the same*, though somebody is to be kept apart from them."""
        facilitating, user_id = self._signup.facilitating, press.number(1)
        backups = await facilitating.add_backup(press.actor, press.arg(0), user_id, sure=True)
        await turn(press.interaction, facilitator_cards.backups_card(backups, added=user_id))

    @on_press("backup.remove")
    async def remove_backup(self, press: Press) -> None:
        """*Undo* of a backup added."""
        backups = await self._signup.facilitating.remove_backup(press.actor, press.arg(0), press.number(1))
        await turn(press.interaction, facilitator_cards.backups_card(backups, removed=press.number(1)))
