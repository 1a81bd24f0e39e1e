"""What a file is, by what is in it: one row of one table for each data set that tracktwo reads."""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from tracktwo.sources import advisories, airports, gazetteer, ged, heritage, passports, pax, peace_observatory, ucdp, un_sc
from tracktwo.sources.countries import load_countries
from tracktwo.sources.lists import ofac
from tracktwo.sources.lists.opened import taste
from tracktwo.sources.lists.reading import format_of, read_list
from tracktwo.sources.table import Table, UnreadableSource, header_of, open_text, provenance_of, read_records, starts_with

Dataset = Literal[
    "conflicts", "dyads", "deaths", "events", "passports", "towns", "agreements", "negotiations", "advisories", "resolutions", "airports", "heritage",
    "lists",
]  # fmt: skip
LISTS: Final = "lists"
"""The data set of sanctions lists: of these every snapshot is kept, each with the files that belong to it."""
EVENTS = "events"
"""The data set of events, and the folder in which `recognise_into` leaves them by country."""
_UCDP = "Uppsala Conflict Data Program"
_UCDP_URL = "https://ucdp.uu.se/downloads/"
_CC_BY = "CC-BY-4.0"
_OWN_TERMS = "terms of the publisher"
_ZIP_MAGIC = b"PK\x03\x04"
_TASTE = 1 << 16


@dataclass(frozen=True)
class Recognised:
    """What a file turned out to be, by its content."""

    name: Dataset
    publisher: str
    dataset: str
    licence: str
    url: str | None
    rows: int
    version: str | None = None
    """As the file states it; None where it states none."""
    speaks_until: date | None = None
    """The last day that the rows cover, where they have dates."""
    part: str | None = None
    """Where a data set comes in parts that stand beside each other: the government of a travel advice, the local agreements, the key of a list."""
    remark: str | None = None
    """What the user should know of the file, in one sentence."""
    events: ged.EventFile | None = None
    beside: tuple[Path, ...] = ()
    """Files that stand beside this one and belong to it, such as the aliases of OFAC's list."""

    @property
    def suffix(self) -> str:
        """How a copy of the file is named when it is kept, before the `.gz` of a compressed one."""
        return ".txt" if self.name == "heritage" else ".csv"  # a note beside it ends with .json

    @property
    def dump(self) -> bool:
        """True for a GeoNames dump: separated by tabs, without a header."""
        return self.part == "dump"


@dataclass(frozen=True)
class Glance:
    """What can be seen of a file without reading it through: the names of its columns and how it begins."""

    path: Path
    header: frozenset[str]
    first_line: str
    beginning: str

    def has(self, columns: tuple[str, ...]) -> bool:
        return frozenset(columns) <= self.header


@dataclass(frozen=True)
class Kind:
    """A data set that tracktwo reads: how a file of it is known, and what reads it through."""

    name: Dataset
    shown: str
    """What it is called in the sentence that lists what can be read."""
    columns: tuple[str, ...]
    """Columns that are needed; empty where a file is known otherwise. They also tell which kind a file is nearest to that is none."""
    read: Callable[[Path, Path], Recognised]
    """From the file and a scratch folder; raises UnreadableSource."""
    looks: Callable[[Glance], bool] | None = None
    """How a file is known that is not known by `columns` alone."""

    def known(self, seen: Glance) -> bool:
        return self.looks(seen) if self.looks is not None else seen.has(self.columns)


def recognise(path: Path) -> Recognised:
    """Say what a file is, and read it through once. Raises UnreadableSource with what is wrong and what would be right."""
    with tempfile.TemporaryDirectory() as scratch:
        return recognise_into(path, Path(scratch))


def recognise_into(path: Path, scratch: Path) -> Recognised:
    """As `recognise`; of an event file the tables by country are left in `scratch`/events, since reading it once takes long enough."""
    if path.is_file() and path.stat().st_size == 0:
        raise UnreadableSource(f"{path.name} is empty; download it anew")
    if starts_with(path, _ZIP_MAGIC):
        raise UnreadableSource(f"{path.name} is a zip archive or a spreadsheet; unpack it, or save the table as CSV, and give the .csv file")
    if format_of(taste(path)) is not None:  # first, since a list may be one line of millions of characters
        return _lists(path, scratch)
    glance = _glance(path)
    for kind in KINDS:
        if kind.known(glance):
            return _read(kind, path, scratch)
    raise UnreadableSource(_unlike_all(path, glance.header))


