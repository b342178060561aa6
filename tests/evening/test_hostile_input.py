"""Whatever is typed where text is taken is answered, pings nobody, shows as it is written, and is in no log."""

import ast
import json
import logging
import re
import unicodedata
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from io import StringIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.demo.acts import types
from peerbot.demo.world import World, open_world
from peerbot.engine.texts import say
from peerbot.engine.words import clean
from peerbot.ops.logging import set_up
from tests.escalation.everything_there import everything
from tests.evening.typist import Answer, Field, Typist, labels
from tests.fakes import FakeClock
from tests.meta.sources import COGS, PACKAGE, called, python_files, tree
from tests.ops.stand_ins import log_put_back

VICTIM, ROLE, CHANNEL = 777000111222333444, 777000111222333555, 777000111222333666
MARK: Final = "Zq9mark"
"""Part of everything that is typed: what the log must not hold."""
SPICES: Final = (
    f"@everyone [x](https://evil.test) {MARK}",
    f"<@{VICTIM}> <@&{ROLE}> <#{CHANNEL}> @here {MARK}",
    f'{MARK} {{ $group }} {{"{{"}} {{ NUMBER($x) }} -term = .attr',
    f"{MARK}'; DROP TABLE staff_act; -- \" OR 1=1 :id ?1 %s %(x)s {{0}} \\N",
    f"**{MARK}** __u__ ~~s~~ ||spoiler|| `code` ```block``` > quote # head -# small - list 1. one",
    f"\u202e{MARK}\u202c \u200b\u200d\ufeff\u2066abc\u2069 \u0627\u0644\u0633\u0644\u0627\u0645",
    f"{MARK}\x00\x01\x1b[31m\r\n\t\x85\u2028\u2029",
    f"{MARK}\ud800 \udfff \ud83d",
    f"</setup:{VICTIM}> <:e:{VICTIM}> <t:0:F> <id:customize> {MARK}",
    f"{MARK}|pb:setup.save:1~2 ../../{MARK} 99999999999999999999 \uff11\u0662 -1",
    f"[{MARK}]( https://evil.test ) <https://evil.test> www.evil.test javascript:alert(1)",
    f"{MARK}" + "\u0301" * 60 + "\U0001f469\u200d\U0001f467",
    " \u3164\u2800 ",
    "",
)
RAW: Final = re.compile(
    rf"<@!?{VICTIM}>|<@&{ROLE}>|<#{CHANNEL}>|(?<!\\)@(everyone|here)|\]\(\s*https|(?<!\\)https://evil|</setup:|<t:0:F>"
)
"""What Discord would make a mention, a link or a time of, had it been typed by the bot."""
pieces = st.one_of(st.sampled_from(SPICES), st.text(max_size=60), st.characters().map(lambda one: one * 50))
texts = st.one_of(
    st.sampled_from(SPICES),
    st.lists(pieces, min_size=1, max_size=6).map(lambda parts: (MARK + " ".join(parts))[:6000]),
    st.tuples(st.sampled_from(SPICES), st.sampled_from((300, 1000, 4000, 6000))).map(
        lambda two: (two[0] * 400)[: two[1]]
    ),
)
KEPT: Final = {
    *(("manage.group", name) for name in ("name", "about", "language")),
    *(("manage.words-set", name) for name in ("name", "about", "language")),
    ("server.save contact", "value"), ("server.save outside", "value"),
    *(("texts.write", f"line-{n}") for n in range(2)),
}  # fmt: skip
"""Fields whose text is kept as a line: as it was given, but for what nobody sees."""


@contextmanager
def logged() -> Iterator[StringIO]:
    """Let everything that anything logs go through our own set-up, at its most talkative."""
    stream = StringIO()
    with log_put_back():
        names = [name for name in ("", *logging.root.manager.loggerDict) if name.partition(".")[0] != "peerbot"]
        levels = {name: logging.getLogger(name).level for name in names}
        set_up(bytes(32), FakeClock(), "debug", "json", stream)
        for name in names[1:]:
            logging.getLogger(name).setLevel(logging.DEBUG)
        try:
            yield stream
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)


class Watch:
    """What has come of what was typed: messages of the bot, rows, and lines of the log."""

    def __init__(self, world: World, log: StringIO) -> None:
        self.world = world
        self.log = log
        self._seen = set[int]()

    def new(self) -> list[Any]:
        """Return the messages the bot has made since the last look, private ones too."""
        backend = self.world.env.backend
        found = [message for channel in backend.messages.values() for message in channel.values()]
        ours = [one for one in found if one.author_id == backend.bot_user.id and one.id not in self._seen]
        self._seen |= {one.id for one in ours}
        return ours

    def harmless(self, where: object) -> None:
        """See that nobody is pinged, that nothing typed is rendered, and that the log says nothing of it."""
        for message in self.new():
            assert not message.mention_everyone, where
            assert not message.mention_role_ids, where
            assert VICTIM not in message.mention_user_ids, where
            assert RAW.search(message.content) is None, (where, message.content)
            if not message.is_ephemeral:
                assert RAW.search(json.dumps(message.embeds)) is None, (where, message.embeds)
        lines = self.log.getvalue()
        assert MARK not in lines, (where, lines)
        assert " failed" not in lines, (where, lines)
        assert str(VICTIM) not in lines, (where, lines)

    async def holds(self, line: str) -> bool:
        """Return whether a row holds a line, alone or in a list."""
        reads = self.world.app.desk.reads
        for name in ("peer_group", "server", "wording"):
            if await reads.one("SELECT 1 AS one FROM sqlite_master WHERE name = :name", name=name):
                rows = await reads.all(f"SELECT * FROM {name}")  # noqa: S608 - from the tuple above
                if any(line == value or json.dumps(line) in str(value) for row in rows for value in row.values()):
                    return True
        return False


