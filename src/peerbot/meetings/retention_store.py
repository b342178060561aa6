"""What is kept of meetings and of who comes, and the statements that end it."""

from typing import Final

from peerbot.engine.forgetting import row_of
from peerbot.engine.retention import Deletion, Item, Lasts
from peerbot.meetings.rules import AWAY_KEPT_AFTER, KEPT_AFTER, LIMITS_KEPT_AFTER

ITEMS: Final = (
    Item(
        "attendance",
        Lasts("time", KEPT_AFTER),
        {"attendance": "user_id"},
        ("kept-attendance", "kept-apologies", "kept-not-seen"),
        (Deletion("DELETE FROM attendance WHERE at < :before RETURNING user_id", KEPT_AFTER),),
        (row_of("attendance", "user_id"),),
    ),
    Item(
        "stand-in",
        Lasts("time", KEPT_AFTER),
        {"stand_in": "user_id"},
        ("kept-stand-in",),
        (Deletion("DELETE FROM stand_in WHERE at < :before RETURNING user_id", KEPT_AFTER),),
        (row_of("stand_in", "user_id"),),
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
        (row_of("away", "user_id"),),
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
        (row_of("room_limit", "user_id"),),
    ),
    Item(
        "hold",
        Lasts("time", KEPT_AFTER),
        {"room_hold_yes": "user_id"},
        ("kept-hold",),
        (Deletion("DELETE FROM room_hold_yes WHERE at < :before RETURNING user_id", KEPT_AFTER),),
        (row_of("room_hold_yes", "user_id"),),
    ),
    Item(
        "missed-note",
        Lasts("need"),
        {"missed_note": "user_id"},
        ("kept-missed-note",),
        forgets=(row_of("missed_note", "user_id"),),
    ),
    Item(
        "wishes",
        Lasts("wish"),
        {"no_missed_note": "user_id", "person_zone": "user_id zone"},
        ("kept-no-missed-note", "kept-zone"),
        forgets=(row_of("no_missed_note", "user_id"), row_of("person_zone", "user_id")),
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
