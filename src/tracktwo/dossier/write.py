"""The files of a dossier: made in memory, then written into a folder, all of them or none."""

from __future__ import annotations

from pathlib import Path

from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.files import refuse, write_files
from tracktwo.dossier.flow import text_flow
from tracktwo.dossier.ics import programme_ics
from tracktwo.dossier.language import Voice
from tracktwo.dossier.page import dossier_html
from tracktwo.dossier.pdf import dossier_pdf
from tracktwo.dossier.reading import reading_of
from tracktwo.dossier.spreadsheet import tables_xlsx
from tracktwo.dossier.texts import day_one_texts
from tracktwo.dossier.word import document, dossier_docx
from tracktwo.record.gate import Released

READABLE = ("dossier.html", "dossier.pdf", "dossier.docx", "tables.xlsx", "programme.ics", "dossier.json")
"""The files of a dossier that whoever has the folder can read. Without dates there is no programme.ics."""
BUNDLE = "initiative.t2"
"""The sealed record beside them."""
FILES = (*READABLE, BUNDLE)
"""Every file of a dossier; `replace` touches no other."""


def write_dossier(released: Released, folder: Path, voice: Voice, *, sealed: bytes | None = None, replace: bool = False) -> tuple[Path, ...]:
    """Write the files of a dossier into `folder` and return their paths; `sealed` is the bundle of its record, if it has one.

    Everything is made in memory, then written beside the folder, then moved into place: a failure leaves what was there.
    With `replace` only the files of an earlier dossier give way; other files stay. Only the owner of the process can read what is new.

    Raises FolderExists for a folder that is not empty without `replace`, CannotWrite where the disk refuses, MissingMessage.
    """
    refuse(folder, replace=replace)
    made = contents(released, voice) | ({BUNDLE: sealed} if sealed is not None else {})
    return write_files(made, folder, FILES, replace=replace)


def contents(released: Released, voice: Voice) -> dict[str, bytes]:
    """The files of a dossier in memory: name → bytes. Raises MissingMessage."""
    reading = reading_of(released, voice)
    made = {
        "dossier.html": dossier_html(reading, voice),
        "dossier.pdf": dossier_pdf(reading, voice),
        "dossier.docx": dossier_docx(reading, voice),
        "tables.xlsx": tables_xlsx(reading, voice),
        "programme.ics": programme_ics(reading, voice),
        "dossier.json": dossier_json(released, voice),
    }
    return {name: content for name, content in made.items() if content is not None}


def texts(released: Released, voice: Voice) -> dict[str, bytes]:
    """The texts for the first day as documents in one language: name → bytes. Raises MissingMessage."""
    return {
        f"{text.name}.{voice.language}.docx": document(text_flow(text, voice), voice, title=voice.say(text.title), running="", day=released.as_of)
        for text in day_one_texts(released)
    }
