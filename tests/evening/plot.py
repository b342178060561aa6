"""A short evening that can be cut off anywhere: whoever gets no answer does again what they did."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from peerbot.demo.acts import closes, presses, types
from peerbot.demo.cast import Cast, found, join
from peerbot.demo.crash import Killed
from peerbot.demo.driver import Person, Place
from peerbot.demo.promises import fragments
from peerbot.demo.world import World
from peerbot.engine.texts import say
from peerbot.gateway import custom_ids

START = datetime(2026, 12, 1, 19, 30, tzinfo=UTC)
MODERATORS = "peerbot-moderators"
ONCE_IN_THE_ROOM = ("room-lobby", "reminder-opening", "reminder-mid", "reminder-closing", "room-locked")
PAGES = ("staff-page", "staff-page-again")


class Evening:
    """One evening of a group of three, with two people who need somebody, one of them with closed messages."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cast: Cast
        self.crashes = 0

    async def prepare(self) -> None:
        """Everything before the evening: not cut off."""
        self.cast = await found(self.world, members=3)
        await self.world.until(START - timedelta(minutes=31))
        self.world.close_dms(self.cast.members[1])

    async def play(self) -> None:
        """The evening, to the day after the next."""
        world, cast = self.world, self.cast
        ana, ben, cho, dev = cast.members[:4]
        await self.act(lambda: world.until(START - timedelta(minutes=14)))
        await self.act(lambda: presses(world, cast.fay, say("room-facilitator-here"), self._room(cast.fay)))
        await self.act(lambda: world.until(START + timedelta(minutes=1)))
        await self.act(lambda: self._ask(ana))
        await self.act(lambda: world.pass_time(timedelta(minutes=6)))
        await self.act(lambda: presses(world, cast.dana, say("staff-take"), world.places(cast.dana)[-1]))
        await self.act(lambda: world.pass_time(timedelta(minutes=1)))
        await self.act(lambda: presses(world, cast.dana, say("staff-with"), world.places(cast.dana)[-1]))
        await self.act(lambda: self._ask(ben))
        await self.act(lambda: world.pass_time(timedelta(seconds=10)))
        await self.act(lambda: presses(world, cast.mo, say("staff-take"), world.place(cast.mo, MODERATORS)))
        await self.act(lambda: world.pass_time(timedelta(minutes=1)))
        await self.act(lambda: presses(world, cast.mo, say("staff-with"), world.place(cast.mo, MODERATORS)))
        await self.act(lambda: self._join(dev))
        await self.act(lambda: self._leave(cho))
        await self.act(lambda: world.until(START + timedelta(minutes=101)))
        await self.act(lambda: self._close(2))
        await self.act(lambda: world.until(START + timedelta(hours=26)))
        # One concern is still open, so its room waits for two people to answer, and goes a day later.
        await self.act(lambda: world.pass_time(timedelta(hours=26)))

    async def act(self, act: Callable[[], Awaitable[object]]) -> None:
        """Do something; if the machine dies meanwhile, start a new process and do it again."""
        try:
            await act()
        except (Exception, Killed):
            if not self.world.guillotine.dead:
                raise
        if self.world.guillotine.dead:
            await self.world.rise()
            await act()

    def _room(self, person: Person) -> Place:
        return self.world.rooms(person)[0]

    async def _ask(self, person: Person) -> None:
        await types(self.world, person, "help-now")
        await presses(self.world, person, say("ask-now"))

    async def _join(self, person: Person) -> None:
        panel = await types(self.world, person, "group mine")
        if panel.response is None or say("standing-seated") not in panel.response.content:
            await join(self.world, person)

    async def _leave(self, person: Person) -> None:
        panel = await types(self.world, person, "group mine")
        if panel.response is not None and say("standing-seated") in panel.response.content:
            await presses(self.world, person, say("group-leave"))

    async def _close(self, number: int) -> None:
        for person in (self.cast.mo, self.cast.dana):
            shown = await types(self.world, person, "escalation show", number=number)
            if shown.response is not None and shown.response.components:
                await closes(self.world, person)


def _says(content: str, text: str) -> bool:
    return all(part in content for part in fragments(text))


async def assert_nothing_lost_or_said_twice(evening: Evening) -> None:
    """Hold the evening against what was promised, from all that the world ever took from the bot."""
    world = evening.world
    posts = [made for made in world.guillotine.made if made.call == "POST /channels/…/messages"]

    # Every message that was meant exists exactly once; a page at least once.
    nonces = Counter(_nonce(post.sent) for post in posts)
    contents = {_nonce(post.sent): str(post.sent["content"]) for post in posts}
    for nonce, times in nonces.items():
        assert times == 1 or any(_says(contents[nonce], page) for page in PAGES), contents[nonce]
    said = Counter(text for post in posts for text in ONCE_IN_THE_ROOM if _says(str(post.sent["content"]), text))
    assert said == dict.fromkeys(ONCE_IN_THE_ROOM, 1)
    meant = await world.app.desk.reads.all("SELECT key, kind, nonce, state, reason FROM intent")
    for intent in meant:
        assert intent["state"] not in {"waiting", "sending"}, intent["key"]
        if intent["kind"] in {"post", "dm"} and intent["state"] == "done":
            assert nonces[intent["nonce"]] >= 1, intent["key"]

    # No room is orphaned or made twice, and every deletion happens.
    made = Counter(m.answer["name"] for m in world.guillotine.made if m.call == "POST /guilds/…/channels")
    assert set(made.values()) == {1}
    left = {channel.name for channel in world.env.backend.channels.values() if channel.name is not None}
    assert left == {"lounge", "Meeting rooms", "peerbot-moderators", "peerbot-facilitators"}

    # Both who asked were heard: a page went out, somebody took it, and they were told so once.
    to_ana = [post for post in posts if world.people[7].actor.user.dm_channel.id == int(post.answer["channel_id"])]
    assert sum(_says(str(post.sent["content"]), "state-taken") for post in to_ana) == 1
    told_ben = [post for post in posts if evening.cast.members[1].actor.mention in str(post.sent["content"])]
    assert sum(_says(str(post.sent["content"]), "state-taken") for post in told_ben) == 1
    assert sum(_says(str(post.sent["content"]), "staff-page") for post in posts) >= 2
    concerns = await world.app.desk.reads.all(
        "SELECT number, state, raiser_id, note, token FROM concern ORDER BY number"
    )
    assert [(c["number"], c["state"]) for c in concerns] == [(1, "in_hand"), (2, "closed")]
    assert (concerns[1]["raiser_id"], concerns[1]["note"], concerns[1]["token"]) == (None, None, None)


def _nonce(sent: Mapping[str, Any]) -> str:
    for row in sent.get("components") or ():
        for item in row["components"]:
            parsed = custom_ids.parse(item["custom_id"])
            if parsed is not None and parsed.nonce:
                return parsed.nonce
    raise AssertionError(sent)
