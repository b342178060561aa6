"""Cards rendered when they go out: pages, the raiser's news, the side room. They name nobody they are about."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from peerbot.confidentiality.seeing import NobodySees, Seeing
from peerbot.engine.card import Button, Card, Look
from peerbot.engine.database import Reads
from peerbot.engine.places import AccessMaker, CardMaker, May, Place, PlaceMaker
from peerbot.engine.texts import channel, moment, person, say
from peerbot.escalation import answer_times_cards, policy_store, rules, store
from peerbot.escalation.aftercare import cards as aftercare_cards
from peerbot.escalation.drill import cards as drill_cards
from peerbot.escalation.drill import service as drilling
from peerbot.escalation.handling import acts_store, hand_over_store
from peerbot.escalation.limits import cards as limit_cards
from peerbot.escalation.limits import lead_list
from peerbot.escalation.paging import HANDED
from peerbot.escalation.raising import raiser_cards
from peerbot.escalation.raising.cards import dm_answer_card
from peerbot.escalation.raising.raiser_cards import Meanwhile
from peerbot.escalation.rota import duty_store
from peerbot.escalation.rota.posts import RotaPosts
from peerbot.escalation.rules import State
from peerbot.escalation.store import Concern
from peerbot.servers.help import help_button
from peerbot.servers.rules import STAFF_CHANNELS
from peerbot.servers.service import Servers


class EscalationPosts:
    """Makes what escalation posts."""

    def __init__(self, servers: Servers, seeing: Seeing | None = None) -> None:
        """Ask `servers` for a server's country and channels, and `seeing` who else reads a side room."""
        self._servers = servers
        self._seeing = seeing or Seeing(NobodySees())

    def makers(self) -> Mapping[str, CardMaker]:
        """Return the cards by name."""
        return {
            "escalation.page": self._page,
            "escalation.drill_report": self._drill_report,
            "escalation.news": self._news,
            "escalation.answer": self._answer,
            "escalation.taken": self._taken,
            "escalation.withdrawn": self._withdrawn,
            "escalation.unreachable": self._unreachable,
            "escalation.no_side_room": self._no_side_room,
            "escalation.added": self._added,
            "escalation.lead_list": self._lead_list,
            "escalation.room_kept": self._room_decided,
            "escalation.room_gone": self._room_decided,
            "escalation.no_channel": self._no_channel,
            "escalation.staff_access": self._staff_access,
            "escalation.side_first": self._side_first,
            "escalation.side_left": self._side_left,
            "escalation.side_people": self._side_people,
            "escalation.side_stays": self._side_refused,
            "escalation.side_access": self._side_refused,
            "escalation.dm_answer": self._dm_answer,
            "escalation.answer_times": self._answer_times,
            **RotaPosts(self._servers).makers(),
        }

    async def hidden_from(self, reads: Reads, data: Mapping[str, Any]) -> Collection[int]:
        """Return who may not see a message in a channel: whoever is the one its concern is about.

        Whom it is known of that they read a staff channel is never written to there. Others see it by a role, or as
        administrators, which only Discord knows, at the moment of sending.
        """
        if data["card"] == "escalation.lead_list" and "for" in data:
            listed = await lead_list.waiting_for(reads, self._servers, int(data["server"]), int(data["for"]))
            return {each.about_other for each in listed if each.about_other is not None}
        concern = await store.load(reads, str(data["concern"])) if "concern" in data else None
        if concern is None or concern.about_other is None or concern.side_channel_id == int(data["channel"]):
            return ()
        return (concern.about_other,)

    def places(self) -> Mapping[str, PlaceMaker]:
        """Return the plan of a side room."""
        return {"escalation.side_room": self._side_room}

    def access(self) -> Mapping[str, AccessMaker]:
        """Return who may do what in a side room."""
        return {"escalation.side_room": self._side_access}

    async def _page(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return None
        if concern.withdrawn_at is not None and data.get("why") != HANDED:
            return None  # Whoever has it may still ask a teammate to close it.
        people = await duty_store.page_people(reads, str(data["page"]))
        if not people:
            return None
        if concern.practice:
            page_id, mention = str(data["page"]), "user" not in data
            repeat = bool(data.get("repeat"))
            return drill_cards.page_card(concern.number, concern.id, page_id, people, mention=mention, repeat=repeat)
        if data.get("why") == HANDED:
            return await self._handing_page(reads, concern, data, people)
        if concern.state not in rules.WAITING:
            return self._held_page(concern, data, people)
        if data.get("why"):
            return None  # It was for somebody who had it, and nobody has it any more.
        lines = [
            say("staff-page", level=say(f"level-{concern.level.word}"), number=concern.number),
            say("staff-page-age", age=moment(concern.raised_at, "R")),
        ]
        if concern.room_name is not None:
            lines.append(say("staff-room", room=concern.room_name))
        if concern.state is State.UNANSWERED or concern.nobody_at is not None:
            lines.append(say("staff-page-nobody"))
        if data.get("repeat"):
            lines.append(say("staff-page-repeat"))
        lines += await self._where(reads, concern, data)
        lines.append(say("staff-page-press"))
        page_id = str(data["page"])
        buttons = (self._button("take", concern, "main", page_id), self._button("open", concern, "plain", page_id))
        return Card(self._called("\n".join(lines), data, people), (buttons,), people)

    def _held_page(self, concern: Concern, data: Mapping[str, Any], people: tuple[int, ...]) -> Card | None:
        """Return what somebody who has a concern hears again; None for everybody else."""
        why = str(data.get("why") or "again")
        if concern.taken_by not in people or not concern.asked_again:
            return None
        text = say(f"staff-page-{why}", number=concern.number)
        if data.get("repeat"):
            text = f"{text}\n{say('staff-page-repeat')}"
        page_id = str(data["page"])
        buttons = (self._button("with", concern, "main", page_id), self._button("open", concern, "plain", page_id))
        return Card(self._called(text, data, people), (buttons,), people)

    async def _handing_page(
        self, reads: Reads, concern: Concern, data: Mapping[str, Any], people: tuple[int, ...]
    ) -> Card | None:
        """Return what somebody hears whom a teammate asks to take a concern over."""
        asked = await hand_over_store.load(reads, concern.id)
        if asked is None or asked.to not in people or asked.giver != concern.taken_by:
            return None
        level = say(f"level-{concern.level.word}")
        lines = [say("staff-page-handed", number=concern.number, level=level, person=person(asked.giver))]
        if concern.room_name is not None:
            lines.append(say("staff-room", room=concern.room_name))
        if data.get("repeat"):
            lines.append(say("staff-page-repeat"))
        lines.append(say("staff-page-press"))
        page_id = str(data["page"])
        buttons = (self._button("take", concern, "main", page_id), self._button("open", concern, "plain", page_id))
        return Card(self._called("\n".join(lines), data, people), (buttons,), people)

    async def _where(self, reads: Reads, concern: Concern, data: Mapping[str, Any]) -> list[str]:
        """Return a pointer from a direct message to the channel where the team reads the same page."""
        server = await self._servers.find(reads, concern.server_id)
        readers = await self._servers.team(reads, concern.server_id, *STAFF_CHANNELS["moderators"])
        here = server.moderators_channel_id if server is not None and concern.about_other not in readers else None
        if here is None or "user" not in data or int(data["user"]) not in readers:
            return []
        return [say("staff-page-where", where=channel(here))]

    @staticmethod
    def _called(text: str, data: Mapping[str, Any], people: tuple[int, ...]) -> str:
        """Begin with the mentions where others read too; a direct message needs none."""
        return text if "user" in data else f"{' '.join(person(user_id) for user_id in people)}\n{text}"

    @staticmethod
    def _button(act: str, concern: Concern, look: Look = "plain", *page_id: str) -> Button:
        """Return a button; on a page it says which, so that pressing it proves that this way works."""
        return Button(f"concern.{act}", say(f"staff-{act}"), (concern.id, *page_id), look)

    async def _news(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.raiser_id is None or not _still_true(str(data["what"]), concern):
            return None
        meanwhile = await self._meanwhile(reads, concern.server_id, now)
        if "user" in data:
            # If it arrives, this way works: it says so itself.
            card = raiser_cards.receipt_card(replace(concern, way="dm"), meanwhile)
            return await self._asking(reads, concern, str(data["what"]), card)
        card = raiser_cards.receipt_card(replace(concern, way="room"), meanwhile)
        card = await self._asking(reads, concern, str(data["what"]), card)
        # In the side room each news mentions the raiser, or it would wait unseen.
        return Card(f"{person(concern.raiser_id)}\n{card.text}", card.rows, (concern.raiser_id,))

    @staticmethod
    async def _asking(reads: Reads, concern: Concern, what: str, card: Card) -> Card:
        """Ask besides, once, whether somebody may write the next day: who is looked after for the first time."""
        if what != "in_hand" or not concern.about_self or await acts_store.times(reads, concern.id, "in_hand") != 1:
            return card
        question, answers = aftercare_cards.note_question(concern)
        return replace(card, text=f"{card.text}\n{question}", rows=(answers, *card.rows))

    async def _answer(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None:
            return None
        return raiser_cards.receipt_card(concern, await self._meanwhile(reads, concern.server_id, now))

    async def _meanwhile(self, reads: Reads, server_id: int, now: datetime) -> Meanwhile:
        server = await self._servers.find(reads, server_id)
        return Meanwhile(server.country, server.outside, now) if server else Meanwhile("*", "", now)

    async def _taken(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.taken_by is None:
            return None
        text = say("staff-taken", number=concern.number, person=person(concern.taken_by))
        return Card(text, ((self._button("open", concern),),))

    async def _withdrawn(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return None
        if concern.withdrawn_at is None:
            return None
        first = "take" if concern.state in rules.WAITING else "with"
        buttons = (self._button(first, concern, "main"), self._button("open", concern), self._button("close", concern))
        return Card(say("staff-withdrawn", number=concern.number), (buttons,))

    async def _unreachable(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED or concern.way != "none":
            return None
        text = f"{say('staff-unreachable-title', number=concern.number)}\n{say('staff-unreachable')}"
        return Card(text, ((self._button("open", concern),),))

    async def _added(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return None
        return Card(say("staff-added", number=concern.number), ((self._button("open", concern), help_button()),))

    async def _lead_list(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        server_id, user_id = int(data["server"]), int(data.get("user") or data["for"])
        count = len(await lead_list.waiting_for(reads, self._servers, server_id, user_id))
        server = await self._servers.find(reads, server_id)
        if count == 0 or server is None:
            return None
        known = "user" in data and server.moderators_channel_id is not None
        where = say("staff-page-where", where=channel(server.moderators_channel_id or 0)) if known else ""
        return limit_cards.note_card(count, where)

    async def _no_side_room(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED or concern.side_channel_id is not None:
            return None
        text = say("staff-side-room-failed", number=concern.number)
        return Card(text, ((self._button("open", concern),),))

    async def _no_channel(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        lines = [say("staff-no-channel", which=say(f"staff-channel-{data['which']}"))]
        needed = "staff-no-channel-ahead" if data.get("ahead") else "staff-no-channel-now"
        lines.append(say("drill-no-channel" if data.get("practice") else needed))
        lines.append(say("staff-no-channel-do"))
        return Card("\n".join(lines), ((help_button(),),))

    async def _staff_access(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        return Card(say("staff-channel-access", which=say(f"staff-channel-{data['which']}")), ((help_button(),),))

    async def _drill_report(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        return drill_cards.report_card(await drilling.report(reads, str(data["concern"]), now))

    async def _room_decided(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return None
        what = str(data["card"]).removeprefix("escalation.room_")
        text = say(f"staff-room-{what}", number=concern.number)
        return Card(text, ((self._button("open", concern), help_button()),))

    async def _side_first(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.raiser_id is None:
            return None
        team = " ".join(person(i) for i in concern.side_people) or say("side-room-nobody")
        text = say("side-room-first", person=person(concern.raiser_id), team=team)
        who = self._seeing.lines(concern.server_id, int(data["channel"]))
        leave = Button("concern.leave", say("side-room-leave"), (concern.id,))
        return Card(f"{text}\n{who}", ((leave, help_button()),))

    async def _side_people(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.raiser_id is None:
            return None
        team = " ".join(person(i) for i in concern.side_people) or say("side-room-nobody")
        return Card(say("side-room-people", team=team), ((help_button(),),))

    async def _side_left(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        return Card(say("side-room-left"), ((help_button(),),))

    async def _side_refused(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.side_channel_id is None:
            return None
        what = str(data["card"]).removeprefix("escalation.side_")
        return Card(say(f"staff-side-room-{what}", number=concern.number), ((help_button(),),))

    async def _dm_answer(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        return dm_answer_card()

    async def _answer_times(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Card | None:
        policy = await policy_store.of_server(reads, int(data["server"]))
        return answer_times_cards.news_card(str(data["level"]), policy)

    async def _side_room(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> Place | None:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or concern.side_name is None:
            return None
        if concern.raiser_id is None and not data.get("look"):
            return None  # Only one that may have been made already is still looked for, to be deleted.
        server = await self._servers.find(reads, concern.server_id)
        category = server.category_id if server is not None and data["in_category"] else None
        inside = (concern.raiser_id, *concern.side_people)
        may = May.LOOK if concern.state is State.CLOSED else May.SPEAK
        people = {user_id: may for user_id in inside if user_id is not None}
        # Its people would show whom it is about who raised it.
        about = (concern.about_other,) if concern.about_other is not None else ()
        return Place(concern.side_name, "text", category, people, about, concern.raiser_id, drawn=True)

    async def _side_access(self, reads: Reads, data: Mapping[str, Any], now: datetime) -> May:
        concern = await store.load(reads, str(data["concern"]))
        if concern is None or data["leaves"]:
            return May.NOTHING
        user_id = int(data["user"])
        left = user_id == concern.raiser_id and concern.side_over
        if concern.state is State.CLOSED:
            # Asked only for those inside, one of whom may be no longer known as the raiser.
            return May.NOTHING if left else May.LOOK
        inside = user_id == concern.raiser_id or user_id in concern.side_people
        return May.SPEAK if inside and not left else May.NOTHING


def _still_true(what: str, concern: Concern) -> bool:
    """Return whether a news is still how things stand: an overtaken one is not said."""
    if what in {"receipt", "passed_on"} and concern.nobody_at is not None and not concern.on_lead_list:
        return False  # That nobody has answered is said by the news that follows.
    states = {
        "receipt": rules.WAITING,
        "nobody": rules.WAITING,
        "passed_on": rules.WAITING,
        "seen": frozenset({State.TAKEN}),
        "in_hand": frozenset({State.IN_HAND}),
        "closed": frozenset({State.CLOSED}),
        "now": frozenset(State) - {State.CLOSED},  # The closing says that itself.
    }
    return concern.state in states.get(what, frozenset(State))
