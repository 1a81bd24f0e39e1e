"""The command line: one verb per job. With --json, JSON alone on stdout; exit 0 answered, 2 bad input, 3 our fault."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from typer.exceptions import TyperException

from tracktwo import __version__
from tracktwo.considerations import journeys
from tracktwo.considerations.inquiry import Inquiry
from tracktwo.considerations.likeness import query_of
from tracktwo.constitute import Constituted, constitute, dossier, let_out, look_around, read_earlier
from tracktwo.dossier.language import Voice, voice
from tracktwo.dossier.write import CannotWrite, FolderExists
from tracktwo.library import guide
from tracktwo.library.cases import case, load_cases, load_methods
from tracktwo.library.search import search
from tracktwo.methods.retrieval import Likeness, rank_cases
from tracktwo.methods.venue import shortlist
from tracktwo.model.brief import Brief
from tracktwo.model.case import Case
from tracktwo.model.finding import Message
from tracktwo.record.entries import entries_of
from tracktwo.record.initiative import Initiative, replay
from tracktwo.sources.brief import BriefError, parse_brief, read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.home import add_source
from tracktwo.sources.shelf import Shelf, open_shelf
from tracktwo.sources.table import UnreadableSource

_STOPPED = 130
"""The exit code of a command that was stopped, by the convention of shells: 128 and the number of the signal."""

STEPS = ("record", "library", "assessment", "feasibility", "strategy", "process", "follow_up", "evaluation", "dossier")

app = typer.Typer(
    name="tracktwo",
    help="From a one-page brief to an evidence-backed dossier for Track II dialogue. Everything happens on this machine; nothing is sent anywhere.",
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
brief_app = typer.Typer(help="Write and check a brief.", rich_markup_mode=None)
sources_app = typer.Typer(help="The outside data that a dossier rests on, and your own downloads.", rich_markup_mode=None)
library_app = typer.Typer(help="Past initiatives: search them, read one, or find those like a brief.", rich_markup_mode=None)
app.add_typer(brief_app, name="brief")
app.add_typer(sources_app, name="sources")
app.add_typer(library_app, name="library")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

AsOf = Annotated[str | None, typer.Option("--as-of", help="The day for which to answer; today if left out.", metavar="YYYY-MM-DD")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else there.")]
BriefFile = Annotated[Path, typer.Argument(help="The brief, a YAML file.", metavar="BRIEF")]


class BadInput(Exception):
    """Something the user gave cannot be used: one sentence."""


def main() -> NoReturn:
    """Run the command line and leave with the exit code of the contract."""
    words = sys.argv[1:]
    if not words or (len(words) == 1 and words[0] in ("brief", "sources", "library")):
        words.append("--help")
    try:
        code = app(words, standalone_mode=False) or 0
        if code == _STOPPED:  # the library has caught the interrupt itself and says nothing
            raise KeyboardInterrupt
    except (BadInput, BriefError, UnreadableSource, FolderExists, CannotWrite) as error:
        _complain(str(error))
        code = 2
    except TyperException as error:
        _complain(_sentence(error))
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        _complain("stopped; nothing was written")
        code = _STOPPED
    except BrokenPipeError:
        code = 0
    except Exception as error:
        _complain(f"this is our fault ({type(error).__name__}); nothing was written. Please report it with the command that you ran.")
        if os.environ.get("TRACKTWO_DEBUG"):
            raise
        code = 3
    sys.exit(code)


def _sentence(error: TyperException) -> str:
    """What the command line's library says of a wrong option or argument, in one line."""
    format_message = getattr(error, "format_message", lambda: str(error))
    return " ".join(str(format_message()).split())


def _complain(sentence: str) -> None:
    print(f"tracktwo: {sentence}", file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"tracktwo {__version__}")
        raise typer.Exit


