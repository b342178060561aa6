"""The database key: 32 random bytes in a file of their own, made on first run, readable by the operator alone."""

import os
import secrets
from pathlib import Path
from typing import Final

_BYTES: Final = 32


class KeyFault(Exception):
    """There is no usable key. The message names the file and what is wrong with it."""


class KeyMissing(KeyFault):
    """The database exists, its key file does not. A new key could not open it, so none is made."""


class KeyUnreadable(KeyFault):
    """The key file cannot be read, or does not hold 64 hexadecimal digits."""


def load_or_make(path: Path, database: Path) -> bytes:
    """Return the key in `path`; make one with mode 0600 if neither key nor database exists yet.

    Raises:
        KeyMissing: the database is there, its key is not.
        KeyUnreadable: the file cannot be read or made, or is not a key.
    """
    if not path.exists():
        if database.exists():
            raise KeyMissing(str(path))
        return make(path)
    return read(path)


def parse(text: str) -> bytes:
    """Return the key written as 64 hexadecimal digits.

    Raises:
        ValueError: if it is anything else.
    """
    key = bytes.fromhex(text.strip())
    if len(key) != _BYTES:
        message = f"a key has {_BYTES} bytes"
        raise ValueError(message)
    return key


def read(path: Path) -> bytes:
    """Return the key in a file.

    Raises:
        KeyUnreadable: the file cannot be read, or is not a key.
    """
    try:
        return parse(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise KeyUnreadable(str(path)) from error


def make(path: Path) -> bytes:
    """Write a new key into a file that does not exist, readable by this account alone, and return it.

    Raises:
        KeyUnreadable: the file is there already, or cannot be made.
    """
    key = secrets.token_bytes(_BYTES)
    write(path, key)
    return key


def write(path: Path, key: bytes) -> None:
    """Write a key into a file that does not exist, readable by this account alone.

    Raises:
        KeyUnreadable: the file is there already, or cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # O_EXCL with the mode at birth: the key is never readable by others, not even for a moment.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(key.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            # Half a key is none: the next start must not trip over it.
            path.unlink()
            raise
        _keep_entry(path.parent)
    except OSError as error:
        raise KeyUnreadable(str(path)) from error


def _keep_entry(folder: Path) -> None:
    """See to it that a power cut does not take the name of a new file away."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
