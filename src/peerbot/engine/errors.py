"""Everything that can go wrong in a way a person should hear about.

An error carries the id of its text and the text's arguments. One handler at each entry says it, so a service only
raises. What has no class here is a defect: the person hears the plain `error-unexpected`, the log hears the class.
"""

from collections.abc import Mapping


class PeerbotError(Exception):
    """Something a person can be told. Subclasses name the text; the transaction around it was rolled back."""

    text = "error-unexpected"

    def __init__(self, *, text: str | None = None, **values: object) -> None:
        """Keep the text's values; `text` names a more exact text than the class's own."""
        super().__init__(text or self.text)
        self.text = text or self.text
        self.values: Mapping[str, object] = values


class NotAllowed(PeerbotError):
    """The person may not do this. Said only where it tells nothing about anybody."""

    text = "error-not-allowed"


class NotFound(PeerbotError):
    """There is no such thing, or it is not this person's to see: the same answer, byte for byte."""

    text = "error-not-found"


class NotSetUp(PeerbotError):
    """The server has not been set up, or lacks the smallest team."""

    text = "error-not-set-up"


class Invalid(PeerbotError):
    """What was typed cannot be used. `text` says which and how to write it."""

    text = "error-invalid"


class Late(PeerbotError):
    """The thing pressed is over: an offer that ran out, a meeting that ended."""

    text = "error-late"


class OldButton(PeerbotError):
    """A button or form that this version no longer knows."""

    text = "error-old-button"


class NeedsServer(PeerbotError):
    """Pressed or typed in a direct message, though it works inside a server only."""

    text = "error-needs-server"
