"""One page for each of the six considerations: what was found, what it rests on, and the facts below it, to be put right in place."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from tracktwo.model.rows import CONSIDERATIONS
from tracktwo.web import facts
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page
from tracktwo.web.reading import page_of
from tracktwo.web.shown import described

_BY_ADDRESS = {name.replace("_", "-"): name for name in CONSIDERATIONS}


@door(*STEWARDS, room="team")
def consideration(asked: Asked, desk: Desk, part: str) -> HttpResponse:
    """The questions of a consideration with their answers, and what was stated."""
    if part not in _BY_ADDRESS:
        raise Http404
    name = _BY_ADDRESS[part]
    shown = page_of(asked, desk)
    return page(
        asked,
        "team/consideration.html",
        desk=desk,
        **shown.context,
        name=name,
        number=CONSIDERATIONS.index(name) + 1,
        part=next((one for one in shown.reading.parts if one.name == name), None) if shown.reading else None,
        kinds=facts.kinds_of(name, desk.settled, desk.entries, desk.initiative),
        words_of=lambda fact: described(fact.entry.body, asked.voice, desk.initiative.sides),
        visible_to=("convenors", "facilitators"),
    )


PATHS = [at("i/<tag:tag>/considerations/<slug:part>", consideration, "consideration")]
