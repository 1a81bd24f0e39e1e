"""Journeys: passports, arrivals and diets for whoever looks after them, in a room where nothing is said; and what of it a diet is worth to cooks."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.record.care import Travel, TravelNoted
from tracktwo.record.destruction import NothingToDestroy, destroy_travel_papers
from tracktwo.sources.countries import load_countries
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other


class TravelForm(forms.Form):
    name = forms.CharField(label=".people.name", max_length=200)
    passports = forms.CharField(label=".journeys.passports", help_text=".journeys.passports-help", required=False, max_length=200)
    document = forms.CharField(label=".journeys.document", required=False, max_length=60, widget=forms.TextInput({"dir": "ltr"}))
    arrival = forms.CharField(label=".journeys.arrival", required=False, max_length=300)
    departure = forms.CharField(label=".journeys.departure", required=False, max_length=300)
    diet = forms.CharField(label=".journeys.diet", required=False, max_length=300)
    needs = forms.CharField(label=".journeys.needs", required=False, max_length=600, widget=forms.Textarea({"rows": 2}))


class SureForm(forms.Form):
    sure = forms.BooleanField(label=".journeys.destroy-sure")


@door("logistics", *STEWARDS, room="logistics")
def journeys(asked: Asked, desk: Desk) -> HttpResponse:
    """Everybody whose journey is looked after; stewards see here who has none yet."""
    noted = {entry.body.person: entry.body for entry in desk.settled if isinstance(entry, TravelNoted)}
    invited = [one for one in desk.initiative.members if one.invited and one.person.kind == "person"] if desk.steward else []
    waiting = [one for one in invited if one.code not in noted]
    return page(
        asked, "team/journeys.html", desk=desk, noted=sorted(noted.items()), waiting=waiting, visible_to=("logistics", "facilitators", "convenors")
    )


@door(*STEWARDS, methods=("GET", "POST"), room="logistics")
def travel_papers(asked: Asked, desk: Desk) -> HttpResponse:
    """Destroy what is kept of everybody's journeys, for good; by GET whoever presses sees first what goes."""
    form = SureForm(asked.POST if asked.method == "POST" else None)
    noted = [entry for entry in desk.settled if isinstance(entry, TravelNoted)]
    if form.is_bound and form.is_valid():
        try:
            destroy_travel_papers(desk.record, desk.keeper, asked.today)
        except NothingToDestroy:
            form.add_error(None, say(asked, ".journeys.nothing-to-destroy"))
        else:
            desk.changed()
            return see_other("journeys", tag=desk.tag)
    return page(asked, "team/travel_papers.html", desk=desk, form=form, count=len(noted), visible_to=("facilitators", "convenors"))


@door("logistics", *STEWARDS, methods=("GET", "POST"), room="logistics")
def journey(asked: Asked, desk: Desk, person: str) -> HttpResponse:
    """One person's journey. Who steers the initiative can begin it; logistics goes on with it."""
    noted = [entry for entry in desk.settled if isinstance(entry, TravelNoted) and entry.body.person == person]
    named = next((one.person.name for one in desk.initiative.members if one.code == person), None) if desk.steward else None
    if not noted and named is None:
        raise Http404
    form = TravelForm(asked.POST or None, initial=_told(noted[-1].body) if noted else {"name": named})
    if asked.method == "POST" and form.is_valid():
        given = {field: value or None for field, value in form.cleaned_data.items()}
        countries, unknown = _countries(given.pop("passports") or "")
        if unknown:
            form.add_error("passports", say(asked, ".journeys.no-country", name=unknown))
        else:
            body = Travel(person=person, passports=countries, **given)
            desk.write(asked, TravelNoted(on=asked.today, lamport=0, about=person, replaces=tuple(entry.id for entry in noted), body=body))
            return see_other("journeys", tag=desk.tag)
    return page(asked, "team/journey.html", desk=desk, form=form, person=person, visible_to=("logistics", "facilitators", "convenors"))


def _told(body: Travel) -> dict[str, Any]:
    return {**body.model_dump(exclude={"person", "passports"}), "passports": ", ".join(body.passports)}


def _countries(text: str) -> tuple[tuple[str, ...], str | None]:
    """Alpha-3 codes of the countries that are named, and the first name that is none."""
    resolve, found = load_countries().resolve, []
    for name in filter(None, (part.strip() for part in re.split("[,;،؛\n]", text))):
        try:
            found.append(str(resolve(name)))
        except ValueError:
            return (), name
    return tuple(dict.fromkeys(found)), None


PATHS = [
    at("i/<tag:tag>/journeys", journeys, "journeys"),
    at("i/<tag:tag>/journeys/papers", travel_papers, "travel-papers"),
    at("i/<tag:tag>/journeys/<code:person>", journey, "journey"),
]
