"""The main verbs: constitute a dossier, write the texts for the first day, make the examples."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import webbrowser
from dataclasses import replace as replace_field
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

import typer

from tracktwo.cli.inquiring import earlier_from
from tracktwo.cli.sealing import Credential, begin, prepare, sealed_bytes
from tracktwo.cli.shared import (
    AllLanguages,
    AsJson,
    AsOf,
    BadInput,
    BriefFile,
    KeyFile,
    Languages,
    day_of,
    home,
    out,
    print_json,
    progress,
    remark,
)
from tracktwo.cli.unlocking import records
from tracktwo.considerations.inquiry import Earlier
from tracktwo.constitute import Constituted, constitute, let_out, read_earlier
from tracktwo.dossier.files import refuse, write_files
from tracktwo.dossier.language import Voice, languages, voice
from tracktwo.dossier.write import BUNDLE, FILES, contents
from tracktwo.dossier.write import texts as day_one_documents
from tracktwo.library import guide
from tracktwo.model.exhibit import Table
from tracktwo.record.entries import entries_of
from tracktwo.record.gate import Released
from tracktwo.record.home import Home
from tracktwo.record.keeping import Making
from tracktwo.record.revision import stamped
from tracktwo.sources.brief import parse_brief, read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.shelf import open_shelf


def constitute_brief(
    brief_file: BriefFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the dossier; it must not exist yet, or be empty.", metavar="DIR")],
    language: Languages = None,
    as_of: AsOf = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Put names for codes, and add each person's travel; every page then says so.")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Replace the dossier that is in the folder, and show row by row what changed since; other files there stay."),
    ] = False,
    earlier: Annotated[Path | None, typer.Option("--earlier", help="An earlier dossier.json: show row by row what changed.", metavar="FILE")] = None,
    key_file: KeyFile = None,
    sealed: Annotated[bool, typer.Option("--sealed", help="Write only the sealed bundle: nothing that whoever has the folder can read.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn a brief into a dossier: HTML for the screen, PDF for paper, DOCX to edit, tables as XLSX, the programme as a calendar, JSON.

    Several languages make one folder each. The record is kept in TRACKTWO_HOME and sealed into initiative.t2: under a passphrase, or where nobody is
    at the terminal under a recovery code in a file.

    Example:  tracktwo constitute brief.yaml -o dossier --language en --language ar
    """
    day = day_of(as_of)
    brief = read_brief(brief_file, load_countries().resolve)
    folders = folders_of(output, language, brief.language) if not sealed else {brief.language: output}
    before = {name: _before(earlier, folder if replace else None, name, with_names) for name, folder in folders.items()} if not sealed else {}
    for folder in folders.values():
        refuse(folder, replace=replace)
    place = records()
    with place.open() as store:
        record = prepare(place, store, entries_of(brief, day), list(folders.values()), key_file, replacing=replace)
        with progress(brief.title) as step:
            shelf = open_shelf(home(), day)
            first = next(filter(None, before.values()), None)
            done = constitute(brief, shelf, as_of=day, earlier=first, entries=record.entries, progress=step)
            step("dossier")
            drafts = {} if sealed else {name: _drafted(done, voice(name), before[name], with_names) for name in folders}
        makers = [makings(done, *draft) for draft in drafts.values()]
        with record.keeping(brief.convenor.name if brief.convenor else "convenor", day, makers) as kept:
            bundle = {BUNDLE: kept.bundle}
            files = {
                name: write_files({**drafts.get(name, (None, {}))[1], **bundle}, folder, FILES, replace=replace) for name, folder in folders.items()
            }
    made = {name: (drafts[name][0], files[name]) for name in drafts}
    _tell_what_stays(output, folders)
    if as_json:
        paths = [str(file) for written in files.values() for file in written]
        changed = {name: changes(released) for name, (released, _) in made.items() if before[name] and not with_names}
        print_json(
            {
                "format": "constituted/1",
                "as_of": day.isoformat(),
                "files": paths,
                "readable": [path for path in paths if not path.endswith(BUNDLE)],
                "record": {"name": kept.name, "initiative": kept.initiative, "recovery_code_in": kept.code_file and str(kept.code_file)},
                **_counts(done),
                **({"changed": changed} if changed else {}),
            }
        )
        return
    _report(done, made)
    if sealed:
        out.print(str(files[brief.language][0]), markup=False)
    for line in kept.lines(readable=not sealed):
        out.print(line, markup=False)


