"""The schema: the same whichever way a file came to it, and never half-done."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

import pytest

from peerbot.engine.database import connect
from peerbot.engine.migrations import TooNew, migrate, migrate_to, steps

NO_SERVER: Final = {
    "server",  # its own id is the server's
    "fact",  # lives for a moment, and names its server in its data
    "note",  # the program's own
    "dm_answer",  # direct messages belong to no server
    "forgetting",  # numbers of all servers together
    "housekeeping",  # how far it has seen the days go by
}


OPENED: Final = 29
"""The step from which on groups wait until the smallest team was reached."""


class Rows(Protocol):
    """What a statement found."""

    def fetchone(self) -> dict[str, Any]: ...
    def fetchall(self) -> list[dict[str, Any]]: ...


class Plain(Protocol):
    """A connection as the driver gives it."""

    def execute(self, sql: str, /) -> Rows: ...


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Plain]:
    connection = connect(tmp_path / "peerbot.sqlite", bytes(32), read_only=False)
    yield connection
    connection.close()


def schema(connection: Plain) -> list[tuple[str, str]]:
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(row["name"], row["sql"]) for row in found]


def version(connection: Plain) -> int:
    return connection.execute("PRAGMA user_version").fetchone()["user_version"]


def tables(connection: Plain) -> dict[str, str]:
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    return {row["name"]: row["sql"] for row in rows if not row["name"].startswith("sqlite_")}


def test_the_steps_are_numbered_one_after_the_other() -> None:
    assert [number for number, _, _ in steps()] == list(range(1, len(steps()) + 1))


def test_a_new_file_is_the_same_as_one_that_was_there_from_the_first_step_on(connection: Plain, tmp_path: Path) -> None:
    assert migrate(connection) == len(steps())
    old = connect(tmp_path / "old.sqlite", bytes(32), read_only=False)
    assert [migrate_to(old, steps()[:number]) for number in range(1, len(steps()) + 1)] == [1] * len(steps())
    assert schema(old) == schema(connection)
    assert version(old) == version(connection) == len(steps())
    old.close()


def test_a_file_that_is_up_to_date_is_left_alone(connection: Plain) -> None:
    migrate(connection)
    before = schema(connection)
    assert migrate(connection) == 0
    assert schema(connection) == before


@pytest.mark.parametrize(
    "failing",
    [
        "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1);",
        "CREATE TABLE half (id INTEGER) STRICT; this is no SQL;",
        "INSERT INTO note VALUES ('half', 'done'); INSERT INTO note VALUES ('half', 'done');",
        "INSERT INTO team (server_id, user_id, part, since) VALUES (1, 2, 'lead', 3);",  # no such server
    ],
)
def test_a_failing_step_leaves_no_trace_and_the_earlier_ones_stay(connection: Plain, failing: str) -> None:
    newest = len(steps())
    migrate_to(connection, steps()[:1])
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the step's own fault was
        migrate_to(connection, [*steps(), (newest + 1, "failing", failing)])
    assert version(connection) == newest
    assert "half" not in tables(connection)
    assert not connection.execute("SELECT * FROM note").fetchall()
    assert not connection.execute("SELECT * FROM team").fetchall()
    mended = "CREATE TABLE half (id INTEGER) STRICT;"
    assert migrate_to(connection, [*steps(), (newest + 1, "mended", mended)]) == 1
    assert "half" in tables(connection)


def test_a_newer_file_is_refused(connection: Plain) -> None:
    migrate(connection)
    with pytest.raises(TooNew):
        migrate_to(connection, steps()[:-1])


def test_every_table_is_strict(connection: Plain) -> None:
    migrate(connection)
    found = connection.execute("PRAGMA table_list").fetchall()
    ours = [row for row in found if row["schema"] == "main" and not row["name"].startswith("sqlite_")]
    assert {row["name"] for row in ours} >= {"intent", "timer", "fact", "note"}
    assert not [row["name"] for row in ours if not row["strict"]]


def test_every_row_of_a_server_says_whose_it_is(connection: Plain) -> None:
    migrate(connection)
    without = {
        table
        for table in tables(connection)
        if "server_id" not in {row["name"] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()}
    }
    assert without == NO_SERVER


def unnamed(sql: str) -> list[str]:
    """Return the checks and unique constraints of a table that have no name."""
    sql = re.sub(r"--[^\n]*", "", sql)
    return [
        sql[found.start() : found.start() + 40]
        for found in re.finditer(r"\b(CHECK|UNIQUE)\b", sql)
        if not re.search(r"\bCONSTRAINT\s+\w+\s+$", sql[: found.start()])
    ]


def test_every_constraint_has_a_name_that_says_what_was_broken(connection: Plain) -> None:
    migrate(connection)
    found = {table: unnamed(sql) for table, sql in tables(connection).items()}
    assert not {table: constraints for table, constraints in found.items() if constraints}


@pytest.mark.parametrize("sql", ["CREATE TABLE a (b INTEGER CHECK (b > 1))", "CREATE TABLE a (b, UNIQUE (b))"])
def test_a_constraint_without_a_name_is_found(sql: str) -> None:
    assert unnamed(sql)


def test_groups_that_are_open_stay_open_when_opening_is_waited_for(connection: Plain) -> None:
    migrate_to(connection, [step for step in steps() if step[0] < OPENED])
    connection.execute(
        """
        INSERT INTO server (id, country, zone, make_staff_channels, set_up_at)
        VALUES (1, 'GB', 'UTC', 0, 7), (2, 'GB', 'UTC', 0, 7)
        """
    )
    connection.execute(
        """
        INSERT INTO peer_group (id, server_id, name, about, medium, capacity, language, state, created_at)
        VALUES ('a', 1, 'Night owls', 'Nights', 'text', 8, 'English', 'open', 7)
        """
    )
    migrate(connection)
    found = connection.execute("SELECT id, opened_at FROM server ORDER BY id").fetchall()
    assert [tuple(row.values()) for row in found] == [(1, 7), (2, None)]
