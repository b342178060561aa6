"""The key: made once, readable by nobody else, and never made anew where it would lock people out of their data."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.engine.key import KeyMissing, KeyUnreadable, load_or_make, parse


def test_the_first_run_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    key = load_or_make(tmp_path / "secrets" / "key", tmp_path / "peerbot.sqlite")
    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / "secrets" / "key").stat().st_mode) == 0o600


def test_the_next_run_uses_the_same_key(tmp_path: Path) -> None:
    paths = tmp_path / "key", tmp_path / "peerbot.sqlite"
    first = load_or_make(*paths)
    paths[1].write_bytes(b"a database")
    assert load_or_make(*paths) == first


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    keys = {load_or_make(tmp_path / name, tmp_path / "peerbot.sqlite") for name in "abc"}
    assert len(keys) == 3


def test_a_database_without_its_key_gets_no_new_one(tmp_path: Path) -> None:
    (tmp_path / "peerbot.sqlite").write_bytes(b"a database")
    with pytest.raises(KeyMissing, match="key"):
        load_or_make(tmp_path / "key", tmp_path / "peerbot.sqlite")
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("written", ["", "no key", "ab" * 31, "ab" * 33, "zz" * 32, "é" * 64])
def test_a_file_that_holds_no_key_is_refused_and_stays_as_it_is(tmp_path: Path, written: str) -> None:
    (tmp_path / "key").write_text(written, encoding="utf-8")
    with pytest.raises(KeyUnreadable):
        load_or_make(tmp_path / "key", tmp_path / "peerbot.sqlite")
    assert (tmp_path / "key").read_text(encoding="utf-8") == written


def test_a_folder_in_place_of_the_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    with pytest.raises(KeyUnreadable):
        load_or_make(tmp_path / "key", tmp_path / "peerbot.sqlite")


def test_a_key_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("a file where the folder should be")
    with pytest.raises(KeyUnreadable):
        load_or_make(tmp_path / "secrets" / "key", tmp_path / "peerbot.sqlite")


@given(key=st.binary(min_size=32, max_size=32), around=st.sampled_from(["", "\n", " ", "\r\n"]))
def test_every_key_is_read_as_it_was_written(key: bytes, around: str) -> None:
    assert parse(around + key.hex() + around) == key
