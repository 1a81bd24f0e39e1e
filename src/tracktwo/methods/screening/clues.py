"""What speaks for and against a hit, as codes with what is compared; the sentences stand in the catalogues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from tracktwo.methods.screening.birth import Agreement
from tracktwo.methods.screening.evidence import Evidence, Likeness
from tracktwo.methods.screening.names import Token
from tracktwo.methods.screening.rarity import Rarity
from tracktwo.model.listing import BirthRange, Clue, ListedEntry, ListedName, Sought

CLUES: dict[str, tuple[str, ...]] = {
    "clue.name-whole": (),
    "clue.name-rare": ("word", "one_in"),
    "clue.name-common": ("word", "one_in"),
    "clue.name-missing": ("words",),
    "clue.name-more": ("words",),
    "clue.name-first-differs": ("sought", "listed"),
    "clue.name-acronym": ("short", "long"),
    "clue.alias-weak": (),
    "clue.alias-former": (),
    "clue.birth-same-day": ("sought", "listed"),
    "clue.birth-swapped": ("sought", "listed"),
    "clue.birth-same-month": ("sought", "listed"),
    "clue.birth-same-day-other-year": ("sought", "listed"),
    "clue.birth-same-year": ("sought", "listed"),
    "clue.birth-near": ("sought", "listed"),
    "clue.birth-differs": ("sought", "listed"),
    "clue.birth-unknown": (),
    "clue.nationality-same": ("countries",),
    "clue.nationality-differs": ("sought", "listed"),
    "clue.nationality-unknown": (),
    "clue.kind-differs": (),
}
"""Every code and the names of its parameters. Dates are YYYY, YYYY-MM, YYYY-MM-DD or two of them with `/` between; countries are ISO alpha-3."""

_BIRTH: dict[Agreement, tuple[str, Literal["for", "against", "neither"]]] = {
    "day": ("clue.birth-same-day", "for"),
    "swapped": ("clue.birth-swapped", "for"),
    "month": ("clue.birth-same-month", "for"),
    "day-other-year": ("clue.birth-same-day-other-year", "for"),
    "year": ("clue.birth-same-year", "for"),
    "near": ("clue.birth-near", "neither"),
    "close": ("clue.birth-differs", "against"),
    "far": ("clue.birth-differs", "against"),
    "apart": ("clue.birth-differs", "against"),
    "unknown": ("clue.birth-unknown", "neither"),
}
_RARE, _COMMON = 200, 30
"""A word that one entry of so many has is called rare, or common."""


def clues(evidence: Evidence, sought: Sought, entry: ListedEntry, name: ListedName, rarity: Rarity, *, person: bool) -> tuple[Clue, ...]:
    """Return all clues of a hit: the name first, then birth and nationality where they can be asked (`person`)."""
    found = [*_of_name(evidence.like, rarity)]
    if name.strength == "weak":
        found.append(Clue("clue.alias-weak", "against"))
    if name.strength == "former":
        found.append(Clue("clue.alias-former", "neither"))
    if evidence.other_kind:
        found.append(Clue("clue.kind-differs", "against"))
    if person:
        found += [_of_birth(evidence.birth, sought.birth, entry.births), _of_places(evidence, sought, entry)]
    return tuple(found)


def _of_name(like: Likeness, rarity: Rarity) -> Iterator[Clue]:
    one, other = like.reading
    if like.acronym:
        short, long = sorted((like.sought.text, like.listed.text), key=len)
        yield _clue("clue.name-acronym", "for", short=short, long=long)
        return
    met_sought = {i for met in like.met for i in met.sought}
    met_listed = {j for met in like.met for j in met.listed}
    missing = _weighty(token for i, token in enumerate(one) if i not in met_sought)
    more = _weighty(token for j, token in enumerate(other) if j not in met_listed)
    if not missing and not more and like.quality > 0.9:
        yield Clue("clue.name-whole", "for")
    heaviest = max(like.met, key=lambda met: met.weight, default=None)
    if heaviest:
        word = " ".join(other[j].text for j in heaviest.listed)
        one_in = max(1, round(rarity.one_in(heaviest.weight)))
        if one_in >= _RARE:
            yield _clue("clue.name-rare", "for", word=word, one_in=str(one_in))
        elif one_in <= _COMMON:
            yield _clue("clue.name-common", "against", word=word, one_in=str(one_in))
    if missing:
        yield _clue("clue.name-missing", "against", words=" ".join(token.text for token in missing))
    if more:
        yield _clue("clue.name-more", "neither" if not missing else "against", words=" ".join(token.text for token in more))
    if missing and more and one and other and like.first < 0.3:
        yield _clue("clue.name-first-differs", "against", sought=one[0].text, listed=other[0].text)


def _weighty(tokens: Iterator[Token]) -> list[Token]:
    return [token for token in tokens if token.kind in ("name", "patronymic", "number", "initial")]


def _of_birth(agreement: Agreement, sought: BirthRange | None, listed: Sequence[BirthRange]) -> Clue:
    code, speaks = _BIRTH[agreement]
    if sought is None or not listed:
        return Clue(code, speaks)
    return _clue(code, speaks, sought=written(sought), listed="; ".join(dict.fromkeys(map(written, listed))))


def _of_places(evidence: Evidence, sought: Sought, entry: ListedEntry) -> Clue:
    theirs = dict.fromkeys((*entry.nationalities, *entry.countries))
    if evidence.places == "unknown":
        return Clue("clue.nationality-unknown", "neither")
    if evidence.places == "agree":
        return _clue("clue.nationality-same", "for", countries=", ".join(code for code in sought.nationalities if code in theirs))
    return _clue("clue.nationality-differs", "against", sought=", ".join(sought.nationalities), listed=", ".join(theirs))


def _clue(code: str, speaks: Literal["for", "against", "neither"], **params: str) -> Clue:
    return Clue(code, speaks, tuple(params.items()))


def written(birth: BirthRange) -> str:
    """Return a birth statement as YYYY-MM-DD, YYYY-MM or YYYY, or as two days with a slash; `~` before it where it is approximate."""
    first, last = birth.first, birth.last
    if first == last:
        text = first.isoformat()
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        text = f"{first.year:04}" if first.year == last.year else f"{first.year:04}/{last.year:04}"
    elif (first.year, first.month, first.day) == (last.year, last.month, 1):
        text = f"{first.year:04}-{first.month:02}"
    else:
        text = f"{first.isoformat()}/{last.isoformat()}"
    return f"~{text}" if birth.circa else text
