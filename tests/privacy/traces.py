"""What is left of somebody: looked for in every row there is."""

import json

from peerbot.demo.driver import Person
from peerbot.demo.world import World


async def rows_about(world: World, person: Person) -> dict[str, int]:
    """Return table → rows that hold this person's id anywhere, in numbers or in words."""
    reads = world.app.desk.reads
    found_rows: dict[str, int] = {}
    for table in await reads.all("SELECT name FROM sqlite_master WHERE type = 'table'"):
        rows = await reads.all(f"SELECT * FROM {table['name']}")  # noqa: S608 - the schema's own names
        count = sum(str(person.actor.id) in json.dumps(dict(row)) for row in rows)
        if count:
            found_rows[table["name"]] = count
    return found_rows
