"""Facts: state one, put one right, take one back, see what it said before, and choose where two versions contradict each other."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tracktwo.model.finding import Message, Quoted
from tracktwo.record.entry import BaseEntry
from tracktwo.record.keeping import FactWithdrawn, Withdrawal
from tracktwo.web import facts
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.noun_forms import NounForm
from tracktwo.web.pages import page
from tracktwo.web.shown import described, roles_of

VISIBLE = ("convenors", "facilitators")


class WithdrawForm(forms.Form):
    """Why a fact no longer counts."""

    reason = forms.CharField(label=".facts.reason", required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def add(asked: Asked, desk: Desk, kind: str) -> HttpResponse:
    """State a fact that nobody has stated yet."""
    if kind not in facts.KINDS:
        raise Http404
    return _edit(asked, desk, facts.KINDS[kind], None)


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def change(asked: Asked, desk: Desk, fact: str) -> HttpResponse:
    """Put a fact right: what it says now takes the place of what it said."""
    entry = _entry(desk, fact)
    newer = facts.follower(entry, desk.entries)
    if asked.method == "GET" and newer is not None:
        return _back(desk, entry, newer.id)
    return _edit(asked, desk, type(entry), entry)


def _edit(asked: Asked, desk: Desk, kind: type[BaseEntry], old: BaseEntry | None) -> HttpResponse:
    noun = facts.body_of(kind)
    data = asked.POST if asked.method == "POST" else None
    initiative = desk.initiative
    form = NounForm(noun, data, voice=asked.voice, sides=initiative.sides, people=initiative.members, before=old.body if old else None)
    if asked.method == "POST" and form.is_valid() and form.made is not None:
        for sentence in facts.loose(kind, form.made, old, desk.initiative):
            said = Message(code="interface.web.facts.wrong.loose", params={"reason": Quoted(quoted=sentence)})
            form.add_error(None, asked.voice.say(said))
        if not form.errors:
            if old is not None and old.body == form.made and not _contested(desk, old):
                return _back(desk, old, old.id)
            entry = facts.stated(kind, form.made, asked.today, desk.settled, desk.entries, old)
            (made,) = desk.write(asked, entry)
            return _back(desk, entry, made)
    return page(
        asked,
        "team/fact.html",
        desk=desk,
        form=form,
        kind=facts.slug(kind),
        part=facts.consideration_of(kind),
        old=old,
        back=_address(desk, kind),
        withdraw=WithdrawForm() if old is not None and kind.many else None,
        visible_to=VISIBLE,
    )


@door(*STEWARDS, methods=("POST",), room="team")
def withdraw(asked: Asked, desk: Desk, fact: str) -> HttpResponse:
    """Take a fact back. It stays in the record, and no longer counts."""
    entry = _entry(desk, fact)
    form = WithdrawForm(asked.POST)
    if type(entry).many and entry.id in {one.id for one in desk.settled} and form.is_valid():
        reason = form.cleaned_data["reason"].strip() or None
        body = Withdrawal(reason=reason)
        desk.write(asked, FactWithdrawn(on=asked.today, lamport=0, room=entry.room, about=entry.about, body=body, replaces=(entry.id,)))
    return _back(desk, entry, None)


@door(*STEWARDS, methods=("POST",), room="team")
def keep(asked: Asked, desk: Desk, fact: str) -> HttpResponse:
    """Choose one of several versions that contradict each other: the others no longer count."""
    entry = _entry(desk, fact)
    if not _contested(desk, entry):
        return _back(desk, entry, entry.id)
    rivals = {other for conflict in desk.initiative.conflicts if entry.id in conflict.entries for other in conflict.entries}
    chosen = type(entry)(on=asked.today, lamport=0, room=entry.room, about=entry.about, body=entry.body, replaces=tuple(sorted(rivals)))
    (made,) = desk.write(asked, chosen)
    return _back(desk, entry, made)


@door(*STEWARDS, room="team")
def history(asked: Asked, desk: Desk, fact: str) -> HttpResponse:
    """Every version of a fact, the newest first: what it said, since when, and in which role it was stated."""
    entry = _entry(desk, fact)
    newest = facts.follower(entry, desk.entries)
    shown = newest if newest is not None and not isinstance(newest, FactWithdrawn) else entry
    there = {one.id: one for one in desk.entries}
    roles = roles_of(desk)
    past = [(one, described(one.body, asked.voice, desk.initiative.sides), roles.get(one.author)) for one in facts.versions(shown, there)]
    taken_back = newest if isinstance(newest, FactWithdrawn) else None
    return page(
        asked,
        "team/history.html",
        desk=desk,
        kind=facts.slug(type(entry)),
        part=facts.consideration_of(type(entry)),
        versions=past,
        taken_back=taken_back,
        taken_back_by=roles.get(taken_back.author) if taken_back else None,
        back=_address(desk, type(entry)),
        visible_to=VISIBLE,
    )


def _entry(desk: Desk, fact: str) -> BaseEntry:
    found = next((entry for entry in desk.entries if entry.id == fact and type(entry) in facts.KINDS.values()), None)
    if found is None:
        raise Http404
    return found


def _contested(desk: Desk, entry: BaseEntry) -> bool:
    return any(entry.id in conflict.entries for conflict in desk.initiative.conflicts)


def _address(desk: Desk, kind: type[BaseEntry]) -> str:
    part = facts.consideration_of(kind).replace("_", "-")
    return reverse("consideration", kwargs={"tag": desk.tag, "part": part})


def _back(desk: Desk, entry: BaseEntry, fact: str | None) -> HttpResponse:
    """Back to where the fact stands, among its like."""
    response = HttpResponseRedirect(f"{_address(desk, type(entry))}#{f'fact-{fact}' if fact else facts.slug(type(entry))}")
    response.status_code = 303
    return response


PATHS = [
    at("i/<tag:tag>/facts/new/<slug:kind>", add, "fact-new"),
    at("i/<tag:tag>/facts/<entry:fact>", change, "fact"),
    at("i/<tag:tag>/facts/<entry:fact>/withdraw", withdraw, "fact-withdraw"),
    at("i/<tag:tag>/facts/<entry:fact>/keep", keep, "fact-keep"),
    at("i/<tag:tag>/facts/<entry:fact>/history", history, "fact-history"),
]
