"""A country's services as lines of text: on the crisis card, and in what a raiser reads meanwhile."""

from datetime import datetime

from peerbot.engine.texts import say
from peerbot.escalation import crisis
from peerbot.escalation.crisis import Age, Service


def service_lines(country: str, now: datetime) -> list[str]:
    """Return a line for each service of a country, those to be checked first at the end, under words that say so."""
    known = crisis.country(country)
    services = known.services if known is not None else ()
    stale = [service for service in services if service.age(now) is Age.PLEASE_CHECK]
    lines = [f"- {_service(service)}" for service in services if service not in stale]
    if stale:
        lines.append(say("crisis-card-please-check"))
        lines.extend(f"- {_service(service)}" for service in stale)
    return lines


def _service(service: Service) -> str:
    ways = " · ".join(
        say(f"crisis-way-{way.kind}-word", value=way.value, keyword=way.keyword)
        if way.keyword
        else say(f"crisis-way-{way.kind}", value=way.value)
        for way in service.ways
    )
    return say("crisis-service", name=service.name, ways=ways, cost=service.cost, hours=service.hours)
