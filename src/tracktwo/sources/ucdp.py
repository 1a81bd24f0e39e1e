"""Reader of the Uppsala Conflict Data Program: conflicts, dyads, deaths by country and year, and single events."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from tracktwo.model.world import ConflictYear, CountryYear, DyadYear, Provenance, ViolentEvent
from tracktwo.sources.row import Row
from tracktwo.sources.table import Table, UnreadableSource, shipped_entries, shipped_table

CONFLICT_COLUMNS = (
    "conflict_id", "location", "side_a", "side_b", "incompatibility", "territory_name", "year", "intensity_level", "type_of_conflict",
    "start_date", "ep_end", "ep_end_date", "gwno_a", "gwno_b", "gwno_loc",
)  # fmt: skip
DYAD_COLUMNS = ("dyad_id", "conflict_id", "side_a", "side_b", "year", "intensity_level", "type_of_conflict", "gwno_a", "gwno_b", "gwno_loc")
DEATH_COLUMNS = (
    "country_id_cy", "year_cy", "sb_dyad_names_cy", "sb_total_deaths_best_cy", "ns_dyad_names_cy", "ns_total_deaths_best_cy",
    "os_dyad_names_cy", "os_total_deaths_best_cy", "os_main_govt_killings_best_cy",
)  # fmt: skip
EVENT_COLUMNS = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "where_coordinates", "adm_1", "latitude", "longitude", "country_id",
    "date_start", "date_end", "best",
)  # fmt: skip

Incompatibility = Literal["territory", "government", "territory and government"]
ConflictKind = Literal["extrasystemic", "interstate", "intrastate", "internationalised intrastate"]
_INCOMPATIBILITY: dict[str, Incompatibility] = {"1": "territory", "2": "government", "3": "territory and government"}
_KIND: dict[str, ConflictKind] = {"1": "extrasystemic", "2": "interstate", "3": "intrastate", "4": "internationalised intrastate"}
_INTENSITY: dict[str, Literal["minor", "war"]] = {"1": "minor", "2": "war"}
_VIOLENCE: dict[str, Literal["state-based", "non-state", "one-sided"]] = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_NO_DYAD = "NO_DYAD"

Code = TypeVar("Code")

StateNumber = Callable[[int], str | None]
"""From a Gleditsch–Ward number to alpha-3, as `Countries.from_gleditsch_ward` answers it."""


@dataclass(frozen=True)
class Conflicts:
    """The conflict data on the shelf; each table is read when it is first asked for.

    `events` maps alpha-3 to the event tables of a country, the newest first. All methods may raise UnreadableSource.
    """

    conflict_table: Table
    dyad_table: Table
    death_table: Table
    state: StateNumber
    events: Mapping[str, tuple[Table, ...]] = field(default_factory=dict)

    @property
    def conflict_source(self) -> Provenance:
        return self.conflict_table.provenance

    @property
    def dyad_source(self) -> Provenance:
        return self.dyad_table.provenance

    @property
    def death_source(self) -> Provenance:
        return self.death_table.provenance

    def event_source(self, alpha3: str) -> Provenance | None:
        """Return where the newest events of a country come from; None where no event table speaks of it."""
        tables = self.events.get(alpha3, ())
        return tables[0].provenance if tables else None

    @functools.cached_property
    def first_year(self) -> int:
        """The first year with a recorded conflict."""
        return self._conflicts[0].year

    @functools.cached_property
    def last_year(self) -> int:
        """The last year with a recorded conflict."""
        return self._conflicts[-1].year

    def of_country(self, alpha3: str) -> tuple[ConflictYear, ...]:
        """Return the conflict-years of a country, oldest first.

        A conflict belongs to the countries in which the incompatibility lies, and to the states that are its first parties in an
        interstate conflict. A colonial war belongs to the country that was fought over, and a state that only lends troops is no party.
        """
        return self._conflicts_by_country.get(alpha3, ())

    def between(self, alpha3s: Sequence[str]) -> tuple[ConflictYear, ...]:
        """Return the years of interstate conflicts in which at least two of these countries took part, oldest first."""
        asked = set(alpha3s)
        return tuple(row for row in self._conflicts if row.kind == "interstate" and len(asked.intersection(row.countries)) >= 2)

    def dyads_of_country(self, alpha3: str) -> tuple[DyadYear, ...]:
        """Return the dyad-years of a country, oldest first, by the rule of `of_country`."""
        return tuple(row for row in self._dyads if alpha3 in row.countries)

    def deaths(self, alpha3: str) -> tuple[CountryYear, ...]:
        """Return the deaths of every year from 1989 on in which the country existed, oldest first; empty for a country that UCDP does not list.

        Former states count as `Countries.from_gleditsch_ward` says: North and South Yemen in 1989 are added up.
        """
        return self._deaths.get(alpha3, ())

    def events_of(self, alpha3: str) -> tuple[ViolentEvent, ...]:
        """Return the events in a country, oldest first. From the first day of a newer table on, that table stands instead of older ones."""
        found: dict[str, ViolentEvent] = {}
        earliest: date | None = None
        for table in self.events.get(alpha3, ()):
            older = [event for event in _read_events(table, self.state) if event.country == alpha3 and (earliest is None or event.began < earliest)]
            for event in older:
                found.setdefault(event.id, event)
            earliest = min([event.began for event in older] + ([earliest] if earliest else []), default=None)
        return tuple(sorted(found.values(), key=lambda event: (event.began, event.ended, event.id)))

    @functools.cached_property
    def _conflicts(self) -> tuple[ConflictYear, ...]:
        return read_conflicts(self.conflict_table, self.state)

    @functools.cached_property
    def _dyads(self) -> tuple[DyadYear, ...]:
        return read_dyads(self.dyad_table, self.state)

    @functools.cached_property
    def _deaths(self) -> dict[str, tuple[CountryYear, ...]]:
        return read_deaths(self.death_table, self.state)

    @functools.cached_property
    def _conflicts_by_country(self) -> dict[str, tuple[ConflictYear, ...]]:
        found: dict[str, list[ConflictYear]] = defaultdict(list)
        for row in self._conflicts:
            for country in row.countries:
                found[country].append(row)
        return {country: tuple(rows) for country, rows in found.items()}


def load_conflicts(state: StateNumber) -> Conflicts:
    """Return the conflict data that ships with tracktwo; `state` resolves Gleditsch–Ward numbers. Nothing is read yet."""
    events: dict[str, tuple[Table, ...]] = {}
    for name in shipped_entries("ucdp"):
        if name.startswith("events-"):
            events[name.removeprefix("events-")] = (shipped_table("ucdp", name),)
    return Conflicts(
        conflict_table=shipped_table("ucdp", "conflicts"),
        dyad_table=shipped_table("ucdp", "dyads"),
        death_table=shipped_table("ucdp", "deaths"),
        state=state,
        events=events,
    )


def read_conflicts(table: Table, state: StateNumber) -> tuple[ConflictYear, ...]:
    """Return the conflict-years of a table, oldest first. Raises UnreadableSource."""
    rows = []
    for line, values in table.records(CONFLICT_COLUMNS):
        row = Row(table.path.name, line, CONFLICT_COLUMNS, values)
        kind = row.coded("type_of_conflict", _KIND)
        rows.append(
            ConflictYear(
                conflict_id=row.number("conflict_id"),
                location=row["location"],
                side_a=row["side_a"],
                side_b=row["side_b"],
                incompatibility=row.coded("incompatibility", _INCOMPATIBILITY),
                territory=row["territory_name"] or None,
                year=row.number("year"),
                intensity=row.coded("intensity_level", _INTENSITY),
                kind=kind,
                began=row.day("start_date"),
                ended=row.day("ep_end_date") if row["ep_end"] == "1" and row["ep_end_date"] else None,
                countries=_countries(row, kind, state),
            )
        )
    return tuple(sorted(_some(rows, table), key=lambda row: (row.year, row.conflict_id, row.side_b)))


def read_dyads(table: Table, state: StateNumber) -> tuple[DyadYear, ...]:
    """Return the dyad-years of a table, oldest first. Raises UnreadableSource."""
    rows = []
    for line, values in table.records(DYAD_COLUMNS):
        row = Row(table.path.name, line, DYAD_COLUMNS, values)
        rows.append(
            DyadYear(
                dyad_id=row.number("dyad_id"),
                conflict_id=row.number("conflict_id"),
                side_a=row["side_a"],
                side_b=row["side_b"],
                year=row.number("year"),
                intensity=row.coded("intensity_level", _INTENSITY),
                countries=_countries(row, row.coded("type_of_conflict", _KIND), state),
            )
        )
    return tuple(sorted(_some(rows, table), key=lambda row: (row.year, row.dyad_id)))


def read_deaths(table: Table, state: StateNumber) -> dict[str, tuple[CountryYear, ...]]:
    """Return the country-years of a table by alpha-3, oldest first. Raises UnreadableSource."""
    years: dict[tuple[str, int], CountryYear] = {}
    for line, values in table.records(DEATH_COLUMNS):
        row = Row(table.path.name, line, DEATH_COLUMNS, values)
        country = state(row.number("country_id_cy"))
        if country is None:
            continue
        known = CountryYear(
            country=country,
            year=row.number("year_cy"),
            state_based=row.number("sb_total_deaths_best_cy"),
            non_state=row.number("ns_total_deaths_best_cy"),
            one_sided=row.number("os_total_deaths_best_cy"),
            one_sided_by_government=row.number("os_main_govt_killings_best_cy"),
            dyads=_dyad_names(row["sb_dyad_names_cy"], row["ns_dyad_names_cy"], row["os_dyad_names_cy"]),
        )
        key = (country, known.year)
        years[key] = _added(years[key], known) if key in years else known
    found: dict[str, list[CountryYear]] = defaultdict(list)
    for key in _some(sorted(years), table):
        found[key[0]].append(years[key])
    return {country: tuple(rows) for country, rows in found.items()}


def _some(rows: list[Code], table: Table) -> list[Code]:
    if not rows:
        raise UnreadableSource(f"{table.path.name} holds no row; download it anew")
    return rows


def _added(one: CountryYear, other: CountryYear) -> CountryYear:
    return CountryYear(
        country=one.country,
        year=one.year,
        state_based=one.state_based + other.state_based,
        non_state=one.non_state + other.non_state,
        one_sided=one.one_sided + other.one_sided,
        one_sided_by_government=one.one_sided_by_government + other.one_sided_by_government,
        dyads=tuple(dict.fromkeys((*one.dyads, *other.dyads))),
    )


def _dyad_names(*lists: str) -> tuple[str, ...]:
    names = (name.strip() for names in lists for name in names.split(";"))
    return tuple(dict.fromkeys(re.sub(r"\s+", " ", name) for name in names if name and name != _NO_DYAD))


def _read_events(table: Table, state: StateNumber) -> list[ViolentEvent]:
    events = []
    for line, values in table.records(EVENT_COLUMNS):
        row = Row(table.path.name, line, EVENT_COLUMNS, values)
        country = state(row.number("country_id"))
        if country is not None:
            events.append(_event(row, country))
    return events


def _event(row: Row, country: str) -> ViolentEvent:
    return ViolentEvent(
        id=str(row.number("id")),
        country=country,
        began=row.day("date_start"),
        ended=row.day("date_end"),
        kind=row.coded("type_of_violence", _VIOLENCE),
        side_a=row["side_a"],
        side_b=row["side_b"],
        latitude=row.degrees("latitude", 90),
        longitude=row.degrees("longitude", 180),
        precision=row.number("where_prec"),
        deaths=row.number("best"),
        where=row["where_coordinates"] or row["adm_1"],
    )


def _countries(row: Row, kind: ConflictKind, state: StateNumber) -> tuple[str, ...]:
    columns = ("gwno_loc", "gwno_a", "gwno_b") if kind == "interstate" else ("gwno_loc",)
    numbers = (int(number) for column in columns for number in re.findall(r"\d{1,6}", row[column].replace(".0", "")))
    found = (state(number) for number in numbers)
    return tuple(dict.fromkeys(country for country in found if country is not None))
