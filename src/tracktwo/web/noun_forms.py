"""A form that asks for one noun of the model. What pydantic finds wrong is said at the field, in the reader's language, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from django import forms
from django.http import QueryDict
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tracktwo.dossier.language import Voice
from tracktwo.model.base import Noun
from tracktwo.model.brief import Side
from tracktwo.model.finding import Message, Quoted
from tracktwo.record.initiative import Member
from tracktwo.sources.brief import BriefError, parse_part
from tracktwo.sources.countries import UnknownCountry, load_countries
from tracktwo.sources.reasons import field_path, reason
from tracktwo.web.answers import Answer, answers

_BOUNDS = {"ge": "at-least", "gt": "more-than", "le": "at-most", "lt": "less-than"}
_PATTERNS = {"^[A-Z]{3}$": "currency", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "language", "^[a-z0-9][a-z0-9-]{0,39}$": "side-id"}
_PLAIN = frozenset(("day", "partial_date", "month", "missing", "empty"))


class NounForm(forms.Form):
    """Asks for one noun. `made` is the noun once the form is valid."""

    made: Noun | None = None

    def __init__(
        self,
        noun: type[Noun],
        data: QueryDict | None,
        *,
        voice: Voice,
        sides: Sequence[Side] = (),
        people: Sequence[Member] = (),
        before: Noun | None = None,
    ) -> None:
        """`before` is what the form begins with; `sides` and `people` are those that can be named."""
        super().__init__(data, auto_id="f-%s")
        self.noun, self._voice, self._sides, self._people, self._before = noun, voice, sides, people, before
        for one in answers(noun):
            if one.how == "group":
                for inner in answers(one.kind):
                    self._add(inner, f"{one.name}.", getattr(before, one.name, None), required=not one.optional and not inner.optional)
            else:
                self._add(one, "", before, required=not one.optional)

    def groups(self) -> Iterator[tuple[str | None, list[forms.BoundField]]]:
        """The fields as a page shows them: (label of the group, or None for those that stand by themselves; its fields)."""
        for one in answers(self.noun):
            if one.how == "group":
                yield one.label, [self[f"{one.name}.{inner.name}"] for inner in answers(one.kind)]
            else:
                yield None, [self[one.name]]

    def _add(self, one: Answer, prefix: str, before: Noun | None, *, required: bool) -> None:
        value = getattr(before, one.name, one.default) if before is not None else one.default
        field = self._field(one)
        field.label, field.required, field.initial = one.label, False, self._written(one, value)
        field.widget.is_required = required
        if one.how in ("date", "month", "country", "language", "text") or one.several:
            field.help_text = f".facts.help.{'lines' if one.several and one.how == 'words' else one.how + ('s' if one.several else '')}"
            if one.how in ("side", "choice"):
                field.help_text = ""
        chosen = one.how in ("choice", "side") and not one.several and one.default is not None  # it begins with a choice, and cannot be empty
        field.asks = required or chosen  # type: ignore[attr-defined]
        self.fields[f"{prefix}{one.name}"] = field

    def _field(self, one: Answer) -> forms.Field:
        if one.how == "yes or no":
            if one.default is None:
                return forms.ChoiceField(choices=[("", ".facts.not-said"), ("yes", "bool.yes"), ("no", "bool.no")])
            return forms.BooleanField()
        if one.how == "choice" and one.several:
            return _Several(choices=[(choice, one.word(choice)) for choice in one.choices])
        if one.how == "person":
            people = [(member.code, f"{member.code} {member.person.name}") for member in self._people]
            named = getattr(self._before, one.name, None)
            if named and named not in dict(people):  # somebody who is not entered keeps the name that was written
                people.append((named, named))
            return _Any(widget=forms.Select, choices=[("", ".facts.not-said"), *people])
        if one.how == "choice":
            choices = [(choice, one.word(choice)) for choice in one.choices]
            return _Any(widget=forms.Select, choices=choices if one.default is not None else [("", ".facts.not-said"), *choices])
        if one.how == "side":
            sides = [(side.id, side.name) for side in self._sides]
            if one.several:
                return _Several(choices=sides)
            words = [(choice, one.word(choice)) for choice in one.choices]
            return _Any(widget=forms.Select, choices=[*words, *sides] if words else [("", ".facts.not-said"), *sides])
        if one.how == "day":
            return forms.CharField(widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr", "placeholder": "2027-03-21"}))
        if one.how == "text":
            return forms.CharField(widget=forms.Textarea({"rows": 8, "dir": "ltr", "class": "code", "spellcheck": "false"}), strip=False)
        if one.several or one.long:
            return forms.CharField(widget=forms.Textarea({"rows": 3}))
        if one.how == "number":
            return forms.CharField(widget=forms.TextInput({"inputmode": "decimal", "dir": "ltr"}))
        ltr = {"dir": "ltr"} if one.how in ("date", "month", "language") else {}
        return forms.CharField(widget=forms.TextInput(ltr))

    def _written(self, one: Answer, value: Any) -> Any:
        """A value as it stands in the form."""
        if one.how == "yes or no":
            return value if one.default is not None else {True: "yes", False: "no", None: ""}[value]
        if one.how in ("side", "choice") and one.several:
            return list(value or ())
        if one.how == "text":
            return _as_yaml(value)
        if one.how == "country":
            codes = value if one.several else (value,) if value else ()
            return "\n".join(self._country(code) for code in codes or ())
        if one.several:
            return "\n".join(value or ())
        return "" if value is None else str(value)

    def _country(self, code: str) -> str:
        name = self._voice.country(code)
        try:
            return name if load_countries().resolve(name) == code else code
        except UnknownCountry:
            return code

    def clean(self) -> dict[str, Any]:
        """Make the noun out of what was typed."""
        typed = super().clean() or {}
        data: dict[str, Any] = {}
        for one in answers(self.noun):
            if one.how == "group":
                inner = {
                    deep.named: value
                    for deep in answers(one.kind)
                    for value in [self._read(deep, f"{one.name}.{deep.name}", typed)]
                    if value is not None and value != deep.default
                }
                if inner:
                    data[one.named] = inner
            elif (value := self._read(one, one.name, typed)) is not None:
                data[one.named] = value
        try:
            self.made = self.noun.model_validate(self.noun.model_validate(data).model_dump())  # without the lines of what was written as text
        except ValidationError as error:
            self._tell(error.errors(include_url=False))
        return typed

    def _read(self, one: Answer, name: str, typed: Mapping[str, Any]) -> Any:
        """What was typed into a field, as the noun takes it; None where it was left empty."""
        value = typed.get(name)
        if one.how == "yes or no":
            return bool(value) if one.default is not None else {"yes": True, "no": False}.get(str(value))
        if one.how in ("side", "choice") and one.several:
            return tuple(value or ())
        words = str(value or "").strip()
        if not words:
            return None
        try:
            if one.how == "text":
                return parse_part(str(value), self._voice.text(f"interface.web{one.label}"), one.kind, load_countries().resolve)
            items = [line.strip() for line in words.splitlines() if line.strip()] if one.several else [words]
            if one.how == "country":
                items = [load_countries().resolve(item) for item in items]
        except BriefError as error:
            for problem in error.problems[:5]:
                self.add_error(name, self._said("other", reason=problem))
            return None
        except UnknownCountry as error:
            self.add_error(name, self._said("other", reason=str(error)))
            return None
        return tuple(items) if one.several else items[0]

    def _tell(self, details: Sequence[ErrorDetails]) -> None:
        names = {one.named: one for one in answers(self.noun)}
        for detail in details:
            path = field_path(detail)
            one = names.get(str(path[0])) if path else None
            name = one.name if one else None
            if one is not None and one.how == "group":
                inner = {deep.named: deep.name for deep in answers(one.kind)}
                last = str(path[1]) if len(path) > 1 else next((deep.named for deep in answers(one.kind) if not deep.optional), "")
                name = f"{one.name}.{inner.get(last, last)}"
            if name is not None and name not in self.fields:
                name = None
            if name is None or name not in self.errors:
                self.add_error(name, self._sentence(detail))

    def _sentence(self, detail: ErrorDetails) -> str:
        kind, context = detail["type"], detail.get("ctx", {})
        if kind in _PLAIN:
            return self._said(kind.replace("_", "-"))
        if kind == "too_short":
            return self._said("missing")
        if bound := next((bound for bound in _BOUNDS if bound in context), None):
            return self._said(_BOUNDS[bound], bound=int(context[bound]))
        if kind.startswith(("int", "decimal", "float", "finite")):
            return self._said("whole-number" if kind.startswith("int") else "number")
        if kind == "string_pattern_mismatch" and context["pattern"] in _PATTERNS:
            return self._said(_PATTERNS[context["pattern"]])
        return self._said("other", reason=reason(detail))

    def _said(self, code: str, **params: Any) -> str:
        quoted = {name: Quoted(quoted=value) if isinstance(value, str) else value for name, value in params.items()}
        return self._voice.say(Message(code=f"interface.web.facts.wrong.{code}", params=quoted))


class _Any(forms.CharField):
    """A choice that pydantic checks, so that a sentence of ours is said."""

    def __init__(self, *, choices: Sequence[tuple[str, str]], widget: type[forms.Select]) -> None:
        super().__init__(widget=widget(choices=choices))
        self.choices = choices


class _Several(forms.MultipleChoiceField):
    """Sides, as boxes to tick."""

    def __init__(self, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple)


def _as_yaml(value: Any) -> str:
    """A part of a brief as it is written in one, without what is left out."""
    if value in (None, (), {}):
        return ""
    plain = _plain(value)
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False))


def _plain(value: Any) -> Any:
    if isinstance(value, Noun):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
