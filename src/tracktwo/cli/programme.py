"""The verb that plans a programme: every session in its hour and room, what cannot be and why, and the files that people carry."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.table import Table

from tracktwo.cli.shared import AsJson, BadInput, day_of, err, out, print_json, print_table, remark
from tracktwo.considerations.kept_times import TimesUnknown, with_times
from tracktwo.dossier.files import CannotWrite, FolderExists, write_files
from tracktwo.dossier.language import LanguageNotSpoken, Voice, voice
from tracktwo.model.schedule import Schedule
from tracktwo.model.timetable import Timetable
from tracktwo.sources.schedule import ScheduleError, read_schedule

FILES = ("programme.html", "programme.xlsx", "programme.ics")
MAX_BYTES = 32 * 1024 * 1024

SpecFile = Annotated[Path, typer.Argument(help="The SPEC, a YAML file: days, rooms, people by code, sessions.", metavar="SPEC")]
Before = Annotated[
    Path | None, typer.Option("--before", help="The JSON of an earlier programme: move as little as can be, and say what and why.", metavar="FILE")
]
Monitored = Annotated[bool, typer.Option("--monitored", help="Keep what is sensitive out of rooms and hours in which somebody watches.")]
Person = Annotated[str | None, typer.Option("--person", help="Only what this person is at, by code.", metavar="CODE")]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="A file; or a folder, which gets the page, the workbook and a calendar for each person.", metavar="PATH"),
]
AsIcs = Annotated[bool, typer.Option("--ics", help="Write a calendar, to a file or down a pipe: times and neutral titles, no names, no places.")]
AsXlsx = Annotated[bool, typer.Option("--xlsx", help="Write a workbook, to a file or down a pipe.")]
AsHtml = Annotated[bool, typer.Option("--html", help="Write the grid as a page to print on A4.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over what is there.")]
Seconds = Annotated[float, typer.Option("--seconds", min=0.5, max=3600, help="How long to search at most.", metavar="S")]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="The same seed, the same programme.", metavar="N")]
ProgrammeAsOf = Annotated[str | None, typer.Option("--as-of", help="The day that files are dated with; today if left out.", metavar="YYYY-MM-DD")]
Arc = Annotated[bool, typer.Option("--arc", help="Plan the arc of rounds that the SPEC describes under arc, instead of the days.")]
Lost = Annotated[
    list[str] | None,
    typer.Option("--lost", help="With --arc: a donor whose money is lost; shown before and after. Give it again for several.", metavar="DONOR"),
]
LostRound = Annotated[int | None, typer.Option("--lost-round", min=1, help="With --arc: the money of this round is lost.", metavar="N")]


def programme(
    spec_file: SpecFile,
    before: Before = None,
    monitored: Monitored = False,
    person: Person = None,
    output: Output = None,
    as_json: AsJson = False,
    as_ics: AsIcs = False,
    as_xlsx: AsXlsx = False,
    as_html: AsHtml = False,
    replace: Replace = False,
    seconds: Seconds = 30.0,
    seed: Seed = 0,
    as_of: ProgrammeAsOf = None,
    arc: Arc = False,
    lost: Lost = None,
    lost_round: LostRound = None,
) -> None:
    """Plan the days of a meeting: every session in an hour and a room that suits everybody, proven best, or why none exists.

    Exit 0 also where no programme exists: that is an answer, with the smallest sets of rules that cannot hold together.
    """
    day = day_of(as_of)
    spec = _spec(spec_file)
    if arc or lost or lost_round:
        from tracktwo.cli.arc import print_arc  # it loads the solver

        print_arc(spec, spec_file.name, tuple(lost or ()), lost_round, seed=seed, seconds=seconds, as_json=as_json)
        return
    if not spec.days:
        raise BadInput(f"{spec_file.name} has no days, only an arc; add days, or say --arc")
    if person is not None and all(one.code != person for one in spec.people):
        raise BadInput(f"--person '{person}' is nobody of {spec_file.name}; there are: {', '.join(one.code for one in spec.people[:12]) or 'none'}")
    speaker = _voice(spec.language)
    earlier = _earlier(before) if before else None
    plan = _planned(spec, spec_file.name, earlier, monitored, seed, seconds)
    if as_ics or as_xlsx or as_html or output is not None:
        wanted = {".ics": as_ics, ".xlsx": as_xlsx, ".html": as_html}
        makers = _makers(plan, speaker, day, person, earlier)
        _write(plan, makers, [suffix for suffix, is_wanted in wanted.items() if is_wanted], output, spec_file.stem, replace)
    if as_json:
        print_json({"format": "programme/1"} | _shown(plan, person).model_dump(mode="json"))
    elif not (as_ics or as_xlsx or as_html):
        _print(_shown(plan, person))


def _spec(path: Path) -> Schedule:
    try:
        return read_schedule(path)
    except ScheduleError as error:
        for sentence in error.problems[1:6]:
            remark(sentence)
        raise BadInput(str(error)) from error


def _voice(language: str) -> Voice:
    try:
        return voice(language)
    except LanguageNotSpoken:
        remark(f"the files are in English: there are no words in '{language}' yet")
        return voice("en")


def _planned(spec: Schedule, name: str, before: Timetable | None, monitored: bool, seed: int, seconds: float) -> Timetable:
    from tracktwo.methods.programme.solve import TooLarge, plan_programme  # the solver takes longer to load than other verbs to answer

    try:
        timed, remarks = with_times(spec)
    except TimesUnknown as error:
        raise BadInput(f"{name} {error}") from error
    with err.status("Planning …") if err.is_terminal else nullcontext():
        try:
            plan = plan_programme(timed, before=before, monitored=monitored, seed=seed, seconds=seconds)
        except TooLarge as error:
            raise BadInput(f"{name}: {error}") from error
    return plan.model_copy(update={"remarks": remarks})


def _earlier(path: Path) -> Timetable:
    """An earlier programme, as --json printed it. Raises BadInput."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(f"--before {path} cannot be read: {(error.strerror or 'it is no file').lower()}") from error
    if len(raw) > MAX_BYTES:
        raise BadInput(f"--before {path.name} is larger than any programme; give what 'tracktwo programme SPEC --json' printed")
    try:
        return Timetable.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadInput(f"--before {path.name} is no programme ({where[:60]}); give what 'tracktwo programme SPEC --json' printed") from error


