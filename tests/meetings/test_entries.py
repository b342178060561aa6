"""Each command and button of sign-up and meetings, tried by everybody there is: what the table says, and no more."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.authority import TABLE, Part
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound, OldButton
from peerbot.meetings.series.proposal import Asked
from peerbot.meetings.series.recurrence import Rule
from peerbot.signup.groups import store as group_store
from peerbot.signup.groups.service import TypedTerms, Wording
from peerbot.signup.service import NewGroup
from tests.meetings.scene import ANA, COORDINATOR, FAY, LEAD, OLA, SECOND, SERVER, STARTS, Scene

NELL, GUS, OLU, ADMIN = 111, 21, 999, 1
"""A member of another group; who facilitated this one; somebody in no group; who manages the server. Ola facilitates
another group: nobody has asked her to take this one's meeting over."""
PEOPLE: dict[int, frozenset[Part]] = {
    OLU: frozenset(),
    NELL: frozenset(),
    GUS: frozenset(),
    ANA: frozenset({Part.MEMBER}),
    LEAD: frozenset({Part.LEAD}),
    SECOND: frozenset({Part.DEPUTY}),
    COORDINATOR: frozenset({Part.COORDINATOR}),
    ADMIN: frozenset({Part.ADMINISTRATOR}),
    FAY: frozenset({Part.FACILITATOR}),
    OLA: frozenset(),
}
PAST = date(2020, 1, 7)
OVER = Rule(weekday=1, at=time(19), zone="Europe/London", first_on=PAST, until=PAST, minutes=90)
Attempt = Callable[[], Awaitable[object]]


async def entries(scene: Scene, actor: Actor, meeting: str, later: str, series: str) -> list[tuple[str, Attempt]]:
    """Return (action, attempt) of each entry, mostly with something that cannot be: who may is asked before."""
    signup, meetings, group = scene.signup, scene.meetings, scene.group.id
    groups, life, clauses = signup.groups, signup.life, signup.clauses
    timetable, whole, times = meetings.timetable, meetings.timetable.whole, meetings.times
    never = datetime(2020, 1, 1, tzinfo=UTC)
    return [
        ("group.find", lambda: signup.finding.find(actor)),
        ("group.mine", lambda: signup.mine(actor)),
        ("group.mine", lambda: signup.allow_reminders(actor, allowed=True)),
        ("meeting.next", lambda: meetings.next_for(actor)),
        ("meeting.coming", lambda: meetings.coming_for(actor)),
        ("meeting.calendar", lambda: meetings.calendar_for(actor)),
        ("group.create", lambda: signup.may_create(actor)),
        ("group.create", lambda: signup.create(actor, NewGroup("x" * 99, "", "text", "10", "English"))),
        ("group.change", lambda: groups.show(actor, group)),
        ("group.change", lambda: groups.change_words(actor, group, Wording("", "", "", ""))),
        ("group.change", lambda: groups.ask_terms(actor, group, TypedTerms("open", "none", "", ""))),
        ("group.change", lambda: groups.switch(actor, group, "slow", on=False, sure=True)),
        ("group.roster", lambda: groups.roster(actor, group)),
        ("group.change", lambda: life.propose_pause(actor, group)),
        ("group.change", lambda: life.pause(actor, group)),
        ("group.change", lambda: life.resume(actor, group)),
        ("group.change", lambda: life.propose_end(actor, group, "yesterday")),
        ("group.change", lambda: life.end(actor, group, PAST)),
        ("group.change", lambda: life.stay(actor, group)),
        ("facilitator.add", lambda: signup.add_facilitator(actor, group, FAY, is_bot=False)),
        ("texts.change", lambda: clauses.show(actor, group)),
        ("texts.change", lambda: clauses.propose(actor, group, ("x" * 9_999,))),
        ("series.add", lambda: meetings.planner.propose(actor, Asked(group, "never", "7pm"))),
        ("series.add", lambda: meetings.planner.add(actor, group, OVER)),
        ("series.change", lambda: timetable.of_group(actor, group, 6)),
        ("series.change", lambda: timetable.propose_skip(actor, series, "soon", "")),
        ("series.change", lambda: timetable.skip(actor, series, PAST, PAST)),
        ("series.change", lambda: timetable.unskip(actor, series, PAST, PAST)),
        ("series.change", lambda: timetable.propose_move(actor, series, "soon", "soon", "")),
        ("series.change", lambda: timetable.move(actor, series, PAST, never)),
        ("series.change", lambda: whole.propose_pause(actor, series, "soon")),
        ("series.change", lambda: whole.pause(actor, series, PAST)),
        ("series.change", lambda: whole.propose_go_on(actor, series)),
        ("series.change", lambda: whole.go_on(actor, series)),
        ("series.change", lambda: whole.propose_end(actor, series)),
        ("room.times", lambda: times.of_group(actor, group)),
        ("room.times", lambda: times.propose(actor, group, "evening", {"made_before": "x"})),
        ("room.times", lambda: times.set(actor, group, "evening", ())),
        ("room.hold", lambda: meetings.holds.keep(actor, meeting)),
        ("meeting.away", lambda: meetings.away.say(actor, later, away=True)),
        ("meeting.away", lambda: meetings.away.say(actor, later, away=False)),
        ("meeting.here", lambda: meetings.here(actor, meeting)),
        ("meeting.open", lambda: meetings.facilitator_here(actor, later)),
        ("meeting.call-off", lambda: meetings.propose_call_off(actor, meeting)),
        ("meeting.call-off", lambda: meetings.call_off(actor, later)),
        ("meeting.take-over", lambda: meetings.take_over(actor, later)),
        ("meeting.take-over", lambda: meetings.take_over(actor, meeting)),
        # Last, because its planned meetings are others afterwards.
        ("series.change", lambda: whole.end(actor, series)),
        ("series.change", lambda: whole.undo_end(actor, series)),
    ]


