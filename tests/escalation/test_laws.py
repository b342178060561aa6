"""Whatever is pressed, fails, is shut, crashes or comes late, in any order: what escalation promises holds after each.

A generated script is played through the real use cases, the real store and the real sender. After every step what is
true is compared with what people can read.
"""

import asyncio
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotFound
from peerbot.engine.texts import person, say
from peerbot.escalation import store
from peerbot.escalation.rules import WAITING, Level, State
from peerbot.escalation.store import Concern
from tests.escalation.scene import CHO, DAY, DEPUTY, HOUR, LEAD, MINUTE, SERVER, TEAM, Scene, open_scene

Value = Any  # What a step needs: a person, a level, minutes, or nothing.
Step = tuple[str, Value]
minutes = st.sampled_from([0.1, 0.5, 1.1, 3, 6, 12, 31, 70, 700, 1500])
of_the_team = st.sampled_from(TEAM)
STEPS = st.one_of(
    st.tuples(st.just("ask"), st.sampled_from(Level)),
    st.tuples(st.just("wait"), minutes),
    st.tuples(st.just("down"), minutes),
    st.tuples(st.sampled_from(["danger", "withdraw", "away", "back", "leave", "delete room", "restart"]), st.none()),
    st.tuples(st.sampled_from(["take", "with", "close", "duty"]), of_the_team),
    st.tuples(st.sampled_from(["shut", "open"]), st.sampled_from([*TEAM, CHO])),
    st.tuples(st.sampled_from(["refuse", "allow"]), st.sampled_from(["post", "place.make"])),
    st.tuples(st.just("lose"), st.lists(st.booleans(), min_size=1, max_size=3)),
)
SCRIPTS = st.lists(STEPS, max_size=25)


