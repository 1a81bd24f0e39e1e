"""The shelf: all outside data that a computation may use, each with its state, so that a missing or old source is a finding and not a silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tracktwo.model.world import SourceState
from tracktwo.sources.advisories import Advisories
from tracktwo.sources.airports import Airports
from tracktwo.sources.countries import Countries, load_countries
from tracktwo.sources.gazetteer import Gazetteer
from tracktwo.sources.heritage import HeritageLists
from tracktwo.sources.home import OwnSource, newness, own_sources
from tracktwo.sources.lists.kept import KeptList, newest, of_sources
from tracktwo.sources.passports import PassportIndex
from tracktwo.sources.pax import Agreements
from tracktwo.sources.peace_observatory import Negotiations
from tracktwo.sources.recognise import LISTS, fault
from tracktwo.sources.table import Table, shipped_entries, shipped_table
from tracktwo.sources.ucdp import Conflicts
from tracktwo.sources.un_sc import Resolutions

OLD_AFTER_DAYS: Mapping[str, int] = {
    "countries": 1095,
    "conflicts": 550,
    "dyads": 550,
    "deaths": 550,
    "events": 550,
    "passports": 365,
    "towns": 1825,
    "airports": 1825,
    "resolutions": 365,
    "agreements": 730,
    "negotiations": 1095,
    "advisories": 30,
    "heritage": 550,
    "lists": 7,
}
"""After how many days past the day for which a source speaks it is called old.

UCDP publishes each summer the data up to the end of the year before, so 550 days (a year and a half) pass before a release was missed; entry
rules change within a year; towns, airports and codes change slowly. The Security Council renews most mandates once a year, so a list older than
that misses the standing one. PA-X comes about once a year, so after two years a release was missed; for the Peace Observatory no rhythm is
known, and three years without a new row leave out too much. A government changes its travel advice on any day: after a month look again. UNESCO's
committee meets each December, so a list is whole for a year and the export that follows it. Sanctions lists change on any day, and nobody should
be told that there is no match on one that is older than a week.
"""

_SHIPPED = {
    "conflicts": ("ucdp", "conflicts"), "dyads": ("ucdp", "dyads"), "deaths": ("ucdp", "deaths"),
    "passports": ("passport-index", "passports"), "towns": ("geonames", "towns"), "airports": ("openflights", "airports"),
    "resolutions": ("un-sc", "resolutions"),
}  # fmt: skip
_ONLY_OWN = ("agreements", "negotiations", "advisories", "heritage")
"""Data sets whose publishers let nobody pass them on, or whose copies are good for a short while only: the user brings them."""
_EVENTS = "events-"


@dataclass(frozen=True)
class Shelf:
    """The readers, and the state of every data set."""

    countries: Countries
    conflicts: Conflicts | None
    passports: PassportIndex | None
    gazetteer: Gazetteer | None
    states: tuple[SourceState, ...]
    airports: Airports | None = None
    resolutions: Resolutions | None = None
    agreements: tuple[Agreements, ...] = ()
    """PA-X as the user downloaded it: the whole table, then the local agreements, as far as they are there."""
    negotiations: Negotiations | None = None
    advisories: tuple[Advisories, ...] = ()
    """One a government, in the order of their codes."""
    heritage: HeritageLists | None = None
    lists: tuple[KeptList, ...] = ()
    """Every snapshot of a sanctions list that the user keeps, by key, the newest of each first; none is read here."""

    def state(self, name: str) -> SourceState:
        """Return the state of a data set, by the names of `OLD_AFTER_DAYS`; absent for any other.

        Of a data set in parts, such as the advice of several governments, it is the state of the newest part.
        """
        for state in self.states:
            if state.name == name:
                return state
        parts = [state for state in self.states if state.name.startswith(f"{name}/") and state.provenance]
        if parts:
            return max(parts, key=lambda state: state.provenance.as_of if state.provenance else date.min)
        if name.startswith(f"{LISTS}/"):
            return SourceState(name, "absent", None, _ABSENT[LISTS])
        return SourceState(name, "absent", None, f"tracktwo has no source called {name}")


def open_shelf(home: Path | None, as_of: date) -> Shelf:
    """Return all sources as they stand on the day `as_of`: of the shipped ones and those under `home`/sources always the newest.

    Nothing but the beginning of each file is read here. Never raises for a data set that is absent, old or unreadable: its state says so, and why.
    """
    countries = load_countries()
    own, faults = own_sources(home) if home is not None else ((), ())
    states: list[SourceState] = [_state("countries", Table(Path(), countries.provenance, len(countries.countries)), as_of)]
    chosen: dict[str, OwnSource | Table] = {}
    for name in _SHIPPED:
        candidate, unreadable = _newest(name, [source for source in own if source.name == name], shipped_table(*_SHIPPED[name]))
        states.append(_state(name, candidate, as_of))
        faults = (*faults, *unreadable)
        if candidate is not None:
            chosen[name] = candidate
    events, event_faults = _event_tables(own)
    states.append(_state("events", _newest_events(events), as_of))
    parts: dict[str, list[Table]] = {}
    for name in _ONLY_OWN:
        found, unreadable = _parts(name, own)
        states += [_state(label, source, as_of) for label, source in found.items()] or [_state(name, None, as_of)]
        faults = (*faults, *unreadable)
        parts[name] = [source.table for source in found.values()]
    lists = of_sources(own)
    states += [_state(f"{LISTS}/{kept.key}", kept.source, as_of) for kept in newest(lists)] or [_state(LISTS, None, as_of)]
    return Shelf(
        countries=countries,
        conflicts=_conflicts(chosen, events, countries),
        passports=PassportIndex(_table(chosen["passports"])) if "passports" in chosen else None,
        gazetteer=_gazetteer(chosen.get("towns"), countries),
        states=(*states, *faults, *event_faults),
        airports=Airports(_table(chosen["airports"]), countries.find) if "airports" in chosen else None,
        resolutions=Resolutions(_table(chosen["resolutions"]), countries.named) if "resolutions" in chosen else None,
        agreements=tuple(Agreements(table, countries.find) for table in parts["agreements"]),
        negotiations=Negotiations(parts["negotiations"][0], countries.find) if parts["negotiations"] else None,
        advisories=tuple(Advisories(table, countries.find) for table in parts["advisories"]),
        heritage=HeritageLists(parts["heritage"][0], countries.find) if parts["heritage"] else None,
        lists=lists,
    )


def _table(chosen: OwnSource | Table) -> Table:
    return chosen.table if isinstance(chosen, OwnSource) else chosen


def _newest(name: str, own: Sequence[OwnSource], shipped: Table | None = None) -> tuple[OwnSource | Table | None, list[SourceState]]:
    """The newest readable table of a data set, and the states of newer ones that cannot be read. Of equals the user's own."""
    candidates: list[OwnSource | Table] = [*own, *([shipped] if shipped else [])]
    candidates.sort(key=lambda candidate: newness(_table(candidate)), reverse=True)
    faults: list[SourceState] = []
    for candidate in candidates:
        table = _table(candidate)
        reason = fault(name, table.path)
        if reason is None:
            return candidate, faults
        faults.append(SourceState(f"{name}/{table.path.name}", "unreadable", table.provenance, reason))
    return None, faults


