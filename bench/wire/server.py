"""The server: takes a request past limits and faults to its route, and a websocket to the gateway."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web

from bench.wire.faults import Fault, Faults, Mode, forever
from bench.wire.gateway import Gateway
from bench.wire.interactions import Interactions
from bench.wire.limits import Limits, Verdict
from bench.wire.rest import NO_TOKEN, ROUTES, Call, Handler
from bench.wire.world import Refusal, World

_TOKEN: Final = "wire"  # noqa: S105 - opens nothing but this server
_UNAUTHORIZED, _FORBIDDEN = 401, 403
_PLACE: Final = re.compile(r"\{(channel_id|guild_id|interaction_token)\}")


class Wire:
    """One Discord on one port of this machine. `start` it, `close` it."""

    def __init__(self, world: World | None = None, limits: Limits | None = None) -> None:
        """Serve `world`, under Discord's own limits unless others are given."""
        self.world = world or World()
        self.limits = limits or Limits()
        self.faults = Faults()
        self.interactions = Interactions(self.world)
        self.gateway = Gateway(self.world, self.interactions, self.faults, lambda: self.address)
        self.token = _TOKEN
        self.address = ""
        """`http://127.0.0.1:PORT`, once it is started."""
        self.calls: list[str] = []
        """Every request so far, as `METHOD /path/{with}/names`."""
        self.unknown: list[str] = []
        """Requests for which there is no route: a gap of this server, or a slip of the bot's."""
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """What `[discord] api_url` is set to."""
        return self.address + "/api/v10"

    @property
    def gateway_url(self) -> str:
        """What `[discord] gateway_url` is set to."""
        return self.address.replace("http", "ws", 1) + "/gateway/ws"

    async def start(self, port: int = 0) -> None:
        """Listen on the loopback address, on any free port unless one is given."""
        app = web.Application(client_max_size=1 << 24)
        app.router.add_get("/gateway/ws", self.gateway.connect)
        for (method, path), handler in ROUTES.items():
            app.router.add_route(method, "/api/v10" + path, self._serving(method, path, handler))
        app.router.add_route("*", "/{rest:.*}", self._nothing)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.address = f"http://127.0.0.1:{site.port}"

    async def close(self) -> None:
        """Stop listening, and break what is open."""
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _nothing(self, request: web.Request) -> web.StreamResponse:
        self.unknown.append(f"{request.method} {request.path}")
        return web.json_response({"code": 0, "message": "404: Not Found"}, status=404)

    def _serving(
        self, method: str, path: str, handler: Handler
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        call, places = f"{method} {path}", _PLACE.findall(path)
        exempt = path.startswith(NO_TOKEN)

        async def serve(request: web.Request) -> web.StreamResponse:
            self.calls.append(call)
            if self.gateway.away:
                return web.Response(status=503)
            if not exempt and request.headers.get("Authorization") != f"Bot {self.token}":
                self.limits.invalid += 1
                return web.json_response({"code": 0, "message": "401: Unauthorized"}, status=_UNAUTHORIZED)
            body = await request.json() if request.can_read_body else None
            renames = call.startswith("PATCH /channels/{channel_id}") and bool({"name", "topic"} & set(body or ()))
            place = request.match_info.get(places[0], "") if places else ""
            verdict = self.limits.spend(method, path, place, renames=renames, exempt=exempt)
            if verdict.retry_after is not None:
                return self._limited(verdict)
            fault = self.faults.of_call(call, place)
            if fault is not None and not fault.acted:
                return await self._strike(fault, request, None, verdict)
            self.faults.on_call(call, "before")
            asked = Call(self.world, self.interactions, request.match_info, request.query, body, self.address)
            answer = self._answer(handler, asked, verdict)
            self.faults.on_call(call, "after")
            return answer if fault is None else await self._strike(fault, request, answer, verdict)

        return serve

    def _answer(self, handler: Handler, call: Call, verdict: Verdict) -> web.Response:
        try:
            status, shown = handler(call)
        except Refusal as refusal:
            return self._refusal(refusal.status, refusal.code, refusal.message, verdict)
        if shown is None:
            return web.Response(status=status, headers=verdict.headers)
        return _json(shown, status, verdict.headers)

    def _refusal(self, status: int, code: int, message: str, verdict: Verdict) -> web.Response:
        self.limits.invalid += status in {_UNAUTHORIZED, _FORBIDDEN}
        return _json({"code": code, "message": message}, status, verdict.headers)

    def _limited(self, verdict: Verdict) -> web.Response:
        self.limits.invalid += verdict.scope != "shared"
        headers = verdict.headers | {"X-RateLimit-Scope": verdict.scope}
        told = {"message": "You are being rate limited.", "retry_after": verdict.retry_after, "global": verdict.overall}
        return _json(told, 429, headers)

    async def _strike(
        self, fault: Fault, request: web.Request, answer: web.Response | None, verdict: Verdict
    ) -> web.StreamResponse:
        """Let this go wrong; `answer` is what Discord would have said, if it did what was asked."""
        match fault.mode:
            case Mode.HANG:
                await forever()
            case Mode.RESET:
                if request.transport is not None:
                    request.transport.abort()
            case Mode.SLOW:
                await asyncio.sleep(fault.seconds)
                if answer is not None:
                    return answer
            case Mode.LIMITED:
                wait, scope = fault.seconds, fault.scope
                headers = {"Retry-After": f"{wait:.3f}", "Via": "1.1 wire", **verdict.headers}
                self.limits.refused[scope] = self.limits.refused.get(scope, 0) + 1
                return self._limited(Verdict(headers, wait, scope, overall=scope == "global"))
            case Mode.STATUS:
                return self._refusal(fault.status, fault.code, "as the fault says", verdict)
        return web.Response(status=500)


def _json(shown: Any, status: int, headers: dict[str, str]) -> web.Response:  # noqa: ANN401 - whatever the route answers
    # Bytes, so that aiohttp adds no charset: discord.py takes only the bare type for JSON.
    return web.Response(
        body=json.dumps(shown).encode(), status=status, headers=headers, content_type="application/json"
    )
