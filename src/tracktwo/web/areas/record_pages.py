"""The record: its history, whether it is whole, copies for a laptop, what is shared and published of it, and what is destroyed for good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from tracktwo.model.base import Noun
from tracktwo.record.bundle import NotABundle, bundle_from, bundle_of
from tracktwo.record.chatham import exported
from tracktwo.record.destruction import NothingToDestroy, erase_person
from tracktwo.record.dialogue import CasePublished, ExportMade
from tracktwo.record.entry import BaseEntry
from tracktwo.record.home import write_whole
from tracktwo.record.keeping import MemberIntroduced
from tracktwo.record.membership import only_one_holder
from tracktwo.record.mentions import mentions
from tracktwo.record.merge import NotMerged, merge
from tracktwo.record.publish import Refused, draft_case, publish_case
from tracktwo.record.small_groups import SMALLEST
from tracktwo.web.access import STEWARDS, at, door
from tracktwo.web.alarm import frozen
from tracktwo.web.areas.downloads import attachment
from tracktwo.web.asked import Asked
from tracktwo.web.desk import Desk
from tracktwo.web.navigation import room_named
from tracktwo.web.pages import page, say, see_other

_LINES = 100
"""Lines of the history on one page."""
_FIRST = ("title", "name", "what", "text", "statement", "session", "question", "member", "purpose")


@door(*STEWARDS)
def record(asked: Asked, desk: Desk) -> HttpResponse:
    """What the record amounts to: rooms with the words to compare at the next session, and what needs care."""
    held = desk.record.keyring.rooms.values()
    rooms = [
        (room.name, sum(told.room == room.id for told in desk.told), desk.record.head_words(room.name))
        for room in sorted(held, key=lambda one: (one.box, one.name))
        if not room.closed_to_me
    ]
    lonely, conflicts = [room_named(name, desk) for name in only_one_holder(desk.record)], desk.initiative.conflicts
    return page(
        asked, "team/record.html", desk=desk, entries=len(desk.told), rooms=rooms, lonely=lonely, conflicts=conflicts, frozen=frozen(desk),
        visible_to=STEWARDS,
    )  # fmt: skip


@door(*STEWARDS)
def history(asked: Asked, desk: Desk) -> HttpResponse:
    """Every entry that the keys open, the last one first, by room and by type. In the address both are numbers: a browser remembers addresses."""
    names = {entry.body.member: entry.body.name for entry in desk.entries if isinstance(entry, MemberIntroduced)}
    told = sorted(desk.told, key=lambda one: (one.entry.on, one.entry.lamport, one.entry.id), reverse=True)
    kinds = sorted({type(one.entry).__name__ for one in told})
    rooms = sorted({one.entry.room for one in told})
    room, kind = _numbered(rooms, asked.GET.get("room")), _numbered(kinds, asked.GET.get("kind"))
    chosen = [one for one in told if room in ("", one.entry.room) and kind in ("", type(one.entry).__name__)]
    sent = str(asked.GET.get("from", ""))
    start = min(int(sent), len(chosen)) if sent.isascii() and sent.isdecimal() and len(sent) < 9 else 0
    live = {entry.id for entry in desk.settled}
    lines = [
        (one, names.get(one.entry.author, one.entry.author), first_words(one.entry), one.entry.id in live) for one in chosen[start : start + _LINES]
    ]
    return page(
        asked, "team/history_of_record.html", desk=desk, lines=lines, kinds=kinds, rooms=rooms, room=room, kind=kind,
        later=start + _LINES if start + _LINES < len(chosen) else None, count=len(chosen), visible_to=STEWARDS,
    )  # fmt: skip


def _numbered(names: list[str], number: object) -> str:
    """The name at a place, counted from one; empty for none."""
    return {str(place): name for place, name in enumerate(names, 1)}.get(str(number), "")


def first_words(entry: BaseEntry, length: int = 80) -> str:
    """The first words of an entry's body, for a line of the history."""
    found = next((value for name in _FIRST if isinstance(value := getattr(entry.body, name, None), str) and value), None)
    if found is None and isinstance(entry.body, Noun):
        found = next(_texts(entry.body.model_dump(mode="json", exclude_none=True)), "")
    return (found or "")[:length]


