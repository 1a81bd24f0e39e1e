"""How verbs come to what a brief or an earlier dossier says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tracktwo.cli.shared import BadInput, home
from tracktwo.considerations.inquiry import Earlier, Inquiry
from tracktwo.constitute import look_around, read_earlier
from tracktwo.record.entries import entries_of
from tracktwo.record.initiative import Initiative, replay
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.sources.shelf import Shelf, open_shelf


def earlier_from(path: Path) -> Earlier:
    """An earlier dossier.json. Raises BadInput."""
    try:
        return read_earlier(path)
    except ValueError as error:
        raise BadInput(str(error)) from error


def initiative_of(brief_file: Path, day: date) -> Initiative:
    return replay(entries_of(read_brief(brief_file, load_countries().resolve), day))


def inquiry_of(brief_file: Path, day: date) -> Inquiry:
    initiative = initiative_of(brief_file, day)
    shelf: Shelf = open_shelf(home(), day)
    return Inquiry(initiative, look_around(initiative, shelf, day, None))
