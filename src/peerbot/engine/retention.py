"""What is kept, for how long, and what ends it: one table, made of what each pillar says of its own rows.

The housekeeping runs it. A test holds the schema and what people are shown of themselves beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar, Final, Literal, Protocol

from peerbot.engine import record_store
from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads
from peerbot.engine.desk import Work

DAY: Final = timedelta(days=1)
YEAR: Final = 365 * DAY


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing kept about a person.

    Attributes:
        item: The text id, `kept-…`, that says what it is and why.
        server_id: The server it belongs to.
        values: Values of the text.
        until: When it goes; None while it lasts.
    """

    item: str
    server_id: int | None
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lasts:
    """How long something is kept.

    `use`: while it is in use, and `time` afterwards. `wish`: until the person changes it or leaves. `time`: so long.
    `need`: until it has done what it is for, and `time` afterwards.
    """

    how: Literal["use", "wish", "time", "need"]
    time: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Deletion:
    """One statement that deletes, or cuts, what is older than a time; it returns each row it changed.

    Attributes:
        sql: With the one parameter `:before`, an instant as a row holds it.
        after: How old what goes has become.
    """

    sql: str
    after: timedelta


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One row of the retention table.

    Attributes:
        name: What the receipts of the housekeeping call it.
        lasts: How long it is kept.
        columns: Table → its columns that hold an id of somebody, or text that somebody wrote, separated by spaces.
        kept: The texts of `Kept` that tell a person of it.
        deletions: What ends it. Without any it ends with what it hangs on, or by what somebody does.
        forgets: Statements that let go of one person in one server, once use cases have ended what they were part of.
        protects: Whether it protects others, and so outlasts that somebody leaves the server or is banned from it.
    """

    name: str
    lasts: Lasts
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    kept: Sequence[str] = ()
    deletions: Sequence[Deletion] = ()
    forgets: Sequence[str] = ()
    protects: bool = False


class Keeper(Protocol):
    """A pillar that keeps something about people."""

    items: ClassVar[Sequence[Item]]
    """Its rows of the retention table."""

    async def kept_about(self, reads: Reads, user_id: int) -> Sequence[Kept]:
        """Return what is kept about a person, in all servers."""
        ...

    async def before_forgetting(self, work: Work) -> None:
        """End by use cases what has lasted long enough, and keep the numbers that outlast people."""

    async def leaves(self, work: Work, server_id: int, user_id: int) -> None:
        """End by use cases what somebody is part of in a server. Doing it twice changes nothing."""


async def forget(work: Work, items: Sequence[Item]) -> Counter[str]:
    """Delete what has been kept long enough; return how many rows of each item went or were cut."""
    gone: Counter[str] = Counter()
    await record_store.seen(work, work.now)
    for item in items:
        for each in item.deletions:
            gone[item.name] += len(await work.all(each.sql, before=to_row(work.now - each.after)))
    return gone


async def forget_due(work: Work, keeper: Keeper) -> Counter[str]:
    """Delete what one pillar has kept long enough; return how many rows of each item went or were cut."""
    await keeper.before_forgetting(work)
    return await forget(work, keeper.items)


async def forget_person(work: Work, keepers: Sequence[Keeper], server_id: int, user_id: int, *, asked: bool) -> None:
    """Let go of somebody in one server: first by the use cases of every pillar, then row by row.

    `asked`: they asked for it. Who has only left, or was banned, may come back: what protects others from them stays.
    Doing it again finds what came of the use cases meanwhile.
    """
    for keeper in keepers:
        await keeper.leaves(work, server_id, user_id)
    for keeper in keepers:
        for item in keeper.items:
            for sql in item.forgets if asked or not item.protects else ():
                await work.all(sql, server_id=server_id, user_id=user_id)
