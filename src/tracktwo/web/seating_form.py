"""The forms of breakout rooms: who takes part and in how many rooms, and where everybody sits. Without a script a seat is chosen in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from tracktwo.considerations.rooms import Wanted, helpers_of, people_there
from tracktwo.record.convening import BALANCED, Coming, Pinned, Seated, panels_of
from tracktwo.record.initiative import Member
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import say

MOST_ROOMS, MOST_ROUNDS = 20, 12
"""More than a page could show."""
_NUMBER = {"inputmode": "numeric", "dir": "ltr", "class": "short"}


def _several(label: str, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, help_text=help_text, required=False, widget=forms.CheckboxSelectMultiple)


def _number(label: str, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, max_value=most, widget=forms.NumberInput(_NUMBER), **more)


class SettingsForm(forms.Form):
    """What a plan is to be."""

    title = forms.CharField(label=".seating.plan-title", help_text=".seating.plan-title-help", max_length=120, required=False)
    people = _several(".seating.people", ".seating.people-help")
    rooms = _number(".seating.rooms", MOST_ROOMS, min_value=1)
    rounds = _number(".seating.rounds", MOST_ROUNDS, min_value=1)
    balance = _several(".seating.balance", ".seating.balance-help")
    interpreters = _several(".seating.interpreters", ".seating.interpreters-help")
    facilitators = _several(".seating.facilitators", ".seating.facilitators-help")

    def __init__(self, asked: Asked, desk: Desk, data: Any = None) -> None:
        super().__init__(data, auto_id="f-%s", initial=begun(desk))
        self._asked = asked
        self.fields["people"].asks = True  # type: ignore[attr-defined]
        invited = [member for member in desk.initiative.members if member.invited and member.person.kind == "person"]
        self._offer("people", invited)
        self._offer("interpreters", helpers_of(desk.initiative, "interpreter"))
        self._offer("facilitators", helpers_of(desk.initiative, "facilitator"))
        self.fields["balance"].choices = [(column, f".seating.by-{column}") for column in BALANCED]  # type: ignore[attr-defined]

    def _offer(self, name: str, people: Sequence[Member]) -> None:
        once = {
            member.code: f"{member.code} {member.person.name}" for member in people
        }  # somebody may stand there twice until a contradiction is settled
        self.fields[name].choices = list(once.items())  # type: ignore[attr-defined]
        if not people:
            self.fields[name].help_text = ".seating.nobody-entered"

    def clean_title(self) -> str:
        return self.cleaned_data["title"] or say(self._asked, ".seating.untitled")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        people, rooms = typed.get("people", ()), typed.get("rooms")
        if "people" in typed and len(people) < 2:
            self.add_error("people", say(self._asked, ".seating.too-few"))
        elif rooms and len(people) < rooms:
            self.add_error("rooms", say(self._asked, ".seating.too-many-rooms", people=len(people), rooms=rooms))
        return typed

    def wanted(self, times: Seats | None = None) -> Wanted:
        """What is wanted, once the form is valid; `times` say who comes late, who is pinned and what is over."""
        typed = self.cleaned_data
        people = times.people if times else tuple(Coming(person=code) for code in dict.fromkeys(typed["people"]))
        return Wanted(
            people=people,
            rooms=typed["rooms"],
            rounds=typed["rounds"],
            balance=tuple(typed["balance"]),
            interpreters=tuple(dict.fromkeys(typed["interpreters"])),
            facilitators=tuple(dict.fromkeys(typed["facilitators"])),
            pins=times.pins if times else (),
            held=times.held if times else 0,
        )


def begun(desk: Desk) -> dict[str, Any]:
    """What the form begins with: the settled panel, else who agreed to come, else everybody who is invited."""
    invited = [member for member in desk.initiative.members if member.invited and member.person.kind == "person"]
    settled = panels_of(desk.settled)
    known = {member.code for member in invited}
    panel = [code for code in settled[-1].body.people if code in known] if settled else []
    agreed = [member.code for member in invited if member.person.agreed_to_come]
    people = panel or agreed or [member.code for member in invited]
    rooms = max(2, round(len(people) / 4))
    facilitators = [member.code for member in helpers_of(desk.initiative, "facilitator")]
    sided = any(member.person.sides for member in invited)
    return {
        "people": people,
        "rooms": rooms,
        "rounds": 3,
        "balance": ["side"] if sided else [],
        "interpreters": [member.code for member in helpers_of(desk.initiative, "interpreter")],
        "facilitators": facilitators if len(facilitators) >= rooms else [],
    }


@dataclass(frozen=True)
class Seats:
    """What the form of the seats says."""

    people: tuple[Coming, ...]
    pins: tuple[Pinned, ...]
    held: int
    rounds: tuple[Seated, ...]


class SeatsForm(forms.Form):
    """Where everybody sits in each round, who is pinned, who is there when, and who interprets where. Rounds and rooms count from 1."""

    def __init__(self, asked: Asked, wanted: Wanted, rounds: Sequence[Seated] = (), data: Any = None) -> None:
        super().__init__(data, auto_id="f-%s")
        self._asked, self._wanted = asked, wanted
        self.fields["held"] = _number(".seating.held", wanted.rounds, min_value=0, initial=wanted.held, help_text=".seating.held-help")
        rooms = [(str(room), str(room)) for room in range(1, wanted.rooms + 1)]
        pinned = {(pin.person, pin.round) for pin in wanted.pins}
        for one in wanted.people:
            self.fields[f"first-{one.person}"] = _number(".seating.first", wanted.rounds, min_value=1, required=False, initial=one.first)
            self.fields[f"last-{one.person}"] = _number(".seating.last", wanted.rounds, min_value=1, required=False, initial=one.last)
            for number in range(1, wanted.rounds + 1):
                held = rounds[number - 1] if rounds else None
                seat = next((str(room) for room, codes in enumerate(held.rooms, 1) if one.person in codes), "") if held else ""
                name = f"{number}-{one.person}"
                self.fields[f"seat-{name}"] = forms.ChoiceField(
                    label=".seating.seat", choices=[("", ".seating.nowhere"), *rooms], required=False, initial=seat
                )
                self.fields[f"pin-{name}"] = forms.BooleanField(label=".seating.pin", required=False, initial=(one.person, number) in pinned)
        offered = [("", ".seating.no-interpreter"), *((code, code) for code in wanted.interpreters)]
        for number in range(1, wanted.rounds + 1):
            for room in range(1, wanted.rooms + 1):
                helping = rounds[number - 1].interpreters[room - 1] if rounds else ""
                leading = " ".join(rounds[number - 1].facilitators[room - 1]) if rounds else ""
                self.fields[f"voice-{number}-{room}"] = forms.ChoiceField(
                    label=".seating.interpreter", choices=offered, required=False, initial=helping
                )
                self.fields[f"lead-{number}-{room}"] = forms.CharField(required=False, max_length=400, initial=leading, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        wanted = self._wanted
        for one in wanted.people:
            first, last = typed.get(f"first-{one.person}") or 1, typed.get(f"last-{one.person}") or wanted.rounds
            if last < first:
                self.add_error(f"last-{one.person}", say(self._asked, ".seating.leaves-before"))
        if not self.errors:
            there = Wanted(self._people(typed), wanted.rooms, wanted.rounds)
            short = [number for number in range(1, wanted.rounds + 1) if people_there(there, number) < wanted.rooms]
            if short:
                people = people_there(there, short[0])
                self.add_error(None, say(self._asked, ".seating.empty-round", round=short[0], people=people, rooms=wanted.rooms))
        return typed

    def _people(self, typed: dict[str, Any]) -> tuple[Coming, ...]:
        found = []
        for one in self._wanted.people:
            first, last = typed.get(f"first-{one.person}") or 1, typed.get(f"last-{one.person}")
            found.append(Coming(person=one.person, first=first, last=None if last == self._wanted.rounds else last))
        return tuple(found)

    def seats(self) -> Seats:
        """What it says, once it is valid."""
        typed, wanted = self.cleaned_data, self._wanted
        people = self._people(typed)
        there = {(one.person, number) for one in people for number in range(one.first, (one.last or wanted.rounds) + 1)}
        numbers, rooms = range(1, wanted.rounds + 1), range(1, wanted.rooms + 1)
        seat = {(code, number): typed[f"seat-{number}-{code}"] for code, number in there}
        pins = [
            Pinned(person=one.person, round=number, room=int(seat[one.person, number]))
            for one in people
            for number in numbers
            if seat.get((one.person, number)) and typed[f"pin-{number}-{one.person}"]
        ]
        known = set(wanted.facilitators)
        rounds = [
            Seated(
                rooms=tuple(tuple(one.person for one in people if seat.get((one.person, number)) == str(room)) for room in rooms),
                interpreters=tuple(typed[f"voice-{number}-{room}"] for room in rooms),
                facilitators=tuple(tuple(code for code in typed[f"lead-{number}-{room}"].split() if code in known) for room in rooms),
            )
            for number in numbers
        ]
        return Seats(people, tuple(pins), typed["held"], tuple(rounds))

    def seat(self, code: str, number: int) -> forms.BoundField:
        return self[f"seat-{number}-{code}"]

    def pin(self, code: str, number: int) -> forms.BoundField:
        return self[f"pin-{number}-{code}"]
