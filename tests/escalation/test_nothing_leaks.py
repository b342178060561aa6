"""Marked words and people go into every field there is; then all that ever left the process is searched for them."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from itertools import chain

import pytest

from peerbot.demo.acts import closes, fills, presses, types
from peerbot.demo.cast import ABOUT, GROUP, Cast, found, join
from peerbot.demo.driver import Person
from peerbot.demo.promises import says
from peerbot.demo.world import World
from peerbot.engine.actor import Actor
from peerbot.engine.texts import say
from peerbot.ops.logging import set_up
from tests.escalation.phones import phone
from tests.ops.stand_ins import log_put_back

NOTE, DIRECT, SAID = "wistful-mark in a note", "plaintive-mark in a message", "doleful-mark in a room"
NAMES = ("Quillon-mark", "Vexley-mark")
MODERATORS = "peerbot-moderators"


class Evening:
    """One evening on which everything happens that escalation can do."""

    def __init__(self, world: World, cast: Cast) -> None:
        self.world = world
        self.cast = cast
        self.quillon: Person
        self.vexley: Person
        self.numbers: list[int] = []
        self.phone = phone(world, cast.ed)
        self.intents: list[str] = []
        """Everything that was ever meant to happen, as it was kept."""

    async def live(self) -> None:
        """Quillon needs somebody and raises a concern about Vexley; neither takes direct messages in the end."""
        world, cast = self.world, self.cast
        self.quillon, self.vexley = (world.add(name.lower(), name, "member") for name in NAMES)
        for person in (self.quillon, self.vexley):
            await join(world, person)
        await world.until(world.now.replace(hour=19, minute=16))
        await presses(world, cast.fay, say("room-facilitator-here"), world.rooms(cast.fay)[0])
        await world.until(world.now.replace(hour=19, minute=31))
        room = world.rooms(self.quillon)[0]
        await self.quillon.actor.send_dm(DIRECT)
        said = await self.vexley.actor.send(room.handle, SAID)
        await presses(world, self.quillon, say("reminder-tell"), room)
        await presses(world, self.quillon, say("help-now"), room)
        await presses(world, self.quillon, say("ask-now"), room)
        form = await self.quillon.actor.context_menu(room.handle, say("cmd-concern-message"), said)
        values = {"level": "urgent", "category": ["threat"], "note": NOTE, "hide": ["yes"]}
        await fills(world, self.quillon, form, values, room)
        world.close_dms(self.quillon)
        world.close_dms(cast.mo)
        await world.pass_time(timedelta(minutes=40))
        await self.note_intents()
        rows = await world.app.desk.reads.all("SELECT number FROM concern ORDER BY number")
        self.numbers = [row["number"] for row in rows]
        for number in self.numbers:
            shown = await types(world, cast.dana, "escalation show", number=number)
            assert shown.response is not None
            assert (NOTE.replace("-", "\\-") in shown.response.content) is (number == self.numbers[1])
            await presses(world, cast.dana, say("staff-take"))
            await presses(world, cast.dana, say("staff-with"))
            await types(world, cast.mo, "escalation show", number=number)
            await closes(world, cast.mo)
            await types(world, cast.dana, "escalation show", number=number)
            await closes(world, cast.dana)
            await self.note_intents()
        await world.pass_time(timedelta(hours=26))
        await self.note_intents()

    async def note_intents(self) -> None:
        kept = await self.world.app.desk.reads.all("SELECT key, kind, stream, reason, data FROM intent")
        self.intents += [repr(list(row.values())) for row in kept]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """The log as the program writes it, everything it would write at any level included."""
    stream = StringIO()
    with log_put_back():
        yield stream


@pytest.fixture
async def evening(world: World, log: StringIO) -> Evening:
    set_up(bytes(32), world.clock, level="debug", style="json", stream=log)
    evening = Evening(world, await found(world, members=0))
    await evening.live()
    return evening


def public(evening: Evening) -> list[tuple[str, str]]:
    """Return (call, all that was sent with it) of everything but private answers: those only one person sees."""
    sent = [
        (f"{request.method} {request.path}", repr((request.params, request.json, request.reason)))
        for request in evening.world.env.http_requests
    ]
    return [(call, what) for call, what in sent if not re.match(r"\w+ /(interactions|webhooks)/", call)]


async def test_nothing_identifying_leaves_the_process(evening: Evening, log: StringIO) -> None:
    world = evening.world
    sent = public(evening)
    assert len(sent) > 40
    raiser, subject = str(evening.quillon.actor.id), str(evening.vexley.actor.id)
    rooms = {made.answer["id"]: repr(made.sent) for made in world.guillotine.made if "/guilds/" in made.call}
    (meeting,) = (room for room, made in rooms.items() if subject in made)
    own = {room for room, made in rooms.items() if raiser in made}
    assert len(own) == 3

    # What people wrote, and what they are called, is in no message, no name, no reason and no log.
    for mark in (*NAMES, NOTE, "wistful", DIRECT, SAID):
        assert not [call for call, what in sent if mark in call + what], mark
        assert mark not in log.getvalue()
    # What the group is called is read in its own room alone.
    for mark in (GROUP, ABOUT):
        assert not [call for call, what in sent if mark in call + what and meeting not in call], mark
        assert mark not in log.getvalue()
    # The raiser is named in what they alone, or they and a few of the team, can read.
    # Discord itself is asked whether they are on the server still, before their own group's room is made.
    asked = rf"GET /guilds/\d+/members/{raiser}$"
    allowed = re.compile(
        rf"{asked}|POST /users/@me/channels|POST /guilds/\d+/channels|\w+ /channels/({'|'.join(own)})/"
    )
    assert not [call for call, what in sent if raiser in call + what and not allowed.match(call)]
    # The person it is about is named when their group's room is made and they are reminded of it, and never again.
    # Discord itself is asked what they see, before anything is put where they must not see it.
    named = [re.sub(r"\d+", "1", call) for call, what in sent if subject in call + what and meeting not in call]
    told = [call for call in named if call != "GET /guilds/1/members/1"]
    assert told == ["POST /users/@me/channels", "POST /guilds/1/channels"]
    assert len(told) < len(named)
    assert [says(message, "meeting-remind") for message in world.dms(evening.vexley)] == [True]
    # Ids stand in the log as keyed hashes, if at all.
    assert not [person.name for person in world.people if str(person.actor.id) in log.getvalue()]

    # Nothing hides in an embed, a button or the name of a channel either.
    posts = [made for made in world.guillotine.made if made.call == "POST /channels/…/messages"]
    assert not [post for post in posts if post.sent.get("embeds")]
    buttons = chain.from_iterable(row["components"] for post in posts for row in post.sent.get("components") or ())
    custom_ids = " ".join(button["custom_id"] for button in buttons)
    assert not [person.name for person in world.people if str(person.actor.id) in custom_ids]
    channels = [made.sent for made in world.guillotine.made if made.answer.get("id") in own]
    assert all(re.fullmatch(r"room-[0-9a-f]{6}", made["name"]) and not made.get("topic") for made in channels)


async def test_each_reads_of_a_concern_what_is_theirs_to_read(evening: Evening) -> None:
    world, cast = evening.world, evening.cast
    place = world.place(cast.mo, MODERATORS)
    assert place is not None
    pages = [
        m.content
        for m in world.reads(cast.mo, place)
        if says(m, "staff-page-press") and f"concern {evening.numbers[1]}" in m.content
    ]
    page = re.compile(
        r"(<@\d+> ?)+\n\*\*Urgent: concern \d{6}\*\*\nRaised <t:\d+:R>\.\nRoom: room-\w+\n"
        r"(\*\*Nobody has answered this yet\.\*\*\n)?Press \*\*I've got it\*\* if you can look after this now\."
    )
    assert len(pages) > 2
    assert all(page.fullmatch(text) for text in pages), pages
    for person in (*cast.members, *cast.outside, evening.vexley, cast.colin):
        for where in world.places(person):
            for message in world.reads(person, where):
                assert "concern" not in message.content.lower() or where.label == "peerbot-facilitators"
                assert not says(message, "receipt-title")


NAMES_OF_CHANNELS = re.compile(r"Meeting rooms|room-[0-9a-f]{6}|peerbot(-\w+)*")
REASONS = {None, "meeting over"}


def fields(value: object) -> Iterator[tuple[str, object]]:
    """Return (name, value) of every field of what was sent, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name), inner
            yield from fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner)


