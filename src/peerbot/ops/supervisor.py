"""What systemd is told, as sd_notify(3) has it: one datagram each to the socket that it names. Without one, nothing.

The watchdog here is systemd's, on this machine: it starts the bot again when no cycle ends any more. `watchdog` calls
an address elsewhere, so that a person notices.
"""

import os
import socket
from typing import Final

import structlog

from peerbot.ops.health import Vitals

_SOCKET: Final = "NOTIFY_SOCKET"
_log = structlog.get_logger(__name__)


class Supervisor:
    """Vouches to systemd for each full cycle, and for nothing else."""

    def __init__(self) -> None:
        """Tell whoever the environment names."""
        address = os.environ.get(_SOCKET, "")
        # An address that begins with @ is one of Linux's abstract ones, which begin with a zero byte.
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._ready = False

    def cycle(self, vitals: Vitals) -> None:
        """A full cycle has ended. With a connection to Discord the bot is ready; a later loss of it mends itself."""
        if not self._ready and vitals.disconnected_since is None:
            self._ready = True
            self._tell("READY=1")
        self._tell("WATCHDOG=1")

    def ending(self) -> None:
        """The bot was told to end, and is about to."""
        self._tell("STOPPING=1")

    def _tell(self, what: str) -> None:
        if not self._address:
            return
        try:
            # Never waits: a full socket must not stop the wheel. The next cycle vouches again.
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as line:
                line.sendto(what.encode(), self._address)
        except OSError as error:
            _log.warning("supervisor not told", error=type(error).__name__)
