"""The buttons, menu and form of codes into a group; `/manage group invite` opens them."""

from peerbot.engine.card import Form
from peerbot.gateway.answers import ask, turn
from peerbot.gateway.router import Menu, Press, form_for, on_press
from peerbot.signup.invites import cards as invite_cards
from peerbot.signup.service import Signup


class InvitesMenu(Menu):
    """Codes into groups."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around codes."""
        self._signup = signup

    @on_press("invite.list")
    async def listed(self, press: Press) -> None:
        """*Invite codes*."""
        codes = await self._signup.invites.of_group(press.actor, press.arg(0))
        await turn(press.interaction, invite_cards.codes_card(codes))

    @on_press("invite.new")
    async def new(self, press: Press) -> None:
        """*New code*."""
        await ask(press.interaction, await self.form(press))

    @form_for("invite.make")
    async def form(self, press: Press) -> Form:
        """Make the form for a code."""
        return invite_cards.code_form(await self._signup.invites.of_group(press.actor, press.arg(0)))

    @on_press("invite.make")
    async def make(self, press: Press) -> None:
        """Make the code and show it once."""
        codes = await self._signup.invites.make(press.actor, press.arg(0), press.value("uses"), press.value("days"))
        await turn(press.interaction, invite_cards.codes_card(codes))

    @on_press("invite.withdraw")
    async def withdraw(self, press: Press) -> None:
        """Let the chosen code lead nowhere."""
        codes = await self._signup.invites.withdraw(press.actor, press.choice)
        await turn(press.interaction, invite_cards.codes_card(codes, withdrawn=press.choice))

    @on_press("invite.restore")
    async def restore(self, press: Press) -> None:
        """*Undo*."""
        codes = await self._signup.invites.withdraw(press.actor, press.arg(0), withdrawn=False)
        await turn(press.interaction, invite_cards.codes_card(codes))
