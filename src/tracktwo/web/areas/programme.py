"""The programme: what happens on which day, as a grid that prints well, and as a calendar file for whoever is signed in."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.record.entry import BaseEntry
from tracktwo.record.keeping import FactWithdrawn, Withdrawal
from tracktwo.record.sessions import Item, ProgrammeEntered, SessionPlanned
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.areas.downloads import attachment
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.findings import outlook
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save
from tracktwo.web.timetable import calendar_of, days_of, proposed

KINDS = ("meal", "break", "prayer", "rest", "culture", "travel", "other")


def _clock(label: str) -> forms.RegexField:
    return forms.RegexField(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


class ItemForm(forms.Form):
    kind = forms.ChoiceField(label=".programme.kind", choices=[(kind, f".programme.kind-{kind}") for kind in KINDS])
    what = forms.CharField(label=".programme.what", max_length=200)
    day = forms.DateField(label=".programme.day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"])
    start = _clock(".programme.start")
    end = _clock(".programme.end")
    zone = forms.CharField(label=".programme.zone", help_text=".programme.zone-help", max_length=60, widget=forms.TextInput({"dir": "ltr"}))
    place = forms.CharField(label=".programme.place", max_length=120, required=False)
    room = forms.ChoiceField(label=".programme.room")

    def __init__(self, desk: Desk, asked: Asked, initial: dict[str, object]) -> None:
        super().__init__(asked.POST if asked.method == "POST" else None, initial=initial, auto_id="f-%s")
        self._asked = asked
        caucuses = sorted(room for room in desk.rooms if room.startswith("caucus:"))
        named = _caucuses(desk)
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("plenary", ".programme.for-everybody"), ("team", ".programme.for-the-team"), *((room, named.get(room, room)) for room in caucuses),
        ]  # fmt: skip

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        try:
            datetime.now(UTC).astimezone(ZoneInfo(zone))
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise forms.ValidationError(say(self._asked, ".programme.no-zone")) from error
        return zone


@door(*STEWARDS, methods=("GET", "POST"))
def programme(asked: Asked, desk: Desk) -> HttpResponse:
    """The days. Where nothing is planned yet, what the process design proposes can be taken over."""
    days = days_of(desk.settled)
    released = outlook(asked, desk).released if not days else None
    offer = proposed(released, asked.voice, asked.today, _zone(desk)) if released is not None else ()
    if asked.method == "POST":
        if offer:
            desk.write(asked, *offer)
        return see_other("programme", tag=desk.tag)
    return page(asked, "team/programme.html", desk=desk, days=days, offer=offer, caucuses=_caucuses(desk), visible_to=STEWARDS)


def _caucuses(desk: Desk) -> dict[str, str]:
    """Room → name of the side whose caucus it is."""
    return {f"caucus:{side.id}": side.name for side in desk.initiative.sides}


def _zone(desk: Desk) -> str:
    zones = [entry.body.zone for entry in desk.settled if isinstance(entry, SessionPlanned | ProgrammeEntered)]
    return zones[-1] if zones else "UTC"


@door(*STEWARDS, methods=("GET", "POST"))
def item(asked: Asked, desk: Desk, entry: str | None = None) -> HttpResponse:
    """Something new in the programme that is no session, or one that is there already."""
    old = _item(desk, entry) if entry else None
    initial: dict[str, object] = {**old.body.model_dump(), "room": old.room} if old else {"zone": _zone(desk), "room": "plenary"}
    form = ItemForm(desk, asked, initial)
    if asked.method == "POST" and form.is_valid() and save(asked, desk, form, lambda: _changed(asked, form, old)):
        return see_other("programme", tag=desk.tag)
    return page(asked, "team/programme_item.html", desk=desk, form=form, old=old, visible_to=STEWARDS)


def _changed(asked: Asked, form: forms.Form, old: ProgrammeEntered | None) -> list[BaseEntry]:
    told = {name: value for name, value in form.cleaned_data.items() if name != "room" and value}
    room = form.cleaned_data["room"]
    moved = old is not None and old.room != room
    made: list[BaseEntry] = [
        ProgrammeEntered(on=asked.today, lamport=0, room=room, replaces=(old.id,) if old and not moved else (), body=Item(**told)),
    ]
    if old is not None and moved:  # what another room holds can only be taken back there
        made.append(_withdrawn(asked, old))
    return made


def _withdrawn(asked: Asked, old: ProgrammeEntered) -> FactWithdrawn:
    return FactWithdrawn(on=asked.today, lamport=0, room=old.room, body=Withdrawal(), replaces=(old.id,))


def _item(desk: Desk, entry: str) -> ProgrammeEntered:
    found = next((one for one in desk.settled if one.id == entry and isinstance(one, ProgrammeEntered)), None)
    if found is None:
        raise Http404
    return found


@door(*STEWARDS, methods=("POST",))
def take_out(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Take something out of the programme; that it was there stays in the record."""
    desk.write(asked, _withdrawn(asked, _item(desk, entry)))
    return see_other("programme", tag=desk.tag)


@door(*STEWARDS)
def saved(asked: Asked, desk: Desk) -> HttpResponse:
    """The programme as a calendar file: nobody can subscribe to it, and it tells times alone."""
    return attachment("calendar.ics", calendar_of(days_of(desk.settled), asked.voice, desk.initiative_id, asked.today))


PATHS = [
    at("i/<tag:tag>/programme", programme, "programme"),
    at("i/<tag:tag>/programme/new", item, "programme-new"),
    at("i/<tag:tag>/programme/calendar.ics", saved, "programme-calendar"),
    at("i/<tag:tag>/programme/<entry:entry>", item, "programme-item"),
    at("i/<tag:tag>/programme/<entry:entry>/out", take_out, "programme-out"),
]
