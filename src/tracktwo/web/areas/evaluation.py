"""Evaluation: snapshots meeting by meeting, surveys, and who kept coming. An evaluator sees codes and no names, and no percentage of anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse

from tracktwo.model.undertaking import TheoryLink
from tracktwo.record.care import LinkSeen, Reflection, Snapshot
from tracktwo.record.entries import ChangeStated
from tracktwo.record.living import SnapshotTaken
from tracktwo.record.returned import worded
from tracktwo.web.access import TEAM, at, door
from tracktwo.web.areas.dialogue import Meeting, meetings_of
from tracktwo.web.areas.surveys import surveys_of
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save

QUESTIONS = ("surprised", "moved", "harm", "silent", "learned", "differently")
"""What a team asks itself after each meeting."""
SEEN = ("moved on", "stayed", "moved back", "cannot say")


class SnapshotForm(forms.Form):
    """The reflective questions and the links of the theory; every answer may stay empty but not all."""

    day = forms.DateField(label=".evaluation.day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    session = forms.ChoiceField(label=".evaluation.session", required=False)
    room = forms.ChoiceField(label=".evaluation.shown-to", choices=[("team", ".evaluation.shown-team"), ("plenary", ".evaluation.shown-plenary")])

    def __init__(self, desk: Desk, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = dict.fromkeys(one.name for one in meetings_of(desk))
        self.fields["session"].choices = [("", ".evaluation.no-session"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        for question in QUESTIONS:
            area = forms.Textarea({"rows": 3})
            self.fields[question] = forms.CharField(label=f".evaluation.ask-{question}", max_length=4000, widget=area, required=False)
        self.links = desk.initiative.change.links if desk.initiative.change else ()
        seen = [("", ".evaluation.seen-nothing"), *((one, f".evaluation.seen-{one.replace(' ', '-')}") for one in SEEN)]
        for number, link in enumerate(self.links):
            self.fields[f"link-{number}"] = forms.ChoiceField(label=_link(link), choices=seen, required=False)
            self.fields[f"evidence-{number}"] = forms.CharField(label=".evaluation.evidence", max_length=1000, required=False)

    def snapshot(self, asked: Asked) -> Snapshot:
        """What was answered. Questions are kept in the words in which they were read."""
        told = self.cleaned_data
        answers = tuple(Reflection(question=say(asked, f".evaluation.ask-{one}"), answer=told[one]) for one in QUESTIONS if told[one])
        links = tuple(
            LinkSeen(link=_link(link), seen=told[f"link-{number}"], evidence=told[f"evidence-{number}"] or None)
            for number, link in enumerate(self.links)
            if told[f"link-{number}"]
        )
        return Snapshot(day=told["day"], session=told["session"] or None, reflections=answers, links=links)


def _link(link: TheoryLink) -> str:
    return f"{link.if_} → {link.then}"


@dataclass(frozen=True)
class Kept:
    """At which of the parts that were held somebody was, by code."""

    code: str
    there: tuple[bool, ...]


def attendance(meetings: tuple[Meeting, ...]) -> tuple[Kept, ...]:
    """Who came to which session, by code."""
    held = [meeting for meeting in meetings if meeting.parts]
    present = [{code for part in meeting.parts for code in part.body.present} for meeting in held]
    return tuple(Kept(code, tuple(code in there for there in present)) for code in sorted(set().union(*present)))


@dataclass(frozen=True)
class Tested:
    """A link of the theory with what the snapshots saw of it, in the order of their days."""

    link: TheoryLink
    seen: tuple[tuple[date, LinkSeen], ...]


def theory(desk: Desk, snapshots: Sequence[SnapshotTaken]) -> tuple[Tested, ...]:
    """The theory of change as far as the keys open it: the links of which nothing was seen yet stand first."""
    links = desk.initiative.change.links if desk.initiative.change else ()
    found = [Tested(link, tuple((one.body.day, seen) for one in snapshots for seen in one.body.links if seen.link == _link(link))) for link in links]
    return tuple(sorted(found, key=lambda one: bool(one.seen)))


@door(*TEAM, "evaluator")
def evaluation(asked: Asked, desk: Desk) -> HttpResponse:
    """Snapshots over time, surveys, and continuity: codes, never names."""
    meetings = meetings_of(desk)
    snapshots = sorted((entry for entry in desk.settled if isinstance(entry, SnapshotTaken)), key=lambda entry: (entry.body.day, entry.id))
    return page(
        asked,
        "team/evaluation.html",
        desk=desk,
        snapshots=snapshots,
        theory=theory(desk, snapshots),
        unshared=any(isinstance(entry, ChangeStated) and entry.room == "team" for entry in desk.settled),
        surveys=[(entry, worded(entry.body.titles, asked.voice.language)) for entry in surveys_of(desk)],
        held=[meeting for meeting in meetings if meeting.parts],
        attendance=attendance(meetings),
        visible_to=("facilitators", "evaluator"),
    )


@door(*TEAM, methods=("GET", "POST"))
def snapshot(asked: Asked, desk: Desk) -> HttpResponse:
    """Take a snapshot after a meeting."""
    form = SnapshotForm(desk, asked.POST or None, initial={"day": asked.today, "room": "team"})
    if asked.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if not any(told[one] for one in QUESTIONS) and not any(told[f"link-{number}"] for number in range(len(form.links))):
            form.add_error(None, say(asked, ".evaluation.nothing-said"))
        elif save(asked, desk, form, lambda: [SnapshotTaken(room=told["room"], on=asked.today, lamport=0, body=form.snapshot(asked))]):
            return see_other("evaluation", tag=desk.tag)
    return page(asked, "team/evaluation_snapshot.html", desk=desk, form=form, visible_to=("facilitators",))


@door(*TEAM, methods=("POST",))
def share_theory(asked: Asked, desk: Desk) -> HttpResponse:
    """Put the theory of change into the plenary, where evaluators read it, and participants too."""
    stated = [entry for entry in desk.settled if isinstance(entry, ChangeStated) and entry.room == "team"]
    if stated:
        replaces = tuple(entry.id for entry in stated)
        desk.write(asked, ChangeStated(room="plenary", on=asked.today, lamport=0, replaces=replaces, body=stated[-1].body))
    return see_other("evaluation", tag=desk.tag)


PATHS = [
    at("i/<tag:tag>/evaluation", evaluation, "evaluation"),
    at("i/<tag:tag>/evaluation/snapshot", snapshot, "snapshot"),
    at("i/<tag:tag>/evaluation/theory", share_theory, "share-theory"),
]
