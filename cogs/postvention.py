"""Silencing everything automatic about an account: /postvention."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.escalation.aftercare import postvention_cards
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press


class PostventionMenu(Menu):
    """What a lead or deputy does after a death."""

    def __init__(self, escalation: Escalation) -> None:
        """Offer `escalation`'s use cases around an account that is silenced."""
        self._postvention = escalation.postvention

    @app_commands.command(name="postvention", description=say("cmd-postvention"))
    @app_commands.describe(person=say("cmd-postvention-person"))
    @app_commands.default_permissions(moderate_members=True)
    @app_commands.guild_only()
    async def postvention(self, interaction: discord.Interaction, person: discord.User) -> None:
        """Say what it does and ask."""
        state = await self._postvention.propose(actor_of(interaction), person.id)
        await show(interaction, postvention_cards.asking_card(state))

    @on_press("postvention.begin")
    async def begin(self, press: Press) -> None:
        """Silence the account."""
        await turn(
            press.interaction, postvention_cards.done_card(await self._postvention.begin(press.actor, press.number(0)))
        )

    @on_press("postvention.end")
    async def end(self, press: Press) -> None:
        """Take it back."""
        await turn(
            press.interaction, postvention_cards.done_card(await self._postvention.end(press.actor, press.number(0)))
        )