@asynccontextmanager
async def opened() -> AsyncGenerator[tuple[Typist, Watch]]:
    """Open a server in whose evening everything is there; shortly before its end, so that its list is there too."""
    with TemporaryDirectory() as folder:
        async with open_world(Path(folder)) as world:
            typist = Typist(await everything(world))
            await world.until(world.now.replace(hour=20, minute=57))
            await typist.look()
            with logged() as stream:
                watch = Watch(world, stream)
                watch.new()
                yield typist, watch


def answered(answer: Answer, where: object) -> None:
    assert answer.given, where
    assert say("error-unexpected") not in answer.texts, where
    assert all(len(text) <= 2000 for text in answer.texts), where
    assert all(0 < len(choice) <= 100 for choice in answer.choices or ()), where


async def everything_is_typed(draw: Callable[[], str], *, all_fields: bool) -> None:
    """Type one text into each option, each field and each search, and look at what comes of it."""
    async with opened() as (typist, watch):
        for field in typist.options():
            text = draw()
            answered(await typist.command(field, text), (field, text))
            watch.harmless((field, text))
        for field in typist.completed():
            text = draw()
            answered(await typist.command(field, text, focused=True), (field, text))
        for field, to_type in await typist.parts():
            if to_type or all_fields:
                text = draw()
                await one_field(typist, watch, field, text)
        await read_by_others(typist, watch)


async def one_field(typist: Typist, watch: Watch, field: Field, text: str) -> None:
    """Send a form, and see that a line is kept as it was given, or that the answer says of which field it cannot be."""
    answer = await typist.form(field, text)
    answered(answer, (field, text))
    watch.harmless((field, text))
    about = field.form["custom_id"].rpartition(":")[2] if field.form else ""
    if {(field.entry, field.name), (f"{field.entry} {about}", field.name)} & KEPT and text.strip():
        bold = [word for said in answer.texts for word in re.findall(r"\*\*(.+?)\*\*", said)]
        named = any(label.startswith(word) for label in labels(field.form, field.name) for word in bold)
        assert named or await watch.holds(kept_as(text)), (field, text, answer)


def kept_as(text: str) -> str:
    """Return a text as it is kept: of what nobody sees nothing, and one space for any white space."""
    try:
        return clean(text, field="", most=10_000, least=0)
    except ValueError:
        return unicodedata.normalize("NFC", text)


async def read_by_others(typist: Typist, watch: Watch) -> None:
    """Let others read all there is to read of it, and the evenings go on."""
    readers = {
        "colin": ("manage server", "manage team list", "manage keep-apart list"),
        "dana": ("escalation list", "escalation acts", "oncall rota", "drill report"),
        "fay": ("facilitate console",),
        "ben": ("group find", "group mine", "meeting next", "agreement read", "help-now"),
        "nell": ("group mine", "meeting next", "agreement read"),
    }
    for key, commands in readers.items():
        for command in commands:
            await types(typist.world, typist.world.person(key), command)
            watch.harmless((key, command))
    for number in range(1, 4):
        await types(typist.world, typist.world.person("dana"), "escalation show", number=number)
        watch.harmless(("dana", number))
    await typist.world.until(typist.world.now.replace(hour=23))
    watch.harmless("the evening goes on")


async def test_whatever_is_typed_is_answered_pings_nobody_and_is_not_logged() -> None:
    spices = cycle(SPICES)
    await everything_is_typed(lambda: next(spices), all_fields=False)


@pytest.mark.deep
@settings(max_examples=6)
@given(data=st.data())
async def test_the_laws_of_what_is_typed_hold_for_hundreds_of_texts_in_every_field(data: st.DataObject) -> None:
    await everything_is_typed(lambda: data.draw(texts), all_fields=True)


async def test_no_form_is_left_out() -> None:
    async with opened() as (typist, _):
        made = {
            node.args[0].value
            for path in python_files(PACKAGE, COGS)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and called(node) == "Form" and node.args
            if isinstance(node.args[0], ast.Constant)
        }
        assert set(typist.forms()) == set(typist.world.app.bot.router.forms)
        assert made <= set(typist.forms())
        assert len(typist.options()) > 40
        assert {each.by for each in typist.options()} <= {person.key for person in typist.world.people}
