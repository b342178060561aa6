"""A country's services as lines of text: on the crisis card, and in what a raiser reads meanwhile."""

from datetime import datetime

from peerbot.engine.texts import say
from peerbot.escalation import crisis
from peerbot.escalation.crisis import EVERYBODY, Age, Service, Way


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
    ways = " · ".join(_way(way) for way in service.ways)
    name = service.name
    if service.audience != EVERYBODY:
        name = say("crisis-service-for", name=name, audience=service.audience)
    about = [service.cost, service.hours]
    if service.languages != ("English",):
        about.append(say("crisis-service-in", languages=", ".join(service.languages)))
    return say("crisis-service", name=name, ways=ways, about=", ".join(about))


def _way(way: Way) -> str:
    if way.kind == "chat":
        # An address with its scheme would unfold into a preview larger than the card.
        return say("crisis-way-chat", value=way.value.removeprefix("https://"))
    if way.keyword:
        return say(f"crisis-way-{way.kind}-word", value=way.value, keyword=way.keyword)
    return say(f"crisis-way-{way.kind}", value=way.value)
