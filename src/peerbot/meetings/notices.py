"""The messages of a meeting, as intents: what goes into its room, and what its staff are told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from peerbot.engine.desk import Work
from peerbot.engine.outbox import Intent, Lane
from peerbot.meetings import store
from peerbot.meetings.rules import Meeting, Room
from peerbot.servers.service import Servers
from peerbot.servers.telling import tell
from peerbot.signup.service import Signup

_NOTHING: Final[Mapping[str, Any]] = {}
_NOBODY_THERE: Final = "nobody-there"
_HELPER_WANTED: Final = "helper-wanted"
_NOBODY_HOLDS: Final = "nobody-holds"
UNSAID: Final = "meetings.unsaid"
"""Report: what became of a message in a room."""


def stream(meeting: Meeting) -> str:
    """Return the stream in which what must come one after the other in a room goes out."""
    return f"room:{meeting.id}"


def in_room(
    meeting: Meeting,
    room: Room,
    card: str,
    lane: Lane,
    *,
    not_after: datetime | None = None,
    in_order: bool = False,
    report: str = UNSAID,
) -> Intent:
    """Return a post in a room. A card goes into a room once. If Discord refuses it, those who hold the meeting hear."""
    return Intent(
        key=f"meeting:{meeting.id}:{card}",
        kind="post",
        lane=lane,
        server_id=meeting.server_id,
        data={"channel": room.channel_id, "card": f"meetings.{card}", "meeting": meeting.id},
        report=report,
        stream=stream(meeting) if in_order else None,
        not_after=not_after,
    )


def writing(meeting: Meeting, room: Room, *, allowed: bool, not_after: datetime | None = None) -> Intent:
    """Return the one call that lets everybody in a room write, or nobody."""
    return Intent(
        key=f"meeting:{meeting.id}:{'open' if allowed else 'lock'}",
        kind="channel.everyone",
        lane=Lane.OPENING if allowed else Lane.CLOSING,
        server_id=meeting.server_id,
        data={"channel": room.channel_id, "write": allowed},
        stream=stream(meeting),
        not_after=not_after,
    )


async def asked_to_take_over(work: Work, meeting: Meeting) -> bool:
    """Return whether facilitators beside a group's own were asked to take a meeting over."""
    return await work.has_meant_to(f"meeting:{meeting.id}:{_NOBODY_THERE}")


async def asked_to_come(work: Work, meeting: Meeting) -> bool:
    """Return whether facilitators beside those who hold a meeting were ever asked to come to it."""
    asked = [await work.has_meant_to(f"meeting:{meeting.id}:{card}") for card in (_HELPER_WANTED, _NOBODY_HOLDS)]
    return any(asked)


