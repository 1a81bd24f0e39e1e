"""Where somebody with a card belongs: participants and interpreters at the dialogue, evaluators at the evaluation, logistics at the journeys."""

from __future__ import annotations

from django.http import HttpResponse

from tracktwo.web.access import at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import NotYours, open_desk
from tracktwo.web.pages import see_other
from tracktwo.web.sessions import leave

_OF_ROLE = {"evaluator": "evaluation", "logistics": "journeys"}
_EVERYBODY_ELSE = "participant"


@door(steps=("card",))
def place(asked: Asked) -> HttpResponse:
    """Go on to where the role belongs; a card whose holder was let out ends here."""
    (membership,) = asked.who.memberships
    try:
        desk = open_desk(membership)
    except NotYours:
        leave(asked)
        return see_other("entrance")
    name = _OF_ROLE.get(desk.role, _EVERYBODY_ELSE)
    return see_other(name) if name == _EVERYBODY_ELSE else see_other(name, tag=desk.tag)


PATHS = [at("place", place, "place")]
