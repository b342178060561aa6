"""The rooms of meetings: `/manage room`, and its form and buttons."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.meetings.holds import cards as hold_cards
from peerbot.meetings.holds.service import Holds
from peerbot.meetings.times import cards as times_cards
from peerbot.meetings.times.service import RoomTimes, half_of
from peerbot.signup.service import Signup


class RoomCommands(app_commands.Group):
    """`/manage room`: handed over to the menu that holds `/manage`."""

    def __init__(self, times: RoomTimes, signup: Signup) -> None:
        """Offer `times`' use cases; `signup` knows which groups the person may manage."""
        super().__init__(name="room", description=say("cmd-manage-room"))
        self._times = times
        self._signup = signup

    @app_commands.command(name="times", description=say("cmd-manage-room-times"))
    @app_commands.describe(group=say("cmd-manage-series-add-group"))
    async def times(self, interaction: discord.Interaction, group: str) -> None:
        """Show a group's times."""
        found, times = await self._times.of_group(actor_of(interaction), group)
        await show(interaction, times_cards.times_card(found, times))

    @times.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]


class RoomsMenu(Menu):
    """The form and the buttons of rooms being set up, and of rooms that are to be kept."""

    def __init__(self, times: RoomTimes, holds: Holds) -> None:
        """Offer the use cases of `times` and `holds`."""
        self._times = times
        self._holds = holds

    @form_for("room.times")
    async def form(self, press: Press) -> Form:
        """Make the form for one half of the times."""
        group, times = await self._times.of_group(press.actor, press.arg(0))
        return times_cards.times_form(group, half_of(press.arg(1)), times)

    @on_press("room.change")
    async def change(self, press: Press) -> None:
        """*Change the times …*."""
        await ask(press.interaction, await self.form(press))

    @on_press("room.times")
    async def filled(self, press: Press) -> None:
        """Show what the change would touch."""
        typed = {part: values[0] for part, values in press.filled.items() if values}
        change = await self._times.propose(press.actor, press.arg(0), half_of(press.arg(1)), typed)
        await show(press.interaction, times_cards.check_card(change))

    @on_press("room.set")
    async def set(self, press: Press) -> None:
        """*Yes, change them*, and *Undo* of it."""
        change = await self._times.set(press.actor, press.arg(0), half_of(press.arg(1)), press.args[2:])
        await turn(press.interaction, times_cards.set_card(change))

    @on_press("room.keep")
    async def keep(self, press: Press) -> None:
        """*Yes, keep it*."""
        await show(press.interaction, hold_cards.agreed_card(await self._holds.keep(press.actor, press.arg(0))))
