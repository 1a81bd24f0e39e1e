"""Entries about what is said: parts of sessions with their rule, notes, consent to be quoted, what was let out; and the dialogue they add up to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracktwo.model.base import Language, Noun, Text
from tracktwo.record.entry import BaseEntry, EntryId, PersonCode, Rule

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal digits."""

_ATTRIBUTION = ("none", "side", "name")
"""The strictest first."""


class Part(Noun):
    """A part of a session, with who was in the room. The rule that was agreed for it stands on the entry."""

    session: Text
    part: Text
    stage: Text | None = None
    """What the part was for, in the team's words: needs and fears, joint thinking …"""
    day: date
    present: tuple[PersonCode, ...]


class Note(Noun):
    """What was said in a part of a session: its content in the words of whoever took the note, or the words themselves."""

    session: Text
    part: Text
    text: Text
    language: Language
    kind: Literal["content", "words"] = "content"
    """`words` are somebody's own, and leave only as a quotation: where the rule allows it and the speaker consents."""
    speaker: PersonCode | None = None


class Quotation(Noun):
    """Whether a person consents to be quoted with the words of one note."""

    note: EntryId
    person: PersonCode
    given: bool
    day: date


class Shown(Noun):
    """A note that an export showed: under which label ('' for none, a side's id, or a person's code), in which language."""

    note: EntryId
    label: str
    language: Language


class Exporting(Noun):
    """An export of what was said: to whom, when, and what was in it, so that the next one can be compared with it."""

    audience: Text
    day: date
    smallest: Annotated[int, Field(ge=5)]
    """Speakers that a group had to have at least to be shown."""
    shown: tuple[Shown, ...]
    sha256: Digest
    """Of the export as JSON."""


class Publication(Noun):
    """A case that this initiative gave to the library: on whose consent, and which fields a person reviewed."""

    case: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    day: date
    consent: tuple[Text, ...] = Field(min_length=1)
    """Codes of people, or words on whose consent it is."""
    reviewed: tuple[Text, ...]
    sha256: Digest
    """Of the case as JSON."""


def _said_in(room: str) -> bool:
    return room in ("plenary", "team") or room.startswith("caucus:")


class PartHeld(BaseEntry):
    type: Literal["PartHeld"] = "PartHeld"
    rule: Rule
    body: Part

    @model_validator(mode="after")
    def _in_a_room_where_people_speak(self) -> PartHeld:
        if not _said_in(self.room):
            raise PydanticCustomError("room", "should stand in the plenary, in a caucus or in the team's room")
        return self


class NoteTaken(BaseEntry):
    type: Literal["NoteTaken"] = "NoteTaken"
    rule: Rule
    body: Note

    @model_validator(mode="after")
    def _about_its_speaker(self) -> NoteTaken:
        if not _said_in(self.room):
            raise PydanticCustomError("room", "should stand in the plenary, in a caucus or in the team's room")
        if self.about != self.body.speaker:
            raise PydanticCustomError("about", "should be about its speaker, so that to erase the person erases the words")
        if not self.rule.notes:
            raise PydanticCustomError("notes", "should not be written: the rule says that no notes are taken")
        return self

    @property
    def key_label(self) -> tuple[str, ...]:
        """Notes of one part share a key for each author and speaker: they go with the part, and with the speaker."""
        return ("notes", self.author, self.body.session, self.body.part, self.body.speaker or "")


class QuotationDecided(BaseEntry):
    type: Literal["QuotationDecided"] = "QuotationDecided"
    body: Quotation

    @model_validator(mode="after")
    def _about_the_person(self) -> QuotationDecided:
        if self.about != self.body.person:
            raise PydanticCustomError("about", "should be about the person who decides, so that to erase the person erases the decision")
        return self


class ExportMade(BaseEntry):
    type: Literal["ExportMade"] = "ExportMade"
    room: Literal["team"] = "team"
    body: Exporting


class CasePublished(BaseEntry):
    type: Literal["CasePublished"] = "CasePublished"
    room: Literal["team"] = "team"
    body: Publication


DIALOGUE: tuple[type[BaseEntry], ...] = (PartHeld, NoteTaken, QuotationDecided, ExportMade, CasePublished)

B = TypeVar("B", Part, Note, Quotation, Exporting, Publication)


@dataclass(frozen=True)
class Kept(Generic[B]):
    """What an entry of the dialogue says, with what is needed of the entry itself."""

    id: str
    room: str
    on: date
    rule: Rule
    body: B


