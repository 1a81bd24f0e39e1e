"""The exact programme, for the team's stewards: the way to its page, which is loaded when somebody first opens it."""

from __future__ import annotations

from django.http import HttpResponse

from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def planning(asked: Asked, desk: Desk) -> HttpResponse:
    """The programme as it would be best; by POST one that is tried, why something lies where it lies, the files, or what is taken over."""
    from tracktwo.web import planning_page  # what it plans with takes a second to load: neither the server's start nor another page shall wait

    return planning_page.answer(asked, desk)


PATHS = [at("i/<tag:tag>/programme/plan", planning, "planning")]
