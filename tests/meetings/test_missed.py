"""One kind note after being missed twice in a row, and never when it would not be kind."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.meetings.facilitating.holding import Where
from tests.meetings.scene import ANA, BEN, COORDINATOR, ENDS, FAY, LEAD, MINUTE, SERVER, STARTS, Scene, Sent

HELD = Actor(FAY, SERVER)
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
async def _weekly(scene: Scene) -> None:
    await scene.weekly()
    await scene.signup.allow_reminders(Actor(ANA, SERVER), allowed=True)


async def meets(
    scene: Scene, week: int, ticked: tuple[int, ...] = (), *, pressed: tuple[int, ...] = (), listed: bool = True
) -> None:
    """Let the meeting of a week go by, with those who pressed, and its list confirmed with those who are ticked."""
    start = STARTS + week * WEEK
    await scene.until(start - MINUTE)
    (meeting_id,) = [each for each, at in await rooms(scene) if at == int(start.timestamp())]
    await scene.meetings.facilitator_here(HELD, meeting_id, reduced=True)
    for user in pressed:
        await scene.meetings.here(Actor(user, SERVER), meeting_id)
    await scene.until(start + 89 * MINUTE)
    if listed:
        await scene.meetings.attendance.confirm(HELD, Where(meeting_id=meeting_id), ticked)
    await scene.until(start + 90 * MINUTE + DAY + MINUTE)


async def rooms(scene: Scene) -> list[tuple[str, int]]:
    """Return (meeting, start) of every room there ever was, earliest first."""
    rows = await scene.desk.reads.all(
        "SELECT m.id, m.starts_at FROM meeting AS m JOIN room AS r ON r.meeting_id = m.id ORDER BY m.starts_at"
    )
    return [(row["id"], row["starts_at"]) for row in rows]


def notes(scene: Scene) -> list[Sent]:
    return scene.told("meetings.missed-you")


async def test_who_was_missed_twice_in_a_row_is_written_to_once_until_they_were_there_again(scene: Scene) -> None:
    await meets(scene, 0)
    assert not notes(scene)
    await meets(scene, 1)
    (note,) = notes(scene)
    assert (note.kind, note.data["user"]) == ("dm", ANA)
    assert scene.group.name not in note.text
    await meets(scene, 2)
    # By a press, and by a tick.
    for week, there in ((3, "pressed"), (6, "ticked")):
        before = len(notes(scene))
        await meets(scene, week, (ANA,) if there == "ticked" else (), pressed=(ANA,) if there == "pressed" else ())
        await meets(scene, week + 1)
        assert len(notes(scene)) == before
        await meets(scene, week + 2)
        assert len(notes(scene)) == before + 1


@pytest.mark.parametrize("between", [(ANA,), "apologies", "no list"])
async def test_one_of_two_meetings_is_not_twice_in_a_row(scene: Scene, between: tuple[int, ...] | str) -> None:
    await meets(scene, 0)
    if between == "apologies":
        coming = await scene.meetings.coming_for(Actor(ANA, SERVER))
        await scene.meetings.away.say(Actor(ANA, SERVER), coming[0].meeting.id, away=True)
    await meets(scene, 1, (ANA,) if between == (ANA,) else (), listed=between != "no list")
    assert not notes(scene)
    await meets(scene, 2)
    assert bool(notes(scene)) is (between == "no list")


Spoils = Callable[[Scene], Awaitable[object]]


async def _drop_in(scene: Scene) -> None:
    async with scene.desk.transaction() as work:
        await work.all("UPDATE peer_group SET kind = 'drop_in'")


async def _concern(scene: Scene) -> None:
    scene.around.concerned.add(ANA)


async def _group_rests(scene: Scene) -> None:
    await scene.signup.life.pause(Actor(COORDINATOR, SERVER), scene.group.id)


async def _access_paused(scene: Scene) -> None:
    measure = await scene.signup.measures.propose(Actor(COORDINATOR, SERVER), scene.group.id, ANA, "pause", 7)
    await scene.signup.measures.confirm(Actor(LEAD, SERVER), measure.id)


@pytest.mark.parametrize(
    "spoils",
    [
        lambda scene: scene.leave(ANA),
        lambda scene: scene.signup.allow_reminders(Actor(ANA, SERVER), allowed=False),
        lambda scene: scene.meetings.missed.want(Actor(ANA, SERVER), scene.group.id, notes=False),
        _drop_in,
        _group_rests,
        _access_paused,
        _concern,
    ],
)
async def test_nobody_is_written_to_who_left_pauses_wants_none_or_has_a_concern_open(
    scene: Scene, spoils: Spoils
) -> None:
    await meets(scene, 0)
    start = STARTS + WEEK
    await scene.until(start - MINUTE)
    meeting_id = (await rooms(scene))[-1][0]
    await scene.meetings.facilitator_here(HELD, meeting_id, reduced=True)
    await scene.until(start + 89 * MINUTE)
    await scene.meetings.attendance.confirm(HELD, Where(meeting_id=meeting_id), ())
    await spoils(scene)
    await scene.until(start + 2 * DAY)
    assert not notes(scene)


async def test_who_wants_no_notes_is_remembered_shown_and_can_change_their_mind(scene: Scene) -> None:
    ana, missed = Actor(ANA, None), scene.meetings.missed
    await missed.want(ana, scene.group.id, notes=False)
    assert [each.item for each in await scene.meetings.kept_about(scene.desk.reads, ANA)] == ["kept-no-missed-note"]
    await missed.want(ana, scene.group.id, notes=True)
    assert await scene.meetings.kept_about(scene.desk.reads, ANA) == []
    await meets(scene, 0)
    await meets(scene, 1)
    assert len(notes(scene)) == 1
    assert "kept-missed-note" in {each.item for each in await scene.meetings.kept_about(scene.desk.reads, ANA)}
    await missed.want(ana, scene.group.id, notes=False)
    await scene.leave(ANA)
    await scene.tick.settle()
    kept = {each.item for each in await scene.meetings.kept_about(scene.desk.reads, ANA)}
    assert not kept & {"kept-missed-note", "kept-no-missed-note"}


@pytest.mark.parametrize("user", [FAY, 999])
async def test_who_has_no_seat_has_nothing_to_answer(scene: Scene, user: int) -> None:
    for server_id in (None, SERVER):
        with pytest.raises(NotFound):
            await scene.meetings.missed.answer(Actor(user, server_id), scene.group.id)
        with pytest.raises(NotFound):
            await scene.meetings.missed.want(Actor(user, server_id), scene.group.id, notes=False)


async def test_a_list_that_was_final_while_the_bot_was_down_is_acted_on_when_it_is_back(scene: Scene) -> None:
    await meets(scene, 0)
    start = STARTS + WEEK
    await scene.until(start - MINUTE)
    meeting_id = (await rooms(scene))[-1][0]
    await scene.meetings.facilitator_here(HELD, meeting_id, reduced=True)
    await scene.until(start + 89 * MINUTE)
    await scene.meetings.attendance.confirm(HELD, Where(meeting_id=meeting_id), (BEN,))
    await scene.wake(ENDS + WEEK + 2 * DAY)
    assert [note.data["user"] for note in notes(scene)] == [ANA]
