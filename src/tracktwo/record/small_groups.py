"""Which notes may leave together: every group that somebody could tell apart, by all exports at once, comes from enough speakers.

Readers of all exports are assumed to talk to each other, to know who was in which room, and to know who withdrew. They can tell two notes
apart by nothing but the label and language under which each export shows them, or that it does not. So notes that every export so far
treated alike form one group, here called an atom; a new export may split it only into parts that each come from enough speakers, among
them the part that it leaves out. What was erased since counts as nobody, for nothing is known of its speakers any more.

Method: k-anonymity (L. Sweeney, 2002) over the sequence of releases, with a second condition on sides in the manner of l-diversity
(A. Machanavajjhala and others, 2006), reached by suppression alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SMALLEST = 5
"""Speakers in the smallest group that is shown. It can be raised, never lowered."""

Past = tuple[str | None, ...]
"""Under which label each earlier export showed a note; None where it did not."""


@dataclass(frozen=True)
class Candidate:
    """A note as far as the choice needs it."""

    note: str
    language: str
    speaker: str | None
    present: frozenset[str]
    """Everybody who may have said it; used where the speaker is not known."""
    side_secret: bool
    """True where the rule lets nothing be known of the speaker's side."""
    wish: str | None
    """The label that the rule allows: '' for none, a side, or with the speaker's consent the code; None where the note may not be shown."""
    named: bool = False
    """True where the wish is the code of a speaker who consents to be named."""


@dataclass
class _Atom:
    """Notes that all earlier exports treated alike, and how many more there were that are gone."""

    past: Past
    notes: list[Candidate] = field(default_factory=list)
    gone: int = 0

    @property
    def seen(self) -> bool:
        return any(label is not None for label in self.past)


