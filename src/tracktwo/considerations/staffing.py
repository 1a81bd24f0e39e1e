"""Who of a hub's roster could go: the request, what each person said, and which papers they need, made ready for the ranking of teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracktwo.methods.team import Candidate, Difference, Ranking, Team, difference, rank_teams
from tracktwo.methods.team import Request as Wanted
from tracktwo.methods.venue import Burden, Traveller, journey
from tracktwo.record.care import DecisionSigned
from tracktwo.record.entry import BaseEntry
from tracktwo.record.hub import Availability, AvailabilityTold, Expert, InvitationAnswered, InvitationSent, Request, RequestReceived, RosterEntered
from tracktwo.record.keeping import MemberIntroduced
from tracktwo.sources.passports import PassportIndex

CLOCK = timedelta(hours=72)
"""From a request to a signed dossier."""


@dataclass(frozen=True)
class Listed:
    """Somebody on the roster, with what was told last of when he can come."""

    entry: str
    expert: Expert
    availability: Availability | None
    card: bool = False
    """Whether the person has a card with which to tell it."""


@dataclass(frozen=True)
class Asked:
    """A request with its answers so far."""

    entry: str
    request: Request
    at: datetime
    invited: frozenset[str]
    accepted: frozenset[str]
    declined: frozenset[str]


@dataclass(frozen=True)
class Staffing:
    """Teams for a request in order, and why each comes after the first."""

    seats: Mapping[str, int]
    ranking: Ranking
    why_not_first: tuple[Difference, ...]
    """One for each team but the first."""


def roster_of(live: Iterable[BaseEntry]) -> tuple[Listed, ...]:
    """The people of a roster by their codes. What somebody told of himself counts by the last entry under his own key. Pure."""
    told: dict[str, Availability] = {}
    members: dict[str, str] = {}
    listed: dict[str, RosterEntered] = {}
    for entry in live:
        if isinstance(entry, AvailabilityTold):
            told[entry.author] = entry.body
        elif isinstance(entry, MemberIntroduced) and entry.about:
            members[entry.about] = entry.body.member
        elif isinstance(entry, RosterEntered):
            listed[entry.body.person] = entry
    return tuple(
        Listed(entry.id, entry.body, told.get(members.get(code, entry.body.member or "")), code in members) for code, entry in sorted(listed.items())
    )


def requests_of(live: Iterable[BaseEntry]) -> tuple[Asked, ...]:
    """The requests in the order in which they came, each with who was invited and what was answered last. Pure."""
    entries = tuple(live)
    found = []
    for entry in entries:
        if isinstance(entry, RequestReceived) and entry.at is not None:
            sent = {one.body.person for one in entries if isinstance(one, InvitationSent) and one.body.request == entry.id}
            answers = {one.body.person: one.body.answer for one in entries if isinstance(one, InvitationAnswered) and one.body.request == entry.id}
            yes, no = (frozenset(person for person, answer in answers.items() if answer == wanted) for wanted in ("yes", "no"))
            found.append(Asked(entry.id, entry.body, entry.at, frozenset(sent), yes, no))
    return tuple(found)


def seats_of(request: Request) -> dict[str, int]:
    """How many of which role a team has: an interpreter where there is more than one language, an expert from four on, facilitators for the rest."""
    interpreters = int(len(request.languages) > 1 and request.people >= 3)
    experts = int(request.people >= 4)
    seats = {"facilitator": request.people - interpreters - experts, "interpreter": interpreters, "expert": experts}
    return {role: count for role, count in seats.items() if count}


def staff(asked: Asked, roster: Sequence[Listed], passports: PassportIndex | None, limit: int = 5, *, others: Sequence[Asked] = ()) -> Staffing:
    """Rank teams for a request: who accepted stays, who declined is out, so that the first team shows the next best. Exact.

    `others` are all requests of the hub: whoever has accepted another one is away on its days, and comes from it without rest for a week.
    """
    request = asked.request
    last = request.start + timedelta(days=request.days - 1) if request.start else None
    wanted = Wanted(seats=seats_of(request), languages=request.languages, competences=_needed(request, roster), first=request.start, last=last)
    people = [_candidate(one, request.start, _engaged(one.expert.person, asked, others)) for one in roster]
    known = {one.expert.person for one in roster}

    def entry(candidate: Candidate) -> Burden:
        rules = [passports.entry(passport, request.country) for passport in candidate.nationalities] if passports else []
        return journey(Traveller(candidate.key, candidate.nationalities), rules).burden

    ranking = rank_teams(wanted, people, entry=entry, staying=asked.accepted & known, declined=asked.declined, limit=limit)
    return Staffing(wanted.seats, ranking, tuple(difference(ranking.teams[0], team) for team in ranking.teams[1:]))


def _engaged(person: str, asked: Asked, others: Sequence[Asked]) -> tuple[tuple[date, date], ...]:
    """First and last days of the other requests that somebody has accepted."""
    promised = (other.request for other in others if other.entry != asked.entry and person in other.accepted)
    return tuple((one.start, one.start + timedelta(days=one.days - 1)) for one in promised if one.start)


def _candidate(listed: Listed, start: date | None, engaged: tuple[tuple[date, date], ...]) -> Candidate:
    expert, told = listed.expert, listed.availability
    may_be_asked = told.consent_to_be_asked and told.willing if told else expert.consented_to_be_listed is not None
    return Candidate(
        key=expert.person,
        roles=frozenset(expert.roles),
        languages={skill.tag: skill.level for skill in expert.languages},
        competences=frozenset(skill.casefold() for skill in expert.competences),
        interests=frozenset(expert.interests),
        nationalities=expert.nationalities,
        region=expert.regions[0] if expert.regions else None,
        free=((told.start, told.end),) if told and start else None,
        may_be_asked=may_be_asked,
        engaged=engaged,
    )


def _needed(request: Request, roster: Sequence[Listed]) -> tuple[str, ...]:
    """The competences of the roster that the words of a request name."""
    words = (request.needs or "").casefold()
    known = {skill.casefold() for one in roster for skill in one.expert.competences}
    return tuple(sorted(skill for skill in known if skill in words))


def hours_since(asked: Asked, now: datetime) -> int:
    """Whole hours since a request came."""
    return int((now - asked.at).total_seconds() // 3600)


def signed_at(asked: Asked, initiatives: Iterable[tuple[str, Iterable[BaseEntry]]]) -> datetime | None:
    """When the dossier of the initiative that bears the request's title was signed first, of those that are open to whoever asks."""
    moments = [
        entry.at
        for title, entries in initiatives
        if title == asked.request.title
        for entry in entries
        if isinstance(entry, DecisionSigned) and entry.at is not None and entry.at >= asked.at
    ]
    return min(moments, default=None)


def members_of(team: Team, accepted: Set[str]) -> tuple[tuple[str, str, bool], ...]:
    """(person, seat, whether he has accepted) of a team."""
    return tuple((person, team.seats[person], person in accepted) for person in team.members)
