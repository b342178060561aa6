"""Shortly before a room is made: who of its people has left the server gives their seat back, and a number is told.

So does who has left it since they took their seat, and is there again: a ban may have come and gone unheard.

It waits for nobody: the room is made at its time, whether Discord has answered or not. Who turns out to be gone later
than that is put out of the room like anybody who leaves the group.
"""

from typing import Final

from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.meetings import rooms_store, store
from peerbot.meetings.notices import StaffNotices
from peerbot.meetings.rules import Meeting, State
from peerbot.meetings.series import zone_store
from peerbot.meetings.series.planner import Planner
from peerbot.signup.service import Signup

CHECKED: Final = "meetings.members-checked"
LEFT: Final = "person.left"
"""Fact: somebody is not on the server any more. *privacy* ends whatever else they were part of, and forgets them."""
_AT_ONCE: Final = 2
"""People in one intent: no more calls than the sender counts for it."""


class Leavers:
    """Looks for the people of a group on the server."""

    def __init__(self, desk: Desk, signup: Signup, planner: Planner, staff: StaffNotices) -> None:
        """Act on the timer and on the reports; end seats with `signup`, and tell coordinators through `staff`."""
        self._signup = signup
        self._planner = planner
        self._staff = staff
        desk.handlers.on_timer("meeting.members", self._check)
        desk.handlers.on_report(CHECKED, self._checked)

    async def _check(self, work: Work, timer: Timer) -> None:
        meeting = await store.meeting(work, timer.subject)
        if meeting is None or meeting.state not in {State.PLANNED, State.LOBBY} or work.now >= meeting.ends_at:
            return
        if not await self._planner.still_meets(work, meeting.group_id):
            return
        members = await self._signup.members(work, meeting.group_id)
        people = dict.fromkeys((*members, *await self._signup.facilitators(work, meeting.group_id)))
        for number, some in enumerate(_lots(tuple(people))):
            await work.enqueue(
                Intent(
                    key=f"{_key(meeting)}:{number}",
                    kind="members.check",
                    lane=Lane.REMINDER,
                    server_id=meeting.server_id,
                    data={"meeting": meeting.id, "people": some},
                    report=CHECKED,
                    not_after=meeting.ends_at,
                )
            )

    async def _checked(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        meeting = await store.meeting(work, str(intent.data["meeting"]))
        if meeting is None:
            return
        if isinstance(result, Delivered):
            anew = [
                await self._signup.joining.came_anew(work, meeting.group_id, user_id, since)
                for user_id, since in result.joined
            ]
            for user_id in result.people:
                await self._signup.leaves(work, meeting.server_id, user_id)
                await zone_store.forget(work, meeting.server_id, user_id)
                await work.record(LEFT, server=meeting.server_id, user=user_id)
            await rooms_store.count_gone(work, meeting, len(result.people) + sum(anew))
        # Told once, when the last of them has been looked for.
        if not await work.means_to(f"{_key(meeting)}:"):
            number = await rooms_store.gone(work, meeting.id)
            if number:
                await self._staff.gone(work, meeting, number)


def _key(meeting: Meeting) -> str:
    # A meeting that was moved looks again.
    return f"meeting:{meeting.id}:members:{meeting.starts_at:%Y%m%d%H%M}"


def _lots(people: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [people[start : start + _AT_ONCE] for start in range(0, len(people), _AT_ONCE)]
