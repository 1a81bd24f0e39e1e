"""What it means to stand on a list: from the publisher's word for the regime to the measures, the law that they rest on, and what nobody checked.

A list seldom says of an entry what follows from it. This table of our own does, in our words, for every regime of the UN and for the programmes of
OFAC, the EU and the UK that their lists name. It informs; the law of the place decides, and each row says how far it was read.
"""

from __future__ import annotations

import csv
import functools
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from tracktwo.library.cases import DATA
from tracktwo.model.listing import EntryKind, ListedEntry

Measure = Literal[
    "asset-freeze", "funds-ban", "travel-ban", "arms-embargo", "proscription", "financing-ban", "entry-bar", "trust-services", "sector-limits",
    "correspondent-limits", "dealings-ban", "menu-sanctions",
]  # fmt: skip
"""asset-freeze: what the party owns may not be touched; funds-ban: nothing of worth may reach it; travel-ban: States refuse entry and transit;
arms-embargo: no arms and no help with them; proscription: to belong to it or further it is a crime; financing-ban: to pay or supply it is a crime;
entry-bar: one State refuses its members entry; trust-services: no trusts may be kept for it; sector-limits: named kinds of finance or trade only;
correspondent-limits: banks that serve it may lose accounts; dealings-ban: transactions are rejected, and nothing is frozen; menu-sanctions: some of
a menu, which the entry names."""
_OF_PERSONS = frozenset({"travel-ban", "entry-bar"})
_PUBLISHERS = {"un": "un", "ofac-sdn": "ofac", "ofac-cons": "ofac", "eu-fsf": "eu", "eu-travel": "eu", "eu-oj": "eu", "uk": "uk"}
"""Key of a list → the publisher of the table."""
_OPENSANCTIONS = "opensanctions"
_UK_TITLE = re.compile(r"^the |\(eu exit\)|\([a-z ]*sanctions\)|sanctions(?= regulations)|regulations|\(no\. \d\)|\b\d{4}$")
"""What all titles of UK regulations have in common, and what tells none from another."""
_UK_APART = ("nuclear", "international sanctions", "rafi")
"""Words that tell regulations on the same subject apart: Iran, counter-terrorism, Lebanon."""


@dataclass(frozen=True)
class RegimeRow:
    """One regime, or what the comment of an entry narrows it to."""

    publisher: str
    """un, ofac, eu or uk."""
    programme: str
    """The publisher's own word: as in `ListedEntry.programmes`; of the UK the title of the regulations without `The` and year."""
    regime: str
    measures: tuple[Measure, ...]
    law_lists: tuple[str, ...]
    """Keys of the lists in the vocabulary of the rules of law; empty where no rule stands for the list."""
    legal_basis: str
    source: str
    address: str
    as_of: date
    """The day up to which the source shows the row."""
    unverified: str
    """What was not read, or is doubtful, in one phrase; empty where nothing is."""
    beyond: str
    """Measures of the regime that do not hang on being listed; empty for none."""
    when: str
    """A pattern that must stand in the notes of an entry for the row to hold; it then goes before the general row. Empty for the general row."""

    def measures_on(self, kind: EntryKind) -> tuple[Measure, ...]:
        """Return the measures that can reach an entry of this kind: only a person travels."""
        return self.measures if kind == "person" else tuple(measure for measure in self.measures if measure not in _OF_PERSONS)


def effects_of(snapshot_key: str, entry: ListedEntry) -> tuple[RegimeRow, ...]:
    """Return the rows for the programmes under which an entry stands, in their order; those that a comment narrows instead of the general ones.

    Of an export of OpenSanctions the programmes are keys of the vocabulary of law, and lead to the rows of whichever publisher. Empty for a list of
    one's own, and where no programme has a row: see `without_row`.
    """
    found: list[RegimeRow] = []
    for programme in entry.programmes:
        rows = _rows_of(snapshot_key, programme)
        narrowed = [row for row in rows if row.when and any(re.search(row.when, text) for _field, text in entry.notes)]
        found += [row for row in narrowed or rows if (narrowed or not row.when) and row not in found]
    return tuple(found)


def without_row(snapshot_key: str, entry: ListedEntry) -> tuple[str, ...]:
    """Return the programmes of an entry of which this table knows nothing."""
    return tuple(programme for programme in entry.programmes if not _rows_of(snapshot_key, programme))


@functools.cache
def load_regimes() -> tuple[RegimeRow, ...]:
    """Return the table."""
    with (DATA / "regimes.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(values) for values in csv.DictReader(file))


def _row(values: dict[str, str]) -> RegimeRow:
    known: dict[str, Measure] = {measure: measure for measure in get_args(Measure)}
    return RegimeRow(
        publisher=values["publisher"],
        programme=values["programme"],
        regime=values["regime"],
        measures=tuple(known[measure] for measure in values["measures"].split(";")),
        law_lists=tuple(key for key in values["law_lists"].split(";") if key),
        legal_basis=values["legal_basis"],
        source=values["source"],
        address=values["address"],
        as_of=date.fromisoformat(values["as_of"]),
        unverified=values["unverified"],
        beyond=values["beyond"],
        when=values["when"],
    )


@functools.cache
def _index() -> dict[tuple[str, str], tuple[RegimeRow, ...]]:
    """(publisher, programme in its plain form) → rows; under the publisher `opensanctions` by the keys of law."""
    found: dict[tuple[str, str], list[RegimeRow]] = {}
    for row in load_regimes():
        keys = [(row.publisher, _plain(row.publisher, row.programme))]
        if not row.when:
            keys += [(_OPENSANCTIONS, _plain(_OPENSANCTIONS, key)) for key in row.law_lists]
        if row.publisher == "eu":
            keys += [("eu", _plain("eu", key)) for key in row.law_lists]
        for key in keys:
            found.setdefault(key, []).append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _rows_of(snapshot_key: str, programme: str) -> tuple[RegimeRow, ...]:
    publisher = _PUBLISHERS.get(snapshot_key, snapshot_key.partition(":")[0])
    return _index().get((publisher, _plain(publisher, programme)), ())


def _plain(publisher: str, programme: str) -> str:
    """The form in which a programme is compared; regulations of the UK by their subject, since lists cite them with and without article and year."""
    written = " ".join(programme.replace("’", "'").casefold().split())
    if publisher != "uk":
        return written
    apart = [word for word in _UK_APART if word in written]
    subject = " ".join(_UK_TITLE.sub(" ", written).replace("(nuclear)", " ").replace("al-qaeda", "al-qaida").split())
    return " ".join((subject.removeprefix("republic of "), *apart))
