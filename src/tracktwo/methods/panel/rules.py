"""What a panel must keep: its size, its quotas, who may not sit together, who has to be there; and who is left out for which reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tracktwo.methods.panel.cliques import cover

Traits = Mapping[str, frozenset[str]]
"""Attribute → what is true of a person: one value for most, several where a person is of two sides or speaks two languages."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who could sit on the panel, by a key."""

    key: str
    traits: Traits

    def has(self, where: Iterable[tuple[str, str]]) -> bool:
        """Whether every (attribute, value) is true of the person."""
        return all(value in self.traits.get(attribute, ()) for attribute, value in where)


@dataclass(frozen=True)
class Quota:
    """How many of the panel have all of `where`: one (attribute, value), or several for a crossed quota such as women of the north."""

    where: tuple[tuple[str, str], ...]
    minimum: int
    maximum: int

    @property
    def category(self) -> str:
        return " × ".join(attribute for attribute, _ in self.where)

    @property
    def value(self) -> str:
        return " × ".join(value for _, value in self.where)


@dataclass(frozen=True)
class AtMostOne:
    """People of whom at most one may sit on the panel, and why: a no-contact pair, one household, one organisation."""

    people: frozenset[str]
    why: str = "apart"


@dataclass(frozen=True)
class Rules:
    """All that a panel of `size` people must keep. `must` are people who sit on it in any case."""

    size: int
    quotas: tuple[Quota, ...] = ()
    at_most_one: tuple[AtMostOne, ...] = ()
    must: frozenset[str] = frozenset()

    def check(self, candidates: Sequence[Candidate]) -> None:
        """Raise ValueError in one sentence where the rules speak of nobody, or contradict themselves at first sight."""
        keys = [one.key for one in candidates]
        known = set(keys)
        if len(known) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"'{twice}' stands twice among the people; give each an id of its own")
        if self.size < 1:
            raise ValueError(f"the size of the panel is {self.size}; it should be at least 1")
        for quota in self.quotas:
            if not 0 <= quota.minimum <= quota.maximum:
                span = f"{quota.minimum} to {quota.maximum}"
                raise ValueError(f"the quota of {quota.category} '{quota.value}' runs from {span}; it should run from 0 or more upwards")
        for person in sorted((self.must | frozenset().union(*(rule.people for rule in self.at_most_one))) - known):
            raise ValueError(f"'{person}' is named by a rule but stands not among the people")

    def broken_by(self, panel: Sequence[Candidate]) -> tuple[Broken, ...]:
        """Each rule that a set of people breaks; nothing where it keeps them all."""
        keys = {one.key for one in panel}
        found = [] if len(panel) == self.size else [Broken("size", len(panel), self.size, self.size)]
        for quota in self.quotas:
            count = sum(one.has(quota.where) for one in panel)
            if not quota.minimum <= count <= quota.maximum:
                found.append(Broken("quota", count, quota.minimum, quota.maximum, quota.where))
        for rule in self.at_most_one:
            if len(both := sorted(keys & rule.people)) > 1:
                found.append(Broken("apart", len(both), 0, 1, people=tuple(both), why=rule.why))
        found += [Broken("must", 0, 1, 1, people=(person,)) for person in sorted(self.must - keys)]
        return tuple(found)


@dataclass(frozen=True)
class Broken:
    """A rule that is not kept: what is counted, how many there are, and how many there should be."""

    rule: Literal["size", "quota", "apart", "must"]
    count: int
    minimum: int
    maximum: int
    where: tuple[tuple[str, str], ...] = ()
    people: tuple[str, ...] = ()
    why: str = ""

    @property
    def sentence(self) -> str:
        """The same in words."""
        if self.rule == "apart":
            return f"{' and '.join(self.people)} together ({self.why})"
        if self.rule == "must":
            return f"without {self.people[0]}, who has to be there"
        span = str(self.minimum) if self.minimum == self.maximum else f"{self.minimum} to {self.maximum}"
        if self.rule == "size":
            return f"{self.count} people instead of {span}"
        asked = Quota(self.where, self.minimum, self.maximum)
        return f"{self.count} of {asked.category} '{asked.value}' instead of {span}"


Exclusion = Literal["law", "travel", "veto", "declined", "away", "not asked", "other"]
"""Why somebody is not in the pool from which a panel is chosen."""


@dataclass(frozen=True)
class Excluded:
    """Somebody who is left out before anything is drawn, and the reason in words that can be shown to whoever may see it."""

    key: str
    ground: Exclusion
    reason: str


def pairs_as_rules(pairs: Iterable[tuple[str, str]], why: str = "apart") -> tuple[AtMostOne, ...]:
    """No-contact pairs as rules: where all of several people are apart from each other, one rule says it for them all, which is a tighter one."""
    return tuple(AtMostOne(group, why) for group in cover(pairs))
