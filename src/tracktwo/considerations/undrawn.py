"""Evaluation, continued: characters that the fonts of the printed dossier do not have (row F2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from tracktwo.considerations.inquiry import listing, msg
from tracktwo.model.finding import Evidence, Finding
from tracktwo.record.gate import Released

_SHOWN = 12


def words_of(value: object) -> Iterator[str]:
    """Yield every string inside what is to leave."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for field in type(value).model_fields:
            yield from words_of(getattr(value, field))
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_of(item)
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from words_of(item)


def with_undrawn(released: Released, characters: Sequence[str], fonts: Evidence) -> Released:
    """Return the released view with a finding that names these characters, by their code points, since they cannot be printed.

    Without any, return it as it is.
    """
    if not characters:
        return released
    finding = Finding(
        message=msg("print.no-glyph", count=len(characters), characters=listing(characters[:_SHOWN])),
        rows=("F2",),
        kind="known",
        severity="warning",
        evidence=(fonts,),
        as_of=released.as_of,
        next_step=msg("print.write-twice"),
    )
    sections = (
        section.model_copy(update={"findings": (*section.findings, finding)}) if section.consideration == "evaluation" else section
        for section in released.sections
    )
    return released.model_copy(update={"sections": tuple(sections)})
