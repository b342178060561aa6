"""/doctor looks at everything that could stop the bot from keeping its word: each thing is broken, and told."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import discord
import pytest

from peerbot.demo.acts import chooses, presses, types
from peerbot.demo.cast import Cast, found, make_group, prove, set_up
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.errors import NotAllowed
from peerbot.engine.findings import Finding, Health
from peerbot.engine.outbox import Intent, Lane
from peerbot.engine.texts import moment, say
from peerbot.meetings.quiet import quiet_from
from peerbot.ops.backup import Backup
from peerbot.ops.checks import (
    CLOCK_ODD,
    CLOCK_WRONG,
    LITTLE_ROOM,
    TOO_LITTLE_ROOM,
    HostChecks,
    backup_age,
    clock_beside,
    room_on_disk,
)
from peerbot.ops.doctor_cards import doctor_card
from peerbot.servers.rules import INVITED_WITH, NEEDED

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
EVERYONE = discord.Permissions.text().value
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def cast(world: World) -> AsyncGenerator[Cast]:
    """A server in good order."""
    cast = await found(world, members=1)
    yield cast
    assert not world.env.errors


async def look(world: World, cast: Cast) -> list[Finding]:
    return list(await world.app.doctor.look(Actor(cast.dana.actor.id, world.guild.id), world.now))


async def of(world: World, cast: Cast, check: str) -> list[Finding]:
    return [finding for finding in await look(world, cast) if finding.check == check]


async def told(world: World, cast: Cast, check: str) -> list[str]:
    """The texts that say what is wrong, of one check."""
    return [finding.text for finding in await of(world, cast, check) if finding.health is not Health.WELL]


async def test_a_server_in_good_order_hears_what_is_well_and_what_is_still_to_do(world: World, cast: Cast) -> None:
    found = await look(world, cast)
    assert {finding.check for finding in found if finding.health is Health.BROKEN} == set()
    still = {finding.text for finding in found if finding.health is Health.WARNED}
    assert still == {
        "doctor-unproven",
        "doctor-hours",
        "doctor-never-practised",
        "doctor-no-outside",
        "doctor-housekeeping-never",
        "doctor-unwatched",
        "doctor-backup-none",
        "doctor-copies-unknown",
    }
    shown = await types(world, cast.amira, "doctor")
    assert shown.response is not None
    assert shown.response.content == doctor_card(found).text
    assert "Well: my permissions, the category for rooms, staff channels" in shown.response.content
    assert "Well: encrypted database. SQLite 3." in shown.response.content


@pytest.mark.parametrize("name", sorted(NEEDED))
async def test_each_permission_that_is_taken_is_told_with_its_reason(world: World, cast: Cast, name: str) -> None:
    role = next(role for role in world.guild.roles.values() if role.name == world.env.backend.bot_user.name)
    for role_id, had in ((role.id, INVITED_WITH), (world.guild.id, EVERYONE)):
        world.env.backend.edit_role(world.guild.id, role_id, {"permissions": had & ~NEEDED[name]})
    await world.env.settle()
    (finding,) = await of(world, cast, "permissions")
    assert (finding.health, finding.text) == (Health.BROKEN, "doctor-permission")
    assert finding.values == {"permission": say(f"permission-{name}")}


async def test_a_category_and_a_staff_channel_that_are_gone_are_told(world: World, cast: Cast) -> None:
    server = await world.app.servers.load(world.app.desk.reads, world.guild.id)
    assert server.category_id is not None
    assert server.facilitators_channel_id is not None
    world.env.backend.delete_channel(server.facilitators_channel_id)
    world.env.backend.delete_channel(server.category_id)
    await world.env.settle()
    assert await told(world, cast, "category") == ["doctor-category-gone"]
    assert await told(world, cast, "channels") == ["doctor-channel-gone"]
    settings = await types(world, cast.amira, "manage server")
    assert settings.response is not None
    await chooses(world, cast.amira, settings.response.message, "channels")
    await presses(world, cast.amira, say("staff-server-make"))
    assert await told(world, cast, "category") + await told(world, cast, "channels") == []
    assert world.place(cast.fay, say("place-facilitators")) is not None


async def test_a_team_that_is_too_small_is_told(world: World, cast: Cast) -> None:
    for person in cast.facilitators:
        async with world.app.desk.transaction() as work:
            await work.all("DELETE FROM facilitator WHERE user_id = :id", id=person.actor.id)
            await work.all("DELETE FROM team WHERE part = 'facilitator' AND user_id = :id", id=person.actor.id)
    assert await told(world, cast, "smallest-team") == ["doctor-lacking"]
    assert await told(world, cast, "facilitators") == ["doctor-no-facilitator"]


async def test_a_team_that_nothing_has_reached_yet_is_told_and_its_groups_are_closed(world: World) -> None:
    cast = Cast(world)
    await set_up(world, cast)
    for person, part in ((cast.mo, "moderator"), (cast.colin, "coordinator"), (cast.fay, "facilitator")):
        await types(world, cast.amira, "manage team add", person=person.actor, part=part)
    await make_group(world, cast)
    assert await told(world, cast, "smallest-team") == ["doctor-never-reached"]
    closed = await types(world, cast.olu, "group find")
    assert closed.response is not None
    assert closed.response.content == say("error-not-set-up")
    await prove(world, cast)
    assert await told(world, cast, "smallest-team") == []
    opened = await types(world, cast.olu, "group find")
    assert opened.response is not None
    assert say("find-title") in opened.response.content


def test_what_is_amiss_in_one_way_is_not_called_well_for_another() -> None:
    text = doctor_card(
        [Finding("smallest-team"), Finding("smallest-team", Health.BROKEN, "doctor-never-reached"), Finding("category")]
    ).text
    assert text.count(say("doctor-check-smallest-team")) == 1
    assert say("doctor-never-reached") in text
    assert say("doctor-check-category") in text


async def test_a_group_held_by_one_and_without_a_date_is_counted_and_not_named(world: World, cast: Cast) -> None:
    group = await world.app.desk.reads.one("SELECT id, name FROM peer_group")
    assert group is not None
    await types(world, cast.colin, "manage facilitator remove", group=group["id"], person=cast.gus.actor)
    assert await told(world, cast, "facilitators") == ["doctor-one-facilitator"]
    assert await told(world, cast, "dates") == []
    async with world.app.desk.transaction() as work:
        await work.all("UPDATE peer_group SET next_meeting_at = NULL")
    assert await told(world, cast, "dates") == ["doctor-no-date"]
    assert group["name"] not in doctor_card(await look(world, cast)).text


async def test_a_server_that_runs_out_of_channels_is_told(world: World, cast: Cast) -> None:
    guild = world.app.bot.get_guild(world.guild.id)
    assert guild is not None
    for _ in range(450 - len(guild.channels)):
        world.guild.create_text_channel("one-more")
    await world.env.settle()
    (finding,) = await of(world, cast, "places")
    assert (finding.health, finding.values) == (Health.WARNED, {"there": 450, "most": 500})


async def test_a_room_that_stays_is_told(world: World, cast: Cast) -> None:
    meeting = await world.app.desk.reads.one("SELECT id, starts_at, ends_at FROM meeting ORDER BY starts_at")
    assert meeting is not None
    await world.until(datetime.fromtimestamp(meeting["ends_at"], UTC) + MINUTE)
    room = await world.app.desk.reads.one("SELECT channel_id FROM room")
    assert room is not None
    world.env.inject_error(
        "DELETE", f"/channels/{room['channel_id']}", status=403, code=50013, message="no", times=None
    )
    await world.pass_time(DAY + HOUR / 2)
    assert await told(world, cast, "deletions") == []
    await world.pass_time(HOUR)
    assert await told(world, cast, "deletions") == ["doctor-room-stays"]


async def test_work_that_waits_and_work_that_was_refused_are_told(world: World, cast: Cast) -> None:
    async with world.app.desk.transaction(quiet=True) as work:
        await work.enqueue(Intent("late", "post", Lane.COSMETIC, world.guild.id, {"channel": 1, "card": "x"}))
    await world.env.advance_time((2 * MINUTE).total_seconds() + 2)
    assert await told(world, cast, "work") == ["doctor-work-late"]
    async with world.app.desk.transaction(quiet=True) as work:
        await work.all(
            "UPDATE intent SET state = 'failed', ended_at = :now WHERE key = 'late'", now=int(world.now.timestamp())
        )
    assert await told(world, cast, "work") == ["doctor-work-failed"]
    await world.env.advance_time(DAY.total_seconds() + 2)
    assert await told(world, cast, "work") == []


async def test_housekeeping_that_does_not_run_is_told(world: World, cast: Cast) -> None:
    assert await told(world, cast, "housekeeping") == ["doctor-housekeeping-never"]
    await world.app.privacy.housekeeping()
    assert await told(world, cast, "housekeeping") == []
    await world.env.advance_time((26 * HOUR + MINUTE).total_seconds())
    assert await told(world, cast, "housekeeping") == ["doctor-housekeeping-late"]


async def test_the_clock_of_the_machine_is_held_beside_discords(world: World, cast: Cast) -> None:
    actor = Actor(cast.dana.actor.id, world.guild.id)
    found = await world.app.doctor.look(actor, world.now - 2 * CLOCK_WRONG)
    assert found[-1] == Finding("clock", Health.BROKEN, "doctor-clock", {"seconds": 120})
    shown = await types(world, cast.amira, "doctor")
    assert shown.response is not None
    assert shown.response.content.endswith("the clock of my machine.")


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_is_odd_after_seconds_and_wrong_after_a_minute(sign: int) -> None:
    apart = {
        CLOCK_ODD: Health.WELL,
        CLOCK_ODD + timedelta(seconds=1): Health.WARNED,
        CLOCK_WRONG: Health.WARNED,
        CLOCK_WRONG + timedelta(seconds=1): Health.BROKEN,
    }
    assert {by: clock_beside(NOON, NOON + sign * by).health for by in apart} == apart


def test_a_disk_warns_before_there_is_no_room_for_a_backup() -> None:
    assert [room_on_disk(free).health for free in (LITTLE_ROOM, LITTLE_ROOM - 1, TOO_LITTLE_ROOM - 1)] == [
        Health.WELL,
        Health.WARNED,
        Health.BROKEN,
    ]


def test_a_backup_is_missed_once_the_night_is_long_over() -> None:
    assert backup_age(None, NOON).text == "doctor-backup-none"
    ages = {1: Health.WELL, 27: Health.WELL, 28: Health.BROKEN}
    assert {age: backup_age(Backup(NOON - age * HOUR, Path()), NOON).health for age in ages} == ages


@pytest.mark.parametrize(
    ("busy", "quiet"),
    [
        ([], 0),
        ([(-30, -5)], 0),
        ([(60, 90)], 0),
        ([(59, 90)], 90),
        ([(-5, 20), (70, 100), (100, 160)], 160),
        ([(10, 200), (20, 40), (260, 300)], 200),
    ],
)
def test_a_quiet_hour_is_the_first_in_which_nothing_is_under_way(busy: list[tuple[int, int]], quiet: int) -> None:
    spans = [(NOON + since * MINUTE, NOON + until * MINUTE) for since, until in busy]
    assert quiet_from(spans, NOON) == NOON + quiet * MINUTE


async def test_a_quiet_hour_is_looked_for_around_the_meetings_of_all_groups(world: World, cast: Cast) -> None:
    meeting = await world.app.desk.reads.one("SELECT starts_at, ends_at FROM meeting ORDER BY starts_at")
    assert meeting is not None
    assert (await of(world, cast, "update"))[0].text == "doctor-quiet-now"
    starts, ends = (datetime.fromtimestamp(meeting[name], UTC) for name in ("starts_at", "ends_at"))
    await world.until(starts - 20 * MINUTE)
    (finding,) = await of(world, cast, "update")
    assert (finding.text, finding.values) == ("doctor-quiet-later", {"at": moment(ends + 10 * MINUTE)})
    await world.until(ends + 10 * MINUTE)
    assert (await of(world, cast, "update"))[0].text == "doctor-quiet-now"


async def test_what_is_broken_comes_first_and_everything_fits() -> None:
    many = [Finding("alerts"), *[Finding("channels", Health.BROKEN, "doctor-channel-gone", {"which": "x" * 90})] * 40]
    text = doctor_card(many).text
    assert len(text) <= 2000
    assert text.splitlines()[1].startswith("**Broken")
    assert text.splitlines()[-2].startswith("And ")
    assert text.splitlines()[-1] == "Well: alerts outside Discord."


async def test_only_lead_and_administrator_read_it(world: World, cast: Cast) -> None:
    assert await look(world, cast)
    for person in (cast.mo, cast.ed, cast.colin, cast.olu):
        with pytest.raises(NotAllowed):
            await world.app.doctor.look(Actor(person.actor.id, world.guild.id), world.now)


async def test_a_server_without_a_country_and_a_contact_outside_is_told(world: World, cast: Cast) -> None:
    assert await told(world, cast, "answers") == ["doctor-no-outside"]
    async with world.app.desk.transaction() as work:
        await work.all("UPDATE server SET country = '*', outside_contact = 'The Listening Post'")
    assert await told(world, cast, "answers") == ["doctor-no-country"]


async def test_rooms_that_everybody_reads_are_broken(world: World, cast: Cast) -> None:
    assert await told(world, cast, "readers") == []
    everybody = EVERYONE | discord.Permissions(administrator=True).value
    world.env.backend.edit_role(world.guild.id, world.guild.id, {"permissions": everybody})
    await world.env.settle()
    (finding,) = await of(world, cast, "readers")
    assert (finding.health, finding.text) == (Health.BROKEN, "doctor-readers-everybody")


async def test_a_bot_that_reads_every_room_is_named(world: World, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    role = world.guild.create_role("Logger", permissions=discord.Permissions(administrator=True))
    await world.env.settle()
    tags = SimpleNamespace(bot_id=4)  # SimCord sends no tags; Discord does, of every bot's own role.
    real = discord.Guild.get_role

    def of_role(guild: discord.Guild) -> list[discord.Role]:
        found = real(guild, role.id)
        assert found is not None
        found.tags = tags  # pyright: ignore[reportAttributeAccessIssue] - only its bot is asked for
        return [found]

    monkeypatch.setattr(discord.Guild, "roles", property(of_role))
    (finding,) = await of(world, cast, "readers")
    assert (finding.health, finding.values) == (Health.WARNED, {"bots": "Logger"})


async def test_whoever_is_called_each_minute_notices(world: World, cast: Cast) -> None:
    assert await told(world, cast, "watched") == ["doctor-unwatched"]
    checks = HostChecks(world.app.desk, world.app._database, world.app.meetings.quiet_from, None, watched=True)
    server = await world.app.servers.load(world.app.desk.reads, world.guild.id)
    assert [each.health for each in await checks.watched(server)] == [Health.WELL]
