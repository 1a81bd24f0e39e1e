"""The verb that looks for the people of a roster in lists of sanctioned and proscribed parties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tracktwo.cli.shared import AsJson, BadInput, day_of, err, out, print_json, remark
from tracktwo.dossier.language import voice
from tracktwo.methods.screening import Unread, is_unread, may_be_several, unread
from tracktwo.methods.screening import screen as find_hits
from tracktwo.methods.screening.screening import Progress as Done
from tracktwo.model.listing import Aligned, Clue, Hit, ListSnapshot, Sought
from tracktwo.second_opinion import NoSecondOpinion, Opinion, second_opinions
from tracktwo.sources.countries import load_countries
from tracktwo.sources.lists import read_list
from tracktwo.sources.screening_roster import read_screening_roster
from tracktwo.sources.shelf import OLD_AFTER_DAYS

"""Days after which a list is called old."""

Roster = Annotated[
    Path, typer.Argument(help="A CSV with the columns id, name, other_names, birth_date, nationality and affiliations.", metavar="ROSTER")
]
Lists = Annotated[
    list[Path],
    typer.Option("--list", help="A list as its publisher offers it, or .gz; give it again for several. For OFAC its sdn.csv.", metavar="FILE"),
]
All = Annotated[bool, typer.Option("--all", help="Show coincidences of names too.")]
Second = Annotated[bool, typer.Option("--second-opinion", help="Also ask nomenklatura's logic-v2, which the extra 'screening' installs.")]
ListsAsOf = Annotated[
    str | None, typer.Option("--as-of", help="The day for which the age of the lists is told; today if left out.", metavar="YYYY-MM-DD")
]


def screen(
    roster: Roster, list_files: Lists, as_json: AsJson = False, all_: All = False, second_opinion: Second = False, as_of: ListsAsOf = None
) -> None:
    """Look for the people of a roster, and the organisations that they belong to, in lists of sanctioned and proscribed parties.

    It finds and explains; people decide. Where nothing is found it says 'no match' with the lists and their days, which is not the same as 'clear'.
    """
    today = day_of(as_of)
    people = read_screening_roster(roster, load_countries().resolve)
    for person in people:
        for name in person.names:
            if may_be_several(name):
                remark(f"{roster.name}, {person.id}: '{name}' may be several people, who are looked for as one name; give each a row")
    lists = _read(list_files)
    with _bar("Screening", len(people)) as done:
        found = find_hits(people, lists, all_=all_, progress=done)
    opinions: dict[tuple[str, str, str], Opinion] = {}
    if second_opinion:
        try:
            opinions = second_opinions(people, lists, found)
        except NoSecondOpinion as error:
            raise BadInput(str(error)) from error
    if as_json:
        print_json(_json(people, lists, found, opinions))
        return
    _print(people, lists, found, opinions, today)


def _read(files: Sequence[Path]) -> list[ListSnapshot]:
    lists: list[ListSnapshot] = []
    with _bar("Reading lists", len(files)) as done:
        for number, file in enumerate(files, 1):
            snapshot = read_list(file)
            if any(one.key == snapshot.key for one in lists):
                raise BadInput(f"{file.name} is the list {snapshot.key} again; give each list once")
            lists.append(snapshot)
            done(number)
    for one in lists:
        for sentence in one.remarks:
            remark(f"{one.file}: {sentence}")
    return lists


@contextmanager
def _bar(title: str, total: int) -> Iterator[Done]:
    """A bar on stderr; on a pipe it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)


def sentence(clue: Clue) -> str:
    """What a clue says, in English."""
    return voice("en").text(clue.code, **dict(clue.params))


def _json(
    people: Sequence[Sought], lists: Sequence[ListSnapshot], found: Sequence[Sequence[Hit]], opinions: dict[tuple[str, str, str], Opinion]
) -> dict[str, Any]:
    return {
        "format": "screening/1",
        "lists": [
            {
                "list": one.key,
                "file": one.file,
                "publisher": one.publisher,
                "as_of": one.as_of.isoformat() if one.as_of else None,
                "entries": len(one.entries),
            }
            for one in lists
        ],
        "people": [
            {
                "id": person.id,
                "hits": [_hit(person, hit, opinions.get((person.id, hit.list_key, hit.entry_id))) for hit in hits],
                "unread": [{"name": one.name, "part": one.part, "why": one.why, "script": one.script, "whole": one.whole} for one in unread(person)],
            }
            for person, hits in zip(people, found, strict=True)
        ],
    }


