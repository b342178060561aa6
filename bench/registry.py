"""What the crisis card says of each country, with its source, and which entries want to be checked again.

`make registry`. Ends with 1 if any entry is older than 90 days, so that a scheduled run can tell somebody.
"""

import sys
from datetime import UTC, datetime

from peerbot.escalation import crisis
from peerbot.escalation.crisis import Age

_SAID = {Age.FRESH: "", Age.OLD: "  <- check again", Age.PLEASE_CHECK: '  <- shown behind "please check"'}


def main() -> int:
    """Print the registry as of today."""
    now = datetime.now(UTC)
    for country in crisis.registry().values():
        print(f"{country.code}  {country.name}: {country.emergency}")
        for service in country.services:
            ways = ", ".join(" ".join(filter(None, (way.kind, way.value, way.keyword))) for way in service.ways)
            print(f"    {service.name}: {ways}")
            print(f"        {service.source_url}")
            age = _SAID[service.age(now)]
            print(f"        {service.last_verified}, {service.days(now)} days ago, by {service.verified_by}{age}")
    ageing = crisis.ageing(now)
    print(f"{len(ageing)} to be checked again (after {crisis.WARN_AFTER_DAYS} days).")
    return 1 if ageing else 0


if __name__ == "__main__":
    sys.exit(main())
