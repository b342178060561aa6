"""The schema as numbered steps, forward only. A step and the record of it are one transaction."""

from importlib.resources import files
from typing import Any


class TooNew(Exception):
    """The file was written by a newer program."""


def steps() -> list[tuple[int, str, str]]:
    """Return (number, name, SQL) of every step, in order."""
    return sorted(
        (int(item.name.split("_", 1)[0]), item.name, item.read_text(encoding="utf-8"))
        for item in files(__name__).joinpath("sqlite").iterdir()
        if item.name.endswith(".sql")
    )


def newest() -> int:
    """Return the number of the last step this program knows."""
    return steps()[-1][0]


def done(connection: Any) -> int:  # noqa: ANN401 - see `migrate`
    """Return the number of the last step a file has taken."""
    return int(next(iter(connection.execute("PRAGMA user_version").fetchone().values())))


def migrate(connection: Any) -> int:  # noqa: ANN401 - any DB-API connection in autocommit mode
    """Apply the steps a file lacks and return how many that were.

    `executescript` runs the step inside its own BEGIN IMMEDIATE, so a failing step leaves no trace. Foreign keys are
    off meanwhile (a table may be rebuilt) and checked before each commit.

    Raises:
        TooNew: if the file records a step this program does not have.
    """
    return migrate_to(connection, steps())


def migrate_to(connection: Any, wanted: list[tuple[int, str, str]]) -> int:  # noqa: ANN401 - see `migrate`
    """Apply `wanted` steps; separate so that a test can bring a failing one."""
    taken, known = done(connection), wanted[-1][0] if wanted else 0
    if taken > known:
        message = f"step {taken}, this program knows {known}"
        raise TooNew(message)
    connection.execute("PRAGMA foreign_keys=OFF")
    applied = 0
    for number, _name, sql in wanted:
        if number <= taken:
            continue
        try:
            connection.executescript(f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA user_version={number};")
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                message = f"step {number} breaks a foreign key"
                raise ValueError(message)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        applied += 1
    return applied
