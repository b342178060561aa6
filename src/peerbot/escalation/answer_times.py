"""A server's answer times: shown with their bounds, changed after asking, and changed back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import require
from peerbot.engine.bounded import typed_numbers
from peerbot.engine.database import Reads
from peerbot.engine.desk import Desk, Work
from peerbot.engine.errors import Invalid, OldButton
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import say
from peerbot.engine.tokens import new_id
from peerbot.escalation import policy_store
from peerbot.escalation.policy import BOUNDS, Policy
from peerbot.escalation.rules import Level
from peerbot.servers.rules import PARTS
from peerbot.servers.service import Servers

ACT: Final = "answer-times-changed"
_NEWS_LASTS: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class AnswersChange:
    """What a change of one level's times touches: so many people are on the team that keeps to them."""

    level: Level
    was: Policy
    now: Policy
    people: int


class AnswerTimes:
    """Use cases of a lead or administrator who sets how long the team has to answer."""

    def __init__(self, desk: Desk, servers: Servers) -> None:
        """Work at `desk`; `servers` knows the team."""
        self._desk = desk
        self._servers = servers

    async def show(self, actor: Actor) -> Policy:
        """Return the answer times of this server.

        Raises:
            NotAllowed: unless the person is a lead or administrator.
            NotSetUp: before /setup.
        """
        return await self._allowed(self._desk.reads, actor)

    async def propose(self, actor: Actor, level: str, typed: Mapping[str, str]) -> AnswersChange:
        """Return what setting one level's times would touch. Nothing is changed.

        Raises:
            NotAllowed: unless the person is a lead or administrator.
            NotSetUp: before /setup.
            Invalid: for what is no number, out of bounds, or sooner than the people asked before have had their time.
            OldButton: if there is no such level.
        """
        was = await self._allowed(self._desk.reads, actor)
        return await self._change(self._desk.reads, actor, level, was, typed)

    async def set(self, actor: Actor, level: str, values: Sequence[str]) -> AnswersChange:
        """Set one level's times, in the units of their bounds. A concern that is open keeps those it began with.

        Raises:
            NotAllowed: unless the person is a lead or administrator.
            NotSetUp: before /setup.
            Invalid: for what is no number, out of bounds, or sooner than the people asked before have had their time.
            OldButton: if these are not the values of this level.
        """
        async with self._desk.transaction() as work:
            was = await self._allowed(work, actor)
            names = names_of(level)
            if len(values) != len(names):
                raise OldButton
            change = await self._change(work, actor, level, was, dict(zip(names, values, strict=True)))
            if change.now != was:
                await policy_store.save(work, actor.here, change.now)
                await self._servers.acted(work, actor, ACT)
                await self._tell(work, actor.here, change.level)
            return change

    async def _allowed(self, reads: Reads, actor: Actor) -> Policy:
        require("answer-times.change", await self._servers.parts(reads, actor))
        await self._servers.load(reads, actor.here)
        return await policy_store.of_server(reads, actor.here)

    async def _change(
        self, reads: Reads, actor: Actor, level: str, was: Policy, typed: Mapping[str, str]
    ) -> AnswersChange:
        numbers = typed_numbers(
            {name: typed[name] for name in names_of(level) if name in typed}, "staff-answers-number"
        )
        wanted = {name: number * BOUNDS[name].unit for name, number in numbers.items()}
        policy = replace(was, **wanted)
        for name in policy.out_of_bounds:
            bounds = BOUNDS[name]
            limits = {"least": spoken(name, bounds.least), "most": spoken(name, bounds.most)}
            raise Invalid(text="staff-answers-bounds", name=label(name), **limits)
        for name in policy.too_soon:
            raise Invalid(text="staff-answers-too-soon", name=label(name), least=spoken(name, policy.earliest[name]))
        team = await self._servers.team(reads, actor.here, *PARTS)
        return AnswersChange(Level[level.upper()], was, policy, len(set(team)))

    async def _tell(self, work: Work, server_id: int, level: Level) -> None:
        """Post the new times where those who keep to them read."""
        server = await self._servers.load(work, server_id)
        if server.moderators_channel_id is None:
            return
        data = {"channel": server.moderators_channel_id, "card": "escalation.answer_times"}
        await work.enqueue(
            Intent(
                key=f"answer_times:{server_id}:{new_id()}",
                kind="post",
                lane=Lane.REMINDER,
                server_id=server_id,
                data={**data, "server": server_id, "level": level.word},
                not_after=work.now + _NEWS_LASTS,
            )
        )


def names_of(level: str) -> tuple[str, ...]:
    """Return the names of one level's times, in the order they are asked for.

    Raises:
        OldButton: if there is no such level.
    """
    if level.upper() not in Level.__members__:
        raise OldButton
    return tuple(name for name in BOUNDS if name.startswith(f"{level}_"))


def in_units(name: str, time: timedelta) -> int:
    """Return a length in the unit people set this time in, rounded up."""
    return -(-time // BOUNDS[name].unit)


def spoken(name: str, time: timedelta) -> str:
    """Return a length in words, in the unit people set this time in."""
    unit = "minutes" if BOUNDS[name].unit == _MINUTE else "hours"
    return say(f"staff-answers-{unit}", count=in_units(name, time))


def label(name: str) -> str:
    """Return what a form calls this time."""
    return say(f"staff-answers-name-{name.replace('_', '-')}")
