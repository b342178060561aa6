"""What a team does while somebody needs it: its rota changes, people go and come, leads block and practise."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from peerbot.engine.actor import Actor
from peerbot.engine.errors import PeerbotError
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota import swap_store
from peerbot.escalation.rota.weekly_shifts import TypedWeekly
from peerbot.escalation.store import Concern
from peerbot.servers.team import Team
from tests.escalation.scene import ANA, FAY, GUS, LEAD, MAY, MO, OWNER, SERVER, TEAM, Scene

Value = Any
FAST = {
    "check_in": {"check_in_meeting": "5", "check_in_first": "1", "check_in_told": "4", "check_in_acted": "1"},
    "urgent": {"urgent_leads": "2", "urgent_everybody": "5", "urgent_told": "10", "urgent_acted": "10"},
    "emergency": {"emergency_again": "1", "emergency_told": "5", "emergency_acted": "5"},
}
"""As fast as a server may answer, in the units of the bounds."""
of_the_team = st.sampled_from(TEAM)
HOURS = st.sampled_from(["08:00-20:00", "12:00-12:30", "20:00-08:00"])
MODERATORS = st.sampled_from([MO, MAY])

ROTA = (
    st.tuples(st.sampled_from(["off", "back on"]), of_the_team),
    st.tuples(st.just("nights"), st.tuples(of_the_team, st.booleans())),
    st.tuples(st.just("cover"), st.tuples(of_the_team, st.integers(0, 9), st.integers(1, 24))),
    st.tuples(st.just("weekly"), st.tuples(of_the_team, HOURS)),
    st.tuples(st.just("end weekly"), st.none()),
    st.tuples(st.just("swap"), st.tuples(of_the_team, of_the_team)),
)
LEADS = (
    st.tuples(st.just("block"), st.integers(0, 2)),
    st.tuples(st.sampled_from(["lift", "drill", "end drill"]), st.none()),
    st.tuples(st.just("times"), st.sampled_from(sorted(FAST))),
    st.tuples(st.sampled_from(["leaves", "comes"]), MODERATORS),
    st.tuples(st.sampled_from(["silence", "end silence"]), st.sampled_from([ANA, FAY, GUS])),
)


class TeamLife:
    """The team of a scene."""

    def __init__(self, scene: Scene, concern: Callable[[int], Awaitable[Concern]]) -> None:
        self.scene = scene
        self._concern = concern
        self.steps: dict[str, Callable[[Value], Awaitable[object]]] = {
            "off": self._off,
            "back on": self._back,
            "nights": self._nights,
            "cover": self._cover,
            "weekly": self._weekly,
            "end weekly": self._end_weekly,
            "swap": self._swap,
            "block": self._block,
            "lift": self._lift,
            "drill": lambda _: scene.escalation.drilling.start(self._lead),
            "end drill": lambda _: scene.escalation.drilling.stop(self._lead),
            "times": self._times,
            "leaves": self._leaves,
            "comes": lambda user: scene.servers.add_to_team(self._owner, user, "moderator"),
            "silence": lambda user: scene.escalation.postvention.begin(self._lead, user),
            "end silence": lambda user: scene.escalation.postvention.end(self._lead, user),
        }
        self._lead = Actor(LEAD, SERVER)
        self._owner = Actor(OWNER, SERVER, manages_server=True)

    async def step(self, what: str, value: Value) -> None:
        """Do it; what the bot refuses changes nothing."""
        with suppress(PeerbotError):
            await self.steps[what](value)

    async def _off(self, user: int) -> None:
        await self.scene.escalation.rostering.off(Actor(user, SERVER), "")

    async def _back(self, user: int) -> None:
        offs = await rota_store.offs(self.scene.desk.reads, SERVER)
        for off in [each for each in offs if each.user_id == user][-1:]:
            await self.scene.escalation.rostering.back(Actor(user, SERVER), off.id)

    async def _nights(self, value: tuple[int, bool]) -> None:
        user, wanted = value
        await self.scene.escalation.rostering.nights(Actor(user, SERVER), wanted=wanted)

    async def _cover(self, value: tuple[int, int, int]) -> None:
        user, starts_in, hours = value
        starts = self.scene.clock.now() + timedelta(hours=starts_in)
        await self.scene.escalation.rostering.cover(self._lead, user, starts, hours)

    async def _weekly(self, value: tuple[int, str]) -> None:
        user, hours = value
        typed = TypedWeekly("Mon Tue Wed Thu Fri Sat Sun", hours, (user,))
        await self.scene.escalation.weekly_shifts.add(self._lead, typed)

    async def _end_weekly(self, _: None) -> None:
        weeklies, _changes = await self.scene.escalation.weekly_shifts.listed(self._lead)
        for weekly in weeklies[:1]:
            await self.scene.escalation.weekly_shifts.end(self._lead, weekly.id)

    async def _swap(self, value: tuple[int, int]) -> None:
        by, other = (Actor(user, SERVER) for user in value)
        swapping = self.scene.escalation.swapping
        mine, _ = await swapping.choices(by, by.user_id)
        theirs, _ = await swapping.choices(by, other.user_id, mine[0].key if mine else "")
        if mine and theirs:
            asked = await swapping.ask(by, mine[0].key, theirs[0].key, other.user_id)
            assert await swap_store.load(self.scene.desk.reads, SERVER, asked.swap.id) is not None
            await swapping.agree(other, asked.swap.id)

    async def _block(self, number: int) -> None:
        await self.scene.escalation.limits.block(self._lead, (await self._concern(number)).id)

    async def _lift(self, _: None) -> None:
        for block in await self.scene.escalation.limits.blocks(self._lead):
            await self.scene.escalation.limits.lift(self._lead, block.id)

    async def _times(self, level: str) -> None:
        await self.scene.escalation.answer_times.set(self._lead, level, tuple(FAST[level].values()))

    async def _leaves(self, user: int) -> None:
        await Team(self.scene.desk, self.scene.servers).remove(self._owner, user, "moderator", sure=True)
