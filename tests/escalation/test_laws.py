"""Whatever is pressed, fails, is shut, crashes or comes late, in any order: what escalation promises holds after each.

A generated script is played through the real use cases, the real store and the real sender. After every step what is
true is compared with what people can read, and every page that went out with what a page may be.
"""

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from peerbot.engine.texts import person, say
from peerbot.escalation.rules import WAITING, Level, State
from peerbot.escalation.store import Concern
from tests.escalation.play import OTHERS, RAISERS, TEAMWORK, Play, Step, steps
from tests.escalation.scene import ANA, BEN, CHO, DAY, DEPUTY, HOUR, LEAD, MAY, MINUTE, TEAM, Scene, open_scene
from tests.escalation.team_life import LEADS, ROTA

ALONE = st.lists(steps(), max_size=25)
SEVERAL = st.lists(steps(*TEAMWORK, *OTHERS), max_size=25)
CHANGING = st.lists(steps(*TEAMWORK, *OTHERS, *ROTA, *LEADS), max_size=30)
"""The team changes while somebody needs it."""
SLOW = (HealthCheck.too_slow, HealthCheck.large_base_example)


class Laws:
    """What is true after every step of a play."""

    def __init__(self, play: Play) -> None:
        self.play = play
        self.scene = play.scene

    async def check(self) -> None:
        scene, now = self.scene, self.scene.clock.now()
        await self.play.pages.check(pressed=self.play.pressed)
        timers = await scene.desk.reads.all("SELECT kind, subject, due_at FROM timer WHERE kind LIKE 'concern.%'")
        concerns = await self.play.concerns()
        about = [(concern.raiser_id, concern.subject_id) for concern in concerns if concern.state is not State.CLOSED]
        named = [pair for pair in about if pair[1] is not None]
        assert len(named) == len(set(named)), "two open concerns of one person about one person"
        for concern in concerns:
            due = {t["kind"]: t["due_at"] - now.timestamp() for t in timers if t["subject"] == concern.id}
            on_their_way = await scene.desk.reads.all(
                "SELECT id FROM page WHERE concern_id = :id AND state = 'waiting'", id=concern.id
            )
            self._pages_go_on_until_somebody_has_it(concern, due)
            if not on_their_way and not scene.paper.away:
                self._everybody_was_asked_whom_the_raiser_was_told_of(concern)
                self._nobody_is_counted_who_was_not_reached(concern)
            await self._closing_took_two_and_forgets(concern)
            if not scene.paper.away:
                await self._the_raiser_last_heard_what_is_true(concern)

    def _pages_go_on_until_somebody_has_it(self, concern: Concern, due: Mapping[str, float]) -> None:
        now = self.scene.clock.now()
        wanted = concern.state in WAITING and concern.withdrawn_at is None and not concern.on_lead_list
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

    def _everybody_was_asked_whom_the_raiser_was_told_of(self, concern: Concern) -> None:
        if concern.state is State.UNANSWERED and not self.play.ever_shut and not concern.withdrawn_at:
            pages = [m for m in self.scene.paper.messages("escalation.page") if m.intent.data["concern"] == concern.id]
            asked = {user for page in pages for user in page.card.pings}
            assert concern.about_other in TEAM or set(TEAM) <= asked

    def _nobody_is_counted_who_was_not_reached(self, concern: Concern) -> None:
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
        raiser = self.play.raisers[concern.id]
        everywhere = (paper.dms.get(raiser, []), *(channel.messages for channel in paper.channels.values()))
        news = [m for place in everywhere for m in place if "what" in m.intent.data]
        own = [message for message in news if message.intent.data["concern"] == concern.id]
        told = [message.text for message in sorted(own, key=lambda message: message.intent.id)]
        holder = person(concern.taken_by or 0)
        other = "-other" if concern.subject_id != raiser else ""
        closed = "state-closed" if concern.subject_id in {None, raiser} else "state-closed-other"
        expected = {
            State.TAKEN: say(f"state-taken{other}", person=holder),
            State.IN_HAND: say(f"state-in-hand{other}", person=holder),
            State.CLOSED: say(closed),
        }
        if concern.state in expected:
            # What was said in a side room went with it.
            assert any(expected[concern.state] in text for text in told) or concern.way == "room"
        elif told and concern.way == "dm":
            assert "has your message" not in told[-1]
            assert "is looking after" not in told[-1]
            if concern.nobody_at is not None and not concern.on_lead_list:
                assert say("receipt-keeps-trying") in told[-1], "nobody has answered, and they do not know it"

    async def _closing_took_two_and_forgets(self, concern: Concern) -> None:
        if concern.state is not State.CLOSED or concern.closed_at is None:
            return
        acts = await self.scene.desk.reads.all(
            "SELECT act, by_id FROM concern_act WHERE concern_id = :id ORDER BY id", id=concern.id
        )
        acts = acts[: [row["act"] for row in acts].index("closed") + 1]
        if concern.level is not Level.CHECK_IN:
            joined = max((n for n, row in enumerate(acts) if row["act"] == "joined"), default=0)
            asked = {row["by_id"] for row in acts[joined:] if row["act"] == "close_asked"}
            two = {acts[-1]["by_id"], *asked}
            assert len(two) > 1
            assert two & {LEAD, DEPUTY}
        assert not {row["by_id"] for row in acts if row["act"] in {"close_asked", "closed"}} & {
            self.play.raisers[concern.id],
            concern.about_other,
        }
        if self.scene.clock.now() - concern.closed_at >= 2 * DAY:
            assert (concern.raiser_id, concern.note, concern.token) == (None, None, None)


