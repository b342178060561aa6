"""What is kept of groups, seats and queues, and the statements that end it."""

from typing import Final

from peerbot.engine.forgetting import cut, row_of
from peerbot.engine.retention import YEAR, Deletion, Item, Lasts
from peerbot.signup.invites.rules import WRONG_LASTS
from peerbot.signup.rules import KEPT_AFTER, WAITLIST_LASTS

ITEMS: Final = (
    Item("group", Lasts("use", KEPT_AFTER), {"peer_group": "name about"}),
    Item(
        "seat",
        Lasts("use", KEPT_AFTER),
        {"seat": "user_id"},
        ("kept-seat", "kept-seat-ended"),
        (Deletion("DELETE FROM seat WHERE ended_at < :before RETURNING id", KEPT_AFTER),),
        (row_of("seat", "user_id"),),
    ),
    Item(
        "facilitating",
        Lasts("use"),
        {"facilitator": "user_id", "backup": "user_id"},
        ("kept-facilitating", "kept-backup"),
        forgets=(row_of("facilitator", "user_id"), row_of("backup", "user_id")),
    ),
    Item(
        "offer",
        Lasts("use", KEPT_AFTER),
        {"offer": "user_id"},
        ("kept-offer",),
        (
            # That somebody passed on a seat that is still free, while they still wait, says whom not to ask.
            Deletion(
                """
                DELETE FROM offer WHERE ended_at < :before AND NOT EXISTS (
                    SELECT 1 FROM free_seat AS f JOIN waiting AS w ON w.id = offer.waiting_id
                    WHERE f.id = offer.free_seat_id AND w.ended_at IS NULL)
                RETURNING id
                """,
                KEPT_AFTER,
            ),
        ),
        (row_of("offer", "user_id"),),
    ),
    Item(
        "wait",
        Lasts("use", KEPT_AFTER),
        {"waiting": "user_id"},
        ("kept-wait", "kept-wait-ended"),
        (
            Deletion("DELETE FROM waiting WHERE ended_at < :before RETURNING id", KEPT_AFTER),
            Deletion("DELETE FROM waiting WHERE ended_at IS NOT NULL AND since < :before RETURNING id", WAITLIST_LASTS),
        ),
        (row_of("waiting", "user_id"),),
    ),
    Item(
        "taster",
        Lasts("use", KEPT_AFTER),
        {"taster": "user_id"},
        ("kept-taster",),
        (Deletion("DELETE FROM taster WHERE ended_at < :before RETURNING id", KEPT_AFTER),),
        (row_of("taster", "user_id"),),
    ),
    Item(
        "measure",
        Lasts("use", KEPT_AFTER),
        {"measure": "user_id"},
        ("kept-measure",),
        (Deletion("DELETE FROM measure WHERE over_at < :before RETURNING id", KEPT_AFTER),),
        # What stands is kept under a number, which the use case has put in their place.
        (row_of("measure", "user_id"),),
    ),
    Item(
        "measure-by",
        Lasts("time", YEAR),
        {"measure": "proposed_by confirmed_by"},
        (),
        (
            Deletion(
                """
                UPDATE measure SET proposed_by = NULL, confirmed_by = NULL
                WHERE confirmed_at < :before AND proposed_by IS NOT NULL RETURNING id
                """,
                YEAR,
            ),
        ),
        (cut("measure", "proposed_by"), cut("measure", "confirmed_by")),
    ),
    Item(
        "keep-apart",
        Lasts("need"),
        {"keep_apart": "one_id other_id"},
        forgets=(row_of("keep_apart", "one_id", "other_id"),),
        protects=True,
    ),
    Item(
        "code-tries",
        Lasts("time", WRONG_LASTS),
        {"code_try": "user_id"},
        ("kept-code-tries",),
        (Deletion("DELETE FROM code_try WHERE since <= :before RETURNING user_id", WRONG_LASTS),),
        (row_of("code_try", "user_id"),),
    ),
    Item(
        "invite",
        Lasts("use", KEPT_AFTER),
        {"invite": "code_hash"},
        (),
        (Deletion("DELETE FROM invite WHERE expires_at < :before OR withdrawn_at < :before RETURNING id", KEPT_AFTER),),
    ),
    Item(
        "reminders",
        Lasts("wish"),
        {"reminder_choice": "user_id"},
        ("kept-reminders",),
        forgets=(row_of("reminder_choice", "user_id"),),
    ),
    Item(
        "writing",
        Lasts("wish"),
        {"rather_write": "user_id"},
        ("kept-writing",),
        forgets=(row_of("rather_write", "user_id"),),
    ),
)
