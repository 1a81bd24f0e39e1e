"""The decision: reflective questions first, then go, not yet or no, signed with its reasons; and the dated page that stays as it was signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tracktwo.model.brief import EthicsAnswer
from tracktwo.model.finding import Message
from tracktwo.record.care import Decision, DecisionSigned
from tracktwo.record.entries import EthicsAnswered
from tracktwo.record.gate import Released
from tracktwo.web import clock
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.reading import page_of
from tracktwo.web.shown import roles_of

VISIBLE = ("convenors", "facilitators")
QUESTIONS = ("asked-us", "answer-to", "standing", "left-out", "lists", "partner", "leave-behind", "stop")
"""Questions that a team asks itself before it begins, in the order in which they are asked."""


WORDS = {name: Message(code=f"interface.web.decision.{name.replace(' ', '-')}") for name in ("go", "not yet", "no")}
"""Each decision in words."""


class EthicsForm(forms.Form):
    """Reflective questions: each is answered, or left open with a reason, or not yet touched."""

    def __init__(self, data: Any, asked: Asked, desk: Desk) -> None:
        super().__init__(data, auto_id="q-%s")
        self._asked = asked
        given = {entry.body.question: entry for entry in desk.settled if isinstance(entry, EthicsAnswered)}
        suggested = [asked.voice.text(f"interface.web.decision.question.{name}") for name in QUESTIONS]
        self.questions = [*given, *(question for question in suggested if question not in given)]
        self._given = given
        for number, question in enumerate(self.questions):
            before: EthicsAnswer | None = given[question].body if question in given else None
            for name, value in (("answer", before and before.answer), ("open", before and before.open_because)):
                self.fields[f"{name}{number}"] = forms.CharField(
                    label=f".decision.{name}", required=False, max_length=4000, initial=value or "", widget=forms.Textarea({"rows": 2})
                )

    def rows(self) -> Iterator[tuple[str, bool, forms.BoundField, forms.BoundField]]:
        """Question, whether it has an answer or a reason, and its two fields."""
        for number, question in enumerate(self.questions):
            before = self._given.get(question)
            done = before is not None and bool(before.body.answer or before.body.open_because)
            yield question, done, self[f"answer{number}"], self[f"open{number}"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for number, _ in enumerate(self.questions):
            if typed.get(f"answer{number}") and typed.get(f"open{number}"):
                self.add_error(f"open{number}", say(self._asked, ".decision.either"))
        return typed

    def entries(self) -> list[EthicsAnswered]:
        """What is new among the answers."""
        made = []
        for number, question in enumerate(self.questions):
            answer, still_open = (self.cleaned_data[f"{name}{number}"].strip() or None for name in ("answer", "open"))
            body, before = EthicsAnswer(question=question, answer=answer, open_because=still_open), self._given.get(question)
            unchanged = before.body == body if before else not (answer or still_open)
            if not unchanged:
                made.append(EthicsAnswered(on=self._asked.today, lamport=0, body=body, replaces=(before.id,) if before else ()))
        return made


class DecisionForm(forms.Form):
    """Go, not yet or no."""

    decision = forms.ChoiceField(
        label=".decision.decision",
        widget=forms.RadioSelect,
        choices=[("go", ".decision.go"), ("not yet", ".decision.not-yet"), ("no", ".decision.no")],
    )
    reason = forms.CharField(label=".decision.reason", max_length=4000, widget=forms.Textarea({"rows": 4}))
    dissent = forms.CharField(
        label=".decision.dissent", help_text=".decision.dissent-help", required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    signed_by = forms.CharField(label=".decision.signed-by", help_text=".decision.signed-help", max_length=1000, widget=forms.Textarea({"rows": 2}))


@door(*STEWARDS, methods=("GET", "POST"), room="team")
def decision(asked: Asked, desk: Desk) -> HttpResponse:
    """The questions, the decisions that were signed, and the form for the next one."""
    shown = page_of(asked, desk)
    released = shown.outlook.released if shown.outlook.fresh else None
    form = DecisionForm(asked.POST if asked.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if released is None:
            form.add_error(None, say(asked, ".decision.not-fresh"))
        else:
            (signed,) = desk.write(asked, _signed(form.cleaned_data, released, asked))
            return see_other("decision-signed", tag=desk.tag, decision=signed)
    return _page(asked, desk, form, EthicsForm(None, asked, desk), shown.context)


@door(*STEWARDS, methods=("POST",), room="team")
def ethics(asked: Asked, desk: Desk) -> HttpResponse:
    """Keep the answers to the reflective questions."""
    form = EthicsForm(asked.POST, asked, desk)
    if not form.is_valid():
        return _page(asked, desk, DecisionForm(None), form, page_of(asked, desk).context)
    made = form.entries()
    if made:
        desk.write(asked, *made)
    response = HttpResponseRedirect(reverse("decision", kwargs={"tag": desk.tag}) + "#sign")
    response.status_code = 303
    return response


def _page(asked: Asked, desk: Desk, form: DecisionForm, questions: EthicsForm, context: dict[str, Any]) -> HttpResponse:
    decided = [entry for entry in desk.settled if isinstance(entry, DecisionSigned)]
    return page(
        asked,
        "team/decision.html",
        desk=desk,
        **context,
        form=form,
        questions=questions,
        decided=[*reversed(decided)],
        words=WORDS,
        visible_to=VISIBLE,
    )


@door(*STEWARDS, room="team")
def signed(asked: Asked, desk: Desk, decision: str) -> HttpResponse:
    """A decision as it was signed. It is never changed, only followed by another one."""
    entry = next((one for one in desk.settled if isinstance(one, DecisionSigned) and one.id == decision), None)
    if entry is None:
        raise Http404
    shown = page_of(asked, desk)
    released = shown.outlook.released
    same = digest(released) == entry.body.findings if released is not None and shown.outlook.fresh else None
    return page(
        asked,
        "team/signed.html",
        desk=desk,
        entry=entry,
        same=same,
        released=released,
        role=roles_of(desk).get(entry.author),
        sources=entry.body.sources,
        visible_to=VISIBLE,
    )


def _signed(typed: dict[str, Any], released: Released, asked: Asked) -> DecisionSigned:
    body = Decision(
        decision=typed["decision"],
        reason=typed["reason"],
        dissent=typed["dissent"].strip() or None,
        signed_by=tuple(line.strip() for line in typed["signed_by"].splitlines() if line.strip()),
        as_of=released.as_of,
        software=released.software,
        findings=digest(released),
        sources=tuple((state.name, _version(state)) for state in released.sources),
    )
    return DecisionSigned(on=asked.today, at=clock.now().replace(microsecond=0), lamport=0, body=body)


def _version(state: Any) -> str:
    """The version of a source that was read, with the day for which it speaks; whether it was absent."""
    if state.provenance is None:
        return str(state.state)
    return f"{state.provenance.version} ({state.provenance.as_of.isoformat()})"


def digest(released: Released) -> str:
    """SHA-256 of the findings as JSON, without the day on which they were looked at: the same findings have the same digest tomorrow."""
    findings = [finding.model_dump(mode="json", exclude={"as_of"}) for section in released.sections for finding in section.findings]
    text = json.dumps([released.software, findings], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


PATHS = [
    at("i/<tag:tag>/decision", decision, "decision"),
    at("i/<tag:tag>/decision/questions", ethics, "ethics"),
    at("i/<tag:tag>/decision/<entry:decision>", signed, "decision-signed"),
]
