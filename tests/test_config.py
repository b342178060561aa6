"""Settings come from one file and the environment; what cannot be used is told all at once."""

import os
import re
from pathlib import Path

import pytest
from pydantic import SecretStr

from peerbot.config import NAMES, SECRETS, ConfigFault, ConfigMissing, ConfigUnreadable, NotToml, load
from peerbot.ops import faults

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"
SECRET = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith("PEERBOT_"):
            monkeypatch.delenv(name)


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def told(folder: Path, text: str) -> list[str]:
    """What the operator reads about a file that cannot be used."""
    file = written(folder, text)
    with pytest.raises(ConfigFault) as caught:
        load(file)
    return faults.told(caught.value, config=Path("config.toml")).splitlines()


def test_an_empty_file_gives_every_default(tmp_path: Path) -> None:
    settings = load(written(tmp_path, ""))
    assert settings.database.path == tmp_path / "data/peerbot.sqlite"
    assert settings.key_file == tmp_path / "data/peerbot.key"
    assert (settings.health.host, settings.health.port) == ("127.0.0.1", 8470)
    assert (settings.log.level, settings.log.format) == ("info", "text")
    assert settings.watchdog.url is None
    assert settings.discord.token is None


def test_the_example_gives_the_defaults() -> None:
    shown, default = load(EXAMPLE), load(Path(os.devnull))
    assert shown.health == default.health
    assert shown.log == default.log
    assert shown.watchdog == default.watchdog
    assert shown.discord == default.discord
    assert shown.key_file == EXAMPLE.parent / "data/peerbot.key"


def test_the_example_names_every_setting(tmp_path: Path) -> None:
    text = re.sub(r"(?m)^# (?=\w+ = )", "", EXAMPLE.read_text(encoding="utf-8"))
    settings = load(written(tmp_path, text))
    for section, names in NAMES.items():
        for name in names:
            if (section, name) in SECRETS:
                assert f"PEERBOT_{section}_{name}".upper() in text
            else:
                assert re.search(rf"(?m)^\[{section}\]\n(?:(?!\[).*\n)*?{name} = ", text), (section, name)
                assert getattr(getattr(settings, section), name) is not None


def test_every_setting_has_its_way_of_writing_it() -> None:
    assert set(faults.HOW) == {f"{section}.{name}" for section, names in NAMES.items() for name in names}


def test_relative_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    text = '[database]\npath = "bot.db"\nkey_file = "/elsewhere/bot.key"\n[discord]\ntoken_file = "token.txt"\n'
    settings = load(written(tmp_path, text))
    assert settings.database.path == tmp_path / "bot.db"
    assert settings.key_file == Path("/elsewhere/bot.key")
    assert settings.discord.token_file == tmp_path / "token.txt"


def test_the_environment_outranks_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_HEALTH_PORT", "0")
    monkeypatch.setenv("PEERBOT_DATABASE_KEY_FILE", "/keys/bot.key")
    settings = load(written(tmp_path, '[health]\nport = 9000\nhost = "::1"\n'))
    assert (settings.health.host, settings.health.port) == ("::1", 0)
    assert settings.key_file == Path("/keys/bot.key")


@pytest.mark.parametrize("variable", ["PEERBOT_DISCORD_TOKEN", "PEERBOT_TOKEN"])
def test_the_token_comes_from_either_variable_and_is_never_shown(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, SECRET)
    settings = load(written(tmp_path, ""))
    assert settings.discord.token == SecretStr(SECRET)
    assert SECRET not in repr(settings)


def test_an_empty_variable_sets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_WATCHDOG_URL", "")
    assert load(written(tmp_path, "")).watchdog.url is None
    assert told(tmp_path, "[watchdog]\nurl = 1")[0].startswith("[watchdog] url in config.toml")


def test_variables_of_a_container_platform_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_PORT_8470_TCP", "tcp://10.0.0.1:8470")
    assert load(written(tmp_path, "")).health.port == 8470


