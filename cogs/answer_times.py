"""`/manage answer-times`: how long the team has to answer, its forms and its buttons."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.escalation import answer_times_cards
from peerbot.escalation.answer_times import AnswerTimes
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press


class AnswerTimesMenu(Menu):
    """What leads and administrators set, one level at a time."""

    def __init__(self, times: AnswerTimes) -> None:
        """Offer `times`' use cases."""
        self._times = times

    def part(self) -> app_commands.Command[Menu, ..., None]:
        """Return the command, for the menu that holds `/manage`."""
        return app_commands.Command(
            name="answer-times", description=say("cmd-manage-answer-times"), callback=self.answer_times
        )

    async def answer_times(self, interaction: discord.Interaction) -> None:
        """Show the times, and what each means."""
        await show(interaction, answer_times_cards.answers_card(await self._times.show(actor_of(interaction))))

    @form_for("answers.times")
    async def form(self, press: Press) -> Form:
        """Make the form for one level."""
        return answer_times_cards.answers_form(press.arg(0), await self._times.show(press.actor))

    @on_press("answers.change")
    async def change(self, press: Press) -> None:
        """*Change …*."""
        await ask(press.interaction, await self.form(press))

    @on_press("answers.times")
    async def filled(self, press: Press) -> None:
        """Show what the change would mean."""
        typed = {part: values[0] for part, values in press.filled.items() if values}
        await show(
            press.interaction,
            answer_times_cards.check_card(await self._times.propose(press.actor, press.arg(0), typed)),
        )

    @on_press("answers.set")
    async def set(self, press: Press) -> None:
        """*Yes, change them*, and *Undo* of it."""
        change = await self._times.set(press.actor, press.arg(0), press.args[1:])
        await turn(press.interaction, answer_times_cards.set_card(change))
