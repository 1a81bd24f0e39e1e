"""The dialogue as the team has it before it: sessions by stage, their parts with who was present and which rule, and notes under that rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.http import Http404, HttpResponse

from tracktwo.record.destruction import NothingToDestroy, destroy_notes
from tracktwo.record.dialogue import Kept, Note, NoteTaken, Overdue, Part, PartHeld, Quotation, QuotationDecided, check_note, overdue
from tracktwo.record.entry import Rule
from tracktwo.record.living import ProgrammeEntered, SessionPlanned
from tracktwo.record.mentions import Mention, mentions
from tracktwo.record.sessions import STAGES, Session
from tracktwo.web.access import TEAM, at, door
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.pages import page, say, see_other
from tracktwo.web.saving import save
from tracktwo.web.wording import TONGUES, sides_of

FACILITATORS = ("facilitators",)


def spoken_rooms(desk: Desk) -> list[tuple[str, str]]:
    """The open rooms in which people speak, as choices: the plenary first."""
    rooms = [room for room in desk.rooms if room in ("plenary", "team") or room.startswith("caucus:")]
    rooms.sort(key=lambda room: (room != "plenary", room == "team", room))
    sides = sides_of(desk)
    return [(room, f".dialogue.room-{room}" if ":" not in room else sides.get(room.partition(":")[2], room.partition(":")[2])) for room in rooms]


def code(stage: str) -> str:
    """The code of a stage in the catalogues."""
    return f".dialogue.stage-{stage.replace(' ', '-')}"


def people_of(desk: Desk) -> list[tuple[str, str]]:
    """(code, code and name) of everybody in the initiative whose name the keys open."""
    return [(member.code, f"{member.code} · {member.person.name}") for member in desk.initiative.members if member.person.kind == "person"]


@dataclass(frozen=True)
class Meeting:
    """A session with what is known of it: the plan, or only parts that were held under its name."""

    id: str
    name: str
    stage: str
    room: str
    day: date
    plan: Session | None
    parts: tuple[Kept[Part], ...]


def meetings_of(desk: Desk) -> tuple[Meeting, ...]:
    """The sessions in the order of their days."""
    found: dict[tuple[str, str], Meeting] = {}
    parts: dict[tuple[str, str], list[Kept[Part]]] = {}
    for part in desk.initiative.dialogue.parts:
        parts.setdefault((part.room, part.body.session), []).append(part)
    for entry in desk.settled:
        if isinstance(entry, SessionPlanned):
            key = (entry.room, entry.body.session)
            found[key] = Meeting(entry.id, entry.body.session, entry.body.stage, entry.room, entry.body.day, entry.body, tuple(parts.get(key, ())))
    for key, held in parts.items():
        if key not in found:
            stage = held[0].body.stage or ""
            found[key] = Meeting(held[0].id, key[1], stage if stage in STAGES else "other", key[0], held[0].body.day, None, tuple(held))
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.plan.start if one.plan else "", one.name)))


def meeting_or_404(desk: Desk, entry: str) -> Meeting:
    """The session of that id. Raises Http404."""
    found = next((one for one in meetings_of(desk) if one.id == entry), None)
    if found is None:
        raise Http404
    return found


@door(*TEAM)
def dialogue(asked: Asked, desk: Desk) -> HttpResponse:
    """The sessions by stage, in the order in which a workshop goes."""
    meetings = meetings_of(desk)
    stages = [(code(stage), [one for one in meetings if one.stage == stage]) for stage in STAGES]
    late: Sequence[Overdue] = overdue(desk.initiative.dialogue, asked.today)
    return page(asked, "team/dialogue.html", desk=desk, stages=stages, late=late, sides=sides_of(desk), visible_to=FACILITATORS)


class SessionForm(forms.Form):
    session = forms.CharField(label=".dialogue.session", max_length=120)
    stage = forms.ChoiceField(label=".dialogue.stage", choices=[(stage, code(stage)) for stage in STAGES])
    room = forms.ChoiceField(label=".dialogue.room")
    day = forms.DateField(label=".dialogue.day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    start = forms.TimeField(label=".dialogue.start", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=".dialogue.end", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    zone = forms.CharField(label=".dialogue.zone", help_text=".dialogue.zone-help", max_length=60, widget=forms.TextInput({"dir": "ltr"}))
    place = forms.CharField(label=".dialogue.place", max_length=120, required=False)
    neutral = forms.CharField(label=".dialogue.neutral", help_text=".dialogue.neutral-help", max_length=120, required=False)

    def __init__(self, desk: Desk, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["room"].choices = spoken_rooms(desk)  # type: ignore[attr-defined]

    def entry(self, on: date, replaces: tuple[str, ...]) -> SessionPlanned:
        """What was typed."""
        told = dict(self.cleaned_data)
        room = told.pop("room")
        times = {name: told.pop(name).strftime("%H:%M") for name in ("start", "end")}
        return SessionPlanned(room=room, on=on, lamport=0, replaces=replaces, body=Session(**{k: v or None for k, v in told.items()}, **times))


@door(*TEAM, methods=("GET", "POST"))
def plan(asked: Asked, desk: Desk, entry: str | None = None) -> HttpResponse:
    """Plan a session, or change the plan of one."""
    old = meeting_or_404(desk, entry) if entry else None
    form = SessionForm(desk, asked.POST or None, initial=_initial(desk, old))
    if asked.method == "POST" and form.is_valid():
        if not _known_zone(form.cleaned_data["zone"]):
            form.add_error("zone", say(asked, ".dialogue.no-such-zone"))
        else:
            replaces = (old.id,) if old and old.plan else ()
            saved = save(asked, desk, form, lambda: [form.entry(asked.today, replaces)])
            if saved:
                return see_other("session", tag=desk.tag, entry=saved[0])
    return page(asked, "team/dialogue_plan.html", desk=desk, form=form, meeting=old, visible_to=FACILITATORS)


def _initial(desk: Desk, old: Meeting | None) -> dict[str, object]:
    if old is not None and old.plan is not None:
        return {"room": old.room, **old.plan.model_dump()}
    if old is not None:
        return {"room": old.room, "session": old.name, "stage": old.stage, "day": old.day}
    zones = [entry.body.zone for entry in desk.settled if isinstance(entry, SessionPlanned | ProgrammeEntered)]
    return {"zone": zones[-1] if zones else "UTC", "room": "plenary"}


def _known_zone(name: str) -> bool:
    try:
        datetime.now(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


@door(*TEAM)
def session(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """A session with its parts."""
    meeting = meeting_or_404(desk, entry)
    return page(asked, "team/dialogue_session.html", desk=desk, meeting=meeting, stage=code(meeting.stage), visible_to=_seen_in(meeting.room))


def _seen_in(room: str) -> tuple[str, ...]:
    """Who can read what stands in a room."""
    if room == "team":
        return FACILITATORS
    return ("facilitators", f"side:{room.partition(':')[2]}") if ":" in room else ("everybody",)


class PartForm(forms.Form):
    part = forms.CharField(label=".dialogue.part", max_length=120)
    day = forms.DateField(label=".dialogue.day", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    present = forms.MultipleChoiceField(label=".dialogue.present", widget=forms.CheckboxSelectMultiple, required=False)
    attribution = forms.ChoiceField(
        label=".dialogue.attribution",
        choices=[(one, f".dialogue.attribution-{one}") for one in ("none", "side", "name")],
        widget=forms.RadioSelect,
        initial="none",
    )
    quotable = forms.BooleanField(label=".dialogue.quotable", required=False)
    no_notes = forms.BooleanField(label=".dialogue.no-notes", required=False)
    keep_until = forms.DateField(
        label=".dialogue.keep-until",
        help_text=".dialogue.keep-until-help",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def __init__(self, desk: Desk, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["present"].choices = people_of(desk)  # type: ignore[attr-defined]

    def entry(self, meeting: Meeting, on: date) -> PartHeld:
        """What was typed."""
        told = self.cleaned_data
        rule = Rule(attribution=told["attribution"], quotable=told["quotable"], notes=not told["no_notes"], keep_until=told["keep_until"])
        body = Part(session=meeting.name, part=told["part"], stage=meeting.stage, day=told["day"], present=tuple(told["present"]))
        return PartHeld(room=meeting.room, on=on, lamport=0, rule=rule, body=body)


@door(*TEAM, methods=("GET", "POST"))
def part_new(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Write down a part of a session: who was present, and which rule was agreed."""
    meeting = meeting_or_404(desk, entry)
    before = meeting.parts[-1].body.present if meeting.parts else [member.code for member in desk.initiative.members if member.invited]
    form = PartForm(desk, asked.POST or None, initial={"day": meeting.day, "present": list(before), "attribution": "none"})
    if asked.method == "POST" and form.is_valid():
        saved = save(asked, desk, form, lambda: [form.entry(meeting, asked.today)])
        if saved:
            return see_other("part", tag=desk.tag, entry=saved[0])
    return page(asked, "team/dialogue_part_new.html", desk=desk, form=form, meeting=meeting, visible_to=_seen_in(meeting.room))


