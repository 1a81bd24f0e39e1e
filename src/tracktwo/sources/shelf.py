"""The shelf: all outside data that a computation may use, each with its state, so that a missing or old source is a finding and not a silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tracktwo.model.world import SourceState
from tracktwo.sources.countries import Countries, load_countries
from tracktwo.sources.gazetteer import TOWN_COLUMNS, Gazetteer
from tracktwo.sources.home import OwnSource, newness, own_sources
from tracktwo.sources.passports import PASSPORT_COLUMNS, PassportIndex
from tracktwo.sources.table import Table, UnreadableSource, header_of, shipped_entries, shipped_table
from tracktwo.sources.ucdp import CONFLICT_COLUMNS, DEATH_COLUMNS, DYAD_COLUMNS, EVENT_COLUMNS, Conflicts

OLD_AFTER_DAYS: Mapping[str, int] = {
    "countries": 1095,
    "conflicts": 550,
    "dyads": 550,
    "deaths": 550,
    "events": 550,
    "passports": 365,
    "towns": 1825,
}
"""After how many days past the day for which a source speaks it is called old.

UCDP publishes each summer the data up to the end of the year before, so 550 days (a year and a half) pass before a release was missed; entry
rules change within a year; towns and codes change slowly.
"""

_SHIPPED = {
    "conflicts": ("ucdp", "conflicts"), "dyads": ("ucdp", "dyads"), "deaths": ("ucdp", "deaths"),
    "passports": ("passport-index", "passports"), "towns": ("geonames", "towns"),
}  # fmt: skip
_COLUMNS = {
    "conflicts": CONFLICT_COLUMNS, "dyads": DYAD_COLUMNS, "deaths": DEATH_COLUMNS, "events": EVENT_COLUMNS,
    "passports": PASSPORT_COLUMNS, "towns": TOWN_COLUMNS,
}  # fmt: skip
_EVENTS = "events-"


@dataclass(frozen=True)
class Shelf:
    """The readers, and the state of every data set."""

    countries: Countries
    conflicts: Conflicts | None
    passports: PassportIndex | None
    gazetteer: Gazetteer | None
    states: tuple[SourceState, ...]

    def state(self, name: str) -> SourceState:
        """Return the state of the data set `name`: countries, conflicts, dyads, deaths, events, passports or towns; absent for any other."""
        for state in self.states:
            if state.name == name:
                return state
        return SourceState(name, "absent", None, f"tracktwo has no source called {name}")


def open_shelf(home: Path | None, as_of: date) -> Shelf:
    """Return all sources as they stand on the day `as_of`: of the shipped ones and those under `home`/sources always the newest.

    Nothing but headers is read here. Never raises for a data set that is absent, old or unreadable: its state says so, and why.
    """
    countries = load_countries()
    own, faults = own_sources(home) if home is not None else ((), ())
    states: list[SourceState] = [_state("countries", Table(Path(), countries.provenance, len(countries.countries)), as_of)]
    chosen: dict[str, _Candidate] = {}
    for name in _SHIPPED:
        candidate, unreadable = _newest(name, own)
        states.append(_state(name, candidate.table if candidate else None, as_of))
        faults = (*faults, *unreadable)
        if candidate is not None:
            chosen[name] = candidate
    events, event_faults = _event_tables(own)
    states.append(_state("events", _newest_events(events), as_of))
    return Shelf(
        countries=countries,
        conflicts=_conflicts(chosen, events, countries),
        passports=PassportIndex(chosen["passports"].table) if "passports" in chosen else None,
        gazetteer=_gazetteer(chosen.get("towns"), countries),
        states=(*states, *faults, *event_faults),
    )


@dataclass(frozen=True)
class _Candidate:
    table: Table
    dump: bool = False


def _newest(name: str, own: Sequence[OwnSource]) -> tuple[_Candidate | None, list[SourceState]]:
    """The newest readable table of a data set, and the states of newer ones that cannot be read. Of equals the user's own."""
    candidates = [_Candidate(source.table, source.dump) for source in own if source.name == name]
    candidates.append(_Candidate(shipped_table(*_SHIPPED[name])))
    candidates.sort(key=lambda candidate: newness(candidate.table), reverse=True)
    faults: list[SourceState] = []
    for candidate in candidates:
        fault = None if candidate.dump else _fault(candidate.table, _COLUMNS[name])
        if fault is None:
            return candidate, faults
        faults.append(SourceState(f"{name}/{candidate.table.path.name}", "unreadable", candidate.table.provenance, fault))
    return None, faults


def _fault(table: Table, columns: Sequence[str]) -> str | None:
    """Return why a table cannot be read, as far as its first line shows."""
    try:
        header = header_of(table.path)
    except UnreadableSource as error:
        return str(error)
    missing = [column for column in columns if column not in header]
    return f"{table.path.name}, line 1: the column {missing[0]} is missing" if missing else None


def _event_tables(own: Sequence[OwnSource]) -> tuple[dict[str, tuple[Table, ...]], list[SourceState]]:
    """The event tables of each country, newest first."""
    tables: dict[str, list[Table]] = {}
    faults = []
    for name in shipped_entries("ucdp"):
        if name.startswith(_EVENTS):
            tables.setdefault(name.removeprefix(_EVENTS), []).append(shipped_table("ucdp", name))
    for source in own:
        for country in source.event_countries:
            table = source.events(country)
            fault = _fault(table, EVENT_COLUMNS)
            if fault is None:
                tables.setdefault(country, []).append(table)
            else:
                faults.append(SourceState(f"events/{country}", "unreadable", table.provenance, fault))
    return {country: tuple(sorted(found, key=newness, reverse=True)) for country, found in sorted(tables.items())}, faults


def _newest_events(events: Mapping[str, tuple[Table, ...]]) -> Table | None:
    return max((tables[0] for tables in events.values()), key=newness, default=None)


def _state(name: str, table: Table | None, as_of: date) -> SourceState:
    if table is None:
        return SourceState(name, "absent", None, f"there is no readable table of {name}; add one with 'tracktwo sources add'")
    speaks_for = table.provenance.as_of
    if as_of - speaks_for > timedelta(OLD_AFTER_DAYS[name]):
        reason = f"it speaks for {speaks_for.isoformat()}, more than {OLD_AFTER_DAYS[name]} days before {as_of.isoformat()}"
        return SourceState(name, "old", table.provenance, reason, table.rows)
    return SourceState(name, "ready", table.provenance, None, table.rows)


def _conflicts(chosen: Mapping[str, _Candidate], events: Mapping[str, tuple[Table, ...]], countries: Countries) -> Conflicts | None:
    if not {"conflicts", "dyads", "deaths"} <= set(chosen):
        return None
    return Conflicts(
        conflict_table=chosen["conflicts"].table,
        dyad_table=chosen["dyads"].table,
        death_table=chosen["deaths"].table,
        state=countries.from_gleditsch_ward,
        events=events,
    )


def _gazetteer(towns: _Candidate | None, countries: Countries) -> Gazetteer | None:
    if towns is None:
        return None
    return Gazetteer(towns.table, {country.alpha2: country.alpha3 for country in countries}.get, towns.dump)
