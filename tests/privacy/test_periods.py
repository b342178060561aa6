"""Each period of the retention table, lived through: what is kept is there just before its end, and gone just after.

The periods stand here as people are told them, not as the code has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest

from peerbot.confidentiality.service import Confidentiality
from peerbot.engine.actor import Actor
from peerbot.engine.clock import to_row
from peerbot.privacy.service import Privacy
from peerbot.signup.service import NewGroup
from tests.escalation.scene import COORDINATOR, SERVER, Scene

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
YEAR: Final = 365 * DAY

MEETING: Final = """
    INSERT INTO meeting (id, server_id, group_id, series_id, on_date, starts_at, ends_at, state)
    SELECT 'm', :server, group_id, id, '2020-01-01', :at - 3600, :at, 'locked' FROM series LIMIT 1"""
SERIES: Final = """
    INSERT INTO series (id, server_id, group_id, weekday, wall_time, zone, repeat, every_weeks, nth, minutes, first_on,
        until, count, tzdata, created_at)
    VALUES ('s', :server, :group, 0, '19:00', 'UTC', 'weekly', 1, 0, 60, '2020-01-06', '', 0, '', 1)"""
PLANNED: Final = """
    INSERT INTO meeting (id, server_id, group_id, series_id, on_date, starts_at, ends_at)
    SELECT 'p', :server, group_id, id, '2020-01-01', :at - 3600, :at FROM series LIMIT 1"""
CONCERN: Final = """
    INSERT INTO concern (id, server_id, number, level, state, category, raised_at, level_since, closed_at, subject_id)
    VALUES ('c', :server, 900, {level}, 'closed', 'conduct', :at, :at, :at, 5)"""
MEASURE: Final = """
    INSERT INTO measure (id, server_id, group_id, user_id, kind, proposed_by, proposed_at, confirmed_by, confirmed_at,
        over_at)
    VALUES ('x', :server, :group, 5, 'end', 1, :at, 2, :at, {over})"""
WAITING: Final = """
    INSERT INTO waiting (id, group_id, server_id, user_id, since, ended_at) VALUES (9, :group, :server, 5, :at, {ended})
    """
IN_MEETING: Final = "INSERT INTO {table} (meeting_id, server_id, user_id, at) SELECT id, :server, 5, :at FROM meeting"
WEEKLY: Final = """
    INSERT INTO rota_weekly (id, server_id, days, starts, ends, zone, people, first_on, over_at)
    VALUES ('w', :server, '[0]', '09:00', '10:00', 'UTC', '[5]', '2020-01-06', {over})"""


@dataclass(frozen=True, slots=True)
class Case:
    """Rows whose time begins at `:at`; `kept` counts what is still there of them."""

    item: str
    lasts: timedelta
    rows: Sequence[str]
    kept: str


def case(item: str, lasts: timedelta, kept: str, *rows: str) -> Case:
    return Case(item, lasts, rows, kept)


CASES: Final = (
    case(
        "seat",
        30 * DAY,
        "seat WHERE user_id = 5",
        "INSERT INTO seat (group_id, server_id, user_id, since, ended_at) VALUES (:group, :server, 5, :at, :at)",
    ),
    case(
        "offer",
        30 * DAY,
        "offer",
        WAITING.format(ended="NULL"),
        """
        INSERT INTO offer (id, group_id, server_id, waiting_id, user_id, free_seat_id, state, made_at, ends_at,
            ended_at)
        VALUES ('o', :group, :server, 9, 5, 99, 'passed', :at, :at, :at)""",
    ),
    case("wait", 30 * DAY, "waiting", WAITING.format(ended=":at")),
    case("wait", 180 * DAY, "waiting", WAITING.format(ended=":at + 170 * 86400")),
    case("wait", 180 * DAY, "waiting", WAITING.format(ended="NULL")),
    case(
        "taster",
        30 * DAY,
        "taster",
        """
        INSERT INTO taster (id, group_id, server_id, user_id, since, held_until, ended_at, outcome)
        VALUES ('t', :group, :server, 5, :at, :at, :at, 'left')""",
    ),
    case("measure", 30 * DAY, "measure", MEASURE.format(over=":at")),
    case("measure-by", YEAR, "measure WHERE proposed_by = 1 AND confirmed_by = 2", MEASURE.format(over="NULL")),
    case(
        "code-tries",
        HOUR,
        "code_try",
        "INSERT INTO code_try (server_id, user_id, count, since) VALUES (:server, 5, 1, :at)",
    ),
    case(
        "invite",
        30 * DAY,
        "invite",
        """
        INSERT INTO invite (id, group_id, server_id, code_hash, made_at, expires_at)
        VALUES ('i', :group, :server, 'hash', :at, :at)""",
    ),
    case(
        "acceptance",
        YEAR,
        "acceptance WHERE person_hash = 'hash'",
        """
        INSERT INTO acceptance (server_id, group_id, person_hash, agreement_version, limits_version, server_version,
            group_version, accepted_at, withdrawn_at)
        VALUES (:server, :group, 'hash', 1, 1, 0, 0, :at, :at)""",
    ),
    case(
        "wording",
        30 * DAY,
        "wording WHERE id = 'old'",
        """
        INSERT INTO wording (id, server_id, text, group_id, lines, number, since, follows, made_at)
        VALUES ('old', :server, 'server', '', '', 901, 1, 0, 1), ('new', :server, 'server', '', '', 902, :at, 0, 1)""",
    ),
    case("attendance", 60 * DAY, "attendance WHERE user_id = 5", PLANNED, IN_MEETING.format(table="attendance")),
    case("stand-in", 60 * DAY, "stand_in WHERE user_id = 5", PLANNED, IN_MEETING.format(table="stand_in")),
    case("hold", 60 * DAY, "room_hold_yes WHERE user_id = 5", PLANNED, IN_MEETING.format(table="room_hold_yes")),
    case("away", DAY, "away", MEETING, "INSERT INTO away (meeting_id, server_id, user_id) VALUES ('m', :server, 5)"),
    case(
        "room-limit",
        DAY,
        "room_limit",
        MEETING,
        "INSERT INTO room_limit (meeting_id, server_id, user_id, what) VALUES ('m', :server, 5, 'out')",
    ),
    case("meeting", 60 * DAY, "meeting WHERE id = 'm'", MEETING),
    case(
        "meeting",
        61 * DAY,
        "room WHERE meeting_id = 'm'",
        MEETING,
        """
        INSERT INTO room (meeting_id, server_id, name, channel_id, deleted_at)
        VALUES ('m', :server, 'room-aaaaaa', 7, :at + 86400)""",
    ),
    case("concern-person", 90 * DAY, "concern WHERE subject_id = 5", CONCERN.format(level=2)),
    case("concern-check-in", 30 * DAY, "concern", CONCERN.format(level=1)),
    case("concern", YEAR, "concern", CONCERN.format(level=2)),
    case("concern", YEAR, "concern", CONCERN.format(level=3)),
    case(
        "record",
        YEAR,
        "page",
        """
        INSERT INTO page (id, server_id, concern_id, round, way, people, state, made_at)
        VALUES ('p', :server, 'c', 0, 'dm', '[5]', 'arrived', :at)""",
    ),
    case(
        "record",
        YEAR,
        "concern_act",
        "INSERT INTO concern_act (server_id, concern_id, act, by_id, at) VALUES (:server, 'c', 'opened', 5, :at)",
    ),
    case(
        "record",
        YEAR,
        "sign_off",
        """
        INSERT INTO sign_off (id, server_id, concern_id, kind, state, asked_by, asked_at)
        VALUES ('s', :server, 'c', 'close', 'agreed', 5, :at)""",
    ),
    case(
        "record",
        YEAR,
        "look_in",
        """
        INSERT INTO look_in (id, server_id, concern_id, channel_id, user_id, until, ended_at)
        VALUES ('l', :server, 'c', 7, 5, :at, :at)""",
    ),
    case("alias", DAY, "alias_count", "INSERT INTO alias_count (server_id, alias, at) VALUES (:server, 'hash', :at)"),
    case(
        "rota",
        90 * DAY,
        "shift",
        "INSERT INTO shift (id, server_id, user_id, starts_at, ends_at) VALUES ('s', :server, 5, :at - 60, :at)",
    ),
    case(
        "rota",
        90 * DAY,
        "rota_cover",
        """
        INSERT INTO rota_cover (id, server_id, user_id, starts_at, ends_at, number)
        VALUES ('r', :server, 5, :at - 60, :at, 1)""",
    ),
    case(
        "rota",
        90 * DAY,
        "rota_off",
        "INSERT INTO rota_off (id, server_id, user_id, starts_at, ends_at) VALUES ('f', :server, 5, :at - 60, :at)",
    ),
    case("rota", 90 * DAY, "rota_weekly", WEEKLY.format(over=":at")),
    case(
        "rota",
        90 * DAY,
        "rota_instead",
        WEEKLY.format(over="NULL"),
        """
        INSERT INTO rota_instead (weekly_id, on_date, server_id, user_id, ends_at)
        VALUES ('w', '2020-01-06', :server, 5, :at)""",
    ),
    case(
        "rota",
        HOUR,
        "rota_swap",
        """
        INSERT INTO rota_swap (id, server_id, by_id, other_id, mine, theirs, ends_at)
        VALUES ('s', :server, 5, 6, 'm', 't', :at + 3600)""",
    ),
    case(
        "ways",
        90 * DAY,
        "proof WHERE user_id = 5",
        "INSERT INTO proof (server_id, user_id, way, at) VALUES (:server, 5, 'dm', :at)",
    ),
    case(
        "ways",
        90 * DAY,
        "sight WHERE user_id = 5",
        "INSERT INTO sight (server_id, user_id, channel_id, sees, at) VALUES (:server, 5, 7, 1, :at)",
    ),
    case(
        "ways",
        90 * DAY,
        "test_page",
        """
        INSERT INTO test_page (id, server_id, user_id, way, state, made_at)
        VALUES ('t', :server, 5, 'dm', 'arrived', :at)""",
    ),
    case("dm-answer", DAY, "dm_answer", "INSERT INTO dm_answer (user_id, at) VALUES (5, :at)"),
    case(
        "staff-acts",
        YEAR,
        "staff_act AS a JOIN staff_person AS p ON p.id = a.person_id WHERE user_id = 5",
        "INSERT INTO staff_person (id, server_id, user_id) VALUES (500, :server, 5)",
        "INSERT INTO staff_act (server_id, act, person_id, at) VALUES (:server, 'concern-opened', 500, :at)",
    ),
    case(
        "staff-acts",
        YEAR,
        "staff_person WHERE user_id = 5",
        "INSERT INTO staff_person (id, server_id, user_id) VALUES (500, :server, 5)",
        "INSERT INTO staff_act (server_id, act, person_id, at) VALUES (:server, 'concern-opened', 500, :at)",
    ),
    case(
        "work",
        14 * DAY,
        "intent WHERE key = 'over'",
        """
        INSERT INTO intent (key, kind, lane, server_id, data, nonce, state, due_at, created_at, ended_at)
        VALUES ('over', 'dm', 3, :server, '{}', '', 'done', :at, :at, :at)""",
    ),
    case(
        "named",
        YEAR,
        "named",
        "INSERT INTO named (message_id, user_id, channel_id, server_id, at) VALUES (1, 5, 7, :server, :at)",
    ),
    case(
        "receipts",
        90 * DAY,
        "forgetting WHERE gone = 'this one'",
        "INSERT INTO forgetting (at, gone) VALUES (:at, 'this one')",
    ),
    case("erased", 15 * DAY, "erased", "INSERT INTO erased (at, server_id, who) VALUES (:at, :server, 'hash')"),
)

OTHERWISE: Final[Mapping[str, str]] = {
    "server": "goes 7 days after the bot was removed: tests/privacy/test_leaving.py",
    "team": "until somebody leaves the team: tests/servers/test_team.py",
    "group": "30 days after it was archived: tests/signup/test_life.py",
    "facilitating": "until somebody stops: tests/signup/test_facilitating.py",
    "keep-apart": "until a coordinator takes it back: tests/signup/test_confirming.py",
    "reminders": "until they choose otherwise, or leave: tests/privacy/test_table.py",
    "writing": "until they choose otherwise, or leave: tests/signup/test_writing.py",
    "missed-note": "until they come again: tests/meetings/test_missed.py",
    "wishes": "until they choose otherwise, or leave: tests/privacy/test_table.py",
    "concern-words": "with the last news, after 48 hours at most: tests/escalation/test_retention.py",
    "hand-over": "until it is answered, or its time is over: tests/escalation/test_handling.py",
    "next-day": "until the note was sent, or given up: tests/escalation/test_aftercare.py",
    "block": "until a lead lifts it: tests/escalation/test_blocks.py",
    "silence": "until a lead ends it: tests/escalation/test_postvention.py",
    "readers": "numbers, and no person; goes with the server",
}
"""What no time ends by itself: what does, and where that is tested."""
LASTING: Final = {
    "a seat": ("seat", "INSERT INTO seat (group_id, server_id, user_id, since) VALUES (:group, :server, 5, :at)"),
    "consent that was not taken back": (
        "acceptance",
        """
        INSERT INTO acceptance (server_id, group_id, user_id, agreement_version, limits_version, server_version,
            group_version, accepted_at)
        VALUES (:server, :group, 5, 1, 1, 0, 0, :at)""",
    ),
    "a decision of two people that stands": ("measure", MEASURE.format(over="NULL")),
    "what is still to be done": (
        "intent",
        """
        INSERT INTO intent (key, kind, lane, server_id, data, nonce, state, due_at, created_at)
        VALUES ('due', 'dm', 3, :server, '{}', '', 'waiting', :at, :at)""",
    ),
}


@pytest.fixture
async def privacy(scene: Scene) -> Privacy:
    """The housekeeping of all pillars, on a file in which nothing else is kept."""
    privacy = Privacy(
        scene.desk, scene.servers, (scene.servers, scene.signup, Confidentiality(), scene.meetings, scene.escalation)
    )
    group = await scene.signup.create(Actor(COORDINATOR, SERVER), NewGroup("Owls", "People", "text", "6", "English"))
    async with scene.desk.transaction() as work:
        await work.all(SERIES, server=SERVER, group=group.id)
        for table in ("seat", "acceptance", "intent", "attendance", "proof", "sight", "shift", "measure"):
            await work.all(f"DELETE FROM {table}")  # noqa: S608 - a table's name
    return privacy


async def put(scene: Scene, rows: Sequence[str]) -> None:
    (group,) = await scene.desk.reads.all("SELECT id FROM peer_group LIMIT 1")
    values = {"server": SERVER, "group": group["id"], "at": to_row(scene.clock.now())}
    async with scene.desk.transaction() as work:
        for sql in rows:
            await work.all(sql, **{name: value for name, value in values.items() if f":{name}" in sql})


async def count(scene: Scene, kept: str) -> int:
    (row,) = await scene.desk.reads.all(f"SELECT count(*) AS number FROM {kept}")  # noqa: S608 - from the table above
    return row["number"]


@pytest.mark.parametrize("each", CASES, ids=lambda each: f"{each.item}-{each.kept.split()[0]}")
async def test_it_is_there_until_its_time_is_over_and_not_longer(scene: Scene, privacy: Privacy, each: Case) -> None:
    await put(scene, each.rows)
    there = await count(scene, each.kept)
    assert there
    scene.clock.move(each.lasts - SECOND)
    await privacy.housekeeping()
    assert await count(scene, each.kept) == there
    scene.clock.move(2 * SECOND)
    await privacy.housekeeping()
    assert await count(scene, each.kept) == 0


@pytest.mark.parametrize("what", LASTING)
async def test_what_lasts_is_kept_while_it_does(scene: Scene, privacy: Privacy, what: str) -> None:
    table, row = LASTING[what]
    await put(scene, [row])
    scene.clock.move(3 * YEAR)
    await privacy.housekeeping()
    assert await count(scene, table) == 1


def test_every_item_is_lived_through_here_or_says_what_else_ends_it(privacy: Privacy) -> None:
    timed = {each.item for each in CASES}
    assert {item.name for item in privacy.table} == timed | set(OTHERWISE)
    assert not timed & set(OTHERWISE)
    assert timed == {item.name for item in privacy.table if item.deletions}


def test_every_statement_that_deletes_after_a_time_is_lived_through(privacy: Privacy) -> None:
    periods = {(each.item, each.lasts) for each in CASES}
    # Texts that nobody confirmed, when leads were told, gaps of the rota: these name nobody. A swap is over at its end.
    beside = {("wording", DAY), ("alias", DAY), ("rota", timedelta()), ("rota", 8 * DAY)}
    told = {(item.name, each.after) for item in privacy.table for each in item.deletions}
    assert told <= periods | beside
