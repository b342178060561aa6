"""The buttons of the rota: weekly shifts, gaps, nights, swaps, and every way back."""

from peerbot.engine.actor import Actor
from peerbot.engine.card import Card, Form
from peerbot.escalation.rota import cards as rota_cards
from peerbot.escalation.rota.there import named, there, whose
from peerbot.escalation.rota.weekly_shifts import TypedWeekly
from peerbot.escalation.service import Escalation
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, form_for, on_press


class RotaMenu(Menu):
    """What teammates press."""

    def __init__(self, escalation: Escalation) -> None:
        """Offer `escalation`'s use cases around the rota."""
        self._rostering = escalation.rostering
        self._weekly = escalation.weekly_shifts
        self._swapping = escalation.swapping

    @on_press("rota.page")
    async def page(self, press: Press) -> None:
        """*Earlier* and *Later*."""
        await turn(press.interaction, rota_cards.week_card(await self._rostering.week(press.actor), press.number(0)))

    @on_press("rota.gaps")
    async def gaps(self, press: Press) -> None:
        """*Gaps*, and their pages."""
        await _turn(press, rota_cards.gaps_card(await self._rostering.gaps(_who(press)), press.number(0)))

    @on_press("rota.nights")
    async def nights(self, press: Press) -> None:
        """*Ask me at night*, and *Don't*."""
        wanted = await self._rostering.nights(press.actor, wanted=press.arg(0) == "1")
        await turn(press.interaction, rota_cards.nights_card(wanted=wanted))

    @on_press("rota.uncover")
    async def uncover(self, press: Press) -> None:
        """*Undo*, of somebody put on duty."""
        await _turn(press, rota_cards.uncovered_card(await self._rostering.uncover(_who(press), press.arg(0))))

    @on_press("rota.back")
    async def back(self, press: Press) -> None:
        """*I'm back*."""
        await _turn(press, rota_cards.back_card(await self._rostering.back(_who(press), press.arg(0))))

    @on_press("rota.skip")
    async def skip(self, press: Press) -> None:
        """*Skip my next shift*: asks first."""
        skipped = await self._rostering.next_shift(_who(press))
        await show(press.interaction, there(rota_cards.skip_card(skipped), named(press.actor, press.args)))

    @on_press("rota.skip-yes")
    async def skip_yes(self, press: Press) -> None:
        """*Yes, skip it*."""
        await _turn(press, rota_cards.off_card(await self._rostering.skip(_who(press), press.number(0))))

    @on_press("rota.wanted")
    async def wanted(self, press: Press) -> None:
        """*I can cover*: the one gap at once, of several the one chosen next."""
        found = await self._rostering.open_gaps(_who(press), press.arg(0))
        if len(found.gaps) > 1:
            card = rota_cards.choose_gap_card(found)
        else:
            card = rota_cards.put_card(await self._rostering.take_gap(_who(press), found.gaps[0].id))
        await show(press.interaction, there(card, named(press.actor, press.args)))

    @on_press("rota.take")
    async def take(self, press: Press) -> None:
        """*I can cover*, chosen from a menu."""
        await _turn(press, rota_cards.put_card(await self._rostering.take_gap(_who(press), press.choice)))

    @on_press("rota.weekly")
    async def weekly(self, press: Press) -> None:
        """*Weekly shifts*."""
        found, changes = await self._weekly.listed(press.actor)
        await turn(press.interaction, rota_cards.weekly_card(found, changes=changes))

    @on_press("rota.one")
    async def one(self, press: Press) -> None:
        """A weekly shift chosen from the menu."""
        await turn(press.interaction, rota_cards.shown_card(await self._weekly.one(press.actor, press.choice), "one"))

    @on_press("rota.ask-add")
    async def ask_add(self, press: Press) -> None:
        """*Add a weekly shift*."""
        await ask(press.interaction, await self.add_form(press))

    @form_for("rota.add")
    async def add_form(self, press: Press) -> Form:
        """Make the form for a new one."""
        _ = press
        return rota_cards.weekly_form()

    @on_press("rota.add")
    async def add(self, press: Press) -> None:
        """Add what was typed."""
        await show(
            press.interaction, rota_cards.shown_card(await self._weekly.add(press.actor, _typed(press)), "added")
        )

    @on_press("rota.ask-change")
    async def ask_change(self, press: Press) -> None:
        """*Change*."""
        await ask(press.interaction, await self.change_form(press))

    @form_for("rota.change")
    async def change_form(self, press: Press) -> Form:
        """Make the form, filled in as it is."""
        return rota_cards.weekly_form((await self._weekly.one(press.actor, press.arg(0))).weekly)

    @on_press("rota.change")
    async def change(self, press: Press) -> None:
        """Change it to what was typed."""
        shown = await self._weekly.change(press.actor, press.arg(0), _typed(press))
        await show(press.interaction, rota_cards.shown_card(shown, "changed"))

    @on_press("rota.ask-end")
    async def ask_end(self, press: Press) -> None:
        """*End it*: asks first."""
        await turn(press.interaction, rota_cards.end_card(await self._weekly.one(press.actor, press.arg(0))))

    @on_press("rota.end")
    async def end(self, press: Press) -> None:
        """*Yes, end it*."""
        await turn(press.interaction, rota_cards.shown_card(await self._weekly.end(press.actor, press.arg(0)), "ended"))

    @on_press("rota.undo")
    async def undo(self, press: Press) -> None:
        """*Undo*, of the last change of a weekly shift."""
        await self._weekly.undo(press.actor, press.arg(0))
        await turn(press.interaction, rota_cards.undone_card())

    @on_press("rota.agree")
    async def agree(self, press: Press) -> None:
        """*I agree*, to a swap."""
        await self._swapping.agree(_who(press), press.arg(0))
        await turn(press.interaction, rota_cards.agreed_card())

    @on_press("rota.decline")
    async def decline(self, press: Press) -> None:
        """*No, thank you*, and *Take it back*."""
        await self._swapping.decline(_who(press), press.arg(0))
        await turn(press.interaction, rota_cards.no_swap_card())


def _typed(press: Press) -> TypedWeekly:
    people = tuple(int(each) for each in press.filled.get("people", ()) if each.isdecimal())
    return TypedWeekly(press.value("days"), press.value("hours"), people, press.value("zone"), press.value("first"))


def _who(press: Press) -> Actor:
    return whose(press.actor, press.args)


async def _turn(press: Press, card: Card) -> None:
    await turn(press.interaction, there(card, named(press.actor, press.args)))