@door(*STEWARDS, methods=("POST",))
def verify(asked: Asked, desk: Desk) -> HttpResponse:
    """Read everything anew and check every chain, every tag and every key."""
    reading = desk.record.read()
    older = desk.home.older_than_seen(desk.initiative_id, reading.chains.heads)
    problems = [problem.sentence for problem in (*reading.problems, *older)]
    vouched = sum(told.attested for told in reading.told)
    numbers = {"entries": len(reading.told), "vouched": vouched, "reported": len(reading.told) - vouched, "chains": len(reading.chains.heads)}
    return page(asked, "team/record_verified.html", desk=desk, problems=problems, numbers=numbers, visible_to=STEWARDS)


@door(*STEWARDS, methods=("POST",))
def bundle(asked: Asked, desk: Desk) -> HttpResponse:
    """The sealed record for a laptop or for safe-keeping: it opens with the keys that open it here."""
    made = bundle_of(desk.store, desk.record.secret, desk.initiative_id)
    return attachment("initiative.t2", made.to_bytes())


@door(*STEWARDS, methods=("GET", "POST"))
def merge_in(asked: Asked, desk: Desk) -> HttpResponse:
    """Bring in what a laptop has and this record has not. It is checked first; what does not verify changes nothing."""
    wrong, joined = "", None
    if asked.method == "POST":
        file = asked.FILES.get("bundle")
        try:
            if not isinstance(file, UploadedFile):
                wrong = say(asked, ".record.no-bundle")
            else:
                joined = merge(desk.record, bundle_from(file.read()))
                if joined.renew:
                    desk.record.replica = desk.home.renew(desk.initiative_id, desk.record.identity.member)
                desk.changed()
        except NotABundle as error:
            wrong = f"{file and file.name} {error}"
        except NotMerged as error:
            wrong = str(error)
    return page(asked, "team/record_merge.html", desk=desk, wrong=wrong, joined=joined, visible_to=STEWARDS)


class ShareForm(forms.Form):
    audience = forms.CharField(label=".record.audience", help_text=".record.audience-help", max_length=120)
    rooms = forms.MultipleChoiceField(
        label=".record.notes-of",
        help_text=".record.notes-of-help",
        choices=[(room, f".people.room.{room}") for room in ("plenary", "team")],
        initial=["plenary"],
        widget=forms.CheckboxSelectMultiple,
    )
    smallest = forms.IntegerField(label=".record.smallest", help_text=".record.smallest-help", min_value=SMALLEST, max_value=100, initial=SMALLEST)
    form = forms.ChoiceField(
        label=".record.form", choices=[("text", "TXT"), ("csv", "CSV"), ("json", "JSON")], widget=forms.RadioSelect, initial="text"
    )


@door(*STEWARDS, methods=("GET", "POST"))
def share(asked: Asked, desk: Desk) -> HttpResponse:
    """What may leave under the Chatham House Rule: first to be read, with warnings; then, by another press, to be saved and written down."""
    form = ShareForm(asked.POST if "audience" in asked.POST else None)
    shut, prepared = frozen(desk), None
    if form.is_bound and form.is_valid() and not shut:
        wanted = form.cleaned_data
        try:
            prepared = exported(desk.initiative, audience=wanted["audience"], day=asked.today, rooms=wanted["rooms"], smallest=wanted["smallest"])
        except ValueError as error:
            form.add_error(None, str(error))
        if prepared is not None and "save" in asked.POST:
            desk.write(asked, ExportMade(on=asked.today, lamport=0, body=prepared.made))
            made: Callable[[], str] = getattr(prepared.export, f"as_{wanted['form']}")
            return attachment(f"words.{'txt' if wanted['form'] == 'text' else wanted['form']}", made().encode())
    return page(asked, "team/record_share.html", desk=desk, form=form, prepared=prepared, frozen=shut, visible_to=STEWARDS)


