"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, as CSV and as XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from tracktwo.model.listing import EntryKind, ListedEntry, ListSnapshot, NameStrength
from tracktwo.sources.dates import read_day
from tracktwo.sources.lists.births import items
from tracktwo.sources.lists.gathered import Draft, Gathering
from tracktwo.sources.lists.opened import Taste, read_elements, read_rows, text_of
from tracktwo.sources.table import UnreadableSource

PUBLISHER = "UK Foreign, Commonwealth and Development Office"
_DATASET = "UK Sanctions List"
_KINDS: dict[str, EntryKind] = {"individual": "person", "entity": "organisation", "ship": "vessel", "aircraft": "aircraft"}
_COLUMNS = ("Unique ID", "Name 6", "Name 1", "Name type", "Regime Name")
_REPORT = re.compile(r"report date:?\s*(\d{1,2})[- ]([A-Za-z]{3,9})[- ](\d{4})", re.IGNORECASE)
_GIVEN = tuple(f"Name {number}" for number in range(1, 6))
_ADDRESS = (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code", "Address Country")
_READ = frozenset({
    "Unique ID", "Name 6", *_GIVEN, "Name type", "Alias strength", "Title", "Name non-latin script", "Regime Name", "Designation Type",
    "Sanctions Imposed", *_ADDRESS, "Date Designated", "Last Updated", "D.O.B", "Nationality(/ies)", "Position", "Gender", "Country of birth",
    "Town of birth",
})  # fmt: skip
"""Columns that have a field of their own here; all others are kept as notes."""


def looks_csv(seen: Taste) -> bool:
    lines = seen.beginning.lstrip("\ufeff").splitlines()[:3]
    return any(all(column in line for column in _COLUMNS) for line in lines)


def looks_xml(seen: Taste) -> bool:
    return seen.root == "Designations"


def read_csv(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot of the CSV: a line with the date of the report, the header, then one row a name, joined by `Unique ID`.

    Raises UnreadableSource.
    """
    gathering = Gathering(path)
    stated: date | None = None
    header: list[str] = []
    drafts: dict[str, Draft] = {}
    for line, values in read_rows(path, delimiter=","):
        if not header:
            stated = stated or _report_day(values[0])
            header = [value.strip() for value in values] if "Unique ID" in (value.strip() for value in values) else []
            continue
        if len(values) != len(header):
            place = f"{path.name}, line {line}"
            raise UnreadableSource(f"{place}: {len(values)} values for {len(header)} columns; the file may be cut off, download it anew")
        row = {column: value.strip() for column, value in zip(header, values, strict=True) if value.strip()}
        number = row.get("Unique ID")
        if number is None:
            if row:
                raise UnreadableSource(f"{path.name}, line {line}: Unique ID is empty; the file may be cut off, download it anew")
            continue
        if number not in drafts:
            drafts[number] = Draft(gathering, number, _KINDS.get(row.get("Designation Type", "").casefold(), "other"))
        _row(drafts[number], row)
    return gathering.snapshot("uk", PUBLISHER, _DATASET, (draft.entry() for draft in drafts.values()), stated or as_of)


def _report_day(text: str) -> date | None:
    found = _REPORT.search(text)
    return read_day(" ".join(found.groups()), "day first") if found else None


def _row(draft: Draft, row: Mapping[str, str]) -> None:
    _name(draft, [row.get(part, "") for part in _GIVEN], row.get("Name 6", ""), row.get("Name type", ""), row.get("Alias strength", ""))
    draft.name(row.get("Name non-latin script", ""), "strong")
    draft.births_in("D.O.B", row.get("D.O.B", ""))
    for item in items(row.get("Nationality(/ies)", "")):
        draft.nationality("Nationality(/ies)", item)
    address = [row[part] for part in _ADDRESS if part in row]
    draft.country(row.get("Address Country", ""))
    draft.note("Address", ", ".join(address))
    draft.country(row.get("Country of birth", ""))
    draft.note("Place of birth", ", ".join(row[part] for part in ("Town of birth", "Country of birth") if part in row))
    draft.programmes += [row["Regime Name"]] if "Regime Name" in row else []
    _imposed(draft, row.get("Sanctions Imposed", ""))
    draft.titles += [row[part] for part in ("Title", "Position") if part in row]
    if "Gender" in row:
        draft.say_gender(row["Gender"])
    _dates(draft, row.get("Date Designated", ""), row.get("Last Updated", ""))
    for column, value in row.items():
        if column not in _READ:
            draft.note(column, value)


def read_xml(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot of the XML. Raises UnreadableSource."""
    gathering = Gathering(path)
    stated: date | None = None
    entries = []
    for element in read_elements(path, frozenset({"Designation", "DateGenerated"})):
        if element.tag == "DateGenerated":
            stated = read_day(text_of(element), "day first")
        elif element.tag == "Designation":
            entries.append(_designation(element, gathering))
    return gathering.snapshot("uk", PUBLISHER, _DATASET, entries, stated or as_of)


def _designation(element: Element, gathering: Gathering) -> ListedEntry:
    number = text_of(element.find("UniqueID"))
    if not number:
        raise UnreadableSource(f"{gathering.path.name}: a Designation has no UniqueID; download the file anew")
    draft = Draft(gathering, number, _KINDS.get(text_of(element.find("IndividualEntityShip")).casefold(), "other"))
    for child in element:
        if child.tag == "Names":
            for name in child.iter("Name"):
                given = [text_of(name.find(f"Name{place}")) for place in range(1, 6)]
                _name(draft, given, text_of(name.find("Name6")), text_of(name.find("NameType")), text_of(name.find("AliasStrength")))
        elif child.tag == "NonLatinNames":
            for script in child.iter("NameNonLatinScript"):
                draft.name(text_of(script), "strong")
        elif child.tag == "Addresses":
            for address in child.iter("Address"):
                draft.country(text_of(address.find("AddressCountry")))
                draft.note("Address", ", ".join(text_of(part) for part in address.iter() if text_of(part)))
        elif child.tag == "SanctionsImposed":
            _imposed(draft, text_of(child))
        elif child.tag == "RegimeName":
            draft.programmes += [text_of(child)] if text_of(child) else []
        elif child.tag == "Titles":
            draft.titles += [text_of(title) for title in child.iter("Title") if text_of(title)]
        elif child.tag == "IndividualDetails":
            _details(draft, child)
        elif child.tag not in ("UniqueID", "IndividualEntityShip", "DateDesignated", "LastUpdated"):
            _notes(draft, child)
    _dates(draft, text_of(element.find("DateDesignated")), text_of(element.find("LastUpdated")))
    return draft.entry()


def _details(draft: Draft, element: Element) -> None:
    """The details of a person; what is none of the known fields is kept as a note under its own name."""
    for part in element.iter():
        value = text_of(part)
        if not value:
            continue
        if part.tag == "DOB":
            draft.births_in("D.O.B", value)
        elif part.tag == "Nationality":
            draft.nationality("Nationality", value)
        elif part.tag in ("Title", "Position"):
            draft.titles.append(value)
        elif part.tag == "Gender":
            draft.say_gender(value)
        elif part.tag == "CountryOfBirth":
            draft.country(value)
            draft.note(part.tag, value)
        else:
            draft.note(part.tag, value)


def _notes(draft: Draft, element: Element) -> None:
    for part in element.iter():
        if text_of(part):
            draft.note(part.tag, text_of(part))


def _name(draft: Draft, given: list[str], family: str, kind: str, strength: str) -> None:
    text = " ".join(part for part in (*given, family) if part)
    draft.name(text, _strength(kind, strength), family if draft.kind == "person" and any(given) else None)


def _strength(kind: str, strength: str) -> NameStrength:
    said = f"{kind} {strength}".casefold()
    if kind.strip().casefold() == "primary name":
        return "primary"
    if "formerly" in said or "f.k.a" in said or "previous" in said:
        return "former"
    return "weak" if "low quality" in said or "weak" in said else "strong"


def _imposed(draft: Draft, text: str) -> None:
    draft.measures += [part.strip() for part in text.split("|") if part.strip()]


def _dates(draft: Draft, designated: str, updated: str) -> None:
    for label, text in (("Date Designated", designated), ("Last Updated", updated)):
        if text and read_day(text, "day first") is None:
            draft.note(label, text)
    draft.listed = draft.listed or read_day(designated, "day first")
    changed = [found for found in (draft.changed, read_day(updated, "day first")) if found]
    draft.changed = max(changed, default=None)
