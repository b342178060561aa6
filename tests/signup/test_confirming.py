"""A coordinator confirms each seat: in order, kindly, and without a trace of who is kept apart."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import AGREED, GROUP, Cast, choose, found, join
from peerbot.demo.driver import Person
from peerbot.demo.world import World, open_world
from peerbot.engine.actor import Actor
from peerbot.engine.errors import Invalid, NotAllowed, NotFound
from peerbot.engine.texts import say
from peerbot.signup.cards import mine_card
from peerbot.signup.rules import Group, Where
from tests.leaving import leave
from tests.signup.scene import ANA, BEN, CLEO, COORDINATOR, DEV, FACILITATOR, SERVER, Scene

COLIN = Actor(COORDINATOR, SERVER)
MINUTES = timedelta(minutes=5)


async def confirmed_group(scene: Scene, *full: int) -> Group:
    """A group of four with some seats taken; from then on each seat is confirmed."""
    group = await scene.group()
    for user in full:
        await scene.join(user, group)
    await scene.signup.confirming.turn(COLIN, on=True)
    return group


async def where(scene: Scene, group: Group, *users: int) -> list[tuple[Where, int]]:
    seen = [(await scene.view(user, group)).mine for user in users]
    return [(mine.where, mine.place) for mine in seen]


async def waiting(scene: Scene, user: int) -> int:
    return next(each.waiting for each in await scene.signup.confirming.waiting(COLIN) if each.user_id == user)


async def confirm(scene: Scene, user: int) -> None:
    await scene.signup.confirming.confirm(COLIN, await waiting(scene, user))


async def test_a_free_seat_is_held_for_who_is_first_until_a_coordinator_has_spoken(scene: Scene) -> None:
    group = await confirmed_group(scene, 201, 202, 203)
    assert (await scene.join(ANA, group)).mine.where == "pending"
    assert (await scene.join(ANA, group)).mine.place == 1
    await scene.join(BEN, group)
    assert (await scene.view(CLEO, group)).places == 0
    await confirm(scene, BEN)
    assert await where(scene, group, ANA, BEN) == [("pending", 1), ("waiting", 2)], "the seat is Ana's"
    await confirm(scene, ANA)
    assert await where(scene, group, ANA, BEN) == [("seated", 0), ("waiting", 1)]
    await scene.leave(201, group)
    assert await where(scene, group, BEN) == [("offered", 1)]


async def test_who_is_declined_reads_it_kindly_and_the_next_in_line_has_their_turn(scene: Scene) -> None:
    group = await confirmed_group(scene, 201, 202, 203)
    await scene.join(ANA, group, may_remind=True)
    await scene.join(BEN, group)
    await confirm(scene, BEN)
    ana = await waiting(scene, ANA)
    await scene.signup.confirming.decline(COLIN, ana)
    await scene.signup.confirming.decline(COLIN, ana)
    assert await where(scene, group, ANA, BEN) == [("outside", 0), ("offered", 1)]
    (message,) = [row for row in await scene.messages() if "declined" in row["key"]]
    assert f'"user": {ANA}' in message["data"]
    mine = await scene.signup.mine(Actor(ANA, SERVER))
    assert "It says nothing about you as a person." in mine_card(mine, 0).text
    await scene.pass_time(timedelta(days=15))
    assert "nothing about you" not in mine_card(await scene.signup.mine(Actor(ANA, SERVER)), 0).text
    assert (await scene.join(ANA, group)).mine.where == "pending", "they may ask again"


async def test_turning_it_on_keeps_offers_that_stand_and_turning_it_off_gives_seats_in_turn(scene: Scene) -> None:
    group = await scene.full_with_waiting(ANA, BEN)
    await scene.leave(201, group)
    switch = await scene.signup.confirming.turn(COLIN, on=True)
    assert (switch.on, switch.waiting) == (True, 2)
    assert [each.user_id for each in await scene.signup.confirming.waiting(COLIN)] == [BEN], "Ana's offer is kept"
    assert await where(scene, group, ANA, BEN) == [("offered", 1), ("pending", 2)]
    await scene.leave(202, group)
    assert await where(scene, group, BEN) == [("pending", 2)]
    await scene.signup.confirming.turn(COLIN, on=False)
    assert await where(scene, group, ANA, BEN) == [("offered", 1), ("offered", 2)]


async def test_coordinators_hear_of_it_as_a_number_soon_and_again_each_day(scene: Scene) -> None:
    group = await confirmed_group(scene)
    for user in (ANA, BEN, CLEO):
        await scene.join(user, group)
    assert await asked(scene) == []
    await scene.pass_time(MINUTES)
    assert len(await asked(scene)) == 1, "one message for all who came meanwhile"
    await scene.pass_time(timedelta(hours=23))
    assert len(await asked(scene)) == 1
    await scene.pass_time(timedelta(hours=1))
    assert len(await asked(scene)) == 2
    for user in (ANA, BEN, CLEO):
        await confirm(scene, user)
    await scene.pass_time(timedelta(days=3))
    assert len(await asked(scene)) == 2


async def asked(scene: Scene) -> list[str]:
    rows = await scene.desk.reads.all("SELECT key FROM intent WHERE key LIKE 'seats:%' ORDER BY id")
    return [row["key"] for row in rows]


async def test_only_the_list_of_coordinators_shows_who_is_kept_apart(scene: Scene) -> None:
    group = await confirmed_group(scene, 201)
    await scene.signup.add_facilitator(COLIN, group.id, FACILITATOR, is_bot=False)
    await scene.join(ANA, group)
    await scene.join(BEN, group)
    apart = scene.signup.keep_apart
    for one, other in ((ANA, 201), (ANA, FACILITATOR), (BEN, DEV)):
        await apart.add(COLIN, one, other)
    shown = {each.user_id: each.apart for each in await scene.signup.confirming.waiting(COLIN)}
    assert shown == {ANA: (FACILITATOR, 201), BEN: ()}
    for attempt in (scene.signup.confirming.waiting(Actor(ANA, SERVER)), apart.show(Actor(ANA, SERVER))):
        with pytest.raises(NotAllowed):
            await attempt


async def test_the_first_pair_turns_it_on_it_stays_on_while_one_is_kept_and_undo_takes_back_both(scene: Scene) -> None:
    group = await scene.group()
    await scene.join(ANA, group)
    await scene.join(BEN, group)
    apart = scene.signup.keep_apart
    proposed = await apart.propose(COLIN, BEN, ANA)
    assert (proposed.pair, [each.id for each in proposed.shared], proposed.turns_on) == ((ANA, BEN), [group.id], True)
    assert not (await scene.signup.confirming.show(COLIN)).on, "nothing was changed yet"
    assert (await apart.add(COLIN, BEN, ANA)).turns_on
    assert (await apart.add(COLIN, ANA, BEN)).known
    with pytest.raises(Invalid):
        await scene.signup.confirming.turn(COLIN, on=False)
    with pytest.raises(Invalid):
        await apart.add(COLIN, ANA, ANA)
    assert await apart.remove(COLIN, ANA, BEN, turn_off=True)
    assert not await apart.remove(COLIN, ANA, BEN, turn_off=True)
    assert not (await scene.signup.confirming.show(COLIN)).on


async def test_a_pair_outlasts_a_ban_that_is_lifted_until_a_coordinator_takes_it_back(scene: Scene) -> None:
    group = await scene.group()
    await scene.signup.keep_apart.add(COLIN, ANA, BEN)
    await leave(scene.desk, scene.signup, SERVER, ANA)
    for person in (BEN, ANA):
        await scene.join(person, group)
    assert [asking.apart for asking in await scene.signup.confirming.waiting(COLIN)] == [(ANA,), (BEN,)]
    await scene.signup.keep_apart.remove(COLIN, ANA, BEN)
    assert await scene.signup.keep_apart.show(COLIN) == []


async def test_what_does_not_wait_here_cannot_be_decided(scene: Scene) -> None:
    for use in (scene.signup.confirming.confirm, scene.signup.confirming.decline, scene.signup.confirming.one):
        with pytest.raises(NotFound):
            await use(COLIN, 999)
        with pytest.raises(NotAllowed):
            await use(Actor(ANA, SERVER), 999)


async def test_the_staff_channel_hears_a_number_and_the_person_the_answer(world: World) -> None:
    cast = await found(world, members=0)
    ana, ben = cast.members[:2]
    settings = await types(world, cast.colin, "manage server")
    assert settings.response is not None
    await chooses(world, cast.colin, settings.response.message, "seats")
    await presses(world, cast.colin, say("staff-seats-turn-on"))
    for person in (ana, ben):
        await join(world, person)
    assert "A coordinator looks at each seat first." in world.reads(ana, world.lounge)[-1].content
    await world.pass_time(MINUTES)
    channel = world.place(cast.colin, "peerbot-facilitators")
    assert channel is not None
    told = world.reads(cast.colin, channel)[-1].content
    assert told.startswith("**2 seats wait to be confirmed.**")
    assert not [word for word in (ana.actor.mention, ben.actor.mention, "Tuesday Circle") if word in told]
    refused = await presses(world, cast.fay, say("staff-seats-show"), channel)
    assert refused.response is not None
    assert refused.response.content == say("error-not-allowed")
    await presses(world, cast.colin, say("staff-seats-show"), channel)
    await presses(world, cast.colin, say("staff-seats-decline", n=2), channel)
    assert len(world.dms(ben)) == 0, "declining asks first"
    await presses(world, cast.colin, say("staff-seats-decline-one"), channel)
    await presses(world, cast.colin, say("staff-seats-confirm", n=1), channel)
    assert "You have a seat in Tuesday Circle." in world.dms(ana)[-1].content
    assert "there is no seat for you in Tuesday Circle just now" in world.dms(ben)[-1].content
    mine = await types(world, ana, "group mine")
    assert mine.response is not None
    assert say("standing-seated") in mine.response.content


def shown_to(world: World, person: Person) -> Sequence[object]:
    """Everything that a person was ever shown, as bytes."""
    return [
        (message.content, [row.to_dict() for row in message.components], [embed.to_dict() for embed in message.embeds])
        for place in world.places(person)
        for message in world.reads(person, place)
    ]


async def asks_to_try(world: World, person: Person) -> None:
    """Find the group, press *Try one meeting*, agree."""
    await choose(world, person, GROUP, await types(world, person, "group find"))
    await fills(world, person, await presses(world, person, say("group-taste")), AGREED)


async def evening_of(folder: Path, *, apart: bool, tries: bool) -> tuple[bytes, bytes]:
    """What two people see, one of whom asks for a seat, kept apart or not, to the last byte."""
    async with open_world(folder) as world:
        cast: Cast = await found(world, members=3)
        boss = Actor(cast.amira.actor.id, world.guild.id, manages_server=True)
        await world.app.signup.confirming.turn(boss, on=True)
        ana, dev = cast.members[0], cast.members[3]
        two = (ana, dev) if apart else (cast.olu, cast.finn)
        await types(world, cast.colin, "manage keep-apart add", one=two[0].actor, other=two[1].actor)
        await presses(world, cast.colin, say("staff-apart-add"))
        await (asks_to_try if tries else join)(world, dev)
        for person in (ana, dev):
            for command in ("group find", "group mine", "my-data show"):
                await types(world, person, command)
        await world.pass_time(MINUTES)
        listed = await types(world, cast.colin, "manage member confirm")
        assert listed.response is not None
        assert ("Keep apart:" in listed.response.content) is apart
        await presses(world, cast.colin, say("staff-seats-confirm", n=1))
        for person in (ana, dev):
            for command in ("group find", "group mine", "my-data show"):
                await types(world, person, command)
        assert say("taster-confirmed", group=GROUP) in {m.content for m in world.dms(dev)} or not tries
        seen = [repr(shown_to(world, person)).encode() for person in (ana, dev)]
        return seen[0], seen[1]


@pytest.mark.parametrize("tries", [False, True])
async def test_what_people_see_is_the_same_to_the_last_byte_whether_or_not_they_are_kept_apart(
    tmp_path: Path,
    tries: bool,  # noqa: FBT001 - as pytest passes it
) -> None:
    together = await evening_of(tmp_path / "together", apart=False, tries=tries)
    apart = await evening_of(tmp_path / "apart", apart=True, tries=tries)
    assert len(apart[1]) > 3000
    assert without_ids(together[0]) == without_ids(apart[0])
    assert without_ids(together[1]) == without_ids(apart[1])


def without_ids(seen: bytes) -> bytes:
    """The same with each random id as the number of its first appearance: two worlds draw different ones."""
    ids: dict[bytes, int] = {}
    return re.sub(rb"\d{17,}|\b[0-9a-f]{8}\b|~\w+", lambda match: b"#%d" % ids.setdefault(match[0], len(ids)), seen)
