"""The times of a group's rooms: shown with their bounds, changed after asking, and changed back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.bounded import typed_numbers
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, NotFound, OldButton
from peerbot.engine.facts import Fact
from peerbot.meetings.series.planner import Planner
from peerbot.meetings.times import store as times_store
from peerbot.meetings.times.rules import BOUNDS, SHORTEST_CALL, Times
from peerbot.servers.service import Servers
from peerbot.signup.rules import Group
from peerbot.signup.service import Signup

HALVES: Final[Mapping[str, tuple[str, ...]]] = {
    "evening": ("made_before", "asked_after", "called_off_after", "closing_before", "locked_after"),
    "around": ("cover_first", "cover_again", "remind_day", "remind_soon", "deleted_after"),
}
"""The times by the form that changes them: a form takes five."""


@dataclass(frozen=True, slots=True)
class TimesChange:
    """What a change of one half of the times touches: so many people have a seat in the group or facilitate it."""

    group: Group
    half: str
    was: Times
    now: Times
    people: int


class RoomTimes:
    """Use cases of a coordinator who sets when the rooms of a group are made, closed and deleted."""

    def __init__(self, desk: Desk, servers: Servers, signup: Signup, planner: Planner) -> None:
        """Work at `desk`; `planner` sets the planned meetings anew."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._planner = planner
        desk.handlers.on_fact("group.changed", self._changed)

    async def of_group(self, actor: Actor, group_id: str) -> tuple[Group, Times]:
        """Return a group and its times, as they were set: for a slow group nothing is doubled yet.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
        """
        reads = self._desk.reads
        group = await self._group(reads, actor, group_id)
        return group, await times_store.of_group(reads, group.id)

    async def propose(self, actor: Actor, group_id: str, half: str, typed: Mapping[str, str]) -> TimesChange:
        """Return what setting one half of the times would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
            Invalid: for what is no number, or out of bounds.
        """
        group = await self._group(self._desk.reads, actor, group_id)
        return await self._change(
            self._desk.reads,
            group,
            half,
            typed_numbers(typed, "staff-times-number"),
        )

    async def set(self, actor: Actor, group_id: str, half: str, values: tuple[str, ...]) -> TimesChange:
        """Set one half of the times, in the units of their bounds. Meetings whose room is there keep theirs.

        Raises:
            NotAllowed: unless the person is a coordinator or administrator.
            NotFound: if there is no such group here.
            Invalid: for what is no number, or out of bounds.
            OldButton: if these are not the values of this half.
        """
        async with self._desk.transaction() as work:
            group = await self._group(work, actor, group_id)
            if len(values) != len(HALVES[half]):
                raise OldButton
            numbers = typed_numbers(dict(zip(HALVES[half], values, strict=True)), "staff-times-number")
            change = await self._change(work, group, half, numbers)
            await times_store.save(work, group.server_id, group.id, change.now)
            await self._planner.times_changed(work, group.id)
            await self._servers.acted(work, actor, "times-changed")
            return change

    async def _group(self, reads: Reads, actor: Actor, group_id: str) -> Group:
        require("room.times", await self._servers.parts(reads, actor))
        return await self._signup.group(reads, actor.here, group_id)

    async def _change(self, reads: Reads, group: Group, half: str, numbers: Mapping[str, int]) -> TimesChange:
        was = await times_store.of_group(reads, group.id)
        wanted = {name: numbers[name] * BOUNDS[name].unit for name in HALVES[half] if name in numbers}
        times = replace(was, **wanted)
        for name in times.out_of_bounds:
            raise Invalid(text=f"staff-times-bounds-{name.replace('_', '-')}", **limits(name))
        if times.called_off_too_soon:
            raise Invalid(text="staff-times-too-close", least=SHORTEST_CALL // BOUNDS["asked_after"].unit)
        people = {*await self._signup.members(reads, group.id), *await self._signup.facilitators(reads, group.id)}
        return TimesChange(group, half, was, times, len(people))

    async def _changed(self, work: Work, fact: Fact) -> None:
        # Whether its people type slowly may be another thing now.
        try:
            group = await self._signup.group_by_id(work, str(fact.data["group"]))
        except NotFound:
            return
        await self._planner.times_changed(work, group.id)


def half_of(text: str) -> str:
    """Return the half of the times that a button names.

    Raises:
        OldButton: if it names none.
    """
    if text not in HALVES:
        raise OldButton
    return text


def limits(name: str) -> Mapping[str, int]:
    """Return the bounds of one of the times, in its unit."""
    bounds = BOUNDS[name]
    return {"least": bounds.least // bounds.unit, "most": bounds.most // bounds.unit}


def in_units(times: Times, name: str) -> int:
    """Return one of the times in the unit people set it in."""
    return times[name] // BOUNDS[name].unit
