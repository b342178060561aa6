"""How each kind of intent is brought about on Discord, and how it is found again after a doubtful end."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, Protocol

import discord
from discord.http import Route, handle_message_parameters

from peerbot.engine import silence
from peerbot.engine.clock import Clock
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Absent, Delivered, NotWanted
from peerbot.engine.outbox import Lane, Leased
from peerbot.engine.places import AccessMaker, CardMaker, May, Place, PlaceMaker
from peerbot.gateway import access, custom_ids, draw
from peerbot.gateway.messages import DeleteMessage, Unname
from peerbot.gateway.outcomes import NotThere, SeenAnyway
from peerbot.gateway.people import still_there, there_since
from peerbot.gateway.sender import Carrier
from peerbot.gateway.sight import CheckSight, sees_everything, would_show

_MOST_LOOKED_AT: Final = 300
_GRACE: Final = timedelta(minutes=2)
"""Discord's clock and ours need not agree."""
_UNKNOWN_CHANNEL: Final = 10003
_ASKED_FOR: Final = frozenset({Lane.REMINDER, Lane.COSMETIC})
"""The lanes of direct messages that go only to people who allowed them."""


class Closed(Protocol):
    """Whether Discord is known to refuse our direct messages to somebody: what *signup* keeps."""

    async def __call__(self, reads: Reads, server_id: int, user_id: int) -> bool:
        """Return whether it refused one, and the person has not said yes again since."""
        ...


class HiddenFrom(Protocol):
    """From whom a message in a channel must be hidden: what *escalation* knows."""

    async def __call__(self, reads: Reads, data: Mapping[str, Any]) -> Collection[int]:
        """Return the people who may find nothing of it, by the data of its intent."""
        ...


async def _from_nobody(reads: Reads, data: Mapping[str, Any]) -> Collection[int]:
    _ = reads, data
    return ()


async def _open(reads: Reads, server_id: int, user_id: int) -> bool:
    _ = reads, server_id, user_id
    return False


class Makers:
    """What the pillars make at the moment of sending, by name; and to whom no message gets through."""

    def __init__(self) -> None:
        """Start empty; composition fills it."""
        self.cards: dict[str, CardMaker] = {}
        self.places: dict[str, PlaceMaker] = {}
        self.access: dict[str, AccessMaker] = {}
        self.closed: Closed = _open
        self.hidden_from: HiddenFrom = _from_nobody


class Post:
    """`post`: a message in a channel. Data: `channel`, `card` and whatever the card needs."""

    safe = False
    calls = 1
    alone = False
    """Whether one person alone sees it."""

    def __init__(self, client: discord.Client, makers: Makers, reads: Reads, clock: Clock) -> None:
        """Post as `client` what `makers` render from `reads`."""
        self._client = client
        self._makers = makers
        self._reads = reads
        self._clock = clock

    async def _place(self, intent: Leased) -> discord.abc.Messageable:
        return self._client.get_partial_messageable(int(intent.data["channel"]), guild_id=intent.server_id)

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Render and send. The nonce lets Discord drop a repeat for some minutes.

        In the concern lane a repeat says that it may be one, and has a nonce of its own, so that it is never dropped.
        """
        marked = intent.repeat and intent.lane is Lane.CONCERN
        data = {**intent.data, "repeat": marked}
        card = await self._makers.cards[intent.data["card"]](self._reads, data, self._clock.now())
        if card is None:
            return NotWanted()
        if "channel" in intent.data and intent.server_id is not None:
            hidden = await self._makers.hidden_from(self._reads, intent.data)
            if hidden and await would_show(self._client, intent.server_id, int(intent.data["channel"]), hidden):
                raise SeenAnyway
        await self._for_somebody(intent)
        if intent.lane is not Lane.CONCERN:
            # Nobody is called whose account is silenced: not by name alone either, as far as a mention rings.
            silent = await silence.among(self._reads, intent.server_id, card.pings)
            card = replace(card, pings=tuple(person for person in card.pings if person not in silent))
        place = await self._place(intent)
        nonce = f"{intent.nonce}r{intent.attempts}" if marked else intent.nonce
        sent = await place.send(nonce=nonce, **draw.message(card, intent.nonce, alone=self.alone))
        return Delivered(sent.channel.id, sent.id, named=self._named(card.text))

    def _named(self, text: str) -> tuple[int, ...]:
        """Return whom a message names to others: in one that a person reads alone, nobody."""
        return () if self.alone else draw.named(text)

    async def _for_somebody(self, intent: Leased) -> None:
        """Refuse to write in a room for its `reader`, who is on the server no more and would never see it."""
        reader = intent.data.get("reader")
        if reader is not None and not await still_there(self._client, intent.server_id or 0, int(reader)):
            raise NotThere

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Look through what was written there from the last attempt on, for a button with its nonce."""
        place = await self._place(intent)
        since = (intent.tried_at or intent.created_at) - _GRACE
        # However much people wrote since, ours is near the beginning; if our clock is ahead, among the newest.
        after = place.history(limit=_MOST_LOOKED_AT, after=since, oldest_first=True)
        for messages in (after, place.history()):
            async for message in messages:
                if intent.nonce in _nonces(message):
                    return Delivered(message.channel.id, message.id, named=self._named(message.content))
        return Absent()


