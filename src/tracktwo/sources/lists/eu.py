"""The European Union's consolidated list of financial sanctions (FSF) as XML and CSV 1.1, and its list of travel bans, which has the same XML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from tracktwo.model.listing import EntryKind, ListedEntry, ListSnapshot, NameStrength
from tracktwo.sources.dates import read_day
from tracktwo.sources.lists.births import birth, years
from tracktwo.sources.lists.gathered import Draft, Gathering, day
from tracktwo.sources.lists.opened import Taste, read_columns, read_elements, text_of
from tracktwo.sources.table import UnreadableSource

PUBLISHER = "European Commission"
_FINANCIAL = ("eu-fsf", "Consolidated list of persons, groups and entities subject to EU financial sanctions")
_TRAVEL = ("eu-travel", "EU travel bans")
_KINDS: dict[str, EntryKind] = {"person": "person", "p": "person", "enterprise": "organisation", "entity": "organisation", "e": "organisation"}
_CSV_COLUMNS = ("Entity_LogicalId", "NameAlias_WholeName")
_NOWHERE = {"", "unknown", "00"}
_TRUE, _FALSE = {"true", "1", "yes", "y"}, {"false", "0", "no", "n"}
_SAME_NAME = {"dayofmonth": "day", "monthofyear": "month", "identificationtypecode": "typecode", "identificationtypedescription": "typedescription"}
"""What the XML calls otherwise than the CSV, both in small letters."""
_TECHNICAL = {"logicalid", "regulationlanguage", "namelanguage"}

Values = Mapping[str, str]
"""One sub-record by the names of its fields in small letters, the same for XML and CSV."""


def looks_xml(seen: Taste) -> bool:
    return seen.root == "export" and "sanctionEntity" in seen.beginning


def looks_csv(seen: Taste) -> bool:
    return seen.has(*_CSV_COLUMNS)


def read_xml(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot of the XML. Raises UnreadableSource."""
    gathering = Gathering(path)
    stated: date | None = None
    entries = []
    programmes = False
    for element in read_elements(path, frozenset({"sanctionEntity"})):
        if element.tag == "export":
            stated = day(element.get("generationDate", ""))
        else:
            programmes = programmes or any(one.get("programme") for one in element.iter("regulation"))
            entries.append(_from_xml(element, gathering))
    key, dataset = _FINANCIAL if programmes else _TRAVEL
    return gathering.snapshot(key, PUBLISHER, dataset, entries, stated or as_of)


