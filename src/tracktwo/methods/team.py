"""Who could go: teams of facilitators, interpreters and experts out of a roster, in order, each with its reasons.

Nobody stands in a team who is away on one of the days, is refused by a side, cannot enter, or has said no. Teams are put in order by reasons that
a person can read, each deciding before the next: languages that nobody masters; people with an interest in the matter; sides to which somebody
belongs while another side has nobody; competences that are missing; people of whom a side has not said that it accepts them; people of whom it is
not known whether they can come; people who come from other work without rest; how hard the papers are to get; how alike the members are. There
is no score.

The search is exact: branch and bound over the roster, in which no branch is cut that could hold a better team. For rosters of practice, up to some
forty people for a team of four or five, it takes well under a second.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from tracktwo.methods.venue import Burden
from tracktwo.model.vocabulary import LEVELS_OF_LANGUAGE as LEVELS

Ground = Literal["languages", "interests", "balance", "competences", "acceptance", "unsure", "rest", "papers", "likeness"]
"""What teams are compared by, in the order in which one decides before the next."""
GROUNDS: tuple[Ground, ...] = ("languages", "interests", "balance", "competences", "acceptance", "unsure", "rest", "papers", "likeness")

Bar = Literal["declined", "not asked", "away", "refused", "cannot enter", "no seat"]
"""Why somebody stands in no team: said no; did not consent to be asked; is away; a side refuses; may not enter; does nothing that is asked for."""

LOAD_WINDOW = 90
"""Days before a request within which other work counts as load."""
_PAPERS: Mapping[Burden, int] = {"none": 0, "on arrival": 1, "online": 2, "embassy": 4, "unknown": 4, "barred": 9}


@dataclass(frozen=True)
class Candidate:
    """Somebody on a roster, by a key."""

    key: str
    roles: frozenset[str]
    """What the person does: facilitator, interpreter, expert …"""
    languages: Mapping[str, str | None]
    """BCP 47 tag → level of the Common European Framework, or None where it is not known; such a language is not counted."""
    competences: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    """Sides to which the person belongs; nobody's man or woman has none."""
    interests: frozenset[str] = frozenset()
    """Sides, or anybody else in the matter, from whom the person has something to gain or to lose."""
    accepted_by: frozenset[str] = frozenset()
    refused_by: frozenset[str] = frozenset()
    nationalities: tuple[str, ...] = ()
    gender: str | None = None
    region: str | None = None
    free: tuple[tuple[date, date], ...] | None = None
    """First and last days on which the person could come; None where nobody knows."""
    may_be_asked: bool = True
    engaged: tuple[tuple[date, date], ...] = ()
    """First and last days of other work that was promised: away on them, and tired after them."""


@dataclass(frozen=True)
class Request:
    """What a team is wanted for. `seats` says how many of which role: a team has exactly as many people, and each fills one seat."""

    seats: Mapping[str, int]
    sides: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    level: str = "B2"
    """From which level on a language counts as mastered."""
    rest_days: int = 7
    """Days that somebody should have between the end of other work and the first day, and after the last."""
    load_days: int = 30
    """Days of other work in the `LOAD_WINDOW` before the first day above which somebody has no rest."""

    @property
    def size(self) -> int:
        return sum(self.seats.values())


@dataclass(frozen=True)
class Reason:
    """How a team stands on one ground: `cost` compares it with others (0 is best), `what` names the languages, competences, sides or people."""

    ground: Ground
    cost: int
    what: tuple[str, ...]


@dataclass(frozen=True)
class Team:
    """Members in the order of their keys, the seat of each, and how the team stands on every ground."""

    members: tuple[str, ...]
    seats: Mapping[str, str]
    reasons: tuple[Reason, ...]

    @property
    def order(self) -> tuple[int, ...]:
        """The costs: of two teams the smaller tuple comes first."""
        return tuple(reason.cost for reason in self.reasons)


@dataclass(frozen=True)
class Difference:
    """Why a team comes after another one: the first ground on which they differ, and how each stands there; None where only keys decide."""

    ground: Ground | None
    better: Reason | None
    worse: Reason | None


@dataclass(frozen=True)
class Ranking:
    """Teams in order, and who stands in none of them for which reasons; `short` names the roles for which the roster has too few people."""

    teams: tuple[Team, ...]
    barred: Mapping[str, tuple[Bar, ...]]
    short: tuple[str, ...]


Entry = Callable[[Candidate], Burden]
"""What papers somebody needs for the country of the meeting; `barred` for whoever cannot enter at all."""


