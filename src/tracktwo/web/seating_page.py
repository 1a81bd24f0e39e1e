"""The pages of breakout rooms: plans that were saved, a new one, one changed by hand or made again, and the sheets for the wall.

A plan that is not saved stands in the form alone: in no address, and in no record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from tracktwo.considerations.rooms import (
    Plan,
    Request,
    Wanted,
    across,
    again,
    judged,
    met_fewest,
    moved_between,
    of_plan,
    planned,
    saved_as,
    why_there,
)
from tracktwo.record.convening import RoomPlan, RoomsPlanned, Seated, plans_of
from tracktwo.record.keeping import FactWithdrawn, Withdrawal
from tracktwo.web import clock
from tracktwo.web.asked import Asked
from tracktwo.web.called import Called, my_name
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save
from tracktwo.web.seating_form import SeatsForm, SettingsForm
from tracktwo.web.seating_words import Words, languages

VISIBLE = ("convenors", "facilitators")
_LISTED = 40
"""Pairs that are listed by name; of more than these the number is enough."""


@dataclass(frozen=True)
class Drawn:
    """A plan that a page shows: what was wanted, and what it reaches and breaks."""

    wanted: Wanted
    request: Request
    plan: Plan
    before: tuple[Seated, ...] = ()
    """The rounds before it was made again; nothing where it was not."""

    @property
    def rounds(self) -> tuple[Seated, ...]:
        return saved_as(self.plan)


def answer(asked: Asked, desk: Desk, entry: str | None = None) -> HttpResponse:
    """The list with the form of a new plan, or one plan: of the record, or as a form says it."""
    old = next((one for one in plans_of(desk.settled) if one.id == entry), None)
    if entry is not None and old is None:  # taken out, or followed by a later version
        return see_other("seating", tag=desk.tag)
    if asked.method != "POST":
        return _listed(asked, desk, SettingsForm(asked, desk)) if old is None else _saved(asked, desk, old)
    if old is not None and asked.POST.get("do") == "out":
        desk.write(asked, FactWithdrawn(on=asked.today, lamport=0, room="team", body=Withdrawal(), replaces=(old.id,)))
        return see_other("seating", tag=desk.tag)
    settings = SettingsForm(asked, desk, asked.POST)
    if not settings.is_valid():
        return _listed(asked, desk, settings)
    if "held" not in asked.POST:  # the form of a new plan has no seats yet
        try:
            request, plan = planned(desk.initiative, settings.wanted())
        except ValueError as error:
            settings.add_error(None, say(asked, ".dialogue.refused", why=str(error)))
            return _listed(asked, desk, settings)
        return _plan(asked, desk, settings, Drawn(settings.wanted(), request, plan))
    return _changed(asked, desk, settings, old)


def _changed(asked: Asked, desk: Desk, settings: SettingsForm, old: RoomsPlanned | None) -> HttpResponse:
    """A plan as it comes back: planned again, or checked as it stands, and then explained or saved."""
    form = SeatsForm(asked, settings.wanted(), data=asked.POST)
    if not form.is_valid():
        return _unseated(asked, desk, settings, form, old)
    seats = form.seats()
    wanted = settings.wanted(seats)
    try:
        if asked.POST.get("do") == "again":
            request, plan = again(desk.initiative, wanted, seats.rounds)
            return _plan(asked, desk, settings, Drawn(wanted, request, plan, before=seats.rounds), old)
        request, plan = judged(desk.initiative, wanted, seats.rounds)
    except ValueError as error:
        form.add_error(None, say(asked, ".dialogue.refused", why=str(error)))
        return _unseated(asked, desk, settings, form, old)
    drawn = Drawn(wanted, request, plan)
    if asked.POST.get("do") == "save":
        saved = save(asked, desk, settings, lambda: [_entry(asked, desk, settings, drawn, old)])
        if saved:
            return see_other("seating-plan", tag=desk.tag, entry=saved[0])
    return _plan(asked, desk, settings, drawn, old, why=str(asked.POST.get("why", "")))


def _entry(asked: Asked, desk: Desk, settings: SettingsForm, drawn: Drawn, old: RoomsPlanned | None) -> RoomsPlanned:
    wanted = drawn.wanted
    body = RoomPlan(
        title=settings.cleaned_data["title"],
        people=wanted.people,
        interpreters=wanted.interpreters,
        facilitators=wanted.facilitators,
        balance=wanted.balance,
        pins=wanted.pins,
        held=wanted.held,
        rounds=drawn.rounds,
        signed_by=my_name(desk),
    )
    replaces = (old.id,) if old else ()
    return RoomsPlanned(on=asked.today, at=clock.now().replace(microsecond=0), lamport=0, replaces=replaces, body=body)


def _listed(asked: Asked, desk: Desk, form: SettingsForm) -> HttpResponse:
    plans = plans_of(desk.settled)[::-1]
    return page(asked, "team/seating.html", desk=desk, form=form, plans=plans, visible_to=VISIBLE)


def _saved(asked: Asked, desk: Desk, old: RoomsPlanned) -> HttpResponse:
    """A plan of the record. What was entered since may break it, which is said; what it cannot be any more leads back to the list."""
    body, wanted = old.body, of_plan(old.body)
    known = {member.code for member in desk.initiative.members}
    settings = SettingsForm(asked, desk, _as_typed(body, known))
    if not settings.is_valid() or not {one.person for one in body.people} <= known:
        return _listed(asked, desk, SettingsForm(asked, desk))
    request, plan = judged(desk.initiative, wanted, body.rounds)
    return _plan(asked, desk, settings, Drawn(wanted, request, plan), old)


def _as_typed(body: RoomPlan, known: set[str]) -> dict[str, Any]:
    """The settings of a saved plan as its form would send them."""
    wanted = of_plan(body)
    return {
        "title": body.title,
        "people": [one.person for one in wanted.people if one.person in known],
        "rooms": wanted.rooms,
        "rounds": wanted.rounds,
        "balance": list(wanted.balance),
        "interpreters": list(wanted.interpreters),
        "facilitators": list(wanted.facilitators),
    }


def _plan(asked: Asked, desk: Desk, settings: SettingsForm, drawn: Drawn, old: RoomsPlanned | None = None, *, why: str = "") -> HttpResponse:
    form = SeatsForm(asked, drawn.wanted, drawn.rounds)
    return page(asked, "team/seating_plan.html", desk=desk, **_shown(desk, settings, form, drawn, old, why), visible_to=VISIBLE)


def _unseated(asked: Asked, desk: Desk, settings: SettingsForm, form: SeatsForm, old: RoomsPlanned | None) -> HttpResponse:
    """The form as it was typed, with what is wrong in it and without what it would reach."""
    return page(asked, "team/seating_plan.html", desk=desk, **_shown(desk, settings, form, None, old, ""), visible_to=VISIBLE)


def _shown(desk: Desk, settings: SettingsForm, form: SeatsForm, drawn: Drawn | None, old: RoomsPlanned | None, why: str) -> dict[str, Any]:
    called = Called.of(desk.initiative)
    words = Words(desk.initiative, called)
    wanted = drawn.wanted if drawn else settings.wanted()
    rounds, away = drawn.rounds if drawn else _as_chosen(form, wanted), _away(wanted)
    everybody = [one.person for one in wanted.people]
    shown: dict[str, Any] = {
        "settings": settings,
        "form": form,
        "old": old,
        "called": called,
        "wanted": wanted,
        "rounds": rounds,
        "away": away,
        "unseated": [
            [code for code in everybody if code not in gone and not any(code in room for room in held.rooms)]
            for held, gone in zip(rounds, away, strict=True)
        ],
        "drawn": drawn,
        "apart": (),
        "people": {member.code: member.person for member in desk.initiative.members},
        "sides": {side.id: side.name for side in desk.initiative.sides},
        "silent": _silent(desk, wanted),
    }
    if drawn is None:
        return shown | {"broken": (), "cannot": (), "moves": (), "strangers": (), "why": None, "fewest": 0, "most": 0}
    strangers = across(drawn.request, drawn.plan)
    fewest, most = met_fewest(drawn.request, drawn.plan)
    return shown | {
        "broken": [words.broken(one) for one in drawn.plan.violations],
        "cannot": words.conflicts(drawn.plan.infeasible),
        "moves": moved_between(drawn.before, drawn.plan) if drawn.before else (),
        "strangers": strangers[:_LISTED],
        "many": len(strangers),
        "apart": sorted(drawn.request.apart),
        "fewest": fewest,
        "most": most,
        "why": _why(drawn, why),
    }


def _as_chosen(form: SeatsForm, wanted: Wanted) -> list[Seated]:
    """The rounds as somebody chose them in a form that is not whole."""
    chosen = {(one.person, number): form.seat(one.person, number).value() for one in wanted.people for number in range(1, wanted.rounds + 1)}
    empty = ("",) * wanted.rooms
    return [
        Seated(
            rooms=tuple(tuple(one.person for one in wanted.people if chosen[one.person, number] == str(room)) for room in range(1, wanted.rooms + 1)),
            interpreters=empty,
            facilitators=((),) * wanted.rooms,
        )
        for number in range(1, wanted.rounds + 1)
    ]


def _away(wanted: Wanted) -> list[list[str]]:
    """For each round who is not there."""
    return [[one.person for one in wanted.people if not one.first <= number <= (one.last or wanted.rounds)] for number in range(1, wanted.rounds + 1)]


def _silent(desk: Desk, wanted: Wanted) -> list[str]:
    """Of whom no language is entered, where languages of others are: nobody could say that they are understood."""
    spoken = {member.code: bool(member.person.languages) for member in desk.initiative.members}
    everybody = [one.person for one in wanted.people]
    return [code for code in everybody if not spoken.get(code)] if any(spoken.get(code) for code in everybody) else []


def _why(drawn: Drawn, asked: str) -> Any:
    """With whom somebody sits, who is new to him and by which language; None where nobody asked."""
    number, _, code = asked.partition(":")
    if not number.isdigit() or not 1 <= int(number) <= drawn.wanted.rounds or code not in drawn.request.by_key:
        return None
    found = why_there(drawn.request, drawn.plan, code, int(number))
    return found, [(one, [also + 1 for also in one.also_in], languages(one.path)) for one in found.meetings]


def paper(asked: Asked, desk: Desk, entry: str, *, names: bool) -> HttpResponse:
    """The sheets of a plan, one a round."""
    old = next((one for one in plans_of(desk.settled) if one.id == entry), None)
    if old is None:
        return see_other("seating", tag=desk.tag)
    sheets = _sheets(old.body.rounds, Called.of(desk.initiative) if names else None)
    return page(asked, "team/seating_paper.html", desk=desk, old=old, sheets=sheets, visible_to=VISIBLE)


def _sheets(rounds: Sequence[Seated], called: Called | None) -> list[list[tuple[list[str], str, list[str]]]]:
    """For each round and room: who sits there, who interprets and who facilitates, by names or by codes."""

    def said(code: str) -> str:
        return called.name(code) if called else code

    return [
        [
            (sorted(map(said, people)), said(voice) if voice else "", [said(code) for code in leading])
            for people, voice, leading in zip(one.rooms, one.interpreters, one.facilitators, strict=True)
        ]
        for one in rounds
    ]
