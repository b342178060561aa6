"""`/manage group`: what coordinators set up and change of groups, with the forms and buttons of it."""

import discord
from discord import app_commands

from peerbot.engine.card import Form
from peerbot.engine.texts import say
from peerbot.gateway.answers import ask, show, turn
from peerbot.gateway.router import Menu, Press, actor_of, form_for, on_press
from peerbot.signup.groups import cards as group_cards
from peerbot.signup.groups.service import TypedTerms, Wording
from peerbot.signup.invites import cards as invite_cards
from peerbot.signup.service import NewGroup, Signup

Choices = list[app_commands.Choice[str]]
Typed = app_commands.Range[str, 1, 40]


class GroupCommands(app_commands.Group):
    """`/manage group`."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around groups."""
        super().__init__(name="group", description=say("cmd-manage-group"))
        self._signup = signup

    @app_commands.command(name="create", description=say("cmd-manage-group-create"))
    async def create(self, interaction: discord.Interaction) -> None:
        """Ask what the group is to be."""
        await self._signup.may_create(actor_of(interaction))
        await ask(interaction, group_cards.group_form())

    @app_commands.command(name="edit", description=say("cmd-manage-group-edit"))
    @app_commands.describe(group=say("cmd-manage-group-which"))
    async def edit(self, interaction: discord.Interaction, group: str) -> None:
        """Show how a group is set."""
        await show(interaction, group_cards.settings_card(await self._signup.groups.show(actor_of(interaction), group)))

    @app_commands.command(name="pause", description=say("cmd-manage-group-pause"))
    @app_commands.describe(group=say("cmd-manage-group-which"))
    async def pause(self, interaction: discord.Interaction, group: str) -> None:
        """Show what pausing a group would touch."""
        touched = await self._signup.life.propose_pause(actor_of(interaction), group)
        await show(interaction, group_cards.pause_card(touched))

    @app_commands.command(name="resume", description=say("cmd-manage-group-resume"))
    @app_commands.describe(group=say("cmd-manage-group-which"))
    async def resume(self, interaction: discord.Interaction, group: str) -> None:
        """Let a group go on."""
        await show(interaction, group_cards.resumed_card(await self._signup.life.resume(actor_of(interaction), group)))

    @app_commands.command(name="archive", description=say("cmd-manage-group-archive"))
    @app_commands.describe(group=say("cmd-manage-group-which"), last_day=say("cmd-manage-group-archive-day"))
    async def archive(self, interaction: discord.Interaction, group: str, last_day: Typed = "") -> None:
        """Show what the end of a group would touch."""
        ending = await self._signup.life.propose_end(actor_of(interaction), group, last_day)
        await show(interaction, group_cards.end_card(ending))

    @app_commands.command(name="roster", description=say("cmd-manage-group-roster"))
    @app_commands.describe(group=say("cmd-manage-group-which"))
    async def roster(self, interaction: discord.Interaction, group: str) -> None:
        """Show who is in a group."""
        await show(interaction, group_cards.roster_card(await self._signup.groups.roster(actor_of(interaction), group)))

    @app_commands.command(name="invite", description=say("cmd-manage-group-invite"))
    @app_commands.describe(group=say("cmd-manage-group-which"))
    async def invite(self, interaction: discord.Interaction, group: str) -> None:
        """Show the codes that lead into a group."""
        codes = await self._signup.invites.of_group(actor_of(interaction), group)
        await show(interaction, invite_cards.codes_card(codes))

    @pause.autocomplete("group")
    @invite.autocomplete("group")
    @resume.autocomplete("group")
    @archive.autocomplete("group")
    @roster.autocomplete("group")
    async def living(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "manage")
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @edit.autocomplete("group")
    async def all_groups(self, interaction: discord.Interaction, typed: str) -> Choices:
        """Offer the groups the person may manage, those that have ended too."""
        found = await self._signup.choices_for(actor_of(interaction), typed, "review")
        return [app_commands.Choice(name=name, value=value) for name, value in found]


