"""Meetings: `/meeting`, `/manage series`, and the buttons of a room."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.engine.zones import search_zones
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.meetings import cards, proposal
from peerbot.meetings.proposal import Asked
from peerbot.meetings.service import Meetings
from peerbot.signup.service import Signup

Typed = app_commands.Range[str, 1, proposal.MOST_TYPED]


class SeriesCommands(app_commands.Group):
    """`/manage series`: handed over to the menu that holds `/manage`."""

    def __init__(self, meetings: Meetings, signup: Signup) -> None:
        """Offer `meetings`' use cases around series; `signup` knows which groups the person may manage."""
        super().__init__(name="series", description=say("cmd-manage-series"))
        self._meetings = meetings
        self._signup = signup

    @app_commands.command(name="add", description=say("cmd-manage-series-add"))
    @app_commands.describe(
        group=say("cmd-manage-series-add-group"),
        weekday=say("cmd-manage-series-add-weekday"),
        time=say("cmd-manage-series-add-time"),
        zone=say("cmd-manage-series-add-zone"),
        every_weeks=say("cmd-manage-series-add-every-weeks"),
        repeats=say("cmd-manage-series-add-repeats"),
        minutes=say("cmd-manage-series-add-minutes"),
        first_date=say("cmd-manage-series-add-first-date"),
        last_date=say("cmd-manage-series-add-last-date"),
        times=say("cmd-manage-series-add-times"),
    )
    @app_commands.choices(
        repeats=[app_commands.Choice(name=say(f"staff-series-repeats-{one}"), value=one) for one in proposal.REPEATS]
    )
    async def add(  # noqa: PLR0913, PLR0917 - one for each option of the command
        self,
        interaction: discord.Interaction,
        group: str,
        time: Typed,
        weekday: Typed = "",
        zone: Typed = "",
        repeats: str = "weekly",
        every_weeks: app_commands.Range[int, 1, 12] = 1,
        minutes: app_commands.Range[int, proposal.SHORTEST, proposal.LONGEST] = 90,
        first_date: Typed = "",
        last_date: Typed = "",
        times: app_commands.Range[int, 1, proposal.MOST_TIMES] | None = None,
    ) -> None:
        """Show the dates that would come of it."""
        asked = Asked(group, weekday, time, zone, every_weeks, minutes, first_date, repeats, last_date, times or 0)
        await show(interaction, cards.proposal_card(await self._meetings.planner.propose(actor_of(interaction), asked)))

    @add.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @add.autocomplete("weekday")
    async def weekdays(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the days of the week."""
        _ = interaction
        days = [say(f"weekday-{number}") for number in range(7)]
        return [app_commands.Choice(name=day, value=day) for day in days if day.casefold().startswith(typed.casefold())]

    @add.autocomplete("zone")
    async def zones(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the time zones that what was typed may mean."""
        _ = interaction
        return [app_commands.Choice(name=proposal.zone_label(one), value=one.name) for one in search_zones(typed)]


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

    @on_press("series.add")
    async def add(self, press: Press) -> None:
        """*Yes, add these*."""
        group_id, rule = proposal.from_args(press.args)
        first = await self._meetings.planner.add(press.actor, group_id, rule)
        await turn(press.interaction, cards.added_card(first, rule.zone))
