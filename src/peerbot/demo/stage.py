"""One channel of the practice world on show, by SimCord's Preview, passed on to our page's frame.

A Preview refuses to be framed, has a port of its own that changes with every channel, and never shows by itself what
the bot did since. So the page's server stands before it: it lets our own page frame it, leaves out the developer's
tools, refreshes it when something changed, and keeps the refusals of that bookkeeping from the person's eyes.
"""

import json
import re
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import simcord
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from peerbot.demo.driver import Taken

_STYLE: Final = '<link rel="stylesheet" href="/demo/frame.css">'
_PASSED_ON: Final = ("Content-Type", "X-Simcord-Capability", "X-Simcord-Context")
_DROPPED: Final = frozenset(
    {"connection", "content-length", "date", "pragma", "server", "transfer-encoding", "x-frame-options"}
)
_MENTION: Final = re.compile(rb"<@(\d+)>")
_FONTS: Final = "/fonts/"
_BEHIND: Final = frozenset({"stale-revision", "busy"})
_TRIES: Final = 5
_LONGEST: Final = ClientTimeout(total=60)


class Stage:
    """The channel on show. Its methods that change it must be called in a turn of the driver."""

    def __init__(self, env: simcord.Env, zone: str) -> None:
        """Show channels of `env`, with times in `zone`, an IANA name."""
        self._env = env
        self._zone = zone
        self._preview: simcord.Preview | None = None
        self._session: ClientSession | None = None
        self._shown: tuple[int, int] | None = None
        self._state: tuple[int, datetime] | None = None
        self._loads = 0

    @property
    def is_open(self) -> bool:
        """Whether a channel is on show."""
        return self._preview is not None

    @property
    def address(self) -> str | None:
        """Where the frame finds the channel: another address when it must load anew."""
        if self._preview is None:
            return None
        return f"/frame?{self._loads}#{urlsplit(self._preview.url).fragment}"

    @property
    def _origin(self) -> str:
        return "" if self._preview is None else self._preview.url.partition("/#")[0]

    async def put_on(self, viewer: simcord.MemberActor | simcord.UserHandle, channel: simcord.ChannelHandle) -> None:
        """Show `channel` as `viewer` sees it now."""
        wanted = (viewer.id, channel.id)
        if self._preview is None or self._shown != wanted:
            await self.close()
            preview = self._env.preview(
                channel, viewers=[viewer], layout="channel", locale="en-GB", timezone=self._zone
            )
            self._preview, self._shown = await preview.__aenter__(), wanted
            self._session = ClientSession(connector=TCPConnector(force_close=True), timeout=_LONGEST)
            self._loads += 1
        elif self._state != self._world_state():
            await self._preview.refresh()
        self._state = self._world_state()

    async def show(self, result: simcord.InteractionResult) -> None:
        """Show the form or the answer with which the bot met a menu, which Preview has no way to open."""
        if self._preview is not None and (result.modal is not None or result.response is not None):
            await self._preview.show(result)
            self._loads += 1

    async def close(self) -> None:
        """Take the channel off."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()
        if self._preview is not None:
            preview, self._preview = self._preview, None
            await preview.close()

    def _world_state(self) -> tuple[int, datetime]:
        """Return what changes when the bot did something, or when *in 5 minutes* needs telling anew."""
        return len(self._env.http_requests), self._env.now().replace(second=0, microsecond=0)

    async def frame(self, request: web.Request) -> web.Response:
        """Answer the frame's own document: Preview's, without its tools."""
        answer = await self._ask("GET", "/", request)
        if answer.content_type == "text/html":
            answer.text = (answer.text or "").replace("</head>", f"{_STYLE}</head>")
        return answer

    async def forward(self, request: web.Request) -> web.Response:
        """Pass on whatever the frame asks for that changes nothing in the world."""
        return await self._ask(request.method, request.path_qs, request, await request.read())

    async def act(self, request: web.Request) -> web.Response:
        """Pass on what the person did.

        A page that has not yet seen the last refresh is told it is behind, and the person that the action was not
        completed. Preview checks the control and the values all the same, so we send it again with the right number.

        Raises:
            Taken: when something else held SimCord; nothing happened, and it can be sent again.
        """
        body = await request.read()
        answer = await self._ask("POST", request.path, request, body)
        for _ in range(_TRIES):
            receipt = _receipt(answer)
            if not _is_behind(receipt) or request.content_type != "application/json":
                break
            body = json.dumps(json.loads(body) | {"published_revision": receipt["revision"]}).encode()
            answer = await self._ask("POST", request.path, request, body)
        if answer.status == web.HTTPBadRequest.status_code:
            raise Taken
        return answer

    async def _ask(self, method: str, path: str, request: web.Request, body: bytes = b"") -> web.Response:
        if self._preview is None or self._session is None:
            raise web.HTTPServiceUnavailable
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        try:
            async with self._session.request(method, self._origin + path, data=body or None, headers=headers) as answer:
                kept = {name: value for name, value in answer.headers.items() if name.lower() not in _DROPPED}
                if path.startswith(_FONTS):  # megabytes that Preview would have loaded again with every channel
                    kept["Cache-Control"] = "max-age=86400"
                policy = kept.get("Content-Security-Policy", "")
                kept["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
                said = await answer.read()
                if answer.content_type == "application/json":
                    said = _MENTION.sub(self._name, said)
                return web.Response(status=answer.status, body=said, headers=kept)
        except ClientError as error:  # the channel was taken off meanwhile
            raise web.HTTPServiceUnavailable from error

    def _name(self, mention: re.Match[bytes]) -> bytes:
        """Return the name in place of a mention that Preview left as it was.

        In direct messages it knows only the two who write there. Discord sends the names of all who are mentioned.
        """
        user = self._env.backend.users.get(int(mention[1]))
        return mention[0] if user is None else json.dumps(f"@{user.global_name or user.name}")[1:-1].encode()


def _receipt(answer: web.Response) -> dict[str, Any]:
    """Return what became of an action, or nothing when the answer does not say."""
    if answer.status != web.HTTPOk.status_code or not isinstance(answer.body, bytes):
        return {}
    return json.loads(answer.body)


def _is_behind(receipt: dict[str, Any]) -> bool:
    return bool(receipt.get("rejected")) and any(item["code"] in _BEHIND for item in receipt["diagnostics"])
