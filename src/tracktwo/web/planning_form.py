"""The form of the page that plans the programme: what lies where, what is left out, hours, arrivals, who watches. It says what is tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms

from tracktwo.considerations.timetable import FACILITATING, INTERPRETING, Draft, Late, Trial
from tracktwo.model.schedule import DAY, Pin, Window
from tracktwo.web.asked import Asked
from tracktwo.web.called import Called
from tracktwo.web.pages import say

ARRIVALS = 2
"""So many people can arrive later in one trial."""
_NUMBER = {"inputmode": "numeric", "dir": "ltr", "class": "short"}


def _time(label: str, initial: int | None = None) -> forms.TimeField:
    clock = None if initial is None else f"{min(initial, DAY - 1) // 60:02d}:{min(initial, DAY - 1) % 60:02d}"
    widget = forms.TimeInput({"type": "time", "dir": "ltr"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, initial=clock, widget=widget, input_formats=["%H:%M"])


def _minutes(label: str, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=30, max_value=DAY, initial=initial, widget=forms.NumberInput(_NUMBER))


def minute_of(typed: time | None) -> int | None:
    """Minutes after midnight."""
    return None if typed is None else typed.hour * 60 + typed.minute


class PlanningForm(forms.Form):
    """What somebody tries out with a draft. Emptied fields go back to what the initiative says."""

    stood = forms.CharField(required=False, max_length=40_000, widget=forms.HiddenInput())
    interpreting = _minutes(".planning.interpreting", INTERPRETING)
    facilitating = _minutes(".planning.facilitating", FACILITATING)
    monitored = forms.BooleanField(label=".planning.monitored", help_text=".planning.monitored-help", required=False)
    watched_day = forms.ChoiceField(label=".planning.watched-day", required=False)
    watched_from = _time(".planning.watched-from")
    watched_until = _time(".planning.watched-until")
    person = forms.ChoiceField(label=".planning.calendar-of", required=False)

    def __init__(self, asked: Asked, draft: Draft, called: Called, data: Any = None) -> None:
        super().__init__(data, auto_id="f-%s")
        self._asked, self._draft = asked, draft
        self._days = [(str(number), say(asked, ".planning.day", number=number)) for number in range(1, draft.days + 1)]
        self._choose("watched_day", self._days, ".planning.every-day")
        people = [(person.code, called.name(person.code)) for person in draft.people]
        self._choose("person", people, ".planning.everybody")
        for one in draft.sessions:
            self.fields[f"day-{one.id}"] = forms.ChoiceField(
                label=".planning.on-day", required=False, choices=[("", ".planning.any-day"), *self._days]
            )
            self.fields[f"at-{one.id}"] = _time(".planning.at")
        for name in (*(one.id for one in draft.sessions), *(own.id for own in draft.own)):
            self.fields[f"out-{name}"] = forms.BooleanField(label=".planning.leave-out", required=False)
        for number in range(1, draft.days + 1):
            opens, closes = draft.opens(number, Trial())
            self.fields[f"opens-{number}"], self.fields[f"closes-{number}"] = _time(".planning.opens", opens), _time(".planning.closes", closes)
        for number in range(ARRIVALS):
            self.fields[f"late{number}"] = forms.ChoiceField(label=".planning.who-arrives", required=False)
            self._choose(f"late{number}", people, ".planning.nobody")
            self.fields[f"late{number}_day"] = forms.ChoiceField(label=".planning.on-day", required=False, choices=self._days)
            self.fields[f"late{number}_at"] = _time(".planning.at")

    def _choose(self, name: str, choices: Sequence[tuple[str, str]], none: str) -> None:
        self.fields[name].choices = [("", none), *choices]  # type: ignore[attr-defined]

    def of(self, kind: str, name: str) -> forms.BoundField | None:
        """The field of an item; None where it has none, as a prayer has no day to be put on."""
        return self[f"{kind}-{name}"] if f"{kind}-{name}" in self.fields else None

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for one in self._draft.sessions:
            at = minute_of(typed.get(f"at-{one.id}"))
            if at is not None and at + one.minutes > DAY:
                self.add_error(f"at-{one.id}", say(self._asked, ".planning.over-midnight"))
        for number in range(1, self._draft.days + 1):
            opens, closes = self._hours(number, typed)
            if closes <= opens:
                self.add_error(f"closes-{number}", say(self._asked, ".planning.backwards"))
        since, until = typed.get("watched_from"), typed.get("watched_until")
        if since is not None and until is not None and until <= since:
            self.add_error("watched_until", say(self._asked, ".planning.backwards"))
        if (typed.get("watched_from") is None) != (typed.get("watched_until") is None):
            self.add_error("watched_until", say(self._asked, ".planning.both-times"))
        return typed

    def _hours(self, number: int, typed: dict[str, Any]) -> tuple[int, int]:
        """When the house opens and closes on a day; an end of the day can be typed as its last minute alone."""
        usual = self._draft.opens(number, Trial())
        opens, closes = minute_of(typed.get(f"opens-{number}")), minute_of(typed.get(f"closes-{number}"))
        return usual[0] if opens is None else opens, usual[1] if closes is None or (closes == DAY - 1 and usual[1] == DAY) else closes

    def trial(self) -> Trial:
        """What is tried, once the form is valid."""
        typed = self.cleaned_data
        pins = {}
        for one in self._draft.sessions:
            day, at = typed.get(f"day-{one.id}"), minute_of(typed.get(f"at-{one.id}"))
            if day or at is not None:
                pins[one.id] = Pin(day=int(day) if day else None, at=at)
        hours = {}
        for number in range(1, self._draft.days + 1):
            if (now := self._hours(number, typed)) != self._draft.opens(number, Trial()):
                hours[number] = now
        return Trial(
            pins=pins,
            out=frozenset(name.removeprefix("out-") for name, value in typed.items() if name.startswith("out-") and value),
            hours=hours,
            late=tuple(self._late(typed)),
            monitored=typed["monitored"],
            watched=self._watched(typed),
            interpreting=typed["interpreting"],
            facilitating=typed["facilitating"],
        )

    def _late(self, typed: dict[str, Any]) -> list[Late]:
        """Each person once, as he was named last."""
        found = {}
        for number in range(ARRIVALS):
            code, day = typed.get(f"late{number}"), int(typed.get(f"late{number}_day") or 1)
            at = minute_of(typed.get(f"late{number}_at")) or 0
            if code and (day > 1 or at):
                found[code] = Late(code, day, at)
        return list(found.values())

    def _watched(self, typed: dict[str, Any]) -> tuple[Window, ...]:
        since, until = minute_of(typed.get("watched_from")), minute_of(typed.get("watched_until"))
        if since is None or until is None:
            return ()
        days = (int(typed["watched_day"]),) if typed.get("watched_day") else ()
        return (Window(days=days, **{"from": since}, until=until),)
