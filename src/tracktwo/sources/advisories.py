"""Reader of governments' travel advice, from the user's own download: a summary table a government, each in that government's words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracktwo.model.world import Advisory
from tracktwo.sources.row import Row
from tracktwo.sources.table import Table, TableOfCountries, UnreadableSource, header_of, read_records

ADVISORY_COLUMNS = ("destination",)
_UPDATED = ("last_updated", "last_updated_advisory")
_LINKS = ("url", "details_url", "advisory_details_url", "country_info_url")
_OPTIONAL = ("risk_level", "risk_level_number", *_UPDATED, *_LINKS)
_COLUMNS = (*ADVISORY_COLUMNS, *_OPTIONAL)

ISSUERS: Mapping[str, tuple[str, str]] = {
    "smartraveller.gov.au": ("AUS", "Government of Australia"),
    "travel.gc.ca": ("CAN", "Government of Canada"),
    "ireland.ie": ("IRL", "Government of Ireland"),
    "gov.uk": ("GBR", "Government of the United Kingdom"),
    "travel.state.gov": ("USA", "Government of the United States"),
}
"""Host of a government's advice → the country for whose citizens it is written, and its publisher."""

_STEPS: Mapping[str, Mapping[str, int]] = {
    "AUS": {
        "exercise normal safety precautions": 1, "exercise a high degree of caution": 2, "reconsider your need to travel": 3, "do not travel": 4,
    },
    "CAN": {
        "take normal security precautions": 1, "exercise a high degree of caution": 2, "avoid non-essential travel": 3, "avoid all travel": 4,
    },
    "USA": {"exercise normal precautions": 1, "exercise increased caution": 2, "reconsider travel": 3, "do not travel": 4},
}  # fmt: skip
"""The words of each scale from its lowest to its highest step. Three of five governments word theirs in four steps in these tables."""
_NO_LEVEL = frozenset({"", "no summary found", "other", "no travel advice"})
_REGIONAL = "(with regional advisories)"


@dataclass(frozen=True)
class Advisories(TableOfCountries):
    """The advice of one government, read when it is first asked for. All methods may raise UnreadableSource."""

    @functools.cached_property
    def issuer(self) -> str:
        """The government, by alpha-3."""
        found = issuer_of(self.table)
        if found is None:
            raise UnreadableSource(f"{self.table.path.name}: no row has an address of a government whose advice is read here")
        return found[0]

    def on(self, country: str) -> tuple[Advisory, ...]:
        """Return what the government says of a country; empty where it has no row of its own, several where it has several."""
        return self._read[0].get(country, ())

    @property
    def rows(self) -> int:
        """How many rows the table has, those of no single country included."""
        return sum(len(found) for found in self._read[0].values()) + len(self.unresolved)

    @property
    def unresolved(self) -> tuple[str, ...]:
        """Destinations that are no single country known here, as written: they are counted and never guessed."""
        return self._read[1]

    @property
    def last_updated(self) -> date | None:
        """The newest date in the table."""
        return max(self._read[2], default=None)

    @functools.cached_property
    def _read(self) -> tuple[Mapping[str, tuple[Advisory, ...]], tuple[str, ...], tuple[date, ...]]:
        found: dict[str, tuple[Advisory, ...]] = {}
        nowhere: list[str] = []
        days: list[date] = []
        for line, values in self.table.records(ADVISORY_COLUMNS, _OPTIONAL):
            row = Row(self.table.path.name, line, _COLUMNS, values)
            country = self.resolve(row["destination"])
            updated = _updated(row)
            days += [updated] if updated else []
            if country is None:
                nowhere.append(row["destination"])
            else:
                advisory = _advisory(row, country, self.issuer, updated)
                found[country] = (*found.get(country, ()), advisory)
        if not found:
            raise UnreadableSource(f"{self.table.path.name} advises on no country; download it anew")
        return found, tuple(nowhere), tuple(days)


def is_advice(columns: frozenset[str]) -> bool:
    """True for the columns of a summary of travel advice."""
    return "destination" in columns and not columns.isdisjoint(_UPDATED) and not columns.isdisjoint(_LINKS)


def issuer_of(table: Table) -> tuple[str, str] | None:
    """Return the government (alpha-3 and name) to which the addresses of a table lead; None where none is known here, or several are."""
    found = set()
    for _line, values in read_records(table.path, (), [name for name in _LINKS if name in header_of(table.path)]):
        for link in values:
            host = re.match(r"https?://([^/]+)", link.strip())
            found |= {about for name, about in ISSUERS.items() if host and (host[1] == name or host[1].endswith(f".{name}"))}
    return found.pop() if len(found) == 1 else None


def _advisory(row: Row, country: str, issuer: str, updated: date | None) -> Advisory:
    words = row["risk_level"]
    level = None if words.casefold() in _NO_LEVEL else words
    number = row["risk_level_number"].removesuffix(".0")
    plain = re.sub(r"^level \d: ", "", words.casefold().replace(_REGIONAL, "").strip())
    return Advisory(
        country=country,
        issuer=issuer,
        destination=row["destination"],
        level_text=level,
        level_number=int(number) if level and re.fullmatch(r"[1-4]", number) else None,
        step=_STEPS.get(issuer, {}).get(plain) if level else None,
        regional=_REGIONAL in words,
        updated=updated,
        url=next((row[name] for name in ("url", "details_url", "advisory_details_url", "country_info_url") if row[name]), ""),
    )


def _updated(row: Row) -> date | None:
    written = next((name for name in _UPDATED if row[name]), None)
    return row.day(written) if written else None
