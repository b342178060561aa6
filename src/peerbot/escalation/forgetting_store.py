"""What of escalation is deleted when: the retention table of the product specification, §5, as statements."""

from datetime import datetime, timedelta

from peerbot.engine.clock import to_row
from peerbot.engine.database import Reads
from peerbot.escalation.rooms import look_in_store
from peerbot.escalation.sign_offs import store as sign_off_store


async def forget(work: Reads, now: datetime) -> int:
    """Delete what has been kept long enough, by the retention table; return how many rows that were.

    check_in 30 days and others 12 months after closing; the person cut at 90 days; pages and acts 12 months; shifts,
    what was agreed of the rota, test pages and what they showed 90 days past; the note of an answered direct message a
    day.
    """
    day = 24 * 3600
    steps = (
        ("DELETE FROM concern WHERE state = 'closed' AND level = 1 AND closed_at < :before RETURNING id", 30),
        ("DELETE FROM concern WHERE state = 'closed' AND closed_at < :before RETURNING id", 365),
        (
            """
            UPDATE concern SET subject_id = NULL, raiser_id = NULL, taken_by = NULL, group_id = NULL,
                room_channel_id = NULL, side_people = '[]'
            WHERE state = 'closed' AND closed_at < :before
              AND (subject_id IS NOT NULL OR raiser_id IS NOT NULL OR taken_by IS NOT NULL OR group_id IS NOT NULL)
            RETURNING id
            """,
            90,
        ),
        ("DELETE FROM page WHERE made_at < :before RETURNING id", 365),
        ("DELETE FROM concern_act WHERE at < :before RETURNING id", 365),
        ("DELETE FROM shift WHERE ends_at < :before RETURNING id", 90),
        ("DELETE FROM rota_cover WHERE ends_at < :before RETURNING id", 90),
        ("DELETE FROM rota_instead WHERE ends_at < :before RETURNING weekly_id", 90),
        ("DELETE FROM rota_off WHERE ends_at < :before RETURNING id", 90),
        ("DELETE FROM rota_weekly WHERE over_at < :before RETURNING id", 90),
        ("DELETE FROM rota_swap WHERE ends_at < :before RETURNING id", 0),
        ("DELETE FROM rota_gap WHERE ends_at < :before RETURNING id", 0),
        ("DELETE FROM proof WHERE at < :before RETURNING user_id", 90),
        ("DELETE FROM sight WHERE at < :before RETURNING user_id", 90),
        ("DELETE FROM test_page WHERE made_at < :before RETURNING id", 90),
        ("DELETE FROM dm_answer WHERE at < :before RETURNING user_id", 1),
    )
    forgotten = 0
    for sql, days in steps:
        forgotten += len(await work.all(sql, before=to_row(now) - days * day))
    before = now - timedelta(days=365)
    return forgotten + await sign_off_store.forget(work, before) + await look_in_store.forget(work, before)
