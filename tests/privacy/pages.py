"""The pages of an encrypted database as they lie in its file, freed ones too: decrypted, to be searched byte by byte.

SQLite's own ways into a file show only what is in use. SQLCipher 4 encrypts each page by itself: AES-256-CBC with the
raw key; at its end stand the page's own first vector (16 bytes) and its code of authentication (64 bytes).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE: Final = 4096
_RESERVED: Final = 80
_SALT: Final = 16
"""Bytes at the start of the first page that are not encrypted."""
_BLOCK: Final = 16


def pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page of a database file that is opened with the raw `key`, decrypted."""
    content, end = file.read_bytes(), PAGE - _RESERVED
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        decryptor = Cipher(AES(key), CBC(page[end : end + _BLOCK])).decryptor()
        yield decryptor.update(page[0 if start else _SALT : end]) + decryptor.finalize()
