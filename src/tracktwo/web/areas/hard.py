"""Hard places: the neutral view under one key, the button for when something happened, and looking as somebody else does."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.record.care import Happening as Happened
from tracktwo.record.care import LeakPlan, LeakPlanAgreed, Neutral, NeutralAgreed
from tracktwo.record.slots import holder_of_card
from tracktwo.vault.words import NotAWord
from tracktwo.web import accounts
from tracktwo.web.access import HOLDERS, STEWARDS, at, door
from tracktwo.web.alarm import frozen, happenings, neutral, plan, press, resume
from tracktwo.web.asked import Asked
from tracktwo.web.attempts import attempt
from tracktwo.web.company import members
from tracktwo.web.desk import Desk, NotYours, open_desk, store
from tracktwo.web.fields import Passphrase, Words
from tracktwo.web.pages import page, see_other
from tracktwo.web.serving import serving
from tracktwo.web.sessions import change, enter
from tracktwo.web.who import Membership, Visit

KINDS = ("leak", "detained", "device lost", "other")


class BackForm(forms.Form):
    passphrase = Passphrase(label=".entrance.passphrase")


class CardBackForm(forms.Form):
    words = Words(label=".entrance.words")


class HappenedForm(forms.Form):
    kind = forms.ChoiceField(label=".hard.kind", choices=[(kind, f".hard.kind.{kind.replace(' ', '-')}") for kind in KINDS], initial="other")
    member = forms.ChoiceField(label=".hard.member", required=False)
    note = forms.CharField(label=".hard.note", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    rehearsal = forms.BooleanField(label=".hard.rehearsal", required=False)

    def __init__(self, desk: Desk, data: Any = None) -> None:
        super().__init__(data)
        whom = [("", ".hard.nobody")]
        if desk.own_role in STEWARDS and not desk.view:
            whom += [(one.id, one.name) for one in members(desk)]
        else:
            whom += [(desk.me, ".hard.myself")]
        self.fields["member"].choices = whom  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    steps = forms.CharField(label=".hard.steps", help_text=".hard.steps-help", widget=forms.Textarea({"rows": 5}))
    spokesperson = forms.CharField(label=".hard.spokesperson", max_length=200)
    line = forms.CharField(label=".hard.line", help_text=".hard.line-help", widget=forms.Textarea({"rows": 2}))


class NeutralForm(forms.Form):
    title = forms.CharField(label=".hard.neutral-title", help_text=".hard.neutral-title-help", max_length=200)
    items = forms.CharField(
        label=".hard.neutral-items", help_text=".hard.neutral-items-help", required=False, widget=forms.Textarea({"rows": 6, "dir": "ltr"})
    )
    zone = forms.CharField(label=".hard.zone", initial="UTC", max_length=60)
    agreed_with = forms.MultipleChoiceField(label=".hard.agreed-with", widget=forms.CheckboxSelectMultiple)

    def __init__(self, desk: Desk, data: Any = None) -> None:
        super().__init__(data)
        self.fields["agreed_with"].choices = [(side.id, side.name) for side in desk.initiative.sides]  # type: ignore[attr-defined]

    def clean_items(self) -> tuple[tuple[str, str, str, str], ...]:
        """Lines of day, start, end and what: `2027-03-02 09:00 10:30 session`."""
        found = []
        for number, line in enumerate(self.cleaned_data["items"].splitlines(), 1):
            parts = line.split()
            if parts and len(parts) != 4:
                raise forms.ValidationError(f"{number}: {line[:40]}")
            if parts:
                found.append((parts[0], parts[1], parts[2], parts[3]))
        return tuple(found)


# The neutral view


@door(methods=("POST",), steps=("full", "card", "resting"))
def to_neutral(asked: Asked) -> HttpResponse:
    """Let the screen rest: the keys leave the visit, and only what was agreed with the participants is shown."""
    visit = asked.who.visit
    assert visit is not None
    if visit.step != "resting":
        enter(asked, Visit(step="resting", account=visit.account, note=_agreed(asked)))
    return see_other("resting")


def _agreed(asked: Asked) -> str:
    """What was agreed for the initiative that was open, else for the only one; of several nobody can tell which a visitor may see."""
    wanted, held = str(asked.POST.get("tag", "")), asked.who.memberships
    mine = [one for one in held if one.tag == wanted] or (held if len(held) == 1 else ())
    for membership in mine:
        try:
            found = neutral(open_desk(membership))
        except NotYours:
            continue
        if found is not None:
            return found.model_dump_json()
    return ""


@door(methods=("GET", "POST"), steps=("resting",))
def resting(asked: Asked) -> HttpResponse:
    """The neutral view. The way back is the passphrase, or the card."""
    visit = asked.who.visit
    assert visit is not None
    form: forms.Form = (BackForm if visit.account else CardBackForm)(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        back = attempt(asked, form, ("resting", visit.account), lambda: _back(visit, typed), wrong=".hard.not-back")
        if back is not None:
            enter(asked, back)
            return see_other("initiatives" if back.step == "full" else "place")
    shown = Neutral.model_validate_json(visit.note) if visit.note else None
    return page(asked, "entrance/resting.html", form=form, shown=shown)


def _back(visit: Visit, typed: dict[str, Any]) -> Visit | None:
    if visit.account is not None:
        identity = accounts.is_passphrase_of(visit.account, typed["passphrase"])
        return Visit(step="full", account=visit.account, root=identity.root.hex()) if identity else None
    try:
        found = holder_of_card(store(), serving().home.secret.read(), typed["words"])
    except NotAWord:
        return None
    return Visit(step="card", membership=Membership.of(found.initiative, found.identity)) if found else None


# Something happened


@door(*HOLDERS, methods=("GET", "POST"))
def happened(asked: Asked, desk: Desk) -> HttpResponse:
    """One press. Any holder of a key may: who it was is known to the facilitators alone."""
    form = HappenedForm(desk, asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        given = form.cleaned_data
        happening = Happened(kind=given["kind"], member=given["member"] or None, note=given["note"] or None, rehearsal=given["rehearsal"])
        before = plan(desk)
        rekeyed = press(asked, desk, happening)
        steward, rehearsal = desk.own_role in STEWARDS, happening.rehearsal
        done: dict[str, Any] = {"plan": before, "rekeyed": rekeyed, "rehearsal": rehearsal, "steward": steward}
        return page(asked, "team/happened_now.html", desk=desk, visible_to=("you",), **done)
    open_cases = happenings(desk) if desk.steward else ()
    return page(
        asked,
        "team/happened.html",
        desk=desk,
        form=form,
        plan=plan(desk),
        cases=open_cases,
        frozen=frozen(desk),
        visible_to=("facilitators", "convenors"),
    )


@door(*STEWARDS, methods=("POST",), room="team")
def settle(asked: Asked, desk: Desk) -> HttpResponse:
    """What happened is settled: things may leave again."""
    resume(asked, desk, str(asked.POST.get("case", "")))
    return see_other("happened", tag=desk.tag)


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def agreements(asked: Asked, desk: Desk) -> HttpResponse:
    """What is agreed for bad days: the plan for a leak, and what the neutral view may show."""
    kind = str(asked.POST.get("agree", ""))
    planned, shown = plan(desk), neutral(desk)
    first = PlanForm(asked.POST if kind == "plan" else None, initial=_told(planned) if planned else None, auto_id="plan-%s")
    second = NeutralForm(desk, asked.POST if kind == "neutral" else None)
    if kind == "plan" and first.is_valid():
        steps = tuple(line.strip() for line in first.cleaned_data["steps"].splitlines() if line.strip())
        body = LeakPlan(steps=steps, spokesperson=first.cleaned_data["spokesperson"], line=first.cleaned_data["line"])
        desk.write(asked, LeakPlanAgreed(on=asked.today, lamport=0, body=body))
        return see_other("agreements", tag=desk.tag)
    if kind == "neutral" and second.is_valid():
        given = second.cleaned_data
        items = [{"day": day, "start": start, "end": end, "what": what, "zone": given["zone"]} for day, start, end, what in given["items"]]
        try:
            agreed = Neutral.model_validate({"title": given["title"], "items": items, "agreed_with": given["agreed_with"]})
        except ValueError as error:
            second.add_error("items", str(error).splitlines()[2].strip())
        else:
            desk.write(asked, NeutralAgreed(on=asked.today, lamport=0, body=agreed))
            return see_other("agreements", tag=desk.tag)
    return page(
        asked, "team/agreements.html", desk=desk, first=first, second=second, planned=planned, shown=shown,
        visible_to=("facilitators", "convenors", "participants"),
    )  # fmt: skip


def _told(planned: LeakPlan) -> dict[str, str]:
    return {"steps": "\n".join(planned.steps), "spokesperson": planned.spokesperson, "line": planned.line}


# What the others see


@door(*HOLDERS, methods=("POST",))
def view(asked: Asked, desk: Desk) -> HttpResponse:
    """Look at the initiative as another role does, or as oneself again. Only stewards, and nothing can be written meanwhile."""
    if desk.own_role not in STEWARDS:
        raise Http404
    wanted = str(asked.POST.get("view", ""))
    allowed = {"", "evaluator", "interpreter", "logistics", *(f"participant:{side.id}" for side in desk.initiative.sides)}
    visit = asked.who.visit
    assert visit is not None
    change(asked, visit.model_copy(update={"view": wanted if wanted in allowed else ""}))
    return see_other("place-home" if asked.who.visit and asked.who.visit.view else "people", tag=desk.tag)


PATHS = [
    at("neutral", to_neutral, "neutral"),
    at("resting", resting, "resting"),
    at("i/<tag:tag>/happened", happened, "happened"),
    at("i/<tag:tag>/happened/settled", settle, "settle"),
    at("i/<tag:tag>/agreements", agreements, "agreements"),
    at("i/<tag:tag>/view", view, "own-view"),
]
