"""Every country as a place for one group to meet, and the towns in it: what the tables and the initiative say, gathered once and ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from tracktwo.considerations.conflict import locate
from tracktwo.considerations.entry import Roads, TravelBan, at_home, travellers
from tracktwo.considerations.grounds import advice_on
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.methods.distance import distance_km, nearest
from tracktwo.methods.venue import VIOLENT_DEATHS, Option, Traveller, shortlist
from tracktwo.model import brief as b
from tracktwo.model.world import Airport
from tracktwo.sources.country_names import fold

SHORTLIST = 5
VIOLENCE_YEARS, LATELY_YEARS = 3, 10
COUNCIL_DAYS = 730
_TOWNS = 3
_AIRPORT_KM = 60
_KINDNESS = ("accepts", "accepts on a condition", "refuses")


def nobody(_key: str, _country: str, _transit: Sequence[str]) -> bool:
    """No rule of law keeps anybody out: for who asks without any list."""
    return False


@dataclass(frozen=True)
class Town:
    """A town in a country that could host: why it is named."""

    name: str
    capital: bool
    airport: bool
    precedents: tuple[str, ...]
    distance_km: int | None


class Places:
    """Every country as a place to meet, for one group. Looked up once and read by several rows."""

    def __init__(self, q: Inquiry, banned: TravelBan = nobody) -> None:
        self.q = q
        self.roads = Roads(q, banned)

    @cached_property
    def travellers(self) -> tuple[Traveller, ...]:
        return travellers(self.q)

    @cached_property
    def ranked(self) -> tuple[Option, ...]:
        """All countries that the passport table knows as a destination, in order. A proposed venue stands for its country."""
        return shortlist(self.options(self.candidates), len(self.candidates))

    @cached_property
    def short(self) -> tuple[Option, ...]:
        """The first of the ranking; none among friends and neighbours, who need no ground of no party."""
        return () if at_home(self.q) or not self.travellers else self.ranked[:SHORTLIST]

    @cached_property
    def proposed(self) -> tuple[Option, ...]:
        """One option for each proposed venue's country, in the order of the brief."""
        return self.options(tuple(dict.fromkeys(venue.place.country for venue in self.q.initiative.venues if venue.place.country)))

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        passports = self.q.basis.shelf.passports
        if passports is None:
            return ()
        known = (country.alpha3 for country in self.q.basis.shelf.countries)
        return tuple(sorted(code for code in known if passports.entry(code, code).evidence is not None))

    def options(self, countries: tuple[str, ...]) -> tuple[Option, ...]:
        """What is known of each country as a place to meet."""
        return tuple(self._option(country) for country in countries)

    def rank(self, country: str) -> int | None:
        """The place of a country in the ranking, from 1."""
        return next((number for number, option in enumerate(self.ranked, 1) if option.country == country), None)

    def _option(self, country: str) -> Option:
        q = self.q
        venue = next((venue for venue in q.initiative.venues if venue.place.country == country), None)
        at = locate(q, venue.place) if venue else None
        transit = venue.transit if venue else ()
        journeys = tuple(self.roads.to(traveller, country, transit, at) for traveller in self.travellers)
        shelf = q.basis.shelf
        years = shelf.conflicts.deaths(country)[-VIOLENCE_YEARS:] if shelf.conflicts else ()
        grounds = set(q.initiative.countries)
        about = shelf.countries.get(country)
        answers = self._answers(country, venue)
        return Option(
            country=country,
            city=venue.place.city if venue else about.capital if about else None,
            journeys=journeys,
            deaths=sum(year.total for year in years) if years else None,
            counted=(str(years[0].year), str(years[-1].year)) if years else None,
            distance_km=self._distance(country),
            party_ground=country in grounds,
            borders_a_party=bool(about and grounds & set(about.borders)),
            precedents=self._precedents.get(country, ()),
            towns=shelf.gazetteer.towns_in(country) if shelf.gazetteer else None,
            hosted=self._hosted[country],
            violent_lately=self._violent_lately(country),
            before_council=country in self._before_council,
            fought=self._fought(country),
            close_to=self._close_to(country),
            advice=tuple((one.issuer, one.step) for one in advice_on(q, country)[0] if one.step is not None),
            accepted_by=tuple(one.side for one in answers if one.answer == "accepts"),
            refused_by=tuple(one.side for one in answers if one.answer == "refuses"),
            conditions=tuple(one.side for one in answers if one.answer == "accepts on a condition"),
            sides=len(q.initiative.table),
        )

    def _answers(self, country: str, venue: b.Venue | None) -> tuple[b.VenueAnswer, ...]:
        """The last answer of each side: on the venue itself where one is proposed, else on the country: of several houses the kindest."""
        last: dict[tuple[str, str], b.VenueAnswer] = {}
        for one in sorted(self.q.initiative.venue_answers, key=lambda one: one.date):
            if one.country == country and one.date <= self.q.basis.as_of:
                last[one.side, fold(one.venue)] = one
        of_side: dict[str, b.VenueAnswer] = {}
        for (side, _), one in last.items():
            before = of_side.get(side)
            if before is None or _KINDNESS.index(one.answer) < _KINDNESS.index(before.answer):
                of_side[side] = one
        own = {side: one for (side, house), one in last.items() if venue is not None and house == fold(venue.name)}
        return tuple((of_side | own).values())

    @cached_property
    def _precedents(self) -> dict[str, tuple[str, ...]]:
        """Country → past cases that met there."""
        found: dict[str, dict[str, None]] = {}
        for case in self.q.basis.cases:
            for met in case.venues if not case.is_stub else ():
                if met.iso3:
                    found.setdefault(met.iso3, {})[case.id] = None
        return {country: tuple(ids) for country, ids in found.items()}

    @cached_property
    def _airports(self) -> dict[str, list[Airport]]:
        """Country → its airports."""
        found: dict[str, list[Airport]] = {}
        for airport in self.q.basis.shelf.airports.all if self.q.basis.shelf.airports else ():
            found.setdefault(airport.country, []).append(airport)
        return found

    @cached_property
    def _hosted(self) -> Counter[str]:
        """Country → how many talks about somebody else's conflict are known to have met there."""
        abroad = Counter(
            country
            for case in self.q.basis.cases
            if not case.is_stub
            for country in {met.iso3 for met in case.venues if met.iso3 and met.iso3 not in case.countries}
        )
        told = self.q.basis.shelf.negotiations
        for one in told.all if told else ():
            abroad.update(country for country in one.venue_countries if country not in one.countries)
        return abroad

    def _violent_lately(self, country: str) -> bool:
        conflicts = self.q.basis.shelf.conflicts
        return any(year.total >= VIOLENT_DEATHS for year in conflicts.deaths(country)[-LATELY_YEARS:]) if conflicts else False

    @cached_property
    def _before_council(self) -> frozenset[str]:
        """Countries on which the Security Council acted under Chapter VII in the two years before the last resolution that is known."""
        resolutions = self.q.basis.shelf.resolutions
        if resolutions is None or not resolutions.all:
            return frozenset()
        since = resolutions.all[-1].adopted - timedelta(days=COUNCIL_DAYS)
        return frozenset(country for one in resolutions.all if one.chapter_vii and one.adopted >= since for country in one.countries)

    def _fought(self, country: str) -> bool:
        """True where the state took part in a conflict of the challenge, or fought one of its states, in what UCDP counts."""
        conflicts = self.q.basis.shelf.conflicts
        grounds = set(self.q.initiative.countries)
        if conflicts is None or country in grounds:
            return False
        return any(grounds & set(row.countries) for row in conflicts.of_country(country) if row.kind != "extrasystemic")

    def _close_to(self, country: str) -> tuple[str, ...]:
        """Parties and actors to which something of this country is tied or at odds, by the relations that are entered."""
        here = {party.name for party in self.q.initiative.parties if party.country == country}
        here |= {self.q.basis.shelf.countries.name(country)}
        ties = [r for r in self.q.initiative.relations if r.kind in ("allied with", "commands", "finances", "rivals", "fights")]
        ends = [(r.from_, r.to) for r in ties if (r.from_ in here) != (r.to in here)]
        return tuple(dict.fromkeys(to if start in here else start for start, to in ends))

    def _distance(self, country: str) -> int | None:
        """Mean distance in km from the capitals of the challenge's countries to this country's capital."""
        here = self.roads.capitals.get(country)
        homes = [at for home in self.q.initiative.countries if (at := self.roads.capitals.get(home))]
        if here is None or not homes:
            return None
        return round(sum(distance_km(*here, *home) for home in homes) / len(homes))

    def towns(self, country: str) -> tuple[Town, ...]:
        """Towns of a country that could host, in order: where past talks met, with an airport near, near the sides."""
        q = self.q
        about = q.basis.shelf.countries.get(country)
        met: dict[str, list[str]] = {}
        for case in q.basis.cases:
            for place in case.venues if not case.is_stub else ():
                if place.iso3 == country:
                    met.setdefault(place.place, []).append(case.id)
        names = dict.fromkeys([*([about.capital] if about and about.capital else []), *met])
        homes = [at for home in q.initiative.countries if (at := self.roads.capitals.get(home))]
        found = []
        for name in names:
            at = locate(q, b.Place(city=name, country=country))
            if at is None and name not in met:
                continue
            near = nearest(*at, self._airports.get(country, ()), lambda one: (one.latitude, one.longitude), 1) if at else ()
            km = round(sum(distance_km(*at, *home) for home in homes) / len(homes)) if at and homes else None
            found.append(Town(name, bool(about and name == about.capital), bool(near and near[0][0] <= _AIRPORT_KM), tuple(met.get(name, ())), km))
        order = sorted(found, key=lambda town: (-len(town.precedents), not town.airport, town.distance_km or 20_000, town.name))
        return tuple(order[:_TOWNS])
