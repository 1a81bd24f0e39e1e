"""The export of what was said in sessions, without who said it: the Chatham House Rule, applied to data.

What leaves has no field in which a speaker, an affiliation, a session or an hour could stand. Small groups are held back, over all exports
together (`small_groups`); the order is that of hashes. What no rule can hold back is what only one person would say: that a person reads.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracktwo.record.dialogue import Dialogue, Exporting, Kept, Note, Shown
from tracktwo.record.gate import NounMask, private_names
from tracktwo.record.initiative import Initiative
from tracktwo.record.mask import SHARED
from tracktwo.record.mentions import Mention, mentions
from tracktwo.record.small_groups import SMALLEST, Candidate, Chooser, keyed

FORMAT: Literal["words/1"] = "words/1"

Reason = Literal["unknown part", "no notes", "overdue", "not to be quoted", "small group"]
REASONS: dict[Reason, str] = {
    "unknown part": "the record does not know the part of the session in which they were said, nor its rule",
    "no notes": "their part was agreed to be without notes",
    "overdue": "they should have been destroyed by now",
    "not to be quoted": "they are somebody's own words, and the rule or the speaker does not let them be quoted",
    "small group": "too few people speak in the group that they would form, alone or beside an earlier export",
}


@dataclass(frozen=True)
class Item:
    """Something that was said, as the outside sees it. The label is '' or the name of a side, or of a person who consents to be quoted by name."""

    text: str
    label: str
    language: str


@dataclass(frozen=True)
class Export:
    """What leaves: the day of the export and the items, in an order that says nothing."""

    day: date
    items: tuple[Item, ...]

    def as_json(self) -> str:
        """UTF-8 JSON with sorted keys; the same export always gives the same bytes."""
        items = [{"text": item.text, "label": item.label, "language": item.language} for item in self.items]
        return json.dumps({"format": FORMAT, "day": self.day.isoformat(), "items": items}, ensure_ascii=False, indent=1) + "\n"

    def as_text(self) -> str:
        """One paragraph an item, its label before it; the further lines of an item are indented, so that none passes for an item."""
        lines = [f"- {item.label + ': ' if item.label else ''}{item.text}".replace("\n", "\n  ") for item in self.items]
        return "\n".join([self.day.isoformat(), "", *lines, ""])

    def as_csv(self) -> str:
        """Columns text, label, language. A cell that a spreadsheet would compute begins with an apostrophe."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(["text", "label", "language"])
        writer.writerows([_cell(item.text), _cell(item.label), _cell(item.language)] for item in self.items)
        return out.getvalue()


@dataclass(frozen=True)
class HeldBack:
    """How many notes do not leave, and why; never whose."""

    reason: Reason
    notes: int

    @property
    def sentence(self) -> str:
        return f"{self.notes} {'note is' if self.notes == 1 else 'notes are'} held back: {REASONS[self.reason]}"


@dataclass(frozen=True)
class Warned:
    """Somebody whom a text that is about to leave seems to mean: for a person to read."""

    text: str
    mention: Mention


@dataclass(frozen=True)
class Prepared:
    """An export before it leaves, with what the team has to see and the body to be written into the record before it does."""

    export: Export
    made: Exporting
    held_back: tuple[HeldBack, ...]
    warnings: tuple[Warned, ...]


def exported(
    initiative: Initiative, *, audience: str, day: date, rooms: Collection[str] = ("plenary",), smallest: int | None = None, seed: str = ""
) -> Prepared:
    """Prepare an export of the notes taken in these rooms. The same initiative, with the same earlier exports, gives the same bytes.

    `made` must be in the record (`ExportMade`) before the export is handed out, or the next one cannot take it into account. `smallest` is the
    number of speakers that a group needs; without it, that of the earlier exports. `seed` keys the order of items and the choice of notes that
    are held back beside others.

    Raises ValueError where `smallest` is below five or below what an earlier export asked for, and where a room is not one in which people speak.
    """
    needed = _smallest(initiative.dialogue, smallest)
    for room in rooms:
        if room not in ("plenary", "team") and not room.startswith("caucus:"):
            raise ValueError(f"nothing said in the room '{room}' can be exported; rooms are plenary, team and caucus:<side>")
    dialogue, order = initiative.dialogue, keyed(seed)
    held: Counter[Reason] = Counter()
    candidates = []
    for note in dialogue.notes:
        candidate, reason = _candidate(initiative, note, day, rooms)
        candidates.append(candidate)
        if reason is not None:
            held[reason] += 1
    sides = {member.code: frozenset(member.person.sides) for member in initiative.members}
    chooser = Chooser(sides, several=len(initiative.sides) > 1, smallest=needed, order=order)
    earlier = [{shown.note: (shown.label, shown.language) for shown in made.body.shown} for made in dialogue.exports]
    labels = chooser.choose(candidates, earlier)
    held["small group"] += sum(candidate.wish is not None and candidate.note not in labels for candidate in candidates)
    notes = [note for note in dialogue.notes if note.id in labels]
    outward = _Outward(initiative)
    items = [Item(outward.text(note.body.text), outward.label(labels[note.id]), note.body.language) for note in notes]
    items.sort(key=lambda item: (order(item.text), item.label, item.language))
    export = Export(day, tuple(items))
    shown = sorted((Shown(note=note.id, label=labels[note.id], language=note.body.language) for note in notes), key=lambda one: one.note)
    digest = hashlib.sha256(export.as_json().encode()).hexdigest()
    made = Exporting(audience=audience, day=day, smallest=needed, shown=tuple(shown), sha256=digest)
    warnings = tuple(Warned(item.text, found) for item in items for found in mentions(item.text, initiative, item.language))
    return Prepared(export, made, tuple(HeldBack(reason, held[reason]) for reason in REASONS if held[reason]), warnings)


