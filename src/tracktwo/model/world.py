"""What outside data speaks of: countries, conflicts, events, entry rules, towns, and where each value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tracktwo.model.finding import Evidence


@dataclass(frozen=True)
class Provenance:
    """Publisher, data set, version, licence and date of one source."""

    publisher: str
    dataset: str
    version: str
    as_of: date
    licence: str
    url: str | None = None
    own_download: bool = False
    """True where the user brought the file; False where it ships with tracktwo."""

    def evidence(self, locator: str | None = None) -> Evidence:
        """Return this source as evidence for the row or address `locator`."""
        return Evidence(
            publisher=self.publisher,
            dataset=self.dataset,
            version=self.version,
            locator=locator,
            as_of=self.as_of,
            url=self.url,
            licence=self.licence,
        )


@dataclass(frozen=True)
class SourceState:
    """Whether a source can be used: ready, absent, old or unreadable, and in the last cases why, in one sentence."""

    name: str
    state: Literal["ready", "absent", "old", "unreadable"]
    provenance: Provenance | None = None
    reason: str | None = None
    rows: int | None = None


@dataclass(frozen=True)
class Country:
    """A country or territory in the code tables. `gleditsch_ward` and `cow` are None where those lists have no state."""

    alpha3: str
    alpha2: str
    m49: int | None
    gleditsch_ward: int | None
    cow: int | None
    names: dict[str, str]
    """BCP 47 tag → short name (en, fr, ar at least)."""
    region: str
    subregion: str
    """UN M49 sub-region name in English."""
    languages: tuple[str, ...]
    """BCP 47 tags of official or main languages."""
    borders: tuple[str, ...]
    currency: str | None
    capital: str | None


@dataclass(frozen=True)
class ConflictYear:
    """One active year of a state-based armed conflict (UCDP/PRIO): at least 25 battle-related deaths."""

    conflict_id: int
    location: str
    side_a: str
    side_b: str
    incompatibility: Literal["territory", "government", "territory and government"]
    territory: str | None
    year: int
    intensity: Literal["minor", "war"]
    """minor: 25 to 999 battle-related deaths in the year; war: 1,000 or more."""
    kind: Literal["extrasystemic", "interstate", "intrastate", "internationalised intrastate"]
    began: date
    ended: date | None
    countries: tuple[str, ...]
    """ISO alpha-3 of the location and of the state parties."""


@dataclass(frozen=True)
class DyadYear:
    """One active year of two warring parties (UCDP)."""

    dyad_id: int
    conflict_id: int
    side_a: str
    side_b: str
    year: int
    intensity: Literal["minor", "war"]
    countries: tuple[str, ...]


@dataclass(frozen=True)
class CountryYear:
    """Deaths from organised violence in a country in a year (UCDP best estimates, people)."""

    country: str
    year: int
    state_based: int
    non_state: int
    one_sided: int
    one_sided_by_government: int
    dyads: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.state_based + self.non_state + self.one_sided


@dataclass(frozen=True)
class ViolentEvent:
    """One event of organised violence (UCDP GED); `precision` 1 (exact place) to 7 (international waters)."""

    id: str
    country: str
    began: date
    ended: date
    kind: Literal["state-based", "non-state", "one-sided"]
    side_a: str
    side_b: str
    latitude: float
    longitude: float
    precision: int
    deaths: int
    where: str


Entry = Literal["own country", "visa free", "visa on arrival", "electronic authorisation", "e-visa", "visa required", "no admission", "unknown"]


@dataclass(frozen=True)
class EntryRule:
    """What an ordinary passport needs to enter a country for a short visit. `days` is the stay where the source gives one."""

    passport: str
    destination: str
    entry: Entry
    days: int | None
    evidence: Evidence | None


@dataclass(frozen=True)
class Town:
    """A town of over 5,000 people (GeoNames)."""

    name: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Holiday:
    """A public holiday of a country."""

    country: str
    day: date
    name: str


@dataclass(frozen=True)
class Airport:
    """An airport with an IATA code."""

    iata: str
    name: str
    city: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Advisory:
    """What a government tells its own citizens about travel to a country: written for them and for nobody else."""

    country: str
    """ISO alpha-3 of the destination."""
    issuer: str
    """ISO alpha-3 of the government."""
    destination: str
    """The destination as the government names it."""
    level_text: str | None
    """The level in the government's own words; None where the file gives none."""
    level_number: int | None
    """The level as a number, only where the government itself numbers its levels."""
    step: int | None
    """Place on the government's own scale of four steps, 1 (lowest) to 4, read from its words; None where the words are not of such a scale."""
    regional: bool
    """True where the government says that it advises more strictly on parts of the country."""
    updated: date | None
    url: str


@dataclass(frozen=True)
class Resolution:
    """A resolution of the United Nations Security Council: what it was about and how the Council voted."""

    symbol: str
    adopted: date
    agenda_item: str
    in_favour: int | None
    against: int | None
    abstaining: int | None
    """The counts are None where the source has none."""
    chapter_vii: bool
    subjects: tuple[str, ...]
    countries: tuple[str, ...] = ()
    """ISO alpha-3 of the countries that the agenda item names."""


@dataclass(frozen=True)
class HeritageElement:
    """An element of living heritage, with what its row rests on: several states may have inscribed it together."""

    id: str
    title: str
    countries: tuple[str, ...]
    """ISO alpha-3 of the states that inscribed it."""
    year: int | None
    list: str | None
    """The list of the 2003 Convention: RL (representative), USL (urgent safeguarding), GSP (good practices); None where not known."""
    domains: tuple[str, ...]
    joint: bool
    also_practised: tuple[str, ...]
    """Further countries where the practice lives without being inscribed."""
    basis: str
    """What the row rests on, in the words of the table's own documentation."""
    title_fr: str | None = None
    address: str | None = None
    """The page of the element at its publisher."""
    sites: tuple[str, ...] = ()
    """Numbers of World Heritage sites that the publisher names with it."""
