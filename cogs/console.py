"""The console: what those who hold a meeting press, and the answers' buttons."""

from peerbot.engine.card import Form
from peerbot.engine.words import number
from peerbot.gateway.answers import ask, turn
from peerbot.gateway.router import Menu, Press, form_for, on_press
from peerbot.meetings.facilitating import cards
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.facilitating.rules import USUAL_PAUSE, USUALLY_LONGER
from peerbot.meetings.service import Meetings


class ConsoleMenu(Menu):
    """Everything `/facilitate` does, as buttons."""

    def __init__(self, meetings: Meetings) -> None:
        """Offer `meetings`' use cases around one meeting."""
        self._meetings = meetings
        self._does = meetings.facilitating
        self._doors = meetings.doors

    @on_press("facilitate.console")
    async def console_pressed(self, press: Press) -> None:
        """*Console*."""
        found = await self._meetings.consoles.console(press.actor, _there(press))
        await turn(press.interaction, cards.console_card(found))

    @on_press("facilitate.end")
    async def close_asked(self, press: Press) -> None:
        """*End the meeting…*."""
        found = await self._meetings.consoles.ending(press.actor, _there(press))
        await turn(press.interaction, cards.close_check_card(found))

    @on_press("facilitate.close")
    async def close_confirmed(self, press: Press) -> None:
        """*Yes, and lock it as usual*, *at once*."""
        at_once = press.arg(1) == "yes"
        meeting = await self._does.close(press.actor, _there(press), at_once=at_once)
        await turn(press.interaction, cards.closed_card(meeting, at_once=at_once))

    @on_press("facilitate.extend")
    async def extend_pressed(self, press: Press) -> None:
        """*10 minutes more*."""
        ends = cards.instant(press.arg(1))
        held, before = await self._does.extend(press.actor, _there(press), USUALLY_LONGER, ends)
        await turn(press.interaction, cards.longer_card(held, before))

    @on_press("facilitate.shorten")
    async def shorten(self, press: Press) -> None:
        """*Undo*, of a longer meeting."""
        held = await self._does.shorten(press.actor, _there(press), cards.instant(press.arg(1)))
        await turn(press.interaction, cards.shorter_card(held))

    @on_press("facilitate.which")
    async def which_reminder(self, press: Press) -> None:
        """*Remind…*."""
        meeting_id = await self._does.which(press.actor, _there(press))
        await turn(press.interaction, cards.which_reminder_card(meeting_id))

    @on_press("facilitate.remind")
    async def remind_chosen(self, press: Press) -> None:
        """Say what was chosen."""
        held = await self._does.remind(press.actor, _there(press), press.choice)
        await turn(press.interaction, cards.reminded_card(held))

    @on_press("facilitate.pause")
    async def pause_pressed(self, press: Press) -> None:
        """*Pause 5 minutes*."""
        held = await self._does.pause(press.actor, _there(press), USUAL_PAUSE)
        await turn(press.interaction, cards.paused_card(held))

    @on_press("facilitate.go-on")
    async def go_on(self, press: Press) -> None:
        """*Go on now*."""
        await turn(press.interaction, cards.paused_card(await self._does.go_on(press.actor, _there(press))))

    @on_press("facilitate.hide")
    async def hide_confirmed(self, press: Press) -> None:
        """*Yes, take it down*."""
        held = await self._does.hide(press.actor, _there(press), press.number(1))
        await turn(press.interaction, cards.hidden_card(held))

    @on_press("facilitate.hide-say")
    async def say_hidden(self, press: Press) -> None:
        """*Say it in the room*."""
        await turn(press.interaction, cards.said_hidden_card(await self._does.say_hidden(press.actor, _there(press))))

    @on_press("facilitate.one")
    async def one_person(self, press: Press) -> None:
        """*One person…*."""
        await self._does.which(press.actor, _there(press))
        await ask(press.interaction, await self.person_form(press))

    @form_for("facilitate.limit")
    async def person_form(self, press: Press) -> Form:
        """Make the form about one person."""
        return cards.one_person_form(press.arg(0))

    @on_press("facilitate.limit")
    async def limit(self, press: Press) -> None:
        """Ask the person out, let them read only, or let them back."""
        user_id, what = number(press.value("who")), press.value("what")
        if what in cards.LIMITS:
            held = await self._doors.limit(press.actor, _there(press), user_id, "out" if what == "out" else "quiet")
            await turn(press.interaction, cards.limited_card(held, user_id, what))
        else:
            held, was = await self._doors.ease(press.actor, _there(press), user_id)
            await turn(press.interaction, cards.eased_card(held, user_id, was=was))

    @on_press("facilitate.ease")
    async def ease(self, press: Press) -> None:
        """*Undo*, of either."""
        held, was = await self._doors.ease(press.actor, _there(press), press.number(1))
        await turn(press.interaction, cards.eased_card(held, press.number(1), was=was))

    @on_press("facilitate.door")
    async def door(self, press: Press) -> None:
        """*Shut the door…*."""
        await turn(press.interaction, cards.door_check_card(await self._doors.door(press.actor, _there(press))))

    @on_press("facilitate.shut")
    async def shut(self, press: Press) -> None:
        """*Yes, shut it*."""
        await turn(press.interaction, cards.door_card(await self._doors.shut(press.actor, _there(press))))

    @on_press("facilitate.door-open")
    async def open_door(self, press: Press) -> None:
        """*Open the door again*."""
        await turn(press.interaction, cards.door_card(await self._doors.open_again(press.actor, _there(press))))


def _there(press: Press) -> Where:
    return Where(meeting_id=press.arg(0))
