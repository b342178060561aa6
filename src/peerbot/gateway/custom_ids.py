"""The custom_id of every button, menu and form: what to do and to what, so that nothing has to be remembered.

`pb:<action>:<arg>|<arg>~<nonce>`. The nonce marks the message an intent sent, so that it can be found again.
"""

import re
from dataclasses import dataclass
from typing import Final

MOST: Final = 100
"""Characters in a custom_id (discord-api-docs, components/reference.mdx)."""
_PATTERN: Final = re.compile(r"pb:(?P<action>[a-z][a-z.-]*)(?::(?P<args>[^~]*))?(?:~(?P<nonce>\w+))?")


@dataclass(frozen=True, slots=True)
class CustomId:
    """A custom_id taken apart."""

    action: str
    args: tuple[str, ...] = ()
    nonce: str = ""

    def __str__(self) -> str:
        """Write it as Discord keeps it.

        Raises:
            ValueError: if it would be too long, or not be read back as it is: a defect of the card that made it.
        """
        written = f"pb:{self.action}"
        if self.args:
            written += ":" + "|".join(self.args)
        if self.nonce:
            written += f"~{self.nonce}"
        if len(written) > MOST:
            message = f"custom_id of {len(written)} characters: {self.action}"
            raise ValueError(message)
        if parse(written) != self:
            message = f"custom_id that says something else: {self.action}"
            raise ValueError(message)
        return written


def parse(custom_id: str) -> CustomId | None:
    """Return the parts of one of our custom_ids, or None for anything else."""
    match = _PATTERN.fullmatch(custom_id)
    if match is None:
        return None
    args = match["args"]
    return CustomId(match["action"], () if args is None else tuple(args.split("|")), match["nonce"] or "")