def _read(kind: Kind, path: Path, scratch: Path) -> Recognised:
    try:
        return kind.read(path, scratch)
    except UnreadableSource:
        raise
    except (ValueError, OverflowError, RecursionError, EOFError, csv.Error) as error:
        # A value that no reader foresaw, such as a number of five thousand digits, is damage and no fault of ours.
        raise UnreadableSource(f"{path.name} looks like {kind.shown} but holds values that cannot be read; download it anew") from error


def fault(name: str, path: Path) -> str | None:
    """Return why a kept or shipped table of a data set cannot be read, as far as its beginning shows; None where it can."""
    kinds = [kind for kind in KINDS if kind.name == name]
    try:
        glance = _glance(path)
        if any(kind.known(glance) for kind in kinds):
            return None
    except UnreadableSource as error:
        return str(error)
    missing = [column for column in kinds[0].columns if column not in glance.header]
    return f"{path.name}, line 1: the column {missing[0]} is missing" if missing else f"{path.name} is no table of {name}"


def _glance(path: Path) -> Glance:
    header = frozenset(header_of(path))
    with open_text(path) as file:
        try:
            beginning = file.read(_TASTE)
        except (UnicodeError, EOFError, OSError):
            beginning = ""
        return Glance(path, header, re.split(r"\r\n|\r|\n", beginning, maxsplit=1)[0], beginning)


def _unlike_all(path: Path, header: frozenset[str]) -> str:
    near = max((kind.columns for kind in KINDS if kind.columns), key=lambda columns: len(header.intersection(columns)) / len(columns))
    missing = [column for column in near if column not in header]
    if len(missing) * 2 < len(near):
        listed = f"the column {missing[0]} is" if len(missing) == 1 else f"the columns {', '.join(missing)} are"
        return f"{path.name}, line 1: {listed} missing; download the table anew as its publisher offers it"
    shown = ", ".join(dict.fromkeys(kind.shown for kind in KINDS))
    return f"{path.name} is none of the tables that tracktwo reads: {shown}; as .csv, .json or .jsonl, or compressed as .gz"


# -- readers, one a data set --------------------------------------------------------------------------------------------


def _table(path: Path) -> Table:
    nothing = {"publisher": "", "dataset": "", "version": "", "as_of": "1970-01-01", "licence": ""}
    return Table(path, provenance_of(nothing, own_download=True))


def _year_end(path: Path, year: int) -> date:
    if not 1800 <= year <= 2199:
        raise UnreadableSource(f"{path.name}: the last year is {year}, which cannot be; download it anew")
    return date(year, 12, 31)


def _ucdp(name: Dataset, dataset: str, path: Path, last_year: int, rows: int) -> Recognised:
    return Recognised(name, _UCDP, dataset, _CC_BY, _UCDP_URL, rows, _version(path), _year_end(path, last_year))


def _version(path: Path) -> str | None:
    if "version" not in header_of(path):
        return None
    versions = {value.strip() for _line, (value,) in read_records(path, ("version",))}
    return versions.pop() if len(versions) == 1 else None


def _conflicts(path: Path, _scratch: Path) -> Recognised:
    rows = ucdp.read_conflicts(_table(path), load_countries().from_gleditsch_ward)
    return _ucdp("conflicts", "UCDP/PRIO Armed Conflict Dataset", path, max(row.year for row in rows), len(rows))


def _dyads(path: Path, _scratch: Path) -> Recognised:
    rows = ucdp.read_dyads(_table(path), load_countries().from_gleditsch_ward)
    return _ucdp("dyads", "UCDP Dyadic Dataset", path, max(row.year for row in rows), len(rows))


def _deaths(path: Path, _scratch: Path) -> Recognised:
    found = ucdp.read_deaths(_table(path), load_countries().from_gleditsch_ward)
    years = [row.year for rows in found.values() for row in rows]
    return _ucdp("deaths", "UCDP Organized Violence Country-Year Dataset", path, max(years), len(years))


def _events(path: Path, scratch: Path) -> Recognised:
    split = ged.split_events(path, scratch / EVENTS, load_countries().from_gleditsch_ward)
    dataset = "UCDP Georeferenced Event Dataset"
    return Recognised("events", _UCDP, dataset, _CC_BY, _UCDP_URL, split.rows, speaks_until=split.last_day, events=split)


