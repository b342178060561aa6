"""Every button, menu and form of escalation, pressed by whom it was not made for, with whatever may stand in it."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import pytest
import simcord
from simcord import actors

from peerbot.demo.world import World
from peerbot.gateway.custom_ids import parse
from tests.escalation.everything_there import Everything, everything

NOTHING = "0" * 8
JUNK = ("-1", "0", "9" * 19, "9" * 30, "٣", "not-a-number", "' OR 1=1 --", "../concern", "")
"""Negative, huge, digits of another script, and nothing of the kind."""
FIRST_ALONE = {*(f"junk {junk}" for junk in JUNK[2:]), "meeting 0", "peer_group 0", "series 0", "test_page 0"}
"""Tried with the first shape of an action only."""
HERE = "*"
"""Where in the arguments the forged value stands."""
Shapes = tuple[tuple[str, ...], ...]
PAGED = ((HERE,), (HERE, "page"), (NOTHING, HERE))
SAID_WHERE = ((HERE,), (HERE, "at"), (NOTHING, "at*"))
"""Of the rota's buttons, which in a direct message name their server."""
WITH_ID: dict[str, Shapes] = {
    **dict.fromkeys(("concern.take", "concern.open", "concern.with", "drill.arrived"), PAGED),
    **dict.fromkeys(
        (
            "concern.act", "concern.level", "concern.close", "concern.outcome", "concern.agree", "concern.disagree",
            "concern.alone-reviewed", "concern.look-end", "concern.aftercare", "concern.next-done", "concern.next-who",
            "concern.review-one", "concern.reviewed", "concern.leave", "concern.danger", "concern.withdraw",
            "limits.block", "limits.block-yes", "limits.lift", "limits.lift-yes", "ways.arrived",
        ),
        ((HERE,),),
    ),
    "concern.next-day": ((HERE, "yes"), (HERE, "no"), (HERE, HERE)),
    **dict.fromkeys(
        (
            "rota.uncover", "rota.back", "rota.wanted", "rota.take", "rota.one", "rota.ask-change", "rota.change",
            "rota.ask-end", "rota.end", "rota.undo", "rota.agree", "rota.decline", "rota.skip-yes",
        ),
        SAID_WHERE,
    ),
}  # fmt: skip
"""Action → the shapes of its arguments, for what names a thing; the first is tried with everything."""
WITHOUT_ID: dict[str, Shapes] = {
    **dict.fromkeys(("drill.show", "drill.start", "drill.stop", "limits.blocks", "ways.code"), ((HERE,),)),
    **dict.fromkeys(("postvention.begin", "postvention.end"), ((HERE,),)),
    **dict.fromkeys(("answers.change", "answers.times"), ((HERE,), ("urgent",))),
    **dict.fromkeys(
        (
            "setup.look",
            "setup.form",
            "setup.save",
            "setup.channels",
            "setup.channel",
            "setup.person",
            "setup.person-add",
            "setup.test",
            "setup.group",
            "setup.practice",
            "setup.practice-begin",
            "setup.drill",
        ),
        ((HERE,),),
    ),
    "answers.set": (("urgent", HERE), (HERE, "5", "5", "5")),
    **dict.fromkeys(
        ("rota.page", "rota.gaps", "rota.nights", "rota.skip", "rota.weekly", "rota.ask-add", "rota.add"), SAID_WHERE
    ),
}
"""The same for what is for the team, whatever it names."""
FOR_ALL = {
    "help.ask": "everybody finds help, and it names nobody",
    "help.card": "as above",
    "help.country": "as above",
    "help.elsewhere": "as above",
    "concern.ask": "everybody may ask for somebody; it holds a level and a server, and no id of anybody else",
    "concern.for": "as above",
    "concern.tell": "as above",
    "concern.send": "everybody may raise a concern about anybody",
    "facilitate.sos": "it names a meeting: tests/evening/test_outsider.py and test_authority.py",
    "ways.have-code": "it opens an empty form; what is typed there is `ways.code`",
}
CHOICES = {"concern.act": "spoke_with", "concern.level": "check_in", "concern.outcome": "spoke_with"}
QUICK_WITH_ID = dict(list(WITH_ID.items())[::4])
QUICK = QUICK_WITH_ID | dict(list(WITHOUT_ID.items())[::4])
"""Every fourth action; the deep tier presses all of them, as each of the people."""
NOBODYS = ("olu", "nell", "hal", "may", "gus", "cho", "ana", "eve", "dev", "zed")
"""An outsider, a member and a facilitator of another group, who was a moderator, who facilitated, whose account is
silenced, whom the concerns are about, somebody who waits, who was a member, and who was both and is banned."""
BANNED = "zed"


