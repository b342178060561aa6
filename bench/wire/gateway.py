"""The gateway: hello, identify, ready, heartbeats, events in order, and a session that can be taken up again."""

import asyncio
import json
import secrets
import zlib
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from aiohttp import WSCloseCode, WSMsgType, web

from bench.wire.faults import Faults
from bench.wire.interactions import Interactions
from bench.wire.rest import as_bot_reads
from bench.wire.world import DM, Json, World

HEARTBEAT_MS: Final = 41_250
MOST_REPLAYED: Final = 10_000
_DISPATCH, _BEAT, _IDENTIFY, _RESUME, _RECONNECT, _INVALID, _HELLO, _ACK = 0, 1, 2, 6, 7, 9, 10, 11
_GUILDS, _MODERATION, _VOICE, _MESSAGES, _DM_MESSAGES = 1 << 0, 1 << 2, 1 << 7, 1 << 9, 1 << 12
_BY_INTENT: Final = {
    "GUILD_BAN_ADD": _MODERATION,
    "VOICE_STATE_UPDATE": _VOICE,
    "GUILD_ROLE_CREATE": _GUILDS,
    "CHANNEL_CREATE": _GUILDS,
    "CHANNEL_UPDATE": _GUILDS,
    "CHANNEL_DELETE": _GUILDS,
    "GUILD_CREATE": _GUILDS,
    "GUILD_DELETE": _GUILDS,
}


class Session:
    """One session of the bot: what was sent in it, and the connection that carries it now, if any."""

    def __init__(self, intents: int) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.sequence = 0
        self.sent: deque[tuple[int, str]] = deque(maxlen=MOST_REPLAYED)
        self.connection: Connection | None = None