class DirectMessage(Post):
    """`dm`: a message to one person. Data: `user`, `card` and whatever the card needs.

    What people asked to be sent is not tried where another was refused while it waited. What somebody has to hear is:
    a page, news of a concern, what the team is asked.
    """

    calls = 2
    alone = True

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Render and send, unless it is known that it would not get through."""
        if intent.lane in _ASKED_FOR and intent.server_id is not None:
            user_id = int(intent.data["user"])
            if await self._makers.closed(self._reads, intent.server_id, user_id):
                return NotWanted()
        return await super().carry(intent)

    async def _place(self, intent: Leased) -> discord.abc.Messageable:
        return await self._client.create_dm(discord.Object(int(intent.data["user"])))


class PrivateAnswer(Post):
    """`answer`: change a private answer given earlier, by its token. Data: `token`, `card` …; for fifteen minutes."""

    safe = True
    alone = True

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Render and edit."""
        card = await self._makers.cards[intent.data["card"]](self._reads, intent.data, self._clock.now())
        application_id = self._client.application_id
        if card is None or application_id is None:
            return NotWanted()
        # By route, because `Webhook.edit_message` takes a message's id, which nobody knows: the answer was a callback.
        route = Route(
            "PATCH",
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            webhook_id=application_id,
            webhook_token=str(intent.data["token"]),
        )
        with handle_message_parameters(**draw.message(card, alone=self.alone)) as parameters:
            await self._client.http.request(route, json=parameters.payload)
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nothing to look for: changing it again does no harm."""
        _ = intent
        return Absent()


class MakePlace:
    """`place.make`: a channel. Data: `place` (the plan's name) and whatever the plan needs."""

    safe = False
    calls = 1

    def __init__(self, client: discord.Client, makers: Makers, reads: Reads, clock: Clock) -> None:
        """Make as `client` what `makers` plan from `reads`."""
        self._client = client
        self._makers = makers
        self._reads = reads
        self._clock = clock

    async def _plan(self, intent: Leased, *, look: bool) -> Place | None:
        # A plan that is no longer wanted may still have to be looked for: it may have been made before a crash.
        data = {**intent.data, "look": look}
        return await self._makers.places[intent.data["place"]](self._reads, data, self._clock.now())

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Make the channel with all its overwrites in one call; one more for each from whom it must be hidden.

        Those few belong to concerns, which may take more than the pace has.
        """
        place = await self._plan(intent, look=False)
        if place is None or intent.server_id is None:
            return NotWanted()
        for user_id in place.hidden_from:
            if await sees_everything(self._client, intent.server_id, user_id):
                raise SeenAnyway
        if place.reader is not None and not await still_there(self._client, intent.server_id, place.reader):
            raise NotThere
        made = await access.make(self._client, intent.server_id, place)
        return Delivered(made)

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Find a channel with the marker under the same parent; the lowest id wins and its doubles go.

        Unless its name was drawn at random, only what was made since the intent was: another is somebody else's.
        """
        place = await self._plan(intent, look=True)
        if place is None or intent.server_id is None:
            return Absent()
        since = None if place.drawn else intent.created_at - _GRACE
        found = await access.find(self._client, intent.server_id, place, since)
        for double in found[1:]:
            await self._client.http.delete_channel(double)
        return Delivered(found[0]) if found else Absent()


class AllowPerson:
    """`channel.person`: let one person into a channel, or out. Data: `channel`, `user`, `access` and its needs."""

    safe = True
    calls = 2

    def __init__(self, client: discord.Client, makers: Makers, reads: Reads, clock: Clock) -> None:
        """Change overwrites as `client`, to what `makers` then say."""
        self._client = client
        self._makers = makers
        self._reads = reads
        self._clock = clock

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Set or remove the person's overwrite: one call, to what is true now."""
        may = await self._makers.access[intent.data["access"]](self._reads, intent.data, self._clock.now())
        await access.allow(self._client, int(intent.data["channel"]), int(intent.data["user"]), may)
        if may is May.NOTHING and intent.server_id is not None:
            await access.disconnect(
                self._client, intent.server_id, int(intent.data["channel"]), int(intent.data["user"])
            )
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nothing to look for: setting it again does no harm."""
        _ = intent
        return Absent()


class AllowEveryone:
    """`channel.everyone`: let all who can see a channel write there, or stop them. Data: `channel`, `write`.

    With `pause` it stops for a while: whoever is in its voice stays there.
    """

    safe = True
    calls = 1

    def __init__(self, client: discord.Client) -> None:
        """Change overwrites as `client`."""
        self._client = client

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """One call on @everyone's overwrite in that channel; at the lock, one more for each person still in voice."""
        if intent.server_id is None:
            return NotWanted()
        channel_id, write = int(intent.data["channel"]), bool(intent.data["write"])
        await access.allow_everyone(self._client, channel_id, intent.server_id, write=write)
        if not write and not intent.data.get("pause"):
            await access.disconnect(self._client, intent.server_id, channel_id)
        return Delivered()

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nothing to look for: setting it again does no harm."""
        _ = intent
        return Absent()


class DeleteChannel:
    """`channel.delete`: delete a channel of ours. Data: `channel`, `name` (the marker it must carry)."""

    safe = True
    calls = 2

    def __init__(self, client: discord.Client) -> None:
        """Delete as `client`."""
        self._client = client

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """Look at the channel first, and delete it only if it is in our server and carries our marker.

        A channel that is gone is a promise kept. One that arrives as `___hidden___` is not ours to judge: no access,
        so the deletion stays due and is told as overdue.
        """
        channel_id = int(intent.data["channel"])
        try:
            seen = await self._client.http.get_channel(channel_id)
            if access.hidden(str(seen.get("name"))):
                raise access.NoAccess
            if seen.get("name") != intent.data["name"] or int(seen.get("guild_id") or 0) != intent.server_id:
                return NotWanted()
            await self._client.http.delete_channel(channel_id, reason="meeting over")
        except discord.NotFound as error:
            if error.code != _UNKNOWN_CHANNEL:
                raise
        return Delivered(channel_id)

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Nothing to look for: `carry` looks."""
        _ = intent
        return Absent()


class CheckMembers:
    """`members.check`: find out which of a few people have left a server. Data: `people`, at most `calls` of them.

    Who cannot be looked for in time counts as there: nobody loses a seat because Discord does not answer.
    """

    safe = True
    calls = 2

    def __init__(self, client: discord.Client) -> None:
        """Ask as `client`."""
        self._client = client

    async def carry(self, intent: Leased) -> Delivered | NotWanted:
        """One call for each; returns those who are gone, and since when the others are there."""
        return await self._gone(intent)

    async def look(self, intent: Leased) -> Delivered | Absent:
        """Looking is all it does, so it is simply done again."""
        return await self._gone(intent)

    async def _gone(self, intent: Leased) -> Delivered:
        server_id, people = intent.server_id or 0, [int(each) for each in intent.data["people"]]
        found = await asyncio.gather(*(there_since(self._client, server_id, each) for each in people))
        gone = tuple(each for each, (is_there, _) in zip(people, found, strict=True) if not is_there)
        joined = tuple((each, since) for each, (_, since) in zip(people, found, strict=True) if since is not None)
        return Delivered(people=gone, joined=joined)


def _nonces(message: discord.Message) -> set[str]:
    found: set[str] = set()
    for row in message.components:
        for item in row.children if isinstance(row, discord.ActionRow) else ():
            parsed = custom_ids.parse(item.custom_id or "")
            if parsed is not None:
                found.add(parsed.nonce)
    return found


def carriers(client: discord.Client, makers: Makers, reads: Reads, clock: Clock) -> dict[str, Carrier]:
    """Return the carrier of every kind of intent."""
    return {
        "post": Post(client, makers, reads, clock),
        "dm": DirectMessage(client, makers, reads, clock),
        "answer": PrivateAnswer(client, makers, reads, clock),
        "place.make": MakePlace(client, makers, reads, clock),
        "channel.person": AllowPerson(client, makers, reads, clock),
        "channel.everyone": AllowEveryone(client),
        "channel.delete": DeleteChannel(client),
        "message.delete": DeleteMessage(client),
        "message.unname": Unname(client),
        "members.check": CheckMembers(client),
        "sight.check": CheckSight(client),
    }
