"""Reader of UNESCO's lists of living heritage, from the user's own export of the Data Hub (data set ich001, as JSON)."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracktwo.model.world import HeritageElement
from tracktwo.sources.table import Resolve, Table, TableOfCountries, UnreadableSource, open_text

HERITAGE_FIELDS = ("ich_public_ref", "inscription_year", "title_en", "type_of_element_en", "countries")
"""Fields of the export that are needed."""
MORE_FIELDS = ("title_fr", "http_url_en", "concepts_primary_names", "concepts_secondary_names", "whc_sites")
"""Fields that are read where they are there. `description_en` is not: it is UNESCO's prose, and only facts are kept."""
_DOMAINS = (
    ("dance", r"danc"), ("music", r"music|song|sing|instrument|choral|vocal"), ("theatre", r"theat|puppet|drama|performing"),
    ("food", r"food|culinary|cuisine|gastronom|bread|cooking|dishes"), ("craft", r"craft|weav|textile|pottery|embroider|carpet|carving|metalwork"),
    ("sport", r"sport|game|wrestl|martial|equestrian|horse"), ("festival", r"festiv|carnival|new year|celebration"),
    ("oral", r"oral|epic|storytell|poetry|poem|narrat|language"), ("nature", r"nature|universe|agricultur|pastoral|herding|water|environment"),
    ("ritual", r"ritual|rite|pilgrim|religio|worship|mourning"),
)  # fmt: skip
"""Our domains → words of UNESCO's concepts. A concept that fits none stays as it is, and brings nothing into the days."""
_LISTS = (("representative", "RL"), ("urgent", "USL"), ("good", "GSP"), ("register", "GSP"))
_WRAPPERS = ("results", "records", "data")
_BASIS = "unesco-data-hub"


@dataclass(frozen=True)
class HeritageLists(TableOfCountries):
    """The elements of one export, read when they are first asked for. All methods may raise UnreadableSource."""

    @functools.cached_property
    def all(self) -> tuple[HeritageElement, ...]:
        """Every element, by its number."""
        entries = _entries(self.table)
        found = [_element(entry, f"{self.table.path.name}, element {number}", self.resolve) for number, entry in enumerate(entries, 1)]
        if not found:
            raise UnreadableSource(f"{self.table.path.name} holds no element; export it anew")
        return tuple(sorted(found, key=lambda element: element.id))


def is_export(path_text: str) -> bool:
    """True where the beginning of a file is that of an export of ich001."""
    return path_text.lstrip()[:1] in ("[", "{") and '"ich_public_ref"' in path_text


def _entries(table: Table) -> list[Any]:
    name = table.path.name
    with open_text(table.path) as file:
        try:
            content = json.load(file)
        except (ValueError, RecursionError, EOFError, OSError) as error:
            raise UnreadableSource(f"{name} is not whole as JSON; the file may be cut off, export it anew from UNESCO's Data Hub") from error
    if isinstance(content, dict):
        content = next((content[key] for key in _WRAPPERS if isinstance(content.get(key), list)), [content])
    if not isinstance(content, list):
        raise UnreadableSource(f"{name} should be a list of elements, as UNESCO's Data Hub exports it")
    return content


def _element(entry: Any, place: str, resolve: Resolve) -> HeritageElement:
    if not isinstance(entry, dict):
        raise UnreadableSource(f"{place}: it should have the fields {', '.join(HERITAGE_FIELDS)}")
    missing = [field for field in HERITAGE_FIELDS if field not in entry]
    if missing:
        raise UnreadableSource(f"{place}: the field {missing[0]} is missing; export the data set ich001 with all fields")
    number = re.search(r"[0-9]{1,6}", str(entry["ich_public_ref"]))
    title = entry["title_en"]
    if number is None or not isinstance(title, str) or not title.strip():
        raise UnreadableSource(f"{place}: ich_public_ref should be a number and title_en a title")
    countries = _countries(entry, place, resolve)
    year = re.fullmatch(r"(19|20)[0-9]{2}", str(entry["inscription_year"])[:4])
    return HeritageElement(
        id=number[0].zfill(5),
        title=" ".join(title.split()),
        countries=countries,
        year=int(year[0]) if year else None,
        list=_list(str(entry["type_of_element_en"])),
        domains=_domains(entry),
        joint=len(countries) > 1,
        also_practised=(),
        basis=_BASIS,
        title_fr=_text(entry.get("title_fr")),
        address=_address(entry.get("http_url_en")),
        sites=_several(entry.get("whc_sites")),
    )


def _countries(entry: Mapping[str, Any], place: str, resolve: Resolve) -> tuple[str, ...]:
    written = entry["countries"]
    codes = [str(code) for code in written] if isinstance(written, list) else re.split(r"[,;|]", str(written or ""))
    found = []
    for code in (code.strip() for code in codes):
        country = resolve(code) if code else None
        if code and country is None:
            raise UnreadableSource(f"{place}: countries should be ISO codes such as FR, not '{code[:40]}'")
        if country is not None:
            found.append(country)
    return tuple(dict.fromkeys(found))


def _list(kind: str) -> str | None:
    return next((code for word, code in _LISTS if word in kind.casefold()), None)


def _domains(entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Our domains of its primary and then of its secondary concepts, the telling ones first."""
    found: dict[str, None] = {}
    for concept in (*_several(entry.get("concepts_primary_names")), *_several(entry.get("concepts_secondary_names"))):
        fitting = [domain for domain, words in _DOMAINS if re.search(words, concept.casefold())]
        found.update(dict.fromkeys(fitting or [concept]))
    return tuple(found)


def _several(written: Any) -> tuple[str, ...]:
    """The values of a field: a list, or a text that separates them by commas, semicolons or bars."""
    values = written if isinstance(written, list) else re.split(r"[,;|]", str(written or ""))
    return tuple(dict.fromkeys(" ".join(str(value).split()) for value in values if value is not None and str(value).strip()))


def _text(written: Any) -> str | None:
    return " ".join(written.split()) or None if isinstance(written, str) else None


def _address(written: Any) -> str | None:
    """The address of a page; None for what is none, so that nothing else comes to stand behind a link."""
    text = _text(written)
    return text if text is not None and re.fullmatch(r"https?://[^\s<>\"']+", text) else None
