"""What the tests of the rota do, and what they look at."""

from datetime import UTC, datetime

from peerbot.engine.actor import Actor
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.rostering import Away
from peerbot.escalation.rota.rules import Span
from peerbot.escalation.rota.weekly_shifts import Shown, TypedWeekly
from tests.escalation.scene import HOUR, LEAD, MO, SERVER, Scene


def at(day: int, hour: float) -> datetime:
    return datetime(2026, 12, day, tzinfo=UTC) + hour * HOUR


async def weekly(scene: Scene, days: str, hours: str, *people: int, first_on: str = "") -> Shown:
    shown = await scene.escalation.weekly_shifts.add(
        Actor(LEAD, SERVER), TypedWeekly(days, hours, people or (MO,), "", first_on)
    )
    await scene.tick.settle()
    return shown


async def off(scene: Scene, user_id: int, until: str = "", begins: str = "", by: int = 0) -> Away:
    away = await scene.escalation.rostering.off(Actor(by or user_id, SERVER), until, begins, user_id)
    await scene.tick.settle()
    return away


async def shifts(scene: Scene) -> list[tuple[int, Span]]:
    made = await rota_store.made(scene.desk.reads, SERVER, scene.clock.now())
    return [(one.user_id, one.span) for one in made]


def told(scene: Scene, card: str) -> list[tuple[datetime, set[int]]]:
    return [(message.at, set(message.card.pings)) for message in scene.paper.messages(f"escalation.rota_{card}")]


async def gap_ids(scene: Scene) -> list[str]:
    return [gap.id for gap in await rota_store.gaps(scene.desk.reads, SERVER)]