class CaseForm(forms.Form):
    draft = forms.CharField(
        label=".record.draft", help_text=".record.draft-help", widget=forms.Textarea({"rows": 24, "dir": "ltr", "spellcheck": "false"})
    )


@door(*STEWARDS, methods=("GET", "POST"))
def publish(asked: Asked, desk: Desk) -> HttpResponse:
    """The anonymised case: a draft that a person reviews field by field, and then a file for the library. Nothing is sent anywhere."""
    shut = frozen(desk)
    form = CaseForm(asked.POST if asked.method == "POST" else None, initial={"draft": draft_case(desk.initiative)})
    faults: tuple[str, ...] = ()
    if form.is_bound and form.is_valid() and not shut:
        try:
            done = publish_case(form.cleaned_data["draft"], desk.initiative, day=asked.today)
            desk.write(asked, CasePublished(on=asked.today, lamport=0, body=done.made))
            write_whole(desk.home.folder / "cases" / f"{done.case.id}.json", done.json.encode())
            return see_other("record", tag=desk.tag)
        except Refused as error:
            faults = error.faults
    return page(asked, "team/record_publish.html", desk=desk, form=form, faults=faults, frozen=shut, visible_to=STEWARDS)


class EraseForm(forms.Form):
    person = forms.ChoiceField(label=".record.person", help_text=".record.person-help")
    sure = forms.BooleanField(label=".record.sure")

    def __init__(self, desk: Desk, data: Any, asked: Asked) -> None:
        super().__init__(data, auto_id="f-%s")
        people = [(member.code, f"{member.code} · {member.person.name}") for member in desk.initiative.members]
        self.fields["person"].choices = [("", say(asked, ".record.choose")), *people]  # type: ignore[attr-defined]


@door(*STEWARDS, methods=("GET", "POST"))
def erase(asked: Asked, desk: Desk) -> HttpResponse:
    """Destroy every entry about one person, for good. What else mentions the person is listed: a machine does not take back others' words."""
    form = EraseForm(desk, asked.POST if "person" in asked.POST else None, asked)
    done = None
    mentioned: tuple[tuple[str, str, str], ...] = ()
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["person"]
        mentioned = tuple(mentions_of(desk, code))
        try:
            done = erase_person(desk.record, desk.keeper, code, asked.today)
            desk.changed()
        except NothingToDestroy as error:
            form.add_error("person", str(error))
    return page(asked, "team/record_erase.html", desk=desk, form=form, done=done, mentioned=mentioned, visible_to=STEWARDS)


def mentions_of(desk: Desk, code: str) -> Iterator[tuple[str, str, str]]:
    """(type of entry, day, words) wherever entries about something else seem to mention somebody."""
    told = dict.fromkeys(
        (type(entry).__name__, entry.on.isoformat(), mention.words)
        for entry in desk.settled
        if entry.about != code
        for text in _texts(entry.body.model_dump(mode="json"))
        for mention in mentions(text, desk.initiative)
        if code in mention.codes
    )
    yield from told


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


PATHS = [
    at("i/<tag:tag>/record", record, "record"),
    at("i/<tag:tag>/record/history", history, "record-history"),
    at("i/<tag:tag>/record/verify", verify, "record-verify"),
    at("i/<tag:tag>/record/bundle", bundle, "record-bundle"),
    at("i/<tag:tag>/record/merge", merge_in, "record-merge"),
    at("i/<tag:tag>/record/share", share, "record-share"),
    at("i/<tag:tag>/record/publish", publish, "record-publish"),
    at("i/<tag:tag>/record/erase", erase, "record-erase"),
]