def test_every_problem_is_told_at_once_with_its_name_and_the_way_to_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERBOT_HEALTH_PORT", "70000")
    monkeypatch.setenv("PEERBOT_DATABASE_PATHS", "x")
    lines = told(
        tmp_path,
        """
        [heath]
        port = 1
        [health]
        host = ""
        hots = "::1"
        [watchdog]
        url = "example.org"
        [log]
        level = "loud"
        format = 3
        [database]
        path = ""
        """,
    )
    assert lines == [
        '[database] path in config.toml is empty: write path = "data/peerbot.sqlite".',
        "PEERBOT_DATABASE_PATHS is unknown: what can stand there is path, key_file, key.",
        (
            "[watchdog] url in config.toml is not a web address: "
            'write the whole address, such as url = "https://example.org/ping/my-bot".'
        ),
        '[health] host in config.toml is empty: write host = "127.0.0.1".',
        (
            "PEERBOT_HEALTH_PORT is too small or too large: "
            "write a whole number up to 65535, such as port = 8470, or 0 for none."
        ),
        "[health] hots in config.toml is unknown: what can stand there is host, port, metrics.",
        '[log] level in config.toml is none of the choices: write "debug", "info", "warning" or "error".',
        '[log] format in config.toml is none of the choices: write "text" or "json".',
        f"[heath] in config.toml is unknown: what can stand there is {', '.join(NAMES)}.",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            '[health]\nport = "many"',
            (
                "[health] port in config.toml is not a whole number: "
                "write a whole number up to 65535, such as port = 8470, or 0 for none."
            ),
        ),
        (
            "[database]\npath = 3",
            '[database] path in config.toml is not text in quotation marks: write path = "data/peerbot.sqlite".',
        ),
        (
            'log = "loud"',
            (
                "[log] in config.toml is not a section with settings: "
                "write [log] on a line of its own and its settings below it."
            ),
        ),
    ],
)
def test_each_kind_of_problem_has_its_words(text: str, line: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == [line]


def test_a_secret_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    key = "ab" * 32
    lines = told(tmp_path, f'[discord]\ntoken = "{SECRET}"\n[database]\nkey = "{key}"\n')
    assert lines == [
        (
            "[database] key in config.toml does not belong in this file: "
            "write it into the file named by key_file, or set PEERBOT_DATABASE_KEY."
        ),
        (
            "[discord] token in config.toml does not belong in this file: "
            "write it into a file named by token_file, or set PEERBOT_DISCORD_TOKEN."
        ),
    ]


def test_a_variable_that_names_a_whole_section_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_LOG", "debug")
    line = "PEERBOT_LOG names a whole section: add the setting to the name, as in PEERBOT_LOG_…."
    assert told(tmp_path, "") == [line]


def test_a_file_that_is_missing_a_folder_or_no_toml_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ConfigMissing, match=re.escape(str(tmp_path / "none.toml"))):
        load(tmp_path / "none.toml")
    with pytest.raises(ConfigUnreadable, match=re.escape(str(tmp_path))):
        load(tmp_path)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(NotToml, match="UTF-8"):
        load(tmp_path / "binary.toml")


def test_a_slip_in_the_toml_is_told_by_its_place_and_never_quoted(tmp_path: Path) -> None:
    with pytest.raises(NotToml) as caught:
        load(written(tmp_path, f"[discord]\ntoken = {SECRET}\n"))
    assert str(caught.value) == "line 2, column 9"


def test_whoever_is_alerted_outside_discord_stands_in_the_file(tmp_path: Path) -> None:
    settings = load(written(tmp_path, '[alerts]\npeople = [{ id = 5, ways = ["ntfys://topic", "pover://u@t"] }]'))
    assert [(person.id, len(person.ways)) for person in settings.alerts.people] == [(5, 2)]
    assert "topic" not in repr(settings)


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        ("ntfy://secret-topic", "is no kind of alert"),
        ("exec://secret-topic", "is no kind of alert"),
        ("secret-topic", "is no kind of alert"),
        ("ntfys://", "is no kind of alert"),
        ("ntfys://secret-topic?verify=no", "is not written as"),
        ("ntfys://[secret-topic", "is not written as"),
        ("ntfys://localhost/secret-topic", "leads to this machine"),
        ("gotifys://10.0.0.1/secret-topic", "leads to this machine"),
        ("gotifys://[::1]/secret-topic", "leads to this machine"),
    ],
)
def test_an_alert_that_cannot_be_used_is_told_by_its_place_and_never_shown(
    way: str, wrong: str, tmp_path: Path
) -> None:
    (line,) = told(tmp_path, f'[alerts]\npeople = [{{ id = 5, ways = ["ntfys://fine", "{way}"] }}]')
    assert line.startswith("[alerts] people 1 ways 2 in config.toml " + wrong)
    assert "secret-topic" not in line


def test_every_fault_of_the_alerts_is_told(tmp_path: Path) -> None:
    lines = told(
        tmp_path, '[alerts]\npeople = [{ id = 0, ways = ["x"] }, { ways = [] }, { id = 1, way = "ntfys://x" }]'
    )
    assert [line.partition(" in ")[0] for line in lines] == [
        "[alerts] people 1 id",
        "[alerts] people 1 ways 1",
        "[alerts] people 2 id",
        "[alerts] people 2 ways",
        "[alerts] people 3 ways",
        "[alerts] people 3 way",
    ]


def test_alerts_that_the_environment_garbles_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_ALERTS_PEOPLE", "ntfys://secret-topic")
    (line,) = told(tmp_path, "")
    assert line.startswith("PEERBOT_ALERTS_PEOPLE ")
    assert "secret-topic" not in line


def test_discord_may_be_somewhere_else_where_nobody_on_the_way_reads_the_token(tmp_path: Path) -> None:
    inside = '[discord]\napi_url = "http://127.0.0.1:9/api/v10/"\ngateway_url = "ws://localhost:9/ws"'
    discord = load(written(tmp_path, inside)).discord
    assert (discord.api, str(discord.gateway_url)) == ("http://127.0.0.1:9/api/v10", "ws://localhost:9/ws")
    default = load(written(tmp_path, "")).discord
    assert (default.api, str(default.gateway_url)) == ("https://discord.com/api/v10", "wss://gateway.discord.gg/")
    lines = told(tmp_path, '[discord]\napi_url = "http://example.org/api/v10"\ngateway_url = "ws://10.0.0.1/"')
    assert lines == [
        f"[discord] {name} in config.toml is not encrypted, and the token would go there: "
        f'write {name} = "{address}", or leave it out.'
        for name, address in (
            ("api_url", "https://discord.com/api/v10"),
            ("gateway_url", "wss://gateway.discord.gg"),
        )
    ]
