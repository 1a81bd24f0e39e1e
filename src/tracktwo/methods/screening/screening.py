"""Names of a roster against lists of sanctioned and proscribed parties, across scripts, with what speaks for and against each hit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tracktwo.methods.screening.alignment import shown
from tracktwo.methods.screening.birth import Agreement, agreement
from tracktwo.methods.screening.clues import clues
from tracktwo.methods.screening.evidence import Evidence, Likeness, Places, features_beside, likeness
from tracktwo.methods.screening.index import Index, build
from tracktwo.methods.screening.names import Name, is_acronym, parse
from tracktwo.methods.screening.rarity import Rarity
from tracktwo.methods.screening.score import at_most, band_of, score_of, strength
from tracktwo.methods.screening.vocabulary import GLOSSARY, ORGANISATION_WORDS
from tracktwo.model.listing import Aligned, Hit, ListedEntry, ListedName, ListSnapshot, Sought

Progress = Callable[[int], None]
"""Called with the number of people that are done."""
_LEAST = 0.02
_MOST_OF_A_NAME = 0.7
"""Coincidences are told from this score on, or where this share of the sought name meets, whatever speaks against it."""


@dataclass(frozen=True, slots=True)
class Best:
    """The names of a person and of an entry that speak most for the two being one, and all evidence on them."""

    strong: float
    evidence: Evidence
    name: ListedName
    met: str
    through: Literal["name", "affiliation"]


def screen(
    people: Sequence[Sought], lists: Sequence[ListSnapshot], *, all_: bool = False, progress: Progress | None = None
) -> tuple[tuple[Hit, ...], ...]:
    """Return for each person the entries that it, or an organisation it belongs to, may be: likely and possible ones, with `all_` coincidences too.

    Hits of one person are sorted by score, then list and entry. The order of people and of lists changes nothing. Names are looked up by their
    sounds and
    the likeliest compared word by word; O(names of the lists) to begin with, and then about as much for each sought name.
    """
    index = build(sorted(((snapshot.key, entry) for snapshot in lists for entry in snapshot.entries), key=lambda pair: (pair[0], pair[1].id)))
    found: list[tuple[Hit, ...]] = []
    for done, person in enumerate(people, 1):
        found.append(_hits(person, index, all_=all_))
        if progress:
            progress(done)
    return tuple(found)


def compare(sought: Sought, entry: ListedEntry, *, list_key: str = "", rarity: Rarity | None = None) -> Hit | None:
    """Return how one person meets one entry, in whatever band; None where no word of theirs meets. Words are as rare as in the lists of the
    calibration."""
    known = rarity or Rarity()
    best = best_of(sought, entry, known)
    return _hit(sought, list_key, entry, best, known) if best else None


def best_of(sought: Sought, entry: ListedEntry, rarity: Rarity) -> Best | None:
    """Return the best evidence on one person and one entry; None where no word of theirs meets."""
    best = None
    for name, met, through in _asked(sought):
        if through == "name" or entry.kind != "person":
            best = _better(best, _best(sought, name, met, through, entry, entry.names, rarity))
    return best


def _hits(person: Sought, index: Index, *, all_: bool) -> tuple[Hit, ...]:
    hits = (_hit(person, key, entry, one, index.rarity) for key, entry, one in met_in(person, index, all_=all_) if _is_told(one))
    kept = [hit for hit in hits if all_ or hit.band != "coincidence"]
    return tuple(sorted(kept, key=lambda hit: (-hit.score, hit.list_key, hit.entry_id)))


def _is_told(one: Best) -> bool:
    like = one.evidence.like
    return score_of(one.strong) >= _LEAST or like.agreed >= _MOST_OF_A_NAME * like.total_sought


def met_in(person: Sought, index: Index, *, all_: bool = True) -> list[tuple[str, ListedEntry, Best]]:
    """Return the entries of an index that a person may be, each with its list and its best evidence, in the order of the lists.

    Without `all_` names are not compared where what is known beside them makes them a coincidence, however well they meet.
    """
    best: dict[int, Best] = {}
    for name, met, through in _asked(person):
        by_entry: dict[int, list[ListedName]] = {}
        for number in index.candidates(name, person.birth if through == "name" else None):
            by_entry.setdefault(index.owners[number], []).append(index.written[number])
        for owner, names in by_entry.items():
            entry = index.entries[owner][1]
            if through == "name" or entry.kind != "person":
                better = _better(best.get(owner), _best(person, name, met, through, entry, names, index.rarity, all_=all_))
                if better:
                    best[owner] = better
    return [(*index.entries[owner], best[owner]) for owner in sorted(best)]


def _asked(person: Sought) -> Iterator[tuple[Name, str, Literal["name", "affiliation"]]]:
    for text in dict.fromkeys(person.names):
        yield from ((name, text, "name") for name in parse(text) if not name.is_empty)
    for text in dict.fromkeys(person.affiliations):
        yield from ((name, text, "affiliation") for name in parse(text) if not name.is_empty)


def _best(
    person: Sought,
    name: Name,
    met: str,
    through: Literal["name", "affiliation"],
    entry: ListedEntry,
    names: Iterable[ListedName],
    rarity: Rarity,
    *,
    all_: bool = True,
) -> Best | None:
    named = through == "name"
    born = agreement(person.birth, entry.births) if named else "unknown"
    places = _places(person, entry) if named else "unknown"
    organisation = not named or person.kind == "organisation" or (person.birth is None and is_organisation(name))
    other_kind = entry.kind in ("person", "organisation") and organisation != (entry.kind == "organisation")
    best = None
    if not all_:
        hopeless = {weak: _is_hopeless(born, places, other_kind=other_kind, weak=weak) for weak in (False, True)}
        names = [name for name in names if not hopeless[name.strength == "weak"]]
    for written, listed in _read(names):
        like = likeness(name, listed, rarity)
        if like is not None and like.agreed > 0:
            evidence = Evidence(like, born, places, other_kind, written.strength == "weak")
            best = _better(best, Best(strength(evidence.features()), evidence, written, met, through))
    return best


@cache
def _is_hopeless(born: Agreement, places: Places, *, other_kind: bool, weak: bool) -> bool:
    """Whether what is known beside the names speaks so much against a pair that no names make it more than a coincidence."""
    return band_of(score_of(at_most(features_beside(born, places, other_kind=other_kind, weak=weak)))) == "coincidence"


def _read(names: Iterable[ListedName]) -> Iterator[tuple[ListedName, Name]]:
    return ((written, parsed) for written in names for parsed in parse(written.text))


def _better(one: Best | None, other: Best | None) -> Best | None:
    if one is None or other is None:
        return one or other
    return other if other.strong > one.strong else one


def _places(person: Sought, entry: ListedEntry) -> Places:
    theirs = {*entry.nationalities, *entry.countries}
    if not person.nationalities or not theirs:
        return "unknown"
    return "differ" if theirs.isdisjoint(person.nationalities) else "agree"


def is_organisation(name: Name) -> bool:
    """Return whether a name shows by its words that it is one of an organisation: a legal form, a word such as bank or party, an acronym."""
    tokens = name.readings[0] if name.readings else ()
    return is_acronym(name.text) or any(token.kind == "form" or GLOSSARY.get(token.plain) in ORGANISATION_WORDS for token in tokens)


def _hit(person: Sought, list_key: str, entry: ListedEntry, best: Best, rarity: Rarity) -> Hit:
    score = score_of(best.strong)
    like = best.evidence.like
    return Hit(
        list_key=list_key,
        entry_id=entry.id,
        name=best.name.text,
        met=best.met,
        through=best.through,
        score=round(score, 4),
        band=band_of(score),
        alignment=_aligned(like),
        clues=clues(best.evidence, person, entry, best.name, rarity, person=best.through == "name" and entry.kind != "organisation"),
    )


def _aligned(like: Likeness) -> tuple[Aligned, ...]:
    if like.acronym:
        return (Aligned(like.sought.text, like.listed.text, "acronym", round(like.acronym, 2)),)
    return shown(*like.reading, like.met)