def _passports(path: Path, _scratch: Path) -> Recognised:
    rows = passports.PassportIndex(_table(path)).check()
    url = "https://github.com/ilyankou/passport-index-dataset"
    return Recognised("passports", "Passport Index", "Passport Index data set (I. Ilyankou)", "MIT", url, rows)


def _towns(path: Path, _scratch: Path, *, dump: bool = False) -> Recognised:
    towns = gazetteer.Gazetteer(_table(path), {country.alpha2: country.alpha3 for country in load_countries()}.get, dump)
    part = "dump" if dump else None
    return Recognised("towns", "GeoNames", "Towns", _CC_BY, "https://www.geonames.org/", towns.check(), part=part)


def _town_dump(path: Path, scratch: Path) -> Recognised:
    return _towns(path, scratch, dump=True)


def _agreements(path: Path, _scratch: Path) -> Recognised:
    subset = pax.is_subset(frozenset(header_of(path)))
    if subset == "gender":
        raise UnreadableSource(f"{path.name} is the gender subset of PA-X; give the table of all agreements")
    found = pax.Agreements(_table(path), load_countries().find).all
    dataset = "PA-X Local Peace Agreements" if subset else "PA-X Peace Agreements Database"
    last = max((one.signed for one in found if one.signed), default=None)
    url = "https://www.peaceagreements.org/"
    return Recognised("agreements", "PeaceRep, University of Edinburgh", dataset, _OWN_TERMS, url, len(found), speaks_until=last, part=subset)


def _negotiations(path: Path, _scratch: Path) -> Recognised:
    found = peace_observatory.Negotiations(_table(path), load_countries().find).all
    last = max((one.ended or one.began or "" for one in found), default="")
    doubtful = peace_observatory.unresolved(found)
    remark = f"the country of talks is none known here, and is left unknown, in this many rows: {doubtful.total()} ({_some(list(doubtful))})"
    return Recognised(
        "negotiations", "Peace Observatory", "Peace negotiations", _OWN_TERMS, None, len(found),
        speaks_until=_year_end(path, int(last[:4])) if last else None, remark=remark if doubtful else None,
    )  # fmt: skip


def _advisories(path: Path, _scratch: Path) -> Recognised:
    advice = advisories.Advisories(_table(path), load_countries().find)
    about = advisories.issuer_of(advice.table)
    if about is None:
        raise UnreadableSource(f"{path.name}: its addresses lead to no single government whose advice is read here: {', '.join(advisories.ISSUERS)}")
    issuer, publisher = about
    nowhere = advice.unresolved
    remark = f"{len(nowhere)} of {advice.rows} destinations are no single country known here, and are left out: {_some(nowhere)}"
    return Recognised(
        "advisories", publisher, "Travel advice", _OWN_TERMS, _home_page(issuer), advice.rows, speaks_until=advice.last_updated, part=issuer,
        remark=remark if nowhere else None,
    )  # fmt: skip


def _home_page(issuer: str) -> str:
    return next(f"https://www.{host}/" for host, (alpha3, _name) in advisories.ISSUERS.items() if alpha3 == issuer)


def _resolutions(path: Path, _scratch: Path) -> Recognised:
    found = un_sc.Resolutions(_table(path), load_countries().named)
    doubled = found.lines - len(found.all)
    return Recognised(
        "resolutions", "United Nations", "Security Council resolutions: metadata", "LicenseRef-UN-data",
        "https://www.un.org/dgacm/en/content/visualizations-and-machine-readability", found.lines, speaks_until=found.all[-1].adopted,
        remark=f"{doubled} of {found.lines} lines are doubled, and stand once" if doubled else None,
    )  # fmt: skip


def _airports(path: Path, _scratch: Path) -> Recognised:
    found = airports.Airports(_table(path), load_countries().find)
    known = len(found.all)
    header = frozenset(header_of(path))
    publisher, licence, url = next((about for columns, about in _AIRPORT_TABLES.items() if frozenset(columns) <= header), _OPENFLIGHTS)
    remark = f"{known} of {found.lines} have an IATA code and lie in a country known here; the rows carry no date of their own"
    speaks = _OPENFLIGHTS_DAY if publisher == _OPENFLIGHTS[0] else None
    return Recognised("airports", publisher, "Airports", licence, url, found.lines, speaks_until=speaks, remark=remark)


