"""The verbs of what is said: parts of sessions and their rule, notes, consents, and what may leave of it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from tracktwo.cli.record import Which
from tracktwo.cli.shared import BadInput, KeyFile, day_of, out, remark
from tracktwo.cli.unlocking import opened
from tracktwo.record.chatham import exported
from tracktwo.record.dialogue import CasePublished, ExportMade, Note, NoteTaken, Part, PartHeld, Quotation, QuotationDecided, check_note, in_words
from tracktwo.record.entry import Rule
from tracktwo.record.home import write_whole
from tracktwo.record.mentions import mentions
from tracktwo.record.publish import Refused, draft_case, publish_case

Session = Annotated[str, typer.Option("--session", help="What the session is called.", metavar="NAME")]
PartName = Annotated[str, typer.Option("--part", help="What the part is called.", metavar="NAME")]
Room = Annotated[str, typer.Option("--room", help="plenary, team, or caucus:SIDE.", metavar="ROOM")]


def register(app: typer.Typer) -> None:
    """Add the verbs to those of the record."""
    for verb in (part, note, consent, share, publish):
        app.command()(verb)


def part(
    session: Session,
    name: PartName,
    present: Annotated[list[str], typer.Option("--present", help="The code of somebody who was present; again for each.", metavar="CODE")],
    which: Which = None,
    room: Room = "plenary",
    attribution: Annotated[Literal["none", "side", "name"], typer.Option("--attribution", help="What may be said of a speaker outside.")] = "none",
    quotable: Annotated[bool, typer.Option("--quotable", help="Words may be quoted, each with consent.")] = False,
    no_notes: Annotated[bool, typer.Option("--no-notes", help="No notes are taken.")] = False,
    keep_until: Annotated[str | None, typer.Option("--keep-until", help="The day by which notes are destroyed.", metavar="YYYY-MM-DD")] = None,
    key_file: KeyFile = None,
) -> None:
    """Write down a part of a session: who was present and which rule was agreed. Without options it is the Chatham House Rule."""
    rule = Rule(attribution=attribution, quotable=quotable, notes=not no_notes, keep_until=day_of(keep_until) if keep_until else None)
    with opened(which, key_file) as found:
        reading = found.ready()
        known = {member.code for member in reading.initiative().members}
        strangers = [code for code in present if code not in known]
        if strangers:
            raise BadInput(f"'{strangers[0]}' is the code of nobody in this initiative; 'tracktwo record log' shows the codes")
        body = Part(session=session, part=name, day=date.today(), present=tuple(present))
        found.record.append([PartHeld(on=date.today(), lamport=0, room=room, rule=rule, body=body)])
        found.seen()
    out.print(f"{session}, {name}: {len(present)} present; {in_words(rule)}.", markup=False)


def note(
    text: Annotated[
        str,
        typer.Argument(
            help="What was said, without saying who; - reads it from standard input, where no list of processes shows it.", metavar="TEXT"
        ),
    ],
    session: Session,
    name: PartName,
    which: Which = None,
    room: Room = "plenary",
    speaker: Annotated[str | None, typer.Option("--speaker", help="The code of who said it, kept inside and never exported.", metavar="CODE")] = None,
    language: Annotated[str, typer.Option("--language", help="The language of the words.", metavar="TAG")] = "en",
    anyway: Annotated[bool, typer.Option("--anyway", help="Write it although it seems to name somebody.")] = False,
    key_file: KeyFile = None,
) -> None:
    """Take a note of what was said, under the rule of that part. A text that seems to name somebody is not written without --anyway."""
    if text == "-":
        text = sys.stdin.read()
    with opened(which, key_file) as found:
        initiative = found.ready().initiative()
        codes = [member.code for member in initiative.members]
        body = Note(session=session, part=name, text=text, language=language, speaker=speaker)
        parts = [one for one in initiative.dialogue.parts if one.room == room and (one.body.session, one.body.part) == (session, name)]
        rule = parts[-1].rule if parts else Rule()
        if not rule.notes:
            raise BadInput(f"the part '{name}' of the session '{session}' was agreed to be without notes")
        entry = NoteTaken(on=date.today(), lamport=0, room=room, rule=rule, about=speaker, body=body)
        why_not = check_note(entry, initiative.dialogue, codes)
        if why_not:
            raise BadInput(why_not)
        meant = mentions(text, initiative, language)
        if meant and not anyway:
            told = "; ".join(f"'{mention.words}' may be {' or '.join(mention.codes)} ({mention.why})" for mention in meant)
            raise BadInput(f"the note seems to name somebody: {told}. Write it without, or say --anyway")
        (entry_id,) = found.record.append([entry])
        found.seen()
    out.print(f"Noted as {entry_id}: {in_words(rule)}.", markup=False)


def consent(
    note_id: Annotated[str, typer.Argument(help="The note, by the id that it was given.", metavar="NOTE")],
    person: Annotated[str, typer.Option("--person", help="The code of whoever said it.", metavar="CODE")],
    which: Which = None,
    room: Room = "plenary",
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="The consent is taken back.")] = False,
    key_file: KeyFile = None,
) -> None:
    """Write down that somebody consents to be quoted by a note, or no longer does."""
    with opened(which, key_file) as found:
        found.ready()
        body = Quotation(note=note_id, person=person, given=not withdrawn, day=date.today())
        found.record.append([QuotationDecided(on=date.today(), lamport=0, room=room, about=person, body=body)])
        found.seen()
    out.print("Taken back." if withdrawn else "Written down.", markup=False)


def share(
    audience: Annotated[str, typer.Option("--audience", help="For whom, such as the donor.", metavar="WHOM")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write: .json, .txt or .csv.", metavar="FILE")],
    which: Which = None,
    room: Annotated[list[str] | None, typer.Option("--room", help="A room whose notes may leave, again for several.", metavar="ROOM")] = None,
    smallest: Annotated[int | None, typer.Option("--smallest", help="Speakers that a group needs to be shown: five, or more.")] = None,
    key_file: KeyFile = None,
) -> None:
    """Let out what was said under the Chatham House Rule: no speaker, no side but of large groups, no order, no time.

    What earlier exports showed is taken into account, so that the difference of two names nobody. Read it before you hand it on.
    """
    forms = {".json": "as_json", ".txt": "as_text", ".csv": "as_csv"}
    if output.suffix not in forms:
        raise BadInput(f"{output} should end in .json, .txt or .csv")
    if output.exists():
        raise BadInput(f"{output} is there already; choose another name")
    with opened(which, key_file) as found:
        initiative = found.ready().initiative()
        try:
            prepared = exported(initiative, audience=audience, day=date.today(), rooms=tuple(room or ("plenary",)), smallest=smallest)
        except ValueError as error:
            raise BadInput(str(error)) from error
        found.record.append([ExportMade(on=date.today(), lamport=0, body=prepared.made)])
        found.seen()
        write_whole(output, getattr(prepared.export, forms[output.suffix])().encode())
    out.print(f"{output}: {len(prepared.export.items)} notes. Whoever has the file can read it.", markup=False)
    for held in prepared.held_back:
        out.print(f"{held.sentence}.", markup=False)
    for warned in prepared.warnings:
        remark(f"'{warned.mention.words}' in '{warned.text[:60]}' may mean somebody ({warned.mention.why}): read it before it is handed on")


def publish(
    which: Which = None,
    draft: Annotated[Path | None, typer.Option("--draft", help="Write a draft of the case, for a person to go through.", metavar="FILE")] = None,
    reviewed: Annotated[Path | None, typer.Option("--reviewed", help="A draft of which a person has reviewed every field.", metavar="FILE")] = None,
    key_file: KeyFile = None,
) -> None:
    """Turn a finished initiative into an anonymised case of the library: first --draft, then, when a person has gone through it, --reviewed.

    The case stands in TRACKTWO_HOME/cases. Nothing is sent anywhere.
    """
    if (draft is None) == (reviewed is None):
        raise BadInput("say either --draft FILE, to write one, or --reviewed FILE, to publish one")
    with opened(which, key_file) as found:
        initiative = found.ready().initiative()
        if draft is not None:
            if draft.exists():
                raise BadInput(f"{draft} is there already; choose another name")
            write_whole(draft, draft_case(initiative).encode())
            out.print(f"Wrote {draft}. Go through every field, then: tracktwo record publish --reviewed {draft}", markup=False)
            return
        try:
            done = publish_case(_text_of(reviewed), initiative, day=date.today())
        except Refused as error:
            more = f" (and {len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
            raise BadInput(f"{reviewed}: {error.faults[0]}{more}") from error
        path = found.home.folder / "cases" / f"{done.case.id}.json"
        found.record.append([CasePublished(on=date.today(), lamport=0, body=done.made)])
        found.seen()
        write_whole(path, done.json.encode())
    out.print(f"Published as {path}. Whoever has the file can read it.", markup=False)


def _text_of(path: Path | None) -> str:
    try:
        return path.read_text(encoding="utf-8") if path else ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read as a text") from error
