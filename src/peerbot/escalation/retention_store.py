"""What is kept of concerns and of the team that answers them, and the statements that end it.

A concern ends in steps: its words and its raiser with the last news, who it was about after 90 days, the rest after 30
days or 12 months. Once nobody knows any more from whom one must be hidden, it is sealed: nobody opens it.
What is deleted with the last news is so by `raising.news`, in the act that ends it.
"""

from datetime import timedelta
from typing import Final

from peerbot.engine.forgetting import cut, cut_from_list, row_of
from peerbot.engine.retention import DAY, YEAR, Deletion, Item, Lasts
from peerbot.escalation.limits.rules import A_DAY
from peerbot.escalation.raising.rules import GIVEN_UP_AFTER
from peerbot.escalation.rota.unplanned import RETURNS

PERSON_KEPT: Final = 90 * DAY
"""After closing: who it was about, where it was raised, who took it."""
CHECK_IN_KEPT: Final = 30 * DAY
OTHERS_KEPT: Final = YEAR
RECORD_KEPT: Final = YEAR
"""Did we answer: pages, what was done, who looked, who agreed."""
ROTA_KEPT: Final = 90 * DAY


def _older(table: str, column: str, after: timedelta, returning: str = "id") -> Deletion:
    return Deletion(f"DELETE FROM {table} WHERE {column} < :before RETURNING {returning}", after)  # noqa: S608 - ours


ITEMS: Final = (
    Item(
        "concern-words",
        Lasts("use", GIVEN_UP_AFTER),
        {"concern": "note raiser_id token side_people side_name", "concern_note": "by_id note"},
        ("kept-concern-open", "kept-concern-closed", "kept-notes"),
        forgets=(cut("concern_note", "by_id"),),
    ),
    Item(
        "concern-person",
        Lasts("use", PERSON_KEPT),
        {"concern": "subject_id taken_by group_id room_name"},
        (),
        (
            Deletion(
                """
                UPDATE concern SET sealed = subject_id IS NOT NULL, subject_id = NULL, raiser_id = NULL,
                    taken_by = NULL, group_id = NULL, room_channel_id = NULL, side_people = '[]'
                WHERE state = 'closed' AND closed_at < :before
                  AND (subject_id IS NOT NULL OR raiser_id IS NOT NULL OR taken_by IS NOT NULL OR group_id IS NOT NULL)
                RETURNING id
                """,
                PERSON_KEPT,
            ),
        ),
        # What is open stays whole. The use cases end raiser and subject of what is closed.
        (
            cut("concern", "taken_by", "state = 'closed'"),
            cut_from_list("concern", "side_people", "state = 'closed'"),
        ),
    ),
    Item(
        "concern-check-in",
        Lasts("use", CHECK_IN_KEPT),
        {"concern": "category"},
        (),
        (
            Deletion(
                "DELETE FROM concern WHERE state = 'closed' AND level = 1 AND closed_at < :before RETURNING id",
                CHECK_IN_KEPT,
            ),
        ),
    ),
    Item(
        "concern",
        Lasts("use", OTHERS_KEPT),
        {"concern": "category"},
        (),
        (Deletion("DELETE FROM concern WHERE state = 'closed' AND closed_at < :before RETURNING id", OTHERS_KEPT),),
    ),
    Item(
        "record",
        Lasts("time", RECORD_KEPT),
        {
            "page": "people unseen pressed_by",
            "concern_act": "by_id",
            "drill": "started_by",
            "sign_off": "asked_by named ended_by reviewed_by",
            "look_in": "user_id",
        },
        ("kept-pages", "kept-acts", "kept-drill", "kept-sign-offs", "kept-look-in"),
        (
            _older("page", "made_at", RECORD_KEPT),
            _older("concern_act", "at", RECORD_KEPT),
            _older("sign_off", "asked_at", RECORD_KEPT),
            _older("look_in", "ended_at", RECORD_KEPT),
        ),
        (
            # A page on its way asks who it says; it is cut when it has arrived.
            cut_from_list("page", "people", "state <> 'waiting'"),
            cut_from_list("page", "unseen"),
            cut("page", "pressed_by"),
            cut("concern_act", "by_id"),
            cut("drill", "started_by"),
            *(cut("sign_off", column) for column in ("asked_by", "ended_by", "reviewed_by")),
            cut_from_list("sign_off", "named"),
            cut("look_in", "user_id"),
        ),
    ),
    Item(
        "hand-over",
        Lasts("need"),
        {"hand_over": "from_id to_id"},
        ("kept-hand-over",),
        forgets=(row_of("hand_over", "from_id"), cut("hand_over", "to_id")),
    ),
    Item(
        "next-day",
        Lasts("need"),
        {"next_day": "user_id"},
        ("kept-next-day",),
        forgets=(row_of("next_day", "user_id"),),
    ),
    Item(
        "alias",
        Lasts("time", A_DAY),
        {"alias_count": "alias"},
        ("kept-counted",),
        (
            Deletion("DELETE FROM alias_count WHERE at <= :before RETURNING id", A_DAY),
            Deletion("DELETE FROM lead_list WHERE told_at <= :before RETURNING server_id", A_DAY),
        ),
    ),
    Item("block", Lasts("need"), {"alias_block": "alias about"}, ("kept-block",)),
    Item(
        "silence",
        Lasts("need"),
        {"silence": "user_id"},
        ("kept-silence",),
        forgets=(row_of("silence", "user_id"),),
        protects=True,
    ),
    Item(
        "rota",
        Lasts("use", ROTA_KEPT),
        {
            "shift": "user_id",
            "rota_cover": "user_id instead_of",
            "rota_instead": "user_id",
            "rota_off": "user_id",
            "rota_night": "user_id",
            "rota_weekly": "people before",
            "rota_swap": "by_id other_id mine theirs",
        },
        ("kept-shift", "kept-rota-weekly", "kept-rota-dates", "kept-rota-off", "kept-rota-night"),
        (
            _older("shift", "ends_at", ROTA_KEPT),
            _older("rota_cover", "ends_at", ROTA_KEPT),
            _older("rota_instead", "ends_at", ROTA_KEPT, "weekly_id"),
            _older("rota_off", "ends_at", ROTA_KEPT),
            _older("rota_weekly", "over_at", ROTA_KEPT),
            _older("rota_swap", "ends_at", timedelta()),
            _older("rota_gap", "ends_at", timedelta()),
            _older("rota_unplanned", "ends_at", RETURNS),
        ),
        (
            row_of("shift", "user_id"),
            cut("rota_cover", "user_id"),
            cut("rota_cover", "instead_of"),
            cut("rota_instead", "user_id"),
            row_of("rota_off", "user_id"),
            row_of("rota_night", "user_id"),
            row_of("rota_swap", "by_id", "other_id"),
        ),
    ),
    Item(
        "ways",
        Lasts("time", ROTA_KEPT),
        {"proof": "user_id", "sight": "user_id", "test_page": "user_id code"},
        ("kept-proof", "kept-sight", "kept-test-page"),
        (
            _older("proof", "at", ROTA_KEPT, "user_id"),
            _older("sight", "at", ROTA_KEPT, "user_id"),
            _older("test_page", "made_at", ROTA_KEPT),
        ),
        (row_of("proof", "user_id"), row_of("sight", "user_id"), row_of("test_page", "user_id")),
    ),
    Item(
        "dm-answer",
        Lasts("time", DAY),
        {"dm_answer": "user_id"},
        ("kept-dm-answer",),
        (_older("dm_answer", "at", DAY, "user_id"),),
        ("DELETE FROM dm_answer WHERE user_id = :user_id",),
    ),
)
