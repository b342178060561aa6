"""What people press, type and send, until it is answered: once, in three seconds, with fifteen minutes to follow."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from bench.wire.world import NO_WEBHOOK, Json, Refusal, World

LONGEST_FIRST: Final = 3.0
"""Seconds until the first answer must be there."""
LONGEST_TOKEN: Final = 900.0
"""Seconds for which a token is good."""
IDENTIFIES_A_DAY: Final = 1000

MESSAGE, THINKING, SILENT, UPDATE, CHOICES, FORM = 4, 5, 6, 7, 8, 9
EPHEMERAL: Final = 64


@dataclass(slots=True)
class Asked:
    """One thing somebody did, and what came of it."""

    payload: Json
    at: float
    source: Json | None = None
    """The message whose button was pressed."""
    kind: int | None = None
    """Of the first answer; None while there is none."""
    message: Json | None = None
    """The first answer, as it stands now."""
    form: Json | None = None
    choices: list[Json] = field(default_factory=list[Json])
    more: list[Json] = field(default_factory=list[Json])
    answers: int = 0
    """How many first answers were taken, and that can only be one."""
    done: asyncio.Event = field(default_factory=asyncio.Event)
    """Set as soon as the person sees something more than *thinking*."""

    @property
    def private(self) -> bool:
        """Whether one person alone sees the first answer."""
        return bool(self.message and self.message["flags"] & EPHEMERAL)

    @property
    def text(self) -> str:
        """What the first answer says; nothing while there is none."""
        return str(self.message["content"]) if self.message else ""


class Interactions:
    """Every one that is still of use, by its token."""

    def __init__(self, world: World) -> None:
        """Nobody has done anything yet."""
        self._world = world
        self._asked: dict[str, Asked] = {}
        self.identifies_left = IDENTIFIES_A_DAY
        self.lenient = False
        """Take a first answer however late it comes: for clocks that a test moves."""

    def ask(self, payload: Json, source: Json | None = None) -> Asked:
        """Send what somebody did to the bot."""
        asked = Asked(payload, self._world.clock(), source)
        self._asked[payload["token"]] = asked
        self._world.emit("INTERACTION_CREATE", payload)
        return asked

    def forget(self, asked: Asked) -> None:
        """Keep it no longer: for benchmarks, which make hundreds of thousands."""
        self._asked.pop(asked.payload["token"], None)

    def answer(self, interaction_id: int, token: str, body: Json) -> Json:
        """Take the first answer.

        Raises:
            Refusal: 10062 when it comes too late or there is no such thing, 40060 for a second one.
        """
        asked = self._asked.get(token)
        late = asked is not None and not self.lenient and self._world.clock() - asked.at > LONGEST_FIRST
        if asked is None or late or int(asked.payload["id"]) != interaction_id:
            raise Refusal(404, 10062, "Unknown interaction")
        if asked.kind is not None:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        asked.kind, asked.answers = body["type"], asked.answers + 1
        self._show(asked, body.get("data") or {})
        told: Json = {"id": asked.payload["id"], "type": asked.payload["type"]}
        resource: Json = {"type": asked.kind}
        if asked.message is not None:
            told |= {"response_message_id": asked.message["id"], "response_message_ephemeral": asked.private}
            told["response_message_loading"] = asked.kind == THINKING
            resource["message"] = asked.message
        return {"interaction": told, "resource": resource}

    def _show(self, asked: Asked, data: Json) -> None:
        match asked.kind:
            case 4 | 5:
                asked.message = self._private(asked, data)
            case 7 | 6:
                asked.message = asked.source
                if asked.kind == UPDATE and asked.source is not None:
                    self._world.edit(asked.source, data)
            case 8:
                asked.choices = data.get("choices") or []
            case _:
                asked.form = data
        if asked.kind not in {THINKING, SILENT}:
            asked.done.set()

    def _private(self, asked: Asked, data: Json) -> Json:
        place: Json = asked.payload["channel"]
        return self._world.write(self._world.channels.get(int(place["id"]), place), self._world.bot, data)

    def _open(self, token: str) -> Asked:
        asked = self._asked.get(token)
        if asked is None or asked.kind is None or self._world.clock() - asked.at > LONGEST_TOKEN:
            raise Refusal(*NO_WEBHOOK)
        return asked

    def original(self, token: str) -> Json:
        """Return the first answer as it stands.

        Raises:
            Refusal: 10015 after fifteen minutes, 10008 if there is none.
        """
        asked = self._open(token)
        if asked.message is None:
            raise Refusal(404, 10008, "Unknown Message")
        return asked.message

    def edit(self, token: str, body: Json) -> Json:
        """Change the first answer. Raises as `original`."""
        message = self._world.edit(self.original(token), body)
        self._open(token).done.set()
        return message

    def delete(self, token: str) -> None:
        """Take the first answer away. Raises as `original`."""
        self.original(token)
        self._open(token).message = None

    def follow_up(self, token: str, body: Json) -> Json:
        """Give one more answer; after *thinking* it is the first. Raises as `original`."""
        asked = self._open(token)
        if asked.kind == THINKING and not asked.done.is_set():
            return self.edit(token, body)
        message = self._private(asked, body)
        asked.more.append(message)
        return message
