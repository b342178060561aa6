"""Who was there, who may help, and the note to somebody who was missed: the buttons of all three."""

from peerbot.engine.card import Form
from peerbot.engine.words import number
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, form_for, on_press
from peerbot.meetings.attendance import missed
from peerbot.meetings.facilitating import cards
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.service import Meetings


class AttendanceMenu(Menu):
    """For those who hold a meeting, those who help to, and those who were missed."""

    def __init__(self, meetings: Meetings) -> None:
        """Offer `meetings`' use cases around who was there."""
        self._attendance = meetings.attendance
        self._helpers = meetings.helpers
        self._missed = meetings.missed

    @on_press("facilitate.cover")
    async def cover(self, press: Press) -> None:
        """*Who can help…*."""
        await turn(press.interaction, cards.helping_card(await self._helpers.helping(press.actor, _there(press))))

    @on_press("facilitate.call")
    async def call(self, press: Press) -> None:
        """*Ask for one more*."""
        await turn(press.interaction, cards.called_card(await self._helpers.ask(press.actor, _there(press))))

    @on_press("facilitate.come")
    async def come(self, press: Press) -> None:
        """*I can come*."""
        await show(press.interaction, cards.came_card(await self._helpers.come(press.actor, press.arg(0))))

    @on_press("facilitate.list")
    async def sheet(self, press: Press) -> None:
        """*Who was here*."""
        await turn(press.interaction, cards.sheet_card(await self._attendance.sheet(press.actor, _there(press))))

    @on_press("facilitate.list-right")
    async def confirm(self, press: Press) -> None:
        """*Confirm list*."""
        sheet = await self._attendance.confirm(press.actor, _there(press), None)
        await turn(press.interaction, cards.listed_card(sheet))

    @on_press("facilitate.list-change")
    async def change(self, press: Press) -> None:
        """*Change it*."""
        await ask(press.interaction, await self.sheet_form(press))

    @form_for("facilitate.listed")
    async def sheet_form(self, press: Press) -> Form:
        """Make the list as a form."""
        return cards.sheet_form(await self._attendance.sheet(press.actor, _there(press)))

    @on_press("facilitate.listed")
    async def changed(self, press: Press) -> None:
        """Take the list as it was chosen."""
        ticked = [number(each) for each in press.filled.get("who", ())]
        sheet = await self._attendance.confirm(press.actor, _there(press), ticked)
        await turn(press.interaction, cards.listed_card(sheet))

    @on_press("missed.come")
    async def see_you(self, press: Press) -> None:
        """*See you there*."""
        await show(press.interaction, missed.come_card(await self._missed.answer(press.actor, press.arg(0))))

    @on_press("missed.others")
    async def others(self, press: Press) -> None:
        """*Other groups*."""
        await show(press.interaction, missed.others_card())

    @on_press("missed.stop")
    async def stop(self, press: Press) -> None:
        """*Don't send these*."""
        answered = await self._missed.want(press.actor, press.arg(0), notes=False)
        await show(press.interaction, missed.stopped_card(answered, notes=False))

    @on_press("missed.again")
    async def again(self, press: Press) -> None:
        """*Send them after all*."""
        answered = await self._missed.want(press.actor, press.arg(0), notes=True)
        await show(press.interaction, missed.stopped_card(answered, notes=True))


def _there(press: Press) -> Where:
    return Where(meeting_id=press.arg(0))
