"""A server in which there is one of each thing that a button, a menu or a form of escalation can name."""

from collections.abc import Sequence
from datetime import timedelta

import simcord

from peerbot.demo.cast import Cast, found
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.database import Row
from peerbot.escalation.raising.service import About, Pressed
from peerbot.escalation.rota.weekly_shifts import TypedWeekly
from peerbot.escalation.rules import Level
from peerbot.escalation.store import Concern
from peerbot.meetings.facilitating.holding import Where
from peerbot.servers.service import Answers
from peerbot.signup.groups import store as group_store
from peerbot.signup.service import NewGroup

TABLES = (
    "concern", "sign_off", "look_in", "alias_block", "rota_cover", "rota_off", "rota_weekly", "rota_gap", "rota_swap",
    "test_page", "page", "meeting", "peer_group", "series",
)  # fmt: skip


class Everything:
    """The server, and who has no part in what there is."""

    def __init__(self, world: World, cast: Cast) -> None:
        """Take the people of the story; nothing is there yet."""
        self.world = world
        self.cast = cast
        self.escalation = world.app.escalation
        self.riverside = world.env.create_guild("Riverside")
        """Another server that uses the bot, led by Lou."""
        self.lou: simcord.MemberActor
        self.riversides = set[str]()
        """The ids of its concerns."""

    def by(self, key: str, server_id: int | None = None) -> Actor:
        return Actor(self.world.person(key).actor.id, server_id or self.world.guild.id, manages_server=key == "amira")

    async def raised(self, key: str, about: str | None, level: Level = Level.URGENT) -> Concern:
        subject = self.world.person(about).actor.id if about else None
        form = About(level, "conduct", subject, "words", hides_name=False)
        return await self.escalation.raising.raise_(self.by(key), form, Pressed(f"token-{key}-{about}"))

    async def people(self) -> None:
        """Let Nell and Hal have a group of their own, and May and Gus no part any more."""
        app, world = self.world.app, self.world
        for name in ("Nell", "Hal", "May"):
            world.add(name.lower(), name, "member")
        other = await app.signup.create(self.by("colin"), NewGroup("Another", "People", "text", "5", "English"))
        await app.signup.add_facilitator(self.by("colin"), other.id, self.by("hal").user_id, is_bot=False)
        await app.signup.joining.join(self.by("nell"), other.id, agreed=True, may_remind=False)
        await app.servers.add_to_team(self.by("amira"), self.by("may").user_id, "moderator")
        await app.team.remove(self.by("amira"), self.by("may").user_id, "moderator", sure=True)
        group = await app.desk.reads.one("SELECT group_id FROM series")
        assert group is not None
        async with app.desk.transaction() as work:
            await group_store.remove_facilitator(work, group["group_id"], self.by("gus").user_id)

    async def rota(self) -> None:
        """Let there be a weekly shift, covers, somebody away, gaps and a swap that is asked for."""
        rostering, now, mo = self.escalation.rostering, self.world.now, self.by("mo")
        weekly = TypedWeekly("Monday", "09:00-17:00", (mo.user_id,))
        await self.escalation.weekly_shifts.add(self.by("dana"), weekly)
        for days, key in ((3, "mo"), (4, "ed"), (6, "mo")):
            await rostering.cover(self.by("dana"), self.by(key).user_id, now + timedelta(days=days), 2)
        slots, _ = await self.escalation.swapping.choices(mo, mo.user_id)
        theirs, _ = await self.escalation.swapping.choices(mo, self.by("ed").user_id)
        mine = next(slot for slot in slots if slot.span.starts_at > now)
        await self.escalation.swapping.ask(mo, mine.key, theirs[0].key, self.by("ed").user_id)
        await rostering.off(
            mo, f"{now + timedelta(days=7):%Y-%m-%d %H:%M}", f"{now + timedelta(days=5):%Y-%m-%d %H:%M}"
        )
        await self.escalation.proving.test(self.by("dana"), everybody=True)

    async def concerns(self) -> None:
        """Let a practice be over, and concerns be open, handed over, asked to be closed, looked into, and closed."""
        escalation, dana = self.escalation, self.by("dana")
        await escalation.drilling.start(dana)
        await self.world.tick()
        about = await self.raised("olu", "ana")
        await self.world.tick()
        await escalation.limits.block(dana, about.id)
        await escalation.handling.look_after(dana, about.id)
        await escalation.closings.close(dana, about.id, "spoke_with")
        await escalation.hand_overs.ask(dana, about.id, self.by("mo").user_id)
        own = await escalation.raising.ask(self.by("ben"), self.world.guild.id, Level.URGENT, Pressed("own"))
        await escalation.handling.look_after(dana, own.id)
        await escalation.aftercare.want_note(self.by("ben"), own.id, wants=True)
        room = await escalation.raising.from_room(self.by("fay"), Where(), Pressed("room"))
        await escalation.look_ins.ask(dana, room.id, 15)
        asked = await self.world.app.desk.reads.one("SELECT id FROM sign_off WHERE concern_id = :id", id=room.id)
        assert asked is not None
        await escalation.sign_offs.answer(self.by("ed"), asked["id"], agrees=True)
        over = await self.raised("finn", "ana")
        for key in ("dana", "ed"):
            await escalation.closings.close(self.by(key), over.id, "spoke_with")
        await escalation.postvention.begin(dana, self.by("cho").user_id)
        await self.world.tick()

    async def elsewhere(self) -> None:
        """Let another server have a lead, a concern, and one of its team on duty."""
        lou, there = self.world.add("lou", "Lou", "member"), self.riverside.id
        self.lou = self.riverside.add_member(lou.actor.user)
        boss = Actor(1, there, manages_server=True)
        await self.world.app.servers.set_up(boss, Answers("GB", self.lou.id, 5, "choose", "Europe/London"))
        asked = await self.escalation.raising.ask(Actor(77, there), there, Level.URGENT, Pressed("there"))
        self.riversides = {asked.id}
        await self.escalation.rostering.cover(self.by("lou", there), self.lou.id, self.world.now, 2)

    async def rows(self, table: str) -> Sequence[Row]:
        return await self.world.app.desk.reads.all(f"SELECT * FROM {table}")  # noqa: S608 - a table's name

    async def ids(self) -> dict[str, list[str]]:
        """Return every id there is here, by table."""
        rows = {table: await self.rows(table) for table in TABLES}
        there = self.riverside.id
        return {table: [str(row["id"]) for row in each if row["server_id"] != there] for table, each in rows.items()}

    async def kept(self) -> dict[str, list[str]]:
        """Return every row of every table."""
        reads = self.world.app.desk.reads
        names = await reads.all("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = {row["name"]: await reads.all(f"SELECT * FROM {row['name']}") for row in names}  # noqa: S608 - as above
        return {name: sorted(repr(tuple(row.values())) for row in found) for name, found in rows.items()}


async def everything(world: World) -> Everything:
    """Return a server in whose evening everything is there."""
    there = Everything(world, await found(world, members=3))
    await there.people()
    await world.until(world.now.replace(hour=19, minute=16))
    meeting = await world.app.desk.reads.one("SELECT id FROM meeting ORDER BY starts_at LIMIT 1")
    assert meeting is not None
    await world.app.meetings.facilitator_here(there.by("fay"), meeting["id"], reduced=True)
    await world.until(world.now.replace(hour=19, minute=31))
    await there.rota()
    await there.concerns()
    await there.elsewhere()
    await world.tick()
    return there
