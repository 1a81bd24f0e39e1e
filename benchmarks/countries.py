"""Country names as data publishers and ministries write them: whose resolver finds the right country, and how fast."""

from __future__ import annotations

import csv
import gzip
import json
import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import country_converter
import pycountry
from babel import Locale

from benchmarks.harness import Contender, compare
from tracktwo.sources.countries import Countries, UnknownCountry, load_countries
from tracktwo.sources.table import open_text, shipped_table

Resolver = Callable[[str], str | None]
"""A name → alpha-3, or None where the resolver refuses or does not know."""

ADVISORIES = "travel_advisories"
TRANSLATIONS = Path("travel") / "countries_mledoze.json.gz"
LANGUAGES = {"fra": "French", "ara": "Arabic", "spa": "Spanish", "rus": "Russian", "zho": "Chinese"}

JUDGED: dict[str, str | None] = {
    "Antarctica/British Antarctic Territory": "ATA",
    "Azores": None,
    "Bonaire": "BES",
    "Bonaire/St Eustatius/Saba": "BES",
    "Canary Islands": None,
    "China - Hong Kong / Macao": None,
    "Congo": "COG",
    "Cook Islands, Tokelau and Niue": None,
    "French West Indies": None,
    "Israel and Palestine": None,
    "Israel and the Occupied Palestinian Territories": None,
    "Israel, the West Bank and Gaza": None,
    "No travel advice": None,
    "Northern Marianas": "MNP",
    "Pitcairn Island": "PCN",
    "Saba": "BES",
    "Saint Martin": "MAF",
    "Saint Tome (Sao Tome) and Principe": "STP",
    "Sint Eustatius": "BES",
    "Solomon Island": "SLB",
    "St Helena, Ascension and Tristan da Cunha": "SHN",
    "St Maarten": "SXM",
    "St Martin and St Barthélemy": None,
    "Virgin Islands (U.S.)": "VIR",
    "Virgin Islands (UK)": "VGB",
    "Virgin Islands (US)": "VIR",
}
"""Destinations of travel advice that a resolver did not know, or read otherwise than the others, judged by hand from what the publisher means.

None: several countries, a part of one that has no code of its own, or no country at all; then refusing is right. On all other destinations
the resolvers that know an answer agree, and what they agree on is taken as right.
"""

_NOT_FOUND = "not found"


@dataclass(frozen=True)
class Named:
    """A name and the country that its publisher means by it; None where no single present country has a code for it."""

    name: str
    country: str | None


@dataclass(frozen=True)
class Score:
    """Of some names: resolved to the right country or rightly refused, resolved to a wrong one, refused although there is one."""

    right: int
    wrong: int
    refused: int


def ucdp(countries: Countries) -> list[Named]:
    """Every single location of the armed conflict data and every country of the country-year data; the truth is the state number beside it."""
    found: set[tuple[str, str]] = set()
    with open_text(shipped_table("ucdp", "conflicts").path) as file:
        found |= {(row["location"], row["gwno_loc"]) for row in csv.DictReader(file) if "," not in row["gwno_loc"]}
    with open_text(shipped_table("ucdp", "deaths").path) as file:
        found |= {(row["country_cy"], row["country_id_cy"]) for row in csv.DictReader(file)}
    return [Named(name, countries.from_gleditsch_ward(int(number))) for name, number in sorted(found)]


