"""When groups meet: `/manage series`, and the buttons that confirm and undo."""

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.meetings.series import cards as series_cards
from peerbot.meetings.series import proposal
from peerbot.meetings.series.proposal import SHOWN_DATES, Asked
from peerbot.meetings.service import Meetings
from peerbot.signup.service import Signup

Typed = app_commands.Range[str, 1, proposal.MOST_TYPED]
Choices = list[app_commands.Choice[str]]


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
        await show(
            interaction, series_cards.proposal_card(await self._meetings.planner.propose(actor_of(interaction), asked))
        )

    @app_commands.command(name="list", description=say("cmd-manage-series-list"))
    @app_commands.describe(group=say("cmd-manage-series-add-group"))
    async def listed(self, interaction: discord.Interaction, group: str) -> None:
        """Show a group's series."""
        found, timings = await self._meetings.timetable.of_group(actor_of(interaction), group, SHOWN_DATES)
        await show(interaction, series_cards.list_card(found, timings))

    @app_commands.command(name="skip", description=say("cmd-manage-series-skip"))
    @app_commands.describe(
        series=say("cmd-manage-series-which"),
        date=say("cmd-manage-series-skip-date"),
        until=say("cmd-manage-series-skip-until"),
    )
    async def skip(self, interaction: discord.Interaction, series: str, date: Typed, until: Typed = "") -> None:
        """Show what leaving dates out would touch."""
        change = await self._meetings.timetable.propose_skip(actor_of(interaction), series, date, until)
        await show(interaction, series_cards.skip_card(change))

    @app_commands.command(name="move", description=say("cmd-manage-series-move"))
    @app_commands.describe(
        series=say("cmd-manage-series-which"),
        date=say("cmd-manage-series-move-date"),
        to=say("cmd-manage-series-move-to"),
        time=say("cmd-manage-series-move-time"),
    )
    async def move(
        self, interaction: discord.Interaction, series: str, date: Typed, to: Typed, time: Typed = ""
    ) -> None:
        """Show what moving a date would touch."""
        found = await self._meetings.timetable.propose_move(actor_of(interaction), series, date, to, time)
        await show(interaction, series_cards.move_card(found))

    @app_commands.command(name="pause", description=say("cmd-manage-series-pause"))
    @app_commands.describe(series=say("cmd-manage-series-which"), until=say("cmd-manage-series-pause-until"))
    async def pause(self, interaction: discord.Interaction, series: str, until: Typed = "") -> None:
        """Show what pausing a series would touch."""
        paused = await self._meetings.timetable.whole.propose_pause(actor_of(interaction), series, until)
        await show(interaction, series_cards.pause_card(paused))

    @app_commands.command(name="resume", description=say("cmd-manage-series-resume"))
    @app_commands.describe(series=say("cmd-manage-series-which"))
    async def resume(self, interaction: discord.Interaction, series: str) -> None:
        """Show what ending the pause of a series would touch."""
        change = await self._meetings.timetable.whole.propose_go_on(actor_of(interaction), series)
        await show(interaction, series_cards.go_on_card(change))

    @app_commands.command(name="end", description=say("cmd-manage-series-end"))
    @app_commands.describe(series=say("cmd-manage-series-which"))
    async def end(self, interaction: discord.Interaction, series: str) -> None:
        """Show what ending a series would touch."""
        change = await self._meetings.timetable.whole.propose_end(actor_of(interaction), series)
        await show(interaction, series_cards.end_card(change))

    @add.autocomplete("group")
    @listed.autocomplete("group")
    async def groups(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @add.autocomplete("weekday")
    async def weekdays(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the days of the week."""
        _ = interaction
        days = [say(f"weekday-{number}") for number in range(7)]
        return [app_commands.Choice(name=day, value=day) for day in days if day.casefold().startswith(typed.casefold())]

    @add.autocomplete("zone")
    async def zones(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the time zones that what was typed may mean, the person's own first."""
        found = await self._meetings.planner.zones(actor_of(interaction), typed)
        return [app_commands.Choice(name=proposal.zone_label(one), value=one.name) for one in found]

    @skip.autocomplete("series")
    @move.autocomplete("series")
    @pause.autocomplete("series")
    @end.autocomplete("series")
    async def series(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the series the person may change."""
        found = await self._meetings.timetable.choices(actor_of(interaction), typed)
        return [app_commands.Choice(name=series_cards.label(one), value=one.series.id) for one in found]

    @resume.autocomplete("series")
    async def paused_series(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the paused series the person may change."""
        found = await self._meetings.timetable.choices(actor_of(interaction), typed, paused=True)
        return [app_commands.Choice(name=series_cards.label(one), value=one.series.id) for one in found]

    @skip.autocomplete("date")
    @move.autocomplete("date")
    @skip.autocomplete("until")
    async def dates(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the next dates of the series chosen before."""
        chosen = str(getattr(interaction.namespace, "series", ""))
        found = await self._meetings.timetable.dates(actor_of(interaction), chosen)
        named = [(series_cards.date_label(one), one.on.isoformat()) for one in found]
        return [app_commands.Choice(name=name, value=on) for name, on in named if typed.casefold() in name.casefold()]


class SeriesMenu(Menu):
    """The buttons of series."""

    def __init__(self, meetings: Meetings) -> None:
        """Offer `meetings`' use cases around series."""
        self._meetings = meetings

    @on_press("series.add")
    async def add(self, press: Press) -> None:
        """*Yes, add these*."""
        group_id, rule = proposal.from_args(press.args)
        following = await self._meetings.planner.add(press.actor, group_id, rule)
        await turn(press.interaction, series_cards.added_card(following, rule.zone))

    @on_press("series.skip")
    async def skip(self, press: Press) -> None:
        """*Yes, skip these*."""
        change = await self._meetings.timetable.skip(press.actor, *series_cards.span(press.args))
        await turn(press.interaction, series_cards.skipped_card(change))

    @on_press("series.unskip")
    async def unskip(self, press: Press) -> None:
        """*Undo*."""
        change = await self._meetings.timetable.unskip(press.actor, *series_cards.span(press.args))
        await turn(press.interaction, series_cards.unskipped_card(change))

    @on_press("series.move")
    async def move(self, press: Press) -> None:
        """*Yes, move it*, and *Undo* of it."""
        found = await self._meetings.timetable.move(press.actor, *series_cards.move_of(press.args))
        await turn(press.interaction, series_cards.moved_card(found))

    @on_press("series.pause")
    async def pause(self, press: Press) -> None:
        """*Yes, pause it*, and *Undo* of a pause that was ended."""
        paused = await self._meetings.timetable.whole.pause(press.actor, *series_cards.lasting(press.args))
        await turn(press.interaction, series_cards.paused_card(paused))

    @on_press("series.go-on")
    async def go_on(self, press: Press) -> None:
        """*Yes, let it go on*, and *Undo* of a pause."""
        change, pause = await self._meetings.timetable.whole.go_on(press.actor, press.arg(0))
        await turn(press.interaction, series_cards.goes_on_card(change, pause))

    @on_press("series.end")
    async def end(self, press: Press) -> None:
        """*Yes, end it*."""
        change = await self._meetings.timetable.whole.end(press.actor, press.arg(0))
        await turn(press.interaction, series_cards.ended_card(change))

    @on_press("series.resume")
    async def resume(self, press: Press) -> None:
        """*Undo*, of an end."""
        change = await self._meetings.timetable.whole.undo_end(press.actor, press.arg(0))
        await turn(press.interaction, series_cards.resumed_card(change))
