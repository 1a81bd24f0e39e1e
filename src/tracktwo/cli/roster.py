"""The verb that looks a roster over before it is used: who is on it, what is not said of them, and who may stand on it twice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracktwo.cli.shared import AsJson, BadInput, BriefFile, out, print_json
from tracktwo.model.brief import Brief, Person
from tracktwo.record.duplicates import MOST, Pair, duplicates
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.roster import RosterError, read_roster

ASKED_FOR = ("sides", "gender", "region", "languages", "nationalities", "agreed_to_come", "data_consent")
"""What a panel, rooms and journeys are worked out from."""


def roster(
    brief_file: BriefFile,
    people: Annotated[Path, typer.Argument(help="The people, CSV or XLSX, under the column names of `invited`.", metavar="ROSTER")],
    as_json: AsJson = False,
) -> None:
    """Look over a roster beside a brief: what is missing of whom, and who may be one person, also across scripts. Nothing is decided or written."""
    brief = read_brief(brief_file, load_countries().resolve)
    try:
        listed = read_roster(people, load_countries().resolve, [side.id for side in brief.sides])
    except RosterError as error:
        raise BadInput(str(error)) from error
    pairs = _pairs(brief, listed)
    unsaid = {field: sum(getattr(person, field) in (None, ()) for person in listed) for field in ASKED_FOR}
    if as_json:
        print_json(
            {
                "format": "roster/1",
                "people": len(listed),
                "sides": {side.id: sum(side.id in person.sides for person in listed) for side in brief.sides},
                "not_said": unsaid,
                "may_be_one": [{"name": pair.one, "like": pair.other} for pair in pairs],
            }
        )
        return
    out.print(f"{len(listed)} people on {people.name}.", markup=False)
    for field, count in unsaid.items():
        if count:
            out.print(f"- {field.replace('_', ' ')}: not said of {count}", markup=False)
    if len(listed) + len(brief.team) + len(brief.invited) > MOST:
        out.print(f"More than {MOST} names: only those that are written alike were compared.", markup=False)
    for pair in pairs:
        out.print(f"May be one person: {pair.one} and {pair.other}", markup=False)


def _pairs(brief: Brief, listed: tuple[Person, ...]) -> tuple[Pair, ...]:
    """Of the roster among themselves, and beside those whom the brief names."""
    return duplicates([person.name for person in (*brief.team, *brief.invited, *listed)])
