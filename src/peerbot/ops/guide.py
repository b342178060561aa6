"""Setting a server up, step by step: what is done, what comes next, and what is still to come.

A step is done when the checks behind it find nothing amiss, so that it can be left and taken up again at any time, and
nobody has to remember where they were.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peerbot.engine.actor import Actor
from peerbot.engine.authority import allowed
from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server, State
from peerbot.servers.service import Servers

FIRST: Final = "answers"
"""The step before there is a server to check: the five questions."""


@dataclass(frozen=True, slots=True)
class StepChecks:
    """A step, and the checks that say whether it is done.

    Attributes:
        name: `setup-step-…` names it, `setup-do-…` says what to do.
        checks: What must be well.
        enough: Whether it is done when nothing is broken, though something is to be looked at.
    """

    name: str
    checks: Sequence[Check]
    enough: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it is now. `amiss`: what its checks found that is not well."""

    name: str
    done: bool
    amiss: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """How far setting up is. `leads`: whether the person asking may test and practise with the team themselves."""

    state: State
    steps: Sequence[Step]
    leads: bool = False

    def at(self, name: str) -> Step | None:
        """Return a step by name while it is not done, else the next that is not; None if all are done."""
        return next((step for step in self.steps if step.name == name and not step.done), self.next_after(name))

    def next_after(self, name: str = "") -> Step | None:
        """Return the first step that is not done, after the one called `name` if there is one; None if all are."""
        names = [step.name for step in self.steps]
        begin = names.index(name) + 1 if name in names else 0
        in_turn = [*self.steps[begin:], *self.steps[:begin]]
        return next((step for step in in_turn if not step.done), None)


class Guiding:
    """The use case of /setup."""

    def __init__(self, desk: Desk, servers: Servers, steps: Sequence[StepChecks]) -> None:
        """Go through `steps`, in their order."""
        self._desk = desk
        self._servers = servers
        self._steps = steps

    async def look(self, actor: Actor) -> Guide:
        """Return how far the server is.

        Raises:
            NotAllowed: unless the person manages the server.
        """
        state = await self._servers.state(actor)
        server = state.server
        if server is None:
            return Guide(state, [Step(FIRST, done=False), *(Step(each.name, done=False) for each in self._steps)])
        leads = allowed("drill.start", await self._servers.parts(self._desk.reads, actor))
        return Guide(state, [Step(FIRST, done=True), *[await _look(each, server) for each in self._steps]], leads)


async def _look(step: StepChecks, server: Server) -> Step:
    found = [finding for check in step.checks for finding in await check(server)]
    amiss = [finding for finding in found if finding.health is not Health.WELL]
    done = not [finding for finding in amiss if finding.health is Health.BROKEN or not step.enough]
    return Step(step.name, done, amiss)