@pytest.fixture
async def room(scene: Scene) -> Scene:
    """A room to which nobody has come yet; Nell and Ola have another group; Gus facilitated this one."""
    colin = Actor(COORDINATOR, SERVER)
    other = await scene.signup.create(colin, NewGroup("Another one", "People who meet", "text", "5", "English"))
    await scene.signup.add_facilitator(colin, other.id, OLA, is_bot=False)
    await scene.signup.joining.join(Actor(NELL, SERVER), other.id, agreed=True, may_remind=False)
    await scene.signup.add_facilitator(colin, scene.group.id, GUS, is_bot=False)
    await scene.weekly()
    await scene.until(STARTS - timedelta(minutes=10))
    async with scene.desk.transaction() as work:
        await group_store.remove_facilitator(work, scene.group.id, GUS)
        await work.record("facilitator.ended", server=SERVER, group=scene.group.id, user=GUS)
        await work.all("DELETE FROM team WHERE user_id = :user_id", user_id=GUS)
    await scene.tick.settle()
    return scene


async def test_each_entry_is_open_to_whom_the_table_names_and_to_nobody_else(room: Scene) -> None:
    cells = 0
    for user, parts in PEOPLE.items():
        actor = Actor(user, SERVER, manages_server=user == ADMIN)
        rows = await room.desk.reads.all("SELECT id, series_id FROM meeting ORDER BY starts_at")
        there = rows[0]["id"], rows[-1]["id"], rows[0]["series_id"]
        for number, (action, attempt) in enumerate(await entries(room, actor, *there)):
            may = Part.EVERYBODY in TABLE[action] or bool(TABLE[action] & parts)
            try:
                await attempt()
                done = True
            except (Invalid, Late, OldButton):
                done = True  # Past the question of who may.
            except (NotAllowed, NotFound):
                done = False
            assert done is may, (user, number, action)
            cells += 1
    assert cells > 400


async def test_the_walk_has_every_action_of_series_and_meetings_and_leaving_tells_nothing(room: Scene) -> None:
    walked = {action for action, _ in await entries(room, Actor(OLU, SERVER), "", "", "")}
    assert {action for action in TABLE if action.startswith(("series.", "meeting."))} <= walked
    with pytest.raises(NotFound):
        await room.signup.joining.leave(Actor(OLU, SERVER), "0badc0de")
