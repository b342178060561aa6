"""Trying one meeting of a group, and the question afterwards."""

from peerbot.confidentiality.rules import version_of
from peerbot.engine.card import Form
from peerbot.gateway.answers import ask, turn
from peerbot.gateway.router import Menu, Press, form_for, on_press
from peerbot.signup import cards
from peerbot.signup.service import Signup
from peerbot.signup.tasting import cards as taster_cards


class TasterMenu(Menu):
    """What is pressed by people who try one meeting."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases."""
        self._signup = signup

    @on_press("group.taste")
    async def taste(self, press: Press) -> None:
        """*Try one meeting*: the agreement comes first."""
        await ask(press.interaction, await self.agreement(press))

    @form_for("taster.agree")
    async def agreement(self, press: Press) -> Form:
        """Make the form for trying a meeting."""
        group, age = await self._signup.tasting.form(press.actor, press.arg(0))
        terms, writes = await self._signup.agreeing.terms(group), await self._signup.writes_to(press.actor)
        return cards.join_form(
            group, terms, age, self._signup.seeing.who_else(group.server_id), taste=True, writes=writes
        )

    @on_press("taster.agree")
    async def agreed(self, press: Press) -> None:
        """Give a seat for one meeting."""
        view = await self._signup.tasting.taste(
            press.actor,
            press.arg(0),
            agreed=press.value("agree") == cards.YES,
            may_remind=press.value("reminders") == cards.YES,
            shown=version_of(press.arg(1)),
        )
        await turn(press.interaction, cards.joined_card(view))

    @on_press("taster.yes")
    async def keep(self, press: Press) -> None:
        """*Yes, join*."""
        view = await self._signup.tasting.keep(press.actor, press.arg(0))
        await turn(press.interaction, cards.joined_card(view, dm=press.actor.server_id is None))

    @on_press("taster.no")
    async def release(self, press: Press) -> None:
        """*No, thank you*."""
        view = await self._signup.tasting.release(press.actor, press.arg(0))
        await turn(press.interaction, taster_cards.declined_card(view, dm=press.actor.server_id is None))