def _before(earlier: Path | None, folder: Path | None, language: str, names: bool) -> Earlier | None:
    """The dossier to compare with: the one that was named, else the one in the folder that is to be replaced."""
    if earlier is not None:
        found = earlier_from(earlier)
        why = _apart(earlier, found, language, names)
        if why:
            raise BadInput(f"{why}; compare two of one kind, by --language and --with-names")
        return found
    if folder is None or not (folder / "dossier.json").is_file():
        return None
    path = folder / "dossier.json"
    try:
        found = read_earlier(path)
        why = _apart(path, found, language, names)
    except ValueError:  # what cannot be read cannot be compared, but it can be replaced
        why = f"{path} cannot be read as a dossier"
    if why:
        remark(f"{why}, so it is replaced and nothing is compared")
        return None
    return found


def _apart(path: Path, found: Earlier, language: str, names: bool) -> str | None:
    """Why an earlier dossier cannot be compared with the new one: sentences are, so both must be in one language, and both with names or neither."""
    if found.language != language:
        return f"{path} is in '{found.language}' and the new dossier in '{language}'"
    if found.names_people != names:
        return f"{path} names people and the new dossier does not" if found.names_people else f"the new dossier names people and {path} does not"
    return None


def _tell_what_stays(output: Path, folders: dict[str, Path]) -> None:
    """A dossier of one language stands in the folder itself, those of several in folders of their own: one can outlive the other."""
    for place in (output, *(output / name for name in languages())):
        if place not in folders.values() and (place / "dossier.json").exists():
            remark(f"the earlier dossier in {place} stays as it was")


def _drafted(done: Constituted, spoken: Voice, before: Earlier | None, names: bool) -> tuple[Released, dict[str, bytes]]:
    """What may leave in one language, and the readable files of it, in memory."""
    released = let_out(replace_field(done, basis=replace_field(done.basis, earlier=before)), spoken, names=names)
    return released, contents(released, spoken.calling(released.names))


def makings(done: Constituted, released: Released, files: dict[str, bytes]) -> Making:
    """What the record remembers of a dossier: as of which day, by which software, from which data, and its hash."""
    digest = hashlib.sha256(files["dossier.json"]).hexdigest()
    sources = tuple((state.name, state.provenance.version) for state in done.basis.shelf.states if state.provenance)
    language = json.loads(files["dossier.json"])["language"]
    return Making(
        as_of=released.as_of, software=released.software, language=language, names_people=released.names_people, sha256=digest, sources=sources
    )


def changes(released: Released) -> list[list[str]]:
    """The lines of the table of changes, if there is one: row, kind of change, before, now."""
    spoken = voice()
    tables = [x for section in released.sections for x in section.exhibits if isinstance(x, Table) and x.title.code == "table.changed"]
    return [[spoken.word(cell) for cell in line] for table in tables for line in table.cells]


def folders_of(output: Path, wanted: list[str] | None, brief_language: str) -> dict[str, Path]:
    """Language → folder: the folder itself for one language, one inside it for each of several. Raises BadInput for a language not spoken."""
    spoken = languages()
    chosen = tuple(dict.fromkeys(wanted or [brief_language if brief_language in spoken else "en"]))
    for name in chosen:
        if name not in spoken:
            raise BadInput(f"--language should be one of {', '.join(spoken)}, not '{name}'")
    return {name: output / name if len(chosen) > 1 else output for name in chosen}


