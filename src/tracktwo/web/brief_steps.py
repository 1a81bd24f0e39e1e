"""The brief as a form in steps: what each step asks, and how what was typed becomes a brief. What was typed is kept as it was typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from pydantic import ValidationError

from tracktwo.model.brief import Brief
from tracktwo.model.vocabulary import PartyKind
from tracktwo.sources.countries import UnknownCountry, load_countries
from tracktwo.sources.reasons import field_name, field_path, reason

STEPS = ("basics", "sides", "where", "people", "wish", "money")
"""The steps before the review, in order."""
ROWS = {"sides": 2, "people": 4, "costs": 2, "pledges": 2}
"""How many empty rows a list of a step begins with."""
MOST_ROWS = 60

Typed = dict[str, Any]
"""What was typed: for each step its fields, for each list of rows one group of fields a row."""

_CHALLENGES = ("armed conflict", "community dispute", "political dispute", "shared resource", "friendship")
_PARTIES = PartyKind.__args__  # type: ignore[attr-defined]
_PARTS = ("invited", "facilitator", "interpreter", "expert", "evaluator", "logistics")
_LEVELED = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*(:(A1|A2|B1|B2|C1|C2|native))?")


def _terms(table: str, values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, f"term.{table}.{value.replace(' ', '-')}") for value in values]


def several(text: str) -> list[str]:
    """What stands in one field, separated by semicolons, commas of either script, or lines."""
    return [part.strip() for part in re.split(r"[;\n،؛,]", text) if part.strip()]


class Country(forms.CharField):
    """A country by name or code, in one of six languages."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        if typed:
            try:
                load_countries().resolve(typed)
            except UnknownCountry as error:
                raise forms.ValidationError(str(error)) from error
        return typed


class Countries(forms.CharField):
    """Several countries."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        for part in several(typed):
            Country().clean(part)
        return typed


class Languages(forms.CharField):
    """Several languages by their codes, each with a level where it is known: ar:C1; fr."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value))
        wrong = next((part for part in several(typed) if not _LEVELED.fullmatch(part)), None)
        if wrong is not None:
            raise forms.ValidationError(".new.not-a-language")
        return typed


