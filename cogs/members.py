"""`/manage member`: pausing somebody's access to a group, ending a membership, and the way back."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.signup.confirming import cards as confirm_cards
from peerbot.signup.measures import cards as measure_cards
from peerbot.signup.measures.rules import LONGEST_PAUSE
from peerbot.signup.service import Signup

Choices = list[app_commands.Choice[str]]


class MemberCommands(app_commands.Group):
    """`/manage member`."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around people in groups."""
        super().__init__(name="member", description=say("cmd-manage-member"))
        self._signup = signup

    @app_commands.command(name="confirm", description=say("cmd-manage-member-confirm"))
    async def confirm(self, interaction: discord.Interaction) -> None:
        """Show whose seats wait to be confirmed."""
        asking = await self._signup.confirming.waiting(actor_of(interaction))
        await show(interaction, confirm_cards.waiting_card(asking, 0))

    @app_commands.command(name="pause", description=say("cmd-manage-member-pause"))
    @app_commands.describe(
        group=say("cmd-manage-member-group"), person=say("cmd-manage-member-person"), days=say("cmd-manage-member-days")
    )
    async def pause(
        self,
        interaction: discord.Interaction,
        group: str,
        person: discord.User,
        days: app_commands.Range[int, 1, LONGEST_PAUSE],
    ) -> None:
        """Propose a pause; a second person decides."""
        measure = await self._signup.measures.propose(actor_of(interaction), group, person.id, "pause", days)
        await show(interaction, measure_cards.proposed_card(measure))

    @app_commands.command(name="end", description=say("cmd-manage-member-end"))
    @app_commands.describe(group=say("cmd-manage-member-group"), person=say("cmd-manage-member-person"))
    async def end(self, interaction: discord.Interaction, group: str, person: discord.User) -> None:
        """Propose the end of a membership; a moderator decides."""
        measure = await self._signup.measures.propose(actor_of(interaction), group, person.id, "end")
        await show(interaction, measure_cards.proposed_card(measure))

    @app_commands.command(name="restore", description=say("cmd-manage-member-restore"))
    @app_commands.describe(group=say("cmd-manage-member-group"), person=say("cmd-manage-member-person"))
    async def restore(self, interaction: discord.Interaction, group: str, person: discord.User) -> None:
        """Show what stands about somebody, and offer to take it back."""
        measure = await self._signup.measures.find(actor_of(interaction), group, person.id)
        await show(interaction, measure_cards.found_card(measure))

    @pause.autocomplete("group")
    @end.autocomplete("group")
    @restore.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]


class MembersMenu(Menu):
    """The buttons by which a second person decides, and what takes a decision back."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around people in groups."""
        self._signup = signup

    @on_press("measure.open")
    async def open(self, press: Press) -> None:
        """Show what waits for a second person."""
        measure = await self._signup.measures.open(press.actor, press.arg(0))
        await show(press.interaction, measure_cards.decide_card(measure, press.actor.user_id))

    @on_press("measure.confirm")
    async def confirm(self, press: Press) -> None:
        """Be the second person."""
        measure = await self._signup.measures.confirm(press.actor, press.arg(0))
        await turn(press.interaction, measure_cards.confirmed_card(measure))

    @on_press("measure.decline")
    async def decline(self, press: Press) -> None:
        """Let it not be done."""
        measure = await self._signup.measures.decline(press.actor, press.arg(0))
        await turn(press.interaction, measure_cards.declined_card(measure))

    @on_press("measure.restore")
    async def restore(self, press: Press) -> None:
        """Take back what is proposed or stands."""
        measure = await self._signup.measures.restore(press.actor, press.arg(0))
        await turn(press.interaction, measure_cards.restored_card(measure))