def rank_teams(
    request: Request,
    roster: Sequence[Candidate],
    *,
    entry: Entry = lambda candidate: "unknown",
    staying: Set[str] = frozenset(),
    declined: Set[str] = frozenset(),
    limit: int = 5,
) -> Ranking:
    """Return the best teams for a request, at most `limit`, in order.

    `staying` are members who have accepted: every team has them, so that with somebody in `declined` the first team shows the next best in his place.
    The same roster in another order gives the same teams. Raises ValueError for two people under one key.
    """
    if len({candidate.key for candidate in roster}) < len(roster):
        raise ValueError("two people of the roster have the same key")
    barred = {one.key: why for one in roster if (why := _bars(request, one, entry(one), declined))}
    able = sorted((one for one in roster if one.key not in barred or one.key in staying), key=lambda one: one.key)
    barred = {key: why for key, why in barred.items() if key not in staying}
    search = _Search(request, able, entry, staying, limit)
    return Ranking(search.teams(), barred, _short(request, able))


def difference(better: Team, worse: Team) -> Difference:
    """Why the one team comes before the other."""
    for one, other in zip(better.reasons, worse.reasons, strict=True):
        if one.cost != other.cost:
            return Difference(one.ground, one, other)
    return Difference(None, None, None)


def _bars(request: Request, candidate: Candidate, papers: Burden, declined: Set[str]) -> tuple[Bar, ...]:
    found: list[tuple[bool, Bar]] = [
        (candidate.key in declined, "declined"),
        (not candidate.may_be_asked, "not asked"),
        (_free(request, candidate) is False, "away"),
        (bool(candidate.refused_by & set(request.sides)), "refused"),
        (papers == "barred", "cannot enter"),
        (not candidate.roles & request.seats.keys(), "no seat"),
    ]
    return tuple(bar for holds, bar in found if holds)


def _free(request: Request, candidate: Candidate) -> bool | None:
    """Whether somebody is free on all the days; None where it is not known."""
    if request.first is None or request.last is None:
        return True
    if any(first <= request.last and request.first <= last for first, last in candidate.engaged):
        return False
    if candidate.free is None:
        return None
    return any(first <= request.first and request.last <= last for first, last in candidate.free)


def _tired(request: Request, candidate: Candidate) -> bool:
    """Whether somebody comes from other work without rest, goes to other work without it, or has worked too many days lately."""
    if request.first is None or request.last is None:
        return False
    before, after = request.first - timedelta(request.rest_days), request.last + timedelta(request.rest_days)
    close = any(before <= last < request.first or request.last < first <= after for first, last in candidate.engaged)
    since = request.first - timedelta(LOAD_WINDOW)
    spent = sum(max((min(last, request.first - timedelta(1)) - max(first, since)).days + 1, 0) for first, last in candidate.engaged)
    return close or spent > request.load_days


def _short(request: Request, able: Sequence[Candidate]) -> tuple[str, ...]:
    return tuple(role for role, count in request.seats.items() if sum(role in one.roles for one in able) < count)


def masters(candidate: Candidate, language: str, level: str) -> bool:
    """Whether somebody masters a language, or the language of which it is a variety, at least at a level."""
    found = [shown for tag, shown in candidate.languages.items() if tag == language or tag.split("-")[0] == language]
    return any(shown is not None and LEVELS.index(shown) >= LEVELS.index(level) for shown in found)


def seated(seats: Mapping[str, int], members: Sequence[Candidate]) -> dict[str, str] | None:
    """Give each member one seat that he can fill: key → role; None where that cannot be. Augmenting paths (Kuhn 1955)."""
    places = [role for role, count in seats.items() for _ in range(count)]
    holder: dict[int, Candidate] = {}

    def place(one: Candidate, tried: set[int]) -> bool:
        for number, role in enumerate(places):
            if role in one.roles and number not in tried:
                tried.add(number)
                if number not in holder or place(holder[number], tried):
                    holder[number] = one
                    return True
        return False

    if len(members) > len(places) or not all(place(one, set()) for one in members):
        return None
    return {one.key: places[number] for number, one in holder.items()}


