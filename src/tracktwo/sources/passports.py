"""Reader of the Passport Index: what an ordinary passport needs for a short visit to each country."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tracktwo.model.world import Entry, EntryRule, Provenance
from tracktwo.sources.table import Table, UnreadableSource, shipped_table

PASSPORT_COLUMNS = ("Passport", "Destination", "Requirement")

_ENTRY: dict[str, Entry] = {
    "visa free": "visa free",
    "visa on arrival": "visa on arrival",
    "eta": "electronic authorisation",
    "e-visa": "e-visa",
    "visa required": "visa required",
    "no admission": "no admission",
    "-1": "own country",
}
_CODE = re.compile(r"[A-Z]{3}")
_KOSOVO = {"RKS": "XKX", "XKK": "XKX", "UNK": "XKX", "KSV": "XKX"}


@dataclass(frozen=True)
class PassportIndex:
    """Entry rules for pairs of passport and destination.

    It knows ordinary passports only: no refugee document, no diplomatic passport, no transit.
    """

    table: Table

    @property
    def source(self) -> Provenance:
        return self.table.provenance

    def entry(self, passport: str, destination: str) -> EntryRule:
        """Return the rule for a pair of alpha-3 codes; entry `unknown` and no evidence where the index has none. May raise UnreadableSource."""
        rule = self._rules.get((passport, destination))
        if rule is None:
            if passport == destination:
                return EntryRule(passport, destination, "own country", None, None)
            return EntryRule(passport, destination, "unknown", None, None)
        entry, days = rule
        return EntryRule(passport, destination, entry, days, self.source.evidence(f"{passport},{destination}"))

    def check(self) -> int:
        """Read all and return the number of pairs. Raises UnreadableSource."""
        if not self._rules:
            raise UnreadableSource(f"{self.table.path.name} holds no row; download it anew")
        return len(self._rules)

    @functools.cached_property
    def _rules(self) -> dict[tuple[str, str], tuple[Entry, int | None]]:
        rules: dict[tuple[str, str], tuple[Entry, int | None]] = {}
        for line, (passport, destination, requirement) in self.table.records(PASSPORT_COLUMNS):
            if not _CODE.fullmatch(passport) or not _CODE.fullmatch(destination):
                place = f"{self.table.path.name}, line {line}"
                raise UnreadableSource(
                    f"{place}: '{passport}' and '{destination}' should be ISO alpha-3 codes; take the file passport-index-tidy-iso3.csv"
                )
            pair = (_KOSOVO.get(passport, passport), _KOSOVO.get(destination, destination))
            rules[pair] = _rule(requirement.strip(), self.table, line)
        return rules


def _rule(requirement: str, table: Table, line: int) -> tuple[Entry, int | None]:
    if requirement in _ENTRY:
        return _ENTRY[requirement], None
    if requirement.isdecimal():
        return "visa free", int(requirement)
    raise UnreadableSource(
        f"{table.path.name}, line {line}: Requirement should be a number of days or one of {', '.join(_ENTRY)}, not '{requirement}'"
    )


def load_passports() -> PassportIndex:
    """Return the passport index that ships with tracktwo. Nothing is read yet."""
    return PassportIndex(shipped_table("passport-index", "passports"))
