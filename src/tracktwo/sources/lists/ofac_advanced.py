"""OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML: parties, places, papers and measures in sections of their own that refer to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from tracktwo.model.listing import BirthRange, EntryKind, ListSnapshot, NameStrength
from tracktwo.sources.lists.gathered import Draft, Gathering
from tracktwo.sources.lists.ofac import CONSOLIDATED, PUBLISHER, SDN
from tracktwo.sources.lists.opened import Taste, read_elements, text_of
from tracktwo.sources.table import UnreadableSource

_RECORDS = frozenset({
    "DateOfIssue", "ReferenceValueSets", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry",
})  # fmt: skip
_KINDS: dict[str, EntryKind] = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
_LATIN = "latin"
_FAMILY, _GIVEN_ORDER = "Last Name", ("First Name", "Middle Name", "Patronymic", "Matronymic", "Maiden Name", "Nickname")
_SDN_LIST = "SDN List"


@dataclass
class _References:
    """The tables of codes: (what is coded, its number) → its words, and → its further attributes."""

    words: dict[tuple[str, str], str] = field(default_factory=dict)
    more: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def take(self, element: Element) -> None:
        for one in element.iter():
            number = one.get("ID")
            if number is not None:
                self.words[one.tag, number] = text_of(one) or one.get("LegalBasisShortRef") or one.get("Description") or one.get("ISO2") or ""
                self.more[one.tag, number] = dict(one.attrib)

    def word(self, what: str, number: str | None) -> str:
        return self.words.get((what, number or ""), "")


def looks(seen: Taste) -> bool:
    return seen.root == "Sanctions" and (
        "ADVANCED_XML" in seen.beginning or "ReferenceValueSets" in seen.beginning or "DateOfIssue" in seen.beginning
    )


def read(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot; one section is held at a time, and the file says its day. Raises UnreadableSource."""
    reading = _Reading(Gathering(path))
    for element in read_elements(path, _RECORDS):
        reading.take(element)
    key, dataset = SDN if reading.sdn or not reading.listed else CONSOLIDATED
    remarks = [f"{reading.without_party} measures belong to no party of the file, and are left out"] if reading.without_party else []
    return reading.gathering.snapshot(
        key, PUBLISHER, dataset, (draft.entry() for draft in reading.drafts.values()), reading.issued or as_of, *remarks
    )


