"""Who has left a server is found out by Discord's plain no, and by nothing else."""

from pathlib import Path

import pytest

from peerbot.engine.delivery import Delivered
from tests.gateway.doubtful import crash_after
from tests.gateway.stage import Stage, open_stage


async def looked_for(stage: Stage, people: list[int]) -> tuple[int, ...]:
    """Let the bot look for people; return who it says is gone."""
    await stage.mean("look", "members.check", people=people)
    await stage.settle()
    _, result = stage.reports[-1]
    assert isinstance(result, Delivered)
    return result.people


async def test_who_has_left_is_gone_and_who_is_there_is_not(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.backend.remove_member(stage.guild.id, stage.ada.id)
        assert await looked_for(stage, [stage.mia.id, stage.ada.id]) == (stage.ada.id,)


async def test_who_is_there_is_told_with_the_instant_at_which_they_joined_last(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await looked_for(stage, [stage.mia.id])
        _, result = stage.reports[-1]
        assert isinstance(result, Delivered)
        ((user_id, since),) = result.joined
        assert user_id == stage.mia.id
        assert since.tzinfo is not None


@pytest.mark.parametrize(
    ("status", "code", "gone"),
    [(404, 10013, True), (404, 10007, True), (404, 10004, False), (403, 50001, False), (503, 0, False)],
)
async def test_only_a_person_whom_discord_does_not_know_there_is_gone(
    tmp_path: Path,
    status: int,
    code: int,
    gone: bool,  # noqa: FBT001
) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.inject_error("GET", "/guilds/*/members/*", status=status, code=code, times=None)
        assert await looked_for(stage, [stage.mia.id]) == ((stage.mia.id,) if gone else ())


async def test_looking_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.env.backend.remove_member(stage.guild.id, stage.ada.id)
        await stage.mean("look", "members.check", people=[stage.ada.id])
        await crash_after(stage, acted=False)
        await stage.settle()
        assert stage.reports[-1] == ("look", Delivered(people=(stage.ada.id,)))
