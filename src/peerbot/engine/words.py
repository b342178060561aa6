"""What people typed, made safe to keep and safe to show."""

import re
import unicodedata
from typing import Final

from peerbot.engine.errors import Invalid

# Control characters, zero-width characters and direction overrides: invisible, and able to disguise a text.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters, marks and symbols that show nothing either: joiners, fillers, variation selectors, the empty Braille cell
# (Unicode's DerivedCoreProperties.txt, "Default_Ignorable_Code_Point", less the categories above).
_EMPTY: Final = frozenset(
    {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0}
    | {*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)
_SPECIAL: Final = re.compile(r"([\\*_`~|>#\[\]()<@:-])")

_MOST_DIGITS: Final = 19
_SQLITE_HOLDS: Final = 2**63


def clean(text: str, *, field: str, most: int, least: int = 1) -> str:
    """Return `text` with invisible characters dropped and white space folded, for one line of a form.

    Raises:
        Invalid: if it is then shorter than `least` or longer than `most` characters; it names the field.
    """
    visible = "".join(" " if c.isspace() else c for c in text if c.isspace() or not _is_invisible(c))
    kept = " ".join(unicodedata.normalize("NFC", visible).split())
    if len(kept) < least:
        raise Invalid(text="error-too-short", field=field, least=least)
    if len(kept) > most:
        raise Invalid(text="error-too-long", field=field, most=most, now=len(kept))
    return kept


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or ord(character) in _EMPTY


def shown(text: str) -> str:
    """Return typed text escaped so that Discord shows it as written: no mention, no link, no formatting."""
    return _SPECIAL.sub(r"\\\1", text)


def number(text: str) -> int:
    """Return the number that digits stand for: a Discord id, a page. 0 for anything else a modified client may send."""
    found = int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0
    return found if found < _SQLITE_HOLDS else 0
