"""The statements that let go of one person in one server. All of them take `:server_id` and `:user_id`.

Tables and columns come from our own code alone, and `which` narrows a statement to some of the rows.
"""

from peerbot.engine.actor import FORGOTTEN


def row_of(table: str, *columns: str, which: str = "") -> str:
    """Return the statement that deletes the rows of a table that name somebody in one of `columns`."""
    named = " OR ".join(f"{column} = :user_id" for column in columns)
    return f"DELETE FROM {table} WHERE server_id = :server_id AND ({named}){_and(which)}"  # noqa: S608 - ours


def cut(table: str, column: str, which: str = "") -> str:
    """Return the statement that puts nobody (`FORGOTTEN`) in somebody's place: what was done stays known."""
    return (
        f"UPDATE {table} SET {column} = {FORGOTTEN} WHERE server_id = :server_id AND {column} = :user_id{_and(which)}"  # noqa: S608 - as above
    )


def cut_from_list(table: str, column: str, which: str = "") -> str:
    """Return the statement that does the same where a column holds a list of people, as JSON."""
    return f"""
        UPDATE {table} SET {column} = (
            SELECT json_group_array(CASE WHEN value = :user_id THEN {FORGOTTEN} ELSE value END)
            FROM json_each({table}.{column}))
        WHERE server_id = :server_id AND EXISTS (SELECT 1 FROM json_each({column}) WHERE value = :user_id){_and(which)}
        """  # noqa: S608 - as above


def _and(which: str) -> str:
    return f" AND {which}" if which else ""
