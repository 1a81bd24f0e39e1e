"""One page for each of the six considerations: what was found, what it rests on, and the facts below it, to be put right in place."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse

from tracktwo.model.rows import CONSIDERATIONS
from tracktwo.record.entry import BaseEntry
from tracktwo.web import facts
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.noun_forms import NounForm
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
        below=lambda row: [(facts.slug(kind), _stated(desk, kind), _page_of(desk, kind)) for kind in facts.BELOW[row]],
        form_of=lambda fact: _form(asked, desk, fact) if fact.id == asked.GET.get("change") else None,
        visible_to=("convenors", "facilitators"),
    )


def _stated(desk: Desk, kind: type[BaseEntry]) -> int:
    """How many facts of a type count."""
    return sum(type(entry) is kind for entry in desk.settled)


def _page_of(desk: Desk, kind: type[BaseEntry]) -> str:
    """The address at which facts of a type stand."""
    part = facts.consideration_of(kind).replace("_", "-")
    return f"{reverse('consideration', kwargs={'tag': desk.tag, 'part': part})}#{facts.slug(kind)}"


def _form(asked: Asked, desk: Desk, fact: facts.Fact) -> NounForm:
    """The form in which a fact is put right where it stands."""
    body, initiative = fact.entry.body, desk.initiative
    return NounForm(type(body), None, voice=asked.voice, sides=initiative.sides, people=initiative.members, before=body)


PATHS = [at("i/<tag:tag>/considerations/<slug:part>", consideration, "consideration")]
