"""`/facilitate`: what those who hold a meeting type. The console has the same as buttons."""

from typing import Literal

import discord
from discord import app_commands

from peerbot.engine.texts import say
from peerbot.escalation.raising.raiser_cards import receipt_card
from peerbot.escalation.raising.rules import Pressed
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, Press, actor_of, on_press
from peerbot.meetings import cover_cards
from peerbot.meetings.facilitating import cards
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.facilitating.rules import USUAL_PAUSE, USUALLY_LONGER
from peerbot.meetings.service import Meetings

Reminder = Literal["agreement", "opening", "half-way", "closing"]


class FacilitateMenu(Menu):
    """Visible to all, so that nobody looks for it in vain; who may is decided by the use case."""

    facilitate = app_commands.Group(name="facilitate", description=say("cmd-facilitate"), guild_only=True)

    def __init__(self, meetings: Meetings, escalation: Escalation) -> None:
        """Offer `meetings`' use cases around one meeting; `escalation` gets the team."""
        self._escalation = escalation
        self._meetings = meetings
        self._does = meetings.facilitating
        self._doors = meetings.doors

    def message_menus(self) -> list[app_commands.ContextMenu]:
        """Return *Take down in this room*, for the menu of every message."""
        menu = app_commands.ContextMenu(name=say("cmd-facilitate-message"), callback=self.hide_message)
        menu.guild_only = True
        return [menu]

    @facilitate.command(name="console", description=say("cmd-facilitate-console"))
    async def console(self, interaction: discord.Interaction) -> None:
        """Show the console."""
        found = await self._meetings.consoles.console(actor_of(interaction), _here(interaction))
        await show(interaction, cards.console_card(found))

    @facilitate.command(name="open", description=say("cmd-facilitate-open"))
    async def open(self, interaction: discord.Interaction) -> None:
        """Do what *Facilitator here* does."""
        meeting_id = await self._does.which(actor_of(interaction), _here(interaction))
        meeting = await self._meetings.facilitator_here(actor_of(interaction), meeting_id)
        away, new = await self._meetings.how_many_away(meeting), await self._meetings.how_many_new(meeting)
        lacks = await self._meetings.lacks(meeting)
        await show(interaction, cover_cards.facilitator_here_card(meeting, away, new, lacks))

    @facilitate.command(name="close", description=say("cmd-facilitate-close"))
    async def close(self, interaction: discord.Interaction) -> None:
        """Ask before the meeting is ended."""
        found = await self._meetings.consoles.ending(actor_of(interaction), _here(interaction))
        await show(interaction, cards.close_check_card(found))

    @facilitate.command(name="extend", description=say("cmd-facilitate-extend"))
    @app_commands.describe(minutes=say("cmd-facilitate-extend-minutes"))
    async def extend(
        self, interaction: discord.Interaction, minutes: app_commands.Range[int, 5, 30] = USUALLY_LONGER
    ) -> None:
        """Let the meeting last longer."""
        held, before = await self._does.extend(actor_of(interaction), _here(interaction), minutes)
        await show(interaction, cards.longer_card(held, before))

    @facilitate.command(name="remind", description=say("cmd-facilitate-remind"))
    @app_commands.describe(what=say("cmd-facilitate-remind-what"))
    async def remind(self, interaction: discord.Interaction, what: Reminder = "agreement") -> None:
        """Say something in the room again."""
        held = await self._does.remind(actor_of(interaction), _here(interaction), what)
        await show(interaction, cards.reminded_card(held))

    @facilitate.command(name="pause", description=say("cmd-facilitate-pause"))
    @app_commands.describe(minutes=say("cmd-facilitate-pause-minutes"))
    async def pause(
        self, interaction: discord.Interaction, minutes: app_commands.Range[int, 1, 10] = USUAL_PAUSE
    ) -> None:
        """Let nobody write for a while."""
        held = await self._does.pause(actor_of(interaction), _here(interaction), minutes)
        await show(interaction, cards.paused_card(held))

    @facilitate.command(name="hide", description=say("cmd-facilitate-hide"))
    @app_commands.describe(message=say("cmd-facilitate-hide-message"))
    async def hide(self, interaction: discord.Interaction, message: str) -> None:
        """Ask before a message is taken down."""
        found = await self._does.may_hide(actor_of(interaction), _here(interaction), message)
        await show(interaction, cards.hide_check_card(*found))

    async def hide_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Ask before the message of this menu is taken down; it is dropped unread."""
        ours = message.author.id == interaction.application_id
        where, link = _here(interaction), message.jump_url
        found = await self._does.may_hide(actor_of(interaction), where, link, ours=ours)
        await show(interaction, cards.hide_check_card(*found))

    @facilitate.command(name="step-out", description=say("cmd-facilitate-step-out"))
    @app_commands.describe(person=say("cmd-facilitate-person"))
    async def step_out(self, interaction: discord.Interaction, person: discord.User) -> None:
        """Ask one person to step out."""
        held = await self._doors.limit(actor_of(interaction), _here(interaction), person.id, "out")
        await show(interaction, cards.limited_card(held, person.id, "out"))

    @facilitate.command(name="quiet", description=say("cmd-facilitate-quiet"))
    @app_commands.describe(person=say("cmd-facilitate-person"))
    async def quiet(self, interaction: discord.Interaction, person: discord.User) -> None:
        """Let one person read and not write."""
        held = await self._doors.limit(actor_of(interaction), _here(interaction), person.id, "quiet")
        await show(interaction, cards.limited_card(held, person.id, "quiet"))

    @facilitate.command(name="lock-late", description=say("cmd-facilitate-lock-late"))
    async def lock_late(self, interaction: discord.Interaction) -> None:
        """Ask before the door is shut."""
        door = await self._doors.door(actor_of(interaction), _here(interaction))
        await show(interaction, cards.door_check_card(door))

    @facilitate.command(name="cover", description=say("cmd-facilitate-cover"))
    async def cover(self, interaction: discord.Interaction) -> None:
        """Show who may help."""
        found = await self._meetings.helpers.helping(actor_of(interaction), _here(interaction))
        await show(interaction, cards.helping_card(found))

    @facilitate.command(name="sos", description=say("cmd-facilitate-sos"))
    async def sos(self, interaction: discord.Interaction) -> None:
        """Get the co-facilitator and the team."""
        await self._sos(interaction, _here(interaction))

    @on_press("facilitate.sos")
    async def sos_pressed(self, press: Press) -> None:
        """*Team, now*."""
        await self._sos(press.interaction, Where(meeting_id=press.arg(0)))

    async def _sos(self, interaction: discord.Interaction, where: Where) -> None:
        pressed = Pressed(interaction.token, interaction.channel_id)
        concern = await self._escalation.raising.from_room(actor_of(interaction), where, pressed)
        await show(interaction, receipt_card(concern, self._escalation.meanwhile(concern.server_id)))


def _here(interaction: discord.Interaction) -> Where:
    return Where(interaction.channel_id)
