"""The rota through the real bot: what the team types and presses, and what they read."""

from peerbot.demo.acts import chooses, fills, presses, types
from peerbot.demo.cast import Cast, found
from peerbot.demo.driver import Person
from peerbot.demo.world import World
from peerbot.engine.texts import say


async def added(world: World, cast: Cast) -> str:
    """Let Dana add a weekly shift of Mo by the form; return what she reads."""
    await types(world, cast.dana, "oncall rota")
    await presses(world, cast.dana, say("staff-rota-weekly"))
    form = await presses(world, cast.dana, say("staff-rota-add"))
    values = {"days": "every day", "hours": "22:00-07:00", "people": [cast.mo.actor], "zone": "", "first": ""}
    shown = await fills(world, cast.dana, form, values)
    assert shown.response is not None
    return shown.response.content


async def reads(world: World, person: Person, command: str, **options: str) -> str:
    shown = await types(world, person, command, None, **options)
    assert shown.response is not None
    assert len(shown.response.content) <= 2000
    return shown.response.content


async def test_a_lead_adds_a_weekly_shift_and_the_team_reads_it_by_day(world: World) -> None:
    cast = await found(world)
    assert say("staff-rota-added") in await added(world, cast)
    text = await reads(world, cast.mo, "oncall rota")
    assert text.count("22:00–07:00") >= 5
    assert cast.mo.actor.mention in text
    await presses(world, cast.mo, say("staff-rota-later"))
    await presses(world, cast.mo, say("staff-rota-nights-on"))
    assert say("staff-rota-gaps-none") in await reads(world, cast.colin, "oncall gaps")


async def test_hours_that_cannot_be_read_can_be_typed_again(world: World) -> None:
    cast = await found(world)
    await types(world, cast.dana, "oncall rota")
    await presses(world, cast.dana, say("staff-rota-weekly"))
    form = await presses(world, cast.dana, say("staff-rota-add"))
    values = {"days": "Tue", "hours": "7-11", "people": [cast.mo.actor], "zone": "", "first": ""}
    shown = await fills(world, cast.dana, form, values)
    assert shown.response is not None
    assert "07:00" in shown.response.content
    assert "19:00" in shown.response.content
    again = await presses(world, cast.dana, say("try-again"))
    shown = await fills(world, cast.dana, again, {**values, "hours": "7pm-11pm"})
    assert shown.response is not None
    assert say("staff-rota-added") in shown.response.content


async def test_somebody_away_is_covered_by_who_presses_and_is_welcomed_back(world: World) -> None:
    cast = await found(world)
    await added(world, cast)
    assert cast.mo.actor.mention in await reads(world, cast.mo, "oncall off", until="Friday", start="tomorrow 9am")
    channel = world.places(cast.ed)
    place = next(each for each in channel if "moderators" in each.label)
    answer = await presses(world, cast.ed, say("staff-rota-can-cover"), place)
    assert answer.response is not None
    menu = world.reads(cast.ed, place.handle)[-1]
    gap = await world.app.desk.reads.one("SELECT id FROM rota_gap ORDER BY starts_at LIMIT 1")
    assert gap is not None
    await chooses(world, cast.ed, menu, gap["id"])
    left = await world.app.desk.reads.all("SELECT id FROM rota_gap WHERE id = :id", id=gap["id"])
    assert not left
    await presses(world, cast.mo, say("staff-rota-back"))
    assert not await world.app.desk.reads.all("SELECT id FROM rota_gap")


async def test_members_read_no_rota_and_no_names(world: World) -> None:
    cast = await found(world)
    await added(world, cast)
    for command in ("oncall rota", "oncall gaps", "oncall off"):
        assert await reads(world, cast.members[0], command) == say("error-not-allowed")
    assert cast.mo.actor.mention not in await reads(world, cast.members[0], "oncall now")


async def test_a_weekly_shift_is_chosen_changed_ended_and_brought_back(world: World) -> None:
    cast = await found(world)
    await added(world, cast)
    row = await world.app.desk.reads.one("SELECT id FROM rota_weekly")
    assert row is not None
    await types(world, cast.dana, "oncall rota")
    await presses(world, cast.dana, say("staff-rota-weekly"))
    await chooses(world, cast.dana, world.reads(cast.dana, world.lounge)[-1], row["id"])
    form = await presses(world, cast.dana, say("staff-rota-change"))
    values = {
        "days": "Mon-Fri",
        "hours": "20:00-23:00",
        "people": [cast.ed.actor],
        "zone": "Berlin",
        "first": "",
    }
    await fills(world, cast.dana, form, values)
    await presses(world, cast.dana, say("staff-rota-end"))
    await presses(world, cast.dana, say("staff-rota-end-confirm"))
    await presses(world, cast.dana, say("staff-rota-undo"))
    text = await reads(world, cast.ed, "oncall rota")
    assert cast.ed.actor.mention in text


async def test_a_swap_is_asked_by_choosing_two_shifts(world: World) -> None:
    cast = await found(world)
    await types(world, cast.dana, "oncall cover", person=cast.mo.actor, hours=3, when="tomorrow 9am")
    await types(world, cast.dana, "oncall cover", person=cast.ed.actor, hours=3, when="tomorrow 6pm")
    query = "SELECT id, user_id FROM rota_cover WHERE ends_at - starts_at = 3 * 3600"
    keys = {row["user_id"]: f"c:{row['id']}" for row in await world.app.desk.reads.all(query)}
    mo, ed = cast.mo.actor, cast.ed.actor
    offered = await mo.autocomplete(world.lounge, "oncall swap", "mine", "")
    assert keys[mo.id] in str(offered)
    await types(world, cast.mo, "oncall swap", mine=keys[mo.id], person=ed, theirs=keys[ed.id])
    place = next(each for each in world.places(cast.ed) if "moderators" in each.label)
    await presses(world, cast.ed, say("staff-rota-agree"), place)
    swapped = {f"c:{row['id']}": row["user_id"] for row in await world.app.desk.reads.all(query)}
    assert swapped == {keys[mo.id]: ed.id, keys[ed.id]: mo.id}


async def test_what_came_by_direct_message_is_pressed_there_to_its_end(world: World) -> None:
    cast = await found(world)
    await added(world, cast)
    async with world.app.desk.transaction() as work:
        await work.all("UPDATE server SET moderators_channel_id = NULL")
    await types(world, cast.mo, "oncall off", until="tomorrow 9pm")
    place = next(each for each in world.places(cast.ed) if each.is_dm)
    await presses(world, cast.ed, say("staff-rota-can-cover"), place)
    query = "SELECT id FROM rota_cover WHERE user_id = :id"
    assert await world.app.desk.reads.all(query, id=cast.ed.actor.id)
