"""What is kept of servers and their teams."""

from typing import Final

from peerbot.engine.forgetting import cut, row_of
from peerbot.engine.retention import YEAR, Deletion, Item, Lasts

ITEMS: Final = (
    Item("server", Lasts("use"), {"server": "safeguarding_contact outside_contact"}),
    Item("team", Lasts("use"), {"team": "user_id"}, ("kept-team",), forgets=(row_of("team", "user_id"),)),
    Item(
        "staff-acts",
        Lasts("time", YEAR),
        {"staff_act": "by_id"},
        ("kept-staff-acts",),
        (Deletion("DELETE FROM staff_act WHERE at < :before RETURNING id", YEAR),),
        (cut("staff_act", "by_id"),),
    ),
)