def _smallest(dialogue: Dialogue, asked: int | None) -> int:
    floor = max([SMALLEST, *(made.body.smallest for made in dialogue.exports)])
    if asked is not None and asked < floor:
        why = "this initiative has already asked for it" if floor > SMALLEST else "it can be raised, not lowered"
        raise ValueError(f"the smallest group shown is {floor} speakers, not {asked}: {why}")
    return asked or floor


def _candidate(initiative: Initiative, note: Kept[Note], day: date, rooms: Collection[str]) -> tuple[Candidate, Reason | None]:
    """A note with the label that its rule allows, or why it may not leave; notes of other rooms may not either, without a reason to be told."""
    dialogue = initiative.dialogue
    rule, parts, body = dialogue.rule_of(note), dialogue.parts_of(note.body, note.room), note.body
    present = frozenset.intersection(*(frozenset(part.body.present) for part in parts)) if parts else frozenset()
    reason: Reason | None = None
    if not parts:
        reason = "unknown part"
    elif not rule.notes:
        reason = "no notes"
    elif rule.keep_until is not None and day > rule.keep_until:
        reason = "overdue"
    elif body.kind == "words" and not (rule.quotable and dialogue.may_quote(note)):
        reason = "not to be quoted"
    members = {member.code: member.person for member in initiative.members}
    speaker = members.get(body.speaker or "")
    wish, named = "", False
    if rule.attribution == "name" and body.kind == "words" and speaker is not None:
        wish, named = body.speaker or "", True
    elif rule.attribution != "none" and speaker is not None and len(speaker.sides) == 1:
        wish = next((side.id for side in initiative.sides if side.id == speaker.sides[0]), "")
    may_leave = reason is None and note.room in rooms
    candidate = Candidate(
        note=note.id,
        language=body.language,
        speaker=body.speaker,
        present=present,
        side_secret=rule.attribution == "none",
        wish=wish if may_leave else None,
        named=named and may_leave,
    )
    return candidate, reason if note.room in rooms else None


class _Outward:
    """Words as the outside may see them: no names of the initiative's people, and no codes either, since a code shows the side."""

    def __init__(self, initiative: Initiative) -> None:
        self._mask = NounMask(initiative, names=False)
        self._names = {member.code: member.person.name for member in initiative.members}
        self._sides = {side.id: side.name for side in initiative.sides}
        codes = {*self._names, *private_names(initiative).values()} - {SHARED}
        codes |= {code for part in initiative.dialogue.parts for code in part.body.present}
        codes |= {note.body.speaker for note in initiative.dialogue.notes if note.body.speaker}
        any_code = "|".join(re.escape(code) for code in sorted(codes, key=lambda code: (-len(code), code)))
        self._codes = re.compile(rf"(?<![A-Za-z0-9])(?:{any_code})(?![A-Za-z0-9])") if codes else None

    def text(self, text: str) -> str:
        masked = self._mask.text(text)
        return self._codes.sub(SHARED, masked) if self._codes else masked

    def label(self, label: str) -> str:
        """The name of a side, or of a person who consents to it; '' for no label."""
        if label in self._names:
            return self._names[label]
        return self._mask.text(self._sides[label]) if label else ""


_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""With these a cell begins that a spreadsheet takes for a formula; the wide forms in East Asian settings."""


def _cell(text: str) -> str:
    return "'" + text if text.startswith(_COMPUTED) else text
