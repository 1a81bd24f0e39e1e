"""Invented histories of an initiative with exports, and an attacker who has all of them; he knows nothing of how an export is made."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracktwo.model.brief import Party, Person, Side
from tracktwo.record.chatham import Export, Prepared, exported
from tracktwo.record.dialogue import ExportMade, Note, NoteTaken, Part, PartHeld, Quotation, QuotationDecided
from tracktwo.record.entries import InitiativeOpened, Opening, PartyAdded, PersonInvited, SideDeclared
from tracktwo.record.entry import BaseEntry, Rule
from tracktwo.record.initiative import Initiative, replay
from tracktwo.record.keeping import FactWithdrawn, Withdrawal

DAY = date(2026, 3, 2)
FEWEST = 5
"""The figure of the threat model, written here a second time."""


@dataclass(frozen=True)
class Truth:
    """Who really said the words of a note; the record may not say."""

    speaker: str
    could: frozenset[str]
    """Who, as far as the record and those present know, could have said them."""
    noted: bool
    secret_side: bool


@dataclass
class History:
    """A record in the making, and what really happened."""

    chance: random.Random
    sides: dict[str, frozenset[str]] = field(default_factory=dict)
    entries: list[BaseEntry] = field(default_factory=list)
    truth: dict[str, Truth] = field(default_factory=dict)
    notes: dict[str, NoteTaken] = field(default_factory=dict)
    exports: list[Export] = field(default_factory=list)
    lamport: int = 0
    sessions: int = 0

    def add(self, cls: type[BaseEntry], **fields: object) -> BaseEntry:
        self.lamport += 1
        entry = cls(on=DAY + timedelta(days=self.lamport // 40), lamport=self.lamport, **fields)  # type: ignore[arg-type]
        self.entries.append(entry)
        return entry

    def initiative(self) -> Initiative:
        return replay(self.entries)

    @property
    def several(self) -> bool:
        return len({side for sides in self.sides.values() for side in sides}) > 1


def begun(seed: int) -> History:
    """An initiative with two or three sides of two to nine people, one without a side, and one of two sides."""
    chance = random.Random(seed)
    history = History(chance)
    history.add(InitiativeOpened, body=Opening(title="Invented", challenge="friendship", written=DAY, fictional=True))
    history.add(PartyAdded, body=Party(name="P"))
    for number, name in enumerate(["north", "south", "west"][: chance.choice([2, 2, 3])]):
        history.add(SideDeclared, body=Side(id=name, name=name.capitalize()))
        for person in range(chance.choice([2, 4, 6, 9])):
            invite(history, f"{'ABC'[number]}-{person + 1:02d}", (name,))
    if chance.random() < 0.5:
        invite(history, "N-01", ())
    if chance.random() < 0.3:
        invite(history, "M-01", ("north", "south"))
    return history


def invite(history: History, code: str, sides: tuple[str, ...]) -> None:
    history.sides[code] = frozenset(sides)
    history.add(PersonInvited, about=code, body=Person(name=f"Invented {code.replace('-', ' ')}", sides=sides, fictional=True))


def session(history: History, *, rule: Rule | None = None) -> None:
    """A part of a session: some or all people are there and speak, some more than others; some notes leave the speaker out."""
    chance = history.chance
    history.sessions += 1
    rule = rule or Rule(attribution=chance.choice(["none", "none", "side", "name"]), quotable=chance.random() < 0.7)
    people = sorted(history.sides)
    caucus = next(iter(sorted({side for sides in history.sides.values() for side in sides}))) if chance.random() < 0.15 else ""
    if caucus:
        people = [person for person in people if caucus in history.sides[person]]
    if len(people) > 2 and chance.random() < 0.4:
        people = sorted(chance.sample(people, chance.randint(2, len(people))))
    room = f"caucus:{caucus}" if caucus else "plenary"
    name = f"session {history.sessions}"
    history.add(PartHeld, room=room, rule=rule, body=Part(session=name, part="whole", day=DAY, present=tuple(people)))
    nameless = chance.random() < 0.15
    for _ in range(chance.randint(3, 30)):
        speaker = chance.choice(people if chance.random() < 0.8 else people[:3])
        known = not nameless and chance.random() < 0.9
        text = f"Matter {history.lamport} {chance.randrange(10**9)}"
        kind = "words" if known and rule.quotable and chance.random() < 0.3 else "content"
        language = chance.choice(["en", "en", "en", "fr"])
        body = Note(session=name, part="whole", text=text, language=language, kind=kind, speaker=speaker if known else None)
        note = history.add(NoteTaken, room=room, rule=rule, about=speaker if known else None, body=body)
        assert isinstance(note, NoteTaken)
        history.truth[text] = Truth(speaker, frozenset({speaker} if known else people), known, rule.attribution == "none")
        history.notes[note.id] = note
        if kind == "words" and chance.random() < 0.8:
            decide(history, note, given=True)


def decide(history: History, note: NoteTaken, *, given: bool) -> None:
    speaker = note.body.speaker or ""
    history.add(QuotationDecided, about=speaker, body=Quotation(note=note.id, person=speaker, given=given, day=DAY))


def change(history: History) -> str:
    """What happens between two exports: more is said, people join, consent ends, somebody takes a note or everything back, or is erased."""
    chance = history.chance
    what = chance.choice(["nothing", "session", "session", "join", "refuse", "withdraw note", "withdraw person", "erase person", "destroy session"])
    spoke = sorted({note.body.speaker for note in history.notes.values() if note.body.speaker})
    if what == "session":
        session(history)
    elif what == "join":
        side = chance.choice(["north", "south"])
        code = f"{'A' if side == 'north' else 'B'}-{50 + history.lamport % 49:02d}"
        if code not in history.sides:
            invite(history, code, (side,))
        session(history)
    elif what == "refuse":
        words = [note for note in history.notes.values() if note.body.kind == "words"]
        person = chance.choice(sorted({note.body.speaker or "" for note in words})) if words else ""
        for note in words:
            if note.body.speaker == person:
                decide(history, note, given=False)
    elif what == "withdraw note" and history.notes:
        gone = chance.choice(sorted(history.notes))
        history.add(FactWithdrawn, replaces=(gone,), body=Withdrawal())
        del history.notes[gone]
    elif what in ("withdraw person", "erase person") and spoke:
        person = chance.choice(spoke)
        drop(history, [id_ for id_, note in history.notes.items() if note.body.speaker == person], erased=what == "erase person")
        if what == "erase person":
            history.entries = [entry for entry in history.entries if entry.about != person]
    elif what == "destroy session" and history.notes:
        name = chance.choice(sorted({note.body.session for note in history.notes.values()}))
        drop(history, [id_ for id_, note in history.notes.items() if note.body.session == name], erased=True)
    return what


def drop(history: History, ids: Sequence[str], *, erased: bool) -> None:
    """Take notes back, or, as after the end of their key, let nothing of them be there."""
    if erased:
        history.entries = [entry for entry in history.entries if entry.id not in ids]
    elif ids:
        history.add(FactWithdrawn, replaces=tuple(ids), body=Withdrawal())
    for gone in ids:
        del history.notes[gone]


Exporter = Callable[[Initiative, tuple[str, ...]], Prepared]


def careful(initiative: Initiative, rooms: tuple[str, ...]) -> Prepared:
    return exported(initiative, audience="somebody", day=DAY + timedelta(days=30), rooms=rooms)


def export(history: History, exporter: Exporter = careful) -> None:
    rooms: tuple[str, ...] = ("plenary",) if history.chance.random() < 0.7 else ("plenary", "caucus:north")
    done = exporter(history.initiative(), rooms)
    history.add(ExportMade, body=done.made)
    history.exports.append(done.export)


def lived(seed: int, exporter: Exporter = careful) -> History:
    """Sessions, an export, a change, an export, and often a third round."""
    history = begun(seed)
    for _ in range(history.chance.randint(1, 3)):
        session(history)
    export(history, exporter)
    for _ in range(history.chance.choice([1, 1, 2])):
        change(history)
        if history.chance.random() < 0.3:
            change(history)
        export(history, exporter)
    return history


def attacked(history: History) -> list[str]:
    """What somebody learns who lays all exports beside each other and knows who was where; empty where nothing.

    He sorts every text by where he saw it and how it was labelled and in which language. To be on the safe side he is even told who spoke in
    each heap of texts, though not who said which of them. A person who is named in a text consented to it, and is no secret in it.
    """
    seen: dict[str, list[tuple[str, str]]] = {}
    for number, one in enumerate(history.exports):
        for item in one.items:
            seen.setdefault(item.text, [("", "")] * len(history.exports))[number] = (item.label or "unlabelled", item.language)
    heaps: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for text, places in seen.items():
        heaps.setdefault(tuple(places), []).append(text)
    learned = []
    for places, texts in heaps.items():
        if any(label.startswith("Invented ") for label, _ in places):
            continue
        truths = [history.truth[text] for text in texts]
        labels = {label.lower() for label, _ in places} - {"", "unlabelled"}
        secret = not labels and history.several and any(truth.secret_side for truth in truths)
        noted = frozenset(truth.speaker for truth in truths if truth.noted)
        # Where no speaker was noted, each text may be of anybody who was there.
        for could in sorted({noted} if noted else {truth.could for truth in truths}, key=sorted):
            learned += _about(history, len(texts), could, labels, secret)
    for before, after in zip(history.exports, history.exports[1:], strict=False):
        for first, second, verb in ((before, after, "gone"), (after, before, "new")):
            texts = {item.text for item in first.items} - {item.text for item in second.items}
            truths = [history.truth[text] for text in texts]
            people = set().union(*(truth.could for truth in truths)) if truths else set()
            named = any(item.label.startswith("Invented ") for item in first.items if item.text in texts)
            if texts and not named and len(people) < FEWEST:
                learned.append(f"what is {verb} was said by one of {sorted(people)}")
    return learned


def _about(history: History, texts: int, could: frozenset[str], labels: set[str], secret: bool) -> list[str]:
    """What is learned from knowing that texts are of one of these people, or each of them of some."""
    learned = []
    if len(could) < FEWEST:
        learned.append(f"{texts} texts were said by one of {sorted(could)}")
    for label in labels:
        of_it = {person for person in could if label in history.sides.get(person, ())}
        if len(of_it) < FEWEST or len(of_it) < len(could):
            learned.append(f"the label {label} stands over {len(of_it)} of {len(could)} people")
    common = frozenset.intersection(*(history.sides[person] for person in could)) if could else frozenset()
    if common and secret:
        learned.append(f"{texts} texts were said on the side {sorted(common)}, of which nothing may be known")
    for side in common:
        if len({person for person in could if side in history.sides[person]}) < FEWEST:
            learned.append(f"{texts} texts come from the small side {side}")
    return learned
