"""Bad weather: faults of every kind on some calls, the same for the same seed."""

from random import Random

from bench.wire.faults import ALWAYS, Fault, Mode

SOON = 0.05
"""Seconds for which a 429 makes discord.py itself wait; what takes longer comes back to the outbox."""


class Gust(Fault):
    """A fault that never strikes one kind of call more than twice in a row: bad weather, not the end of the world."""

    def __init__(self, chance: Random, share: float, kinds: list[Fault]) -> None:
        super().__init__(Mode.STATUS, times=ALWAYS)
        self._chance, self._share, self._kinds = chance, share, kinds
        self._in_a_row: dict[str, int] = {}
        self.struck = 0

    def strikes(self, call: str) -> bool:
        row = self._in_a_row.get(call, 0)
        if row >= 2 or self._chance.random() >= self._share:
            self._in_a_row[call] = 0
            return False
        kind = self._chance.choice([each for each in self._kinds if each.call in call])
        self.mode, self.acted, self.status, self.code = kind.mode, kind.acted, kind.status, kind.code
        self.seconds, self.scope = kind.seconds, kind.scope
        self._in_a_row[call] = row + 1
        self.struck += 1
        return True


def weather(seed: int, share: float = 0.1, *, patient: bool = False) -> Gust:
    """Return what strikes `share` of all calls. `patient`: also what discord.py waits seconds of real time for."""
    kinds = [
        *(Fault(Mode.LIMITED, seconds=SOON, scope=scope) for scope in ("user", "shared", "global")),
        *(Fault(Mode.LIMITED, seconds=90, scope=scope) for scope in ("user", "shared")),
        *(Fault(Mode.STATUS, status=503, acted=acted) for acted in (True, False)),
        *(
            Fault(Mode.STATUS, "POST", status=status, acted=acted)
            for status in (500, 502, 504)
            for acted in (True, False)
        ),
        *(Fault(Mode.RESET, acted=acted) for acted in (True, False)),
        *(Fault(Mode.SLOW, seconds=0.1, acted=True) for _ in range(2)),
        *(Fault(Mode.HANG, "/channels", acted=acted) for acted in (True, False)),
    ]
    if patient:
        kinds += [Fault(Mode.STATUS, status=504, acted=acted) for acted in (True, False)]
    return Gust(Random(seed), share, kinds)
