"""The one resolver of countries: from whatever a person or a data publisher writes to ISO 3166-1 alpha-3, and back to names."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale, UnknownLocaleError
from rapidfuzz import fuzz, process

from tracktwo.model.world import Country, Provenance
from tracktwo.sources.country_names import fold, forms
from tracktwo.sources.table import SHIPPED, open_text, shipped_table

LANGUAGES = ("en", "fr", "ar", "es", "ru", "zh")
"""The languages in which names are read: the six of the United Nations."""

_UNTERM = {"en": "English", "fr": "French", "ar": "Arabic", "es": "Spanish", "ru": "Russian", "zh": "Chinese"}
_OFFICIAL = {**{tag: tag for tag in LANGUAGES}, "zh": "cn"}

_SEVERAL: dict[tuple[str, ...], tuple[str, ...]] = {
    ("COD", "COG"): ("Congo", "Le Congo", "الكونغو", "Конго", "刚果"),
    ("PRK", "KOR"): ("Korea", "Corée", "Corea", "كوريا", "Корея", "朝鲜半岛"),
    ("VGB", "VIR"): ("Virgin Islands", "Îles Vierges", "Islas Vírgenes"),
    ("MAF", "SXM"): ("Saint Martin",),
}
"""Names that more than one country bears: a person has to say which."""

_ENDED: dict[str, tuple[str, ...]] = {
    "Soviet Union": ("RUS", "UKR", "GEO"),
    "USSR": ("RUS", "UKR", "GEO"),
    "URSS": ("RUS", "UKR", "GEO"),
    "SUN": ("RUS", "UKR", "GEO"),
    "Yugoslavia": ("SRB", "BIH", "HRV"),
    "YUG": ("SRB", "BIH", "HRV"),
    "Serbia and Montenegro": ("SRB", "MNE"),
    "Czechoslovakia": ("CZE", "SVK"),
    "Netherlands Antilles": ("CUW", "SXM", "BES"),
}
"""Former states and present ones on their territory: never guessed, because the territory went to several."""

_CURRENCY = {"SLV": "USD", "TUR": "TRY", "XKX": "EUR"}
"""Where the table names none, or one that is out of use, or several."""

_NO_CAPITAL = frozenset({"ISR", "PSE"})
"""The status of Jerusalem is in dispute between these two, so tracktwo names no capital for either."""

_KOSOVO = {
    "ISO3166-1-Alpha-3": "XKX", "ISO3166-1-Alpha-2": "XK", "M49": "", "Region Name": "Europe", "Sub-region Name": "Southern Europe",
    "Intermediate Region Name": "", "ISO4217-currency_alphabetic_code": "EUR", "Capital": "Pristina",
}  # fmt: skip
"""ISO 3166-1 has no code for Kosovo; XKX and XK are the user-assigned codes that data publishers agreed on."""


_NEAR = 70.0
"""Likeness in per cent from which a name is offered as a suggestion; others are offered if they are `_ALSO_NEAR` below the best or closer."""
_ALSO_NEAR = 12.0


class UnknownCountry(ValueError):
    """A name that belongs to no country, or to several; the message is one sentence with the nearest candidates."""


@dataclass(frozen=True)
class Countries:
    """Code tables of countries and territories, in the order of their alpha-3 codes."""

    countries: Mapping[str, Country]
    provenance: Provenance
    names: Mapping[str, frozenset[str]]
    """Folded name → the countries that bear it."""
    gleditsch_ward: Mapping[int, str]
    cow: Mapping[int, str]

    def __iter__(self) -> Iterator[Country]:
        return iter(self.countries.values())

    def get(self, alpha3: str) -> Country | None:
        """Return the country with this alpha-3 code, or None."""
        return self.countries.get(alpha3)

    def name(self, alpha3: str, language: str = "en") -> str:
        """Return the usual short name in a language; in English where the language has none, and the code itself where it is unknown."""
        country = self.countries.get(alpha3)
        if country is None:
            return alpha3
        if language in country.names:
            return country.names[language]
        return _cldr_name(country.alpha2, language) or country.names["en"]

    def from_gleditsch_ward(self, number: int) -> str | None:
        """Return the alpha-3 code for a Gleditsch–Ward state number.

        A former state whose whole territory lies in one present state counts as that state (680, South Yemen: YEM); for one whose
        territory went to several (315, Czechoslovakia) and for a number without a state the answer is None.
        """
        return self.gleditsch_ward.get(number)

    def from_cow(self, number: int) -> str | None:
        """Return the alpha-3 code for a Correlates of War state number, by the same rule as `from_gleditsch_ward`."""
        return self.cow.get(number)

    def resolve(self, text: str) -> str:
        """Return the alpha-3 code for a code, a number with its scheme, or a name in one of six languages. Raises UnknownCountry."""
        asked = text.strip()
        found = self._by_code(asked)
        if found is not None:
            return found
        for form in (fold(asked), *forms(asked)):
            bearers = self.names.get(form, frozenset())
            if len(bearers) == 1:
                return next(iter(bearers))
            if bearers:
                raise UnknownCountry(f"'{asked}' can mean {self._choice(sorted(bearers))}; write the full name or the code")
        raise UnknownCountry(self._unknown(asked))

    def find(self, text: str) -> str | None:
        """Return what `resolve` returns, or None where the text means no country or several."""
        try:
            return self.resolve(text) if text.strip() else None
        except UnknownCountry:
            return None

    def named(self, text: str) -> str | None:
        """Return the country that bears exactly this name; None for a code, for part of a name, and for a name that several bear."""
        bearers = self.names.get(fold(text), frozenset())
        return next(iter(bearers)) if len(bearers) == 1 else None

    def _by_code(self, asked: str) -> str | None:
        numbered = re.fullmatch(r"(GW|COW|M49)?\s*(\d{1,3})", asked, re.IGNORECASE)
        if numbered:
            scheme, number = (numbered[1] or "M49").upper(), int(numbered[2])
            found = {"GW": self.gleditsch_ward, "COW": self.cow, "M49": self._m49}[scheme].get(number)
            if found is None:
                hint = "" if numbered[1] else "; a Gleditsch–Ward or Correlates of War number is written 'GW 482' or 'COW 482'"
                raise UnknownCountry(f"'{asked}' is the number of no present country in the {_SCHEMES[scheme]} list{hint}")
            return found
        code = asked.upper()
        if len(code) == 3 and code in self.countries:
            return code
        return self._alpha2.get(code) if len(code) == 2 else None

    @functools.cached_property
    def _alpha2(self) -> dict[str, str]:
        return {country.alpha2: country.alpha3 for country in self}

    @functools.cached_property
    def _m49(self) -> dict[int, str]:
        return {country.m49: country.alpha3 for country in self if country.m49 is not None}

    def _choice(self, codes: Iterable[str]) -> str:
        return " or ".join(f"{self.name(code)} ({code})" for code in codes)

    def _unknown(self, asked: str) -> str:
        ended = _FORMER.get(fold(asked))
        if ended is not None:
            return f"'{asked}' is no present state; name the one that is meant, for instance {self._choice(ended)}"
        near: list[str] = []
        found = process.extract(fold(asked), self.names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=12)
        for name, score, _place in found:
            if score >= found[0][1] - _ALSO_NEAR:
                near += [code for code in sorted(self.names[name]) if code not in near]
        if near:
            return f"'{asked}' is no country that is known here; did you mean {self._choice(near[:3])}?"
        return f"'{asked}' is no country that is known here; write its name or its ISO code, for instance CAF"


_SCHEMES = {"GW": "Gleditsch–Ward", "COW": "Correlates of War", "M49": "UN M49"}
_FORMER = {fold(name): codes for name, codes in _ENDED.items()}


@functools.cache
def load_countries() -> Countries:
    """Return the shipped code tables. A border counts where both rows name it.

    Names are those of Unicode CLDR, of the United Nations terminology, and data publishers' own spellings.
    """
    table = shipped_table("country-codes", "countries")
    rows = _dicts(table.path)
    rows.append(_KOSOVO)
    own_names = _own("country-names.csv")
    numbers = _own("state-numbers.csv")
    speech = {row["alpha3"]: row for row in _dicts(SHIPPED / "mledoze-countries" / "languages-borders.csv")}
    shown = {(own["alpha3"], own["language"]): own["name"] for own in own_names if own["use"] == "shown"}
    present = {(row["alpha3"], row["scheme"]): int(row["number"]) for row in numbers if row["present"] == "yes"}
    for alpha3, row in speech.items():
        row["borders"] = " ".join(other for other in row["borders"].split() if alpha3 in speech.get(other, {}).get("borders", "").split())
    countries = [_country(row, shown, present, speech.get(row["ISO3166-1-Alpha-3"], {})) for row in rows]
    countries.sort(key=lambda country: country.alpha3)
    return Countries(
        countries={country.alpha3: country for country in countries},
        provenance=table.provenance,
        names=_index(rows, countries, own_names),
        gleditsch_ward=_numbers(numbers, "GW"),
        cow=_numbers(numbers, "COW"),
    )


def _numbers(rows: list[dict[str, str]], scheme: str) -> dict[int, str]:
    return {int(row["number"]): row["alpha3"] for row in rows if row["scheme"] == scheme}


def _country(
    row: Mapping[str, str], shown: Mapping[tuple[str, str], str], present: Mapping[tuple[str, str], int], speech: Mapping[str, str]
) -> Country:
    alpha3, alpha2 = row["ISO3166-1-Alpha-3"], row["ISO3166-1-Alpha-2"]
    return Country(
        alpha3=alpha3,
        alpha2=alpha2,
        m49=int(row["M49"]) if row["M49"] else None,
        gleditsch_ward=present.get((alpha3, "GW")),
        cow=present.get((alpha3, "COW")),
        names={tag: shown.get((alpha3, tag)) or _cldr_name(alpha2, tag) or row["CLDR display name"] for tag in LANGUAGES},
        region=row["Region Name"] or "Antarctica",
        subregion=row["Intermediate Region Name"] or row["Sub-region Name"] or "Antarctica",
        languages=tuple(speech.get("languages", "").split()),
        borders=tuple(sorted(speech.get("borders", "").split())),
        currency=_currency(alpha3, alpha2, row["ISO4217-currency_alphabetic_code"]),
        capital=None if alpha3 in _NO_CAPITAL else row["Capital"] or None,
    )


def _currency(alpha3: str, alpha2: str, codes: str) -> str | None:
    """Of several currencies the one that is the country's own by its first two letters."""
    if alpha3 in _CURRENCY:
        return _CURRENCY[alpha3]
    listed = [code for code in codes.split(",") if code]
    return next((code for code in listed if code.startswith(alpha2)), listed[0] if listed else None)


