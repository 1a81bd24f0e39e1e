"""People and rooms: who takes part, who holds which key, cards and invitations, and letting somebody out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from tracktwo.model.brief import Person
from tracktwo.record.duplicates import duplicates
from tracktwo.record.entries import PersonInvited
from tracktwo.record.mask import same
from tracktwo.record.membership import NotPossible, only_one_holder, open_room, rotate
from tracktwo.record.revision import stamped
from tracktwo.sources.countries import load_countries
from tracktwo.sources.roster import RosterError, parse_roster
from tracktwo.web import clock
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.areas.joining import qr
from tracktwo.web.asked import Asked
from tracktwo.web.company import done_already, handed_over, let_in_by_card, let_in_by_invitation, let_out, members, rooms
from tracktwo.web.desk import Desk
from tracktwo.web.navigation import role_named
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.serving import serving

HELPING = ("interpreter", "evaluator", "logistics")
"""Who is let in by a card and is of no side."""


class PersonForm(forms.Form):
    name = forms.CharField(label=".people.name", max_length=200)
    side = forms.ChoiceField(label=".people.side", required=False)

    def __init__(self, desk: Desk, data: Any = None) -> None:
        super().__init__(data)
        self.fields["side"].choices = [("", ".people.no-side"), *((side.id, side.name) for side in desk.initiative.sides)]  # type: ignore[attr-defined]


class ColleagueForm(forms.Form):
    name = forms.CharField(label=".people.name", max_length=200, help_text=".people.colleague-help")
    role = forms.ChoiceField(label=".people.role", choices=[(role, f".shell.role.{role}") for role in ("facilitator", "convenor")])


class HelperForm(forms.Form):
    name = forms.CharField(label=".people.name", max_length=200)
    role = forms.ChoiceField(label=".people.role", choices=[(role, f".shell.role.{role}") for role in HELPING])


@door(*STEWARDS, methods=("GET", "POST"), room="team", refusal="told")
def people(asked: Asked, desk: Desk) -> HttpResponse:
    """Everybody, and the rooms. A form adds somebody who is to be invited."""
    if "roster" in asked.FILES:
        return _from_file(asked, desk)
    form = PersonForm(desk, asked.POST if "side" in asked.POST else None)
    if form.is_bound and form.is_valid():
        side = form.cleaned_data["side"]
        person = PersonInvited(on=asked.today, lamport=0, body=Person(name=form.cleaned_data["name"], sides=(side,) if side else ()))
        known = [entry for entry in desk.settled if isinstance(entry, PersonInvited)]
        desk.write(asked, *stamped_among(desk, known, person))
        return see_other("people", tag=desk.tag)
    return _shown(asked, desk, form)


def _from_file(asked: Asked, desk: Desk) -> HttpResponse:
    """Invite the people of a spreadsheet but those who are there already; where it cannot be read, say so and write nothing."""
    file = asked.FILES["roster"]
    assert isinstance(file, UploadedFile)
    try:
        people = parse_roster(str(file.name), file.read(), load_countries().resolve, [side.id for side in desk.initiative.sides])
    except RosterError as error:
        return _shown(asked, desk, PersonForm(desk), problem=str(error))
    there = {same(member.person.name) for member in desk.initiative.members}
    fresh = {same(person.name): PersonInvited(on=asked.today, lamport=0, body=person) for person in people if same(person.name) not in there}
    if fresh and not done_already(asked):
        desk.write(asked, *stamped_all(desk, list(fresh.values())))
    return see_other("people", tag=desk.tag)


def stamped_all(desk: Desk, people: list[PersonInvited]) -> tuple[Any, ...]:
    """Each entry with a code that nobody had before."""
    known = [entry for entry in desk.settled if isinstance(entry, PersonInvited) or entry.field in ("opening", "sides", "parties")]
    bodies = {id(person.body) for person in people}
    return tuple(entry for entry in stamped((*known, *people), desk.entries) if id(entry.body) in bodies)


def stamped_among(desk: Desk, known: list[PersonInvited], person: PersonInvited) -> tuple[Any, ...]:
    """The entry with a code that nobody had before."""
    beside = [entry for entry in desk.settled if entry.field in ("opening", "sides", "parties")]
    (fresh,) = [entry for entry in stamped((*beside, *known, person), desk.entries) if entry.body is person.body]
    return (fresh,)


def _shown(
    asked: Asked, desk: Desk, form: forms.Form, colleague: forms.Form | None = None, helper: forms.Form | None = None, problem: str = ""
) -> HttpResponse:
    there = members(desk)
    with_card = {member.code for member in there if member.code}
    return page(
        asked,
        "team/people.html",
        desk=desk,
        form=form,
        colleague=colleague or ColleagueForm(auto_id="colleague-%s"),
        helper=helper or HelperForm(auto_id="helper-%s"),
        members=there,
        people=[(one, one.code in with_card) for one in desk.initiative.members if one.invited],
        rooms=rooms(desk),
        named={member.id: member for member in there},
        sides={side.id: side.name for side in desk.initiative.sides},
        alone=[name for name in only_one_holder(desk.record) if name in ("team", "plenary")],
        caucuses=[side for side in desk.initiative.table if f"caucus:{side.id}" not in desk.rooms],
        logistics="logistics" in desk.rooms,
        eyes=_eyes(asked, desk),
        problem=problem,
        alike=duplicates([one.person.name for one in desk.initiative.members]),
        status=400 if problem else 200,
        visible_to=("facilitators", "convenors"),
    )


def _eyes(asked: Asked, desk: Desk) -> list[tuple[str, str]]:
    """As whom one can look, each with its words."""
    sides = [(f"participant:{side.id}", say(asked, ".people.eyes-participant", side=side.name)) for side in desk.initiative.sides]
    return sides + [(role, asked.voice.say(role_named(role))) for role in HELPING]


@door(*STEWARDS, methods=("POST",), room="team")
def invitation(asked: Asked, desk: Desk) -> HttpResponse:
    """Invite somebody to the team."""
    form = ColleagueForm(asked.POST, auto_id="colleague-%s")
    if not form.is_valid():
        return _shown(asked, desk, PersonForm(desk), colleague=form)
    if not done_already(asked):
        let_in_by_invitation(asked, desk, form.cleaned_data["name"], form.cleaned_data["role"])
    return see_other("handing", tag=desk.tag)


@door(*STEWARDS, methods=("POST",), room="team")
def cards(asked: Asked, desk: Desk) -> HttpResponse:
    """Make cards for people who are invited."""
    chosen = set(asked.POST.getlist("person"))
    people = [one for one in desk.initiative.members if one.invited and one.code in chosen]
    if people and not done_already(asked):
        let_in_by_card(asked, desk, [(one.person.name, "participant", next(iter(one.person.sides), None), one.code) for one in people])
    return see_other("handing" if people else "people", tag=desk.tag)


@door(*STEWARDS, methods=("POST",), room="team")
def helper(asked: Asked, desk: Desk) -> HttpResponse:
    """Make a card for an interpreter, an evaluator, or whoever looks after the journeys."""
    form = HelperForm(asked.POST, auto_id="helper-%s")
    if not form.is_valid():
        return _shown(asked, desk, PersonForm(desk), helper=form)
    if not done_already(asked):
        if form.cleaned_data["role"] == "logistics" and "logistics" not in desk.rooms:
            open_room(desk.record, "logistics", clock.today())
        let_in_by_card(asked, desk, [(form.cleaned_data["name"], form.cleaned_data["role"], None, None)])
    return see_other("handing", tag=desk.tag)


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def handing(asked: Asked, desk: Desk) -> HttpResponse:
    """The words that were just made, to be printed or read out: until they are handed over, and never again."""
    if asked.method == "POST":
        handed_over(asked, desk)
        return see_other("people", tag=desk.tag)
    visit = asked.who.visit
    made = [one for one in visit.handing if one.tag == desk.tag] if visit else []
    link = serving().address
    return page(
        asked, "team/handing.html", desk=desk, made=[(one, qr(one.words)) for one in made], link=link, link_picture=qr(link), visible_to=("you",)
    )


@door(*STEWARDS, methods=("POST",), room="team")
def out(asked: Asked, desk: Desk) -> HttpResponse:
    """Let somebody out, or void a card: the same, at once."""
    member = str(asked.POST.get("member", ""))
    if member == desk.me:
        raise NotPossible("nobody lets himself out; ask a colleague")
    let_out(desk, member)
    return see_other("people", tag=desk.tag)


@door(*STEWARDS, methods=("POST",), room="team")
def room(asked: Asked, desk: Desk) -> HttpResponse:
    """Open the caucus of a side, or the room for the journeys; or give a room a new key."""
    name = str(asked.POST.get("open", ""))
    if name in {"logistics", *(f"caucus:{side.id}" for side in desk.initiative.sides)} - desk.rooms:
        open_room(desk.record, name, clock.today())
        desk.changed()
    elif asked.POST.get("rotate") in desk.rooms:
        rotate(desk.record, [str(asked.POST["rotate"])], clock.today())
        desk.changed()
    return see_other("people", tag=desk.tag)


PATHS = [
    at("i/<tag:tag>/people", people, "people"),
    at("i/<tag:tag>/people/invitation", invitation, "people-invitation"),
    at("i/<tag:tag>/people/cards", cards, "people-cards"),
    at("i/<tag:tag>/people/helper", helper, "people-helper"),
    at("i/<tag:tag>/people/handing", handing, "handing"),
    at("i/<tag:tag>/people/out", out, "people-out"),
    at("i/<tag:tag>/people/room", room, "people-room"),
]
