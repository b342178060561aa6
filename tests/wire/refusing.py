"""Discord refuses one kind of call for a while, and what people then read."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.evening.stage import says
from bench.wire.faults import ALWAYS, Fault, refused
from bench.wire.people import Person
from bench.wire.world import Json
from tests.wire.scene import Scene

WRITE = "POST /channels/{channel_id}/messages"
MAKE = "POST /guilds/{guild_id}/channels"
ALLOW = "PUT /channels/{channel_id}/permissions/{target_id}"
FORGET = "DELETE /channels/{channel_id}/permissions/{target_id}"
DELETE = "DELETE /channels/{channel_id}"
EDIT = "PATCH /channels/{channel_id}/messages/{message_id}"
TAKE_DOWN = "DELETE /channels/{channel_id}/messages/{message_id}"
FACILITATORS = "peerbot-facilitators"
NO_ACCESS, NO_PERMISSION, NO_DM, AUTOMOD = 50001, 50013, 50007, 200000
NO_CHANNEL_LEFT, FORM = 30013, 50035
EITHER = [NO_PERMISSION, pytest.param(NO_ACCESS, marks=pytest.mark.deep)]
_STATUS = {NO_CHANNEL_LEFT: 400, FORM: 400, AUTOMOD: 400}


class Refusing:
    """One kind of call that Discord refuses, and how often it was tried."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault

    @property
    def tried(self) -> int:
        return ALWAYS - self._fault.times


@contextmanager
def refusing(scene: Scene, call: str, code: int, place: object = "") -> Iterator[Refusing]:
    """Let Discord refuse one kind of call, in one place or everywhere, until the end of the block."""
    fault = refused(call, _STATUS.get(code, 403), code, place=place)
    scene.wire.faults.add(fault)
    yield Refusing(fault)
    scene.wire.faults.calls.remove(fault)


def there(person: Person, name: str, text: str) -> list[Json]:
    """Return what one person reads of one text in a channel."""
    return [each for each in person.reads(person.sees(name)) if says(each["content"], text)]


def alone(person: Person, text: str) -> list[Json]:
    """Return what one person reads of one text in their direct messages."""
    return [each for each in person.dms() if says(each["content"], text)]


def owner(scene: Scene) -> Person:
    server = scene.wire.world.servers[scene.server_id]
    return Person(scene.wire, int(server["owner_id"]), scene.server_id)


def side_rooms(scene: Scene, person: Person) -> list[Json]:
    """Return the rooms that only some people see, and this person does, before their group has one."""
    decoys = [each["id"] for each in scene.evening.decoys.channels]
    return [each for each in person.channels() if each["name"].startswith("room-") and each["id"] not in decoys]


async def quiet(scene: Scene) -> None:
    await scene.open_until_quiet()
    assert await scene.wrongs() == []
