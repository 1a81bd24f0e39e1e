"""A door that is held shut for a while after failures: for one handle, and for one address from which many are tried. Never for everybody."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest

from tracktwo.web import clock, marks
from tracktwo.web.models import Attempt

WINDOW = 5
"""Minutes for which failures count."""
OF_ONE_HANDLE = 6
FROM_ONE_ADDRESS = 60
"""More than a workshop behind one router mistypes in five minutes."""


class Shut(Exception):
    """Too many failures: come back in `minutes`."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"too many attempts; try again in {minutes} minutes")
        self.minutes = minutes


def _doors(asked: HttpRequest, kind: str, what: str | None) -> list[tuple[str, int]]:
    doors = [(marks.of_door("address", address_of(asked)), FROM_ONE_ADDRESS)]
    return doors + ([(marks.of_door(kind, what), OF_ONE_HANDLE)] if what else [])


def address_of(asked: HttpRequest) -> str:
    """From where somebody comes: behind a proxy the last address that the proxy itself has written."""
    from tracktwo.web.serving import serving

    forwarded = asked.META.get("HTTP_X_FORWARDED_FOR", "") if serving().behind_proxy else ""
    return forwarded.rsplit(",", 1)[-1].strip() or str(asked.META.get("REMOTE_ADDR", ""))


def must_be_open(asked: HttpRequest, kind: str, what: str | None) -> None:
    """Raise Shut where too much has failed at this door lately."""
    now = clock.minute()
    for door, most in _doors(asked, kind, what):
        row = Attempt.objects.filter(pk=door).first()
        if row is not None and row.count >= most and now - row.since < WINDOW:
            raise Shut(WINDOW - (now - row.since))


def failed(asked: HttpRequest, kind: str, what: str | None) -> None:
    """Count a failure."""
    now = clock.minute()
    with transaction.atomic():
        Attempt.objects.filter(since__lt=now - WINDOW).delete()
        for door, _ in _doors(asked, kind, what):
            row, _made = Attempt.objects.select_for_update().get_or_create(pk=door, defaults={"since": now})
            Attempt.objects.filter(pk=row.pk).update(count=row.count + 1, since=row.since)


def succeeded(asked: HttpRequest, kind: str, what: str | None) -> None:
    """Forget the failures of whoever has come in; those from his address stay."""
    if what:
        Attempt.objects.filter(pk=marks.of_door(kind, what)).delete()