def _parts(name: str, own: Sequence[OwnSource]) -> tuple[dict[str, OwnSource], list[SourceState]]:
    """The newest readable table of each part of a data set, under the name of its state: the whole first, then its parts by name."""
    mine = [source for source in own if source.name == name]
    found: dict[str, OwnSource] = {}
    faults: list[SourceState] = []
    for part in sorted({source.part or "" for source in mine}):
        newest, unreadable = _newest(name, [source for source in mine if (source.part or "") == part])
        faults += unreadable
        if isinstance(newest, OwnSource):
            found[f"{name}/{part}" if part else name] = newest
    return found, faults


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
            reason = fault("events", table.path)
            if reason is None:
                tables.setdefault(country, []).append(table)
            else:
                faults.append(SourceState(f"events/{country}", "unreadable", table.provenance, reason))
    return {country: tuple(sorted(found, key=newness, reverse=True)) for country, found in sorted(tables.items())}, faults


def _newest_events(events: Mapping[str, tuple[Table, ...]]) -> Table | None:
    return max((tables[0] for tables in events.values()), key=newness, default=None)


def _state(name: str, chosen: OwnSource | Table | None, as_of: date) -> SourceState:
    if chosen is None:
        return SourceState(name, "absent", None, _ABSENT.get(name, f"there is no readable table of {name}; add one with 'tracktwo sources add'"))
    table = _table(chosen)
    remark = chosen.remark if isinstance(chosen, OwnSource) else None
    speaks_for, limit = table.provenance.as_of, OLD_AFTER_DAYS[name.partition("/")[0]]
    if as_of - speaks_for > timedelta(limit):
        reason = f"it speaks for {speaks_for.isoformat()}, more than {limit} days before {as_of.isoformat()}"
        return SourceState(name, "old", table.provenance, f"{reason}; {remark}" if remark else reason, table.rows)
    return SourceState(name, "ready", table.provenance, remark, table.rows)


_ABSENT = dict.fromkeys(_ONLY_OWN, "it does not ship with tracktwo; download it from its publisher and add it with 'tracktwo sources add'") | {
    "heritage": "tracktwo's own table of facts stands for it; an export of UNESCO's Data Hub can be added with 'tracktwo sources add'",
    LISTS: "no sanctions list ships with tracktwo, since each is good for a few days only; download it from its publisher and add it with "
    "'tracktwo sources add'",
}


def _conflicts(chosen: Mapping[str, OwnSource | Table], events: Mapping[str, tuple[Table, ...]], countries: Countries) -> Conflicts | None:
    if not {"conflicts", "dyads", "deaths"} <= set(chosen):
        return None
    return Conflicts(
        conflict_table=_table(chosen["conflicts"]),
        dyad_table=_table(chosen["dyads"]),
        death_table=_table(chosen["deaths"]),
        state=countries.from_gleditsch_ward,
        events=events,
    )


def _gazetteer(towns: OwnSource | Table | None, countries: Countries) -> Gazetteer | None:
    if towns is None:
        return None
    dump = isinstance(towns, OwnSource) and towns.dump
    return Gazetteer(_table(towns), {country.alpha2: country.alpha3 for country in countries}.get, dump)
