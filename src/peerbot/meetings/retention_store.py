"""What is kept of meetings and of who comes, and the statements that end it."""

from typing import Final

from peerbot.engine.retention import Deletion, Item, Lasts
from peerbot.meetings.rules import AWAY_KEPT_AFTER, KEPT_AFTER, LIMITS_KEPT_AFTER

ITEMS: Final = (
    Item(
        "attendance",
        Lasts("time", KEPT_AFTER),
        {"attendance": "user_id"},
        ("kept-attendance", "kept-apologies", "kept-not-seen"),
        (Deletion("DELETE FROM attendance WHERE at < :before RETURNING user_id", KEPT_AFTER),),
    ),
    Item(
        "stand-in",
        Lasts("time", KEPT_AFTER),
        {"stand_in": "user_id"},
        ("kept-stand-in",),
        (Deletion("DELETE FROM stand_in WHERE at < :before RETURNING user_id", KEPT_AFTER),),
    ),
    Item(
        "away",
        Lasts("need", AWAY_KEPT_AFTER),
        {"away": "user_id"},
        ("kept-away",),
        (
            Deletion(
                """
                DELETE FROM away WHERE meeting_id IN (SELECT id FROM meeting WHERE ends_at <= :before)
                RETURNING user_id
                """,
                AWAY_KEPT_AFTER,
            ),
        ),
    ),
    Item(
        "room-limit",
        Lasts("need", LIMITS_KEPT_AFTER),
        {"room_limit": "user_id"},
        ("kept-room-limit",),
        (
            Deletion(
                """
                DELETE FROM room_limit WHERE meeting_id IN (SELECT id FROM meeting WHERE ends_at < :before)
                RETURNING user_id
                """,
                LIMITS_KEPT_AFTER,
            ),
        ),
    ),
    Item(
        "hold",
        Lasts("time", KEPT_AFTER),
        {"room_hold_yes": "user_id"},
        ("kept-hold",),
        (Deletion("DELETE FROM room_hold_yes WHERE at < :before RETURNING user_id", KEPT_AFTER),),
    ),
    Item("missed-note", Lasts("need"), {"missed_note": "user_id"}, ("kept-missed-note",)),
    Item(
        "wishes",
        Lasts("wish"),
        {"no_missed_note": "user_id", "person_zone": "user_id zone"},
        ("kept-no-missed-note", "kept-zone"),
    ),
    Item(
        "meeting",
        Lasts("time", KEPT_AFTER),
        {"room": "name"},
        (),
        (
            Deletion(
                """
                DELETE FROM meeting WHERE ends_at < :before AND state <> 'planned' AND NOT EXISTS (
                    SELECT 1 FROM room WHERE room.meeting_id = meeting.id
                    AND (room.channel_id IS NOT NULL OR room.deleted_at IS NOT NULL)
                    AND (room.deleted_at IS NULL OR room.deleted_at >= :before))
                RETURNING id
                """,
                KEPT_AFTER,
            ),
            Deletion(
                """
                DELETE FROM series WHERE ended_at < :before
                AND NOT EXISTS (SELECT 1 FROM meeting WHERE meeting.series_id = series.id) RETURNING id
                """,
                KEPT_AFTER,
            ),
        ),
    ),
)