async def test_no_topic_nickname_thread_or_reason_of_the_audit_log_says_anything(evening: Evening) -> None:
    requests = evening.world.env.http_requests
    assert {request.reason for request in requests} == REASONS
    assert not [request for request in requests if "/threads" in request.path or "/nick" in request.path]
    for request in requests:
        if "/interactions/" in request.path or "/webhooks/" in request.path or "/commands" in request.path:
            continue  # Private answers, and the commands themselves.
        for name, value in fields(request.json):
            assert name not in {"topic", "nick", "thread_name", "auto_archive_duration"} or not value, request
        if re.fullmatch(r"POST /guilds/\d+/channels|PATCH /channels/\d+", f"{request.method} {request.path}"):
            name = (request.json or {}).get("name")
            assert name is None or NAMES_OF_CHANNELS.fullmatch(name), name


async def test_an_alert_says_how_urgent_it_is_a_number_and_a_room(evening: Evening) -> None:
    alert = re.compile(
        r"Urgent: concern \d+\. Please look at Discord now\.(\nRoom: room-[0-9a-f]{6})?(\nThis may be a repeat\.)?"
    )
    assert len(evening.phone.alerts) > 2
    assert [text for text in evening.phone.alerts if not alert.fullmatch(text)] == []


async def test_what_is_meant_to_happen_names_nobody_but_whom_it_is_sent_to(evening: Evening) -> None:
    assert len(evening.intents) > 60
    for mark in (*NAMES, NOTE, "wistful", DIRECT, SAID, GROUP, ABOUT):
        assert not [one for one in evening.intents if mark in one], mark
    subject = str(evening.vexley.actor.id)
    named = {one for one in evening.intents if subject in one and "meeting" not in one and "reminder" not in one}
    assert not named


async def test_a_calendar_file_names_no_people_and_nothing_of_a_concern(evening: Evening) -> None:
    world, here = evening.world, evening.world.guild.id
    marks = (*NAMES, NOTE, "wistful", ABOUT, *(person.name for person in world.people))
    ids = [str(person.actor.id) for person in world.people]
    found = 0
    for reader in (evening.quillon, evening.vexley, evening.cast.fay):
        file = await world.app.meetings.calendar_for(Actor(reader.actor.id, here))
        assert file is not None
        found += file.count(b"BEGIN:VEVENT")
        assert not [mark for mark in (*marks, *ids, "oncern") if mark.encode() in file]
    assert found
    # Nor does what anybody reads of what is kept of them.
    for reader in (evening.vexley, evening.cast.fay):
        shown = await types(world, reader, "my-data show")
        assert shown.response is not None
        told = repr((shown.response.content, shown.response.components, shown.response.embeds))
        assert not [mark for mark in (*NAMES, NOTE, "wistful") if mark in told]
        others = [one for one in world.people if one is not reader and str(one.actor.id) in told]
        assert not others
