"""What is kept of servers and their teams."""

from typing import Final

from peerbot.engine.forgetting import row_of
from peerbot.engine.retention import YEAR, Deletion, Item, Lasts

ITEMS: Final = (
    Item("server", Lasts("use"), {"server": "safeguarding_contact outside_contact"}),
    Item("team", Lasts("use"), {"team": "user_id"}, ("kept-team",), forgets=(row_of("team", "user_id"),)),
    Item(
        "staff-acts",
        Lasts("time", YEAR),
        {"staff_person": "user_id"},
        ("kept-staff-acts",),
        (
            Deletion("DELETE FROM staff_act WHERE at < :before RETURNING id", YEAR),
            Deletion(
                """
                DELETE FROM staff_person WHERE NOT EXISTS (
                    SELECT 1 FROM staff_act WHERE person_id = staff_person.id AND at >= :before)
                RETURNING id
                """,
                YEAR,
            ),
        ),
        # A row of their own: so the acts need not be changed, and the file lets nobody change them.
        ("UPDATE staff_person SET user_id = NULL WHERE server_id = :server_id AND user_id = :user_id",),
    ),
)