def _hit(person: Sought, hit: Hit, opinion: Opinion | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "list": hit.list_key,
        "entry_id": hit.entry_id,
        "name": hit.name,
        "met": hit.met,
        "through": hit.through,
        "score": hit.score,
        "band": hit.band,
        "evidence": [{"code": clue.code, "speaks": clue.speaks, "params": dict(clue.params), "sentence": sentence(clue)} for clue in hit.clues],
        "alignment": [{"sought": one.sought, "listed": one.listed, "by": one.by, "similarity": one.similarity} for one in hit.alignment],
    }
    if opinion:
        told["second_opinion"] = {"matcher": opinion.matcher, "score": opinion.score, "detail": opinion.detail}
    return told


def _print(
    people: Sequence[Sought],
    lists: Sequence[ListSnapshot],
    found: Sequence[Sequence[Hit]],
    opinions: dict[tuple[str, str, str], Opinion],
    today: date,
) -> None:
    dated = {one.key: f"{one.publisher} ({one.file}) of {one.as_of.isoformat() if one.as_of else 'no known date'}" for one in lists}
    for one in lists:
        age = _age(one, today)
        out.print(f"{dated[one.key]}: {len(one.entries):,} entries{age}", markup=False)
    for person, hits in zip(people, found, strict=True):
        out.print()
        if not hits and is_unread(person):
            out.print(f"[bold]{escape(person.id)}[/bold]  {escape(person.names[0])}: NOT READ, so that nothing was looked for by name")
            _print_unread(person)
            continue
        if not hits:
            out.print(f"[bold]{escape(person.id)}[/bold]  no match in {escape('; '.join(dated.values()))}")
            _print_unread(person)
            continue
        out.print(f"[bold]{escape(person.id)}[/bold]  {escape(person.names[0])}: {_count(hits)}")
        _print_unread(person)
        for hit in hits:
            through = (
                f" through the affiliation '{hit.met}'" if hit.through == "affiliation" else "" if hit.met == person.names[0] else f" for '{hit.met}'"
            )
            out.print(f"  {hit.band.upper()} {hit.score:.2f}  {hit.name}{through}", markup=False)
            out.print(f"    {dated[hit.list_key]}, entry {hit.entry_id}", markup=False)
            for speaks, word in (("for", "for"), ("against", "against"), ("neither", "also")):
                told = [sentence(clue) for clue in hit.clues if clue.speaks == speaks]
                if told:
                    out.print(f"    {word}: {'; '.join(told)}", markup=False)
            out.print(f"    words: {', '.join(map(_aligned, hit.alignment))}", markup=False)
            opinion = opinions.get((person.id, hit.list_key, hit.entry_id))
            if opinion:
                out.print(f"    second opinion ({opinion.matcher}): {opinion.score:.2f}", markup=False)
    out.print()
    out.print("A hit is a question, no verdict; no match does not mean that somebody is on no list. People decide.", markup=False)


def _print_unread(person: Sought) -> None:
    for one in unread(person):
        out.print(f"  not read: {_missing(one)}", markup=False)


def _missing(one: Unread) -> str:
    if one.why == "nothing":
        return f"'{one.name}' holds no name to look for"
    part = "" if one.part == one.name else f" of '{one.name}'"
    return f"'{one.part}'{part}, in {one.script} script; give a plain Latin spelling beside it"


def _count(hits: Sequence[Hit]) -> str:
    bands = [(band, sum(hit.band == band for hit in hits)) for band in ("likely", "possible", "coincidence")]
    return ", ".join(f"{number} {band}" for band, number in bands if number)


def _age(one: ListSnapshot, today: date) -> str:
    if one.as_of is None:
        return "; NOBODY KNOWS ITS DATE: download it anew"
    days = (today - one.as_of).days
    return f"; OLD, {days:,} days: download it anew" if days > OLD_AFTER_DAYS["lists"] else ""


def _aligned(one: Aligned) -> str:
    if one.sought is None:
        return f"+ {one.listed}"
    if one.listed is None:
        return f"{one.sought} ~ nothing"
    return f"{one.sought} = {one.listed}" if one.by == "same" else f"{one.sought} ~ {one.listed} ({one.by}, {one.similarity:.2f})"
