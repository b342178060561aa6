"""The page on which somebody without Discord uses the bot: choose a person, a channel, and move time on.

One port of this machine serves two things as one origin. `/` and `/demo/...` are ours. All else is SimCord's Preview
of one channel, passed on by `Stage`, and shown by our page in a frame.

Protocol, JSON throughout. Every answer is the whole state, so that a page only ever draws what it was last told:

    GET  /demo/state      {now, zone, next_due, faults, person, place, frame, people, places, voice, menus}
    POST /demo/look       {person, place?}           become somebody, look at a channel (else one they can read)
    POST /demo/time       {minutes} or {}            let time pass; without minutes, to the next thing due
    POST /demo/voice      {join}                     enter or leave the voice room being looked at
    GET  /demo/messages   {messages: [...]}          what a message menu of the bot could be used on
    POST /demo/menu       {menu, message}            use it

Instants are ISO 8601 in UTC. `frame` changes when the frame must be loaded anew. A refused request is answered with
status 409. State is one for all tabs, since SimCord shows one channel at a time.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import simcord
from aiohttp import web
from simcord.backend.access import can_access_message
from simcord.enums import AppCommandType

from peerbot.demo.driver import Driver, Person, Place, Taken, World
from peerbot.demo.stage import Stage

_STATIC: Final = Path(__file__).with_name("static")
_KINDS: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FILES: Final = ("frame.css", "icon.svg", "page.css", "page.js")
_LONGEST_STEP: Final = 7 * 24 * 60
_RECENT: Final = 10
_EXCERPT: Final = 80
_UPLOAD: Final = 27 * 1024 * 1024
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_Json = dict[str, Any]


@asynccontextmanager
async def open_page(world: World, *, port: int = 8765) -> AsyncGenerator[str]:
    """Serve the page on this machine alone and drive `world` meanwhile. Gives the page's address.

    Port 0 takes any free one.

    Raises:
        OSError: when the port is taken.
    """
    driver = Driver(world)
    page = Page(world, driver)
    runner = web.AppRunner(page.app(), access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        try:
            async with _running(driver):
                yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
        finally:
            await site.stop()  # first, so that a browser which asks at the last moment is let go with the rest
            await page.close()
    finally:
        await runner.cleanup()


@asynccontextmanager
async def _running(driver: Driver) -> AsyncGenerator[None]:
    task = asyncio.create_task(driver.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Page:
    """What the page shows and what can be done on it."""

    def __init__(self, world: World, driver: Driver) -> None:
        """Show `world` as its first person."""
        self._world = world
        self._driver = driver
        self._person = world.people[0]
        self._place = world.places(self._person)[0]
        self._stage = Stage(world.env, world.zone)
        self._read: dict[tuple[str, str], int] = {}
        self._over = False
        driver.after_beat = self._follow

    def app(self) -> web.Application:
        """Return the application that serves the page."""
        app = web.Application(middlewares=[_guard], client_max_size=_UPLOAD)
        app.add_routes(
            [
                web.get("/", partial(_file, "index.html")),
                web.get("/demo/state", self._state),
                web.get("/demo/messages", self._messages),
                *(web.get(f"/demo/{name}", partial(_file, name)) for name in _FILES),
                web.post("/demo/look", self._look),
                web.post("/demo/time", self._time),
                web.post("/demo/voice", self._voice),
                web.post("/demo/menu", self._menu),
                web.get("/frame", self._stage.frame),
                web.post("/api/action", self._action),
                web.route("*", "/{path:.+}", self._stage.forward),
            ]
        )
        return app

    async def close(self) -> None:
        """Take the channel off the stage, for good."""
        self._over = True
        await self._driver.act(self._stage.close)

    async def _state(self, _: web.Request) -> web.Response:
        if not self._stage.is_open:
            await self._driver.act(self._follow)
        return await self._answer()

    async def _look(self, request: web.Request) -> web.Response:
        wanted = await _json(request)
        person = next((one for one in self._world.people if one.key == wanted.get("person")), None)
        if person is None:
            raise web.HTTPConflict
        places = self._world.places(person)
        key = wanted.get("place") or self._place.key
        self._person, self._place = person, next((place for place in places if place.key == key), places[0])
        await self._driver.act(self._follow)
        return await self._answer()

    async def _time(self, request: web.Request) -> web.Response:
        minutes = (await _json(request)).get("minutes")
        if minutes is None:
            await self._driver.move_to_next()
        elif isinstance(minutes, int) and 0 < minutes <= _LONGEST_STEP:
            await self._driver.move(timedelta(minutes=minutes))
        else:
            raise web.HTTPBadRequest
        return await self._answer()

    async def _voice(self, request: web.Request) -> web.Response:
        actor = self._person.actor
        join = bool((await _json(request)).get("join"))
        await self._attempt(partial(actor.join_voice, self._place.handle) if join else actor.leave_voice)
        return await self._answer()

    async def _messages(self, _: web.Request) -> web.Response:
        recent = [
            {"id": str(message.id), "author": message.author.display_name, "text": message.content[:_EXCERPT]}
            for message in self._place.handle.history(viewer=_viewer(self._person, self._place))[::-1]
            if message.author.id != self._person.actor.id and not message.flags.ephemeral
        ][:_RECENT]
        return web.json_response({"messages": recent})

    async def _menu(self, request: web.Request) -> web.Response:
        wanted = await _json(request)

        async def use() -> None:
            actor, channel = self._person.actor, self._place.handle
            message = next((one for one in channel.history(viewer=actor) if str(one.id) == wanted.get("message")), None)
            if message is None:  # deleted since the page listed it
                raise web.HTTPConflict
            await self._stage.show(await actor.context_menu(channel, str(wanted.get("menu")), message))

        await self._attempt(use)
        return await self._answer()

    async def _attempt(self, action: Callable[[], Awaitable[None]]) -> None:
        """Do what Discord may refuse, then show what came of it."""
        try:
            await self._driver.act(action)
        except (simcord.BackendError, simcord.SetupError) as error:
            raise web.HTTPConflict from error
        await self._driver.beat()

    async def _action(self, request: web.Request) -> web.StreamResponse:
        """Pass on what a person did in the channel, in a turn of its own."""
        await request.read()  # before the turn begins: nobody waits for a slow sender
        try:
            return await self._driver.act(partial(self._stage.act, request))
        except Taken as error:
            raise web.HTTPServiceUnavailable from error

    async def _follow(self) -> None:
        """Show the channel in its present state, or another if this one is gone or closed to the person."""
        if self._over:
            return
        places = self._world.places(self._person)
        self._place = next((place for place in places if place.key == self._place.key), places[0])
        await self._stage.put_on(_viewer(self._person, self._place), self._place.handle)

    async def _answer(self) -> web.Response:
        due = await self._world.next_due()
        places = self._world.places(self._person)
        return web.json_response(
            {
                "now": self._driver.now.isoformat(),
                "zone": self._world.zone,
                "next_due": due.isoformat() if due else None,
                "faults": self._driver.faults,
                "person": self._person.key,
                "place": self._place.key,
                "frame": self._stage.address,
                "people": [
                    {"key": person.key, "name": person.name, "part": person.part, "hints": person.hints}
                    for person in self._world.people
                ],
                "places": [self._described(place) for place in places],
                "voice": self._voice_state(),
                "menus": self._menus(),
            }
        )

    def _described(self, place: Place) -> _Json:
        viewer = _viewer(self._person, place)
        seen = (self._person.key, place.key)
        env = self._world.env
        messages = [
            message
            for message in env.backend.messages.get(place.handle.id, {}).values()
            if can_access_message(env, place.handle.id, message, viewer, history=True)
        ]
        if place.key == self._place.key:
            self._read[seen] = max((message.id for message in messages), default=0)
        new = sum(m.id > self._read.get(seen, 0) and m.author_id != viewer.id for m in messages)
        return {"key": place.key, "label": place.label, "dm": place.is_dm, "voice": place.is_voice, "new": new}

    def _voice_state(self) -> str | None:
        if not self._place.is_voice:
            return None
        actor = self._person.actor
        state = actor.guild.voice_states().get(actor.id)
        return "in" if state is not None and state.channel_id == self._place.handle.id else "out"

    def _menus(self) -> list[str]:
        if self._place.is_dm:
            return []
        commands = self._world.env.backend.visible_commands(
            user_id=self._person.actor.id, channel_id=self._place.handle.id, type=AppCommandType.MESSAGE
        )
        return [str(command["name"]) for command in commands]


def _viewer(person: Person, place: Place) -> simcord.MemberActor | simcord.UserHandle:
    return person.actor.user if place.is_dm else person.actor


async def _json(request: web.Request) -> _Json:
    """Return what the page sent, which must be an object."""
    try:
        wanted = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest from error
    if not isinstance(wanted, dict):
        raise web.HTTPBadRequest
    return cast("_Json", wanted)


async def _file(name: str, _: web.Request) -> web.Response:
    path = _STATIC / name
    return web.Response(text=path.read_text("utf-8"), content_type=_KINDS[path.suffix])


@web.middleware
async def _guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse what a page from elsewhere, open in the same browser, might send here under a name of its own."""
    name = request.transport and request.transport.get_extra_info("sockname")
    ours = {f"{host}:{name[1]}" for host in ("127.0.0.1", "localhost")} if name else set[str]()
    origin = request.headers.get("Origin")
    if request.host not in ours or (origin is not None and origin.removeprefix("http://") not in ours):
        raise web.HTTPForbidden
    answer = await handler(request)
    for header, value in _HEADERS.items():
        answer.headers.setdefault(header, value)
    return answer