def advisories(folder: Path, resolvers: Iterable[Resolver]) -> list[Named]:
    """Every destination of five governments' travel advice. Raises ValueError for one on which the resolvers differ and nobody judged."""
    asked = list(resolvers)
    names: set[str] = set()
    for path in sorted((folder / ADVISORIES).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            names |= {row["destination"].strip() for row in csv.DictReader(file)}
    judged = dict(JUDGED)
    for name in sorted(names - judged.keys()):
        answers = {resolve(name) for resolve in asked} - {None}
        if len(answers) != 1:
            raise ValueError(f"'{name}' is not judged, and the resolvers say: {', '.join(sorted(map(str, answers))) or 'nothing'}")
        judged[name] = answers.pop()
    return [Named(name, judged[name]) for name in sorted(names)]


def translations(folder: Path, language: str) -> list[Named]:
    """Usual names in a language, from a table that our resolver reads no names from; its official names are often translated word by word."""
    with gzip.open(folder / TRANSLATIONS, "rt", encoding="utf-8") as file:
        rows = json.load(file)
    told = {"XKX" if row["cca3"] == "UNK" else row["cca3"]: row["translations"].get(language, {}).get("common") for row in rows}
    return [Named(name, country) for country, name in sorted(told.items()) if name]


def score(resolve: Resolver, names: Sequence[Named]) -> Score:
    """Count right, wrong and refused."""
    answers = [(named.country, resolve(named.name)) for named in names]
    right = sum(answer == truth for truth, answer in answers)
    wrong = sum(answer != truth and answer is not None for truth, answer in answers)
    return Score(right, wrong, len(answers) - right - wrong)


def ours(countries: Countries) -> Resolver:
    """Our resolver, with None for its refusals."""

    def resolve(name: str) -> str | None:
        try:
            return countries.resolve(name)
        except UnknownCountry:
            return None

    return resolve


def exact(name: str) -> str | None:
    """pycountry, a name or code as it stands."""
    try:
        return str(pycountry.countries.lookup(name).alpha_3)
    except LookupError:
        return None


def fuzzy(name: str) -> str | None:
    """pycountry, the first of what it finds in names of countries and of their subdivisions."""
    try:
        return str(pycountry.countries.search_fuzzy(name)[0].alpha_3)
    except LookupError:
        return None


def converter() -> tuple[Resolver, Callable[[Sequence[str]], object]]:
    """country_converter by its regular expressions: one name, and many at once, which is how it is fast. Several matches are a refusal."""
    logging.getLogger("country_converter").setLevel(logging.CRITICAL)
    table = country_converter.CountryConverter()

    def resolve(name: str) -> str | None:
        found = table.convert(name, to="ISO3", not_found=_NOT_FOUND, src="regex")
        return found if isinstance(found, str) and found != _NOT_FOUND else None

    return resolve, lambda names: table.convert(list(names), to="ISO3", not_found=_NOT_FOUND, src="regex")


def cldr() -> Resolver:
    """The names of Unicode CLDR in the six languages of the United Nations, as they stand but for case; one that two countries bear is refused."""
    names: dict[str, set[str]] = {}
    for language in ("en", "fr", "ar", "es", "ru", "zh"):
        for code, name in Locale.parse(language).territories.items():
            country = "XKX" if code == "XK" else getattr(pycountry.countries.get(alpha_2=code), "alpha_3", None)
            if country:
                names.setdefault(name.casefold(), set()).add(country)

    def resolve(name: str) -> str | None:
        found = names.get(name.casefold(), set())
        return next(iter(found)) if len(found) == 1 else None

    return resolve


def main() -> None:
    """Print what each resolver makes of each set of names, and the time for all names of UCDP."""
    countries = load_countries()
    regexes, many = converter()
    mine = ours(countries)
    resolvers = {
        "ours": mine,
        "pycountry lookup": exact,
        "pycountry search_fuzzy": fuzzy,
        "country_converter": regexes,
        "CLDR by babel": cldr(),
    }
    sets = {"UCDP": ucdp(countries)}
    data = os.environ.get("TRACKTWO_TEST_DATA")
    if data:
        sets["travel advice of five governments"] = advisories(Path(data), [mine, exact, regexes])
        sets |= {f"countries in {word}": translations(Path(data), tag) for tag, word in LANGUAGES.items()}
    print(outcomes(resolvers, sets))
    names = [named.name for named in sets["UCDP"]]
    result = compare(
        "The same names of UCDP, the time",
        [
            Contender("ours", lambda: [mine(name) for name in names]),
            Contender("lookup", lambda: [exact(name) for name in names], "pycountry"),
            Contender("search_fuzzy", lambda: [fuzzy(name) for name in names], "pycountry"),
            Contender("convert, all at once", lambda: many(names), "country_converter"),
        ],
        size=f"{len(names)} names",
    )
    print(f"\n{result.table()}")


def outcomes(resolvers: dict[str, Resolver], sets: dict[str, list[Named]]) -> str:
    """The table of right, wrong and refused, in Markdown."""
    lines = [
        "## Names of countries: right / wrong / refused",
        "",
        f"| | names | {' | '.join(resolvers)} |",
        "| --- | ---: |" + " ---: |" * len(resolvers),
    ]
    for title, names in sets.items():
        scores = (score(resolve, names) for resolve in resolvers.values())
        lines.append(f"| {title} | {len(names)} | " + " | ".join(f"{s.right} / {s.wrong} / {s.refused}" for s in scores) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
