"""What Apprise stands for in the practice world: somebody's phone."""

from pydantic import SecretStr

from peerbot.config import AlertedPerson, AlertsSection
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Leased
from peerbot.gateway.pager import AddressBook


class Phone:
    """What Apprise stands for: it keeps each alert."""

    safe = False
    calls = 0

    def __init__(self, world: World) -> None:
        self.world = world
        self.alerts: list[str] = []

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        app = self.world.app
        card = await app.makers.cards[intent.data["card"]](app.desk.reads, intent.data, self.world.now)
        if card is None:
            return NotWanted()
        self.alerts.append(card.text)
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        return Absent()


def phone(world: World, owner: Person) -> Phone:
    """Let one person be alerted outside Discord."""
    book = world.app.escalation.proving._ways.alerts
    assert isinstance(book, AddressBook)
    written = AlertedPerson(id=owner.actor.id, ways=(SecretStr("ntfys://somewhere"),))
    book._ways = AddressBook(AlertsSection(people=(written,)))._ways
    world.app.carriers["alert"] = kept = Phone(world)
    return kept
