"""The rules of what a raiser hears."""

from datetime import timedelta
from typing import Final

GIVEN_UP_AFTER: Final = timedelta(hours=48)
"""When the last news is given up and raiser, token and free text go (retention table, §5)."""
