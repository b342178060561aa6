"""What follows a concern: the question about the next day, the note, words for the group, the look a week later."""

from peerbot.escalation.aftercare import cards as aftercare_cards
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show
from peerbot.gateway.router import Menu, Press, on_press


class AftercareMenu(Menu):
    """Buttons of the days after a concern."""

    def __init__(self, escalation: Escalation) -> None:
        """Offer `escalation`'s use cases of afterwards."""
        self._aftercare = escalation.aftercare
        self._reviews = escalation.reviews

    @on_press("concern.next-day")
    async def next_day(self, press: Press) -> None:
        """Whether somebody may write tomorrow."""
        wants = await self._aftercare.want_note(press.actor, press.arg(0), wants=press.arg(1) == "yes")
        await show(press.interaction, aftercare_cards.note_card(press.arg(0), wants=wants))

    @on_press("concern.next-who")
    async def next_who(self, press: Press) -> None:
        """Show to whom a note is to be written."""
        note = await self._aftercare.to_write(press.actor, press.arg(0))
        await show(press.interaction, aftercare_cards.who_card(note))

    @on_press("concern.next-done")
    async def next_done(self, press: Press) -> None:
        """*I have written*."""
        await self._aftercare.written(press.actor, press.arg(0))
        await show(press.interaction, aftercare_cards.written_card())

    @on_press("concern.aftercare")
    async def words(self, press: Press) -> None:
        """Show the words for the group."""
        await self._aftercare.words(press.actor, press.arg(0))
        await show(press.interaction, aftercare_cards.words_card())

    @on_press("concern.reviewed")
    async def reviewed(self, press: Press) -> None:
        """*I have looked at it*."""
        concern = await self._aftercare.reviewed(press.actor, press.arg(0))
        await show(press.interaction, aftercare_cards.reviewed_card(concern))

    @on_press("concern.review-one")
    async def review_one(self, press: Press) -> None:
        """*I have looked at it*, chosen from /escalation list."""
        concern = await self._reviews.looked(press.actor, press.choice)
        await show(press.interaction, aftercare_cards.reviewed_card(concern))
