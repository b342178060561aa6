"""What of the machine could stop the bot from keeping its word: its clock, its disk, its queue, nobody who notices."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from peerbot.engine import outbox
from peerbot.engine.database import Database
from peerbot.engine.desk import Desk
from peerbot.engine.findings import Finding, Health
from peerbot.engine.texts import moment
from peerbot.ops.backup import TOO_OLD, Backup, Backups
from peerbot.servers.checks import Check
from peerbot.servers.rules import Server

MEBIBYTE: Final = 1024 * 1024
LITTLE_ROOM: Final = 512 * MEBIBYTE
"""A backup is a second copy of the file, and an update a third."""
TOO_LITTLE_ROOM: Final = 64 * MEBIBYTE
CLOCK_ODD: Final = timedelta(seconds=5)
"""Discord's own time is in every command; it arrives within a second or two."""
CLOCK_WRONG: Final = timedelta(seconds=60)
_AN_HOUR: Final = timedelta(hours=1)
"""It is looked each hour whether one is due."""
_LATE: Final = timedelta(minutes=2)
_LOOKED_BACK: Final = timedelta(days=1)


class HostChecks:
    """The checks that are the same for every server this bot serves, and how much of this one's work waits."""

    def __init__(
        self,
        desk: Desk,
        database: Database,
        quiet_from: Callable[[], Awaitable[datetime]],
        backups: Backups | None,
        *,
        watched: bool,
    ) -> None:
        """Look at `database`, its disk and its `backups`. `watched`: somebody is called each minute while all works."""
        self._desk = desk
        self._database = database
        self._quiet_from = quiet_from
        self._backups = backups
        self._watched = watched

    def all(self) -> Sequence[Check]:
        """Return what /doctor looks at, in the order in which it is shown."""
        return (self.work, self.watched, self.backup, self.disk, self.database, self.quiet_hour)

    async def work(self, server: Server) -> Sequence[Finding]:
        """Whether what the bot means to do on Discord gets done."""
        reads, now = self._desk.reads, self._desk.now
        found: list[Finding] = []
        if late := await outbox.late(reads, server.id, now - _LATE):
            found.append(Finding("work", Health.BROKEN, "doctor-work-late", {"things": late}))
        if failed := await outbox.failed(reads, server.id, now - _LOOKED_BACK):
            found.append(Finding("work", Health.WARNED, "doctor-work-failed", {"things": failed}))
        return found or [Finding("work")]

    async def watched(self, server: Server) -> Sequence[Finding]:
        """Whether somebody notices when the bot stops."""
        _ = server
        return [Finding("watched") if self._watched else Finding("watched", Health.WARNED, "doctor-unwatched")]

    async def backup(self, server: Server) -> Sequence[Finding]:
        """Whether there is a good backup of last night."""
        _ = server
        last = self._backups.latest() if self._backups is not None else None
        return [backup_age(last, self._desk.now)]

    async def disk(self, server: Server) -> Sequence[Finding]:
        """Whether there is room for what is kept, and for a backup of it."""
        _ = server
        return [room_on_disk(self._database.free_bytes())]

    async def database(self, server: Server) -> Sequence[Finding]:
        """Which database and cipher these are: for whoever reads of a fault in one of them."""
        _ = server
        sqlite, cipher = await self._database.versions()
        return [Finding("database", text="doctor-versions", values={"sqlite": sqlite, "cipher": cipher})]

    async def quiet_hour(self, server: Server) -> Sequence[Finding]:
        """When an update disturbs no meeting, in whatever server."""
        _ = server
        at = await self._quiet_from()
        text = "doctor-quiet-now" if at <= self._desk.now else "doctor-quiet-later"
        return [Finding("update", text=text, values={"at": moment(at)})]


def backup_age(last: Backup | None, now: datetime) -> Finding:
    """Return what the newest good backup is worth."""
    if last is None:
        return Finding("backup", Health.WARNED, "doctor-backup-none")
    if now - last.made_at > TOO_OLD + _AN_HOUR:
        return Finding("backup", Health.BROKEN, "doctor-backup-late", {"last": moment(last.made_at)})
    return Finding("backup")


def room_on_disk(free: int) -> Finding:
    """Return what so many free bytes mean."""
    if free >= LITTLE_ROOM:
        return Finding("disk")
    health = Health.WARNED if free >= TOO_LITTLE_ROOM else Health.BROKEN
    return Finding("disk", health, "doctor-disk", {"free": free // MEBIBYTE})


def clock_beside(discords: datetime, ours: datetime) -> Finding:
    """Return what the clock of this machine is worth, beside Discord's at the same moment (in UTC)."""
    apart = abs(ours - discords)
    if apart <= CLOCK_ODD:
        return Finding("clock")
    health = Health.WARNED if apart <= CLOCK_WRONG else Health.BROKEN
    return Finding("clock", health, "doctor-clock", {"seconds": round(apart.total_seconds())})
