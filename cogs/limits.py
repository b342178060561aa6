"""Blocks: from an opened concern, and in a list for leads."""

from peerbot.escalation.limits import cards
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import show, turn
from peerbot.gateway.router import Menu, Press, on_press


class LimitsMenu(Menu):
    """What a lead presses so that nobody is paged for one person's concerns about others."""

    def __init__(self, escalation: Escalation) -> None:
        """Offer `escalation`'s use cases around blocks."""
        self._limits = escalation.limits

    @on_press("limits.block")
    async def ask_block(self, press: Press) -> None:
        """Ask before a block."""
        await show(press.interaction, cards.ask_block_card(await self._limits.propose(press.actor, press.arg(0))))

    @on_press("limits.block-yes")
    async def block(self, press: Press) -> None:
        """Block."""
        await turn(press.interaction, cards.blocked_card(await self._limits.block(press.actor, press.arg(0))))

    @on_press("limits.blocks")
    async def blocks(self, press: Press) -> None:
        """List the blocks."""
        await show(press.interaction, cards.blocks_card(await self._limits.blocks(press.actor)))

    @on_press("limits.lift")
    async def ask_lift(self, press: Press) -> None:
        """Ask before a block is lifted."""
        await show(press.interaction, cards.ask_lift_card(await self._limits.find(press.actor, press.arg(0))))

    @on_press("limits.lift-yes")
    async def lift(self, press: Press) -> None:
        """Lift a block."""
        await turn(press.interaction, cards.lifted_card(await self._limits.lift(press.actor, press.arg(0))))