class Chooser:
    """Chooses labels for notes. `sides` gives the sides of each person; `several` is False where there is but one side to be of."""

    def __init__(self, sides: Mapping[str, frozenset[str]], *, several: bool, smallest: int, order: Callable[[str], bytes]) -> None:
        self._sides = sides
        self._several = several
        self._smallest = smallest
        self._order = order

    def choose(self, notes: Sequence[Candidate], earlier: Sequence[Mapping[str, tuple[str, str]]]) -> dict[str, str]:
        """Label by note, for the notes that may be shown. `earlier` gives (label, language) by note for each export so far.

        Of the two ways, with labels of sides and without, the one that shows more notes is taken; of equals the one with labels.
        """
        with_sides = self._fixed(notes, earlier, {note.note: note.wish for note in notes})
        without = self._fixed(notes, earlier, {note.note: note.wish if note.named or note.wish is None else "" for note in notes})
        return with_sides if len(with_sides) >= len(without) else without

    def _fixed(self, notes: Sequence[Candidate], earlier: Sequence[Mapping[str, tuple[str, str]]], wishes: dict[str, str | None]) -> dict[str, str]:
        """Weaken labels and hold notes back until every group holds. Nothing is ever strengthened, so this ends."""
        labels = dict(wishes)
        atoms = _atoms(notes, earlier)
        while True:
            before = dict(labels)
            self._side_cells(notes, labels)
            for atom in atoms:
                self._settle(atom, labels)
            if labels == before:
                return {note: label for note, label in labels.items() if label is not None}

    def _side_cells(self, notes: Sequence[Candidate], labels: dict[str, str | None]) -> None:
        """A side that too few speak for in this export loses its label."""
        cells: dict[str, list[Candidate]] = {}
        for note in notes:
            label = labels[note.note]
            if label and not note.named:
                cells.setdefault(label, []).append(note)
        for cell in cells.values():
            if len(_speakers(cell)) < self._smallest:
                labels.update({note.note: "" for note in cell})

    def _settle(self, atom: _Atom, labels: dict[str, str | None]) -> None:
        shown: dict[str, list[Candidate]] = {}
        for note in atom.notes:
            label = labels[note.note]
            if label is not None and not note.named:
                shown.setdefault(label, []).append(note)
        for label, group in shown.items():
            if self._safe(group, told=bool(label)):
                continue
            if label:
                labels.update({note.note: "" for note in group})
            else:
                # Notes without a speaker hide behind everybody who was present, but not those beside them whose speakers are few.
                known = [note for note in group if note.speaker is not None]
                labels.update({note.note: None for note in known or group})
        self._hidden(atom, labels)

    def _hidden(self, atom: _Atom, labels: dict[str, str | None]) -> None:
        """What a seen atom loses must be a group as well: hold back some of its other notes with it, or all."""
        shown = [note for note in atom.notes if labels[note.note] is not None]
        hidden = [note for note in atom.notes if labels[note.note] is None]
        told = any(atom.past)
        if not atom.seen or not shown or not (hidden or atom.gone) or self._safe(hidden, told=told, gone=atom.gone):
            return
        spare = [note for note in shown if note.speaker is not None and not note.named]
        while spare and not self._safe(hidden, told=told, gone=atom.gone):
            much = Counter(note.speaker for note in spare)
            already = _speakers(hidden)
            common = self._common(already)
            new = [note for note in spare if note.speaker not in already]
            if not new:
                break

            def rank(note: Candidate, much: Mapping[str | None, int] = much, common: frozenset[str] = common) -> tuple[bool, int, bytes]:
                return bool(common & self._sides.get(note.speaker or "", frozenset())), -much[note.speaker], self._order(note.note)

            taken = min(new, key=rank)
            spare.remove(taken)
            hidden.append(taken)
        enough = self._safe(hidden, told=told, gone=atom.gone)
        labels.update({note.note: None for note in (hidden if enough else atom.notes)})

    def _safe(self, group: Sequence[Candidate], *, told: bool, gone: int = 0) -> bool:
        """True where the group comes from enough speakers, and from no one side alone where sides are secret and none was `told`."""
        known = [note for note in group if note.speaker is not None]
        speakers = _speakers(known)
        secret = self._several and not told and any(note.side_secret for note in group)
        if known or gone:
            return len(speakers) >= self._smallest and not (secret and self._common(speakers))
        rooms = [_counted(note.present) for note in group]
        return bool(rooms) and all(len(room) >= self._smallest and not (secret and self._common(room)) for room in rooms)

    def _common(self, people: Iterable[str]) -> frozenset[str]:
        """The sides to which all of them may belong. Somebody of whom the roster knows nothing any more may be of any."""
        sides = [self._sides[person] for person in people if person in self._sides]
        return frozenset.intersection(*sides) if sides else frozenset(("of any",))


def _atoms(notes: Sequence[Candidate], earlier: Sequence[Mapping[str, tuple[str, str]]]) -> list[_Atom]:
    """The atoms, in an order that depends on nothing but what they are."""
    atoms: dict[tuple[Past, str], _Atom] = {}
    here = {note.note for note in notes}
    for note in notes:
        past = tuple(export[note.note][0] if note.note in export else None for export in earlier)
        atoms.setdefault((past, note.language), _Atom(past)).notes.append(note)
    for gone in sorted({note for export in earlier for note in export} - here):
        past = tuple(export[gone][0] if gone in export else None for export in earlier)
        language = next(export[gone][1] for export in earlier if gone in export)
        atoms.setdefault((past, language), _Atom(past)).gone += 1
    return [atoms[key] for key in sorted(atoms, key=repr)]


def _speakers(notes: Iterable[Candidate]) -> frozenset[str]:
    return _counted(note.speaker for note in notes if note.speaker is not None)


def _counted(people: Iterable[str]) -> frozenset[str]:
    """Those behind whom a speaker can hide: not the team, of whom readers may think that they only asked."""
    return frozenset(person for person in people if not person.startswith("T-"))


def keyed(seed: str) -> Callable[[str], bytes]:
    """An order that nobody can tell anything from: of hashes under a seed."""
    return lambda text: hashlib.sha256(f"{len(seed)}:{seed}{text}".encode()).digest()
