"""The panel, for the team's stewards: the way to its page, which is loaded when somebody first opens it."""

from __future__ import annotations

from django.http import HttpResponse

from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def panel(asked: Asked, desk: Desk) -> HttpResponse:
    """The panel as the wishes stand; by POST one that is tried, why somebody is on it, or the one that is settled now."""
    from tracktwo.web import panel_page  # its solver takes a second to load: neither the server's start nor another page shall wait for it

    return panel_page.answer(asked, desk)


PATHS = [at("i/<tag:tag>/panel", panel, "panel")]