async def test_no_button_menu_or_form_of_escalation_is_left_out(world: World) -> None:
    routes = world.app.bot.router.routes
    ours = {action for action, method in routes.items() if offers_escalation(method)}
    assert len(ours) > 60
    tables = (set(WITH_ID), set(WITHOUT_ID), set(FOR_ALL))
    assert set.union(*tables) == ours
    assert sum(map(len, tables)) == len(ours)


def offers_escalation(method: Any) -> bool:  # noqa: ANN401 - a bound method
    """Return whether the menu that answers an action holds any of escalation's use cases."""
    return any(type(held).__module__.startswith("peerbot.escalation") for held in vars(method.__self__).values())


class Forger:
    """A modified client: it presses what nobody showed it."""

    def __init__(self, there: Everything, key: str, actor: simcord.MemberActor | None = None) -> None:
        """Let somebody press in the lounge; with `actor`, as whom they are in the other server, there."""
        self.there = there
        self.key = key
        self.actor: Any = actor or there.world.person(key).actor
        channel = there.world.lounge if actor is None else there.riverside.create_text_channel("lounge")
        if key == BANNED:
            # On the server there is nothing left to press; what stands in a message to them is.
            self.actor = self.actor.user
            channel = self.actor.dm_channel
        backend = there.world.env.backend
        self.carrier = backend.create_message(channel.id, backend.bot_user.id, "forged", components=[])

    async def press(self, action: str, args: tuple[str, ...], choice: str) -> str:
        """Return everything that is answered."""
        custom_id = f"pb:{action}:{'|'.join(args)}"
        assert parse(custom_id) is not None, custom_id
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": 3, "values": [choice]}
        result = await actors._component_interaction(self.actor, self.carrier, data)
        shown = [message for message in (result.response, *result.followups) if message is not None]
        assert shown or result.modal, action
        return repr([[(m.content, [e.to_dict() for e in m.embeds], m.components) for m in shown], result.modal])

    async def answer(self, action: str, shape: tuple[str, ...], value: str, page: str) -> str:
        """Return the answer to one forged value, without that value itself."""
        names = {"page": page, "at": f"at{self.there.world.guild.id}", "at*": f"at{value}", HERE: value}
        args = tuple(names.get(part, part) for part in shape)
        answered = await self.press(action, args, CHOICES.get(action, value))
        return answered.replace(value, "…") if len(value) > 1 else answered


async def crowd(world: World) -> Everything:
    """Return everything there is, with somebody who left the group, and somebody who was put out of the server."""
    there = await everything(world)
    app, here = world.app, world.guild.id
    world.add("zed", "Zed", "member")
    circle = await app.desk.reads.one("SELECT group_id AS id FROM series LIMIT 1")
    assert circle is not None
    for key in ("dev", "zed"):
        await app.signup.joining.join(there.by(key), circle["id"], agreed=True, may_remind=False)
    await app.signup.joining.leave_any(there.by("dev"), circle["id"])
    await app.servers.add_to_team(there.by("amira"), there.by("zed").user_id, "moderator")
    await world.tick()
    world.env.backend.apply_ban(here, there.by("zed").user_id, None)
    await world.env.settle()
    await world.tick()
    return there