class _Reading:
    """The file as far as it has been read: codes, places and papers come before the parties, measures after them."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.references = _References()
        self.places: dict[str, tuple[str, str]] = {}
        self.papers: dict[str, list[str]] = {}
        self.drafts: dict[str, Draft] = {}
        self.issued: date | None = None
        self.sdn = self.listed = self.without_party = 0

    def take(self, element: Element) -> None:
        takers = {
            "ReferenceValueSets": self.references.take, "Location": self._place, "IDRegDocument": self._paper, "DistinctParty": self._party,
            "ProfileRelationship": self._relation, "SanctionsEntry": self._measures,
        }  # fmt: skip
        if element.tag == "DateOfIssue":
            self.issued = _day(element)
        elif element.tag in takers:
            takers[element.tag](element)

    def _place(self, element: Element) -> None:
        """A place by its number: its country, and all of it on one line."""
        areas = [self.references.word("AreaCode", one.get("AreaCodeID")) for one in element.iterfind("LocationAreaCode")]
        countries = [self.references.word("Country", one.get("CountryID")) for one in element.iterfind("LocationCountry")] or areas
        country = next((one for one in countries if one and one != "undetermined"), "")
        parts = [text_of(one) for one in element.iterfind("LocationPart/LocationPartValue/Value")]
        self.places[element.get("ID", "")] = country, ", ".join(part for part in dict.fromkeys((*parts, country)) if part)

    def _paper(self, element: Element) -> None:
        kind = self.references.word("IDRegDocType", element.get("IDRegDocTypeID"))
        country = self.references.word("Country", element.get("IssuedBy-CountryID"))
        said = [text_of(element.find(part)) for part in ("IDRegistrationNo", "IssuingAuthority", "Comment")]
        dates = [
            f"{self.references.word('IDRegDocDateType', one.get('IDRegDocDateTypeID'))} {_period_text(one.find('DatePeriod'))}".strip()
            for one in element.iterfind("DocumentDate")
        ]
        self.papers.setdefault(element.get("IdentityID", ""), []).append(", ".join(part for part in (kind, *said, country, *dates) if part))

    def _party(self, element: Element) -> None:
        profile = element.find("Profile")
        number = (profile.get("ID") if profile is not None else None) or element.get("FixedRef")
        if profile is None or not number:
            raise UnreadableSource(f"{self.gathering.path.name}: a DistinctParty has no Profile with an ID; download the file anew")
        subtype = profile.get("PartySubTypeID")
        word = self.references.word("PartySubType", subtype)
        if word.casefold() not in _KINDS:
            word = self.references.word("PartyType", self.references.more.get(("PartySubType", subtype or ""), {}).get("PartyTypeID"))
        draft = self.drafts[number] = Draft(self.gathering, number, _KINDS.get(word.casefold(), "other"))
        draft.note("Comment", text_of(element.find("Comment")))
        for identity in profile.iterfind("Identity"):
            groups = {one.get("ID", ""): self.references.word("NamePartType", one.get("NamePartTypeID")) for one in identity.iter("NamePartGroup")}
            for alias in identity.iterfind("Alias"):
                self._alias(draft, alias, groups)
            for paper in self.papers.pop(identity.get("ID", ""), ()):
                draft.note("identification", paper)
        for feature in element.iter("Feature"):
            self._feature(draft, feature)

    def _alias(self, draft: Draft, alias: Element, groups: Mapping[str, str]) -> None:
        kind = self.references.word("AliasType", alias.get("AliasTypeID"))
        strength: NameStrength = (
            "weak" if alias.get("LowQuality") == "true"
            else "primary" if alias.get("Primary") == "true"
            else "former" if kind == "F.K.A."
            else "strong"
        )  # fmt: skip
        for documented in alias.iterfind("DocumentedName"):
            parts: dict[str, list[str]] = {}
            latin = True
            for value in documented.iter("NamePartValue"):
                parts.setdefault(groups.get(value.get("NamePartGroupID", ""), ""), []).append(text_of(value))
                script = self.references.word("Script", value.get("ScriptID"))
                latin = latin and script.casefold() in ("", _LATIN)
            family = " ".join(parts.pop(_FAMILY, []))
            given = [" ".join(parts.pop(part)) for part in _GIVEN_ORDER if part in parts]
            rest = " ".join([*given, *(" ".join(values) for values in parts.values())])
            text = f"{family}, {rest}" if family and rest and latin else f"{family} {rest}".strip()
            draft.name(text, strength, family if draft.kind == "person" and rest else None)

    def _feature(self, draft: Draft, feature: Element) -> None:
        label = self.references.word("FeatureType", feature.get("FeatureTypeID")).strip() or "Feature"
        for version in feature.iterfind("FeatureVersion"):
            detail = version.find("VersionDetail")
            word = self.references.word("DetailReference", detail.get("DetailReferenceID")) or text_of(detail) if detail is not None else ""
            place = version.find("VersionLocation")
            country, whole = self.places.get(place.get("LocationID", ""), ("", "")) if place is not None else ("", "")
            period = version.find("DatePeriod")
            self._said(draft, label, word, country, whole, period)

    def _said(self, draft: Draft, label: str, word: str, country: str, whole: str, period: Element | None) -> None:
        if label == "Birthdate":
            born = _period(period)
            if born is not None:
                draft.born(born)
            elif period is not None:
                draft.note(label, _period_text(period))
                self.gathering.lose("cannot be read as a date of birth", _period_text(period))
        elif label in ("Nationality Country", "Citizenship Country"):
            draft.nationality(label, country or word)
        elif label == "Gender":
            draft.say_gender(word)
        elif label == "Title":
            draft.titles += [part.strip() for part in word.split(";") if part.strip()]
        else:
            if place := country or (word.rpartition(", ")[2] if label == "Place of Birth" else ""):
                draft.country(place)
            draft.note(label, ", ".join(part for part in (word, whole, _period_text(period)) if part))

    def _relation(self, element: Element) -> None:
        first, second = (self.drafts.get(element.get(f"{end}-ProfileID", "")) for end in ("From", "To"))
        kind = self.references.word("RelationType", element.get("RelationTypeID"))
        if first is not None and second is not None:
            comment = text_of(element.find("Comment"))
            former = "former" if element.get("Former") == "true" else ""
            first_name, second_name = (f"{next(iter(draft.names), '')} ({draft.id})" for draft in (first, second))
            for draft, said in ((first, f"{kind} {second_name}"), (second, f"{first_name}: {kind} this party")):
                draft.note("relation", ", ".join(part for part in (said, former, comment) if part))

    def _measures(self, element: Element) -> None:
        draft = self.drafts.get(element.get("ProfileID", ""))
        if draft is None:
            self.without_party += 1
            return
        listed = self.references.word("List", element.get("ListID"))
        self.listed += 1
        self.sdn += listed in ("", _SDN_LIST)
        draft.note("list", listed)
        for event in element.iterfind("EntryEvent"):
            dated = event.find("Date")
            found = _day(dated) if dated is not None else None
            draft.listed = min((one for one in (draft.listed, found) if one is not None), default=None)
            draft.note("legal basis", self.references.word("LegalBasis", event.get("LegalBasisID")))
            draft.note("event", text_of(event.find("Comment")))
        for measure in element.iterfind("SanctionsMeasure"):
            kind = self.references.word("SanctionsType", measure.get("SanctionsTypeID"))
            comment = text_of(measure.find("Comment"))
            if kind in ("Program", "") and comment:
                draft.programmes.append(comment)
            elif kind:
                draft.measures.append(kind)
                draft.note("measure", comment)


def _day(element: Element | None) -> date | None:
    if element is None:
        return None
    parts = [text_of(element.find(part)) for part in ("Year", "Month", "Day")]
    try:
        year, month, number = (int(part) for part in parts)
        return date(year, month, number)
    except (ValueError, OverflowError):
        return None


def _period(element: Element | None) -> BirthRange | None:
    """From the first day of the start to the last day of the end, as far as both lie on the calendar."""
    if element is None:
        return None
    first = _day(element.find("Start/From")) or _day(element.find("Start/To"))
    last = _day(element.find("End/To")) or _day(element.find("End/From")) or _day(element.find("Start/To")) or first
    if first is None or last is None or last < first:
        return None
    circa = any(one.get("Approximate") == "true" for one in element.iter() if one.tag in ("Start", "End"))
    return BirthRange(first, last, circa)


def _period_text(element: Element | None) -> str:
    if element is None:
        return ""
    days = [_day(element.find(part)) for part in ("Start/From", "Start/To", "End/From", "End/To")]
    known = [one.isoformat() for one in days if one is not None]
    return " to ".join(dict.fromkeys((known[0], known[-1]))) if known else " ".join(text_of(one) for one in element.iter() if text_of(one))