class Connection:
    """One websocket, written to by one task, in order."""

    def __init__(self, socket: web.WebSocketResponse, line: asyncio.BaseTransport | None, *, compressed: bool) -> None:
        self.socket = socket
        self._line = line
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._deflate = zlib.compressobj() if compressed else None
        self._writer = asyncio.create_task(self._write())

    def send(self, text: str) -> None:
        """Send this after all that was sent before."""
        self._queue.put_nowait(text)

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while True:
                text = await self._queue.get()
                if self._deflate is None:
                    await self.socket.send_str(text)
                else:
                    packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(packed)

    async def end(self) -> None:
        """Write no more."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)

    def cut(self) -> None:
        """Break the line without a word, as a network does."""
        if isinstance(self._line, asyncio.WriteTransport):
            self._line.abort()


class Gateway:
    """Every session of the bot. The world's changes go out through `emit`."""

    def __init__(self, world: World, interactions: Interactions, faults: Faults, base: Callable[[], str]) -> None:
        self._world = world
        self._interactions = interactions
        self._faults = faults
        self._base = base
        self._sessions: dict[str, Session] = {}
        self.began = asyncio.Event()
        """Set once a bot has begun a session."""
        self.identifies = 0
        self.resumes = 0
        self.refuse_resume = False
        """Answer the next RESUME with *invalid session*: Discord does after some minutes, or whenever it likes."""
        self.under_way = 0
        """Events that are late and still to come."""
        self.away = False
        """Take no connection: Discord is down."""
        world.emit = self.emit

    # --- events ---

    def emit(self, event: str, data: Json) -> None:
        """Send an event to every session that asked for its kind, as often and as late as `faults` say."""
        fault = self._faults.of_event(event)
        shown = self._as_bot_sees(event, data)
        for number in range(fault.copies):
            if late := fault.seconds + number * fault.gap:
                self.under_way += 1
                asyncio.get_running_loop().call_later(late, self._arrive, event, shown)
            else:
                self._dispatch(event, shown)

    def _arrive(self, event: str, data: Json) -> None:
        self.under_way -= 1
        self._dispatch(event, data)

    def _as_bot_sees(self, event: str, data: Json) -> Json:
        if event in {"CHANNEL_CREATE", "CHANNEL_UPDATE"}:
            return self._world.as_bot_sees(data)
        if event == "MESSAGE_CREATE":
            return {**as_bot_reads(self._world, data), **({"guild_id": data["guild_id"]} if "guild_id" in data else {})}
        return data

    def _dispatch(self, event: str, data: Json) -> None:
        for session in self._sessions.values():
            if self._wanted(session, event, data):
                self._send(session, event, data)

    def _wanted(self, session: Session, event: str, data: Json) -> bool:
        if event.startswith("MESSAGE_"):
            channel = self._world.channels.get(int(data["channel_id"]))
            needed = _DM_MESSAGES if channel is not None and channel["type"] == DM else _MESSAGES
        else:
            needed = _BY_INTENT.get(event, 0)
        return needed == 0 or bool(session.intents & needed)

    @staticmethod
    def _send(session: Session, event: str, data: Any) -> None:  # noqa: ANN401 - whatever the event holds
        session.sequence += 1
        text = json.dumps({"op": _DISPATCH, "t": event, "s": session.sequence, "d": data})
        session.sent.append((session.sequence, text))
        if session.connection is not None:
            session.connection.send(text)

    # --- connections ---

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection to its end."""
        if self.away:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse(max_msg_size=0, autoclose=True)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, compressed=request.query.get("compress") == "zlib-stream")
        connection.send(json.dumps({"op": _HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}}))
        session: Session | None = None
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                said = json.loads(message.data)
                if said["op"] == _BEAT:
                    connection.send(json.dumps({"op": _ACK}))
                elif said["op"] == _IDENTIFY:
                    session = self._identify(connection, said["d"])
                elif said["op"] == _RESUME:
                    session = self._resume(connection, said["d"])
        finally:
            await connection.end()
            if session is not None and session.connection is connection:
                session.connection = None
                # Whoever says goodbye has ended the session; another code, or none, leaves it for a while.
                if socket.close_code in {WSCloseCode.OK, WSCloseCode.GOING_AWAY}:
                    self._sessions.pop(session.id, None)
        return socket

    def _identify(self, connection: Connection, said: Json) -> Session:
        self.identifies += 1
        self._interactions.identifies_left -= 1
        session = Session(int(said["intents"]))
        session.connection = connection
        self._sessions[session.id] = session
        servers = [
            each for each in self._world.servers if int(self._world.bot["id"]) in self._world.servers[each]["members"]
        ]
        ready = {
            "v": 10,
            "user": self._world.bot,
            "guilds": [{"id": str(each), "unavailable": True} for each in servers],
            "session_id": session.id,
            "resume_gateway_url": self._base().replace("http", "ws", 1) + "/gateway/ws",
            "application": {"id": self._world.bot["id"], "flags": 0},
        }
        self._send(session, "READY", ready)
        for server_id in servers:
            self._send(session, "GUILD_CREATE", self.server(server_id))
        self.began.set()
        return session

    def _resume(self, connection: Connection, said: Json) -> Session | None:
        session = self._sessions.get(said["session_id"])
        kept = session is not None and (not session.sent or session.sent[0][0] <= said["seq"] + 1)
        if session is None or self.refuse_resume or not kept:
            self.refuse_resume = False
            self._sessions.pop(said["session_id"], None)
            connection.send(json.dumps({"op": _INVALID, "d": False}))
            return None
        self.resumes += 1
        session.connection = connection
        for sequence, text in list(session.sent):
            if sequence > said["seq"]:
                connection.send(text)
        self._send(session, "RESUMED", {})
        return session

    def server(self, server_id: int) -> Json:
        """Return a server as GUILD_CREATE brings it: of its people only the bot and who is in voice."""
        server, world = self._world.servers[server_id], self._world
        there = {int(world.bot["id"]), *server["voice"]}
        told = {key: server[key] for key in ("id", "name", "owner_id")}
        empty: Json = {key: [] for key in ("emojis", "stickers", "threads", "presences", "features", "stage_instances")}
        fixed: Json = {"unavailable": False, "large": False, "afk_timeout": 300, "preferred_locale": "en-GB"}
        levels = dict.fromkeys(("verification_level", "default_message_notifications", "mfa_level", "nsfw_level"), 0)
        return {
            **told,
            **empty,
            **fixed,
            **levels,
            "explicit_content_filter": 0,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "joined_at": server["members"][int(world.bot["id"])]["joined_at"],
            "member_count": len(server["members"]),
            "roles": list(server["roles"].values()),
            "members": [server["members"][each] for each in there if each in server["members"]],
            "channels": [world.as_bot_sees(each) for each in world.channels_of(server_id)],
            "voice_states": [world.voice_state(server_id, who, place) for who, place in server["voice"].items()],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }

    # --- what goes wrong ---

    def drop(self, *, resume: bool = True) -> None:
        """Break every connection; `resume` False: the sessions are over too."""
        for session in list(self._sessions.values()):
            if session.connection is not None:
                session.connection.cut()
            if not resume:
                del self._sessions[session.id]

    def ask_to_reconnect(self) -> None:
        """Tell the bot to come again, as Discord does before it restarts a node."""
        for session in self._sessions.values():
            if session.connection is not None:
                session.connection.send(json.dumps({"op": _RECONNECT, "d": None}))

    def end_sessions(self) -> None:
        """Tell the bot that its session is over, and is not to be taken up again."""
        for session in self._sessions.values():
            if session.connection is not None:
                session.connection.send(json.dumps({"op": _INVALID, "d": False}))
