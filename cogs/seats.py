"""Seats that a coordinator confirms, and people to keep apart: `/manage member confirm`, `/manage keep-apart`."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.signup.confirming import cards as confirm_cards
from peerbot.signup.service import Signup


class KeepApartCommands(app_commands.Group):
    """`/manage keep-apart`."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around people to keep apart."""
        super().__init__(name="keep-apart", description=say("cmd-manage-keep-apart"))
        self._signup = signup

    @app_commands.command(name="add", description=say("cmd-manage-keep-apart-add"))
    @app_commands.describe(one=say("cmd-manage-keep-apart-one"), other=say("cmd-manage-keep-apart-other"))
    async def add(self, interaction: discord.Interaction, one: discord.User, other: discord.User) -> None:
        """Show what keeping two people apart touches."""
        apart = await self._signup.keep_apart.propose(actor_of(interaction), one.id, other.id)
        await show(interaction, confirm_cards.apart_card(apart))

    @app_commands.command(name="remove", description=say("cmd-manage-keep-apart-remove"))
    @app_commands.describe(one=say("cmd-manage-keep-apart-one"), other=say("cmd-manage-keep-apart-other"))
    async def remove(self, interaction: discord.Interaction, one: discord.User, other: discord.User) -> None:
        """Keep two people apart no longer."""
        dropped = await self._signup.keep_apart.remove(actor_of(interaction), one.id, other.id)
        await show(interaction, confirm_cards.together_card((one.id, other.id), dropped=dropped))

    @app_commands.command(name="list", description=say("cmd-manage-keep-apart-list"))
    async def listed(self, interaction: discord.Interaction) -> None:
        """Show every pair."""
        for card in confirm_cards.pairs_cards(await self._signup.keep_apart.show(actor_of(interaction))):
            await show(interaction, card)


class SeatsMenu(Menu):
    """The buttons of seats to be confirmed, of the switch, and of people to keep apart."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases."""
        self._signup = signup

    @on_press("seats.list")
    async def waiting(self, press: Press) -> None:
        """Show who waits for a coordinator's word."""
        asking = await self._signup.confirming.waiting(press.actor)
        await turn(press.interaction, confirm_cards.waiting_card(asking, press.number(0)))

    @on_press("seats.confirm")
    async def confirm(self, press: Press) -> None:
        """*Confirm*."""
        asking = await self._signup.confirming.confirm(press.actor, press.number(0))
        await turn(press.interaction, confirm_cards.waiting_card(asking, press.number(1)))

    @on_press("seats.ask-decline")
    async def ask_decline(self, press: Press) -> None:
        """*Decline*: asked once more, because the person is told."""
        asking = await self._signup.confirming.one(press.actor, press.number(0))
        await turn(press.interaction, confirm_cards.decline_card(asking))

    @on_press("seats.decline")
    async def decline(self, press: Press) -> None:
        """End a place in a queue."""
        asking = await self._signup.confirming.decline(press.actor, press.number(0))
        await turn(press.interaction, confirm_cards.waiting_card(asking, 0))

    @on_press("seats.turn")
    async def turn_switch(self, press: Press) -> None:
        """Let a coordinator confirm each seat, or no longer."""
        switch = await self._signup.confirming.turn(press.actor, on=press.arg(0) == "on")
        await turn(press.interaction, confirm_cards.turned_card(switch))

    @on_press("apart.add")
    async def keep_apart(self, press: Press) -> None:
        """Keep two people apart."""
        apart = await self._signup.keep_apart.add(press.actor, press.number(0), press.number(1))
        await turn(press.interaction, confirm_cards.kept_apart_card(apart))

    @on_press("apart.remove")
    async def together(self, press: Press) -> None:
        """Undo: keep them apart no longer, and let each seat be confirmed no longer if that had come with it."""
        one, other = press.number(0), press.number(1)
        off = press.arg(2) == "off"
        dropped = await self._signup.keep_apart.remove(press.actor, one, other, turn_off=off)
        await turn(press.interaction, confirm_cards.together_card((one, other), dropped=dropped))
