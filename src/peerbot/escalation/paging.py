"""Pages: one attempt after the other to reach a human, until one takes the concern."""

from dataclasses import replace
from typing import Final

from peerbot.engine import silence
from peerbot.engine.database import Reads
from peerbot.engine.delivery import Delivered, Finish
from peerbot.engine.desk import Desk, Work
from peerbot.engine.outbox import Intent, Lane, Leased
from peerbot.engine.timers import Timer
from peerbot.engine.tokens import new_id
from peerbot.escalation import policy_store, rules, store
from peerbot.escalation.handling import acts_store
from peerbot.escalation.limits.rules import Held
from peerbot.escalation.raising.news import News
from peerbot.escalation.rota import cover, duty_store
from peerbot.escalation.rota import store as rota_store
from peerbot.escalation.rota.duty_store import PageRow
from peerbot.escalation.rules import Duty, Line, Page, State, Wait
from peerbot.escalation.staff_channel import StaffChannel
from peerbot.escalation.store import Concern
from peerbot.escalation.ways.sight import PAGE_SEEN, Ways
from peerbot.meetings.service import Meetings
from peerbot.servers.rules import STAFF_CHANNELS
from peerbot.servers.service import Servers
from peerbot.signup.service import Signup

_KINDS: Final = {"channel": "post", "dm": "dm", "alert": "alert"}
PAGED: Final = "escalation.paged"
"""What a page's end is reported as."""
BEGUN: Final = "concern.begun"
"""A fact: somebody is in need, so what is only practice ends."""
PRACTICE_THROUGH: Final = "practice.through"
"""A fact: every line was asked in a practice, and the last one has had its time."""
HANDED: Final = "handed"
"""Why somebody is paged whom a teammate asks to take a concern over."""
HANDED_ENDS: Final = "concern.handed"
"""Timer: their time to answer is over."""
_NOBODY: Final = frozenset[int]()


