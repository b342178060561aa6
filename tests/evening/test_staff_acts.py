"""Every use case there is, sorted: what staff do leaves exactly one act, and the rest says where else it stands."""

import ast
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final

from peerbot.demo.acts import types
from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.engine.tokens import new_id
from peerbot.escalation.raising.rules import About, Pressed
from peerbot.escalation.rota.weekly_shifts import TypedWeekly
from peerbot.escalation.rules import Level
from peerbot.meetings.series.recurrence import Rule
from peerbot.servers.service import Answers
from peerbot.signup.groups.rules import Terms
from peerbot.signup.groups.service import TypedTerms, Wording
from peerbot.signup.service import NewGroup
from tests.meta.sources import PACKAGE, called, python_files, tree

MEMBERS: Final = "a person does this for themselves"
HOLDS: Final = "who holds a meeting runs it: what they do is for this evening"
CONCERN: Final = "written with the concern (`concern_act`, `sign_off`), where those see it who may"
OWN_HOURS: Final = "one's own hours: in the rota, for as long as that is kept"
ASKS: Final = "nothing is done yet: it is shown first"
ELSEWHERE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "Aftercare.want_note", "Raising.ask", "Raising.raise_", "Raising.from_room", "Raising.danger",
            "Raising.withdraw", "Raising.leave_side_room", "Away.say", "Missed.want", "Meetings.here", "Agreeing.agree",
            "Invites.enter", "Joining.join", "Joining.take", "Joining.leave", "Joining.leave_list", "Joining.leave_any",
            "Signup.allow_reminders", "Tasting.taste", "Tasting.keep", "Tasting.release", "Waitlist.accept",
            "Waitlist.not_now", "Proving.arrived", "Proving.typed", "Drilling.arrived",
            "Privacy.delete",
            "Choosing.change",
        ),
        MEMBERS,
    ),
    **dict.fromkeys(
        (
            "Attendance.confirm", "Doors.limit", "Doors.ease", "Doors.shut", "Doors.open_again", "Helpers.ask",
            "Helpers.come", "Facilitating.close", "Facilitating.extend", "Facilitating.shorten", "Facilitating.remind",
            "Facilitating.pause", "Facilitating.go_on", "Facilitating.hide", "Facilitating.say_hidden",
            "Meetings.facilitator_here", "Meetings.call_off", "Meetings.take_over",
        ),
        HOLDS,
    ),
    **dict.fromkeys(
        (
            "Aftercare.to_write", "Aftercare.written", "Aftercare.words", "Aftercare.reviewed", "Actions.act",
            "Actions.note", "Closings.close", "HandOvers.ask", "Levels.change", "Handling.take", "Handling.open",
            "Handling.look_after", "LookIns.ask", "LookIns.stop", "SignOffs.answer", "SignOffs.review", "Holds.keep",
        ),
        CONCERN,
    ),
    **dict.fromkeys(
        (
            "Rostering.skip", "Rostering.take_gap", "Rostering.nights", "Swapping.ask", "Swapping.agree",
            "Swapping.decline",
        ),
        OWN_HOURS,
    ),
    **dict.fromkeys(
        ("Limits.offers_block", "Limits.propose", "Meetings.propose_call_off", "Clauses.propose"), ASKS
    ),
}  # fmt: skip


def use_cases() -> set[str]:
    """Return every method that takes an actor and opens a transaction: whatever somebody can change."""
    return {
        f"{kind.name}.{method.name}"
        for path in python_files(PACKAGE)
        for kind in tree(path).body
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, ast.AsyncFunctionDef)
        and any(argument.arg == "actor" for argument in method.args.args)
        and any(called(call) == "transaction" for call in ast.walk(method) if isinstance(call, ast.Call))
    }