@app.callback()
def _common(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    pass


# -- the main job ---------------------------------------------------------------------------------------------------------


@app.command("constitute")
def constitute_command(
    brief_file: BriefFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the dossier; it must not exist yet, or be empty.", metavar="DIR")],
    as_of: AsOf = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Put names for codes, and add each person's travel; every page then says so.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the dossier that is in the folder; other files there stay.")] = False,
    earlier: Annotated[Path | None, typer.Option("--earlier", help="An earlier dossier.json: show row by row what changed.", metavar="FILE")] = None,
    as_json: AsJson = False,
) -> None:
    """Turn a brief into a dossier: dossier.html to read and print, dossier.json to compute with.

    Example:  tracktwo constitute brief.yaml -o dossier
    """
    day = _day(as_of)
    before = _earlier(earlier)
    brief = read_brief(brief_file, load_countries().resolve)
    english = voice()
    with _progress(brief.title) as step:
        done = constitute(brief, open_shelf(_home(), day), as_of=day, earlier=before, progress=step)
        step("dossier")
        files = dossier(done, output, english, names=with_names, replace=replace)
    if as_json:
        _print_json({"format": "constituted/1", "as_of": day.isoformat(), "files": [str(file) for file in files], **_counts(done)})
        return
    _report(done, files, english)


def _counts(done: Constituted) -> dict[str, Any]:
    findings = [finding for section in done.sections for finding in section.findings]
    return {
        "findings": len(findings),
        "kinds": {kind: sum(finding.kind == kind for finding in findings) for kind in ("known", "assumed", "unknown", "conflicting")},
        "serious": sum(finding.severity == "serious" for finding in findings),
    }


def _report(done: Constituted, files: tuple[Path, ...], english: Voice) -> None:
    counts = _counts(done)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts["kinds"].items())
    out.print(f"{counts['findings']} findings: {kinds}.", markup=False)
    released = let_out(done, english)
    voice_of_it = english.calling(released.names)
    serious = [finding for section in released.sections for finding in section.findings if finding.severity == "serious"]
    for finding in serious[:5]:
        out.print(f"  {finding.rows[0]:<4}{voice_of_it.say(finding.message)}", markup=False)
    for file in files:
        out.print(str(file), markup=False)


