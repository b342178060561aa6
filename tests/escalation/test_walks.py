"""What only whole commands show: a code that is typed, a list that is worked through, a shift skipped, /doctor."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import simcord

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person, Place
from peerbot.demo.world import World
from peerbot.engine.texts import person, say
from tests.escalation.phones import phone

DAY = timedelta(days=1)


@pytest.fixture
async def cast(world: World) -> Cast:
    """A server with a group; Mo is on duty."""
    return await found(world, members=2)


def text(result: simcord.InteractionResult) -> str:
    assert result.response is not None
    return result.response.content


def dm(world: World, reader: Person) -> Place:
    return next(place for place in world.places(reader) if place.is_dm)


async def code(world: World, typist: Person, typed: str, place: Place | None = None) -> str:
    form = await presses(world, typist, say("test-have-code"), place)
    values: Mapping[str, Any] = {"code": typed}
    return text(await fills(world, typist, form, values, place))


async def test_a_code_from_a_phone_proves_the_alert_for_whom_it_was_sent_to_and_nobody_else(
    world: World, cast: Cast
) -> None:
    kept = phone(world, cast.mo)
    unproven = say("test-way-unproven", way=say("way-alert"))
    assert unproven in text(await types(world, cast.mo, "oncall test"))
    (alert,) = kept.alerts
    digits = "".join(character for character in alert if character.isdecimal())
    assert len(digits) == 6
    place, asks = dm(world, cast.mo), say("test-code-unknown")
    for typed in ("1", "-1", "words", "9" * 10, f"{int(digits[0]) ^ 1}{digits[1:]}"):
        assert asks in await code(world, cast.mo, typed, place), typed
    proved = await code(world, cast.mo, f"{digits[:3]} {digits[3:]}", place)
    assert unproven not in proved
    assert asks not in proved
    rows = await world.app.desk.reads.all("SELECT user_id FROM proof WHERE way = 'alert'")
    assert [row["user_id"] for row in rows] == [cast.mo.actor.id]


async def test_what_stands_alone_is_worked_off_from_the_list_by_a_lead_who_did_not_do_it(
    world: World, cast: Cast
) -> None:
    await types(world, cast.olu, "help-now")
    await presses(world, cast.olu, say("ask-now"))
    await types(world, cast.ed, "escalation take", number=1)
    await types(world, cast.ed, "escalation close", number=1)
    await chooses(world, cast.ed, world.reads(cast.ed, world.lounge)[-1], "spoke_with")
    await world.pass_time(10 * DAY)
    listed = say("staff-list-review-alone", number=1)
    assert listed not in text(await types(world, cast.ed, "escalation list"))  # It was Ed's own.
    assert listed not in text(await types(world, cast.mo, "escalation list"))
    assert listed in text(await types(world, cast.dana, "escalation list"))
    newest = world.reads(cast.dana, world.lounge)[-1]
    asked = await world.app.desk.reads.one("SELECT id FROM sign_off WHERE state = 'alone'")
    assert asked is not None
    answer = text(await chooses(world, cast.dana, newest, f"alone:{asked['id']}"))
    assert "1" in answer
    assert listed not in text(await types(world, cast.dana, "escalation list"))
    # Chosen again on the old list, it says that it was looked at.
    assert text(await chooses(world, cast.dana, newest, f"alone:{asked['id']}"))
    row = await world.app.desk.reads.one("SELECT reviewed_by FROM sign_off WHERE id = :id", id=asked["id"])
    assert row is not None
    assert row["reviewed_by"] == cast.dana.actor.id


async def test_after_a_concern_the_next_shift_is_skipped_by_two_presses_and_the_others_are_asked(
    world: World, cast: Cast
) -> None:
    await types(world, cast.dana, "oncall cover", person=cast.mo.actor, hours=4, when="tomorrow 19:00")
    await types(world, cast.olu, "help-now")
    await presses(world, cast.olu, say("ask-next-day"))
    await types(world, cast.mo, "escalation take", number=1)
    await types(world, cast.mo, "escalation close", number=1)
    await chooses(world, cast.mo, world.reads(cast.mo, world.lounge)[-1], "spoke_with")
    place = dm(world, cast.mo)
    before = await world.app.desk.reads.all("SELECT id FROM rota_off")
    await presses(world, cast.mo, say("staff-rota-skip"), place)
    assert await world.app.desk.reads.all("SELECT id FROM rota_off") == before  # It is asked first.
    await presses(world, cast.mo, say("staff-rota-skip-confirm"), place)
    (off,) = await world.app.desk.reads.all("SELECT user_id FROM rota_off")
    assert off["user_id"] == cast.mo.actor.id
    channel = world.place(cast.ed, "peerbot-moderators")
    assert channel is not None
    await presses(world, cast.ed, say("staff-rota-can-cover"), channel)
    covers = await world.app.desk.reads.all("SELECT user_id FROM rota_cover ORDER BY number")
    assert covers[-1]["user_id"] == cast.ed.actor.id


async def test_doctor_is_shown_to_administrators_and_leads_and_to_no_moderator(world: World, cast: Cast) -> None:
    assert say("doctor-title") in text(await types(world, cast.amira, "doctor"))
    for one in (cast.dana, cast.mo, cast.olu):
        with pytest.raises(simcord.SetupError):
            await types(world, one, "doctor")
    command = world.env.backend.find_command("doctor", world.guild.id, type=1)
    assert command is not None
    # Where a server's owner lets them use it, the bot itself decides.
    for one in (cast.dana, cast.mo, cast.ed):
        world.guild.set_command_permissions(int(command["id"]), {one.actor: True})
        answer = text(await types(world, one, "doctor"))
        assert (say("doctor-title") in answer) is (one is cast.dana), one.key
        assert person(cast.mo.actor.id) not in answer or one is cast.dana
