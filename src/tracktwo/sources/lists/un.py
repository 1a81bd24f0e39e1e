"""The consolidated list of the United Nations Security Council, as XML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from tracktwo.model.listing import ListedEntry, ListSnapshot, NameStrength
from tracktwo.sources.lists.births import years
from tracktwo.sources.lists.gathered import Draft, Gathering, day
from tracktwo.sources.lists.opened import Taste, read_elements, text_of
from tracktwo.sources.table import UnreadableSource

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_STRENGTH: dict[str, NameStrength] = {"good": "strong", "low": "weak", "a.k.a.": "strong", "f.k.a.": "former", "": "strong"}
_FORMER = re.compile(r"\b(?:previously|formerly) listed as\b", re.IGNORECASE)
_SCRIPT = re.compile(r"(?:original script|in arabic(?: script)?):\s*(.+)", re.IGNORECASE)
_GENDER = re.compile(r"\bgender:\s*(male|female)\b", re.IGNORECASE)
_READ = frozenset({*_NAMES, "NAME_ORIGINAL_SCRIPT", "UN_LIST_TYPE", "REFERENCE_NUMBER", "LISTED_ON", "GENDER"})


def looks(seen: Taste) -> bool:
    return seen.root == "CONSOLIDATED_LIST"


def read(path: Path, as_of: date | None) -> ListSnapshot:
    """Return the snapshot. Raises UnreadableSource."""
    gathering = Gathering(path)
    stated: list[str] = []
    entries = tuple(_entries(path, gathering, stated))
    dated = day(stated[0]) if stated else None
    return gathering.snapshot("un", "United Nations Security Council", "Consolidated List", entries, dated or as_of)


def _entries(path: Path, gathering: Gathering, stated: list[str]) -> Iterator[ListedEntry]:
    for element in read_elements(path, frozenset({"INDIVIDUAL", "ENTITY"})):
        if element.tag == "CONSOLIDATED_LIST":
            stated.append(element.get("dateGenerated", ""))
        else:
            yield _entry(element, gathering)


def _entry(element: Element, gathering: Gathering) -> ListedEntry:
    number = text_of(element.find("REFERENCE_NUMBER"))
    if not number:
        known = text_of(element.find("DATAID")) or "without a number"
        raise UnreadableSource(f"{gathering.path.name}: the entry {known} has no REFERENCE_NUMBER; download the file anew")
    draft = Draft(gathering, number, "person" if element.tag == "INDIVIDUAL" else "organisation")
    draft.written_names("NAME", " ".join(text_of(element.find(part)) for part in _NAMES).strip())
    draft.name(text_of(element.find("NAME_ORIGINAL_SCRIPT")))
    for child in element:
        _child(draft, child)
    draft.programmes += [text_of(one) for one in element.iter("UN_LIST_TYPE") if text_of(one)]
    draft.listed = day(text_of(element.find("LISTED_ON")))
    changes = (day(text_of(one)) for one in element.iterfind("LAST_DAY_UPDATED/VALUE"))
    draft.changed = max((one for one in changes if one is not None), default=None)
    return draft.entry()


def _child(draft: Draft, child: Element) -> None:
    tag = child.tag.removeprefix("INDIVIDUAL_").removeprefix("ENTITY_")
    values = [text_of(one) for one in child.iterfind("VALUE")]
    if tag == "ALIAS":
        _alias(draft, child)
    elif tag == "DATE_OF_BIRTH":
        _birth(draft, child)
    elif tag in ("PLACE_OF_BIRTH", "ADDRESS"):
        draft.country(text_of(child.find("COUNTRY")))
        draft.note(tag, _line(child))
    elif tag == "NATIONALITY":
        for value in values:
            draft.nationality(tag, value)
    elif tag in ("TITLE", "DESIGNATION"):
        draft.titles += [value for value in values if value]
    elif tag == "GENDER":
        draft.say_gender(text_of(child))
    elif tag == "COMMENTS1" and (found := _GENDER.search(text_of(child))):
        draft.say_gender(found[1])
        draft.note(tag, text_of(child))
    elif child.tag not in _READ:
        draft.note(tag, text_of(child) or _line(child))


def _alias(draft: Draft, child: Element) -> None:
    text, quality, note = (text_of(child.find(part)) for part in ("ALIAS_NAME", "QUALITY", "NOTE"))
    if text:
        strength = "former" if _FORMER.search(note) else _STRENGTH.get(quality.casefold(), "strong")
        draft.written_names("ALIAS_NAME", text, strength)
        if script := _SCRIPT.search(note):
            draft.name(script[1], strength)
        draft.birth("ALIAS_DATE_OF_BIRTH", text_of(child.find("DATE_OF_BIRTH")))
        draft.country(text_of(child.find("COUNTRY_OF_BIRTH")))
    if text or note:
        details = [text_of(one) for one in child if one.tag not in ("QUALITY", "ALIAS_NAME") and text_of(one)]
        if details:
            draft.note("ALIAS", ", ".join([text, *details]))


def _birth(draft: Draft, child: Element) -> None:
    kind, exact, year, first, last, note = (text_of(child.find(part)) for part in ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"))
    circa = kind == "APPROXIMATELY" or note.casefold().startswith("approximately")
    if first.isdecimal() and last.isdecimal() and (span := years(int(first), int(last), circa=circa)):
        draft.born(span)
    elif first or last:
        draft.birth("DATE_OF_BIRTH", f"{first} to {last}", circa=circa)
    elif exact or year:
        draft.birth("DATE_OF_BIRTH", exact or year, circa=circa)
    elif note:
        draft.birth("DATE_OF_BIRTH", note, circa=circa)
        return
    if note:
        draft.note("DATE_OF_BIRTH", _line(child))


def _line(element: Element) -> str:
    """The values of an element's children, in their order."""
    return ", ".join(text_of(one) for one in element if text_of(one))