class StaffNotices:
    """Tells staff, in the facilitators' channel. Groups are not named there: a room's name says which it is."""

    def __init__(self, servers: Servers, signup: Signup) -> None:
        """Find channel and people with `servers` and `signup`."""
        self._servers = servers
        self._signup = signup

    async def coordinators(self, work: Work, meeting: Meeting, card: str, detail: str = "") -> None:
        """Tell the coordinators; where there are none, the lead."""
        await self._tell(work, meeting, card, await self._coordinators(work, meeting), data={"detail": detail})

    async def cover(
        self,
        work: Work,
        meeting: Meeting,
        check: str,
        lacks: tuple[str, ...],
        missing: tuple[str, ...],
        mute: tuple[str, ...],
    ) -> None:
        """Tell the coordinators what a meeting to come lacks. `mute`: staff channels that cannot be used."""
        people = await self._coordinators(work, meeting)
        once = f"{check}:{meeting.starts_at:%Y%m%d%H%M}"
        data = {"lacks": lacks, "missing": missing, "mute": mute}
        await self._tell(
            work,
            meeting,
            "cover",
            people,
            once=once,
            not_after=meeting.starts_at,
            to_each="facilitators" in mute,
            data=data,
        )

    async def _coordinators(self, work: Work, meeting: Meeting) -> tuple[int, ...]:
        people = await self._servers.team(work, meeting.server_id, "coordinator")
        return people or await self._servers.team(work, meeting.server_id, "lead")

    async def helper(self, work: Work, meeting: Meeting, once: str, not_after: datetime) -> None:
        """Ask the server's facilitators, but for those of the meeting, for one to come."""
        own = {*await self._signup.facilitators(work, meeting.group_id), *await store.stand_ins(work, meeting.id)}
        backups = await self._signup.backups(work, meeting.group_id)
        team = await self._servers.team(work, meeting.server_id, "facilitator")
        people = tuple(sorted({*team, *backups} - own))
        await self._tell(work, meeting, _HELPER_WANTED, people, once=once, not_after=not_after)

    async def nobody_holds(self, work: Work, meeting: Meeting, gone: int, once: str) -> None:
        """Tell the coordinators that nobody holds an open room now, and ask the facilitators, but for who is `gone`."""
        team = await self._servers.team(work, meeting.server_id, "facilitator")
        asked = {*team, *await self._signup.backups(work, meeting.group_id)}
        asked |= {*await self._signup.facilitators(work, meeting.group_id)}
        people = dict.fromkeys((*sorted(asked - {gone}), *await self._coordinators(work, meeting)))
        await self._tell(work, meeting, _NOBODY_HOLDS, tuple(people), once=once, not_after=meeting.locks_at)

    async def facilitators(self, work: Work, meeting: Meeting, not_after: datetime) -> None:
        """Ask every facilitator of the server to take a meeting over."""
        people = await self._servers.team(work, meeting.server_id, "facilitator")
        own = await self._signup.facilitators(work, meeting.group_id)
        await self._tell(work, meeting, _NOBODY_THERE, tuple(sorted({*people, *own})), not_after=not_after)

    async def backups(self, work: Work, meeting: Meeting, not_after: datetime) -> bool:
        """Ask the group's backups alone. Returns False if it has none."""
        people = await self._signup.backups(work, meeting.group_id)
        if people:
            await self._tell(work, meeting, _NOBODY_THERE, people, once="backups", not_after=not_after)
        return bool(people)

    async def gone(self, work: Work, meeting: Meeting, number: int) -> None:
        """Tell the coordinators how many people of a group have left the server; nobody is named."""
        people = await self._coordinators(work, meeting)
        await self._tell(work, meeting, "gone", people, data={"count": number})

    async def untold(self, work: Work, meeting: Meeting, people: tuple[int, ...], once: str) -> None:
        """Tell those who hold a meeting that a message to one person about it did not arrive; it names nobody."""
        await self._tell(work, meeting, "untold", people, once=once, not_after=meeting.locks_at)

    async def newcomers(self, work: Work, meeting: Meeting) -> None:
        """Tell a group's own facilitators how many come to try the meeting, if anybody does."""
        if await self._signup.tasting.expected(work, meeting.group_id):
            own = await self._signup.facilitators(work, meeting.group_id)
            await self._tell(work, meeting, "newcomers", own, not_after=meeting.ends_at)

    async def unsaid(self, work: Work, meeting: Meeting, code: str) -> None:
        """Tell those who hold a meeting, once, that Discord refused what was to be said in its room."""
        await self._tell(work, meeting, "unsaid", await self._holding(work, meeting), data={"detail": code})

    async def shut(self, work: Work, meeting: Meeting, change: str) -> None:
        """Tell coordinators and who holds a meeting, once for each `change`, that Discord refuses who may do what.

        `change` is `open`, `lock` or `people`; nobody is named about whom it is.
        """
        people = dict.fromkeys((*await self._coordinators(work, meeting), *await self._holding(work, meeting)))
        await self._tell(work, meeting, f"access-{change}", tuple(people))

    async def _holding(self, work: Work, meeting: Meeting) -> tuple[int, ...]:
        own = await self._signup.facilitators(work, meeting.group_id)
        return tuple(dict.fromkeys((*own, *await store.stand_ins(work, meeting.id))))

    async def _tell(  # noqa: PLR0913 - what may differ from one notice to the next
        self,
        work: Work,
        meeting: Meeting,
        card: str,
        people: tuple[int, ...],
        *,
        once: str = "",
        data: Mapping[str, Any] = _NOTHING,
        not_after: datetime | None = None,
        to_each: bool = False,
    ) -> None:
        await tell(
            work,
            meeting.server_id,
            key=f"meeting:{meeting.id}:{card}{once and ':'}{once}",
            people=people,
            data={"detail": "", **data, "card": f"meetings.{card}", "meeting": meeting.id},
            not_after=not_after,
            to_each=to_each,
        )
