"""The authority table at every entry: each command, search, button, menu and form, by everybody there is.

What *escalation* offers is in tests/escalation/test_every_forged_press.py, the use cases in test_authority.py.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest
import simcord
from simcord import actors
from simcord.enums import InteractionType

from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.authority import TABLE, Part
from peerbot.engine.texts import say
from peerbot.signup.measures.rules import Kind
from tests.escalation.everything_there import Everything, everything
from tests.escalation.test_every_forged_press import changed, offers_escalation
from tests.evening.entries import ALL, ENTRIES, OWN, Entry

NOTHING: Final = "0badc0de"
KINDS: Final[Mapping[str, frozenset[Part]]] = {
    "amira": frozenset({Part.ADMINISTRATOR}),
    "colin": frozenset({Part.COORDINATOR, Part.ADMINISTRATOR}),  # Discord lets him manage the server, too.
    "cora": frozenset({Part.COORDINATOR}),
    "oona": frozenset({Part.OWNER, Part.ADMINISTRATOR}),  # Discord lets an owner do everything.
    "dana": frozenset({Part.LEAD}),
    "ed": frozenset({Part.DEPUTY}),
    "mo": frozenset({Part.MODERATOR}),
    "fay": frozenset({Part.FACILITATOR}),
    "ana": frozenset({Part.MEMBER}),
    "nell": frozenset(),  # A member of another group.
    "hal": frozenset(),  # Facilitates another group.
    "olu": frozenset(),
    "dev": frozenset(),  # Was a member, and left.
    "gus": frozenset(),  # Facilitated this group.
    "may": frozenset(),  # Was a moderator.
    "eve": frozenset(),  # Was a member and a moderator, and is banned: what is left is what stands in a message to her.
}
WAS: Final = {
    *(("dev", action) for action in ("agreement.withdraw", "group.leave")),
    *(("fay", f"meeting.{it}") for it in ("away", "back", "here")),
    *(("fay", f"agreement.{it}") for it in ("changed", "agree")),
}
"""Leaving twice is answered as once; who facilitates says whether they come, and knows the group."""
NOT_HERS: Final = {"offer.accept", "offer.pass", "taster.yes", "taster.no", "group.leave-list", "group.take"}
"""Ana has a seat, and so no place in a queue, no offer and nothing to try: she too hears that there is none."""
BANNED: Final = "eve"
NO: Final = ("error-not-allowed", "error-not-found", "error-needs-server", "concern-not-found", "staff-facilitate-none")


class Presses:
    """A server where everything is there, and who presses what in it."""

    def __init__(self, there: Everything) -> None:
        self.there = there
        self.world: World = there.world
        self.ids: dict[str, str] = {}

    async def prepare(self) -> None:
        """Let there be somebody who left, somebody who is banned, two decisions that wait, and a place in a queue."""
        world, app, here = self.world, self.world.app, self.world.guild.id
        circle = (await self._row("SELECT group_id AS id FROM series LIMIT 1"))["id"]
        dev, eve = (Actor(world.person(key).actor.id, here) for key in ("dev", "eve"))
        amira = Actor(world.person("amira").actor.id, here, manages_server=True)
        for name in ("Cora", "Oona"):
            world.add(name.lower(), name, "member")
        world.env.backend.edit_guild(here, {"owner_id": world.person("oona").actor.id})
        await app.servers.add_to_team(amira, world.person("cora").actor.id, "coordinator")
        for person in (dev, eve):
            await app.signup.joining.join(person, circle, agreed=True, may_remind=False)
        await app.signup.joining.leave_any(dev, circle)
        await app.servers.add_to_team(amira, eve.user_id, "moderator")
        await world.until(world.now.replace(hour=20, minute=57))
        world.env.backend.apply_ban(here, eve.user_id, None)
        await world.env.settle()
        boss = Actor(1, here, manages_server=True)
        decisions: dict[str, tuple[str, Kind]] = {"pause": ("ben", "pause"), "end": ("cho", "end")}
        for name, (key, kind) in decisions.items():
            about = world.person(key).actor.id
            self.ids[name] = (await app.signup.measures.propose(boss, circle, about, kind, 7)).id
        other = (await self._row("SELECT id FROM peer_group WHERE name = 'Another'"))["id"]
        await app.signup.confirming.turn(boss, on=True)
        await app.signup.joining.join(Actor(world.person("finn").actor.id, here), circle, agreed=True, may_remind=False)
        proposed = await app.signup.clauses.propose(boss, circle, ("We listen.",))
        codes = await app.signup.invites.make(boss, circle, "", "5")
        meetings = await app.desk.reads.all(
            "SELECT id, ends_at FROM meeting WHERE group_id = :id ORDER BY on_date", id=circle
        )
        self.ids |= {
            "group": circle,
            "other": other,
            "series": (await self._row("SELECT id FROM series LIMIT 1"))["id"],
            "meeting": meetings[0]["id"],
            "later": meetings[-1]["id"],
            "ends": str(meetings[0]["ends_at"]),
            "wording": proposed.changed.wording.id,
            "invite": codes.invites[0].id,
            "server": str(self.world.guild.id),
            "waiting": str((await self._row("SELECT max(id) AS id FROM waiting WHERE ended_at IS NULL"))["id"]),
            "lounge": str(world.lounge.id),
            **{person.key: str(person.actor.id) for person in world.people},
        }
        await world.tick()

    async def _row(self, sql: str) -> Mapping[str, Any]:
        row = await self.world.app.desk.reads.one(sql)
        assert row is not None
        return row

    async def press(self, key: str, action: str, entry: Entry, ids: Mapping[str, str] | None = None) -> str:
        """Return everything that somebody is answered."""
        ids = self.ids if ids is None else ids
        backend, person = self.world.env.backend, self.world.person(key)
        args = entry.args.format(**ids)
        custom_id = f"pb:{action}:{args}" if args else f"pb:{action}"
        channel, actor = self.world.lounge, person.actor
        if key == BANNED:
            channel, actor = self._direct(person.actor.user), person.actor.user
        carrier = backend.create_message(channel.id, backend.bot_user.id, "forged", components=[])
        if not entry.fields:
            values = [entry.choice.format(**ids)] if entry.choice else [NOTHING]
            data: dict[str, Any] = {"custom_id": custom_id, "component_type": 3, "values": values}
            result = await actors._component_interaction(actor, carrier, data)
        else:
            filled = {name: value.format(**ids) for name, value in entry.fields.items()}
            parts = [
                {"type": 18, "id": number, "component": {"type": 4, "custom_id": name, "value": value}}
                for number, (name, value) in enumerate(filled.items(), 1)
            ]
            data = {"custom_id": custom_id, "components": parts}
            result = await actors._dispatch_actor_interaction(actor, InteractionType.MODAL_SUBMIT, channel, data)
        shown = [message for message in (result.response, *result.followups) if message is not None]
        assert shown or result.modal, (key, action)
        answer = repr([[(m.content, [e.to_dict() for e in m.embeds], m.components) for m in shown], result.modal])
        assert say("error-unexpected") not in answer, (key, action)
        return answer

    def _direct(self, user: simcord.UserHandle) -> simcord.ChannelHandle:
        found = [place for place in self.world.places(self.world.person(BANNED)) if place.is_dm]
        assert found, user
        return found[0].handle


def refused(answer: str) -> bool:
    return any(repr(say(text))[1:-1] in answer for text in NO)


def may(entry: Entry, key: str) -> bool:
    return bool(TABLE[entry.rule] & KINDS[key])


@pytest.fixture
async def presses(world: World) -> Presses:
    """Everything there is, shortly before the end of a meeting."""
    found = Presses(await everything(world))
    await found.prepare()
    return found


Cells = list[tuple[str, Entry, str]]


def cells(rules: Callable[[str], bool], *, part: int = 0, of: int = 1) -> Cells:
    """Return (action, entry, who) of the entries whose rule is one of `rules`, or every so-many-th of them."""
    every = [
        (action, entry, key)
        for action, entries in ENTRIES.items()
        for entry in entries
        for key in KINDS
        if rules(entry.rule)
    ]
    # A number that shares nothing with how many there are: each entry and each of the people has a turn.
    return every[part::of]


def decided(rule: str) -> bool:
    return rule not in {OWN, ALL}


async def each_is_refused(presses: Presses, found: Cells) -> None:
    """See that whoever may not is refused, and that nothing has changed by it."""
    before = await presses.there.kept()
    for action, entry, key in found:
        if not may(entry, key):
            assert refused(await presses.press(key, action, entry)), (action, entry, key)
    assert await changed(presses.there, before) == set()


async def each_finds_nothing(presses: Presses, found: Cells) -> None:
    """See that whoever has nothing of their own hears the same as if the thing were not there."""
    before, nowhere = await presses.there.kept(), dict.fromkeys(presses.ids, NOTHING)
    for action, entry, key in found:
        if key != "ana" and (key, action) not in WAS:
            there = await presses.press(key, action, entry)
            assert there == await presses.press(key, action, entry, nowhere), (action, key)
    assert await changed(presses.there, before) == set()


async def each_is_let(presses: Presses, found: Cells) -> None:
    """See that whoever may is not refused: what then is said depends on what there is."""
    done = set[str]()
    for action, entry, key in found:
        own = key == "ana" and action not in NOT_HERS
        lets = own if entry.rule == OWN else entry.rule == ALL or may(entry, key)
        if lets and key != BANNED and not (entry.once and action in done):
            assert not refused(await presses.press(key, action, entry)), (action, entry, key)
            done.add(action)


async def test_a_part_of_the_table_holds_at_every_button_menu_and_form(presses: Presses) -> None:
    await each_is_refused(presses, cells(decided, part=3, of=7))
    await each_finds_nothing(presses, cells(OWN.__eq__, part=1, of=3))
    await each_is_let(presses, cells(decided, part=2, of=3))


@pytest.mark.deep
async def test_whoever_may_not_is_refused_at_every_button_menu_and_form(presses: Presses) -> None:
    await each_is_refused(presses, cells(decided))
    await each_finds_nothing(presses, cells(OWN.__eq__))


@pytest.mark.deep
async def test_whoever_may_is_let_by_every_button_menu_and_form(presses: Presses) -> None:
    await each_is_let(presses, cells(lambda _: True))


async def test_no_button_menu_or_form_is_left_out(world: World) -> None:
    routes = world.app.bot.router.routes
    escalations = {action for action, method in routes.items() if offers_escalation(method)}
    rest = {action for action in escalations if action.startswith(("setup.", "facilitate."))}
    assert set(ENTRIES) >= set(routes) - escalations
    assert set(ENTRIES) <= (set(routes) - escalations) | rest
    assert len(ENTRIES) > 100