def read_csv(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot of the CSV, one row a sub-record, joined by `Entity_LogicalId`. Raises UnreadableSource."""
    gathering = Gathering(path)
    drafts: dict[str, _EuDraft] = {}
    stated: date | None = None
    for line, whole in read_columns(path, _CSV_COLUMNS):
        row = {column: value for column, value in whole.items() if value}
        if not row:
            continue
        number = row.get("Entity_LogicalId", "")
        if not number:
            raise UnreadableSource(f"{path.name}, line {line}: Entity_LogicalId is empty; the file may be cut off, download it anew")
        stated = stated or read_day(row.get("fileGenerationDate", ""), "day first")
        draft = drafts.get(number)
        if draft is None:
            draft = drafts[number] = _EuDraft(
                gathering, number, _kind(row.get("Entity_SubjectType", ""), row.get("Entity_SubjectType_ClassificationCode", ""))
            )
        _row(draft, row)
    remark = "this form of the list does not mark weak names, unless in a remark; the XML does"
    entries = (draft.entry() for draft in drafts.values())
    key, dataset = _FINANCIAL
    return gathering.snapshot(key, PUBLISHER, dataset, entries, stated or as_of, remark)


class _EuDraft(Draft):
    """An entry with the fields that its sub-records have in both forms of the list."""

    def add_name(self, values: Values) -> None:
        parts = [values.get(part, "") for part in ("firstname", "middlename", "lastname")]
        text = values.get("wholename") or " ".join(part for part in parts if part)
        if text:
            first = not any(name.strength == "primary" for name in self.names.values())
            strength: NameStrength = "weak" if _is_weak(values) else "primary" if first else "strong"
            family = values.get("lastname", "")
            self.name(text, strength, family if self.kind == "person" and family in text else None)
        if values.get("gender"):
            self.say_gender(values["gender"])
        self.titles += [value for value in (values.get("title", ""), values.get("function", "")) if value]
        self.note("name remark", values.get("remark", ""))

    def add_birth(self, values: Values) -> None:
        circa = values.get("circa", "").casefold() in _TRUE
        first, last, year = (values.get(part, "") for part in ("yearrangefrom", "yearrangeto", "year"))
        if values.get("calendartype", "").casefold() not in ("", "gregorian"):
            self.note("birth date", _joined(values))
            self.gathering.lose("are dates of birth in another calendar", values.get("birthdate") or year)
        elif first.isdecimal() and last.isdecimal() and (span := years(int(first), int(last), circa=circa)):
            self.born(span)
        elif written := next((text for text in (values.get("birthdate", ""), _dashed(values)) if birth(text)), values.get("birthdate") or year):
            self.birth("birth date", written, circa=circa)
        elif first or last:
            self.birth("birth date", f"{first} to {last}", circa=circa)
        self.add_place("birth place", {key: value for key, value in values.items() if key in _PLACE})

    def add_place(self, label: str, values: Values) -> None:
        self.country(_country(values))
        self.note(label, _joined(values))

    def add_citizenship(self, values: Values) -> None:
        self.nationality("citizenship", _country(values))
        self.note("citizenship remark", ", ".join(values[part] for part in ("region", "remark") if values.get(part)))

    def add_regulation(self, values: Values) -> None:
        title = values.get("numbertitle", "")
        programme = values.get("programme") or title
        if programme:
            self.programmes.append(programme)
        dates = [found for found in (day(values.get(part, "")) for part in ("entryintoforcedate", "publicationdate")) if found]
        self.listed = min([*dates, *([self.listed] if self.listed else [])], default=None)
        self.changed = max([*dates, *([self.changed] if self.changed else [])], default=None)
        self.note("regulation", ", ".join(values[part] for part in ("numbertitle", "regulationtype", "type", "publicationurl") if values.get(part)))


_PLACE = ("street", "pobox", "city", "zipcode", "region", "place", "countryiso2code", "countrydescription", "remark")


def _from_xml(element: Element, gathering: Gathering) -> ListedEntry:
    number = element.get("logicalId", "").strip()
    if not number:
        known = element.get("euReferenceNumber") or "without any number"
        raise UnreadableSource(f"{gathering.path.name}: the entry {known} has no logicalId; download the file anew")
    subject = element.find("subjectType")
    draft = _EuDraft(gathering, number, _kind(*((subject.get("code", ""), subject.get("classificationCode", "")) if subject is not None else ())))
    for child in element:
        values = _values(child)
        if child.tag == "nameAlias":
            draft.add_name(values)
        elif child.tag == "birthdate":
            draft.add_birth(values)
        elif child.tag == "citizenship":
            draft.add_citizenship(values)
        elif child.tag == "address":
            draft.add_place("address", values)
        elif child.tag == "regulation":
            draft.add_regulation(values)
        elif child.tag != "subjectType":
            draft.note(child.tag, text_of(child) or _joined(values))
    _designated(draft, element.get("designationDate", ""))
    for label in ("euReferenceNumber", "unitedNationId", "designationDetails"):
        draft.note(label, element.get(label, ""))
    return draft.entry()


def _values(element: Element) -> dict[str, str]:
    """The attributes of an element, and what its children say; of a regulation only what is its own."""
    found = {_field(key): value.strip() for key, value in element.attrib.items() if value.strip()}
    for child in element:
        own = text_of(child) or ", ".join(f"{key} {value}" for key, value in child.attrib.items() if value)
        if own and child.tag != "regulationSummary":
            label = child.tag.casefold()
            found[label] = f"{found[label]}; {own}" if label in found else own
    return found


def _field(name: str) -> str:
    return _SAME_NAME.get(name.casefold(), name.casefold())


def _row(draft: _EuDraft, row: Mapping[str, str]) -> None:
    groups: dict[str, dict[str, str]] = {}
    for column, value in row.items():
        group, underscore, name = column.partition("_")
        if underscore:
            groups.setdefault(group, {})[_field(name)] = value
    entity = groups.pop("Entity", {})
    draft.add_regulation({name.removeprefix("regulation_"): value for name, value in entity.items() if name.startswith("regulation_")})
    _designated(draft, entity.get("designationdate", ""))
    for name, label in (
        ("eu_referencenumber", "euReferenceNumber"),
        ("unitednationid", "unitedNationId"),
        ("designationdetails", "designationDetails"),
    ):
        draft.note(label, entity.get(name, ""))
    draft.note("remark", entity.get("remark", ""))
    for group, values in groups.items():
        if programme := values.get("regulation_programme"):
            draft.programmes.append(programme)
        own = {name: value for name, value in values.items() if not name.startswith("regulation_")}
        if group == "NameAlias":
            draft.add_name(own)
        elif group == "BirthDate":
            draft.add_birth(own)
        elif group == "Citizenship":
            draft.add_citizenship(own)
        else:
            draft.add_place(group.casefold(), own) if group == "Address" else draft.note(group.casefold(), _joined(own))


def _designated(draft: Draft, text: str) -> None:
    found = day(text) or read_day(text, "day first")
    if found is not None:
        draft.listed = found
    else:
        draft.note("designationDate", text)


def _kind(*codes: str) -> EntryKind:
    return next((_KINDS[code.strip().casefold()] for code in codes if code.strip().casefold() in _KINDS), "other")


def _is_weak(values: Values) -> bool:
    remark = values.get("remark", "").casefold()
    return values.get("strong", "").casefold() in _FALSE or "low quality" in remark or "weak" in remark


def _dashed(values: Values) -> str:
    return "-".join(part for part in (values.get("year"), values.get("month"), values.get("day")) if part)


def _country(values: Values) -> str:
    named = values.get("countrydescription", "")
    code = values.get("countryiso2code", "")
    return next((text for text in (named, code) if text.casefold() not in _NOWHERE), "")


def _joined(values: Values) -> str:
    return ", ".join(value for name, value in values.items() if name not in _TECHNICAL and value.casefold() not in ("unknown", "00"))