def _cldr_name(alpha2: str, language: str) -> str | None:
    territories = _territories(language)
    name = territories.get(alpha2)
    if name is not None and language == "en":
        return re.sub(r"\bSt\. ", "Saint ", name.replace(" & ", " and "))
    return name


@functools.cache
def _territories(language: str) -> Mapping[str, str]:
    try:
        names: Mapping[str, str] = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return {}
    return names


def _index(rows: list[dict[str, str]], countries: list[Country], own_names: list[dict[str, str]]) -> dict[str, frozenset[str]]:
    """Build name → countries. A whole name goes before a shortened one; a name that several bear is theirs together."""
    whole: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for alpha3, name in _written(rows, countries, own_names):
        whole.setdefault(fold(name), set()).add(alpha3)
        for form in forms(name):
            short.setdefault(form, set()).add(alpha3)
    several = {fold(name): frozenset(codes) for codes, names in _SEVERAL.items() for name in names}
    index = {**{k: frozenset(v) for k, v in short.items()}, **{k: frozenset(v) for k, v in whole.items()}, **several}
    return {name: codes for name, codes in index.items() if name and name not in _FORMER}


def _written(rows: list[dict[str, str]], countries: list[Country], own_names: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        alpha3 = row["ISO3166-1-Alpha-3"]
        for tag, language in _UNTERM.items():
            written = (row.get(f"official_name_{_OFFICIAL[tag]}"), row.get(f"UNTERM {language} Short"), row.get(f"UNTERM {language} Formal"))
            yield from ((alpha3, name.strip(" *_")) for name in written if name and name.strip(" *_"))
        if row.get("CLDR display name"):
            yield alpha3, row["CLDR display name"]
    for country in countries:
        yield from ((country.alpha3, name) for name in country.names.values())
        cldr = (_territories(language).get(country.alpha2) for language in LANGUAGES)
        yield from ((country.alpha3, name) for name in cldr if name)
    yield from ((own["alpha3"], own["name"]) for own in own_names)


def _own(name: str) -> list[dict[str, str]]:
    return _dicts(SHIPPED / "tracktwo" / name)


def _dicts(path: Path) -> list[dict[str, str]]:
    with open_text(path) as file:
        return list(csv.DictReader(file))