class Basics(forms.Form):
    title = forms.CharField(label=".new.name", help_text=".new.name-help", max_length=200)
    purpose = forms.CharField(
        label=".new.purpose", help_text=".new.purpose-help", max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    challenge = forms.ChoiceField(label=".new.challenge", choices=_terms("challenge", _CHALLENGES))
    summary = forms.CharField(label=".new.summary", max_length=4000, required=False, widget=forms.Textarea({"rows": 4}))
    convenor = forms.CharField(label=".new.convenor", help_text=".new.convenor-help", max_length=200, required=False)
    language = forms.ChoiceField(label=".new.language", choices=[("en", "English"), ("fr", "Français"), ("ar", "العربية")])


class SideRow(forms.Form):
    name = forms.CharField(label=".new.side", max_length=120, required=False)
    party = forms.CharField(label=".new.party", help_text=".new.party-help", max_length=200, required=False)
    kind = forms.ChoiceField(label=".new.party-kind", choices=_terms("party", _PARTIES), required=False)
    country = Country(label=".new.country", max_length=120, required=False)


class Where(forms.Form):
    countries = Countries(label=".new.countries", help_text=".new.countries-help", max_length=400)
    town = forms.CharField(label=".new.town", help_text=".new.town-help", max_length=200, required=False)


class PersonRow(forms.Form):
    name = forms.CharField(label=".new.person", max_length=200, required=False)
    part = forms.ChoiceField(label=".new.part", choices=[(value, f".new.part-{value}") for value in _PARTS], required=False)
    side = forms.ChoiceField(label=".new.of-side", choices=[("", ".new.no-side")], required=False)
    languages = Languages(label=".new.languages", help_text=".new.languages-help", max_length=120, required=False)
    nationality = Country(label=".new.nationality", max_length=120, required=False)


class Wish(forms.Form):
    starts = forms.DateField(
        label=".new.starts", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"]
    )
    days = forms.IntegerField(label=".new.days", min_value=1, max_value=30, initial=3)
    rounds = forms.IntegerField(label=".new.rounds", min_value=1, max_value=60, initial=4)
    months = forms.IntegerField(label=".new.months", help_text=".new.months-help", min_value=1, max_value=120, initial=18)
    per_side = forms.IntegerField(label=".new.per-side", min_value=1, max_value=60, required=False)
    languages = Languages(label=".new.meeting-languages", help_text=".new.languages-help", max_length=120, required=False)


class Money(forms.Form):
    currency = forms.RegexField(r"^[A-Z]{3}$", label=".new.currency", help_text=".new.currency-help", max_length=3, required=False, initial="EUR")


class CostRow(forms.Form):
    what = forms.CharField(label=".new.cost", max_length=200, required=False)
    amount = forms.DecimalField(label=".new.amount", min_value=1, max_digits=12, decimal_places=2, required=False)
    every = forms.ChoiceField(label=".new.every", choices=[(value, f".new.every-{value}") for value in ("round", "month", "once")], required=False)


class PledgeRow(forms.Form):
    donor = forms.CharField(label=".new.donor", max_length=200, required=False)
    amount = forms.DecimalField(label=".new.amount", min_value=1, max_digits=12, decimal_places=2, required=False)
    status = forms.ChoiceField(label=".new.status", choices=_terms("pledge", ("signed", "received", "promised", "hoped")), required=False)


FORMS: Mapping[str, type[forms.Form]] = {"basics": Basics, "where": Where, "wish": Wish, "money": Money}
"""What a step asks once."""
LISTS: Mapping[str, Mapping[str, type[forms.Form]]] = {
    "sides": {"sides": SideRow},
    "people": {"people": PersonRow},
    "money": {"costs": CostRow, "pledges": PledgeRow},
}
"""What a step asks as often as there are rows."""


class Step:
    """One step with what was typed into it: now, or before."""

    def __init__(self, name: str, typed: Typed, data: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self.more = str(data.get("more", "")) if data is not None else ""
        kind = FORMS.get(name)
        self.form = kind(data, auto_id="f-%s") if kind and data is not None else kind(initial=typed.get(name), auto_id="f-%s") if kind else None
        self.lists = {key: self._rows(key, row, typed, data) for key, row in LISTS.get(name, {}).items()}
        for row in self.lists.get("people", ()):
            row.fields["side"].choices = [("", ".new.no-side"), *((key, side) for key, side in sides_of(typed).items())]  # type: ignore[attr-defined]

    def _rows(self, key: str, kind: type[forms.Form], typed: Typed, data: Mapping[str, Any] | None) -> list[forms.Form]:
        before = typed.get(key, [])
        if data is None:
            count = min(max(len(before) + (1 if before else 0), ROWS[key]), MOST_ROWS)
            given = [*before, *({} for _ in range(count))][:count]
            return [kind(initial=row, prefix=f"{key}-{number}", auto_id="f-%s") for number, row in enumerate(given)]
        sent = str(data.get(f"{key}-rows", ""))
        count = min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdecimal() else ROWS[key]
        return [kind(data, prefix=f"{key}-{number}", auto_id="f-%s") for number in range(count)]

    @property
    def parts(self) -> list[forms.Form]:
        return [*([self.form] if self.form else []), *(row for rows in self.lists.values() for row in rows)]

    def is_valid(self) -> bool:
        wrong = [part for part in self.parts if not part.is_valid()]  # every part is asked, so that each says what is wrong with it
        return not wrong

    def typed(self) -> Typed:
        """What was typed, also where it cannot be used yet; rows in which nothing was typed are left out."""
        found: Typed = {}
        if self.form:
            found[self.name] = _raw(self.form)
        for key, rows in self.lists.items():
            found[key] = [raw for row in rows if (raw := _raw(row)) and _says_something(row, raw)]
        return found

    def add_row(self, key: str) -> None:
        """One more empty row."""
        rows = self.lists[key]
        if len(rows) < MOST_ROWS:
            fresh = type(rows[0])(prefix=f"{key}-{len(rows)}", auto_id="f-%s")
            if key == "people":
                fresh.fields["side"].choices = rows[0].fields["side"].choices  # type: ignore[attr-defined]
            rows.append(fresh)


def _raw(form: forms.Form) -> dict[str, str]:
    return {name: str(form.data.get(form.add_prefix(name), "")).strip() for name in form.fields}


def _says_something(form: forms.Form, raw: Mapping[str, str]) -> bool:
    return any(raw[name] for name, field in form.fields.items() if not isinstance(field, forms.ChoiceField))


def sides_of(typed: Typed) -> dict[str, str]:
    """Id → name of the sides that were typed."""
    found: dict[str, str] = {}
    for number, row in enumerate(typed.get("sides", ()), 1):
        name = row.get("name") or row.get("party")
        if name:
            plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
            key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:30]
            key = key or f"side-{number}"
            while key in found:
                key += "-2"
            found[key] = name
    return found


class Fault(NamedTuple):
    """What keeps the steps from being a brief: in which step, and one sentence."""

    step: str
    sentence: str


_STEP_OF = {
    "parties": "sides", "sides": "sides", "countries": "where", "places": "where", "team": "people", "invited": "people", "wish": "wish",
    "languages": "wish", "budget": "money",
}  # fmt: skip


def brief_of(typed: Typed) -> Brief | tuple[Fault, ...]:
    """The brief that was typed in steps, or what keeps it from being one."""
    try:
        return Brief.model_validate(_data(typed), context={"resolve_country": load_countries().resolve})
    except ValidationError as error:
        return tuple(dict.fromkeys(_faults(error)))


def _faults(error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors():
        path = field_path(detail)
        step = _STEP_OF.get(str(path[0]) if path else "", "basics")
        yield Fault(step, f"{field_name(path)}: {reason(detail)}" if path else str(detail["msg"]))


def _data(typed: Typed) -> dict[str, Any]:
    basics, where, wish = typed.get("basics", {}), typed.get("where", {}), typed.get("wish", {})
    sides = sides_of(typed)
    data: dict[str, Any] = {name: basics[name] for name in ("title", "purpose", "challenge", "summary", "language") if basics.get(name)}
    if basics.get("convenor"):
        data["convenor"] = {"name": basics["convenor"]}
    data["sides"] = [{"id": key, "name": name} for key, name in sides.items()]
    data["parties"] = [
        _party(row, key) for row, key in zip((row for row in typed.get("sides", ()) if row.get("name") or row.get("party")), sides, strict=True)
    ]
    data["countries"] = several(where.get("countries", ""))
    if where.get("town"):
        data["places"] = [{"city": where["town"], **({"country": data["countries"][0]} if data["countries"] else {})}]
    people = [(row.get("part") or "invited", _person(row)) for row in typed.get("people", ()) if row.get("name")]
    data["invited"] = [person for part, person in people if part == "invited"] + list(typed.get("roster", ()))
    data["team"] = [person | {"role": part} for part, person in people if part != "invited"]
    data["wish"] = {name: wish[name] for name in ("starts", "days", "rounds", "months", "per_side") if wish.get(name)}
    data["languages"] = [part.partition(":")[0] for part in several(wish.get("languages", ""))]
    data |= _budget(typed)
    return {name: value for name, value in data.items() if value not in ([], {}) or name == "parties"}


def _party(row: Mapping[str, str], side: str) -> dict[str, Any]:
    party = {"name": row.get("party") or row["name"], "side": side, "kind": row.get("kind") or "other"}
    return party | ({"country": row["country"]} if row.get("country") else {})


def _person(row: Mapping[str, str]) -> dict[str, Any]:
    person: dict[str, Any] = {"name": row["name"]}
    if row.get("side"):
        person["sides"] = [row["side"]]
    if row.get("nationality"):
        person["nationalities"] = [row["nationality"]]
    if row.get("languages"):
        split = [part.partition(":") for part in several(row["languages"])]
        person["languages"] = [{"tag": tag, **({"level": level} if level else {})} for tag, _, level in split]
    return person


def _budget(typed: Typed) -> dict[str, Any]:
    costs = [{name: row[name] for name in ("what", "amount", "every") if row.get(name)} for row in typed.get("costs", ())]
    pledges = [{name: row[name] for name in ("donor", "amount", "status") if row.get(name)} for row in typed.get("pledges", ())]
    if not costs and not pledges:
        return {}
    return {"budget": {"currency": typed.get("money", {}).get("currency") or "EUR", "costs": costs, "pledges": pledges}}
