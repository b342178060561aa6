"""What the team does with a concern: the buttons of a page, and /escalation."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.escalation import team_cards
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, Press, actor_of, on_press


class ConcernsMenu(Menu):
    """The team's side of a concern."""

    escalation = app_commands.Group(
        name="escalation",
        description=say("cmd-escalation"),
        guild_only=True,
        default_permissions=discord.Permissions(moderate_members=True),
    )

    def __init__(self, escalation: Escalation) -> None:
        """Offer `escalation`'s use cases."""
        self._escalation = escalation

    @on_press("concern.take")
    async def take(self, press: Press) -> None:
        """*I've got it*."""
        taken = await self._escalation.handling.take(press.actor, press.arg(0), _page(press))
        await show(press.interaction, team_cards.taken_card(taken))

    @on_press("concern.open")
    async def open(self, press: Press) -> None:
        """Show the rest, to one person."""
        opened = await self._escalation.handling.open(press.actor, press.arg(0), _page(press))
        await show(press.interaction, team_cards.opened_card(opened))

    @on_press("concern.with")
    async def look_after(self, press: Press) -> None:
        """*I'm with them*."""
        taken = await self._escalation.handling.look_after(press.actor, press.arg(0), _page(press))
        await show(press.interaction, team_cards.taken_card(taken))

    @on_press("concern.close")
    async def close(self, press: Press) -> None:
        """Close, or ask for the second person."""
        closing = await self._escalation.handling.close(press.actor, press.arg(0))
        await show(press.interaction, team_cards.closing_card(closing))

    @escalation.command(name="list", description=say("cmd-escalation-list"))
    async def escalation_list(self, interaction: discord.Interaction) -> None:
        """List open concerns."""
        await show(interaction, team_cards.list_card(await self._escalation.handling.listed(actor_of(interaction))))

    @escalation.command(name="show", description=say("cmd-escalation-show"))
    @app_commands.describe(number=say("cmd-escalation-show-number"))
    async def escalation_show(self, interaction: discord.Interaction, number: int) -> None:
        """Open one concern."""
        opened = await self._escalation.handling.open_number(actor_of(interaction), number)
        await show(interaction, team_cards.opened_card(opened))


def _page(press: Press) -> str | None:
    """Return which page the button was on; None on every other card."""
    return press.args[1] if len(press.args) > 1 else None
