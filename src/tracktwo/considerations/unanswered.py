"""The last look: a row of a consideration for which nothing was found is itself said to be open, with whom to ask."""

from __future__ import annotations

from tracktwo.considerations.inquiry import Basis, Inquiry, msg
from tracktwo.model.exhibit import Section
from tracktwo.model.rows import ROWS
from tracktwo.record.initiative import Initiative

_WAITS_FOR = {
    "assessment": "strategy",
    "feasibility": "go-no-go",
    "strategy": "strategy",
    "process": "programme",
    "follow_up": "follow-up",
    "evaluation": "evaluation",
}
"""Consideration → the decision that waits for an answer to any of its rows."""


def with_open_rows(section: Section, initiative: Initiative, basis: Basis, answered: frozenset[str]) -> Section:
    """Return the section with an open question for each of its rows that is not among those `answered` anywhere in the dossier."""
    q = Inquiry(initiative, basis)
    missing = [row for row in ROWS[section.consideration] if row not in answered]
    questions = tuple(
        q.unknown(
            "row.open",
            row,
            [q.convenor(), *q.each_side()],
            _WAITS_FOR[section.consideration],
            title=initiative.opening.title,
            question=msg(f"row.{row}"),
        )
        for row in missing
    )
    return section.model_copy(update={"findings": (*section.findings, *questions)}) if questions else section
