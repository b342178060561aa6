"""Everything in /facilitate is for those who hold that meeting; for everybody else it is as if there were none."""

from collections.abc import Awaitable, Callable

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.authority import TABLE
from peerbot.engine.errors import Invalid, Late, NotAllowed, NotFound, PeerbotError
from peerbot.meetings.facilitating.holding import Where
from tests.leaving import leave
from tests.meetings.scene import ANA, BEN, CLEO, COORDINATOR, FAY, MINUTE, OLA, SERVER, STARTS, WEEKLY, Scene

FORMER, ELSEWHERE = 201, 301
Attempt = Callable[[], Awaitable[object]]


@pytest.fixture
async def _open(scene: Scene) -> None:
    """An open meeting. Ola holds another group, Cleo is a member there; one facilitator has gone."""
    admin = Actor(1, SERVER, manages_server=True)
    await scene.weekly()
    other = await scene.other_group()
    await scene.signup.add_facilitator(admin, other, OLA, is_bot=False)
    await scene.signup.joining.join(Actor(CLEO, SERVER), other, agreed=True, may_remind=False)
    await scene.signup.add_facilitator(admin, scene.group.id, FORMER, is_bot=False)
    await leave(scene.desk, scene.signup, SERVER, FORMER)
    await scene.until(STARTS - MINUTE)
    await scene.facilitator_here()
    await scene.until(STARTS + MINUTE)


def attempts(scene: Scene, actor: Actor, where: Where) -> dict[str, Attempt]:
    does, doors, consoles = scene.meetings.facilitating, scene.meetings.doors, scene.meetings.consoles
    return {
        "facilitate.console": lambda: consoles.console(actor, where),
        "facilitate.close": lambda: consoles.ending(actor, where),
        "facilitate.extend": lambda: does.extend(actor, where, 10),
        "facilitate.lock-late": lambda: doors.door(actor, where),
        "facilitate.remind": lambda: does.remind(actor, where, "agreement"),
        "facilitate.pause": lambda: does.pause(actor, where, 5),
        "facilitate.step-out": lambda: doors.limit(actor, where, BEN, "out"),
        "facilitate.quiet": lambda: doors.limit(actor, where, BEN, "quiet"),
        "facilitate.cover": lambda: scene.meetings.helpers.helping(actor, where),
        "facilitate.list": lambda: scene.meetings.attendance.sheet(actor, where),
        "facilitate.hide": lambda: does.hide(actor, where, 99_999),
    }


async def outcome(attempt: Attempt) -> tuple[type[PeerbotError], str] | None:
    try:
        await attempt()
    except PeerbotError as error:
        return type(error), error.text
    return None


@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (Actor(FAY, SERVER), None),
        (Actor(ANA, SERVER), NotAllowed),
        (Actor(CLEO, SERVER), NotFound),
        (Actor(OLA, SERVER), NotFound),
        (Actor(FORMER, SERVER), NotFound),
        (Actor(COORDINATOR, SERVER), NotFound),
        (Actor(1, SERVER, manages_server=True), NotFound),
        (Actor(ELSEWHERE, SERVER), NotFound),
        (Actor(FAY, SERVER + 1), NotFound),
    ],
)
async def test_each_action_is_for_those_who_hold_the_meeting(
    scene: Scene, actor: Actor, expected: type[PeerbotError] | None
) -> None:
    meeting = await scene.meeting()
    for where in (Where(meeting_id=meeting.id), Where(scene.channel())):
        for action, attempt in attempts(scene, actor, where).items():
            found = await outcome(attempt)
            if action == "facilitate.list" and expected is None:
                assert found == (Late, "staff-facilitate-list-early")  # Past the question of who may.
                continue
            assert (found[0] if found else None) is expected, (action, where)
            if expected is NotFound:
                nothing = Where(meeting_id="00000000") if where.meeting_id else Where(4)
                assert found == await outcome(attempts(scene, actor, nothing)[action]), action


async def test_every_action_of_the_table_is_tried(scene: Scene) -> None:
    named = {action for action in TABLE if action.startswith("facilitate.")}
    # Who may call for the team from a room is tried where the team is: tests/escalation/test_sos.py.
    assert named - {"facilitate.sos"} == set(attempts(scene, Actor(FAY, SERVER), Where()))


async def test_who_took_a_meeting_over_holds_it_and_can_say_so_anywhere(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS + 4 * MINUTE)
    meeting = await scene.meeting()
    for where in (Where(), Where(4), Where(scene.channel())):
        assert await outcome(lambda where=where: scene.meetings.facilitating.which(Actor(OLA, SERVER), where))
    await scene.meetings.take_over(Actor(OLA, SERVER), meeting.id)
    for user in (OLA, FAY):
        for where in (Where(), Where(4), Where(scene.channel())):
            assert await scene.meetings.facilitating.which(Actor(user, SERVER), where) == meeting.id


async def test_who_holds_two_meetings_at_once_is_asked_to_say_it_in_the_room(scene: Scene) -> None:
    await scene.weekly()
    other = await scene.other_group()
    await scene.signup.add_facilitator(Actor(1, SERVER, manages_server=True), other, FAY, is_bot=False)
    await scene.meetings.planner.add(Actor(COORDINATOR, SERVER), other, WEEKLY)
    await scene.until(STARTS)
    fay = Actor(FAY, SERVER)
    found = await outcome(lambda: scene.meetings.facilitating.which(fay, Where(4)))
    assert found == (Invalid, "staff-facilitate-which")
    for channel_id in (id_ for name, id_ in scene.paper.made.items() if name.startswith("room-")):
        room = await scene.meetings.room_of_channel(scene.desk.reads, channel_id)
        assert room is not None
        assert await scene.meetings.facilitating.which(fay, Where(channel_id)) == room.meeting_id


async def test_before_the_room_is_open_only_what_needs_no_open_room_is_done(scene: Scene) -> None:
    await scene.weekly()
    await scene.until(STARTS - MINUTE)
    fay, late = Actor(FAY, SERVER), (Late, "staff-facilitate-not-open")
    found = {action: await outcome(attempt) for action, attempt in attempts(scene, fay, Where(scene.channel())).items()}
    assert {action for action, error in found.items() if error is None} == {
        "facilitate.console",
        "facilitate.cover",
        "facilitate.hide",
        "facilitate.step-out",
        "facilitate.quiet",
    }
    assert {error for error in found.values() if error is not None} == {late}
