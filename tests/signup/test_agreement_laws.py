"""The law of consent, walked into at random through the real store.

Three people read what a group agrees to, and press later; meanwhile a coordinator changes and takes back lines, people
leave and come back, months pass, the process restarts. Whatever happens: an acceptance stands, word for word, for what
that person had on their screen, as long as it is kept; and nobody counts as agreeing to anything else than what holds.
"""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from peerbot.confidentiality.rules import Terms, Text
from peerbot.confidentiality.service import shelf_of
from peerbot.confidentiality.store import held_in_server, withdrawn
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, Late, NotFound
from peerbot.engine.retention import forget_due
from peerbot.signup.agreeing.clauses import SERVER as LIMITS
from tests.fakes import FakeClock
from tests.signup.scene import COORDINATOR, SERVER, Scene, at, open_scene

COLIN = Actor(COORDINATOR, SERVER)
PEOPLE = st.sampled_from([101, 102, 103])
LINES = st.lists(st.sampled_from(["We begin on time.", "No talk of food.", "Cameras off."]), max_size=2, unique=True)
T = TypeVar("T")
Words = dict[Text, tuple[str, ...]]


def words(terms: Terms) -> Words:
    return {text: terms.lines(text) for text in Text}


@dataclass
class Seen:
    """What people had on their screens, and what they accepted under it: the rows are known by time and person."""

    screens: dict[int, Terms] = field(default_factory=dict[int, Terms])
    accepted: dict[tuple[str, str], Words] = field(default_factory=dict[tuple[str, str], Words])


class Consent(RuleBasedStateMachine):
    """Random steps, and what holds after each."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self._open = AsyncExitStack()
        self._folder = tempfile.TemporaryDirectory()
        self._scene = self._run(self._begin())
        self._group = self._run(self._scene.group())
        self._editions: list[str] = []
        self._seen = Seen()

    def _run(self, step: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(step)

    async def _begin(self, clock: FakeClock | None = None) -> Scene:
        return await self._open.enter_async_context(open_scene(Path(self._folder.name), clock))

    @rule(person=PEOPLE)
    def reads(self, person: int) -> None:
        self._seen.screens[person] = self._run(self._scene.signup.agreeing.terms(self._group))

    @rule(person=PEOPLE)
    def reads_and_joins_or_agrees_again(self, person: int) -> None:
        self.reads(person)
        self.presses_on_what_they_read(person, again=False)

    @rule(person=PEOPLE, again=st.booleans())
    def presses_on_what_they_read(self, person: int, again: bool) -> None:  # noqa: FBT001
        screen = self._seen.screens.get(person)
        if screen is None:
            return
        self._run(self._scene.pass_time(timedelta(seconds=1)))
        signup, group = self._scene.signup, self._group
        with suppress(Late, NotFound):
            if again:
                self._run(signup.agreeing.agree(at(person, group), group.id, str(screen.version)))
            else:
                self._run(
                    signup.joining.join(
                        at(person, group), group.id, agreed=True, may_remind=False, shown=screen.version
                    )
                )

    @rule(which=st.booleans(), lines=LINES)
    def a_coordinator_changes_lines(self, which: bool, lines: list[str]) -> None:  # noqa: FBT001
        clauses = self._scene.signup.clauses
        with suppress(Invalid):
            proposed = self._run(clauses.propose(COLIN, self._group.id if which else LIMITS, lines))
            self._editions.append(self._run(clauses.confirm(COLIN, proposed.changed.wording.id)).changed.wording.id)

    @rule(data=st.data())
    def a_coordinator_takes_a_change_back(self, data: st.DataObject) -> None:
        if self._editions:
            edition = data.draw(st.sampled_from(self._editions))
            with suppress(Late, NotFound):
                done = self._run(self._scene.signup.clauses.undo(COLIN, edition))
                self._editions.append(done.changed.wording.id)

    @rule(person=PEOPLE)
    def leaves(self, person: int) -> None:
        with suppress(NotFound):
            self._run(self._scene.signup.joining.leave_any(at(person, self._group), self._group.id))

    @rule(days=st.sampled_from([1, 40, 366]))
    def time_passes(self, days: int) -> None:
        self._run(self._scene.pass_time(timedelta(days=days)))
        self._run(self._forget())

    async def _forget(self) -> None:
        async with self._scene.desk.transaction() as work:
            await forget_due(work, self._scene.confidentiality)

    @rule()
    def restart(self) -> None:
        self._run(self._open.aclose())
        self._scene = self._run(self._begin(self._scene.clock))

    @invariant()
    def each_acceptance_stands_for_what_was_on_the_screen(self) -> None:
        for key, person, said in self._run(self._acceptances()):
            if key not in self._seen.accepted:
                assert person is not None
                self._seen.accepted[key] = words(self._seen.screens[person])
            assert said == self._seen.accepted[key], key

    async def _acceptances(self) -> list[tuple[tuple[str, str], int | None, Words]]:
        reads = self._scene.desk.reads
        shelf = await shelf_of(reads, SERVER)
        rows = [*await held_in_server(reads, SERVER), *await withdrawn(reads)]
        return [
            ((str(each.accepted_at), str(each.version)), each.user_id, words(shelf.accepted(each))) for each in rows
        ]

    @invariant()
    def nobody_agrees_to_anything_but_what_holds(self) -> None:
        agreeing, present, rows = self._run(self._standing())
        last = {person: said for _, person, said in rows if person is not None}
        assert agreeing == {person for person, said in last.items() if said == words(present)}

    async def _standing(self) -> tuple[frozenset[int], Terms, list[tuple[tuple[str, str], int | None, Words]]]:
        reads, group = self._scene.desk.reads, self._group
        agreeing = await self._scene.confidentiality.agreeing(reads, SERVER, group.id)
        return agreeing, await self._scene.signup.agreeing.terms(group), await self._acceptances()

    def teardown(self) -> None:
        self._run(self._open.aclose())
        self._runner.close()
        self._folder.cleanup()


TestConsent = Consent.TestCase
TestConsent.settings = settings(max_examples=max(settings().max_examples // 10, 1), stateful_step_count=20)