@app.command()
def venues(
    brief_file: BriefFile,
    as_of: AsOf = None,
    limit: Annotated[int, typer.Option(min=1, max=199, help="How many countries to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Rank countries as places to meet, with reasons: whose ground, who can enter, how quiet, how far, who met there before."""
    inquiry = _inquiry(brief_file, _day(as_of))
    if inquiry.basis.shelf.passports is None:
        raise BadInput("no passport table can be read, so nobody's entry can be looked up; see 'tracktwo sources list'")
    if not journeys.travellers(inquiry):
        raise BadInput(f"{brief_file.name}: names no country and no nationality, so nobody's entry can be looked up; add countries or invited people")
    proposed = tuple(dict.fromkeys(venue.place.country for venue in inquiry.initiative.venues if venue.place.country))
    rows = shortlist(journeys.options(inquiry, journeys.candidates(inquiry)), limit)
    rows += tuple(option for option in journeys.options(inquiry, proposed) if option.country not in {row.country for row in rows})
    english, countries = voice(), inquiry.basis.shelf.countries
    if as_json:
        _print_json(
            {
                "format": "venues/1",
                "as_of": inquiry.basis.as_of.isoformat(),
                "venues": [
                    {
                        "country": row.country,
                        "in_brief": row.country in proposed,
                        "reasons": [english.say(reason) for reason in journeys.reasons(row)],
                        "evidence": [item.model_dump(mode="json") for item in journeys.evidence_for(inquiry, row)],
                    }
                    for row in rows
                ],
            }
        )
        return
    table = Table("", "Country", "Why", box=None, pad_edge=False)
    for number, row in enumerate(rows, 1):
        mark = "in brief" if row.country in proposed else ""
        table.add_row(
            str(number) if number <= limit else "",
            f"{countries.name(row.country)} {mark}".strip(),
            "; ".join(english.say(r) for r in journeys.reasons(row)),
        )
    _table(table)
    for item in dict.fromkeys(
        f"{e.publisher}, {e.dataset} {e.version or ''} (as of {e.as_of})" for row in rows for e in journeys.evidence_for(inquiry, row)[:2]
    ):
        out.print(f"Source: {item}", markup=False)


@app.command()
def demo(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the dossiers; a new temporary one if left out.", metavar="DIR")
    ] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open one dossier in the browser if there is a screen.")] = True,
) -> None:
    """Make a dossier from each example brief, and say where they are."""
    folder = output or Path(mkdtemp(prefix="tracktwo-demo-"))
    day, english, pages = date.today(), voice(), []
    shelf = open_shelf(_home(), day)
    for name, text in guide.examples().items():
        brief = parse_brief(text, f"{name}.yaml", load_countries().resolve)
        with _progress(brief.title) as step:
            done = constitute(brief, shelf, as_of=day, progress=step)
            step("dossier")
            files = dossier(done, folder / name, english, replace=output is not None)
        pages += [file for file in files if file.suffix == ".html"]
    for page in pages:
        out.print(str(page), markup=False)
    if open_page and pages and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("darwin", "win32")):
        webbrowser.open(pages[0].resolve().as_uri())


# -- briefs ---------------------------------------------------------------------------------------------------------------


@brief_app.command("new")
def brief_new(
    path: Annotated[Path, typer.Argument(help="Where to write it.", metavar="FILE")] = Path("brief.yaml"),
    example: Annotated[str | None, typer.Option("--example", help="Start from an example brief instead of an empty one.", metavar="NAME")] = None,
) -> None:
    """Write a brief to fill in, with a comment at each field."""
    examples = guide.examples()
    if example is not None and example not in examples:
        raise BadInput(f"there is no example '{example}'; examples are: {', '.join(examples)}")
    try:
        with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(examples[example] if example else guide.template())
    except FileExistsError:
        raise BadInput(f"{path} exists already; give another name") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from error
    out.print(f"Wrote {path}. Fill it in, then: tracktwo brief check {path}", markup=False)


@brief_app.command("check")
def brief_check(path: BriefFile, as_json: AsJson = False) -> None:
    """Read a brief and say, in plain words, what is wrong with it and which questions its empty fields leave open."""
    try:
        brief = read_brief(path, load_countries().resolve)
    except BriefError as error:
        if as_json:
            _print_json({"format": "brief-check/1", "readable": False, "problems": list(error.problems)})
            raise typer.Exit(2) from error
        for problem in error.problems[:-1]:
            _complain(problem)
        raise BriefError([error.problems[-1]]) from error
    empty = guide.empty_fields(brief)
    if as_json:
        _print_json({"format": "brief-check/1", "readable": True, "problems": [], "empty": {field: list(guide.ANSWERS[field]) for field in empty}})
        return
    out.print(f"{path.name} reads well: {_size(brief)}.", markup=False)
    english = voice()
    if empty:
        out.print("Empty fields, and the questions that they leave open:", markup=False)
    for field in empty:
        rows = guide.ANSWERS[field]
        out.print(
            f"  {field:<15} {rows[0]}: {english.say(Message(code=f'row.{rows[0]}'))}" + (f" (also {', '.join(rows[1:])})" if rows[1:] else ""),
            markup=False,
        )


@brief_app.command("schema")
def brief_schema() -> None:
    """Print the JSON Schema of a brief."""
    print(json.dumps(Brief.model_json_schema(by_alias=True), indent=2, ensure_ascii=False))


def _size(brief: Brief) -> str:
    counts = [
        ("party", "parties", len(brief.parties)),
        ("issue", "issues", len(brief.issues)),
        ("person invited", "people invited", len(brief.invited)),
    ]
    return ", ".join(f"{count} {one if count == 1 else many}" for one, many, count in counts)


# -- sources --------------------------------------------------------------------------------------------------------------


@sources_app.command("list")
def sources_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the outside data at hand: publisher, version, the day they speak for, and whether they are ready, old, absent or unreadable."""
    states = open_shelf(_home(), _day(as_of)).states
    if as_json:
        _print_json({"format": "sources/1", "home": str(_home()), "sources": [_state(state) for state in states]})
        return
    table = Table("Source", "State", "As of", "Version", "Publisher", "From", box=None, pad_edge=False)
    for state in states:
        p = state.provenance
        origin = "" if p is None else "your download" if p.own_download else "shipped"
        table.add_row(state.name, state.state, str(p.as_of) if p else "", p.version if p else "", p.publisher if p else "", origin)
    _table(table)
    for state in states:
        if state.reason:
            out.print(f"{state.name}: {state.reason}", markup=False)


@sources_app.command("add")
def sources_add(
    path: Annotated[Path, typer.Argument(help="A file that you downloaded from its publisher.", metavar="FILE")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Keep a download of your own: it is recognised by its content and stored with publisher and date under TRACKTWO_HOME."""
    day = _day(as_of)
    try:
        state = add_source(path, _home(), as_of=day)
    except OSError as error:
        raise BadInput(f"{_home()} cannot be written ({error.strerror or error}); set TRACKTWO_HOME to a folder that can") from error
    if as_json:
        _print_json({"format": "source/1", **_state(state)})
        return
    p = state.provenance
    if p is not None:
        out.print(
            f"{path.name} is {p.dataset} of {p.publisher}, version {p.version}, as of {p.as_of}: {state.rows or 0:,} rows, stored under {_home()}.",
            markup=False,
        )


def _state(state: Any) -> dict[str, Any]:
    p = state.provenance
    about = (
        {
            "publisher": p.publisher,
            "dataset": p.dataset,
            "version": p.version,
            "as_of": p.as_of.isoformat(),
            "licence": p.licence,
            "own_download": p.own_download,
        }
        if p
        else None
    )
    return {"name": state.name, "state": state.state, "reason": state.reason, "rows": state.rows, "provenance": about}


# -- library --------------------------------------------------------------------------------------------------------------


@library_app.command("search")
def library_search(
    words: Annotated[list[str], typer.Argument(help="Words to look for.", metavar="WORD…")],
    limit: Annotated[int, typer.Option(min=1, max=100)] = 10,
    as_json: AsJson = False,
) -> None:
    """Find past initiatives by words in anything that is recorded of them."""
    found = search(" ".join(words), load_cases(), limit)
    if as_json:
        _print_json(
            {
                "format": "library-search/1",
                "cases": [{"id": c.id, "name": c.name, "score": round(score, 4), "words": list(matched)} for c, score, matched in found],
            }
        )
        return
    for item, _, matched in found:
        out.print(f"{item.id:<34} {item.start_year}  {item.name} [{', '.join(matched)}]", markup=False)
    if not found:
        out.print(f"No case holds any of: {' '.join(words)}.", markup=False)


@library_app.command("show")
def library_show(case_id: Annotated[str, typer.Argument(help="The id that search prints.", metavar="CASE")], as_json: AsJson = False) -> None:
    """Show one case: what happened, which of it was read in a source, and where."""
    try:
        item = case(case_id)
    except KeyError:
        near = ", ".join(found.id for found, _, _ in search(case_id.replace("-", " "), load_cases(), 3))
        raise BadInput(f"there is no case '{case_id}'" + (f"; did you mean: {near}?" if near else "")) from None
    if as_json:
        _print_json({"format": "case/1", **item.model_dump(mode="json")})
        return
    _show_case(item)


def _show_case(item: Case) -> None:
    methods = load_methods()
    out.print(f"{item.name} ({item.start_year}–{item.end_year or '…'})", markup=False)
    out.print(
        "Core facts read in sources." if item.verified else "A stub: no source seen." if item.is_stub else "Only partly read in sources.",
        markup=False,
    )
    lines: list[tuple[str, str, str]] = [
        ("conflict", "Conflict", item.conflict),
        ("parties", "Parties", "; ".join(item.parties)),
        ("convenors", "Convenors", "; ".join(item.convenors)),
        ("methods", "Methods", "; ".join(f"{name}: {methods[name]}" for name in item.methods)),
        ("phases", "Phases", "; ".join(item.phases)),
        ("outcome", "Outcome", voice().say(Message(code=f"term.outcome.{item.outcome}"))),
        ("transfer", "Transfer", "; ".join(f"{step.route}: {step.detail}" for step in item.transfer)),
        ("lessons", "Lessons", " ".join(item.lessons)),
    ]
    for field, label, text in lines:
        if text:
            out.print(f"{label}: {text}" + ("" if field in item.verified_fields else " (not read in a source)"), markup=False)
    for source in item.sources:
        out.print(
            f"Source: {', '.join(filter(None, (source.title, source.publisher, str(source.year or ''), '' if source.copy_ else source.url)))}",
            markup=False,
        )


@library_app.command("like")
def library_like(brief_file: BriefFile, limit: Annotated[int, typer.Option(min=1, max=50)] = 5, as_json: AsJson = False) -> None:
    """Rank past initiatives by likeness to a brief, and say why each is like it and why not."""
    shelf = open_shelf(_home(), date.today())
    initiative = _initiative(brief_file, date.today())
    found = rank_cases(query_of(initiative, shelf), load_cases(), limit=limit, methods=load_methods())
    english = voice()
    if as_json:
        _print_json({"format": "library-like/1", "cases": [_likeness(item, english) for item in found]})
        return
    for number, item in enumerate(found, 1):
        words = _likeness(item, english)
        out.print(f"{number}. {item.case.name} ({item.case.id}, {item.case.start_year})", markup=False)
        out.print(f"   like:   {'; '.join(words['like'])}", markup=False)
        out.print(f"   unlike: {'; '.join(words['unlike']) or 'nothing found'}", markup=False)


def _likeness(item: Likeness, english: Voice) -> dict[str, Any]:
    like, unlike = ([english.say(Message(code=r.code, params=dict(r.params))) for r in reasons] for reasons in (item.like, item.unlike))
    return {"id": item.case.id, "name": item.case.name, "verified": item.case.verified, "like": like, "unlike": unlike}


# -- shared ---------------------------------------------------------------------------------------------------------------


def _home() -> Path:
    """Where the user's own data live: TRACKTWO_HOME, else the platform's folder for application data."""
    return Path(os.environ.get("TRACKTWO_HOME") or typer.get_app_dir("tracktwo"))


def _day(as_of: str | None) -> date:
    if as_of is None:
        return date.today()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise BadInput(f"--as-of should be a day of the calendar written YYYY-MM-DD, not '{as_of}'") from None


def _earlier(path: Path | None) -> Any:
    try:
        return read_earlier(path) if path else None
    except ValueError as error:
        raise BadInput(str(error)) from error


def _initiative(brief_file: Path, day: date) -> Initiative:
    return replay(entries_of(read_brief(brief_file, load_countries().resolve), day))


def _inquiry(brief_file: Path, day: date) -> Inquiry:
    initiative = _initiative(brief_file, day)
    shelf: Shelf = open_shelf(_home(), day)
    return Inquiry(initiative, look_around(initiative, shelf, day, None))


@contextmanager
def _progress(title: str) -> Iterator[Any]:
    """A bar on stderr that moves with the steps; on a pipe it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[step]}"), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(title[:40], total=len(STEPS), step="")

        def step(name: str) -> None:
            bar.update(task, completed=STEPS.index(name), step=name.replace("_", "-"))

        yield step
        bar.update(task, completed=len(STEPS), step="done")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _table(table: Table) -> None:
    """Print a table as wide as the terminal, or on a pipe as wide as it needs to be."""
    console = out if out.is_terminal else Console(width=160, highlight=False)
    console.print(table)


if __name__ == "__main__":
    main()
