"""Who is on duty: /oncall."""

from datetime import timedelta

import discord
from discord import app_commands

from peerbot.engine.clock import Clock
from peerbot.engine.texts import say
from peerbot.escalation import oncall_cards
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, actor_of


class OncallMenu(Menu):
    """Who is there when somebody needs help."""

    oncall = app_commands.Group(name="oncall", description=say("cmd-oncall"), guild_only=True)

    def __init__(self, escalation: Escalation, clock: Clock, *parts: app_commands.Command[Menu, ..., None]) -> None:
        """Offer `escalation`'s use cases around duty, and the `parts` of other menus."""
        for part in parts:
            self.oncall.add_command(part)
        self._escalation = escalation
        self._clock = clock

    @oncall.command(name="now", description=say("cmd-oncall-now"))
    async def oncall_now(self, interaction: discord.Interaction) -> None:
        """Say whether somebody is on duty."""
        await show(interaction, oncall_cards.cover_card(await self._escalation.cover_now(actor_of(interaction))))

    @oncall.command(name="cover", description=say("cmd-oncall-cover"))
    @app_commands.describe(
        person=say("cmd-oncall-cover-person"), hours=say("cmd-oncall-cover-hours"), start=say("cmd-oncall-cover-start")
    )
    async def oncall_cover(
        self,
        interaction: discord.Interaction,
        person: discord.User,
        hours: app_commands.Range[int, 1, 24],
        start: app_commands.Range[int, 0, 336] = 0,
    ) -> None:
        """Put a teammate on duty."""
        starts_at = self._clock.now() + timedelta(hours=start)
        shift = await self._escalation.handling.cover(actor_of(interaction), person.id, starts_at, hours)
        await show(interaction, oncall_cards.shift_card(shift.user_id, shift.starts_at, shift.ends_at))
