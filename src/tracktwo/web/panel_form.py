"""The form of the panel page: who is put where, how many seats there are, and what is counted. It says what is tried out, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast, get_args

from django import forms
from pydantic import ValidationError

from tracktwo.considerations.panel_tried import PLACES, Place, Trial, Tried
from tracktwo.model.brief import PanelQuota
from tracktwo.model.finding import Listing
from tracktwo.model.vocabulary import Gender
from tracktwo.web.asked import Asked
from tracktwo.web.pages import say

MOST = 200
_NUMBER = {"inputmode": "numeric", "dir": "ltr", "class": "short"}


class PanelForm(forms.Form):
    """What somebody tries out. `base` is the panel as the brief wishes it, and what the form begins with."""

    size = forms.IntegerField(label=".panel.size", min_value=2, max_value=MOST, widget=forms.NumberInput(_NUMBER))
    new_side = forms.ChoiceField(label=".panel.quota-side", required=False)
    new_gender = forms.ChoiceField(label=".panel.quota-gender", required=False)
    new_youth = forms.ChoiceField(label=".panel.quota-youth", required=False)
    new_region = forms.CharField(label=".panel.quota-region", required=False, max_length=200)

    def __init__(self, asked: Asked, base: Tried, data: Any = None) -> None:
        super().__init__(data, auto_id="f-%s", initial={"size": base.proposal.seats})
        self._asked, self._base = asked, base
        self._choose("new_side", [(side.id, side.name) for side in base.q.initiative.sides])
        self._choose("new_gender", [(gender, f"term.gender.{gender}") for gender in get_args(Gender)])
        self._choose("new_youth", [("yes", "panel.youth"), ("no", "panel.no-youth")])
        for number, quota in enumerate(self.quotas):
            self._range(f"quota{number}", quota.min, quota.max)
        self._range("new", None, None)
        for code in base.members:
            choices = [(place, f".panel.place-{place or 'best'}") for place in PLACES]
            self.fields[f"place-{code}"] = forms.ChoiceField(label=".panel.place", choices=choices, required=False)

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", ".facts.not-said"), *choices]  # type: ignore[attr-defined]

    def _range(self, name: str, least: int | None, most: int | None) -> None:
        for end, value in (("min", least), ("max", most)):
            self.fields[f"{name}_{end}"] = forms.IntegerField(
                label=f".panel.quota-{end}", min_value=0, max_value=MOST, required=False, initial=value, widget=forms.NumberInput(_NUMBER)
            )

    @property
    def quotas(self) -> tuple[PanelQuota, ...]:
        """The quotas of the brief."""
        return self._base.proposal.wish.quotas

    def ranges(self, counted: Mapping[int, Listing]) -> Iterator[tuple[Listing, forms.BoundField, forms.BoundField]]:
        """Each quota of the brief: whom it counts, and the fields of its range."""
        for number in range(len(self.quotas)):
            yield counted[number], self[f"quota{number}_min"], self[f"quota{number}_max"]

    def place(self, code: str) -> forms.BoundField:
        return self[f"place-{code}"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        self._tried: list[PanelQuota] = []
        for number, quota in enumerate(self.quotas):
            name = f"quota{number}"
            least, most = typed.get(f"{name}_min"), typed.get(f"{name}_max")
            if not (least is None and most is None):  # whoever empties both takes the quota out
                self._add(name, quota.model_dump(include={"side", "gender", "youth", "region", "group", "expertise", "language"}), least, most)
        fresh = {name: typed.get(f"new_{name}") or None for name in ("side", "gender", "youth", "region")}
        fresh["youth"] = {"yes": True, "no": False}.get(str(fresh["youth"]))
        least, most = typed.get("new_min"), typed.get("new_max")
        if any(value is not None for value in fresh.values()):
            self._add("new", fresh, least, most)
        elif least is not None or most is not None:
            self.add_error("new_side", say(self._asked, ".panel.quota-of-nobody"))
        return typed

    def _add(self, name: str, counted: Mapping[str, Any], least: int | None, most: int | None) -> None:
        try:
            self._tried.append(PanelQuota.model_validate({**counted, "min": least or 0, "max": most}))
        except ValidationError:
            self.add_error(f"{name}_max", say(self._asked, ".panel.quota-backwards"))

    def trial(self, declined: frozenset[str], mending: tuple[str, ...]) -> Trial:
        """What is tried, once the form is valid."""
        typed = self.cleaned_data
        places = {code: cast(Place, typed[f"place-{code}"]) for code in self._base.members if typed.get(f"place-{code}")}
        size = typed["size"] if typed["size"] != self._base.proposal.seats else None
        before = [_plain(quota) for quota in self.quotas]
        quotas = tuple(self._tried) if [_plain(quota) for quota in self._tried] != before else None
        return Trial(places, size, quotas, declined, mending)


def _plain(quota: PanelQuota) -> tuple[Any, ...]:
    return quota.counted, quota.min, quota.max