async def forged(there: Everything) -> dict[str, str]:
    """Return what may stand in a custom_id: one of each thing there is, people, servers, and what is nothing."""
    ids = await there.ids()
    values = {f"{table} {place}": one for table, found in ids.items() for place, one in enumerate(found[:1])}
    values |= {f"a concern {row['state']} {row['number']}": row["id"] for row in await there.rows("concern")}
    values["alone"] = f"alone:{ids['sign_off'][0]}"
    values["a person"] = str(there.world.person("ana").actor.id)
    values |= {"the server": str(there.world.guild.id), "another server": str(there.riverside.id), "a number": "1"}
    return values | {f"junk {junk}": junk for junk in JUNK}


async def differences(
    there: Everything, forgers: Sequence[Forger], actions: Mapping[str, Shapes] = WITH_ID | WITHOUT_ID
) -> list[tuple[str, str, str]]:
    """Return (who, action, what) wherever the answer is another than for an id that nothing has.

    One after the other of the forgers tries a shape.
    """
    values, (page, *_) = await forged(there), (await there.ids())["page"]
    concerns = await there.rows("concern")
    raised_by = {row["id"]: row["raiser_id"] for row in concerns}
    gone = {row["id"] for row in concerns if row["state"] == "closed" and row["raiser_id"] is None}
    found = list[tuple[str, str, str]]()
    who = cycle(forgers)
    for action, shapes in actions.items():
        for place, shape in enumerate(shapes):
            one = next(who)
            if one.key == BANNED and "at*" in shape:
                continue  # In a message it names the server, and which servers use the bot is no secret.
            nowhere = await one.answer(action, shape, NOTHING, NOTHING)
            for what, value in values.items():
                if action == "concern.danger" and value in gone:
                    continue  # Nobody in danger finds a dead button: it is a new emergency, theirs.
                if raised_by.get(value) == one.actor.id:
                    continue  # Theirs: what a raiser may do is no forgery.
                if place and what in FIRST_ALONE:
                    continue
                if one.actor is there.lou and (value in there.riversides or what.startswith("junk")):
                    continue  # What is theirs; and what names nothing is tried by the others.
                if await one.answer(action, shape, value, page) != nowhere:
                    found.append((one.key, action, what))
    return found


async def changed(there: Everything, before: dict[str, list[str]]) -> set[str]:
    """Return the tables that are not as they were."""
    await there.world.tick()
    after = await there.kept()
    return {table for table in after if before[table] != after[table]}


async def test_whoever_has_no_part_in_it_does_nothing_and_is_told_nothing(world: World) -> None:
    there = await crowd(world)
    before = await there.kept()
    forgers = [Forger(there, key) for key in NOBODYS]
    assert await differences(there, forgers, QUICK) == []
    assert await changed(there, before) == set()


async def test_a_lead_of_another_server_does_nothing_here_from_there(world: World) -> None:
    there = await crowd(world)
    before = await there.kept()
    assert await differences(there, [Forger(there, "lou", there.lou)], QUICK_WITH_ID) == []
    assert await changed(there, before) == set()


@pytest.mark.deep
@pytest.mark.parametrize("key", ["amira", "colin", "finn"])
async def test_who_runs_the_server_does_nothing_with_a_concern(world: World, key: str) -> None:
    """An administrator and a coordinator have no part in concerns; nor has somebody who waits for a seat."""
    there = await crowd(world)
    before = await there.kept()
    concerns = {action: shapes for action, shapes in WITH_ID.items() if action.startswith(("concern.", "limits."))}
    assert await differences(there, [Forger(there, key)], concerns) == []
    assert await changed(there, before) == set()


@pytest.mark.deep
@pytest.mark.parametrize("key", NOBODYS)
async def test_each_of_them_does_nothing_with_anything(world: World, key: str) -> None:
    there = await crowd(world)
    before = await there.kept()
    assert await differences(there, [Forger(there, key)]) == []
    assert await changed(there, before) == set()
