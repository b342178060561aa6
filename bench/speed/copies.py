"""One server made many: its rows in peerbot's file, and what of it is on the stand-in, each with ids of their own.

What is copied was made by the bot itself, through its own forms. A copy differs from it in ids alone: a number large
enough to be one of Discord's is moved by `STEP` for each copy, and one of ours becomes the next that nobody has.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

from bench.line import KEY
from bench.wire.world import Json, World
from peerbot.engine import database

STEP: Final = 1 << 12
"""Less than ids differ in by the moment at which they were made, more than by their number in it."""
_DISCORDS: Final = 1 << 56
"""Ids of Discord's are greater; instants and permissions are less."""
_LEFT_OUT: Final = frozenset({"intent", "fact", "note"})
"""What was sent or said, and what is kept of the whole file."""


def moved(number: int, copy: int) -> int:
    """Return what an id of Discord's is in a copy; the first copy is 1, and 0 what was copied."""
    return number + copy * STEP


def copy_server(file: Path, world: World, server_id: int, copies: int) -> list[int]:
    """Copy all of a server so often, in a file that nobody uses now and on the stand-in. Returns the servers' ids."""
    _copy_rows(file, server_id, copies)
    for copy in range(1, copies + 1):
        _copy_world(world, server_id, copy)
    return [moved(server_id, copy) for copy in range(1, copies + 1)]


def _copy_rows(file: Path, server_id: int, copies: int) -> None:
    connection = database.connect(file, KEY, read_only=False)
    try:
        tables = [
            row["name"]
            for row in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
        ]
        columns = {table: connection.execute(f"PRAGMA table_info({table})").fetchall() for table in tables}
        ours = {
            name: [each for each in kept if _is_id(each)]
            for name, kept in columns.items()
            if name not in _LEFT_OUT and any(each["name"] in {"server_id", "id"} for each in kept)
        }
        connection.execute("CREATE TEMP TABLE known (number INTEGER PRIMARY KEY, id TEXT UNIQUE)")
        for table, kept in ours.items():
            for each in kept:
                if each["pk"]:
                    connection.execute(
                        f"INSERT OR IGNORE INTO known (id) SELECT {each['name']} FROM {table}"  # noqa: S608 - names of the schema's
                    )
        connection.execute("BEGIN")
        for table in ours:
            _copy_table(connection, table, columns[table], server_id, copies)
        connection.execute("COMMIT")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        assert not broken, broken[:5]
        connection.execute("ANALYZE")
    finally:
        connection.close()


def _is_id(column: Mapping[str, Any]) -> bool:
    name: str = column["name"]
    return column["type"] == "TEXT" and (name in {"id", "subject"} or name.endswith("_id"))


def _copy_table(
    connection: Any,  # noqa: ANN401 - sqlcipher3 ships no types
    table: str,
    columns: list[Mapping[str, Any]],
    server_id: int,
    copies: int,
) -> None:
    names = [each["name"] for each in columns]
    whose = "id" if table == "server" else "server_id"
    if whose not in names:
        return
    alone = table != "server" and [each["name"] for each in columns if each["pk"]] == ["id"]
    told: list[str] = []
    for each in columns:
        name = each["name"]
        if _is_id(each):
            # Eight hexadecimal digits, as ours have; a subject may be one of Discord's, written down.
            told.append(
                f"coalesce((SELECT printf('%08x', n.copy * (SELECT count(*) FROM known) + k.number) FROM known AS k"  # noqa: S608 - as above
                f" WHERE k.id = t.{name}), CASE WHEN CAST(t.{name} AS INTEGER) > {_DISCORDS}"
                f" THEN CAST(CAST(t.{name} AS INTEGER) + n.copy * {STEP} AS TEXT) ELSE t.{name} END)"
            )
        elif alone and name == "id":
            told.append("NULL")
        elif each["type"] == "INTEGER":
            told.append(f"CASE WHEN t.{name} > {_DISCORDS} THEN t.{name} + n.copy * {STEP} ELSE t.{name} END")
        else:
            told.append(f"t.{name}")
    connection.execute(
        "WITH RECURSIVE n (copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM n WHERE copy < ?)"  # noqa: S608 - as above
        f" INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(told)} FROM n, {table} AS t WHERE t.{whose} = ?",
        (copies, server_id),
    )


def _copy_world(world: World, server_id: int, copy: int) -> None:
    server, bot = world.servers[server_id], int(world.bot["id"])
    for user_id in server["members"]:
        if user_id != bot:
            world.people[moved(user_id, copy)] = _moved(world.people[user_id], copy, bot)
    fresh: Json = _moved(server, copy, bot)
    world.servers[moved(server_id, copy)] = fresh
    for channel_id in server["channels"]:
        there = moved(channel_id, copy)
        world.channels[there] = _moved(world.channels[channel_id], copy, bot)
        world.messages[there] = {}


def _moved(kept: Any, copy: int, bot: int) -> Any:  # noqa: ANN401 - anything of the world's
    """Return something of the stand-in's as it is in a copy; the bot is the same everywhere."""
    if isinstance(kept, dict):
        pairs = cast("dict[Any, Any]", kept).items()
        return {_moved(key, copy, bot): _moved(value, copy, bot) for key, value in pairs}
    if isinstance(kept, list):
        return [_moved(each, copy, bot) for each in cast("list[Any]", kept)]
    if isinstance(kept, set):
        return {_moved(each, copy, bot) for each in cast("set[Any]", kept)}
    if isinstance(kept, str):
        return str(_moved(int(kept), copy, bot)) if kept.isdecimal() else kept
    return moved(kept, copy) if isinstance(kept, int) and kept > _DISCORDS and kept != bot else kept