def texts(
    brief_file: BriefFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the documents; it must not exist yet, or be empty.", metavar="DIR")],
    language: AllLanguages = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the documents that are in the folder; other files there stay.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the texts for the first day as documents to edit: invitation, ground rules, Chatham House notice, consent form.

    Without --language in every language that tracktwo speaks: the sides rarely share one.
    """
    brief = read_brief(brief_file, load_countries().resolve)
    chosen = tuple(folders_of(output, language or list(languages()), brief.language))
    refuse(output, replace=replace)
    day = date.today()
    done = constitute(brief, open_shelf(home(), day), as_of=day)
    made: dict[str, bytes] = {}
    for name in chosen:
        released = let_out(done, voice(name))
        made |= day_one_documents(released, voice(name).calling(released.names))
    files = write_files(made, output, tuple(made), replace=replace)
    if as_json:
        print_json({"format": "texts/1", "files": [str(file) for file in files]})
        return
    for file in files:
        out.print(str(file), markup=False)


def _counts(done: Constituted) -> dict[str, Any]:
    findings = [finding for section in done.sections for finding in section.findings]
    return {
        "findings": len(findings),
        "kinds": {kind: sum(finding.kind == kind for finding in findings) for kind in ("known", "assumed", "unknown", "conflicting")},
        "serious": sum(finding.severity == "serious" for finding in findings),
    }


def _report(done: Constituted, made: dict[str, tuple[Released, tuple[Path, ...]]]) -> None:
    """Say in the first language what was found; the command line itself speaks English."""
    counts = _counts(done)
    kinds = ", ".join(f"{count} {kind}" for kind, count in counts["kinds"].items())
    out.print(f"{counts['findings']} findings: {kinds}.", markup=False)
    if not made:
        return
    name, (released, _) = next(iter(made.items()))
    spoken = voice(name).calling(released.names)
    coded = let_out(done, spoken)  # whoever looks over a shoulder reads codes, whatever the files hold
    for finding in [finding for section in coded.sections for finding in section.findings if finding.severity == "serious"][:5]:
        out.print(f"  {finding.rows[0]:<4}{spoken.say(finding.message)}", markup=False)
    changed = changes(released)
    if changed:
        rows = dict.fromkeys(line[0] for line in changed)
        much = f"{_some(len(changed), 'finding')} in {_some(len(rows), 'row')}"
        out.print(f"Changed since the earlier dossier: {much} ({', '.join(rows)}); see A9.", markup=False)
    for _, files in made.values():
        for file in files:
            out.print(str(file), markup=False)


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def demo(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder for the dossiers; a new temporary one if left out.", metavar="DIR")
    ] = None,
    language: AllLanguages = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open one dossier in the browser if there is a screen.")] = True,
) -> None:
    """Make a dossier from each example brief, in every language or those given, and say where they are."""
    folder = output or Path(mkdtemp(prefix="tracktwo-demo-"))
    day, pages = date.today(), []
    shelf = open_shelf(home(), day)
    place = Home(home() / "demo")  # the records of examples do not stand among one's own
    shutil.rmtree(place.folder, ignore_errors=True)
    with place.open() as store:
        for name, text in guide.examples().items():
            brief = parse_brief(text, f"{name}.yaml", load_countries().resolve)
            entries = stamped(entries_of(brief, day))
            with progress(brief.title) as step:
                done = constitute(brief, shelf, as_of=day, entries=entries, progress=step)
                step("dossier")
                released = let_out(done, voice())
                opened, _ = begin(place, store, entries, Credential(None, None), "convenor", day)
                opened.seen()
                bundle = {BUNDLE: sealed_bytes(opened)}
                for tongue, where in folders_of(folder / name, language or list(languages()), brief.language).items():
                    made = contents(released, voice(tongue).calling(released.names)) | bundle
                    files = write_files(made, where, FILES, replace=output is not None)
                    pages += [file for file in files if file.suffix == ".html"]
    for page in pages:
        out.print(str(page), markup=False)
    if open_page and pages and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("darwin", "win32")):
        webbrowser.open(pages[0].resolve().as_uri())
