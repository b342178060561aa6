"""Meetings: `/meeting`, and the buttons of a room."""

from typing import Final

import discord
from discord import app_commands

from peerbot.engine.card import Card
from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.meetings import cards, cover_cards
from peerbot.meetings.rules import Meeting
from peerbot.meetings.service import Meetings

_MOST_CHOICES: Final = 25
"""Lines of an autocomplete list."""


class MeetingsMenu(Menu):
    """`/meeting`, for everybody, and what is pressed in rooms."""

    meeting = app_commands.Group(name="meeting", description=say("cmd-meeting"), guild_only=True)

    def __init__(self, meetings: Meetings) -> None:
        """Offer `meetings`' use cases."""
        self._meetings = meetings

    @meeting.command(name="next", description=say("cmd-meeting-next"))
    async def next(self, interaction: discord.Interaction) -> None:
        """Show the person's next meetings."""
        actor = actor_of(interaction)
        coming = await self._meetings.next_for(actor)
        await show(interaction, cards.next_card(coming, asked=await self._meetings.asked_again(actor)))

    @meeting.command(name="coming", description=say("cmd-meeting-coming"))
    async def coming(self, interaction: discord.Interaction) -> None:
        """Show the person's meetings in the next weeks."""
        await show(interaction, cards.next_card(await self._meetings.coming_for(actor_of(interaction))))

    @meeting.command(name="calendar", description=say("cmd-meeting-calendar"))
    async def calendar(self, interaction: discord.Interaction) -> None:
        """Give the person a calendar file."""
        await show(interaction, cards.calendar_card(await self._meetings.calendar_for(actor_of(interaction))))

    @meeting.command(name="away", description=say("cmd-meeting-away"))
    @app_commands.describe(meeting_id=say("cmd-meeting-away-meeting"))
    @app_commands.rename(meeting_id="meeting")
    async def away(self, interaction: discord.Interaction, meeting_id: str) -> None:
        """Take note that the person will not come."""
        said = await self._meetings.away.say(actor_of(interaction), meeting_id, away=True)
        await show(interaction, cards.away_card(said))

    @away.autocomplete("meeting_id")
    async def meetings(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the person's own meetings."""
        coming = await self._meetings.coming_for(actor_of(interaction))
        named = [(cards.coming_label(one), one.meeting.id) for one in coming]
        fitting = [(name, id_) for name, id_ in named if typed.casefold() in name.casefold()]
        return [app_commands.Choice(name=name, value=id_) for name, id_ in fitting[:_MOST_CHOICES]]

    @on_press("meeting.away")
    async def will_not_come(self, press: Press) -> None:
        """*I will not come*."""
        said = await self._meetings.away.say(press.actor, press.arg(0), away=True)
        await turn(press.interaction, cards.away_card(said))

    @on_press("meeting.back")
    async def comes_after_all(self, press: Press) -> None:
        """*I come after all*."""
        said = await self._meetings.away.say(press.actor, press.arg(0), away=False)
        await turn(press.interaction, cards.away_card(said))

    @on_press("meeting.here")
    async def here(self, press: Press) -> None:
        """*I'm here*."""
        late = await self._meetings.here(press.actor, press.arg(0))
        await show(press.interaction, cards.here_card(late=late))

    @on_press("meeting.open")
    async def facilitator_here(self, press: Press) -> None:
        """*Facilitator here*."""
        meeting = await self._meetings.facilitator_here(press.actor, press.arg(0))
        await show(press.interaction, await self._here(meeting))

    @on_press("meeting.reduced")
    async def open_reduced(self, press: Press) -> None:
        """*Open with reduced cover*."""
        meeting = await self._meetings.facilitator_here(press.actor, press.arg(0), reduced=True)
        await turn(press.interaction, await self._here(meeting))

    async def _here(self, meeting: Meeting) -> Card:
        away, new = await self._meetings.how_many_away(meeting), await self._meetings.how_many_new(meeting)
        return cover_cards.facilitator_here_card(meeting, away, new, await self._meetings.lacks(meeting))

    @on_press("meeting.off")
    async def call_off(self, press: Press) -> None:
        """*Call it off*: asks first."""
        meeting, expected = await self._meetings.propose_call_off(press.actor, press.arg(0))
        await turn(press.interaction, cover_cards.call_off_card(meeting, expected))

    @on_press("meeting.off-yes")
    async def called_off(self, press: Press) -> None:
        """*Yes, call it off*."""
        await self._meetings.call_off(press.actor, press.arg(0))
        await turn(press.interaction, cover_cards.called_off_card())

    @on_press("meeting.take-over")
    async def take_over(self, press: Press) -> None:
        """*I take it over*."""
        taken = await self._meetings.take_over(press.actor, press.arg(0))
        await show(press.interaction, cover_cards.taken_over_card(taken))
