"""Practice of the whole chain: /drill."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.escalation.drill import cards as drill_cards
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press


class DrillMenu(Menu):
    """What leads use to see whether the team can be reached."""

    drill = app_commands.Group(
        name="drill",
        description=say("cmd-drill"),
        guild_only=True,
        default_permissions=discord.Permissions(moderate_members=True),
    )

    def __init__(self, escalation: Escalation) -> None:
        """Offer `escalation`'s use cases around practice."""
        self._drilling = escalation.drilling

    @drill.command(name="start", description=say("cmd-drill-start"))
    async def start_command(self, interaction: discord.Interaction) -> None:
        """Say whom it pages and ask."""
        await show(interaction, drill_cards.plan_card(await self._drilling.plan(actor_of(interaction))))

    @on_press("drill.start")
    async def start(self, press: Press) -> None:
        """Begin."""
        await turn(press.interaction, drill_cards.started_card(await self._drilling.start(press.actor)))

    @on_press("drill.arrived")
    async def arrived(self, press: Press) -> None:
        """*It arrived*, on a page of practice."""
        await self._drilling.arrived(press.actor, press.arg(0), press.arg(1))
        await show(press.interaction, drill_cards.arrived_card())

    @drill.command(name="report", description=say("cmd-drill-report"))
    async def report_command(self, interaction: discord.Interaction) -> None:
        """Show what the latest practice has shown."""
        found = await self._drilling.latest(actor_of(interaction))
        await show(interaction, drill_cards.report_card(found) if found else drill_cards.none_card())

    @on_press("drill.show")
    async def report(self, press: Press) -> None:
        """As above, on the card of one under way."""
        found = await self._drilling.latest(press.actor)
        await turn(press.interaction, drill_cards.report_card(found) if found else drill_cards.none_card())

    @on_press("drill.stop")
    async def stop(self, press: Press) -> None:
        """End it."""
        await turn(press.interaction, drill_cards.report_card(await self._drilling.stop(press.actor)))
