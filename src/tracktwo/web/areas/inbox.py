"""What people have sent to the facilitators alone: worries, proposals, answers to the ground rules, and what an evaluator was refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.model.brief import GroundRule
from tracktwo.record.entries import GroundRuleSet
from tracktwo.record.keeping import FactWithdrawn, MemberIntroduced, Withdrawal
from tracktwo.record.living import NamesRefused, RulesAnswered, SomethingHappened, StatementProposed, WorryTold
from tracktwo.web.access import TEAM, at, door
from tracktwo.web.areas.dialogue import FACILITATORS
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, see_other
from tracktwo.web.saving import save

SENT = (WorryTold, SomethingHappened, NamesRefused, StatementProposed)
"""What can be put away once it was read."""
KINDS = ("Chatham House", "no notes", "notes destroyed", "summary only", "on the record")


@dataclass(frozen=True)
class Sender:
    """Who sent something: the code and name of a person, as far as the team's room tells."""

    code: str
    name: str


def senders(desk: Desk) -> dict[str, Sender]:
    """Pseudonym → who it is."""
    return {entry.body.member: Sender(entry.about or "", entry.body.name) for entry in desk.settled if isinstance(entry, MemberIntroduced)}


@door(*TEAM)
def inbox(asked: Asked, desk: Desk) -> HttpResponse:
    """What was sent and not put away yet, the newest first."""
    shown = [entry for entry in desk.settled if isinstance(entry, WorryTold | SomethingHappened | NamesRefused) and entry.room == "sealed"]
    return page(asked, "team/dialogue_inbox.html", desk=desk, sent=shown[::-1], senders=senders(desk), visible_to=FACILITATORS)


@door(*TEAM, methods=("POST",))
def put_away(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Put something away that was read. It stays in the record."""
    found = next((one for one in desk.settled if one.id == entry and isinstance(one, SENT) and one.room == "sealed"), None)
    if found is None:
        raise Http404
    desk.write(asked, FactWithdrawn(room="sealed", on=asked.today, lamport=0, replaces=(entry,), body=Withdrawal()))
    return see_other("voting" if isinstance(found, StatementProposed) else "inbox", tag=desk.tag)


class RuleForm(forms.Form):
    applies_to = forms.CharField(label=".dialogue.rule-applies-to", max_length=200)
    rule = forms.ChoiceField(label=".dialogue.rule", choices=[(one, f".dialogue.rule-{one.lower().replace(' ', '-')}") for one in KINDS])


@dataclass(frozen=True)
class Answered:
    """What somebody answered to the rules that are up."""

    who: Sender
    accepted: bool | None
    """None for somebody who has not answered."""
    on: date | None


@door(*TEAM, methods=("GET", "POST"))
def ground_rules(asked: Asked, desk: Desk) -> HttpResponse:
    """The rules: put up for everybody to read and answer, and who has answered."""
    up = [entry for entry in desk.settled if isinstance(entry, GroundRuleSet) and entry.room == "plenary"]
    waiting = [entry for entry in desk.settled if isinstance(entry, GroundRuleSet) and entry.room == "team"]
    form = RuleForm(asked.POST if "rule" in asked.POST else None)
    if asked.method == "POST" and not form.is_bound:
        moved = [GroundRuleSet(room="plenary", on=asked.today, lamport=0, replaces=(old.id,), body=old.body) for old in waiting]
        if moved:
            desk.write(asked, *moved)
        return see_other("ground-rules", tag=desk.tag)
    if asked.method == "POST" and form.is_valid():
        body = GroundRule(**form.cleaned_data)
        if save(asked, desk, form, lambda: [GroundRuleSet(room="plenary", on=asked.today, lamport=0, body=body)]):
            return see_other("ground-rules", tag=desk.tag)
    answers = _answers(desk, {entry.id for entry in up})
    return page(asked, "team/dialogue_rules.html", desk=desk, form=form, up=up, waiting=waiting, answers=answers, visible_to=FACILITATORS)


@door(*TEAM, methods=("POST",))
def take_down(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Take a rule down again. Answers to the rules as they were no longer count."""
    if not any(one.id == entry and isinstance(one, GroundRuleSet) and one.room == "plenary" for one in desk.settled):
        raise Http404
    desk.write(asked, FactWithdrawn(room="plenary", on=asked.today, lamport=0, replaces=(entry,), body=Withdrawal()))
    return see_other("ground-rules", tag=desk.tag)


def _answers(desk: Desk, up: set[str]) -> list[Answered]:
    given = {entry.author: entry for entry in desk.settled if isinstance(entry, RulesAnswered) and set(entry.body.rules) == up}
    people = [entry for entry in desk.settled if isinstance(entry, MemberIntroduced) and entry.body.role == "participant"]
    found = []
    for entry in people:
        answer = given.get(entry.body.member)
        who = Sender(entry.about or "", entry.body.name)
        found.append(Answered(who, answer.body.accepted if answer else None, answer.on if answer else None))
    return sorted(found, key=lambda one: (one.who.code, one.who.name))


PATHS = [
    at("i/<tag:tag>/dialogue/inbox", inbox, "inbox"),
    at("i/<tag:tag>/dialogue/inbox/<entry:entry>", put_away, "put-away"),
    at("i/<tag:tag>/dialogue/rules", ground_rules, "ground-rules"),
    at("i/<tag:tag>/dialogue/rules/<entry:entry>", take_down, "take-down"),
]
