"""An evaluator who tried to see names: the attempt is put where the facilitators read it, without a name."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.http import HttpRequest

from tracktwo.record.living import NamesRefused
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom
from tracktwo.record.returned import NamesRefusal
from tracktwo.web import clock
from tracktwo.web.desk import OnlyLooking

if TYPE_CHECKING:
    from tracktwo.web.asked import Asked
    from tracktwo.web.desk import Desk


def write_down(asked: HttpRequest, desk: Desk) -> None:
    """Write the attempt into the drop box of the facilitators, once for each request."""
    with suppress(NoSuchRoom, MustBeRekeyed, OnlyLooking):
        desk.write(_as_asked(asked), NamesRefused(on=clock.today(), lamport=0, body=NamesRefusal(asked_for="people")))


def _as_asked(asked: HttpRequest) -> Asked:
    return asked  # type: ignore[return-value]
