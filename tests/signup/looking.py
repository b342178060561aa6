"""A list of groups as somebody finds it, made of whole groups."""

from collections.abc import Sequence

from peerbot.signup.finding.rules import EVERYTHING, Found, Glimpse, Looking, search
from peerbot.signup.rules import View


def found(views: Sequence[View], at: Looking = EVERYTHING) -> Found:
    groups = [
        Glimpse(
            view.group.id,
            view.group.name,
            view.group.medium,
            view.group.language,
            view.group.kind,
            view.places > 0,
            view.mine.where != "outside",
        )
        for view in views
    ]
    page = search(groups, at)
    return Found(page, tuple(view for view in views if view.group.id in page.ids))
