"""Reader of the Peace Observatory's negotiations, from the user's own download: who talked with whom, where, helped by whom, about what."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tracktwo.model.attempts import Negotiation, ThirdPartyKind, Topic
from tracktwo.sources.dates import partial_date
from tracktwo.sources.row import Row
from tracktwo.sources.table import Resolve, Table, TableOfCountries, UnreadableSource

NEGOTIATION_COLUMNS = (
    "conflict_id", "conflict_type", "gwno_loc_conflict", "side_a", "side_b", "negotiation_id", "description", "location_negotiations",
    "location_negotiations_country", "start_negotiations_year", "start_negotiations_month", "start_negotiations_day", "end_negotiations_year",
    "end_negotiations_month", "end_negotiations_day", "mediated_negotiations", "third_party", "agreement",
)  # fmt: skip
_KINDS: Mapping[str, ThirdPartyKind] = {
    "local_ngo": "local NGO", "international_ngo": "international NGO", "regional_organization": "regional organisation",
    "international_organization": "international organisation", "peace_operation": "peace operation", "foreign_government": "foreign government",
    "individual": "individual", "national_committee": "national committee", "language_organization": "language organisation",
    "local_government": "local government", "government": "government", "president": "president", "political_party": "political party",
    "government_forces": "government forces", "police": "police", "armed_group": "armed group", "community_leaders": "community leaders",
    "religious_leaders": "religious leaders", "religious_any": "religious body", "traditional_leaders": "traditional leaders",
    "local_committee": "local committee", "company": "company",
}  # fmt: skip
_TOPICS: Mapping[str, str] = {
    "border": "border", "nego_power-sharing": "power-sharing", "nego_ddr": "disarmament", "election": "elections", "monitor": "monitoring",
    "reconciliation": "reconciliation", "amnesty": "amnesty", "nego_land": "land", "nego_water": "water", "nego_cattle": "cattle",
    "nego_movement": "movement", "nego_end_support": "end-of-support", "nego_withdrawal": "withdrawal", "nego_ceasefire": "ceasefire",
}  # fmt: skip
"""Column → topic. Whether agreement was reached stands in a column of the same name and `_success`, in some with a blank before it; for a
ceasefire in the column `ceasefire`."""
_FLAGS = ("women", "secret_nego", "indirect_nego", "one-sided_nego", "prenego", "ceasefire", "agreement_name")
_OPTIONAL = (
    *_KINDS, *_TOPICS, *(f"{topic}_success" for topic in _TOPICS), *(f"{topic} _success" for topic in _TOPICS), *_FLAGS,
)  # fmt: skip
_COLUMNS = (*NEGOTIATION_COLUMNS, *_OPTIONAL)
_TYPE: Mapping[str, Literal["between states", "government and group", "between groups"]] = {
    "1": "between states", "2": "government and group", "3": "between groups",
}  # fmt: skip
_NOT_KNOWN = frozenset({"unknown", "uknown", "unknwon", ""})
_NOWHERE = frozenset({"shuttle talks"})
"""Written for a town where the sides did not meet in one place."""
_LOST = "\ufffd"


@dataclass(frozen=True)
class Negotiations(TableOfCountries):
    """The negotiations of one table, read when they are first asked for. All methods may raise UnreadableSource."""

    @functools.cached_property
    def all(self) -> tuple[Negotiation, ...]:
        """Every row, oldest first. Two numbers are given twice by the publisher; each row counts."""
        return read_negotiations(self.table, self.resolve)

    def of_countries(self, countries: set[str]) -> tuple[Negotiation, ...]:
        """Return the negotiations about conflicts in one of these countries (alpha-3), oldest first, wherever the sides met."""
        return tuple(one for one in self.all if not countries.isdisjoint(one.countries))


def read_negotiations(table: Table, resolve: Resolve) -> tuple[Negotiation, ...]:
    """Return the negotiations of a table, oldest first. Raises UnreadableSource.

    The publisher's codes are 0 and 1; a stray letter or another number (some rows have `q`, 2, 3 or 11) is read as not known.
    """
    found = []
    for line, values in table.records(NEGOTIATION_COLUMNS, _OPTIONAL):
        row = Row(table.path.name, line, _COLUMNS, values)
        if not row["negotiation_id"]:
            raise row.wrong("negotiation_id", "the number of a negotiation, for instance 858-1")
        found.append(_negotiation(row, resolve))
    if not found:
        raise UnreadableSource(f"{table.path.name} holds no negotiation; download it anew")
    return tuple(sorted(found, key=lambda one: (one.began is None, one.began or "", one.id)))


def shown(text: str) -> str:
    """Return a text as it may be shown: a letter that the publisher lost between two others was an apostrophe (Sant’Egidio)."""
    return re.sub(rf"(?<=\w){_LOST}(?=\w)", "’", text)


def unresolved(negotiations: tuple[Negotiation, ...]) -> Counter[str]:
    """Return the countries of talks that are no country known here, as written, with the number of rows: typing errors and `Congo`."""
    return Counter(one.venue_text for one in negotiations if one.venue_text and not one.venue_countries)


def _negotiation(row: Row, resolve: Resolve) -> Negotiation:
    venue = row["location_negotiations_country"]
    venue = "" if venue.casefold() in _NOT_KNOWN else venue
    town = row["location_negotiations"]
    began, ended = (partial_date(*(row[f"{end}_negotiations_{part}"] for part in ("year", "month", "day"))) for end in ("start", "end"))
    return Negotiation(
        id=row["negotiation_id"],
        conflict_id=row["conflict_id"].removesuffix(".0"),
        kind=_TYPE.get(row["conflict_type"].removesuffix(".0")),
        countries=_resolved((f"GW {number}" for number in re.findall(r"\d{1,4}", row["gwno_loc_conflict"].replace(".0", ""))), resolve),
        side_a=row["side_a"],
        side_b=row["side_b"],
        description=row["description"],
        town=None if town.casefold() in _NOT_KNOWN | _NOWHERE else town,
        venue_countries=_resolved([venue], resolve) or _resolved(venue.split(","), resolve),
        venue_text=venue,
        began=began,
        ended=ended if ended and (not began or ended[:4] >= began[:4]) else None,
        mediated=_flag(row["mediated_negotiations"]),
        third_parties=_names(row["third_party"]),
        third_party_kinds=tuple(kind for column, kind in _KINDS.items() if _flag(row[column])),
        women=_flag(row["women"]),
        secret=_flag(row["secret_nego"]),
        indirect=_flag(row["indirect_nego"]),
        one_sided=_flag(row["one-sided_nego"]),
        pre_negotiation=_flag(row["prenego"]),
        topics=tuple(_topics(row)),
        agreement=_flag(row["agreement"]),
        ceasefire=_flag(row["ceasefire"]),
        agreement_name=row["agreement_name"] or None,
    )


def _resolved(texts: Iterator[str] | list[str], resolve: Resolve) -> tuple[str, ...]:
    found = (resolve(text) for text in texts if text.strip())
    return tuple(dict.fromkeys(country for country in found if country is not None))


def _topics(row: Row) -> Iterator[Topic]:
    for column, name in _TOPICS.items():
        if _flag(row[column]):
            yield Topic(name, any(_flag(row[success]) for success in _successes(column)))


def _successes(column: str) -> tuple[str, ...]:
    return ("ceasefire",) if column == "nego_ceasefire" else (f"{column}_success", f"{column} _success")


def _flag(text: str) -> bool | None:
    return {"1": True, "1.0": True, "0": False, "0.0": False}.get(text)


def _names(text: str) -> tuple[str, ...]:
    """The third parties of a list between commas or semicolons; what stands in brackets belongs to the name before it."""
    names, depth, name = [], 0, ""
    for letter in text:
        depth += (letter == "(") - (letter == ")" and depth > 0)
        if letter in ",;" and depth == 0:
            names.append(name.strip())
            name = ""
        else:
            name += letter
    names.append(name.strip())
    return tuple(dict.fromkeys(name for name in names if name and name.casefold() not in _NOT_KNOWN))