class GroupsMenu(Menu):
    """The forms and buttons of groups being managed."""

    def __init__(self, signup: Signup) -> None:
        """Offer `signup`'s use cases around groups."""
        self._signup = signup

    @form_for("manage.group")
    async def group_form(self, press: Press) -> Form:
        """Make the form for a group."""
        _ = press
        return group_cards.group_form()

    @on_press("manage.group")
    async def group_filled(self, press: Press) -> None:
        """Make the group, and show what else can be set."""
        words = [press.value(part) for part in ("name", "about", "medium", "places", "language")]
        group = await self._signup.create(press.actor, NewGroup(*words))
        managed = await self._signup.groups.show(press.actor, group.id)
        await show(press.interaction, group_cards.made_card(managed))

    @on_press("manage.show")
    async def show_group(self, press: Press) -> None:
        """*How it is set*."""
        managed = await self._signup.groups.show(press.actor, press.arg(0))
        await turn(press.interaction, group_cards.settings_card(managed))

    @on_press("manage.words")
    async def words(self, press: Press) -> None:
        """*Name and words*."""
        await ask(press.interaction, await self.words_form(press))

    @form_for("manage.words-set")
    async def words_form(self, press: Press) -> Form:
        """Make the form for a group's words."""
        return group_cards.words_form(await self._signup.groups.show(press.actor, press.arg(0)))

    @on_press("manage.words-set")
    async def words_filled(self, press: Press) -> None:
        """Keep the words."""
        wanted = Wording(*(press.value(part) for part in ("name", "about", "language", "medium")))
        managed, before = await self._signup.groups.change_words(press.actor, press.arg(0), wanted)
        await turn(press.interaction, group_cards.words_card(managed, before))

    @on_press("manage.terms")
    async def terms(self, press: Press) -> None:
        """*Kind and places*."""
        await ask(press.interaction, await self.terms_form(press))

    @form_for("manage.terms-ask")
    async def terms_form(self, press: Press) -> Form:
        """Make the form for kind, places and cycle."""
        return group_cards.terms_form(await self._signup.groups.show(press.actor, press.arg(0)))

    @on_press("manage.terms-ask")
    async def terms_filled(self, press: Press) -> None:
        """Show what that would touch, or do it where it touches nobody."""
        typed = TypedTerms(*(press.value(part) for part in ("kind", "places", "first", "last")))
        change = await self._signup.groups.ask_terms(press.actor, press.arg(0), typed)
        await turn(press.interaction, group_cards.terms_card(change))

    @on_press("manage.terms-set")
    async def terms_set(self, press: Press) -> None:
        """*Yes, change it*, and *Undo* of it."""
        change = await self._signup.groups.change_terms(press.actor, *group_cards.terms_from(press.args))
        await turn(press.interaction, group_cards.terms_card(change))

    @on_press("manage.switch")
    async def switch(self, press: Press) -> None:
        """Switch something on or off; *Yes, change it*; and *Undo* of it."""
        switch = group_cards.switch_from(press.arg(1))
        change = await self._signup.groups.switch(
            press.actor, press.arg(0), switch, on=press.arg(2) == "on", sure=press.arg(3) == "yes"
        )
        await turn(press.interaction, group_cards.switch_card(change, switch))

    @on_press("manage.pause")
    async def pause(self, press: Press) -> None:
        """*Pause it*: what it touches."""
        touched = await self._signup.life.propose_pause(press.actor, press.arg(0))
        await turn(press.interaction, group_cards.pause_card(touched))

    @on_press("manage.pause-yes")
    async def pause_sure(self, press: Press) -> None:
        """*Yes, pause it*."""
        touched = await self._signup.life.pause(press.actor, press.arg(0))
        await turn(press.interaction, group_cards.paused_card(touched))

    @on_press("manage.resume")
    async def resume(self, press: Press) -> None:
        """*Let it go on*, and *Undo* of a pause."""
        touched = await self._signup.life.resume(press.actor, press.arg(0))
        await turn(press.interaction, group_cards.resumed_card(touched))

    @on_press("manage.end")
    async def end(self, press: Press) -> None:
        """*End it*: what it touches."""
        ending = await self._signup.life.propose_end(press.actor, press.arg(0), "")
        await turn(press.interaction, group_cards.end_card(ending))

    @on_press("manage.end-day")
    async def end_day(self, press: Press) -> None:
        """*Another last day*."""
        await ask(press.interaction, await self.end_form(press))

    @form_for("manage.end-ask")
    async def end_form(self, press: Press) -> Form:
        """Make the form for a last day."""
        managed = await self._signup.groups.show(press.actor, press.arg(0))
        return group_cards.end_form(managed.group.id)

    @on_press("manage.end-ask")
    async def end_filled(self, press: Press) -> None:
        """Show what an end after that day touches."""
        ending = await self._signup.life.propose_end(press.actor, press.arg(0), press.value("day"))
        await turn(press.interaction, group_cards.end_card(ending))

    @on_press("manage.end-yes")
    async def end_sure(self, press: Press) -> None:
        """*Yes, announce it*."""
        ending = await self._signup.life.end(press.actor, press.arg(0), group_cards.day_from(press.arg(1)))
        await turn(press.interaction, group_cards.announced_card(ending))

    @on_press("manage.stay")
    async def stay(self, press: Press) -> None:
        """*Undo* of an end that was announced."""
        touched = await self._signup.life.stay(press.actor, press.arg(0))
        await turn(press.interaction, group_cards.stayed_card(touched))

    @on_press("group.roster")
    async def roster(self, press: Press) -> None:
        """*Who is in it*: for coordinators, and for the group's facilitators from their own list."""
        roster = await self._signup.groups.roster(press.actor, press.arg(0))
        await show(press.interaction, group_cards.roster_card(roster))