class Play:
    """A script being played by Cho, who needs somebody, and the team."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.ever_shut = False

    async def step(self, what: str, value: Value) -> None:
        scene, paper = self.scene, self.scene.paper
        concern = await self.newest()
        if what in {"take", "with", "close"}:
            await self._handle(what, value, concern)
        elif what == "leave":
            if paper.side_rooms():
                channel = next(id_ for id_, room in paper.channels.items() if room is paper.side_rooms()[-1])
                await self._leave(concern, channel)
        elif what in {"danger", "withdraw"}:
            await self._press(what, concern)
        elif what in {"wait", "down"}:
            await self._pass(value * MINUTE, down=what == "down")
        else:
            self.ever_shut |= what in {"shut", "refuse"}
            simple = {
                "ask": lambda: scene.ask(CHO, value),
                "duty": lambda: scene.duty(value),
                "restart": scene.restart,
            }
            if what in simple:
                await simple[what]()
            else:
                self._change(what, value)
        await scene.tick.settle()

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

    async def _handle(self, what: str, user: int, concern: Concern) -> None:
        if what == "close":
            await self.scene.close(user, concern)
            return
        taken = await (self.scene.take if what == "take" else self.scene.look_after)(user, concern)
        now = await self.scene.now(concern)
        assert taken.mine == (now.taken_by == user)
        assert taken.concern.state is State.CLOSED or taken.by == now.taken_by

    async def _leave(self, concern: Concern, channel: int) -> None:
        if concern.side_channel_id == channel:
            await self.scene.escalation.raising.leave_side_room(Actor(CHO, SERVER), concern.id, channel)

    async def _press(self, what: str, concern: Concern) -> None:
        over = concern.state is State.CLOSED
        if what == "danger":
            raised = await self.scene.danger(CHO, concern)
            assert raised.level is Level.EMERGENCY
            assert (raised.id != concern.id) is over or raised.id == (await self.newest()).id
        elif over:
            with pytest.raises(NotFound):
                await self.scene.withdraw(CHO, concern)
        else:
            await self.scene.withdraw(CHO, concern)

    async def _pass(self, by: timedelta, *, down: bool) -> None:
        if down:
            await self.scene.restart(by)
        elif self.scene.paper.away:
            self.scene.clock.move(by)
        else:
            await self.scene.wait(by)

    async def newest(self) -> Concern:
        row = await self.scene.desk.reads.one("SELECT id FROM concern ORDER BY number DESC LIMIT 1")
        assert row is not None
        found = await store.load(self.scene.desk.reads, row["id"])
        assert found is not None
        return found

    # The laws.

    async def check(self) -> None:
        scene, now = self.scene, self.scene.clock.now()
        rows = await scene.desk.reads.all("SELECT id FROM concern WHERE state <> 'closed'")
        assert len(rows) <= 1
        timers = await scene.desk.reads.all("SELECT kind, subject, due_at FROM timer WHERE kind LIKE 'concern.%'")
        assert not [page for page in scene.paper.messages("escalation.page") if str(CHO) in page.text]
        for row in await scene.desk.reads.all("SELECT id FROM concern ORDER BY number"):
            concern = await store.load(scene.desk.reads, row["id"])
            assert concern is not None
            due = {t["kind"]: t["due_at"] - now.timestamp() for t in timers if t["subject"] == concern.id}
            self._pages_go_on_until_somebody_has_it(concern, due)
            await self._closing_took_two_and_forgets(concern)
            if not scene.paper.away:
                await self._nobody_is_counted_who_was_not_reached(concern)
                await self._the_raiser_last_heard_what_is_true(concern)

    def _pages_go_on_until_somebody_has_it(self, concern: Concern, due: Mapping[str, float]) -> None:
        now = self.scene.clock.now()
        wanted = concern.state in WAITING and concern.withdrawn_at is None
        assert ("concern.step" in due) is wanted
        if wanted:
            longest = DAY if concern.level is Level.CHECK_IN else HOUR
            assert 0 < due["concern.step"] <= longest.total_seconds()
            assert ("concern.nobody" in due) is (concern.nobody_at is None)
            late = now - concern.level_since >= concern.position.ladder.nobody_after
            assert concern.nobody_at is not None or not late
        else:
            assert "concern.nobody" not in due
        if concern.state is State.TAKEN and concern.withdrawn_at is None:
            assert 0 < due["concern.idle"] <= 12 * HOUR.total_seconds()
        if concern.state is State.UNANSWERED and wanted and not self.ever_shut and not self.scene.paper.away:
            asked = {user for p in self.scene.paper.messages("escalation.page") for user in p.card.pings}
            assert set(TEAM) <= asked

    async def _nobody_is_counted_who_was_not_reached(self, concern: Concern) -> None:
        pages = await self.scene.desk.reads.all("SELECT state FROM page WHERE concern_id = :id", id=concern.id)
        if any(page["state"] == "waiting" for page in pages):
            return
        reached = {
            user
            for page in self.scene.paper.messages("escalation.page")
            for user in page.card.pings
            if page.intent.data["concern"] == concern.id and page in self.scene.paper.seen_by(user, "escalation.page")
        }
        assert concern.alerted <= len(reached)

    async def _the_raiser_last_heard_what_is_true(self, concern: Concern) -> None:
        waiting = await self.scene.desk.reads.all(
            "SELECT 1 AS one FROM intent WHERE state IN ('waiting', 'sending') AND (key LIKE :news OR key LIKE :room)",
            news=f"concern:{concern.id}:news:%",
            room=f"concern:{concern.id}:%room%",
        )
        if waiting or concern.way not in {"dm", "room"} or concern.withdrawn_at is not None:
            return
        paper = self.scene.paper
        everywhere = (paper.dms.get(CHO, []), *(channel.messages for channel in paper.channels.values()))
        news = [m for place in everywhere for m in place if "what" in m.intent.data]
        own = [message for message in news if message.intent.data["concern"] == concern.id]
        told = [message.text for message in sorted(own, key=lambda message: message.intent.id)]
        holder = person(concern.taken_by or 0)
        expected = {
            State.TAKEN: say("state-taken", person=holder),
            State.IN_HAND: say("state-in-hand", person=holder),
            State.CLOSED: say("state-closed"),
        }
        if concern.state in expected:
            # What was said in a side room went with it.
            assert any(expected[concern.state] in text for text in told) or concern.way == "room"
        elif told and concern.way == "dm":
            assert "has your message" not in told[-1]
            assert "is looking after" not in told[-1]

    async def _closing_took_two_and_forgets(self, concern: Concern) -> None:
        if concern.state is not State.CLOSED or concern.closed_at is None:
            return
        if concern.level is not Level.CHECK_IN:
            acts = await self.scene.desk.reads.all(
                "SELECT act, by_id FROM concern_act WHERE concern_id = :id ORDER BY id", id=concern.id
            )
            acts = acts[: [row["act"] for row in acts].index("closed") + 1]
            joined = max((n for n, row in enumerate(acts) if row["act"] == "joined"), default=0)
            asked = {row["by_id"] for row in acts[joined:] if row["act"] == "close_asked"}
            two = {acts[-1]["by_id"], *asked}
            assert len(two) > 1
            assert two & {LEAD, DEPUTY}
        if self.scene.clock.now() - concern.closed_at >= 2 * DAY:
            assert (concern.raiser_id, concern.note, concern.token) == (None, None, None)


def play(script: list[Step]) -> None:
    async def all_of_it() -> None:
        with tempfile.TemporaryDirectory() as folder, capture_logs() as log:
            async with open_scene(Path(folder)) as scene:
                await scene.duty(TEAM[2])
                await scene.ask(CHO)
                play = Play(scene)
                for what, value in script:
                    await play.step(what, value)
                    await play.check()
                await _end_well(scene, play)
            assert not [entry for entry in log if entry["log_level"] in {"error", "exception", "critical"}], log

    asyncio.run(all_of_it())


async def _end_well(scene: Scene, play: Play) -> None:
    """Mend everything, close what is open, wait: nothing of the raiser and no side room is left."""
    scene.paper.away = False
    scene.paper.lost.clear()
    scene.paper.refused.clear()
    scene.paper.closed.clear()
    await scene.wait(5 * MINUTE)
    await play.check()
    concern = await play.newest()
    for user in (LEAD, DEPUTY, LEAD):
        await scene.close(user, concern)
    await scene.wait(2 * DAY + HOUR)
    await play.check()
    assert scene.paper.side_rooms() == []
    assert str(CHO) not in await scene.everything_kept()


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(SCRIPTS)
@example([("away", None), ("wait", 6), ("withdraw", None)])  # Pages that never went out were counted as alerts.
def test_whatever_happens_the_promises_hold(script: list[Step]) -> None:
    play(script)


@pytest.mark.deep
@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@given(SCRIPTS)
def test_whatever_happens_the_promises_hold_in_thousands_of_ways(script: list[Step]) -> None:
    play(script)