class Paging:
    """Use cases of the clock: steps that fall due, shifts that begin, pages that fail."""

    def __init__(
        self,
        desk: Desk,
        servers: Servers,
        signup: Signup,
        meetings: Meetings,
        news: News,
        staff: StaffChannel,
        ways: Ways,
    ) -> None:
        """Ask the lower pillars who is where; tell the raiser through `news` and the team through `staff`."""
        self._desk = desk
        self._servers = servers
        self._signup = signup
        self._meetings = meetings
        self._news = news
        self._staff = staff
        self._ways = ways
        desk.handlers.on_timer("concern.step", self._step_due)
        desk.handlers.on_timer("concern.reached", self._reached_due)
        desk.handlers.on_timer("concern.nobody", self._nobody_due)
        desk.handlers.on_timer("concern.shift", self._shift_begins)
        desk.handlers.on_timer("concern.on_duty", self._hears_on_duty)
        desk.handlers.on_report(PAGED, self._paged)
        desk.handlers.on_report(PAGE_SEEN, self._seen)

    async def begin(
        self, work: Work, concern: Concern, also: frozenset[int] = _NOBODY, silent: frozenset[int] = _NOBODY
    ) -> Concern:
        """Go to the foot of the ladder of the concern's level and page the first line, and `also`, at once.

        It climbs with the answer times that the server has now, whatever they become meanwhile. Where somebody who had
        it is `silent`, it goes on with the first line that has anybody else, and has the time that is left from there.
        """
        await self.stop(work, concern)
        times = (await policy_store.of_server(work, concern.server_id)).to_text()
        foot = {"state": State.OPEN.value, "level": int(concern.level), "step": 0, "nobody_at": None, "taken_by": None}
        await store.change(work, concern.id, level_since=work.now, answer_times=times, **foot)
        concern = await self._again(work, concern)
        if concern.held is not Held.NO:
            return concern  # It is on the lead's list: from there somebody takes it, or nobody is paged.
        if not concern.practice and not await self._staff.shows_to_subject(work, concern, "moderators"):
            # Or the end of a practice would tell whoever it is about that somebody is in need, and they see of nobody.
            await work.record(BEGUN, server=concern.server_id)
        if silent:
            concern = await self._beyond(work, concern, silent)
        nobody_at = concern.position.told_at
        await work.set_timer("concern.nobody", concern.id, nobody_at, concern.server_id)
        return await self._step(work, concern, also)

    async def _beyond(self, work: Work, concern: Concern, silent: frozenset[int]) -> Concern:
        step = rules.passed_on_at(concern.position, await self.duty(work, concern), silent)
        await store.change(
            work, concern.id, step=step, level_since=work.now - concern.position.ladder.steps[step].after
        )
        return await self._again(work, concern)

    async def stop(self, work: Work, concern: Concern) -> None:
        """Somebody has it, or nobody need: no page goes out from now on."""
        for kind in ("concern.step", "concern.reached", "concern.nobody", "concern.idle"):
            await work.cancel_timer(kind, concern.id)
        await work.withdraw(f"concern:{concern.id}:page:%")
        await duty_store.drop_waiting(work, concern.id, work.now)
        await self._count(work, concern)

    async def _step(self, work: Work, concern: Concern, also: frozenset[int] = _NOBODY) -> Concern:
        """Take the step that is due."""
        duty = await self.duty(work, concern)
        also = also & duty.of(tuple(Line))
        action = rules.next_action(concern.position, duty, work.now)
        await store.change(work, concern.id, reach=duty.reach.value)
        if isinstance(action, Wait):
            await store.change(work, concern.id, waits_until=action.until)
            await work.set_timer("concern.step", concern.id, action.until, concern.server_id)
            return await (self.page(work, concern, also) if also else self._again(work, concern))
        return await self._take(work, concern, replace(action, people=action.people | also))

    async def _take(self, work: Work, concern: Concern, action: Page) -> Concern:
        state = State.UNANSWERED if action.unanswered else concern.state
        await store.change(work, concern.id, step=action.next_step, state=state.value, waits_until=None)
        await work.set_timer("concern.step", concern.id, action.next_at, concern.server_id)
        return await self.page(work, concern, action.people)

    async def page(self, work: Work, concern: Concern, people: frozenset[int], why: str = "") -> Concern:
        """Page people by every way there is: the staff channel each of them can read, a direct message, and alerts.

        `why` is empty for a concern that nobody has; `again` and `idle` are said to the person who has it, `handed` to
        one who is asked to take it over.
        """
        turn = concern.round + 1
        await store.change(work, concern.id, round=turn, paged_at=work.now)
        if not why:
            await self._drop_overtaken(work, concern, people)
        looks: list[tuple[PageRow, int]] = []
        # In a channel everybody sees who is not asked: where one of the team hides their name, that would be them; and
        # where somebody's name is hidden at all, whom a teammate asks to take over.
        readers = await self._servers.team(work, concern.server_id, *STAFF_CHANNELS["facilitators"])
        aside = concern.hides_name and (why == HANDED or concern.raiser_id in readers)
        for channel_id, mentioned in () if aside else await self._channels(work, concern, people):
            page = await self._send(work, concern, turn, "channel", mentioned, {"channel": channel_id}, why)
            looks.append((page, channel_id))
        for user_id in sorted(people):
            await self._send(work, concern, turn, "dm", (user_id,), {"user": user_id}, why)
            for place in range(self._ways.alerts.ways_of(user_id)):
                await self._send(work, concern, turn, "alert", (user_id,), {"person": user_id, "place": place}, why)
        for page, channel_id in looks:  # Only now: whether they see it holds no page up.
            await self._ways.sight.look_for(work, page, channel_id, why)
        await self._count(work, concern)
        if people:
            await work.set_timer("concern.reached", concern.id, work.now + rules.REACHED_WITHIN, concern.server_id)
        return await self._again(work, concern)

    async def _drop_overtaken(self, work: Work, concern: Concern, people: frozenset[int]) -> None:
        """Drop what has not gone out yet and says the same to the same people.

        When Discord is back after an hour, each reads one page, not one for each time it could not be sent.
        """
        for page_id, asked in await duty_store.waiting(work, concern.id):
            if people.issuperset(asked):
                await work.withdraw(f"concern:{concern.id}:page:%:{page_id}%")
                await duty_store.end_page(work, page_id, "dropped", work.now)

    async def page_again(self, work: Work, concern: Concern) -> Concern:
        """Somebody pressed again while nobody has it: page everybody who was asked so far."""
        if concern.step == 0:
            return await self._step(work, concern)
        return await self.page(work, concern, rules.asked_so_far(concern.position, await self.duty(work, concern)))

    async def _send(
        self,
        work: Work,
        concern: Concern,
        turn: int,
        way: str,
        people: tuple[int, ...],
        where: dict[str, int],
        why: str,
    ) -> PageRow:
        page_id = new_id()
        page = PageRow(page_id, concern.server_id, concern.id, way, people, turn)
        await duty_store.add_page(work, page, work.now)
        await work.enqueue(
            Intent(
                key=f"concern:{concern.id}:page:{turn}:{page_id}",
                kind=_KINDS[way],
                lane=Lane.CONCERN,
                server_id=concern.server_id,
                data={
                    **where,
                    "card": "escalation.alert" if way == "alert" else "escalation.page",
                    "concern": concern.id,
                    "page": page_id,
                    "turn": turn,
                    "why": why,
                },
                report=PAGED,
            )
        )
        return page

    async def _channels(
        self, work: Work, concern: Concern, people: frozenset[int]
    ) -> list[tuple[int, tuple[int, ...]]]:
        """Return (channel, people to mention there): everybody in the first staff channel they can read.

        A concern about somebody who reads those channels is paged by direct message alone.
        """
        server = await self._servers.load(work, concern.server_id)
        rest = set(people)
        found: list[tuple[int, tuple[int, ...]]] = []
        channels = {"moderators": server.moderators_channel_id, "facilitators": server.facilitators_channel_id}
        for which, channel_id in channels.items():
            readers = set(await self._servers.team(work, concern.server_id, *STAFF_CHANNELS[which]))
            here = rest & readers
            if not here or await self._staff.shows_to_subject(work, concern, which):
                continue
            if channel_id is None:
                await self._staff.missing(work, concern, which)
                continue
            found += [(channel_id, some) for some in rules.in_one_message(here)]
            rest -= here
        return found

    async def duty(self, reads: Reads, concern: Concern) -> Duty:
        """Return who can be paged about this concern now."""
        rota = await cover.rota(reads, self._servers, concern.server_id, self._desk.now)
        team = frozenset(await self._servers.team(reads, concern.server_id, *cover.ON_CALL))
        away = (await rota_store.plan(reads, concern.server_id)).away(self._desk.now)
        leads = frozenset(await self._servers.team(reads, concern.server_id, "lead", "deputy"))
        nights = await rota_store.nights(reads, concern.server_id)
        facilitators = await self.facilitators(reads, concern)
        concerned = frozenset({concern.raiser_id, concern.about_other} - {None})

        def there(people: frozenset[int]) -> frozenset[int]:
            # Whoever cannot be asked about this one is not who is left of the line.
            return rules.never_empty(people - concerned, away) | (people & concerned)

        return rules.duty(
            {
                Line.ON_CALL: rota.on_duty - away,
                Line.FACILITATORS: facilitators,
                Line.LEADS: there(leads),
                Line.NIGHTS: (nights & team) - away,
                Line.EVERYBODY: facilitators | there(team) | there(leads),
            },
            raiser=concern.raiser_id,
            subject=concern.about_other,
            next_shift=rota.next_shift,
            reached=rota.covered - away,
        )

    async def facilitators(self, reads: Reads, concern: Concern) -> frozenset[int]:
        """Return who facilitates the meeting in whose room it was raised, those who took it over included.

        Without whom nothing goes out about: they are no line that could answer.
        """
        if concern.group_id is None or concern.room_channel_id is None:
            return frozenset()
        room = await self._meetings.room_of_channel(reads, concern.room_channel_id)
        people = frozenset(
            await self._signup.facilitators(reads, concern.group_id)
            if room is None
            else await self._meetings.facilitators(reads, room)
        )
        return people - await silence.among(reads, concern.server_id, people)

    async def _step_due(self, work: Work, timer: Timer) -> None:
        concern = await self._waiting(work, timer.subject)
        if concern is None:
            return
        if concern.practice and concern.position.at_the_end:
            await work.record(PRACTICE_THROUGH, concern=concern.id)
        elif not concern.practice and not concern.position.at_the_end and work.now >= concern.position.told_at:
            # Both are overdue: one page to everybody, not one to a line and another in the same moment.
            await self._nobody(work, concern)
        else:
            await self._step(work, concern)

    async def _reached_due(self, work: Work, timer: Timer) -> None:
        """Nobody can say whether any page of the last round arrived: that is no reason to wait for an answer."""
        concern = await self._waiting(work, timer.subject)
        if concern is not None and not await duty_store.reached(work, concern.id, concern.round, hoping=False):
            await self._next_line_now(work, concern)

    async def _nobody_due(self, work: Work, timer: Timer) -> None:
        concern = await self._waiting(work, timer.subject)
        if concern is None:
            return
        if concern.practice:
            await work.record(PRACTICE_THROUGH, concern=concern.id)
        else:
            await self._nobody(work, concern)

    async def _nobody(self, work: Work, concern: Concern) -> None:
        """Tell the raiser that nobody has answered, with every line asked before that is said."""
        await work.cancel_timer("concern.nobody", concern.id)
        await store.change(work, concern.id, nobody_at=work.now, state=State.UNANSWERED.value)
        await acts_store.note_act(work, concern, "nobody", None, work.now)
        concern = await self._again(work, concern)
        if not concern.position.at_the_end:
            duty = await self.duty(work, concern)
            concern = await self._take(work, concern, rules.after_the_ladder(concern.position, duty, work.now))
        await self._news.tell(work, concern, "nobody")

    async def _shift_begins(self, work: Work, timer: Timer) -> None:
        """Whoever comes on duty hears at once of what nobody has answered."""
        shift = await duty_store.shift(work, timer.subject)
        if shift is None:
            return
        await self._ways.sight.look(work, shift.server_id, {shift.user_id})
        for concern_id in await store.unanswered(work, shift.server_id):
            # One by one, so that one which fails keeps them from hearing of no other.
            await work.set_timer("concern.on_duty", f"{concern_id}/{shift.id}", work.now, shift.server_id)

    async def _hears_on_duty(self, work: Work, timer: Timer) -> None:
        concern_id, _, shift_id = timer.subject.partition("/")
        concern, shift = await self._waiting(work, concern_id), await duty_store.shift(work, shift_id)
        if concern is None or shift is None or concern.held is not Held.NO:
            return
        if shift.user_id not in (await self.duty(work, concern)).of((Line.ON_CALL,)):
            return
        if await duty_store.was_paged(work, concern.id, shift.user_id, timer.due_at):
            return  # By a step that was due in the same moment.
        if concern.waits_until is not None:
            await self._step(work, concern)
        else:
            await self.page(work, concern, frozenset({shift.user_id}))

    async def _paged(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        state = "arrived" if isinstance(result, Delivered) else result.state
        await duty_store.end_page(work, str(intent.data["page"]), state, work.now)
        concern = await store.load(work, str(intent.data["concern"]))
        if concern is None or concern.state is State.CLOSED:
            return
        if state == "dropped":
            await self._recount(work, concern)
        if state != "failed":
            return
        if "channel" in intent.data and not (isinstance(result, Finish) and result.seen):
            await self._staff.refused(work, concern, int(intent.data["channel"]))
        await self._failed(work, concern, intent)

    async def _seen(self, work: Work, intent: Leased, result: Delivered | Finish) -> None:
        """Whoever cannot see the channel has not been paged there. While Discord does not say, nothing changes."""
        await self._ways.sight.keep(work, intent, result)
        blind = result.people if isinstance(result, Delivered) else ()
        for user_id in blind:
            await duty_store.cannot_see(work, str(intent.data["page"]), user_id)
        concern = await store.load(work, str(intent.data["concern"]))
        if blind and concern is not None and concern.state is not State.CLOSED:
            await self._failed(work, concern, intent)

    async def _failed(self, work: Work, concern: Concern, intent: Leased) -> None:
        """One way to somebody has failed."""
        await self._recount(work, concern)
        if not await duty_store.reached(work, concern.id, int(intent.data["turn"]), hoping=True):
            # No way has worked for these people: they count as unanswered now, not when their time is over.
            if intent.data["why"] == HANDED:
                await work.set_timer(HANDED_ENDS, concern.id, work.now, concern.server_id)
                return
            await self._next_line_now(work, await self._again(work, concern))

    async def _recount(self, work: Work, concern: Concern) -> None:
        if await self._count(work, concern) != concern.alerted:
            await self._news.refresh_answer(work, await self._again(work, concern), "alerted")

    async def _next_line_now(self, work: Work, concern: Concern) -> None:
        if concern.withdrawn_at is not None:
            return
        if concern.state not in rules.WAITING:
            if concern.asked_again:
                await work.set_timer("concern.idle", concern.id, work.now, concern.server_id)
        elif not concern.position.at_the_end:
            await work.set_timer("concern.step", concern.id, work.now, concern.server_id)
        elif concern.nobody_at is None and concern.alerted == 0:
            await work.set_timer("concern.nobody", concern.id, work.now, concern.server_id)

    async def _count(self, work: Work, concern: Concern) -> int:
        """Keep and return how many people have a page that arrived or is on its way."""
        alerted = len(await duty_store.alerted(work, concern.id))
        await store.change(work, concern.id, alerted=alerted)
        return alerted

    async def _waiting(self, work: Work, concern_id: str) -> Concern | None:
        """Return a concern that nobody has and that its raiser has not withdrawn."""
        concern = await store.load(work, concern_id)
        waits = concern is not None and concern.state in rules.WAITING and concern.withdrawn_at is None
        return concern if waits else None

    async def _again(self, work: Work, concern: Concern) -> Concern:
        return await store.load(work, concern.id) or concern
