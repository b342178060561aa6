"""`/group`: finding a group, joining it, waiting for a seat, leaving."""

import discord
from discord import app_commands

from peerbot.confidentiality.rules import version_of
from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.signup import cards
from peerbot.signup.agreeing import cards as agreement_cards
from peerbot.signup.finding import cards as find_cards
from peerbot.signup.rules import View
from peerbot.signup.service import Signup

Code = app_commands.Range[str, 1, 20]


class SignupMenu(Menu):
    """For everybody on a server."""

    group = app_commands.Group(name="group", description=say("cmd-group"), guild_only=True)

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases."""
        self._signup = signup

    @group.command(name="find", description=say("cmd-group-find"))
    async def find(self, interaction: discord.Interaction) -> None:
        """Show the groups the person may see."""
        await show(interaction, find_cards.find_card(await self._signup.finding.find(actor_of(interaction))))

    @on_press("group.find")
    async def find_page(self, press: Press) -> None:
        """Show the list again, or another page of it."""
        found = await self._signup.finding.find(press.actor, find_cards.looking(press.args))
        await turn(press.interaction, find_cards.find_card(found))

    @on_press("group.filter")
    async def narrow_down(self, press: Press) -> None:
        """Show the groups that fit what was chosen in one of the menus."""
        found = await self._signup.finding.find(press.actor, find_cards.narrowed(press.args, press.choice))
        await turn(press.interaction, find_cards.find_card(found))

    @on_press("group.show")
    async def show_group(self, press: Press) -> None:
        """Show the group chosen from a list."""
        view = await self._signup.show(press.actor, press.choice)
        await turn(press.interaction, find_cards.group_card(view, back=press.args))

    @group.command(name="join", description=say("cmd-group-join"))
    @app_commands.describe(group_id=say("cmd-group-join-group"), code=say("cmd-group-join-code"))
    @app_commands.rename(group_id="group")
    async def join_one(self, interaction: discord.Interaction, group_id: str = "", code: Code = "") -> None:
        """Join a group by name or by a code: the agreement comes first."""
        actor, joining = actor_of(interaction), self._signup.joining
        if code:
            group, age, code = await joining.form_by_code(actor, code)
        else:
            group, age = await joining.form(actor, group_id)
        terms, writes = await self._signup.agreeing.terms(group), await self._signup.writes_to(actor)
        await ask(
            interaction,
            cards.join_form(group, terms, age, self._signup.seeing.who_else(group.server_id), code, writes=writes),
        )

    @join_one.autocomplete("group_id")
    async def joinable(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the groups the person could find."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "join")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @group.command(name="mine", description=say("cmd-group-mine"))
    async def mine(self, interaction: discord.Interaction) -> None:
        """Show everything the person has to do with."""
        await show(interaction, cards.mine_card(await self._signup.mine(actor_of(interaction)), 0))

    @on_press("group.mine")
    async def mine_page(self, press: Press) -> None:
        """Show it again, or another page of it."""
        await turn(press.interaction, cards.mine_card(await self._signup.mine(press.actor), press.number(0)))

    @on_press("group.join")
    async def join(self, press: Press) -> None:
        """*Join*, *Join waiting list*: the agreement comes first."""
        await ask(press.interaction, await self.agreement(press))

    @form_for("group.agree")
    async def agreement(self, press: Press) -> Form:
        """Make the form for joining."""
        code = cards.code_of(press.args)
        group, age = await self._signup.joining.form(press.actor, press.arg(0), code)
        terms, writes = await self._signup.agreeing.terms(group), await self._signup.writes_to(press.actor)
        return cards.join_form(group, terms, age, self._signup.seeing.who_else(group.server_id), code, writes=writes)

    @on_press("group.agree")
    async def agreed(self, press: Press) -> None:
        """Give a seat, or a place in the queue."""
        view = await self._signup.joining.join(
            press.actor,
            press.arg(0),
            agreed=press.value("agree") == cards.YES,
            may_remind=press.value("reminders") == cards.YES,
            shown=version_of(press.arg(1)),
            code=cards.code_of(press.args),
        )
        await turn(press.interaction, cards.joined_card(view))

    @on_press("group.take")
    async def take(self, press: Press) -> None:
        """*Join*, for somebody who waits and finds a seat open to all."""
        await self._took(press, await self._signup.joining.take(press.actor, press.arg(0)))

    @on_press("offer.accept")
    async def accept(self, press: Press) -> None:
        """*Yes please*."""
        await self._took(press, await self._signup.waitlist.accept(press.actor, press.arg(0)))

    async def _took(self, press: Press, view: View) -> None:
        """Show what came of it, and what has changed while they waited."""
        await turn(press.interaction, cards.joined_card(view, dm=_in_dm(press)))
        asked = await self._signup.agreeing.asked_in(press.actor, view.group.id)
        for card in agreement_cards.changed_cards(asked):
            await show(press.interaction, card)

    @on_press("offer.pass")
    async def not_now(self, press: Press) -> None:
        """*Not now, keep my place*."""
        view = await self._signup.waitlist.not_now(press.actor, press.arg(0))
        await turn(press.interaction, cards.passed_card(view, dm=_in_dm(press)))

    @on_press("group.leave-list")
    async def leave_list(self, press: Press) -> None:
        """*Leave the list*."""
        view = await self._signup.joining.leave_list(press.actor, press.arg(0))
        await turn(press.interaction, cards.left_list_card(view, dm=_in_dm(press)))

    @on_press("group.leave")
    async def leave(self, press: Press) -> None:
        """*Leave*."""
        view = await self._signup.joining.leave(press.actor, press.arg(0))
        await turn(press.interaction, cards.left_card(view, dm=_in_dm(press)))

    @group.command(name="leave", description=say("cmd-group-leave"))
    @app_commands.describe(group_id=say("cmd-group-leave-group"))
    @app_commands.rename(group_id="group")
    async def leave_one(self, interaction: discord.Interaction, group_id: str) -> None:
        """Leave a group, or the queue for it."""
        view, seat = await self._signup.joining.leave_any(actor_of(interaction), group_id)
        await show(interaction, cards.left_card(view) if seat else cards.left_list_card(view))

    @leave_one.autocomplete("group_id")
    async def groups(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the person's own groups."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "leave")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @on_press("group.reminders")
    async def reminders(self, press: Press) -> None:
        """*Send me messages*, *Stop messages*."""
        mine = await self._signup.allow_reminders(press.actor, allowed=press.arg(0) == "on")
        await turn(press.interaction, cards.mine_card(mine, 0))


def _in_dm(press: Press) -> bool:
    return press.actor.server_id is None
