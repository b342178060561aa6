"""Network, port, signals: how a run goes on and how it ends."""

import signal
import socket
from pathlib import Path

import aiohttp
import pytest
from discord.http import Route

from peerbot.engine.errors import PeerbotError
from tests.ops.running import Run, ended_by, first_line, log_in, nothing_changes, one_sentence, process
from tests.ops.stand_ins import DiscordOnLoopback


def test_no_network_on_the_first_run_makes_neither_key_nor_database(config: Path, run: Run, closed_port: int) -> None:
    with nothing_changes(config.parent):
        code, err = run(api=f"http://127.0.0.1:{closed_port}")
    assert (code, one_sentence(err)) == (69, True)
    assert err.startswith("Discord cannot be reached (Connection refused)")


def test_no_network_at_the_login_is_one_sentence(
    made: Path, run: Run, closed_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{closed_port}")
    with nothing_changes(made.parent.parent):
        code, err = run(work=log_in)
    assert code == 69
    assert err.splitlines()[-1].startswith("Discord cannot be reached")


def test_a_taken_port_of_healthz_is_named(made: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, nothing_changes(made.parent.parent):
        port = taken.getsockname()[1]
        monkeypatch.setenv("PEERBOT_HEALTH_PORT", str(port))
        code, err = run()
    assert (code, one_sentence(err)) == (71, True)
    assert f"127.0.0.1:{port} (Address already in use)" in err


def test_a_defect_is_told_by_its_class_and_place_and_never_by_its_message(made: Path, run: Run) -> None:
    async def work(_token: str) -> None:
        raise PeerbotError(text="what Robin said", who="Robin")

    code, err = run(work=work)
    assert made.exists()
    assert code == 70
    assert "PeerbotError at serving.py" in err.splitlines()[-1]
    assert "Robin" not in err


def test_a_connection_that_ends_by_itself_is_a_fault(made: Path, run: Run) -> None:
    async def work(_token: str) -> None:
        pass

    code, err = run(work=work)
    assert made.exists()
    assert code == 67
    assert err.splitlines()[-1].startswith("Discord ended the connection")


def test_while_it_runs_healthz_answers_and_the_watchdog_is_called(
    config: Path, run: Run, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[int] = []

    async def work(_token: str) -> None:
        async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{free_port}/healthz") as answer:
            answers.append(answer.status)
        await ended_by(signal.SIGTERM)("")

    monkeypatch.setenv("PEERBOT_HEALTH_PORT", str(free_port))
    with DiscordOnLoopback() as service:
        monkeypatch.setenv("PEERBOT_WATCHDOG_URL", f"{service.api}/ping")
        assert run(work=work)[0] == 0
    assert answers == [200]
    assert [path for path, _ in service.seen] == ["/ping"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_run_well_and_gives_the_database_back(number: signal.Signals, config: Path, run: Run) -> None:
    assert run(work=ended_by(number))[0] == 0
    assert run(work=ended_by(number))[0] == 0
    assert (config.parent / "data/bot.sqlite").exists()


def test_a_second_process_on_the_same_file_is_refused_before_its_port_is(
    config: Path, run: Run, discord_api: DiscordOnLoopback, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERBOT_HEALTH_PORT", str(free_port))
    with process("works", config, discord_api.api) as first:
        assert first_line(first) == "working"
        with nothing_changes(config.parent):
            code, err = run()
        assert (code, one_sentence(err)) == (75, True)
        assert str(config.parent / "data/bot.sqlite") in err
        first.terminate()
        assert first.wait(10) == 0


def test_sigterm_during_the_first_login_leaves_nothing_behind(config: Path) -> None:
    with (
        DiscordOnLoopback(silent=True) as server,
        nothing_changes(config.parent),
        process("works", config, server.api) as started,
    ):
        assert server.asked.wait(30)
        started.terminate()
        assert started.wait(10) == 0
        assert started.stderr is not None
        assert started.stderr.read() == ""


def test_an_end_that_takes_too_long_is_cut_off(config: Path, discord_api: DiscordOnLoopback) -> None:
    with process("hangs", config, discord_api.api) as started:
        assert first_line(started) == "working"
        started.terminate()
        assert started.wait(10) == 70
        assert started.stderr is not None
        assert started.stderr.read().splitlines()[-1].startswith("peerbot did not end in time")
