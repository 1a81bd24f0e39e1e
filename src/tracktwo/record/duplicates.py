"""Names that may be one person, also where one is written in Arabic letters and the other in Latin ones: offered to a person, never decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracktwo.model.brief import Person
from tracktwo.record.initiative import Member
from tracktwo.record.mask import same
from tracktwo.record.mentions import mentions

MOST = 60
"""Names that are compared across spellings; of more only those that are written alike are found."""
_WHOLE = 0.6
"""Share of a name that has to be recognised: one that has only the first name in common is another person."""


class Pair(NamedTuple):
    """Two names that may be one person."""

    one: str
    other: str


def duplicates(names: Sequence[str]) -> tuple[Pair, ...]:
    """The later name of each pair first; each pair once, in the order in which the later names stand."""
    people = [Member(f"N-{number:04d}", Person(name=name), invited=True) for number, name in enumerate(names) if name]
    found: list[Pair] = []
    seen: dict[str, str] = {}
    for number, member in enumerate(people):
        name = member.person.name
        if same(name) in seen:
            found.append(Pair(name, seen[same(name)]))
        elif len(people) <= MOST:
            found += [Pair(name, other) for other in _like(name, people[:number])]
        seen.setdefault(same(name), name)
    return tuple(dict.fromkeys(found))


def _like(name: str, before: Sequence[Member]) -> list[str]:
    named = {member.code: member.person.name for member in before}
    told = [mention for mention in mentions(name, before) if mention.why != "part of the name" and len(mention.words) >= _WHOLE * len(name)]
    return [named[code] for mention in told for code in mention.codes if code in named]