@dataclass(frozen=True)
class Dialogue:
    """What was said and let out, each in the order of the record."""

    parts: tuple[Kept[Part], ...] = ()
    notes: tuple[Kept[Note], ...] = ()
    quotations: tuple[Kept[Quotation], ...] = ()
    exports: tuple[Kept[Exporting], ...] = ()
    published: tuple[Kept[Publication], ...] = ()

    def parts_of(self, note: Note, room: str) -> tuple[Kept[Part], ...]:
        """What is known of the part in which a note of this room was taken; more than one where it was agreed again."""
        return tuple(
            part
            for part in self.parts
            if (part.body.session, part.body.part) == (note.session, note.part) and (room in (part.room, "team") or part.room == "team")
        )

    def rule_of(self, note: Kept[Note]) -> Rule:
        """The rule under which a note may be used: the strictest of its own and of all that stand for its part."""
        return strictest([note.rule, *(part.rule for part in self.parts_of(note.body, note.room))])

    def may_quote(self, note: Kept[Note]) -> bool:
        """True where the speaker of the words consents, and no refusal stands. A refusal ends only when an entry replaces it."""
        decided = [one.body for one in self.quotations if one.body.note == note.id and one.body.person == note.body.speaker]
        return note.body.speaker is not None and bool(decided) and all(one.given for one in decided)


def dialogue_of(live: Iterable[BaseEntry]) -> Dialogue:
    """The dialogue that the entries that count amount to, given in the order of the record. Pure."""
    parts, notes, quotations, exports, published = [], [], [], [], []
    for entry in live:
        match entry:
            case PartHeld():
                parts.append(_kept(entry, entry.body))
            case NoteTaken():
                notes.append(_kept(entry, entry.body))
            case QuotationDecided():
                quotations.append(_kept(entry, entry.body))
            case ExportMade():
                exports.append(_kept(entry, entry.body))
            case CasePublished():
                published.append(_kept(entry, entry.body))
    return Dialogue(tuple(parts), tuple(notes), tuple(quotations), tuple(exports), tuple(published))


def _kept(entry: BaseEntry, body: B) -> Kept[B]:
    return Kept(entry.id, entry.room, entry.on, entry.rule or Rule(), body)


def strictest(rules: Collection[Rule]) -> Rule:
    """The rule that breaks none of these: of each point the strictest."""
    days = [rule.keep_until for rule in rules if rule.keep_until]
    return Rule(
        attribution=min((rule.attribution for rule in rules), key=_ATTRIBUTION.index, default="none"),
        quotable=all(rule.quotable for rule in rules),
        notes=all(rule.notes for rule in rules),
        keep_until=min(days, default=None),
    )


def check_note(entry: NoteTaken, dialogue: Dialogue, people: Collection[str]) -> str | None:
    """Why a note may not be written, in one sentence, or None. `people` are the codes of everybody in the initiative."""
    note = entry.body
    where = f"the part '{note.part}' of the session '{note.session}'"
    parts = dialogue.parts_of(note, entry.room)
    if not parts:
        return f"the record does not know {where} in this room; first write down who was present and which rule was agreed"
    agreed = parts[-1].rule
    if not agreed.notes:
        return f"{where} was agreed to be without notes"
    if entry.rule != agreed:
        return f"the note says another rule than was agreed last for {where}, which is: {in_words(agreed)}"
    if agreed.keep_until is not None and entry.on > agreed.keep_until:
        return f"the notes of {where} were to be destroyed by {agreed.keep_until.isoformat()}, so none can be added on {entry.on.isoformat()}"
    if note.speaker is not None and note.speaker not in people:
        return f"'{note.speaker}' is the code of nobody in this initiative; leave the speaker out or give a code of the roster"
    if note.speaker is not None and not any(note.speaker in part.body.present for part in parts):
        return f"{note.speaker} is not among those present at {where}; correct the note, or who was present"
    return None


def in_words(rule: Rule) -> str:
    """A rule in English words, for messages."""
    attribution = {"none": "neither name nor side", "side": "the side may be told", "name": "the name may be told"}[rule.attribution]
    keep = f"destroyed by {rule.keep_until.isoformat()}" if rule.keep_until else "kept"
    return f"{attribution}, {'quotable with consent' if rule.quotable else 'not quotable'}, {'notes ' + keep if rule.notes else 'no notes'}"


@dataclass(frozen=True)
class Overdue:
    """A part of a session whose notes should be gone."""

    session: str
    part: str
    since: date
    notes: int


def overdue(dialogue: Dialogue, day: date) -> tuple[Overdue, ...]:
    """The parts whose notes should have been destroyed before this day and are still there, in the order in which they were held."""
    late: dict[tuple[str, str], list[date]] = {}
    for note in dialogue.notes:
        until = dialogue.rule_of(note).keep_until
        if until is not None and until < day:
            late.setdefault((note.body.session, note.body.part), []).append(until)
    order = {(part.body.session, part.body.part): number for number, part in reversed(list(enumerate(dialogue.parts)))}
    found = [Overdue(session, part, min(days), len(days)) for (session, part), days in late.items()]
    return tuple(sorted(found, key=lambda one: (order.get((one.session, one.part), len(order)), one.session, one.part)))
