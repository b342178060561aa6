"""`/oncall test`: whether each way reaches each person of the team."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.escalation.ways import cards as ways_cards
from peerbot.escalation.ways.proving import Proving
from peerbot.gateway.answers import ask, show
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press


class WaysMenu(Menu):
    """Test pages, and what is pressed on them."""

    def __init__(self, proving: Proving) -> None:
        """Offer `proving`'s use cases."""
        self._proving = proving

    def part(self) -> app_commands.Command[Menu, ..., None]:
        """Return the command, for the menu that holds `/oncall`."""
        return app_commands.Command(name="test", description=say("cmd-oncall-test"), callback=self.test)

    @app_commands.describe(person=say("cmd-oncall-test-person"), everybody=say("cmd-oncall-test-everybody"))
    async def test(
        self, interaction: discord.Interaction, person: discord.User | None = None, everybody: bool | None = None
    ) -> None:
        """Send test pages."""
        someone = person.id if person is not None else None
        proofs = await self._proving.test(actor_of(interaction), someone, everybody=bool(everybody))
        await show(interaction, ways_cards.sent_card(proofs))

    @on_press("ways.arrived")
    async def arrived(self, press: Press) -> None:
        """*It arrived*."""
        proof = await self._proving.arrived(press.actor, press.arg(0))
        await show(press.interaction, ways_cards.proved_card(proof))

    @on_press("ways.have-code")
    async def have_code(self, press: Press) -> None:
        """*I have a code*."""
        await ask(press.interaction, await self.code_form(press))

    @form_for("ways.code")
    async def code_form(self, press: Press) -> Form:
        """Ask for it."""
        _ = press
        return ways_cards.code_form()

    @on_press("ways.code")
    async def code(self, press: Press) -> None:
        """Take it."""
        await show(
            press.interaction, ways_cards.proved_card(await self._proving.typed(press.actor, press.value("code")))
        )