class Records:
    """What is done, one after the other, and the act that each leaves."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.done = set[str]()

    async def acts(self) -> Sequence[tuple[str, int]]:
        rows = await self.world.app.desk.reads.all(
            "SELECT act, user_id FROM staff_act JOIN staff_person ON staff_person.id = person_id ORDER BY staff_act.id"
        )
        return [(row["act"], row["user_id"]) for row in rows]

    async def leaves(self, use_case: str, act: str, by: Actor, doing: Awaitable[Any]) -> Any:  # noqa: ANN401 - what it returns
        """Do something, see that it left this act and no other, and that the act has its text."""
        before = await self.acts()
        returned = await doing
        assert (await self.acts())[len(before) :] == [(act, by.user_id)], use_case
        assert say(f"act-{act}")
        self.done.add(use_case)
        await self.world.tick()
        return returned


class Walk(Records):
    """Everything that staff can do, with the people of the story."""

    def __init__(self, world: World, cast: Cast) -> None:
        super().__init__(world)
        self.cast = cast
        here = world.guild.id
        self.colin, self.dana, self.mo = (Actor(person.actor.id, here) for person in (cast.colin, cast.dana, cast.mo))
        self.amira = Actor(cast.amira.actor.id, here, manages_server=True)
        self.ana, self.ben, self.cho = (person.actor.id for person in cast.members[:3])
        self.guest = cast.olu.actor.id
        self.group = ""

    async def circle(self) -> str:
        """Return the id of the group that meets."""
        row = await self.world.app.desk.reads.one("SELECT group_id FROM series ORDER BY created_at LIMIT 1")
        assert row is not None
        return str(row["group_id"])

    async def servers(self) -> None:
        """Set the server up, and change its settings and its team."""
        world, app, cast, leaves = self.world, self.world.app, self.cast, self.leaves
        amira, colin, dana = self.amira, self.colin, self.dana
        answers = Answers("GB", dana.user_id, cast.ed.actor.id, "make", "Europe/London")
        await leaves("Servers.set_up", "server-set-up", amira, app.servers.set_up(amira, answers))
        chosen = app.servers.use_staff_channel(amira, "moderators", world.lounge.id)
        await leaves("Servers.use_staff_channel", "channels-chosen", amira, chosen)
        await leaves("Servers.make_channels", "channels-made", amira, app.servers.make_channels(amira))
        await leaves(
            "Servers.add_to_team", "team-changed", dana, app.servers.add_to_team(dana, cast.finn.actor.id, "moderator")
        )
        removed = app.team.remove(amira, cast.finn.actor.id, "moderator", sure=True)
        await leaves("Team.remove", "team-changed", amira, removed)
        await leaves("Settings.change", "server-changed", colin, app.settings.change(colin, "zone", ("Paris",)))
        await app.settings.change(colin, "zone", ("London",))

    async def groups(self) -> None:
        """Make a group, and change everything about it."""
        world, app, cast, leaves = self.world, self.world.app, self.cast, self.leaves
        colin, guest = self.colin, self.guest
        wanted = NewGroup("Quiet ones", "People who read", "text", "5", "English")
        made = await leaves("Signup.create", "group-created", colin, app.signup.create(colin, wanted))
        group = self.group = made.id
        groups, life, holding = app.signup.groups, app.signup.life, app.signup.facilitating
        words = Wording("Quiet people", "People who read", "English", "text")
        await leaves("Groups.change_words", "group-changed", colin, groups.change_words(colin, group, words))
        typed = groups.ask_terms(colin, group, TypedTerms("open", "6", "", ""))
        await leaves("Groups.ask_terms", "group-changed", colin, typed)
        terms = groups.change_terms(colin, group, Terms("open", 7))
        await leaves("Groups.change_terms", "group-changed", colin, terms)
        slow = groups.switch(colin, group, "slow", on=True, sure=True)
        await leaves("Groups.switch", "group-changed", colin, slow)
        added = app.signup.add_facilitator(colin, group, cast.fay.actor.id, is_bot=False)
        await leaves("Signup.add_facilitator", "facilitators-changed", colin, added)
        backed = holding.add_backup(colin, group, guest)
        await leaves("Facilitating.add_backup", "facilitators-changed", colin, backed)
        unbacked = holding.remove_backup(colin, group, guest)
        await leaves("Facilitating.remove_backup", "facilitators-changed", colin, unbacked)
        await leaves("Life._turn", "group-changed", colin, life.pause(colin, group))
        await leaves("Life._turn", "group-changed", colin, life.resume(colin, group))
        last = world.now.date() + timedelta(days=60)
        await leaves("Life.end", "group-changed", colin, life.end(colin, group, last))
        await leaves("Life.stay", "group-changed", colin, life.stay(colin, group))
        await groups.switch(colin, group, "private", on=True, sure=True)
        codes = await leaves("Invites.make", "invite-made", colin, app.signup.invites.make(colin, group, "", "5"))
        withdrawn = app.signup.invites.withdraw(colin, codes.invites[0].id)
        await leaves("Invites.withdraw", "invite-changed", colin, withdrawn)
        spot = await app.signup.panels.propose(colin, world.lounge.id, -1)
        posted = app.signup.panels.post(colin, world.lounge.id, -1, spot.seen)
        await leaves("Panels.post", "panel-posted", colin, posted)
        proposed = await app.signup.clauses.propose(colin, group, ("We begin with a minute of quiet.",))
        texts = await leaves(
            "Clauses.confirm", "texts-changed", colin, app.signup.clauses.confirm(colin, proposed.changed.wording.id)
        )
        undone = app.signup.clauses.undo(colin, texts.changed.wording.id)
        await leaves("Clauses.undo", "texts-changed", colin, undone)

    async def members(self) -> None:
        """Decide about members, two people each."""
        world, app, cast, leaves = self.world, self.world.app, self.cast, self.leaves
        colin, dana, mo = self.colin, self.dana, self.mo
        ana, ben, cho, guest = self.ana, self.ben, self.cho, self.guest
        measures, circle = app.signup.measures, await self.circle()
        paused = await leaves(
            "Measures.propose", "pause-proposed", colin, measures.propose(colin, circle, ana, "pause", 7)
        )
        await leaves("Measures.confirm", "pause-confirmed", dana, measures.confirm(dana, paused.id))
        await leaves("Measures.restore", "access-restored", colin, measures.restore(colin, paused.id))
        ended = await leaves("Measures.propose", "end-proposed", colin, measures.propose(colin, circle, ben, "end"))
        await leaves("Measures.decline", "end-declined", mo, measures.decline(mo, ended.id))
        again = await measures.propose(colin, circle, ben, "end")
        await leaves("Measures.confirm", "end-confirmed", mo, measures.confirm(mo, again.id))
        other = await measures.propose(colin, circle, ana, "pause", 7)
        await leaves("Measures.decline", "pause-declined", dana, measures.decline(dana, other.id))
        await leaves("Confirming.turn", "server-changed", colin, app.signup.confirming.turn(colin, on=True))
        for person in (cast.finn, cast.members[3]):
            await app.signup.joining.join(Actor(person.actor.id, world.guild.id), circle, agreed=True, may_remind=False)
        first, second = await app.signup.confirming.waiting(colin)
        seated = app.signup.confirming.confirm(colin, first.waiting)
        await leaves("Confirming.confirm", "seat-confirmed", colin, seated)
        turned = app.signup.confirming.decline(colin, second.waiting)
        await leaves("Confirming.decline", "seat-declined", colin, turned)
        apart = app.signup.keep_apart
        await leaves("KeepApart.add", "keep-apart-changed", colin, apart.add(colin, cho, guest))
        await leaves("KeepApart.remove", "keep-apart-changed", colin, apart.remove(colin, cho, guest))

    async def meetings(self) -> None:
        """Change when a group meets."""
        world, app, cast, leaves = self.world, self.world.app, self.cast, self.leaves
        colin, group, circle = self.colin, self.group, await self.circle()
        series_of = app.meetings
        await leaves("Practice.begin", "practice-planned", colin, series_of.practice.begin(colin))
        half = series_of.times.set(colin, circle, "evening", ("20", "4", "12", "6", "15"))
        await leaves("RoomTimes.set", "times-changed", colin, half)
        rule = Rule(weekday=3, at=time(18), zone="Europe/London", first_on=date(2026, 12, 3), minutes=60)
        await leaves("Planner.add", "series-changed", colin, series_of.planner.add(colin, group, rule))
        row = await app.desk.reads.one("SELECT id FROM series WHERE group_id = :id", id=group)
        assert row is not None
        series_id, dates = str(row["id"]), series_of.timetable
        on = date(2026, 12, 10)
        await leaves("Timetable.skip", "series-changed", colin, dates.skip(colin, series_id, on, on))
        await leaves("Timetable.unskip", "series-changed", colin, dates.unskip(colin, series_id, on, on))
        moved = world.now.replace(day=11, hour=18, minute=0)
        await leaves("Timetable.move", "series-changed", colin, dates.move(colin, series_id, on, moved))
        await leaves("Pausing.pause", "series-changed", colin, dates.whole.pause(colin, series_id, None))
        await leaves("Pausing.go_on", "series-changed", colin, dates.whole.go_on(colin, series_id))
        await leaves("Pausing.end", "series-changed", colin, dates.whole.end(colin, series_id))
        await leaves("Pausing.undo_end", "series-changed", colin, dates.whole.undo_end(colin, series_id))
        unheld = app.signup.facilitating.remove(colin, group, cast.fay.actor.id, sure=True)
        await leaves("Facilitating.remove", "facilitators-changed", colin, unheld)

    async def escalation(self) -> None:
        """Change what the team counts on."""
        world, app, cast, leaves = self.world, self.world.app, self.cast, self.leaves
        dana, mo, cho, guest = self.dana, self.mo, self.cho, self.guest
        escalation, rota = app.escalation, app.escalation.rostering
        urgent = escalation.answer_times.set(dana, "urgent", ("7", "14", "20", "45"))
        await leaves("AnswerTimes.set", "answer-times-changed", dana, urgent)
        weekly = TypedWeekly("Monday", "09:00-17:00", (mo.user_id,))
        shifts = escalation.weekly_shifts
        shown = await leaves("WeeklyShifts.add", "rota-changed", dana, shifts.add(dana, weekly))
        weekly_id = shown.weekly.id
        later = replace(weekly, hours="10:00-17:00")
        await leaves("WeeklyShifts.change", "rota-changed", dana, shifts.change(dana, weekly_id, later))
        await leaves("WeeklyShifts.undo", "rota-changed", dana, shifts.undo(dana, weekly_id))
        await leaves("WeeklyShifts.end", "rota-changed", dana, shifts.end(dana, weekly_id))
        put = await leaves(
            "Rostering.cover", "rota-changed", dana, rota.cover(dana, mo.user_id, world.now + timedelta(days=3), 2)
        )
        await leaves("Rostering.uncover", "rota-changed", dana, rota.uncover(dana, put.cover.id))
        away = await leaves("Rostering.off", "rota-changed", dana, rota.off(dana, "", "", mo.user_id))
        await leaves("Rostering.back", "rota-changed", dana, rota.back(dana, away.off.id))
        await leaves("Proving.test", "ways-tested", dana, escalation.proving.test(dana, mo.user_id))
        await leaves("Drilling.start", "drill-started", dana, escalation.drilling.start(dana))
        await leaves("Drilling.stop", "drill-stopped", dana, escalation.drilling.stop(dana))
        await leaves("Postvention.begin", "silenced", dana, escalation.postvention.begin(dana, guest))
        await leaves("Postvention.end", "silence-ended", dana, escalation.postvention.end(dana, guest))
        about = About(Level.URGENT, "conduct", cho, "words", hides_name=False)
        concern = await escalation.raising.raise_(
            Actor(cast.members[4].actor.id, world.guild.id), about, Pressed(new_id())
        )
        await world.tick()
        await leaves("Limits.block", "concerns-blocked", dana, escalation.limits.block(dana, concern.id))
        (block,) = await escalation.limits.blocks(dana)
        await leaves("Limits.lift", "block-lifted", dana, escalation.limits.lift(dana, block.id))


async def test_every_staff_action_leaves_exactly_one_act_by_whoever_did_it(world: World) -> None:
    walk = Walk(world, await found(world, members=3))
    for part in (walk.servers, walk.groups, walk.members, walk.meetings, walk.escalation):
        await part()
    assert len(use_cases()) > 100
    assert walk.done | set(ELSEWHERE) == use_cases(), "somebody can do something that nobody has sorted"
    assert not walk.done & set(ELSEWHERE)


async def test_what_somebody_does_with_their_own_hours_is_no_act(world: World) -> None:
    cast = await found(world, members=0)
    records, rota = Records(world), world.app.escalation.rostering
    mo = Actor(cast.mo.actor.id, world.guild.id)
    before = await records.acts()
    put = await rota.cover(mo, mo.user_id, world.now + timedelta(days=3), 2)
    await rota.uncover(mo, put.cover.id)
    away = await rota.off(mo, "")
    await rota.back(mo, away.off.id)
    await types(world, cast.mo, "oncall test")
    assert await records.acts() == before