def play(script: list[Step]) -> None:
    async def all_of_it() -> None:
        with tempfile.TemporaryDirectory() as folder, capture_logs() as log:
            async with open_scene(Path(folder)) as scene:
                await scene.duty(TEAM[2])
                play = Play(scene)
                laws = Laws(play)
                await play.step("ask", Level.URGENT)
                await laws.check()
                for what, value in script:
                    await play.step(what, value)
                    await laws.check()
                await _end_well(scene, laws)
            assert not [entry for entry in log if entry["log_level"] in {"error", "exception", "critical"}], log

    asyncio.run(all_of_it())


async def _end_well(scene: Scene, laws: Laws) -> None:
    """Mend everything, close what is open, wait: nothing of the raisers and no side room is left."""
    scene.paper.away = False
    scene.paper.lost.clear()
    scene.paper.refused.clear()
    scene.paper.closed.clear()
    await laws.play.step("end silence", ANA)
    await scene.wait(5 * MINUTE)
    await laws.check()
    for concern in await laws.play.concerns():
        for user in (LEAD, DEPUTY, LEAD):
            await scene.close(user, concern)
    laws.play.pressed = True
    await scene.wait(2 * DAY + HOUR)
    await laws.check()
    assert scene.paper.side_rooms() == []
    subjects = {concern.subject_id for concern in await laws.play.concerns()}
    named = {raiser for raiser in RAISERS if await scene.keeps(raiser)}
    assert named <= subjects


@settings(max_examples=20, suppress_health_check=SLOW)
@given(ALONE)
@example([("away", None), ("wait", 6), ("withdraw", 0)])  # Pages that never went out were counted as alerts.
@example([("down", 31)])  # Leads read two pages at once: one for their line, one for everybody.
@example([("away", None), ("wait", 70), ("back", None)])  # Each page that could not be sent came then, all at once.
def test_whatever_happens_the_promises_hold(script: list[Step]) -> None:
    play(script)


@settings(max_examples=60, suppress_health_check=SLOW)
@given(SEVERAL)
# Messages closed after the first had arrived, and no room: the team was not told that nothing arrives any more.
@example([("tell", (CHO, BEN, Level.EMERGENCY)), ("refuse", "place.make"), ("shut", CHO), ("take", (TEAM[0], 0))])
def test_whatever_happens_with_several_at_once_the_promises_hold_for_each(script: list[Step]) -> None:
    play(script)


@settings(max_examples=40, suppress_health_check=SLOW)
@given(CHANGING)
@example([("withdraw", 0), ("take", (DEPUTY, 0)), ("hand", (LEAD, 0, MAY))])  # The page was never shown, and counted.
@example(
    [("withdraw", 0), ("lose", [False, False, True]), ("drill", None), ("lose", [True, True, False]), ("wait", 0.1)]
)  # A page of practice did not say that it may be a repeat.
def test_whatever_becomes_of_the_team_meanwhile_the_promises_hold(script: list[Step]) -> None:
    play(script)


@pytest.mark.deep
@example([("off", LEAD), ("duty", LEAD)])
@settings(max_examples=400, suppress_health_check=SLOW)
@given(CHANGING)
def test_whatever_becomes_of_the_team_meanwhile_the_promises_hold_in_thousands_of_ways(script: list[Step]) -> None:
    play(script)


@pytest.mark.deep
@settings(max_examples=500, suppress_health_check=SLOW)
@given(ALONE)
def test_whatever_happens_the_promises_hold_in_thousands_of_ways(script: list[Step]) -> None:
    play(script)


@pytest.mark.deep
@settings(max_examples=1000, suppress_health_check=SLOW)
@given(SEVERAL)
def test_whatever_happens_with_several_at_once_the_promises_hold_in_thousands_of_ways(script: list[Step]) -> None:
    play(script)
