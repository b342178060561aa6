"""Backups: an encrypted copy each night, looked through before it counts, kept for fourteen days.

What backups there are is what lies in their folder: a file has its name only once it was found good, and the name says
when that was. Nothing about them is kept in the database, which may be what is broken.
"""

import errno
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from peerbot.engine import copies

KEPT: Final = timedelta(days=14)
"""product.md §5: backups are kept for 14 days."""
AT_NIGHT: Final = range(2, 6)
"""Hours, in UTC, in which the next one is made if the last is not of this night."""
NOT_TWICE: Final = timedelta(hours=12)
TOO_OLD: Final = timedelta(hours=26)
"""Then it is made at any hour: the machine was off at night, or the last try failed."""
_PRIVATE: Final = 0o700
_NAME: Final = re.compile(r"peerbot-(\d{8}T\d{6}Z)(-before-[a-z]+)?\.sqlite")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One good copy, and when it was made (UTC)."""

    made_at: datetime
    file: Path


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups of one database."""

    database: Path
    folder: Path

    def listed(self) -> Sequence[Backup]:
        """Return what is there, oldest first. What has another name is not ours."""
        files = self.folder.glob("peerbot-*.sqlite")
        return sorted(
            Backup(datetime.strptime(named[1], _STAMP).replace(tzinfo=UTC), file)
            for file in files
            if (named := _NAME.fullmatch(file.name)) is not None
        )

    def latest(self) -> Backup | None:
        """Return the newest one."""
        return next(reversed(self.listed()), None)

    def due(self, now: datetime) -> bool:
        """Return whether one is to be made now: once a night, and whenever the last is too old."""
        last = self.latest()
        if last is None:
            return True
        age = now - last.made_at
        return age > TOO_OLD or (age > NOT_TWICE and now.hour in AT_NIGHT)

    def make(self, key: bytes, now: datetime, why: str = "") -> tuple[Backup, Mapping[str, int]]:
        """Make one, and let go of those that are too old; return it and how many rows each table has.

        `why` is `before-update` or `before-restore` where somebody is about to change the file.

        Raises:
            DatabaseFault: if the copy cannot be made or is not good; then it does not count, and none was let go.
            OSError: if its folder cannot be written.
        """
        target = self.target(now, why)
        rows = copies.copy(self.database, key, target)
        self.let_go(now)
        return Backup(now.replace(microsecond=0), target), rows

    def target(self, now: datetime, why: str = "") -> Path:
        """Return the name of one that is made now, in a folder that this account alone can look into.

        Raises:
            OSError: if that folder cannot be made.
        """
        if self.folder.exists() and not self.folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(self.folder))
        self.folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        stamp = now.astimezone(UTC)
        while True:
            named = "-".join(["peerbot", f"{stamp:{_STAMP}}", *([why] if why else [])])
            target = self.folder / f"{named}.sqlite"
            if not target.exists():
                return target
            stamp += timedelta(seconds=1)

    def let_go(self, now: datetime) -> int:
        """Delete those that are older than is allowed, and what a crash left of one; return how many went."""
        gone = [each.file for each in self.listed() if now - each.made_at > KEPT]
        logs = [file.with_name(file.name + suffix) for file in gone for suffix in ("-wal", "-shm")]
        for file in (*gone, *logs, *self.folder.glob("peerbot-*.sqlite.part")):
            file.unlink(missing_ok=True)
        if gone:
            _log.info("old backups deleted", count=len(gone))
        return len(gone)
