"""Which list a file holds, by what is in it, and its reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracktwo.model.listing import ListSnapshot
from tracktwo.sources.lists import eu, eu_journal, ofac, ofac_advanced, opensanctions, own, uk, un
from tracktwo.sources.lists.opened import Taste, taste
from tracktwo.sources.table import UnreadableSource


@dataclass(frozen=True)
class Format:
    """A published format: what it is called, how it is known, and what reads it."""

    shown: str
    looks: Callable[[Taste], bool]
    read: Callable[[Path, date | None], ListSnapshot]


FORMATS: tuple[Format, ...] = (
    Format("the UN consolidated list (XML)", un.looks, un.read),
    Format("OFAC's SDN and consolidated lists (CSV)", ofac.looks, ofac.read),
    Format("OFAC's SDN_ADVANCED.XML", ofac_advanced.looks, ofac_advanced.read),
    Format("the EU's financial sanctions and travel bans (XML)", eu.looks_xml, eu.read_xml),
    Format("the EU's financial sanctions (CSV 1.1)", eu.looks_csv, eu.read_csv),
    Format("the UK Sanctions List (CSV)", uk.looks_csv, uk.read_csv),
    Format("the UK Sanctions List (XML)", uk.looks_xml, uk.read_xml),
    Format("OpenSanctions' entities.ftm.json", opensanctions.looks_entities, opensanctions.read_entities),
    Format("OpenSanctions' targets.simple.csv", opensanctions.looks_table, opensanctions.read_table),
    Format("OpenSanctions' table of the EU's Official Journal", eu_journal.looks, eu_journal.read),
    Format("a list of your own (CSV with the columns name, aliases, birth_date, list and as_of)", own.looks, own.read),
)
"""Everything that can be read as a list. A new publisher is a module and a row here."""


def format_of(seen: Taste) -> Format | None:
    """Return the format that a file has by its beginning; None where it has none of them."""
    return next((one for one in FORMATS if one.looks(seen)), None)


def read_list(path: Path, *, as_of: date | None = None) -> ListSnapshot:
    """Return the list that a file holds, recognised by its content, compressed with gzip or not.

    `as_of` is the day of the download; a day that the file itself states goes before it. Raises UnreadableSource with what is wrong and what
    would be right.
    """
    found = format_of(taste(path))
    if found is None:
        known = ", ".join(one.shown for one in FORMATS)
        raise UnreadableSource(f"{path.name} is none of the lists that tracktwo reads: {known}; as its publisher offers it, or compressed as .gz")
    try:
        return found.read(path, as_of)
    except UnreadableSource:
        raise
    except (ValueError, OverflowError, RecursionError) as error:
        raise UnreadableSource(f"{path.name} looks like {found.shown} but holds values that cannot be read; download it anew") from error
