"""What concerns people: who may be listed, what the law says to whom, who can come where and what is kept of whom, with names, for those who decide.

Cases are decided here: what speaks for and against, whether the person was asked, by whom it was decided; two people by name for an exclusion.
"""

from __future__ import annotations

from functools import partial
from typing import Any, get_args

from django import forms
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from pydantic import ValidationError

from tracktwo.dossier.page import web_address
from tracktwo.dossier.reading import Row, reading_of
from tracktwo.model.finding import Message
from tracktwo.record.inside import Case, rested_on
from tracktwo.record.screening import Consequence, Outcome, ScreeningDecided, Verdict, WhetherAsked
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.findings import InsideOutlook, inside
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.reading import drawn, hands_of

VISIBLE = ("convenors", "facilitators")
_CASES = frozenset({"screen.hit", "screen.hit-affiliation", "screen.reopened", "screen.decided"})
"""Sentences that the table of cases says better."""
_WRONG = {"two": ".concerned.two", "asked": ".concerned.say-asked", "outcome": ".concerned.not-the-same"}
_FIELD = {"two": "signed_by", "asked": "asked_note", "outcome": "consequence"}


def _choices(table: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, f"term.{table}.{value.replace(' ', '-')}") for value in values]


class VerdictForm(forms.Form):
    """What is decided on a case."""

    outcome = forms.ChoiceField(label=".concerned.outcome", widget=forms.RadioSelect, choices=_choices("outcome", get_args(Outcome)))
    consequence = forms.ChoiceField(label=".concerned.consequence", widget=forms.RadioSelect, choices=_choices("consequence", get_args(Consequence)))
    reason = forms.CharField(label=".concerned.reason", max_length=4000, widget=forms.Textarea({"rows": 3}))
    asked = forms.ChoiceField(label=".concerned.asked", widget=forms.RadioSelect, choices=_choices("asked", get_args(WhetherAsked)))
    asked_note = forms.CharField(label=".concerned.asked-note", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))
    signed_by = forms.CharField(label=".concerned.signed-by", help_text=".concerned.signed-help", max_length=1000, widget=forms.Textarea({"rows": 2}))


@door(*STEWARDS, room="team")
def concerned(asked: Asked, desk: Desk) -> HttpResponse:
    """Everything of feasibility that concerns single people, row by row, and the cases."""
    seen = inside(asked, desk)
    return page(asked, "team/concerned.html", desk=desk, **_shown(asked, desk, seen), visible_to=VISIBLE)


def _shown(asked: Asked, desk: Desk, seen: InsideOutlook) -> dict[str, Any]:
    standing = seen.standing
    shown: dict[str, Any] = {"outlook": seen, "fault": standing.fault if standing else None, "rows": None, "cases": ()}
    shown |= {"link": web_address, "drawn": drawn, "address_of": partial(address_of, desk.tag), "place_in": lambda evidence: ()}
    if seen.inside is None:
        return shown
    spoken = asked.voice.calling(seen.inside.released.names)
    part = next(one for one in reading_of(seen.inside.released, spoken).parts if one.name == "feasibility")
    cases = sorted(seen.inside.cases, key=lambda case: (not case.open, -case.score, case.person))
    return shown | hands_of(spoken) | {"rows": [row for row in map(_personal, part.rows) if row.statements or row.exhibits], "cases": cases}


def _personal(row: Row) -> Row:
    """Of a row what concerns single people; the rest stands on the page of the consideration."""
    statements = tuple(one for one in row.statements if one.finding.personal and one.finding.code not in _CASES)
    exhibits = tuple(one for one in row.exhibits if one.source.personal and one.source.title.code != "table.cases")
    return Row(row.id, row.question, statements, (), exhibits)


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def case(asked: Asked, desk: Desk, case: str) -> HttpResponse:
    """One case: what speaks for and against it, what standing on the list would mean, and the decision.

    A case that a newer list no longer makes leads back to those that there are.
    """
    seen = inside(asked, desk)
    if seen.inside is None:
        return page(asked, "team/concerned.html", desk=desk, **_shown(asked, desk, seen), visible_to=VISIBLE)
    found = next((one for one in seen.inside.cases if address_of(desk.tag, one) == case), None)
    if found is None:
        return see_other("concerned", tag=desk.tag)
    form = VerdictForm(asked.POST if asked.method == "POST" else None)
    if form.is_bound and form.is_valid() and _decide(asked, desk, found, form):
        return see_other("concerned", tag=desk.tag)
    decided = [entry for entry in desk.settled if isinstance(entry, ScreeningDecided) and entry.body.hit == found.hit]
    named = next((member.person.name for member in desk.initiative.members if member.code == found.person), found.person)
    return page(
        asked, "team/case.html", **hands_of(asked.voice), desk=desk, case=found, form=form, decided=decided[::-1], named=named, address=case,
        link=web_address, measures=_measures, visible_to=VISIBLE,
    )  # fmt: skip


def address_of(tag: str, case: Case) -> str:
    """32 hexadecimal digits that only this house can make: whoever finds an address in a browser's history cannot try out who is on which list."""
    return salted_hmac(f"case of {tag}", case.id, algorithm="sha256").hexdigest()[:32]


def _measures(case: Case, number: int) -> list[Message]:
    return [Message(code=f"term.measure.{measure}") for measure in case.effects[number].measures]


def _decide(asked: Asked, desk: Desk, found: Case, form: VerdictForm) -> bool:
    """Write the decision down; False with an error in the form where it does not hold together."""
    typed = form.cleaned_data
    names = tuple(line.strip() for line in typed["signed_by"].splitlines() if line.strip())
    fields = {**rested_on(found, asked.voice.say), **typed, "asked_note": typed["asked_note"].strip() or None, "signed_by": names}
    try:
        body = Verdict.model_validate(fields)
    except ValidationError as error:
        kind = error.errors()[0]["type"]
        form.add_error(_FIELD.get(kind, "reason"), say(asked, _WRONG.get(kind, ".concerned.not-whole")))
        return False
    desk.write(asked, ScreeningDecided(on=asked.today, lamport=0, about=found.person, body=body))
    return True


PATHS = [
    at("i/<tag:tag>/concerned", concerned, "concerned"),
    at("i/<tag:tag>/concerned/<entry:case>", case, "case"),
]
