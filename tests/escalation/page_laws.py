"""What is true of every page that went out, whoever was asked and whatever failed: read from the calls to Discord."""

from itertools import groupby

from peerbot.engine.clock import from_row
from peerbot.engine.outbox import Leased
from peerbot.engine.texts import say
from peerbot.escalation import store
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.rota import cover
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rules import WAITING, Level, Line, State
from peerbot.escalation.store import Concern
from tests.escalation.discord_on_paper import Call
from tests.escalation.scene import FAY, GUS, SERVER, Scene

PAGES = ("escalation.page", "escalation.alert")
HELD = frozenset({State.TAKEN, State.IN_HAND})


class PageLaws:
    """Watches a scene from now on."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.checked = len(scene.paper.calls)
        scene.paper.witness = self._as_it_stands

    async def _as_it_stands(self, intent: Leased) -> Concern | None:
        if intent.data.get("card") not in PAGES or intent.look:
            return None
        return await store.load(self.scene.desk.reads, str(intent.data["concern"]))

    def new(self) -> list[Call]:
        """Return the pages that were sent, or tried, since they were last asked for."""
        calls = self.scene.paper.calls[self.checked :]
        self.checked = len(self.scene.paper.calls)
        return [call for call in calls if call.intent.data.get("card") in PAGES and call.sends]

    async def check(self, *, pressed: bool) -> None:
        """Look at every page since the last time. `pressed`: somebody did something meanwhile."""
        calls = self.new()
        for call in calls:
            concern = call.saw
            assert concern is not None
            if call.intent.data["why"]:
                assert concern.state in HELD
            else:
                assert concern.state in WAITING, "a page after somebody took it"
                assert concern.withdrawn_at is None
                assert concern.held is Held.NO
                await self._asks_only_whom_it_may(call, concern)
            assert not {concern.raiser_id, concern.about_other} & set(self._asked(call))
            self._names_nobody(call, concern)
        self._again_only_in_doubt()
        if not pressed:
            self._once_at_a_time(calls)

    @staticmethod
    def _asked(call: Call) -> tuple[int, ...]:
        person = call.intent.data.get("person", call.intent.data.get("user"))
        return call.people or ((int(person),) if person is not None else ())

    async def _asks_only_whom_it_may(self, call: Call, concern: Concern) -> None:
        """Nobody off duty, unless the level says all, or they lead, or had it before."""
        reads = self.scene.desk.reads
        steps = concern.position.ladder.steps[: concern.step]
        everybody = any(Line.EVERYBODY in step.lines for step in steps)
        if everybody or concern.state is State.UNANSWERED or concern.level is Level.EMERGENCY:
            return
        concerned = {concern.raiser_id, concern.about_other}
        row = await reads.one("SELECT made_at FROM page WHERE id = :id", id=str(call.intent.data["page"]))
        assert row is not None
        rota = await cover.rota(reads, self.scene.servers, SERVER, from_row(row["made_at"]))
        leads = await self.scene.servers.team(reads, SERVER, "lead", "deputy")
        had = await reads.all("SELECT by_id FROM concern_act WHERE concern_id = :id", id=concern.id)
        asked = set(self._asked(call))
        nights = await rota_store.nights(reads, SERVER) if not rota.on_duty - concerned else frozenset[int]()
        room = {FAY, GUS} if concern.room_name is not None else set[int]()
        assert asked <= rota.on_duty | set(leads) | {act["by_id"] for act in had} | nights | room, "somebody off duty"

    def _names_nobody(self, call: Call, concern: Concern) -> None:
        hidden = {concern.raiser_id, concern.subject_id} - {None}
        assert not [user for user in hidden if str(user) in call.text]
        assert concern.note is None or concern.note not in call.text

    def _again_only_in_doubt(self) -> None:
        """One page is sent again only if nobody can say what came of it, and then it says that it may be a repeat."""
        mark = say("staff-page-repeat")
        sent = [c for c in self.scene.paper.calls if c.intent.data.get("card") in PAGES and c.sends]
        for _, tries in groupby(sorted(sent, key=lambda call: call.intent.id), key=lambda call: call.intent.id):
            first, *others = tries
            assert mark not in first.text
            for earlier, later in zip([first, *others], others, strict=False):
                assert earlier.came == "unknown", "sent twice though the first arrived"
                assert mark in later.text

    @staticmethod
    def _once_at_a_time(calls: list[Call]) -> None:
        """While nobody presses anything, nobody reads one call for help twice in an instant, but for one in doubt."""
        seen: set[tuple[object, ...]] = set()
        for call in calls:
            if call.came != "done":
                continue
            data, doubt = call.intent.data, say("staff-page-repeat") in call.text
            for user in PageLaws._asked(call):
                one = (call.at, call.intent.kind, data["concern"], data.get("channel"), data.get("place"), user, doubt)
                assert one not in seen, "two pages at once"
                seen.add(one)
