"""Listed parties: what a sanctions or proscription list says of one entry, and what a snapshot of a list holds.

Names, dates and remarks are those of the publisher; nothing of them is dropped, and what has no field of its own stays under `notes`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

EntryKind = Literal["person", "organisation", "vessel", "aircraft", "other"]
NameStrength = Literal["primary", "strong", "weak", "former"]
"""primary: the name of the entry; strong: an alias that the publisher calls good, or of which it says nothing; weak: one it calls low
quality; former: a name that was left off (f.k.a.)."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an entry, in one script."""

    text: str
    strength: NameStrength = "primary"
    family: str | None = None
    """The family name where the list marks it; it also stands in `text`."""


@dataclass(frozen=True, slots=True)
class BirthRange:
    """The first and the last day on which somebody may have been born by one statement of a list: a day, a month, a year or several years."""

    first: date
    last: date
    circa: bool = False
    """True where the publisher calls the statement approximate."""


def birth_range(partial: str) -> BirthRange:
    """The days that a date of birth leaves open which is known to the year, the month or the day: YYYY, YYYY-MM or YYYY-MM-DD."""
    year, month, day = (*map(int, partial.split("-")), None, None)[:3]
    assert year is not None
    last = 31 if month is None else monthrange(year, month)[1]
    return BirthRange(date(year, month or 1, day or 1), date(year, month or 12, day or last))


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One entry of one list."""

    id: str
    """UN `REFERENCE_NUMBER`, OFAC `ent_num`, EU `Entity_LogicalId`, UK `Unique ID`, FollowTheMoney `id`; the row number of an own list."""
    kind: EntryKind
    names: tuple[ListedName, ...]
    births: tuple[BirthRange, ...] = ()
    nationalities: tuple[str, ...] = ()
    """ISO alpha-3 of the citizenships that the list states, as far as they resolve; others stand under `notes`."""
    countries: tuple[str, ...] = ()
    """ISO alpha-3 of addresses, registrations and places of birth."""
    programmes: tuple[str, ...] = ()
    """The publisher's own word for the regime: `UN_LIST_TYPE`, OFAC's programme tags, the EU programme, the UK regime."""
    measures: tuple[str, ...] = ()
    """What the entry itself states to be imposed (UK `Sanctions Imposed`, OFAC `SanctionsMeasure`); most lists state none."""
    titles: tuple[str, ...] = ()
    gender: Literal["woman", "man"] | None = None
    listed: date | None = None
    changed: date | None = None
    notes: tuple[tuple[str, str], ...] = ()
    """(the publisher's field, its value) for everything that has no field here: remarks, comments, addresses, identifiers, reasons."""


@dataclass(frozen=True)
class ListSnapshot:
    """A list as it stood on one day."""

    key: str
    """Short and stable: un, ofac-sdn, ofac-cons, eu-fsf, uk, opensanctions, or own:<name>."""
    publisher: str
    dataset: str
    file: str
    """The name of the file it was read from."""
    as_of: date | None
    """The day that the file itself states, else the day of the download; None where nobody said."""
    entries: tuple[ListedEntry, ...]
    sha256: str | None = None
    remarks: tuple[str, ...] = field(default=())
    """What the user should know of the reading, in sentences: rows skipped and why, values that do not resolve."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody of a roster whose names are looked for in lists."""

    id: str
    names: tuple[str, ...]
    """The name, then other names and spellings."""
    birth: BirthRange | None = None
    nationalities: tuple[str, ...] = ()
    """ISO alpha-3."""
    affiliations: tuple[str, ...] = ()
    """Organisations that the person belongs to or speaks for: proscription binds organisations."""
    kind: Literal["person", "organisation"] = "person"


Band = Literal["likely", "possible", "coincidence"]
"""likely: look into it first; possible: look into it; coincidence: the names meet and nothing else does, or something speaks against it."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing that speaks for or against a hit: `code` is a catalogue code, `speaks` the direction, `params` what is compared."""

    code: str
    speaks: Literal["for", "against", "neither"]
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """A token of the sought name beside the token of the listed name that it met; None where it met nothing."""

    sought: str | None
    listed: str | None
    by: str
    """How they met: same, spelling, transliteration, reading, initial, acronym, joined, title, none."""
    similarity: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry of a list that a sought name, or one of its affiliations, may be."""

    list_key: str
    entry_id: str
    name: str
    """The listed name that met, as the list writes it."""
    met: str
    """The sought name or affiliation that it met."""
    through: Literal["name", "affiliation"]
    score: float
    """0–1, calibrated: of many hits with this score about this share are the same person or organisation, in the development pairs."""
    band: Band
    alignment: tuple[Aligned, ...] = ()
    clues: tuple[Clue, ...] = ()