_OPENFLIGHTS = ("OpenFlights", "ODbL-1.0", "https://openflights.org/data.php")
_OPENFLIGHTS_DAY = date(2019, 12, 31)
"""For which day OpenFlights' list is taken to speak, whenever it was downloaded: a copy of 2025 has what opened in 2019, and what closed in 2020."""
_AIRPORT_TABLES = {
    airports.OURAIRPORTS_COLUMNS: ("OurAirports", "public domain", "https://ourairports.com/data/"),
    airports.IATA_COLUMNS: ("L. Xndrblz and A. Bilz", "CC-BY-SA-4.0", "https://github.com/lxndrblz/Airports"),
}


def _heritage(path: Path, _scratch: Path) -> Recognised:
    found = heritage.HeritageLists(_table(path), load_countries().find).all
    years = [element.year for element in found if element.year]
    last = _year_end(path, max(years)) if years else None
    return Recognised(
        "heritage", "UNESCO", "Intangible Cultural Heritage lists (ich001)", "CC-BY-SA-4.0", "https://ich.unesco.org/", len(found), speaks_until=last
    )


def _lists(path: Path, _scratch: Path) -> Recognised:
    snapshot = read_list(path)
    beside = ofac.siblings(path).found if ofac.looks(taste(path)) else ()
    remark = "; ".join(snapshot.remarks)
    return Recognised(
        LISTS, snapshot.publisher, snapshot.dataset, _OWN_TERMS, None, len(snapshot.entries), speaks_until=snapshot.as_of, part=snapshot.key,
        remark=remark or None, beside=beside,
    )  # fmt: skip


def _some(names: tuple[str, ...] | list[str]) -> str:
    """The first few of many names."""
    distinct = list(dict.fromkeys(names))
    return ", ".join(distinct[:6]) + (" and others" if len(distinct) > 6 else "")


def _is_dump(glance: Glance) -> bool:
    values = glance.first_line.split("\t")
    return len(values) == gazetteer.GEONAMES_FIELDS and values[0].isdecimal()


def _is_airports(glance: Glance) -> bool:
    tables = (airports.AIRPORT_COLUMNS, airports.OURAIRPORTS_COLUMNS, airports.IATA_COLUMNS)
    return any(glance.has(columns) for columns in tables) or airports.is_openflights(glance.first_line)


def _is_resolutions(glance: Glance) -> bool:
    return glance.has(un_sc.RESOLUTION_COLUMNS) or un_sc.is_lines(glance.first_line)


KINDS: tuple[Kind, ...] = (
    Kind("events", "UCDP events", ucdp.EVENT_COLUMNS, _events),
    Kind("deaths", "UCDP country-years", ucdp.DEATH_COLUMNS, _deaths),
    Kind("conflicts", "UCDP conflicts", ucdp.CONFLICT_COLUMNS, _conflicts),
    Kind("dyads", "UCDP dyads", ucdp.DYAD_COLUMNS, _dyads),
    Kind("passports", "passport-index-tidy-iso3", passports.PASSPORT_COLUMNS, _passports),
    Kind("agreements", "PA-X agreements", pax.AGREEMENT_COLUMNS, _agreements),
    Kind("negotiations", "Peace Observatory negotiations", peace_observatory.NEGOTIATION_COLUMNS, _negotiations),
    Kind("advisories", "summaries of travel advice", (), _advisories, lambda seen: advisories.is_advice(seen.header)),
    Kind("resolutions", "Security Council resolutions", (), _resolutions, _is_resolutions),
    Kind("airports", "airports", (), _airports, _is_airports),
    Kind("heritage", "UNESCO's ich001", (), _heritage, lambda seen: heritage.is_export(seen.beginning)),
    Kind("towns", "GeoNames towns", gazetteer.TOWN_COLUMNS, _towns),
    Kind("towns", "GeoNames towns", (), _town_dump, _is_dump),
    Kind(
        "lists", "sanctions lists of the UN, OFAC, the EU, the UK or OpenSanctions", (), _lists, lambda seen: format_of(taste(seen.path)) is not None
    ),
)
"""Everything that `tracktwo sources add` takes. A new source is a reader, a row here, and a row in `shelf.OLD_AFTER_DAYS`."""
