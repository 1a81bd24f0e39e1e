"""The verb that ranks third-party teams out of a roster: who could go, why each team comes after the first, and who is next at a refusal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from tracktwo.cli.shared import AsJson, BadInput, out, print_json
from tracktwo.methods.team import Candidate, Ranking, Reason, Request, Team, difference, rank_teams
from tracktwo.methods.venue import Burden, Traveller, journey
from tracktwo.sources.countries import load_countries
from tracktwo.sources.experts import ExpertRow, read_experts
from tracktwo.sources.shelf import open_shelf

MOST_SEATS = 8
"""Seats of a team: exact search is quick up to here, and a third party of more is a crowd."""

_WORDS = {
    "languages": "nobody masters {what}",
    "interests": "an interest in the matter: {what}",
    "balance": "more from {what}",
    "competences": "nobody knows {what}",
    "acceptance": "not yet accepted by every side: {what}",
    "unsure": "not known whether free: {what}",
    "rest": "from other work without rest: {what}",
    "papers": "papers that take time: {what}",
    "likeness": "all of one {what}",
}


def team(
    roster: Annotated[Path, typer.Argument(help="The roster, CSV or XLSX: a column 'id', and what is known of each person.", metavar="ROSTER")],
    seats: Annotated[list[str], typer.Option("--seat", help="A role and how many, such as facilitator=2. Again for several.", metavar="ROLE=N")],
    languages: Annotated[list[str] | None, typer.Option("--speaks", help="A language somebody of the team must master.", metavar="TAG")] = None,
    competences: Annotated[list[str] | None, typer.Option("--knows", help="A competence the team should have.", metavar="WORD")] = None,
    sides: Annotated[list[str] | None, typer.Option("--side", help="A side that has to accept the team. Again for each.", metavar="SIDE")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Where the meeting is: passports are looked at.", metavar="COUNTRY")] = None,
    first: Annotated[str | None, typer.Option("--from", help="The first day.", metavar="YYYY-MM-DD")] = None,
    days: Annotated[int, typer.Option("--days", help="How many days.", min=1, max=60)] = 1,
    staying: Annotated[list[str] | None, typer.Option("--accepted", help="Somebody who has accepted, and stays. Again.", metavar="ID")] = None,
    declined: Annotated[list[str] | None, typer.Option("--declined", help="Somebody who has declined. Again for several.", metavar="ID")] = None,
    limit: Annotated[int, typer.Option("--teams", help="How many teams to show.", min=1, max=50)] = 3,
    as_json: AsJson = False,
) -> None:
    """Rank teams for a meeting: no score, but reasons of which each decides before the next; exact, over everybody on the roster.

    Nobody is in a team who is away, refused by a side, cannot enter, has said no or may not be asked; these are listed with their reason.
    """
    start = _day(first)
    find = load_countries().resolve
    wanted = Request(
        seats=_seats(seats),
        sides=tuple(side.casefold() for side in sides or ()),
        languages=tuple(tag.casefold() for tag in languages or ()),
        competences=tuple(word.casefold() for word in competences or ()),
        first=start,
        last=start + timedelta(days=days - 1) if start else None,
    )
    people = [_candidate(row) for row in read_experts(roster, find)]
    known = {one.key for one in people}
    for option, named in (("--accepted", staying), ("--declined", declined)):
        for person in named or ():
            if person not in known:
                raise BadInput(f"{option} names '{person}', who stands not on {roster.name}")
    ranking = rank_teams(wanted, people, entry=_entry(country), staying=frozenset(staying or ()), declined=frozenset(declined or ()), limit=limit)
    if as_json:
        print_json(_json(wanted, ranking))
    else:
        _print(wanted, ranking)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"--from should be a day of the calendar written YYYY-MM-DD, not '{text}'") from None


def _seats(words: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        role, _, count = word.partition("=")
        if not role.strip() or not (count or "1").isascii() or not (count or "1").isdigit() or int(count or 1) < 1:
            raise BadInput(f"--seat should be a role and how many, such as facilitator=2, not '{word}'")
        found[role.strip().casefold()] = found.get(role.strip().casefold(), 0) + int(count or 1)
    if sum(found.values()) > MOST_SEATS:
        raise BadInput(f"--seat asks for {sum(found.values())} people; a team has at most {MOST_SEATS}")
    return found


def _candidate(row: ExpertRow) -> Candidate:
    lists = {column: frozenset(values) for column, values in row.lists.items()}
    return Candidate(
        key=row.id, languages=row.languages, nationalities=row.nationalities, gender=row.gender, region=row.region, free=row.free,
        engaged=row.engaged, may_be_asked=row.may_be_asked, **lists,
    )  # fmt: skip


def _entry(country: str | None) -> Callable[[Candidate], Burden]:
    if country is None:
        return lambda candidate: "none"
    try:
        there = load_countries().resolve(country)
    except ValueError as error:
        raise BadInput(f"--country: {error}") from error
    passports = open_shelf(None, date.today()).passports

    def burden(candidate: Candidate) -> Burden:
        rules = [passports.entry(passport, there) for passport in candidate.nationalities] if passports else []
        return journey(Traveller(candidate.key, candidate.nationalities), rules).burden

    return burden


def _json(wanted: Request, ranking: Ranking) -> dict[str, Any]:
    return {
        "format": "team/1",
        "seats": dict(wanted.seats),
        "teams": [
            {
                "members": [{"id": member, "seat": one.seats[member]} for member in one.members],
                "reasons": [{"ground": reason.ground, "cost": reason.cost, "what": list(reason.what)} for reason in one.reasons],
                "after_the_first_because": _behind(ranking.teams[0], one) if number else None,
            }
            for number, one in enumerate(ranking.teams)
        ],
        "barred": {person: list(why) for person, why in sorted(ranking.barred.items())},
        "short": list(ranking.short),
    }


def _behind(first: Team, other: Team) -> str:
    """Why a team comes after the first one."""
    found = difference(first, other)
    if found.worse is None:
        return "equal on every ground; only the order of the ids decides"
    return _words(found.worse)


def _words(reason: Reason) -> str:
    return _WORDS[reason.ground].format(what=", ".join(reason.what) or "…")


def _print(wanted: Request, ranking: Ranking) -> None:
    if not ranking.teams:
        short = f": too few people for {', '.join(ranking.short)}" if ranking.short else ": no choice of people fills every seat"
        out.print(f"No team of {wanted.size} can be made of this roster{short}.", markup=False)
    for number, one in enumerate(ranking.teams, 1):
        members = ", ".join(f"{member} ({one.seats[member]})" for member in one.members)
        out.print(f"{number}. {members}", markup=False)
        for reason in one.reasons:
            if reason.cost > 0:
                out.print(f"   - {_words(reason)}", markup=False)
        if number > 1:
            out.print(f"   after the first: {_behind(ranking.teams[0], one)}", markup=False)
    for person, why in sorted(ranking.barred.items()):
        out.print(f"In no team: {person} ({', '.join(why)})", markup=False)
