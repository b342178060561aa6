"""Meetings: `/meeting`, and the buttons of a room."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.meetings import cards
from peerbot.meetings.service import Meetings


class MeetingsMenu(Menu):
    """`/meeting`, for everybody, and what is pressed in rooms."""

    meeting = app_commands.Group(name="meeting", description=say("cmd-meeting"), guild_only=True)

    def __init__(self, meetings: Meetings) -> None:
        """Offer `meetings`' use cases."""
        self._meetings = meetings

    @meeting.command(name="next", description=say("cmd-meeting-next"))
    async def next(self, interaction: discord.Interaction) -> None:
        """Show the person's next meetings."""
        await show(interaction, cards.next_card(await self._meetings.next_for(actor_of(interaction))))

    @meeting.command(name="coming", description=say("cmd-meeting-coming"))
    async def coming(self, interaction: discord.Interaction) -> None:
        """Show the person's meetings in the next weeks."""
        await show(interaction, cards.next_card(await self._meetings.coming_for(actor_of(interaction))))

    @meeting.command(name="calendar", description=say("cmd-meeting-calendar"))
    async def calendar(self, interaction: discord.Interaction) -> None:
        """Give the person a calendar file."""
        await show(interaction, cards.calendar_card(await self._meetings.calendar_for(actor_of(interaction))))

    @on_press("meeting.here")
    async def here(self, press: Press) -> None:
        """*I'm here*."""
        await self._meetings.here(press.actor, press.arg(0))
        await show(press.interaction, cards.here_card())

    @on_press("meeting.open")
    async def facilitator_here(self, press: Press) -> None:
        """*Facilitator here*."""
        meeting = await self._meetings.facilitator_here(press.actor, press.arg(0))
        await show(press.interaction, cards.facilitator_here_card(meeting))

    @on_press("meeting.take-over")
    async def take_over(self, press: Press) -> None:
        """*I take it over*."""
        channel_id = await self._meetings.take_over(press.actor, press.arg(0))
        await show(press.interaction, cards.taken_over_card(channel_id))
