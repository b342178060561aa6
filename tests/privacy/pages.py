"""The pages of an encrypted database as they lie in its file, freed ones too: decrypted, to be searched byte by byte.

SQLite's own ways into a file show only what is in use. SQLCipher 4 encrypts each page by itself: AES-256-CBC with the
raw key; at its end stand the page's own first vector (16 bytes) and its code of authentication (64 bytes).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

PAGE: Final = 4096
_RESERVED: Final = 80
_SALT: Final = 16
"""Bytes at the start of the first page that are not encrypted."""
_BLOCK: Final = 16


def _boxes() -> tuple[list[int], list[int]]:
    """Return the box of AES and its inverse (FIPS 197, 5.1.1)."""
    box = [0] * 256
    p = q = 1
    while True:
        p ^= (p << 1) ^ (0x11B if p & 0x80 else 0)
        p &= 0xFF
        for shift in (1, 2, 4):
            q ^= q << shift
        q &= 0xFF
        if q & 0x80:
            q ^= 0x09
        x = q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4)
        box[p] = (x & 0xFF) ^ 0x63
        if p == 1:
            break
    box[0] = 0x63
    inverse = [0] * 256
    for value, boxed in enumerate(box):
        inverse[boxed] = value
    return box, inverse


_BOX, _INVERSE = _boxes()


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = (a << 1) ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product & 0xFF


def _column(factors: tuple[int, int, int, int]) -> list[int]:
    return [int.from_bytes(bytes(_times(value, factor) for factor in factors)) for value in range(256)]


_MIX: Final = [_column(f) for f in ((14, 9, 13, 11), (11, 14, 9, 13), (13, 11, 14, 9), (9, 13, 11, 14))]
"""The inverse mixing of columns, by the place of a byte in its column (FIPS 197, 5.3.3)."""


def _round_keys(key: bytes) -> list[list[int]]:
    words = [key[i : i + 4] for i in range(0, 32, 4)]
    constant = 1
    for number in range(8, 60):
        word = words[-1]
        if number % 8 == 0:
            word = bytes((_BOX[word[1]] ^ constant, _BOX[word[2]], _BOX[word[3]], _BOX[word[0]]))
            constant = _times(constant, 2)
        elif number % 8 == 4:
            word = bytes(_BOX[each] for each in word)
        words.append(bytes(a ^ b for a, b in zip(words[-8], word, strict=True)))
    numbers = [int.from_bytes(word) for word in words]
    return [numbers[i : i + 4] for i in range(0, 60, 4)]


def _mixed(word: int) -> int:
    return _MIX[0][word >> 24] ^ _MIX[1][word >> 16 & 255] ^ _MIX[2][word >> 8 & 255] ^ _MIX[3][word & 255]


def _decrypt(keys: list[list[int]], block: bytes) -> int:
    state = [int.from_bytes(block[i : i + 4]) ^ keys[14][i // 4] for i in range(0, 16, 4)]
    for number in range(13, -1, -1):
        moved = [
            _INVERSE[state[i] >> 24] << 24
            | _INVERSE[state[i - 1] >> 16 & 255] << 16
            | _INVERSE[state[i - 2] >> 8 & 255] << 8
            | _INVERSE[state[i - 3] & 255]
            for i in range(4)
        ]
        state = [each ^ key for each, key in zip(moved, keys[number], strict=True)]
        if number:
            state = [_mixed(each) for each in state]
    return state[0] << 96 | state[1] << 64 | state[2] << 32 | state[3]


def pages(file: Path, key: bytes) -> Iterator[bytes]:
    """Yield every page of a database file that is opened with the raw `key`, decrypted."""
    keys, content = _round_keys(key), file.read_bytes()
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        end = PAGE - _RESERVED
        before, first = int.from_bytes(page[end : end + _BLOCK]), 0 if start else _SALT
        plain = bytearray()
        for at in range(first, end, _BLOCK):
            block = page[at : at + _BLOCK]
            plain += (_decrypt(keys, block) ^ before).to_bytes(_BLOCK)
            before = int.from_bytes(block)
        yield bytes(plain)
