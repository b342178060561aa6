"""What is wrong with the settings or the token is told before anything is written."""

import os
import signal
from pathlib import Path

import pytest
from discord.http import Route

from tests.ops.running import Run, ended_by, log_in, nothing_changes, one_sentence
from tests.ops.stand_ins import DiscordOnLoopback, for_ever


def test_a_missing_config_file_is_named(tmp_path: Path, run: Run) -> None:
    missing = tmp_path / "none.toml"
    with nothing_changes(tmp_path):
        code, err = run("--config", str(missing))
    assert (code, one_sentence(err)) == (78, True)
    assert str(missing) in err
    assert "config.example.toml" in err


def test_a_config_file_that_cannot_be_read_is_named(tmp_path: Path, run: Run) -> None:
    with nothing_changes(tmp_path):
        code, err = run("--config", str(tmp_path))
    assert code == 78
    assert err == f"{tmp_path} cannot be read (Is a directory): give this account the right to read it.\n"


def test_a_config_file_that_is_no_toml_is_told_by_its_line(config: Path, run: Run) -> None:
    config.write_text("[discord\n", encoding="utf-8")
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (78, True)
    assert "line 1" in err


def test_every_unknown_setting_has_a_line_of_its_own(config: Path, run: Run) -> None:
    config.write_text("[health]\nprot = 1\n[heath]\n", encoding="utf-8")
    with nothing_changes(config.parent):
        code, err = run()
    assert code == 78
    assert [line.split(" is unknown")[0] for line in err.splitlines()] == [
        f"[health] prot in {config}",
        f"[heath] in {config}",
    ]


def test_without_a_token_the_sentence_says_where_to_put_it(
    config: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PEERBOT_TOKEN")
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (77, True)
    assert "token_file in [discord]" in err
    assert "PEERBOT_DISCORD_TOKEN" in err


def test_a_token_file_that_is_not_there_is_named(config: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PEERBOT_TOKEN")
    monkeypatch.setenv("PEERBOT_DISCORD_TOKEN_FILE", "token.txt")
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (77, True)
    assert str(config.parent / "token.txt") in err
    assert "No such file" in err


@pytest.mark.parametrize("held", ["", "Bot a.made-up.token", "a.token\nand.more", "tök.en", "a\x00b"])
def test_a_file_that_holds_no_token_is_named_and_not_repeated(
    held: str, config: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PEERBOT_TOKEN")
    monkeypatch.setenv("PEERBOT_DISCORD_TOKEN_FILE", "token.txt")
    (config.parent / "token.txt").write_text(held, encoding="utf-8")
    with nothing_changes(config.parent):
        code, err = run()
    assert (code, one_sentence(err)) == (77, True)
    assert str(config.parent / "token.txt") in err
    assert not held or held not in err


def test_the_token_in_its_file_is_the_one_that_logs_in(
    config: Path, run: Run, discord_api: DiscordOnLoopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PEERBOT_TOKEN")
    monkeypatch.setenv("PEERBOT_DISCORD_TOKEN_FILE", "token.txt")
    (config.parent / "token.txt").write_text("token.in.file\n", encoding="utf-8")
    given: list[str] = []

    async def work(token: str) -> None:
        given.append(token)
        os.kill(os.getpid(), signal.SIGTERM)
        await for_ever()

    assert run(work=work)[0] == 0
    assert given == ["token.in.file"]
    assert discord_api.seen == [("/users/@me", "Bot token.in.file")]


def test_a_wrong_token_on_the_first_run_makes_neither_key_nor_database(config: Path, run: Run) -> None:
    with DiscordOnLoopback(401) as server, nothing_changes(config.parent):
        code, err = run(api=server.api)
    assert (code, one_sentence(err)) == (77, True)
    assert "Discord refuses this token" in err


def test_a_later_run_leaves_the_login_to_the_bot(made: Path, run: Run, discord_api: DiscordOnLoopback) -> None:
    assert made.exists()
    assert run(work=ended_by(signal.SIGTERM))[0] == 0
    assert discord_api.seen == []


def test_a_token_that_was_reset_since_is_told_by_the_login(
    made: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with DiscordOnLoopback(401) as server, nothing_changes(made.parent.parent):
        monkeypatch.setattr(Route, "BASE", server.api)
        code, err = run(work=log_in)
    assert code == 77
    assert err.splitlines()[-1].startswith("Discord refuses this token")
