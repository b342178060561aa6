"""The authority table, walked: each action that is not for everybody, tried by everybody there is."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest

from peerbot.demo.acts import presses, types
from peerbot.demo.cast import GROUP, Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.authority import TABLE, Part
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound
from peerbot.engine.texts import say
from peerbot.escalation.raising.rules import Pressed
from peerbot.escalation.rota.weekly_shifts import TypedWeekly
from peerbot.escalation.rules import Level
from peerbot.meetings.facilitating.holding import Where
from peerbot.meetings.series.proposal import Asked
from peerbot.servers.service import Answers
from peerbot.signup.groups import store as group_store
from peerbot.signup.measures.rules import Kind
from peerbot.signup.service import NewGroup

ANYWHERE: Final = {("hal", "oncall.test"): frozenset({Part.FACILITATOR})}
"""What counts of whatever group: Hal holds another one."""
PEOPLE: dict[str, frozenset[Part]] = {
    "amira": frozenset({Part.ADMINISTRATOR}),
    "oona": frozenset({Part.OWNER}),  # Owns the server, and has nothing else there.
    "colin": frozenset({Part.COORDINATOR}),
    "dana": frozenset({Part.LEAD}),
    "ed": frozenset({Part.DEPUTY}),
    "mo": frozenset({Part.MODERATOR}),
    "fay": frozenset({Part.FACILITATOR}),
    "ana": frozenset({Part.MEMBER}),
    "nell": frozenset(),  # A member of another group.
    "hal": frozenset(),  # Facilitates another group.
    "gus": frozenset(),  # Facilitated this group, and holds no part any more.
    "eve": frozenset(),  # Was a member, and left.
    "bea": frozenset(),  # Was a member and a moderator, and is banned.
    "olu": frozenset(),
}
ACTIONS = sorted(action for action, parts in TABLE.items() if Part.EVERYBODY not in parts)


def acting(world: World, person: Person) -> Actor:
    """Return somebody as Discord says who they are."""
    return Actor(person.actor.id, world.guild.id, person.key == "amira", owns_server=person.key == "oona")


async def attempts(world: World, person: Person) -> dict[str, Callable[[], Awaitable[object]]]:
    """Return how each action is attempted. Some are attempted with bad input: what decides comes first."""
    app, reads = world.app, world.app.desk.reads
    actor = acting(world, person)
    group = await reads.one("SELECT id FROM peer_group ORDER BY name DESC LIMIT 1")
    meeting = await reads.one("SELECT id FROM meeting ORDER BY starts_at LIMIT 1")
    later = await reads.one("SELECT id FROM meeting ORDER BY starts_at DESC LIMIT 1")
    concern = await reads.one("SELECT id FROM concern")
    series = await reads.one("SELECT id FROM series")
    assert group is not None
    assert series is not None
    assert meeting is not None
    assert later is not None
    assert concern is not None
    asked = await reads.one("SELECT id FROM sign_off")
    assert asked is not None
    ana = world.person("ana").actor.id
    measures = {row["kind"]: str(row["id"]) for row in await reads.all("SELECT kind, id FROM measure")}
    lead, second = world.person("dana").actor.id, world.person("ed").actor.id
    answers = Answers("GB", lead, second, "make", "London")
    return {
        "server.doctor": lambda: app.doctor.look(actor, world.now),
        "server.setup": lambda: app.servers.set_up(actor, answers),
        "server.change": lambda: app.settings.change(actor, "zone", ("London",)),
        "team.show": lambda: app.team.show(actor),
        "acts.show": lambda: app.staff_acts.show(actor),
        "team.change": lambda: app.servers.add_to_team(actor, world.person("mo").actor.id, "moderator"),
        "group.create": lambda: app.signup.create(actor, NewGroup("x" * 99, "", "text", "10", "English")),
        "series.change": lambda: app.meetings.timetable.whole.propose_end(actor, series["id"]),
        "room.times": lambda: app.meetings.times.of_group(actor, group["id"]),
        "practice.meeting": lambda: app.meetings.practice.plan(actor),
        "series.add": lambda: app.meetings.planner.propose(actor, Asked(group["id"], "never", "7pm")),
        "group.change": lambda: app.signup.life.propose_pause(actor, group["id"]),
        "group.roster": lambda: app.signup.groups.roster(actor, group["id"]),
        "seat.confirm": lambda: app.signup.confirming.waiting(actor),
        "keep-apart.change": lambda: app.signup.keep_apart.show(actor),
        "member.pause": lambda: app.signup.measures.propose(actor, group["id"], ana, "pause"),
        "member.end": lambda: app.signup.measures.propose(actor, group["id"], actor.user_id, "end"),
        "member.pause-confirm": lambda: app.signup.measures.confirm(actor, measures["pause"]),
        "member.end-confirm": lambda: app.signup.measures.confirm(actor, measures["end"]),
        "member.decide": lambda: app.signup.measures.decline(actor, measures["end" if person.key == "mo" else "pause"]),
        "member.restore": lambda: app.signup.measures.find(actor, group["id"], world.person("ben").actor.id),
        "room.hold": lambda: app.meetings.holds.keep(actor, meeting["id"]),
        "facilitator.add": lambda: app.signup.add_facilitator(
            actor, group["id"], world.person("fay").actor.id, is_bot=False
        ),
        "agreement.accept": lambda: app.signup.agreeing.agree(actor, group["id"], "1.1.0.0"),
        "texts.change": lambda: app.signup.clauses.propose(actor, group["id"], ("x",)),
        "panel.post": lambda: app.signup.panels.propose(actor, world.lounge.id, 0),
        "meeting.open": lambda: app.meetings.facilitator_here(actor, meeting["id"]),
        "meeting.call-off": lambda: app.meetings.call_off(actor, later["id"]),
        **{f"facilitate.{name}": attempt for name, attempt in held(world, actor, meeting["id"]).items()},
        "missed.answer": lambda: app.meetings.missed.answer(actor, group["id"]),
        "meeting.take-over": lambda: app.meetings.take_over(actor, meeting["id"]),
        "meeting.away": lambda: app.meetings.away.say(actor, later["id"], away=True),
        "meeting.here": lambda: app.meetings.here(actor, meeting["id"]),
        "answer-times.change": lambda: app.escalation.answer_times.propose(actor, "urgent", {}),
        "oncall.test": lambda: app.escalation.proving.test(actor),
        "oncall.test-others": lambda: app.escalation.proving.test(actor, lead, everybody=True),
        "drill.start": lambda: app.escalation.drilling.plan(actor),
        "drill.show": lambda: app.escalation.drilling.latest(actor),
        "oncall.cover": lambda: app.escalation.rostering.cover(actor, 1, world.now, 1),
        "oncall.rota": lambda: app.escalation.rostering.week(actor),
        "oncall.gaps": lambda: app.escalation.rostering.gaps(actor),
        "oncall.rota-change": lambda: app.escalation.weekly_shifts.add(actor, TypedWeekly("never", "", ())),
        "oncall.off": lambda: app.escalation.rostering.off(actor, "never"),
        "oncall.off-other": lambda: app.escalation.rostering.off(actor, "never", "", 1),
        "oncall.swap": lambda: app.escalation.swapping.ask(actor, "", "", 1),
        "oncall.nights": lambda: app.escalation.rostering.nights(actor, wanted=False),
        "concern.take": lambda: app.escalation.handling.look_after(actor, concern["id"]),
        "concern.open": lambda: app.escalation.handling.open(actor, concern["id"]),
        "postvention": lambda: app.escalation.postvention.propose(actor, world.person("ben").actor.id),
        "concern.act": lambda: app.escalation.actions.act(actor, concern["id"], "signposted"),
        "concern.agree": lambda: app.escalation.sign_offs.answer(actor, asked["id"], agrees=True),
        "concern.hand-over": lambda: app.escalation.hand_overs.ask(actor, concern["id"], lead),
        "concern.level": lambda: app.escalation.levels.change(actor, concern["id"], Level.URGENT),
        "concern.look-in": lambda: app.escalation.look_ins.ask(actor, concern["id"], 15),
        "concern.block": lambda: app.escalation.limits.propose(actor, concern["id"]),
        "concern.close": lambda: app.escalation.closings.close(actor, concern["id"]),
    }


def held(world: World, actor: Actor, meeting_id: str) -> dict[str, Callable[[], Awaitable[object]]]:
    """Return how each thing is attempted that those do who hold a meeting."""
    meetings, where = world.app.meetings, Where(meeting_id=meeting_id)
    user_id = world.person("ben").actor.id
    return {
        "console": lambda: meetings.consoles.console(actor, where),
        "close": lambda: meetings.consoles.ending(actor, where),
        "extend": lambda: meetings.facilitating.extend(actor, where, 5),
        "lock-late": lambda: meetings.doors.door(actor, where),
        "remind": lambda: meetings.facilitating.remind(actor, where, "agreement"),
        "pause": lambda: meetings.facilitating.pause(actor, where, 1),
        "step-out": lambda: meetings.doors.limit(actor, where, user_id, "out"),
        "quiet": lambda: meetings.doors.limit(actor, where, user_id, "quiet"),
        "hide": lambda: meetings.facilitating.hide(actor, where, 1),
        "cover": lambda: meetings.helpers.helping(actor, where),
        "sos": lambda: world.app.escalation.raising.from_room(actor, where, Pressed("x")),
        "list": lambda: meetings.attendance.sheet(actor, where),
    }


@pytest.fixture
async def cast(world: World) -> Cast:
    """An open room, and one concern that Cho raised in it; Fay was paged about it."""
    cast = await found(world)
    await world.until(world.now.replace(hour=19, minute=16))
    await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
    await world.until(world.now.replace(hour=19, minute=31))
    await types(world, cast.members[2], "help-now")
    await presses(world, cast.members[2], say("ask-now"))
    await another_group(world, cast)
    return cast


async def another_group(world: World, cast: Cast) -> None:
    """Let Nell and Hal have a group of their own, and let Gus hold no part any more."""
    app, colin = world.app, Actor(cast.colin.actor.id, world.guild.id)
    other = await app.signup.create(colin, NewGroup("Another Circle", "People who meet", "text", "5", "English"))
    nell, hal = (world.add(name.lower(), name, "member").actor.id for name in ("Nell", "Hal"))
    world.add("oona", "Oona", "member")
    await app.signup.add_facilitator(colin, other.id, hal, is_bot=False)
    await app.signup.joining.join(Actor(nell, world.guild.id), other.id, agreed=True, may_remind=False)
    group = await app.desk.reads.one("SELECT group_id FROM series")
    assert group is not None
    eve = Actor(cast.members[4].actor.id, world.guild.id)
    await app.signup.joining.leave_any(eve, group["group_id"])
    bea, admin = world.add("bea", "Bea", "member").actor.id, acting(world, cast.amira)
    await app.signup.joining.join(Actor(bea, world.guild.id), group["group_id"], agreed=True, may_remind=False)
    await app.servers.add_to_team(admin, bea, "moderator")
    world.env.backend.apply_ban(world.guild.id, bea, None)
    await world.env.settle()
    gus = cast.gus.actor.id
    async with app.desk.transaction() as work:
        await group_store.remove_facilitator(work, group["group_id"], gus)
        await work.record("facilitator.ended", server=world.guild.id, group=group["group_id"], user=gus)
    await app.team.remove(
        Actor(cast.amira.actor.id, world.guild.id, manages_server=True), gus, "facilitator", sure=True
    )
    await world.tick()


async def test_every_action_of_the_table_is_done_by_those_it_names_and_by_nobody_else(world: World, cast: Cast) -> None:
    (group, *_) = await world.app.desk.reads.all("SELECT id FROM peer_group ORDER BY name DESC")
    admin = Actor(1, world.guild.id, manages_server=True)
    proposals: tuple[tuple[str, Kind], ...] = (("ben", "pause"), ("dev", "end"))
    for key, kind in proposals:
        await world.app.signup.measures.propose(admin, group["id"], world.person(key).actor.id, kind, 7)
    await types(world, cast.dana, "escalation level", number=1, level="check_in")
    tried: set[str] = set()
    for key, parts in PEOPLE.items():
        for action, attempt in (await attempts(world, world.person(key))).items():
            tried.add(action)
            try:
                await attempt()
                done = True
            except (Invalid, Late):
                done = True  # Past the question of who may.
            except (NotAllowed, NotFound):
                done = False
            here = parts | ANYWHERE.get((key, action), frozenset())
            assert done is bool(TABLE[action] & here), (action, key)
    assert set(ACTIONS) == tried


async def test_what_is_open_to_everybody_refuses_nobody_and_shows_each_their_own_alone(
    world: World, cast: Cast
) -> None:
    app = world.app
    for key in PEOPLE:
        actor = acting(world, world.person(key))
        await app.signup.finding.find(actor)
        mine = {view.group.name for view in (await app.signup.mine(actor)).views}
        coming = {one.group_name for one in await app.meetings.coming_for(actor)}
        following = {one.group_name for one in await app.meetings.next_for(actor)}
        calendar = await app.meetings.calendar_for(actor)
        own = {"ana": {GROUP}, "fay": {GROUP}, "nell": {"Another Circle"}, "hal": {"Another Circle"}}.get(key, set())
        assert mine == own, key
        assert coming == following == own & {GROUP}, key
        assert (calendar is not None) is (GROUP in own), key


async def test_a_series_is_proposed_by_coordinators_and_administrators_alone(world: World, cast: Cast) -> None:
    options: dict[str, Any] = {"weekday": "Tuesday", "time": "19:00", "group": "0badc0de"}
    for person in (cast.fay, cast.members[0], cast.olu):
        offered = {name.split()[0] for name in person.actor.available_commands(world.lounge)}
        assert "manage" not in offered
    shown = await types(world, cast.colin, "manage series add", **options)
    assert shown.response is not None
    assert shown.response.content == say("error-not-found")
