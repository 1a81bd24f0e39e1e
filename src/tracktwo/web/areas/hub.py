"""A hub: a standing roster of people who may be asked, requests against a clock, ranked teams with their reasons, and who answered what."""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse

from tracktwo.considerations.staffing import CLOCK, Listed, hours_since, members_of, requests_of, roster_of, seats_of, signed_at, staff
from tracktwo.considerations.staffing import Asked as Requested
from tracktwo.model.undertaking import LanguageSkill
from tracktwo.record.beginning import opening_of
from tracktwo.record.hub import (
    Availability,
    AvailabilityTold,
    Expert,
    Hub,
    HubOpened,
    InvitationAnswered,
    InvitationSent,
    Proposed,
    Replied,
    Request,
    RequestReceived,
    RosterEntered,
    Sent,
    TeamProposed,
)
from tracktwo.record.membership import found
from tracktwo.sources.countries import load_countries
from tracktwo.sources.passports import PassportIndex
from tracktwo.sources.shelf import open_shelf
from tracktwo.vault.identity import new_identity
from tracktwo.web import accounts, clock
from tracktwo.web.access import ACCOUNT, STEWARDS, at, door
from tracktwo.web.areas.initiatives import desks_of
from tracktwo.web.asked import Asked
from tracktwo.web.brief_steps import Countries, Country, Languages, several
from tracktwo.web.company import done_already, let_in_by_card
from tracktwo.web.desk import Desk, store
from tracktwo.web.pages import page, see_other
from tracktwo.web.saving import save
from tracktwo.web.serving import serving
from tracktwo.web.sessions import belongs
from tracktwo.web.who import Membership

_ROLES = [(role, f".hub.role-{role}") for role in ("facilitator", "interpreter", "expert", "logistics", "evaluator")]


