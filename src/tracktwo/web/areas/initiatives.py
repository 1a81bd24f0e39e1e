"""My initiatives: what somebody with an account has keys for."""

from __future__ import annotations

from django.http import HttpResponse

from tracktwo.web.access import ACCOUNT, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk, NotYours, open_desk
from tracktwo.web.pages import page


@door(ACCOUNT)
def initiatives(asked: Asked) -> HttpResponse:
    """Every initiative whose keys still open something, the last one first."""
    return page(asked, "team/initiatives.html", desks=[*reversed(desks_of(asked))], visible_to=("you",))


def desks_of(asked: Asked) -> list[Desk]:
    """The initiatives of whoever asks; those that he was let out of are gone from the list."""
    found = []
    for membership in asked.who.memberships:
        try:
            found.append(open_desk(membership))
        except NotYours:
            continue
    return found


PATHS = [at("initiatives", initiatives, "initiatives")]