def _makers(plan: Timetable, speaker: Voice, day: date, person: str | None, before: Timetable | None) -> dict[str, Callable[[str | None], bytes]]:
    from tracktwo.dossier.feeds import programme_feed
    from tracktwo.dossier.grid import programme_page
    from tracktwo.dossier.timetable_sheet import timetable_xlsx

    return {
        ".ics": lambda code: programme_feed(plan, speaker, day, code or person, before),
        ".xlsx": lambda code: timetable_xlsx(_shown(plan, code or person), speaker, day),
        ".html": lambda code: programme_page(_shown(plan, code or person), speaker),
    }


def _write(
    plan: Timetable, makers: dict[str, Callable[[str | None], bytes]], wanted: list[str], output: Path | None, stem: str, replace: bool
) -> None:
    """Write what was asked for into a file beside the reader, into the file that is named, or all into a folder; one alone goes down a pipe."""
    if not plan.items:
        raise BadInput(f"there is no programme to write: it is {plan.status}; run without files, or with --json, to read why")
    into_folder = output is not None and (output.is_dir() or not output.suffix)
    if output is not None and into_folder:
        made = {f"programme{suffix}": makers[suffix](None) for suffix in wanted or makers}
        if not wanted or ".ics" in wanted:
            made |= {f"{code}.ics": makers[".ics"](code) for code in sorted({code for item in plan.items for code in item.who})}
        for path in write_files(made, output, (*FILES, *made), replace=replace):
            remark(f"wrote {path}")
        return
    if output is not None and len(wanted) != 1:
        suffixes = wanted or [output.suffix]
        if len(suffixes) != 1 or suffixes[0] not in makers:
            raise BadInput(f"-o {output} is one file; name a folder for several, or a file that ends in .ics, .xlsx or .html")
        wanted = suffixes
    if output is None and len(wanted) == 1 and not sys.stdout.isatty():
        sys.stdout.buffer.write(makers[wanted[0]](None))
        return
    for suffix in wanted:
        _put(output or Path(f"{stem}{suffix}"), makers[suffix](None), replace)


def _put(path: Path, content: bytes, replace: bool) -> None:
    """Write one file that only its owner can read."""
    try:
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if replace else os.O_EXCL)
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(content)
    except FileExistsError:
        raise FolderExists(f"{path} exists; name another file, or say --replace") from None
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror}") from error
    remark(f"wrote {path}")


def _shown(plan: Timetable, person: str | None) -> Timetable:
    """The programme, or what of it a person is at: then without anybody else's code."""
    if person is None:
        return plan
    mine = tuple(
        item.model_copy(update={"who": (person,), "serving": tuple(code for code in item.serving if code == person)}) for item in plan.seen_by(person)
    )
    own = {item.id for item in mine}
    moved = tuple(move for move in plan.moved if move.id in own)
    return plan.model_copy(update={"items": mine, "clashes": (), "moved": tuple(move.model_copy(update={"why": ""}) for move in moved)})


def _print(plan: Timetable) -> None:
    said = {
        "optimal": "Every rule holds, and it is proven that no programme does better.",
        "feasible": "Every rule holds; that no programme does better was not proven in time.",
        "infeasible": "No programme exists: these rules cannot hold together.",
        "timeout": "Neither a programme nor a proof that there is none was found in time; give it more --seconds.",
    }
    out.print(f"{plan.title}{' (fictional)' if plan.fictional else ''}: {said[plan.status]}", markup=False)
    if plan.items:
        out.print()
        table = Table("Day", "Time", "What", "Kind", "Room", "Who", box=None, pad_edge=False)
        for item in plan.items:
            who = ", ".join(item.who) if len(item.who) <= 4 else f"{len(item.who)} people"
            table.add_row(str(item.date), f"{item.start}–{item.end}", item.title, item.kind, item.room or "", who)
        print_table(table)
        out.print()
    for level in plan.objective:
        known = "proven" if level.proven else f"not proven; at least {level.bound}"
        out.print(f"{level.what}: {level.value} {level.unit} ({known})", markup=False)
    for number, conflict in enumerate(plan.conflicts, 1):
        out.print(f"\nConflict {number}{'' if conflict.smallest else ' (perhaps not the smallest)'}: take any one of these away", markup=False)
        for rule in conflict.rules:
            line = f"line {rule.line}: " if rule.line else ""
            out.print(f"- {line}{rule.sentence}{f' – or {rule.relaxation}' if rule.relaxation else ''}", markup=False)
    if plan.status == "infeasible" and not plan.conflicts:
        out.print("Which rules those are was not found in time; give it more --seconds.", markup=False)
    for clash in plan.clashes:
        out.print(f"- {clash.sentence}", markup=False)
    if plan.moved:
        out.print(f"\nMoved: {len(plan.moved)}", markup=False)
    for move in plan.moved:
        out.print(f"- {move.id}: {move.before or 'new'} → {move.after or 'gone'}{f': {move.why}' if move.why else ''}", markup=False)
    for sentence in plan.remarks:
        remark(sentence)
    if not plan.reproducible:
        remark("the clock of this machine cut the search short; another run may differ")