class _Search:
    """Branch and bound: people are tried in the order of their keys, and a branch is left when the best that could come of it is not good enough."""

    def __init__(self, request: Request, able: Sequence[Candidate], entry: Entry, staying: Set[str], limit: int) -> None:
        self.request, self.limit = request, limit
        self.staying = [one for one in able if one.key in staying]
        self.others = [one for one in able if one.key not in staying]
        self._papers = {one.key: _PAPERS[entry(one)] for one in able}
        self._mastered = {one.key: frozenset(tag for tag in request.languages if masters(one, tag, request.level)) for one in able}
        self._knows = {one.key: one.competences & set(request.competences) for one in able}
        self._additive = {one.key: self._own_costs(one) for one in able}
        self._found: list[tuple[tuple[int, ...], tuple[str, ...], Team]] = []
        self._later = self._what_is_left()

    def teams(self) -> tuple[Team, ...]:
        if len(self.staying) <= self.request.size and seated(self.request.seats, self.staying) is not None and self.limit > 0:
            self._extend(list(self.staying), 0)
        return tuple(team for _, _, team in self._found)

    def _own_costs(self, one: Candidate) -> tuple[int, int, int, int, int]:
        """What one person adds to a team's costs whoever else is in it: interests, acceptance, what is not known, rest, papers."""
        unaccepted = len(set(self.request.sides) - one.accepted_by - one.refused_by)
        unsure, tired = _free(self.request, one) is None, _tired(self.request, one)
        return int(bool(one.interests)), unaccepted, int(unsure), int(tired), self._papers[one.key]

    def _what_is_left(self) -> list[tuple[frozenset[str], frozenset[str], tuple[list[int], ...]]]:
        """From each place in the order on: every language and competence that may still come, and the own costs, each ground sorted."""
        left: list[tuple[frozenset[str], frozenset[str], tuple[list[int], ...]]] = []
        tongues: frozenset[str] = frozenset()
        skills: frozenset[str] = frozenset()
        costs: tuple[list[int], ...] = ([], [], [], [], [])
        left.append((tongues, skills, costs))
        for one in reversed(self.others):
            tongues, skills = tongues | self._mastered[one.key], skills | self._knows[one.key]
            costs = tuple(list(ordered) for ordered in costs)
            for ordered, cost in zip(costs, self._additive[one.key], strict=True):
                insort(ordered, cost)
            left.append((tongues, skills, costs))
        return left[::-1]

    def _extend(self, members: list[Candidate], start: int) -> None:
        missing = self.request.size - len(members)
        if missing == 0:
            self._keep(members)
            return
        for number in range(start, len(self.others) - missing + 1):
            chosen = [*members, self.others[number]]
            if seated(self.request.seats, chosen) is None:
                continue
            if len(self._found) == self.limit and self._bound(chosen, number + 1) > self._found[-1][0]:
                continue
            self._extend(chosen, number + 1)

    def _bound(self, members: Sequence[Candidate], start: int) -> tuple[int, ...]:
        """No team that begins with these members has a smaller order: on each ground as if the best of those who are left came, each time."""
        tongues, skills, costs = self._later[start]
        missing = self.request.size - len(members)
        own = [sum(self._additive[one.key][ground] for one in members) + sum(costs[ground][:missing]) for ground in range(5)]
        spoken = tongues.union(*(self._mastered[one.key] for one in members))
        known = skills.union(*(self._knows[one.key] for one in members))
        interests, unaccepted, unsure, tired, papers = own
        missing_skills = len(self.request.competences) - len(known)
        return len(self.request.languages) - len(spoken), interests, 0, missing_skills, unaccepted, unsure, tired, papers, 0

    def _keep(self, members: Sequence[Candidate]) -> None:
        seats = seated(self.request.seats, members)
        assert seats is not None
        keys = tuple(sorted(one.key for one in members))
        team = Team(keys, {key: seats[key] for key in keys}, self._reasons(members))
        insort(self._found, (team.order, keys, team), key=lambda item: item[:2])
        del self._found[self.limit :]

    def _reasons(self, members: Sequence[Candidate]) -> tuple[Reason, ...]:
        request = self.request
        unspoken = tuple(tag for tag in request.languages if not any(tag in self._mastered[one.key] for one in members))
        unknown = tuple(skill for skill in request.competences if not any(skill in self._knows[one.key] for one in members))
        interested = tuple(one.key for one in members if one.interests)
        unsure = tuple(one.key for one in members if _free(request, one) is None)
        unaccepted = tuple(one.key for one in members if self._additive[one.key][1])
        heavy = tuple(one.key for one in members if self._papers[one.key] >= _PAPERS["online"])
        lean, apart = _balance(request.sides, members)
        own = [sum(self._additive[one.key][ground] for one in members) for ground in range(5)]
        alike, traits = _likeness(members)
        return (
            Reason("languages", len(unspoken), unspoken),
            Reason("interests", own[0], interested),
            Reason("balance", lean, apart),
            Reason("competences", len(unknown), unknown),
            Reason("acceptance", own[1], unaccepted),
            Reason("unsure", own[2], unsure),
            Reason("rest", own[3], tuple(one.key for one in members if self._additive[one.key][3])),
            Reason("papers", own[4], heavy),
            Reason("likeness", alike, traits),
        )


def _balance(sides: Sequence[str], members: Sequence[Candidate]) -> tuple[int, tuple[str, ...]]:
    """By how many people the best represented side goes beyond the least, and the sides that do; 0 where nobody belongs to any."""
    counts = {side: sum(side in one.sides for one in members) for side in sides}
    if not counts:
        return 0, ()
    least = min(counts.values())
    return max(counts.values()) - least, tuple(side for side, count in counts.items() if count > least)


def _likeness(members: Sequence[Candidate]) -> tuple[int, tuple[str, ...]]:
    """In how many of gender and region all who say something say the same; one person alone is not alike."""
    said: dict[str, list[str]] = {
        "gender": [one.gender for one in members if one.gender],
        "region": [one.region for one in members if one.region],
    }
    traits = tuple(trait for trait, values in said.items() if len(values) > 1 and len(set(values)) == 1)
    return len(traits), traits