class NoteForm(forms.Form):
    text = forms.CharField(label=".dialogue.note-text", help_text=".dialogue.note-help", max_length=8000, widget=forms.Textarea({"rows": 5}))
    language = forms.ChoiceField(label=".dialogue.language", choices=TONGUES)
    kind = forms.ChoiceField(label=".dialogue.note-kind", choices=[("content", ".dialogue.note-content"), ("words", ".dialogue.note-words")])
    speaker = forms.ChoiceField(label=".dialogue.speaker", help_text=".dialogue.speaker-help", required=False)
    room = forms.ChoiceField(label=".dialogue.note-room", initial="team")
    anyway = forms.BooleanField(label=".dialogue.anyway", required=False)

    def __init__(self, desk: Desk, part: Kept[Part], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = dict(people_of(desk))
        self.fields["speaker"].choices = [("", ".dialogue.speaker-none"), *((one, names.get(one, one)) for one in part.body.present)]  # type: ignore[attr-defined]
        rooms = dict.fromkeys(("team", part.room))
        self.fields["room"].choices = [(room, f".dialogue.note-room-{'team' if room == 'team' else 'same'}") for room in rooms]  # type: ignore[attr-defined]

    def entry(self, part: Kept[Part], rule: Rule, on: date) -> NoteTaken:
        """What was typed, under the rule of the part."""
        told = self.cleaned_data
        speaker = told["speaker"] or None
        body = Note(session=part.body.session, part=part.body.part, text=told["text"], language=told["language"], kind=told["kind"], speaker=speaker)
        return NoteTaken(room=told["room"], on=on, lamport=0, rule=rule, about=speaker, body=body)


def part_or_404(desk: Desk, entry: str) -> Kept[Part]:
    """The part of that id. Raises Http404."""
    found = next((one for one in desk.initiative.dialogue.parts if one.id == entry), None)
    if found is None:
        raise Http404
    return found


@door(*TEAM, methods=("GET", "POST"))
def part(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """A part with its notes. A note that seems to name somebody is shown again before it is saved."""
    held = part_or_404(desk, entry)
    spoken = desk.initiative.dialogue
    rule = [one.rule for one in spoken.parts if _same(one, held)][-1]
    form = NoteForm(desk, held, asked.POST or None, initial={"language": asked.voice.language})
    meant: tuple[Mention, ...] = ()
    if asked.method == "POST" and form.is_valid():
        try:
            note = form.entry(held, rule, asked.today)
            why_not = check_note(note, spoken, [member.code for member in desk.initiative.members])
        except ValueError:
            note, why_not = None, say(asked, ".dialogue.no-notes-here")
        meant = mentions(form.cleaned_data["text"], desk.initiative, form.cleaned_data["language"])
        if why_not:
            form.add_error(None, why_not)
        elif meant and not form.cleaned_data["anyway"]:
            form.add_error("text", say(asked, ".dialogue.names-somebody"))
        elif note is not None and save(asked, desk, form, lambda: [note]):
            return see_other("part", tag=desk.tag, entry=entry)
    return _part_page(asked, desk, held, rule, form, meant)


def _same(one: Kept[Part] | Kept[Note], other: Kept[Part]) -> bool:
    """True for what is of the same part, written down in its room or for the facilitators alone."""
    return (one.body.session, one.body.part) == (other.body.session, other.body.part) and one.room in (other.room, "team")


def _part_page(asked: Asked, desk: Desk, held: Kept[Part], rule: Rule, form: NoteForm, meant: Iterable[Mention]) -> HttpResponse:
    spoken = desk.initiative.dialogue
    notes = [(note, spoken.may_quote(note)) for note in spoken.notes if _same(note, held)]
    meeting = next((one for one in meetings_of(desk) if (one.room, one.name) == (held.room, held.body.session)), None)
    shown: dict[str, Any] = {"part": held, "rule": rule, "form": form, "notes": notes, "meant": tuple(meant), "meeting": meeting}
    shown["names"] = dict(people_of(desk))
    return page(asked, "team/dialogue_part.html", desk=desk, **shown, visible_to=_seen_in(held.room))


@door(*TEAM, methods=("POST",))
def quote(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Write down that the speaker of a note consents to be quoted, or no longer does."""
    spoken = desk.initiative.dialogue
    note = next((one for one in spoken.notes if one.id == entry and one.body.speaker), None)
    if note is None or note.body.speaker is None:
        raise Http404
    given = asked.POST.get("given") == "yes"
    old = tuple(one.id for one in spoken.quotations if one.body.note == entry and one.body.person == note.body.speaker)
    body = Quotation(note=entry, person=note.body.speaker, given=given, day=asked.today)
    desk.write(asked, QuotationDecided(room=note.room, on=asked.today, lamport=0, about=note.body.speaker, replaces=old, body=body))
    held = spoken.parts_of(note.body, note.room)
    return see_other("part", tag=desk.tag, entry=held[-1].id) if held else see_other("dialogue", tag=desk.tag)


class DestroyForm(forms.Form):
    sure = forms.BooleanField(label=".dialogue.destroy-sure")


@door(*TEAM, methods=("GET", "POST"))
def destroy(asked: Asked, desk: Desk, entry: str) -> HttpResponse:
    """Destroy the notes of a part, for good; that they were destroyed stays on record."""
    held = part_or_404(desk, entry)
    form = DestroyForm(asked.POST or None)
    if asked.method == "POST" and form.is_valid():
        try:
            destroy_notes(desk.record, desk.keeper, held.body.session, held.body.part, asked.today)
        except NothingToDestroy:
            form.add_error(None, say(asked, ".dialogue.nothing-to-destroy"))
        else:
            desk.changed()
            return see_other("part", tag=desk.tag, entry=entry)
    return page(asked, "team/dialogue_destroy.html", desk=desk, form=form, part=held, visible_to=_seen_in(held.room))


PATHS = [
    at("i/<tag:tag>/dialogue", dialogue, "dialogue"),
    at("i/<tag:tag>/dialogue/plan", plan, "plan"),
    at("i/<tag:tag>/dialogue/<entry:entry>/plan", plan, "plan-again"),
    at("i/<tag:tag>/dialogue/<entry:entry>", session, "session"),
    at("i/<tag:tag>/dialogue/<entry:entry>/part", part_new, "part-new"),
    at("i/<tag:tag>/dialogue/part/<entry:entry>", part, "part"),
    at("i/<tag:tag>/dialogue/part/<entry:entry>/destroy", destroy, "destroy"),
    at("i/<tag:tag>/dialogue/note/<entry:entry>/quote", quote, "quote"),
]
