"""Small things the program itself has to remember between two runs."""

from peerbot.engine.desk import Desk


async def recall(desk: Desk, name: str) -> str | None:
    """Return what was noted under `name`."""
    row = await desk.reads.one("SELECT value FROM note WHERE name = :name", name=name)
    return str(row["value"]) if row else None


async def remember(desk: Desk, name: str, value: str) -> None:
    """Note `value` under `name`."""
    async with desk.transaction(quiet=True) as work:
        await work.all(
            """
            INSERT INTO note (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            name=name,
            value=value,
        )
