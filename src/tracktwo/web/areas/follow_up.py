"""What comes after a meeting: actions with their owners, what was agreed with each person for the time at home, and who was last in touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.model.brief import FollowUp
from tracktwo.record.care import Contact, Reentry
from tracktwo.record.entries import FollowUpAgreed, PersonInvited
from tracktwo.record.initiative import Member
from tracktwo.record.living import ContactMade, ReentryAgreed
from tracktwo.web.access import TEAM, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, see_other
from tracktwo.web.saving import save

FACILITATORS = ("facilitators",)
WAYS = ("in person", "telephone", "message", "through somebody else", "other")


class ActionForm(forms.Form):
    what = forms.CharField(label=".follow-up.what", max_length=400)
    owner = forms.CharField(label=".follow-up.owner", max_length=120, required=False)
    due = forms.DateField(label=".follow-up.due", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), required=False)
    resource = forms.CharField(label=".follow-up.resource", max_length=200, required=False)


@dataclass(frozen=True)
class Action:
    """An action with how it stands."""

    id: str
    body: FollowUp
    late: bool


def actions_of(desk: Desk, today: date) -> tuple[Action, ...]:
    """The actions that are not done, the next due first and those without a day last; then those that are done."""
    found = [entry for entry in desk.settled if isinstance(entry, FollowUpAgreed)]
    made = [Action(entry.id, entry.body, _late(entry.body, today)) for entry in found]
    return tuple(sorted(made, key=lambda one: (one.body.done, str(one.body.due or "9999"), one.body.what)))


def _late(body: FollowUp, today: date) -> bool:
    """A due day given by month or year alone is late when that month or year is over."""
    due = str(body.due) if body.due is not None else ""
    return bool(due) and not body.done and due < today.isoformat()[: len(due)]


@dataclass(frozen=True)
class InTouch:
    """One person, with what was agreed for the time at home and the last contact."""

    id: str
    """Of the entry that tells of the person: it stands in addresses, where no code of a person does."""
    member: Member
    agreed: ReentryAgreed | None
    last: Contact | None
    due: date | None
    late: bool


def in_touch(desk: Desk, today: date) -> tuple[InTouch, ...]:
    """Everybody who is invited: those first with whom somebody should have been in touch, then by when it is due."""
    agreed = {entry.about: entry for entry in desk.settled if isinstance(entry, ReentryAgreed)}
    last: dict[str, Contact] = {}
    for entry in desk.settled:
        if isinstance(entry, ContactMade) and (entry.body.person not in last or entry.body.day >= last[entry.body.person].day):
            last[entry.body.person] = entry.body
    found = [_in_touch(entry, member, agreed.get(member.code), last.get(member.code), today) for entry, member in _invited(desk)]
    return tuple(sorted(found, key=lambda one: (not one.late, one.due or date.max, one.member.code)))


def _invited(desk: Desk) -> Sequence[tuple[str, Member]]:
    told = {id(entry.body): entry.id for entry in desk.settled if isinstance(entry, PersonInvited)}
    members = [member for member in desk.initiative.members if member.invited and member.person.kind == "person"]
    return [(told[id(member.person)], member) for member in members if id(member.person) in told]


def _in_touch(entry: str, member: Member, agreed: ReentryAgreed | None, last: Contact | None, today: date) -> InTouch:
    every = agreed.body.every_days if agreed else None
    since = last.day if last else (agreed.on if agreed else None)
    due = since + timedelta(days=every) if since and every else None
    return InTouch(entry, member, agreed, last, due, due is not None and due < today)


@door(*TEAM, methods=("GET", "POST"))
def follow_up(asked: Asked, desk: Desk) -> HttpResponse:
    """The actions and the rhythm of contact, and a new action."""
    form = ActionForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        told = {name: str(value) for name, value in form.cleaned_data.items() if value}
        if save(asked, desk, form, lambda: [FollowUpAgreed(on=asked.today, lamport=0, body=FollowUp.model_validate(told))]):
            return see_other("follow-up", tag=desk.tag)
    shown = {"actions": actions_of(desk, asked.today), "people": in_touch(desk, asked.today)}
    return page(asked, "team/follow_up.html", desk=desk, form=form, visible_to=FACILITATORS, **shown)  # type: ignore[arg-type]


@door(*TEAM, methods=("POST",))
def done(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Say that an action is done, or is not after all."""
    old = next((one for one in desk.settled if one.id == entry and isinstance(one, FollowUpAgreed)), None)
    if old is None:
        raise Http404
    body = old.body.model_copy(update={"done": asked.POST.get("done") == "yes"})
    desk.write(asked, FollowUpAgreed(on=asked.today, lamport=0, replaces=(entry,), body=body))
    return see_other("follow-up", tag=desk.tag)


class ContactForm(forms.Form):
    day = forms.DateField(label=".follow-up.day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    by = forms.CharField(label=".follow-up.by", max_length=120)
    how = forms.ChoiceField(label=".follow-up.how", choices=[(way, f".follow-up.how-{way.replace(' ', '-')}") for way in WAYS])
    worry = forms.CharField(label=".follow-up.worry", max_length=2000, widget=forms.Textarea({"rows": 3}), required=False)


class ReentryForm(forms.Form):
    plan = forms.CharField(label=".follow-up.plan", help_text=".follow-up.plan-help", max_length=4000, widget=forms.Textarea({"rows": 5}))
    every_days = forms.IntegerField(label=".follow-up.every-days", min_value=1, max_value=730, required=False)
    contact = forms.CharField(label=".follow-up.contact", max_length=120, required=False)


@door(*TEAM, methods=("GET", "POST"), room="team")
def person(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """One person: what was agreed for the time at home, and every contact since."""
    found = next((one for one in in_touch(desk, asked.today) if one.id == entry), None)
    if found is None:
        raise Http404
    code, old = found.member.code, found.agreed
    plan = ReentryForm(asked.POST if asked.POST.get("form") == "plan" else None, initial=old.body.model_dump() if old else None)
    contact = ContactForm(asked.POST if asked.POST.get("form") == "contact" else None, initial={"day": asked.today})
    if asked.method == "POST" and plan.is_bound and plan.is_valid():
        body = Reentry(person=code, **{name: value or None for name, value in plan.cleaned_data.items()})
        replaces = (old.id,) if old else ()
        if save(asked, desk, plan, lambda: [ReentryAgreed(on=asked.today, lamport=0, about=code, replaces=replaces, body=body)]):
            return see_other("follow-up-person", tag=desk.tag, entry=entry)
    if asked.method == "POST" and contact.is_bound and contact.is_valid():
        made = Contact(person=code, **{name: value or None for name, value in contact.cleaned_data.items()})
        if save(asked, desk, contact, lambda: [ContactMade(on=asked.today, lamport=0, about=code, body=made)]):
            return see_other("follow-up-person", tag=desk.tag, entry=entry)
    contacts = [one.body for one in desk.settled if isinstance(one, ContactMade) and one.body.person == code]
    contacts.sort(key=lambda body: body.day, reverse=True)
    shown = {"person": found, "plan": plan, "contact": contact, "contacts": contacts}
    return page(asked, "team/follow_up_person.html", desk=desk, visible_to=FACILITATORS, **shown)  # type: ignore[arg-type]


PATHS = [
    at("i/<tag:tag>/follow-up", follow_up, "follow-up"),
    at("i/<tag:tag>/follow-up/action/<entry:entry>", done, "action-done"),
    at("i/<tag:tag>/follow-up/person/<entry:entry>", person, "follow-up-person"),
]
