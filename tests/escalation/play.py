"""Scripts of what people do and what goes wrong: several who need somebody, a team, and a Discord that fails."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound, PeerbotError
from peerbot.escalation import store
from peerbot.escalation.rules import Level, State
from peerbot.escalation.store import Concern
from tests.escalation.page_laws import PageLaws
from tests.escalation.scene import ANA, BEN, CHO, MAY, MINUTE, MO, SERVER, TEAM, Scene
from tests.escalation.team_life import TeamLife

Value = Any  # What a step needs: a person, a level, minutes, or nothing.
Step = tuple[str, Value]
RAISERS = (CHO, ANA)
which = st.integers(0, 2)
"""Which concern: 0 is the newest."""
minutes = st.sampled_from([0.1, 0.5, 1.1, 3, 6, 12, 31, 70, 700, 1500])
of_the_team = st.sampled_from(TEAM)
levels = st.sampled_from(Level)


def steps(*strategies: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    """Return the steps of every script, and these."""
    return st.one_of(
        st.tuples(st.just("ask"), levels),
        st.tuples(st.just("wait"), minutes),
        st.tuples(st.just("down"), minutes),
        st.tuples(st.sampled_from(["danger", "withdraw"]), which),
        st.tuples(st.sampled_from(["away", "back", "leave", "delete room", "restart"]), st.none()),
        st.tuples(st.sampled_from(["take", "with", "close"]), st.tuples(of_the_team, which)),
        st.tuples(st.just("duty"), of_the_team),
        st.tuples(st.sampled_from(["shut", "open"]), st.sampled_from([*TEAM, *RAISERS])),
        st.tuples(st.sampled_from(["refuse", "allow"]), st.sampled_from(["post", "place.make"])),
        st.tuples(st.just("lose"), st.lists(st.booleans(), min_size=1, max_size=3)),
        *strategies,
    )


TEAMWORK = (
    st.tuples(st.just("hand"), st.tuples(of_the_team, which, of_the_team)),
    st.tuples(st.just("level"), st.tuples(of_the_team, which, levels)),
    st.tuples(st.just("act"), st.tuples(of_the_team, which, st.sampled_from(["spoke_with", "side_room"]))),
)
OTHERS = (
    st.tuples(st.just("ask too"), levels),
    st.tuples(st.just("tell"), st.tuples(st.sampled_from(RAISERS), st.sampled_from([None, BEN, MO, CHO]), levels)),
    st.tuples(st.just("hide"), st.tuples(st.sampled_from(RAISERS), st.sampled_from([BEN, MAY]), levels)),
)


class Play:
    """A script being played by Cho and Ana, who need somebody, and the team."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.pages = PageLaws(scene)
        self.ever_shut = False
        self.raisers: dict[str, int] = {}
        self.pressed = False
        """Whether somebody did something in the last step."""
        self.team = TeamLife(scene, self.concern)

    async def step(self, what: str, value: Value) -> None:
        with_a_concern: dict[str, Callable[..., Awaitable[object]]] = {
            "take": self._take,
            "with": self._take,
            "close": self._close,
            "hand": self._hand,
            "level": self._level,
            "act": self._act,
        }
        self.pressed = what not in {"wait", "down", "restart", "back", "away"}
        if what in with_a_concern:
            user, number, *more = value
            concern = await self.concern(number)
            await self._handle(concern, user, with_a_concern[what], *(more or [what]))
        elif what == "leave":
            await self._leave()
        elif what in {"danger", "withdraw"}:
            await self._press(what, await self.concern(value))
        elif what in {"wait", "down"}:
            await self._pass(value * MINUTE, down=what == "down")
        elif what in {"ask", "ask too", "tell", "hide"}:
            await self._raise(what, value)
        elif what == "duty":
            with suppress(PeerbotError):  # They are away.
                await self.scene.duty(value)
        elif what in self.team.steps:
            self.ever_shut = True  # Who is asked, and how many that are, is another number from now on.
            await self.team.step(what, value)
        elif what == "restart":
            await self.scene.restart()
        else:
            self.ever_shut |= what in {"shut", "refuse"}
            self._change(what, value)
        await self.scene.tick.settle()

    async def _raise(self, what: str, value: Value) -> None:
        """Somebody asks: whoever else waits, those who can be asked are asked at this instant."""
        scene, before = self.scene, len(self.scene.paper.calls)
        if what in {"ask", "ask too"}:
            concern = await scene.ask(CHO if what == "ask" else ANA, value)
        else:
            raiser, about, level = value
            concern = await scene.tell(raiser, about, level, note=f"about {level.word}", hide=what == "hide")
        new = concern.id not in self.raisers
        self.raisers.setdefault(concern.id, concern.raiser_id or 0)
        now = await scene.now(concern)
        if new and now.alerted and not now.on_lead_list:
            went = [call for call in scene.paper.calls[before:] if call.intent.data.get("concern") == concern.id]
            pages = [call for call in went if call.intent.data.get("card") == "escalation.page"]
            assert pages, "it waits behind another"
            assert pages[0].at == now.raised_at

    def _change(self, what: str, value: Value) -> None:
        paper = self.scene.paper
        if what in {"shut", "open"}:
            (paper.closed.add if what == "shut" else paper.closed.discard)(value)
        elif what == "refuse":
            paper.refused[value] = 50013
        elif what == "allow":
            paper.refused.pop(value, None)
        elif what == "lose":
            paper.lost = list(value)
        elif what == "delete room":
            for channel_id in [id_ for id_, room in paper.channels.items() if room in paper.side_rooms()]:
                paper.channels.pop(channel_id)
        else:
            paper.away = what == "away"

    async def _handle(self, concern: Concern, user: int, act: Callable[..., Awaitable[object]], *more: Value) -> None:
        """Let somebody of the team do something: whoever has to do with it finds nothing there."""
        if user in {concern.raiser_id, concern.about_other}:
            with pytest.raises(NotFound):
                await act(user, concern, *more)
        else:
            with suppress(PeerbotError):
                await act(user, concern, *more)

    async def _take(self, user: int, concern: Concern, what: str) -> None:
        taken = await (self.scene.take if what == "take" else self.scene.look_after)(user, concern)
        now = await self.scene.now(concern)
        assert taken.mine == (now.taken_by == user)
        assert taken.concern.state is State.CLOSED or taken.by == now.taken_by

    async def _close(self, user: int, concern: Concern, _what: str) -> None:
        await self.scene.close(user, concern)

    async def _hand(self, user: int, concern: Concern, to: int) -> None:
        await self.scene.escalation.hand_overs.ask(Actor(user, SERVER), concern.id, to)

    async def _level(self, user: int, concern: Concern, level: Level) -> None:
        await self.scene.escalation.levels.change(Actor(user, SERVER), concern.id, level)

    async def _act(self, user: int, concern: Concern, what: str) -> None:
        await self.scene.escalation.actions.act(Actor(user, SERVER), concern.id, what)

    async def _leave(self) -> None:
        paper = self.scene.paper
        if not paper.side_rooms():
            return
        channel = next(id_ for id_, room in paper.channels.items() if room is paper.side_rooms()[-1])
        for concern in await self.concerns():
            if concern.side_channel_id == channel:
                raiser = self.raisers[concern.id]
                await self.scene.escalation.raising.leave_side_room(Actor(raiser, SERVER), concern.id, channel)

    async def _press(self, what: str, concern: Concern) -> None:
        over, raiser = concern.state is State.CLOSED, self.raisers[concern.id]
        if what == "danger":
            raised = await self.scene.danger(raiser, concern)
            self.raisers.setdefault(raised.id, raiser)
            assert raised.level is Level.EMERGENCY
            assert over or raised.id == concern.id
        elif over:
            with pytest.raises(NotFound):
                await self.scene.withdraw(raiser, concern)
        else:
            await self.scene.withdraw(raiser, concern)

    async def _pass(self, by: timedelta, *, down: bool) -> None:
        if down:
            await self.scene.restart(by)
        elif self.scene.paper.away:
            # Tried every two seconds, it would take long; tried now and then shows the same.
            until = self.scene.clock.now() + by
            while (left := until - self.scene.clock.now()) > timedelta():
                self.scene.clock.move(min(left, max(by / 10, 10 * MINUTE)))
                await self.scene.tick.settle()
        else:
            await self.scene.wait(by)

    async def concerns(self) -> list[Concern]:
        """Return every concern, the newest last."""
        rows = await self.scene.desk.reads.all("SELECT id FROM concern ORDER BY rowid")
        found = [await store.load(self.scene.desk.reads, row["id"]) for row in rows]
        return [concern for concern in found if concern is not None and not concern.practice]

    async def concern(self, number: int) -> Concern:
        """Return one of the newest concerns."""
        found = await self.concerns()
        return found[-1 - min(number, len(found) - 1)]