def _day(label: str, *, required: bool = True) -> forms.DateField:
    """A day of the calendar, as browsers ask for one."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, input_formats=["%Y-%m-%d"])


class HubForm(forms.Form):
    name = forms.CharField(label=".hub.name", help_text=".hub.name-help", max_length=120)


class ExpertForm(forms.Form):
    name = forms.CharField(label=".hub.person", max_length=200)
    roles = forms.MultipleChoiceField(label=".hub.roles", choices=_ROLES, widget=forms.CheckboxSelectMultiple)
    languages = Languages(label=".hub.languages", help_text=".new.languages-help", max_length=200)
    competences = forms.CharField(label=".hub.competences", help_text=".hub.several", max_length=300, required=False)
    nationalities = Countries(label=".hub.nationalities", help_text=".hub.several", max_length=200, required=False)
    regions = forms.CharField(label=".hub.regions", help_text=".hub.several", max_length=200, required=False)
    interests = forms.CharField(label=".hub.interests", help_text=".hub.interests-help", max_length=300, required=False)
    consent = forms.BooleanField(label=".hub.consent", required=False)


class RequestForm(forms.Form):
    title = forms.CharField(label=".hub.title", help_text=".hub.title-help", max_length=200)
    sides = forms.IntegerField(label=".hub.sides", min_value=1, max_value=20, initial=2)
    country = Country(label=".hub.country", max_length=120)
    start = _day(".hub.start", required=False)
    days = forms.IntegerField(label=".hub.days", min_value=1, max_value=60, initial=5)
    languages = Languages(label=".hub.request-languages", help_text=".hub.codes", max_length=120)
    people = forms.IntegerField(label=".hub.people", min_value=1, max_value=8, initial=4)
    needs = forms.CharField(label=".hub.needs", help_text=".hub.needs-help", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class AvailabilityForm(forms.Form):
    start = _day(".hub.from")
    end = _day(".hub.until")
    willing = forms.BooleanField(label=".hub.willing", required=False)
    consent_to_be_asked = forms.BooleanField(label=".hub.may-be-asked", required=False)


@door(ACCOUNT, methods=("GET", "POST"))
def hubs(asked: Asked) -> HttpResponse:
    """The hubs of whoever asks; by POST a new one."""
    form = HubForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        return see_other("hub", tag=_begin(asked, form.cleaned_data["name"]))
    mine = [(desk, hub.name) for desk in desks_of(asked) if (hub := _hub(desk)) is not None]
    return page(asked, "team/hubs.html", form=form, hubs=mine, visible_to=("you",))


def _begin(asked: Asked, name: str) -> str:
    home, identity, initiative = serving().home, new_identity(), os.urandom(16)
    replica = home.replica(initiative, identity.member)
    with transaction.atomic():
        made = found(
            store(), home.secret.read(), replica, ["team", "plenary"], name="coordinator", on=asked.today, identity=identity, initiative=initiative
        )
        made.append(opening_of(Hub(name=name), asked.today))
        membership = Membership.of(initiative, identity)
        accounts.take_up(asked.who, membership)
        belongs(asked, initiative, identity.member)
    home.remember(initiative, store().heads(initiative))
    return membership.tag


def _hub(desk: Desk) -> Hub | None:
    return next((entry.body for entry in desk.settled if isinstance(entry, HubOpened)), None)


def _hub_or_404(desk: Desk) -> Hub:
    hub = _hub(desk)
    if hub is None:
        raise Http404
    return hub


@door(*STEWARDS, methods=("GET", "POST"))
def hub(asked: Asked, desk: Desk) -> HttpResponse:
    """The roster and the requests; by POST a request comes in, and the clock starts."""
    told = _hub_or_404(desk)
    form = RequestForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        saved = save(asked, desk, form, lambda: [_request(asked, form.cleaned_data)])
        if saved:
            return see_other("hub-request", tag=desk.tag, entry=saved[0])
    others = _titles(asked)
    requests = [(one, *_elapsed(one, others)) for one in reversed(requests_of(desk.settled))]
    return page(asked, "team/hub.html", desk=desk, hub=told, roster=roster_of(desk.settled), requests=requests, form=form, visible_to=STEWARDS)


def _request(asked: Asked, told: dict[str, Any]) -> RequestReceived:
    languages = tuple(part.partition(":")[0] for part in several(told["languages"]))
    body = Request(**{**told, "country": load_countries().resolve(told["country"]), "languages": languages, "needs": told["needs"] or None})
    return RequestReceived(on=asked.today, at=clock.now().replace(microsecond=0), lamport=0, body=body)


def _titles(asked: Asked) -> list[tuple[str, Any]]:
    return [(desk.initiative.opening.title, desk.settled) for desk in desks_of(asked)]


def _elapsed(request: Requested, others: list[tuple[str, Any]]) -> tuple[int, bool]:
    """Hours from the request to the signed dossier, or until now; and whether it is signed."""
    signed = signed_at(request, others)
    return hours_since(request, signed or clock.now()), signed is not None


@door(*STEWARDS, methods=("GET", "POST"))
def expert(asked: Asked, desk: Desk, entry: str | None = None) -> HttpResponse:
    """Somebody new on the roster, or what is known of somebody who is on it."""
    _hub_or_404(desk)
    roster = roster_of(desk.settled)
    old = next((one for one in roster if one.entry == entry), None)
    if entry is not None and old is None:
        raise Http404
    form = ExpertForm(asked.POST or None, initial=_initial(old))
    code = old.expert.person if old else _next_code(desk)
    if asked.method == "POST" and form.is_valid() and save(asked, desk, form, lambda: [_listed(asked, form.cleaned_data, code, old)]):
        return see_other("hub", tag=desk.tag)
    return page(asked, "team/hub_expert.html", desk=desk, form=form, old=old, visible_to=STEWARDS)


def _next_code(desk: Desk) -> str:
    """A code that nobody of the roster has or had."""
    numbers = [int(entry.about[2:]) for entry in desk.entries if isinstance(entry, RosterEntered) and entry.about and entry.about.startswith("R-")]
    return f"R-{max(numbers, default=0) + 1:02d}"


def _initial(old: Listed | None) -> dict[str, Any]:
    if old is None:
        return {}
    told = old.expert
    languages = "; ".join(f"{skill.tag}:{skill.level}" if skill.level else skill.tag for skill in told.languages)
    lists = {name: "; ".join(getattr(told, name)) for name in ("competences", "nationalities", "regions", "interests")}
    return {"name": told.name, "roles": told.roles, "languages": languages, "consent": told.consented_to_be_listed is not None, **lists}


def _listed(asked: Asked, told: dict[str, Any], code: str, old: Listed | None) -> RosterEntered:
    split = [part.partition(":") for part in several(told["languages"])]
    before = old.expert.consented_to_be_listed if old else None
    body = Expert(
        person=code,
        name=told["name"],
        member=old.expert.member if old else None,
        roles=tuple(told["roles"]),
        languages=tuple(LanguageSkill.model_validate({"tag": tag, "level": level or None}) for tag, _, level in split),
        competences=tuple(several(told["competences"])),
        nationalities=tuple(load_countries().resolve(part) for part in several(told["nationalities"])),
        regions=tuple(several(told["regions"])),
        interests=tuple(several(told["interests"])),
        consented_to_be_listed=(before or asked.today) if told["consent"] else None,
    )
    return RosterEntered(on=asked.today, lamport=0, about=code, replaces=(old.entry,) if old else (), body=body)


@door(*STEWARDS, methods=("POST",))
def card(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """A card for somebody on the roster, with which he tells when he can come. Its words are shown once."""
    _hub_or_404(desk)
    one = next((listed for listed in roster_of(desk.settled) if listed.entry == entry and not listed.card), None)
    if one is None:
        raise Http404
    if not done_already(asked):
        let_in_by_card(asked, desk, [(one.expert.name, "participant", None, one.expert.person)])
    return see_other("handing", tag=desk.tag)


@door(*STEWARDS, methods=("GET", "POST"))
def request(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """One request: ranked teams with why each comes after the first, who was invited, and what they answered."""
    _hub_or_404(desk)
    requests = requests_of(desk.settled)
    wanted = next((one for one in requests if one.entry == entry), None)
    if wanted is None:
        raise Http404
    roster = roster_of(desk.settled)
    names = {one.expert.person: one.expert.name for one in roster}
    if asked.method == "POST":
        _press(asked, desk, wanted, names)
        return see_other("hub-request", tag=desk.tag, entry=entry)
    made = staff(wanted, roster, passports(str(desk.home.folder), asked.today), others=requests)
    teams = [(team, members_of(team, wanted.accepted)) for team in made.ranking.teams]
    hours, signed = _elapsed(wanted, _titles(asked))
    return page(
        asked, "team/hub_request.html", desk=desk, wanted=wanted, seats=seats_of(wanted.request), teams=teams, why=made.why_not_first,
        barred=sorted(made.ranking.barred.items()), short=made.ranking.short, names=names, hours=hours, signed=signed,
        limit=int(CLOCK.total_seconds() // 3600), complete=len(wanted.accepted) >= wanted.request.people, visible_to=STEWARDS,
    )  # fmt: skip


def _press(asked: Asked, desk: Desk, wanted: Requested, names: dict[str, str]) -> None:
    """Invite a whole team, or somebody alone; or write down what somebody answered."""
    now = clock.now().replace(microsecond=0)
    people = [person for person in asked.POST.getlist("person") if person in names]
    what = asked.POST.get("do")
    if what == "invite" and people:
        fresh = [person for person in people if person not in wanted.invited]
        sent = [InvitationSent(on=asked.today, at=now, lamport=0, about=person, body=Sent(request=wanted.entry, person=person)) for person in fresh]
        proposed = TeamProposed(on=asked.today, at=now, lamport=0, body=Proposed(request=wanted.entry, people=tuple(people)))
        desk.write(asked, proposed, *sent)
    elif what in ("yes", "no") and len(people) == 1 and people[0] in wanted.invited:
        body = Replied(request=wanted.entry, person=people[0], answer="yes" if what == "yes" else "no")
        desk.write(asked, InvitationAnswered(on=asked.today, at=now, lamport=0, about=people[0], body=body))


@lru_cache(maxsize=2)
def passports(folder: str, day: date) -> PassportIndex | None:
    """The table of entry rules as it stands on a day, read once."""
    return open_shelf(Path(folder), day).passports


@door("participant", methods=("GET", "POST"))
def mine(asked: Asked, desk: Desk) -> HttpResponse:
    """What somebody on the roster tells of himself: when he can come, whether he would, and whether he may be asked."""
    own = [entry.body for entry in desk.settled if isinstance(entry, AvailabilityTold) and entry.author == desk.me]
    form = AvailabilityForm(asked.POST or None, initial=own[-1].model_dump() if own else {"willing": True, "consent_to_be_asked": True})
    told = False
    if asked.method == "POST" and form.is_valid():
        told = save(asked, desk, form, lambda: [AvailabilityTold(on=asked.today, lamport=0, body=Availability(**form.cleaned_data))]) is not None
    return page(asked, "team/hub_mine.html", form=form, told=told, visible_to=())


PATHS = [
    at("hubs", hubs, "hubs"),
    at("i/<tag:tag>/hub", hub, "hub"),
    at("i/<tag:tag>/hub/person", expert, "hub-person-new"),
    at("i/<tag:tag>/hub/person/<entry:entry>", expert, "hub-person"),
    at("i/<tag:tag>/hub/person/<entry:entry>/card", card, "hub-card"),
    at("i/<tag:tag>/hub/request/<entry:entry>", request, "hub-request"),
    at("i/<tag:tag>/hub/mine", mine, "hub-mine"),
]
