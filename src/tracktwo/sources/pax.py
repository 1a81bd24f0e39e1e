"""Reader of PA-X, the peace agreements database of the University of Edinburgh, from the user's own download."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from tracktwo.model.attempts import AgreementStage, PeaceAgreement
from tracktwo.sources.dates import order_of, read_day
from tracktwo.sources.row import Row
from tracktwo.sources.table import Resolve, Table, TableOfCountries, UnreadableSource

AGREEMENT_COLUMNS = ("Con", "PPName", "AgtId", "Agt", "Dat", "Status", "Agtp", "Stage", "Part", "ThrdPart", "Loc1ISO", "Loc2ISO")
"""Present in every release and subset: the full table with 279 columns, the metadata with 38, the local agreements with 65."""
_OPTIONAL = ("Loc1GWNO", "Loc2GWNO", "PAX_Hyperlink", "LocaleName", "Mediator")
_COLUMNS = (*AGREEMENT_COLUMNS, *_OPTIONAL)

_STAGE: dict[str, AgreementStage] = {
    "Pre": "pre-negotiation", "Cea": "ceasefire", "SubPar": "partial", "SubComp": "comprehensive", "Imp": "implementation", "Ren": "renewal",
    "Oth": "other",
}  # fmt: skip
_YES_NO = {"Y": True, "N": False}


@dataclass(frozen=True)
class Agreements(TableOfCountries):
    """The agreements of one table, read when they are first asked for. All methods may raise UnreadableSource."""

    @functools.cached_property
    def all(self) -> tuple[PeaceAgreement, ...]:
        """Every agreement, oldest first; those without a day last."""
        return read_agreements(self.table, self.resolve)

    def of_countries(self, countries: set[str]) -> tuple[PeaceAgreement, ...]:
        """Return the agreements that belong to one of these countries (alpha-3), oldest first."""
        return tuple(agreement for agreement in self.all if not countries.isdisjoint(agreement.countries))


def is_subset(columns: frozenset[str]) -> str | None:
    """Return why a table with PA-X columns is not the whole of PA-X: `gender`, `local`, or None for a whole one."""
    if {"LocaleName", "Mediator"} <= columns:
        return "local"
    return "gender" if "WggPar" in columns and "GCh" not in columns else None


def read_agreements(table: Table, resolve: Resolve) -> tuple[PeaceAgreement, ...]:
    """Return the agreements of a table, oldest first. Raises UnreadableSource.

    Dates are written 2023-07-13 in some releases and 13/07/2023 in others. A table saved again with the month first is recognised by its
    dates; one in which both orders occur is refused.
    """
    dates = [values[0] for _line, values in table.records(("Dat",))]
    order = order_of(dates, "day first")
    name = table.path.name
    if order is None:
        raise UnreadableSource(f"{name}: some dates have the day first and some the month; download the table anew from its publisher")
    found = []
    for line, values in table.records(AGREEMENT_COLUMNS, _OPTIONAL):
        row = Row(name, line, _COLUMNS, values)
        signed = read_day(row["Dat"], order) if row["Dat"] else None
        if row["Dat"] and signed is None:
            raise row.wrong("Dat", "a date such as 13/07/2023 or 2023-07-13")
        found.append(
            PeaceAgreement(
                id=row["AgtId"].removesuffix(".0"),
                title=_line(row["Agt"]),
                process=_line(row["PPName"]),
                conflict=_line(row["Con"]),
                countries=_countries(row, resolve),
                signed=signed,
                status=row["Status"],
                kind=row["Agtp"],
                stage=row.coded("Stage", _STAGE),
                parties=_line(row["Part"]),
                third_parties=_line(row["ThrdPart"]),
                url=row["PAX_Hyperlink"] or None,
                locale=_line(row["LocaleName"]) or None,
                mediated=_YES_NO.get(row["Mediator"]),
            )
        )
    if not found:
        raise UnreadableSource(f"{name} holds no agreement; download it anew")
    return tuple(sorted(found, key=lambda one: (one.signed is None, one.signed, one.id)))


def _countries(row: Row, resolve: Resolve) -> tuple[str, ...]:
    """The countries of the two location columns, and those that the name of the conflict lists; a place that is no country is left out."""
    asked = [row["Loc1ISO"] or _number(row["Loc1GWNO"]), row["Loc2ISO"] or _number(row["Loc2GWNO"])]
    asked += row["Con"].split("/")
    found = (resolve(place) for place in asked if place)
    return tuple(dict.fromkeys(country for country in found if country is not None))


def _number(text: str) -> str:
    number = text.removesuffix(".0")
    return f"GW {number}" if number.isdecimal() else ""


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
