"""The operator's sentences, read from this folder alone: `--help` must not wait for the texts of every pillar."""

from functools import cache
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource

from peerbot.engine.texts import FIRST_LANGUAGE, MissingText


@cache
def _bundle() -> FluentBundle:
    bundle = FluentBundle([FIRST_LANGUAGE], use_isolating=False)
    text = files("peerbot.ops").joinpath("texts.en.ftl").read_text(encoding="utf-8")
    bundle.add_resource(FluentResource(text))
    return bundle


def say(text: str, /, **values: str) -> str:
    """Return the sentence with its values in place. Numbers come as text: `8470` must not become `8,470`.

    Raises:
        MissingText: if there is no such sentence or one of its values was not given.
    """
    pattern = _bundle().get_message(text).value if _bundle().has_message(text) else None
    if pattern is None:
        raise MissingText(text)
    said, problems = _bundle().format_pattern(pattern, values)
    if problems:
        message = f"{text}: {problems}"
        raise MissingText(message)
    return str(said)
