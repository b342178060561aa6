"""The rules of codes into a group: how they read, how long they lead somewhere, how often one may be mistyped."""

from datetime import timedelta
from typing import Final

ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""No letter that looks like a digit or another letter, and none that makes a word of it."""
LENGTH: Final = 8
"""30 to the power of 8: with five wrong tries an hour nobody lives long enough to guess one."""
MOST_WRONG: Final = 5
WRONG_LASTS: Final = timedelta(hours=1)
USUAL_DAYS: Final = 14
MOST_DAYS: Final = 90
MOST_USES: Final = 100
MOST_CODES: Final = 10
"""Codes of one group that lead somewhere at the same time."""
